//! The documents that are made from lists, and those that name files.

use crate::support::root;
use panmen::diagnostic::{Problem, Severity};
use std::fmt::Write;
use std::fs;

/// Chapters of `docs/diagnostics.md`: the beginning of their codes, and their title.
const CHAPTERS: [(&str, &str); 10] = [
    ("YM", "YM: the text of a file"),
    ("EX0", "EX0: characters and words of an expression"),
    ("EX1", "EX1: numbers and dates"),
    ("EX2", "EX2: the grammar of expressions"),
    ("EX5", "EX5: the meaning of an expression"),
    ("EX6", "EX6: values and their types"),
    ("PK", "PK: rule packs"),
    ("PF", "PF: profiles of firms"),
    ("RC", "RC: records of decisions"),
    ("", "Others"),
];

/// What a reader sees of a fixture: its messages, without the excerpt.
fn example(code: &str) -> Option<(String, String)> {
    let folder = root().join("fixtures/bad");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with(&format!("{code}-")))
        .collect();
    names.sort();
    let name = names.into_iter().next()?;
    let family = CHAPTERS.iter().find(|(family, _)| code.starts_with(family)).unwrap().0;
    let snapshot = root().join(format!("tests/snapshots/panmen__bad_inputs__{family}_en.snap"));
    let snapshot = fs::read_to_string(snapshot).unwrap();
    let section = snapshot.split("==== ").find(|section| section.starts_with(&name))?;
    let from = section.lines().skip_while(|line| !line.contains(&format!("[{code}]")));
    let drawn: Vec<&str> = from.skip(1).take_while(|line| !line.is_empty()).collect();
    // The file's name is that of the test's folder; only the excerpt is of use here.
    let excerpt: Vec<&str> =
        drawn.into_iter().filter(|line| !line.contains("--> ") && !line.contains("::: ")).collect();
    Some((name, excerpt.join("\n")))
}

fn diagnostics() -> String {
    let mut text = String::from(
        "# Diagnostics\n\n\
         What Panmen can say of a text, made from the one list of codes in `crates/panmen/src/diagnostic/` \
         (`UPDATE_DOCS=1 cargo test --test panmen docs`). An error refuses the text; a warning deserves a \
         second look; a note is good to know. Codes are never reused. Below each code: when it is raised, and a place in \
         which it was, with the help that is given there. The whole bad inputs are in `fixtures/bad/`.\n",
    );
    let mut done = 0;
    for (family, title) in CHAPTERS {
        let chapter: Vec<_> = Problem::list()
            .filter(|listed| {
                CHAPTERS.iter().find(|(family, _)| listed.code.starts_with(family)).unwrap().0 == family
            })
            .collect();
        if chapter.is_empty() {
            continue;
        }
        write!(text, "\n## {title}\n").unwrap();
        for listed in chapter {
            done += 1;
            let severity = match listed.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Note => "note",
            };
            write!(text, "\n### {}\n\n{severity}: {}\n", listed.code, listed.doc).unwrap();
            if let Some((_, excerpt)) = example(listed.code).filter(|(_, excerpt)| !excerpt.is_empty()) {
                write!(text, "\n```text\n{excerpt}\n```\n").unwrap();
            }
        }
    }
    assert_eq!(done, Problem::list().count());
    text
}

#[test]
fn the_list_of_diagnostics_is_fresh() {
    let path = root().join("docs/diagnostics.md");
    let fresh = diagnostics();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &fresh).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == fresh,
        "docs/diagnostics.md is not what the list gives: UPDATE_DOCS=1 cargo test --test panmen docs"
    );
}

#[test]
fn codes_are_given_once_and_in_order_within_a_list() {
    let codes: Vec<&str> = Problem::list().map(|listed| listed.code).collect();
    for pair in codes.windows(2) {
        let same_prefix = pair[0][..2] == pair[1][..2];
        assert!(!same_prefix || pair[0] < pair[1], "{pair:?}");
    }
    assert!(codes.iter().all(|code| code.len() == 5), "{codes:?}");
}
