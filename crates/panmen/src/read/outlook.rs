//! How measures combine; and allocation and targets, which are read and checked, not yet evaluated.

use super::Reader;
use super::fields::Fields;
use crate::diagnostic::PackProblem;
use crate::expr;
use crate::pack::{Counted, Expects, ExprId, Figure, Id, Population, Stacking, StackingRule, Target};
use crate::yaml::Node;

impl Reader<'_> {
    pub(super) fn stacking(&mut self, id: Id, node: &Node, place: &str) {
        let known = ["label", "pick", "among", "limit", "over", "reduce", "cite", "basis", "why"];
        let Some(fields) = self.fields(node, place, &known) else { return };
        let ground = self.ground(&fields, place);
        if ground.cite.is_none() {
            self.problem(PackProblem::NoCitation { place: place.to_owned() }, id.span);
        }
        let label = self.label_at(&fields, "label", place);
        let rule = if let Some(node) = fields.get("pick") {
            self.word(node, "pick", &[("highest", ())]);
            self.members_of(&fields, "among", place).map(StackingRule::Highest)
        } else {
            let limit = self.required(&fields, "limit", place);
            let limit = limit.and_then(|node| self.expression(node, place));
            let over = self.members_of(&fields, "over", place);
            let reduce = self.words(&fields, "reduce", place);
            let reduce = reduce.into_iter().map(|id| Id { text: self.scoped(&id.text), span: id.span });
            let reduce = reduce.collect();
            limit.zip(over).map(|(limit, over)| StackingRule::Limit { limit, over, reduce })
        };
        if let Some(rule) = rule {
            self.pack.stacking.push(Stacking { id, label, rule, ground });
        }
    }

    /// Measures or money expressions; which of the two, `check` finds out.
    fn members_of(&mut self, fields: &Fields<'_>, key: &str, place: &str) -> Option<Vec<ExprId>> {
        let node = self.required(fields, key, place)?;
        let items = self.sequence(node, place);
        if items.is_empty() {
            self.problem(PackProblem::EmptyCondition { key: key.to_owned() }, node.span);
            return None;
        }
        let members: Vec<_> = items.iter().map(|item| self.expression(item, place)).collect();
        members.into_iter().collect()
    }

    pub(super) fn allocation(&mut self, id: &Id, node: &Node, place: &str) {
        let known = ["label", "measure", "budget", "order", "when_short", "ladder", "cite", "basis", "why"];
        let Some(fields) = self.fields(node, place, &known) else { return };
        self.pending(&mut None, "allocation", id.span);
        self.ground(&fields, place);
        if let Some(node) = self.required(&fields, "measure", place) {
            let expr = self.expression(node, place);
            self.later(expr, Expects::Anything, None);
        }
        let budget = fields.get("budget").and_then(|node| self.expression(node, place));
        self.later(budget, Expects::Money, None);
        if let Some(node) = fields.get("when_short") {
            self.word(node, "when_short", &[("proportional", ()), ("in_order", ())]);
        }
        if let Some(node) = fields.get("order") {
            for item in self.sequence(node, place) {
                let expr = self.parsed(item, place, |text, origin| {
                    expr::parse_order(text, origin).map(|order| order.by)
                });
                self.later(expr, Expects::Anything, None);
            }
        }
        let Some(node) = fields.get("ladder") else { return };
        for item in self.sequence(node, place) {
            let Some(rank) = self.fields(item, place, &["up_to_rank", "where", "amount"]) else { continue };
            if self.required(&rank, "up_to_rank", place).is_some() {
                self.whole_number(&rank, "up_to_rank", place);
            }
            let only = rank.get("where").and_then(|node| self.expression(node, place));
            self.later(only, Expects::Truth, None);
            let amount = self.required(&rank, "amount", place).and_then(|node| self.expression(node, place));
            self.later(amount, Expects::Money, None);
        }
    }

    pub(super) fn target(&mut self, id: Id, node: &Node, place: &str) {
        let known = [
            "label",
            "count",
            "total",
            "of",
            "at_least",
            "above",
            "ratio_to_previous",
            "by",
            "each",
            "note",
            "cite",
            "basis",
            "why",
        ];
        let Some(fields) = self.fields(node, place, &known) else { return };
        self.pending(&mut None, "targets", id.span);
        let label = self.label_or_id(&fields, &id, place);
        let ground = self.ground(&fields, place);
        let counted = self.counted(&fields, place);
        let figures = [
            ("at_least", Figure::AtLeast),
            ("above", Figure::Above),
            ("ratio_to_previous", Figure::RatioToPrevious),
        ];
        let mut figure = None;
        for (key, kind) in figures {
            let expr = fields.get(key).and_then(|node| self.expression(node, place));
            self.later(expr, Expects::Quantity, None);
            figure = figure.or(expr.map(|expr| (kind, expr)));
        }
        if figures.iter().filter(|(key, _)| fields.get(key).is_some()).count() != 1 {
            let known = figures.map(|(key, _)| format!("`{key}`")).join(", ");
            self.problem(PackProblem::NotOneOf { place: place.to_owned(), known }, fields.span);
        }
        let by = fields.get("by").and_then(|node| self.date(node, place));
        let each = fields.get("each").and_then(|node| self.word(node, "each", &[("year", ())]));
        let note = self.label_at(&fields, "note", place);
        let each_year = each.is_some();
        self.pack.targets.push(Target { id, label, counted, figure, by, each_year, note, ground });
    }

    /// What a target's figure is of.
    fn counted(&mut self, fields: &Fields<'_>, place: &str) -> Option<Counted> {
        let mut firms = |key: &str| {
            let node = fields.get(key)?;
            let text = self.text(node, place)?;
            match expr::parse_firms(text, &expr::Origin::new(node.span)) {
                Ok(firms) => {
                    let written = firms.to_string();
                    let filter = firms.filter.map(|filter| self.keep(filter));
                    self.later(filter, Expects::Truth, None);
                    Some(Population { written, filter })
                }
                Err(problems) => {
                    self.diagnostics.extend(problems);
                    None
                }
            }
        };
        let (count, of) = (firms("count"), firms("of"));
        if fields.get("count").is_some() {
            return count.map(Counted::Firms);
        }
        let total = self.required(fields, "total", place).and_then(|node| self.expression(node, place));
        self.later(total, Expects::Quantity, None);
        let all = || Population { written: "firms".to_owned(), filter: None };
        Some(Counted::Total(total?, of.unwrap_or_else(all)))
    }
}
