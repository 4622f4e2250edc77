//! Profiles of which less is known, or more is verified, part by part.

use panmen::check::Checked;
use panmen::number::{Interval, Number};
use panmen::pack::Fact;
use panmen::profile::{Entry, Given, Held, Profile, Provenance, Row, Status};
use panmen::value::{Type, Value};
use proptest::prelude::*;

/// How one part of a profile is made less known, or checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Keep,
    Forget,
    Blur,
    Verify,
}

/// Ways to know less.
pub(crate) fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![4 => Just(Turn::Keep), 2 => Just(Turn::Forget), 1 => Just(Turn::Blur)];
    proptest::collection::vec(turn, 24)
}

/// Ways to verify some.
pub(crate) fn checks() -> impl Strategy<Value = Vec<Turn>> {
    proptest::collection::vec(prop_oneof![Just(Turn::Keep), Just(Turn::Verify)], 24)
}

/// Does one thing after the other to every part of a profile.
struct Turns<'a>(std::iter::Cycle<std::slice::Iter<'a, Turn>>);

impl Turns<'_> {
    fn next(&mut self) -> Turn {
        *self.0.next().unwrap()
    }

    /// False if the entry is to go.
    fn entry(&mut self, entry: &mut Entry, range: Interval) -> bool {
        match self.next() {
            Turn::Keep => true,
            Turn::Forget => false,
            Turn::Blur => match entry.held {
                // As a firm that gives a band; wide enough for every value of the tables.
                Held::Value(Value::Number(number)) => {
                    let far = Number::from(3);
                    let low = number.subtract(far).ok().max(range.low);
                    let high = number.plus(far).ok();
                    let high = range.high.filter(|most| high.is_none_or(|high| *most < high)).or(high);
                    entry.held = Held::Band(Interval { low, high });
                    true
                }
                _ => false,
            },
            Turn::Verify => {
                if entry.provenance.status == Status::Declared {
                    entry.provenance.status = Status::Verified;
                }
                true
            }
        }
    }

    fn given(&mut self, fact: &Fact, given: Given) -> Option<Given> {
        Some(match given {
            Given::One(mut entry) => {
                if !self.entry(&mut entry, fact.range) {
                    return None;
                }
                Given::One(entry)
            }
            Given::Series(mut periods) => {
                periods.retain(|_, entry| self.entry(entry, fact.range));
                Given::Series(periods)
            }
            Given::Many(values, mut provenance) => {
                match self.next() {
                    Turn::Forget | Turn::Blur => return None,
                    Turn::Verify if provenance.status == Status::Declared => {
                        provenance.status = Status::Verified;
                    }
                    Turn::Keep | Turn::Verify => {}
                }
                Given::Many(values, provenance)
            }
            Given::Rows { mut complete, mut rows, mut provenance } => {
                match self.next() {
                    Turn::Keep => {}
                    Turn::Forget => return None,
                    Turn::Blur => {
                        complete = false;
                        rows.pop();
                    }
                    Turn::Verify => {
                        if provenance.status == Status::Declared {
                            provenance.status = Status::Verified;
                        }
                    }
                }
                let Type::List(fields) = &fact.value_type else { panic!("rows of no list") };
                for row in &mut rows {
                    for (place, field) in row.fields.iter_mut().zip(fields.iter()).map(|(a, b)| (a, b.range))
                    {
                        let kept = place.take();
                        *place = kept.and_then(|mut entry| self.entry(&mut entry, field).then_some(entry));
                    }
                }
                Given::Rows { complete, rows, provenance }
            }
        })
    }
}

/// The profile after these turns.
pub(crate) fn turned(pack: &Checked, profile: &Profile, turns: &[Turn]) -> Profile {
    let mut turns = Turns(turns.iter().cycle());
    let facts = pack.pack.facts.iter().zip(&profile.facts);
    let facts = facts.map(|(fact, given)| turns.given(fact, given.clone()?)).collect();
    Profile { facts, ..profile.clone() }
}

/// What is left of a profile if nobody had told what is not verified; a signature verifies.
pub(crate) fn only_verified(pack: &Checked, profile: &Profile) -> Profile {
    let facts = pack.pack.facts.iter().zip(&profile.facts);
    let facts = facts.map(|(fact, given)| given.clone().and_then(|given| verified_part(fact, given)));
    Profile { facts: facts.collect(), ..profile.clone() }
}

fn verified_part(fact: &Fact, given: Given) -> Option<Given> {
    let counts = |provenance: &Provenance| match (&fact.judged_by, provenance.status) {
        (_, Status::Rejected) => false,
        (Some(_), _) => provenance.is_signed(),
        (None, status) => status == Status::Verified,
    };
    match given {
        Given::One(entry) => counts(&entry.provenance).then_some(Given::One(entry)),
        Given::Series(mut periods) => {
            periods.retain(|_, entry| counts(&entry.provenance));
            Some(Given::Series(periods))
        }
        Given::Many(values, provenance) => counts(&provenance).then_some(Given::Many(values, provenance)),
        Given::Rows { complete, rows, provenance } => {
            let unsigned = fact.judged_by.is_some() && !provenance.is_signed();
            if provenance.status == Status::Rejected || unsigned {
                return None;
            }
            let list = counts(&provenance);
            let exists = |row: &Row| {
                let field =
                    row.fields.iter().flatten().any(|field| field.provenance.status == Status::Verified);
                row.provenance.status != Status::Rejected
                    && (list || field || row.provenance.status == Status::Verified)
            };
            let complete = complete && rows.iter().all(exists) && (list || !rows.is_empty());
            let mut rows = rows;
            rows.retain(exists);
            for field in rows.iter_mut().flat_map(|row| &mut row.fields) {
                *field = field.take().filter(|entry| counts(&entry.provenance));
            }
            Some(Given::Rows { complete, rows, provenance })
        }
    }
}
