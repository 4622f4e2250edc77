//! A recorded outcome against the one that comes out again.

use super::{Record, canon};
use crate::decision::decide;
use crate::explain::facts_below;
use crate::graph::{Entity, NodeId, StackMember};
use crate::json::outcome;
use crate::plan::Plan;
use crate::profile::Profile;
use crate::source::Span;
use serde_json::Value;
use std::collections::BTreeSet;

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

/// Evaluates the recorded facts again and compares.
#[must_use]
pub fn replay(record: &Record, plan: &Plan<'_>, profile: &Profile) -> Replayed {
    let again = outcome(plan, profile, &decide(plan, profile));
    let recorded = record.outcome();
    let same = canon(&again).ok().zip(canon(recorded).ok()).is_some_and(|(a, b)| a == b);
    let redacted: BTreeSet<String> = record.redacted().iter().map(|path| fact_of(path)).collect();
    if same && redacted.is_empty() {
        return Replayed::default();
    }
    let mut replayed = Replayed::default();
    for part in parts(plan) {
        let needs: BTreeSet<usize> = part.nodes.iter().flat_map(|node| facts_below(plan, *node)).collect();
        let ids =
            needs.iter().filter_map(|fact| plan.pack().facts.get(*fact)).map(|fact| fact.id.text.clone());
        let facts: Vec<String> = ids.collect();
        if facts.iter().any(|fact| redacted.contains(fact)) {
            replayed.unevaluated.push(part.path.join("."));
            continue;
        }
        let at =
            |value: &Value| part.path.iter().try_fold(value.clone(), |value, key| value.get(key).cloned());
        let (old, new) = (at(recorded), at(&again));
        if old != new {
            replayed.differences.push(Difference {
                what: part.path.join("."),
                recorded: short(old.as_ref(), new.as_ref()),
                found: short(new.as_ref(), old.as_ref()),
                facts,
                span: Some(part.span),
            });
        }
    }
    if redacted.is_empty() && replayed.differences.is_empty() && !same {
        // Nothing of the parts differs, so what is summed up from them does.
        for key in
            ["standing", "total", "missing", "assumed", "published_only", "criteria", "gates", "measures"]
        {
            let (old, new) = (recorded.get(key), again.get(key));
            if old != new {
                replayed.differences.push(Difference {
                    what: key.to_owned(),
                    recorded: short(old, new),
                    found: short(new, old),
                    facts: Vec::new(),
                    span: None,
                });
            }
        }
    }
    replayed
}

/// The fact that a path begins with.
fn fact_of(path: &str) -> String {
    path.split(['.', '[']).next().unwrap_or(path).to_owned()
}

/// A value in a few words: of objects only what differs.
fn short(value: Option<&Value>, other: Option<&Value>) -> String {
    const LONGEST: usize = 80;
    let text = match (value, other) {
        (None, _) => "nothing".to_owned(),
        (Some(Value::Object(entries)), Some(Value::Object(others))) => {
            let differing = entries.iter().filter(|(key, value)| others.get(*key) != Some(*value));
            let parts: Vec<String> = differing.map(|(key, value)| format!("{key} {value}")).collect();
            parts.join(", ")
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
        for stack in &graph.stacking {
            met.extend(stack.limit);
            met.extend(stack.members.iter().filter_map(|member| match member {
                StackMember::Money(node) => Some(*node),
                StackMember::Measure(_) => None,
            }));
        }
    }
    for (index, node) in graph.measures.iter().enumerate() {
        let path = vec!["measures".to_owned(), id(Entity::Measure(index))];
        let nodes = [*node].into_iter().chain(met.iter().copied()).collect();
        parts.push(Part { path, nodes, span: span(node) });
    }
    parts
}
