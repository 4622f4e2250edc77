//! A pack, or one entry of it, as a document: text, citation, where it is used.

use crate::check::mentions;
use crate::decision::ground_of;
use crate::doc::{Block, Doc, Pair, Section};
use crate::graph::{Entity, entity_id};
use crate::pack::{Amount, Apply, Condition, Definition, ExprId, Fact, Ground, Means, Member, Per, Period};
use crate::plan::Plan;
use crate::value::{Label, Type, Value, write_number, write_range};
use crate::wording::{Word, Wording};

/// Every id that [`entry`] knows.
#[must_use]
pub fn names(plan: &Plan<'_>) -> Vec<String> {
    let pack = plan.pack();
    let more =
        pack.evidence.iter().map(|entry| &entry.id).chain(pack.header.sources.iter().map(|entry| &entry.id));
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
    let mut head = vec![
        show.pair(Word::ShowId, format!("{} {}", header.pack, header.edition)),
        show.pair(Word::ShowStatus, header.status.word()),
        show.pair(Word::ShowInForce, Show::period(header.in_force)),
    ];
    for (word, label) in [(Word::ShowIssuer, &header.policy_issuer), (Word::ShowAuthor, &header.author)] {
        head.extend(label.as_ref().map(|label| show.pair(word, words.label(label))));
    }
    let mut sections = Vec::new();
    for (name, kind) in SECTIONS {
        let of: Vec<Pair> = entities(words.plan)
            .into_iter()
            .filter(kind)
            .map(|entity| {
                let id = entity_id(pack, entity);
                let label = words.entity(entity);
                // An entry without a label is called by its id; it need not stand there twice.
                Pair { value: if label == id { String::new() } else { label }, key: id, ..Pair::default() }
            })
            .collect();
        sections.extend(Show::list(name, of));
    }
    let label = |id: &crate::pack::Id, label: &Label| Pair {
        key: id.text.clone(),
        value: words.label(label),
        ..Pair::default()
    };
    sections.extend(Show::list(
        "targets",
        pack.targets.iter().map(|entry| label(&entry.id, &entry.label)).collect(),
    ));
    sections.extend(Show::list(
        "evidence",
        pack.evidence.iter().map(|entry| label(&entry.id, &entry.label)).collect(),
    ));
    sections.extend(Show::list(
        "sources",
        header.sources.iter().map(|entry| label(&entry.id, &entry.title)).collect(),
    ));
    show.doc(words.label(&header.title), head, sections)
}

type Kind = fn(&Entity) -> bool;

/// The sections of a pack that hold entities, under their names in the pack.
const SECTIONS: [(&str, Kind); 9] = [
    ("facts", |e| matches!(e, Entity::Fact(_))),
    ("criteria", |e| matches!(e, Entity::Criterion(_))),
    ("gates", |e| matches!(e, Entity::Gate(_))),
    ("classifications", |e| matches!(e, Entity::Classification(_) | Entity::Class(..))),
    ("tiers", |e| matches!(e, Entity::Ladder(_) | Entity::Level(..))),
    ("measures", |e| matches!(e, Entity::Measure(_))),
    ("parameters", |e| matches!(e, Entity::Parameter(_))),
    ("define", |e| matches!(e, Entity::Define(_))),
    ("lists", |e| matches!(e, Entity::List(_))),
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
        let mut head = vec![show.pair(Word::ShowId, id)];
        head.extend(paper.office.as_ref().map(|office| show.pair(Word::ShowOffice, words.label(office))));
        head.extend(paper.valid_for.as_ref().map(|valid| show.pair(Word::ShowValid, valid)));
        let proves = pack.facts.iter().filter(|fact| fact.evidence.iter().any(|kind| kind.text == id));
        let proves = proves.map(|fact| Show::named(&fact.id.text, words.label(&fact.label))).collect();
        let sections = show.section(Word::ShowUsed, vec![Block::Pairs(proves)]);
        return Some(show.doc(words.label(&paper.label), head, vec![sections]));
    }
    if let Some(source) = pack.header.sources.iter().find(|source| source.id.text == id) {
        let mut head = vec![show.pair(Word::ShowId, id)];
        head.extend(
            source.publisher.as_ref().map(|label| show.pair(Word::ShowPublisher, words.label(label))),
        );
        head.extend(source.dated.as_ref().map(|dated| show.pair(Word::ShowDated, dated)));
        head.extend(source.number.as_ref().map(|number| show.pair(Word::ShowNumber, number)));
        head.extend(source.url.as_ref().map(|url| show.pair(Word::ShowUrl, url)));
        return Some(show.doc(words.label(&source.title), head, Vec::new()));
    }
    let target = pack.targets.iter().find(|target| target.id.text == id)?;
    let head = vec![show.pair(Word::ShowId, id)];
    let sections = show.ground(&target.ground).into_iter().collect();
    Some(show.doc(words.label(&target.label), head, sections))
}

impl Show<'_> {
    fn say(&self, word: Word) -> String {
        self.words.say(word, &[])
    }

    fn pair(&self, key: Word, value: impl Into<String>) -> Pair {
        Pair { key: self.say(key), value: value.into(), ..Pair::default() }
    }

    fn named(key: &str, value: String) -> Pair {
        let value = if value == key { String::new() } else { value };
        Pair { key: key.to_owned(), value, ..Pair::default() }
    }

    fn section(&self, heading: Word, blocks: Vec<Block>) -> Section {
        Section { heading: self.say(heading), aside: None, blocks }
    }

    fn list(heading: &str, pairs: Vec<Pair>) -> Option<Section> {
        if pairs.is_empty() {
            return None;
        }
        Some(Section { heading: heading.to_owned(), aside: None, blocks: vec![Block::Pairs(pairs)] })
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

    fn period(period: Period) -> String {
        let day = |day: Option<crate::value::Date>| day.map(|day| day.to_string()).unwrap_or_default();
        format!("{}..{}", day(period.from), day(period.to))
    }

    fn entity(&self, entity: Entity) -> Doc {
        let pack = self.words.plan.pack();
        let mut head = vec![self.pair(Word::ShowId, entity_id(pack, entity))];
        let mut sections = Vec::new();
        match entity {
            Entity::Fact(index) => {
                if let Some(fact) = pack.facts.get(index) {
                    self.fact(index, fact, &mut head, &mut sections);
                }
            }
            Entity::List(index) => self.codes(index, &mut head, &mut sections),
            Entity::Parameter(index) => self.values(index, &mut sections),
            _ => {
                let text = self.text(entity);
                if !text.is_empty() {
                    sections
                        .push(self.section(Word::ShowText, text.into_iter().map(Block::Paragraph).collect()));
                }
                if let Entity::Measure(index) = entity {
                    self.measure(index, &mut head);
                }
            }
        }
        if !matches!(entity, Entity::Parameter(_)) {
            sections.extend(self.ground(&ground_of(self.words.plan, entity)));
        }
        if let Entity::Criterion(index) = entity
            && let Some(remedy) = pack.criteria.get(index).and_then(|entry| entry.remedy.as_ref())
        {
            let remedy = Block::Paragraph(self.words.label(remedy));
            sections.push(self.section(Word::ShowRemedy, vec![remedy]));
        }
        sections.extend(self.used(entity));
        self.doc(self.words.entity(entity), head, sections)
    }

    fn fact(&self, index: usize, fact: &Fact, head: &mut Vec<Pair>, sections: &mut Vec<Section>) {
        let mut kind = vec![fact.value_type.word().to_owned()];
        match &fact.value_type {
            Type::Money(currency) => kind.push(currency.to_string()),
            Type::Decimal(Some(unit)) => kind.push(unit.to_string()),
            Type::Code(set) | Type::Choice(set) => kind.push(set.id.clone()),
            _ => {}
        }
        let attributes = [
            ("per year", fact.per == Some(Per::Year)),
            ("per month", fact.per == Some(Per::Month)),
            ("many", fact.many),
            ("fixed", fact.fixed),
            ("personal", fact.personal),
            ("accepts_band", fact.accepts_band),
        ];
        kind.extend(attributes.iter().filter(|(_, holds)| *holds).map(|(word, _)| (*word).to_owned()));
        head.push(self.pair(Word::ShowType, kind.join(", ")));
        if fact.range != crate::number::Interval::ALL {
            head.push(self.pair(Word::ShowRange, write_range(&fact.value_type, fact.range)));
        }
        head.extend(fact.judged_by.as_ref().map(|role| self.pair(Word::ShowJudged, role)));
        if let Some(ask) = &fact.ask {
            sections.push(self.section(Word::ShowAsk, vec![Block::Paragraph(self.words.label(ask))]));
        }
        if let Type::List(fields) = &fact.value_type {
            let fields = fields
                .iter()
                .map(|field| Self::named(&field.name, field.value_type.word().to_owned()))
                .collect();
            sections.push(self.section(Word::ShowFields, vec![Block::Pairs(fields)]));
        }
        if let Type::Choice(set) = &fact.value_type {
            let options =
                set.codes.iter().map(|(code, label)| Self::named(code, self.words.label(label))).collect();
            sections.push(self.section(Word::ShowOptions, vec![Block::Pairs(options)]));
        }
        let papers = self.words.papers(index);
        if !papers.is_empty() {
            sections.push(self.section(Word::ShowPapers, papers.into_iter().map(Block::Paragraph).collect()));
        }
    }

    fn codes(&self, index: usize, head: &mut Vec<Pair>, sections: &mut Vec<Section>) {
        let Some(list) = self.words.plan.pack().lists.get(index) else { return };
        head.extend(list.of.as_ref().map(|of| self.pair(Word::ShowOf, &of.text)));
        if list.set.open {
            head.push(self.pair(Word::ShowOpen, self.say(Word::Yes)));
        }
        let label = |code: &str, label: &Label| {
            let own = self.words.label(label);
            let parent = list
                .of
                .as_ref()
                .and_then(|of| self.words.plan.pack().lists.iter().find(|l| l.id.text == of.text));
            let inherited =
                parent.and_then(|parent| parent.set.label(code)).map(|label| self.words.label(label));
            if own.is_empty() { inherited.unwrap_or_default() } else { own }
        };
        let codes = list.set.codes.iter().map(|(code, text)| Self::named(code, label(code, text))).collect();
        sections.push(self.section(Word::ShowCodes, vec![Block::Pairs(codes)]));
    }

    fn values(&self, index: usize, sections: &mut Vec<Section>) {
        let Some(parameter) = self.words.plan.pack().parameters.get(index) else { return };
        for value in &parameter.values {
            let text = match &value.value {
                Value::Number(number) => write_number(&parameter.value_type, *number),
                other => other.to_string(),
            };
            let mut pairs = vec![
                self.pair(Word::ShowValue, text),
                self.pair(Word::ShowInForce, Self::period(value.period)),
            ];
            pairs.extend(self.grounds(&value.ground));
            sections.push(self.section(Word::ShowValue, vec![Block::Pairs(pairs)]));
        }
    }

    fn measure(&self, index: usize, head: &mut Vec<Pair>) {
        let Some(measure) = self.words.plan.pack().measures.get(index) else { return };
        let apply = match measure.apply {
            Apply::Always => String::new(),
            Apply::Unpublished => "unpublished".to_owned(),
            Apply::Window(period) => Self::period(period),
        };
        if !apply.is_empty() {
            head.push(self.pair(Word::ShowApply, apply));
        }
        if let Amount::Unpublished = measure.amount {
            head.push(self.pair(Word::Money, self.say(Word::AmountUnpublished)));
        }
        head.extend(
            measure.benefit.as_ref().map(|benefit| self.pair(Word::ShowBenefit, self.words.label(benefit))),
        );
    }

    fn ground(&self, ground: &Ground) -> Option<Section> {
        let pairs = self.grounds(ground);
        (!pairs.is_empty()).then(|| self.section(Word::ShowGround, vec![Block::Pairs(pairs)]))
    }

    fn grounds(&self, ground: &Ground) -> Vec<Pair> {
        let mut pairs = Vec::new();
        if let Some(cite) = &ground.cite {
            pairs.push(self.pair(Word::ShowCite, self.words.cite(cite)));
            let basis = if ground.assumed() { Word::ShowAssumed } else { Word::ShowPublished };
            pairs.push(self.pair(Word::ShowBasis, self.say(basis)));
        }
        let why = ground.basis.as_ref().and_then(|basis| basis.why.as_ref());
        pairs.extend(why.map(|why| self.pair(Word::ShowWhy, self.words.label(why))));
        pairs
    }

    /// The rule as it was written, a line a member.
    fn text(&self, entity: Entity) -> Vec<String> {
        let pack = self.words.plan.pack();
        let mut lines = Vec::new();
        let member = |members: &[Member], index: usize, lines: &mut Vec<String>| {
            if let Some(member) = members.get(index) {
                self.condition(&member.when, 0, lines);
            }
        };
        match entity {
            Entity::Define(index) => match pack.defines.get(index).map(|entry| &entry.value) {
                Some(Definition::Is(expr)) => lines.push(self.expr(*expr)),
                Some(Definition::Table(by, rows)) => {
                    lines.push(format!("by {}", self.expr(*by)));
                    lines.extend(
                        rows.iter().map(|row| format!("  {}: {}", row.key.text, self.expr(row.value))),
                    );
                }
                None => {}
            },
            Entity::Criterion(index) => {
                pack.criteria.get(index).into_iter().for_each(|e| self.condition(&e.when, 0, &mut lines));
            }
            Entity::Gate(index) => {
                pack.gates.get(index).into_iter().for_each(|e| self.condition(&e.when, 0, &mut lines));
            }
            Entity::Class(index, class) => {
                if let Some(entry) = pack.classifications.get(index) {
                    member(&entry.classes, class, &mut lines);
                }
            }
            Entity::Level(index, level) => {
                if let Some(entry) = pack.ladders.get(index) {
                    member(&entry.levels, level, &mut lines);
                }
            }
            Entity::Classification(index) => {
                let classes =
                    pack.classifications.get(index).map(|entry| entry.classes.as_slice()).unwrap_or_default();
                lines.extend(
                    classes
                        .iter()
                        .map(|class| format!("{}: {}", class.id.text, self.words.label(&class.label))),
                );
            }
            Entity::Ladder(index) => {
                if let Some(ladder) = pack.ladders.get(index) {
                    lines.extend(ladder.gate.as_ref().map(|gate| format!("gate: {}", gate.text)));
                    let levels = ladder.levels.iter();
                    lines.extend(
                        levels.map(|level| format!("{}: {}", level.id.text, self.words.label(&level.label))),
                    );
                }
            }
            Entity::Measure(index) => {
                if let Some(measure) = pack.measures.get(index) {
                    lines.extend(measure.gate.as_ref().map(|gate| format!("gate: {}", gate.text)));
                    measure.who.iter().for_each(|who| self.condition(who, 0, &mut lines));
                    if let Some(Means::Fixed(Definition::Is(expr))) =
                        measure.amount.steps().map(|steps| &steps.means)
                    {
                        lines.push(format!("amount: {}", self.expr(*expr)));
                    }
                }
            }
            _ => {}
        }
        lines
    }

    fn expr(&self, id: ExprId) -> String {
        self.words
            .plan
            .pack()
            .expressions
            .get(id.0)
            .map(|written| written.expr.to_string())
            .unwrap_or_default()
    }

    fn condition(&self, condition: &Condition, depth: usize, lines: &mut Vec<String>) {
        let indent = "  ".repeat(depth);
        let (head, items) = match condition {
            Condition::Is(expr) => {
                lines.push(format!("{indent}{}", self.expr(*expr)));
                return;
            }
            Condition::All(items) => ("all:".to_owned(), items),
            Condition::Any(items) => ("any:".to_owned(), items),
            Condition::None(items) => ("none:".to_owned(), items),
            Condition::AtLeast(n, items) => (format!("at_least {n}:"), items),
        };
        lines.push(format!("{indent}{head}"));
        items.iter().for_each(|item| self.condition(item, depth.saturating_add(1), lines));
    }

    /// The entries that mention an entity.
    fn used(&self, entity: Entity) -> Option<Section> {
        let plan = self.words.plan;
        let id = entity_id(plan.pack(), entity);
        let gate_of = |other: Entity| match other {
            Entity::Ladder(index) => plan.pack().ladders.get(index).and_then(|ladder| ladder.gate.as_ref()),
            Entity::Measure(index) => plan.pack().measures.get(index).and_then(|entry| entry.gate.as_ref()),
            _ => None,
        };
        let uses: Vec<Pair> = entities(plan)
            .into_iter()
            .filter(|other| *other != entity)
            .filter(|other| {
                mentions(plan.pack(), *other).contains(&id)
                    || gate_of(*other).is_some_and(|gate| gate.text == id)
            })
            .map(|other| Self::named(&entity_id(plan.pack(), other), self.words.entity(other)))
            .collect();
        (!uses.is_empty()).then(|| self.section(Word::ShowUsed, vec![Block::Pairs(uses)]))
    }
}
