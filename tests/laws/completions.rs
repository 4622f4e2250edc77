//! What comes out is what every completion of the unknown facts gives, no more and no less, and what is
//! awaited is what can still change it.

use super::firm::{Known, Partly, completions, that_matter};
use super::generate::{Story, apart, condition, config, story, tier};
use super::model::{Cond, Outcome, Tier, Truth};
use crate::language::engine::{HEADER, day, firm, pack, paths};
use panmen::answer::{Answer, May};
use panmen::check::Checked;
use panmen::eval::{ELIGIBLE, NONE_BIT, NOT_APPLICABLE, NOT_APPLICABLE_BIT, NOT_ELIGIBLE, Run, eval};
use panmen::graph::outcome_bit;
use panmen::plan::plan;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The decision date of every case.
pub(crate) const AS_OF: &str = "2025-03-01";
/// Completions that one case may have.
const LIMIT: usize = 1_500;
/// Facts that the places of a condition choose from where they need not be different.
const POOL: usize = 3;

/// A parameter that is not in force on that date.
pub(crate) const PARAMETERS: &str = "parameters: {past: {type: integer, values: [{from: 2000-01-01, to: 2000-12-31, value: 1, cite: law}]}}\n";

/// The pack of one criterion.
pub(crate) fn with_condition(firm: &Partly, condition: &Cond) -> Checked {
    let criteria = format!("criteria: {{it: {{when: {}, cite: law}}}}\n", condition.yaml());
    pack(&format!("{HEADER}{}{PARAMETERS}{criteria}", firm.declarations()))
}

/// The pack of a ladder, a measure of the same shape, and questions for its first level and for none.
fn with_tier(firm: &Partly, tier: &Tier) -> Checked {
    let gate = tier.gate.as_ref().map(|gate| format!("gates: {{door: {{all: [{}]}}}}\n", gate.yaml()));
    let door = if tier.gate.is_some() { "    gate: door\n" } else { "" };
    let applies = tier.applies_to.as_ref().map(Cond::yaml);
    let applies = applies.map(|when| format!("    applies_to: {{when: {when}, else: for others}}\n"));
    let shared = format!("    cite: law\n{door}{}", applies.unwrap_or_default());
    let level = |(index, level): (usize, &Cond)| format!("{{id: level_{index}, all: [{}]}}", level.yaml());
    let levels = tier.levels.iter().enumerate().map(level).collect::<Vec<_>>().join(", ");
    let sections = [
        HEADER.to_owned(),
        firm.declarations(),
        PARAMETERS.to_owned(),
        gate.unwrap_or_default(),
        format!("tiers:\n  steps:\n{shared}    levels: [{levels}]\n"),
        format!("measures:\n  grant:\n{shared}    who: {{all: [{}]}}\n", tier.levels[0].yaml()),
        "criteria:\n  top: {when: steps.level_0, cite: law}\n  nothing: {when: steps = none, cite: law}\n"
            .to_owned(),
        "  open: {when: steps not in level_0 | none, cite: law}\n".to_owned(),
    ];
    pack(&sections.concat())
}

/// The completions of an answer, as the reference names them.
fn truths(answer: &Answer) -> BTreeSet<Truth> {
    let mut found = BTreeSet::new();
    found.extend(answer.may_be_yes().then_some(Truth::Yes));
    found.extend(answer.may_be_no().then_some(Truth::No));
    found.extend(answer.failure.map(|_| Truth::Error));
    found
}

fn outcomes(answer: &Answer, bits: &[(u64, Outcome)]) -> BTreeSet<Outcome> {
    let may = if let May::Outcomes(may) = answer.may { may } else { 0 };
    let mut found: BTreeSet<Outcome> =
        bits.iter().filter(|(bit, _)| may & bit != 0).map(|(_, outcome)| *outcome).collect();
    found.extend(answer.failure.map(|_| Outcome::Error));
    found
}

/// Compares an answer with what the completions give. What is awaited must be exact where each operand
/// can change its comparison, and complete in any case.
fn agree<T: Ord + Clone + std::fmt::Debug>(
    (answer, found): (&Answer, BTreeSet<T>),
    awaited: Vec<String>,
    firm: &Partly,
    on: impl Fn(&Known) -> T,
    exact: bool,
) -> Result<(), TestCaseError> {
    let (results, holes) = completions(firm, on);
    let expected: BTreeSet<T> = results.iter().cloned().collect();
    prop_assert_eq!(&found, &expected, "{:?}", answer);
    let matter = that_matter(&results, &holes);
    let awaited: BTreeSet<String> = awaited.into_iter().collect();
    // A member that may be no or fail is awaited, even where only its yes could tell further up.
    if exact && answer.failure.is_none() {
        prop_assert_eq!(awaited, matter);
    } else {
        prop_assert!(awaited.is_superset(&matter), "awaits {:?}, needs {:?}", awaited, matter);
        prop_assert_eq!(awaited.is_empty(), expected.len() == 1);
    }
    Ok(())
}

fn check_condition(condition: &Cond, story: &Story) -> Result<(), TestCaseError> {
    let mut condition = condition.clone();
    let firm_facts = story.firm(apart([&mut condition].into_iter()), LIMIT);
    let pack = with_condition(&firm_facts, &condition);
    let plan = plan(&pack, day(AS_OF));
    let trace = eval(&plan, &firm(&pack, &firm_facts.yaml()), Run::All);
    let answer = trace.get(pack.graph.criteria[0]);
    let awaited = paths(&plan, &answer.awaits);
    agree((answer, truths(answer)), awaited, &firm_facts, |known| condition.on(known), condition.is_simple())
}

fn check_tier(tier: &Tier, story: &Story) -> Result<(), TestCaseError> {
    let mut tier = tier.clone();
    let firm_facts = story.firm(apart(tier.conditions()), LIMIT);
    let pack = with_tier(&firm_facts, &tier);
    let plan = plan(&pack, day(AS_OF));
    let trace = eval(&plan, &firm(&pack, &firm_facts.yaml()), Run::All);
    let of_ladder: Vec<(u64, Outcome)> = (0..tier.levels.len())
        .map(|level| (outcome_bit(Some(level)), Outcome::Level(level)))
        .chain([(NONE_BIT, Outcome::None), (NOT_APPLICABLE_BIT, Outcome::NotApplicable)])
        .collect();
    let answer = trace.get(pack.graph.ladders[0]);
    let awaited = paths(&plan, &answer.awaits);
    let found = (answer, outcomes(answer, &of_ladder));
    agree(found, awaited, &firm_facts, |known| tier.on(known), tier.is_simple())?;
    // A measure is a ladder of one level.
    let only = Tier { levels: vec![tier.levels[0].clone()], ..tier.clone() };
    let of_measure = [
        (ELIGIBLE, Outcome::Level(0)),
        (NOT_ELIGIBLE, Outcome::None),
        (NOT_APPLICABLE, Outcome::NotApplicable),
    ];
    let answer = trace.get(pack.graph.measures[0]);
    let awaited = paths(&plan, &answer.awaits);
    let found = (answer, outcomes(answer, &of_measure));
    agree(found, awaited, &firm_facts, |known| only.on(known), only.is_simple())?;
    let asks: [(&str, &dyn Fn(Outcome) -> bool); 3] = [
        ("top", &|outcome| outcome == Outcome::Level(0)),
        ("nothing", &|outcome| outcome == Outcome::None),
        ("open", &|outcome| !matches!(outcome, Outcome::Level(0) | Outcome::None)),
    ];
    for (id, test) in asks {
        let index = pack.pack.criteria.iter().position(|criterion| criterion.id.text == id).unwrap();
        let answer = trace.get(pack.graph.criteria[index]);
        let on = |known: &Known| match tier.on(known) {
            Outcome::Error => Truth::Error,
            outcome => Truth::of(test(outcome)),
        };
        let awaited = paths(&plan, &answer.awaits);
        agree((answer, truths(answer)), awaited, &firm_facts, on, tier.is_simple())?;
    }
    Ok(())
}

/// The same facts in several places: then more may seem possible than is, never less.
fn check_dependent(condition: &Cond, story: &Story) -> Result<(), TestCaseError> {
    let firm_facts = story.firm((POOL, POOL, POOL), LIMIT);
    let pack = with_condition(&firm_facts, condition);
    let plan = plan(&pack, day(AS_OF));
    let trace = eval(&plan, &firm(&pack, &firm_facts.yaml()), Run::All);
    let answer = trace.get(pack.graph.criteria[0]);
    let (results, holes) = completions(&firm_facts, |known| condition.on(known));
    let found = truths(answer);
    prop_assert!(results.iter().all(|result| found.contains(result)), "{:?}", found);
    prop_assert_eq!(answer.awaits.is_empty(), found.len() == 1);
    let awaited: BTreeSet<String> = paths(&plan, &answer.awaits).into_iter().collect();
    prop_assert!(awaited.is_superset(&that_matter(&results, &holes)));
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_condition_is_what_its_completions_give(condition in condition(POOL), story in story()) {
        check_condition(&condition, &story)?;
    }

    #[test]
    fn tiers_and_measures_are_what_their_completions_give(tier in tier(POOL), story in story()) {
        check_tier(&tier, &story)?;
    }

    #[test]
    fn no_completion_is_left_out_where_facts_return(condition in condition(POOL), story in story()) {
        check_dependent(&condition, &story)?;
    }
}
