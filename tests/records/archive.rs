//! What lies around records: archives that were damaged, files that cannot be read, results beside them, writes
//! that end early.

use super::document::canonical;
use super::tamper::{Bench, record_of};
use super::{folder, read};
use crate::support::{entries, fresh, panmen, root};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Output;

fn decide(firm: &Path, pack: &str, more: &[&str]) -> Output {
    panmen()
        .arg("decide")
        .arg(firm)
        .args(["--pack", pack, "--accept-assumed", "a reason", "--salt-seed", "s"])
        .args(more)
        .output()
        .unwrap()
}

fn said(output: &Output) -> (Option<i32>, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.code(), String::from_utf8(text).unwrap())
}

/// The exit code and codes of one record beside an archive to which something was done.
fn beside(name: &str, record: &str, damage: impl Fn(&Bench, &Value)) -> (i64, Vec<String>) {
    let bench = Bench::new(name);
    let document = record_of(record);
    bench.put("record", canonical(&document).as_bytes());
    damage(&bench, &document);
    let outcome = bench.replay(&[]).remove("record").unwrap();
    (outcome.exit, outcome.codes)
}

fn digest(document: &Value, used: bool) -> &str {
    let pack = &document["pack"];
    if used { &pack["uses"][0]["source_digest"] } else { &pack["source_digest"] }.as_str().unwrap()
}

/// A folder that is named by the digest of a pack and holds another was changed; one that is not there is
/// missing.
#[test]
fn a_damaged_archive_is_told_from_a_missing_pack() {
    type Damage = fn(&Path);
    let damages: [(&str, Damage); 6] = [
        ("cut", |folder| fs::write(folder.join("pack.yaml"), "pack: edges\n").unwrap()),
        ("emptied", |folder| fs::write(folder.join("pack.yaml"), "").unwrap()),
        ("no text", |folder| fs::write(folder.join("pack.yaml"), [0xff, 0xfe]).unwrap()),
        ("a file more", |folder| fs::write(folder.join("zz.yaml"), "# nothing\n").unwrap()),
        ("renamed", |folder| {
            let text = read(&folder.join("pack.yaml"));
            fs::write(folder.join("pack.yaml"), text.replacen("pack: edges", "pack: hedges", 1)).unwrap();
        }),
        ("without its header", |folder| fs::remove_file(folder.join("pack.yaml")).unwrap()),
    ];
    for (what, damage) in damages {
        let found = beside("records-damaged", "edges-sound", |bench, document| {
            damage(&bench.archive(digest(document, false)));
        });
        assert_eq!(found, (4, vec!["RC121".to_owned()]), "{what}");
    }
    let gone = |used: bool| {
        move |bench: &Bench, document: &Value| {
            fs::remove_dir_all(bench.archive(digest(document, used))).unwrap();
        }
    };
    let missing = (5, vec!["RC120".to_owned()]);
    assert_eq!(beside("records-gone", "edges-sound", gone(false)), missing);
    assert_eq!(beside("records-gone", "dongguan-retailer", gone(true)), missing);
}

/// An archive is trusted only as far as it holds what its folders are named for.
#[test]
fn no_record_is_written_beside_a_damaged_archive() {
    let bench = fresh("records-archive");
    let firm = folder().join("firms/edges-sound.yaml");
    let archive = bench.to_str().unwrap();
    let write = |name: &str| {
        let path = bench.join(name);
        let more = ["--archive", archive, "-o", path.to_str().unwrap()];
        (said(&decide(&firm, "fixtures/decisions/rules/edges", &more)), path.exists())
    };
    assert_eq!(write("first.json"), ((Some(0), String::new()), true));
    assert_eq!(write("second.json"), ((Some(0), String::new()), true));
    let kept = entries(&bench.join("packs/sha256")).swap_remove(0);
    let text = fs::read(kept.join("pack.yaml")).unwrap();
    for damage in [None, Some(&b"pack: edges\n"[..])] {
        match damage {
            None => fs::remove_file(kept.join("pack.yaml")).unwrap(),
            Some(bytes) => fs::write(kept.join("pack.yaml"), bytes).unwrap(),
        }
        let ((code, told), written) = write("third.json");
        assert_eq!((code, written), (Some(6), false), "{told}");
        assert!(told.contains("does not hold the pack that its name says"), "{told}");
    }
    fs::write(kept.join("pack.yaml"), text).unwrap();
    assert_eq!(write("third.json").0.0, Some(0));
}

/// A long list whose papers stand above it is recorded with them at each value.
#[test]
fn what_is_decided_is_replayed_however_large() {
    let bench = fresh("records-large");
    let firm = root().join("fixtures/firms/battery-maker.yaml");
    let documents: Vec<String> =
        (0..100).map(|n| format!("{{number: {}{n}, sha256: {:064x}}}", "paper ".repeat(20), n)).collect();
    let rows: Vec<String> = (0..120)
        .map(|n| format!("      - {{country: Spain {n}, area: {n} m2, operated_by_firm: yes}}\n"))
        .collect();
    let list = format!(
        "  overseas_warehouses:\n    documents: [{}]\n    complete: yes\n    rows:\n{}",
        documents.join(", "),
        rows.concat()
    );
    let text = read(&firm);
    assert!(!text.contains("overseas_warehouses"));
    let path = bench.join("firm.yaml");
    fs::write(&path, format!("{}\n{list}", text.trim_end())).unwrap();
    let record = bench.join("record.json");
    let output = decide(&path, "rules/suzhou-cbec-2024", &["-o", record.to_str().unwrap()]);
    assert_eq!(said(&output), (Some(0), String::new()));
    assert!(fs::metadata(&record).unwrap().len() > 8 << 20);
    let output = panmen().arg("replay").arg(&record).args(["--packs", "rules"]).output().unwrap();
    assert!(said(&output).1.contains("1 comes out again"), "{:?}", said(&output));
}

/// Results go over nothing but earlier results, which are no records.
#[test]
fn results_are_written_over_no_record_and_no_pack() {
    let bench = Bench::new("records-results");
    let document = record_of("edges-sound");
    bench.put("record", canonical(&document).as_bytes());
    let pack = bench.archive(digest(&document, false)).join("pack.yaml");
    let at = bench.archive("../..");
    let record = at.join("record.json");
    let before = (fs::read(&record).unwrap(), fs::read(&pack).unwrap());
    let replay =
        |results: &Path| said(&panmen().arg("replay").arg(&at).arg("--json").arg(results).output().unwrap());
    for results in [&record, &pack] {
        let (code, told) = replay(results);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains("no earlier result"), "{told}");
    }
    assert_eq!((fs::read(&record).unwrap(), fs::read(&pack).unwrap()), before);
    let beside = at.join("results.json");
    for _ in 0..2 {
        assert_eq!(replay(&beside).0, Some(0));
        let results: Value = serde_json::from_str(&read(&beside)).unwrap();
        assert_eq!(results["records"].as_array().unwrap().len(), 1);
    }
}

/// One that cannot be read is told, and keeps no other from being replayed.
#[test]
fn an_unreadable_record_does_not_end_the_replay() {
    let bench = fresh("records-unread");
    let forged = read(&folder().join("edges-sound.json")).replacen("\"benchmark\"", "\"growth\"", 1);
    let forged = forged.replacen("\"declared\"", "\"verified\"", 1);
    fs::write(bench.join("forged.json"), forged).unwrap();
    let path = |name: &str| bench.join(name).to_str().unwrap().to_owned();
    let (forged, nothing, results) = (path("forged.json"), path("nothing.json"), path("results"));
    let sound = "fixtures/decisions/edges-sound.json";
    let replay = |records: &[&str]| {
        let output = panmen().arg("replay").args(records).args(["--json", &results]).output().unwrap();
        said(&output)
    };
    for records in [[sound, &nothing, &forged], [&forged, &nothing, sound]] {
        let (code, told) = replay(&records);
        assert_eq!(code, Some(4), "{told}");
        assert!(told.contains("3 records: 1 comes out again, 1 was changed, 1 cannot be read"), "{told}");
        let document: Value = serde_json::from_str(&read(Path::new(&results))).unwrap();
        let exits: Vec<&Value> =
            document["records"].as_array().unwrap().iter().map(|result| &result["exit"]).collect();
        assert_eq!(exits.len(), 3);
        assert_eq!(exits[1], &json!(6));
    }
    assert_eq!(replay(&[sound, &nothing]).0, Some(6));
    // Reports of several records count by the same order.
    let redacted = "fixtures/decisions/redacted-year.json";
    for records in [[forged.as_str(), redacted], [redacted, &forged]] {
        let output = panmen().arg("report").args(records).output().unwrap();
        assert_eq!(output.status.code(), Some(4), "{}", said(&output).1);
    }
}

/// A write that ends early leaves nothing under the final name.
#[cfg(unix)]
#[test]
fn no_half_record_is_left_under_its_name() {
    let bench = fresh("records-half");
    let record = bench.join("record.json");
    let line = "ulimit -f 1; exec \"$0\" redact \"$1\" --path cbec_volume.2023 -o \"$2\"";
    let status = std::process::Command::new("sh")
        .args(["-c", line, env!("CARGO_BIN_EXE_panmen")])
        .arg(folder().join("suzhou-solar-exporter.json"))
        .arg(&record)
        .output()
        .unwrap()
        .status;
    assert!(!status.success());
    assert!(!record.exists());
}
