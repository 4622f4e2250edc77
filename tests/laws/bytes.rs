//! Reading never panics, whatever the bytes; what is read without an error can be decided on.

use super::decisions::{SHIPPED_PACK, yaml_files};
use super::generate::{config, one_in};
use crate::language::engine::{HEADER, day};
use panmen::check::{Checked, check};
use panmen::decision::decide;
use panmen::diagnostic::{Diagnostic, Lang};
use panmen::example;
use panmen::expr::{Origin, parse, parse_firms, parse_item, parse_order, parse_round, parse_set};
use panmen::plan::plan;
use panmen::profile::{Form, facts, profile};
use panmen::read::{Bundle, peek, read};
use panmen::source::{FileId, Sources, Span};
use panmen::yaml::{self, Limits, decode};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::sync::OnceLock;

/// A change to a text.
#[derive(Debug, Clone)]
enum Change {
    Cut(Index, usize),
    Put(Index, String),
    Double(Index, usize),
    Swap(Index, Index),
    Word(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let nasty = select(vec![
        "",
        "\u{0}",
        "\u{feff}",
        "\u{2028}",
        "\u{85}",
        "\t",
        "\r",
        "\n",
        " ",
        "- ",
        ": ",
        "#",
        "'",
        "\"",
        "{",
        "}",
        "[",
        "]",
        ",",
        "&a ",
        "*a ",
        "!!str ",
        "|",
        ">",
        "? ",
        "%",
        "@",
        "`",
        "..",
        "1e9",
        "-0",
        "99999999999999999999",
        "0.0000000000001",
        "null",
        "~",
        "yes",
        "是",
        "（",
        "，",
        "万",
        "2025-02-30",
        "\u{10ffff}",
        "e\u{301}",
        "<<: ",
        "---\n",
        "...\n",
        "🙂",
        "all: []",
        "(",
        ")",
        "or else",
        "for 2024",
        "9999-12-31",
        "0001-01-01",
    ]);
    let text = prop_oneof![3 => nasty.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop_oneof![
        (any::<Index>(), 1..40_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (any::<Index>(), text).prop_map(|(at, text)| Change::Put(at, text)),
        (any::<Index>(), 1..60_usize).prop_map(|(at, length)| Change::Double(at, length)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::Swap(a, b)),
        (any::<Index>(), any::<Index>()).prop_map(|(a, b)| Change::Word(a, b)),
    ]
}

fn changed(text: &str, changes: &[Change]) -> String {
    let mut text: Vec<char> = text.chars().collect();
    for change in changes {
        let at = |index: &Index| index.index(text.len() + 1);
        match change {
            Change::Cut(index, length) => {
                let from = at(index);
                let to = (from + length).min(text.len());
                text.drain(from..to);
            }
            Change::Put(index, put) => {
                let from = at(index);
                text.splice(from..from, put.chars());
            }
            Change::Double(index, length) => {
                let from = at(index);
                let part: Vec<char> = text[from..(from + length).min(text.len())].to_vec();
                text.splice(from..from, part);
            }
            // Lines change places, words take each other's.
            Change::Swap(a, b) => text = moved(&text, '\n', *a, *b, true),
            Change::Word(a, b) => text = moved(&text, ' ', *a, *b, false),
        }
    }
    text.into_iter().collect()
}

fn moved(text: &[char], between: char, a: Index, b: Index, both: bool) -> Vec<char> {
    let mut parts: Vec<&[char]> = text.split(|c| *c == between).collect();
    let (a, b) = (a.index(parts.len()), b.index(parts.len()));
    if both {
        parts.swap(a, b);
    } else {
        parts[a] = parts[b];
    }
    parts.join(&between)
}

/// Every message of every problem is written out, in both languages.
fn tell(sources: &Sources, problems: &[Diagnostic]) {
    for problem in problems {
        for lang in [Lang::En, Lang::Zh] {
            assert!(!problem.message(lang).is_empty());
            let _ = problem.help(lang);
        }
        if let Some(span) = problem.span {
            let _ = (sources.slice(span), sources.line_column(span));
        }
    }
}

fn pack_of(files: &[(String, String)]) -> Option<Checked> {
    let mut sources = Sources::default();
    let ids: Vec<FileId> =
        files.iter().map(|(name, text)| sources.add(name.as_str(), text.as_str())).collect();
    let _ = ids.first().map(|header| peek(&sources, *header));
    let (pack, problems) = read(&sources, &Bundle { files: ids, used: Vec::new() });
    tell(&sources, &problems);
    let (checked, problems) = check(pack?);
    tell(&sources, &problems);
    checked
}

fn shipped() -> &'static (Vec<(String, String)>, Checked) {
    static SHIPPED: OnceLock<(Vec<(String, String)>, Checked)> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let files = yaml_files(SHIPPED_PACK);
        let pack = pack_of(&files).unwrap();
        (files, pack)
    })
}

fn firms() -> &'static Vec<(String, String)> {
    static FIRMS: OnceLock<Vec<(String, String)>> = OnceLock::new();
    FIRMS.get_or_init(|| yaml_files("fixtures/firms"))
}

/// Reads a profile in every form; decides on what is sound.
fn judge(pack: &Checked, text: &str) {
    let mut sources = Sources::default();
    let file = sources.add("profile.yaml", text);
    let (node, problems) = yaml::parse(file, text, Limits::FILE);
    tell(&sources, &problems);
    let Some(node) = node else { return };
    for form in [Form::Yaml, Form::Json, Form::Example] {
        tell(&sources, &facts(&node, pack, form).1);
        let (firm, problems) = profile(&node, pack, form);
        tell(&sources, &problems);
        if let Some(firm) = firm {
            let _ = decide(&plan(pack, firm.as_of.unwrap_or(day("2025-06-30"))), &firm);
        }
    }
}

proptest! {
    #![proptest_config(one_in(4))]

    #[test]
    fn a_changed_pack_is_read_or_refused(file in any::<Index>(), firm in any::<Index>(), changes in proptest::collection::vec(change(), 1..5)) {
        let mut files = shipped().0.clone();
        let place = file.index(files.len());
        files[place].1 = changed(&files[place].1, &changes);
        if let Some(pack) = pack_of(&files) {
            judge(&pack, &firm.get(firms()).1);
        }
    }

    #[test]
    fn a_changed_profile_is_read_or_refused(firm in any::<Index>(), changes in proptest::collection::vec(change(), 1..6)) {
        judge(&shipped().1, &changed(&firm.get(firms()).1, &changes));
    }

    #[test]
    fn changed_examples_are_read_or_refused(changes in proptest::collection::vec(change(), 1..5)) {
        let mut sources = Sources::default();
        let examples = yaml_files(&format!("{SHIPPED_PACK}/examples"));
        let ids: Vec<FileId> = examples
            .iter()
            .map(|(name, text)| {
                let text = if name == "backgrounds.yaml" { text.clone() } else { changed(text, &changes) };
                sources.add(name.as_str(), text)
            })
            .collect();
        let (examples, problems) = example::read(&sources, &ids);
        tell(&sources, &problems);
        for example in examples.iter().take(3) {
            tell(&sources, &example::run(example, &shipped().1).diagnostics);
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in "\\PC{0,80}") {
        let pack = &shipped().1;
        for text in [decode(&bytes).ok(), Some(text.as_str())].into_iter().flatten() {
            judge(pack, text);
            let _ = pack_of(&[("pack.yaml".to_owned(), format!("{HEADER}{text}"))]);
            let origin = Origin::new(Span::new(FileId(0), 0, text.len()));
            let _ = (parse(text, &origin), parse_set(text, &origin), parse_item(text, &origin));
            let _ = (parse_order(text, &origin), parse_firms(text, &origin), parse_round(text, &origin));
        }
    }

    #[test]
    fn words_of_the_language_in_any_order_are_read_or_refused(
        words in proptest::collection::vec(
            select(vec![
                "a", "n", "volume", "sales", "sites", "size", "kinds", "mode", "batteries", "limit", "day", "and", "or",
                "not", "in", "is known", "or else", "sum of", "count of", "some", "every", "where", "greatest of", "if",
                "then", "else", "from", "to", "for", "2024", "2024-06", "3 months", "years from", "year of", "previous",
                "(", ")", "|", "..", "=", ">=", "+", "-", "*", "/", "50% of", "5 CNY", "'x'", "convert", "yes",
            ]),
            1..12,
        ),
    ) {
        let text = crate::language::tables::facts_text();
        let define = format!("criteria: {{it: {{when: {}, cite: law}}}}\n", words.join(" "));
        if let Some(pack) = pack_of(&[("pack.yaml".to_owned(), text), ("it.yaml".to_owned(), define)]) {
            judge(&pack, "facts: {a: yes, n: 2, sites: [{size: 1}], volume: {2024: 1 CNY}}");
        }
    }
}
