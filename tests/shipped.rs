//! The shipped packs and firms: every example holds, every pack is clean, every firm reports, and figures
//! that the press mentions beside the plan are no rules.

use crate::support::{panmen, root, run};
use panmen::number::Number;
use panmen::value::read_quantity;
use std::fs;
use std::path::{Path, PathBuf};

fn folders(of: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(root().join(of)).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.is_dir());
    found.sort();
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut stack = vec![folder.to_owned()];
    while let Some(folder) = stack.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                stack.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_example_of_every_pack_holds() {
    let packs = folders("rules");
    assert!(packs.len() >= 7, "{packs:?}");
    for pack in packs {
        let output = run(&["test", pack.to_str().unwrap()]);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}: {text}", pack.display());
        assert!(!text.contains(": 0 examples"), "{text}");
    }
}

#[test]
fn no_pack_has_errors_or_warnings() {
    for pack in folders("rules") {
        let output = run(&["lint", pack.to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn every_firm_states_its_date_and_reports() {
    let firms = files(&root().join("fixtures/firms"));
    assert!(firms.len() >= 20);
    for firm in firms {
        let text = fs::read_to_string(&firm).unwrap();
        assert!(text.lines().any(|line| line.starts_with("as_of: ")), "{}", firm.display());
        let uscc =
            text.split("uscc: ").nth(1).and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
        if let Some(uscc) = uscc {
            assert_eq!(uscc.get(2..8), Some("000000"), "{}: a code of a real region", firm.display());
        }
    }
    let own: Vec<PathBuf> = fs::read_dir(root().join("fixtures/firms"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    assert!(own.len() >= 16, "{}", own.len());
    let mut command = panmen();
    let output = command.arg("report").args(&own).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Figures of the article that are about other cities, platforms or the whole country: 138 million dollars of
/// incentives, 7 million a slot, 20.7 billion dollars, 13,000 merchants, 2.38 and 2.95 trillion, 15.6%.
#[test]
fn stray_figures_of_the_article_are_no_rules() {
    let million = |count: i64| Number::from(count).multiply(Number::from(1_000_000)).unwrap();
    let strays = [
        million(138),
        million(7),
        million(20_700),
        Number::from(13_000),
        million(2_380_000),
        million(2_950_000),
        Number::from(156).divide(Number::from(1_000)).unwrap(),
    ];
    let mut read = 0;
    for file in files(&root().join("rules/suzhou-cbec-2024")) {
        // Examples state facts of firms, which may be any.
        if file.parent().is_some_and(|folder| folder.ends_with("examples")) {
            continue;
        }
        for line in fs::read_to_string(&file).unwrap().lines() {
            let rule = line.split('#').next().unwrap_or_default();
            let prose = ["en:", "zh:", "why:", "title:", "label:", "url:"];
            if prose.iter().any(|key| rule.trim_start().starts_with(key)) {
                continue;
            }
            for at in rule.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at) {
                let begins = !rule[..at].ends_with(|c: char| c.is_alphanumeric() || "._-".contains(c));
                let text = rule[at..].split([',', '}', ']', '"']).next().unwrap_or_default().trim();
                if !begins {
                    continue;
                }
                for written in [text, text.split(' ').next().unwrap_or_default()] {
                    if let Ok(quantity) = read_quantity(written) {
                        read += 1;
                        assert!(!strays.contains(&quantity.number), "{}: {line}", file.display());
                    }
                }
            }
        }
    }
    assert!(read > 50, "only {read} figures were read");
}
