//! Amounts that do not load, measures of an imported pack in another currency, and conditions that rest on
//! what a measure pays.

use super::engine::{HEADER, bundle, checked, day, firm, pack, told};
use panmen::check::Checked;
use panmen::decision::{Decision, MeasureOutcome, Verdict, decide};
use panmen::number::{Interval, Number};
use panmen::plan::plan;
use panmen::source::Sources;
use panmen::value::Currency;

const FACTS: &str = "facts:\n  x: {type: money, range: 0 CNY..}\n  usd: {type: money, currency: USD, range: 0 USD..}\n\
    \x20 area: {type: decimal, unit: m2}\n  n: {type: integer}\n  a: {type: yes_no}\n  on: {type: date}\n\
    \x20 projects: {type: list, of: {cost: {type: money}, done: {type: yes_no}}}\n";

/// What is wrong with a pack of these sections after the facts; nothing if it loads.
fn problems(sections: &str) -> String {
    let mut sources = Sources::default();
    let text = format!("{HEADER}{FACTS}{sections}");
    let own = bundle(&mut sources, &[("pack.yaml", text.as_str())]);
    checked(&sources, &own).err().map(|problems| told(&sources, &problems)).unwrap_or_default()
}

/// All of the costs may be paid; more than all is hardly meant, and loads.
#[test]
fn a_rate_above_the_whole_is_warned_of() {
    for (rate, warned) in [("100%", false), ("100.01%", true), ("1", false), ("12", true)] {
        let text =
            format!("{HEADER}{FACTS}measures: {{m: {{amount: {{base: x, rate: {rate}}}, cite: law}}}}\n");
        let mut sources = Sources::default();
        let own = bundle(&mut sources, &[("pack.yaml", text.as_str())]);
        let (pack, _) = panmen::read::read(&sources, &own);
        let (checked, found) = panmen::check::check(pack.unwrap());
        assert!(checked.is_some(), "{rate}: {}", told(&sources, &found));
        assert_eq!(found.iter().any(|problem| problem.code() == "PK066"), warned, "{rate}");
    }
}

#[test]
fn an_amount_that_makes_no_sense_does_not_load() {
    for (amount, code) in [
        ("{fixed: 5 USD}", "EX"),
        ("{fixed: usd}", "EX"),
        ("{fixed: 5}", "EX"),
        ("{fixed: 5%}", "EX"),
        ("{fixed: -5 CNY}", "PK061"),
        ("{fixed: 5 CNY, cap: -5 CNY}", "PK061"),
        ("{base: x, rate: -5%}", "PK061"),
        ("{base: x, rate: 5%, base_cap: -5 CNY}", "PK061"),
        ("{base: x, rate: 5%, cap: 5 CNY, uplift: [{when: a, cap: -6 CNY}]}", "PK061"),
        ("{base: x, rate: {by: a, rows: {yes: 5%, no: -5%}}}", "PK061"),
        ("{bands: {of: x, mode: slab, rows: [{up_to: 5 CNY, rate: -5%}]}}", "PK061"),
        ("{steps: {of: x, rows: [{at_least: 5 CNY, amount: -5 CNY}]}}", "PK061"),
        ("{per_unit: {rate: -5 CNY, of: area}}", "PK061"),
        ("{fixed: area}", "EX"),
        ("{base: x, rate: 5 CNY}", "EX"),
        ("{base: {sum: [x, usd]}, rate: 5%}", "EX"),
        ("{base: {sum: []}, rate: 5%}", "PK"),
        ("{base: x}", "PK"),
        ("{base: [x, x], rate: 5%}", "PK005 Some(\"[x, x]\"): `measures.m.amount.base` has no `sum`"),
        ("{base: x, rate: [5%, 6%]}", "PK004"),
        ("{rate: 5%}", "PK"),
        ("{fixed: x, rate: 5%}", "PK052"),
        ("{fixed: x, base_cap: 5 CNY}", "PK052"),
        ("{fixed: x, base: x, rate: 5%}", "PK"),
        ("{base: x, rate: 5%, base_cap: 5 USD}", "EX"),
        ("{base: x, rate: 5%, cap: 5 USD}", "EX"),
        ("{base: x, rate: 5%, uplift: [{when: a, cap: 5 CNY}]}", "PK052"),
        ("{fixed: x, cap: 9 CNY, uplift: [{when: a, add: 5%}]}", "PK052"),
        ("{base: x, rate: 5%, uplift: [{when: a}]}", "PK"),
        ("{base: x, rate: 5%, uplift: [{when: a, add: 5 CNY}]}", "EX"),
        ("{fixed: x, round: down to 10}", "EX"),
        ("{fixed: x, round: down to 10 USD}", "EX"),
        ("{fixed: x, round: down to 10 m2}", "EX"),
        ("{bands: {of: x, rows: [{up_to: 5 CNY, rate: 5%}]}}", "PK"),
        ("{bands: {of: x, mode: slab, rows: []}}", "PK"),
        ("{bands: {of: x, mode: slab, rows: [{up_to: 5 USD, rate: 5%}]}}", "EX"),
        ("{bands: {of: x, mode: slab, rows: [{up_to: 5 CNY, rate: 5 CNY}]}}", "EX"),
        ("{bands: {of: area, mode: slab, rows: [{up_to: 5 m2, rate: 5%}]}}", "EX"),
        ("{bands: {of: usd, mode: slab, rows: [{up_to: 5 USD, rate: 5 CNY}]}}", "EX"),
        ("{bands: {of: x, mode: slab, rows: [{up_to: 5 CNY, rate: 5%}, {up_to: 4 CNY, rate: 4%}]}}", "PK054"),
        ("{bands: {of: x, mode: slab, rows: [{above: 5 CNY, rate: 5%}, {up_to: 9 CNY, rate: 4%}]}}", "PK051"),
        ("{steps: {of: x, rows: [{at_least: 5 m2, amount: 5 CNY}]}}", "EX"),
        ("{steps: {of: x, rows: [{at_least: 5 CNY, amount: 5 USD}]}}", "EX"),
        ("{steps: {of: x, rows: [{at_least: 5 CNY, above: 5 CNY, amount: 5 CNY}]}}", "PK"),
        (
            "{steps: {of: x, rows: [{at_least: 5 CNY, amount: 5 CNY}, {at_least: 5 CNY, amount: 6 CNY}]}}",
            "PK",
        ),
        ("{per_unit: {rate: 5, of: area}}", "EX"),
        ("{per_unit: {rate: 5 CNY, of: x}}", "EX"),
        ("{per_unit: {rate: 5 CNY, of: area, times: area}}", "EX"),
        ("{per_unit: {rate: 5 CNY, of: on}}", "EX"),
    ] {
        let found = problems(&format!("measures: {{m: {{amount: {amount}, cite: law}}}}\n"));
        assert!(found.starts_with(code), "{amount}: {found}");
    }
}

#[test]
fn what_meets_in_a_rule_is_money_in_one_currency_and_there_once() {
    let measures = "measures:\n  one: {amount: {fixed: x}, cite: law}\n  two: {amount: {fixed: x}, cite: law}\n\
        \x20 visit: {benefit: A visit, cite: law}\n";
    for (rule, code) in [
        ("{pick: highest, among: [one, usd]}", "EX"),
        ("{pick: highest, among: [one, one]}", "PK008"),
        ("{pick: highest, among: [one, area]}", "EX"),
        ("{pick: highest, among: [one, visit]}", "PK052"),
        ("{pick: highest, among: []}", "PK"),
        ("{limit: 5 USD, over: [one, two]}", "EX"),
        ("{limit: 5%, over: [one, two]}", "EX"),
        ("{limit: 5 CNY, over: [one], reduce: [two]}", "PK"),
        ("{limit: 5 CNY, over: [one, two], reduce: [two, two]}", "PK008"),
    ] {
        let rule = rule.replace('}', ", cite: law}");
        let found = problems(&format!("{measures}stacking: {{it: {rule}}}\n"));
        assert!(found.starts_with(code), "{rule}: {found}");
    }
    assert_eq!(
        problems(&format!("{measures}stacking: {{it: {{pick: highest, among: [one, x], cite: law}}}}\n")),
        ""
    );
}

const FUND: &str = "pack: fund\nedition: one\ntitle: Fund\nauthor: a\npolicy_issuer: b\ncontact: unpublished\n\
    appeal: unpublished\nstatus: official\ncurrency: USD\nin_force: {from: 2000-01-01}\n\
    sources: {law: {title: Law, dated: 2011}}\n\
    facts: {sales: {type: money, range: 0 USD..}}\n\
    measures: {prize: {amount: {base: sales, rate: 1 / 3}, cite: law}}\n";

fn importing(sections: &str) -> Result<Checked, String> {
    super::engine::importing("fund", FUND, sections)
}

fn on(pack: &Checked, facts: &str) -> Decision {
    decide(&plan(pack, day("2025-03-01")), &firm(pack, facts))
}

fn verdict_of(pack: &Checked, id: &str, facts: &str) -> Verdict {
    let index = pack.pack.criteria.iter().position(|criterion| criterion.id.text == id).unwrap();
    on(pack, facts).criteria[index].verdict
}

#[test]
fn a_measure_of_an_imported_pack_pays_in_that_packs_currency() {
    let sections = "facts: {sales: {type: money, currency: USD, range: 0 USD..}, x: {type: money, range: 0 CNY..}}\n\
        criteria: {rich: {when: fund.prize.amount >= 33.33 USD, cite: law}}\n\
        measures: {own: {amount: {fixed: x}, cite: law}}\n";
    let pack = importing(sections).unwrap();
    // A third of 100 is 33.33 to the cent, and is compared as it is paid.
    let decision = on(&pack, "{sales: 100 USD, x: 5 CNY}");
    let cents = Number::from(3_333).divide(Number::from(100)).unwrap();
    assert_eq!(decision.totals.get(&Currency::USD), Some(&Interval::point(cents)));
    assert_eq!(decision.totals.get(&Currency::CNY), Some(&Interval::point(Number::from(5))));
    assert_eq!(verdict_of(&pack, "rich", "{sales: 100 USD}"), Verdict::Yes);
    assert_eq!(verdict_of(&pack, "rich", "{sales: 99.98 USD}"), Verdict::Yes);
    assert_eq!(verdict_of(&pack, "rich", "{sales: 99.97 USD}"), Verdict::No);
    assert_eq!(verdict_of(&pack, "rich", "{}"), Verdict::Unknown);
    for wrong in [
        "criteria: {rich: {when: fund.prize.amount >= 5 CNY, cite: law}}\n",
        "measures: {own: {amount: {fixed: fund.prize.amount}, cite: law}}\n",
        "measures: {own: {amount: {fixed: 5 CNY}, cite: law}}\nstacking: {it: {pick: highest, among: [own, fund.prize], cite: law}}\n",
    ] {
        assert!(importing(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_condition_may_rest_on_what_a_measure_pays_before_stacking() {
    let pack = pack(&format!(
        "{HEADER}facts: {{x: {{type: money, range: 0 CNY..}}, y: {{type: money, range: 0 CNY..}}, a: {{type: yes_no}}}}\n\
         measures:\n  one: {{who: a, amount: {{fixed: x}}, cite: law}}\n  two: {{amount: {{fixed: y}}, cite: law}}\n\
         \x20 at_discretion: {{amount: {{fixed: x, up_to: yes}}, cite: law}}\n\
         stacking: {{best: {{pick: highest, among: [one, two], cite: law}}}}\n\
         criteria:\n  much: {{when: one.amount >= 50 CNY, cite: law}}\n  both: {{when: one.eligible and two.eligible, cite: law}}\n\
         \x20 some_of_it: {{when: at_discretion.amount > 0 CNY, cite: law}}\n  in_limit: {{when: at_discretion.amount <= 50 CNY, cite: law}}\n"
    ));
    // Displaced by 90, and yet 50 before it met it; and still eligible.
    assert_eq!(verdict_of(&pack, "much", "{a: yes, x: 50 CNY, y: 90 CNY}"), Verdict::Yes);
    assert_eq!(verdict_of(&pack, "both", "{a: yes, x: 50 CNY, y: 90 CNY}"), Verdict::Yes);
    assert_eq!(verdict_of(&pack, "much", "{a: no, x: 50 CNY}"), Verdict::No);
    assert_eq!(verdict_of(&pack, "much", "{x: 49.99 CNY}"), Verdict::No);
    assert_eq!(verdict_of(&pack, "much", "{x: 50 CNY}"), Verdict::Unknown);
    // What the authority decides is open, up to the limit.
    assert_eq!(verdict_of(&pack, "some_of_it", "{x: 50 CNY}"), Verdict::Unknown);
    assert_eq!(verdict_of(&pack, "in_limit", "{x: 50 CNY}"), Verdict::Yes);
}

#[test]
fn an_amount_by_rank_is_never_taken_for_a_number() {
    let pack = pack(&format!(
        "{HEADER}facts: {{a: {{type: yes_no}}}}\nmeasures: {{award: {{who: a, amount: {{by_rank: round}}, cite: law}}}}\n\
         allocation: {{round: {{measure: award, order: [a first], ladder: [{{up_to_rank: 5, amount: 5 CNY}}], cite: law}}}}\n\
         criteria: {{much: {{when: award.amount >= 5 CNY, cite: law}}}}\n"
    ));
    assert_eq!(verdict_of(&pack, "much", "{a: no}"), Verdict::No);
    assert_eq!(verdict_of(&pack, "much", "{a: yes}"), Verdict::Error);
    assert_eq!(on(&pack, "{a: yes}").measures[0].outcome, MeasureOutcome::Error);
}

#[test]
fn a_step_of_a_row_names_the_parameters_that_it_reads() {
    let pack = pack(&format!(
        "{HEADER}facts: {{projects: {{type: list, of: {{cost: {{type: money}}}}}}, secret: {{type: money, personal: yes}}}}\n\
         parameters:\n  share_of: {{type: percent, values: [{{from: 2025-01-01, value: 50%, cite: law}}]}}\n\
         \x20 limit: {{type: money, values: [{{from: 2025-01-01, value: 100 CNY, cite: law}}]}}\n\
         define: {{twice: {{is: limit * 2}}}}\n\
         measures: {{help: {{each: projects, amount: {{base: {{sum: [cost, secret]}}, rate: share_of, cap: twice}}, cite: law}}}}\n"
    ));
    let decision = on(&pack, "{projects: [{cost: 10 CNY}], secret: 3 CNY}");
    let steps = &decision.measures[0].steps;
    let parameters: Vec<&[usize]> = steps.iter().map(|step| step.parameters.as_slice()).collect();
    let none: &[usize] = &[];
    // Two costs and their sum, the rate, the share, the limit, the amount within it, and all rows.
    assert_eq!(parameters, [none, none, none, &[0], &[0], &[1], &[1], none]);
    // What is personal outside of the row is seen to be looked at.
    let secret = pack.pack.facts.iter().position(|fact| fact.personal).unwrap();
    assert!(steps[1].facts.iter().any(|path| path.fact == secret), "{:?}", steps[1].facts);
}
