//! What is done to a record after it was written, and the exit code in which each of it ends.

use super::document::{canonical, sealed};
use super::{folder, kept, read};
use crate::support::{copy, fresh, panmen};
use panmen::record;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// A folder beside which the archive lies; what is put into it is replayed in one run.
pub(super) struct Bench {
    folder: PathBuf,
}

/// What came of a record: exit code and codes of problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcome {
    pub(super) exit: i64,
    pub(super) codes: Vec<String>,
    pub(super) said: String,
}

impl Bench {
    pub(super) fn new(name: &str) -> Self {
        super::kept::written();
        let bench = Self { folder: fresh(name) };
        copy(&folder().join("packs"), &bench.folder.join("packs"));
        bench
    }

    pub(super) fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.folder.join(format!("{name}.json")), bytes).unwrap();
    }

    pub(super) fn archive(&self, digest: &str) -> PathBuf {
        self.folder.join("packs/sha256").join(digest)
    }

    /// Replays all of it; the outcome of each by name.
    pub(super) fn replay(&self, more: &[&str]) -> BTreeMap<String, Outcome> {
        let results = self.folder.join("packs/results");
        let output = panmen()
            .current_dir(&self.folder)
            .args(["replay", ".", "--json"])
            .arg(&results)
            .args(more)
            .output()
            .unwrap();
        let document: Value = serde_json::from_str(&read(&results)).unwrap();
        assert_eq!(document["exit"].as_i64(), output.status.code().map(i64::from));
        let stdout = String::from_utf8(output.stdout).unwrap();
        assert!(stdout.contains("not checked against a register"), "{stdout}");
        let records = document["records"].as_array().unwrap().iter().map(|result| {
            let name = result["record"].as_str().unwrap().trim_start_matches("./").trim_end_matches(".json");
            let problems = result["problems"].as_array().unwrap();
            let of = |key: &str| -> Vec<String> {
                problems.iter().map(|problem| problem[key].as_str().unwrap().to_owned()).collect()
            };
            let outcome = Outcome {
                exit: result["exit"].as_i64().unwrap(),
                codes: of("code"),
                said: of("message").join("\n"),
            };
            (name.to_owned(), outcome)
        });
        records.collect()
    }
}

/// A kept record.
pub(super) fn record_of(name: &str) -> Value {
    super::kept::written();
    serde_json::from_str(&read(&folder().join(format!("{name}.json")))).unwrap()
}

/// Every place in a document, as a JSON pointer.
fn places(value: &Value, at: &str, found: &mut Vec<String>) {
    found.push(at.to_owned());
    match value {
        Value::Object(entries) => {
            for (key, inner) in entries {
                places(inner, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                places(inner, &format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The same kind of thing with another content.
fn another(value: &Value) -> Value {
    match value {
        Value::Null => "x".into(),
        Value::Bool(yes) => (!yes).into(),
        Value::Number(number) => (number.as_i64().unwrap() + 1).into(),
        Value::String(text) => {
            let hex = text.len() >= 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
            let date = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
            let instant = text.len() == 20 && text.ends_with('Z');
            if hex || date || instant {
                // One digit becomes another that is allowed there.
                let at = if date {
                    3
                } else if instant {
                    18
                } else {
                    text.len() - 1
                };
                let digit = if text.as_bytes()[at] == b'1' { "2" } else { "1" };
                return format!("{}{digit}{}", &text[..at], &text[at + 1..]).into();
            }
            format!("{text}x").into()
        }
        Value::Array(items) if items.is_empty() => json!(["x"]),
        Value::Array(items) => items[1..].to_vec().into(),
        Value::Object(_) => json!({"x": "x"}),
    }
}

fn without(document: &Value, place: &str) -> Option<Value> {
    let mut document = document.clone();
    let (above, key) = place.rsplit_once('/')?;
    match document.pointer_mut(above)? {
        Value::Object(entries) => {
            entries.shift_remove(&key.replace("~1", "/").replace("~0", "~"))?;
        }
        Value::Array(items) => {
            items.remove(key.parse().unwrap());
        }
        _ => return None,
    }
    Some(document)
}

/// Everything that is done to a place: its name, what comes of it, and whether only the content changed.
fn tampered(document: &Value, place: &str) -> Vec<(String, Value, bool)> {
    let mut found = Vec::new();
    let own = document.pointer(place).unwrap().clone();
    let with = |value: Value| {
        let mut changed = document.clone();
        *changed.pointer_mut(place).unwrap() = value;
        changed
    };
    found.push((format!("changed {place}"), with(another(&own)), !own.is_object() && !own.is_array()));
    for (kind, value) in
        [("null", Value::Null), ("list", json!([])), ("number", json!(7)), ("text", json!(""))]
    {
        if own != value {
            found.push((format!("{kind} {place}"), with(value), false));
        }
    }
    found.extend(without(document, place).map(|changed| (format!("removed {place}"), changed, false)));
    match &own {
        Value::Object(_) => {
            let mut more = own.clone();
            more["zz"] = Value::Null;
            found.push((format!("added {place}"), with(more), false));
        }
        Value::Array(items) => {
            let mut more = items.clone();
            more.push(items.first().cloned().unwrap_or_default());
            found.push((format!("added {place}"), with(more.into()), false));
            if items.len() > 1 && items[0] != items[1] {
                let mut turned = items.clone();
                turned.swap(0, 1);
                found.push((format!("turned {place}"), with(turned.into()), false));
            }
        }
        _ => {}
    }
    found
}

/// All codes of a refusal.
fn refusal(bytes: &[u8]) -> Vec<&'static str> {
    match record::verify(bytes) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(panmen::diagnostic::Diagnostic::code).collect(),
    }
}

#[test]
fn whatever_is_changed_added_or_removed_is_noticed() {
    let mut count = 0;
    for name in [
        "edges-sound",
        "edges-bands",
        "redacted-personal",
        "suzhou-battery-maker-later",
        "dongguan-audio-maker",
    ] {
        let document = record_of(name);
        let mut all = Vec::new();
        places(&document, "", &mut all);
        // Of long records the upper places, and every seventh of the others.
        let long = all.len() > 1_000;
        for (index, place) in all.into_iter().enumerate() {
            if long && place.matches('/').count() > 2 && index % 7 != 0 {
                continue;
            }
            for (what, changed, content_only) in tampered(&document, &place) {
                let codes = refusal(canonical(&changed).as_bytes());
                assert!(!codes.is_empty(), "{name}: {what} passes");
                count += 1;
                if content_only {
                    // The one code that the design names for this part.
                    let expected = match place.split('/').nth(1).unwrap() {
                        "schema" => "RC105",
                        "facts" if place.ends_with("/redacted") => "RC104",
                        "facts" | "fact_paths" => "RC110",
                        "outcome" => "RC111",
                        "digests" if place.ends_with("facts_root") => "RC110",
                        "digests" if place.ends_with("outcome_digest") => "RC111",
                        "facts_as_of" if document["facts_as_of"].is_null() => "RC104",
                        _ => "RC101",
                    };
                    assert_eq!(codes, [expected], "{name}: {what}");
                } else if place.starts_with("/outcome/") {
                    assert_eq!(codes, ["RC111"], "{name}: {what}");
                }
            }
        }
    }
    assert!(count > 5_000, "{count}");
}

#[test]
fn a_changed_record_ends_in_its_exit_code() {
    let document = record_of("edges-sound");
    let bench = Bench::new("records-tampered");
    let mut all = Vec::new();
    places(&document, "", &mut all);
    let mut expected = BTreeMap::new();
    for place in all {
        for (_, changed, _) in tampered(&document, &place) {
            let name = format!("{:05}", expected.len());
            let text = canonical(&changed);
            let of_code = |code: &str| if ["RC104", "RC105"].contains(&code) { 3 } else { 4 };
            let codes = refusal(text.as_bytes());
            expected.insert(name.clone(), codes.iter().map(|code| of_code(code)).max().unwrap_or_default());
            bench.put(&name, text.as_bytes());
        }
    }
    let found: BTreeMap<String, i64> =
        bench.replay(&[]).into_iter().map(|(name, outcome)| (name, outcome.exit)).collect();
    assert_eq!(found, expected);
    assert!(found.values().all(|exit| [3, 4].contains(exit)));
}

/// Numbers that look random and are always the same.
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

#[test]
fn one_flipped_byte_in_a_thousand_places_is_noticed() {
    let bench = Bench::new("records-flipped");
    let records = kept();
    let mut numbers = Numbers(20_250_630);
    for index in 0..1_000 {
        let (name, text) = &records[index % records.len()];
        let mut bytes = text.clone().into_bytes();
        let at = numbers.below(bytes.len());
        bytes[at] ^= u8::try_from(1 + numbers.below(255)).unwrap();
        assert!(!refusal(&bytes).is_empty(), "{name}: byte {at} becomes {}", bytes[at]);
        bench.put(&format!("{index:04}"), &bytes);
    }
    let found = bench.replay(&[]);
    assert_eq!(found.len(), 1_000);
    for (name, outcome) in found {
        assert!([3, 4].contains(&outcome.exit), "{name}: {outcome:?}");
    }
}

#[test]
fn another_spelling_of_the_same_content_is_no_record() {
    let text = canonical(&record_of("edges-sound"));
    let document: Value = serde_json::from_str(&text).unwrap();
    let twice = text.replacen("{\"as_of\":", "{\"as_of\":\"2025-01-01\",\"as_of\":", 1);
    for (what, other) in [
        ("a line end", format!("{text}\n")),
        ("a space", format!(" {text}")),
        ("a byte order mark", format!("\u{feff}{text}")),
        ("indented", serde_json::to_string_pretty(&document).unwrap()),
        ("a key twice", twice),
        ("an escape", text.replacen("\"declared\"", "\"\\u0064eclared\"", 1)),
        ("a fraction", text.replacen("\"semantics\":1", "\"semantics\":1.0", 1)),
        ("an exponent", text.replacen("\"semantics\":1", "\"semantics\":1e0", 1)),
        ("minus zero", text.replacen("\"semantics\":1", "\"semantics\":-0", 1)),
        ("cut off", text[..text.len() - 1].to_owned()),
        ("a list", format!("[{text}]")),
        ("nothing", String::new()),
        ("deeply nested", "[".repeat(100_000)),
    ] {
        assert_ne!(other, text, "{what}");
        assert_eq!(refusal(other.as_bytes()), ["RC104"], "{what}");
    }
    // Keys in another order are what a JSON tool writes without being asked.
    assert_ne!(document.as_object().unwrap().keys().next().unwrap(), "schema");
    let mut turned = document.clone();
    let first = turned.as_object_mut().unwrap().shift_remove("accepted_assumed");
    assert_eq!(first, None);
    let as_of = turned.as_object_mut().unwrap().shift_remove("as_of").unwrap();
    turned.as_object_mut().unwrap().insert("as_of".to_owned(), as_of);
    assert_eq!(refusal(turned.to_string().as_bytes()), ["RC104"]);
    assert_eq!(refusal(&[0xff, 0xfe]), ["RC104"]);
}

/// Outcomes forged with every digest computed again: all places of one record.
#[test]
fn a_forged_outcome_does_not_come_out_again() {
    for name in ["edges-sound", "sme-staff-in-a-band", "redacted-unused"] {
        let document = record_of(name);
        let bench = Bench::new(&format!("records-forged-{name}"));
        let mut all = Vec::new();
        places(&document["outcome"], "/outcome", &mut all);
        let mut whats = BTreeMap::new();
        // Each way at all places of the first record; of the others the content alone, at every third.
        let step = if name == "edges-sound" { 1 } else { 3 };
        for place in all.into_iter().step_by(step) {
            for (what, changed, _) in tampered(&document, &place) {
                let (way, _) = what.split_once(' ').unwrap();
                let ways: &[&str] = if name == "edges-sound" {
                    &["changed", "removed", "added", "turned"]
                } else {
                    &["changed"]
                };
                if changed.get("outcome").is_none() || !ways.contains(&way) {
                    continue;
                }
                let file = format!("{:05}", whats.len());
                bench.put(&file, canonical(&sealed(&changed)).as_bytes());
                whats.insert(file, what);
            }
        }
        let found = bench.replay(&[]);
        assert_eq!(found.len(), whats.len());
        assert!(whats.len() > 40);
        for (file, outcome) in found {
            assert_eq!(outcome.exit, 1, "{name}: {}: {outcome:?}", whats[&file]);
            assert!(outcome.codes.iter().all(|code| code == "RC201"), "{outcome:?}");
        }
    }
}
