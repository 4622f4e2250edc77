//! Ladders and measures: every outcome that some completion of gate, applicability, levels and
//! conditions gives.

use super::{Evaluator, Sight, logic};
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
#[derive(Default)]
struct Outcomes {
    bits: u64,
    failure: Option<Failure>,
    awaits: Awaits,
}

impl Outcomes {
    /// These if a condition holds, another one if it does not.
    fn only_if(self, condition: &Answer, otherwise: u64) -> Self {
        let mut all = if condition.may_be_yes() { self } else { Self::default() };
        if condition.may_be_no() {
            all.bits |= otherwise;
        }
        all.failure = all.failure.or(condition.failure);
        all.awaits.extend(condition.awaits.iter().copied());
        all
    }
}

/// What comes out behind a gate and an applicability test, each of which may be open.
fn behind(
    gate: Option<&Answer>,
    applies: Option<&Answer>,
    inner: Outcomes,
    no_gate: u64,
    not_for: u64,
) -> Answer {
    let open = match applies {
        None => inner,
        Some(applies) => inner.only_if(applies, not_for),
    };
    let all = match gate {
        None => open,
        // A gate that fails leaves what comes out on either side of it.
        Some(gate) if gate.failure.is_some() => {
            let same = Outcomes { bits: open.bits & no_gate, ..Outcomes::default() };
            let differs = open.bits & !no_gate != 0 || open.failure.is_some();
            let awaits = if same.bits == 0 { Awaits::new() } else { open.awaits.clone() };
            let mut all = open.only_if(gate, no_gate);
            all.bits |= same.bits;
            all.awaits.extend(awaits);
            all.failure = all.failure.filter(|_| differs);
            all
        }
        Some(gate) => open.only_if(gate, no_gate),
    };
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
    behind(get(gate), get(applies_to), inner, NONE_BIT, NOT_APPLICABLE_BIT)
}

/// Whether a ladder's outcome lies among some.
fn ladder_in(ladder: &Answer, outcomes: u64) -> Answer {
    match ladder.may {
        May::Outcomes(bits) => {
            let may = May::Truth { yes: bits & outcomes != 0, no: bits & !outcomes != 0 };
            Answer::settle(may, ladder.failure, ladder.awaits.clone())
        }
        _ => ladder.clone(),
    }
}

/// The same, waiting only for what can still tell: below a level that is asked for, and for a level
/// that comes to the same as what is below it, nothing more need be known.
fn told_by(gate: Option<&Answer>, applies: Option<&Answer>, levels: &[&Answer], outcomes: u64) -> Answer {
    let among = |bit: u64| Answer::truth(outcomes & bit != 0);
    let mut told = among(NONE_BIT);
    for (level, answer) in levels.iter().enumerate().rev() {
        told = logic::choose(answer, &among(outcome_bit(Some(level))), &told);
    }
    if let Some(applies) = applies {
        told = logic::choose(applies, &told, &among(NOT_APPLICABLE_BIT));
    }
    gate.map_or_else(|| told.clone(), |gate| logic::choose(gate, &told, &among(NONE_BIT)))
}

/// Whether a measure's outcome is eligible.
pub(super) fn eligible(measure: &Answer) -> Answer {
    ladder_in(measure, ELIGIBLE)
}

/// What an amount may come to: anything up to it where the authority decides.
#[must_use]
pub fn amount_interval(amount: Interval, up_to: bool) -> Interval {
    if up_to { amount.hull(Interval::point(Number::ZERO)) } else { amount }
}

impl Evaluator<'_> {
    /// Whether a ladder's outcome lies among some.
    pub(super) fn ladder_in(&self, ladder: NodeId, outcomes: u64, sight: Sight<'_>) -> Answer {
        let answer = ladder_in(sight.get(ladder), outcomes);
        let op = self.plan.checked.graph.nodes.get(ladder.0).map(|node| &node.op);
        // From a row only the ladder's outcome is seen, and an error hides which part can tell.
        match op.filter(|_| sight.main.is_none() && answer.failure.is_none() && !answer.is_decided()) {
            Some(crate::graph::Op::Ladder { gate, applies_to, levels, .. }) => {
                let get = |node: Option<NodeId>| node.map(|node| sight.get(node));
                told_by(get(*gate), get(*applies_to), &sight.all(levels), outcomes)
            }
            _ => answer,
        }
    }

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
            let for_others = if applies_to.is_some() { NOT_APPLICABLE } else { 0 };
            return certain(ELIGIBLE | NOT_ELIGIBLE | for_others);
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
        behind(get(gate), get(applies_to), inner, NOT_ELIGIBLE, NOT_APPLICABLE)
    }

    /// What a measure pays, before stacking: nothing where the firm does not get it.
    pub(super) fn measure_amount(&self, measure: NodeId, sight: Sight<'_>) -> Answer {
        let nodes = &self.plan.checked.graph.nodes;
        let outcome = sight.get(measure);
        let Some(crate::graph::Op::Measure { measure: index, amount, .. }) =
            nodes.get(measure.0).map(|node| &node.op)
        else {
            return outcome.clone();
        };
        let May::Outcomes(bits) = outcome.may else { return outcome.clone() };
        let zero = Answer::number(Number::ZERO);
        if bits & ELIGIBLE == 0 {
            return Answer::settle(zero.may, outcome.failure, outcome.awaits.clone());
        }
        let Some(amount) = amount else {
            return Answer::failed(FailureKind::NotEvaluated, Span::default());
        };
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
