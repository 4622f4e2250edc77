//! Everything: each criterion with every comparison, each value of the rules, each fact used.

use super::{Audience, Report};
use crate::decision::{Verdict, ground_of};
use crate::doc::{Block, Group, Item, Pair, Section, Status};
use crate::graph::Entity;
use crate::wording::Word;
use std::collections::BTreeSet;

impl Report<'_> {
    pub(super) fn explained(&mut self) -> Vec<Section> {
        let items: Vec<Item> =
            (0..self.decision.criteria.len()).filter_map(|index| self.explained_criterion(index)).collect();
        let criteria = Block::Group(Group { heading: String::new(), aside: None, items });
        let semantics = crate::decision::SEMANTICS.to_string();
        let engine = self.say(Word::EngineIs, &[env!("CARGO_PKG_VERSION"), &semantics]);
        vec![
            self.section(Word::EngineSection, vec![Block::Paragraph(engine)]),
            self.section(Word::EveryCriterion, vec![criteria]),
            self.section(Word::Parameters, vec![Block::Pairs(self.parameters())]),
            self.section(Word::Facts, vec![Block::Pairs(self.facts())]),
        ]
    }

    fn explained_criterion(&mut self, index: usize) -> Option<Item> {
        let result = self.decision.criteria.get(index)?;
        let status = match result.verdict {
            Verdict::Yes => Status::Met,
            Verdict::No => Status::NotMet,
            Verdict::Unknown => Status::Waiting,
            Verdict::Referred => Status::Referred,
            Verdict::Error => Status::Failed,
        };
        let entity = Entity::Criterion(index);
        let mut item = Item::new(status, self.words.entity(entity));
        // Only what an outcome rests on has a number.
        let numbered: Vec<_> = result.grounds.assumed.iter().copied().collect();
        item.points = numbered.iter().filter_map(|point| self.points.get(point).copied()).collect();
        item.checked = super::checked_of(result.grounds.standing.as_ref());
        let cite = ground_of(self.plan, entity).cite;
        item.details.extend(
            self.is_not_asked(index).map(|word| vec![Pair { key: self.say(word, &[]), ..Pair::default() }]),
        );
        for (node, finding) in self.asked_findings(index) {
            let key = Pair { key: self.about(node, finding), ..Pair::default() };
            let levels = node.and_then(|node| self.levels(node));
            let row = levels.unwrap_or_else(|| self.distance(finding));
            item.details.push([key].into_iter().chain(row).collect());
        }
        if let Some(cite) = cite {
            let key = self.say(Word::ShowCite, &[]);
            item.details.push(vec![Pair { key, value: self.words.cite(&cite), ..Pair::default() }]);
        }
        Some(item)
    }

    fn parameters(&self) -> Vec<Pair> {
        let of_criteria = self.decision.criteria.iter().flat_map(|result| result.parameters.iter().copied());
        let used: BTreeSet<usize> = match self.options.audience {
            Audience::Auditor => (0..self.plan.pack().parameters.len()).collect(),
            _ => of_criteria.collect(),
        };
        let mut pairs = Vec::new();
        for index in used {
            let entity = Entity::Parameter(index);
            let Some((value, from)) = self.parameter(index) else { continue };
            let mut parts = vec![value];
            parts.extend(from.map(|from| self.say(Word::FromOn, &[&from])));
            let ground = ground_of(self.plan, entity);
            parts.extend(ground.cite.as_ref().map(|cite| self.words.cite(cite)));
            let basis = if ground.assumed() { Word::ShowAssumed } else { Word::ShowPublished };
            parts.push(self.say(basis, &[]));
            let number = self.points.get(&crate::decision::Point::Entity(entity)).copied();
            pairs.push(Pair {
                key: self.words.entity(entity),
                value: self.words.clauses(&parts),
                checked: None,
                points: number.into_iter().collect(),
            });
        }
        pairs
    }

    fn facts(&self) -> Vec<Pair> {
        let all = self.decision.criteria.iter().flat_map(|result| result.facts.iter().copied());
        let paths: BTreeSet<_> = all.chain(self.profile.paths()).collect();
        let mut pairs = Vec::new();
        for path in paths {
            let Some(value) = self.words.given(self.profile, path) else { continue };
            let provenance = self.profile.provenance(path);
            let status = provenance.map(|provenance| self.words.status(provenance.status));
            let mut parts = vec![value];
            parts.extend(status.map(ToOwned::to_owned));
            let paper = provenance.and_then(|provenance| provenance.evidence.as_ref());
            parts.extend(paper.and_then(|paper| self.words.paper(paper, "")));
            pairs.push(Pair {
                key: self.words.path(path),
                value: self.words.clauses(&parts),
                ..Pair::default()
            });
        }
        pairs
    }
}
