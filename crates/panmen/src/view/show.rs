//! A pack, or one entry of it, as a document: text, citation, where it is used.

mod fact;
mod measure;
mod other;
mod rule;
#[cfg(test)]
mod tests;

pub(crate) use fact::papers;

use crate::check::mentions;
use crate::decision::ground_of;
use crate::doc::{Block, Doc, Pair, Section};
use crate::graph::{Entity, entity_id};
use crate::pack::{Fact, Ground, Id, Period, Status};
use crate::plan::Plan;
use crate::value::{Label, Type};
use crate::wording::{Word, Wording, amount};

/// Every id that [`entry`] knows.
#[must_use]
pub fn names(plan: &Plan<'_>) -> Vec<String> {
    let pack = plan.pack();
    let more =
        pack.evidence.iter().map(|entry| &entry.id).chain(pack.header.sources.iter().map(|entry| &entry.id));
    let more = more.chain(pack.stacking.iter().map(|entry| &entry.id));
    let more = more.chain(pack.targets.iter().map(|entry| &entry.id)).map(|id| id.text.clone());
    entities(plan).into_iter().map(|entity| entity_id(pack, entity)).chain(more).collect()
}

fn entities(plan: &Plan<'_>) -> Vec<Entity> {
    let pack = plan.pack();
    let mut all: Vec<Entity> = Vec::new();
    let shown = |fact: &Fact| fact.id.span != crate::source::Span::default();
    all.extend((0..pack.facts.len()).filter(|i| pack.facts.get(*i).is_some_and(shown)).map(Entity::Fact));
    all.extend((0..pack.lists.len()).map(Entity::List));
    all.extend((0..pack.parameters.len()).map(Entity::Parameter));
    all.extend((0..pack.defines.len()).map(Entity::Define));
    all.extend((0..pack.criteria.len()).map(Entity::Criterion));
    all.extend((0..pack.gates.len()).map(Entity::Gate));
    for (index, classification) in pack.classifications.iter().enumerate() {
        all.push(Entity::Classification(index));
        all.extend((0..classification.classes.len()).map(|class| Entity::Class(index, class)));
    }
    for (index, ladder) in pack.ladders.iter().enumerate() {
        all.push(Entity::Ladder(index));
        all.extend((0..ladder.levels.len()).map(|level| Entity::Level(index, level)));
    }
    all.extend((0..pack.measures.len()).map(Entity::Measure));
    all
}

struct Show<'a> {
    words: &'a Wording<'a>,
}

/// A pack: its header, and every entry with its label.
#[must_use]
pub fn pack(words: &Wording<'_>) -> Doc {
    let show = Show { words };
    let pack = words.plan.pack();
    let header = &pack.header;
    let status = match header.status {
        Status::Official => Word::StatusOfficial,
        Status::Excerpt => Word::StatusExcerpt,
        Status::Illustrative => Word::StatusIllustrative,
    };
    let mut head = vec![
        show.pair(Word::ShowId, format!("{} {}", header.pack, header.edition)),
        show.pair(Word::ShowStatus, show.say(status)),
        show.pair(Word::ShowInForce, show.period(header.in_force)),
    ];
    for (word, label) in [(Word::ShowIssuer, &header.policy_issuer), (Word::ShowAuthor, &header.author)] {
        head.extend(label.as_ref().map(|label| show.pair(word, words.label(label))));
    }
    let mut sections = Vec::new();
    for (heading, kind) in SECTIONS {
        let of = entities(words.plan).into_iter().filter(kind);
        sections.extend(show.pairs(heading, of.map(|entity| show.listed(entity)).collect()));
    }
    let label = |id: &Id, label: &Label| Show::named(&id.text, words.label(label));
    let stacking = pack.stacking.iter();
    let stacking = stacking.map(|entry| label(&entry.id, &entry.label.clone().unwrap_or_default()));
    sections.extend(show.pairs(Word::SectionStacking, stacking.collect()));
    let targets = pack.targets.iter().map(|entry| label(&entry.id, &entry.label));
    sections.extend(show.pairs(Word::SectionTargets, targets.collect()));
    let evidence = pack.evidence.iter().map(|entry| label(&entry.id, &entry.label));
    sections.extend(show.pairs(Word::SectionEvidence, evidence.collect()));
    let sources = header.sources.iter().map(|entry| label(&entry.id, &entry.title));
    sections.extend(show.pairs(Word::Sources, sources.collect()));
    show.doc(words.label(&header.title), head, sections)
}

type Kind = fn(&Entity) -> bool;

/// The sections of a pack that hold entities.
const SECTIONS: [(Word, Kind); 9] = [
    (Word::SectionFacts, |e| matches!(e, Entity::Fact(_))),
    (Word::SectionCriteria, |e| matches!(e, Entity::Criterion(_))),
    (Word::SectionGates, |e| matches!(e, Entity::Gate(_))),
    (Word::SectionClasses, |e| matches!(e, Entity::Classification(_) | Entity::Class(..))),
    (Word::SectionTiers, |e| matches!(e, Entity::Ladder(_) | Entity::Level(..))),
    (Word::SectionMeasures, |e| matches!(e, Entity::Measure(_))),
    (Word::SectionParameters, |e| matches!(e, Entity::Parameter(_))),
    (Word::SectionDefine, |e| matches!(e, Entity::Define(_))),
    (Word::SectionLists, |e| matches!(e, Entity::List(_))),
];

/// One entry of a pack; none if it has no such id.
#[must_use]
pub fn entry(words: &Wording<'_>, id: &str) -> Option<Doc> {
    let show = Show { words };
    let pack = words.plan.pack();
    if let Some(entity) = entities(words.plan).into_iter().find(|entity| entity_id(pack, *entity) == id) {
        return Some(show.entity(entity));
    }
    if let Some(paper) = pack.evidence.iter().find(|paper| paper.id.text == id) {
        return Some(show.evidence(paper));
    }
    if let Some(source) = pack.header.sources.iter().find(|source| source.id.text == id) {
        return Some(show.source(source));
    }
    if let Some(stacking) = pack.stacking.iter().find(|stacking| stacking.id.text == id) {
        return Some(show.stacking(stacking));
    }
    pack.targets.iter().find(|target| target.id.text == id).map(|target| show.target(target))
}

impl Show<'_> {
    fn say(&self, word: Word) -> String {
        self.words.say(word, &[])
    }

    fn pair(&self, key: Word, value: impl Into<String>) -> Pair {
        Pair { key: self.say(key), value: value.into(), ..Pair::default() }
    }

    /// An id with its label. An entry without a label is called by its id; it need not stand there twice.
    fn named(key: &str, value: String) -> Pair {
        let value = if value == key { String::new() } else { value };
        Pair { key: key.to_owned(), value, ..Pair::default() }
    }

    fn listed(&self, entity: Entity) -> Pair {
        Self::named(&entity_id(self.words.plan.pack(), entity), self.called(entity))
    }

    /// The label of an entity; of a list too, which reports name otherwise.
    fn called(&self, entity: Entity) -> String {
        let label = match entity {
            Entity::List(index) => {
                self.words.plan.pack().lists.get(index).and_then(|list| list.label.as_ref())
            }
            _ => None,
        };
        label.map_or_else(|| self.words.entity(entity), |label| self.words.label(label))
    }

    fn section(&self, heading: Word, blocks: Vec<Block>) -> Section {
        Section { heading: self.say(heading), aside: None, blocks }
    }

    /// A section of pairs, if there are any.
    fn pairs(&self, heading: Word, pairs: Vec<Pair>) -> Option<Section> {
        (!pairs.is_empty()).then(|| self.section(heading, vec![Block::Pairs(pairs)]))
    }

    fn doc(&self, title: String, head: Vec<Pair>, sections: Vec<Section>) -> Doc {
        let header = &self.words.plan.pack().header;
        Doc {
            lang: self.words.lang,
            title,
            notice: String::new(),
            subject: format!("{} {}", header.pack, header.edition),
            head,
            sections,
            footer: Vec::new(),
            sheet: format!("{} {}", header.pack, header.edition),
        }
    }

    fn period(&self, period: Period) -> String {
        let day = |day: Option<crate::value::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let (from, to) = (day(period.from), day(period.to));
        match (period.from, period.to) {
            (Some(first), Some(last)) => {
                let number = |day: crate::value::Date| Some(day.day_number().into());
                let days = crate::number::Interval { low: number(first), high: number(last) };
                amount::range(self.words.lang, &Type::Date, days)
            }
            (Some(_), None) => self.words.say(Word::FromOn, &[&from]),
            (None, Some(_)) => self.words.say(Word::ShowUntil, &[&to]),
            (None, None) => String::new(),
        }
    }

    fn entity(&self, entity: Entity) -> Doc {
        let pack = self.words.plan.pack();
        let mut head = vec![self.pair(Word::ShowId, entity_id(pack, entity))];
        let mut sections = Vec::new();
        match entity {
            Entity::Fact(index) => {
                if let Some(fact) = pack.facts.get(index) {
                    self.fact(fact, &mut head, &mut sections);
                }
            }
            Entity::List(index) => self.codes(index, &mut head, &mut sections),
            Entity::Parameter(index) => self.values(index, &mut head, &mut sections),
            Entity::Measure(index) => self.measure(index, &mut head, &mut sections),
            _ => self.rule(entity, &mut head, &mut sections),
        }
        let ground = match entity {
            // Each value has its own.
            Entity::Parameter(_) => Ground::default(),
            Entity::Ladder(index) => pack.ladders.get(index).map(|e| e.ground.clone()).unwrap_or_default(),
            Entity::Classification(index) => {
                pack.classifications.get(index).map(|e| e.ground.clone()).unwrap_or_default()
            }
            _ => ground_of(self.words.plan, entity),
        };
        sections.extend(self.ground(&ground));
        if let Entity::Criterion(index) = entity
            && let Some(remedy) = pack.criteria.get(index).and_then(|entry| entry.remedy.as_ref())
        {
            let remedy = Block::Paragraph(self.words.label(remedy));
            sections.push(self.section(Word::ShowRemedy, vec![remedy]));
        }
        sections.extend(self.pairs(Word::ShowUsed, self.used(entity)));
        self.doc(self.called(entity), head, sections)
    }

    fn ground(&self, ground: &Ground) -> Option<Section> {
        self.pairs(Word::ShowGround, self.grounds(ground))
    }

    fn grounds(&self, ground: &Ground) -> Vec<Pair> {
        let mut pairs = Vec::new();
        pairs.extend(ground.cite.as_ref().map(|cite| self.pair(Word::ShowCite, self.words.cite(cite))));
        if ground.cite.is_some() || ground.basis.is_some() {
            let basis = if ground.assumed() { Word::ShowAssumed } else { Word::ShowPublished };
            pairs.push(self.pair(Word::ShowBasis, self.say(basis)));
        }
        let why = ground.basis.as_ref().and_then(|basis| basis.why.as_ref());
        pairs.extend(why.map(|why| self.pair(Word::ShowWhy, self.words.label(why))));
        pairs
    }

    /// The entries that mention an entity.
    fn used(&self, entity: Entity) -> Vec<Pair> {
        let plan = self.words.plan;
        let pack = plan.pack();
        let id = entity_id(pack, entity);
        let gate_of = |other: Entity| match other {
            Entity::Ladder(index) => pack.ladders.get(index).and_then(|ladder| ladder.gate.as_ref()),
            Entity::Measure(index) => pack.measures.get(index).and_then(|entry| entry.gate.as_ref()),
            _ => None,
        };
        // What has no expression of its own: lists behind facts and other lists, rows behind measures.
        let behind = |other: Entity| match other {
            Entity::Fact(index) => pack.facts.get(index).is_some_and(|fact| names_list(fact, &id)),
            Entity::List(index) => {
                let of = pack.lists.get(index).and_then(|list| list.of.as_ref());
                of.is_some_and(|of| of.text == id)
            }
            Entity::Measure(index) => {
                let each = pack.measures.get(index).and_then(|measure| measure.each.as_ref());
                each.is_some_and(|each| each.list.text == id)
            }
            _ => false,
        };
        let mut uses: Vec<Pair> = entities(plan)
            .into_iter()
            .filter(|other| *other != entity)
            .filter(|other| {
                mentions(pack, *other).contains(&id)
                    || gate_of(*other).is_some_and(|gate| gate.text == id)
                    || behind(*other)
            })
            .map(|other| self.listed(other))
            .collect();
        uses.extend(self.used_besides(&id));
        uses
    }
}

/// True if a fact, or a field of it, takes the codes of a list.
fn names_list(fact: &Fact, list: &str) -> bool {
    let of = |value_type: &Type| matches!(value_type, Type::Code(set) if set.id == list);
    match &fact.value_type {
        Type::List(fields) => fields.iter().any(|field| of(&field.value_type)),
        other => of(other),
    }
}
