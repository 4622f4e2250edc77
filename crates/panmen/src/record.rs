//! Decisions on record: the canonical document with salted commitments, its checks, and the comparison with
//! a decision made again.
//!
//! In: a decision, or the bytes of a record. Out: bytes that are the same wherever they are written, or
//! what does not hold. Draws no random numbers and reads no clock: salts and times are arguments.

mod canon;
mod digest;
mod page;
mod replay;
mod verify;
mod words;

pub use canon::{Uncanonical, canon};
use digest::digest_of;
pub use digest::{PackDigests, Tag, digest, pack_digests, salt_of};
pub use page::{recorded, under, withheld};
pub use replay::{Difference, Replayed, replay};
pub use verify::{Record, verify};
pub(crate) use words::word_of;
pub use words::{Names, amount_text, money_text, outcome_word};

use crate::decision::{Decision, SEMANTICS};
use crate::diagnostic::{Diagnostic, RecordProblem};
use crate::json::{DECISION_SCHEMA, FactEntry, entries, outcome};
use crate::plan::Plan;
use crate::profile::Profile;
use crate::source::composed;
use serde_json::{Map, Value, json};

/// What the caller says of a decision beside what it rests on. None of it changes the outcome.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// When it was made: UTC, in whole seconds, such as `2025-06-30T08:00:00Z`.
    pub decided_at: Option<String>,
    /// Who made it.
    pub actor: Option<String>,
    /// The digest of the record that it takes the place of.
    pub supersedes: Option<String>,
    /// The caller's own number for it.
    pub idempotency_key: Option<String>,
    /// Why a decision that rests on assumed values was accepted. Without it such a record is written, and does
    /// not come out again; nor does one of a decision that rests on none.
    pub accepted_assumed: Option<String>,
}

/// The record of a decision, in canonical bytes. `salt` gives 32 hexadecimal digits for a fact's path.
///
/// # Errors
/// A text that has no canonical form, such as one with a control character.
pub fn record(
    plan: &Plan<'_>,
    profile: &Profile,
    decision: &Decision,
    pack: &PackDigests,
    head: &Head,
    salt: &dyn Fn(&str) -> String,
) -> Result<String, Vec<Diagnostic>> {
    let header = &plan.pack().header;
    let mut document = Map::new();
    document.insert("schema".into(), DECISION_SCHEMA.into());
    document.insert("engine".into(), json!({"version": env!("CARGO_PKG_VERSION"), "semantics": SEMANTICS}));
    let uses: Vec<Value> =
        pack.uses.iter().map(|(id, source)| json!({"id": id, "source_digest": source})).collect();
    document.insert(
        "pack".into(),
        json!({
            "id": header.pack,
            "edition": header.edition,
            "status": header.status.word(),
            "source_digest": pack.source,
            "model_digest": pack.model,
            "uses": uses,
        }),
    );
    document.insert("as_of".into(), plan.as_of.to_string().into());
    document.insert("facts_as_of".into(), profile.facts_as_of.map(|day| day.to_string()).into());
    document.insert("firm".into(), json!({"id": profile.uscc.as_deref(), "name": profile.name}));
    for (key, value) in [
        ("decided_at", &head.decided_at),
        ("actor", &head.actor),
        ("supersedes", &head.supersedes),
        ("idempotency_key", &head.idempotency_key),
        ("accepted_assumed", &head.accepted_assumed),
    ] {
        if let Some(value) = value {
            document.insert(key.into(), composed(value).into());
        }
    }
    let facts: Vec<Value> =
        entries(plan, profile).iter().map(|entry| salted(entry, &salt(&entry.path))).collect();
    document
        .insert("fact_paths".into(), paths_digest(&facts).map_err(|reason| vec![refused(&reason)])?.into());
    document.insert("facts".into(), facts.into());
    document.insert("outcome".into(), outcome(plan, profile, decision));
    seal(document)
}

/// The id of the fact that a path begins with.
pub(crate) fn fact_id(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

fn salted(entry: &FactEntry, salt: &str) -> Value {
    json!({
        "path": entry.path,
        "type": entry.kind,
        "value": entry.value,
        "status": entry.status,
        "evidence": entry.evidence,
        "salt": salt,
    })
}

/// Adds the digests and writes the document.
fn seal(mut document: Map<String, Value>) -> Result<String, Vec<Diagnostic>> {
    let digests = digests(&document).map_err(|reason| vec![refused(&reason)])?;
    document.insert("digests".into(), digests);
    canon(&Value::Object(document)).map_err(|reason| vec![refused(&reason)])
}

fn refused(reason: &Uncanonical) -> Diagnostic {
    let reason = match reason {
        Uncanonical::Number(number) => format!("`{number}` is no integer within 2^53"),
        Uncanonical::Key(key) => format!("the key `{key}` is not ASCII"),
        Uncanonical::Form(text) => {
            format!("`{}` is not in Unicode's normal form C", crate::diagnostic::quote(text))
        }
        Uncanonical::Control(character) => format!("the control character U+{:04X}", u32::from(*character)),
    };
    Diagnostic::without_place(RecordProblem::Malformed { reason })
}

/// The digests that a document must carry.
fn digests(document: &Map<String, Value>) -> Result<Value, Uncanonical> {
    let facts = document.get("facts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut commits = facts.iter().map(commit).collect::<Result<Vec<String>, Uncanonical>>()?;
    commits.sort();
    let root = digest_of(Tag::Facts, &commits.into())?;
    let outcome = document.get("outcome").unwrap_or(&Value::Null);
    let outcome = digest_of(Tag::Outcome, outcome)?;
    let apart = ["facts", "outcome", "digests"];
    let head = document.iter().filter(|(key, _)| !apart.contains(&key.as_str()));
    let mut head: Map<String, Value> = head.map(|(key, part)| (key.clone(), part.clone())).collect();
    head.insert("facts_root".into(), root.clone().into());
    head.insert("outcome_digest".into(), outcome.clone().into());
    let record = digest_of(Tag::Record, &head.into())?;
    Ok(json!({"facts_root": root, "outcome_digest": outcome, "record_digest": record}))
}

/// The digest of the facts' paths in their order. No commitment covers the order, nor the path that stands
/// beside the commitment of a redacted fact; this does.
fn paths_digest(facts: &[Value]) -> Result<String, Uncanonical> {
    let paths: Vec<Value> = facts.iter().map(|fact| fact.get("path").cloned().unwrap_or_default()).collect();
    digest_of(Tag::Paths, &paths.into())
}

/// The commitment to a fact; a redacted one carries it.
fn commit(fact: &Value) -> Result<String, Uncanonical> {
    if let Some(commit) = fact.get("commit").and_then(Value::as_str) {
        return Ok(commit.to_owned());
    }
    let part = |key: &str| fact.get(key).cloned().unwrap_or_default();
    let parts: Vec<Value> = ["salt", "path", "type", "value", "status", "evidence"].map(part).to_vec();
    digest_of(Tag::Fact, &parts.into())
}

/// The same record with some facts left out; every digest still holds.
///
/// # Errors
/// A path that the record does not have.
pub fn redact(record: &Record, paths: &[String]) -> Result<String, Vec<Diagnostic>> {
    let mut document = record.document().clone();
    let mut problems = Vec::new();
    let Some(Value::Array(facts)) = document.get_mut("facts") else { return Err(problems) };
    for path in paths {
        let mut found = false;
        for fact in facts.iter_mut() {
            let Some(own) = fact.get("path").and_then(Value::as_str).map(str::to_owned) else { continue };
            let below = own.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with(['.', '[']));
            if own != *path && !below {
                continue;
            }
            found = true;
            if let Ok(commit) = commit(fact) {
                *fact = json!({"path": own, "commit": commit, "redacted": true});
            }
        }
        if !found {
            let path = crate::diagnostic::quote(path);
            problems.push(Diagnostic::without_place(RecordProblem::NoSuchPath { path }));
        }
    }
    if problems.is_empty() {
        canon(&Value::Object(document)).map_err(|reason| vec![refused(&reason)])
    } else {
        Err(problems)
    }
}
