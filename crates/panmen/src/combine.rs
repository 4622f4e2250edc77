//! What measures pay once they meet each other: only the highest of some, or all within a limit.
//!
//! In: the answers of an evaluation. Out: for each measure what it pays, as an interval while something
//! is open, with what displaced or cut it. Changes no outcome, only amounts.

use crate::answer::{Answer, Awaits, Failure, May};
use crate::eval::{ELIGIBLE, Trace, amount_interval};
use crate::graph::{NodeId, Op, Stack, StackMember};
use crate::number::{Interval, Number, Rounding};
use crate::pack::{Amount, Measure};
use crate::plan::Plan;
use crate::value::Currency;
use std::collections::{BTreeMap, BTreeSet};

/// What a measure pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// What it may come to; nothing where the firm surely gets none.
    pub amount: Interval,
    /// Why some completion of it has no value.
    pub failure: Option<Failure>,
    /// True if it has none at all, because something that it meets has none.
    pub lost: bool,
    /// What it waits for.
    pub awaits: Awaits,
    /// What meeting other measures did to it, in written order.
    pub effects: Vec<Effect>,
}

/// What meeting other measures did to an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    /// The rule, by its place in the pack.
    pub stacking: usize,
    /// The member that is paid instead; absent where the amount was cut, or may be.
    pub displaced_by: Option<StackMember>,
    /// The amount afterwards.
    pub amount: Interval,
}

/// What all measures pay.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Combined {
    /// By measure; none where none is computed.
    pub paid: Vec<Option<Paid>>,
    /// The sum in each currency in which something is computed.
    pub totals: BTreeMap<Currency, Interval>,
}

/// What a member brings to the meeting.
struct Brought {
    member: StackMember,
    amount: Interval,
    awaits: Awaits,
}

/// Measures of which only one is paid, while it is open which.
struct OpenPick {
    stacking: usize,
    measures: BTreeSet<usize>,
    /// What the highest may be.
    highest: Interval,
}

/// Lets measures meet: rule after rule, each looking at what the ones before it left.
#[must_use]
pub fn combine(plan: &Plan<'_>, trace: &Trace) -> Combined {
    let graph = &plan.checked.graph;
    let mut paid: Vec<Option<Paid>> =
        graph.measures.iter().enumerate().map(|(index, node)| alone(plan, trace, index, *node)).collect();
    let mut open: Vec<OpenPick> = Vec::new();
    for stack in &graph.stacking {
        let brought = brought(plan, trace, stack, &paid);
        spread_failure(plan, trace, stack, &mut paid);
        match stack.limit {
            None => open.extend(highest(stack, &brought, &mut paid)),
            Some(limit) => within(plan, stack, trace.get(limit), &brought, &mut paid),
        }
    }
    for own in paid.iter_mut().flatten() {
        // What is decided waits for nothing, whatever it met.
        if own.failure.is_none() && own.amount.single().is_some() {
            own.awaits.clear();
        }
    }
    let totals = totals(plan, &paid, &open);
    Combined { paid, totals }
}

/// What a measure pays before it meets others.
fn alone(plan: &Plan<'_>, trace: &Trace, index: usize, node: NodeId) -> Option<Paid> {
    let op = plan.checked.graph.nodes.get(node.0).map(|node| &node.op);
    let Some(Op::Measure { amount: Some(amount), .. }) = op else { return None };
    let outcome = trace.get(node);
    let May::Outcomes(bits) = outcome.may else { return None };
    let answer = trace.get(*amount);
    let May::Number(interval) = answer.may else { return None };
    if bits & ELIGIBLE == 0 {
        return None;
    }
    let up_to = plan.pack().measures.get(index).is_some_and(|measure| measure.amount.up_to());
    let mut paid = Paid {
        amount: amount_interval(interval, up_to),
        failure: answer.failure,
        lost: false,
        awaits: answer.awaits.clone(),
        effects: Vec::new(),
    };
    if bits != ELIGIBLE || outcome.failure.is_some() {
        // While the outcome is open the firm may get nothing.
        paid.amount = paid.amount.hull(Interval::point(Number::ZERO));
        paid.awaits.extend(outcome.awaits.iter().copied());
    }
    Some(paid)
}

fn brought(plan: &Plan<'_>, trace: &Trace, stack: &Stack, paid: &[Option<Paid>]) -> Vec<Brought> {
    let of = |member: &StackMember| match member {
        StackMember::Measure(index) => match paid.get(*index).and_then(Option::as_ref) {
            Some(own) => (own.amount, own.awaits.clone()),
            None => unpriced(plan, trace, *index),
        },
        StackMember::Money(node) => (trace.get(*node).interval(), trace.get(*node).awaits.clone()),
    };
    let brought = |member: &StackMember| {
        let (amount, awaits) = of(member);
        Brought { member: *member, amount, awaits }
    };
    stack.members.iter().map(brought).collect()
}

/// What a measure brings that has no amount to compute: nothing, or anything where its source gives none.
fn unpriced(plan: &Plan<'_>, trace: &Trace, index: usize) -> (Interval, Awaits) {
    let nothing = (Interval::point(Number::ZERO), Awaits::new());
    let unpublished = |measure: &Measure| matches!(measure.amount, Amount::Unpublished);
    if !plan.pack().measures.get(index).is_some_and(unpublished) {
        return nothing;
    }
    let outcome = plan.checked.graph.measures.get(index).map(|node| trace.get(*node));
    match outcome {
        Some(Answer { may: May::Outcomes(bits), awaits, .. }) if bits & ELIGIBLE != 0 => {
            (Interval { low: Some(Number::ZERO), high: None }, awaits.clone())
        }
        _ => nothing,
    }
}

/// Where a member has no value, none of the others' amounts has; where one may fail, all wait for what tells.
fn spread_failure(plan: &Plan<'_>, trace: &Trace, stack: &Stack, paid: &mut [Option<Paid>]) {
    let mut failure = None;
    let mut lost = false;
    let mut awaits = Awaits::new();
    let measures = &plan.checked.graph.measures;
    let mut note = |answer: &Answer| {
        failure = failure.or(answer.failure);
        lost |= answer.is_error();
        awaits.extend(answer.awaits.iter().copied());
    };
    stack.limit.iter().for_each(|limit| note(trace.get(*limit)));
    for member in &stack.members {
        match member {
            StackMember::Money(node) => note(trace.get(*node)),
            StackMember::Measure(index) => {
                measures.get(*index).into_iter().for_each(|node| note(trace.get(*node)));
                if let Some(Some(own)) = paid.get(*index) {
                    let may = if own.lost { May::Nothing } else { May::Number(own.amount) };
                    note(&Answer { may, failure: own.failure, awaits: own.awaits.clone() });
                }
            }
        }
    }
    for member in &stack.members {
        if let StackMember::Measure(index) = member
            && let Some(Some(own)) = paid.get_mut(*index)
        {
            own.failure = own.failure.or(failure);
            own.lost |= lost;
            own.awaits.extend(awaits.iter().filter(|_| failure.is_some()).copied());
        }
    }
}

/// True if `one` is surely paid before `other`: ties go to the one written first.
fn surely_before(one: (usize, Interval), other: (usize, Interval)) -> bool {
    match (one.1.low, other.1.high) {
        (Some(low), Some(high)) => low > high || (low == high && one.0 < other.0),
        _ => false,
    }
}

/// Only the highest is paid. While it is open which, gives the members and what the highest may be.
fn highest(stack: &Stack, brought: &[Brought], paid: &mut [Option<Paid>]) -> Option<OpenPick> {
    let placed: Vec<(usize, Interval)> =
        brought.iter().enumerate().map(|(place, brought)| (place, brought.amount)).collect();
    // A member that may be the highest: none is surely before it. There is always one.
    let may_win = |this: &(usize, Interval)| !placed.iter().any(|other| surely_before(*other, *this));
    let winners: Vec<usize> = placed.iter().filter(|one| may_win(one)).map(|(place, _)| *place).collect();
    let zero = Interval::point(Number::ZERO);
    let waiting = winners.iter().filter_map(|place| brought.get(*place));
    let waiting: Awaits = waiting.flat_map(|brought| brought.awaits.iter().copied()).collect();
    for (this, brought) in placed.iter().zip(brought) {
        let StackMember::Measure(index) = brought.member else { continue };
        let Some(Some(own)) = paid.get_mut(index) else { continue };
        if winners == [this.0] || own.amount == zero {
            continue;
        }
        // What is paid instead is one that may win itself, not one that is displaced too.
        let displaced_by = if winners.contains(&this.0) {
            None
        } else {
            let before =
                |place: &&usize| placed.get(**place).is_some_and(|other| surely_before(*other, *this));
            winners.iter().find(before).and_then(|place| stack.members.get(*place)).copied()
        };
        own.amount = if displaced_by.is_some() { zero } else { own.amount.hull(zero) };
        own.awaits.extend(waiting.iter().copied());
        own.effects.push(Effect { stacking: stack.stacking, displaced_by, amount: own.amount });
    }
    if winners.len() == 1 {
        return None;
    }
    let measures: BTreeSet<usize> = stack
        .members
        .iter()
        .filter_map(|member| if let StackMember::Measure(index) = member { Some(*index) } else { None })
        .collect();
    let greatest = brought.iter().map(|brought| brought.amount).reduce(Interval::greatest)?;
    let elsewhere = brought.iter().any(|brought| matches!(brought.member, StackMember::Money(_)));
    // Where money from elsewhere may be the highest, the measures may pay nothing.
    let highest = if elsewhere { greatest.hull(zero) } else { greatest };
    Some(OpenPick { stacking: stack.stacking, measures, highest })
}

/// The sum stays within a limit: what is over it is taken from the measures to be cut, in order.
fn within(plan: &Plan<'_>, stack: &Stack, limit: &Answer, brought: &[Brought], paid: &mut [Option<Paid>]) {
    let zero = Interval::point(Number::ZERO);
    // What is over the limit is taken from a measure once those before it gave all: it keeps what the limit
    // leaves beside the members not yet cut. Each amount enters once, so the range is no wider than it must.
    let mut cut: BTreeSet<usize> = BTreeSet::new();
    for index in &stack.reduce {
        cut.insert(*index);
        let stays =
            |brought: &&Brought| !matches!(brought.member, StackMember::Measure(m) if cut.contains(&m));
        let others = brought.iter().filter(stays);
        let sum = others.clone().fold(zero, |sum, brought| sum.plus(brought.amount));
        let Some(Some(own)) = paid.get_mut(*index) else { continue };
        let left = limit.interval().plus(sum.negate()).greatest(zero);
        let surely_left = left.low.zip(own.amount.high).is_some_and(|(left, most)| most <= left);
        if surely_left {
            continue;
        }
        own.amount = rounded(plan, *index, own.amount.least(left));
        own.awaits.extend(limit.awaits.iter().chain(others.flat_map(|brought| &brought.awaits)).copied());
        own.effects.push(Effect { stacking: stack.stacking, displaced_by: None, amount: own.amount });
    }
}

/// A cut amount is rounded once more, as the measure rounds.
fn rounded(plan: &Plan<'_>, index: usize, amount: Interval) -> Interval {
    let steps = plan.pack().measures.get(index).and_then(|measure| measure.amount.steps());
    let own = steps.and_then(|steps| steps.round.as_ref()).map(|round| (round.to.number, round.rounding));
    let currency = plan.pack().measures.get(index).and_then(|measure| measure.currency);
    let minor = currency.and_then(Currency::smallest);
    let minor = minor.map(|unit| (unit, Rounding::Nearest));
    let round = |number: Number| {
        own.into_iter().chain(minor).try_fold(number, |number, (to, how)| number.round(to, how).ok())
    };
    Interval { low: amount.low.and_then(round), high: amount.high.and_then(round) }
}

/// The sums of what is paid; of measures of which only one is paid, the highest once.
fn totals(plan: &Plan<'_>, paid: &[Option<Paid>], open: &[OpenPick]) -> BTreeMap<Currency, Interval> {
    let zero = Interval::point(Number::ZERO);
    let of = |index: &usize| paid.get(*index).and_then(Option::as_ref).filter(|own| !own.lost);
    let mut counted: BTreeSet<usize> = BTreeSet::new();
    let mut sums: Vec<(usize, Interval)> = Vec::new();
    for pick in open {
        let Some(first) = pick.measures.first() else { continue };
        // A measure that two picks hold is counted with the first of them.
        if !pick.measures.is_disjoint(&counted) || pick.measures.iter().any(|index| is_lost(paid, *index)) {
            continue;
        }
        counted.extend(&pick.measures);
        let own = pick.measures.iter().filter_map(of);
        let apart = own.clone().fold(zero, |sum, own| sum.plus(own.amount));
        // What a later rule took is no longer among the highest; it only ever takes.
        let later = |own: &Paid| own.effects.last().is_some_and(|last| last.stacking > pick.stacking);
        let low = if own.clone().any(later) { apart.low } else { pick.highest.low };
        sums.push((*first, Interval { low, high: apart.least(pick.highest).high }));
    }
    for (index, own) in paid.iter().enumerate() {
        if let Some(own) = own.as_ref().filter(|own| !own.lost && !counted.contains(&index)) {
            sums.push((index, own.amount));
        }
    }
    let mut totals = BTreeMap::new();
    for (index, amount) in sums {
        let Some(currency) = plan.pack().measures.get(index).and_then(|measure| measure.currency) else {
            continue;
        };
        let total = totals.entry(currency).or_insert(zero);
        *total = total.plus(amount);
    }
    totals
}

fn is_lost(paid: &[Option<Paid>], index: usize) -> bool {
    paid.get(index).and_then(Option::as_ref).is_some_and(|own| own.lost)
}
