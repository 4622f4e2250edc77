//! How sure an outcome is: what would have to be verified for the same outcome to be confirmed.
//!
//! In: a plan, the facts, a node and its answer. Out: the smallest set of facts whose verification
//! gives the same answer from verified facts alone. Evaluates; never guesses from the shape of a rule.

use crate::answer::{FactPath, Part};
use crate::eval::{Run, Trace, eval_some};
use crate::explain::support;
use crate::graph::{NodeId, Op};
use crate::plan::Plan;
use crate::profile::{Profile, Status};
use std::collections::BTreeSet;

/// How sure a decided outcome is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// Verified facts alone give the same outcome.
    Confirmed,
    /// They do not, yet.
    Indicative {
        /// The smallest set of facts whose verification would confirm it; absent where none would,
        /// because a default stands in for a fact.
        verify: Option<Vec<FactPath>>,
    },
}

/// Evaluations that one search for the smallest set may take. Facts that no set can do without are
/// found before; the budget only bounds the choice among alternatives.
const BUDGET: usize = 2_000;

/// The standing of a decided node.
#[must_use]
pub fn standing(
    plan: &Plan<'_>,
    profile: &Profile,
    all: &Trace,
    verified: &Trace,
    node: NodeId,
) -> Option<Standing> {
    let wanted = all.get(node);
    if !wanted.is_decided() {
        return None;
    }
    let same = |trace: &Trace| trace.get(node) == wanted;
    Some(standing_of(plan, profile, (all, verified), &[node], &same))
}

/// The standing of a result that some nodes give, `same` telling whether an evaluation gives it too.
#[must_use]
pub fn standing_of(
    plan: &Plan<'_>,
    profile: &Profile,
    (all, verified): (&Trace, &Trace),
    nodes: &[NodeId],
    same: &dyn Fn(&Trace) -> bool,
) -> Standing {
    let defaulted = nodes.iter().any(|node| !support(plan, all, *node, false).defaults.is_empty());
    if defaulted {
        return Standing::Indicative { verify: None };
    }
    if same(verified) {
        return Standing::Confirmed;
    }
    let search = Search { plan, profile, same, marked: cone(plan, nodes) };
    let facts: BTreeSet<FactPath> =
        nodes.iter().flat_map(|node| support(plan, all, *node, true).facts).collect();
    let candidates: Vec<FactPath> = facts
        .into_iter()
        .filter(|path| profile.provenance(*path).is_some())
        .filter(|path| is_unverified(plan, profile, *path))
        .collect();
    Standing::Indicative { verify: search.smallest(&candidates) }
}

/// The nodes that some nodes need, themselves included.
fn cone(plan: &Plan<'_>, roots: &[NodeId]) -> Vec<bool> {
    let nodes = &plan.checked.graph.nodes;
    let mut marked = vec![false; nodes.len()];
    let mut stack = roots.to_vec();
    while let Some(node) = stack.pop() {
        match marked.get_mut(node.0) {
            Some(mark) if !*mark => *mark = true,
            _ => continue,
        }
        let Some(op) = nodes.get(node.0).map(|node| &node.op) else { continue };
        stack.extend(op.needs());
        let mut bodies: Vec<_> = op.body().into_iter().collect();
        while let Some(body) = bodies.pop() {
            for inner in &body.nodes {
                if let Op::Outer(outer) = inner.op {
                    stack.push(outer);
                }
                bodies.extend(inner.op.body());
            }
        }
    }
    marked
}

/// True if a fact is given and nobody has checked it; a list counts as a whole.
fn is_unverified(plan: &Plan<'_>, profile: &Profile, path: FactPath) -> bool {
    let judged = plan.pack().facts.get(path.fact).is_some_and(|fact| fact.judged_by.is_some());
    let open = |status: Status| status == Status::Declared;
    match (path.part, profile.facts.get(path.fact).and_then(Option::as_ref)) {
        (Part::Whole, Some(crate::profile::Given::Rows { rows, provenance, .. })) => {
            open(provenance.status)
                || rows
                    .iter()
                    .any(|row| row.fields.iter().flatten().any(|entry| open(entry.provenance.status)))
        }
        _ => profile.provenance(path).is_some_and(|provenance| open(provenance.status) && !judged),
    }
}

struct Search<'a> {
    plan: &'a Plan<'a>,
    profile: &'a Profile,
    same: &'a dyn Fn(&Trace) -> bool,
    marked: Vec<bool>,
}

impl Search<'_> {
    fn confirms(&self, set: &BTreeSet<FactPath>) -> bool {
        let trace = eval_some(self.plan, self.profile, Run::Verified(set), Some(&self.marked));
        (self.same)(&trace)
    }

    /// The smallest set of candidates that confirms; none if not even all of them do.
    fn smallest(&self, candidates: &[FactPath]) -> Option<Vec<FactPath>> {
        let all: BTreeSet<FactPath> = candidates.iter().copied().collect();
        if !self.confirms(&all) {
            return None;
        }
        // What no set can do without; often that is the whole answer.
        let mut needed = BTreeSet::new();
        for path in &all {
            let mut without = all.clone();
            without.remove(path);
            if !self.confirms(&without) {
                needed.insert(*path);
            }
        }
        if self.confirms(&needed) {
            return Some(needed.into_iter().collect());
        }
        let choices: Vec<FactPath> = all.difference(&needed).copied().collect();
        let mut budget = BUDGET;
        for size in 1..choices.len() {
            match self.with(&needed, &choices, size, &mut budget) {
                Some(set) => return Some(set.into_iter().collect()),
                None if budget == 0 => break,
                None => {}
            }
        }
        Some(self.minimal(all))
    }

    /// The first set of `size` choices that confirms together with what is needed.
    fn with(
        &self,
        needed: &BTreeSet<FactPath>,
        choices: &[FactPath],
        size: usize,
        budget: &mut usize,
    ) -> Option<BTreeSet<FactPath>> {
        let mut indices: Vec<usize> = (0..size).collect();
        loop {
            if *budget == 0 {
                return None;
            }
            *budget = budget.saturating_sub(1);
            let mut set = needed.clone();
            set.extend(indices.iter().filter_map(|index| choices.get(*index)));
            if self.confirms(&set) {
                return Some(set);
            }
            if !advance(&mut indices, choices.len()) {
                return None;
            }
        }
    }

    /// A set from which nothing can be taken away.
    fn minimal(&self, mut set: BTreeSet<FactPath>) -> Vec<FactPath> {
        for path in set.clone() {
            set.remove(&path);
            if !self.confirms(&set) {
                set.insert(path);
            }
        }
        set.into_iter().collect()
    }
}

/// The next combination of places below `count`, in order; false after the last.
fn advance(indices: &mut [usize], count: usize) -> bool {
    let size = indices.len();
    for place in (0..size).rev() {
        let most = count.saturating_sub(size.saturating_sub(place));
        let Some(index) = indices.get(place).copied() else { return false };
        if index < most {
            for (later, slot) in indices.iter_mut().enumerate().skip(place) {
                *slot = index.saturating_add(1).saturating_add(later.saturating_sub(place));
            }
            return true;
        }
    }
    false
}
