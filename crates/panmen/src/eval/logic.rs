//! Comparisons, sets, `if` and tables.

use super::{Evaluator, Sight};
use crate::answer::{self, Answer, Failure, FailureKind, May, Words};
use crate::expr::ast::Comparison;
use crate::graph::{Entity, Item, Key, NodeId, Set};
use crate::number::Interval;
use crate::source::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// `a op b`: yes or no where every pair of completions agrees.
pub(super) fn compare(comparison: Comparison, left: &Answer, right: &Answer) -> Answer {
    let both = [left, right];
    let failure = left.failure.or(right.failure);
    if left.is_error() || right.is_error() {
        return Answer::settle(May::Nothing, failure, answer::Awaits::new());
    }
    let (equal, unequal, less, greater) = match (&left.may, &right.may) {
        (May::Number(a), May::Number(b)) => orders(*a, *b),
        (May::Word(a), May::Word(b)) => {
            let (equal, unequal) = same_words(a, b);
            (equal, unequal, false, false)
        }
        (May::Truth { yes: a, no: b }, May::Truth { yes: c, no: d }) => {
            ((*a && *c) || (*b && *d), (*a && *d) || (*b && *c), false, false)
        }
        // `check` lets no two other kinds meet.
        _ => (true, true, true, true),
    };
    let (yes, no) = match comparison {
        Comparison::Equal => (equal, unequal),
        Comparison::NotEqual => (unequal, equal),
        Comparison::Less => (less, equal || greater),
        Comparison::AtMost => (less || equal, greater),
        Comparison::Greater => (greater, equal || less),
        Comparison::AtLeast => (greater || equal, less),
    };
    Answer::settle(May::Truth { yes, no }, failure, answer::union(&both))
}

/// Whether a number of the one may be equal, unequal, less, greater than a number of the other.
fn orders(a: Interval, b: Interval) -> (bool, bool, bool, bool) {
    let below = |low: Option<crate::number::Number>, high: Option<crate::number::Number>| match (low, high) {
        (Some(low), Some(high)) => low < high,
        _ => true,
    };
    let less = below(a.low, b.high);
    let greater = below(b.low, a.high);
    let reach = |low: Option<crate::number::Number>, high: Option<crate::number::Number>| match (low, high) {
        (Some(low), Some(high)) => low <= high,
        _ => true,
    };
    let equal = reach(a.low, b.high) && reach(b.low, a.high);
    (equal, less || greater, less, greater)
}

fn same_words(a: &Words, b: &Words) -> (bool, bool) {
    match (a, b) {
        (Words::Of(a), Words::Of(b)) => {
            let equal = a.intersection(b).next().is_some();
            (equal, a.len() > 1 || b.len() > 1 || a != b)
        }
        _ => (true, true),
    }
}

impl Evaluator<'_> {
    /// Whether a value lies in a set.
    pub(super) fn in_set(&self, value: &Answer, set: &Set, sight: Sight<'_>) -> Answer {
        match set {
            Set::Range(low, high) => {
                let low = low.map(|low| compare(Comparison::AtLeast, value, sight.get(low)));
                let high = high.map(|high| compare(Comparison::AtMost, value, sight.get(high)));
                let ends: Vec<&Answer> = low.iter().chain(high.iter()).collect();
                answer::all(&ends)
            }
            Set::Items(items) => match &value.may {
                May::Word(words) => self.word_in(words, value, items, sight),
                May::Nothing => value.clone(),
                _ => {
                    let same: Vec<Answer> = items
                        .iter()
                        .filter_map(|item| match item {
                            Item::Node(node) => Some(compare(Comparison::Equal, value, sight.get(*node))),
                            Item::List(_) => None,
                        })
                        .collect();
                    answer::any(&same.iter().collect::<Vec<_>>())
                }
            },
        }
    }

    /// A word in a set: yes if every word that it may be lies inside, no if none does.
    fn word_in(&self, words: &Words, value: &Answer, items: &[Item], sight: Sight<'_>) -> Answer {
        let mut certain: BTreeSet<Arc<str>> = BTreeSet::new();
        let mut open: Vec<Answer> = Vec::new();
        let mut lists = Vec::new();
        for item in items {
            match item {
                Item::List(index) if self.is_unpublished(Entity::List(*index)) => {
                    open.push(Answer::settle(
                        May::Truth { yes: true, no: true },
                        None,
                        answer::Awaits::new(),
                    ));
                }
                Item::List(index) => lists.extend(self.plan.pack().lists.get(*index)),
                Item::Node(node) => match sight.get(*node).single_word() {
                    Some(word) => {
                        certain.insert(word.clone());
                    }
                    None => open.push(compare(Comparison::Equal, value, sight.get(*node))),
                },
            }
        }
        let inside =
            |word: &Arc<str>| certain.contains(word) || lists.iter().any(|list| list.set.contains(word));
        let (yes, no) = match words {
            Words::Of(words) => (words.iter().any(inside), !words.iter().all(inside)),
            Words::Any => (true, true),
        };
        let closed = Answer::settle(May::Truth { yes, no }, value.failure, value.awaits.clone());
        let all: Vec<&Answer> = [&closed].into_iter().chain(open.iter()).collect();
        answer::any(&all)
    }
}

/// `if`: the branch taken; the hull of both while the condition is unknown.
pub(super) fn choose(condition: &Answer, then: &Answer, otherwise: &Answer) -> Answer {
    if condition.is_yes() {
        return then.clone();
    }
    if condition.is_no() {
        return otherwise.clone();
    }
    if condition.is_error() {
        return condition.clone();
    }
    let mut taken: Option<Answer> = None;
    for (branch, possible) in [(then, condition.may_be_yes()), (otherwise, condition.may_be_no())] {
        if possible {
            taken = Some(match taken {
                None => branch.clone(),
                Some(before) => before.hull(branch.clone()),
            });
        }
    }
    let mut answer = taken.unwrap_or_else(|| then.clone());
    answer.failure = answer.failure.or(condition.failure);
    answer.awaits.extend(condition.awaits.iter().copied());
    Answer::settle(answer.may, answer.failure, answer.awaits)
}

/// A table: the hull of the rows that may be meant; a value without a row fails.
pub(super) fn table(by: &Answer, rows: &[(Key, NodeId)], sight: Sight<'_>, span: Span) -> Answer {
    if by.is_error() {
        return by.clone();
    }
    let reached: Vec<&(Key, NodeId)> = rows.iter().filter(|(key, _)| by.may_be_key(key)).collect();
    let covered = match &by.may {
        May::Word(Words::Of(words)) => words.len() == reached.len(),
        May::Outcomes(bits) => usize::try_from(bits.count_ones()).ok() == Some(reached.len()),
        May::Truth { yes, no } => usize::from(*yes).saturating_add(usize::from(*no)) == reached.len(),
        _ => false,
    };
    let missing = (!covered).then_some(Failure { kind: FailureKind::NoRow, span });
    let mut answer: Option<Answer> = None;
    for (_, node) in reached {
        let row = sight.get(*node).clone();
        answer = Some(match answer {
            None => row,
            Some(before) => before.hull(row),
        });
    }
    match answer {
        None => Answer::settle(May::Nothing, missing, answer::Awaits::new()),
        Some(answer) => {
            let mut awaits = answer.awaits;
            awaits.extend(by.awaits.iter().copied());
            Answer::settle(answer.may, answer.failure.or(missing).or(by.failure), awaits)
        }
    }
}
