//! YAML nodes to a pack as written: shapes, known keys, ids, labels, citations, expressions.
//!
//! In: the parsed files of one edition. Out: a [`Pack`] and every problem of shape. Names and types
//! are not looked at here; `check` does that. Reads no files.

mod condition;
mod entries;
mod fields;
mod header;
mod measure;
mod outlook;

use crate::diagnostic::{Diagnostic, Note, PackProblem, any_error, quote};
use crate::expr;
use crate::pack::{Id, Pack};
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Entry, Limits, Node};
use fields::Fields;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What bounds one file of a pack.
pub const PACK_LIMITS: Limits = Limits { bytes: 1 << 20, depth: 32, nodes: 200_000, scalar: 64 << 10 };

/// The keys of the header, in the order they are documented.
pub const HEADER: &[&str] = &[
    "pack", "edition", "title", "status", "author", "policy_issuer", "contact", "appeal", "currency",
    "in_force", "assessment_year", "sources", "uses",
];

/// The sections of a pack, in the order they are documented.
pub const SECTIONS: &[&str] = &[
    "facts", "evidence", "lists", "parameters", "define", "criteria", "gates", "classifications", "tiers",
    "measures", "stacking", "allocation", "targets",
];

/// Reads the files of one edition; `pack.yaml` is the header's.
#[must_use]
pub fn read(sources: &Sources, files: &[FileId]) -> (Option<Pack>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut nodes = Vec::new();
    for file in files {
        let Some(source) = sources.get(*file) else { continue };
        let (node, problems) = yaml::parse(*file, &source.text, PACK_LIMITS);
        diagnostics.extend(problems);
        let is_header = source.name.rsplit(['/', '\\']).next() == Some("pack.yaml");
        nodes.extend(node.map(|node| (is_header, node)));
    }
    let mut reader = Reader {
        sources,
        pack: Pack::default(),
        diagnostics,
        declared: BTreeMap::new(),
        scope: Arc::from(""),
        files: files.to_vec(),
    };
    reader.sections(&nodes);
    let Reader { pack, diagnostics, .. } = reader;
    let sound = !any_error(&diagnostics);
    (sound.then_some(pack), diagnostics)
}

/// The pack that is being read, with all that is wrong with it.
struct Reader<'a> {
    sources: &'a Sources,
    pack: Pack,
    diagnostics: Vec<Diagnostic>,
    declared: BTreeMap<String, Span>,
    scope: Arc<str>,
    files: Vec<FileId>,
}

impl<'a> Reader<'a> {
    fn problem(&mut self, problem: PackProblem, span: Span) {
        self.diagnostics.push(Diagnostic::new(problem, span));
    }

    /// Sorts the entries of all files by section and reads the sections in an order in which each
    /// finds what it needs: lists before facts, facts before parameters, and so on.
    fn sections(&mut self, nodes: &[(bool, Node)]) {
        let mut header: Vec<&Entry> = Vec::new();
        let mut sections: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        for (is_header, node) in nodes {
            let known: Vec<&str> = HEADER.iter().chain(SECTIONS).copied().collect();
            let Some(fields) = self.fields(node, "pack", &known) else { continue };
            for entry in fields.entries() {
                let key = entry.key.text.as_str();
                if let Some(section) = SECTIONS.iter().find(|section| **section == key) {
                    let found = self.section_entries(&entry.value, section);
                    sections.entry(section).or_default().extend(found);
                } else if *is_header {
                    header.push(entry);
                } else {
                    self.problem(PackProblem::HeaderElsewhere { key: quote(key) }, entry.key_span);
                }
            }
        }
        let place = nodes.iter().find(|(is_header, _)| *is_header).or(nodes.first()).map(|(_, node)| node.span);
        self.header(&header, place.unwrap_or_else(|| Span::new(self.first_file(), 0, 0)));
        for section in ["evidence", "lists", "facts", "parameters"] {
            for entry in sections.remove(section).unwrap_or_default() {
                self.entry(section, entry);
            }
        }
        // What is left contains expressions only, so its order does not matter.
        for section in SECTIONS {
            for entry in sections.remove(section).unwrap_or_default() {
                self.entry(section, entry);
            }
        }
    }

    fn first_file(&self) -> FileId {
        self.files.first().copied().unwrap_or_default()
    }

    fn section_entries<'n>(&mut self, node: &'n Node, section: &str) -> Vec<&'n Entry> {
        if node.is_null() {
            return Vec::new();
        }
        match node.as_mapping() {
            Some(entries) => entries.iter().collect(),
            None => {
                self.problem(PackProblem::NotMapping { place: section.to_owned() }, node.span);
                Vec::new()
            }
        }
    }

    fn entry(&mut self, section: &str, entry: &Entry) {
        let Some(id) = self.declare(entry) else { return };
        let place = format!("{section}.{}", id.text);
        match section {
            "evidence" => self.evidence(id, &entry.value, &place),
            "lists" => self.list(id, &entry.value, &place),
            "facts" => self.fact(id, &entry.value, &place),
            "parameters" => self.parameter(id, &entry.value, &place),
            "define" => self.define(id, &entry.value, &place),
            "criteria" => self.criterion(id, &entry.value, &place),
            "gates" => self.gate(id, &entry.value, &place),
            "classifications" => self.classification(id, &entry.value, &place),
            "tiers" => self.ladder(id, &entry.value, &place),
            "measures" => self.measure(id, &entry.value, &place),
            "stacking" => self.stacking(&id, &entry.value, &place),
            "allocation" => self.allocation(&id, &entry.value, &place),
            _ => self.target(id, &entry.value, &place),
        }
    }

    /// Takes a key as a new id of the pack.
    fn declare(&mut self, entry: &Entry) -> Option<Id> {
        let id = self.id(&entry.key.text, entry.key_span)?;
        if let Some(first) = self.declared.get(&id.text) {
            let problem = PackProblem::DuplicateId { id: id.text.clone() };
            self.diagnostics.push(Diagnostic::new(problem, id.span).note(*first, Note::First));
            return None;
        }
        self.declared.insert(id.text.clone(), id.span);
        Some(id)
    }

    /// A word as an id, if it may be one.
    fn id(&mut self, text: &str, span: Span) -> Option<Id> {
        let shaped = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !shaped {
            self.problem(PackProblem::BadId { id: quote(text) }, span);
            return None;
        }
        if expr::is_reserved(text) || matches!(text, "decision_date" | "assessment_year" | "earlier_awards") {
            self.problem(PackProblem::ReservedId { id: text.to_owned() }, span);
            return None;
        }
        Some(Id { text: text.to_owned(), span })
    }
}
