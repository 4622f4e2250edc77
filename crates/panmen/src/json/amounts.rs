//! Amounts: what is paid, and every step to it.

use super::{Writer, cite, money};
use crate::decision::{MeasureOutcome, MeasureResult};
use crate::explain::Figure;
use crate::graph::{Entity, StackMember, StepKind};
use crate::pack::Amount;
use crate::value::{write_number, write_range};
use serde_json::{Map, Value};

impl Writer<'_> {
    pub(super) fn amount(&self, measure: usize, result: &MeasureResult) -> Value {
        let measure = self.plan.pack().measures.get(measure);
        if let (Some(amount), Some(currency)) = (result.amount, measure.and_then(|measure| measure.currency))
        {
            return money(currency, amount);
        }
        match measure.map(|measure| (&measure.amount, measure.pending)) {
            _ if result.amount_failure.is_some() => "error".into(),
            Some((Amount::Unpublished, _)) => "unpublished".into(),
            Some((_, Some(_))) if result.outcome == MeasureOutcome::Error => "not computed".into(),
            _ => Value::Null,
        }
    }

    /// How an amount came about, in the order of the law, then what meeting other measures did to it.
    pub(super) fn steps(&self, measure: usize, result: &MeasureResult) -> Value {
        let measure = self.plan.pack().measures.get(measure);
        let ground = measure.map(|measure| measure.ground.clone()).unwrap_or_default();
        let figure = |figure: &Figure| match figure.interval {
            None => Value::Null,
            Some(interval) => match interval.single() {
                Some(number) => write_number(&figure.value_type, number).into(),
                None => write_range(&figure.value_type, interval).into(),
            },
        };
        let mut steps = Vec::new();
        for step in &result.steps {
            let mut entry = Map::new();
            entry.insert("step".into(), step_word(step.kind).into());
            if let Some(row) = step.row {
                entry.insert("row".into(), row.into());
            }
            if !step.text.is_empty() {
                entry.insert("of".into(), step.text.clone().into());
            }
            if let Some(when) = &step.when {
                let verdict = crate::decision::verdict(self.plan, when);
                entry.insert("holds".into(), verdict.word().into());
            }
            if !self.figures {
                // The record names the step; its figures come from the facts again.
            } else if self.masks(&step.facts) {
                entry.insert("redacted".into(), true.into());
            } else {
                entry.insert("figure".into(), figure(&step.operand));
                entry.insert("result".into(), figure(&step.result));
            }
            let parameters: Vec<Value> = step.parameters.iter().map(|index| self.parameter(*index)).collect();
            if !parameters.is_empty() {
                entry.insert("parameters".into(), parameters.into());
            }
            cite(&mut entry, Some(&step.ground.within(&ground)));
            steps.push(Value::Object(entry));
        }
        for effect in &result.effects {
            let Some(stacking) = self.plan.pack().stacking.get(effect.stacking) else { continue };
            let mut entry = Map::new();
            let word = if effect.displaced_by.is_some() { "displaced" } else { "stacked" };
            entry.insert("step".into(), word.into());
            entry.insert("of".into(), stacking.id.text.clone().into());
            if let Some(member) = effect.displaced_by {
                entry.insert("displaced_by".into(), self.member(member).into());
            }
            let currency = measure.and_then(|measure| measure.currency);
            entry.insert("result".into(), currency.map(|currency| money(currency, effect.amount)).into());
            cite(&mut entry, Some(&stacking.ground));
            steps.push(Value::Object(entry));
        }
        steps.into()
    }

    pub(super) fn member(&self, member: StackMember) -> String {
        match member {
            StackMember::Measure(index) => self.id(Entity::Measure(index)),
            StackMember::Money(node) => self.plan.checked.graph.texts.get(&node).cloned().unwrap_or_default(),
        }
    }
}

/// The word for a step of an amount.
fn step_word(kind: StepKind) -> &'static str {
    match kind {
        StepKind::Cost => "cost",
        StepKind::Costs => "costs",
        StepKind::BaseCap => "base_cap",
        StepKind::Rate => "rate",
        StepKind::Add => "add",
        StepKind::OtherRate => "other_rate",
        StepKind::Share => "share",
        StepKind::Fixed => "fixed",
        StepKind::Quantity => "quantity",
        StepKind::Band => "band",
        StepKind::Step => "step",
        StepKind::PerUnit => "per_unit",
        StepKind::Cap => "cap",
        StepKind::OtherCap => "other_cap",
        StepKind::Capped => "capped",
        StepKind::Round => "round",
        StepKind::MinorUnit => "minor_unit",
        StepKind::Rows => "rows",
    }
}
