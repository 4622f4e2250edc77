//! The reasons: what is not reached and by how much, what waits for whom, what is met.

use super::{Report, checked_of};
use crate::answer::FactPath;
use crate::decision::{InlineResult, LadderOutcome, Point, Verdict};
use crate::doc::{Block, Checked, Group, Item, Section, Status};
use crate::explain::{Finding, Needed, Reason};
use crate::graph::{Entity, Op, entity_id};
use crate::wording::Word;
use std::collections::BTreeSet;

impl Report<'_> {
    pub(super) fn why(&mut self) -> Option<Section> {
        let mut groups = Vec::new();
        let mut told = false;
        for (verdict, heading) in [
            (Verdict::No, Word::NotReached),
            (Verdict::Unknown, Word::Waiting),
            (Verdict::Referred, Word::Referred),
            (Verdict::Error, Word::Failed),
            (Verdict::Yes, Word::Met),
        ] {
            let of_verdict: Vec<usize> = self
                .shown
                .clone()
                .into_iter()
                .filter(|index| {
                    self.criterion(*index).is_some_and(|result| {
                        result.verdict == verdict && self.still_matters(verdict, &result.grounds.awaits)
                    })
                })
                .collect();
            let mut items: Vec<Item> = Vec::new();
            // Several measures may ask the same: it is said once.
            let found = self.items(&of_verdict);
            for item in found.into_iter().chain(self.inline_items(verdict)) {
                let same = |known: &&mut Item| {
                    known.label == item.label && known.value == item.value && known.details == item.details
                };
                match items.iter_mut().find(same) {
                    Some(known) => known.points.extend(item.points),
                    None => items.push(item),
                }
            }
            self.say_notes_once(&mut items);
            if !items.is_empty() {
                let letters = items.iter().any(|item| item.checked.is_some());
                let aside = (letters && !told).then(|| self.say(Word::Letters, &[]));
                told |= letters;
                groups.push(Block::Group(Group { heading: self.say(heading, &[]), aside, items }));
            }
        }
        let others = self.other_classes();
        if !others.is_empty() {
            let heading = self.say(Word::OtherClasses, &[]);
            groups.push(Block::Group(Group { heading, aside: None, items: others }));
        }
        (!groups.is_empty()).then(|| self.section(Word::Why, groups))
    }

    /// What helps with several items stands with the first of them.
    fn say_notes_once(&self, items: &mut [Item]) {
        let mut said: BTreeSet<String> = BTreeSet::new();
        for item in items.iter_mut().filter(|_| !self.is_whole()) {
            item.notes.retain(|note| said.insert(note.clone()));
        }
    }

    /// The items of criteria. In short, several that look for a code of one list stand in one line, and so
    /// do those that are not asked of the firm.
    fn items(&mut self, criteria: &[usize]) -> Vec<Item> {
        let mut items = Vec::new();
        let whole = self.is_whole();
        let not_asked = |index: &usize| !whole && self.is_not_asked(*index).is_some();
        let (not_asked, asked): (Vec<usize>, Vec<usize>) =
            criteria.iter().partition(|index| not_asked(index));
        let lists: Vec<Option<usize>> = asked.iter().map(|index| self.list_met(*index)).collect();
        let alike: Vec<(usize, Option<usize>)> = asked.into_iter().zip(lists).collect();
        for run in alike.chunk_by(|(_, one), (_, other)| one.is_some() && one == other) {
            match run {
                [(_, Some(list)), _, ..] if !whole => {
                    let criteria: Vec<usize> = run.iter().map(|(index, _)| *index).collect();
                    items.push(self.joined(*list, &criteria));
                }
                _ => items.extend(run.iter().filter_map(|(index, _)| self.item(*index))),
            }
        }
        let word = not_asked.iter().find_map(|index| self.is_not_asked(*index));
        if let Some(word) = word {
            let labels: Vec<String> =
                not_asked.iter().map(|index| self.words.entity(Entity::Criterion(*index))).collect();
            let mut item = Item::new(Status::Told, self.words.list(&labels));
            item.value = self.say(word, &[]);
            let points: BTreeSet<Point> = not_asked
                .iter()
                .filter_map(|index| self.criterion(*index))
                .flat_map(|result| result.grounds.assumed.iter().copied())
                .collect();
            item.points = self.mark(&points);
            items.push(item);
        }
        items
    }

    /// The list in which the one code is found that a met criterion looks for.
    fn list_met(&self, index: usize) -> Option<usize> {
        let result = self.criterion(index).filter(|result| result.verdict == Verdict::Yes)?;
        match result.findings.as_slice() {
            [Finding { needed: Needed::Listed(lists, true), facts, .. }] if facts.len() == 1 => {
                lists.first().copied().filter(|_| lists.len() == 1)
            }
            _ => None,
        }
    }

    /// Met criteria in one line: the list, then each criterion with how far it was checked.
    fn joined(&mut self, list: usize, criteria: &[usize]) -> Item {
        let of = |index: &usize| self.criterion(*index).map(|result| &result.grounds);
        let checked: BTreeSet<Option<Checked>> =
            criteria.iter().map(|index| of(index).and_then(|g| checked_of(g.standing.as_ref()))).collect();
        let points: BTreeSet<Point> =
            criteria.iter().filter_map(of).flat_map(|grounds| grounds.assumed.iter().copied()).collect();
        let mut parts = Vec::new();
        for status in &checked {
            let same = criteria
                .iter()
                .filter(|index| of(index).and_then(|g| checked_of(g.standing.as_ref())) == *status);
            let labels: Vec<String> =
                same.map(|index| self.words.entity(Entity::Criterion(*index))).collect();
            let labels = self.words.list(&labels);
            parts.push(match status.filter(|_| checked.len() > 1) {
                Some(Checked::Verified) => {
                    self.say(Word::ReachedLevel, &[&labels, &self.say(Word::StatusVerified, &[])])
                }
                Some(Checked::Declared) => {
                    self.say(Word::ReachedLevel, &[&labels, &self.say(Word::StatusDeclared, &[])])
                }
                None => labels,
            });
        }
        let mut item = Item::new(Status::Met, self.words.codes(list));
        item.points = self.mark(&points);
        item.value = self.words.clauses(&parts);
        item.checked = checked.into_iter().next().flatten().filter(|_| parts.len() == 1);
        item
    }

    /// The item of a criterion.
    fn item(&mut self, index: usize) -> Option<Item> {
        let result = self.decision.criteria.get(index)?;
        let label = self.words.entity(Entity::Criterion(index));
        let mut item = Item::new(status_of(result.verdict), label);
        item.points = self.mark(&result.grounds.assumed);
        match result.verdict {
            Verdict::Yes => {
                let not_asked = self.is_not_asked(index);
                item.value = match not_asked {
                    Some(word) => self.say(word, &[]),
                    None => self.met(&self.asked_findings(index), &item.label),
                };
                item.checked = checked_of(result.grounds.standing.as_ref());
            }
            Verdict::No => {
                self.short(&self.asked_findings(index), &mut item);
                item.checked = checked_of(result.grounds.standing.as_ref());
                let remedy = self.plan.pack().criteria.get(index)?.remedy.as_ref();
                if let Some(remedy) = remedy.map(|remedy| self.words.label(remedy)) {
                    item.notes.push(self.say(Word::Remedy, &[&remedy]));
                }
            }
            Verdict::Unknown => {
                item.value = self.say(Word::MissingNo, &[&self.missing_numbers(&result.grounds.awaits)]);
            }
            Verdict::Referred => {
                item.value = self.say(Word::JudgedNo, &[&self.missing_numbers(&result.grounds.awaits)]);
            }
            Verdict::Error => {
                if let Some(failure) = result.grounds.failure {
                    let id = entity_id(self.plan.pack(), Entity::Criterion(index));
                    item.notes.push(self.say(Word::ErrorIn, &[&self.words.failure(failure.kind), &id]));
                }
            }
        }
        Some(item)
    }

    /// The items of conditions that stand in a gate, class, level or measure without a criterion.
    fn inline_items(&mut self, verdict: Verdict) -> Vec<Item> {
        let decision = self.decision;
        let mut items = Vec::new();
        for result in decision.inline.iter().filter(|result| result.verdict == verdict) {
            if self.is_spoken_of(result.of) && self.still_matters(result.verdict, &result.grounds.awaits) {
                items.push(self.inline(result));
            }
        }
        items
    }

    /// False for an open condition on which nothing waits any longer.
    fn still_matters(&self, verdict: Verdict, awaits: &[FactPath]) -> bool {
        !verdict.is_open() || awaits.iter().any(|path| self.decision.missing.contains(path))
    }

    /// True unless what a condition stands in decides nothing here.
    fn is_spoken_of(&self, of: Entity) -> bool {
        let decision = self.decision;
        match of {
            Entity::Level(index, level) => decision.ladders.get(index).is_some_and(|ladder| {
                if self.is_closed(self.plan.checked.graph.ladders.get(index).copied()) {
                    return false;
                }
                let reached = ladder.levels.iter().position(|level| *level == Verdict::Yes);
                ladder.outcome != LadderOutcome::NotApplicable
                    && reached.is_none_or(|reached| level <= reached)
            }),
            Entity::Class(index, class) => {
                let found = decision.classes.get(index).and_then(|classes| classes.get(class));
                found.is_some_and(|result| result.verdict != Verdict::No)
            }
            Entity::Measure(index) => {
                let closed = self.is_closed(self.plan.checked.graph.measures.get(index).copied());
                decision.measures.get(index).is_some_and(|result| !closed && !result.outcome.is_static())
            }
            _ => true,
        }
    }

    fn inline(&mut self, result: &InlineResult) -> Item {
        let mut item = Item::new(status_of(result.verdict), self.inline_name(result));
        item.points = self.mark(&result.grounds.assumed);
        item.checked = checked_of(result.grounds.standing.as_ref());
        match result.verdict {
            // The rows themselves follow, with what each of them comes to.
            Verdict::Yes | Verdict::No if self.is_repeated(result.of) => {}
            Verdict::Yes => item.value = self.met(&[(None, &result.finding)], &item.label),
            Verdict::No => self.short(&[(None, &result.finding)], &mut item),
            Verdict::Unknown => {
                item.value = self.say(Word::MissingNo, &[&self.missing_numbers(&result.grounds.awaits)]);
            }
            Verdict::Referred => {
                item.value = self.say(Word::JudgedNo, &[&self.missing_numbers(&result.grounds.awaits)]);
            }
            Verdict::Error => {
                let failure = result.grounds.failure.map(|failure| self.words.failure(failure.kind));
                item.notes.extend(failure);
            }
        }
        if result.finding.alternative && result.verdict != Verdict::Yes {
            item.notes.push(self.say(Word::OneIsEnough, &[&self.words.entity(result.of)]));
        }
        item
    }

    /// True of a measure that is repeated over the rows of a list.
    fn is_repeated(&self, of: Entity) -> bool {
        let Entity::Measure(index) = of else { return false };
        self.plan.pack().measures.get(index).is_some_and(|measure| measure.each.is_some())
    }

    /// A condition by the facts that it looks at; as it was written where it looks at none.
    fn inline_name(&self, result: &InlineResult) -> String {
        if let Entity::Measure(index) = result.of
            && let Some(each) = self.plan.pack().measures.get(index).and_then(|m| m.each.as_ref())
            && let Some(list) = self.plan.pack().facts.iter().position(|fact| fact.id.text == each.list.text)
        {
            let no = result.verdict == Verdict::No;
            let word = if no { Word::NoRowQualifies } else { Word::RowThatQualifies };
            return self.say(word, &[&self.words.entity(Entity::Fact(list))]);
        }
        let facts = self.looked_at(&result.finding);
        if facts.is_empty() { format!("`{}`", result.text) } else { facts }
    }

    /// What a reason is called: its label, or the facts that it looks at.
    pub(super) fn reason_name(&self, reason: &Reason) -> String {
        let named = self.plan.checked.graph.nodes.get(reason.node.0).map(|node| &node.op);
        if let Some(Op::Named(entity, _)) = named {
            return self.words.entity(*entity);
        }
        if let Some(row) = self.levels(reason.node) {
            let said: Vec<String> =
                row.iter().map(|pair| self.say(Word::ReachedLevel, &[&pair.key, &pair.value])).collect();
            return self.words.clauses(&said);
        }
        let inline = self.decision.inline.iter().find(|result| result.text == reason.id);
        inline.map_or_else(|| format!("`{}`", reason.id), |result| self.inline_name(result))
    }

    /// Classes that are not met: one line for a classification, for what they rest on.
    fn other_classes(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        for (index, classes) in self.decision.classes.iter().enumerate() {
            let not = || classes.iter().enumerate().filter(|(_, result)| result.verdict == Verdict::No);
            let names: Vec<String> =
                not().map(|(class, _)| self.words.entity(Entity::Class(index, class))).collect();
            if names.is_empty() {
                continue;
            }
            let container = self.words.entity(Entity::Classification(index));
            let label = self.say(Word::ClassOf, &[&container, &self.words.list(&names)]);
            let mut item = Item::new(Status::Told, label);
            let points: BTreeSet<Point> =
                not().flat_map(|(_, result)| result.grounds.assumed.iter().copied()).collect();
            item.points = self.mark(&points);
            items.push(item);
        }
        items
    }
}

fn status_of(verdict: Verdict) -> Status {
    match verdict {
        Verdict::Yes => Status::Met,
        Verdict::No => Status::NotMet,
        Verdict::Unknown => Status::Waiting,
        Verdict::Referred => Status::Referred,
        Verdict::Error => Status::Failed,
    }
}
