//! What is missing, the question that is asked and the paper that settles it; what must be verified.

use super::Report;
use crate::answer::FactPath;
use crate::doc::{Block, Numbered, Section};
use crate::graph::Entity;
use crate::pack::Apply;
use crate::profile::Status;
use crate::standing::Standing;
use crate::wording::Word;
use std::collections::BTreeSet;

/// So many facts to be verified are named even where they are all.
const SHORT: usize = 3;

impl Report<'_> {
    /// What the firm can settle, then what a person judges; the numbers go on from one to the other.
    pub(super) fn missing(&self) -> Vec<Section> {
        let all = self.decision.missing.iter().enumerate();
        let (judged, asked): (Vec<_>, Vec<_>) = all.partition(|(_, path)| self.is_judged(**path));
        let entries = |of: Vec<(usize, &FactPath)>| -> Vec<Numbered> {
            of.into_iter().map(|(index, path)| self.entry(index, *path)).collect()
        };
        let (asked, judged) = (entries(asked), entries(judged));
        let verify = self.verify(!asked.is_empty());
        let mut sections = Vec::new();
        if asked.is_empty() {
            sections.extend(verify.map(|blocks| self.section(Word::VerifyHeading, blocks)));
        } else {
            let mut blocks = vec![Block::Numbered(asked), Block::Paragraph(self.hand_in())];
            blocks.extend(verify.into_iter().flatten());
            let mut section = self.section(Word::Missing, blocks);
            section.aside = Some(self.say(Word::Paper, &[]));
            sections.push(section);
        }
        if !judged.is_empty() {
            sections.push(self.section(Word::ForCaseworker, vec![Block::Numbered(judged)]));
        }
        sections
    }

    /// True of a fact that a person judges, not the firm.
    pub(super) fn is_judged(&self, path: FactPath) -> bool {
        self.plan.pack().facts.get(path.fact).is_some_and(|fact| fact.judged_by.is_some())
    }

    /// Until when and to whom.
    fn hand_in(&self) -> String {
        let measures = self.plan.pack().measures.iter().zip(&self.decision.measures);
        let last = measures.filter_map(|(measure, result)| match measure.apply {
            Apply::Window(period) if !result.outcome.is_static() => period.to,
            _ => None,
        });
        let none = || self.say(Word::NoneDated, &[]);
        let last = last.min();
        let contact = self.plan.pack().header.contact.as_ref().map(|contact| self.words.label(contact));
        let contact = contact.filter(|contact| !contact.is_empty());
        if last.is_none() && contact.is_none() {
            return self.say(Word::HandInNone, &[]);
        }
        let deadline = last.map_or_else(none, |day| day.to_string());
        self.say(Word::HandIn, &[&deadline, &contact.unwrap_or_else(none)])
    }

    fn entry(&self, index: usize, path: FactPath) -> Numbered {
        let fact = self.plan.pack().facts.get(path.fact);
        let mut notes = Vec::new();
        if let Some(ask) = fact.and_then(|fact| fact.ask.as_ref()).filter(|_| self.is_whole()) {
            notes.push(self.words.label(ask));
        }
        // That the caseworker signs stands above the list.
        let role = fact.and_then(|fact| fact.judged_by.as_ref()).filter(|role| *role != "caseworker");
        notes.extend(role.map(|role| self.say(Word::SignedBy, &[role])));
        let provenance = self.profile.provenance(path).filter(|p| p.status == Status::Rejected);
        notes.extend(provenance.map(|provenance| self.rejected(path, provenance)));
        Numbered {
            number: index.saturating_add(1).to_string(),
            text: self.words.path(path),
            right: self.words.clauses(&self.papers(path.fact)),
            notes,
        }
    }

    /// The papers that settle a fact; one whose condition does not hold for this firm is not asked for.
    pub(super) fn papers(&self, fact: usize) -> Vec<String> {
        let is_needed = |paper: usize| self.decision.papers.get(paper).copied().flatten();
        self.words.papers_needed(fact, &is_needed)
    }

    /// The facts that the reasons rest on, each once, with how far each was checked; none: missing.
    pub(super) fn facts_used(&self) -> Vec<(FactPath, Option<Status>)> {
        let missing: BTreeSet<FactPath> = self.decision.missing.iter().copied().collect();
        let criteria = self.shown.iter().filter_map(|index| self.criterion(*index));
        let mut paths: BTreeSet<FactPath> =
            criteria.flat_map(|result| result.facts.iter().copied()).collect();
        paths.extend(self.decision.inline.iter().flat_map(|result| result.finding.facts.iter().copied()));
        paths.extend(self.facts_of_amounts());
        paths.extend(&missing);
        let of = |path: FactPath| match self.standing_at(path) {
            Some(Status::Rejected) => Some((path, Some(Status::Rejected))),
            _ if missing.contains(&path) => Some((path, None)),
            Some(status) => Some((path, Some(status))),
            None => None,
        };
        paths.into_iter().filter_map(of).collect()
    }

    /// The facts that ladders and measures look at; classes alone do not make a result.
    fn facts_of_result(&self) -> BTreeSet<FactPath> {
        let graph = &self.plan.checked.graph;
        let nodes = graph.ladders.iter().chain(&graph.measures);
        let criteria: BTreeSet<usize> = nodes.flat_map(|node| self.criteria_below(*node)).collect();
        let results = criteria.into_iter().filter_map(|index| self.criterion(index));
        let mut facts: BTreeSet<FactPath> = results.flat_map(|result| result.facts.iter().copied()).collect();
        let of_result = |of: Entity| matches!(of, Entity::Level(..) | Entity::Measure(_));
        let inline = self.decision.inline.iter().filter(|result| of_result(result.of));
        facts.extend(inline.flat_map(|result| result.finding.facts.iter().copied()));
        facts.extend(self.facts_of_amounts());
        facts
    }

    /// The facts that amounts are made of, and money that they meet.
    fn facts_of_amounts(&self) -> impl Iterator<Item = FactPath> {
        self.decision
            .measures
            .iter()
            .flat_map(|result| result.steps.iter().flat_map(|step| &step.facts).chain(&result.met).copied())
    }

    /// What must be verified for a confirmed result.
    fn verify(&self, beside_missing: bool) -> Option<Vec<Block>> {
        if self.decision.confirmed == Some(true) {
            return None;
        }
        let of_result = self.facts_of_result();
        let used = self.facts_used();
        let of_firm = used.iter().filter(|(_, status)| *status == Some(Status::Declared)).count();
        let declared: Vec<FactPath> = used
            .into_iter()
            .filter(|(path, status)| *status == Some(Status::Declared) && of_result.contains(path))
            .map(|(path, _)| path)
            .collect();
        let ladders = self.decision.ladders.iter().map(|result| &result.grounds);
        let measures = self.decision.measures.iter().filter(|result| !result.outcome.is_static());
        let amounts = measures.clone().map(|result| &result.amount_standing);
        let grounds = ladders.chain(measures.map(|result| &result.grounds));
        let mut set = BTreeSet::new();
        let mut defaulted = false;
        for standing in grounds.map(|ground| &ground.standing).chain(amounts) {
            match standing {
                Some(Standing::Indicative { verify: Some(verify) }) => set.extend(verify.iter().copied()),
                Some(Standing::Indicative { verify: None }) => defaulted = true,
                _ => {}
            }
        }
        let set: Vec<FactPath> = set.into_iter().collect();
        let (word, paths) = match (self.decision.confirmed, self.decision.missing.is_empty()) {
            (Some(false), _) if !set.is_empty() && beside_missing => (Word::VerifyThese, set),
            // The heading says what for.
            (Some(false), _) if !self.is_whole() && set.len() > SHORT && set.len() == of_firm => {
                (Word::VerifyAll, set)
            }
            (Some(false), _) if !set.is_empty() => (Word::VerifyOnly, set),
            (_, false) => (Word::VerifyAlso, declared),
            _ => (Word::VerifyAlso, Vec::new()),
        };
        let mut blocks = Vec::new();
        if !paths.is_empty() {
            let count = paths.len().to_string();
            blocks.push(Block::Paragraph(self.say(word, &[&count, &self.words.paths(&paths)])));
        }
        if defaulted {
            blocks.push(Block::Paragraph(self.say(Word::VerifyDefault, &[])));
        }
        (!blocks.is_empty()).then_some(blocks)
    }
}
