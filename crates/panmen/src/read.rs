//! YAML nodes to a pack as written: shapes, known keys, ids, labels, citations, expressions.
//!
//! In: the parsed files of one edition. Out: a [`Pack`] and every problem of shape. Names and types
//! are not looked at here; `check` does that. Reads no files.

mod amount;
mod condition;
mod entries;
pub(crate) mod fields;
mod header;
mod lists;
mod measure;
mod outlook;

use crate::diagnostic::{Diagnostic, Note, PackProblem, Severity, any_error, quote};
use crate::expr;
use crate::pack::{Id, Lost, Pack, Period};
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Entry, Limits, Node};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The keys of the header, in the order they are documented.
pub const HEADER: &[&str] = &[
    "pack",
    "edition",
    "title",
    "status",
    "author",
    "policy_issuer",
    "contact",
    "appeal",
    "currency",
    "in_force",
    "assessment_year",
    "sources",
    "uses",
];

/// The sections of a pack, in the order they are documented.
pub const SECTIONS: &[&str] = &[
    "facts",
    "evidence",
    "lists",
    "parameters",
    "define",
    "criteria",
    "gates",
    "classifications",
    "tiers",
    "measures",
    "stacking",
    "allocation",
    "targets",
];

/// The files of one edition of a pack, with those of the packs that it imports.
#[derive(Debug, Clone, Default)]
pub struct Bundle {
    /// The files; the one named `pack.yaml` is the header's.
    pub files: Vec<FileId>,
    /// By alias: the edition of the imported pack that is used.
    pub used: Vec<(String, Bundle)>,
}

/// What the header says that is needed before a pack can be read whole.
#[derive(Debug, Clone)]
pub struct Peek {
    /// The pack's id.
    pub pack: String,
    /// The edition's name.
    pub edition: String,
    /// When the edition applies.
    pub in_force: Period,
    /// Alias, pack id and place of imported packs.
    pub uses: Vec<(Id, String, Span)>,
    /// Where the edition's name stands.
    pub span: Span,
}

/// The file of a pack that holds its header.
pub const HEADER_FILE: &str = "pack.yaml";

/// Reads the header alone; what is wrong in it is told when the pack is read whole.
#[must_use]
pub fn peek(sources: &Sources, header: FileId) -> Option<Peek> {
    let bundle = Bundle { files: vec![header], used: Vec::new() };
    let mut reader = Reader::new(sources);
    let nodes = reader.nodes(&bundle.files);
    let (_, node) = nodes.first()?;
    let span = node.entry("edition").map_or(node.span, |entry| entry.value.span);
    let entries: Vec<&Entry> =
        node.as_mapping()?.iter().filter(|entry| HEADER.contains(&entry.key.text.as_str())).collect();
    reader.header(&entries, node.span);
    let header = reader.pack.header;
    Some(Peek {
        pack: header.pack,
        edition: header.edition,
        in_force: header.in_force,
        uses: header.uses,
        span,
    })
}

/// Reads one edition of a pack, and what it imports, into one pack. A pack in which something is wrong
/// is given too, for `check` to tell what else is; none only where there is no file.
#[must_use]
pub fn read(sources: &Sources, bundle: &Bundle) -> (Option<Pack>, Vec<Diagnostic>) {
    let mut reader = Reader::new(sources);
    reader.bundle(bundle);
    reader.earlier_awards();
    reader.tally();
    let Reader { pack, mut diagnostics, .. } = reader;
    // What is not yet evaluated is good to know of a pack that works.
    if any_error(&diagnostics) {
        diagnostics.retain(|diagnostic| diagnostic.severity() != Severity::Note);
    }
    ((!bundle.files.is_empty()).then_some(pack), diagnostics)
}

/// True for a file that is a firm's profile: it has `firm:`, which no pack has, or a date and facts that
/// are given rather than declared.
fn is_profile(node: &Node) -> bool {
    let Some(facts) = node.get("facts") else { return false };
    let declared = |fact: &Entry| fact.value.get("type").is_some();
    node.get("firm").is_some()
        || (node.get("as_of").is_some()
            && facts.as_mapping().is_some_and(|facts| !facts.is_empty() && !facts.iter().any(declared)))
}

/// The pack that is being read, with all that is wrong with it.
struct Reader<'a> {
    sources: &'a Sources,
    pack: Pack,
    diagnostics: Vec<Diagnostic>,
    declared: BTreeMap<String, Span>,
    /// Empty, or the alias of the imported pack that is being read, with a dot.
    scope: Arc<str>,
    /// Declared, and not read.
    lost: Lost,
    /// Keys that YAML made of a part of a text, which was told.
    cut: BTreeSet<Span>,
    /// Words of the language that were declared as ids, which was told.
    reserved: BTreeSet<String>,
    /// Told that the header names no sources.
    sourceless: bool,
    /// Told that the header's currency is none.
    currency_told: bool,
}

impl<'a> Reader<'a> {
    fn new(sources: &'a Sources) -> Self {
        Self {
            sources,
            pack: Pack::default(),
            diagnostics: Vec::new(),
            declared: BTreeMap::new(),
            scope: Arc::from(""),
            lost: Lost::default(),
            cut: BTreeSet::new(),
            reserved: BTreeSet::new(),
            sourceless: false,
            currency_told: false,
        }
    }

    /// Notes what was declared and could not be read.
    fn tally(&mut self) {
        if !any_error(&self.diagnostics) {
            return;
        }
        let pack = &self.pack;
        let mut read: BTreeSet<&str> = BTreeSet::new();
        read.extend(pack.facts.iter().map(|entry| entry.id.text.as_str()));
        read.extend(pack.evidence.iter().map(|entry| entry.id.text.as_str()));
        read.extend(pack.lists.iter().map(|entry| entry.id.text.as_str()));
        read.extend(pack.parameters.iter().map(|entry| entry.id.text.as_str()));
        read.extend(pack.defines.iter().map(|entry| entry.id.text.as_str()));
        read.extend(pack.criteria.iter().map(|entry| entry.id.text.as_str()));
        read.extend(pack.gates.iter().map(|entry| entry.id.text.as_str()));
        read.extend(pack.classifications.iter().map(|entry| entry.id.text.as_str()));
        read.extend(pack.ladders.iter().map(|entry| entry.id.text.as_str()));
        read.extend(pack.measures.iter().map(|entry| entry.id.text.as_str()));
        let lost = self.declared.keys().filter(|id| !read.contains(id.as_str())).cloned();
        self.lost.ids.extend(lost);
        self.pack.lost = Some(std::mem::take(&mut self.lost));
    }

    fn problem(&mut self, problem: PackProblem, span: Span) {
        self.diagnostics.push(Diagnostic::new(problem, span));
    }

    /// The parsed files, each with whether it is the header's.
    fn nodes(&mut self, files: &[FileId]) -> Vec<(bool, Node)> {
        let mut nodes = Vec::new();
        for file in files {
            let Some(source) = self.sources.get(*file) else { continue };
            let (node, problems) = yaml::parse(*file, &source.text, Limits::FILE);
            self.lost.files |= any_error(&problems);
            let cut = problems.iter().filter(|problem| problem.code() == "YM030");
            self.cut.extend(cut.filter_map(|problem| problem.span));
            self.diagnostics.extend(problems);
            let is_header = source.file_name() == HEADER_FILE;
            nodes.extend(node.map(|node| (is_header, node)));
        }
        nodes
    }

    fn bundle(&mut self, bundle: &Bundle) {
        let nodes = self.nodes(&bundle.files);
        let start = Span::new(bundle.files.first().copied().unwrap_or_default(), 0, 0);
        // Imported packs come first, so that lists and facts are known where they are named.
        let outer = self.scope.clone();
        for (alias, used) in &bundle.used {
            self.scope = Arc::from(format!("{outer}{alias}."));
            self.bundle(used);
        }
        self.scope = outer;
        self.sections(&nodes, start);
    }

    /// Sorts the entries of all files by section and reads the sections in an order in which each
    /// finds what it needs: lists before facts, facts before parameters, and so on.
    fn sections(&mut self, nodes: &[(bool, Node)], start: Span) {
        let mut header: Vec<&Entry> = Vec::new();
        let mut sections: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
        let known: Vec<&str> = HEADER.iter().chain(SECTIONS).copied().collect();
        for (is_header, node) in nodes {
            if node.is_null() {
                continue;
            }
            if !is_header && is_profile(node) {
                self.lost.files = true;
                self.problem(PackProblem::ProfileAmongRules {}, node.span);
                continue;
            }
            let Some(fields) = self.fields(node, "pack", &known) else { continue };
            for entry in fields.entries() {
                let key = entry.key.text.as_str();
                if let Some(section) = SECTIONS.iter().find(|section| **section == key) {
                    let found = self.section_entries(&entry.value, section);
                    sections.entry(section).or_default().extend(found);
                } else if *is_header && HEADER.contains(&key) {
                    header.push(entry);
                } else if HEADER.contains(&key) {
                    self.problem(PackProblem::HeaderElsewhere { key: quote(key) }, entry.key_span);
                } else {
                    // What a section of a wrong name declares is not unknown as well.
                    let ids = entry.value.as_mapping().unwrap_or_default().iter();
                    let ids: Vec<String> = ids.map(|entry| self.scoped(&entry.key.text)).collect();
                    self.lost.ids.extend(ids);
                }
            }
        }
        let place = nodes.iter().find(|(is_header, _)| *is_header).map(|(_, node)| node.span);
        // Of a header that is no YAML, nothing is known to be missing.
        if place.is_some() || !self.lost.files {
            self.header(&header, place.unwrap_or(start));
        }
        for section in ["evidence", "lists", "facts", "parameters"] {
            for entry in sections.remove(section).unwrap_or_default() {
                self.entry(section, entry);
            }
            if section == "lists" {
                self.picked_lists();
            }
        }
        // What is left contains expressions only, so its order does not matter.
        for section in SECTIONS {
            for entry in sections.remove(section).unwrap_or_default() {
                self.entry(section, entry);
            }
        }
    }

    fn section_entries<'n>(&mut self, node: &'n Node, section: &str) -> Vec<&'n Entry> {
        if node.is_null() {
            return Vec::new();
        }
        match node.as_mapping() {
            Some(entries) => entries.iter().collect(),
            None => {
                // What it declares is not known.
                self.lost.files = true;
                self.problem(PackProblem::NotMapping { place: section.to_owned() }, node.span);
                Vec::new()
            }
        }
    }

    fn entry(&mut self, section: &str, entry: &Entry) {
        // Facts and evidence are shared with imported packs; everything else has a scope.
        let shared = matches!(section, "facts" | "evidence");
        let Some(id) = self.declare(entry, shared) else { return };
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
            "stacking" => self.stacking(id, &entry.value, &place),
            "allocation" => self.allocation(&id, &entry.value, &place),
            _ => self.target(id, &entry.value, &place),
        }
    }

    /// Takes a key as a new id of the pack.
    fn declare(&mut self, entry: &Entry, shared: bool) -> Option<Id> {
        let mut id = self.id(&entry.key.text, entry.key_span)?;
        if !shared {
            id.text = self.scoped(&id.text);
        }
        if let Some(first) = self.declared.get(&id.text) {
            if shared && first.file != id.span.file && self.is_shared(&id.text) {
                // The same fact or paper in an imported pack: `fact` compares the two.
                return Some(id);
            }
            let problem = PackProblem::DuplicateId { id: id.text.clone() };
            self.diagnostics.push(Diagnostic::new(problem, id.span).note(*first, Note::First));
            return None;
        }
        self.declared.insert(id.text.clone(), id.span);
        Some(id)
    }

    /// True if an imported pack, not the one at hand, declared that fact or paper.
    fn is_shared(&self, id: &str) -> bool {
        let fact = self.pack.facts.iter().find(|fact| fact.id.text == id).map(|fact| &fact.scope);
        let paper = self.pack.evidence.iter().find(|paper| paper.id.text == id).map(|paper| &paper.scope);
        fact.or(paper).is_some_and(|scope| *scope != self.scope)
    }

    /// An id as it is known outside the pack at hand.
    fn scoped(&self, id: &str) -> String {
        format!("{}{id}", self.scope)
    }

    /// A word as an id, if it may be one.
    fn id(&mut self, text: &str, span: Span) -> Option<Id> {
        let shaped = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !shaped {
            self.problem(PackProblem::BadId { id: quote(text) }, span);
            self.lost.ids.insert(self.scoped(text));
            return None;
        }
        if expr::is_reserved(text)
            || matches!(text, "decision_date" | "assessment_year" | crate::pack::EARLIER_AWARDS)
        {
            self.problem(PackProblem::ReservedId { id: text.to_owned() }, span);
            self.lost.ids.insert(self.scoped(text));
            self.reserved.insert(text.to_owned());
            return None;
        }
        Some(Id { text: text.to_owned(), span })
    }
}
