//! The reasons: what is not reached and by how much, what waits for whom, what is met.

use super::{Report, checked_of};
use crate::answer::FactPath;
use crate::decision::{InlineResult, LadderOutcome, Point, Verdict};
use crate::doc::{Block, Group, Item, Pair, Scale, Section, Status};
use crate::explain::{Finding, Needed, Reason};
use crate::graph::{Entity, Op, entity_id};
use crate::number::Number;
use crate::value::Type;
use crate::wording::{Word, amount};

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
            let mut items: Vec<Item> = of_verdict.into_iter().filter_map(|index| self.item(index)).collect();
            items.extend(self.inline_items(verdict));
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

    /// The item of a criterion.
    fn item(&mut self, index: usize) -> Option<Item> {
        let result = self.decision.criteria.get(index)?;
        let label = self.words.entity(Entity::Criterion(index));
        let mut item = Item::new(status_of(result.verdict), label);
        item.points = self.mark(&result.grounds.assumed);
        match result.verdict {
            Verdict::Yes => {
                item.value = self.met(&result.findings);
                item.checked = checked_of(result.grounds.standing.as_ref());
            }
            Verdict::No => {
                self.short(&result.findings, &mut item);
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
        let open = matches!(verdict, Verdict::Unknown | Verdict::Referred);
        !open || awaits.iter().any(|path| self.decision.missing.contains(path))
    }

    /// True unless what a condition stands in decides nothing here.
    fn is_spoken_of(&self, of: Entity) -> bool {
        let decision = self.decision;
        match of {
            Entity::Level(index, level) => decision.ladders.get(index).is_some_and(|ladder| {
                let reached = ladder.levels.iter().position(|level| *level == Verdict::Yes);
                ladder.outcome != LadderOutcome::NotApplicable
                    && reached.is_none_or(|reached| level <= reached)
            }),
            Entity::Class(index, class) => {
                let found = decision.classes.get(index).and_then(|classes| classes.get(class));
                found.is_some_and(|result| result.verdict != Verdict::No)
            }
            Entity::Measure(index) => {
                decision.measures.get(index).is_some_and(|result| !super::is_static(result.outcome))
            }
            _ => true,
        }
    }

    fn inline(&mut self, result: &InlineResult) -> Item {
        let mut item = Item::new(status_of(result.verdict), self.inline_name(result));
        item.points = self.mark(&result.grounds.assumed);
        item.checked = checked_of(result.grounds.standing.as_ref());
        match result.verdict {
            Verdict::Yes => item.value = self.met(std::slice::from_ref(&result.finding)),
            Verdict::No => self.short(std::slice::from_ref(&result.finding), &mut item),
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
        if result.finding.alternative {
            item.notes.push(self.say(Word::OneIsEnough, &[&self.words.entity(result.of)]));
        }
        item
    }

    /// A condition by the facts that it looks at; as it was written where it looks at none.
    fn inline_name(&self, result: &InlineResult) -> String {
        let facts = self.looked_at(&result.finding);
        if facts.is_empty() { format!("`{}`", result.text) } else { facts }
    }

    /// What a reason is called: its label, or the facts that it looks at.
    pub(super) fn reason_name(&self, reason: &Reason) -> String {
        let named = self.plan.checked.graph.nodes.get(reason.node.0).map(|node| &node.op);
        if let Some(Op::Named(entity, _)) = named {
            return self.words.entity(*entity);
        }
        let inline = self.decision.inline.iter().find(|result| result.text == reason.id);
        inline.map_or_else(|| format!("`{}`", reason.id), |result| self.inline_name(result))
    }

    /// What the firm has, as short as can be: that a yes is a yes needs no words.
    fn met(&self, findings: &[Finding]) -> String {
        let holding = findings.iter().filter(|finding| finding.answer.is_yes());
        let mut shown: Vec<(String, Vec<String>)> = Vec::new();
        for finding in holding {
            let mut needed = None;
            let text = match (&finding.value, &finding.needed) {
                (_, Needed::YesNo(_)) => continue,
                _ if finding.facts.iter().any(|path| self.words.is_masked(*path)) => {
                    self.say(Word::Withheld, &[])
                }
                (Some((value, value_type)), Needed::Bound(..)) if *value_type != Type::Date => {
                    needed = self.words.needed(finding);
                    amount::range(self.words.lang, value_type, *value)
                }
                (Some((value, value_type)), _) => amount::range(self.words.lang, value_type, *value),
                (None, Needed::Condition) => continue,
                (None, _) => self.given_of(finding),
            };
            // What one value is held against stands behind it once.
            match shown.iter_mut().find(|(known, _)| *known == text) {
                Some((_, all)) => all.extend(needed),
                None if text.is_empty() => {}
                None => shown.push((text, needed.into_iter().collect())),
            }
        }
        let with = |(value, needed): &(String, Vec<String>)| match needed.as_slice() {
            [] => value.clone(),
            needed => self.say(Word::WithCode, &[value, &self.words.list(needed)]),
        };
        self.words.list(&shown.iter().map(with).collect::<Vec<_>>())
    }

    /// What the profile says of the facts of a finding.
    fn given_of(&self, finding: &Finding) -> String {
        let given = finding.facts.iter().filter_map(|path| self.words.given(self.profile, *path));
        self.words.list(&given.collect::<Vec<_>>())
    }

    /// What a finding looked at.
    fn looked_at(&self, finding: &Finding) -> String {
        self.words.paths(&finding.facts)
    }

    /// What is short, with the distance.
    fn short(&self, findings: &[Finding], item: &mut Item) {
        let failing: Vec<&Finding> = findings.iter().filter(|finding| finding.answer.is_no()).collect();
        for finding in failing {
            let looked_at = self.looked_at(finding);
            let named = looked_at != item.label && !looked_at.is_empty();
            let distance = self.distance(finding);
            item.scales.extend(self.scale(finding, &distance));
            let key = named.then(|| Pair { key: looked_at, ..Pair::default() });
            let row: Vec<Pair> = key.into_iter().chain(distance).collect();
            if !row.is_empty() {
                item.details.push(row);
            }
        }
    }

    /// What the firm has, what is needed, and how far it is from one to the other.
    pub(super) fn distance(&self, finding: &Finding) -> Vec<Pair> {
        let pair = |word: Word, value: String| Pair { key: self.say(word, &[]), value, ..Pair::default() };
        let masked = finding.facts.iter().any(|path| self.words.is_masked(*path));
        let yours = if masked {
            self.say(Word::Withheld, &[])
        } else if let Some((value, value_type)) = finding.value.as_ref().filter(|_| self.is_given(finding)) {
            amount::range(self.words.lang, value_type, *value)
        } else {
            self.given_of(finding)
        };
        let mut row = Vec::new();
        if !yours.is_empty() {
            row.push(pair(Word::Yours, yours));
        }
        if let Some(needed) = self.words.needed(finding) {
            row.push(pair(Word::Needed, needed));
        }
        if let (false, Some((far, far_type))) = (masked, &finding.short_by)
            && !far.is_zero()
        {
            let word = if is_over(finding) { Word::Over } else { Word::ShortBy };
            row.push(pair(word, amount::number(self.words.lang, far_type, *far)));
        }
        row
    }

    /// The distance as a drawing: for numbers above zero that are not withheld.
    fn scale(&self, finding: &Finding, row: &[Pair]) -> Option<Scale> {
        let Needed::Bound(_, bound, value_type) = &finding.needed else { return None };
        let value = finding.value.as_ref().filter(|_| self.is_given(finding))?.0.single()?;
        let masked = finding.facts.iter().any(|path| self.words.is_masked(*path));
        if masked || *value_type == Type::Date || *bound <= Number::ZERO || value.is_negative() {
            return None;
        }
        // A tenth of the width is left beyond the farther of the two.
        let whole = value.max(*bound).multiply(Number::from(10)).ok()?.divide(Number::from(9)).ok()?;
        let words = row.iter().map(|pair| format!("{} {}", pair.key, pair.value)).collect::<Vec<_>>();
        Some(Scale {
            title: self.say(Word::ScaleOf, &[&self.looked_at(finding)]),
            words: self.words.clauses(&words),
            value: value.thousandths_of(whole)?,
            bound: bound.thousandths_of(whole)?,
        })
    }

    /// True if the profile says something of what a finding looked at.
    fn is_given(&self, finding: &Finding) -> bool {
        finding.facts.iter().any(|path| self.words.given(self.profile, *path).is_some())
    }

    /// Classes that are not met: one line each, for what they rest on.
    fn other_classes(&mut self) -> Vec<Item> {
        let mut items = Vec::new();
        for (index, classes) in self.decision.classes.iter().enumerate() {
            for (class, result) in classes.iter().enumerate() {
                if result.verdict != Verdict::No {
                    continue;
                }
                let container = self.words.entity(Entity::Classification(index));
                let label = self.words.entity(Entity::Class(index, class));
                let mut item = Item::new(Status::Told, self.say(Word::ClassOf, &[&container, &label]));
                let points: Vec<Point> = result.grounds.assumed.iter().copied().collect();
                item.points = self.mark(&points);
                items.push(item);
            }
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

/// True if the firm has more than it may.
fn is_over(finding: &Finding) -> bool {
    use crate::expr::ast::Comparison;
    match &finding.needed {
        Needed::Bound(Comparison::Less | Comparison::AtMost, ..) => true,
        Needed::Between(range, _) => finding
            .value
            .as_ref()
            .and_then(|(value, _)| value.single())
            .zip(range.high)
            .is_some_and(|(value, high)| value > high),
        _ => false,
    }
}
