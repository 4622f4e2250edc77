//! What a profile says: values, series, windows, sets, and what is unknown about each.

use super::{Evaluator, RowAt, Run, Sight, answer_of, numbers, unknown_number};
use crate::answer;
use crate::answer::{Answer, Awaits, FactPath, Failure, FailureKind, May, Part, Words};
use crate::expr::ast::{Function, Quantifier};
use crate::graph::{EdgeKind, FactRef, NodeId, PeriodOf, Set, Ty, WindowEnd};
use crate::number::{Interval, Number};
use crate::pack::{Fact, Per};
use crate::profile::{Entry, Given, Held, Provenance, Status};
use crate::source::Span;
use crate::value::{Date, Month, Type, Value};

/// What stands at a place of a profile.
enum Found<'a> {
    /// Nothing that counts in this run.
    Missing(FactPath),
    /// A value or band that counts.
    Entry(FactPath, &'a Entry),
    /// Which place is meant is itself unknown.
    Elsewhere(Answer),
}

impl Evaluator<'_> {
    /// True if what is given at a path counts in this run.
    pub(super) fn counts(&self, path: FactPath, provenance: &Provenance, judged: bool) -> bool {
        let held = provenance.status != Status::Rejected && (!judged || provenance.is_signed());
        match self.run {
            Run::All | Run::Published => held,
            Run::Verified(besides) => {
                let whole = FactPath { fact: path.fact, part: Part::Whole };
                let verified = provenance.status == Status::Verified || judged;
                held && (verified || besides.contains(&path) || besides.contains(&whole))
            }
        }
    }

    fn declared(&self, fact: usize) -> Option<&Fact> {
        self.plan.pack().facts.get(fact)
    }

    fn find(&self, fact: &FactRef, sight: Sight<'_>) -> Found<'_> {
        match fact {
            FactRef::Fact(index) => self.at(FactPath { fact: *index, part: Part::Whole }),
            FactRef::Series(index, period) => match self.period(*index, *period, sight) {
                Ok(period) => self.at(FactPath { fact: *index, part: Part::Period(period) }),
                Err(answer) => Found::Elsewhere(*answer),
            },
            FactRef::Field(list, field) => match sight.row {
                Some(RowAt::Given(index)) => {
                    self.at(FactPath { fact: *list, part: Part::Field(index, *field) })
                }
                // A row that may exist waits for its list, which whoever walks the list adds.
                Some(RowAt::Possible) | None => {
                    Found::Elsewhere(Answer::settle(May::Nothing, None, Awaits::new()))
                }
            },
        }
    }

    fn at(&self, path: FactPath) -> Found<'_> {
        let judged = self.declared(path.fact).is_some_and(|fact| fact.judged_by.is_some());
        match self.profile.entry(path) {
            Some(entry) if self.counts(path, &entry.provenance, judged) && !self.is_future(path) => {
                Found::Entry(path, entry)
            }
            _ => Found::Missing(path),
        }
    }

    /// A period that begins after the decision date is unknown even if a value is given.
    fn is_future(&self, path: FactPath) -> bool {
        let Part::Period(period) = path.part else { return false };
        let first = match self.declared(path.fact).and_then(|fact| fact.per) {
            Some(Per::Year) => i16::try_from(period).ok().and_then(|year| Date::new(year, 1, 1)),
            Some(Per::Month) => Month::from_index(period).and_then(Month::first_day),
            None => None,
        };
        first.is_none_or(|first| first > self.plan.as_of)
    }

    /// A fact, a period of a series, or a field of the row at hand.
    pub(super) fn fact(&self, fact: &FactRef, ty: &Ty, span: Span, sight: Sight<'_>) -> Answer {
        match self.find(fact, sight) {
            Found::Entry(path, entry) => match &entry.held {
                Held::Value(value) => answer_of(value),
                Held::Band(band) => unknown_number(*band, Awaits::from([path])),
            },
            Found::Missing(path) => self.unknown(fact, ty, Awaits::from([path])),
            Found::Elsewhere(edge) => {
                let unknown = self.unknown(fact, ty, Awaits::new());
                elsewhere(unknown.may, edge, span)
            }
        }
    }

    /// Every value that a declared type and range allow.
    fn unknown(&self, fact: &FactRef, ty: &Ty, awaits: Awaits) -> Answer {
        let range = match fact {
            FactRef::Fact(index) | FactRef::Series(index, _) => self.declared(*index).map(|fact| fact.range),
            FactRef::Field(list, field) => self.declared(*list).and_then(|fact| match &fact.value_type {
                Type::List(fields) => fields.get(*field).map(|field| field.range),
                _ => None,
            }),
        };
        let mut answer = anything(ty);
        if let (May::Number(_), Some(range)) = (&answer.may, range) {
            answer.may = May::Number(range);
        }
        Answer::settle(answer.may, None, awaits)
    }

    /// The period that is meant; an answer where that is unknown or fails.
    fn period(&self, fact: usize, period: PeriodOf, sight: Sight<'_>) -> Result<i64, Box<Answer>> {
        let per = self.declared(fact).and_then(|fact| fact.per).unwrap_or(Per::Year);
        let edge = sight.get(period.edge);
        match edge_period(edge, period.kind, per, false) {
            Some(found) => Ok(found.saturating_add(period.offset)),
            None => Err(Box::new(outside(edge, Span::default()))),
        }
    }

    /// `x is known`: yes once there is a value, never no.
    pub(super) fn known(&self, fact: &FactRef, span: Span, sight: Sight<'_>) -> Answer {
        let unknown = |awaits| Answer::settle(May::Truth { yes: true, no: true }, None, awaits);
        if let FactRef::Fact(index) = fact
            && let Some(provenance) = self.whole(*index)
        {
            let path = FactPath { fact: *index, part: Part::Whole };
            let judged = self.declared(*index).is_some_and(|fact| fact.judged_by.is_some());
            return if self.counts(path, provenance, judged) {
                Answer::truth(true)
            } else {
                unknown(Awaits::from([path]))
            };
        }
        match self.find(fact, sight) {
            Found::Entry(path, entry) => match &entry.held {
                Held::Value(_) => Answer::truth(true),
                Held::Band(_) => unknown(Awaits::from([path])),
            },
            Found::Missing(path) => unknown(Awaits::from([path])),
            Found::Elsewhere(edge) => elsewhere(May::Truth { yes: true, no: true }, edge, span),
        }
    }

    /// The provenance of a set or list that is given.
    fn whole(&self, fact: usize) -> Option<&Provenance> {
        match self.profile.facts.get(fact)?.as_ref()? {
            Given::Many(_, provenance) | Given::Rows { provenance, .. } => Some(provenance),
            Given::One(_) | Given::Series(_) => None,
        }
    }

    /// `x or else v`: the value; the default only while there is none.
    pub(super) fn or_else(
        &self,
        fact: &FactRef,
        default: &Answer,
        ty: &Ty,
        span: Span,
        sight: Sight<'_>,
    ) -> Answer {
        let path = match self.find(fact, sight) {
            Found::Missing(path) => path,
            Found::Entry(..) | Found::Elsewhere(_) => return self.fact(fact, ty, span, sight),
        };
        let judged = self.declared(path.fact).is_some_and(|fact| fact.judged_by.is_some());
        let given = self.profile.entry(path).is_some_and(|entry| {
            entry.provenance.status != Status::Rejected && (!judged || entry.provenance.is_signed())
        });
        match self.run {
            // Known but unverified: the default does not stand in for it.
            Run::Verified(_) if given => self.fact(fact, ty, span, sight),
            // The default is assumed too, and may lie outside what the fact may be.
            Run::Published => self.fact(fact, ty, span, sight).hull(default.clone()),
            Run::All | Run::Verified(_) => {
                self.defaults.borrow_mut().insert(path);
                default.clone()
            }
        }
    }

    /// A window of a series.
    pub(super) fn window(
        &self,
        function: Function,
        fact: usize,
        from: (NodeId, EdgeKind),
        until: WindowEnd,
        span: Span,
        sight: Sight<'_>,
    ) -> Answer {
        let Some(declared) = self.declared(fact) else {
            return Answer::failed(FailureKind::WindowOrder, span);
        };
        let per = declared.per.unwrap_or(Per::Year);
        let start = sight.get(from.0);
        let first = edge_period(start, from.1, per, false);
        let (last, end) = match until {
            WindowEnd::Count(count) => {
                (first.map(|first| first.saturating_add(count).saturating_sub(1)), start)
            }
            WindowEnd::Edge(node, kind) => (edge_period(sight.get(node), kind, per, true), sight.get(node)),
        };
        let (Some(first), Some(last)) = (first, last) else {
            let edges = [(start, first), (end, last)];
            let edges =
                edges.map(|(edge, period)| if period.is_none() { outside(edge, span) } else { edge.clone() });
            if let Some(failed) = edges.iter().find(|edge| edge.is_error()) {
                return failed.clone();
            }
            let interval = if function == Function::Sum { Interval::ALL } else { declared.range };
            let failure = edges.iter().find_map(|edge| edge.failure);
            let order = Failure { kind: FailureKind::WindowOrder, span };
            let failure = failure.or((!in_order(from.1, start, until, end)).then_some(order));
            return Answer::settle(May::Number(interval), failure, answer::union(&edges.each_ref()));
        };
        if last < first {
            return Answer::failed(FailureKind::WindowOrder, span);
        }
        let mut values = Vec::new();
        for period in first..=last {
            if !self.step() {
                return Answer::failed(FailureKind::Steps, span);
            }
            let path = FactPath { fact, part: Part::Period(period) };
            values.push(match self.at(path) {
                Found::Entry(path, entry) => match &entry.held {
                    Held::Value(value) => answer_of(value),
                    Held::Band(band) => unknown_number(*band, Awaits::from([path])),
                },
                Found::Missing(_) | Found::Elsewhere(_) => {
                    unknown_number(declared.range, Awaits::from([path]))
                }
            });
        }
        numbers::reduce(function, &values, span)
    }

    /// The values of a fact with many, if they count in this run.
    fn values(&self, fact: usize) -> Option<&[Value]> {
        let Some(Given::Many(values, provenance)) = self.profile.facts.get(fact)?.as_ref() else {
            return None;
        };
        let judged = self.declared(fact).is_some_and(|fact| fact.judged_by.is_some());
        self.counts(FactPath { fact, part: Part::Whole }, provenance, judged).then_some(values)
    }

    fn awaits_whole(fact: usize) -> Awaits {
        Awaits::from([FactPath { fact, part: Part::Whole }])
    }

    pub(super) fn many(&self, quantifier: Quantifier, fact: usize, set: &Set, sight: Sight<'_>) -> Answer {
        let Some(values) = self.values(fact) else {
            return Answer::settle(May::Truth { yes: true, no: true }, None, Self::awaits_whole(fact));
        };
        let inside: Vec<Answer> =
            values.iter().map(|value| self.in_set(&answer_of(value), set, sight)).collect();
        let inside: Vec<&Answer> = inside.iter().collect();
        match quantifier {
            Quantifier::Some => answer::any(&inside),
            Quantifier::Every => answer::all(&inside),
        }
    }

    /// `9610 in x`
    pub(super) fn holds(&self, fact: usize, item: &Answer) -> Answer {
        let Some(values) = self.values(fact) else {
            return Answer::settle(May::Truth { yes: true, no: true }, None, Self::awaits_whole(fact));
        };
        let same: Vec<Answer> = values
            .iter()
            .map(|value| super::logic::compare(crate::expr::ast::Comparison::Equal, item, &answer_of(value)))
            .collect();
        answer::any(&same.iter().collect::<Vec<_>>())
    }

    pub(super) fn count_many(&self, fact: usize) -> Answer {
        match self.values(fact) {
            Some(values) => Answer::number(Number::from(i64::try_from(values.len()).unwrap_or(i64::MAX))),
            None => {
                unknown_number(Interval { low: Some(Number::ZERO), high: None }, Self::awaits_whole(fact))
            }
        }
    }
}

/// Anything that a type allows, waiting for nothing.
pub(super) fn anything(ty: &Ty) -> Answer {
    let may = match ty {
        Ty::Truth | Ty::Ladder(_) | Ty::Measure(_) => May::Truth { yes: true, no: true },
        Ty::Number(_) | Ty::Date => May::Number(Interval::ALL),
        Ty::Word(Some(set)) if !set.open && !set.codes.is_empty() => {
            May::Word(Words::Of(set.codes.keys().cloned().collect()))
        }
        Ty::Word(_) => May::Word(Words::Any),
    };
    Answer { may, failure: None, awaits: Awaits::new() }
}

/// What is known of a fact while the place that is meant is unknown, or fails.
fn elsewhere(may: May, edge: Answer, span: Span) -> Answer {
    let failure = edge.failure.map(|failure| Failure { span, ..failure });
    // A row that may exist is nothing too, without a failure.
    let may = if edge.is_error() && failure.is_some() { May::Nothing } else { may };
    Answer { may, failure, awaits: edge.awaits }
}

/// An edge that names no period: unknown, failed, or decided and no year of the calendar.
fn outside(edge: &Answer, span: Span) -> Answer {
    if edge.is_decided() { Answer::failed(FailureKind::DateRange, span) } else { edge.clone() }
}

/// Whether a window surely does not end before it begins, while an edge of it is unknown.
fn in_order(from: EdgeKind, start: &Answer, until: WindowEnd, end: &Answer) -> bool {
    match until {
        WindowEnd::Count(_) => true,
        WindowEnd::Edge(_, to) => {
            let ends = start.interval().high.zip(end.interval().low);
            from == to && ends.is_some_and(|(start, end)| start <= end)
        }
    }
}

/// The period that an edge names, once it is decided; `last` of a year's months for the end of a window.
fn edge_period(edge: &Answer, kind: EdgeKind, per: Per, last: bool) -> Option<i64> {
    let number = edge.single()?.to_i64()?;
    match (kind, per) {
        (EdgeKind::Year, Per::Year) | (EdgeKind::Month, Per::Month) => Some(number),
        (EdgeKind::Year, Per::Month) => {
            Some(number.saturating_mul(12).saturating_add(if last { 11 } else { 0 }))
        }
        (EdgeKind::Date, Per::Year) => Date::from_day_number(number).map(|date| i64::from(date.year())),
        (EdgeKind::Date, Per::Month) => Date::from_day_number(number).map(|date| date.month().index()),
        (EdgeKind::Month, Per::Year) => Month::from_index(number).map(|month| i64::from(month.year)),
    }
}
