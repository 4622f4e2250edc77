//! A recorded outcome against the one that comes out again.

use super::Record;
use crate::decision::Decision;
use crate::explain::{facts_below, read_path};
use crate::graph::{Entity, NodeId, Stack};
use crate::json::{entries, outcome};
use crate::plan::Plan;
use crate::profile::Profile;
use crate::source::Span;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Something that was recorded otherwise than it comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// For example `criteria.large_volume`.
    pub what: String,
    /// As it was recorded.
    pub recorded: String,
    /// As it comes out.
    pub found: String,
    /// The facts that it looks at.
    pub facts: Vec<String>,
    /// Where the pack says it.
    pub span: Option<Span>,
}

/// What came of a replay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Replayed {
    /// The parts that differ, criteria first.
    pub differences: Vec<Difference>,
    /// The parts that need a redacted fact, and were not compared.
    pub unevaluated: Vec<String>,
}

/// Compares a record with the decision that its facts come to again: the outcome, and what it says of facts
/// and firm.
#[must_use]
pub fn replay(record: &Record, plan: &Plan<'_>, profile: &Profile, decision: &Decision) -> Replayed {
    let again = outcome(plan, profile, decision);
    let recorded = record.outcome();
    // The record is canonical: what has the same content has the same bytes.
    let same = again == *recorded;
    let redacted: BTreeSet<String> =
        record.redacted().iter().map(|path| super::fact_id(path).to_owned()).collect();
    let mut replayed = Replayed::default();
    if !same || !redacted.is_empty() {
        compare(plan, recorded, &again, &redacted, &mut replayed);
    }
    facts_again(record, plan, profile, &mut replayed.differences);
    head_again(record, plan, profile, &mut replayed.differences);
    replayed
}

/// Part by part, then what is left of the outcome once all parts are taken out of it.
fn compare(
    plan: &Plan<'_>,
    recorded: &Value,
    again: &Value,
    redacted: &BTreeSet<String>,
    replayed: &mut Replayed,
) {
    let (mut rest_recorded, mut rest_again) = (recorded.clone(), again.clone());
    for part in parts(plan) {
        let needs: BTreeSet<usize> = part.nodes.iter().flat_map(|node| facts_below(plan, *node)).collect();
        let ids =
            needs.iter().filter_map(|fact| plan.pack().facts.get(*fact)).map(|fact| fact.id.text.clone());
        let facts: Vec<String> = ids.collect();
        let unevaluated = facts.iter().any(|fact| redacted.contains(fact));
        if unevaluated {
            replayed.unevaluated.push(part.path.join("."));
        }
        let published = ["published_only".to_owned()].into_iter().chain(part.path.iter().cloned()).collect();
        for path in [part.path, published] {
            let (old, new) = (take(&mut rest_recorded, &path), take(&mut rest_again, &path));
            if !unevaluated && old != new {
                replayed.differences.push(Difference {
                    what: path.join("."),
                    recorded: short(old.as_ref(), new.as_ref()),
                    found: short(new.as_ref(), old.as_ref()),
                    facts: facts.clone(),
                    span: Some(part.span),
                });
            }
        }
    }
    let keys = |value: &Value| -> Vec<String> {
        value.as_object().into_iter().flat_map(|entries| entries.keys().cloned()).collect()
    };
    let all: BTreeSet<String> = keys(&rest_recorded).into_iter().chain(keys(&rest_again)).collect();
    for key in all {
        // What is summed up can be told only where all that it is summed up from can.
        let from = SUMMED_UP.iter().find(|(sum, _)| *sum == key).map(|(_, from)| *from);
        let open = |part: &String| from.is_some_and(|from| from.iter().any(|kind| part.starts_with(kind)));
        if replayed.unevaluated.iter().any(open) {
            replayed.unevaluated.push(key);
            continue;
        }
        let (old, new) = (rest_recorded.get(&key), rest_again.get(&key));
        if old != new {
            replayed.differences.push(Difference {
                recorded: short(old, new),
                found: short(new, old),
                what: key,
                facts: Vec::new(),
                span: None,
            });
        }
    }
}

/// The parts of an outcome that follow from others, each with the kinds of those.
const SUMMED_UP: [(&str, &[&str]); 4] = [
    ("standing", &["tiers.", "measures."]),
    ("total", &["measures."]),
    ("missing", &["gates.", "classifications.", "tiers.", "measures."]),
    ("assumed", &["criteria.", "gates.", "classifications.", "tiers.", "measures."]),
];

/// Takes out what is at a path.
fn take(value: &mut Value, path: &[String]) -> Option<Value> {
    let (last, before) = path.split_last()?;
    let within = before.iter().try_fold(value, |value, key| value.get_mut(key))?;
    within.as_object_mut()?.remove(last)
}

/// The recorded facts against those that are read from them: in one order and one spelling, none too many.
fn facts_again(record: &Record, plan: &Plan<'_>, profile: &Profile, differences: &mut Vec<Difference>) {
    let redacted: BTreeSet<String> = record.redacted().into_iter().collect();
    let part = |fact: &Value| {
        let said =
            ["type", "value", "status", "evidence"].map(|key| (key.to_owned(), fact.get(key).cloned()));
        said.into_iter().map(|(key, value)| (key, value.unwrap_or_default())).collect::<Value>()
    };
    let recorded: Vec<(String, Value)> = record.open_facts().map(|(path, fact)| (path, part(fact))).collect();
    let again: Vec<(String, Value)> = entries(plan, profile)
        .into_iter()
        .filter(|entry| !redacted.contains(&entry.path))
        .map(|entry| {
            let fact =
                json!({"type": entry.kind, "value": entry.value, "status": entry.status, "evidence": entry.evidence});
            (entry.path, fact)
        })
        .collect();
    for path in &redacted {
        if read_path(plan, path).is_none() {
            let id = super::fact_id(path);
            let (what, facts) = (format!("facts.{path}"), vec![id.to_owned()]);
            let (recorded, found) = ("redacted".to_owned(), short(None, None));
            differences.push(Difference { what, recorded, found, facts, span: None });
        }
    }
    if recorded == again {
        return;
    }
    let old: BTreeMap<&String, &Value> = recorded.iter().map(|(path, fact)| (path, fact)).collect();
    let new: BTreeMap<&String, &Value> = again.iter().map(|(path, fact)| (path, fact)).collect();
    let before = differences.len();
    for path in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let (old, new) = (old.get(*path).copied(), new.get(*path).copied());
        if old != new {
            let id = super::fact_id(path);
            let personal = plan.pack().is_personal(id);
            let shown = |one, other| if personal { "***".to_owned() } else { short(one, other) };
            differences.push(Difference {
                what: format!("facts.{path}"),
                recorded: shown(old, new),
                found: shown(new, old),
                facts: vec![id.to_owned()],
                span: None,
            });
        }
    }
    if differences.len() == before {
        // The same facts in another order: the first that stands elsewhere.
        let first = recorded.iter().zip(&again).find(|(old, new)| old.0 != new.0);
        let (recorded, found) = first.map(|(old, new)| (old.0.clone(), new.0.clone())).unwrap_or_default();
        let what = "facts".to_owned();
        differences.push(Difference { what, recorded, found, facts: Vec::new(), span: None });
    }
}

/// What the head says of firm and pack.
fn head_again(record: &Record, plan: &Plan<'_>, profile: &Profile, differences: &mut Vec<Difference>) {
    let document = record.document();
    let status = document.get("pack").and_then(|pack| pack.get("status"));
    let facts_as_of = profile.facts_as_of.map(|day| day.to_string());
    for (what, old, new) in [
        ("firm", document.get("firm"), json!({"id": profile.uscc.as_deref(), "name": profile.name})),
        ("facts_as_of", document.get("facts_as_of"), json!(facts_as_of)),
        ("pack.status", status, json!(plan.pack().header.status.word())),
    ] {
        if old != Some(&new) {
            differences.push(Difference {
                what: what.to_owned(),
                recorded: short(old, Some(&new)),
                found: short(Some(&new), old),
                facts: Vec::new(),
                span: None,
            });
        }
    }
    // A decision that rests on assumed values is one only with the reason for which they were accepted.
    let assumed =
        record.outcome().get("assumed").and_then(Value::as_array).is_some_and(|all| !all.is_empty());
    let reason = record.said("accepted_assumed").filter(|reason| !reason.trim().is_empty());
    if assumed != reason.is_some() {
        let needed = if assumed { "a reason" } else { NOTHING };
        differences.push(Difference {
            what: "accepted_assumed".to_owned(),
            recorded: short(document.get("accepted_assumed"), None),
            found: needed.to_owned(),
            facts: Vec::new(),
            span: None,
        });
    }
}

/// Said where a record or a decision has nothing.
const NOTHING: &str = "nothing";

/// A value in a few words: of objects only what differs.
fn short(value: Option<&Value>, other: Option<&Value>) -> String {
    const LONGEST: usize = 80;
    let text = match (value, other) {
        (None, _) => NOTHING.to_owned(),
        (Some(Value::Object(entries)), Some(Value::Object(others))) => {
            let differing = entries.iter().filter(|(key, value)| others.get(*key) != Some(*value));
            let mut parts: Vec<String> = differing.map(|(key, value)| format!("{key} {value}")).collect();
            parts.sort();
            if parts.is_empty() { NOTHING.to_owned() } else { parts.join(", ") }
        }
        (Some(value), _) => value.to_string(),
    };
    let mut cut: String = text.chars().take(LONGEST).collect();
    if cut.len() < text.len() {
        cut.push_str("...");
    }
    cut
}

/// A part of an outcome with the nodes that it depends on.
struct Part {
    path: Vec<String>,
    nodes: Vec<NodeId>,
    span: Span,
}

fn parts(plan: &Plan<'_>) -> Vec<Part> {
    let (pack, graph) = (plan.pack(), &plan.checked.graph);
    let id = |entity: Entity| crate::graph::entity_id(pack, entity);
    let span = |node: &NodeId| graph.nodes.get(node.0).map(|node| node.span).unwrap_or_default();
    let mut parts = Vec::new();
    let mut push =
        |path: Vec<String>, node: &NodeId| parts.push(Part { path, nodes: vec![*node], span: span(node) });
    for (index, node) in graph.criteria.iter().enumerate() {
        push(vec!["criteria".to_owned(), id(Entity::Criterion(index))], node);
    }
    for (index, node) in graph.gates.iter().enumerate() {
        push(vec!["gates".to_owned(), id(Entity::Gate(index))], node);
    }
    for (index, nodes) in graph.classes.iter().enumerate() {
        let container = id(Entity::Classification(index));
        for (class, node) in nodes.iter().enumerate() {
            let name = id(Entity::Class(index, class));
            let name = name.rsplit('.').next().unwrap_or(&name).to_owned();
            let path = ["classifications".to_owned(), container.clone(), "classes".to_owned(), name];
            push(path.to_vec(), node);
        }
    }
    for (index, node) in graph.ladders.iter().enumerate() {
        push(vec!["tiers".to_owned(), id(Entity::Ladder(index))], node);
    }
    // Measures that meet others depend on all of them, and on money from elsewhere.
    let mut met: Vec<NodeId> = Vec::new();
    if !graph.stacking.is_empty() {
        met.clone_from(&graph.measures);
        met.extend(graph.stacking.iter().flat_map(Stack::money));
    }
    for (index, node) in graph.measures.iter().enumerate() {
        let path = vec!["measures".to_owned(), id(Entity::Measure(index))];
        let nodes = [*node].into_iter().chain(met.iter().copied()).collect();
        parts.push(Part { path, nodes, span: span(node) });
    }
    parts
}
