//! The result in one sentence: the levels, or the measures where there are no levels.

use super::Report;
use crate::decision::{LadderOutcome, LadderResult, MeasureOutcome, Verdict};
use crate::graph::{Entity, Op, outcome_bit};
use crate::wording::Word;

/// A headline names so many failing criteria, and counts the rest.
const LISTED: usize = 3;

impl Report<'_> {
    /// The result in one sentence: the levels, or the measures where there are no levels.
    pub(super) fn headline(&self) -> String {
        let mut clauses = Vec::new();
        let mut lead = None;
        for (index, result) in self.decision.ladders.iter().enumerate() {
            let (word, clause) = self.ladder_clause(index, result);
            clauses.push(clause);
            lead = Some(better(lead, word));
        }
        if let Some((word, clause)) = self.measures_clause() {
            clauses.push(clause);
            lead = Some(better(lead, word));
        }
        if clauses.is_empty() {
            let (word, clause) = self.gates_clause();
            clauses.push(clause);
            lead = Some(word);
        }
        let referred = self.referred_classes();
        if !referred.is_empty() {
            clauses.push(self.say(Word::ReferredClasses, &[&self.words.list(&referred)]));
        }
        let lead = match (lead, self.gate_passed()) {
            // That a level is for others hides that the firm was let in.
            (Some(Word::LeadNotApplicable), Some(gate)) => {
                let gate = self.words.entity(Entity::Gate(gate)).to_uppercase();
                self.say(Word::LeadGate, &[&gate])
            }
            (lead, _) => self.say(lead.unwrap_or(Word::LeadNone), &[]),
        };
        self.say(Word::ReachedLevel, &[&lead, &self.words.clauses(&clauses)])
    }

    /// Classes that a person judges.
    fn referred_classes(&self) -> Vec<String> {
        let mut names = Vec::new();
        for (index, classes) in self.decision.classes.iter().enumerate() {
            let judged = classes.iter().enumerate().filter(|(_, result)| result.verdict == Verdict::Referred);
            names.extend(judged.map(|(class, _)| self.words.entity(Entity::Class(index, class))));
        }
        names
    }

    /// The gate before a ladder, if the firm has passed it.
    fn gate_passed(&self) -> Option<usize> {
        let graph = &self.plan.checked.graph;
        let gate =
            graph.ladders.iter().find_map(|ladder| match graph.nodes.get(ladder.0).map(|node| &node.op) {
                Some(Op::Ladder { gate: Some(gate), .. }) => {
                    graph.gates.iter().position(|found| found == gate)
                }
                _ => None,
            })?;
        (self.decision.gates.get(gate)?.verdict == Verdict::Yes).then_some(gate)
    }

    fn ladder_clause(&self, index: usize, result: &LadderResult) -> (Word, String) {
        let name = self.words.entity(Entity::Ladder(index));
        let missing = result.grounds.awaits.len().to_string();
        let some = result.grounds.awaits.len() < self.decision.missing.len();
        let numbers = self.missing_numbers(&result.grounds.awaits);
        match result.outcome {
            LadderOutcome::Level(level) => {
                let level = self.words.entity(Entity::Level(index, level));
                (Word::LeadEligible, self.say(Word::LevelOf, &[&name, &level]))
            }
            LadderOutcome::Undetermined => {
                let levels = self.possible(index, result);
                let clause = match levels.as_slice() {
                    [] => self.say(Word::OpenMissing, &[&name, &missing]),
                    [only] if missing == "1" && !some => self.say(Word::OfOneFact, &[only]),
                    [only] if some => self.say(Word::OfSomeFacts, &[only, &numbers]),
                    [only] => self.say(Word::OfFacts, &[only, &missing]),
                    [highest, ..] if some => self.say(Word::UpToSome, &[highest, &numbers]),
                    [highest, ..] => self.say(Word::UpTo, &[highest, &missing]),
                };
                let named = self.decision.ladders.len() > 1;
                let clause = if named { self.say(Word::ReachedLevel, &[&name, &clause]) } else { clause };
                (Word::LeadOpen, clause)
            }
            LadderOutcome::Referred => (Word::LeadReferred, self.say(Word::OpenJudged, &[&name, &missing])),
            LadderOutcome::Error => (Word::LeadError, self.say(Word::FailedFor, &[&name])),
            LadderOutcome::NotApplicable => {
                let ladder = self.plan.pack().ladders.get(index);
                let who = ladder.and_then(|ladder| ladder.applies_to.as_ref());
                let reason = who.map(|who| self.words.label(&who.otherwise)).unwrap_or_default();
                (Word::LeadNotApplicable, self.say(Word::NotFor, &[&name, &reason]))
            }
            LadderOutcome::None => {
                let reasons = self.failing(&result.grounds.because);
                (Word::LeadNot, self.say(Word::NotBecause, &[&name, &reasons]))
            }
        }
    }

    /// The levels that are still possible, from the highest.
    fn possible(&self, index: usize, result: &LadderResult) -> Vec<String> {
        (0..result.levels.len())
            .filter(|level| result.possible & outcome_bit(Some(*level)) != 0)
            .map(|level| self.words.entity(Entity::Level(index, level)))
            .collect()
    }

    /// The criteria that fail, by name where they are few.
    fn failing(&self, reasons: &[crate::explain::Reason]) -> String {
        let criteria = self.criteria_of(reasons);
        let failing: Vec<String> = criteria
            .into_iter()
            .filter(|index| self.criterion(*index).is_some_and(|result| result.verdict == Verdict::No))
            .map(|index| self.words.entity(Entity::Criterion(index)))
            .collect();
        if failing.is_empty() {
            let written: Vec<String> = reasons.iter().map(|reason| self.reason_name(reason)).collect();
            return self.words.list(&written);
        }
        let mut shown: Vec<String> = failing.iter().take(LISTED).cloned().collect();
        if failing.len() > LISTED {
            shown.push(self.say(Word::AndMore, &[&failing.len().saturating_sub(LISTED).to_string()]));
        }
        self.words.list(&shown)
    }

    fn count(&self, outcome: MeasureOutcome) -> usize {
        self.decision.measures.iter().filter(|result| result.outcome == outcome).count()
    }

    /// The measures that the firm gets.
    fn eligible(&self) -> Vec<String> {
        let all = self.decision.measures.iter().enumerate();
        let eligible = all.filter(|(_, result)| result.outcome == MeasureOutcome::Eligible);
        eligible.map(|(index, _)| self.words.entity(Entity::Measure(index))).collect()
    }

    /// What the measures say; none where a ladder speaks and they add nothing.
    fn measures_clause(&self) -> Option<(Word, String)> {
        let all = self.decision.measures.len();
        let ladders = !self.decision.ladders.is_empty();
        let say = |word: Word, count: usize| self.say(word, &[&count.to_string(), &all.to_string()]);
        let [eligible, open, judged, failed, not] = [
            MeasureOutcome::Eligible,
            MeasureOutcome::Undetermined,
            MeasureOutcome::Referred,
            MeasureOutcome::Error,
            MeasureOutcome::NotEligible,
        ]
        .map(|outcome| self.count(outcome));
        let mut clauses = Vec::new();
        let mut lead = None;
        for (count, word, of) in [
            (eligible, Word::LeadEligible, Word::MeasuresEligible),
            (open, Word::LeadOpen, Word::MeasuresOpen),
            (judged, Word::LeadReferred, Word::MeasuresJudged),
            (failed, Word::LeadError, Word::MeasuresFailed),
            (not, Word::LeadNot, Word::MeasuresNot),
        ] {
            if count > 0 {
                let named = (of == Word::MeasuresEligible && count <= LISTED).then(|| self.eligible());
                let clause = say(of, count);
                clauses.push(named.map_or_else(
                    || clause.clone(),
                    |names| self.say(Word::MeasuresNamed, &[&clause, &self.words.list(&names)]),
                ));
                lead = Some(better(lead, word));
            }
        }
        if clauses.is_empty() && all > 0 && !ladders {
            let named = self.count(MeasureOutcome::NamedOnly);
            let word = if named > 0 { Word::LeadNamed } else { Word::LeadNone };
            return Some((word, say(Word::MeasuresNone, all)));
        }
        lead.map(|lead| (lead, self.words.clauses(&clauses)))
    }

    /// For packs without ladders and measures: the gates, else the classes.
    fn gates_clause(&self) -> (Word, String) {
        let mut clauses = Vec::new();
        let mut lead = None;
        for (index, result) in self.decision.gates.iter().enumerate() {
            let name = self.words.entity(Entity::Gate(index));
            let (word, text) = self.gate_text(index, result.verdict);
            clauses.push(self.say(Word::ReachedLevel, &[&name, &text]));
            lead = Some(better(lead, word));
        }
        if clauses.is_empty() {
            for index in 0..self.decision.classes.len() {
                let name = self.words.entity(Entity::Classification(index));
                let (word, text) = self.class_text(index);
                clauses.push(self.say(Word::ReachedLevel, &[&name, &text]));
                lead = Some(better(lead, word));
            }
        }
        match lead {
            Some(lead) => (lead, self.words.clauses(&clauses)),
            None => (Word::LeadNone, self.say(Word::NothingNamed, &[])),
        }
    }
}

/// The word that leads a result: what was reached before what is open, and that before what was not.
fn better(one: Option<Word>, other: Word) -> Word {
    const ORDER: [Word; 9] = [
        Word::LeadEligible,
        Word::LeadOpen,
        Word::LeadReferred,
        Word::LeadError,
        Word::LeadNot,
        Word::LeadNotApplicable,
        Word::LeadDone,
        Word::LeadNamed,
        Word::LeadNone,
    ];
    let place = |word: Word| ORDER.iter().position(|listed| *listed == word).unwrap_or(ORDER.len());
    match one {
        Some(one) if place(one) <= place(other) => one,
        _ => other,
    }
}
