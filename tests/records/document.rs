//! Records as the document of the format says, with its own canonical form and SHA-256: nothing of the core
//! is used here.

use super::{folder, kept, read};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// RFC 8785 on the subset that records keep to.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let sorted: BTreeMap<&String, &Value> = entries.iter().collect();
            let inner: Vec<String> =
                sorted.iter().map(|(key, value)| format!("{}:{}", quoted(key), canonical(value))).collect();
            format!("{{{}}}", inner.join(","))
        }
        Value::Array(items) => {
            format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        Value::String(text) => quoted(text),
        Value::Number(number) => number.as_i64().unwrap().to_string(),
        Value::Bool(_) | Value::Null => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `SHA-256(tag || 0x00 || bytes)` in hexadecimal.
pub(super) fn hash(tag: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest([tag.as_bytes(), &[0], bytes].concat());
    digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

pub(super) fn of(tag: &str, value: &Value) -> String {
    hash(tag, canonical(value).as_bytes())
}

/// The commitment to a fact.
pub(super) fn commitment(fact: &Value) -> String {
    if let Some(commit) = fact.get("commit") {
        return commit.as_str().unwrap().to_owned();
    }
    let parts: Vec<Value> =
        ["salt", "path", "type", "value", "status", "evidence"].map(|key| fact[key].clone()).to_vec();
    of("fact/1", &parts.into())
}

/// Gives a record the digests that its content has.
pub(super) fn sealed(record: &Value) -> Value {
    let mut record = record.clone();
    let facts = record["facts"].as_array().unwrap().clone();
    let mut commits: Vec<String> = facts.iter().map(commitment).collect();
    commits.sort();
    let paths: Value = facts.iter().map(|fact| fact["path"].clone()).collect();
    record["fact_paths"] = of("paths/1", &paths).into();
    let root = of("facts/1", &commits.into());
    let outcome = of("outcome/1", &record["outcome"]);
    let mut head = record.clone();
    for part in ["facts", "outcome", "digests"] {
        head.as_object_mut().unwrap().shift_remove(part);
    }
    head["facts_root"] = root.clone().into();
    head["outcome_digest"] = outcome.clone().into();
    let digest = of("record/1", &head);
    record["digests"] =
        serde_json::json!({"facts_root": root, "outcome_digest": outcome, "record_digest": digest});
    record
}

#[test]
fn the_digests_of_all_records_follow_from_their_text() {
    for (name, text) in kept() {
        let record: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(canonical(&record), text, "{name}");
        let again = sealed(&record);
        assert_eq!(again["digests"], record["digests"], "{name}");
        assert_eq!(again["fact_paths"], record["fact_paths"], "{name}");
    }
}

#[test]
fn a_redacted_record_has_the_digests_of_the_whole_one() {
    for (redacted, whole) in [
        ("redacted-personal", "edges-sound"),
        ("redacted-year", "suzhou-solar-exporter"),
        ("redacted-twice", "suzhou-solar-exporter"),
        ("redacted-series", "site-two-sites-2022"),
        ("redacted-size", "dongguan-audio-maker"),
    ] {
        let of = |name: &str| -> Value {
            serde_json::from_str(&read(&folder().join(format!("{name}.json")))).unwrap()
        };
        assert_eq!(of(redacted)["digests"], of(whole)["digests"], "{redacted}");
        assert_ne!(of(redacted)["facts"], of(whole)["facts"], "{redacted}");
    }
    // What is redacted is in no byte of the copy.
    assert!(read(&folder().join("edges-sound.json")).contains("TEST-ID-0001"));
    assert!(!read(&folder().join("redacted-personal.json")).contains("TEST-ID-0001"));
}

/// The digest of a folder of the archive, with those of what it uses.
fn archived(folder: &Path, uses: &[(String, String)]) -> String {
    let mut files: Vec<Value> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            Value::from(vec![name, hash("entry/1", &fs::read(&path).unwrap())])
        })
        .collect();
    files.sort_by_key(|file| file[0].as_str().unwrap().to_owned());
    let uses: Vec<Value> =
        uses.iter().map(|(alias, digest)| vec![alias.clone(), digest.clone()].into()).collect();
    of("pack/1", &serde_json::json!({"files": files, "uses": uses}))
}

#[test]
fn the_digests_of_all_packs_follow_from_their_bytes() {
    for (name, text) in kept() {
        let record: Value = serde_json::from_str(&text).unwrap();
        let archive = folder().join("packs/sha256");
        let mut uses = Vec::new();
        for used in record["pack"]["uses"].as_array().unwrap() {
            let digest = used["source_digest"].as_str().unwrap();
            assert_eq!(archived(&archive.join(digest), &[]), digest, "{name}");
            // The one pack that uses another calls it `size`.
            uses.push(("size".to_owned(), digest.to_owned()));
        }
        let digest = record["pack"]["source_digest"].as_str().unwrap();
        assert_eq!(archived(&archive.join(digest), &uses), digest, "{name}");
    }
}
