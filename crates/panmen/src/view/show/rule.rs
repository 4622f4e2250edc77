//! Conditions, derived values, ladders and classifications as they were written.

use super::Show;
use crate::doc::{Block, Numbered, Pair, Section};
use crate::expr::ast::{Expr, Kind, Literal, Reference};
use crate::graph::{Entity, entity_id};
use crate::pack::{AppliesTo, Condition, Definition, ExprId, Id, Member, Written};
use crate::value::{Quantity, Type, Unit};
use crate::wording::{Word, amount};

impl Show<'_> {
    /// Whatever is a rule and no measure.
    pub(super) fn rule(&self, entity: Entity, head: &mut Vec<Pair>, sections: &mut Vec<Section>) {
        let pack = self.words.plan.pack();
        let mut text = |blocks: Vec<Block>| sections.push(self.section(Word::ShowText, blocks));
        match entity {
            Entity::Define(index) => {
                if let Some(define) = pack.defines.get(index) {
                    let mut pairs = Vec::new();
                    self.definition(Word::ShowFlat, &define.value, &mut pairs);
                    let blocks = match &define.value {
                        Definition::Is(expr) => self.condition(&Condition::Is(*expr)),
                        Definition::Table(by, _) => {
                            let by = self.words.say(Word::ShowBy, &[&self.expression(*by)]);
                            vec![
                                Block::Paragraph(by),
                                Block::Pairs(pairs.get(1..).unwrap_or_default().to_vec()),
                            ]
                        }
                    };
                    text(blocks);
                }
            }
            Entity::Criterion(index) => {
                pack.criteria.get(index).into_iter().for_each(|entry| text(self.condition(&entry.when)));
            }
            Entity::Gate(index) => {
                pack.gates.get(index).into_iter().for_each(|entry| text(self.condition(&entry.when)));
            }
            Entity::Class(index, class) => {
                let class = pack.classifications.get(index).and_then(|entry| entry.classes.get(class));
                class.into_iter().for_each(|class| text(self.condition(&class.when)));
            }
            Entity::Level(index, level) => {
                let level = pack.ladders.get(index).and_then(|entry| entry.levels.get(level));
                level.into_iter().for_each(|level| text(self.condition(&level.when)));
            }
            Entity::Classification(index) => {
                let Some(entry) = pack.classifications.get(index) else { return };
                if entry.open {
                    head.push(self.pair(Word::ShowOpen, self.say(Word::Yes)));
                }
                sections.extend(self.pairs(Word::ShowClasses, self.members(&entry.classes)));
            }
            Entity::Ladder(index) => {
                let Some(ladder) = pack.ladders.get(index) else { return };
                head.extend(self.gate(ladder.gate.as_ref()));
                sections.extend(self.applies_to(ladder.applies_to.as_ref()));
                sections.extend(self.pairs(Word::ShowLevels, self.members(&ladder.levels)));
            }
            _ => {}
        }
    }

    fn members(&self, members: &[Member]) -> Vec<Pair> {
        let label = |member: &Member| Self::named(&member.id.text, self.words.label(&member.label));
        members.iter().map(label).collect()
    }

    pub(super) fn gate(&self, gate: Option<&Id>) -> Option<Pair> {
        let gate = gate?;
        let found = self.words.plan.pack().gates.iter().position(|entry| entry.id.text == gate.text);
        let label = found.map(|index| self.words.entity(Entity::Gate(index))).unwrap_or_default();
        Some(self.pair(Word::ShowGate, self.with_id(&label, &gate.text)))
    }

    /// A label with the id behind it.
    pub(super) fn with_id(&self, label: &str, id: &str) -> String {
        if label.is_empty() || label == id {
            id.to_owned()
        } else {
            self.words.say(Word::WithCode, &[label, id])
        }
    }

    pub(super) fn applies_to(&self, applies_to: Option<&AppliesTo>) -> Option<Section> {
        let applies_to = applies_to?;
        let mut blocks = self.condition(&applies_to.when);
        let otherwise = self.pair(Word::ShowElse, self.words.label(&applies_to.otherwise));
        blocks.push(Block::Pairs(vec![otherwise]));
        Some(self.section(Word::ShowFor, blocks))
    }

    /// An expression, or the members of a condition with their places: `2.1` stands within `2`.
    pub(super) fn condition(&self, condition: &Condition) -> Vec<Block> {
        if let Condition::Is(expr) = condition {
            let right = self.meaning(*expr).unwrap_or_default();
            let pair = Pair { key: self.written(*expr), value: right, ..Pair::default() };
            return vec![Block::Pairs(vec![pair])];
        }
        let (first, items) = self.combined(condition);
        let mut entries = Vec::new();
        self.numbered(items, "", &mut entries);
        vec![Block::Paragraph(first), Block::Numbered(entries)]
    }

    fn combined<'c>(&self, condition: &'c Condition) -> (String, &'c [Condition]) {
        let (word, items) = match condition {
            Condition::Is(expr) => return (self.written(*expr), &[]),
            Condition::All(items) => (Word::ShowAnd, items),
            Condition::Any(items) => (Word::ShowAny, items),
            Condition::None(items) => (Word::ShowNeither, items),
            Condition::AtLeast(n, items) => {
                return (self.words.say(Word::ShowSome, &[&n.to_string()]), items);
            }
        };
        (self.say(word), items)
    }

    /// A condition within a sentence.
    pub(super) fn in_one_line(&self, condition: &Condition) -> String {
        if let Condition::Is(expr) = condition {
            return self.expression(*expr);
        }
        let (first, items) = self.combined(condition);
        let items: Vec<String> = items.iter().map(|item| format!("({})", self.in_one_line(item))).collect();
        format!("{first} {}", self.words.list(&items))
    }

    fn numbered(&self, items: &[Condition], within: &str, entries: &mut Vec<Numbered>) {
        for (index, item) in items.iter().enumerate() {
            let number = format!("{within}{}", index.saturating_add(1));
            let (text, inner) = self.combined(item);
            let right = match item {
                Condition::Is(expr) => self.meaning(*expr).unwrap_or_default(),
                _ => String::new(),
            };
            entries.push(Numbered { number: number.clone(), text, right, notes: Vec::new() });
            self.numbered(inner, &format!("{number}."), entries);
        }
    }

    /// A value, or a table: what picks the row, then the rows.
    pub(super) fn definition(&self, key: Word, definition: &Definition, pairs: &mut Vec<Pair>) {
        match definition {
            Definition::Is(expr) => pairs.push(self.pair(key, self.expression(*expr))),
            Definition::Table(by, rows) => {
                let by = self.words.say(Word::ShowBy, &[&self.expression(*by)]);
                pairs.push(self.pair(key, by));
                pairs.extend(rows.iter().map(|row| Pair {
                    key: row.key.text.clone(),
                    value: self.expression(row.value),
                    ..Pair::default()
                }));
            }
        }
    }

    fn at(&self, id: ExprId) -> Option<&Written> {
        self.words.plan.pack().expressions.get(id.0)
    }

    /// An expression as it was written.
    pub(super) fn written(&self, id: ExprId) -> String {
        self.at(id).map(|written| written.expr.to_string()).unwrap_or_default()
    }

    /// An expression for people: a figure as reports write it, a name with its label, or as written.
    pub(super) fn expression(&self, id: ExprId) -> String {
        let Some(written) = self.at(id) else { return String::new() };
        match self.meaning(id) {
            Some(meaning) => self.with_id(&meaning, &written.expr.to_string()),
            None => self.figure(&written.expr).unwrap_or_else(|| written.expr.to_string()),
        }
    }

    /// What a name alone means: its label, and of a parameter the value in force.
    fn meaning(&self, id: ExprId) -> Option<String> {
        let written = self.at(id)?;
        let Kind::Reference(Reference { previous: 0, name, period: None }) = &written.expr.kind else {
            return None;
        };
        let plan = self.words.plan;
        let full = format!("{}{}", written.scope, name.text);
        let all = super::entities(plan);
        let find = |id: &str| all.iter().find(|entity| entity_id(plan.pack(), **entity) == id);
        let entity = *find(&full).or_else(|| find(&name.text))?;
        let label = self.called(entity);
        if let Entity::Parameter(index) = entity {
            let parameter = plan.pack().parameters.get(index)?;
            let value = plan.parameters.get(index).copied().flatten();
            if let Some(value) = value.and_then(|value| parameter.values.get(value)) {
                let value = self.words.value(&parameter.value_type, &value.value);
                return Some(self.words.say(Word::ShowNow, &[&label, &value]));
            }
        }
        (label != name.text).then_some(label)
    }

    fn figure(&self, expr: &Expr) -> Option<String> {
        let lang = self.words.lang;
        Some(match &expr.kind {
            Kind::Literal(Literal::Quantity(quantity)) => self.quantity(quantity),
            Kind::Literal(Literal::Duration(count, unit)) => {
                amount::measure(lang, unit.word(), crate::number::Number::from(*count))
            }
            Kind::Literal(Literal::YesNo(yes)) => self.say(if *yes { Word::Yes } else { Word::No }),
            _ => return None,
        })
    }

    pub(super) fn quantity(&self, quantity: &Quantity) -> String {
        let value_type = match &quantity.unit {
            Unit::None => return quantity.number.to_string(),
            Unit::Percent => Type::Percent,
            Unit::Money(currency) => Type::Money(*currency),
            Unit::Measure(unit) => Type::Decimal(Some(unit.as_str().into())),
        };
        amount::number(self.words.lang, &value_type, quantity.number)
    }
}
