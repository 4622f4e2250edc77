//! Two nodes of the same entry, part by part.
//!
//! In: what the old and the new pack write for one id. Out: every part that differs, by the keys that lead
//! to it. Expressions compare by their printed form, values by their type, texts for people by language.

use super::Field;
use crate::diagnostic::Diagnostic;
use crate::expr;
use crate::source::Span;
use crate::yaml::{Node, NodeKind};
use std::fmt::Display;

/// Keys of texts for people.
const TEXTS: [&str; 13] = [
    "label",
    "ask",
    "why",
    "remedy",
    "office",
    "benefit",
    "note",
    "else",
    "author",
    "policy_issuer",
    "contact",
    "appeal",
    "publisher",
];
/// Keys below which the pack's author chooses the keys, and their order says something.
const NAMED: [&str; 6] = ["options", "classes", "of", "codes", "rows", "places"];
/// Keys of expressions, and of lists of them.
const EXPRESSIONS: [&str; 28] = [
    "when",
    "is",
    "who",
    "all",
    "any",
    "none",
    "by",
    "fixed",
    "cap",
    "base",
    "base_cap",
    "rate",
    "sum",
    "add",
    "limit",
    "total",
    "budget",
    "where",
    "count",
    "of",
    "times",
    "above",
    "at_least",
    "ratio_to_previous",
    "amount",
    "assessment_year",
    "rows",
    "up_to",
];
/// The keys of a dated value as they are read.
const DATED: [&str; 6] = ["value", "from", "to", "cite", "basis", "why"];
/// Types whose values have more than one spelling.
const FIGURES: [&str; 5] = ["money", "integer", "decimal", "percent", "date"];

/// Where a comparison is.
pub(super) struct Nodes<'a> {
    /// The section of the entry.
    pub(super) section: &'a str,
    /// The types of the old and the new entry.
    pub(super) types: (Option<&'a str>, Option<&'a str>),
    /// What was found.
    pub(super) fields: Vec<Field>,
}

/// One of the two.
#[derive(Clone, Copy)]
enum Of {
    Old,
    New,
}

impl Nodes<'_> {
    /// Compares what stands at a path.
    pub(super) fn compare(&mut self, path: &mut Vec<String>, old: Option<&Node>, new: Option<&Node>) {
        let (old, new) = (said(old), said(new));
        if old.is_none() && new.is_none() {
            return;
        }
        if self.is_text(path, old, new) {
            // An option or a code that comes or goes is no matter of words.
            let text = !self.is_named(path) || (old.is_some() && new.is_some());
            self.texts(path, old, new, text);
            return;
        }
        let is_map = |node: Option<&Node>| node.is_none_or(|node| node.as_mapping().is_some());
        let is_list = |node: Option<&Node>| node.is_none_or(|node| node.as_sequence().is_some());
        if is_map(old) && is_map(new) {
            self.mappings(path, old, new);
        } else if is_list(old) && is_list(new) {
            self.sequences(path, old, new);
        } else {
            let (before, after) = (self.written(path, old, Of::Old), self.written(path, new, Of::New));
            if before != after {
                self.fields.push(Field::new(path, before, after));
            }
        }
    }

    fn mappings(&mut self, path: &mut Vec<String>, old: Option<&Node>, new: Option<&Node>) {
        let entries = |node: Option<&'_ Node>| -> Vec<String> {
            let entries = node.and_then(Node::as_mapping).unwrap_or_default();
            entries.iter().map(|entry| entry.key.text.clone()).collect()
        };
        let (before, after) = (entries(old), entries(new));
        if path.last().is_some_and(|key| NAMED.contains(&key.as_str())) {
            self.order(path, &before, &after);
        }
        let gone = before.iter().filter(|key| !after.contains(key));
        for key in after.iter().chain(gone) {
            path.push(key.clone());
            self.compare(path, old.and_then(|node| node.get(key)), new.and_then(|node| node.get(key)));
            path.pop();
        }
    }

    fn sequences(&mut self, path: &mut Vec<String>, old: Option<&Node>, new: Option<&Node>) {
        fn items(node: Option<&Node>) -> &[Node] {
            node.and_then(Node::as_sequence).unwrap_or_default()
        }
        let (old, new) = (items(old), items(new));
        if old.iter().chain(new).all(|item| item.as_mapping().is_none()) {
            let written = |items: &[Node], of: Of| -> Vec<String> {
                items.iter().filter_map(|item| self.written(path, Some(item), of)).collect()
            };
            let (before, after) = (written(old, Of::Old), written(new, Of::New));
            if before != after {
                let less = without(&before, &after);
                let more = without(&after, &before);
                let shown = |items: &[String]| (!items.is_empty()).then(|| items.join(", "));
                let mut field = Field::new(path, shown(&before), shown(&after));
                field.items = Some((less, more));
                self.fields.push(field);
            }
            return;
        }
        let several = old.len() > 1 || new.len() > 1;
        for (index, (before, after)) in paired(old, new).into_iter().enumerate() {
            let (named, first) = (after.or(before).and_then(key_of), self.fields.len());
            if several {
                let place = index.saturating_add(1).to_string();
                path.push(named.map_or_else(|| format!("#{place}"), |(_, name)| name));
            }
            self.compare(path, before, after);
            self.beside(path, first, before, after);
            if several {
                path.pop();
            }
        }
        let keys = |items: &[Node]| -> Vec<String> {
            items.iter().filter_map(|item| key_of(item).map(|(_, name)| name)).collect()
        };
        self.order(path, &keys(old), &keys(new));
    }

    /// The order of what both have, where it is another.
    fn order(&mut self, path: &mut Vec<String>, old: &[String], new: &[String]) {
        let (kept, now) = (common(old, new), common(new, old));
        if kept != now {
            path.push("order".to_owned());
            self.fields.push(Field::new(path, Some(kept.join(", ")), Some(now.join(", "))));
            path.pop();
        }
    }

    /// The date and citation of a dated value that differs, where they do not.
    fn beside(&mut self, path: &[String], first: usize, old: Option<&Node>, new: Option<&Node>) {
        if !self.fields.iter().skip(first).any(|field| field.differs() && !field.text) {
            return;
        }
        for key in ["value", "from", "cite"] {
            let mut own = path.to_vec();
            own.push(key.to_owned());
            if self.fields.iter().skip(first).any(|field| field.path == own) {
                continue;
            }
            let before = self.written(&own, old.and_then(|node| node.get(key)), Of::Old);
            let after = self.written(&own, new.and_then(|node| node.get(key)), Of::New);
            if before.is_some() || after.is_some() {
                self.fields.push(Field::new(&own, before, after));
            }
        }
        if let Some(own) = self.fields.get_mut(first..) {
            let place = |field: &Field| {
                DATED.iter().position(|key| field.path.get(path.len()).is_some_and(|k| k == key))
            };
            own.sort_by_key(|field| place(field).unwrap_or(DATED.len()));
        }
    }

    /// Texts for people, by language.
    fn texts(&mut self, path: &[String], old: Option<&Node>, new: Option<&Node>, text: bool) {
        let of = |node: Option<&Node>, lang: &str| -> Option<String> {
            let node = node?;
            match node.as_mapping() {
                Some(_) => said(node.get(lang)).map(flat),
                None => (lang == "en").then(|| flat(node)),
            }
        };
        for lang in ["en", "zh"] {
            let (before, after) = (of(old, lang), of(new, lang));
            if before != after {
                let mut own = path.to_vec();
                own.push(lang.to_owned());
                self.fields.push(Field { text, ..Field::new(&own, before, after) });
            }
        }
    }

    /// True if a text for people stands at a path.
    fn is_text(&self, path: &[String], old: Option<&Node>, new: Option<&Node>) -> bool {
        let label = |node: Option<&Node>| node.is_none_or(is_label);
        if !label(old) || !label(new) {
            return false;
        }
        let parent = path.len().checked_sub(2).and_then(|at| path.get(at));
        if let Some(parent) = parent.filter(|parent| NAMED.contains(&parent.as_str())) {
            return matches!(parent.as_str(), "options" | "codes");
        }
        if self.section == "lists" && path.len() == 1 {
            // Codes may stand directly below the list's id.
            return !matches!(
                path.last().map(String::as_str),
                Some("format" | "open" | "of" | "codes" | "cite" | "basis")
            );
        }
        let title = path.last().is_some_and(|key| key == "title") && self.section == "header";
        title || is_text_key(path.last())
    }

    /// True if the key at the end of a path is an option or a code, which its text explains.
    fn is_named(&self, path: &[String]) -> bool {
        let parent = path.len().checked_sub(2).and_then(|at| path.get(at)).map(String::as_str);
        let direct = self.section == "lists" && path.len() == 1 && !is_text_key(path.last());
        direct || matches!(parent, Some("options" | "codes"))
    }

    /// A node on one line: an expression in its one spelling, a value by its type, else as it is written.
    fn written(&self, path: &[String], node: Option<&Node>, of: Of) -> Option<String> {
        let node = said(node)?;
        let key = |back: usize| path.len().checked_sub(back).and_then(|at| path.get(at)).map(String::as_str);
        let expression = |key: Option<&str>| key.is_some_and(|key| EXPRESSIONS.contains(&key));
        let rule = !matches!(self.section, "facts" | "lists" | "sources" | "uses");
        let declared = match of {
            Of::Old => self.types.0,
            Of::New => self.types.1,
        };
        let value = key(1) == Some("value") && declared.is_some_and(|word| FIGURES.contains(&word));
        let within = expression(key(1)) || key(2) == Some("rows");
        Some(match key(1) {
            Some("round") if rule => on_line(node, &|text| spelled(text, expr::parse_round)),
            Some("order") if rule => on_line(node, &|text| spelled(text, expr::parse_order)),
            Some("range") => on_line(node, &|text| spelled(text, expr::parse_set)),
            _ if (rule && within) || value => on_line(node, &|text| spelled(text, expr::parse)),
            _ => flat(node),
        })
    }
}

/// True for a text, or one a language.
fn is_label(node: &Node) -> bool {
    match node.as_mapping() {
        Some(entries) => entries.iter().all(|entry| matches!(entry.key.text.as_str(), "en" | "zh")),
        None => node.as_scalar().is_some(),
    }
}

fn is_text_key(key: Option<&String>) -> bool {
    key.is_some_and(|key| TEXTS.contains(&key.as_str()))
}

/// What is said; nothing where a node is empty.
fn said(node: Option<&Node>) -> Option<&Node> {
    node.filter(|node| !node.is_null())
}

/// What identifies an item of a sequence: the key and its text.
fn key_of(item: &Node) -> Option<(&'static str, String)> {
    ["id", "from", "at_least", "above", "up_to", "up_to_rank", "when"].into_iter().find_map(|key| {
        let scalar = item.get(key)?.as_scalar()?;
        Some((key, scalar.text.clone()))
    })
}

/// Items that belong together: those with the same key, then the others in their order.
fn paired<'n>(old: &'n [Node], new: &'n [Node]) -> Vec<(Option<&'n Node>, Option<&'n Node>)> {
    let mut left: Vec<&Node> = old.iter().collect();
    let mut pairs: Vec<(Option<&Node>, Option<&Node>)> = Vec::new();
    for item in new {
        let same = left.iter().position(|other| match (key_of(item), key_of(other)) {
            (Some(key), Some(other)) => key == other,
            _ => flat(item) == flat(other),
        });
        pairs.push((same.map(|at| left.remove(at)), Some(item)));
    }
    let mut left = left.into_iter();
    for pair in &mut pairs {
        // An id that is new is another thing; a date that is new may be the same value later.
        let free =
            pair.0.is_none() && pair.1.is_some_and(|item| key_of(item).is_none_or(|(key, _)| key != "id"));
        if free {
            pair.0 = left.next();
        }
    }
    pairs.extend(left.map(|item| (Some(item), None)));
    pairs
}

fn common(items: &[String], others: &[String]) -> Vec<String> {
    items.iter().filter(|item| others.contains(item)).cloned().collect()
}

/// What is in one list and not in the other, each as often as it is more.
fn without(items: &[String], others: &[String]) -> Vec<String> {
    let mut others: Vec<&String> = others.iter().collect();
    let mut left = Vec::new();
    for item in items {
        match others.iter().position(|other| *other == item) {
            Some(at) => {
                others.remove(at);
            }
            None => left.push(item.clone()),
        }
    }
    left
}

/// A node on one line, as YAML would write it, scalars without their quotes.
pub(super) fn flat(node: &Node) -> String {
    on_line(node, &on_one_line)
}

/// A text in its one spelling; as it is written where it is none of these.
fn spelled<T: Display>(
    text: &str,
    parse: impl Fn(&str, &expr::Origin<'_>) -> Result<T, Vec<Diagnostic>>,
) -> String {
    let parsed = parse(text, &expr::Origin::new(Span::default()));
    parsed.map_or_else(|_| on_one_line(text), |parsed| parsed.to_string())
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn on_line(node: &Node, scalar: &dyn Fn(&str) -> String) -> String {
    match &node.kind {
        NodeKind::Scalar(text) => scalar(&text.text),
        NodeKind::Sequence(items, _) => {
            let items: Vec<String> = items.iter().map(|item| on_line(item, scalar)).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Mapping(entries, _) => {
            let entries = entries.iter();
            let entries: Vec<String> = entries
                .map(|entry| format!("{}: {}", entry.key.text, on_line(&entry.value, scalar)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::yaml::{Limits, parse};

    /// The parts that differ: path, old, new, and whether only a text does.
    fn differing(section: &str, old: &str, new: &str) -> Vec<(String, String, String, bool)> {
        let node = |text: &str| parse(FileId::default(), text, Limits::FILE).0;
        let (old, new) = (node(old), node(new));
        let mut nodes = Nodes { section, types: (Some("money"), Some("money")), fields: Vec::new() };
        nodes.compare(&mut Vec::new(), old.as_ref(), new.as_ref());
        let shown = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        let parts = nodes.fields.into_iter();
        parts.map(|f| (f.path.join("."), shown(f.old), shown(f.new), f.text)).collect()
    }

    fn part(path: &str, old: &str, new: &str, text: bool) -> (String, String, String, bool) {
        (path.to_owned(), old.to_owned(), new.to_owned(), text)
    }

    #[test]
    fn what_means_the_same_does_not_differ() {
        for (section, old, new) in [
            ("criteria", "when: a  and (b or c)", "when: a and (b or c)"),
            ("criteria", "all: [a, b]", "all:\n  - a\n  - (b)"),
            ("criteria", "label: {en: A}", "label: A"),
            (
                "parameters",
                "values: [{from: 2024-01-01, value: 5000 CNY}]",
                "values: [{from: 2024-01-01, value: 5_000 CNY}]",
            ),
            ("facts", "range: 0 CNY..", "range: \"0 CNY..\""),
            ("measures", "amount: {round: down to 10_000 CNY}", "amount: {round: down to 10000 CNY}"),
            ("criteria", "remedy:", "label:"),
        ] {
            assert_eq!(differing(section, old, new), [], "{old} / {new}");
        }
    }

    #[test]
    fn texts_are_told_from_meaning() {
        let one = |section, old, new| differing(section, old, new).first().cloned().unwrap();
        assert_eq!(
            one("facts", "ask: {en: A, zh: B}", "ask: {en: A, zh: C}"),
            part("ask.zh", "B", "C", true)
        );
        assert_eq!(one("facts", "options: {a: A}", "options: {a: B}"), part("options.a.en", "A", "B", true));
        // An option that comes is no matter of words, whatever it is called.
        let more = one("facts", "options: {a: A}", "options: {a: A, why: B}");
        assert_eq!(more, part("options.why.en", "-", "B", false));
        assert_eq!(one("lists", "\"01\": A", "\"02\": A"), part("02.en", "-", "A", false));
        assert_eq!(
            one("define", "{by: k, rows: {label: 1%}}", "{by: k, rows: {label: 2%}}"),
            part("rows.label", "1%", "2%", false)
        );
        assert_eq!(
            one("criteria", "cite: g art. 1", "cite: g art. 2"),
            part("cite", "g art. 1", "g art. 2", false)
        );
        // Codes are no numbers: `0110` and `110` are two.
        assert_eq!(
            one("lists", "codes: [\"0110\"]", "codes: [\"110\"]"),
            part("codes", "0110", "110", false)
        );
    }

    #[test]
    fn the_order_of_levels_and_options_counts_and_of_keys_does_not() {
        let levels =
            |ids: [&str; 2]| format!("levels: [{{id: {}, when: a}}, {{id: {}, when: a}}]", ids[0], ids[1]);
        assert_eq!(
            differing("tiers", &levels(["x", "y"]), &levels(["y", "x"])),
            [part("levels.order", "x, y", "y, x", false)]
        );
        assert_eq!(
            differing("facts", "options: {a: A, b: B}", "options: {b: B, a: A}"),
            [part("options.order", "a, b", "b, a", false)]
        );
        assert_eq!(differing("criteria", "{when: a, cite: g}", "{cite: g, when: a}"), []);
    }

    #[test]
    fn a_dated_value_is_read_with_its_date_and_citation() {
        let old = "values: [{from: 2024-01-01, value: 5 CNY, cite: g 1}]";
        let appended = "values: [{from: 2024-01-01, value: 5 CNY, cite: g 1}, {from: 2025-01-01, value: 6 CNY, cite: g 2}]";
        assert_eq!(
            differing("parameters", old, appended),
            [
                part("values.2025-01-01.value", "-", "6 CNY", false),
                part("values.2025-01-01.from", "-", "2025-01-01", false),
                part("values.2025-01-01.cite", "-", "g 2", false),
            ]
        );
        let edited = "values: [{from: 2024-01-01, value: 6 CNY, cite: g 1}]";
        assert_eq!(
            differing("parameters", old, edited),
            [
                part("values.value", "5 CNY", "6 CNY", false),
                part("values.from", "2024-01-01", "2024-01-01", false),
                part("values.cite", "g 1", "g 1", false),
            ]
        );
    }
}
