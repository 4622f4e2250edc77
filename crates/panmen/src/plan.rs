//! A checked pack resolved for one date: which value of each parameter is in force, which year is
//! assessed by default.
//!
//! The last thing that depends on the date; `eval` sees a plan and the facts, and no text.

use crate::check::{Checked, class_ground, level_ground};
use crate::diagnostic::{Diagnostic, PackProblem};
use crate::graph::Entity;
use crate::pack::{Ground, Pack, Period};
use crate::read::Peek;
use crate::source::Span;
use crate::value::{Date, TimeUnit};
use std::collections::BTreeSet;

/// A pack for one date.
#[derive(Debug, Clone)]
pub struct Plan<'p> {
    /// The pack.
    pub checked: &'p Checked,
    /// The decision date.
    pub as_of: Date,
    /// The value of each parameter that is in force, by its place among the parameter's values.
    pub parameters: Vec<Option<usize>>,
    /// The last full calendar year before the decision date.
    pub last_year: i64,
    /// What nobody published: criteria, gates, classes, levels, lists, measures, and parameters whose
    /// value in force is assumed.
    pub assumed: BTreeSet<Entity>,
}

impl<'p> Plan<'p> {
    /// The pack's entries.
    #[must_use]
    pub fn pack(&self) -> &'p Pack {
        &self.checked.pack
    }
}

/// Resolves a pack for a date.
#[must_use]
pub fn plan(checked: &Checked, as_of: Date) -> Plan<'_> {
    let parameters: Vec<Option<usize>> = checked
        .pack
        .parameters
        .iter()
        .map(|parameter| parameter.values.iter().rposition(|value| value.period.contains(as_of)))
        .collect();
    let assumed = assumed(&checked.pack, &parameters);
    Plan { checked, as_of, parameters, last_year: i64::from(as_of.year()).saturating_sub(1), assumed }
}

fn assumed(pack: &Pack, parameters: &[Option<usize>]) -> BTreeSet<Entity> {
    let mut assumed = BTreeSet::new();
    let mut mark = |entity: Entity, ground: &Ground| {
        if ground.assumed() {
            assumed.insert(entity);
        }
    };
    for (index, (parameter, value)) in pack.parameters.iter().zip(parameters).enumerate() {
        if let Some(value) = value.and_then(|value| parameter.values.get(value)) {
            mark(Entity::Parameter(index), &value.ground);
        }
    }
    pack.lists.iter().enumerate().for_each(|(index, list)| mark(Entity::List(index), &list.ground));
    pack.criteria.iter().enumerate().for_each(|(index, entry)| mark(Entity::Criterion(index), &entry.ground));
    pack.gates.iter().enumerate().for_each(|(index, gate)| mark(Entity::Gate(index), &gate.ground));
    pack.measures.iter().enumerate().for_each(|(index, entry)| mark(Entity::Measure(index), &entry.ground));
    for (index, classification) in pack.classifications.iter().enumerate() {
        for class in 0..classification.classes.len() {
            mark(Entity::Class(index, class), &class_ground(pack, index, class));
        }
    }
    for (index, ladder) in pack.ladders.iter().enumerate() {
        for level in 0..ladder.levels.len() {
            mark(Entity::Level(index, level), &level_ground(pack, index, level));
        }
    }
    assumed
}

/// The edition in force on a date, by its place in the list.
///
/// # Errors
/// None or two are in force; then the nearest is named, with a date on which it would apply.
pub fn edition(editions: &[Peek], as_of: Date) -> Result<usize, Vec<Diagnostic>> {
    if let Some(odd) =
        editions.iter().find(|peek| Some(&peek.pack) != editions.first().map(|first| &first.pack))
    {
        let expected = editions.first().map(|first| first.pack.clone()).unwrap_or_default();
        let problem = PackProblem::EditionMismatch { found: odd.pack.clone(), expected };
        return Err(vec![Diagnostic::new(problem, odd.span)]);
    }
    let in_force: Vec<usize> = editions
        .iter()
        .enumerate()
        .filter(|(_, peek)| peek.in_force.contains(as_of))
        .map(|(index, _)| index)
        .collect();
    match in_force.as_slice() {
        [one] => Ok(*one),
        [] => Err(vec![none_in_force(editions, as_of)]),
        [first, second, ..] => {
            let name =
                |index: usize| editions.get(index).map(|peek| peek.edition.clone()).unwrap_or_default();
            let problem = PackProblem::EditionsOverlap {
                date: as_of.to_string(),
                first: name(*first),
                second: name(*second),
            };
            let span = editions.get(*second).map_or_else(Span::default, |peek| peek.span);
            Err(vec![Diagnostic::new(problem, span)])
        }
    }
}

/// Editions that are not of one pack, and pairs of them that are in force on the same day.
#[must_use]
pub fn overlaps(editions: &[Peek]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (index, second) in editions.iter().enumerate() {
        for first in editions.iter().take(index) {
            if first.pack != second.pack && !first.pack.is_empty() && !second.pack.is_empty() {
                let problem =
                    PackProblem::EditionMismatch { found: second.pack.clone(), expected: first.pack.clone() };
                found.push(Diagnostic::new(problem, second.span));
                continue;
            }
            // The first day of the later one, where they meet.
            let day = first.in_force.from.max(second.in_force.from).unwrap_or(Date::EARLIEST);
            if first.in_force.contains(day) && second.in_force.contains(day) {
                let problem = PackProblem::EditionsOverlap {
                    date: day.to_string(),
                    first: first.edition.clone(),
                    second: second.edition.clone(),
                };
                found.push(Diagnostic::new(problem, second.span));
            }
        }
    }
    found
}

fn none_in_force(editions: &[Peek], as_of: Date) -> Diagnostic {
    let away = |period: Period| -> (i64, Date) {
        let to = |day: Date| as_of.completed(day, TimeUnit::Days).saturating_abs();
        let ends = [period.from, period.to];
        ends.into_iter().flatten().map(|day| (to(day), day)).min().unwrap_or((i64::MAX, as_of))
    };
    let nearest = editions.iter().map(|peek| (away(peek.in_force), peek)).min_by_key(|(away, _)| *away);
    let (edition, fixed, span) = match nearest {
        Some(((_, day), peek)) => (peek.edition.clone(), day.to_string(), peek.span),
        None => (String::new(), as_of.to_string(), Span::default()),
    };
    let problem = PackProblem::EditionNotInForce { date: as_of.to_string(), nearest_edition: edition, fixed };
    Diagnostic::new(problem, span)
}
