//! `panmen report` of a recorded decision: checked first, then printed with its digest.

use super::{code, err, fine, out, with_input};
use crate::support::{fresh, panmen, root, run};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

const FIRM: &str = "fixtures/firms/battery-maker.yaml";

/// A record in a folder of its own, with its digest.
pub(super) fn record(folder: &str) -> (PathBuf, String) {
    let path = fresh(folder).join("record.json");
    let head = ["--decided-at", "2025-07-01T08:00:00Z", "--actor", "Desk 4", "--accept-assumed", "pilot"];
    let file = path.to_str().unwrap();
    let arguments = [&["decide", FIRM, "--salt-seed", "s", "-o", file][..], &head[..]].concat();
    assert_eq!(fine(&arguments), "");
    let document: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let digest = document["digests"]["record_digest"].as_str().unwrap().to_owned();
    (path, digest)
}

#[test]
fn a_record_prints_the_report_that_was_decided_on_with_its_digest() {
    let (path, digest) = record("report-record");
    let file = path.to_str().unwrap();
    for (lang, said) in [("en", "made again: same outcome"), ("zh", "复算结果一致")] {
        let (report, own) =
            (fine(&["report", file, "--lang", lang]), fine(&["report", FIRM, "--lang", lang]));
        assert!(report.contains(said) && report.contains(&digest), "{report}");
        assert!(report.contains("2025-07-01T08:00:00Z") && report.contains("Desk 4"), "{report}");
        let body = |text: &str| -> Vec<String> {
            let parts: Vec<&str> = text.split(&format!("\n{}\n", "-".repeat(80))).collect();
            parts[1].lines().map(str::to_owned).collect()
        };
        assert_eq!(body(&report), body(&own));
    }
    let html = fine(&["report", file, "--format", "html"]);
    let sheet = html.lines().find(|line| line.contains("@bottom-left")).unwrap();
    assert!(html.lines().any(|line| line.starts_with("@page") && line.contains(&digest[..12])), "{sheet}");
    let document = |arguments: &[&str]| -> Value { serde_json::from_str(&fine(arguments)).unwrap() };
    assert_eq!(
        document(&["report", file, "--format", "json"]),
        document(&["report", FIRM, "--format", "json"])
    );
}

/// Neither is passed over in silence.
#[test]
fn a_record_has_its_own_pack_and_date() {
    let (path, _) = record("report-own-pack");
    let file = path.to_str().unwrap();
    for more in [["--as-of", "2026-01-01"], ["--pack", "rules/suzhou-cbec-2024"]] {
        let output = run(&["report", file, more[0], more[1]]);
        assert_eq!((code(&output), out(&output).as_str()), (2, ""), "{more:?}");
        assert!(err(&output).contains("a record has its own pack and date"), "{}", err(&output));
    }
}

/// Of several records a program is told which one it is that does not hold.
#[test]
fn a_problem_of_a_record_names_its_file_to_programs() {
    let output = run(&["replay", "fixtures/decisions/redacted-year.json", "--message-format", "json"]);
    let problem: Value = serde_json::from_str(&err(&output)).unwrap();
    assert_eq!(
        (&problem["code"], &problem["file"], &problem["line"]),
        (&"RC130".into(), &"fixtures/decisions/redacted-year.json".into(), &Value::Null)
    );
}

/// A firm's file of the largest size makes a larger record: it comes out again, from a pipe too.
#[test]
fn the_record_of_a_large_file_is_read_everywhere() {
    let folder = fresh("report-large");
    let firm = fs::read_to_string(root().join("fixtures/firms/tongjiang-cbec/newcomer.yaml")).unwrap();
    let row = "    - {matter: entry, fund: Heilongjiang service trade fund, granted: 200_000 CNY}\n";
    assert!(firm.contains(row));
    let fund = "x".repeat(2_050);
    let row_of = |n: usize| format!("    - {{matter: entry, fund: {fund} {n}, granted: {n} CNY}}\n");
    let rows = (0..480).map(row_of).collect::<Vec<_>>().concat();
    let (path, record) = (folder.join("firm.yaml"), folder.join("record.json"));
    fs::write(&path, firm.replacen(row, &rows, 1)).unwrap();
    let file = record.to_str().unwrap();
    let pack = ["--pack", "rules/tongjiang-cbec", "--accept-assumed", "a", "-o", file];
    fine(&[&["decide", path.to_str().unwrap()][..], &pack[..]].concat());
    let text = fs::read(&record).unwrap();
    assert!(text.len() > 1 << 20, "{}", text.len());
    assert!(fine(&["replay", file, "--packs", "rules"]).contains("1 comes out again"));
    let report = fine(&["report", file, "--packs", "rules"]);
    assert!(report.contains("made again: same outcome"));
    assert_eq!(out(&with_input(panmen().args(["report", "-", "--packs", "rules"]), &text)), report);
}

#[test]
fn a_record_that_does_not_hold_is_not_printed() {
    let (path, _) = record("report-tampered");
    let text = fs::read_to_string(&path).unwrap();
    let cases = [
        (text.replacen("\"Desk 4\"", "\"Desk 5\"", 1), "RC101", 4),
        (text.replacen("\"declared\"", "\"verified\"", 1), "RC110", 4),
        (text.replacen("\"outcome\":\"no\"", "\"outcome\":\"yes\"", 1), "RC111", 4),
        (text.replacen("panmen/decision/1", "panmen/decision/9", 1), "RC105", 3),
        (text.replacen("\":", "\": ", 1), "RC104", 3),
        (text[..text.len() - 1].to_owned(), "RC104", 3),
    ];
    for (changed, expected, exit) in cases {
        assert_ne!(changed, text, "{expected}");
        fs::write(&path, changed).unwrap();
        let output = run(&["report", path.to_str().unwrap(), FIRM]);
        assert!(err(&output).contains(expected), "{expected}: {}", err(&output));
        assert_eq!(code(&output), exit, "{expected}");
        assert!(!out(&output).contains("recorded decision"), "{}", out(&output));
    }
}

#[test]
fn redacted_facts_are_named_and_never_asked_for() {
    let (path, digest) = record("report-redacted");
    let copy = path.with_file_name("copy.json");
    let copy = copy.to_str().unwrap();
    fine(&["redact", path.to_str().unwrap(), "--path", "cbec_volume", "-o", copy]);
    for (lang, said, recorded, missing) in [
        (
            "en",
            "CBEC import and export volume (cbec_volume.2024)",
            "not evaluated again",
            "MISSING WHEN IT WAS DECIDED",
        ),
        ("zh", "跨境电商进出口额（cbec_volume.2024）", "未重新计算", "判定时缺少的信息"),
    ] {
        let output = run(&["report", copy, "--lang", lang]);
        let text = out(&output);
        assert_eq!(code(&output), 5, "{}", err(&output));
        assert!(err(&output).contains("RC130"), "{}", err(&output));
        assert!(text.contains(said) && text.contains(recorded) && text.contains(&digest), "{text}");
        assert!(text.contains(if lang == "en" { "ILLUSTRATIVE RULES" } else { "示例规则" }), "{text}");
        let asked = text.split(missing).nth(1).unwrap();
        assert!(!asked.contains("cbec_volume"), "{text}");
        assert!(text.lines().all(|line| panmen::doc::columns(line) <= 80), "{text}");
    }
    let output = run(&["report", copy, "--format", "json"]);
    let document: Value = serde_json::from_str(&out(&output)).unwrap();
    let facts = document["facts"].as_array().unwrap();
    assert_eq!(facts.iter().filter(|fact| fact["redacted"] == true).count(), 2);
    assert!(facts.iter().all(|fact| fact.get("salt").is_none() && fact.get("commit").is_none()));
}

#[test]
fn a_report_for_an_auditor_names_the_digest_of_its_pack() {
    let (path, _) = record("report-digest");
    let document: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let digest = document["pack"]["source_digest"].as_str().unwrap();
    for (lang, said) in [("en", "Source digest of the rule pack: "), ("zh", "规则包源校验值：")] {
        let line = format!("{said}{}", &digest[..12]);
        let whole = fine(&["report", FIRM, "--for", "auditor", "--lang", lang]);
        assert!(whole.lines().any(|own| own == line), "{whole}");
        assert!(!fine(&["report", FIRM, "--lang", lang]).contains(said));
    }
}
