//! What measures pay once they meet each other: only the highest of some, or all within a limit.
//!
//! In: the answers of an evaluation. Out: for each measure what it pays, as an interval while something
//! is open, with what displaced or cut it. Changes no outcome, only amounts.

use crate::answer::{Answer, Awaits, Failure, May};
use crate::eval::{ELIGIBLE, Trace, amount_interval};
use crate::graph::{NodeId, Op, Stack, StackMember};
use crate::number::{Interval, Number, Rounding};
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
}

/// Lets measures meet.
#[must_use]
pub fn combine(plan: &Plan<'_>, trace: &Trace) -> Combined {
    let graph = &plan.checked.graph;
    let mut paid: Vec<Option<Paid>> =
        graph.measures.iter().enumerate().map(|(index, node)| alone(plan, trace, index, *node)).collect();
    // Of the members of which only one is paid, and it is open which, the highest counts once.
    let mut open: Vec<(BTreeSet<usize>, Interval)> = Vec::new();
    for stack in &graph.stacking {
        let brought = brought(trace, stack, &paid);
        spread_failure(plan, trace, stack, &mut paid);
        match stack.limit {
            None => open.extend(highest(stack, &brought, &mut paid)),
            Some(limit) => within(plan, stack, trace.get(limit), &brought, &mut paid),
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

fn brought(trace: &Trace, stack: &Stack, paid: &[Option<Paid>]) -> Vec<Brought> {
    let zero = Interval::point(Number::ZERO);
    let of = |member: &StackMember| match member {
        StackMember::Measure(index) => {
            paid.get(*index).and_then(Option::as_ref).map_or(zero, |paid| paid.amount)
        }
        StackMember::Money(node) => trace.get(*node).interval(),
    };
    stack.members.iter().map(|member| Brought { member: *member, amount: of(member) }).collect()
}

/// What some member waits for, all amounts wait for; where one has no value, none of the others' has.
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
                    let (failure, awaits) = (own.failure, own.awaits.clone());
                    note(&Answer { may: May::Number(own.amount), failure, awaits });
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
            own.awaits.extend(awaits.iter().copied());
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
fn highest(
    stack: &Stack,
    brought: &[Brought],
    paid: &mut [Option<Paid>],
) -> Option<(BTreeSet<usize>, Interval)> {
    let placed: Vec<(usize, Interval)> =
        brought.iter().enumerate().map(|(place, brought)| (place, brought.amount)).collect();
    let sure =
        placed.iter().find(|one| placed.iter().all(|other| one.0 == other.0 || surely_before(**one, *other)));
    let zero = Interval::point(Number::ZERO);
    for (this, brought) in placed.iter().zip(brought) {
        let StackMember::Measure(index) = brought.member else { continue };
        let Some(Some(own)) = paid.get_mut(index) else { continue };
        if sure == Some(this) || own.amount == zero {
            continue;
        }
        let before = placed.iter().find(|other| other.0 != this.0 && surely_before(**other, *this));
        let displaced_by = before.and_then(|(place, _)| stack.members.get(*place)).copied();
        own.amount = if displaced_by.is_some() { zero } else { own.amount.hull(zero) };
        own.effects.push(Effect { stacking: stack.stacking, displaced_by, amount: own.amount });
    }
    if sure.is_some() {
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
    Some((measures, if elsewhere { greatest.hull(zero) } else { greatest }))
}

/// The sum stays within a limit: what is over it is taken from the measures to be cut, in order.
fn within(plan: &Plan<'_>, stack: &Stack, limit: &Answer, brought: &[Brought], paid: &mut [Option<Paid>]) {
    let zero = Interval::point(Number::ZERO);
    let sum = brought.iter().fold(zero, |sum, brought| sum.plus(brought.amount));
    let mut over = sum.plus(limit.interval().negate()).greatest(zero);
    for index in &stack.reduce {
        let Some(Some(own)) = paid.get_mut(*index) else { continue };
        if over.high == Some(Number::ZERO) {
            break;
        }
        let whole = own.amount;
        let cut = whole.plus(over.negate()).greatest(zero);
        // What this measure cannot give is left for the next.
        over = over.plus(whole.negate()).greatest(zero);
        own.amount = rounded(plan, *index, cut);
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
fn totals(
    plan: &Plan<'_>,
    paid: &[Option<Paid>],
    open: &[(BTreeSet<usize>, Interval)],
) -> BTreeMap<Currency, Interval> {
    let mut counted: BTreeSet<usize> = BTreeSet::new();
    let mut sums: Vec<(usize, Interval)> = Vec::new();
    for (measures, highest) in open {
        // A measure that meets others twice keeps its own amount, which is sound if wider.
        if measures.is_disjoint(&counted) {
            counted.extend(measures);
            sums.extend(measures.first().map(|measure| (*measure, *highest)));
        }
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
        let zero = Interval::point(Number::ZERO);
        let total = totals.entry(currency).or_insert(zero);
        *total = total.plus(amount);
    }
    totals
}
