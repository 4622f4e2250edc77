//! What differs between two editions of rules, or between two recorded decisions.
//!
//! In: two packs as texts, or two records whose digests hold. Out: every entry that was added, removed or
//! changed, with old and new side by side, as data, as JSON, and as a document for people. Says nothing of
//! what a difference does to firms.

mod nodes;
mod packs;
mod page;
mod records;
mod words;

pub use packs::packs;
pub use page::page;
pub use records::records;

use crate::value::Label;
use serde_json::{Value, json};

/// The schema of [`Diff::document`].
pub const DIFF_SCHEMA: &str = "panmen/diff/1";

/// All that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// What was compared.
    pub kind: Kind,
    /// The one.
    pub old: Side,
    /// The other.
    pub new: Side,
    /// What differs, in the order of the new one; what was removed stands last in its section.
    pub entries: Vec<Entry>,
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Two packs, or two editions of one.
    Packs,
    /// Two recorded decisions.
    Records,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Side {
    /// What it is called: the title of a pack, the name of a firm.
    pub title: Label,
    /// The pack's id and edition.
    pub pack: (String, String),
    /// The digest that names it.
    pub digest: String,
    /// Of records: the date of the decision.
    pub as_of: Option<String>,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Only the new one has it.
    Added,
    /// Only the old one has it.
    Removed,
    /// It says something else.
    Changed,
    /// It says the same in other words.
    Reworded,
    /// It is redacted in one record or both, so that nobody can tell.
    Hidden,
}

impl Change {
    /// The word of the document.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Reworded => "same_meaning",
            Self::Hidden => "not_compared",
        }
    }
}

/// An entry that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The section that it stands in, for example `parameters`.
    pub section: String,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub label: Label,
    /// What became of it.
    pub change: Change,
    /// Its parts that differ, with those that must be read beside them.
    pub fields: Vec<Field>,
}

/// A part of an entry, side by side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The keys that lead to it, for example `values`, `cite`.
    pub path: Vec<String>,
    /// What the old one says.
    pub old: Option<String>,
    /// What the new one says.
    pub new: Option<String>,
    /// True for a text for people, which changes no outcome.
    pub text: bool,
    /// Of lists: what only the old one has, and what only the new one has.
    pub items: Option<(Vec<String>, Vec<String>)>,
}

impl Field {
    /// A part that is no text and no list.
    #[must_use]
    pub fn new(path: &[String], old: Option<String>, new: Option<String>) -> Self {
        Self { path: path.to_vec(), old, new, text: false, items: None }
    }

    /// False for a part that stands here only to be read beside one that differs.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.old != self.new
    }
}

impl Diff {
    /// How many entries became what.
    #[must_use]
    pub fn count(&self, change: Change) -> usize {
        self.entries.iter().filter(|entry| entry.change == change).count()
    }

    /// True if nothing differs but texts.
    #[must_use]
    pub fn same_meaning(&self) -> bool {
        self.entries.iter().all(|entry| entry.change == Change::Reworded)
    }

    /// The difference as one document, `panmen/diff/1`.
    #[must_use]
    pub fn document(&self) -> Value {
        let side = |side: &Side| match self.kind {
            Kind::Packs => json!({
                "pack": {"id": side.pack.0, "edition": side.pack.1, "source_digest": side.digest},
            }),
            Kind::Records => json!({
                "pack": {"id": side.pack.0, "edition": side.pack.1},
                "as_of": side.as_of,
                "record_digest": side.digest,
            }),
        };
        let entries: Vec<Value> = self.entries.iter().map(Entry::document).collect();
        json!({
            "schema": DIFF_SCHEMA,
            "of": match self.kind { Kind::Packs => "packs", Kind::Records => "records" },
            "old": side(&self.old),
            "new": side(&self.new),
            "same_meaning": self.same_meaning(),
            "counts": {
                "added": self.count(Change::Added),
                "removed": self.count(Change::Removed),
                "changed": self.count(Change::Changed),
                "same_meaning": self.count(Change::Reworded),
                "not_compared": self.count(Change::Hidden),
            },
            "entries": entries,
        })
    }
}

impl Entry {
    fn document(&self) -> Value {
        let field = |field: &Field| {
            let mut shown = json!({
                "path": field.path,
                "old": field.old,
                "new": field.new,
                "differs": field.differs(),
                "text": field.text,
            });
            if let (Some((removed, added)), Some(shown)) = (&field.items, shown.as_object_mut()) {
                shown.insert("removed".into(), removed.clone().into());
                shown.insert("added".into(), added.clone().into());
            }
            shown
        };
        let fields: Vec<Value> = self.fields.iter().map(field).collect();
        json!({"section": self.section, "id": self.id, "change": self.change.word(), "fields": fields})
    }
}
