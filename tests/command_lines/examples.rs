//! `panmen test`: what does not come out, and what is misspelt, for people and for programs.

use super::{RULES, code, err, out, pack};
use crate::support::{fresh, run};
use serde_json::Value;
use std::fs;

/// Stages a pack with some examples; the folder's name.
fn staged(name: &str, examples: &str) -> String {
    let folder = fresh(name).join("pack");
    let grant = "measures:\n  grant: {label: Grant, who: sound, amount: {fixed: 5 CNY}, cite: guide art. 2, basis: published}\n";
    pack(&folder, "tested", &format!("{RULES}{grant}"));
    fs::create_dir_all(folder.join("examples")).unwrap();
    fs::write(folder.join("examples/one.yaml"), examples).unwrap();
    folder.to_str().unwrap().to_owned()
}

const WRONG: &str = "examples:
  - name: a firm without a licence
    as_of: 2025-06-30
    facts: {licensed: no}
    expect: {sound: no, grant: {outcome: eligible, amount: 5 CNY}}
";

#[test]
fn what_does_not_come_out_is_told_to_people_and_programs() {
    let folder = staged("mismatches", WRONG);
    let output = run(&["test", &folder]);
    assert_eq!((code(&output), err(&output).as_str()), (1, ""));
    for line in [
        "FAILED a firm without a licence (",
        "  sound: no is expected without `because:`, and a refusal must name what decides it (",
        "  grant: expected eligible, found not_eligible (",
        "  grant.amount: expected 5 CNY, found none (not_eligible) (",
    ] {
        assert!(out(&output).contains(line), "{line}\n{}", out(&output));
    }
    let chinese = run(&["test", &folder, "--lang", "zh"]);
    assert!(out(&chinese).contains("sound：预期 no 而没有 `because:`"), "{}", out(&chinese));
    let lines = err(&run(&["test", &folder, "--message-format", "json"]));
    let objects: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 3, "{lines}");
    for (object, (line, column, says)) in objects.iter().zip([
        (5, 21, "without `because:`"),
        (5, 42, "expected eligible"),
        (5, 60, "expected 5 CNY"),
    ]) {
        assert!(object["code"].is_null() && object["severity"] == "error", "{object}");
        assert!(object["file"].as_str().unwrap().ends_with("examples/one.yaml"), "{object}");
        assert_eq!(
            (&object["line"], &object["column"]),
            (&Value::from(line), &Value::from(column)),
            "{object}"
        );
        assert!(object["message"].as_str().unwrap().contains(says), "{object}");
        assert!(!object["help"].as_str().unwrap().is_empty(), "{object}");
    }
    assert!(objects[0]["help"].as_str().unwrap().contains("`licensed`"), "{}", objects[0]);
}

#[test]
fn every_slip_of_a_file_of_examples_is_told_at_once() {
    let folder = staged(
        "slips",
        "backgrounds: {base: {licenced: yes}}
examples:
  - {name: one, as_of: 2025-06-30, with: base, expect: {sond: yes}}
  - {name: two, as_of: 2025-06-30, with: base, expect: {sound: yess, grant: {amount: {form: 5 CNY}}}}
  - {name: three, as_of: 2025-06-30, fact: {licensed: yes}, expect: {grant: {amuont: 5 CNY}}}
",
    );
    let output = run(&["test", &folder, "--message-format", "json"]);
    assert_eq!(code(&output), 3, "{}", err(&output));
    let mut told: Vec<(String, u64)> = err(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .map(|object: Value| (object["code"].as_str().unwrap().to_owned(), object["line"].as_u64().unwrap()))
        .collect();
    told.sort();
    let told: Vec<(&str, u64)> = told.iter().map(|(code, line)| (code.as_str(), *line)).collect();
    let wanted = [("PF001", 1), ("PK001", 4), ("PK001", 5), ("PK001", 5), ("PK047", 3), ("PK048", 4)];
    assert_eq!(told, wanted, "{}", err(&output));
}
