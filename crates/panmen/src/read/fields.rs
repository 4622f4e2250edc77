//! The keys of a mapping, and the small things that stand behind many of them: texts, labels, yes
//! or no, words of a list, dates, citations.

use super::Reader;
use crate::diagnostic::{Diagnostic, Lang, PackProblem, nearest, quote};
use crate::pack::{Basis, Cite, Ground, Id, Period};
use crate::source::Span;
use crate::value::{self, Date, Label};
use crate::yaml::{self, Entry, Node};

/// A mapping whose keys are known.
pub(super) struct Fields<'n> {
    entries: &'n [Entry],
    /// Keys that are there in a wrong spelling, which was told.
    misspelt: Vec<String>,
    /// The whole mapping.
    pub(super) span: Span,
}

impl<'n> Fields<'n> {
    pub(super) fn entries(&self) -> &'n [Entry] {
        self.entries
    }

    /// The node behind a key; a null counts as absent.
    pub(super) fn get(&self, key: &str) -> Option<&'n Node> {
        self.entry(key).map(|entry| &entry.value).filter(|node| !node.is_null())
    }

    /// True if one of the keys is there in a wrong spelling: then it is not missing as well.
    pub(super) fn misspelt(&self, keys: &[&str]) -> bool {
        self.misspelt.iter().any(|known| keys.contains(&known.as_str()))
    }

    pub(super) fn entry(&self, key: &str) -> Option<&'n Entry> {
        self.entries.iter().find(|entry| entry.key.text == key)
    }
}

/// The entries of a mapping of a pack's files, each key of which must be known.
pub(crate) fn known_entries<'n>(
    node: &'n Node,
    place: &str,
    known: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'n [Entry]> {
    let entries = node.as_mapping();
    if entries.is_none() {
        diagnostics.push(Diagnostic::new(PackProblem::NotMapping { place: place.to_owned() }, node.span));
    }
    for unknown in yaml::unknown_keys(entries.unwrap_or_default(), known) {
        let key = quote(&unknown.entry.key.text);
        let problem = PackProblem::UnknownKey { key, place: place.to_owned(), known: unknown.known };
        let span = unknown.entry.key_span;
        diagnostics.push(Diagnostic::new(problem, span).suggest(unknown.nearest.as_deref()));
    }
    entries
}

/// One scalar's text in a pack's files.
pub(crate) fn scalar_text<'n>(
    node: &'n Node,
    place: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<&'n str> {
    let scalar = node.as_scalar();
    if scalar.is_none() {
        diagnostics.push(Diagnostic::new(PackProblem::NotText { place: place.to_owned() }, node.span));
    }
    scalar.map(|scalar| scalar.text.trim())
}

/// A day in a pack's files.
pub(crate) fn day(node: &Node, place: &str, diagnostics: &mut Vec<Diagnostic>) -> Option<Date> {
    let text = scalar_text(node, place, diagnostics)?;
    match value::read_date(text) {
        Ok(date) => Some(date),
        Err(problem) => {
            diagnostics.push(Diagnostic::new(problem, node.span));
            None
        }
    }
}

impl Reader<'_> {
    /// The keys of a mapping, each of which must be known.
    pub(super) fn fields<'n>(&mut self, node: &'n Node, place: &str, known: &[&str]) -> Option<Fields<'n>> {
        let told = self.diagnostics.len();
        let entries = known_entries(node, place, known, &mut self.diagnostics);
        let new = self.diagnostics.get(told..).unwrap_or_default();
        let misspelt = new.iter().filter_map(|problem| problem.nearest.clone()).collect();
        if !self.cut.is_empty() {
            let new = self.diagnostics.split_off(told);
            let whole = |problem: &Diagnostic| problem.span.is_none_or(|span| !self.cut.contains(&span));
            self.diagnostics.extend(new.into_iter().filter(whole));
        }
        let entries = entries?;
        Some(Fields { entries, misspelt, span: node.span })
    }

    pub(super) fn missing(&mut self, key: &str, place: &str, span: Span) {
        self.problem(PackProblem::MissingKey { key: key.to_owned(), place: place.to_owned() }, span);
    }

    /// The node behind a key that must be there.
    pub(super) fn required<'n>(&mut self, fields: &Fields<'n>, key: &str, place: &str) -> Option<&'n Node> {
        let found = fields.get(key);
        if found.is_none() && !fields.misspelt(&[key]) {
            self.missing(key, place, fields.span);
        }
        found
    }

    /// One scalar's text.
    pub(super) fn text<'n>(&mut self, node: &'n Node, place: &str) -> Option<&'n str> {
        scalar_text(node, place, &mut self.diagnostics)
    }

    pub(super) fn text_at<'n>(&mut self, fields: &Fields<'n>, key: &str, place: &str) -> Option<&'n str> {
        let node = fields.get(key)?;
        self.text(node, &format!("{place}.{key}"))
    }

    /// A text for people: one, or one a language.
    pub(super) fn label(&mut self, node: &Node, place: &str) -> Option<Label> {
        if node.as_scalar().is_some() {
            return self.text(node, place).map(Label::plain);
        }
        let Some(entries) = node.as_mapping() else {
            self.problem(PackProblem::NotText { place: place.to_owned() }, node.span);
            return None;
        };
        let mut label = Label::default();
        for entry in entries {
            let lang = match entry.key.text.as_str() {
                "en" => Lang::En,
                "zh" => Lang::Zh,
                other => {
                    self.problem(PackProblem::NotLanguage { key: quote(other) }, entry.key_span);
                    continue;
                }
            };
            if entry.value.is_null() {
                self.problem(PackProblem::NotText { place: place.to_owned() }, entry.key_span);
            } else if let Some(text) = self.text(&entry.value, place) {
                label.set(lang, text);
            }
        }
        Some(label)
    }

    pub(super) fn label_at(&mut self, fields: &Fields<'_>, key: &str, place: &str) -> Option<Label> {
        let node = fields.get(key)?;
        self.label(node, &format!("{place}.{key}"))
    }

    /// The label of something that people read about; without one, its id.
    pub(super) fn label_or_id(&mut self, fields: &Fields<'_>, id: &Id, place: &str) -> Label {
        match self.label_at(fields, "label", place) {
            Some(label) => label,
            None => {
                // One that cannot be read was told.
                if fields.get("label").is_none() && !fields.misspelt(&["label"]) {
                    self.problem(PackProblem::NoLabel { place: place.to_owned() }, id.span);
                }
                Label::plain(&id.text)
            }
        }
    }

    pub(super) fn yes_at(&mut self, fields: &Fields<'_>, key: &str) -> bool {
        let words = [("yes", true), ("no", false), ("true", true), ("false", false)];
        fields.get(key).and_then(|node| self.word(node, key, &words)).unwrap_or(false)
    }

    /// One word of a short list.
    pub(super) fn word<T: Copy>(&mut self, node: &Node, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(node, key)?;
        let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            let problem =
                PackProblem::BadWord { key: key.to_owned(), word: quote(text), known: known.join(", ") };
            let suggested = nearest(text, words.iter().map(|(word, _)| *word));
            self.diagnostics.push(Diagnostic::new(problem, node.span).suggest(suggested));
        }
        found
    }

    pub(super) fn date(&mut self, node: &Node, place: &str) -> Option<Date> {
        day(node, place, &mut self.diagnostics)
    }

    /// `from:` and `to:` among other keys.
    pub(super) fn period(&mut self, fields: &Fields<'_>, place: &str) -> Period {
        let mut end = |key: &str| fields.get(key).and_then(|node| self.date(node, place));
        let period = Period { from: end("from"), to: end("to") };
        if let (Some(from), Some(to)) = (period.from, period.to)
            && to < from
        {
            let span = fields.get("to").map_or(fields.span, |node| node.span);
            self.problem(PackProblem::PeriodOrder { from: from.to_string(), to: to.to_string() }, span);
        }
        period
    }

    pub(super) fn sequence<'n>(&mut self, node: &'n Node, place: &str) -> &'n [Node] {
        node.as_sequence().unwrap_or_else(|| {
            self.problem(PackProblem::NotSequence { place: place.to_owned() }, node.span);
            &[]
        })
    }

    /// A list of words, each with its place.
    pub(super) fn words(&mut self, fields: &Fields<'_>, key: &str, place: &str) -> Vec<Id> {
        let Some(node) = fields.get(key) else { return Vec::new() };
        let place = format!("{place}.{key}");
        let mut words = Vec::new();
        for item in self.sequence(node, &place) {
            if let Some(text) = self.text(item, &place) {
                words.push(Id { text: text.to_owned(), span: item.span });
            }
        }
        words
    }

    pub(super) fn word_id(&mut self, fields: &Fields<'_>, key: &str, place: &str) -> Option<Id> {
        let node = fields.get(key)?;
        let text = self.text(node, &format!("{place}.{key}"))?;
        Some(Id { text: text.to_owned(), span: node.span })
    }

    /// The id of an entry of the pack at hand, as it is known outside it.
    pub(super) fn scoped_id(&mut self, fields: &Fields<'_>, key: &str, place: &str) -> Option<Id> {
        let id = self.word_id(fields, key, place)?;
        Some(Id { text: self.scoped(&id.text), span: id.span })
    }

    /// `cite:`, `basis:` and `why:`.
    pub(super) fn ground(&mut self, fields: &Fields<'_>, place: &str) -> Ground {
        let cite = self.cite(fields, place);
        let why = self.label_at(fields, "why", place);
        let basis = fields.get("basis").and_then(|node| {
            let assumed = self.word(node, "basis", &[("published", false), ("assumed", true)])?;
            if assumed && why.is_none() {
                self.problem(PackProblem::AssumedWithoutWhy { place: place.to_owned() }, node.span);
            }
            Some(Basis { assumed, why })
        });
        Ground { cite, basis }
    }

    fn cite(&mut self, fields: &Fields<'_>, place: &str) -> Option<Cite> {
        let node = fields.get("cite")?;
        let Some(text) = self.text(node, &format!("{place}.cite")) else {
            // It cites something, if not readably: one problem is enough.
            return Some(Cite { source: String::new(), place: None });
        };
        let (source, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let full = self.scoped(source);
        let sources =
            self.pack.scopes.get(&self.scope).map(|header| header.sources.as_slice()).unwrap_or_default();
        if sources.is_empty() {
            // Once, rather than at every citation.
            if !std::mem::replace(&mut self.sourceless, true) && !self.lost.files {
                self.missing("sources", super::HEADER_FILE, node.span);
            }
            return Some(Cite { source: full, place: Some(rest.to_owned()) });
        }
        if !sources.iter().any(|known| known.id.text == full) {
            let known = sources.iter().map(|known| known.id.text.strip_prefix(&*self.scope).unwrap_or(""));
            let suggested = nearest(source, known).map(str::to_owned);
            let problem = PackProblem::UnknownSource { source: quote(source) };
            self.diagnostics.push(Diagnostic::new(problem, node.span).suggest(suggested.as_deref()));
            // The entry does cite something: one problem is enough.
            return Some(Cite { source: full, place: Some(rest.to_owned()) });
        }
        let place = Some(rest.trim()).filter(|rest| !rest.is_empty()).map(str::to_owned);
        if place.is_none() {
            self.problem(PackProblem::NoPlace { source: source.to_owned() }, node.span);
        }
        Some(Cite { source: full, place })
    }
}
