//! What the result rests on: assumed points with value, reason and place; the sources.

use super::{Audience, Report};
use crate::decision::{Grounds, Point, Verdict, ground_of};
use crate::doc::{Block, Pair, Points, Section};
use crate::graph::{Entity, NodeId};
use crate::pack::{Cite, Ground, Source};
use crate::wording::Word;
use std::collections::BTreeSet;

impl Report<'_> {
    /// Points that an outcome rests on and that nothing listed shows.
    pub(super) fn number_the_rest(&mut self) {
        let rest: Vec<Point> = self.decision.assumed.iter().map(|assumption| assumption.point).collect();
        self.mark(&rest);
    }

    /// Every assumed point with its reason; points of one reason stand together.
    pub(super) fn assumed(&self) -> Option<Section> {
        let mut groups: Vec<(String, Vec<usize>, Vec<String>)> = Vec::new();
        let whole = self.is_whole() || self.options.audience == Audience::Caseworker;
        for (index, point) in self.order.iter().enumerate() {
            let number = index.saturating_add(1);
            if let Some(text) = self.in_short(*point).filter(|_| !whole) {
                match groups.iter_mut().find(|(known, ..)| *known == text) {
                    Some((_, numbers, _)) => numbers.push(number),
                    None => groups.push((text, vec![number], Vec::new())),
                }
                continue;
            }
            let (name, ground) = match point {
                Point::Default(path) => {
                    (self.say(Word::PointDefault, &[&self.words.path(*path)]), Ground::default())
                }
                Point::Entity(entity) => (self.assumed_entity(*entity), ground_of(self.plan, *entity)),
            };
            // The name of a criterion, or of its class, stands beside its mark.
            let named = matches!(point, Point::Entity(Entity::Criterion(_)));
            let names = if named && !self.is_whole() { Vec::new() } else { vec![name] };
            let reason = self.reason(*point, &ground).unwrap_or_default();
            match groups.iter_mut().find(|(known, ..)| !reason.is_empty() && *known == reason) {
                Some((_, numbers, known)) => {
                    numbers.push(number);
                    known.extend(names);
                }
                None => groups.push((reason, vec![number], names)),
            }
        }
        let points: Vec<Points> = groups
            .into_iter()
            .map(|(reason, numbers, names)| {
                let names = self.words.list(&names);
                let text = match (names.is_empty(), reason.is_empty()) {
                    (true, _) => reason,
                    (_, true) => names,
                    _ if names.contains(['：', ':']) => self.say(Word::PointWhy, &[&names, &reason]),
                    _ => self.say(Word::PointReason, &[&names, &reason]),
                };
                Points { numbers, text }
            })
            .collect();
        if points.is_empty() {
            return None;
        }
        let mut section = self.section(Word::Assumed, vec![Block::Points(points)]);
        section.aside = Some(self.say(Word::AssumedAside, &[]));
        Some(section)
    }

    /// Points that carry neither a level nor what fails, in few words: conditions of a gate by what they
    /// were taken after, tests of classes.
    fn in_short(&self, point: Point) -> Option<String> {
        let Point::Entity(entity) = point else { return None };
        let graph = &self.plan.checked.graph;
        let failing = |index: usize| self.criterion(index).is_some_and(|found| found.verdict == Verdict::No);
        let below = |node: &NodeId| match entity {
            Entity::Criterion(index) => !failing(index) && self.criteria_below(*node).contains(&index),
            _ => false,
        };
        let holds = |grounds: &Grounds| grounds.assumed.contains(&point);
        let is_value = matches!(entity, Entity::Parameter(_) | Entity::Level(..));
        let classes = self.decision.classes.iter().enumerate();
        let mut classes = classes.flat_map(|(index, classes)| {
            classes.iter().enumerate().map(move |(class, result)| (Entity::Class(index, class), result))
        });
        let shown = classes.clone().find(|(_, class)| class.verdict != Verdict::No && holds(&class.grounds));
        if let Some((class, _)) = shown {
            return (!is_value).then(|| self.say(Word::PointsOfClass, &[&self.words.entity(class)]));
        }
        let gates = graph.gates.iter().zip(&self.decision.gates);
        let mut gates = gates.map(|(node, gate)| below(node) || (!is_value && holds(&gate.grounds)));
        if let Some(gate) = gates.position(|found| found) {
            if matches!(entity, Entity::Criterion(index) if failing(index)) {
                return None;
            }
            let cite = ground_of(self.plan, entity).cite?;
            let source = Cite { source: cite.source, place: None };
            let gate = self.words.entity(Entity::Gate(gate));
            return Some(self.say(Word::PointsOfGate, &[&gate, &self.words.cite(&source)]));
        }
        let (class, _) = classes.find(|(_, class)| holds(&class.grounds))?;
        let Entity::Class(classification, _) = class else { return None };
        let name = self.words.entity(Entity::Classification(classification));
        Some(self.say(Word::PointsOfOthers, &[&name]))
    }

    /// Why something was assumed, and after what. In short the first clause of a reason, except where
    /// a value or a level needs it whole, and the source without the place.
    fn reason(&self, point: Point, ground: &Ground) -> Option<String> {
        let why = ground.basis.as_ref().and_then(|basis| basis.why.as_ref());
        let mut why = why.map(|why| self.words.label(why)).unwrap_or_default();
        let valued = matches!(point, Point::Entity(Entity::Parameter(_) | Entity::Level(..)));
        let clause = why.find(['；', ';']).filter(|_| !valued && !self.is_whole());
        why.truncate(clause.unwrap_or(why.len()));
        let full = self.is_whole() || self.options.audience == Audience::Caseworker;
        let cite = ground.cite.as_ref().map(|cite| match &cite.place {
            Some(_) if !full => self.words.cite(&Cite { source: cite.source.clone(), place: None }),
            _ => self.words.cite(cite),
        });
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
                let list = self.plan.pack().lists.get(index);
                let label = list.and_then(|list| list.label.as_ref()).map(|label| self.words.label(label));
                let what = label.unwrap_or_else(|| self.say(Word::PointList, &[&format!("`{name}`")]));
                let codes = if self.is_whole() { self.words.code_list(index) } else { String::new() };
                if codes.is_empty() { what } else { self.say(Word::ReachedLevel, &[&what, &codes]) }
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
        let sources: Vec<(String, String)> = pack
            .header
            .sources
            .iter()
            .chain(all)
            .filter(|source| cited.contains(&source.id.text) && seen.insert(source.id.text.clone()))
            .map(|source| {
                let called = Cite { source: source.id.text.clone(), place: None };
                (self.words.cite(&called), self.source(source))
            })
            .collect();
        if sources.is_empty() {
            return None;
        }
        let block = if self.is_whole() {
            let pair = |(key, value)| Pair { key, value, ..Pair::default() };
            Block::Pairs(sources.into_iter().map(pair).collect())
        } else {
            let names: Vec<String> = sources.into_iter().map(|(name, _)| name).collect();
            Block::Paragraph(self.words.list(&names))
        };
        Some(self.section(Word::Sources, vec![block]))
    }

    fn source(&self, source: &Source) -> String {
        let mut parts = vec![self.words.label(&source.title)];
        parts.extend(source.publisher.as_ref().map(|publisher| self.words.label(publisher)));
        parts.extend(source.number.clone());
        parts.extend(source.dated.clone());
        if self.is_whole() {
            parts.extend(source.url.clone());
        }
        parts.retain(|part| !part.is_empty());
        parts.join(match self.words.lang {
            crate::diagnostic::Lang::En => ", ",
            crate::diagnostic::Lang::Zh => "，",
        })
    }
}
