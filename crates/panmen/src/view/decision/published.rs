//! What the published text alone decides.

use super::Report;
use crate::decision::{LadderOutcome, MeasureOutcome, Verdict};
use crate::graph::Entity;
use crate::wording::Word;

impl Report<'_> {
    /// What the published text alone decides.
    pub(super) fn published(&self) -> String {
        let published = &self.decision.published_only;
        let ladders = self.decision.ladders.iter().map(|result| result.outcome);
        let same_ladders = ladders.eq(published.ladders.iter().map(|(outcome, _)| *outcome));
        let measures = self.decision.measures.iter().map(|result| result.outcome);
        let same_measures = measures.eq(published.measures.iter().copied());
        let classes = self.decision.classes.iter().flatten().map(|result| result.verdict);
        let same_classes = classes.eq(published.classes.iter().flatten().copied());
        let gates = self.decision.gates.iter().map(|result| result.verdict);
        let same_gates = gates.eq(published.gates.iter().copied());
        let open_ladder =
            |outcome: LadderOutcome| matches!(outcome, LadderOutcome::Undetermined | LadderOutcome::Referred);
        let open = |verdict: Verdict| matches!(verdict, Verdict::Unknown | Verdict::Referred);
        let open_measure = |outcome: MeasureOutcome| {
            super::is_static(outcome)
                || matches!(outcome, MeasureOutcome::Undetermined | MeasureOutcome::Referred)
        };
        let nothing = published.ladders.iter().all(|(outcome, _)| open_ladder(*outcome))
            && published.classes.iter().flatten().chain(&published.gates).all(|found| open(*found))
            && published.measures.iter().all(|outcome| open_measure(*outcome));
        if nothing {
            return self.say(Word::PublishedNothing, &[]);
        }
        if same_ladders && same_measures && same_classes && same_gates {
            return self.say(Word::PublishedSame, &[]);
        }
        let mut parts = Vec::new();
        for (index, (outcome, _)) in published.ladders.iter().enumerate() {
            let name = self.words.entity(Entity::Ladder(index));
            parts.push(match outcome {
                LadderOutcome::Level(level) => {
                    let level = self.words.entity(Entity::Level(index, *level));
                    self.say(Word::ReachedLevel, &[&name, &level])
                }
                LadderOutcome::None => self.say(Word::ReachedLevel, &[&name, &self.say(Word::NoLevel, &[])]),
                LadderOutcome::NotApplicable => {
                    self.say(Word::ReachedLevel, &[&name, &self.say(Word::NotApplicable, &[])])
                }
                _ => self.say(Word::NotDecided, &[&name]),
            });
        }
        let eligible =
            published.measures.iter().filter(|outcome| **outcome == MeasureOutcome::Eligible).count();
        if published.measures.iter().any(|outcome| !super::is_static(*outcome)) {
            let all = published.measures.len().to_string();
            parts.push(self.say(Word::MeasuresEligible, &[&eligible.to_string(), &all]));
        }
        if parts.is_empty() {
            for (index, verdict) in published.gates.iter().enumerate() {
                let name = self.words.entity(Entity::Gate(index));
                let text = if open(*verdict) {
                    self.say(Word::NotDecided, &[&name])
                } else {
                    self.say(Word::ReachedLevel, &[&name, &self.gate_text(index, *verdict).1])
                };
                parts.push(text);
            }
        }
        self.say(Word::PublishedSome, &[&self.words.clauses(&parts)])
    }
}
