//! The kept records: written once by the commands of `fixtures/decisions/commands.txt`, replayed for good.

use super::{folder, kept, read};
use crate::support::{fresh, panmen, run};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Once;

/// A line of `commands.txt`.
struct Line {
    name: String,
    words: Vec<String>,
}

/// The words of a line; a text in quotes is one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted) = (String::new(), false);
    for character in line.chars().chain([' ']) {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            other => word.push(other),
        }
    }
    assert!(!quoted, "{line}");
    words
}

fn lines() -> Vec<Line> {
    let text = read(&folder().join("commands.txt"));
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (name, words_of) = line.split_once(": ").unwrap();
            Line { name: name.to_owned(), words: words(&with_digest(words_of)) }
        })
        .collect()
}

/// Puts the digest of an earlier record in place of `{DIGEST of NAME}`; nothing where it is not written yet.
fn with_digest(text: &str) -> String {
    let Some((before, rest)) = text.split_once("{DIGEST of ") else { return text.to_owned() };
    let (name, after) = rest.split_once('}').unwrap();
    let path = folder().join(format!("{name}.json"));
    let record = fs::read_to_string(path).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
    let digest = record.and_then(|record| record["digests"]["record_digest"].as_str().map(str::to_owned));
    format!("{before}{}{after}", digest.unwrap_or_default())
}

/// Writes the records that are not there yet, where that is asked for; before any test reads one.
pub(super) fn written() {
    static ONCE: Once = Once::new();
    if std::env::var_os("UPDATE_RECORDS").is_some() {
        ONCE.call_once(add);
    }
}

fn add() {
    let count = lines().len();
    for index in 0..count {
        // Read anew each time: a line may name the digest of the one before.
        let line = lines().swap_remove(index);
        let path = format!("fixtures/decisions/{}.json", line.name);
        if folder().join(format!("{}.json", line.name)).exists() {
            continue;
        }
        let mut command = panmen();
        command.args(&line.words).args(["-o", &path]);
        if line.words[0] == "decide" {
            command.args(["--archive", "fixtures/decisions", "--salt-seed", &line.name]);
        }
        let output = command.output().unwrap();
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}: {}",
            line.name,
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// The exit code with which a kept record replays: 5 where something is redacted that a part needs.
fn expected(name: &str) -> i64 {
    match name {
        // No rule looks at what is redacted here.
        "redacted-unused" | "redacted-list" => 0,
        name if name.starts_with("redacted-") => 5,
        _ => 0,
    }
}

#[test]
fn all_kept_records_replay() {
    let listed: BTreeSet<String> = lines().into_iter().map(|line| line.name).collect();
    let names: BTreeSet<String> = kept().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, listed, "each record has its command; UPDATE_RECORDS=1 adds those that are missing");
    assert!(names.len() >= 60);
    let results = fresh("records-kept").join("results.json");
    let output = run(&["replay", "fixtures/decisions", "--json", results.to_str().unwrap()]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(5), "{told}");
    let results: Value = serde_json::from_str(&read(&results)).unwrap();
    let mut seen = BTreeSet::new();
    for result in results["records"].as_array().unwrap() {
        let path = result["record"].as_str().unwrap();
        let name = path.trim_start_matches("fixtures/decisions/").trim_end_matches(".json");
        assert_eq!(result["exit"].as_i64(), Some(expected(name)), "{result}");
        seen.insert(name.to_owned());
    }
    assert_eq!(seen, names);
    let summary = String::from_utf8(output.stdout).unwrap();
    let redacted = names.iter().filter(|name| expected(name) == 5).count();
    let whole = names.len() - redacted;
    assert_eq!(
        summary,
        format!(
            "{} records: {whole} come out again, {redacted} cannot be replayed in full; not checked against a register\n",
            names.len()
        )
    );
}

/// Every value that stands at a key somewhere in the records.
fn values_at(key: &str) -> BTreeSet<String> {
    fn walk(value: &Value, key: &str, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(entries) => {
                for (own, inner) in entries {
                    if own == key {
                        found.extend(inner.as_str().map(str::to_owned));
                    }
                    walk(inner, key, found);
                }
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, key, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for (_, text) in kept() {
        walk(&serde_json::from_str(&text).unwrap(), key, &mut found);
    }
    found
}

#[test]
fn the_kept_records_show_every_kind() {
    let has = |key: &str, words: &[&str]| {
        let found = values_at(key);
        for word in words {
            assert!(found.contains(*word), "no record has {key} {word}: {found:?}");
        }
    };
    has(
        "outcome",
        &[
            "eligible",
            "not_eligible",
            "undetermined",
            "referred",
            "not_applicable",
            "named_only",
            "outside_window",
            "error",
            "level",
            "none",
            "yes",
            "no",
            "unknown",
        ],
    );
    has("status", &["declared", "verified", "rejected", "illustrative", "excerpt"]);
    has("standing", &["indicative", "confirmed"]);
    let text: String = kept().into_iter().map(|(_, text)| text).collect();
    for part in [
        "\"redacted\":true",
        "\"signed_by\":",
        "\"documents\":[",
        "\"sha256\":\"",
        "\"complete\":false",
        "\"supersedes\":\"",
        "\"idempotency_key\":",
        "\"decided_at\":",
        "\"actor\":",
        "\"accepted_assumed\":",
        "\"earlier_awards[0].measure\"",
        "\"uses\":[{",
        "\"id\":null",
        "\"facts_as_of\":null",
        "\"type\":\"row\"",
        "..",
        "\"error\":",
        "\"displaced_by\":",
        "\"from\":\"",
    ] {
        assert!(text.contains(part), "no record has {part}");
    }
    // Every pack and edition of `rules/` has a record.
    let mut editions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (_, text) in kept() {
        let record: Value = serde_json::from_str(&text).unwrap();
        let of = |key: &str| record["pack"][key].as_str().unwrap().to_owned();
        editions.entry(of("id")).or_default().insert(of("edition"));
    }
    for (pack, edition) in [
        ("suzhou-cbec", "2024-2026"),
        ("tongjiang-cbec", "§2-6"),
        ("zhongshan-cbec", "2022"),
        ("shenzhen-independent-site", "2021"),
        ("shenzhen-independent-site", "2022"),
        ("dongguan-cbec", "2022"),
        ("shenzhen-ecommerce", "2021"),
        ("cn-sme-size", "2011"),
    ] {
        assert!(editions[pack].contains(edition), "{pack} {edition}");
    }
}

#[test]
fn each_archived_pack_lies_under_its_digest_and_is_needed() {
    let mut needed = BTreeSet::new();
    for (_, text) in kept() {
        let record: Value = serde_json::from_str(&text).unwrap();
        needed.insert(record["pack"]["source_digest"].as_str().unwrap().to_owned());
        for used in record["pack"]["uses"].as_array().unwrap() {
            needed.insert(used["source_digest"].as_str().unwrap().to_owned());
        }
    }
    let archive = folder().join("packs/sha256");
    let found: BTreeSet<String> = fs::read_dir(&archive)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(found, needed);
}
