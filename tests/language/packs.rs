//! Packs as wholes: imports, editions, the year assessed, and examples that must be able to fail.

use super::engine::{HEADER, answer, bundle, day, firm, pack, told};
use panmen::check::Checked;
use panmen::decision::{MeasureOutcome, Verdict, decide};
use panmen::eval::{Run, eval};
use panmen::example;
use panmen::plan::{edition, plan};
use panmen::read::{Bundle, Peek, peek};
use panmen::source::Sources;
use panmen::value::Date;

const SIZE: &str = "pack: size\nedition: one\ntitle: Size\nauthor: a\npolicy_issuer: b\ncontact: unpublished\n\
    appeal: unpublished\nstatus: official\ncurrency: CNY\nin_force: {from: 2000-01-01}\n\
    sources: {law: {title: Law, dated: 2011}}\nassessment_year: 2023\n\
    facts: {staff: {type: integer}, turnover: {type: money, per: year}, only_here: {type: yes_no}}\n\
    parameters: {most: {type: integer, values: [{from: 2000-01-01, value: 300, cite: law}]}}\n\
    criteria: {few: {when: staff < most, cite: law}}\n\
    classifications: {class: {cite: law, classes: {small: {all: [few]}, other: {none: [few]}}}}\n\
    tiers: {tier: {cite: law, levels: [{id: tiny, all: [turnover < 5 CNY]}]}}\n";

/// A pack that imports `size` as `size`, with these sections after its header.
fn importing(sections: &str) -> Result<Checked, String> {
    super::engine::importing("size", SIZE, sections)
}

fn imported(sections: &str) -> Checked {
    importing(sections).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What the derived value `it` comes to.
fn it(pack: &Checked, as_of: &str, facts: &str) -> String {
    let plan = plan(pack, day(as_of));
    let place = pack.pack.defines.iter().position(|define| define.id.text == "it").unwrap();
    let node = pack.graph.defines[place];
    let trace = eval(&plan, &firm(pack, facts), Run::All);
    answer(&plan, &pack.graph.nodes[node.0].ty, trace.get(node))
}

#[test]
fn an_imported_pack_reads_the_same_facts_under_its_own_names() {
    let facts = "facts: {staff: {type: integer}, turnover: {type: money, per: year}}\n";
    for (expression, given, result) in [
        ("size.class.small", "{staff: 299}", "yes"),
        ("size.class.small", "{staff: 300}", "no"),
        ("size.class = other", "{staff: 300}", "yes"),
        ("size.class", "{}", "unknown: staff"),
        ("size.few", "{staff: 299}", "yes"),
        ("staff < size.most", "{staff: 300}", "no"),
        ("only_here", "{only_here: yes}", "yes"),
        // The imported pack has a year of its own; this one has the last full year.
        ("turnover", "{turnover: {2023: 1 CNY, 2024: 9 CNY}}", "9"),
        ("size.tier.tiny", "{turnover: {2023: 1 CNY, 2024: 9 CNY}}", "yes"),
        ("size.tier.tiny", "{turnover: {2024: 1 CNY}}", "unknown: turnover.2023"),
        ("size.tier = none", "{turnover: {2023: 5 CNY}}", "yes"),
    ] {
        let pack = imported(&format!("{facts}define: {{it: {{is: {expression}}}}}\n"));
        assert_eq!(it(&pack, "2025-03-01", given), result, "{expression} given {given}");
    }
}

#[test]
fn names_of_an_imported_pack_need_its_alias() {
    assert!(importing("define: {it: {is: staff < most}}\n").is_err());
    assert!(importing("define: {it: {is: size.unheard_of}}\n").is_err());
    // The same id in both packs: each means its own.
    let own = "parameters: {most: {type: integer, values: [{from: 2000-01-01, value: 10, cite: law}]}}\n";
    let pack = imported(&format!("{own}define: {{it: {{is: staff >= most and size.few}}}}\n"));
    assert_eq!(it(&pack, "2025-03-01", "{staff: 10}"), "yes");
    // A fact that both declare must be of one type.
    assert!(importing("facts: {staff: {type: yes_no}}\n").is_err());
}

#[test]
fn the_year_assessed_is_the_last_full_one_unless_the_header_says_otherwise() {
    let facts = "facts: {v: {type: integer, per: year}}\ndefine: {it: {is: v}}\n";
    let given = "{v: {2022: 22, 2023: 23, 2024: 24, 2025: 25}}";
    for (header, as_of, result) in [
        ("", "2025-01-01", "24"),
        ("", "2025-12-31", "24"),
        ("", "2024-12-31", "23"),
        ("assessment_year: year of decision_date - 2\n", "2025-01-01", "23"),
        ("assessment_year: year of (decision_date - 6 months)\n", "2025-06-30", "24"),
        ("assessment_year: year of (decision_date - 6 months)\n", "2025-07-01", "25"),
        ("assessment_year: 2022\n", "2025-07-01", "22"),
    ] {
        let pack = pack(&format!("{HEADER}{header}{facts}"));
        assert_eq!(it(&pack, as_of, given), result, "{header} on {as_of}");
    }
}

fn editions(periods: &[&str]) -> Vec<Peek> {
    let mut sources = Sources::default();
    let mut peeks = Vec::new();
    for (index, period) in periods.iter().enumerate() {
        let text = format!("pack: p\nedition: e{index}\nin_force: {period}\n");
        let Bundle { files, .. } = bundle(&mut sources, &[("pack.yaml", text.as_str())]);
        peeks.extend(peek(&sources, files[0]));
    }
    peeks
}

#[test]
fn the_edition_in_force_on_the_date_is_used() {
    let two = editions(&["{from: 2024-01-01, to: 2024-12-31}", "{from: 2025-01-01, to: 2025-12-31}"]);
    let on = |peeks: &[Peek], date: &str| edition(peeks, day(date)).ok();
    for (date, found) in [
        ("2023-12-31", None),
        ("2024-01-01", Some(0)),
        ("2024-12-31", Some(0)),
        ("2025-01-01", Some(1)),
        ("2025-12-31", Some(1)),
        ("2026-01-01", None),
    ] {
        assert_eq!(on(&two, date), found, "{date}");
    }
    let open = editions(&["{from: 2024-01-01}", "{to: 2024-01-01}"]);
    assert_eq!(on(&open, "2024-01-02"), Some(0));
    assert_eq!(on(&open, "2023-12-31"), Some(1));
    assert_eq!(on(&open, "2024-01-01"), None, "two are in force");
}

#[test]
fn who_gets_a_measure_may_rest_on_another_one() {
    let pack = pack(&format!(
        "{HEADER}facts: {{a: {{type: yes_no}}, p: {{type: money}}}}\n\
         measures:\n  one: {{who: a, amount: {{fixed: p}}, cite: law}}\n\
         \x20 two: {{who: {{all: [one.eligible, one.amount >= 100 CNY]}}, benefit: A visit, cite: law}}\n"
    ));
    for (facts, outcome) in [
        ("{a: yes, p: 100 CNY}", MeasureOutcome::Eligible),
        ("{a: yes, p: 99.99 CNY}", MeasureOutcome::NotEligible),
        ("{a: no}", MeasureOutcome::NotEligible),
        ("{p: 99.99 CNY}", MeasureOutcome::NotEligible),
        ("{p: 100 CNY}", MeasureOutcome::Undetermined),
    ] {
        let decision = decide(&plan(&pack, day("2025-03-01")), &firm(&pack, facts));
        assert_eq!(decision.measures[1].outcome, outcome, "{facts}");
    }
}

const EXAMPLES: &str = "facts: {a: {type: yes_no}, n: {type: integer}, j: {type: yes_no, judged_by: officer}}\n\
    criteria: {has_a: {when: a, cite: law}, enough: {when: n >= 5, cite: law}, fine: {when: j, cite: law}}\n\
    tiers: {level_of: {cite: law, levels: [{id: top, all: [has_a, enough]}, {id: low, all: [enough]}]}}\n\
    measures: {grant: {who: {all: [has_a]}, amount: {fixed: n * 10 CNY}, cite: law}}\n";

/// Whether an example with these facts and this expectation holds.
fn holds(facts: &str, expect: &str) -> bool {
    let pack = pack(&format!("{HEADER}{EXAMPLES}"));
    let mut sources = Sources::default();
    let text = format!("examples: [{{name: it, as_of: 2025-03-01, facts: {facts}, expect: {expect}}}]\n");
    let file = sources.add("examples/it.yaml", text.as_str());
    let (examples, problems) = example::read(&sources, &[file]);
    assert_eq!(examples.len(), 1, "{}", told(&sources, &problems));
    example::run(&examples[0], &pack).holds()
}

#[test]
fn an_example_holds_only_where_its_expectation_is_exact() {
    for (facts, expect, result) in [
        ("{a: yes, n: 5}", "{level_of: top}", true),
        ("{a: yes, n: 5}", "{level_of: low}", false),
        ("{a: yes, n: 5}", "{level_of: {level: top, standing: indicative}}", true),
        ("{a: yes, n: 5}", "{level_of: {level: top, standing: confirmed}}", false),
        (
            "{a: {value: yes, status: verified}, n: {value: 5, status: verified}}",
            "{level_of: {standing: confirmed}}",
            true,
        ),
        ("{a: no, n: 5}", "{level_of: {level: low, because: has_a}}", true),
        ("{a: no, n: 5}", "{level_of: {level: low, because: enough}}", false),
        // a refusal must name what decides it
        ("{a: no, n: 4}", "{level_of: none}", false),
        ("{a: no, n: 4}", "{level_of: {outcome: none, because: enough}}", true),
        ("{a: no, n: 4}", "{level_of: {outcome: none, because: n}}", true),
        ("{a: no, n: 4}", "{level_of: {outcome: none, because: fine}}", false),
        ("{a: no}", "{grant: not_eligible}", false),
        ("{a: no}", "{grant: {outcome: not_eligible, because: has_a}}", true),
        ("{a: yes}", "{has_a: no}", false),
        ("{a: no}", "{has_a: {outcome: no, because: a}}", true),
        // missing facts prove nothing
        ("{}", "{level_of: {outcome: none, because: enough}}", false),
        ("{}", "{level_of: {outcome: undetermined, awaits: [a, n]}}", true),
        ("{}", "{level_of: {outcome: undetermined, awaits: [n, a]}}", true),
        ("{}", "{level_of: {outcome: undetermined, awaits: [n]}}", false),
        ("{}", "{level_of: {outcome: undetermined, awaits: []}}", false),
        ("{n: 5}", "{level_of: {possible: [top, low]}}", true),
        ("{n: 5}", "{level_of: {possible: [top, low, none]}}", false),
        ("{a: yes, n: 7}", "{grant: 70 CNY}", true),
        ("{a: yes, n: 7}", "{grant: 70.01 CNY}", false),
        ("{a: yes, n: 7}", "{grant: {outcome: eligible, amount: 70 CNY}}", true),
        ("{n: 7}", "{grant: {outcome: undetermined, amount: {from: 0 CNY, to: 70 CNY}}}", true),
        ("{n: 7}", "{grant: 0 CNY..70 CNY}", true),
        ("{n: 7}", "{grant: 0 CNY..71 CNY}", false),
        // in an example a bare value is signed
        ("{j: yes}", "{fine: yes}", true),
        ("{j: {value: yes, status: declared}}", "{fine: yes}", false),
        ("{}", "{fine: referred}", true),
        // unknown ids, words and keys are no expectations
        ("{a: yes}", "{nobody: yes}", false),
        ("{a: yes}", "{has_a: perhaps}", false),
        ("{a: yes}", "{has_a: {outcom: yes}}", false),
    ] {
        assert_eq!(holds(facts, expect), result, "{facts} {expect}");
    }
}

#[test]
fn a_background_is_merged_and_a_fact_replaces_it_whole() {
    let pack = pack(&format!(
        "{HEADER}facts: {{v: {{type: integer, per: year}}, a: {{type: yes_no}}}}\ncriteria: {{both: {{when: v >= 1 and previous v >= 1, cite: law}}, yes_a: {{when: a, cite: law}}}}\n"
    ));
    let text = "backgrounds: {base: {a: yes, v: {2023: 1, 2024: 1}}}\n\
        examples:\n  - {name: one, as_of: 2025-03-01, with: base, expect: {both: yes, yes_a: yes}}\n\
        \x20 - {name: two, as_of: 2025-03-01, with: base, facts: {v: {2024: 1}}, expect: {both: {outcome: unknown, awaits: [v.2023]}, yes_a: yes}}\n";
    let mut sources = Sources::default();
    let file = sources.add("examples/it.yaml", text);
    let (examples, problems) = example::read(&sources, &[file]);
    assert_eq!(examples.len(), 2, "{}", told(&sources, &problems));
    for example in &examples {
        let outcome = example::run(example, &pack);
        assert!(outcome.holds(), "{}: {:?}", example.name, outcome.mismatches);
    }
}

#[test]
fn a_rejected_or_future_value_decides_nothing() {
    let pack = pack(&format!(
        "{HEADER}facts: {{v: {{type: integer, per: year}}}}\ncriteria: {{it: {{when: v for 2025 >= 1, cite: law}}}}\n"
    ));
    for (as_of, facts, verdict) in [
        ("2024-12-31", "{v: {2025: 1}}", Verdict::Unknown),
        ("2025-01-01", "{v: {2025: 1}}", Verdict::Yes),
        ("2025-01-01", "{v: {2025: {value: 1, status: rejected}}}", Verdict::Unknown),
    ] {
        let date: Date = day(as_of);
        let decision = decide(&plan(&pack, date), &firm(&pack, facts));
        assert_eq!(decision.criteria[0].verdict, verdict, "{as_of} {facts}");
    }
}
