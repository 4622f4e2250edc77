//! What the result rests on: assumed points with value, reason and place; the sources.

use super::Report;
use crate::decision::{Point, ground_of};
use crate::doc::{Block, Numbered, Pair, Section};
use crate::graph::Entity;
use crate::pack::{Ground, Source};
use crate::wording::Word;
use std::collections::BTreeSet;

impl Report<'_> {
    /// Points that an outcome rests on and that nothing listed shows.
    pub(super) fn number_the_rest(&mut self) {
        let rest: Vec<Point> = self.decision.assumed.iter().map(|assumption| assumption.point).collect();
        self.mark(&rest);
    }

    pub(super) fn assumed(&self) -> Option<Section> {
        let entries: Vec<Numbered> = self
            .order
            .iter()
            .enumerate()
            .map(|(index, point)| Numbered {
                number: format!("A{}", index.saturating_add(1)),
                text: self.point(index, *point),
                right: String::new(),
                notes: Vec::new(),
            })
            .collect();
        if entries.is_empty() {
            return None;
        }
        let mut section = self.section(Word::Assumed, vec![Block::Numbered(entries)]);
        section.aside = Some(self.say(Word::AssumedAside, &[]));
        Some(section)
    }

    /// What was assumed, its value, why, and after what; what an earlier one says is not repeated.
    fn point(&self, number: usize, point: Point) -> String {
        let (what, ground) = match point {
            Point::Default(path) => {
                (self.say(Word::PointDefault, &[&self.words.path(path)]), Ground::default())
            }
            Point::Entity(entity) => (self.assumed_entity(entity), ground_of(self.plan, entity)),
        };
        let reason = self.reason(&ground);
        let earlier = self.order.iter().take(number).position(|earlier| {
            matches!(earlier, Point::Entity(entity) if self.reason(&ground_of(self.plan, *entity)) == reason)
        });
        let valued = matches!(point, Point::Entity(Entity::Parameter(_))) || what.contains(['：', ':']);
        match (reason, earlier) {
            (None, _) => what,
            (Some(_), Some(earlier)) => {
                self.say(Word::PointSame, &[&what, &format!("A{}", earlier.saturating_add(1))])
            }
            (Some(reason), None) if valued => self.say(Word::PointWhy, &[&what, &reason]),
            (Some(reason), None) => self.say(Word::PointReason, &[&what, &reason]),
        }
    }

    /// Why something was assumed, and after what.
    fn reason(&self, ground: &Ground) -> Option<String> {
        let why = ground.basis.as_ref().and_then(|basis| basis.why.as_ref());
        let why = why.map(|why| self.words.label(why)).unwrap_or_default();
        let cite = ground.cite.as_ref().map(|cite| self.words.cite(cite));
        match cite {
            Some(cite) if why.is_empty() => Some(cite),
            Some(cite) => Some(self.say(Word::PointCite, &[&why, &cite])),
            None => (!why.is_empty()).then_some(why),
        }
    }

    fn assumed_entity(&self, entity: Entity) -> String {
        let name = self.words.entity(entity);
        match entity {
            Entity::Parameter(index) => match self.parameter(index) {
                Some((value, _)) => self.say(Word::ReachedLevel, &[&name, &value]),
                None => name,
            },
            Entity::List(index) => {
                let codes = if self.options.explain { self.words.codes(index) } else { "`".to_owned() };
                let what = self.say(Word::PointList, &[&format!("`{name}`")]);
                if codes.starts_with('`') { what } else { self.say(Word::ReachedLevel, &[&what, &codes]) }
            }
            Entity::Level(..) => self.say(Word::PointLevel, &[&name]),
            Entity::Class(..) => self.say(Word::PointClass, &[&name]),
            _ => name,
        }
    }

    /// The value of a parameter that is in force, and since when.
    pub(super) fn parameter(&self, index: usize) -> Option<(String, Option<String>)> {
        let parameter = self.plan.pack().parameters.get(index)?;
        let place = self.plan.parameters.get(index).copied().flatten()?;
        let value = parameter.values.get(place)?;
        let from = value.period.from.map(|from| from.to_string());
        Some((self.words.value(&parameter.value_type, &value.value), from))
    }

    /// The sources of all that is shown, in the order of the pack.
    pub(super) fn sources(&self) -> Option<Section> {
        let pack = self.plan.pack();
        let mut entities: Vec<Entity> = self.shown.iter().map(|index| Entity::Criterion(*index)).collect();
        entities.extend(self.order.iter().filter_map(|point| match point {
            Point::Entity(entity) => Some(*entity),
            Point::Default(_) => None,
        }));
        for (index, ladder) in pack.ladders.iter().enumerate() {
            entities.extend((0..ladder.levels.len()).map(|level| Entity::Level(index, level)));
        }
        for (index, classification) in pack.classifications.iter().enumerate() {
            entities.extend((0..classification.classes.len()).map(|class| Entity::Class(index, class)));
        }
        entities.extend((0..pack.measures.len()).map(Entity::Measure));
        let cited: BTreeSet<String> = entities
            .into_iter()
            .filter_map(|entity| ground_of(self.plan, entity).cite)
            .map(|cite| cite.source)
            .collect();
        let all = pack.scopes.values().flat_map(|header| &header.sources);
        let mut seen = BTreeSet::new();
        let pairs: Vec<Pair> = pack
            .header
            .sources
            .iter()
            .chain(all)
            .filter(|source| cited.contains(&source.id.text) && seen.insert(source.id.text.clone()))
            .map(|source| Pair { key: source.id.text.clone(), value: self.source(source), ..Pair::default() })
            .collect();
        (!pairs.is_empty()).then(|| self.section(Word::Sources, vec![Block::Pairs(pairs)]))
    }

    fn source(&self, source: &Source) -> String {
        let mut parts = vec![self.words.label(&source.title)];
        parts.extend(source.publisher.as_ref().map(|publisher| self.words.label(publisher)));
        parts.extend(source.number.clone());
        parts.extend(source.dated.clone());
        if self.options.explain {
            parts.extend(source.url.clone());
        }
        parts.retain(|part| !part.is_empty());
        parts.join(match self.words.lang {
            crate::diagnostic::Lang::En => ", ",
            crate::diagnostic::Lang::Zh => "，",
        })
    }
}
