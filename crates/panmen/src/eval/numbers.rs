//! Arithmetic on numbers and days that may be unknown.
//!
//! Overflow is tested where all operands are decided; an interval whose end overflows is unbounded.

use super::Sight;
use crate::answer::{self, Answer, Failure, FailureKind, May};
use crate::expr::ast::{Function, Operator};
use crate::graph::Highest;
use crate::number::{Fault, Interval, Number, Rounding};
use crate::source::Span;
use crate::value::{Date, TimeUnit};

/// The first operand of which every completion fails, if there is one.
fn error<'a>(operands: &[&'a Answer]) -> Option<&'a Answer> {
    operands.iter().copied().find(|operand| operand.is_error())
}

fn with(interval: Interval, operands: &[&Answer]) -> Answer {
    let failure = operands.iter().find_map(|operand| operand.failure);
    Answer::settle(May::Number(interval), failure, answer::union(operands))
}

fn exact(result: Result<Number, Fault>, span: Span) -> Answer {
    match result {
        Ok(number) => Answer::number(number),
        Err(fault) => Answer::failed(fault.into(), span),
    }
}

pub(super) fn arithmetic(operator: Operator, left: &Answer, right: &Answer, span: Span) -> Answer {
    let operands = [left, right];
    if let Some(error) = error(&operands) {
        return error.clone();
    }
    if let (Some(a), Some(b)) = (left.single(), right.single()) {
        return exact(
            match operator {
                Operator::Add => a.plus(b),
                Operator::Subtract => a.subtract(b),
                Operator::Multiply => a.multiply(b),
                Operator::Divide => a.divide(b),
            },
            span,
        );
    }
    let (a, b) = (left.interval(), right.interval());
    match operator {
        Operator::Add => with(a.plus(b), &operands),
        Operator::Subtract => with(a.plus(b.negate()), &operands),
        Operator::Multiply => with(a.multiply(b), &operands),
        Operator::Divide if b.single().is_some_and(Number::is_zero) => {
            Answer::failed(FailureKind::DivisionByZero, span)
        }
        Operator::Divide => {
            let mut answer = with(a.divide(b), &operands);
            if b.contains(Number::ZERO) {
                let zero = Failure { kind: FailureKind::DivisionByZero, span };
                answer = Answer::settle(May::Number(Interval::ALL), Some(zero), answer::union(&operands));
            }
            answer
        }
    }
}

pub(super) fn negate(operand: &Answer) -> Answer {
    match operand.may {
        May::Number(interval) => Answer { may: May::Number(interval.negate()), ..operand.clone() },
        _ => operand.clone(),
    }
}

/// The greatest or least of several numbers.
pub(super) fn pick(greatest: bool, operands: &[&Answer]) -> Answer {
    if let Some(error) = error(operands) {
        return error.clone();
    }
    let intervals = operands.iter().map(|operand| operand.interval());
    let picked = intervals.reduce(|a, b| if greatest { a.greatest(b) } else { a.least(b) });
    let bar = bar(greatest, operands.iter().map(|operand| operand.interval()));
    let open: Vec<&Answer> =
        operands.iter().copied().filter(|operand| may_be_picked(greatest, operand, bar)).collect();
    with(picked.unwrap_or_default(), &open)
}

/// What the greatest (or least) of some numbers comes to at least (or at most).
pub(super) fn bar(greatest: bool, intervals: impl Iterator<Item = Interval>) -> Option<Number> {
    if greatest {
        intervals.filter_map(|interval| interval.low).max()
    } else {
        intervals.filter_map(|interval| interval.high).min()
    }
}

/// Whether a number may pass that bar; one that may fail always matters.
pub(super) fn may_be_picked(greatest: bool, operand: &Answer, bar: Option<Number>) -> bool {
    let interval = operand.interval();
    let end = if greatest { interval.high } else { interval.low };
    let beyond = end.zip(bar).is_none_or(|(end, bar)| if greatest { end > bar } else { end < bar });
    beyond || operand.failure.is_some()
}

/// The sum, average, greatest or least of the values of a window; there is at least one.
pub(super) fn reduce(function: Function, values: &[Answer], span: Span) -> Answer {
    let operands: Vec<&Answer> = values.iter().collect();
    match function {
        Function::Greatest => pick(true, &operands),
        Function::Least => pick(false, &operands),
        Function::Sum => sum(&operands, span),
        Function::Average => {
            let total = sum(&operands, span);
            let count = Answer::number(Number::from(i64::try_from(values.len()).unwrap_or(i64::MAX)));
            arithmetic(Operator::Divide, &total, &count, span)
        }
    }
}

/// The sum, exact and tested once where all are decided.
pub(super) fn sum(operands: &[&Answer], span: Span) -> Answer {
    if let Some(error) = error(operands) {
        return error.clone();
    }
    let known: Option<Vec<Number>> = operands.iter().map(|operand| operand.single()).collect();
    if let Some(known) = known {
        return exact(Number::sum(known), span);
    }
    let start = Interval::point(Number::ZERO);
    with(operands.iter().fold(start, |sum, operand| sum.plus(operand.interval())), operands)
}

/// What the highest step that holds gives; nothing where none does.
pub(super) fn highest(steps: &[Highest], sight: Sight<'_>) -> Answer {
    let mut found: Option<Answer> = None;
    for (place, step) in steps.iter().enumerate() {
        let (holds, gives) = (sight.get(step.holds), sight.get(step.gives));
        let passed = steps.iter().enumerate().any(|(other, above)| {
            sight.get(above.holds).is_yes() && surely_above((other, above), (place, step), sight)
        });
        if passed || (!holds.may_be_yes() && holds.failure.is_none()) {
            continue;
        }
        let mut this = gives.clone();
        this.failure = this.failure.or(holds.failure);
        this.awaits.extend(holds.awaits.iter().copied());
        if holds.is_error() {
            this.may = May::Nothing;
        }
        found = Some(match found {
            None => this,
            Some(before) => before.hull(this),
        });
    }
    let found = found.unwrap_or_else(|| Answer::number(Number::ZERO));
    Answer::settle(found.may, found.failure, found.awaits)
}

/// True if one step begins above another in every completion. Of two that begin at one figure, the one
/// without the figure itself is above; of two alike, the one written later.
fn surely_above(above: (usize, &Highest), below: (usize, &Highest), sight: Sight<'_>) -> bool {
    let ends = sight.get(below.1.from).interval().high.zip(sight.get(above.1.from).interval().low);
    ends.is_some_and(|(below_at, above_at)| {
        let later = (!above.1.included, above.0) > (!below.1.included, below.0);
        above_at > below_at || (above_at == below_at && later)
    })
}

/// A number rounded to multiples of `to`; rounding keeps the order, so an interval's ends round with it.
pub(super) fn round(of: &Answer, to: Number, how: Rounding, span: Span) -> Answer {
    if of.is_error() {
        return of.clone();
    }
    if let Some(number) = of.single() {
        return exact(number.round(to, how), span);
    }
    let interval = of.interval();
    let end = |end: Option<Number>| end.and_then(|number| number.round(to, how).ok());
    with(Interval { low: end(interval.low), high: end(interval.high) }, &[of])
}

fn day(number: Number) -> Option<Date> {
    number.to_i64().and_then(Date::from_day_number)
}

/// A day some units later; the order of days is kept, so an interval's ends move with it.
pub(super) fn shift(date: &Answer, count: i64, unit: TimeUnit, span: Span) -> Answer {
    if date.is_error() {
        return date.clone();
    }
    let moved =
        |end: Option<Number>| day(end?)?.plus(count, unit).map(|date| Number::from(date.day_number()));
    if let Some(known) = date.single() {
        return match moved(Some(known)) {
            Some(number) => Answer::number(number),
            None => Answer::failed(FailureKind::DateRange, span),
        };
    }
    let interval = date.interval();
    with(Interval { low: moved(interval.low), high: moved(interval.high) }, &[date])
}

/// Completed units between two days: fewer the later the first, more the later the second.
pub(super) fn between(unit: TimeUnit, from: &Answer, to: &Answer) -> Answer {
    let operands = [from, to];
    if let Some(error) = error(&operands) {
        return error.clone();
    }
    let count =
        |from: Option<Number>, to: Option<Number>| Some(Number::from(day(from?)?.completed(day(to?)?, unit)));
    let (a, b) = (from.interval(), to.interval());
    with(Interval { low: count(a.high, b.low), high: count(a.low, b.high) }, &operands)
}

/// The year or month of a day.
pub(super) fn part(year: bool, date: &Answer) -> Answer {
    if date.is_error() {
        return date.clone();
    }
    let interval = date.interval();
    let (low, high) = (interval.low.and_then(day), interval.high.and_then(day));
    let number = |n: i64| Some(Number::from(n));
    let parts = if year {
        let of = |date: Option<Date>| date.and_then(|date| number(i64::from(date.year())));
        Interval { low: of(low), high: of(high) }
    } else {
        match (low, high) {
            (Some(low), Some(high)) if low.year() == high.year() => Interval {
                low: number(i64::from(low.month().month)),
                high: number(i64::from(high.month().month)),
            },
            _ => Interval { low: number(1), high: number(12) },
        }
    };
    with(parts, &[date])
}
