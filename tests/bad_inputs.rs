//! One bad file for every diagnostic code, and what is said of it.
//!
//! `fixtures/bad/<CODE>-<slug>.<form>`; the form says how the file is used:
//! - `.firm.yaml`, `.firm.json`: a profile, read against the pack in `fixtures/bad/base`;
//! - `.rules.yaml`: a file of rules that stands beside `base/pack.yaml`;
//! - `.pack.yaml`: a whole pack in one file;
//! - folders `.lint`, `.test`, `.report`: a folder `pack`, perhaps others beside it, and for a report `firm.yaml`.
//!
//! A comment `# right: LINE` says how the line is written rightly: put in place of the line that the problem
//! names, nothing is refused any more. Several such comments are several lines, an empty one removes the line. `# also: CODE`
//! names a further code that the same slip brings about.

mod limits;
mod once;

use crate::support::{copy, fresh, panmen, root};
use panmen::diagnostic::{Problem, Severity};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Codes whose bad text would be too long to keep: `limits` makes it.
const MADE_BY_LIMITS: [&str; 3] = ["PF014", "YM006", "YM007"];

/// Codes that no file brings about, and why.
const FROM_NO_FILE: [(&str, &str); 2] = [
    ("EX101", "an empty value is EX622 before it is read as a number"),
    ("YM003", "the command line refuses a file of that size before its text is read"),
];

/// Codes of records, which `records` brings about by changing sound ones.
const OF_RECORDS: &str = "RC";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Firm,
    Rules,
    Pack,
    Folder,
}

#[derive(Debug)]
struct Fixture {
    /// `EX501-unknown-name`
    stem: String,
    /// `EX501-unknown-name.rules.yaml`
    file: String,
    code: String,
    form: Form,
}

impl Fixture {
    fn path(&self) -> PathBuf {
        folder().join(&self.file)
    }

    /// What it is called among the staged ones.
    fn staged(&self) -> &str {
        match self.form {
            Form::Firm | Form::Folder => &self.file,
            Form::Rules | Form::Pack => &self.stem,
        }
    }

    /// The arguments that bring the problem about.
    fn arguments(&self) -> Vec<String> {
        let words: &[&str] = match (self.form, self.file.rsplit('.').next()) {
            (Form::Firm, _) => &["report", "--pack", "./base", ""],
            (Form::Folder, Some("report")) => &["report", "--pack", "/pack", "/firm.yaml"],
            (Form::Folder, Some("test")) => &["test", "/pack"],
            (Form::Folder, _) => &["lint", "/pack"],
            _ => &["lint", ""],
        };
        let full = |word: &&str| {
            if word.is_empty() || word.starts_with('/') {
                format!("{}{word}", self.staged())
            } else {
                (*word).to_owned()
            }
        };
        words.iter().map(full).collect()
    }

    /// The text after a comment mark such as `# right:`, for each such comment.
    fn comments(&self, mark: &str) -> Vec<String> {
        if self.form == Form::Folder {
            return Vec::new();
        }
        let bytes = fs::read(self.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        text.lines().filter_map(|line| line.strip_prefix(mark)).map(str::to_owned).collect()
    }
}

fn folder() -> PathBuf {
    root().join("fixtures/bad")
}

fn fixtures() -> Vec<Fixture> {
    let mut fixtures: Vec<Fixture> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|file| file != "base")
        .map(|file| {
            let (stem, form) = file.split_once('.').unwrap_or_else(|| panic!("{file} has no form"));
            let form = match form {
                "firm.yaml" | "firm.json" => Form::Firm,
                "rules.yaml" => Form::Rules,
                "pack.yaml" => Form::Pack,
                "lint" | "test" | "report" => Form::Folder,
                _ => panic!("{file}: unknown form {form}"),
            };
            let (code, slug) = stem.split_once('-').unwrap_or_else(|| panic!("{file} has no slug"));
            assert!(!slug.is_empty(), "{file} has no slug");
            Fixture { code: code.to_owned(), stem: stem.to_owned(), form, file }
        })
        .collect();
    fixtures.sort_by(|left, right| left.file.cmp(&right.file));
    fixtures
}

/// Puts a fixture where it can be used: rules beside the base's header.
fn stage(fixture: &Fixture, text: &[u8], into: &Path) {
    let place = into.join(fixture.staged());
    match fixture.form {
        Form::Firm => fs::write(place, text).unwrap(),
        Form::Folder => copy(&fixture.path(), &place),
        Form::Rules | Form::Pack => {
            fs::create_dir_all(&place).unwrap();
            let rules = fixture.form == Form::Rules;
            if rules {
                fs::copy(folder().join("base/pack.yaml"), place.join("pack.yaml")).unwrap();
            }
            fs::write(place.join(if rules { "rules.yaml" } else { "pack.yaml" }), text).unwrap();
        }
    }
}

/// All fixtures, as they are committed.
fn staged() -> &'static Path {
    static STAGED: OnceLock<PathBuf> = OnceLock::new();
    STAGED.get_or_init(|| {
        let into = fresh("bad");
        copy(&folder().join("base"), &into.join("base"));
        for fixture in fixtures() {
            let text =
                if fixture.form == Form::Folder { Vec::new() } else { fs::read(fixture.path()).unwrap() };
            stage(&fixture, &text, &into);
        }
        into
    })
}

/// Runs the binary in a folder; exit code and standard error.
fn problems(cwd: &Path, arguments: &[String], further: &[&str]) -> (i32, String) {
    let output = panmen().current_dir(cwd).args(arguments).args(further).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// The problems as objects.
fn objects(cwd: &Path, arguments: &[String]) -> Vec<Value> {
    let (_, lines) = problems(cwd, arguments, &["--message-format", "json"]);
    lines.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
}

fn severities() -> BTreeMap<&'static str, Severity> {
    Problem::list().map(|listed| (listed.code, listed.severity)).collect()
}

#[test]
fn every_code_has_a_bad_input_and_every_bad_input_a_code() {
    let codes: BTreeSet<&str> = severities().into_keys().collect();
    let fixtures = fixtures();
    let shown: BTreeSet<&str> = fixtures.iter().map(|fixture| fixture.code.as_str()).collect();
    let elsewhere: BTreeSet<&str> =
        MADE_BY_LIMITS.into_iter().chain(FROM_NO_FILE.map(|(code, _)| code)).collect();
    let without: Vec<_> = codes
        .iter()
        .filter(|code| !shown.contains(*code) && !elsewhere.contains(*code))
        .filter(|code| !code.starts_with(OF_RECORDS))
        .collect();
    assert!(without.is_empty(), "codes without a bad input: {without:?}");
    let unknown: Vec<_> = shown.difference(&codes).collect();
    assert!(unknown.is_empty(), "bad inputs without a code: {unknown:?}");
    let listed_for_nothing: Vec<_> =
        elsewhere.iter().filter(|code| shown.contains(*code) || !codes.contains(*code)).collect();
    assert!(listed_for_nothing.is_empty(), "{listed_for_nothing:?}");
}

#[test]
fn each_bad_input_is_found_and_nothing_else_in_it() {
    let severities = severities();
    let mut wrong = String::new();
    for fixture in fixtures() {
        let found = objects(staged(), &fixture.arguments());
        let codes: Vec<&str> = found.iter().filter_map(|object| object["code"].as_str()).collect();
        let also = fixture.comments("# also: ");
        let known = |code: &&str| *code == fixture.code || also.iter().any(|also| also == code);
        // A warning or note beside an error is no fault of the fixture.
        let stray = codes.iter().filter(|code| !known(code) && severities[*code] == Severity::Error).count();
        if !codes.contains(&fixture.code.as_str()) || stray > 0 {
            writeln!(wrong, "{}: {found:#?}", fixture.file).unwrap();
        }
        for code in &also {
            assert!(codes.contains(&code.as_str()), "{}: {code} is not found", fixture.file);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The place is right if writing its line rightly mends the text; and so is the help that led to that line.
#[test]
fn the_right_line_in_the_place_of_the_bad_one_is_accepted() {
    let into = fresh("right");
    copy(&folder().join("base"), &into.join("base"));
    let mut wrong = String::new();
    let mut tried = 0;
    for fixture in fixtures().into_iter().filter(|fixture| fixture.form != Form::Folder) {
        let right = fixture.comments("# right:");
        if right.is_empty() {
            continue;
        }
        let found = objects(staged(), &fixture.arguments());
        let object = found
            .iter()
            .find(|object| object["code"] == fixture.code.as_str())
            .unwrap_or_else(|| panic!("{}: {found:#?}", fixture.file));
        let place = object["file"].as_str().unwrap();
        assert!(place.starts_with(fixture.staged()) && !place.ends_with("/base/pack.yaml"), "{place}");
        let text = fs::read_to_string(fixture.path()).unwrap();
        let mut lines: Vec<&str> = text.lines().collect();
        let line = usize::try_from(object["line"].as_u64().unwrap()).unwrap() - 1;
        let right: Vec<&str> = right.iter().filter_map(|line| line.strip_prefix(' ')).collect();
        lines.splice(line..=line, right);
        stage(&fixture, format!("{}\n", lines.join("\n")).as_bytes(), &into);
        let left: Vec<Value> = objects(&into, &fixture.arguments())
            .into_iter()
            .filter(|object| object["severity"] == "error")
            .collect();
        if !left.is_empty() {
            writeln!(wrong, "{}: {left:#?}", fixture.file).unwrap();
        }
        tried += 1;
    }
    assert!(wrong.is_empty(), "{wrong}");
    assert!(tried > 180, "{tried}");
}

/// One snapshot a family of codes and language.
fn snapshot(family: &str, lang: &str) {
    let mut shown = String::new();
    let fixtures: Vec<Fixture> =
        fixtures().into_iter().filter(|fixture| fixture.code.starts_with(family)).collect();
    assert!(!fixtures.is_empty());
    for fixture in fixtures {
        let (code, text) = problems(staged(), &fixture.arguments(), &["--lang", lang]);
        let text = text.replace(staged().to_str().unwrap(), "[folder]");
        writeln!(shown, "==== {} (exit {code})\n{}\n", fixture.file, text.trim_end()).unwrap();
    }
    insta::assert_snapshot!(format!("{family}_{lang}"), shown.trim_end());
}

macro_rules! snapshots {
    ($($name:ident $family:literal)*) => { $(
        #[test]
        fn $name() {
            snapshot($family, "en");
            snapshot($family, "zh");
        }
    )* };
}

snapshots! {
    texts_read_as "YM"
    characters_read_as "EX0"
    numbers_read_as "EX1"
    grammar_reads_as "EX2"
    meanings_read_as "EX5"
    values_read_as "EX6"
    packs_read_as "PK"
    profiles_read_as "PF"
}
