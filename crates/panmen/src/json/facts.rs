//! The facts of a profile as a flat list, one entry a path: what a record commits to, and enough to read
//! the same profile again.

use super::Writer;
use crate::answer::{FactPath, Part};
use crate::explain::path_text;
use crate::plan::Plan;
use crate::profile::{Document, Given, Held, Profile, Provenance};
use crate::value::{Type, write_number, write_range};
use serde_json::{Map, Value, json};

/// A fact with what is said beside it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FactEntry {
    /// Where it belongs.
    pub(crate) at: FactPath,
    /// `cbec_volume.2024`
    pub(crate) path: String,
    /// The declared type's word; `row` for a row of a list.
    pub(crate) kind: &'static str,
    /// The value as text, an array of texts, or how many rows a list has.
    pub(crate) value: Value,
    /// How far it has been checked.
    pub(crate) status: &'static str,
    /// The kind of paper; an object where more is said of who checked it and how.
    pub(crate) evidence: Value,
}

/// The facts in the order of the pack.
pub(crate) fn entries(plan: &Plan<'_>, profile: &Profile) -> Vec<FactEntry> {
    let mut found = Vec::new();
    for at in profile.paths() {
        let Some(fact) = plan.pack().facts.get(at.fact) else { continue };
        let given = profile.facts.get(at.fact).and_then(Option::as_ref);
        let (kind, value) = match (given, profile.entry(at)) {
            (_, Some(entry)) => {
                let field = match (&fact.value_type, at.part) {
                    (Type::List(fields), Part::Field(_, field)) => fields.get(field),
                    _ => None,
                };
                let value_type = field.map_or(&fact.value_type, |field| &field.value_type);
                let text = match &entry.held {
                    Held::Value(crate::value::Value::Number(number)) => write_number(value_type, *number),
                    Held::Value(value) => value.to_string(),
                    Held::Band(band) => write_range(value_type, *band),
                };
                (value_type.word(), Value::from(text))
            }
            (Some(Given::Many(values, _)), None) => {
                (fact.value_type.word(), values.iter().map(ToString::to_string).collect())
            }
            (Some(Given::Rows { complete, rows, .. }), None) if at.part == Part::Whole => {
                (fact.value_type.word(), json!({"complete": complete, "rows": rows.len()}))
            }
            (Some(Given::Rows { .. }), None) => ("row", Value::Null),
            _ => continue,
        };
        let provenance = profile.provenance(at).cloned().unwrap_or_default();
        let (status, evidence) = (provenance.status.word(), evidence(&provenance));
        found.push(FactEntry { at, path: path_text(plan, at), kind, value, status, evidence });
    }
    found
}

/// What is said of how a value was checked; the kind of paper alone where that is all.
fn evidence(provenance: &Provenance) -> Value {
    let mut said = Map::new();
    let mut say = |key: &str, value: Option<String>| {
        said.extend(value.map(|value| (key.to_owned(), Value::from(value))));
    };
    say("verified_by", provenance.verified.0.clone());
    say("verified_at", provenance.verified.1.map(|day| day.to_string()));
    say("signed_by", provenance.signed.0.clone());
    say("signed_at", provenance.signed.1.map(|day| day.to_string()));
    say("reason", provenance.reason.clone());
    if !provenance.documents.is_empty() {
        said.insert("documents".to_owned(), provenance.documents.iter().map(document).collect());
    }
    if said.is_empty() {
        return provenance.evidence.clone().into();
    }
    said.extend(provenance.evidence.clone().map(|kind| ("kind".to_owned(), Value::from(kind))));
    Value::Object(said)
}

/// What may be said of the papers of a value that is not shown: their kind. A number or a reason may be the value.
pub(crate) fn kind_only(evidence: &Value) -> Value {
    match evidence {
        Value::Object(said) => said.get("kind").cloned().unwrap_or_default(),
        other => other.clone(),
    }
}

fn document(document: &Document) -> Value {
    let parts = [
        ("kind", document.kind.clone()),
        ("number", document.number.clone()),
        ("dated", document.dated.map(|day| day.to_string())),
        ("sha256", document.sha256.clone()),
    ];
    let said = parts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), Value::from(value?))));
    Value::Object(said.collect())
}

impl Writer<'_> {
    /// The facts; values that are not to be shown are left out.
    pub(super) fn facts(&self) -> Vec<Value> {
        entries(self.plan, self.profile)
            .into_iter()
            .map(|entry| {
                let masked = self.masks(&[entry.at]);
                let mut shown = Map::new();
                shown.insert("path".into(), entry.path.into());
                shown.insert("type".into(), entry.kind.into());
                shown.insert("value".into(), if masked { Value::Null } else { entry.value });
                if masked {
                    shown.insert("redacted".into(), true.into());
                }
                shown.insert("status".into(), entry.status.into());
                let evidence = if masked { kind_only(&entry.evidence) } else { entry.evidence };
                shown.insert("evidence".into(), evidence);
                Value::Object(shown)
            })
            .collect()
    }
}
