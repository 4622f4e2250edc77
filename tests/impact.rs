//! Made-up firms and what a change of rules does to them: every row is counted once, sums are exact, and
//! the same seed gives the same firms.

use crate::support::{panmen, root};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

const OLD: &str = "rules/shenzhen-independent-site/2021";
const NEW: &str = "rules/shenzhen-independent-site/2022";
/// Made-up firms, and one beside them that the change is known to touch.
const MADE_UP: usize = 5;
const ROWS: usize = MADE_UP + 1;

fn out(arguments: &[&str]) -> (i32, String) {
    let output = panmen().args(arguments).output().unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// A folder with one profile a file.
fn population() -> &'static str {
    static PATH: OnceLock<String> = OnceLock::new();
    PATH.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("panmen-impact-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        for (index, line) in made_up().lines().enumerate() {
            fs::write(folder.join(format!("{index}.json")), line).unwrap();
        }
        let known = root().join("fixtures/firms/shenzhen-independent-site/two-sites.yaml");
        fs::copy(known, folder.join("known.yaml")).unwrap();
        folder.to_string_lossy().into_owned()
    })
}

fn made_up() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let rows = MADE_UP.to_string();
        out(&["new", "population", "--pack", OLD, "--rows", &rows, "--seed", "7", "--as-of", "2021-09-15"]).1
    })
}

fn impact(more: &[&str]) -> (i32, String) {
    let mut arguments = vec!["impact", OLD, NEW, "--firms", population()];
    arguments.extend(["--as-of-old", "2021-09-15", "--as-of-new", "2022-08-01"]);
    arguments.extend(more);
    out(&arguments)
}

fn document() -> Value {
    static TEXT: OnceLock<String> = OnceLock::new();
    let text = TEXT.get_or_init(|| impact(&["--format", "json"]).1);
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_same_seed_gives_the_same_firms_and_another_gives_others() {
    let rows = |seed: &str, rows: &str| {
        out(&["new", "population", "--pack", "rules/tongjiang-cbec", "--rows", rows, "--seed", seed]).1
    };
    let first = rows("1", "2");
    assert_eq!(first, rows("1", "2"));
    assert_ne!(first, rows("2", "2"));
    // Any row can be made alone: more rows change none before them.
    assert!(rows("1", "3").starts_with(&first));
    // One profile a line is read as a folder of them is.
    let path = std::env::temp_dir().join(format!("panmen-lines-{}.ndjson", std::process::id()));
    fs::write(&path, &first).unwrap();
    let pack = "rules/tongjiang-cbec";
    let (code, text) = out(&["impact", pack, pack, "--firms", path.to_str().unwrap(), "--format", "json"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, &document["firms"], &document["flipped_firms"]), (0, &2.into(), &0.into()));
    fs::remove_file(path).unwrap();
}

#[test]
fn made_up_firms_do_not_state_all_facts() {
    let facts: Vec<usize> = made_up()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["facts"].as_object().unwrap().len())
        .collect();
    assert_eq!(facts.len(), MADE_UP);
    assert!(facts.iter().any(|count| *count != facts[0]), "every firm states as much: {facts:?}");
}

#[test]
fn every_firm_is_counted_once_in_every_part() {
    let document = document();
    assert_eq!(document["firms"], ROWS);
    let parts = document["parts"].as_array().unwrap();
    assert!(parts.len() >= 2);
    for part in parts {
        let mut from: BTreeMap<&str, u64> = BTreeMap::new();
        let mut sum = 0;
        let (mut moved, mut absent) = (0, 0);
        for cell in part["matrix"].as_array().unwrap() {
            let firms = cell["firms"].as_u64().unwrap();
            sum += firms;
            *from.entry(cell["from"].as_str().unwrap()).or_default() += firms;
            let outside = cell["from"] == "absent" || cell["to"] == "absent";
            absent += if outside { firms } else { 0 };
            moved += if cell["from"] != cell["to"] && !outside { firms } else { 0 };
        }
        assert_eq!(sum, ROWS as u64, "{}", part["id"]);
        assert_eq!(from.values().sum::<u64>(), ROWS as u64);
        assert_eq!(part["flips"].as_array().unwrap().len() as u64, moved, "{} {absent}", part["id"]);
    }
}

#[test]
fn the_change_of_the_total_is_the_difference_of_the_sums() {
    let amount = |value: &Value| {
        let digits = value.as_str().unwrap().split(' ').next().unwrap().to_owned();
        assert!(!digits.contains('/'));
        let (whole, cents) = digits.split_once('.').unwrap_or((&digits, ""));
        format!("{whole}{cents:0<2}").parse::<i64>().unwrap()
    };
    let document = document();
    for total in document["totals"].as_array().unwrap() {
        let (old, new) = (amount(&total["old"]["sum"]), amount(&total["new"]["sum"]));
        assert_eq!(amount(&total["change"]), new - old);
    }
}

#[test]
fn it_reads_as_a_report_in_every_format_and_both_languages() {
    for lang in ["en", "zh"] {
        let (code, text) = impact(&["--lang", lang]);
        assert_eq!(code, 0);
        insta::assert_snapshot!(format!("impact_{lang}"), text.trim_end());
        let markdown = impact(&["--lang", lang, "--format", "markdown"]).1;
        assert!(markdown.starts_with("# "), "{markdown}");
        let html = impact(&["--lang", lang, "--format", "html"]).1;
        assert!(html.contains("default-src 'none'") && !html.contains("<script"));
        assert!(html.contains("<svg class=\"flow\""), "no picture");
    }
}

#[test]
fn a_higher_threshold_moves_the_firm_on_it_and_fail_on_tells() {
    let folder = std::env::temp_dir().join(format!("panmen-raised-{}", std::process::id()));
    let (pack, firms) = (folder.join("pack"), folder.join("firms"));
    fs::create_dir_all(&pack).unwrap();
    fs::create_dir_all(&firms).unwrap();
    for entry in fs::read_dir(root().join("rules/suzhou-cbec-2024")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let text = fs::read_to_string(&path).unwrap().replace("70_000_000 CNY", "70_000_000.01 CNY");
            fs::write(pack.join(path.file_name().unwrap()), text).unwrap();
        }
    }
    let exact = root().join("fixtures/firms/solar-exporter.yaml");
    fs::copy(exact, firms.join("exact.yaml")).unwrap();
    let (pack, firms) = (pack.to_str().unwrap(), firms.to_str().unwrap());
    let run = |more: &[&str]| {
        let mut arguments = vec!["impact", "suzhou-cbec", pack, "--firms", firms, "--format", "json"];
        arguments.extend(more);
        out(&arguments)
    };
    let (code, text) = run(&["--fail-on", "flipped > 0"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    let ladder = &document["parts"][0];
    assert_eq!((code, &document["flipped_firms"]), (1, &1.into()));
    assert_eq!(
        (&ladder["flips"][0]["from"], &ladder["flips"][0]["to"]),
        (&"benchmark".into(), &"growth".into())
    );
    assert_eq!(ladder["flips"][0]["because"][0], "large_volume");
    assert_eq!(run(&["--fail-on", "newly_ineligible > 0"]).0, 0);
    let mut command = panmen();
    command.args(["impact", pack, pack, "--firms", firms, "--fail-on", "lost > 1"]);
    assert_eq!(command.output().unwrap().status.code(), Some(2));
    fs::remove_dir_all(folder).unwrap();
}
