//! Made-up firms and what a change of rules does to them: every row is counted once, sums are exact, and
//! the same seed gives the same firms.

use crate::support::{fresh, header, panmen, root};
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
        let folder = fresh("impact-firms");
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
    let path = fresh("impact-lines").join("firms.ndjson");
    fs::write(&path, &first).unwrap();
    let pack = "rules/tongjiang-cbec";
    let (code, text) = out(&["impact", pack, pack, "--firms", path.to_str().unwrap(), "--format", "json"]);
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, &document["firms"], &document["flipped_firms"]), (0, &2.into(), &0.into()));
}

/// Values stand on the figures of the rules and one step beside them: of comparisons, of tables, and where the
/// limit of an amount is just reached.
#[test]
fn made_up_firms_gather_at_the_figures_of_the_rules() {
    let values = |pack: &str, fact: &str| -> Vec<String> {
        let text = out(&["new", "population", "--pack", pack, "--rows", "60", "--seed", "1"]).1;
        let firms = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        firms.filter_map(|firm| firm["facts"][fact]["value"].as_str().map(str::to_owned)).collect()
    };
    let staff = values("rules/cn-sme-size-2011", "employees");
    for figure in ["999", "1000", "1001", "1999", "2000", "2001"] {
        assert!(staff.iter().any(|value| value == figure), "{figure}: {staff:?}");
    }
    // Half of the costs, 300,000 at most.
    let fees = values("rules/tongjiang-cbec", "entry_fee");
    for figure in ["599999.99 CNY", "600000 CNY", "600000.01 CNY"] {
        assert!(fees.iter().any(|value| value == figure), "{figure}: {fees:?}");
    }
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
        let mut moved = 0;
        for cell in part["matrix"].as_array().unwrap() {
            let firms = cell["firms"].as_u64().unwrap();
            sum += firms;
            *from.entry(cell["from"].as_str().unwrap()).or_default() += firms;
            // What only one of the packs has is a change for those alone who reach it.
            let had = |side: &str| {
                let reached = match part["kind"].as_str().unwrap() {
                    "measure" => cell[side] == "eligible",
                    "ladder" => !["none", "not_applicable"].contains(&cell[side].as_str().unwrap()),
                    _ => cell[side] == "yes",
                };
                reached && cell[side] != "absent"
            };
            let outside = cell["from"] == "absent" || cell["to"] == "absent";
            let changes = if outside { had("from") || had("to") } else { cell["from"] != cell["to"] };
            moved += if changes { firms } else { 0 };
        }
        assert_eq!(sum, ROWS as u64, "{}", part["id"]);
        assert_eq!(from.values().sum::<u64>(), ROWS as u64);
        assert_eq!(part["flips"].as_array().unwrap().len() as u64, moved, "{}", part["id"]);
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
        let (old, new) = (&total["old"], &total["new"]);
        let open = old["open"].as_u64().unwrap() + new["open"].as_u64().unwrap();
        // While an amount is open the change is none; the ends of the sums still hold what is decided.
        assert_eq!(total["change"].is_null(), open > 0, "{total}");
        if open == 0 {
            assert_eq!(amount(&total["change"]), amount(&new["sum"]) - amount(&old["sum"]));
        }
        for side in [old, new] {
            assert!(amount(&side["from"]) <= amount(&side["to"]), "{total}");
            assert!(side["open"] != 0 || side["from"] == side["sum"], "{total}");
        }
    }
}

/// A pack of one ladder and one measure, and firms with so many sales.
fn shops(name: &str, change: impl Fn(&str) -> String) -> String {
    let path = fresh(&format!("impact-shops-{name}"));
    let rules = "\
facts:
  sales: {type: money, label: Sales, range: 0 CNY..}
  cost: {type: money, label: Cost, range: 0 CNY..}
  listed: {type: yes_no, label: Listed as dishonest}
parameters:
  great: {type: money, label: Great, values: [{from: 2024-01-01, value: 100 CNY, cite: guide art. 1}]}
  small: {type: money, label: Small, values: [{from: 2024-01-01, value: 50 CNY, cite: guide art. 1}]}
criteria:
  many: {label: Many sales, when: sales >= great, cite: guide art. 1, basis: published}
  enough: {label: Some sales, when: sales >= small, cite: guide art. 1, basis: published}
  honest: {label: Not listed, when: not listed, cite: guide art. 2, basis: published}
tiers:
  grade: {label: Grade, cite: guide art. 1, basis: published, levels: [{id: high, label: High, all: [many]}, {id: low, label: Low, all: [enough]}]}
measures:
  grant: {label: Grant, who: {all: [enough, honest]}, amount: {base: cost, rate: 50%, cap: 40 CNY}, cite: guide art. 3, basis: published}
";
    fs::write(path.join("pack.yaml"), change(&(header("shops") + rules))).unwrap();
    path.to_str().unwrap().to_owned()
}

fn of_shops(new: &str, firms: &[&str], more: &[&str]) -> (i32, String) {
    let old = shops("old", str::to_owned);
    let path = fresh("impact-shops-firms").join("firms.ndjson");
    let line = |facts: &&str| format!("{{\"as_of\": \"2025-01-01\", \"facts\": {{{facts}}}}}\n");
    fs::write(&path, firms.iter().map(line).collect::<Vec<_>>().concat()).unwrap();
    let arguments = [&["impact", &old, new, "--firms", path.to_str().unwrap()][..], more].concat();
    let output = panmen().args(arguments).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(text).unwrap())
}

#[test]
fn amounts_levels_and_reasons_are_told() {
    let firms = [
        "\"sales\": \"100 CNY\", \"cost\": \"60 CNY\", \"listed\": \"no\"",
        "\"sales\": \"40 CNY\", \"cost\": \"60 CNY\", \"listed\": \"no\"",
        "\"sales\": \"70 CNY\", \"listed\": \"no\"",
    ];
    let json = |new: &str| -> Value {
        let (code, text) = of_shops(new, &firms, &["--format", "json"]);
        assert_eq!(code, 0, "{text}");
        serde_json::from_str(&text).unwrap()
    };
    let part = |document: &Value, id: &str| -> Value {
        document["parts"].as_array().unwrap().iter().find(|part| part["id"] == id).unwrap().clone()
    };
    // The same outcome with another amount is a change too.
    let less = shops("less", |pack| pack.replace("rate: 50%", "rate: 25%"));
    let document = json(&less);
    assert_eq!((&document["flipped_firms"], &document["other_amounts"]), (&0.into(), &1.into()));
    let grant = part(&document, "grant");
    assert_eq!(
        (&grant["money"]["old"]["sum"], &grant["money"]["new"]["sum"]),
        (&"30 CNY".into(), &"15 CNY".into())
    );
    // The third firm's cost is not known: what it gets lies between nothing and the limit.
    assert_eq!(
        (&grant["money"]["old"]["from"], &grant["money"]["old"]["to"]),
        (&"30 CNY".into(), &"70 CNY".into())
    );
    assert_eq!(document["totals"][0]["change"], Value::Null);
    assert_eq!(of_shops(&less, &firms, &["--fail-on", "other_amounts > 0"]).0, 1);
    assert_eq!(of_shops(&less, &firms, &["--fail-on", "other_amounts > 1"]).0, 0);
    let text = of_shops(&less, &firms, &[]).1;
    assert!(text.contains("decided for 2025-01-01") && !text.contains("no change"), "{text}");
    // What is newly reached is explained by what stood in the way, and by nothing else.
    let lower = shops("lower", |pack| pack.replace("value: 50 CNY", "value: 40 CNY"));
    let grant = part(&json(&lower), "grant");
    assert_eq!(grant["flips"][0]["because"], serde_json::json!(["enough"]));
    // A lower level is lost, a higher one gained.
    let higher = shops("higher", |pack| pack.replace("value: 100 CNY", "value: 101 CNY"));
    let document = json(&higher);
    assert_eq!((&document["newly_ineligible"], &document["newly_eligible"]), (&1.into(), &0.into()));
    // A name that neither pack knows would be a fact that is silently missing.
    let (code, told) = of_shops(&less, &["\"sale\": \"1 CNY\"", "\"sale\": \"2 CNY\""], &[]);
    assert_eq!(code, 3, "{told}");
    assert_eq!(told.matches("PF001").count(), 1, "{told}");
    assert!(told.contains("`sales`"), "{told}");
    let (code, told) = of_shops(&less, &[], &["--fail-on", "flipped > 0"]);
    assert_eq!(code, 2, "{told}");
    assert!(told.contains("there is no firm in"), "{told}");
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
    let folder = fresh("impact-raised");
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
    let ladder = document["parts"].as_array().unwrap().iter().find(|part| part["kind"] == "ladder").unwrap();
    assert_eq!((code, &document["flipped_firms"]), (1, &1.into()));
    assert_eq!(
        (&ladder["flips"][0]["from"], &ladder["flips"][0]["to"]),
        (&"benchmark".into(), &"growth".into())
    );
    assert_eq!(ladder["flips"][0]["because"][0], "large_volume");
    // A lower level is a loss.
    assert_eq!(run(&["--fail-on", "newly_ineligible > 0"]).0, 1);
    let mut command = panmen();
    command.args(["impact", pack, pack, "--firms", firms, "--fail-on", "lost > 1"]);
    assert_eq!(command.output().unwrap().status.code(), Some(2));
}

#[test]
fn what_is_removed_is_lost_and_what_is_renamed_is_lost_and_gained() {
    let folder = fresh("removed");
    let pack = |name: &str, rules: &str| {
        let path = folder.join(name);
        fs::create_dir_all(&path).unwrap();
        let facts = "facts:\n  licensed: {type: yes_no, label: Licensed}\ncriteria:\n  \
                     sound: {label: Sound, when: licensed, cite: guide art. 1, basis: published}\n";
        fs::write(path.join("pack.yaml"), header("removed") + facts + rules).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let gate = "gates:\n  entry: {label: Entry, all: [sound]}\n";
    let rules = format!(
        "{gate}classifications:\n  kinds: {{label: Kinds, cite: guide art. 2, basis: published, \
         classes: {{good: {{label: Good, all: [sound]}}}}}}\n\
         tiers:\n  steps: {{label: Steps, cite: guide art. 3, basis: published, \
         levels: [{{id: top, label: Top, all: [sound]}}]}}\n\
         measures:\n  grant: {{label: Grant, who: {{all: [sound]}}, benefit: A grant, amount: unpublished, \
         cite: guide art. 4, basis: published}}\n"
    );
    let renamed = ["entry", "kinds", "steps", "grant"]
        .iter()
        .fold(rules.clone(), |text, id| text.replace(&format!("  {id}: "), &format!("  other_{id}: ")));
    // A measure that is still there and can no longer be had is lost as one that is removed.
    let gone = |name: &str, more: &str| {
        pack(name, &rules.replace("benefit: A grant", &format!("benefit: A grant, {more}")))
    };
    let closed = gone("closed", "apply: {from: 2024-03-01, to: 2024-03-31}");
    let ended = gone("ended", "in_force: {from: 2024-01-01, to: 2024-06-30}");
    let named = gone("named", "apply: unpublished");
    let (all, few, others) = (pack("all", &rules), pack("few", gate), pack("others", &renamed));
    let firms = folder.join("firms.ndjson");
    let firm = |licensed: &str| {
        format!("{{\"as_of\": \"2025-01-01\", \"facts\": {{\"licensed\": \"{licensed}\"}}}}\n")
    };
    fs::write(&firms, firm("yes") + &firm("no")).unwrap();
    let counts = |old: &str, new: &str| {
        let text = out(&["impact", old, new, "--firms", firms.to_str().unwrap(), "--format", "json"]).1;
        let document: Value = serde_json::from_str(&text).unwrap();
        ["newly_eligible", "newly_ineligible", "flipped_firms"].map(|key| document[key].as_u64().unwrap())
    };
    // The class, the level and the measure of the one firm that had them.
    assert_eq!(counts(&all, &few), [0, 3, 1]);
    assert_eq!(counts(&few, &all), [3, 0, 1]);
    assert_eq!(counts(&all, &others), [4, 4, 1]);
    for less in [&closed, &ended, &named] {
        assert_eq!(counts(&all, less), [0, 1, 2], "{less}");
        assert_eq!(counts(less, &all), [1, 0, 2], "{less}");
    }
    assert_eq!(counts(&all, &all), [0, 0, 0]);
    let firms = firms.to_str().unwrap();
    assert_eq!(out(&["impact", &all, &few, "--firms", firms, "--fail-on", "newly_ineligible > 0"]).0, 1);
}

/// An impact never takes the place of the firms that it is about, and YAML is YAML.
#[test]
fn the_firms_are_never_written_over_and_yaml_is_the_same_document() {
    let folder = fresh("impact-output");
    let pack = "rules/tongjiang-cbec";
    let made = out(&["new", "population", "--pack", pack, "--rows", "2", "--seed", "1"]).1;
    let (lines, one) = (folder.join("firms.ndjson"), folder.join("one.json"));
    fs::write(&lines, &made).unwrap();
    fs::write(&one, made.lines().next().unwrap()).unwrap();
    for (firms, over) in [(&lines, &lines), (&folder, &one)] {
        let before = fs::read_to_string(over).unwrap();
        let mut command = panmen();
        command.args([
            "impact",
            pack,
            pack,
            "--firms",
            firms.to_str().unwrap(),
            "-o",
            over.to_str().unwrap(),
        ]);
        assert_eq!(command.output().unwrap().status.code(), Some(2));
        assert_eq!(fs::read_to_string(over).unwrap(), before);
    }
    let lines = lines.to_str().unwrap();
    let written = |format: &str| out(&["impact", pack, pack, "--firms", lines, "--format", format]).1;
    let (json, yaml) = (written("json"), written("yaml"));
    assert!(yaml.starts_with("schema: panmen/impact/1"), "{yaml}");
    let (json, yaml): (Value, Value) =
        (serde_json::from_str(&json).unwrap(), serde_yaml::from_str(&yaml).unwrap());
    assert_eq!(json, yaml);
}
