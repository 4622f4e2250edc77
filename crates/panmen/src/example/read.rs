//! Example files to examples, their backgrounds merged in.

use super::Example;
use crate::diagnostic::{Diagnostic, Note, PackProblem, nearest, quote};
use crate::read::fields::{day, known_entries, scalar_text};
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Entry, Limits, Node, NodeKind, Style};
use std::collections::BTreeMap;

/// Reads the example files of a pack; backgrounds are shared by all of them.
#[must_use]
pub fn read(sources: &Sources, files: &[FileId]) -> (Vec<Example>, Vec<Diagnostic>) {
    let mut reader = Reader { diagnostics: Vec::new(), backgrounds: BTreeMap::new(), names: BTreeMap::new() };
    let mut nodes = Vec::new();
    for file in files {
        let Some(source) = sources.get(*file) else { continue };
        let (node, problems) = yaml::parse(*file, &source.text, Limits::FILE);
        reader.diagnostics.extend(problems);
        nodes.extend(node.filter(|node| !node.is_null()));
    }
    for node in &nodes {
        for entry in reader.entries(node, "examples", &["examples", "backgrounds"]) {
            if entry.key.text == "backgrounds" {
                reader.backgrounds_of(&entry.value);
            }
        }
    }
    let mut examples = Vec::new();
    for node in &nodes {
        let Some(list) = node.get("examples").filter(|list| !list.is_null()) else { continue };
        let Some(items) = list.as_sequence() else {
            reader.problem(PackProblem::NotSequence { place: "examples".to_owned() }, list.span);
            continue;
        };
        examples.extend(items.iter().filter_map(|item| reader.example(item)));
    }
    (examples, reader.diagnostics)
}

struct Reader {
    diagnostics: Vec<Diagnostic>,
    backgrounds: BTreeMap<String, Vec<Entry>>,
    names: BTreeMap<String, Span>,
}

impl Reader {
    fn problem(&mut self, problem: PackProblem, span: Span) {
        self.diagnostics.push(Diagnostic::new(problem, span));
    }

    fn entries<'n>(&mut self, node: &'n Node, place: &str, known: &[&str]) -> &'n [Entry] {
        known_entries(node, place, known, &mut self.diagnostics).unwrap_or_default()
    }

    /// The entries of a mapping whose keys are free.
    fn free<'n>(&mut self, node: &'n Node, place: &str) -> &'n [Entry] {
        if node.as_mapping().is_none() {
            self.problem(PackProblem::NotMapping { place: place.to_owned() }, node.span);
        }
        node.as_mapping().unwrap_or_default()
    }

    fn backgrounds_of(&mut self, node: &Node) {
        for entry in self.free(node, "backgrounds") {
            let facts = self.free(&entry.value, &entry.key.text).to_vec();
            if self.backgrounds.insert(entry.key.text.clone(), facts).is_some() {
                self.problem(PackProblem::DuplicateId { id: quote(&entry.key.text) }, entry.key_span);
            }
        }
    }

    fn text<'n>(&mut self, node: &'n Node, place: &str) -> Option<&'n str> {
        scalar_text(node, place, &mut self.diagnostics)
    }

    fn example(&mut self, node: &Node) -> Option<Example> {
        self.entries(node, "examples", &["name", "as_of", "with", "facts", "expect"]);
        let get = |key: &str| node.get(key).filter(|node| !node.is_null());
        for key in ["name", "as_of", "expect"] {
            if get(key).is_none() {
                let problem = PackProblem::MissingKey { key: key.to_owned(), place: "examples".to_owned() };
                self.problem(problem, node.span);
            }
        }
        let name = get("name").and_then(|node| self.text(node, "name")).unwrap_or_default().to_owned();
        if let Some(first) = self.names.insert(name.clone(), node.span) {
            let problem = PackProblem::DuplicateId { id: quote(&name) };
            self.diagnostics.push(Diagnostic::new(problem, node.span).note(first, Note::First));
        }
        let as_of = get("as_of").and_then(|node| day(node, "as_of", &mut self.diagnostics));
        let mut facts: Vec<Entry> = Vec::new();
        if let Some(with) = get("with") {
            self.with(with, &mut facts);
        }
        if let Some(own) = get("facts") {
            for entry in self.free(own, "facts") {
                facts.retain(|known| known.key.text != entry.key.text);
                facts.push(entry.clone());
            }
        }
        let expect = get("expect").map(|node| self.free(node, "expect").to_vec())?;
        let span = get("facts").map_or(node.span, |node| node.span);
        let facts = Node { kind: NodeKind::Mapping(facts, Style::Block), span };
        let place = get("name").map_or(node.span, |node| node.span);
        Some(Example { name, span: place, as_of: as_of?, facts, expect })
    }

    /// Adds the facts of a background, or of several in order.
    fn with(&mut self, node: &Node, facts: &mut Vec<Entry>) {
        let names: Vec<&Node> = node.as_sequence().map_or_else(|| vec![node], |items| items.iter().collect());
        for name in names {
            let Some(text) = self.text(name, "with") else { continue };
            let Some(background) = self.backgrounds.get(text).cloned() else {
                let kind = "background".to_owned();
                let problem = PackProblem::UnknownReference { id: quote(text), kind };
                let suggested = nearest(text, self.backgrounds.keys().map(String::as_str)).map(str::to_owned);
                self.diagnostics.push(Diagnostic::new(problem, name.span).suggest(suggested.as_deref()));
                continue;
            };
            for entry in background {
                facts.retain(|known| known.key.text != entry.key.text);
                facts.push(entry);
            }
        }
    }
}
