//! `panmen diff`: two editions of rules, and two recorded decisions.

use super::{RULES, code, err, fine, out, pack};
use crate::support::{fresh, root, run};
use serde_json::Value;
use std::fs;

const OLD: &str = "rules/shenzhen-independent-site/2021";
const NEW: &str = "rules/shenzhen-independent-site/2022";

fn document(old: &str, new: &str) -> Value {
    serde_json::from_str(&fine(&["diff", old, new, "--format", "json"])).unwrap()
}

#[test]
fn the_two_editions_of_shenzhen() {
    for lang in ["en", "zh"] {
        let text = fine(&["diff", OLD, NEW, "--lang", lang]);
        assert!(text.lines().all(|line| panmen::doc::columns(line) <= 80), "{text}");
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(root().join("tests/snapshots"));
        settings.set_prepend_module_to_snapshot(false);
        settings.bind(|| insta::assert_snapshot!(format!("diff.shenzhen.{lang}"), text));
        let html = fine(&["diff", OLD, NEW, "--lang", lang, "--format", "html"]);
        assert!(html.contains("<table class=\"changes\"") && !html.contains("<script"), "{html}");
        let markdown = fine(&["diff", OLD, NEW, "--lang", lang, "--format", "markdown"]);
        assert!(
            markdown.contains("| 2019\\-01\\-01 | 2020\\-01\\-01 |")
                || markdown.contains("| 2019-01-01 | 2020-01-01 |"),
            "{markdown}"
        );
    }
    let found = document(OLD, NEW);
    assert_eq!((&found["schema"], &found["same_meaning"]), (&"panmen/diff/1".into(), &false.into()));
    // The same the other way round, with old and new changed places.
    let back = document(NEW, OLD);
    for (one, other) in [("added", "removed"), ("removed", "added"), ("changed", "changed")] {
        assert_eq!(found["counts"][one], back["counts"][other], "{one}");
    }
    assert_eq!(found["counts"]["added"], 13);
}

#[test]
fn a_pack_does_not_differ_from_itself_or_its_copy_with_other_comments() {
    let text = fine(&["diff", OLD, OLD]);
    assert!(text.contains("NONE: the two are the same, byte for byte"), "{text}");
    let folder = fresh("diff-comments");
    pack(&folder.join("one"), "one", RULES);
    pack(
        &folder.join("two"),
        "one",
        &format!("# A comment.\n{}", RULES.replace("criteria:", "\n\ncriteria:")),
    );
    let [one, two] = ["one", "two"].map(|name| folder.join(name).to_string_lossy().into_owned());
    let text = fine(&["diff", &one, &two]);
    assert!(text.contains("NONE: the same meaning; only comments or layout differ"), "{text}");
    assert!(fine(&["diff", &one, &two, "--lang", "zh"]).contains("仅注释或排版不同"));
}

#[test]
fn each_change_of_a_small_pack_is_told() {
    let folder = fresh("diff-small");
    let more = "parameters:\n  least_value: {type: money, label: Least, values: \
                [{from: 2024-01-01, value: 500_000 CNY, cite: guide art. 2, basis: published}]}\n";
    let rules = format!("{RULES}{more}");
    pack(&folder.join("old"), "one", &rules);
    let old = folder.join("old").to_string_lossy().into_owned();
    let cases = [
        // What is written otherwise and means the same is no difference.
        ("when: licensed", "when: (licensed)", None),
        ("500_000 CNY", "50万元", None),
        ("label: Sound", "label: Quite sound", Some(("criteria", "sound", "same_meaning"))),
        ("label: Sound", "label: {en: Sound, zh: 合格}", Some(("criteria", "sound", "same_meaning"))),
        ("when: licensed", "when: not licensed", Some(("criteria", "sound", "changed"))),
        ("cite: guide art. 1", "cite: guide art. 3", Some(("criteria", "sound", "changed"))),
        ("500_000 CNY", "500_000.01 CNY", Some(("parameters", "least_value", "changed"))),
        (
            "from: 2024-01-01, value",
            "from: 2024-01-02, value",
            Some(("parameters", "least_value", "changed")),
        ),
        ("  entry: {label: Entry", "  door: {label: Entry", Some(("gates", "door", "added"))),
        ("type: yes_no, label", "type: yes_no, fixed: yes, label", Some(("facts", "licensed", "changed"))),
        (
            "in_force: {from: 2024-01-01}",
            "in_force: {from: 2024-01-01, to: 2030-12-31}",
            Some(("header", "in_force", "changed")),
        ),
        ("dated: 2024-01-01", "dated: 2024-01-02", Some(("sources", "guide", "changed"))),
    ];
    let header = fs::read_to_string(folder.join("old/pack.yaml")).unwrap();
    for (from, to, expected) in cases {
        let new = folder.join("new");
        fs::create_dir_all(&new).unwrap();
        assert!(header.contains(from), "{from}");
        fs::write(new.join("pack.yaml"), header.replacen(from, to, 1)).unwrap();
        let found = document(&old, &new.to_string_lossy());
        let entries = found["entries"].as_array().unwrap();
        match expected {
            None => assert!(entries.is_empty(), "{from} -> {to}: {found:#}"),
            Some((section, id, change)) => {
                let entry = &entries[0];
                assert_eq!(
                    (entry["section"].as_str(), entry["id"].as_str(), entry["change"].as_str()),
                    (Some(section), Some(id), Some(change)),
                    "{from} -> {to}: {found:#}"
                );
                assert_eq!(found["same_meaning"], change == "same_meaning");
            }
        }
    }
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let editions = run(&["diff", "rules/shenzhen-independent-site", NEW]);
    assert_eq!(code(&editions), 2, "{}", err(&editions));
    assert!(err(&editions).contains("several editions: 2021, 2022"), "{}", err(&editions));
    let none = run(&["diff", "no-such-pack", NEW]);
    assert_eq!((code(&none), out(&none).as_str()), (3, ""), "{}", err(&none));
    let (record, _) = super::recorded::record("diff-kinds");
    let kinds = run(&["diff", record.to_str().unwrap(), NEW]);
    assert_eq!(code(&kinds), 2, "{}", err(&kinds));
    let over =
        run(&["diff", record.to_str().unwrap(), record.to_str().unwrap(), "-o", record.to_str().unwrap()]);
    assert_eq!(code(&over), 2, "{}", err(&over));
}

#[test]
fn two_records_of_a_firm() {
    let (old, _) = super::recorded::record("diff-records");
    let firm = fs::read_to_string(root().join("fixtures/firms/battery-maker.yaml")).unwrap();
    assert!(firm.contains("dishonesty_listed: no"), "{firm}");
    let profile = old.with_file_name("corrected.yaml");
    fs::write(&profile, firm.replace("dishonesty_listed: no", "dishonesty_listed: yes")).unwrap();
    let new = old.with_file_name("new.json");
    let (old, new, profile) = (old.to_str().unwrap(), new.to_str().unwrap(), profile.to_str().unwrap());
    fine(&["decide", profile, "--salt-seed", "t", "--accept-assumed", "pilot", "-o", new]);
    let found = document(old, new);
    let entries = found["entries"].as_array().unwrap();
    let of = |section: &str, id: &str| entries.iter().find(|e| e["section"] == section && e["id"] == id);
    let fact = of("facts", "dishonesty_listed").unwrap();
    assert_eq!((&fact["fields"][0]["old"], &fact["fields"][0]["new"]), (&"no".into(), &"yes".into()));
    // Salts differ between the two records, and are no difference.
    assert_eq!(entries.iter().filter(|entry| entry["section"] == "facts").count(), 1, "{found:#}");
    assert!(of("head", "decided_at").is_some() && of("head", "pack").is_none(), "{found:#}");
    for (lang, said) in [("en", "Serious-dishonesty listing"), ("zh", "失信")] {
        let text = fine(&["diff", old, new, "--lang", lang]);
        assert!(text.contains(said), "{text}");
        assert!(text.lines().all(|line| panmen::doc::columns(line) <= 80), "{text}");
    }
    let copy = format!("{new}.copy.json");
    fine(&["redact", new, "--path", "cbec_volume", "-o", &copy]);
    let found = document(old, &copy);
    assert_eq!(found["counts"]["not_compared"], 2, "{found:#}");
    let text = fs::read_to_string(new).unwrap();
    fs::write(new, text.replacen("\"declared\"", "\"verified\"", 1)).unwrap();
    let tampered = run(&["diff", old, new]);
    assert_eq!((code(&tampered), out(&tampered).as_str()), (4, ""), "{}", err(&tampered));
}

/// What came of it stands first, in the reader's words, and a list of things is told by what they are called.
#[test]
fn two_records_are_compared_from_the_outcome_downwards() {
    let records =
        ["site-two-sites-2021", "site-two-sites-2022"].map(|name| format!("fixtures/decisions/{name}.json"));
    let text = fine(&["diff", &records[0], &records[1], "--lang", "zh"]);
    let place = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word}: {text}"));
    let order = ["结论\n", "支持措施\n", "准入条件\n", "\n条件\n"].map(place);
    assert!(order.is_sorted(), "{order:?}: {text}");
    assert!(text.contains("金额 / 至          400万元") && text.contains("不在申报期内"), "{text}");
    for raw in ["indicative", "own_basis", "cite ", "kind value", "4000000"] {
        assert!(!text[..order[3]].contains(raw), "{raw}: {text}");
    }
    // A figure that changed is told with its name first.
    assert!(text.contains("减少：clean_years,"), "{text}");
}
