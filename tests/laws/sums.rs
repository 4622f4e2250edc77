//! What a measure pays is what every completion of the unknown facts gives, alone and where measures
//! meet, and the steps of the decision add up to it.

#[path = "sums/model.rs"]
mod model;
#[path = "sums/pencil.rs"]
mod pencil;
#[path = "sums/text.rs"]
mod text;

use super::generate::config;
use crate::language::engine::{HEADER, day, firm, pack};
use model::{FEN, Pack, Picks, YUAN};
use panmen::decision::{Decision, MeasureOutcome, MeasureResult, decide};
use panmen::number::{Interval, Number};
use panmen::plan::plan;
use panmen::value::Currency;
use proptest::prelude::*;
use proptest::sample::Index;

/// Completions that one case may have.
const LIMIT: usize = 3_000;

fn picks() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 40..160)
}

/// A number of amounts in yuan.
fn yuan(amount: i64) -> Number {
    Number::from(amount).divide(Number::from(YUAN)).unwrap()
}

/// Every completion of what is unknown; none if there are too many.
fn completions(pack: &Pack) -> Option<Vec<Vec<i64>>> {
    let mut all: Vec<Vec<i64>> = vec![Vec::new()];
    for fact in &pack.facts {
        if all.len() * fact.values.len() > LIMIT {
            return None;
        }
        let with = |known: &Vec<i64>, value: &i64| known.iter().copied().chain([*value]).collect();
        all = all.iter().flat_map(|known| fact.values.iter().map(move |value| with(known, value))).collect();
    }
    Some(all)
}

fn decided(model: &Pack) -> Decision {
    decided_as(&model.yaml(), model)
}

fn decided_as(yaml: &str, model: &Pack) -> Decision {
    let checked = pack(&format!("{HEADER}{yaml}"));
    let plan = plan(&checked, day("2025-03-01"));
    decide(&plan, &firm(&checked, &model.firm()))
}

/// The hull of amounts, in yuan.
fn hull(amounts: impl Iterator<Item = i64>) -> Interval {
    amounts.map(|amount| Interval::point(yuan(amount))).reduce(Interval::hull).unwrap()
}

fn inside(inner: Interval, outer: Interval) -> bool {
    inner.low.is_some_and(|low| outer.contains(low)) && inner.high.is_some_and(|high| outer.contains(high))
}

/// What each measure and all of them may come to; `None` stands for not getting it.
fn check(model: &Pack, completions: &[Vec<i64>]) -> Result<(), TestCaseError> {
    let decision = decided(model);
    let said = || format!("{}{}", model.yaml(), model.firm());
    let paid: Vec<Vec<Option<i64>>> = completions.iter().map(|facts| model.paid(facts)).collect();
    for (index, result) in decision.measures.iter().enumerate() {
        let of = || paid.iter().map(|paid| paid[index]);
        let (some, all) = (of().any(|amount| amount.is_some()), of().all(|amount| amount.is_some()));
        let expected = match (some, all) {
            (false, _) => MeasureOutcome::NotEligible,
            (true, false) => MeasureOutcome::Undetermined,
            (true, true) => MeasureOutcome::Eligible,
        };
        prop_assert_eq!(result.outcome, expected, "m{}: {}", index, said());
        let Some(amount) = result.amount else { continue };
        let true_range = hull(of().map(|amount| amount.unwrap_or(0)));
        prop_assert!(
            inside(true_range, amount),
            "m{}: {:?} not in {:?}: {}",
            index,
            true_range,
            amount,
            said()
        );
        // Facts that nothing shares leave nothing to chance.
        if model.rules.is_empty() && model.is_tight(index) {
            prop_assert_eq!(amount, true_range, "m{}: {}", index, said());
        }
        if completions.len() == 1 {
            prop_assert_eq!(amount, true_range, "m{}: {}", index, said());
        }
    }
    let sums = || paid.iter().map(|paid| paid.iter().flatten().sum::<i64>());
    let total = decision.totals.get(&Currency::CNY).copied().unwrap_or(Interval::point(Number::ZERO));
    prop_assert!(inside(hull(sums()), total), "{:?} not in {:?}: {}", hull(sums()), total, said());
    if completions.len() == 1 {
        prop_assert_eq!(total, hull(sums()), "{}", said());
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_amount_is_what_its_completions_give(picks in picks()) {
        let model = Pack::at_random(2, 0, &mut Picks(picks.iter().cycle()));
        if let Some(completions) = completions(&model) {
            check(&model, &completions)?;
        }
    }

    #[test]
    fn amounts_that_meet_are_what_their_completions_give(picks in picks()) {
        let mut source = Picks(picks.iter().cycle());
        let rules = 1 + usize::try_from(source.below(3)).unwrap();
        let model = Pack::at_random(3, rules, &mut source);
        if let Some(completions) = completions(&model) {
            check(&model, &completions)?;
        }
    }

    #[test]
    fn learning_narrows_what_is_paid_where_measures_meet(picks in picks(), fact in any::<Index>(), value in any::<Index>()) {
        let mut source = Picks(picks.iter().cycle());
        let rules = 1 + usize::try_from(source.below(3)).unwrap();
        let model = Pack::at_random(3, rules, &mut source);
        let fact = fact.index(model.facts.len());
        let learnt = model.learnt(fact, value.index(model.facts[fact].values.len()));
        let (before, after) = (decided(&model), decided(&learnt));
        let said = || format!("{}{} {}", model.yaml(), model.firm(), learnt.firm());
        let zero = Interval::point(Number::ZERO);
        for (before, after) in before.measures.iter().zip(&after.measures) {
            let of = |result: &MeasureResult| result.amount.unwrap_or(zero);
            prop_assert!(inside(of(after), of(before)), "{:?} not in {:?}: {}", of(after), of(before), said());
        }
        let total = |decision: &Decision| decision.totals.get(&Currency::CNY).copied().unwrap_or(zero);
        prop_assert!(inside(total(&after), total(&before)), "{:?} not in {:?}: {}", total(&after), total(&before), said());
    }

    #[test]
    fn the_order_in_which_measures_are_written_does_not_matter(picks in picks()) {
        let mut source = Picks(picks.iter().cycle());
        let model = Pack::at_random(3, 2, &mut source);
        let (one, other) = (decided(&model), decided_as(&model.yaml_reversed(), &model));
        for (one, other) in one.measures.iter().zip(other.measures.iter().rev()) {
            prop_assert_eq!(one.outcome, other.outcome);
            prop_assert_eq!(one.amount, other.amount, "{}{}", model.yaml(), model.firm());
        }
        prop_assert_eq!(&one.totals, &other.totals, "{}{}", model.yaml(), model.firm());
    }

    #[test]
    fn the_steps_of_a_decision_add_up(picks in picks()) {
        let mut source = Picks(picks.iter().cycle());
        let model = Pack::at_random(3, 1, &mut source).known();
        let facts: Vec<i64> = model.facts.iter().map(|fact| fact.values[0]).collect();
        let alone: Vec<Option<i64>> = (0..3).map(|measure| model.alone(measure, &facts)).collect();
        pencil::check(&model, &alone, &model.paid(&facts))?;
    }
}

#[test]
fn the_unit_of_amounts_is_the_fen_times_a_power_of_ten() {
    assert_eq!(yuan(FEN), Number::ONE.divide(Number::from(100)).unwrap());
}
