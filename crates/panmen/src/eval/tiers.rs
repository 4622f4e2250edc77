//! Ladders and measures: every outcome that some completion of gate, applicability, levels and
//! conditions gives.

use super::{Evaluator, Sight};
use crate::answer::{self, Answer, Awaits, Failure, FailureKind, May};
use crate::graph::{Entity, NodeId, outcome_bit};
use crate::number::{Interval, Number};
use crate::pack::Apply;
use crate::source::Span;

/// The bit of `none` among a ladder's outcomes.
pub const NONE_BIT: u64 = 1 << 63;
/// The bit of `not_applicable` among a ladder's outcomes.
pub const NOT_APPLICABLE_BIT: u64 = 1 << 62;

/// The bits of a measure's outcomes.
pub const ELIGIBLE: u64 = 1;
/// The firm does not get it.
pub const NOT_ELIGIBLE: u64 = 1 << 1;
/// It is for others.
pub const NOT_APPLICABLE: u64 = 1 << 2;
/// It does not exist on the decision date.
pub const NOT_IN_FORCE: u64 = 1 << 3;
/// Applications are not taken on the decision date.
pub const OUTSIDE_WINDOW: u64 = 1 << 4;
/// It is named, and nobody published how to apply.
pub const NAMED_ONLY: u64 = 1 << 5;

/// Outcomes so far: what may come out, whether some completion fails, what is waited for.
struct Outcomes {
    bits: u64,
    failure: Option<Failure>,
    awaits: Awaits,
}

/// What comes out behind a gate and an applicability test, each of which may be open.
fn behind(
    gate: Option<&Answer>,
    applies: Option<&Answer>,
    inner: &Outcomes,
    no_gate: u64,
    not_for: u64,
) -> Answer {
    let can = |answer: Option<&Answer>| match answer {
        None => (true, false, None),
        Some(answer) => (answer.may_be_yes(), answer.may_be_no(), answer.failure),
    };
    // Applicable or not, with the gate open.
    let (yes, no, failure) = can(applies);
    let mut open = Outcomes { bits: 0, failure: None, awaits: Awaits::new() };
    if yes {
        open.bits |= inner.bits;
        open.failure = inner.failure;
        open.awaits.extend(inner.awaits.iter().copied());
    }
    if no {
        open.bits |= not_for;
    }
    if failure.is_some() && (inner.bits != not_for || inner.failure.is_some()) {
        open.failure = open.failure.or(failure);
    }
    open.awaits.extend(applies.into_iter().flat_map(|answer| answer.awaits.iter().copied()));
    // The gate: what it shuts out comes to the same where nothing else would have come out.
    let (yes, no, failure) = can(gate);
    let mut all = Outcomes { bits: 0, failure: None, awaits: Awaits::new() };
    if yes {
        all.bits |= open.bits;
        all.failure = open.failure;
        all.awaits.extend(open.awaits.iter().copied());
    }
    if no {
        all.bits |= no_gate;
    }
    if failure.is_some() {
        if open.bits == no_gate && open.failure.is_none() {
            all.bits |= no_gate;
        } else {
            all.failure = all.failure.or(failure);
        }
    }
    all.awaits.extend(gate.into_iter().flat_map(|answer| answer.awaits.iter().copied()));
    let may = if all.bits == 0 { May::Nothing } else { May::Outcomes(all.bits) };
    Answer::settle(may, all.failure, all.awaits)
}

/// The levels from the top: the first that holds, none if none does.
fn levels(answers: &[&Answer]) -> Outcomes {
    let mut outcomes = Outcomes { bits: 0, failure: None, awaits: Awaits::new() };
    for (level, answer) in answers.iter().enumerate() {
        if answer.may_be_yes() {
            outcomes.bits |= outcome_bit(Some(level));
        }
        outcomes.failure = outcomes.failure.or(answer.failure);
        outcomes.awaits.extend(answer.awaits.iter().copied());
        if !answer.may_be_no() {
            return outcomes;
        }
    }
    outcomes.bits |= NONE_BIT;
    outcomes
}

pub(super) fn ladder(
    gate: Option<NodeId>,
    applies_to: Option<NodeId>,
    level_nodes: &[NodeId],
    sight: Sight<'_>,
) -> Answer {
    let inner = levels(&sight.all(level_nodes));
    let get = |node: Option<NodeId>| node.map(|node| sight.get(node));
    behind(get(gate), get(applies_to), &inner, NONE_BIT, NOT_APPLICABLE_BIT)
}

/// Whether a ladder's outcome lies among some.
pub(super) fn ladder_in(ladder: &Answer, outcomes: u64) -> Answer {
    match ladder.may {
        May::Outcomes(bits) => {
            let may = May::Truth { yes: bits & outcomes != 0, no: bits & !outcomes != 0 };
            Answer::settle(may, ladder.failure, ladder.awaits.clone())
        }
        _ => ladder.clone(),
    }
}

/// Whether a measure's outcome is eligible.
pub(super) fn eligible(measure: &Answer) -> Answer {
    ladder_in(measure, ELIGIBLE)
}

/// What an amount may come to: anything up to it where the authority decides.
#[must_use]
pub fn amount_interval(amount: Interval, up_to: bool) -> Interval {
    if up_to { Interval { low: Some(Number::ZERO), high: amount.high } } else { amount }
}

impl Evaluator<'_> {
    #[expect(clippy::too_many_arguments, reason = "the parts of a measure, each a node")]
    pub(super) fn measure(
        &self,
        index: usize,
        gate: Option<NodeId>,
        applies_to: Option<NodeId>,
        who: Option<NodeId>,
        amount: Option<NodeId>,
        span: Span,
        sight: Sight<'_>,
    ) -> Answer {
        let certain = |bits| Answer::settle(May::Outcomes(bits), None, Awaits::new());
        let Some(measure) = self.plan.pack().measures.get(index) else { return certain(NOT_ELIGIBLE) };
        if measure.in_force.is_some_and(|period| !period.contains(self.plan.as_of)) {
            return certain(NOT_IN_FORCE);
        }
        match measure.apply {
            Apply::Unpublished => return certain(NAMED_ONLY),
            Apply::Window(period) if !period.contains(self.plan.as_of) => return certain(OUTSIDE_WINDOW),
            Apply::Window(_) | Apply::Always => {}
        }
        if self.is_unpublished(Entity::Measure(index)) {
            return certain(ELIGIBLE | NOT_ELIGIBLE);
        }
        let get = |node: Option<NodeId>| node.map(|node| sight.get(node));
        let mut inner = Outcomes { bits: 0, failure: None, awaits: Awaits::new() };
        let (yes, no, failure) = match get(who) {
            None => (true, false, None),
            Some(who) => (who.may_be_yes(), who.may_be_no(), who.failure),
        };
        if yes {
            inner.bits |= ELIGIBLE;
            if measure.pending.is_some() {
                // Who gets it is known, what it comes to is not computed: no claim is made.
                inner.bits = 0;
                inner.failure = Some(Failure { kind: FailureKind::NotEvaluated, span });
            } else if let Some(amount) = get(amount) {
                inner.failure = amount.failure;
                if amount.is_error() {
                    inner.bits = 0;
                } else if amount.failure.is_some() {
                    inner.awaits.extend(amount.awaits.iter().copied());
                }
            }
        }
        if no {
            inner.bits |= NOT_ELIGIBLE;
        }
        inner.failure = inner.failure.or(failure);
        inner.awaits.extend(get(who).into_iter().flat_map(|who| who.awaits.iter().copied()));
        behind(get(gate), get(applies_to), &inner, NOT_ELIGIBLE, NOT_APPLICABLE)
    }

    /// What a measure pays, before stacking: nothing where the firm does not get it.
    pub(super) fn measure_amount(&self, measure: NodeId, sight: Sight<'_>) -> Answer {
        let nodes = &self.plan.checked.graph.nodes;
        let outcome = sight.get(measure);
        let Some(crate::graph::Op::Measure { measure: index, amount: Some(amount), .. }) =
            nodes.get(measure.0).map(|node| &node.op)
        else {
            return outcome.clone();
        };
        let May::Outcomes(bits) = outcome.may else { return outcome.clone() };
        let zero = Answer::number(Number::ZERO);
        if bits & ELIGIBLE == 0 {
            return Answer::settle(zero.may, outcome.failure, outcome.awaits.clone());
        }
        let up_to = self.plan.pack().measures.get(*index).is_some_and(|measure| measure.amount.up_to());
        let mut paid = sight.get(*amount).clone();
        if let May::Number(interval) = paid.may {
            paid.may = May::Number(amount_interval(interval, up_to));
        }
        if bits != ELIGIBLE || outcome.failure.is_some() {
            paid = paid.hull(zero);
            paid.failure = paid.failure.or(outcome.failure);
            paid.awaits = answer::union(&[&paid, outcome]);
        }
        Answer::settle(paid.may, paid.failure, paid.awaits)
    }
}
