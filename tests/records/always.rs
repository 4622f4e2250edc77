//! What a record does not depend on: where it is written, in which language, by how many at once, in which
//! order the facts were given; and what it does depend on: its salts.

use super::tamper::record_of;
use super::{folder, kept, read};
use crate::support::{copy, fresh, panmen, root};
use serde_json::Value;
use std::fs;
use std::path::Path;
#[cfg(all(target_os = "linux", target_env = "gnu"))]
use std::process::Command;
use std::thread;

/// The facts of a profile in another order: blocks of lines below `facts:`, the last one first.
fn turned(profile: &str) -> String {
    let (head, facts) = profile.split_once("\nfacts:\n").unwrap();
    let mut blocks: Vec<String> = Vec::new();
    for line in facts.lines() {
        let begins = line.starts_with("  ") && !line.starts_with("   ") && !line.starts_with("  #");
        if begins || blocks.is_empty() {
            blocks.push(String::new());
        }
        let block = blocks.last_mut().unwrap();
        block.push_str(line);
        block.push('\n');
    }
    assert!(blocks.len() > 3);
    blocks.reverse();
    format!("{head}\nfacts:\n{}", blocks.concat())
}

/// Writes a record with arguments and environment.
fn decided(firm: &Path, output: &Path, seed: Option<&str>, environment: &[(&str, &str)]) -> String {
    let mut command = panmen();
    command.envs(environment.iter().copied());
    command.arg("decide").arg(firm).args(["--pack", "rules/tongjiang-cbec", "--accept-assumed", "a reason"]);
    command.args(seed.map(|seed| format!("--salt-seed={seed}"))).arg("-o").arg(output);
    let done = command.output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
    read(output)
}

#[test]
fn a_record_has_the_same_bytes_wherever_it_is_written() {
    let bench = fresh("records-always");
    let firm = root().join("fixtures/firms/tongjiang-cbec/newcomer.yaml");
    let first = decided(&firm, &bench.join("first.json"), Some("s"), &[]);
    let other = bench.join("turned.yaml");
    fs::write(&other, turned(&read(&firm))).unwrap();
    assert_ne!(read(&other), read(&firm));
    assert_eq!(decided(&other, &bench.join("turned.json"), Some("s"), &[]), first);
    for (index, environment) in [
        [("TZ", "Pacific/Kiritimati"), ("LC_ALL", "zh_CN.UTF-8")],
        [("TZ", "America/Los_Angeles"), ("LC_ALL", "tr_TR.UTF-8")],
        [("TZ", ":nowhere"), ("PANMEN_LANG", "zh")],
        [("SOURCE_DATE_EPOCH", "915148800"), ("PANMEN_LANG", "en")],
    ]
    .iter()
    .enumerate()
    {
        let output = bench.join(format!("environment-{index}.json"));
        assert_eq!(decided(&firm, &output, Some("s"), environment), first, "{environment:?}");
    }
    // Eight at once.
    thread::scope(|scope| {
        let running: Vec<_> = (0..8)
            .map(|index| {
                let (firm, output) = (&firm, bench.join(format!("thread-{index}.json")));
                scope.spawn(move || decided(firm, &output, Some("s"), &[]))
            })
            .collect();
        for one in running {
            assert_eq!(one.join().unwrap(), first);
        }
    });
}

/// The core on eight threads: what one of them finds, all find.
#[test]
fn records_are_checked_alike_on_many_threads() {
    let records = kept();
    let digests = || -> Vec<String> {
        records.iter().map(|(_, text)| panmen::record::verify(text.as_bytes()).unwrap().digest()).collect()
    };
    let alone = digests();
    thread::scope(|scope| {
        let running: Vec<_> = (0..8).map(|_| scope.spawn(digests)).collect();
        for one in running {
            assert_eq!(one.join().unwrap(), alone);
        }
    });
}

#[test]
fn salts_are_drawn_anew_and_change_no_outcome() {
    let bench = fresh("records-salts");
    let firm = root().join("fixtures/firms/tongjiang-cbec/newcomer.yaml");
    let [one, other] =
        ["one", "other"].map(|name| decided(&firm, &bench.join(format!("{name}.json")), None, &[]));
    assert_ne!(one, other);
    let [one, other] = [one, other].map(|text| {
        panmen::record::verify(text.as_bytes()).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()
    });
    assert_ne!(one["digests"]["facts_root"], other["digests"]["facts_root"]);
    assert_eq!(one["digests"]["outcome_digest"], other["digests"]["outcome_digest"]);
    let salts: std::collections::BTreeSet<&str> = [&one, &other]
        .iter()
        .flat_map(|record| record["facts"].as_array().unwrap())
        .map(|fact| fact["salt"].as_str().unwrap())
        .collect();
    let facts = one["facts"].as_array().unwrap().len();
    assert_eq!(salts.len(), 2 * facts, "no salt is used twice");
}

/// One text however its accents were typed: in the firm's file, in the head, in the pack.
#[test]
fn a_record_has_the_same_bytes_in_every_normal_form() {
    let bench = fresh("records-forms");
    let (composed, apart) = ("Caf\u{e9} 가", "Cafe\u{301} \u{1100}\u{1161}");
    let text = read(&root().join("fixtures/firms/tongjiang-cbec/newcomer.yaml"));
    let pack = root().join("rules/tongjiang-cbec");
    let record = |of_firm: &str, actor: &str, pack: &Path| {
        let firm = bench.join("firm.yaml");
        assert!(text.contains("Heihe Amber"));
        fs::write(&firm, text.replacen("Heihe Amber", of_firm, 1)).unwrap();
        let mut command = panmen();
        command.arg("decide").arg(&firm).arg("--pack").arg(pack).args(["--actor", actor]);
        let output = command.args(["--accept-assumed", "a", "--salt-seed", "s"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let first = record(composed, composed, &pack);
    assert_eq!(first.matches(composed).count(), 2);
    assert_eq!(record(apart, apart, &pack), first);
    // A pack says the same in either form, though its bytes differ.
    let title = "Tongjiang support for cross-border e-commerce (articles 2 to 6)";
    let [one, other] = [composed, apart].map(|form| {
        let packs = fresh("records-forms-pack");
        copy(&pack, &packs);
        let header = packs.join("pack.yaml");
        let text = read(&header);
        assert!(text.contains(title));
        fs::write(&header, text.replacen(title, form, 1)).unwrap();
        serde_json::from_str::<Value>(&record(composed, composed, &packs)).unwrap()
    });
    assert_eq!(one["pack"]["model_digest"], other["pack"]["model_digest"]);
    assert_ne!(one["pack"]["source_digest"], other["pack"]["source_digest"]);
    assert_eq!(one["outcome"], other["outcome"]);
    // On reading there is one form only.
    let refused = panmen::record::verify(first.replace(composed, apart).as_bytes()).unwrap_err();
    assert_eq!(refused[0].code(), "RC104");
    assert!(refused[0].message(panmen::diagnostic::Lang::En).contains("normal form"));
}

/// The clock at 1999 and 2099. A shared library stands before the C library's clock, which only Linux's loader allows.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[test]
fn no_record_and_no_replay_reads_the_clock() {
    let bench = fresh("records-clock");
    let shim = bench.join("shim.so");
    let made = Command::new("rustc")
        .args(["--edition=2024", "--crate-type=cdylib", "-o"])
        .args([&shim, &root().join("tests/clock/shim.rs")])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let firm = root().join("fixtures/firms/tongjiang-cbec/newcomer.yaml");
    let record = bench.join("now.json");
    let first = decided(&firm, &record, Some("s"), &[]);
    let replay = |environment: &[(&str, &str)]| {
        let mut command = panmen();
        command.envs(environment.iter().copied());
        let output = command.args(["replay", "fixtures/decisions"]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let replayed = replay(&[]);
    for (seconds, year) in [("930000000", "1999-06-2"), ("4090000000", "2099-08-0")] {
        let shim = shim.to_str().unwrap();
        let environment = [("LD_PRELOAD", shim), ("CLOCK_SECONDS", seconds)];
        // Were the clock not turned, what follows would show nothing: a profile takes today.
        let mut dated = panmen();
        let output = dated
            .envs(environment)
            .args(["new", "profile", "--pack", "rules/tongjiang-cbec"])
            .output()
            .unwrap();
        let profile = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(profile.contains(year), "{profile}");
        assert_eq!(decided(&firm, &bench.join(format!("{seconds}.json")), Some("s"), &environment), first);
        assert_eq!(replay(&environment), replayed);
    }
}

/// The day of writing is never taken: a decision has its date, or is none.
#[test]
fn a_record_needs_its_date_and_never_takes_the_clock_s() {
    let bench = fresh("records-date");
    let firm = bench.join("firm.yaml");
    let text = read(&root().join("fixtures/firms/tongjiang-cbec/newcomer.yaml"));
    fs::write(&firm, text.replace("as_of: 2024-06-30\nfacts_as_of: 2024-06-21\n", "")).unwrap();
    let decide = |more: &[&str]| {
        let mut command = panmen();
        command.arg("decide").arg(&firm).args([
            "--pack",
            "rules/tongjiang-cbec",
            "--accept-assumed",
            "a",
            "--salt-seed",
            "s",
        ]);
        let output = command.args(more).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(decide(&[]).0, Some(2));
    let (code, record) = decide(&["--as-of", "2024-06-30"]);
    assert_eq!(code, Some(0));
    let record: Value = serde_json::from_str(&record).unwrap();
    assert_eq!(record["as_of"], "2024-06-30");
    assert_eq!(record.get("decided_at"), None);
}

#[test]
fn an_empty_folder_is_not_taken_for_a_good_one() {
    let bench = fresh("records-none");
    let output = panmen().arg("replay").arg(&bench).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no record in"));
}

#[test]
fn a_correction_names_the_record_that_it_takes_the_place_of() {
    let (first, second) = (record_of("suzhou-battery-maker"), record_of("suzhou-battery-maker-later"));
    assert_eq!(second["supersedes"], first["digests"]["record_digest"]);
    assert!(folder().join("suzhou-battery-maker.json").exists());
}
