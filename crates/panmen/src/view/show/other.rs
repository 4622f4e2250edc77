//! Papers, sources and targets, which no expression names; and who uses an entry besides conditions.

use super::fact::{condition, validity};
use super::{Show, entities};
use crate::check::names_of;
use crate::decision::ground_of;
use crate::doc::{Doc, Pair};
use crate::pack::{Counted, Evidence, ExprId, Figure, Ground, Population, Source, StackingRule, Target};
use crate::wording::Word;

impl Show<'_> {
    pub(super) fn evidence(&self, paper: &Evidence) -> Doc {
        let pack = self.words.plan.pack();
        let id = paper.id.text.as_str();
        let mut head = vec![self.pair(Word::ShowId, id)];
        head.extend(
            paper.office.as_ref().map(|office| self.pair(Word::ShowOffice, self.words.label(office))),
        );
        head.extend(validity(self.words, paper).map(|valid| self.pair(Word::ShowValid, valid)));
        head.extend(condition(self.words, paper).map(|only| self.pair(Word::ShowOnlyIf, only)));
        for other in &paper.alternatives {
            let label = self.words.paper(&other.text, &paper.scope).unwrap_or_default();
            head.push(self.pair(Word::ShowInstead, self.with_id(&label, &other.text)));
        }
        let proves = pack.facts.iter().filter(|fact| fact.evidence.iter().any(|kind| kind.text == id));
        let proves = proves.map(|fact| Self::named(&fact.id.text, self.words.label(&fact.label)));
        let instead =
            pack.evidence.iter().filter(|other| other.alternatives.iter().any(|kind| kind.text == id));
        let instead = instead.map(|other| Self::named(&other.id.text, self.words.label(&other.label)));
        let sections = self.pairs(Word::ShowUsed, proves.chain(instead).collect()).into_iter().collect();
        self.doc(self.words.label(&paper.label), head, sections)
    }

    pub(super) fn source(&self, source: &Source) -> Doc {
        let mut head = vec![self.pair(Word::ShowId, &source.id.text)];
        head.extend(source.label.as_ref().map(|label| self.pair(Word::ShowLabel, self.words.label(label))));
        let publisher = source.publisher.as_ref();
        head.extend(publisher.map(|label| self.pair(Word::ShowPublisher, self.words.label(label))));
        head.extend(source.dated.as_ref().map(|dated| self.pair(Word::ShowDated, dated)));
        head.extend(source.number.as_ref().map(|number| self.pair(Word::ShowNumber, number)));
        head.extend(source.url.as_ref().map(|url| self.pair(Word::ShowUrl, url)));
        let places = source.places.iter().map(|(place, label)| Self::named(place, self.words.label(label)));
        let mut sections = Vec::new();
        sections.extend(self.pairs(Word::ShowPlaces, places.collect()));
        sections.extend(self.pairs(Word::ShowCiting, self.citing(&source.id.text)));
        self.doc(self.words.label(&source.title), head, sections)
    }

    /// The entries that cite a source.
    fn citing(&self, source: &str) -> Vec<Pair> {
        let pack = self.words.plan.pack();
        let cites = |ground: &Ground| ground.cite.as_ref().is_some_and(|cite| cite.source == source);
        let mut citing: Vec<Pair> = entities(self.words.plan)
            .into_iter()
            .filter(|entity| cites(&ground_of(self.words.plan, *entity)))
            .map(|entity| self.listed(entity))
            .collect();
        let stacking = pack.stacking.iter().filter(|entry| cites(&entry.ground));
        citing.extend(stacking.map(|entry| Self::named(&entry.id.text, String::new())));
        let targets = pack.targets.iter().filter(|entry| cites(&entry.ground));
        citing.extend(targets.map(|entry| Self::named(&entry.id.text, self.words.label(&entry.label))));
        citing
    }

    pub(super) fn target(&self, target: &Target) -> Doc {
        let mut pairs = Vec::new();
        match &target.counted {
            Some(Counted::Firms(firms)) => pairs.push(self.pair(Word::ShowCounted, self.population(firms))),
            Some(Counted::Total(total, over)) => {
                pairs.push(self.pair(Word::ShowTotal, self.expression(*total)));
                pairs.push(self.pair(Word::ShowOver, self.population(over)));
            }
            None => {}
        }
        if let Some((kind, expr)) = target.figure {
            let word = match kind {
                Figure::AtLeast => Word::AtLeast,
                Figure::Above => Word::MoreThan,
                Figure::RatioToPrevious => Word::ShowTimesBefore,
            };
            let figure = self.words.say(word, &[&self.expression(expr)]);
            pairs.push(self.pair(Word::ShowFigure, figure));
        }
        pairs.extend(target.by.map(|by| self.pair(Word::ShowDay, by.to_string())));
        if target.each_year {
            pairs.push(self.pair(Word::ShowEvery, self.say(Word::ShowYearly)));
        }
        pairs.extend(target.note.as_ref().map(|note| self.pair(Word::ShowNote, self.words.label(note))));
        let head = vec![self.pair(Word::ShowId, &target.id.text)];
        let mut sections = Vec::new();
        sections.extend(self.pairs(Word::ShowText, pairs));
        sections.extend(self.ground(&target.ground));
        self.doc(self.words.label(&target.label), head, sections)
    }

    fn population(&self, firms: &Population) -> String {
        firms.filter.map_or_else(|| self.say(Word::ShowAllFirms), |_| firms.written.clone())
    }

    /// Papers, rules of stacking and targets that mention an entry.
    pub(super) fn used_besides(&self, id: &str) -> Vec<Pair> {
        let pack = self.words.plan.pack();
        let named = |expr: &ExprId| names_of(pack, *expr).contains(id);
        let papers = pack.evidence.iter().filter(|paper| paper.only_if.iter().any(named));
        let mut uses: Vec<Pair> =
            papers.map(|paper| Self::named(&paper.id.text, self.words.label(&paper.label))).collect();
        let stacking = pack.stacking.iter().filter(|entry| match &entry.rule {
            StackingRule::Highest(among) => among.iter().any(named),
            StackingRule::Limit { limit, over, .. } => std::iter::once(limit).chain(over).any(named),
        });
        uses.extend(stacking.map(|entry| {
            let label = entry.label.as_ref().map(|label| self.words.label(label)).unwrap_or_default();
            Self::named(&entry.id.text, label)
        }));
        let targets = pack.targets.iter().filter(|entry| {
            let (total, firms) = match &entry.counted {
                Some(Counted::Firms(firms)) => (None, Some(firms)),
                Some(Counted::Total(total, over)) => (Some(total), Some(over)),
                None => (None, None),
            };
            let filter = firms.and_then(|firms| firms.filter.as_ref());
            let figure = entry.figure.as_ref().map(|(_, figure)| figure);
            total.into_iter().chain(filter).chain(figure).any(named)
        });
        uses.extend(targets.map(|entry| Self::named(&entry.id.text, self.words.label(&entry.label))));
        uses
    }
}
