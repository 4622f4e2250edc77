//! YAML and JSON text to nodes with places.
//!
//! In: a text. Out: a tree of nodes whose scalars are raw text with byte spans, and every problem
//! found. Refuses aliases, anchors, tags, merge keys, duplicate keys and second documents, and
//! bounds depth, nodes and scalar length. Alone names the YAML parser.

mod build;
mod decode;
mod place;
mod screen;
mod slip;
mod syntax;
#[cfg(test)]
mod tests;

pub use decode::decode;

use crate::diagnostic::{Diagnostic, TextProblem, nearest};
use crate::source::{FileId, Span};
use place::Alignment;

/// A piece of a text.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Where it stands: a scalar with its quotes, a flow collection with its brackets, a block
    /// collection from its first to its last child. Empty where nothing was written.
    pub span: Span,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// A scalar, never interpreted.
    Scalar(Scalar),
    /// Nodes in order.
    Sequence(Vec<Node>, Style),
    /// Keys with their nodes, in order; keys are scalars and unique.
    Mapping(Vec<Entry>, Style),
}

/// One key of a mapping with its node.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key's text.
    pub key: Scalar,
    /// Where the key stands.
    pub key_span: Span,
    /// What belongs to it.
    pub value: Node,
}

/// A scalar's text.
#[derive(Debug, Clone)]
pub struct Scalar {
    /// The text after YAML's own unfolding and unescaping.
    pub text: String,
    /// True without quotes and outside block scalars: only then `null`, `~` and nothing mean absence.
    pub plain: bool,
    /// Where it stands, with its quotes.
    span: Span,
    /// How a byte of `text` is found in the source.
    alignment: Alignment,
}

/// How a collection was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// By indentation.
    Block,
    /// In `[ ]` or `{ }`.
    Flow,
}

/// What bounds a text.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Nested collections; never more than 255, whatever is asked for.
    pub depth: usize,
    /// Nodes altogether.
    pub nodes: usize,
    /// Bytes of one scalar.
    pub scalar: usize,
}

impl Limits {
    /// The bounds of one file of a pack, and of a profile.
    pub const FILE: Self = Self { bytes: 1 << 20, depth: 32, nodes: 200_000, scalar: 64 << 10 };
    /// The bounds of the facts of a record: as many, each with all that is said of it.
    pub const RECORD: Self = Self { bytes: 64 << 20, nodes: 4_000_000, ..Self::FILE };
}

impl Scalar {
    /// A scalar that stands at `span`; its text is not followed byte by byte.
    #[must_use]
    pub fn new(text: impl Into<String>, plain: bool, span: Span) -> Self {
        Self { text: text.into(), plain, span, alignment: Alignment::Whole }
    }

    /// Where it stands, with its quotes.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Where bytes `start..end` of `text` stand in the source: exact where the text stands there as
    /// it is, to the nearest character through escapes and folded lines, and the whole scalar where
    /// it cannot be told.
    #[must_use]
    pub fn place(&self, start: usize, end: usize) -> Span {
        self.alignment.place(self.span, start, end)
    }

    /// True for a plain `null`, `Null`, `NULL`, `~` or nothing.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.plain && matches!(self.text.as_str(), "" | "~" | "null" | "Null" | "NULL")
    }
}

impl Node {
    /// The scalar that it is.
    #[must_use]
    pub fn as_scalar(&self) -> Option<&Scalar> {
        match &self.kind {
            NodeKind::Scalar(scalar) => Some(scalar),
            NodeKind::Sequence(..) | NodeKind::Mapping(..) => None,
        }
    }

    /// The nodes of the sequence that it is.
    #[must_use]
    pub fn as_sequence(&self) -> Option<&[Node]> {
        match &self.kind {
            NodeKind::Sequence(nodes, _) => Some(nodes),
            NodeKind::Scalar(_) | NodeKind::Mapping(..) => None,
        }
    }

    /// The entries of the mapping that it is.
    #[must_use]
    pub fn as_mapping(&self) -> Option<&[Entry]> {
        match &self.kind {
            NodeKind::Mapping(entries, _) => Some(entries),
            NodeKind::Scalar(_) | NodeKind::Sequence(..) => None,
        }
    }

    /// True where nothing is said: a plain `null`, `~` or nothing at all.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.as_scalar().is_some_and(Scalar::is_null)
    }

    /// The entry under a key, if it is a mapping that has one.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.as_mapping()?.iter().find(|entry| entry.key.text == key)
    }

    /// The node under a key, if it is a mapping that has one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }
}

/// A key that stands where it is not known.
#[derive(Debug, Clone)]
pub struct UnknownKey<'n> {
    /// The key with its node.
    pub entry: &'n Entry,
    /// The nearest known key.
    pub nearest: Option<String>,
    /// The known keys, each in backticks.
    pub known: String,
}

/// The keys among entries that are not known.
#[must_use]
pub fn unknown_keys<'n>(entries: &'n [Entry], known: &[&str]) -> Vec<UnknownKey<'n>> {
    let unknown = entries.iter().filter(|entry| !known.contains(&entry.key.text.as_str()));
    unknown
        .map(|entry| UnknownKey {
            entry,
            nearest: nearest(&entry.key.text, known.iter().copied()).map(str::to_owned),
            known: known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", "),
        })
        .collect()
}

/// Reads one text.
///
/// The node is missing where the text is not readable to its end, or where what was refused leaves a
/// hole that would only cause further problems (an alias, a merge key); any other problem is
/// reported beside the node.
#[must_use]
pub fn parse(file: FileId, text: &str, limits: Limits) -> (Option<Node>, Vec<Diagnostic>) {
    if text.len() > limits.bytes {
        let problem = TextProblem::TooLarge { size: text.len().to_string(), limit: limits.bytes.to_string() };
        return (None, vec![Diagnostic::new(problem, Span::new(file, 0, 0))]);
    }
    let (screened, mut problems) = screen::control_characters(file, text);
    let whole = screened.is_none();
    let (node, mut found) = build::build(file, screened.as_deref().unwrap_or(text), limits);
    if !whole {
        // A replaced character has as many bytes, but each of them is a character now.
        for problem in &mut found {
            problem.span = problem.span.map(|span| screen::whole_characters(text, span));
            for (span, _) in &mut problem.notes {
                *span = screen::whole_characters(text, *span);
            }
        }
    }
    problems.extend(found);
    problems.sort_by_key(|problem| problem.span);
    // A text in which characters were replaced is read only for its other problems.
    (node.filter(|_| whole), problems)
}
