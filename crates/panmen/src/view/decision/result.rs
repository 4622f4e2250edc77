//! The result: one sentence, then ladders, classes, money, how sure it is and what it rests on.

use super::Report;
use crate::decision::{LadderOutcome, MeasureOutcome, Verdict};
use crate::doc::{Block, Ladder, Pair, Section, Status};
use crate::graph::{Entity, outcome_bit};
use crate::pack::Amount;
use crate::profile::Status as Given;
use crate::standing::Standing;
use crate::value::Type;
use crate::wording::{Word, amount};

impl Report<'_> {
    pub(super) fn result(&mut self) -> Section {
        let headline = self.headline();
        let mut pairs = Vec::new();
        for index in 0..self.decision.ladders.len() {
            pairs.extend(self.ladder(index));
        }
        for index in 0..self.decision.classes.len() {
            pairs.extend(self.classification(index));
        }
        for index in 0..self.decision.gates.len() {
            pairs.extend(self.gate(index));
        }
        pairs.extend(self.money());
        pairs.push(self.how_sure());
        let mut blocks = vec![Block::Headline(headline), Block::Pairs(pairs)];
        blocks.extend((0..self.decision.ladders.len()).filter_map(|index| self.drawn_ladder(index)));
        self.section(Word::Result, blocks)
    }

    /// Adds what it rests on, once all assumed points have their numbers.
    pub(super) fn rests_on(&self, section: &mut Section) {
        let pairs = section.blocks.iter_mut().find_map(|block| match block {
            Block::Pairs(pairs) => Some(pairs),
            _ => None,
        });
        let Some(pairs) = pairs else { return };
        let key = self.say(Word::RestingOn, &[]);
        if self.order.is_empty() {
            let value = self.say(Word::RestsPublished, &[]);
            pairs.push(Pair { key, value, ..Pair::default() });
            return;
        }
        let count = self.order.len();
        let span = if count == 1 { "A1".to_owned() } else { format!("A1-A{count}") };
        let rests = self.say(Word::RestsAssumed, &[&count.to_string(), &span]);
        let gap = if self.words.lang == crate::diagnostic::Lang::En { " " } else { "" };
        let mut value = format!("{rests}{gap}{}", self.published());
        if self.plan.pack().header.status == crate::pack::Status::Illustrative {
            value = format!("{value}{gap}{}", self.say(Word::RulesIllustrative, &[]));
        }
        pairs.push(Pair { key, value, ..Pair::default() });
    }

    fn ladder(&mut self, index: usize) -> Option<Pair> {
        let result = self.decision.ladders.get(index)?;
        let levels = result.levels.len();
        let label = |level: usize| self.words.entity(Entity::Level(index, level));
        let at = |level: usize| {
            let place = self.words.place(level);
            self.say(Word::LevelAt, &[&label(level), &place, &levels.to_string()])
        };
        let above = |limit: usize| {
            let names: Vec<String> = (0..limit)
                .filter(|level| result.possible & outcome_bit(Some(*level)) == 0)
                .map(label)
                .collect();
            (!names.is_empty()).then(|| self.say(Word::LevelNot, &[&self.words.list(&names)]))
        };
        let value = match result.outcome {
            LadderOutcome::Level(level) => {
                let parts: Vec<String> = [Some(at(level)), above(level)].into_iter().flatten().collect();
                self.words.clauses(&parts)
            }
            LadderOutcome::Undetermined | LadderOutcome::Referred => {
                let open: Vec<usize> =
                    (0..levels).filter(|level| result.possible & outcome_bit(Some(*level)) != 0).collect();
                let names: Vec<String> = open.iter().map(|level| at(*level)).collect();
                let open_text = self.say(Word::LevelOpen, &[&self.words.list(&names)]);
                let lowest = open.last().copied().unwrap_or(levels);
                let parts: Vec<String> = [Some(open_text), above(lowest)].into_iter().flatten().collect();
                self.words.clauses(&parts)
            }
            LadderOutcome::None => self.say(Word::NoLevel, &[]),
            LadderOutcome::NotApplicable => {
                let who = self.plan.pack().ladders.get(index).and_then(|ladder| ladder.applies_to.as_ref());
                let reason = who.map(|who| self.words.label(&who.otherwise)).unwrap_or_default();
                self.say(Word::ReachedLevel, &[&self.say(Word::NotApplicable, &[]), &reason])
            }
            LadderOutcome::Error => {
                let failure = result.grounds.failure.map(|failure| self.words.failure(failure.kind));
                self.say(Word::ClassError, &[&failure.unwrap_or_default()])
            }
        };
        let key = self.words.entity(Entity::Ladder(index));
        let points = self.beside_criteria(&result.grounds.assumed);
        Some(Pair { key, value, checked: None, points: self.mark(&points) })
    }

    fn classification(&mut self, index: usize) -> Option<Pair> {
        let (_, value) = self.class_text(index);
        let results = self.decision.classes.get(index)?;
        let mut points = Vec::new();
        for result in results.iter().filter(|result| result.verdict != Verdict::No) {
            points.extend(self.beside_criteria(&result.grounds.assumed));
        }
        let key = self.words.entity(Entity::Classification(index));
        Some(Pair { key, value, checked: None, points: self.mark(&points) })
    }

    pub(super) fn class_text(&self, index: usize) -> (Word, String) {
        let results = self.decision.classes.get(index).map(Vec::as_slice).unwrap_or_default();
        let names = |wanted: &dyn Fn(Verdict) -> bool| -> Vec<String> {
            let found = results.iter().enumerate().filter(|(_, result)| wanted(result.verdict));
            found.map(|(class, _)| self.words.entity(Entity::Class(index, class))).collect()
        };
        let yes = names(&|verdict| verdict == Verdict::Yes);
        let open = names(&|verdict| verdict == Verdict::Unknown);
        let judged = names(&|verdict| verdict == Verdict::Referred);
        let failed = names(&|verdict| verdict == Verdict::Error);
        let mut parts = Vec::new();
        for (word, names) in [
            (Word::ClassYes, &yes),
            (Word::ClassOpen, &open),
            (Word::ClassReferred, &judged),
            (Word::ClassError, &failed),
        ] {
            if !names.is_empty() {
                parts.push(self.say(word, &[&self.words.list(names)]));
            }
        }
        let lead = match (yes.is_empty(), open.is_empty(), judged.is_empty(), failed.is_empty()) {
            (false, ..) => Word::LeadEligible,
            (_, false, ..) => Word::LeadOpen,
            (_, _, false, _) => Word::LeadReferred,
            (_, _, _, false) => Word::LeadError,
            _ => Word::LeadDone,
        };
        if parts.is_empty() {
            let examples = self.plan.pack().classifications.get(index).is_some_and(|entry| entry.open);
            let word = if examples { Word::ClassNoneNamed } else { Word::ClassNone };
            parts.push(self.say(word, &[&results.len().to_string()]));
        }
        (lead, self.words.clauses(&parts))
    }

    fn gate(&mut self, index: usize) -> Option<Pair> {
        let result = self.decision.gates.get(index)?;
        let (_, value) = self.gate_text(index, result.verdict);
        let points = self.beside_criteria(&result.grounds.assumed);
        let key = self.words.entity(Entity::Gate(index));
        Some(Pair { key, value, checked: None, points: self.mark(&points) })
    }

    pub(super) fn gate_text(&self, index: usize, verdict: Verdict) -> (Word, String) {
        let node = self.plan.checked.graph.gates.get(index).copied();
        let criteria = node.map(|node| self.criteria_below(node)).unwrap_or_default();
        let count = |verdict: Verdict| {
            let of = |index: &&usize| self.criterion(**index).is_some_and(|found| found.verdict == verdict);
            criteria.iter().filter(of).count()
        };
        let all = criteria.len();
        let (met, not) = (count(Verdict::Yes), count(Verdict::No));
        let not_asked = criteria.iter().filter(|index| self.is_not_asked(**index).is_some()).count();
        let open = all.saturating_sub(met).saturating_sub(not);
        let [all_text, met, open, not_text] = [all, met, open, not].map(|count| count.to_string());
        match verdict {
            Verdict::Yes if all > 1 && met == all_text && not_asked > 0 => {
                let asked = all.saturating_sub(not_asked).to_string();
                (Word::LeadEligible, self.say(Word::GateYesAsked, &[&asked, &not_asked.to_string()]))
            }
            Verdict::Yes if all > 1 && met == all_text => {
                (Word::LeadEligible, self.say(Word::GateYes, &[&all_text]))
            }
            Verdict::Yes => (Word::LeadEligible, self.say(Word::GateYesBare, &[])),
            Verdict::No if not > 0 => (Word::LeadNot, self.say(Word::GateNo, &[&not_text, &all_text])),
            Verdict::No => (Word::LeadNot, self.say(Word::GateNoBare, &[])),
            Verdict::Unknown => (Word::LeadOpen, self.say(Word::GateOpen, &[&met, &open])),
            Verdict::Referred => (Word::LeadReferred, self.say(Word::GateOpen, &[&met, &open])),
            Verdict::Error => (Word::LeadError, self.say(Word::LeadError, &[])),
        }
    }

    fn money(&self) -> Option<Pair> {
        let pack = self.plan.pack();
        if pack.measures.is_empty() {
            return None;
        }
        let unpublished = self
            .decision
            .measures
            .iter()
            .zip(&pack.measures)
            .filter(|(result, measure)| {
                result.outcome == MeasureOutcome::Eligible && matches!(measure.amount, Amount::Unpublished)
            })
            .count();
        let totals = self.decision.totals.iter();
        let totals: Vec<String> = totals
            .map(|(currency, total)| amount::range(self.words.lang, &Type::Money(*currency), *total))
            .collect();
        let value = match totals.is_empty() {
            false => {
                let mut total = self.say(Word::MoneyTotal, &[&self.words.list(&totals)]);
                for (word, count) in
                    [(Word::MoneyAnd, unpublished), (Word::MoneyWithout, self.decision.uncounted)]
                {
                    if count > 0 {
                        total = self.say(word, &[&total, &count.to_string()]);
                    }
                }
                total
            }
            true if pack.measures.iter().all(|measure| matches!(measure.amount, Amount::Unpublished)) => {
                self.say(Word::MoneyNone, &[])
            }
            true => self.say(Word::MoneyNoneHere, &[]),
        };
        Some(Pair { key: self.say(Word::Money, &[]), value, ..Pair::default() })
    }

    fn how_sure(&self) -> Pair {
        let word = match self.decision.confirmed {
            Some(true) if self.is_for_others() => Word::ConfirmedNot,
            Some(true) => Word::Confirmed,
            Some(false) => Word::Indicative,
            None => Word::Open,
        };
        let used = self.facts_used();
        let count = |status: Option<Given>| {
            used.iter()
                .filter(|(path, found)| *found == status && !(found.is_none() && self.is_judged(*path)))
                .count()
        };
        let judged = used.iter().filter(|(path, found)| found.is_none() && self.is_judged(*path)).count();
        let counts = [
            (Word::CountVerified, count(Some(Given::Verified))),
            (Word::CountDeclared, count(Some(Given::Declared))),
            (Word::CountRejected, count(Some(Given::Rejected))),
            (Word::CountMissing, count(None)),
            (Word::CountJudged, judged),
        ];
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let mut parts: Vec<String> =
            counts.map(|(word, count)| self.say(word, &[&count.to_string()])).collect();
        let amounts = self.decision.measures.iter().filter_map(|result| result.amount_standing.as_ref());
        let declared = |standing: &Standing| matches!(standing, Standing::Indicative { .. });
        if self.decision.confirmed == Some(true) && amounts.into_iter().any(declared) {
            parts.push(self.say(Word::AmountsDeclared, &[]));
        }
        let all = used.len().to_string();
        let list = match self.words.lang {
            crate::diagnostic::Lang::En => parts.join(", "),
            crate::diagnostic::Lang::Zh => parts.join("，"),
        };
        let word = self.say(word, &[]);
        let value = if used.is_empty() { word } else { self.say(Word::Counts, &[&word, &all, &list]) };
        Pair { key: self.say(Word::HowSure, &[]), value, ..Pair::default() }
    }

    /// True if all that is decided is that it is for others.
    fn is_for_others(&self) -> bool {
        let ladders = self.decision.ladders.iter().map(|result| result.outcome);
        let measures = self.decision.measures.iter().map(|result| result.outcome);
        ladders.clone().all(|outcome| outcome == LadderOutcome::NotApplicable)
            && measures.clone().all(|o| o.is_static() || o == MeasureOutcome::NotApplicable)
            && (ladders.count() > 0 || measures.clone().any(|o| o == MeasureOutcome::NotApplicable))
    }

    /// The levels as a drawing; none where no level is spoken of.
    fn drawn_ladder(&self, index: usize) -> Option<Block> {
        let result = self.decision.ladders.get(index)?;
        let reached = match result.outcome {
            LadderOutcome::Level(level) => Some(level),
            LadderOutcome::NotApplicable | LadderOutcome::Error => return None,
            _ => None,
        };
        let step = |level: usize| {
            let possible = result.possible & outcome_bit(Some(level)) != 0;
            let (status, word) = match reached {
                Some(reached) if reached == level => (Status::Met, Word::StepReached),
                Some(reached) if reached < level => (Status::Told, Word::StepBelow),
                None if possible => (Status::Waiting, Word::StepOpen),
                _ => (Status::NotMet, Word::StepNot),
            };
            (status, self.say(word, &[&self.words.entity(Entity::Level(index, level))]))
        };
        let steps = (0..result.levels.len()).map(step).collect();
        Some(Block::Ladder(Ladder { title: self.words.entity(Entity::Ladder(index)), steps }))
    }
}
