//! What an example expects, held against a decision.

use super::{Differs, Mismatch};
use crate::answer::FactPath;
use crate::decision::{Decision, Grounds, LadderOutcome, MeasureOutcome, Verdict};
use crate::diagnostic::{Diagnostic, PackProblem, nearest, quote};
use crate::eval::NONE_BIT;
use crate::explain::{Reason, path_text};
use crate::graph::{Entity, entity_id, outcome_bit};
use crate::number::Interval;
use crate::plan::Plan;
use crate::source::Span;
use crate::standing::Standing;
use crate::value::{Currency, Type, read_range, write_number, write_range};
use crate::yaml::{Entry, Node};
use std::collections::BTreeSet;

pub(super) struct Checker<'a> {
    plan: &'a Plan<'a>,
    decision: &'a Decision,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) mismatches: Vec<Mismatch>,
}

/// What came out for one id.
struct Found<'a> {
    id: String,
    /// The outcome's word.
    outcome: &'static str,
    /// The words that this kind of thing can be.
    words: Vec<&'static str>,
    /// The level reached, and the levels there are.
    level: Option<(Option<String>, Vec<String>)>,
    possible: BTreeSet<String>,
    amount: Option<Interval>,
    /// The currency of the amount.
    currency: Option<Currency>,
    is_measure: bool,
    grounds: &'a Grounds,
}

impl<'a> Checker<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, decision: &'a Decision) -> Self {
        Self { plan, decision, diagnostics: Vec::new(), mismatches: Vec::new() }
    }

    fn miss(&mut self, of: &str, expected: impl Into<String>, found: impl Into<String>, span: Span) {
        let differs = Differs::Other { expected: expected.into(), found: found.into() };
        self.mismatches.push(Mismatch { of: of.to_owned(), differs, span });
    }

    pub(super) fn entry(&mut self, entry: &Entry) {
        let Some(found) = self.find(&entry.key.text) else {
            let names = self.names();
            let problem = PackProblem::ExampleReference { id: quote(&entry.key.text) };
            let suggested = nearest(&entry.key.text, names.iter().map(String::as_str));
            self.diagnostics.push(Diagnostic::new(problem, entry.key_span).suggest(suggested));
            return;
        };
        match entry.value.as_mapping() {
            Some([]) => {
                let key = found.id.clone();
                self.diagnostics.push(Diagnostic::new(PackProblem::EmptyCondition { key }, entry.value.span));
            }
            Some(parts) => self.parts(&found, parts, entry),
            None => self.short(&found, &entry.value),
        }
    }

    /// Every id that an example may expect something of.
    fn names(&self) -> Vec<String> {
        let pack = self.plan.pack();
        let mut names: Vec<Entity> = (0..pack.criteria.len()).map(Entity::Criterion).collect();
        names.extend((0..pack.gates.len()).map(Entity::Gate));
        for (index, classification) in pack.classifications.iter().enumerate() {
            names.extend((0..classification.classes.len()).map(|class| Entity::Class(index, class)));
        }
        names.extend((0..pack.ladders.len()).map(Entity::Ladder));
        names.extend((0..pack.measures.len()).map(Entity::Measure));
        names.into_iter().map(|entity| entity_id(pack, entity)).collect()
    }

    fn find(&self, id: &str) -> Option<Found<'a>> {
        let pack = self.plan.pack();
        let place =
            |of: &dyn Fn(usize) -> Entity, count: usize| (0..count).find(|i| entity_id(pack, of(*i)) == id);
        let truth = |verdict: Verdict, grounds: &'a Grounds| Found {
            id: id.to_owned(),
            outcome: verdict.word(),
            words: Verdict::ALL.iter().map(|verdict| verdict.word()).collect(),
            level: None,
            possible: BTreeSet::new(),
            amount: None,
            currency: None,
            is_measure: false,
            grounds,
        };
        let decision: &'a Decision = self.decision;
        if let Some(index) = place(&Entity::Criterion, pack.criteria.len()) {
            return decision.criteria.get(index).map(|result| truth(result.verdict, &result.grounds));
        }
        if let Some(index) = place(&Entity::Gate, pack.gates.len()) {
            return decision.gates.get(index).map(|result| truth(result.verdict, &result.grounds));
        }
        for (index, classification) in pack.classifications.iter().enumerate() {
            let class = classification.classes.iter().enumerate().position(|(class, member)| {
                entity_id(pack, Entity::Class(index, class)) == id || member.id.text == id
            });
            if let Some(result) = class.and_then(|class| decision.classes.get(index)?.get(class)) {
                return Some(truth(result.verdict, &result.grounds));
            }
        }
        if let Some(index) = place(&Entity::Ladder, pack.ladders.len()) {
            return self.ladder(index, id);
        }
        let index = place(&Entity::Measure, pack.measures.len())?;
        let result = decision.measures.get(index)?;
        Some(Found {
            outcome: result.outcome.word(),
            words: MeasureOutcome::ALL.iter().map(|outcome| outcome.word()).collect(),
            amount: result.amount,
            currency: self.plan.pack().measures.get(index).and_then(|measure| measure.currency),
            is_measure: true,
            ..truth(Verdict::Unknown, &result.grounds)
        })
    }

    fn ladder(&self, index: usize, id: &str) -> Option<Found<'a>> {
        let result = self.decision.ladders.get(index)?;
        let levels: Vec<String> =
            self.plan.pack().ladders.get(index)?.levels.iter().map(|level| level.id.text.clone()).collect();
        let reached = match result.outcome {
            LadderOutcome::Level(level) => levels.get(level).cloned(),
            _ => None,
        };
        let mut possible: BTreeSet<String> = levels
            .iter()
            .enumerate()
            .filter(|(level, _)| result.possible & outcome_bit(Some(*level)) != 0)
            .map(|(_, id)| id.clone())
            .collect();
        if result.possible & NONE_BIT != 0 {
            possible.insert("none".to_owned());
        }
        Some(Found {
            id: id.to_owned(),
            outcome: result.outcome.word(),
            words: LadderOutcome::WORDS.to_vec(),
            level: Some((reached, levels)),
            possible,
            amount: None,
            currency: None,
            is_measure: false,
            grounds: &result.grounds,
        })
    }

    /// What came out, in a few words.
    fn shown(&self, found: &Found<'_>) -> String {
        let mut shown = match &found.level {
            Some((Some(level), _)) => level.clone(),
            _ => found.outcome.to_owned(),
        };
        if !found.grounds.awaits.is_empty() {
            let awaits: Vec<String> =
                found.grounds.awaits.iter().map(|path| path_text(self.plan, *path)).collect();
            shown = format!("{shown} (awaits {})", awaits.join(", "));
        }
        shown
    }

    /// An expectation of one word: an outcome, a level, an amount or a range.
    fn short(&mut self, found: &Found<'_>, node: &Node) {
        let Some(text) = self.text(node, &found.id) else { return };
        if let Some((level, levels)) = &found.level
            && levels.contains(&text)
        {
            if level.as_ref() != Some(&text) {
                self.miss(&found.id, text, self.shown(found), node.span);
            }
            return;
        }
        let word = match text.as_str() {
            "true" => "yes",
            "false" => "no",
            other => other,
        };
        if found.is_measure && !found.words.contains(&word) {
            self.amount(found, node);
            return;
        }
        if self.outcome(found, word, node.span) {
            self.needs_because(found, word, None, node.span);
        }
    }

    fn text(&mut self, node: &Node, place: &str) -> Option<String> {
        match node.as_scalar() {
            Some(scalar) => Some(scalar.text.trim().to_owned()),
            None => {
                let problem = PackProblem::NotText { place: place.to_owned() };
                self.diagnostics.push(Diagnostic::new(problem, node.span));
                None
            }
        }
    }

    /// True if the outcome is one that can be, and is as expected.
    fn outcome(&mut self, found: &Found<'_>, word: &str, span: Span) -> bool {
        if !found.words.contains(&word) {
            let levels = found.level.iter().flat_map(|(_, levels)| levels.iter().map(String::as_str));
            let all: Vec<&str> = found.words.iter().copied().chain(levels).collect();
            let known: Vec<String> = all.iter().map(|word| format!("`{word}`")).collect();
            let problem = PackProblem::ExampleExpectation {
                id: found.id.clone(),
                text: quote(word),
                known: known.join(", "),
            };
            self.diagnostics.push(Diagnostic::new(problem, span).suggest(nearest(word, all.iter().copied())));
            return false;
        }
        if found.outcome != word {
            self.miss(&found.id, word, self.shown(found), span);
            return false;
        }
        true
    }

    /// A refusal must say what decides it.
    fn needs_because(&mut self, found: &Found<'_>, word: &str, because: Option<&Node>, span: Span) {
        if because.is_none() && matches!(word, "no" | "none" | "not_eligible") {
            let mut deciding: Vec<String> =
                found.grounds.because.iter().map(|reason| reason.id.clone()).collect();
            if deciding.is_empty() {
                deciding.push(found.id.clone());
            }
            let differs = Differs::NoReason { outcome: word.to_owned(), deciding };
            self.mismatches.push(Mismatch { of: found.id.clone(), differs, span });
        }
    }

    /// An expectation of several parts.
    fn parts(&mut self, found: &Found<'_>, parts: &[Entry], entry: &Entry) {
        let known = ["outcome", "level", "possible", "amount", "because", "awaits", "standing"];
        let get = |key: &str| parts.iter().find(|part| part.key.text == key).map(|part| &part.value);
        for part in parts {
            let key = part.key.text.as_str();
            let node = &part.value;
            let place = format!("{}.{key}", found.id);
            match key {
                "outcome" => {
                    if let Some(word) = self.text(node, &place)
                        && self.outcome(found, &word, node.span)
                    {
                        self.needs_because(found, &word, get("because"), node.span);
                    }
                }
                "level" => self.level(found, node, get("because")),
                "possible" => {
                    let possible = found.possible.clone();
                    self.set(&place, node, &possible);
                }
                "amount" if found.currency.or(self.plan.pack().header.currency).is_none() => {
                    let known = known.map(|key| if key == "amount" { "outcome" } else { key });
                    self.unknown_key(part, &entry.key.text, known.get(1..).unwrap_or_default());
                }
                "amount" => self.amount(found, node),
                "because" => self.because(found, node),
                "awaits" => {
                    let awaits =
                        found.grounds.awaits.iter().map(|path: &FactPath| path_text(self.plan, *path));
                    let awaits = awaits.collect();
                    self.set(&place, node, &awaits);
                }
                "standing" => self.standing(found, node),
                _ => self.unknown_key(part, &entry.key.text, &known),
            }
        }
    }

    fn unknown_key(&mut self, part: &Entry, place: &str, known: &[&str]) {
        let listed: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
        let key = part.key.text.as_str();
        let problem =
            PackProblem::UnknownKey { key: quote(key), place: place.to_owned(), known: listed.join(", ") };
        let suggested = nearest(key, known.iter().copied());
        self.diagnostics.push(Diagnostic::new(problem, part.key_span).suggest(suggested));
    }

    fn level(&mut self, found: &Found<'_>, node: &Node, because: Option<&Node>) {
        let place = format!("{}.level", found.id);
        let Some(text) = self.text(node, &place) else { return };
        let levels = found.level.as_ref().map(|(_, levels)| levels.clone()).unwrap_or_default();
        if text == "none" {
            if self.outcome(found, "none", node.span) {
                self.needs_because(found, "none", because, node.span);
            }
            return;
        }
        if !levels.contains(&text) {
            let known: Vec<String> = levels.iter().map(|level| format!("`{level}`")).collect();
            let problem =
                PackProblem::ExampleExpectation { id: place, text: quote(&text), known: known.join(", ") };
            let suggested = nearest(&text, levels.iter().map(String::as_str));
            self.diagnostics.push(Diagnostic::new(problem, node.span).suggest(suggested));
            return;
        }
        let reached = found.level.as_ref().and_then(|(reached, _)| reached.clone());
        if reached.as_ref() != Some(&text) {
            self.miss(&place, text, self.shown(found), node.span);
        }
    }

    fn set(&mut self, place: &str, node: &Node, found: &BTreeSet<String>) {
        let Some(items) = node.as_sequence() else {
            let problem = PackProblem::NotSequence { place: place.to_owned() };
            self.diagnostics.push(Diagnostic::new(problem, node.span));
            return;
        };
        let expected: BTreeSet<String> = items.iter().filter_map(|item| self.text(item, place)).collect();
        if expected != *found {
            let list =
                |set: &BTreeSet<String>| format!("[{}]", set.iter().cloned().collect::<Vec<_>>().join(", "));
            self.miss(place, list(&expected), list(found), node.span);
        }
    }

    fn amount(&mut self, found: &Found<'_>, node: &Node) {
        let place = format!("{}.amount", found.id);
        let currency = found.currency.or(self.plan.pack().header.currency);
        let Some(currency) = currency else { return };
        let money = Type::Money(currency);
        let text = match node.as_mapping() {
            Some(parts) => {
                let known = ["from", "to"];
                let unknown: Vec<&Entry> =
                    parts.iter().filter(|part| !known.contains(&part.key.text.as_str())).collect();
                unknown.iter().for_each(|part| self.unknown_key(part, &place, &known));
                let mut end = |key: &str| match node.get(key).filter(|node| !node.is_null()) {
                    None => Some(String::new()),
                    Some(node) => self.text(node, &format!("{place}.{key}")),
                };
                let (Some(from), Some(to)) = (end("from"), end("to")) else { return };
                if !unknown.is_empty() {
                    return;
                }
                format!("{from}..{to}")
            }
            None => match self.text(node, &place) {
                Some(text) => text,
                None => return,
            },
        };
        let shown = |interval: Option<Interval>| match interval {
            None => "none".to_owned(),
            Some(interval) => match interval.single() {
                Some(amount) => write_number(&money, amount),
                None => write_range(&money, interval),
            },
        };
        match read_range(&money, &text) {
            Ok(expected) => {
                if found.amount != Some(expected) {
                    let came = format!("{} ({})", shown(found.amount), found.outcome);
                    self.miss(&place, shown(Some(expected)), came, node.span);
                }
            }
            Err(problem) => self.diagnostics.push(Diagnostic::new(problem, node.span)),
        }
    }

    /// `because` names one deciding member, or a fact of the deciding condition.
    fn because(&mut self, found: &Found<'_>, node: &Node) {
        let place = format!("{}.because", found.id);
        let names: Vec<&Node> = node.as_sequence().map_or_else(|| vec![node], |items| items.iter().collect());
        for name in names {
            let Some(text) = self.text(name, &place) else { continue };
            let reasons = &found.grounds.because;
            let refusal = found.level.is_some() || matches!(found.outcome, "no" | "not_eligible");
            let deciding: Vec<&Reason> = reasons.iter().filter(|reason| !refusal || !reason.helps).collect();
            let by_fact = |reason: &&Reason| {
                let facts = reason.facts.iter().filter_map(|fact| self.plan.pack().facts.get(*fact));
                facts.into_iter().any(|fact| fact.id.text == text)
            };
            let holds = found.id == text && refusal && found.level.is_none();
            if !holds && !deciding.iter().any(|reason| reason.id == text) && !deciding.iter().any(by_fact) {
                let ids: Vec<String> = deciding.iter().map(|reason| reason.id.clone()).collect();
                self.miss(&place, text, format!("[{}]", ids.join(", ")), name.span);
            }
        }
    }

    fn standing(&mut self, found: &Found<'_>, node: &Node) {
        let place = format!("{}.standing", found.id);
        let Some(text) = self.text(node, &place) else { return };
        let standing = match &found.grounds.standing {
            None => "none",
            Some(Standing::Confirmed) => "confirmed",
            Some(Standing::Indicative { .. }) => "indicative",
        };
        if !matches!(text.as_str(), "confirmed" | "indicative" | "none") {
            let known = "`confirmed`, `indicative`, `none`".to_owned();
            let problem = PackProblem::ExampleExpectation { id: place, text: quote(&text), known };
            self.diagnostics.push(Diagnostic::new(problem, node.span));
        } else if text != standing {
            self.miss(&place, text, standing, node.span);
        }
    }
}
