//! Lists of records. A given list is complete unless it says otherwise, or unless a row of it was
//! rejected or (in the verified run) not verified: then further rows may exist.

use super::{Evaluator, Frame, RowAt, Run, Sight, numbers};
use crate::answer::{self, Answer, Awaits, FactPath, Failure, FailureKind, May, Part};
use crate::expr::ast::{Function, Quantifier};
use crate::graph::Body;
use crate::number::{Interval, Number};
use crate::profile::{Given, Row, Status};
use crate::source::Span;

/// A row that exists, or may exist.
struct Item {
    keep: Answer,
    value: Answer,
}

/// The rows of a list in this run.
struct Rows {
    items: Vec<Item>,
    /// What rows that may still exist could be, with what would tell; none for a complete list.
    further: Option<(Item, Awaits)>,
}

impl Evaluator<'_> {
    fn listed(&self, body: &Body, sight: Sight<'_>) -> Rows {
        let whole = FactPath { fact: body.list, part: Part::Whole };
        let mut rows = Rows { items: Vec::new(), further: None };
        let mut awaits = Awaits::new();
        let judged = self.plan.pack().facts.get(body.list).is_some_and(|fact| fact.judged_by.is_some());
        match self.profile.facts.get(body.list).and_then(Option::as_ref) {
            Some(Given::Rows { complete, rows: given, provenance })
                if provenance.status != Status::Rejected && (!judged || provenance.is_signed()) =>
            {
                let verified = self.counts(whole, provenance, judged);
                if !complete || (given.is_empty() && !verified) {
                    awaits.insert(whole);
                }
                for (index, row) in given.iter().enumerate() {
                    match self.exists(whole, index, row, verified) {
                        Ok(()) => {
                            let at = RowAt::Given(index);
                            rows.items.push(self.item(body, Some(at), sight));
                        }
                        Err(path) => {
                            awaits.insert(path);
                        }
                    }
                }
            }
            _ => {
                awaits.insert(whole);
            }
        }
        if !awaits.is_empty() {
            rows.further = Some((self.item(body, Some(RowAt::Possible), sight), awaits));
        }
        rows
    }

    /// A row exists if it, its list or one of its fields counts; else what would tell.
    fn exists(&self, whole: FactPath, index: usize, row: &Row, list_counts: bool) -> Result<(), FactPath> {
        if row.provenance.status == Status::Rejected {
            return Err(FactPath { fact: whole.fact, part: Part::Row(index) });
        }
        let Run::Verified(besides) = self.run else { return Ok(()) };
        let field = row.fields.iter().enumerate().any(|(field, entry)| {
            let path = FactPath { fact: whole.fact, part: Part::Field(index, field) };
            entry.as_ref().is_some_and(|entry| {
                entry.provenance.status == Status::Verified
                    || (besides.contains(&path) && entry.provenance.status != Status::Rejected)
            })
        });
        if list_counts || row.provenance.status == Status::Verified || field { Ok(()) } else { Err(whole) }
    }

    fn item(&self, body: &Body, row: Option<RowAt>, sight: Sight<'_>) -> Item {
        // Within a row, the row's own nodes are what stands around the rows inside it.
        let around = sight.main.is_some().then_some(sight.local);
        let frame = Frame { main: Some(sight.main.unwrap_or(sight.local)), around, row };
        let answers = self.walk(&body.nodes, None, frame);
        let get = |node: Option<crate::graph::NodeId>| node.and_then(|node| answers.get(node.0)).cloned();
        Item {
            keep: get(body.filter).unwrap_or_else(|| Answer::truth(true)),
            value: get(body.of).unwrap_or_else(|| Answer::truth(true)),
        }
    }

    pub(super) fn some_or_every(&self, quantifier: Quantifier, body: &Body, sight: Sight<'_>) -> Answer {
        let rows = self.listed(body, sight);
        let mut holds: Vec<Answer> = rows.items.into_iter().map(|item| item.keep).collect();
        if let Some((further, awaits)) = rows.further {
            // Rows that may exist or not: an existing one may decide, an absent one does not.
            let (yes, no) = match quantifier {
                Quantifier::Some => (further.keep.may_be_yes(), true),
                Quantifier::Every => (true, further.keep.may_be_no()),
            };
            let failure = further.keep.failure;
            holds.push(Answer::settle(May::Truth { yes, no }, failure, awaits));
        }
        let holds: Vec<&Answer> = holds.iter().collect();
        match quantifier {
            Quantifier::Some => answer::any(&holds),
            Quantifier::Every => answer::all(&holds),
        }
    }

    pub(super) fn count(&self, body: &Body, sight: Sight<'_>) -> Answer {
        let rows = self.listed(body, sight);
        if let Some(error) = rows.items.iter().find(|item| item.keep.is_error()) {
            return error.keep.clone();
        }
        let count = |test: &dyn Fn(&Item) -> bool| {
            let number = rows.items.iter().filter(|item| test(item)).count();
            Number::from(i64::try_from(number).unwrap_or(i64::MAX))
        };
        let mut interval = Interval {
            low: Some(count(&|item| item.keep.is_yes())),
            high: Some(count(&|item| item.keep.may_be_yes())),
        };
        let keeps: Vec<&Answer> = rows.items.iter().map(|item| &item.keep).collect();
        let mut failure = keeps.iter().find_map(|keep| keep.failure);
        let mut awaits = answer::union(&keeps);
        if let Some((further, more)) = &rows.further
            && further.keep.may_be_yes()
        {
            interval.high = None;
            failure = failure.or(further.keep.failure);
            awaits.extend(more);
        }
        Answer::settle(May::Number(interval), failure, awaits)
    }

    /// How many earlier awards there are. A list that is absent counts as empty, which is listed as a
    /// default; one that is given and does not count is unknown.
    pub(super) fn count_awards(&self, body: &Body, sight: Sight<'_>) -> Answer {
        if self.profile.facts.get(body.list).and_then(Option::as_ref).is_none() {
            self.defaults.borrow_mut().insert(FactPath { fact: body.list, part: Part::Whole });
            return Answer::number(Number::ZERO);
        }
        self.count(body, sight)
    }

    /// The sum over the first rows that qualify.
    pub(super) fn first_rows(
        &self,
        body: &Body,
        at_most: Option<u32>,
        span: Span,
        sight: Sight<'_>,
    ) -> Answer {
        let rows = self.listed(body, sight);
        let most = at_most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        // A row that is not known may stand before any that is, and move it out.
        let further = rows.further.filter(|(further, _)| further.keep.may_be_yes());
        let moved = at_most.is_some() && further.is_some();
        let mut sums = FirstSums::default();
        let mut terms: Vec<Answer> = Vec::new();
        let mut failure = None;
        let mut certain = further.is_none();
        for item in &rows.items {
            if sums.surely_full(most) {
                break;
            }
            if item.keep.is_error() {
                return item.keep.clone();
            }
            failure = failure.or(item.keep.failure);
            if !item.keep.may_be_yes() {
                continue;
            }
            let sure = item.keep.is_yes();
            let value =
                if item.value.is_error() { Interval::point(Number::ZERO) } else { item.value.interval() };
            let counts = sure && sums.surely_room(most) && !moved;
            certain &= counts;
            sums = sums.with(value, sure, most, moved);
            let mut term = item.value.clone();
            if !counts {
                // Without the row, or with another one before it, there is no failure.
                term.awaits.extend(item.keep.awaits.iter().copied());
                term.may = May::Number(value);
            }
            terms.push(term);
        }
        let counted: Vec<&Answer> = terms.iter().collect();
        if let Some(error) = counted.iter().find(|term| term.is_error()) {
            return (*error).clone();
        }
        if certain {
            let sum = numbers::sum(&counted, span);
            return Answer::settle(sum.may, sum.failure.or(failure), sum.awaits);
        }
        let mut awaits = answer::union(&counted);
        failure = failure.or(counted.iter().find_map(|term| term.failure));
        let mut all = sums.any();
        if let Some((further, more_awaits)) = further {
            let range = further.value.interval();
            let low = range.low.filter(|low| !low.is_negative()).map(|_| Number::ZERO);
            let more = Interval { low, high: None };
            all = all.plus(more);
            failure = failure.or(further.keep.failure).or(further.value.failure);
            awaits.extend(more_awaits);
        }
        Answer::settle(May::Number(all), failure, awaits)
    }

    pub(super) fn aggregate(&self, function: Function, body: &Body, span: Span, sight: Sight<'_>) -> Answer {
        let rows = self.listed(body, sight);
        let mut certain: Vec<Answer> = Vec::new();
        let mut possible: Vec<Answer> = Vec::new();
        // Failures that are no part of a value that counts, and what tells whether they happen.
        let mut doubt = (None, Awaits::new());
        for Item { keep, value } in rows.items {
            if keep.is_error() {
                return keep;
            }
            if keep.failure.is_some() {
                doubt.0 = doubt.0.or(keep.failure);
                doubt.1.extend(keep.awaits.iter().copied());
            }
            if keep.is_yes() {
                if value.is_error() {
                    return value;
                }
                certain.push(value);
            } else if keep.may_be_yes() && value.is_error() {
                // Without the row there is no failure.
                doubt.0 = doubt.0.or(value.failure);
                doubt.1.extend(keep.awaits);
            } else if keep.may_be_yes()
                && !(function == Function::Sum && value.single() == Some(Number::ZERO))
            {
                let mut value = value;
                value.awaits.extend(keep.awaits);
                possible.push(value);
            }
        }
        let further = rows.further.filter(|(item, _)| item.keep.may_be_yes()).map(|(item, awaits)| {
            let failure = item.keep.failure.or(item.value.failure);
            Answer { may: May::Number(item.value.interval()), failure, awaits }
        });
        let answer = match function {
            Function::Sum => sum(&certain, &possible, further.as_ref(), span),
            Function::Average => average(&certain, &possible, further.as_ref(), span),
            Function::Greatest | Function::Least => {
                extreme(function == Function::Greatest, &certain, &possible, further.as_ref(), span)
            }
        };
        let awaits = answer.awaits.union(&doubt.1).copied().collect();
        Answer::settle(answer.may, answer.failure.or(doubt.0), awaits)
    }
}

/// What the first rows may sum up to, by how many of them have counted so far; none where it cannot be
/// so many.
#[derive(Clone)]
struct FirstSums(Vec<Option<Interval>>);

impl Default for FirstSums {
    fn default() -> Self {
        Self(vec![Some(Interval::point(Number::ZERO))])
    }
}

impl FirstSums {
    /// True if no further row counts.
    fn surely_full(&self, most: usize) -> bool {
        self.0.iter().take(most).all(Option::is_none)
    }

    /// True if the next row that qualifies counts.
    fn surely_room(&self, most: usize) -> bool {
        self.0.iter().skip(most).all(Option::is_none)
    }

    /// The sums after a row that qualifies, surely or perhaps; `moved` if rows before it may be more.
    fn with(&self, value: Interval, sure: bool, most: usize, moved: bool) -> Self {
        let mut next: Vec<Option<Interval>> = vec![None; self.0.len().saturating_add(1)];
        let mut reach = |count: usize, sum: Interval| {
            if let Some(slot) = next.get_mut(count) {
                *slot = Some(slot.map_or(sum, |before| before.hull(sum)));
            }
        };
        for (count, sum) in self.0.iter().enumerate() {
            let Some(sum) = *sum else { continue };
            if count < most {
                reach(count.saturating_add(1), sum.plus(value));
            }
            if !sure || count >= most || moved {
                reach(count, sum);
            }
        }
        while next.last().is_some_and(Option::is_none) {
            next.pop();
        }
        Self(next)
    }

    /// What the sum may be, however many have counted.
    fn any(&self) -> Interval {
        self.0.iter().flatten().copied().reduce(Interval::hull).unwrap_or_default()
    }
}

fn sum(certain: &[Answer], possible: &[Answer], further: Option<&Answer>, span: Span) -> Answer {
    let zero = Interval::point(Number::ZERO);
    let mut terms: Vec<Answer> = certain.to_vec();
    for value in possible {
        terms.push(Answer { may: May::Number(value.interval().hull(zero)), ..value.clone() });
    }
    if let Some(further) = further {
        // Any number of further rows: nothing, or as far as their sign allows.
        let range = further.interval();
        let low = range.low.filter(|low| !low.is_negative()).map(|_| Number::ZERO);
        let high = range.high.filter(|high| *high <= Number::ZERO).map(|_| Number::ZERO);
        terms.push(Answer { may: May::Number(Interval { low, high }), ..further.clone() });
    }
    numbers::sum(&terms.iter().collect::<Vec<_>>(), span)
}

fn average(certain: &[Answer], possible: &[Answer], further: Option<&Answer>, span: Span) -> Answer {
    if possible.is_empty() && further.is_none() {
        if certain.is_empty() {
            return Answer::failed(FailureKind::NoRows, span);
        }
        return numbers::reduce(Function::Average, certain, span);
    }
    hull(certain, possible, further, span)
}

/// Between the least and the greatest of all rows that exist or may exist.
fn hull(certain: &[Answer], possible: &[Answer], further: Option<&Answer>, span: Span) -> Answer {
    let all: Vec<&Answer> = certain.iter().chain(possible).chain(further).collect();
    let interval = all.iter().map(|value| value.interval()).reduce(Interval::hull).unwrap_or_default();
    // With no certain row there may be none at all.
    let none = certain.is_empty().then_some(Failure { kind: FailureKind::NoRows, span });
    let failure = all.iter().find_map(|value| value.failure).or(none);
    Answer::settle(May::Number(interval), failure, answer::union(&all))
}

fn extreme(
    greatest: bool,
    certain: &[Answer],
    possible: &[Answer],
    further: Option<&Answer>,
    span: Span,
) -> Answer {
    let pick = |a: Interval, b: Interval| if greatest { a.greatest(b) } else { a.least(b) };
    let Some(sure) = certain.iter().map(Answer::interval).reduce(pick) else {
        if possible.is_empty() && further.is_none() {
            return Answer::failed(FailureKind::NoRows, span);
        }
        return hull(certain, possible, further, span);
    };
    // A row that may exist can only move the extreme away from the certain ones.
    let open: Vec<&Answer> = possible.iter().chain(further).collect();
    let moved = open.iter().fold(sure, |so_far, value| pick(so_far, value.interval()).hull(so_far));
    let bar = numbers::bar(greatest, certain.iter().map(Answer::interval));
    let all: Vec<&Answer> = certain.iter().chain(open).collect();
    let all: Vec<&Answer> =
        all.into_iter().filter(|value| numbers::may_be_picked(greatest, value, bar)).collect();
    let failure = all.iter().find_map(|value| value.failure);
    Answer::settle(May::Number(moved), failure, answer::union(&all))
}
