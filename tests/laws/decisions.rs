//! What is learnt, verified or published never contradicts what was said before.

use super::generate::config;
use crate::language::engine::{bundle, checked, day, firm, paths, told};
use crate::language::tables::{facts_text, rows};
use crate::support::root;
use panmen::answer::{Answer, FactPath, FailureKind, May, Part, Words};
use panmen::check::Checked;
use panmen::decision::{Decision, Grounds, LadderOutcome, MeasureOutcome, Verdict, decide};
use panmen::eval::{Run, Trace, eval};
use panmen::number::Interval;
use panmen::pack::Fact;
use panmen::plan::{Plan, plan};
use panmen::profile::{Entry, Given, Held, Profile, Status};
use panmen::source::Sources;
use panmen::standing::Standing;
use panmen::value::{Type, Value};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::sync::OnceLock;

const AS_OF: &str = "2025-03-01";

/// Every expression of the tables of the language as one pack, with what each says; parameters and the
/// picked list are assumed, so that the published text says less.
fn table_pack() -> &'static (Checked, Vec<String>) {
    static PACK: OnceLock<(Checked, Vec<String>)> = OnceLock::new();
    PACK.get_or_init(|| {
        let rows: Vec<_> = rows().into_iter().filter(|row| row.result != "refused").collect();
        let facts = facts_text().replace("cite: law}", "cite: law, basis: assumed, why: to test}");
        let mut defines = "define:\n".to_owned();
        for (index, row) in rows.iter().enumerate() {
            writeln!(defines, "  row_{index}: {{is: {}}}", row.expression).unwrap();
        }
        let mut sources = Sources::default();
        let bundle = bundle(&mut sources, &[("pack.yaml", &facts), ("rows.yaml", &defines)]);
        let pack =
            checked(&sources, &bundle).unwrap_or_else(|problems| panic!("{}", told(&sources, &problems)));
        (pack, rows.into_iter().map(|row| row.expression).collect())
    })
}

/// Every value that a row of the tables gives, by the fact's place.
fn table_values() -> &'static Vec<Vec<Given>> {
    static VALUES: OnceLock<Vec<Vec<Given>>> = OnceLock::new();
    VALUES.get_or_init(|| {
        let pack = &table_pack().0;
        let mut values: Vec<Vec<Given>> = vec![Vec::new(); pack.pack.facts.len()];
        let mut seen = BTreeSet::new();
        for row in rows().into_iter().filter(|row| row.result != "refused" && seen.insert(row.facts.clone()))
        {
            for (fact, given) in firm(pack, &row.facts).facts.into_iter().enumerate() {
                values[fact].extend(given);
            }
        }
        values
    })
}

/// A firm whose facts are picked from the tables, each by an index; none for an index that is absent.
fn picked(picks: &[Option<Index>]) -> Profile {
    let values = table_values();
    let fact = |(of, pick): (&Vec<Given>, &Option<Index>)| {
        let pick = pick.as_ref().filter(|_| !of.is_empty())?;
        Some(pick.get(of).clone())
    };
    Profile { facts: values.iter().zip(picks.iter().cycle()).map(fact).collect(), ..Profile::default() }
}

fn picks() -> impl Strategy<Value = Vec<Option<Index>>> {
    proptest::collection::vec(proptest::option::weighted(0.8, any::<Index>()), 40)
}

/// How one part of a profile is made less known, or checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Keep,
    Forget,
    Blur,
    Verify,
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![4 => Just(Turn::Keep), 2 => Just(Turn::Forget), 1 => Just(Turn::Blur)];
    proptest::collection::vec(turn, 24)
}

fn checks() -> impl Strategy<Value = Vec<Turn>> {
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
                    let far = panmen::number::Number::from(3);
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
                        provenance.status = Status::Verified
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

fn turned(pack: &Checked, profile: &Profile, turns: &[Turn]) -> Profile {
    let mut turns = Turns(turns.iter().cycle());
    let facts = pack.pack.facts.iter().zip(&profile.facts);
    let facts = facts.map(|(fact, given)| turns.given(fact, given.clone()?)).collect();
    Profile { facts, ..profile.clone() }
}

/// Whether every completion of `inner` is one of `outer`. Only a number or day that is too great may
/// come as a surprise: that is tested once everything is known.
fn lies_within(inner: &Answer, outer: &Answer) -> bool {
    let inside = match (&inner.may, &outer.may) {
        (May::Nothing, _) => true,
        (May::Truth { yes: a, no: b }, May::Truth { yes, no }) => (!a || *yes) && (!b || *no),
        (May::Number(a), May::Number(b)) => a.hull(*b) == *b,
        (May::Word(_), May::Word(Words::Any)) => true,
        (May::Word(Words::Of(a)), May::Word(Words::Of(b))) => a.is_subset(b),
        (May::Outcomes(a), May::Outcomes(b)) => a & !b == 0,
        _ => false,
    };
    let surprise = inner.failure.filter(|_| outer.failure.is_none());
    inside
        && surprise
            .is_none_or(|failure| matches!(failure.kind, FailureKind::Overflow | FailureKind::DateRange))
}

/// Compares two traces of the table pack, expression by expression.
fn within(
    of: &str,
    inner: &Trace,
    outer: &Trace,
    counts: impl Fn(&str) -> bool,
) -> Result<(), TestCaseError> {
    let (pack, expressions) = table_pack();
    let nodes = pack.pack.defines.iter().zip(&pack.graph.defines);
    let nodes = nodes.filter(|(define, _)| define.id.text.starts_with("row_"));
    for (expression, (_, node)) in expressions.iter().zip(nodes).filter(|(expression, _)| counts(expression))
    {
        let (inner, outer) = (inner.get(*node), outer.get(*node));
        prop_assert!(lies_within(inner, outer), "{}: {}\n{:?}\nnot in\n{:?}", of, expression, inner, outer);
    }
    Ok(())
}

/// What is open waits for something; what is decided, or surely an error, for nothing.
fn awaits_while_open(trace: &Trace) -> Result<(), TestCaseError> {
    let (pack, expressions) = table_pack();
    let first = pack.pack.defines.iter().position(|define| define.id.text == "row_0").unwrap();
    for (expression, node) in expressions.iter().zip(&pack.graph.defines[first..]) {
        let answer = trace.get(*node);
        let closed = answer.is_decided() || answer.is_error();
        prop_assert_eq!(closed, answer.awaits.is_empty(), "{}: {:?}", expression, answer);
    }
    Ok(())
}

/// The shipped pack, and the firms beside it.
fn shipped() -> &'static (Checked, Vec<Profile>) {
    static SHIPPED: OnceLock<(Checked, Vec<Profile>)> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let pack = checked_folder(false);
        let firms = yaml_files("fixtures/firms");
        let firms = firms.iter().map(|(_, text)| profile_of(&pack, text)).collect();
        (pack, firms)
    })
}

/// The YAML files of a folder, by name.
pub(crate) fn yaml_files(folder: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> =
        fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    let name = |file: &std::path::Path| file.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|file| (name(file), fs::read_to_string(file).unwrap())).collect()
}

pub(crate) const SHIPPED_PACK: &str = "rules/suzhou-cbec-2024";

fn checked_folder(reversed: bool) -> Checked {
    let mut files = yaml_files(SHIPPED_PACK);
    if reversed {
        files.reverse();
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut sources = Sources::default();
    let bundle = bundle(&mut sources, &files);
    checked(&sources, &bundle).unwrap_or_else(|problems| panic!("{}", told(&sources, &problems)))
}

fn profile_of(pack: &Checked, text: &str) -> Profile {
    let (node, problems) = panmen::yaml::parse(panmen::source::FileId(0), text, panmen::yaml::Limits::FILE);
    let (profile, more) = panmen::profile::profile(
        &node.unwrap_or_else(|| panic!("{problems:?}")),
        pack,
        panmen::profile::Form::Yaml,
    );
    profile.unwrap_or_else(|| panic!("{more:?}"))
}

/// Every outcome by its id, as its word, with the paths that it waits for and its standing.
fn outcomes(
    plan: &Plan<'_>,
    decision: &Decision,
) -> BTreeMap<String, (String, Vec<String>, Option<Standing>)> {
    let pack = plan.pack();
    let mut found = BTreeMap::new();
    let mut push = |id: String, word: String, grounds: &Grounds| {
        found.insert(id, (word, paths(plan, &grounds.awaits), grounds.standing.clone()));
    };
    for (entry, result) in pack.criteria.iter().zip(&decision.criteria) {
        push(entry.id.text.clone(), result.verdict.word().to_owned(), &result.grounds);
    }
    for (entry, result) in pack.gates.iter().zip(&decision.gates) {
        push(entry.id.text.clone(), result.verdict.word().to_owned(), &result.grounds);
    }
    for (entry, results) in pack.classifications.iter().zip(&decision.classes) {
        for (class, result) in entry.classes.iter().zip(results) {
            push(
                format!("{}.{}", entry.id.text, class.id.text),
                result.verdict.word().to_owned(),
                &result.grounds,
            );
        }
    }
    for (entry, result) in pack.ladders.iter().zip(&decision.ladders) {
        let word = match result.outcome {
            LadderOutcome::Level(level) => entry.levels[level].id.text.clone(),
            other => other.word().to_owned(),
        };
        push(entry.id.text.clone(), word, &result.grounds);
    }
    for (entry, result) in pack.measures.iter().zip(&decision.measures) {
        push(entry.id.text.clone(), result.outcome.word().to_owned(), &result.grounds);
    }
    found
}

fn is_open(word: &str) -> bool {
    matches!(word, "unknown" | "undetermined" | "referred")
}

/// Verifies what is given at a path; a rejected value stays rejected.
fn verify(profile: &mut Profile, path: FactPath) {
    let check = |status: &mut Status| {
        if *status == Status::Declared {
            *status = Status::Verified;
        }
    };
    match profile.facts[path.fact].as_mut() {
        Some(Given::One(entry)) => check(&mut entry.provenance.status),
        Some(Given::Series(periods)) => {
            if let Part::Period(period) = path.part {
                check(&mut periods.get_mut(&period).unwrap().provenance.status);
            }
        }
        Some(Given::Many(_, provenance)) => check(&mut provenance.status),
        Some(Given::Rows { rows, provenance, .. }) => {
            check(&mut provenance.status);
            let fields = rows.iter_mut().flat_map(|row| row.fields.iter_mut().flatten());
            fields.for_each(|entry| check(&mut entry.provenance.status));
        }
        None => panic!("nothing given at {path:?}"),
    }
}

/// A whole decision costs far more than one condition.
fn few() -> ProptestConfig {
    let config = config();
    ProptestConfig { cases: config.cases.div_ceil(8), ..config }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn learning_only_narrows_what_an_expression_may_be(picks in picks(), turns in turns()) {
        let pack = &table_pack().0;
        let plan = plan(pack, day(AS_OF));
        let more = picked(&picks);
        let less = turned(pack, &more, &turns);
        let (more, less) = (eval(&plan, &more, Run::All), eval(&plan, &less, Run::All));
        // A default stands in only for what is not known.
        within("learnt", &more, &less, |expression| !expression.contains("or else"))?;
        awaits_while_open(&more)?;
        awaits_while_open(&less)?;
    }

    #[test]
    fn what_is_verified_or_published_holds_for_all_that_is_given(picks in picks(), turns in turns(), checks in checks()) {
        let pack = &table_pack().0;
        let plan = plan(pack, day(AS_OF));
        let profile = turned(pack, &turned(pack, &picked(&picks), &turns), &checks);
        let all = eval(&plan, &profile, Run::All);
        let nothing = BTreeSet::new();
        let verified = eval(&plan, &profile, Run::Verified(&nothing));
        within("verified", &all, &verified, |_| true)?;
        awaits_while_open(&verified)?;
        within("published", &all, &eval(&plan, &profile, Run::Published), |_| true)?;
        let some: BTreeSet<FactPath> = profile.paths().into_iter().step_by(2).collect();
        within("verified besides", &eval(&plan, &profile, Run::Verified(&some)), &verified, |_| true)?;
    }
}

proptest! {
    #![proptest_config(few())]

    #[test]
    fn learning_never_changes_an_outcome_of_the_shipped_pack(firm in any::<Index>(), turns in turns()) {
        let (pack, firms) = shipped();
        let more = firm.get(firms);
        let plan = plan(pack, more.as_of.unwrap_or(day("2025-06-30")));
        let less = turned(pack, more, &turns);
        let (before, after) = (decide(&plan, &less), decide(&plan, more));
        let after_words = outcomes(&plan, &after);
        for (id, (word, awaits, standing)) in outcomes(&plan, &before) {
            prop_assert_eq!(is_open(&word), standing.is_none() && word != "error", "{}: {}", id, word);
            if is_open(&word) {
                prop_assert!(!awaits.is_empty(), "{}: {} waits for nothing", id, word);
            } else {
                prop_assert_eq!(&word, &after_words[&id].0, "{}", id);
            }
        }
        for (ladder, (before, after)) in before.ladders.iter().zip(&after.ladders).enumerate() {
            prop_assert_eq!(after.possible & !before.possible, 0, "ladder {}", ladder);
        }
    }

    #[test]
    fn what_is_confirmed_stays_and_what_is_named_confirms(firm in any::<Index>(), checks in checks()) {
        let (pack, firms) = shipped();
        let profile = turned(pack, firm.get(firms), &checks);
        let plan = plan(pack, profile.as_of.unwrap_or(day("2025-06-30")));
        let decision = decide(&plan, &profile);
        let before = outcomes(&plan, &decision);
        // All verified: what was confirmed is, and is the same.
        let mut all = profile.clone();
        profile.paths().into_iter().for_each(|path| verify(&mut all, path));
        let after = outcomes(&plan, &decide(&plan, &all));
        for (id, (word, _, standing)) in &before {
            prop_assert_eq!(word, &after[id].0, "{} changes when facts are verified", id);
            if *standing == Some(Standing::Confirmed) {
                prop_assert_eq!(&after[id].2, &Some(Standing::Confirmed), "{}", id);
            }
        }
        // What is named confirms, and without any of it nothing is confirmed.
        for ladder in 0..decision.ladders.len() {
            let standing = |profile: &Profile| decide(&plan, profile).ladders[ladder].grounds.standing.clone();
            if let Some(Standing::Indicative { verify: Some(named) }) = &decision.ladders[ladder].grounds.standing {
                let mut checked = profile.clone();
                named.iter().for_each(|path| verify(&mut checked, *path));
                prop_assert_eq!(standing(&checked), Some(Standing::Confirmed), "ladder {}", ladder);
                let mut checked = profile.clone();
                named.iter().skip(1).for_each(|path| verify(&mut checked, *path));
                prop_assert_ne!(standing(&checked), Some(Standing::Confirmed), "ladder {}", ladder);
            }
        }
    }

    #[test]
    fn what_the_published_text_decides_is_the_outcome(firm in any::<Index>(), turns in turns()) {
        let (pack, firms) = shipped();
        let profile = turned(pack, firm.get(firms), &turns);
        let plan = plan(pack, profile.as_of.unwrap_or(day("2025-06-30")));
        let decision = decide(&plan, &profile);
        let only = &decision.published_only;
        for (all, published) in decision.gates.iter().zip(&only.gates) {
            prop_assert!(matches!(published, Verdict::Unknown | Verdict::Referred) || all.verdict == *published);
        }
        for (all, (published, possible)) in decision.ladders.iter().zip(&only.ladders) {
            let open = matches!(published, LadderOutcome::Undetermined | LadderOutcome::Referred);
            prop_assert!(open || all.outcome == *published, "{:?} {:?}", all.outcome, published);
            prop_assert_eq!(all.possible & !possible, 0);
        }
        for (all, published) in decision.measures.iter().zip(&only.measures) {
            let open = matches!(published, MeasureOutcome::Undetermined | MeasureOutcome::Referred);
            prop_assert!(open || all.outcome == *published, "{:?} {:?}", all.outcome, published);
        }
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let (pack, firms) = shipped();
    let reversed = checked_folder(true);
    for ((_, text), profile) in yaml_files("fixtures/firms").iter().zip(firms) {
        let as_of = profile.as_of.unwrap_or(day("2025-06-30"));
        let (one, other) = (plan(pack, as_of), plan(&reversed, as_of));
        let first: BTreeMap<String, (String, Vec<String>)> = outcomes(&one, &decide(&one, profile))
            .into_iter()
            .map(|(id, said)| (id, (said.0, said.1)))
            .collect();
        let profile = profile_of(&reversed, text);
        let second: BTreeMap<String, (String, Vec<String>)> = outcomes(&other, &decide(&other, &profile))
            .into_iter()
            .map(|(id, said)| (id, (said.0, said.1)))
            .collect();
        assert_eq!(first, second);
    }
}

#[test]
fn the_order_of_facts_changes_no_byte_of_the_decision() {
    let (pack, _) = shipped();
    for (name, text) in yaml_files("fixtures/firms") {
        let Some((head, facts)) = text.split_once("\nfacts:\n") else { continue };
        // A fact begins where a line is indented by two; what is deeper belongs to it.
        let mut parts: Vec<String> = Vec::new();
        for line in facts.lines() {
            if line.starts_with("  ") && !line.starts_with("   ") && !line.starts_with("  #") {
                parts.push(String::new());
            }
            if let Some(part) = parts.last_mut() {
                *part += line;
                part.push('\n');
            }
        }
        parts.reverse();
        assert!(parts.len() > 5, "{name}: {parts:?}");
        let shuffled = format!("{head}\nfacts:\n{}", parts.concat());
        let json = |text: &str| {
            let profile = profile_of(pack, text);
            let plan = plan(pack, profile.as_of.unwrap_or(day("2025-06-30")));
            serde_json::to_string(&panmen::json::decision(&plan, &profile, &decide(&plan, &profile))).unwrap()
        };
        assert_eq!(json(&text), json(&shuffled), "{name}");
    }
}
