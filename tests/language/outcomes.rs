//! Every row of the tables of outcomes: a small pack, then a date, facts, and what comes out.
//!
//! A table holds packs. Each begins with a line of `===`, then its YAML after the shared header, a line
//! of `---`, and its cases: a date with facts, then indented lines `subject: what is said of it`. A pack's
//! line `currency: X` replaces the header's. `pays M` says of a measure what it pays and what it waits for,
//! `steps M` how that came about, `meets M` what meeting other measures did to it.

use super::engine::{HEADER, day, firm, pack, paths, range};
use super::tables::ops_of;
use crate::support::{entries, root};
use panmen::check::Checked;
use panmen::combine::Effect;
use panmen::decision::{
    ConditionResult, Decision, Grounds, LadderOutcome, MeasureOutcome, MeasureResult, Point, decide, verdict,
};
use panmen::explain::{Figure, StepResult, path_text};
use panmen::graph::{Num, NumUnit, StackMember, Ty, entity_id, outcome_bit};
use panmen::json::failure_word;
use panmen::plan::{Plan, plan};
use panmen::standing::Standing;
use panmen::value::Currency;
use std::collections::BTreeSet;
use std::fs;

struct Case {
    place: String,
    as_of: String,
    facts: String,
    says: Vec<(String, String, String)>,
}

struct Table {
    name: String,
    pack: String,
    cases: Vec<Case>,
}

fn tables() -> Vec<Table> {
    let folder = root().join("tests/language/outcomes");
    let files = entries(&folder);
    files
        .iter()
        .flat_map(|file| {
            table(&file.file_name().unwrap().to_string_lossy(), &fs::read_to_string(file).unwrap())
        })
        .collect()
}

fn table(file: &str, text: &str) -> Vec<Table> {
    let mut found: Vec<Table> = Vec::new();
    let mut in_pack = false;
    for (index, line) in text.lines().enumerate() {
        let place = format!("{file}:{}", index + 1);
        if line.starts_with("===") {
            let name = format!("{file}: {}", line.trim_matches(['=', ' ']));
            found.push(Table { name, pack: HEADER.to_owned(), cases: Vec::new() });
            in_pack = true;
            continue;
        }
        let Some(table) = found.last_mut() else { continue };
        if line == "---" {
            in_pack = false;
        } else if in_pack && line.starts_with("currency: ") {
            table.pack = table.pack.replace("currency: CNY", line);
        } else if in_pack {
            table.pack.push_str(line);
            table.pack.push('\n');
        } else if let Some(said) = line.strip_prefix("  ") {
            let (subject, said) = said.split_once(": ").unwrap_or_else(|| panic!("{place}: no subject"));
            let case = table.cases.last_mut().unwrap_or_else(|| panic!("{place}: no case"));
            case.says.push((place, subject.to_owned(), said.to_owned()));
        } else if !line.is_empty() && !line.starts_with('#') {
            let (as_of, facts) = line.split_once(' ').unwrap_or_else(|| panic!("{place}: no facts"));
            table.cases.push(Case {
                place,
                as_of: as_of.to_owned(),
                facts: facts.to_owned(),
                says: Vec::new(),
            });
        }
    }
    found
}

/// A decision's parts in words, by subject.
struct Said<'a> {
    plan: &'a Plan<'a>,
    decision: &'a Decision,
}

impl Said<'_> {
    fn subject(&self, subject: &str) -> Option<String> {
        let pack = self.plan.pack();
        if let Some(id) = subject.strip_prefix("published ") {
            return self.published(id);
        }
        for (word, said) in [
            ("pays ", Self::pays as fn(&Self, &str) -> Option<String>),
            ("steps ", Self::steps),
            ("meets ", Self::meets),
        ] {
            if let Some(id) = subject.strip_prefix(word) {
                return said(self, id);
            }
        }
        if subject == "total" {
            let money = Ty::Number(Num::of(NumUnit::Money(Currency::CNY)));
            let totals = self.decision.totals.iter();
            let totals = totals.map(|(currency, total)| format!("{currency} {}", range(&money, *total)));
            return Some(totals.collect::<Vec<_>>().join(", "));
        }
        if subject == "missing" {
            let paths: Vec<String> =
                self.decision.missing.iter().map(|path| path_text(self.plan, *path)).collect();
            return Some(paths.join(", "));
        }
        if subject == "confirmed" {
            return Some(
                self.decision
                    .confirmed
                    .map_or("nothing decided", |yes| if yes { "yes" } else { "no" })
                    .to_owned(),
            );
        }
        if let Some(index) = pack.criteria.iter().position(|entry| entry.id.text == subject) {
            let result = &self.decision.criteria[index];
            return Some(self.grounds(result.verdict.word(), &result.grounds));
        }
        if let Some(index) = pack.gates.iter().position(|entry| entry.id.text == subject) {
            return Some(self.condition(&self.decision.gates[index]));
        }
        for (index, classification) in pack.classifications.iter().enumerate() {
            for (place, class) in classification.classes.iter().enumerate() {
                if format!("{}.{}", classification.id.text, class.id.text) == subject {
                    return Some(self.condition(&self.decision.classes[index][place]));
                }
            }
        }
        if let Some(index) = pack.ladders.iter().position(|entry| entry.id.text == subject) {
            let result = &self.decision.ladders[index];
            return Some(self.grounds(&self.ladder(index, result.outcome, result.possible), &result.grounds));
        }
        let index = pack.measures.iter().position(|entry| entry.id.text == subject)?;
        let result = &self.decision.measures[index];
        let money = Ty::Number(Num::of(NumUnit::Money(Currency::CNY)));
        let mut outcome = result.outcome.word().to_owned();
        if let Some(amount) = result.amount {
            outcome = format!("{outcome} {}", range(&money, amount));
            if let Some(standing) = &result.amount_standing {
                outcome = format!("{outcome} ({})", self.standing(standing));
            }
        }
        Some(self.grounds(&outcome, &result.grounds))
    }

    fn result(&self, id: &str) -> Option<&MeasureResult> {
        let index = self.plan.pack().measures.iter().position(|entry| entry.id.text == id)?;
        self.decision.measures.get(index)
    }

    /// What a measure pays, why not, and what it waits for.
    fn pays(&self, id: &str) -> Option<String> {
        let result = self.result(id)?;
        let money = Ty::Number(Num::of(NumUnit::Money(Currency::CNY)));
        let mut parts = vec![result.outcome.word().to_owned()];
        if let Some(amount) = result.amount {
            parts[0] = format!("{} {}", parts[0], range(&money, amount));
        }
        parts.extend(result.grounds.failure.or(result.amount_failure).map(|f| failure_word(f).to_owned()));
        if result.outcome != MeasureOutcome::Eligible && !result.grounds.because.is_empty() {
            let ids: Vec<&str> = result.grounds.because.iter().map(|reason| reason.id.as_str()).collect();
            parts.push(format!("because no {}", ids.join(", ")));
        }
        if !result.grounds.awaits.is_empty() {
            parts.push(format!("awaits {}", paths(self.plan, &result.grounds.awaits).join(", ")));
        }
        Some(parts.join("; "))
    }

    /// The steps of an amount: the kind, an uplift's condition, the figure, and the result where it differs.
    fn steps(&self, id: &str) -> Option<String> {
        let money = Ty::Number(Num::of(NumUnit::Money(Currency::CNY)));
        let figure = |figure: &Figure| {
            figure.interval.map_or_else(|| "error".to_owned(), |interval| range(&money, interval))
        };
        let step = |step: &StepResult| {
            let mut text = format!("{:?}", step.kind);
            if let Some(when) = &step.when {
                text = format!("{text} if {}", verdict(self.plan, when).word());
            }
            let (operand, result) = (figure(&step.operand), figure(&step.result));
            if operand == result {
                format!("{text} {result}")
            } else {
                format!("{text} {operand} = {result}")
            }
        };
        Some(self.result(id)?.steps.iter().map(step).collect::<Vec<_>>().join("; "))
    }

    /// What meeting other measures did to an amount.
    fn meets(&self, id: &str) -> Option<String> {
        let (pack, money) = (self.plan.pack(), Ty::Number(Num::of(NumUnit::Money(Currency::CNY))));
        let effect = |effect: &Effect| {
            let by = effect.displaced_by.map(|member| match member {
                StackMember::Measure(index) => format!(" by {}", pack.measures[index].id.text),
                StackMember::Money(node) => format!(" by {}", self.plan.checked.graph.texts[&node]),
            });
            let rule = &pack.stacking[effect.stacking].id.text;
            format!("{rule}{} {}", by.unwrap_or_default(), range(&money, effect.amount))
        };
        let effects: Vec<String> = self.result(id)?.effects.iter().map(effect).collect();
        Some(if effects.is_empty() { "nothing".to_owned() } else { effects.join("; ") })
    }

    fn condition(&self, result: &ConditionResult) -> String {
        self.grounds(result.verdict.word(), &result.grounds)
    }

    fn ladder(&self, index: usize, outcome: LadderOutcome, possible: u64) -> String {
        let levels = &self.plan.pack().ladders[index].levels;
        let mut text = match outcome {
            LadderOutcome::Level(level) => format!("level {}", levels[level].id.text),
            other => other.word().to_owned(),
        };
        if matches!(outcome, LadderOutcome::Undetermined | LadderOutcome::Referred) {
            let names =
                levels.iter().enumerate().filter(|(level, _)| possible & outcome_bit(Some(*level)) != 0);
            let mut names: Vec<&str> = names.map(|(_, level)| level.id.text.as_str()).collect();
            if possible & outcome_bit(None) != 0 {
                names.push("none");
            }
            text = format!("{text} of {}", names.join(", "));
        }
        text
    }

    fn standing(&self, standing: &Standing) -> String {
        match standing {
            Standing::Confirmed => "confirmed".to_owned(),
            Standing::Indicative { verify: None } => "indicative".to_owned(),
            Standing::Indicative { verify: Some(verify) } => {
                format!("indicative, verify {}", paths(self.plan, verify).join(", "))
            }
        }
    }

    fn grounds(&self, outcome: &str, grounds: &Grounds) -> String {
        let mut parts = vec![outcome.to_owned()];
        if let Some(failure) = grounds.failure {
            parts.push(failure_word(failure).to_owned());
        }
        if !grounds.because.is_empty() {
            let ids: Vec<String> = grounds
                .because
                .iter()
                .map(|reason| format!("{}{}", if reason.helps { "" } else { "no " }, reason.id))
                .collect();
            parts.push(format!("because {}", ids.join(", ")));
        }
        if !grounds.awaits.is_empty() {
            parts.push(format!("awaits {}", paths(self.plan, &grounds.awaits).join(", ")));
        }
        parts.extend(grounds.standing.as_ref().map(|standing| self.standing(standing)));
        if !grounds.assumed.is_empty() {
            let points: BTreeSet<String> = grounds
                .assumed
                .iter()
                .map(|point| match point {
                    Point::Entity(entity) => entity_id(self.plan.pack(), *entity),
                    Point::Default(path) => format!("default of {}", path_text(self.plan, *path)),
                })
                .collect();
            parts.push(format!("assumed {}", points.into_iter().collect::<Vec<_>>().join(", ")));
        }
        parts.join("; ")
    }

    fn published(&self, id: &str) -> Option<String> {
        let (pack, only) = (self.plan.pack(), &self.decision.published_only);
        if let Some(index) = pack.gates.iter().position(|entry| entry.id.text == id) {
            return Some(only.gates[index].word().to_owned());
        }
        if let Some(index) = pack.ladders.iter().position(|entry| entry.id.text == id) {
            let (outcome, possible) = only.ladders[index];
            return Some(self.ladder(index, outcome, possible));
        }
        if let Some(index) = pack.measures.iter().position(|entry| entry.id.text == id) {
            return Some(only.measures[index].word().to_owned());
        }
        for (index, classification) in pack.classifications.iter().enumerate() {
            for (place, class) in classification.classes.iter().enumerate() {
                if format!("{}.{}", classification.id.text, class.id.text) == id {
                    return Some(only.classes[index][place].word().to_owned());
                }
            }
        }
        None
    }
}

#[test]
fn every_case_of_the_tables_of_outcomes_holds() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for table in tables() {
        let pack = pack(&table.pack);
        for case in &table.cases {
            let plan = plan(&pack, day(&case.as_of));
            let decision = decide(&plan, &firm(&pack, &case.facts));
            let said = Said { plan: &plan, decision: &decision };
            assert!(!case.says.is_empty(), "{}: nothing is said", case.place);
            for (place, subject, expected) in &case.says {
                count += 1;
                let found = said.subject(subject).unwrap_or_else(|| panic!("{place}: no `{subject}`"));
                if found != *expected {
                    wrong.push(format!(
                        "{place}: {} {}\n  expected {subject}: {expected}\n  found    {subject}: {found}",
                        table.name, case.facts
                    ));
                }
            }
        }
    }
    assert!(count > 100, "only {count} cases");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_outcome_and_operator_is_in_a_table() {
    let text: String = tables()
        .iter()
        .flat_map(|table| {
            table.cases.iter().flat_map(|case| case.says.iter().map(|(_, _, said)| format!(" {said};")))
        })
        .collect();
    let words = panmen::decision::Verdict::ALL.map(panmen::decision::Verdict::word);
    let measures = panmen::decision::MeasureOutcome::ALL.map(panmen::decision::MeasureOutcome::word);
    for word in words.iter().chain(&LadderOutcome::WORDS).chain(&measures) {
        let there = [";", " "].iter().any(|after| text.contains(&format!(" {word}{after}")));
        assert!(there, "`{word}` comes out of no case");
    }
    let packs: Vec<Checked> = tables().iter().map(|table| pack(&table.pack)).collect();
    let found: BTreeSet<&str> = packs.iter().flat_map(ops_of).collect();
    let missing: Vec<_> = super::tables::OF_OUTCOMES.iter().filter(|op| !found.contains(*op)).collect();
    assert!(missing.is_empty(), "in no pack: {missing:?}");
}
