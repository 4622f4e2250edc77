//! A value with what is said beside it: status, evidence, documents, who checked and who signed.

use super::reader::Reader;
use super::{Document, Form, Provenance, STATUS_WORDS, Status};
use crate::diagnostic::{Diagnostic, ProfileProblem, nearest, quote};
use crate::value::Date;
use crate::value::LEAF_KEYS;
use crate::yaml::{Entry, Node};

/// A value, perhaps absent, and what is said beside it.
pub(super) struct Leaf<'n> {
    pub(super) value: Option<&'n Node>,
    pub(super) provenance: Provenance,
}

impl Reader<'_> {
    /// Takes a node apart into its value and its provenance, the latter completed from above.
    pub(super) fn leaf<'n>(
        &mut self,
        node: &'n Node,
        place: &str,
        above: &Provenance,
        judged: bool,
    ) -> Option<Leaf<'n>> {
        let Some(entries) = node.as_mapping() else {
            let mut provenance = above.clone();
            if judged && self.form == Form::Example && provenance.signed.0.is_none() {
                provenance.signed.0 = Some("example".to_owned());
            }
            return Some(Leaf { value: Some(node), provenance });
        };
        let leafy = entries.iter().any(|entry| LEAF_KEYS.contains(&entry.key.text.as_str()));
        if !leafy {
            // Not a leaf at all: the caller says what was expected.
            return Some(Leaf { value: Some(node), provenance: above.clone() });
        }
        self.entries(node, place, LEAF_KEYS);
        let provenance = self.provenance(entries, place, above);
        let value = node.get("value");
        if value.is_none() {
            self.problem(ProfileProblem::NoValue { fact: place.to_owned() }, node.span);
            return None;
        }
        Some(Leaf { value, provenance })
    }

    /// What is said beside a value, a row, a series or a list; unsaid parts come from above.
    pub(super) fn provenance(&mut self, entries: &[Entry], place: &str, above: &Provenance) -> Provenance {
        let mut provenance = above.clone();
        for entry in entries.iter().filter(|entry| !entry.value.is_null()) {
            let node = &entry.value;
            match entry.key.text.as_str() {
                "status" => provenance.status = self.status(node, place).unwrap_or_default(),
                "evidence" => provenance.evidence = self.evidence_kind(node, place),
                "documents" => provenance.documents = self.documents(node, place),
                "verified_by" => provenance.verified.0 = self.text(node, place).map(str::to_owned),
                "verified_at" => provenance.verified.1 = self.known_by(node, place),
                "signed_by" => provenance.signed.0 = self.text(node, place).map(str::to_owned),
                "signed_at" => provenance.signed.1 = self.known_by(node, place),
                "reason" => provenance.reason = self.text(node, place).map(str::to_owned),
                _ => {}
            }
        }
        provenance
    }

    fn status(&mut self, node: &Node, place: &str) -> Option<Status> {
        let text = self.text(node, place)?;
        let found = STATUS_WORDS.iter().find(|(word, _)| *word == text).map(|(_, status)| *status);
        if found.is_none() {
            let problem = ProfileProblem::BadStatus { text: quote(text) };
            let suggested = nearest(text, STATUS_WORDS.iter().map(|(word, _)| *word));
            self.diagnostics.push(Diagnostic::new(problem, node.span).suggest(suggested));
        }
        found
    }

    fn evidence_kind(&mut self, node: &Node, place: &str) -> Option<String> {
        let text = self.text(node, place)?;
        let known: Vec<&str> =
            self.checked.pack.evidence.iter().map(|entry| entry.id.text.as_str()).collect();
        if !known.contains(&text) {
            let listed: Vec<String> = known.iter().take(12).map(|kind| format!("`{kind}`")).collect();
            let problem = ProfileProblem::UnknownEvidence { kind: quote(text), known: listed.join(", ") };
            let suggested = nearest(text, known.iter().copied());
            self.diagnostics.push(Diagnostic::new(problem, node.span).suggest(suggested));
        }
        Some(text.to_owned())
    }

    /// A date that cannot lie after the state of knowledge.
    fn known_by(&mut self, node: &Node, place: &str) -> Option<Date> {
        let date = self.date(node, place)?;
        if let Some(facts_as_of) = self.facts_as_of.filter(|known| *known < date) {
            let problem =
                ProfileProblem::DatedLater { date: date.to_string(), facts_as_of: facts_as_of.to_string() };
            self.problem(problem, node.span);
        }
        Some(date)
    }

    fn documents(&mut self, node: &Node, place: &str) -> Vec<Document> {
        let Some(items) = node.as_sequence() else {
            self.problem(ProfileProblem::NotASequence { place: format!("{place}.documents") }, node.span);
            return Vec::new();
        };
        let mut documents = Vec::new();
        for item in items {
            let mut document = Document::default();
            for entry in self.entries(item, "documents", &["kind", "number", "dated", "sha256"]) {
                match entry.key.text.as_str() {
                    "kind" => document.kind = self.evidence_kind(&entry.value, place),
                    "number" => document.number = self.text(&entry.value, place).map(str::to_owned),
                    "dated" => document.dated = self.known_by(&entry.value, place),
                    "sha256" => document.sha256 = self.digest(&entry.value, place),
                    _ => {}
                }
            }
            documents.push(document);
        }
        documents
    }

    fn digest(&mut self, node: &Node, place: &str) -> Option<String> {
        let text = self.text(node, place)?;
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            self.problem(ProfileProblem::BadDigest { text: quote(text) }, node.span);
        }
        Some(text.to_ascii_lowercase())
    }
}
