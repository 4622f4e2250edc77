//! Digests with a purpose: SHA-256 over a tag, a zero byte and the bytes, so that no digest can stand in for
//! one of another kind.

use super::canon::{Uncanonical, canon};
use crate::diagnostic::Diagnostic;
use crate::read::{Bundle, HEADER_FILE};
use crate::source::{FileId, Sources, composed};
use crate::yaml::{self, Limits, Node};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What a digest is of. This is the one list of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// A fact with its salt.
    Fact,
    /// All commitments of a record.
    Facts,
    /// The paths of a record's facts, in their order.
    Paths,
    /// An outcome.
    Outcome,
    /// The head of a record with its roots.
    Record,
    /// A pack's files with what it uses.
    Pack,
    /// One file of a pack.
    Entry,
    /// What a pack says, whatever its comments and layout.
    Model,
    /// A salt made from a seed.
    Salt,
}

impl Tag {
    fn text(self) -> &'static str {
        match self {
            Self::Fact => "fact/1",
            Self::Facts => "facts/1",
            Self::Paths => "paths/1",
            Self::Outcome => "outcome/1",
            Self::Record => "record/1",
            Self::Pack => "pack/1",
            Self::Entry => "entry/1",
            Self::Model => "model/1",
            Self::Salt => "salt/1",
        }
    }
}

/// The digest, as 64 small hexadecimal digits.
#[must_use]
pub fn digest(tag: Tag, bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(tag.text().as_bytes());
    hash.update([0]);
    hash.update(bytes);
    let mut text = String::with_capacity(64);
    for byte in hash.finalize() {
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(half), 16));
        }
    }
    text
}

/// The digest of a value's canonical bytes.
pub(super) fn digest_of(tag: Tag, value: &Value) -> Result<String, Uncanonical> {
    canon(value).map(|text| digest(tag, text.as_bytes()))
}

/// What identifies one edition of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackDigests {
    /// Over the bytes of its files and what it uses.
    pub source: String,
    /// Over what it says: a changed comment changes nothing.
    pub model: String,
    /// By pack id, the digests of the files of what it uses, and of what that uses.
    pub uses: Vec<(String, String)>,
}

/// The digests of one edition with what it imports.
///
/// # Errors
/// A file's name or a text that has no canonical form.
pub fn pack_digests(sources: &Sources, bundle: &Bundle) -> Result<PackDigests, Vec<Diagnostic>> {
    digests_of(sources, bundle).map_err(|reason| vec![super::refused(&reason)])
}

fn digests_of(sources: &Sources, bundle: &Bundle) -> Result<PackDigests, Uncanonical> {
    let mut files: Vec<(String, String)> = bundle
        .files
        .iter()
        .filter_map(|file| {
            let source = sources.get(*file)?;
            Some((composed(source.file_name()).into_owned(), digest(Tag::Entry, source.text.as_bytes())))
        })
        .collect();
    files.sort();
    let inner = bundle
        .used
        .iter()
        .map(|(alias, used)| Ok((alias.clone(), digests_of(sources, used)?)))
        .collect::<Result<Vec<(String, PackDigests)>, Uncanonical>>()?;
    let uses: Vec<Value> = inner.iter().map(|(alias, used)| json!([alias, used.source])).collect();
    let source = digest_of(Tag::Pack, &json!({"files": files, "uses": uses}))?;
    let models: Vec<Value> = inner.iter().map(|(alias, used)| json!([alias, used.model])).collect();
    let model = json!({"sections": sections(sources, &bundle.files), "uses": models});
    let mut used = Vec::new();
    for ((_, bundle), (_, digests)) in bundle.used.iter().zip(inner) {
        used.push((pack_id(sources, bundle), digests.source));
        used.extend(digests.uses);
    }
    used.sort();
    used.dedup();
    Ok(PackDigests { source, model: digest_of(Tag::Model, &model)?, uses: used })
}

fn pack_id(sources: &Sources, bundle: &Bundle) -> String {
    let header = bundle
        .files
        .iter()
        .find(|file| sources.get(**file).is_some_and(|source| source.file_name() == HEADER_FILE));
    header.and_then(|file| crate::read::peek(sources, *file)).map(|peek| peek.pack).unwrap_or_default()
}

/// The entries of all files by section, in the order in which they are read.
fn sections(sources: &Sources, files: &[FileId]) -> Value {
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for file in files {
        let Some(source) = sources.get(*file) else { continue };
        let (node, _) = yaml::parse(*file, &source.text, Limits::FILE);
        for entry in node.iter().flat_map(|node| node.as_mapping().unwrap_or_default()) {
            let section = found.entry(entry.key.text.clone()).or_default();
            match entry.value.as_mapping() {
                Some(entries) => section.extend(entries.iter().map(|e| json!([e.key.text, said(&e.value)]))),
                None => section.push(said(&entry.value)),
            }
        }
    }
    found.into_iter().map(|(key, entries)| json!([key, entries])).collect()
}

/// What a node says: texts as they are read, mappings as pairs in their order.
fn said(node: &Node) -> Value {
    if let Some(items) = node.as_sequence() {
        return items.iter().map(said).collect();
    }
    if let Some(entries) = node.as_mapping() {
        return json!({"map": entries.iter().map(|e| json!([e.key.text, said(&e.value)])).collect::<Vec<_>>()});
    }
    match node.as_scalar() {
        // Of a text of several lines the layout says nothing; within one line each blank may.
        Some(scalar) if !node.is_null() && scalar.text.contains(char::is_control) => {
            scalar.text.split_whitespace().collect::<Vec<_>>().join(" ").into()
        }
        Some(scalar) if !node.is_null() => scalar.text.as_str().into(),
        _ => Value::Null,
    }
}

/// A salt made from a seed and a fact's path, for records that must come out the same.
#[must_use]
pub fn salt_of(seed: &str, path: &str) -> String {
    let text = format!("{seed}\u{0}{path}");
    digest(Tag::Salt, text.as_bytes()).chars().take(32).collect()
}
