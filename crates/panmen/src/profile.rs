//! A firm's profile: YAML or JSON to facts by their place in the pack, each read by its declared type.
//!
//! In: the parsed text and a checked pack. Out: the facts with their provenance, and every problem.
//! Guesses no type, converts no currency, keeps who checked what. After it, nothing that a firm wrote
//! can be wrong.

mod leaf;
mod mend;
mod reader;
mod shapes;
#[cfg(test)]
mod tests;

use crate::answer::{FactPath, Part};
use crate::check::Checked;
use crate::diagnostic::Diagnostic;
use crate::number::Interval;
use crate::source::Span;
use crate::value::{Date, Value};
use crate::yaml::Node;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(crate) use reader::MOST_FACTS;
pub use reader::as_of;

/// How far a fact has been checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Status {
    /// The firm says so.
    #[default]
    Declared,
    /// An officer compared it with a paper.
    Verified,
    /// An officer refused it; it counts as missing.
    Rejected,
}

/// The words for a status in a profile.
pub const STATUS_WORDS: &[(&str, Status)] =
    &[("declared", Status::Declared), ("verified", Status::Verified), ("rejected", Status::Rejected)];

impl Status {
    /// The word for it in a profile.
    #[must_use]
    pub fn word(self) -> &'static str {
        STATUS_WORDS.iter().find(|(_, status)| *status == self).map_or("declared", |(word, _)| word)
    }
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// How far it has been checked.
    pub status: Status,
    /// The kind of paper that proves it.
    pub evidence: Option<String>,
    /// The papers themselves.
    pub documents: Vec<Document>,
    /// Who checked it, and when.
    pub verified: (Option<String>, Option<Date>),
    /// Who signed a judgement, and when.
    pub signed: (Option<String>, Option<Date>),
    /// Why it was refused.
    pub reason: Option<String>,
}

impl Provenance {
    /// True if a person signed the value.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.signed.0.is_some()
    }
}

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Document {
    /// Its kind.
    pub kind: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub dated: Option<Date>,
    /// Its digest.
    pub sha256: Option<String>,
}

/// A value, or the band that it lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// One value.
    Value(Value),
    /// Somewhere in the band, ends included.
    Band(Interval),
}

/// A value with its provenance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The value.
    pub held: Held,
    /// Where it comes from.
    pub provenance: Provenance,
    /// Where it was written.
    pub span: Span,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its fields, in the order of the declaration.
    pub fields: Vec<Option<Entry>>,
    /// Of the row as a whole.
    pub provenance: Provenance,
}

/// What a profile says of one fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// One value.
    One(Entry),
    /// Values by period.
    Series(BTreeMap<i64, Entry>),
    /// A set of values.
    Many(Vec<Value>, Provenance),
    /// Records.
    Rows {
        /// True unless more rows may exist.
        complete: bool,
        /// The rows.
        rows: Vec<Row>,
        /// Of the list as a whole.
        provenance: Provenance,
    },
}

/// What is said of a firm.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// The firm's name.
    pub name: Option<String>,
    /// Its Unified Social Credit Code.
    pub uscc: Option<Arc<str>>,
    /// The decision date that the profile asks for.
    pub as_of: Option<Date>,
    /// The state of knowledge.
    pub facts_as_of: Option<Date>,
    /// By the fact's place in the pack.
    pub facts: Vec<Option<Given>>,
}

impl Profile {
    /// The entry at a path, where one is given.
    #[must_use]
    pub fn entry(&self, path: FactPath) -> Option<&Entry> {
        match (self.facts.get(path.fact)?.as_ref()?, path.part) {
            (Given::One(entry), Part::Whole) => Some(entry),
            (Given::Series(periods), Part::Period(period)) => periods.get(&period),
            (Given::Rows { rows, .. }, Part::Field(row, field)) => rows.get(row)?.fields.get(field)?.as_ref(),
            _ => None,
        }
    }

    /// The provenance of what is given at a path.
    #[must_use]
    pub fn provenance(&self, path: FactPath) -> Option<&Provenance> {
        match (self.facts.get(path.fact)?.as_ref()?, path.part) {
            (Given::Many(_, provenance) | Given::Rows { provenance, .. }, Part::Whole) => Some(provenance),
            (Given::Rows { rows, .. }, Part::Row(row)) => rows.get(row).map(|row| &row.provenance),
            _ => self.entry(path).map(|entry| &entry.provenance),
        }
    }

    /// Every path at which something is given, in the order of the pack.
    #[must_use]
    pub fn paths(&self) -> Vec<FactPath> {
        let mut paths = Vec::new();
        for (fact, given) in self.facts.iter().enumerate() {
            let mut push = |part| paths.push(FactPath { fact, part });
            match given {
                None => {}
                Some(Given::One(_) | Given::Many(..)) => push(Part::Whole),
                Some(Given::Series(periods)) => periods.keys().for_each(|period| push(Part::Period(*period))),
                Some(Given::Rows { rows, .. }) => {
                    push(Part::Whole);
                    for (index, row) in rows.iter().enumerate() {
                        push(Part::Row(index));
                        for (field, entry) in row.fields.iter().enumerate() {
                            if entry.is_some() {
                                push(Part::Field(index, field));
                            }
                        }
                    }
                }
            }
        }
        paths
    }
}

/// How a profile's text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// YAML.
    Yaml,
    /// JSON, in which a fraction must be text.
    Json,
    /// The facts of an example: a bare value of a judged fact counts as signed.
    Example,
}

/// Reads a profile against a pack.
#[must_use]
pub fn profile(node: &Node, checked: &Checked, form: Form) -> (Option<Profile>, Vec<Diagnostic>) {
    reader::read(node, checked, form)
}

/// Reads only the facts, as they stand in an example.
#[must_use]
pub fn facts(node: &Node, checked: &Checked, form: Form) -> (Option<Profile>, Vec<Diagnostic>) {
    reader::read_facts(node, checked, form)
}
