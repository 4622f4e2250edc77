//! Amounts that depend on where a quantity lies: bands, each with its rate, and steps, each with its
//! amount, as nodes. Tells where the figures of bands do not rise, or leave a gap.

use super::Builder;
use super::terms::{Terms, unify};
use crate::diagnostic::{Diagnostic, MeaningProblem, PackProblem};
use crate::expr::ast::{Comparison, Operator};
use crate::graph::{Constant, Highest, NodeId, Num, NumUnit, Op, Step, StepKind, Ty};
use crate::number::Number;
use crate::pack::{Band, Expects, ExprId};
use crate::source::Span;

/// Where a band begins and ends, and its rate.
type Ends = (Option<NodeId>, Option<NodeId>, NodeId);

/// A band of which the whole quantity gets the rate.
struct Slab {
    lower: NodeId,
    upper: Option<NodeId>,
    /// True if the next band begins where it ends.
    touches: bool,
    rate: NodeId,
    /// What the bands below it give.
    below: NodeId,
    none: NodeId,
}

impl Builder<'_> {
    /// A figure that must be of the same unit as the quantity it is compared with.
    fn figure(&mut self, expr: ExprId, of: NodeId) -> Option<NodeId> {
        let node = self.terms.value(expr, Some(Expects::Quantity))?;
        let (left, right) = (self.terms.ty(of), self.terms.ty(node));
        if unify(&left, &right).is_some() {
            return Some(node);
        }
        let problem = MeaningProblem::UnitsDiffer { left: left.to_string(), right: right.to_string() };
        self.terms.diagnostics.push(Diagnostic::new(problem, self.terms.span(node)));
        None
    }

    pub(super) fn bands(
        &mut self,
        of: ExprId,
        marginal: bool,
        bands: &[Band],
        told: &mut Vec<Step>,
    ) -> Option<NodeId> {
        let quantity = self.terms.value(of, Some(Expects::Quantity))?;
        told.push(self.step(StepKind::Quantity, self.terms.text(of), quantity, quantity));
        let (money, unit) = (self.money(), self.terms.ty(quantity));
        if unit != money {
            self.counted(quantity, &money)?;
        }
        // A share of money, or so much money for each unit.
        let expects = if unit == money { Expects::Ratio } else { Expects::Money };
        let ends = self.ends(quantity, bands, expects)?;
        self.rising(bands, &ends);
        let span = self.terms.span(quantity);
        let zero = |terms: &mut Terms<'_>, ty: &Ty| {
            terms.emit(Op::Constant(Constant::Number(Number::ZERO)), ty.clone(), span)
        };
        let (nothing, none) = (zero(&mut self.terms, &unit), zero(&mut self.terms, &money));
        let mut total = none;
        for (place, (band, (lower, upper, rate))) in bands.iter().zip(&ends).enumerate() {
            // Without a lower end a band begins at zero: nothing is given for nothing or less.
            let lower = lower.unwrap_or(nothing);
            let share = if marginal {
                let share = self.slice((quantity, nothing), (lower, *upper), *rate, band.span);
                total =
                    self.terms.emit(Op::Arithmetic(Operator::Add, total, share), money.clone(), band.span);
                share
            } else {
                let next = ends.get(place.saturating_add(1)).and_then(|(lower, ..)| *lower);
                let touches = upper.zip(next).is_some_and(|(upper, next)| self.same_figure(upper, next));
                let slab = Slab { lower, upper: *upper, touches, rate: *rate, below: total, none };
                let share;
                (total, share) = self.slab(quantity, &slab, band.span);
                share
            };
            told.push(self.step(StepKind::Band, self.terms.text(band.rate), *rate, share));
        }
        Some(total)
    }

    /// A quantity of which each unit gets some money: money itself has none.
    pub(super) fn counted(&mut self, quantity: NodeId, money: &Ty) -> Option<()> {
        let ty = self.terms.ty(quantity);
        if !matches!(&ty, Ty::Number(Num { unit: NumUnit::Money(_), .. })) {
            return Some(());
        }
        let problem = MeaningProblem::UnitsMultiplied { left: money.to_string(), right: ty.to_string() };
        self.terms.diagnostics.push(Diagnostic::new(problem, self.terms.span(quantity)));
        None
    }

    /// Where each band begins and ends, and its rate.
    fn ends(&mut self, quantity: NodeId, bands: &[Band], expects: Expects) -> Option<Vec<Ends>> {
        let mut ends: Vec<Ends> = Vec::new();
        for band in bands {
            let above = match &band.above {
                Some(bound) => Some(self.figure(bound.at, quantity)?),
                None => ends.last().and_then(|(_, upper, _)| *upper),
            };
            let up_to = match &band.up_to {
                Some(bound) => Some(self.figure(bound.at, quantity)?),
                None => None,
            };
            let rate = self.terms.value(band.rate, Some(expects))?;
            if let (Some(begin), Some((_, end @ None, _))) = (above, ends.last_mut()) {
                *end = Some(begin);
            }
            ends.push((above, up_to, rate));
        }
        Some(ends)
    }

    /// What a band gives for the part of the quantity that lies within it.
    fn slice(
        &mut self,
        (quantity, nothing): (NodeId, NodeId),
        (lower, upper): (NodeId, Option<NodeId>),
        rate: NodeId,
        span: Span,
    ) -> NodeId {
        let (money, unit) = (self.money(), self.terms.ty(quantity));
        let mut emit = |op: Op, ty: &Ty| self.terms.emit(op, ty.clone(), span);
        let within = match upper {
            Some(upper) => emit(Op::Pick { greatest: false, items: vec![quantity, upper] }, &unit),
            None => quantity,
        };
        let above = emit(Op::Arithmetic(Operator::Subtract, within, lower), &unit);
        let slice = emit(Op::Pick { greatest: true, items: vec![nothing, above] }, &unit);
        emit(Op::Arithmetic(Operator::Multiply, slice, rate), &money)
    }

    /// What a slab and those below it give, and what it gives itself.
    fn slab(&mut self, quantity: NodeId, slab: &Slab, span: Span) -> (NodeId, NodeId) {
        let (money, unit) = (self.money(), self.terms.ty(quantity));
        let mut emit = |op: Op, ty: &Ty| self.terms.emit(op, ty.clone(), span);
        let above = emit(Op::Compare(Comparison::Greater, quantity, slab.lower), &Ty::Truth);
        // Held within the band, the quantity is the same where it lies inside, and a tighter range where
        // it may.
        let mut held = emit(Op::Pick { greatest: true, items: vec![quantity, slab.lower] }, &unit);
        let mut inside = above;
        let mut within = None;
        if let Some(upper) = slab.upper {
            held = emit(Op::Pick { greatest: false, items: vec![held, upper] }, &unit);
            let below = emit(Op::Compare(Comparison::AtMost, quantity, upper), &Ty::Truth);
            inside = emit(Op::All(vec![above, below]), &Ty::Truth);
            within = Some(below);
        }
        let whole = emit(Op::Arithmetic(Operator::Multiply, held, slab.rate), &money);
        // Above a band that touches it the next one takes over; above any other there is nothing.
        let here = match within.filter(|_| !slab.touches) {
            Some(condition) => emit(Op::If { condition, then: whole, otherwise: slab.none }, &money),
            None => whole,
        };
        let total = emit(Op::If { condition: above, then: here, otherwise: slab.below }, &money);
        let share = emit(Op::If { condition: inside, then: whole, otherwise: slab.none }, &money);
        (total, share)
    }

    /// Whether two ends of bands are one: the same node, or the same figure written twice.
    fn same_figure(&self, one: NodeId, other: NodeId) -> bool {
        one == other
            || self.terms.constant(one).is_some_and(|figure| self.terms.constant(other) == Some(figure))
    }

    /// Whether the figures of bands rise, and whether one begins where the one before it ends; told
    /// where the figures are written in the rule itself.
    fn rising(&mut self, bands: &[Band], ends: &[Ends]) {
        let shown = |node: NodeId| {
            let number = self.terms.constant(node)?;
            Some((number, crate::value::write_number(&self.terms.ty(node).written(), number)))
        };
        let mut found = Vec::new();
        let figures: Vec<(Option<_>, Span)> = bands
            .iter()
            .zip(ends)
            .map(|(band, (above, up_to, _))| {
                let written = if band.up_to.is_some() { up_to } else { above };
                (written.and_then(shown), band.span)
            })
            .collect();
        for ((pair, kinds), (_, span)) in figures.windows(2).zip(bands.windows(2)).zip(figures.iter().skip(1))
        {
            let ([(Some(first), _), (Some(second), _)], [before, after]) = (pair, kinds) else { continue };
            let touching = before.up_to.is_some() && after.above.is_some();
            if second.0 < first.0 || (second.0 == first.0 && !touching) {
                let problem = PackProblem::BoundOrder { first: first.1.clone(), second: second.1.clone() };
                found.push(Diagnostic::new(problem, *span));
            } else if touching && first.0 < second.0 {
                let problem = PackProblem::BandGap { from: first.1.clone(), to: second.1.clone() };
                found.push(Diagnostic::new(problem, *span));
            }
        }
        self.terms.diagnostics.extend(found);
    }

    /// The amount of the highest step reached, and whether any is.
    pub(super) fn by_steps(
        &mut self,
        of: ExprId,
        rows: &[crate::pack::Step],
        told: &mut Vec<Step>,
    ) -> Option<(NodeId, NodeId)> {
        let quantity = self.terms.value(of, Some(Expects::Quantity))?;
        told.push(self.step(StepKind::Quantity, self.terms.text(of), quantity, quantity));
        let mut steps = Some(Vec::new());
        for row in rows {
            let from = self.figure(row.from.at, quantity);
            let gives = self.terms.value(row.amount, Some(Expects::Money));
            let (Some(from), Some(gives)) = (from, gives) else {
                steps = None;
                continue;
            };
            self.is_paid_out(gives);
            let comparison = if row.from.included { Comparison::AtLeast } else { Comparison::Greater };
            let span = self.terms.span(gives);
            let holds = self.terms.emit(Op::Compare(comparison, quantity, from), Ty::Truth, span);
            let sign = if row.from.included { ">=" } else { ">" };
            if !self.terms.in_rows() {
                let text = format!("{} {sign} {}", self.terms.text(of), self.terms.text(row.from.at));
                self.terms.texts.insert(holds, text);
            }
            if let Some(steps) = &mut steps {
                let again =
                    |step: &Highest| step.included == row.from.included && self.same_figure(step.from, from);
                if steps.iter().any(again) {
                    let word = if row.from.included { "at_least" } else { "above" };
                    let id = format!("{word}: {}", self.terms.text(row.from.at));
                    let span = self.terms.span(from);
                    self.terms.diagnostics.push(Diagnostic::new(PackProblem::DuplicateId { id }, span));
                }
                steps.push(Highest { holds, from, included: row.from.included, gives });
            }
        }
        let steps = steps?;
        let span = self.terms.span(quantity);
        let reached = Op::Any(steps.iter().map(|step| step.holds).collect());
        let reached = self.terms.emit(reached, Ty::Truth, span);
        let amount = self.terms.emit(Op::Highest(steps), self.money(), span);
        told.push(self.step(StepKind::Step, String::new(), quantity, amount));
        Some((amount, reached))
    }
}
