//! What is missing, the question that is asked and the paper that settles it; what must be verified.

use super::Report;
use crate::answer::FactPath;
use crate::doc::{Block, Numbered, Section};
use crate::pack::Apply;
use crate::profile::Status;
use crate::standing::Standing;
use crate::wording::Word;
use std::collections::BTreeSet;

impl Report<'_> {
    pub(super) fn missing(&self) -> Option<Section> {
        let entries: Vec<Numbered> =
            self.decision.missing.iter().enumerate().map(|(index, path)| self.entry(index, *path)).collect();
        if entries.is_empty() {
            return self.verify().map(|blocks| self.section(Word::VerifyHeading, blocks));
        }
        let mut blocks = vec![Block::Numbered(entries)];
        blocks.push(Block::Paragraph(self.hand_in()));
        blocks.extend(self.verify().into_iter().flatten());
        let mut section = self.section(Word::Missing, blocks);
        section.aside = Some(self.say(Word::Paper, &[]));
        Some(section)
    }

    /// Until when and to whom.
    fn hand_in(&self) -> String {
        let measures = self.plan.pack().measures.iter().zip(&self.decision.measures);
        let last = measures.filter_map(|(measure, result)| match measure.apply {
            Apply::Window(period) if !super::is_static(result.outcome) => period.to,
            _ => None,
        });
        let none = || self.say(Word::NoneDated, &[]);
        let deadline = last.min().map_or_else(none, |day| day.to_string());
        let contact = self.plan.pack().header.contact.as_ref().map(|contact| self.words.label(contact));
        let contact = contact.filter(|contact| !contact.is_empty()).unwrap_or_else(none);
        self.say(Word::HandIn, &[&deadline, &contact])
    }

    fn entry(&self, index: usize, path: FactPath) -> Numbered {
        let fact = self.plan.pack().facts.get(path.fact);
        let mut notes = Vec::new();
        if let Some(ask) = fact.and_then(|fact| fact.ask.as_ref()).filter(|_| self.is_whole()) {
            notes.push(self.words.label(ask));
        }
        if let Some(role) = fact.and_then(|fact| fact.judged_by.as_ref()) {
            let role = if role == "caseworker" { self.say(Word::Caseworker, &[]) } else { role.clone() };
            notes.push(self.say(Word::SignedBy, &[&role]));
        }
        let provenance = self.profile.provenance(path).filter(|p| p.status == Status::Rejected);
        if let Some(provenance) = provenance {
            notes.push(match &provenance.reason {
                Some(reason) => self.say(Word::RejectedBecause, &[reason]),
                None => self.say(Word::RejectedBare, &[]),
            });
        }
        Numbered {
            number: index.saturating_add(1).to_string(),
            text: self.words.path(path),
            right: self.words.clauses(&self.words.papers(path.fact)),
            notes,
        }
    }

    /// The facts that the reasons rest on, each once, with how far each was checked; none: missing.
    pub(super) fn facts_used(&self) -> Vec<(FactPath, Option<Status>)> {
        let missing: BTreeSet<FactPath> = self.decision.missing.iter().copied().collect();
        let criteria = self.shown.iter().filter_map(|index| self.criterion(*index));
        let mut paths: BTreeSet<FactPath> =
            criteria.flat_map(|result| result.facts.iter().copied()).collect();
        paths.extend(self.decision.inline.iter().flat_map(|result| result.finding.facts.iter().copied()));
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
        results.flat_map(|result| result.facts.iter().copied()).collect()
    }

    /// What must be verified for a confirmed result.
    fn verify(&self) -> Option<Vec<Block>> {
        if self.decision.confirmed == Some(true) {
            return None;
        }
        let of_result = self.facts_of_result();
        let declared: Vec<FactPath> = self
            .facts_used()
            .into_iter()
            .filter(|(path, status)| *status == Some(Status::Declared) && of_result.contains(path))
            .map(|(path, _)| path)
            .collect();
        let ladders = self.decision.ladders.iter().map(|result| &result.grounds);
        let measures = self.decision.measures.iter().filter(|result| !super::is_static(result.outcome));
        let grounds = ladders.chain(measures.map(|result| &result.grounds));
        let mut set = BTreeSet::new();
        let mut defaulted = false;
        for ground in grounds {
            match &ground.standing {
                Some(Standing::Indicative { verify: Some(verify) }) => set.extend(verify.iter().copied()),
                Some(Standing::Indicative { verify: None }) => defaulted = true,
                _ => {}
            }
        }
        let set: Vec<FactPath> = set.into_iter().collect();
        let (word, paths) = match (self.decision.confirmed, self.decision.missing.is_empty()) {
            (Some(false), _) if !set.is_empty() => (Word::VerifyThese, set),
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
