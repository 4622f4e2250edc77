//! The figures that docs/performance.md quotes, measured side by side in one run: medians and ratios.
//!
//! Needs `cargo build --release` in the project first. Prints; asserts nothing, since machines differ.

use panmen::decision::decide;
use panmen::source::{FileId, Sources};
use panmen::yaml::{self, Limits};
use panmen::{check, plan, profile, read, record};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let panmen = root.join("target/release/panmen");
    let firm = root.join("fixtures/firms/battery-maker.yaml");
    let empty = std::env::current_exe().expect("own path").with_file_name("empty");
    report(&panmen, &firm, &empty);
    lint();
    replay(&root.join("fixtures/decisions"));
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn run(program: &PathBuf, arguments: &[&str]) -> Duration {
    let start = Instant::now();
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.is_ok_and(|status| status.success()), "{} failed", program.display());
    start.elapsed()
}

/// One report from process start to exit, against an empty clap program, alternating.
fn report(panmen: &PathBuf, firm: &Path, empty: &PathBuf) {
    const ROUNDS: usize = 300;
    let firm = firm.to_str().expect("UTF-8 path");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        theirs.push(run(empty, &[]));
        ours.push(run(panmen, &["report", firm]));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "report, start to exit: {ours:?}; empty clap program: {theirs:?}; ratio {ratio:.2} (goal: at most 6)"
    );
}

/// Reading and checking a pack of 5,000 lines.
fn lint() {
    const ROUNDS: usize = 50;
    let text = pack(5_000);
    let lines = text.lines().count();
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let mut sources = Sources::default();
        let file = sources.add("pack.yaml", text.as_str());
        let bundle = read::Bundle { files: vec![file], used: Vec::new() };
        let (pack, problems) = read::read(&sources, &bundle);
        let (checked, more) = check::check(pack.expect("readable"));
        times.push(start.elapsed());
        assert!(problems.is_empty() && more.is_empty() && checked.is_some(), "{problems:?} {more:?}");
    }
    println!("reading and checking a pack of {lines} lines: {:?} (goal: under 50 ms)", median(times));
}

/// What replaying a record consists of, each alone: the pack is loaded once however many records there are.
fn replay(kept: &Path) {
    const ROUNDS: usize = 300;
    let bytes = std::fs::read(kept.join("suzhou-battery-maker.json")).expect("a kept record");
    let record = record::verify(&bytes).expect("a sound record");
    let folder = kept.join("packs/sha256").join(record.pack_digests().0);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("its pack").map(|entry| entry.expect("a file").path()).collect();
    // As the command line reads them: the header, then the others by name.
    files.sort_by_key(|file| (!file.ends_with("pack.yaml"), file.clone()));
    let load = || {
        let mut sources = Sources::default();
        let mut bundle = read::Bundle { files: Vec::new(), used: Vec::new() };
        for file in &files {
            let text = std::fs::read_to_string(file).expect("a text");
            bundle.files.push(sources.add(file.to_str().expect("UTF-8 path"), text.as_str()));
        }
        let digests = record::pack_digests(&sources, &bundle).expect("the pack has digests");
        assert_eq!(digests.source, record.pack_digests().0);
        check::check(read::read(&sources, &bundle).0.expect("readable")).0.expect("sound")
    };
    let checked = load();
    let facts = || {
        let node = yaml::parse(FileId::default(), &record.profile(), Limits::FILE).0.expect("JSON");
        profile::profile(&node, &checked, profile::Form::Json).0.expect("facts")
    };
    let given = facts();
    let plan = || plan::plan(&checked, record.as_of().expect("a date"));
    let planned = plan();
    let timed = |work: &dyn Fn()| {
        let rounds = (0..ROUNDS).map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        });
        median(rounds.collect())
    };
    let hash = timed(&|| assert_eq!(record::digest(record::Tag::Record, &bytes).len(), 64));
    let verify = timed(&|| assert!(record::verify(&bytes).is_ok()));
    let read = timed(&|| assert!(facts().uscc.is_some()));
    let plan = timed(&|| assert_eq!(plan().as_of, planned.as_of));
    let again = timed(&|| {
        assert!(record::replay(&record, &planned, &given, &decide(&planned, &given)).differences.is_empty())
    });
    let load = timed(&|| assert!(!load().pack.facts.is_empty()));
    println!(
        "replaying a record of {} bytes: verified {verify:?}, facts read {read:?}, pack resolved for the date {plan:?}, \
         decided and compared {again:?}; its bytes hashed once {hash:?}; its pack found and checked {load:?}",
        bytes.len()
    );
}

/// A pack of about so many lines: facts, parameters, criteria, classes and ladders that refer to each other.
fn pack(lines: usize) -> String {
    let mut text = String::from(
        "pack: bench\nedition: one\nstatus: illustrative\ntitle: Bench\ncurrency: CNY\n\
         in_force: {from: 2024-01-01}\nsources:\n  note: {title: Bench, dated: 2024-01-01}\n",
    );
    let count = lines / 20;
    text.push_str("facts:\n");
    for i in 0..count {
        let _ = write!(
            text,
            "  volume_{i}:\n    type: money\n    per: year\n    range: 0 CNY..\n    label: {{en: Volume {i}, zh: 数额{i}}}\n    \
             ask:\n      en: How much was it?\n      zh: 数额是多少？\n  filed_{i}: {{type: yes_no, label: Filed {i}}}\n"
        );
    }
    text.push_str("parameters:\n");
    for i in 0..count {
        let _ = write!(
            text,
            "  limit_{i}:\n    type: money\n    label: Limit {i}\n    values:\n      - {{from: 2024-01-01, value: {i}000.50 CNY, cite: note art. {i}}}\n"
        );
    }
    text.push_str("criteria:\n");
    for i in 0..count {
        let before = if i == 0 { String::new() } else { format!(" and (filed_{i} or criterion_{})", i - 1) };
        let _ = write!(
            text,
            "  criterion_{i}:\n    label: {{en: Criterion {i}, zh: 条件{i}}}\n    when: volume_{i} + previous volume_{i} >= 50% of limit_{i}{before}\n    cite: note art. {i}\n"
        );
    }
    text.push_str("tiers:\n");
    for i in 0..count / 5 {
        let _ = write!(
            text,
            "  ladder_{i}:\n    label: Ladder {i}\n    cite: note art. {i}\n    levels:\n      - {{id: high, label: High, all: [criterion_{i}, filed_{i}]}}\n      - {{id: low, label: Low, any: [criterion_{i}, filed_{i}]}}\n"
        );
    }
    text
}
