//! What is known of a node: every value that it may still have, whether some completion fails, and
//! the facts it waits for.
//!
//! A node is decided when every completion of what is unknown gives one value; then it waits for
//! nothing. An error is one of the things that a completion may give, never a value.

use crate::graph::{Key, outcome_bit};
use crate::number::{Fault, Interval, Number};
use crate::source::Span;
use crate::value::Date;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A place in a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactPath {
    /// The fact, by its place in the pack.
    pub fact: usize,
    /// Which part of it.
    pub part: Part,
}

/// A part of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// A period of a series: a year, or a number of months since January of the year 0.
    Period(i64),
    /// A row of a list.
    Row(usize),
    /// A field of a row.
    Field(usize, usize),
}

/// Facts that a node waits for.
pub type Awaits = BTreeSet<FactPath>;

/// Why a node has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// What happened.
    pub kind: FailureKind,
    /// Where in the pack.
    pub span: Span,
}

/// What can go wrong while a sound pack is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FailureKind {
    /// A divisor is exactly zero.
    DivisionByZero,
    /// A numerator or denominator reached 10^28.
    Overflow,
    /// A parameter has no value on the decision date.
    NotInForce,
    /// A table has no row for the value reached.
    NoRow,
    /// An average, greatest or least of no rows.
    NoRows,
    /// A window that ends before it begins.
    WindowOrder,
    /// A day outside the years 1 to 9999.
    DateRange,
    /// The budget of evaluation steps is used up.
    Steps,
    /// An amount whose steps are not yet evaluated.
    NotEvaluated,
}

impl From<Fault> for FailureKind {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::DivisionByZero => Self::DivisionByZero,
            Fault::Overflow => Self::Overflow,
        }
    }
}

/// Every value that a node may still have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum May {
    /// Yes, no, or both.
    Truth {
        /// It may be yes.
        yes: bool,
        /// It may be no.
        no: bool,
    },
    /// A number, or a day as a number of days.
    Number(Interval),
    /// A text or code.
    Word(Words),
    /// Outcomes of a ladder or measure, bit by bit.
    Outcomes(u64),
    /// Nothing: every completion fails.
    Nothing,
}

/// The words that a text or code may still be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// One of these, at least one.
    Of(BTreeSet<Arc<str>>),
    /// Any.
    Any,
}

/// What is known of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it may be.
    pub may: May,
    /// Present if some completion fails.
    pub failure: Option<Failure>,
    /// What it waits for; empty once it is decided.
    pub awaits: Awaits,
}

impl Answer {
    fn of(may: May) -> Self {
        Self { may, failure: None, awaits: Awaits::new() }
    }

    /// Yes or no.
    #[must_use]
    pub fn truth(yes: bool) -> Self {
        Self::of(May::Truth { yes, no: !yes })
    }

    /// A number.
    #[must_use]
    pub fn number(number: Number) -> Self {
        Self::of(May::Number(Interval::point(number)))
    }

    /// A day.
    #[must_use]
    pub fn date(date: Date) -> Self {
        Self::number(Number::from(date.day_number()))
    }

    /// A word.
    #[must_use]
    pub fn word(word: Arc<str>) -> Self {
        Self::of(May::Word(Words::Of(BTreeSet::from([word]))))
    }

    /// Something that cannot be computed.
    #[must_use]
    pub fn failed(kind: FailureKind, span: Span) -> Self {
        Self { may: May::Nothing, failure: Some(Failure { kind, span }), awaits: Awaits::new() }
    }

    /// What a node may be after all its parts are known to it; a decided node waits for nothing.
    #[must_use]
    pub fn settle(may: May, failure: Option<Failure>, awaits: Awaits) -> Self {
        let mut answer = Self { may, failure, awaits };
        if answer.is_decided() || answer.may == May::Nothing {
            answer.awaits.clear();
        }
        answer
    }

    /// True if every completion gives one and the same value.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        self.failure.is_none()
            && match &self.may {
                May::Truth { yes, no } => yes != no,
                May::Number(interval) => interval.single().is_some(),
                May::Word(Words::Of(words)) => words.len() == 1,
                May::Word(Words::Any) | May::Nothing => false,
                May::Outcomes(bits) => bits.is_power_of_two(),
            }
    }

    /// True if every completion fails.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.may == May::Nothing
    }

    /// True if it is yes, whatever is still unknown.
    #[must_use]
    pub fn is_yes(&self) -> bool {
        self.failure.is_none() && self.may == (May::Truth { yes: true, no: false })
    }

    /// True if it is no, whatever is still unknown.
    #[must_use]
    pub fn is_no(&self) -> bool {
        self.failure.is_none() && self.may == (May::Truth { yes: false, no: true })
    }

    /// True if some completion is yes.
    #[must_use]
    pub fn may_be_yes(&self) -> bool {
        matches!(self.may, May::Truth { yes: true, .. })
    }

    /// True if some completion is no.
    #[must_use]
    pub fn may_be_no(&self) -> bool {
        matches!(self.may, May::Truth { no: true, .. })
    }

    /// The least and the greatest of its completions, with no 0, error 1 and yes 2.
    fn ends(&self) -> (u8, u8) {
        let fails = self.failure.is_some();
        let least = if self.may_be_no() { 0 } else { 2_u8.saturating_sub(u8::from(fails)) };
        let most = if self.may_be_yes() { 2 } else { u8::from(fails) };
        (least, most)
    }

    /// The numbers that it may be; every number where it is none.
    #[must_use]
    pub fn interval(&self) -> Interval {
        match self.may {
            May::Number(interval) => interval,
            _ => Interval::ALL,
        }
    }

    /// The number that it is, once decided.
    #[must_use]
    pub fn single(&self) -> Option<Number> {
        if self.failure.is_some() {
            return None;
        }
        match self.may {
            May::Number(interval) => interval.single(),
            _ => None,
        }
    }

    /// The word that it is, once decided.
    #[must_use]
    pub fn single_word(&self) -> Option<&Arc<str>> {
        match &self.may {
            May::Word(Words::Of(words)) if words.len() == 1 && self.failure.is_none() => words.first(),
            _ => None,
        }
    }

    /// True if some completion picks the row of a table with that key.
    #[must_use]
    pub fn may_be_key(&self, key: &Key) -> bool {
        match (key, &self.may) {
            (Key::Word(word), May::Word(Words::Of(words))) => words.contains(word),
            (Key::Truth(true), May::Truth { yes, .. }) => *yes,
            (Key::Truth(false), May::Truth { no, .. }) => *no,
            (Key::Level(level), May::Outcomes(bits)) => bits & outcome_bit(*level) != 0,
            _ => true,
        }
    }

    /// The smallest answer that holds the completions of both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        let may = match (self.may, other.may) {
            (May::Truth { yes: a, no: b }, May::Truth { yes: c, no: d }) => {
                May::Truth { yes: a || c, no: b || d }
            }
            (May::Number(a), May::Number(b)) => May::Number(a.hull(b)),
            (May::Word(Words::Of(mut a)), May::Word(Words::Of(b))) => {
                a.extend(b);
                May::Word(Words::Of(a))
            }
            (May::Word(_), May::Word(_)) => May::Word(Words::Any),
            (May::Outcomes(a), May::Outcomes(b)) => May::Outcomes(a | b),
            // Nothing on either side, or two other kinds, which `check` lets never meet.
            (a, b) => {
                if a == May::Nothing {
                    b
                } else {
                    a
                }
            }
        };
        let mut awaits = self.awaits;
        awaits.extend(other.awaits);
        Self { may, failure: self.failure.or(other.failure), awaits }
    }
}

/// The facts that any of the answers waits for.
#[must_use]
pub fn union(answers: &[&Answer]) -> Awaits {
    answers.iter().flat_map(|answer| answer.awaits.iter().copied()).collect()
}

fn failure(answers: &[&Answer]) -> Option<Failure> {
    answers.iter().find_map(|answer| answer.failure)
}

/// Yes if all are yes; no if one is no, whatever the others are; of yes and error, error.
#[must_use]
pub fn all(members: &[&Answer]) -> Answer {
    // With no < error < yes, a conjunction is the least of its members, in every completion.
    let no = members.iter().any(|member| member.may_be_no());
    let yes = members.iter().all(|member| member.may_be_yes());
    let fails = members.iter().any(|member| member.failure.is_some())
        && members.iter().all(|member| member.may_be_yes() || member.failure.is_some());
    combine(yes, no, fails, members, members.len())
}

/// Yes if one is yes, whatever the others are; no if all are no; of no and error, error.
#[must_use]
pub fn any(members: &[&Answer]) -> Answer {
    let yes = members.iter().any(|member| member.may_be_yes());
    let no = members.iter().all(|member| member.may_be_no());
    let fails = members.iter().any(|member| member.failure.is_some())
        && members.iter().all(|member| member.may_be_no() || member.failure.is_some());
    combine(yes, no, fails, members, 1)
}

/// The other of yes and no.
#[must_use]
pub fn not(member: &Answer) -> Answer {
    combine(member.may_be_no(), member.may_be_yes(), member.failure.is_some(), &[member], 1)
}

/// Yes if at least `count` of them are yes, whatever the others are.
#[must_use]
pub fn at_least(count: usize, members: &[&Answer]) -> Answer {
    let of = |test: &dyn Fn(&Answer) -> bool| members.iter().filter(|member| test(member)).count();
    let yes = of(&Answer::may_be_yes) >= count;
    // Choose no wherever it is possible; what is left is yes or error, and an error may stand for a yes.
    let no = of(&|member| !member.may_be_no()) < count;
    let failing = of(&|member| member.failure.is_some());
    let surely = of(&Answer::is_yes);
    let open = of(&|member| member.failure.is_none() && member.may_be_yes() && member.may_be_no());
    let most = surely.saturating_add(open).min(count.saturating_sub(1));
    let fails = failing > 0 && surely < count && most.saturating_add(failing) >= count;
    combine(yes, no, fails, members, count)
}

fn combine(yes: bool, no: bool, fails: bool, members: &[&Answer], count: usize) -> Answer {
    let failure = if fails { failure(members) } else { None };
    let may = if yes || no { May::Truth { yes, no } } else { May::Nothing };
    Answer::settle(may, failure, tipping(count, members))
}

/// What is waited for by the members that may still tip the scale when at least `count` must be yes.
fn tipping(count: usize, members: &[&Answer]) -> Awaits {
    // With no < error < yes, the result is the `count`th greatest member. A member matters if it may
    // lie on either side of a bound and exactly `count - 1` of the others may lie on its upper side.
    let ends: Vec<(u8, u8)> = members.iter().map(|member| member.ends()).collect();
    let mut awaits = Awaits::new();
    for bound in [1, 2] {
        let must = ends.iter().filter(|(least, _)| *least >= bound).count();
        let may = ends.iter().filter(|(_, most)| *most >= bound).count();
        if must < count && count <= may {
            let open =
                members.iter().zip(&ends).filter(|(_, (least, most))| *least < bound && bound <= *most);
            awaits.extend(open.flat_map(|(member, _)| member.awaits.iter().copied()));
        }
    }
    awaits
}

#[cfg(test)]
mod tests;
