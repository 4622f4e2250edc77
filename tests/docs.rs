//! The documents: those made from lists, the files and transcripts in them, and where their links lead.

use crate::support::{copy, fresh, panmen, root, run};
use panmen::diagnostic::{Problem, Severity};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// All documents that people write.
fn documents() -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(|name| root().join(name)).into();
    for folder in ["docs", "docs/handbook"] {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        found.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
        found.sort();
        all.append(&mut found);
    }
    assert!(all.len() > 10, "{all:?}");
    all
}

/// What a test takes out of a document.
enum Part {
    /// A fenced block: the words behind the fence, its text.
    Fenced(String, String),
    /// `<!-- change FILE: ONE => OTHER -->`: how a file differs for the block that follows.
    Change(String, String, String),
    /// `<!-- copy FOLDER OTHER -->`
    Copy(String, String),
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let within: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            parts.push(Part::Fenced(info.to_owned(), within.join("\n") + "\n"));
        } else if let Some(change) = line.strip_prefix("<!-- change ") {
            let (file, change) = change.strip_suffix(" -->").unwrap().split_once(": ").unwrap();
            let (one, other) = change.split_once(" => ").unwrap();
            parts.push(Part::Change(file.to_owned(), one.to_owned(), other.to_owned()));
        } else if let Some(names) = line.strip_prefix("<!-- copy ") {
            let (from, to) = names.strip_suffix(" -->").unwrap().split_once(' ').unwrap();
            parts.push(Part::Copy(from.to_owned(), to.to_owned()));
        }
    }
    parts
}

/// Writes the files of a document below a folder, and gives their names.
fn write_files(document: &Path, folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for part in parts(&fs::read_to_string(document).unwrap()) {
        let Part::Fenced(info, text) = part else { continue };
        let Some(name) = info.strip_prefix("yaml file=") else { continue };
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        names.push(name.to_owned());
    }
    names
}

/// Runs in a folder: all that was said, and the exit code.
fn said(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let output = panmen().current_dir(folder).args(arguments).output().unwrap();
    let both = [output.stderr, output.stdout].map(|bytes| String::from_utf8(bytes).unwrap());
    (both.concat(), output.status.code())
}

#[test]
fn the_report_in_the_readme_is_fresh() {
    let output = run(&["report", "fixtures/firms/battery-maker.yaml"]);
    assert_eq!(output.status.code(), Some(0));
    let report = String::from_utf8(output.stdout).unwrap();
    // The part that answers; what follows is longer than a reader of the README needs.
    let (answer, _) = report.split_once("SUPPORT MEASURES\n").unwrap();
    let path = root().join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let (before, rest) = text.split_once("<!-- report:begin -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- report:end -->").unwrap();
    let made = format!("{before}<!-- report:begin -->\n```text\n{answer}```\n<!-- report:end -->{after}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap();
    assert!(kept == made, "the report in README.md is stale: UPDATE_DOCS=1 cargo test --test panmen docs");
}

#[test]
fn the_files_of_the_rule_format_hold() {
    let folder = fresh("rule-format");
    let names = write_files(&root().join("docs/rule-format.md"), &folder);
    let packs: Vec<&str> = names.iter().filter_map(|name| name.strip_suffix("/pack.yaml")).collect();
    assert!(packs.len() >= 4, "{names:?}");
    for pack in &packs {
        for command in ["lint", "test"] {
            let (said, code) = said(&folder, &[command, pack]);
            assert_eq!(code, Some(0), "panmen {command} {pack}\n{said}");
            let sum = if command == "lint" { "0 errors, 0 warnings" } else { "hold, 0 do not" };
            assert!(said.contains(sum), "{said}");
        }
    }
    // A firm is reported by the pack that its page names.
    for (firm, pack) in [("firms/lantern.yaml", "my-pack"), ("firms/blue-door.yaml", "every-form")] {
        assert!(names.iter().any(|name| name == firm), "{names:?}");
        let (said, code) = said(&folder, &["report", firm, "--pack", pack]);
        assert_eq!(code, Some(0), "{said}");
        assert!(said.contains("RESULT"), "{said}");
    }
}

/// Runs the commands of a transcript, and looks for the lines shown, in order.
fn replay_transcript(document: &Path, folder: &Path, expected: i32, text: &str) -> usize {
    let mut ran = 0;
    let mut output = String::new();
    let mut left = output.lines();
    // The exit code is that of the last command.
    let commands = text.lines().filter(|line| line.starts_with("$ panmen ")).count();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ panmen ") {
            let arguments: Vec<&str> = command.split_whitespace().collect();
            let (said, code) = said(folder, &arguments);
            let expected = if ran + 1 == commands { expected } else { 0 };
            assert_eq!(code, Some(expected), "{}: {line}\n{said}", document.display());
            output = said;
            left = output.lines();
            ran += 1;
        } else if let Some(command) = line.strip_prefix("$ ") {
            let done = Command::new("sh").args(["-c", command]).current_dir(folder).status().unwrap();
            assert!(done.success(), "{}: {line}", document.display());
        } else if !line.is_empty() && line != "..." {
            assert!(
                left.any(|found| found.trim_end() == line),
                "{}: this line is not said, or not there: {line}\nsaid:\n{output}",
                document.display()
            );
        }
    }
    ran
}

#[test]
fn the_transcripts_in_the_documents_come_out_again() {
    let mut ran = 0;
    for document in documents() {
        let name = document.file_stem().unwrap().to_str().unwrap();
        let folder = fresh(&format!("transcripts-{name}"));
        // The pack of the tutorial, and what comes with the project.
        write_files(&root().join("docs/rule-format.md"), &folder);
        write_files(&document, &folder);
        for shipped in ["fixtures/firms", "fixtures/decisions", "rules"] {
            copy(&root().join(shipped), &folder.join(shipped));
        }
        let mut changed: Vec<(PathBuf, String)> = Vec::new();
        for part in parts(&fs::read_to_string(&document).unwrap()) {
            match part {
                Part::Copy(from, to) => copy(&folder.join(from), &folder.join(to)),
                Part::Change(file, one, other) => {
                    let path = folder.join(file);
                    let before = fs::read_to_string(&path).unwrap();
                    assert!(before.contains(&one), "{}: nothing to change: {one}", document.display());
                    fs::write(&path, before.replacen(&one, &other, 1)).unwrap();
                    changed.push((path, before));
                }
                Part::Fenced(info, text) => {
                    let Some(told) = info.strip_prefix("console") else { continue };
                    let expected = told.strip_prefix(" exit=").map_or(0, |code| code.parse().unwrap());
                    ran += replay_transcript(&document, &folder, expected, &text);
                    for (path, before) in changed.drain(..).rev() {
                        fs::write(path, before).unwrap();
                    }
                }
            }
        }
        assert!(changed.is_empty(), "{}: a change without a block", document.display());
    }
    assert!(ran >= 15, "{ran} commands");
}

/// The anchor that GitHub gives a heading.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    heading.to_lowercase().chars().filter(kept).map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut links = 0;
    for document in documents() {
        let text = fs::read_to_string(&document).unwrap();
        for link in text.split("](").skip(1) {
            let Some((link, _)) = link.split_once(')') else { continue };
            if link.contains("://") {
                continue;
            }
            links += 1;
            let (file, place) = link.split_once('#').map_or((link, None), |(file, at)| (file, Some(at)));
            let target = if file.is_empty() { document.clone() } else { document.with_file_name(file) };
            assert!(target.exists(), "{}: {link}", document.display());
            if let Some(place) = place {
                let text = fs::read_to_string(&target).unwrap();
                let mut headings = text.lines().filter(|line| line.starts_with('#'));
                let found = headings.any(|line| anchor(line.trim_start_matches(['#', ' '])) == place);
                assert!(found, "{}: {link}", document.display());
            }
        }
    }
    assert!(links > 30, "{links}");
}
