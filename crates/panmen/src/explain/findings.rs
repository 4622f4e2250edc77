//! How far off a firm is: for every comparison below a condition the firm's value, what is needed, and
//! the distance between the two.

use super::path_of;
use crate::answer::{Answer, FactPath, May, Part};
use crate::eval::Trace;
use crate::expr::ast::{Comparison, Quantifier};
use crate::graph::{Entity, Item, NodeId, Op, Set, Ty};
use crate::number::{Interval, Number};
use crate::plan::Plan;
use crate::value::Type;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One comparison or fact below a condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Its answer, from the standpoint of the condition: yes helps it, no stands in its way.
    pub answer: Answer,
    /// The fact or facts that were looked at.
    pub facts: Vec<FactPath>,
    /// What the firm has: a number with its type; facts of other types are read from the profile.
    pub value: Option<(Interval, Type)>,
    /// What is needed.
    pub needed: Needed,
    /// How far off the firm is, with the type of the distance; absent where a strict bound is met exactly.
    pub short_by: Option<(Number, Type)>,
    /// One of several of which a single one is enough.
    pub alternative: bool,
}

/// What a comparison asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Needed {
    /// A number or day in this relation to a bound.
    Bound(Comparison, Number, Type),
    /// A number or day between two ends.
    Between(Interval, Type),
    /// Yes (or no) to the fact.
    YesNo(bool),
    /// One of these codes or options; false: none of them.
    OneOf(Vec<Arc<str>>, bool),
    /// A code of one of these lists (by their places in the pack); false: of none of them.
    Listed(Vec<usize>, bool),
    /// Whatever the condition says.
    Condition,
}

/// The findings below a condition, those of named conditions inside it left to them.
#[must_use]
pub fn findings(plan: &Plan<'_>, trace: &Trace, node: NodeId) -> Vec<Finding> {
    let leaves = leaves(plan, node);
    leaves.into_iter().filter_map(|leaf| finding(plan, trace, leaf)).collect()
}

/// A condition at the end of a tree of conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// Its node.
    pub node: NodeId,
    /// True if its no helps the whole.
    pub negated: bool,
    /// One of several of which a single one is enough.
    pub alternative: bool,
}

/// The conditions that a condition is made of, in order, down to comparisons, facts and named ones.
#[must_use]
pub fn leaves(plan: &Plan<'_>, node: NodeId) -> Vec<Leaf> {
    let mut found = Vec::new();
    below(plan, Leaf { node, negated: false, alternative: false }, &mut found, 0);
    found
}

fn below(plan: &Plan<'_>, leaf: Leaf, found: &mut Vec<Leaf>, depth: usize) {
    const DEEPEST: usize = 64;
    let Some(here) = plan.checked.graph.nodes.get(leaf.node.0).filter(|_| depth < DEEPEST) else { return };
    let mut each = |items: &[NodeId], negated: bool, choice: bool| {
        let alternative = leaf.alternative || (choice && items.len() > 1);
        for item in items {
            below(plan, Leaf { node: *item, negated, alternative }, found, depth.saturating_add(1));
        }
    };
    match &here.op {
        // Of an `any` one is enough; so it is of an `all` that must not hold.
        Op::All(items) => each(items, leaf.negated, leaf.negated),
        Op::Any(items) => each(items, leaf.negated, !leaf.negated),
        Op::AtLeast(_, items) => each(items, leaf.negated, true),
        Op::NoneOf(items) => each(items, !leaf.negated, leaf.negated),
        Op::Not(inner) => each(&[*inner], !leaf.negated, false),
        Op::Named(Entity::Class(..) | Entity::Level(..), inner) => each(&[*inner], leaf.negated, false),
        _ => found.push(leaf),
    }
}

/// What one condition found.
#[must_use]
pub fn finding(plan: &Plan<'_>, trace: &Trace, leaf: Leaf) -> Option<Finding> {
    let Leaf { node, negated, alternative } = leaf;
    let here = plan.checked.graph.nodes.get(node.0)?;
    let answer = if negated { crate::answer::not(trace.get(node)) } else { trace.get(node).clone() };
    let facts: Vec<FactPath> = super::support(plan, trace, node, true).facts.into_iter().collect();
    let mut finding =
        Finding { answer, facts, value: None, needed: Needed::Condition, short_by: None, alternative };
    match &here.op {
        Op::Compare(comparison, left, right) => {
            compared(plan, trace, (*comparison, *left, *right), negated, &mut finding);
        }
        Op::In { value, set, negated: not_in } => {
            within(plan, trace, *value, set, negated != *not_in, &mut finding);
        }
        Op::Many { quantifier: Quantifier::Some | Quantifier::Every, fact, set } => {
            finding.facts = vec![FactPath { fact: *fact, part: Part::Whole }];
            listed(plan, trace, set, !negated, &mut finding);
        }
        Op::Holds { fact, item } => {
            finding.facts = vec![FactPath { fact: *fact, part: Part::Whole }];
            if let Some(word) = trace.get(*item).single_word() {
                finding.needed = Needed::OneOf(vec![word.clone()], !negated);
            }
        }
        Op::Fact(fact) if here.ty == Ty::Truth => {
            finding.facts = path_of(plan, trace, fact).into_iter().collect();
            finding.needed = Needed::YesNo(!negated);
        }
        _ => {}
    }
    Some(finding)
}

/// True if a node depends on no fact.
fn is_bound(plan: &Plan<'_>, trace: &Trace, node: NodeId) -> bool {
    super::support(plan, trace, node, true).facts.is_empty()
}

fn ty_of(plan: &Plan<'_>, node: NodeId) -> Ty {
    plan.checked.graph.nodes.get(node.0).map_or(Ty::Truth, |node| node.ty.clone())
}

fn compared(
    plan: &Plan<'_>,
    trace: &Trace,
    (comparison, left, right): (Comparison, NodeId, NodeId),
    negated: bool,
    finding: &mut Finding,
) {
    // The side without facts is the bound; with facts on both sides the right one stands for it.
    let swapped = is_bound(plan, trace, left) && !is_bound(plan, trace, right);
    let (value, bound) = if swapped { (right, left) } else { (left, right) };
    let comparison = if swapped { mirror(comparison) } else { comparison };
    let comparison = if negated { opposite(comparison) } else { comparison };
    finding.facts = super::support(plan, trace, value, true).facts.into_iter().collect();
    match &ty_of(plan, value) {
        Ty::Number(_) | Ty::Date => {
            let written = written(plan, value, &[bound]);
            finding.value = Some((trace.get(value).interval(), written.clone()));
            if let Some(bound) = trace.get(bound).single() {
                finding.needed = Needed::Bound(comparison, bound, written.clone());
                if let (true, Some(value)) = (finding.answer.is_no(), trace.get(value).single()) {
                    finding.short_by = distance(value, bound, &written);
                }
            }
        }
        Ty::Word(_) => {
            if let Some(word) = trace.get(bound).single_word() {
                let equal = comparison == Comparison::Equal;
                finding.needed = Needed::OneOf(vec![word.clone()], equal);
            }
        }
        Ty::Truth => {
            if let May::Truth { yes, no } = trace.get(bound).may
                && yes != no
            {
                finding.needed = Needed::YesNo(yes == (comparison == Comparison::Equal));
            }
        }
        Ty::Ladder(_) | Ty::Measure(_) => {}
    }
}

/// How a value is written: a quotient that is held to a percentage is one too.
fn written(plan: &Plan<'_>, value: NodeId, bounds: &[NodeId]) -> Type {
    let own = ty_of(plan, value).written();
    let percent = || bounds.iter().any(|bound| ty_of(plan, *bound).written() == Type::Percent);
    if own == Type::Decimal(None) && percent() { Type::Percent } else { own }
}

fn distance(value: Number, bound: Number, written: &Type) -> Option<(Number, Type)> {
    let far = bound.subtract(value).ok().map(Number::magnitude).filter(|far| !far.is_zero())?;
    let of = match written {
        // The distance between two days is a number of days.
        Type::Date => Type::Decimal(Some(Arc::from("days"))),
        other => other.clone(),
    };
    Some((far, of))
}

fn within(plan: &Plan<'_>, trace: &Trace, value: NodeId, set: &Set, negated: bool, finding: &mut Finding) {
    finding.facts = super::support(plan, trace, value, true).facts.into_iter().collect();
    let bounds: Vec<NodeId> = match set {
        Set::Range(low, high) => low.iter().chain(high).copied().collect(),
        Set::Items(_) => Vec::new(),
    };
    let written = written(plan, value, &bounds);
    if matches!(ty_of(plan, value), Ty::Number(_) | Ty::Date) {
        finding.value = Some((trace.get(value).interval(), written.clone()));
    }
    match set {
        Set::Range(low, high) if !negated => {
            let end = |node: &Option<NodeId>| node.and_then(|node| trace.get(node).single());
            let range = Interval { low: end(low), high: end(high) };
            finding.needed = Needed::Between(range, written.clone());
            if let (true, Some(value)) = (finding.answer.is_no(), trace.get(value).single()) {
                let missed = range.low.filter(|low| value < *low).or(range.high.filter(|high| *high < value));
                finding.short_by = missed.and_then(|bound| distance(value, bound, &written));
            }
        }
        _ => listed(plan, trace, set, !negated, finding),
    }
}

fn listed(plan: &Plan<'_>, trace: &Trace, set: &Set, inside: bool, finding: &mut Finding) {
    let Set::Items(items) = set else { return };
    let lists: BTreeSet<usize> = items
        .iter()
        .filter_map(|item| if let Item::List(list) = item { Some(*list) } else { None })
        .collect();
    if !lists.is_empty() {
        finding.needed =
            Needed::Listed(lists.into_iter().filter(|l| *l < plan.pack().lists.len()).collect(), inside);
        return;
    }
    let words: Option<Vec<Arc<str>>> = items
        .iter()
        .map(|item| match item {
            Item::Node(node) => trace.get(*node).single_word().cloned(),
            Item::List(_) => None,
        })
        .collect();
    if let Some(words) = words {
        finding.needed = Needed::OneOf(words, inside);
    }
}

fn mirror(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        other => other,
    }
}

fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::NotEqual,
        Comparison::NotEqual => Comparison::Equal,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::Greater,
        Comparison::Greater => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
    }
}
