//! Every shipped pack on firms made at random from its own declarations: values at the bounds of its
//! parameters and one step beside, rows, periods, rejected and verified and unsigned ones.

use super::expressions::lies_within;
use super::generate::config;
use super::turns::{checks, only_verified, turned, turns};
use crate::language::engine::{bundle, checked, day, pack, told};
use crate::support::root;
use panmen::answer::{Answer, FactPath, May};
use panmen::check::Checked;
use panmen::decision::decide;
use panmen::eval::{ELIGIBLE, Run, Trace, eval};
use panmen::graph::{Entity, NodeId, Op, entity_id};
use panmen::number::{Interval, Number};
use panmen::pack::{Fact, Per};
use panmen::plan::plan;
use panmen::profile::{Entry, Given, Held, Profile, Provenance, Row, Status};
use panmen::read::{Bundle, Peek, peek};
use panmen::source::{Sources, Span};
use panmen::value::{Date, Type, Value};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::strategy::ValueTree;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Folders with a header below `rules`, each with what its header says.
fn folders() -> Vec<(PathBuf, Peek)> {
    let mut found = Vec::new();
    let mut stack = vec![root().join("rules")];
    while let Some(folder) = stack.pop() {
        stack.extend(
            fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()),
        );
        if let Ok(text) = fs::read_to_string(folder.join("pack.yaml")) {
            let mut sources = Sources::default();
            let header = sources.add("pack.yaml", text);
            found.push((folder, peek(&sources, header).unwrap()));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// A folder's files, and those of the packs that it imports, in the edition in force on a date.
fn bundled(
    sources: &mut Sources,
    folders: &[(PathBuf, Peek)],
    folder: &Path,
    header: &Peek,
    on: Date,
) -> Bundle {
    let mut files: Vec<(String, String)> = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            files.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
    files.sort();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut found = bundle(sources, &files);
    for (alias, id, _) in &header.uses {
        let used = folders.iter().find(|(_, used)| used.pack == *id && used.in_force.contains(on)).unwrap();
        let used = bundled(sources, folders, &used.0, &used.1, on);
        found.used.push((alias.text.clone(), used));
    }
    found
}

/// Every shipped pack, with a date on which it is in force, and one with every step of an amount.
fn packs() -> &'static Vec<(Checked, Date)> {
    static PACKS: OnceLock<Vec<(Checked, Date)>> = OnceLock::new();
    PACKS.get_or_init(|| {
        let folders = folders();
        let each = folders.iter().map(|(folder, header)| {
            let usual = Some(day("2025-06-30")).filter(|day| header.in_force.contains(*day));
            let on = usual.or(header.in_force.from).unwrap_or(day("2025-06-30"));
            let mut sources = Sources::default();
            let bundle = bundled(&mut sources, &folders, folder, header, on);
            let pack = checked(&sources, &bundle);
            (pack.unwrap_or_else(|problems| panic!("{}", told(&sources, &problems))), on)
        });
        let amounts = fs::read_to_string(root().join("tests/laws/amounts.yaml")).unwrap();
        each.chain([(pack(&amounts), day("2025-06-30"))]).collect()
    })
}

/// Choices, one after the other and from the start again.
struct Choices<'a>(std::iter::Cycle<std::slice::Iter<'a, Index>>);

impl Choices<'_> {
    fn below(&mut self, count: usize) -> usize {
        self.0.next().unwrap().index(count)
    }

    fn of<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(from[self.below(from.len())].clone()) }
    }
}

/// A firm at random.
struct Maker<'a> {
    pack: &'a Checked,
    on: Date,
    choices: Choices<'a>,
}

impl Maker<'_> {
    fn firm(&mut self) -> Profile {
        let facts = self.pack.pack.facts.iter().map(|fact| self.fact(fact)).collect();
        Profile { facts, ..Profile::default() }
    }

    fn provenance(&mut self, judged: bool) -> Provenance {
        let status = [Status::Declared, Status::Declared, Status::Verified, Status::Rejected];
        let status = self.choices.of(&status).unwrap();
        let signed = judged && self.choices.below(3) > 0;
        Provenance { status, signed: (signed.then(|| "officer".to_owned()), None), ..Provenance::default() }
    }

    fn entry(&mut self, value_type: &Type, range: Interval, judged: bool) -> Option<Entry> {
        if self.choices.below(6) == 0 {
            return None;
        }
        let held = Held::Value(self.value(value_type, range)?);
        Some(Entry { held, provenance: self.provenance(judged), span: Span::default() })
    }

    fn fact(&mut self, fact: &Fact) -> Option<Given> {
        let judged = fact.judged_by.is_some();
        if let Type::List(fields) = &fact.value_type {
            let count = self.choices.below(4);
            let row = |maker: &mut Self| Row {
                fields: fields
                    .iter()
                    .map(|field| maker.entry(&field.value_type, field.range, false))
                    .collect(),
                provenance: maker.provenance(false),
            };
            let rows = (0..count).map(|_| row(self)).collect();
            let complete = self.choices.below(3) > 0;
            let given = Given::Rows { complete, rows, provenance: self.provenance(judged) };
            return Some(given).filter(|_| self.choices.below(5) > 0);
        }
        if let Some(per) = fact.per {
            let year = i64::from(self.on.year());
            let periods = match per {
                Per::Year => year - 4..=year + 1,
                Per::Month => self.on.month().index() - 26..=self.on.month().index() + 1,
            };
            let mut given = |period| Some((period, self.entry(&fact.value_type, fact.range, judged)?));
            return Some(Given::Series(periods.filter_map(&mut given).collect()));
        }
        if fact.many {
            let values: BTreeSet<Value> =
                (0..self.choices.below(4)).filter_map(|_| self.value(&fact.value_type, fact.range)).collect();
            let given = Given::Many(values.into_iter().collect(), self.provenance(judged));
            return Some(given).filter(|_| self.choices.below(5) > 0);
        }
        self.entry(&fact.value_type, fact.range, judged).map(Given::One)
    }

    fn value(&mut self, value_type: &Type, range: Interval) -> Option<Value> {
        Some(match value_type {
            Type::YesNo => Value::YesNo(self.choices.below(2) == 1),
            Type::Date => {
                let days = [0, 1, 30, 364, 365, 366, 730, 731, 1095, 1826];
                let back = self.choices.of(&days)?;
                let ahead = [-1, 0, 0, 0, 1];
                let far = self.on.day_number() - back + self.choices.of(&ahead)?;
                Value::Date(Date::from_day_number(far)?)
            }
            Type::Text(false) => Value::Word(self.choices.of(&["a", "b"])?.into()),
            Type::Code(set) | Type::Choice(set) => {
                let codes: Vec<_> = set.codes.keys().cloned().collect();
                Value::Word(self.choices.of(&codes)?)
            }
            Type::Text(true) | Type::List(_) => return None,
            number => Value::Number(self.number(number, range)?),
        })
    }

    /// An end of the range, a parameter, or one step beside it.
    fn number(&mut self, value_type: &Type, range: Interval) -> Option<Number> {
        let mut bounds: Vec<Number> = range.low.into_iter().chain(range.high).collect();
        bounds.push(Number::from(1));
        for parameter in &self.pack.pack.parameters {
            bounds.extend(parameter.values.iter().filter_map(|dated| match dated.value {
                Value::Number(number) if parameter.value_type == *value_type => Some(number),
                _ => None,
            }));
        }
        let bound = self.choices.of(&bounds)?;
        let cent = Number::ONE.divide(Number::from(100)).ok()?;
        let step = if *value_type == Type::Integer { Number::ONE } else { cent };
        let number = match self.choices.below(4) {
            0 => bound.plus(step).ok()?,
            1 => bound.subtract(step).ok()?,
            _ => bound,
        };
        range.contains(number).then_some(number).or(Some(bound))
    }
}

/// Everything with a name: its id, its node.
fn named(pack: &Checked) -> Vec<(String, NodeId)> {
    let graph = &pack.graph;
    let id = |entity: Entity| entity_id(&pack.pack, entity);
    let mut found: Vec<(String, NodeId)> = Vec::new();
    found.extend(graph.defines.iter().enumerate().map(|(i, node)| (id(Entity::Define(i)), *node)));
    found.extend(graph.criteria.iter().enumerate().map(|(i, node)| (id(Entity::Criterion(i)), *node)));
    found.extend(graph.gates.iter().enumerate().map(|(i, node)| (id(Entity::Gate(i)), *node)));
    found.extend(graph.ladders.iter().enumerate().map(|(i, node)| (id(Entity::Ladder(i)), *node)));
    found.extend(graph.measures.iter().enumerate().map(|(i, node)| (id(Entity::Measure(i)), *node)));
    for (i, classes) in graph.classes.iter().enumerate() {
        found.extend(classes.iter().enumerate().map(|(class, node)| (id(Entity::Class(i, class)), *node)));
    }
    found
}

fn within(of: &str, pack: &Checked, inner: &Trace, outer: &Trace) -> Result<(), TestCaseError> {
    for (id, node) in named(pack) {
        let (inner, outer): (&Answer, &Answer) = (inner.get(node), outer.get(node));
        prop_assert!(lies_within(inner, outer), "{}: {}\n{:?}\nnot in\n{:?}", of, id, inner, outer);
    }
    // What a measure comes to is asked only of a firm that gets it.
    for node in &pack.graph.measures {
        let Op::Measure { measure, amount: Some(amount), .. } = pack.graph.nodes[node.0].op else { continue };
        if inner.get(*node).may == May::Outcomes(ELIGIBLE) && inner.get(*node).is_decided() {
            let id = entity_id(&pack.pack, Entity::MeasureAmount(measure));
            let (inner, outer) = (inner.get(amount), outer.get(amount));
            prop_assert!(lies_within(inner, outer), "{}: {}\n{:?}\nnot in\n{:?}", of, id, inner, outer);
        }
    }
    Ok(())
}

fn choices() -> impl Strategy<Value = Vec<Index>> {
    proptest::collection::vec(any::<Index>(), 60..120)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn learning_verifying_and_publishing_only_narrow(choices in choices(), turns in turns(), checks in checks()) {
        for (pack, on) in packs() {
            let plan = plan(pack, *on);
            let firm = Maker { pack, on: *on, choices: Choices(choices.iter().cycle()) }.firm();
            let all = eval(&plan, &firm, Run::All);
            let less = eval(&plan, &turned(pack, &firm, &turns), Run::All);
            // A default stands in for what is not known, and goes once it is.
            if less.defaults.is_empty() {
                within("learnt", pack, &all, &less)?;
            }
            let nothing = BTreeSet::new();
            let verified = eval(&plan, &firm, Run::Verified(&nothing));
            within("verified", pack, &all, &verified)?;
            // The verified run sees what is left if nobody had told the rest, rows and all.
            let rest = eval(&plan, &only_verified(pack, &firm), Run::All);
            if rest.defaults.is_empty() {
                for (id, node) in named(pack) {
                    prop_assert_eq!(&verified.get(node).may, &rest.get(node).may, "{}", id);
                }
            }
            let more = eval(&plan, &turned(pack, &firm, &checks), Run::Verified(&nothing));
            within("more verified", pack, &more, &verified)?;
            let besides: BTreeSet<FactPath> = firm.paths().into_iter().step_by(3).collect();
            within("besides", pack, &all, &eval(&plan, &firm, Run::Verified(&besides)))?;
            within("published", pack, &all, &eval(&plan, &firm, Run::Published))?;
            for (id, node) in named(pack) {
                let answer = all.get(node);
                let closed = answer.is_decided() || answer.is_error();
                prop_assert_eq!(closed, answer.awaits.is_empty(), "{}: {:?}", id, answer);
            }
        }
    }
}

#[test]
fn a_firm_at_random_is_decided_on_without_a_panic() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for (pack, on) in packs() {
        let plan = plan(pack, *on);
        for _ in 0..12 {
            let choices = choices().new_tree(&mut runner).unwrap().current();
            let firm = Maker { pack, on: *on, choices: Choices(choices.iter().cycle()) }.firm();
            let decision = decide(&plan, &firm);
            assert_eq!(decision.ladders.len(), pack.pack.ladders.len());
        }
    }
}
