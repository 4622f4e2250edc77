//! The layout of the house: arrows, sizes, headers.
//!
//! Read from the text of the sources, line by line. What the lints of clippy hold is not tested again here.

use crate::support::root;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines of a file.
const FILE_LINES: usize = 520;
/// Lines of a function that is no test, from its `fn` to its closing brace.
const FUNCTION_LINES: usize = 75;
/// The one file with a longer function: it lists the parts of an outcome.
const LONGER: (&str, usize) = ("crates/panmen/src/json.rs", 90);

struct Source {
    path: String,
    /// The module of the core's root that it belongs to, for example `check`; for others the crate.
    module: String,
    text: String,
}

impl Source {
    /// The lines that are no comment; with those of tests where `tests` says so.
    fn code(&self, tests: bool) -> impl Iterator<Item = (usize, &str)> {
        let all = tests || !self.is_test();
        let end = if tests { None } else { self.text.lines().position(|line| line == "#[cfg(test)]") };
        let lines = if all { end.unwrap_or(usize::MAX) } else { 0 };
        let numbered = self.text.lines().enumerate().map(|(index, line)| (index + 1, line));
        // `mod tests;` may stand above the code of a file: then its attribute ends nothing.
        let declared = self.text.contains("#[cfg(test)]\nmod tests;");
        numbered
            .take(if declared && all { usize::MAX } else { lines })
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// A file of tests only.
    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/") || self.path.starts_with("tests/")
    }
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The sources below a folder of the project, sorted.
fn sources(folder: &str) -> Vec<Source> {
    let root = root();
    let mut paths = Vec::new();
    rust_files(&root.join(folder), &mut paths);
    paths.sort();
    assert!(!paths.is_empty(), "{folder}");
    let source = |path: PathBuf| {
        let relative = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        let inner = path.strip_prefix(root.join(folder)).unwrap();
        let first = inner.components().next().unwrap().as_os_str().to_str().unwrap();
        let module = first.strip_suffix(".rs").unwrap_or(first).to_owned();
        Source { path: relative, module, text: fs::read_to_string(&path).unwrap() }
    };
    paths.into_iter().map(source).collect()
}

fn core() -> Vec<Source> {
    sources("crates/panmen/src")
}

/// The modules in the order in which `lib.rs` lists them.
fn order() -> Vec<String> {
    let text = fs::read_to_string(root().join("crates/panmen/src/lib.rs")).unwrap();
    let modules: Vec<String> = text
        .lines()
        .filter_map(|line| line.trim().trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'))
        .map(str::to_owned)
        .collect();
    assert!(modules.len() > 15, "{modules:?}");
    modules
}

/// The modules that a file names after `crate::`, each with its line.
fn named(source: &Source) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for (number, line) in source.code(false) {
        assert!(
            !line.contains("use crate::{"),
            "{}:{number}: one `use` a module, so that arrows can be read",
            source.path
        );
        for (at, _) in line.match_indices("crate::") {
            // `$crate::x` in a macro names the same module.
            let name: String = line[at + "crate::".len()..]
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .collect();
            named.push((number, name));
        }
    }
    named
}

#[test]
fn a_module_uses_only_those_above_it() {
    let order = order();
    let place = |module: &str| order.iter().position(|other| other == module);
    let mut arrows = BTreeSet::new();
    for source in core().iter().filter(|source| source.module != "lib") {
        let own = place(&source.module).unwrap_or_else(|| panic!("{} is not in lib.rs", source.path));
        for (number, name) in named(source) {
            let used = place(&name).unwrap_or_else(|| panic!("{}:{number}: crate::{name}", source.path));
            assert!(
                used <= own,
                "{}:{number}: `{}` uses `{name}`, which stands below it",
                source.path,
                source.module
            );
            arrows.insert((own, used));
        }
    }
    // Were nothing found, the reading above would be wrong.
    assert!(arrows.len() > 60, "{}", arrows.len());
}

/// The files of the core in which a word stands as part of a path or as a crate.
fn users(word: &str) -> BTreeSet<String> {
    let names = |line: &str| {
        line.match_indices(word).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + word.len()..].chars().next();
            before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
                && after.is_none_or(|c| !c.is_alphanumeric() && c != '_')
        })
    };
    core()
        .iter()
        .filter(|source| source.code(true).any(|(_, line)| names(line)))
        .map(|source| source.module.clone())
        .collect()
}

#[test]
fn each_foreign_crate_has_one_home() {
    let homes: [(&str, &[&str]); 8] = [
        ("unicode_normalization", &["source"]),
        ("granit_parser", &["yaml"]),
        ("serde", &["decision", "record", "json"]),
        // A template quotes texts as JSON does, which is how YAML reads them too; made-up firms are
        // profiles in JSON, which is what they are read from.
        ("serde_json", &["decision", "record", "diff", "json", "template", "population"]),
        ("jiff", &["value"]),
        ("rust_decimal", &["number"]),
        ("num_bigint", &["number"]),
        ("num_rational", &["number"]),
    ];
    for (word, homes) in homes {
        let users = users(word);
        assert!(!users.is_empty(), "nobody uses {word}");
        let strangers: Vec<_> = users.iter().filter(|module| !homes.contains(&module.as_str())).collect();
        assert!(strangers.is_empty(), "{word} is named in {strangers:?}");
    }
}

#[test]
fn the_core_touches_nothing_outside() {
    for word in ["std::fs", "std::env", "std::time", "std::net", "std::process", "std::io", "std::thread"] {
        assert_eq!(users(word), BTreeSet::new(), "{word}");
    }
}

#[test]
fn only_the_command_line_prints() {
    for word in ["println!", "print!", "eprintln!", "eprint!", "dbg!"] {
        let printers: Vec<String> = sources("crates/panmen/src")
            .into_iter()
            .chain(sources("crates/panmen-cli/src"))
            .filter(|source| source.code(true).any(|(_, line)| line.contains(word)))
            .map(|source| source.path)
            .collect();
        assert!(printers.is_empty(), "{word} in {printers:?}; results go through `console`");
    }
    let streams: BTreeSet<String> = sources("crates/panmen-cli/src")
        .into_iter()
        .filter(|source| {
            source.code(true).any(|(_, line)| line.contains("stdout()") || line.contains("stderr()"))
        })
        .map(|source| source.module)
        .collect();
    assert_eq!(streams, BTreeSet::from(["console".to_owned()]));
}

fn all() -> impl Iterator<Item = Source> {
    ["crates/panmen/src", "crates/panmen-cli/src", "tests"].into_iter().flat_map(sources)
}

#[test]
fn each_file_says_what_it_is_and_is_not_long() {
    let mut wrong = Vec::new();
    for source in all() {
        if !source.text.starts_with("//! ") {
            wrong.push(format!("{} does not open with `//!`", source.path));
        }
        let lines = source.text.lines().count();
        if lines > FILE_LINES {
            wrong.push(format!("{} has {lines} lines", source.path));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The functions of a file with their lengths: from `fn` to the brace in the column of its line, which
/// rustfmt guarantees.
fn functions(source: &Source) -> Vec<(usize, usize)> {
    let lines: Vec<&str> = source.text.lines().collect();
    let mut found = Vec::new();
    for (start, line) in lines.iter().enumerate() {
        let indent = line.len() - line.trim_start().len();
        let words: Vec<&str> = line.split_whitespace().take_while(|word| *word != "fn").collect();
        let modifiers =
            words.iter().all(|word| word.starts_with("pub") || ["const", "async", "in"].contains(word));
        let is_function = modifiers && line.split_whitespace().nth(words.len()) == Some("fn");
        if !is_function || line.trim_end().ends_with(';') {
            continue;
        }
        let closing = format!("{}}}", " ".repeat(indent));
        let whole_on_one_line = line.trim_end().ends_with('}');
        let end = lines[start..].iter().position(|line| *line == closing).filter(|_| !whole_on_one_line);
        found.push((start + 1, end.map_or(1, |end| end + 1)));
    }
    found
}

#[test]
fn functions_are_short() {
    let mut measured = 0;
    let mut long = Vec::new();
    for source in all() {
        // A test may be a long table.
        let end = source.code(false).map(|(number, _)| number).max().unwrap_or(0);
        for (line, length) in functions(&source).into_iter().filter(|(line, _)| *line <= end) {
            measured += 1;
            let most = if source.path == LONGER.0 { LONGER.1 } else { FUNCTION_LINES };
            if length > most {
                long.push(format!("{}:{line}: {length} lines", source.path));
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
    assert!(measured > 700, "{measured}");
}

#[test]
fn the_embedded_pack_is_the_one_in_rules() {
    let names = |folder: &Path| -> BTreeSet<String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        entries
            .filter(|entry| entry.path().is_file())
            .map(|entry| entry.file_name().into_string().unwrap())
            .collect()
    };
    let rules = root().join("rules/suzhou-cbec-2024");
    let embedded = root().join("crates/panmen-cli/data/suzhou-cbec-2024");
    assert_eq!(names(&rules), names(&embedded));
    assert!(!embedded.join("examples").exists());
    let list = fs::read_to_string(root().join("crates/panmen-cli/src/embedded.rs")).unwrap();
    for name in names(&rules) {
        assert!(
            fs::read(rules.join(&name)).unwrap() == fs::read(embedded.join(&name)).unwrap(),
            "{name} differs: cp rules/suzhou-cbec-2024/*.yaml crates/panmen-cli/data/suzhou-cbec-2024/"
        );
        assert!(
            list.contains(&format!("/{name}\"")) || list.contains(&format!("\"{name}\"")),
            "{name} is not built in"
        );
    }
}
