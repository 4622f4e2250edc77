//! What the published text alone decides.

use super::Report;
use crate::decision::{LadderOutcome, MeasureOutcome, Verdict};
use crate::graph::Entity;
use crate::wording::Word;

/// What the text alone decides, what it leaves open, and what of that the assumed points settle.
#[derive(Default)]
struct Alone {
    decided: Vec<String>,
    open: Vec<String>,
    needs_more: Vec<String>,
}

impl Alone {
    /// Something that is open on the text alone; decided here, it needs what was assumed.
    fn open(&mut self, name: String, decided_here: bool) {
        if decided_here { self.needs_more.push(name) } else { self.open.push(name) }
    }
}

impl Report<'_> {
    /// What the published text alone decides.
    pub(super) fn published(&self) -> String {
        if self.is_same() && self.anything_decided() {
            return self.say(Word::PublishedSame, &[]);
        }
        let mut alone = Alone::default();
        self.ladders_alone(&mut alone);
        self.classes_alone(&mut alone);
        self.gates_alone(&mut alone);
        self.measures_alone(&mut alone);
        let mut parts = alone.decided;
        for (word, names) in [(Word::PublishedNeeds, alone.needs_more), (Word::PublishedOpen, alone.open)] {
            if !names.is_empty() {
                parts.push(self.say(word, &[&self.words.list(&names)]));
            }
        }
        self.say(Word::PublishedSome, &[&self.words.clauses(&parts)])
    }

    fn anything_decided(&self) -> bool {
        let decision = self.decision;
        let conditions = decision.gates.iter().chain(decision.classes.iter().flatten());
        let measures = decision.measures.iter().map(|result| result.outcome);
        conditions.into_iter().any(|result| !result.verdict.is_open())
            || decision.ladders.iter().any(|result| !result.outcome.is_open())
            || measures.into_iter().any(|outcome| !outcome.is_static() && !outcome.is_open())
    }

    fn is_same(&self) -> bool {
        let (decision, published) = (self.decision, &self.decision.published_only);
        let ladders = decision.ladders.iter().map(|result| result.outcome);
        let measures = decision.measures.iter().map(|result| result.outcome);
        let classes = decision.classes.iter().flatten().map(|result| result.verdict);
        let gates = decision.gates.iter().map(|result| result.verdict);
        let amounts = decision.measures.iter().map(|result| result.amount);
        amounts.eq(published.amounts.iter().copied())
            && ladders.eq(published.ladders.iter().map(|(outcome, _)| *outcome))
            && measures.eq(published.measures.iter().copied())
            && classes.eq(published.classes.iter().flatten().copied())
            && gates.eq(published.gates.iter().copied())
    }

    fn ladders_alone(&self, alone: &mut Alone) {
        let here = self.decision.ladders.iter().map(|result| result.outcome);
        for (index, ((outcome, _), here)) in self.decision.published_only.ladders.iter().zip(here).enumerate()
        {
            let name = self.words.entity(Entity::Ladder(index));
            let text = match outcome {
                LadderOutcome::Level(level) => self.words.entity(Entity::Level(index, *level)),
                LadderOutcome::None => self.say(Word::NoLevel, &[]),
                LadderOutcome::NotApplicable => self.say(Word::NotApplicable, &[]),
                LadderOutcome::Error => self.say(Word::Failed, &[]),
                LadderOutcome::Undetermined | LadderOutcome::Referred => {
                    alone.open(self.say(Word::LevelWord, &[&name]), !here.is_open());
                    continue;
                }
            };
            alone.decided.push(self.say(Word::ReachedLevel, &[&name, &text]));
        }
    }

    /// Classes that hold, or that are open, on the text alone.
    fn classes_alone(&self, alone: &mut Alone) {
        for (index, classes) in self.decision.published_only.classes.iter().enumerate() {
            let here = self.decision.classes.get(index).map(Vec::as_slice).unwrap_or_default();
            let name = self.words.entity(Entity::Classification(index));
            let of = |verdict: Verdict| -> Vec<String> {
                let found = classes.iter().enumerate().filter(|(_, found)| **found == verdict);
                found.map(|(class, _)| self.words.entity(Entity::Class(index, class))).collect()
            };
            let yes = of(Verdict::Yes);
            if !yes.is_empty() {
                alone.decided.push(self.say(Word::ReachedLevel, &[&name, &self.words.list(&yes)]));
            }
            let open = classes.iter().zip(here).filter(|(found, _)| found.is_open());
            let mut open = open.map(|(_, here)| !here.verdict.is_open()).peekable();
            if open.peek().is_some() {
                alone.open(name, open.any(|decided| decided));
            }
        }
    }

    fn gates_alone(&self, alone: &mut Alone) {
        let here = self.decision.gates.iter().map(|result| result.verdict);
        for (index, (verdict, here)) in self.decision.published_only.gates.iter().zip(here).enumerate() {
            let name = self.words.entity(Entity::Gate(index));
            if verdict.is_open() {
                alone.open(name, !here.is_open());
            } else {
                let (_, text) = self.gate_text(index, *verdict);
                alone.decided.push(self.say(Word::ReachedLevel, &[&name, &text]));
            }
        }
    }

    fn measures_alone(&self, alone: &mut Alone) {
        let published = &self.decision.published_only.measures;
        let of_the_firm = published.iter().filter(|outcome| !outcome.is_static()).count();
        let here = self.decision.measures.iter().map(|result| result.outcome);
        let open = published.iter().zip(here).filter(|(outcome, _)| outcome.is_open());
        let (needs_more, open): (Vec<_>, Vec<_>) = open.partition(|(_, here)| !here.is_open());
        for (count, decided_here) in [(needs_more.len(), true), (open.len(), false)] {
            if count > 0 {
                alone.open(self.say(Word::MeasuresWord, &[&count.to_string()]), decided_here);
            }
        }
        let eligible = published.iter().filter(|outcome| **outcome == MeasureOutcome::Eligible).count();
        if of_the_firm > 0 {
            let all = published.len().to_string();
            alone.decided.push(self.say(Word::MeasuresEligible, &[&eligible.to_string(), &all]));
        }
        // What a measure pays where the text alone gives another figure than the one above.
        let published = &self.decision.published_only;
        let measures = self.plan.pack().measures.iter().zip(&self.decision.measures);
        let amounts = published.measures.iter().zip(&published.amounts);
        for (index, ((measure, here), (outcome, amount))) in measures.zip(amounts).enumerate() {
            if *outcome == MeasureOutcome::Eligible && here.amount != *amount {
                let name = self.words.entity(Entity::Measure(index));
                alone.decided.push(self.say(Word::ReachedLevel, &[&name, &self.money_of(measure, *amount)]));
            }
        }
    }
}
