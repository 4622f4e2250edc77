//! What is learnt, verified or published never contradicts what an expression came to before: every
//! expression of the tables of the language, on facts picked from the tables.

use super::generate::one_in;
use super::turns::{checks, only_verified, turned, turns};
use crate::language::engine::{bundle, checked, day, firm, told};
use crate::language::tables::{facts_text, rows};
use panmen::answer::{Answer, FactPath, FailureKind, May, Words};
use panmen::check::Checked;
use panmen::eval::{Run, Trace, eval};
use panmen::plan::plan;
use panmen::profile::{Given, Profile};
use panmen::source::Sources;
use panmen::value::{Date, TimeUnit};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeSet;
use std::fmt::Write;
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

/// Whether every completion of `inner` is one of `outer`. Only a number or day that is too great may
/// come as a surprise: that is tested once everything is known.
pub(crate) fn lies_within(inner: &Answer, outer: &Answer) -> bool {
    let inside = match (&inner.may, &outer.may) {
        (May::Truth { yes: a, no: b }, May::Truth { yes, no }) => (!a || *yes) && (!b || *no),
        (May::Number(a), May::Number(b)) => a.hull(*b) == *b,
        (May::Nothing, _) | (May::Word(_), May::Word(Words::Any)) => true,
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

proptest! {
    #![proptest_config(one_in(2))]

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
        // The verified run sees what is left if nobody had told the rest, rows and all. There a default
        // stands in for what is given and not verified, and a list is known by its rows.
        let rest = eval(&plan, &only_verified(pack, &profile), Run::All);
        let same = |expression: &str| !expression.contains("or else") && expression != "sites is known";
        within("left", &verified, &rest, same)?;
        within("left", &rest, &verified, same)?;
        within("published", &all, &eval(&plan, &profile, Run::Published), |_| true)?;
        let some: BTreeSet<FactPath> = profile.paths().into_iter().step_by(2).collect();
        within("verified besides", &eval(&plan, &profile, Run::Verified(&some)), &verified, |_| true)?;
    }

    /// What an unknown day gives lies between what its ends give, because spans and shifts keep the order.
    #[test]
    fn spans_and_shifts_keep_the_order_of_days(
        a in 700_000_i64..760_000, ahead in 0_i64..800, other in 700_000_i64..760_000, near in 0_i64..800, count in -40_i64..40,
    ) {
        let date = |number: i64| Date::from_day_number(number).unwrap();
        let (first, second) = (date(a), date(a + ahead));
        for unit in [TimeUnit::Days, TimeUnit::Months, TimeUnit::Years] {
            prop_assert!(first.plus(count, unit) <= second.plus(count, unit));
            for other in [date(other), date(a + near), date(a - near)] {
                prop_assert!(first.completed(other, unit) >= second.completed(other, unit));
                prop_assert!(other.completed(first, unit) <= other.completed(second, unit));
            }
            // As many whole units fit as can be added without passing the other day.
            let whole = first.completed(second, unit);
            prop_assert!(first.plus(whole, unit).unwrap() <= second);
            prop_assert!(first.plus(whole + 1, unit).unwrap() > second);
        }
    }
}
