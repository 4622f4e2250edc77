//! What is written in a pack, as people call it: names by their labels, numbers as people write them.
//!
//! What has no such words stands as it was written.

use super::Report;
use crate::expr::ast::{Expr, Kind, Literal, Reference, Set};
use crate::graph::Entity;
use crate::pack::{Condition, ExprId, Measure};
use crate::value::{Quantity, Type, Unit};
use crate::wording::{Word, amount, relation};

impl Report<'_> {
    /// A condition as people call it, or as it was written.
    pub(super) fn condition(&self, measure: &Measure, condition: &Condition) -> String {
        let each = |items: &[Condition]| -> Vec<String> {
            items.iter().map(|item| self.condition(measure, item)).collect()
        };
        match condition {
            Condition::Is(expr) => self.written(measure, *expr),
            Condition::All(items) => self.words.list(&each(items)),
            Condition::Any(items) => self.say(Word::AnyOf, &[&self.words.list(&each(items))]),
            Condition::None(items) => self.say(Word::NoneOf, &[&self.words.list(&each(items))]),
            Condition::AtLeast(count, items) => {
                let list = self.words.list(&each(items));
                self.say(Word::SomeOf, &[&count.to_string(), &list])
            }
        }
    }

    /// An expression of the pack as people call it.
    pub(super) fn written(&self, measure: &Measure, expr: ExprId) -> String {
        let Some(written) = self.plan.pack().expressions.get(expr.0) else { return String::new() };
        self.expression(measure, &written.expr).unwrap_or_else(|| format!("`{}`", written.expr))
    }

    fn expression(&self, measure: &Measure, expr: &Expr) -> Option<String> {
        let each = |items: &[Expr]| -> Option<Vec<String>> {
            items.iter().map(|item| self.expression(measure, item)).collect()
        };
        Some(match &expr.kind {
            Kind::Reference(Reference { previous: 0, name, period: None }) => {
                self.name(measure, &name.text)?
            }
            Kind::Reference(Reference { previous: 0, name, period: Some(period) }) => {
                let year = period.to_string();
                if !year.bytes().all(|byte| byte.is_ascii_digit()) {
                    return None;
                }
                self.say(Word::YearOf, &[&self.name(measure, &name.text)?, &year])
            }
            Kind::Literal(Literal::Quantity(quantity)) => self.quantity(quantity),
            Kind::Literal(Literal::Date(date)) => date.to_string(),
            Kind::Compare(comparison, left, right) => {
                // Of a parameter on the right the value says enough.
                let value = match &right.kind {
                    Kind::Reference(Reference { previous: 0, name, period: None }) => {
                        self.value_of(&name.text)
                    }
                    _ => None,
                };
                let left = self.expression(measure, left);
                let right = value.or_else(|| self.expression(measure, right));
                let needed = self.say(relation(*comparison, false), &[&right?]);
                self.say(Word::TermIs, &[&left?, &needed])
            }
            Kind::In { value, negated, set: Set::Items(items) } => {
                let value = self.expression(measure, value)?;
                let items = self.words.list(&each(items)?);
                let word = if *negated { Word::NoneOf } else { Word::OneOf };
                self.say(Word::TermIs, &[&value, &self.say(word, &[&items])])
            }
            Kind::And(items) => self.words.list(&each(items)?),
            Kind::Or(items) => self.say(Word::AnyOf, &[&self.words.list(&each(items)?)]),
            _ => return None,
        })
    }

    /// What was written for a step: a name, a number, or anything else as it stands.
    pub(super) fn term(&self, measure: &Measure, text: &str) -> String {
        let quantity = || crate::value::read_quantity(text).ok().map(|quantity| self.quantity(&quantity));
        self.name(measure, text).or_else(quantity).unwrap_or_else(|| format!("`{text}`"))
    }

    /// A name by its label, with the value of a parameter; none where it has no label.
    fn name(&self, measure: &Measure, text: &str) -> Option<String> {
        let pack = self.plan.pack();
        let id = |id: &crate::pack::Id| id.text == text;
        let list = measure.each.as_ref();
        let list = list.and_then(|each| pack.facts.iter().find(|fact| fact.id.text == each.list.text));
        if let Some(Type::List(fields)) = list.map(|list| &list.value_type)
            && let Some(field) = fields.iter().find(|field| field.name == text)
        {
            let label = self.words.label(&field.label);
            return Some(if label.is_empty() { text.to_owned() } else { label });
        }
        if let Some(fact) = pack.facts.iter().position(|fact| id(&fact.id)) {
            return Some(self.words.entity(Entity::Fact(fact)));
        }
        if let Some(index) = pack.parameters.iter().position(|parameter| id(&parameter.id)) {
            let label = self.words.entity(Entity::Parameter(index));
            let value = self.parameter(index).map(|(value, _)| value);
            return Some(match value {
                Some(value) => self.say(Word::WithCode, &[&label, &value]),
                None => label,
            });
        }
        if let Some(criterion) = pack.criteria.iter().position(|criterion| id(&criterion.id)) {
            return Some(self.words.entity(Entity::Criterion(criterion)));
        }
        let define = pack.defines.iter().position(|define| id(&define.id) && define.label.is_some());
        define.map(|define| self.words.entity(Entity::Define(define)))
    }

    /// The value of a parameter by its name.
    fn value_of(&self, name: &str) -> Option<String> {
        let parameters = &self.plan.pack().parameters;
        let index = parameters.iter().position(|parameter| parameter.id.text == name)?;
        self.parameter(index).map(|(value, _)| value)
    }

    fn quantity(&self, quantity: &Quantity) -> String {
        let value_type = match &quantity.unit {
            Unit::Money(currency) => Type::Money(*currency),
            Unit::Percent => Type::Percent,
            Unit::None => Type::Decimal(None),
            Unit::Measure(unit) => Type::Decimal(Some(unit.as_str().into())),
        };
        amount::number(self.words.lang, &value_type, quantity.number)
    }
}
