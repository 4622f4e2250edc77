//! Why a node has its answer: the members that decide it, what it rests on, and how far off a firm is.
//!
//! In: a plan, the facts and a trace. Out: names, places and numbers; the words come later, in a
//! language. Decides nothing.

mod amounts;
mod findings;

pub use amounts::{Figure, StepResult, steps};
pub use findings::{Finding, Leaf, Needed, finding, findings, leaves};

use crate::answer::{Answer, FactPath, May, Part};
use crate::eval::{NAMED_ONLY, NOT_IN_FORCE, OUTSIDE_WINDOW, Trace};
use crate::graph::{EdgeKind, Entity, FactRef, Item, NodeId, Op, Set, WindowEnd, entity_id};
use crate::pack::Per;
use crate::plan::Plan;
use crate::value::{Date, Month, Type};
use std::collections::BTreeSet;

/// A member that decides: a named one, or a condition as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The id, or the text of the condition.
    pub id: String,
    /// Its node.
    pub node: NodeId,
    /// True if it helps the condition, false if it stands in its way (or is open).
    pub helps: bool,
    /// The facts that it looks at, by their places in the pack.
    pub facts: BTreeSet<usize>,
}

/// What an answer rests on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Support {
    /// Criteria, gates, classes, levels, lists, measures and parameters.
    pub entities: BTreeSet<Entity>,
    /// Facts.
    pub facts: BTreeSet<FactPath>,
    /// Facts for which a default stood in.
    pub defaults: BTreeSet<FactPath>,
}

/// A fact's path as people write it: `cbec_volume.2024`, `overseas_warehouses[0].area`.
#[must_use]
pub fn path_text(plan: &Plan<'_>, path: FactPath) -> String {
    let Some(fact) = plan.pack().facts.get(path.fact) else { return String::new() };
    let id = &fact.id.text;
    match path.part {
        Part::Whole => id.clone(),
        Part::Period(period) => match (fact.per, Month::from_index(period)) {
            (Some(Per::Month), Some(month)) => format!("{id}.{month}"),
            _ => format!("{id}.{period}"),
        },
        Part::Row(row) => format!("{id}[{row}]"),
        Part::Field(row, field) => {
            let name = match &fact.value_type {
                Type::List(fields) => fields.get(field).map(|field| field.name.as_str()),
                _ => None,
            };
            format!("{id}[{row}].{}", name.unwrap_or_default())
        }
    }
}

/// The place that a text names in the spelling of [`path_text`]; none where the pack has no such place.
#[must_use]
pub fn read_path(plan: &Plan<'_>, text: &str) -> Option<FactPath> {
    let (id, rest) = text.split_at_checked(text.find(['.', '[']).unwrap_or(text.len()))?;
    let fact = plan.pack().facts.iter().position(|fact| fact.id.text == id)?;
    let declared = plan.pack().facts.get(fact)?;
    let part = match (&declared.value_type, declared.per) {
        (_, Some(per)) => {
            let period = rest.strip_prefix('.')?;
            Part::Period(match per {
                Per::Year => period.parse().ok()?,
                Per::Month => Month::parse(period)?.index(),
            })
        }
        (_, None) if rest.is_empty() => Part::Whole,
        (Type::List(fields), None) => {
            let (row, field) = rest.strip_prefix('[')?.split_once(']')?;
            let row = row.parse().ok()?;
            match field.strip_prefix('.') {
                Some(name) => Part::Field(row, fields.iter().position(|field| field.name == name)?),
                None => Part::Row(row),
            }
        }
        _ => return None,
    };
    let path = FactPath { fact, part };
    (path_text(plan, path) == text).then_some(path)
}

/// The members that decide a condition: of an `all` that is no the failing ones, of an `any` that is
/// yes the holding ones, and so on down to what has a name.
#[must_use]
pub fn because(plan: &Plan<'_>, trace: &Trace, node: NodeId) -> Vec<Reason> {
    let mut search = Deciding { plan, trace, reasons: Vec::new() };
    search.below(node, false);
    let mut seen = BTreeSet::new();
    search.reasons.retain(|reason: &Reason| seen.insert(reason.id.clone()));
    search.reasons
}

struct Deciding<'a> {
    plan: &'a Plan<'a>,
    trace: &'a Trace,
    reasons: Vec<Reason>,
}

impl Deciding<'_> {
    fn push(&mut self, id: String, node: NodeId, negated: bool) {
        let answer = self.trace.get(node);
        let helps = if negated { answer.is_no() } else { answer.is_yes() };
        let facts =
            support(self.plan, self.trace, node, true).facts.into_iter().map(|path| path.fact).collect();
        self.reasons.push(Reason { id, node, helps, facts });
    }

    fn members(&mut self, items: &[NodeId], deciding: fn(&Answer) -> bool, negated: bool) {
        for item in items.iter().filter(|item| deciding(self.trace.get(**item))) {
            self.below(*item, negated);
        }
    }

    fn below(&mut self, node: NodeId, negated: bool) {
        let plan = self.plan;
        let Some(op) = plan.checked.graph.nodes.get(node.0).map(|node| &node.op) else { return };
        let answer = self.trace.get(node);
        match op {
            Op::All(items) if answer.is_no() => self.members(items, Answer::is_no, negated),
            Op::All(items) | Op::AtLeast(_, items) | Op::Any(items) if answer.is_yes() => {
                self.members(items, Answer::is_yes, negated);
            }
            Op::Any(items) | Op::AtLeast(_, items) if answer.is_no() => {
                self.members(items, Answer::is_no, negated);
            }
            Op::NoneOf(items) if answer.is_no() => self.members(items, Answer::is_yes, !negated),
            Op::NoneOf(items) if answer.is_yes() => self.members(items, Answer::is_no, !negated),
            Op::Named(entity @ (Entity::Level(..) | Entity::Class(..)), inner) => {
                let before = self.reasons.len();
                self.below(*inner, negated);
                if self.reasons.len() == before && answer.is_decided() {
                    self.push(entity_id(plan.pack(), *entity), node, negated);
                }
            }
            Op::Named(entity @ Entity::Gate(_), inner) => {
                self.push(entity_id(plan.pack(), *entity), node, negated);
                self.below(*inner, negated);
            }
            Op::Named(entity, _) => self.push(entity_id(plan.pack(), *entity), node, negated),
            _ => {
                if let Some(text) = plan.checked.graph.texts.get(&node) {
                    self.push(text.clone(), node, negated);
                }
            }
        }
    }
}

/// What an answer rests on. Where it is decided, only what decides it counts; `whole` counts all that
/// was looked at.
#[must_use]
pub fn support(plan: &Plan<'_>, trace: &Trace, node: NodeId, whole: bool) -> Support {
    let mut found = Support::default();
    let mut seen = BTreeSet::new();
    let mut stack = vec![node];
    while let Some(node) = stack.pop() {
        if !seen.insert(node) {
            continue;
        }
        let Some(op) = plan.checked.graph.nodes.get(node.0).map(|node| &node.op) else { continue };
        note(plan, trace, op, &mut found);
        if let Some(body) = op.body() {
            found.facts.insert(FactPath { fact: body.list, part: Part::Whole });
            let mut bodies = vec![body];
            while let Some(body) = bodies.pop() {
                for inner in &body.nodes {
                    note(plan, trace, &inner.op, &mut found);
                    if let Op::Outer(outer) = inner.op {
                        stack.push(outer);
                    }
                    if let Some(inner) = inner.op.body() {
                        found.facts.insert(FactPath { fact: inner.list, part: Part::Whole });
                        bodies.push(inner);
                    }
                }
            }
        }
        if whole { stack.extend(op.needs()) } else { stack.extend(deciding(plan, trace, node, op)) }
    }
    found
}

/// Every fact that a node can look at, whatever the profile says.
#[must_use]
pub fn facts_below(plan: &Plan<'_>, node: NodeId) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut stack = vec![node];
    while let Some(node) = stack.pop() {
        let Some(op) = plan.checked.graph.nodes.get(node.0).map(|node| &node.op) else { continue };
        if !seen.insert(node) {
            continue;
        }
        found.extend(op.fact());
        stack.extend(op.needs());
        let mut bodies: Vec<_> = op.body().into_iter().collect();
        while let Some(body) = bodies.pop() {
            found.insert(body.list);
            for inner in &body.nodes {
                found.extend(inner.op.fact());
                if let Op::Outer(outer) = inner.op {
                    stack.push(outer);
                }
                bodies.extend(inner.op.body());
            }
        }
    }
    found
}

/// The nodes that decide an answer; all that it needs where it is not decided.
fn deciding(plan: &Plan<'_>, trace: &Trace, node: NodeId, op: &Op) -> Vec<NodeId> {
    let answer = trace.get(node);
    let only = |items: &[NodeId], test: &dyn Fn(&Answer) -> bool| -> Vec<NodeId> {
        items.iter().copied().filter(|item| test(trace.get(*item))).collect()
    };
    match op {
        Op::All(items) if answer.is_no() => only(items, &Answer::is_no),
        Op::Any(items) if answer.is_yes() => only(items, &Answer::is_yes),
        Op::NoneOf(items) if answer.is_no() => only(items, &Answer::is_yes),
        Op::AtLeast(_, items) if answer.is_yes() => only(items, &Answer::is_yes),
        Op::AtLeast(_, items) if answer.is_no() => only(items, &Answer::is_no),
        Op::If { condition, then, .. } if trace.get(*condition).is_yes() => vec![*condition, *then],
        Op::If { condition, otherwise, .. } if trace.get(*condition).is_no() => vec![*condition, *otherwise],
        Op::Ladder { gate, applies_to, levels, .. } => match (gate, applies_to) {
            (Some(gate), _) if trace.get(*gate).is_no() => vec![*gate],
            (gate, Some(applies)) if trace.get(*applies).is_no() => {
                gate.iter().copied().chain([*applies]).collect()
            }
            (gate, applies) => {
                let reached = levels.iter().position(|level| trace.get(*level).is_yes());
                let count = reached.map_or(levels.len(), |level| level.saturating_add(1));
                gate.iter().chain(applies).chain(levels.iter().take(count)).copied().collect()
            }
        },
        Op::Table { by, rows } => {
            let picked = rows.iter().filter(|(key, _)| trace.get(*by).may_be_key(key));
            [*by].into_iter().chain(picked.map(|(_, row)| *row)).collect()
        }
        Op::OrElse { fact, default } => match path_of(plan, trace, fact) {
            Some(path) if !trace.defaults.contains(&path) => Vec::new(),
            _ => vec![*default],
        },
        Op::Measure { gate, applies_to, who, .. } => {
            let no = |node: &Option<NodeId>| node.is_some_and(|node| trace.get(node).is_no());
            let told = gate.iter().chain(applies_to).copied();
            match answer.may {
                // The date alone, or the text alone, decides.
                May::Outcomes(NAMED_ONLY | NOT_IN_FORCE | OUTSIDE_WINDOW) => Vec::new(),
                _ if no(gate) => gate.iter().copied().collect(),
                _ if no(applies_to) => told.collect(),
                _ if no(who) => told.chain(*who).collect(),
                _ => op.needs(),
            }
        }
        _ => op.needs(),
    }
}

fn note(plan: &Plan<'_>, trace: &Trace, op: &Op, found: &mut Support) {
    let set = |set: &Set, found: &mut Support| {
        if let Set::Items(items) = set {
            for item in items {
                if let Item::List(list) = item {
                    found.entities.insert(Entity::List(*list));
                }
            }
        }
    };
    match op {
        Op::Named(entity, _) => {
            found.entities.insert(*entity);
        }
        Op::Measure { measure, .. } => {
            found.entities.insert(Entity::Measure(*measure));
        }
        Op::Parameter(index) => {
            found.entities.insert(Entity::Parameter(*index));
        }
        Op::Fact(fact) | Op::Known(fact) => {
            found.facts.extend(path_of(plan, trace, fact));
        }
        Op::OrElse { fact, .. } => {
            let path = path_of(plan, trace, fact);
            found.facts.extend(path);
            match fact {
                FactRef::Field(list, field) => {
                    let of_field = |path: &&FactPath| {
                        path.fact == *list && matches!(path.part, Part::Field(_, found) if found == *field)
                    };
                    found.defaults.extend(trace.defaults.iter().filter(of_field));
                }
                _ => found.defaults.extend(path.filter(|path| trace.defaults.contains(path))),
            }
        }
        Op::In { set: of, .. } => set(of, found),
        Op::Many { fact, set: of, .. } => {
            set(of, found);
            found.facts.insert(FactPath { fact: *fact, part: Part::Whole });
        }
        Op::Holds { fact, .. } | Op::CountMany(fact) => {
            found.facts.insert(FactPath { fact: *fact, part: Part::Whole });
        }
        Op::CountAwards(body) => {
            let path = FactPath { fact: body.list, part: Part::Whole };
            found.defaults.extend(trace.defaults.contains(&path).then_some(path));
        }
        Op::Window { fact, from, until, .. } => {
            found.facts.extend(window_paths(plan, trace, *fact, *from, *until));
        }
        _ => {}
    }
}

/// The path of a fact, where it is known which period is meant.
pub(crate) fn path_of(plan: &Plan<'_>, trace: &Trace, fact: &FactRef) -> Option<FactPath> {
    match fact {
        FactRef::Fact(fact) => Some(FactPath { fact: *fact, part: Part::Whole }),
        FactRef::Field(list, _) => Some(FactPath { fact: *list, part: Part::Whole }),
        FactRef::Series(fact, period) => {
            let per = plan.pack().facts.get(*fact)?.per?;
            let number = period_number(trace, period.edge, period.kind, per)?;
            Some(FactPath { fact: *fact, part: Part::Period(number.saturating_add(period.offset)) })
        }
    }
}

fn period_number(trace: &Trace, edge: NodeId, kind: EdgeKind, per: Per) -> Option<i64> {
    let number = trace.get(edge).single()?.to_i64()?;
    match (kind, per) {
        (EdgeKind::Date, Per::Year) => Date::from_day_number(number).map(|date| i64::from(date.year())),
        (EdgeKind::Date, Per::Month) => Date::from_day_number(number).map(|date| date.month().index()),
        (EdgeKind::Year, Per::Month) => Some(number.saturating_mul(12)),
        _ => Some(number),
    }
}

fn window_paths(
    plan: &Plan<'_>,
    trace: &Trace,
    fact: usize,
    from: (NodeId, EdgeKind),
    until: WindowEnd,
) -> Vec<FactPath> {
    const MOST: i64 = 1_200;
    let Some(per) = plan.pack().facts.get(fact).and_then(|fact| fact.per) else { return Vec::new() };
    let first = period_number(trace, from.0, from.1, per);
    let last = match until {
        WindowEnd::Count(count) => first.map(|first| first.saturating_add(count).saturating_sub(1)),
        WindowEnd::Edge(node, kind) => {
            let months = if kind == EdgeKind::Year && per == Per::Month { 11 } else { 0 };
            period_number(trace, node, kind, per).map(|last| last.saturating_add(months))
        }
    };
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let last = last.min(first.saturating_add(MOST));
    (first..=last).map(|period| FactPath { fact, part: Part::Period(period) }).collect()
}
