//! One slip, one problem: what a mistake brings about besides is not told.

use super::{folder, objects};
use crate::support::fresh;
use std::fs;

/// The codes of all that is said of a file of rules beside the base, in order.
fn codes(name: &str, rules: &str) -> Vec<String> {
    let into = fresh(&format!("once-{name}"));
    fs::copy(folder().join("base/pack.yaml"), into.join("pack.yaml")).unwrap();
    fs::write(into.join("rules.yaml"), rules).unwrap();
    let found = objects(&into, &["lint".to_owned(), ".".to_owned()]);
    found.iter().map(|object| object["code"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn one_slip_is_told_once() {
    for (name, rules, told) in [
        ("unreadable label", "gates:\n  bad: {label: [Bad], all: [licensed]}\n", "PK004"),
        ("misspelt label", "gates:\n  bad: {lable: Bad, all: [licensed]}\n", "PK001"),
        ("misspelt condition", "gates:\n  bad: {label: Bad, al: [licensed]}\n", "PK001"),
        (
            "misspelt means",
            "measures:\n  bad: {label: Bad, amount: {fixd: 5 CNY}, cite: guide art. 1}\n",
            "PK001",
        ),
        ("two unknown words", "gates:\n  bad: {label: Bad, when: kindd = trader}\n", "EX501"),
        (
            "reserved id",
            "gates:\n  if: {label: Bad, when: licensed}\ntiers:\n  more: {label: More, gate: if, cite: guide art. 1, levels: [{id: one, label: One, when: large}]}\n",
            "PK007",
        ),
        (
            "reserved name",
            "facts:\n  to: {type: yes_no, label: To}\ngates:\n  bad: {label: Bad, when: to}\n",
            "PK007",
        ),
        (
            "reserved field",
            "facts:\n  bad: {type: list, label: Bad, of: {and: {type: yes_no}, other: {type: yes_no}}}\n",
            "PK007",
        ),
        (
            "order",
            "allocation:\n  bad: {label: Bad, measure: grant, order: [costs], cite: guide art. 1}\n",
            "EX234",
        ),
        (
            "firms",
            "targets:\n  bad: {label: Bad, count: merchants, at_least: 5, cite: guide art. 1}\n",
            "EX236",
        ),
        ("paper", "evidence:\n  paper: {label: Paper, when: nothing_such}\n", "EX501"),
        (
            "misspelt section",
            "criterias:\n  fit: {label: Fit, when: licensed, cite: guide art. 1}\ngates:\n  g: {label: G, when: fit}\n",
            "PK001",
        ),
        (
            "section as a list",
            "criteria:\n  - fit: {label: Fit, when: licensed, cite: guide art. 1}\ngates:\n  g: {label: G, when: fit}\n",
            "PK002",
        ),
        (
            "level without id",
            "tiers:\n  steps: {label: Steps, cite: guide art. 1, levels: [{label: Top, when: large}, {id: low, label: Low, when: licensed}]}\ndefine:\n  much: {by: steps, rows: {top: 1, low: 2, none: 3}}\ngates:\n  g: {label: G, all: [steps.top, steps in top | low]}\n",
            "PK005",
        ),
        (
            "levels as keys",
            "tiers:\n  steps: {label: Steps, cite: guide art. 1, levels: {top: {label: Top, when: large}}}\ngates:\n  g: {label: G, when: steps.top}\n",
            "PK003",
        ),
        (
            "class that is none",
            "classifications:\n  bads: {label: Bads, cite: guide art. 1, classes: {if: {label: One, when: large}}}\ngates:\n  g: {label: G, when: bads.one}\n",
            "PK007",
        ),
        (
            "picked from nothing",
            "lists:\n  some_modes: {of: customs_mod, codes: ['9610'], cite: guide art. 1, basis: published}\ngates:\n  g: {label: G, when: mode in some_modes}\n",
            "PK021",
        ),
        ("cut at a comma", "gates:\n  bad: {label: Bad, when: licensed, 000}\n", "YM030"),
        ("braces", "gates:\n  bad: {label: Bad, when: {licensed}}\n", "YM030"),
        ("profile", "as_of: 2025-06-30\nfacts: {employees: 12, kind: trader}\n", "PK059"),
    ] {
        assert_eq!(codes(&name.replace(' ', "-"), rules), [told], "{name}");
    }
}

#[test]
fn durations_compare_with_spans_and_with_their_own_unit() {
    let rules = |when: &str| {
        format!(
            "facts:\n  grace: {{type: decimal, unit: months, label: Grace}}\n\
             gates:\n  bad: {{label: Bad, when: {when}}}\n"
        )
    };
    for (name, when, told) in [
        ("span", "months from registered_on to decision_date >= 3 months", "PK018"),
        ("unit", "grace >= 3 months", "PK018"),
        ("range", "months from registered_on to decision_date in 1 months..3 months", "PK018 PK018"),
        ("parameter", "months from registered_on to decision_date >= least_staff", ""),
        ("number", "months from registered_on to decision_date >= 3", "PK018"),
        ("count", "employees >= 3 months", "EX532"),
        ("left", "3 months <= employees", "EX532"),
        ("parameter with a duration", "least_staff >= 3 months", "EX532"),
        ("range of a count", "employees in 1..3 months", "PK018 EX532"),
    ] {
        let codes = codes(&format!("spans-{}", name.replace(' ', "-")), &rules(when));
        assert_eq!(codes.join(" "), told, "{name}");
    }
}
