//! Records that hold by themselves and yet are not as they should be: forged, without their pack, of another
//! meaning, redacted. Every code of records is raised, and shown in both languages.

use super::document::canonical;
use super::tamper::{Bench, Outcome, record_of};
use super::{folder, read};
use crate::support::{fresh, panmen, root, run};
use panmen::diagnostic::RecordProblem;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

/// A record, changed and sealed again as a forger would.
fn forged(name: &str, change: impl Fn(&mut Value)) -> String {
    let mut record = record_of(name);
    change(&mut record);
    super::sealed_text(&record)
}

fn removed(record: &mut Value, part: &str) -> Value {
    record.as_object_mut().unwrap().shift_remove(part).unwrap()
}

/// The fact at a path.
fn fact<'a>(record: &'a mut Value, path: &str) -> &'a mut Value {
    record["facts"].as_array_mut().unwrap().iter_mut().find(|fact| fact["path"] == path).unwrap()
}

/// A record, with the exit code and the codes that it ends in; the packs beside it are whole.
type Case = (&'static str, String, i64, &'static [&'static str]);

fn cases() -> Vec<Case> {
    [changed(), of_packs(), of_facts()].concat()
}

/// Records that do not hold by themselves, or that this release cannot read.
fn changed() -> Vec<Case> {
    let text = |name: &str| read(&folder().join(format!("{name}.json")));
    let mut changed = record_of("edges-sound");
    changed["firm"]["name"] = "Another Co., Ltd. (fictional)".into();
    let mut outcome = record_of("edges-sound");
    outcome["outcome"]["measures"]["help"]["outcome"] = "not_eligible".into();
    let mut facts = record_of("edges-sound");
    fact(&mut facts, "staff")["value"] = "11".into();
    let mut renamed = record_of("redacted-unused");
    fact(&mut renamed, "opened_on")["path"] = "closed_on".into();
    vec![
        ("untouched", text("edges-sound"), 0, &[]),
        ("head changed", canonical(&changed), 4, &["RC101"]),
        ("no record", "{}\n".to_owned(), 3, &["RC104"]),
        ("schema", forged("edges-sound", |r| r["schema"] = "panmen/decision/2".into()), 3, &["RC105"]),
        ("facts changed", canonical(&facts), 4, &["RC110"]),
        ("redacted path renamed", canonical(&renamed), 4, &["RC110"]),
        ("outcome changed", canonical(&outcome), 4, &["RC111"]),
        ("semantics", forged("edges-sound", |r| r["engine"]["semantics"] = 2.into()), 5, &["RC123"]),
        ("not in force", forged("edges-sound", |r| r["as_of"] = "2026-01-01".into()), 3, &["RC122"]),
    ]
}

/// Records that say something else of their pack.
fn of_packs() -> Vec<Case> {
    vec![
        (
            "pack unknown",
            forged("edges-sound", |r| r["pack"]["source_digest"] = "0".repeat(64).into()),
            5,
            &["RC120"],
        ),
        ("pack id", forged("edges-sound", |r| r["pack"]["id"] = "other".into()), 1, &["RC201"]),
        ("pack edition", forged("edges-sound", |r| r["pack"]["edition"] = "2".into()), 1, &["RC201"]),
        ("pack status", forged("edges-sound", |r| r["pack"]["status"] = "official".into()), 1, &["RC201"]),
        (
            "model",
            forged("edges-sound", |r| r["pack"]["model_digest"] = "0".repeat(64).into()),
            1,
            &["RC201"],
        ),
        ("uses none", forged("dongguan-provider", |r| r["pack"]["uses"] = json!([])), 1, &["RC201"]),
        (
            "uses, not in force",
            forged("dongguan-provider", |r| r["as_of"] = "1999-01-01".into()),
            3,
            &["RC122"],
        ),
        (
            "uses more",
            forged("edges-sound", |r| {
                r["pack"]["uses"] = json!([{"id": "a", "source_digest": "0".repeat(64)}]);
            }),
            1,
            &["RC201"],
        ),
        (
            "a digest that is a path",
            forged("edges-sound", |r| r["pack"]["source_digest"] = "../x".into()),
            3,
            &["RC104"],
        ),
    ]
}

/// Records that say something else of facts and outcome.
fn of_facts() -> Vec<Case> {
    vec![
        ("redacted", canonical(&record_of("redacted-personal")), 5, &["RC130"]),
        (
            "unknown fact",
            forged("edges-sound", |r| fact(r, "staff")["path"] = "staffing".into()),
            3,
            &["RC131"],
        ),
        (
            "unreadable fact",
            forged("edges-sound", |r| fact(r, "staff")["value"] = "ten".into()),
            3,
            &["RC131"],
        ),
        (
            "another spelling",
            forged("edges-sound", |r| fact(r, "equity")["value"] = "3.30 CNY".into()),
            1,
            &["RC201"],
        ),
        (
            "another type",
            forged("edges-sound", |r| fact(r, "staff")["type"] = "decimal".into()),
            1,
            &["RC201"],
        ),
        (
            "order of facts",
            forged("edges-sound", |r| r["facts"].as_array_mut().unwrap().swap(0, 1)),
            1,
            &["RC201"],
        ),
        ("firm id", forged("edges-sound", |r| r["firm"]["id"] = "91".into()), 3, &["RC131"]),
        (
            "fact forged",
            forged("edges-sound", |r| fact(r, "staff")["value"] = "9".into()),
            1,
            &["RC201", "RC201", "RC201"],
        ),
        (
            "redacted fact of no pack",
            forged("redacted-unused", |r| fact(r, "opened_on")["path"] = "closed_on".into()),
            1,
            &["RC201"],
        ),
        (
            "redacted, and forged elsewhere",
            forged("redacted-personal", |r| r["outcome"]["criteria"]["staffed"]["outcome"] = "no".into()),
            1,
            &["RC201", "RC130"],
        ),
        (
            "no reason",
            forged("suzhou-solar-exporter", |r| drop(removed(r, "accepted_assumed"))),
            1,
            &["RC201"],
        ),
        (
            "a blank reason",
            forged("suzhou-solar-exporter", |r| r["accepted_assumed"] = " ".into()),
            1,
            &["RC201"],
        ),
        ("a needless reason", forged("edges-sound", |r| r["accepted_assumed"] = "why".into()), 1, &["RC201"]),
        (
            "a tier that is none",
            forged("edges-sound", |r| r["outcome"]["tiers"]["more"] = json!({"outcome": "level"})),
            1,
            &["RC201"],
        ),
        // What a forger changes consistently is told by a register alone.
        ("name forged", forged("edges-sound", |r| r["firm"]["name"] = "Another".into()), 0, &[]),
        (
            "facts and outcome forged",
            forged("edges-sound", |r| fact(r, "staff")["value"] = "11".into()),
            0,
            &[],
        ),
    ]
}

#[test]
fn each_case_ends_in_its_exit_code_and_every_code_is_raised() {
    let bench = Bench::new("records-cases");
    let cases = cases();
    for (index, (_, text, ..)) in cases.iter().enumerate() {
        bench.put(&format!("{index:02}"), text.as_bytes());
    }
    let found = bench.replay(&[]);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (index, (what, _, exit, codes)) in cases.iter().enumerate() {
        let outcome = &found[&format!("{index:02}")];
        assert_eq!(
            (outcome.exit, &outcome.codes),
            (*exit, &codes.iter().map(|c| (*c).to_owned()).collect()),
            "{what}: {outcome:?}"
        );
        seen.extend(outcome.codes.iter().cloned());
    }
    for outcome in [comment_changed(), meaning_changed()] {
        seen.extend(outcome.codes);
    }
    let output = run(&["redact", "fixtures/decisions/edges-sound.json", "--path", "nothing"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("RC132"));
    seen.insert("RC132".to_owned());
    let all: BTreeSet<String> = RecordProblem::LIST.iter().map(|listed| listed.code.to_owned()).collect();
    assert_eq!(seen, all);
}

/// The one record of a bench whose archived pack was edited.
fn edited(name: &str, record: &str, pack: &str, edit: impl Fn(&str) -> String) -> Outcome {
    let bench = Bench::new(name);
    let text = canonical(&record_of(record));
    bench.put("record", text.as_bytes());
    let document: Value = serde_json::from_str(&text).unwrap();
    let digest = match pack {
        "own" => document["pack"]["source_digest"].clone(),
        _ => document["pack"]["uses"][0]["source_digest"].clone(),
    };
    let folder = bench.archive(digest.as_str().unwrap());
    let mut changed = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let before = read(&path);
        let after = edit(&before);
        changed += usize::from(after != before);
        fs::write(&path, after).unwrap();
    }
    assert!(changed > 0);
    bench.replay(&[]).remove("record").unwrap()
}

fn comment_changed() -> Outcome {
    edited("records-comment", "edges-sound", "own", |text| format!("# another comment\n{text}"))
}

fn meaning_changed() -> Outcome {
    edited("records-meaning", "edges-sound", "own", |text| text.replace("value: 10%", "value: 9%"))
}

#[test]
fn a_pack_that_was_edited_is_told_by_what_it_says() {
    let same = comment_changed();
    assert_eq!((same.exit, same.codes), (0, vec!["RC124".to_owned()]));
    let other = meaning_changed();
    assert_eq!((other.exit, other.codes), (4, vec!["RC121".to_owned()]));
    // A label decides nothing, and yet is what the pack says.
    let label = edited("records-label", "edges-sound", "own", |text| {
        text.replace("en: Ten people", "en: Nine people")
    });
    assert_eq!((label.exit, label.codes), (4, vec!["RC121".to_owned()]));
    // So is a blank in it.
    let blank = edited("records-blank", "edges-sound", "own", |text| {
        text.replace("en: Ten people", "en: Ten  people")
    });
    assert_eq!((blank.exit, blank.codes), (4, vec!["RC121".to_owned()]));
    let broken =
        edited("records-broken", "edges-sound", "own", |text| text.replace("criteria:", "criterias:"));
    assert_eq!((broken.exit, broken.codes), (4, vec!["RC121".to_owned()]));
    // The same of a pack that it uses.
    let used = edited("records-used-comment", "dongguan-retailer", "used", |text| format!("{text}# more\n"));
    assert_eq!((used.exit, used.codes), (0, vec!["RC124".to_owned()]));
    let used =
        edited("records-used", "dongguan-retailer", "used", |text| text.replace("value: 300", "value: 301"));
    assert_eq!((used.exit, used.codes), (4, vec!["RC121".to_owned()]));
}

#[test]
fn a_pack_is_looked_for_beside_the_record_then_where_one_says() {
    let alone = fresh("records-alone");
    fs::write(alone.join("record.json"), canonical(&record_of("edges-sound"))).unwrap();
    let record = alone.join("record.json");
    let record = record.to_str().unwrap();
    let code = |more: &[&str]| {
        let output = panmen().arg("replay").arg(record).args(more).output().unwrap();
        output.status.code()
    };
    assert_eq!(code(&[]), Some(5));
    // A folder of archives, and a folder of packs as they are written.
    assert_eq!(code(&["--packs", "fixtures/decisions"]), Some(0));
    assert_eq!(code(&["--packs", "fixtures/decisions/rules"]), Some(0));
    assert_eq!(code(&["--packs", "rules"]), Some(5));
    // A pack of the same name that moved on.
    let stale = fresh("records-stale").join("edges");
    fs::create_dir(&stale).unwrap();
    let pack = read(&root().join("fixtures/decisions/rules/edges/pack.yaml"));
    fs::write(stale.join("pack.yaml"), pack.replace("value: 12,", "value: 13,")).unwrap();
    let stale = stale.parent().unwrap().to_str().unwrap();
    assert_eq!(code(&["--packs", stale]), Some(4));
    assert_eq!(code(&["--packs", stale, "--packs", "fixtures/decisions"]), Some(0));
}

/// What is found for one record is not lent to another that only says it has the same pack.
#[test]
fn records_of_one_digest_are_told_apart() {
    let bench = Bench::new("records-apart");
    bench.put("a", canonical(&record_of("edges-sound")).as_bytes());
    bench.put("b", forged("edges-sound", |r| r["pack"]["id"] = "other".into()).as_bytes());
    bench.put("c", forged("edges-sound", |r| r["pack"]["model_digest"] = "1".repeat(64).into()).as_bytes());
    let exits: Vec<i64> = bench.replay(&[]).into_values().map(|outcome| outcome.exit).collect();
    assert_eq!(exits, [0, 1, 1]);
    // Nor is what one folder lacks held against a record in another.
    let alone = fresh("records-apart-alone");
    fs::write(alone.join("a.json"), canonical(&record_of("edges-sound"))).unwrap();
    let results = alone.join("results.txt");
    let output = panmen()
        .arg("replay")
        .args([&alone, &folder().join("edges-sound.json")])
        .arg("--json")
        .arg(&results)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(5));
    let results: Value = serde_json::from_str(&read(&results)).unwrap();
    let exits: Vec<i64> =
        results["records"].as_array().unwrap().iter().map(|r| r["exit"].as_i64().unwrap()).collect();
    assert_eq!(exits, [5, 0]);
}

/// A copy of which some of a list is redacted, changed and sealed again.
fn forged_copy(name: &str, hidden: &str, change: impl Fn(&mut Value)) -> String {
    let record = panmen::record::verify(canonical(&record_of(name)).as_bytes()).unwrap();
    let mut copy: Value =
        serde_json::from_str(&panmen::record::redact(&record, &[hidden.to_owned()]).unwrap()).unwrap();
    change(&mut copy);
    super::sealed_text(&copy)
}

/// What stands beside a redacted fact is still compared: in its list, and in what is summed up without it.
#[test]
fn a_redacted_fact_hides_nothing_beside_it() {
    type Change = fn(&mut Value);
    let add = |record: &mut Value, path: &str| {
        let mut more = fact(record, "rooms[1].area").clone();
        more["path"] = path.into();
        record["facts"].as_array_mut().unwrap().push(more);
    };
    let hide = |record: &mut Value, path: &str| {
        let hidden = json!({"path": path, "commit": "0".repeat(64), "redacted": true});
        record["facts"].as_array_mut().unwrap().push(hidden);
    };
    let bench = Bench::new("records-beside");
    let cases: [(&str, &str, Change); 8] = [
        ("a type", "rooms[0].area", |r| fact(r, "rooms[1].area")["type"] = "money".into()),
        ("a spelling", "rooms[0].area", |r| fact(r, "rooms[1].area")["value"] = "040 m2".into()),
        ("papers", "rooms[0].area", |r| fact(r, "rooms[1].area")["evidence"] = json!(["a letter"])),
        ("rows", "rooms[0].area", |r| fact(r, "rooms")["value"]["rows"] = 4000.into()),
        ("a row's place", "rooms[0].area", |r| fact(r, "rooms[1].area")["path"] = "rooms[01].area".into()),
        ("a total", "staff", |r| r["outcome"]["total"] = "9971000.1 CNY".into()),
        ("nothing", "rooms[0].area", |_| ()),
        ("no more", "staff", |_| ()),
    ];
    for (what, hidden, change) in cases {
        bench.put(what, forged_copy("edges-sound", hidden, change).as_bytes());
    }
    for path in ["rooms[00].area", "rooms[x].area", "rooms[99999999999]", "rooms[0]area", "rooms[3].area"] {
        bench.put(path, forged_copy("edges-sound", "rooms[0].area", |r| add(r, path)).as_bytes());
    }
    for path in
        ["opened_on.2023", "opened_on[3]", "opened_on.", "profit", "profit.x", "sales.2025-1", "rooms[4"]
    {
        bench.put(path, forged_copy("edges-sound", "owner_id", |r| hide(r, path)).as_bytes());
    }
    for (what, outcome) in bench.replay(&[]) {
        if ["nothing", "no more"].contains(&what.as_str()) {
            assert!([0, 5].contains(&outcome.exit), "{what}: {outcome:?}");
        } else {
            assert_eq!(outcome.exit, 1, "{what}: {outcome:?}");
        }
    }
    // What cannot be told is shown as recorded, and says so.
    let forged = forged_copy("edges-sound", "staff", |r| {
        r["outcome"]["standing"] = "confirmed".into();
        r["outcome"]["missing"] = json!(["owner_id"]);
    });
    let path = bench.archive("../../record.json");
    fs::write(&path, forged).unwrap();
    let output = run(&["report", path.to_str().unwrap()]);
    let report = String::from_utf8(output.stdout).unwrap();
    let report = report.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "How sure confirmed (as recorded, not evaluated again)",
        "MISSING WHEN IT WAS DECIDED (as recorded, not evaluated again)",
    ] {
        assert!(report.contains(said), "{report}");
    }
}

/// Papers of a list that a field of a row takes back stay taken back.
#[test]
fn papers_that_are_taken_back_come_out_again() {
    let bench = Bench::new("records-taken-back");
    let firm = fresh("records-taken-back-firm").join("firm.yaml");
    for (name, rows) in [
        ("field", "[{area: {value: 60 m2, documents: []}, let: yes}]"),
        ("row", "[{documents: [], area: 60 m2, let: yes}]"),
        ("neither", "[{area: 60 m2, let: yes}]"),
    ] {
        let rooms = format!("  rooms:\n    documents: [{{number: A1}}]\n    rows: {rows}\n");
        fs::write(&firm, format!("firm: {{name: A firm (fictional)}}\nas_of: 2025-06-30\nfacts:\n{rooms}"))
            .unwrap();
        let output = panmen()
            .arg("decide")
            .arg(&firm)
            .args(["--pack", "fixtures/decisions/rules/edges", "--accept-assumed", "a"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        bench.put(name, &output.stdout);
    }
    for (name, outcome) in bench.replay(&[]) {
        assert_eq!(outcome.exit, 0, "{name}: {outcome:?}");
    }
}

#[test]
fn any_fact_may_be_redacted() {
    for name in [
        "edges-sound",
        "edges-bands",
        "edges-fails",
        "zhongshan-park-open",
        "sme-staff-in-a-band",
        "site-warehouse",
    ] {
        let text = canonical(&record_of(name));
        let record = panmen::record::verify(text.as_bytes()).unwrap();
        let document: Value = serde_json::from_str(&text).unwrap();
        let bench = Bench::new(&format!("records-redacted-{name}"));
        let facts = document["facts"].as_array().unwrap();
        assert!(!facts.is_empty());
        let mut all = Vec::new();
        for (index, fact) in facts.iter().enumerate() {
            let path = fact["path"].as_str().unwrap().to_owned();
            let copy = panmen::record::redact(&record, std::slice::from_ref(&path)).unwrap();
            assert_ne!(copy, text);
            bench.put(&format!("{index:02}"), copy.as_bytes());
            all.push(path);
        }
        bench.put("all", panmen::record::redact(&record, &all).unwrap().as_bytes());
        for (which, outcome) in bench.replay(&[]) {
            // Nothing differs, whatever is gone.
            assert!([0, 5].contains(&outcome.exit), "{name} {which}: {outcome:?}");
            assert!(outcome.codes.iter().all(|code| code == "RC130"), "{name} {which}: {outcome:?}");
            if which == "all" {
                assert_eq!(outcome.exit, 5, "{name}");
            }
        }
    }
}

#[test]
fn each_code_is_said_in_both_languages() {
    let bench = Bench::new("records-said");
    for lang in ["en", "zh"] {
        let mut told = String::new();
        for (what, text, ..) in cases() {
            let path = bench.archive("../../record.json");
            fs::write(&path, text).unwrap();
            let output = panmen()
                .current_dir(path.parent().unwrap())
                .args(["replay", "record.json", "--lang", lang])
                .output()
                .unwrap();
            let code = output.status.code().unwrap();
            write!(
                told,
                "==== {what}: exit {code}\n{}{}\n",
                String::from_utf8_lossy(&output.stderr),
                String::from_utf8_lossy(&output.stdout)
            )
            .unwrap();
        }
        let output =
            run(&["redact", "fixtures/decisions/edges-sound.json", "--path", "nothing", "--lang", lang]);
        writeln!(told, "==== no such path: exit 3\n{}", String::from_utf8_lossy(&output.stderr)).unwrap();
        for (what, outcome) in [("comment", comment_changed()), ("meaning", meaning_changed())] {
            if lang == "en" {
                writeln!(told, "==== pack, {what} changed: exit {}\n{}\n", outcome.exit, outcome.said)
                    .unwrap();
            }
        }
        insta::with_settings!({snapshot_path => "../snapshots", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(format!("records_{lang}"), told);
        });
    }
}
