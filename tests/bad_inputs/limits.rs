//! Each limit once at its bound, where it is accepted, and once beyond, where its code is told.

use super::objects;
use crate::support::fresh;
use panmen::diagnostic::Diagnostic;
use panmen::source::FileId;
use panmen::yaml::{self, Limits};
use std::fs;
use std::path::Path;

/// The codes of the errors that a command tells; a failure of the loader has its message instead.
fn errors(cwd: &Path, arguments: &[&str]) -> Vec<String> {
    let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    objects(cwd, &arguments)
        .into_iter()
        .filter(|object| object["severity"] == "error")
        .map(|object| object["code"].as_str().or(object["message"].as_str()).unwrap().to_owned())
        .collect()
}

fn header(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    fs::copy(super::folder().join("base/pack.yaml"), folder.join("pack.yaml")).unwrap();
}

/// The errors of a text in a file of rules beside the base.
fn rules(cwd: &Path, text: &str) -> Vec<String> {
    header(&cwd.join("pack"));
    fs::write(cwd.join("pack/rules.yaml"), text).unwrap();
    errors(cwd, &["lint", "./pack"])
}

fn condition(when: &str) -> String {
    format!("criteria:\n  long: {{label: Long, when: {when}, cite: guide art. 1, basis: published}}\n")
}

/// The errors of a profile.
fn profile(cwd: &Path, text: &str) -> Vec<String> {
    header(&cwd.join("base"));
    fs::write(cwd.join("firm.yaml"), text).unwrap();
    errors(cwd, &["report", "--pack", "./base", "firm.yaml"])
}

fn fact(cwd: &Path, fact: &str) -> Vec<String> {
    profile(cwd, &format!("as_of: 2025-06-30\nfacts:\n  {fact}\n"))
}

const NONE: [&str; 0] = [];

#[test]
fn texts_have_limits() {
    let cwd = fresh("limits-texts");
    // Comments, so that nothing but the size counts.
    let filled = |bytes: usize| {
        let text = "as_of: 2025-06-30\nfacts: {}\n";
        let rest = bytes - text.len();
        format!("{text}{}\n", "#".repeat(rest - 1))
    };
    assert_eq!(profile(&cwd, &filled(1 << 20)), NONE);
    assert_eq!(profile(&cwd, &filled((1 << 20) + 1)), ["`firm.yaml` is larger than 1048576 bytes"]);
    let city = |bytes: usize| format!("city: {}", "x".repeat(bytes));
    assert_eq!(fact(&cwd, &city(64 << 10)), NONE);
    assert_eq!(fact(&cwd, &city((64 << 10) + 1)), ["YM007"]);
}

#[test]
fn trees_have_limits() {
    let codes = |text: &str| -> Vec<&str> {
        let (_, problems) = yaml::parse(FileId::default(), text, Limits::FILE);
        problems.iter().map(Diagnostic::code).collect()
    };
    let nested = |depth: usize| format!("{}x{}\n", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(codes(&nested(32)), NONE);
    assert_eq!(codes(&nested(33)), ["YM005"]);
    let items = |nodes: usize| format!("[{}]\n", vec!["x"; nodes - 1].join(","));
    assert_eq!(codes(&items(200_000)), NONE);
    assert_eq!(codes(&items(200_001)), ["YM006"]);
    // Only a program can hand over a text of more bytes than a file may have.
    let bytes = |bytes: usize| format!("a: x\n{}\n", "#".repeat(bytes - 6));
    assert_eq!(codes(&bytes(1 << 20)), NONE);
    assert_eq!(codes(&bytes((1 << 20) + 1)), ["YM003"]);
}

#[test]
fn packs_have_limits() {
    let cwd = fresh("limits-packs");
    let folder = cwd.join("pack");
    header(&folder);
    for file in 1..64 {
        fs::write(folder.join(format!("rules-{file}.yaml")), "define: {}\n").unwrap();
    }
    assert_eq!(errors(&cwd, &["lint", "./pack"]), NONE);
    fs::write(folder.join("rules-64.yaml"), "define: {}\n").unwrap();
    assert_eq!(errors(&cwd, &["lint", "./pack"]), ["`./pack` has more than 64 files"]);

    fs::remove_dir_all(&folder).unwrap();
    header(&folder);
    let mut left =
        (4 << 20) - usize::try_from(fs::metadata(folder.join("pack.yaml")).unwrap().len()).unwrap();
    for file in 0.. {
        let size = left.min(1 << 20);
        fs::write(
            folder.join(format!("rules-{file}.yaml")),
            format!("define: {{}}\n{}", "#".repeat(size - 11)),
        )
        .unwrap();
        left -= size;
        if left == 0 {
            break;
        }
    }
    assert_eq!(errors(&cwd, &["lint", "./pack"]), NONE);
    fs::write(folder.join("z.yaml"), "#").unwrap();
    assert_eq!(
        errors(&cwd, &["lint", "./pack"]),
        ["the files of `./pack` are larger than 4194304 bytes together"]
    );

    let levels = |count: usize| {
        let rows: Vec<String> =
            (0..count).map(|n| format!("      - {{id: l{n}, label: L, all: [licensed]}}\n")).collect();
        let rows = rows.concat();
        format!(
            "tiers:\n  long:\n    label: Long\n    cite: guide art. 1\n    basis: published\n    levels:\n{rows}"
        )
    };
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(rules(&cwd, &levels(60)), NONE);
    assert_eq!(rules(&cwd, &levels(61)), ["PK042"]);
}

#[test]
fn expressions_have_limits() {
    let cwd = fresh("limits-expressions");
    let long = |bytes: usize| {
        let text = "licensed and listed".to_owned();
        let pad = " ".repeat(bytes - text.len());
        text.replace("and", &format!("and{pad}"))
    };
    assert_eq!(rules(&cwd, &condition(&long(4096))), NONE);
    assert_eq!(rules(&cwd, &condition(&long(4097))), ["EX002"]);
    let deep = |depth: usize| format!("{}licensed{}", "(".repeat(depth), ")".repeat(depth));
    let reached = (1..40).find(|depth| rules(&cwd, &condition(&deep(*depth))) == ["EX003"]).unwrap();
    assert!((31..=33).contains(&reached), "{reached}");
    assert_eq!(rules(&cwd, &condition(&deep(reached - 1))), NONE);
    let signs = |count: usize| format!("branches{} >= least_staff", " + 1".repeat(count));
    assert_eq!(rules(&cwd, &condition(&signs(256))), NONE);
    assert_eq!(rules(&cwd, &condition(&signs(257))), ["EX004"]);
}

#[test]
fn numbers_and_profiles_have_limits() {
    let cwd = fresh("limits-numbers");
    let digits = |count: usize| format!("factor: {}", "1".repeat(count));
    assert_eq!(fact(&cwd, &digits(28)), NONE);
    assert_eq!(fact(&cwd, &digits(29)), ["EX115"]);
    let decimals = |count: usize| format!("factor: 0.{}", "1".repeat(count));
    assert_eq!(fact(&cwd, &decimals(12)), NONE);
    assert_eq!(fact(&cwd, &decimals(13)), ["EX116"]);
    // Every value counts, wherever it stands; here one in each row.
    let rows = |count: usize| format!("warehouses: [{}]", vec!["{leased: yes}"; count].join(", "));
    assert_eq!(fact(&cwd, &rows(2_000)), NONE);
    assert_eq!(fact(&cwd, &rows(2_001)), ["PF014"]);
}
