//! Measures: who gets what.

use super::Reader;
use super::condition::CONDITION_KEYS;
use super::fields::Fields;
use crate::diagnostic::{Lang, PackProblem};
use crate::expr;
use crate::number::Interval;
use crate::pack::{Amount, Apply, Definition, Expects, ExprId, Fact, Id, Measure, Unevaluated};
use crate::source::Span;
use crate::value::{Field, Label, Type};
use crate::yaml::Node;
use std::sync::Arc;

/// The id of the built-in list of awards.
pub(super) const EARLIER_AWARDS: &str = "earlier_awards";

const MEASURE_KEYS: &[&str] = &[
    "label",
    "in_force",
    "apply",
    "gate",
    "applies_to",
    "who",
    "amount",
    "benefit",
    "once",
    "each",
    "at_most",
    "cite",
    "basis",
    "why",
];
const AMOUNT_KEYS: &[&str] = &[
    "fixed", "base", "base_cap", "rate", "bands", "steps", "per_unit", "by_rank", "uplift", "cap", "round",
    "up_to",
];

impl Reader<'_> {
    pub(super) fn measure(&mut self, id: Id, node: &Node, place: &str) {
        let Some(fields) = self.fields(node, place, MEASURE_KEYS) else { return };
        let label = self.label_or_id(&fields, &id, place);
        let ground = self.ground(&fields, place);
        let mut pending = None;
        // Fields of the repeated list are in scope of the amount and of `who`.
        let rows_of = self.word_id(&fields, "each", place);
        for key in ["each", "once"] {
            if let Some(entry) = fields.entry(key) {
                self.pending(&mut pending, key, entry.key_span);
            }
        }
        self.once(&fields, place);
        self.at_most(&fields, place);
        if let Some(list) = &rows_of {
            self.list_exists(list);
        }
        let rows = rows_of.as_ref().map(|list| list.text.as_str());
        let measure = Measure {
            label,
            in_force: fields.get("in_force").map(|node| self.in_force(node, place)),
            apply: self.apply(&fields, place),
            gate: self.scoped_id(&fields, "gate", place),
            applies_to: self.applies_to(&fields, place),
            who: fields.get("who").and_then(|node| self.who(node, place)),
            amount: fields
                .get("amount")
                .map(|node| self.amount(node, place, rows, &mut pending))
                .unwrap_or_default(),
            benefit: self.label_at(&fields, "benefit", place),
            pending,
            ground,
            id,
        };
        self.pack.measures.push(measure);
    }

    /// The list of awards that a firm got before, which every pack has.
    pub(super) fn earlier_awards(&mut self) {
        let mut label = Label::plain("Awards received earlier");
        label.set(Lang::Zh, "以往获得的扶持");
        let field = |name: &str, value_type: Type| Field {
            name: name.to_owned(),
            value_type,
            range: Interval::ALL,
            label: Label::plain(name),
            accepts_band: false,
        };
        let amount = self.pack.header.currency.map_or(Type::Decimal(None), Type::Money);
        let fields = [
            field("measure", Type::Text(false)),
            field("on", Type::Date),
            field("amount", amount),
            field("project", Type::Text(false)),
        ];
        self.pack.facts.push(Fact {
            id: Id { text: EARLIER_AWARDS.to_owned(), span: Span::default() },
            scope: Arc::from(""),
            value_type: Type::List(Arc::new(fields)),
            per: None,
            many: false,
            range: Interval::ALL,
            label,
            ask: None,
            evidence: Vec::new(),
            fixed: true,
            personal: false,
            judged_by: None,
            accepts_band: false,
        });
    }

    /// Notes a part that is not yet evaluated.
    pub(super) fn pending(
        &mut self,
        first: &mut Option<(&'static str, Span)>,
        key: &'static str,
        span: Span,
    ) {
        self.problem(PackProblem::NotYetEvaluated { key: key.to_owned() }, span);
        first.get_or_insert((key, span));
    }

    fn who(&mut self, node: &Node, place: &str) -> Option<crate::pack::Condition> {
        if node.as_mapping().is_some() {
            let fields = self.fields(node, &format!("{place}.who"), CONDITION_KEYS)?;
            return self.condition_of(&fields, CONDITION_KEYS, place);
        }
        self.condition(node, place)
    }

    fn apply(&mut self, fields: &Fields<'_>, place: &str) -> Apply {
        let Some(node) = fields.get("apply") else { return Apply::Always };
        if node.as_scalar().is_some() {
            self.word(node, "apply", &[("unpublished", ())]);
            return Apply::Unpublished;
        }
        Apply::Window(self.in_force(node, &format!("{place}.apply")))
    }

    fn once(&mut self, fields: &Fields<'_>, place: &str) {
        let Some(node) = fields.get("once") else { return };
        if node.as_scalar().is_some() {
            self.word(node, "once", &[("per firm", ())]);
        } else if let Some(fields) = self.fields(node, &format!("{place}.once"), &["n", "years", "per"]) {
            self.whole_number(&fields, "n", place);
            self.whole_number(&fields, "years", place);
            if let Some(node) = fields.get("per") {
                let known = ["firm", "measure", "on", "amount", "project"].map(|word| (word, ()));
                self.word(node, "per", &known);
            }
        }
    }

    fn at_most(&mut self, fields: &Fields<'_>, place: &str) {
        self.whole_number(fields, "at_most", place);
        if let Some(entry) = fields.entry("at_most").filter(|_| fields.get("each").is_none()) {
            self.missing("each", place, entry.key_span);
        }
    }

    pub(super) fn whole_number(&mut self, fields: &Fields<'_>, key: &str, place: &str) -> Option<u32> {
        let node = fields.get(key)?;
        let text = self.text(node, place)?;
        let number = text.parse().ok().filter(|number| *number >= 1);
        if number.is_none() {
            let known = "`1`, `2`, `3`, ...".to_owned();
            self.problem(
                PackProblem::BadWord { key: key.to_owned(), word: text.to_owned(), known },
                node.span,
            );
        }
        number
    }

    fn list_exists(&mut self, list: &Id) {
        let found =
            self.pack.facts.iter().any(|fact| {
                fact.id.text == list.text && matches!(fact.value_type, crate::value::Type::List(_))
            });
        if !found {
            self.problem(
                PackProblem::UnknownReference { id: list.text.clone(), kind: "list".to_owned() },
                list.span,
            );
        }
    }

    fn amount(
        &mut self,
        node: &Node,
        place: &str,
        rows: Option<&str>,
        pending: &mut Option<(&'static str, Span)>,
    ) -> Amount {
        let place = format!("{place}.amount");
        if let Some(scalar) = node.as_scalar() {
            if scalar.text == "unpublished" {
                return Amount::Unpublished;
            }
            self.problem(PackProblem::AmountShape {}, node.span);
            return Amount::None;
        }
        let Some(fields) = self.fields(node, &place, AMOUNT_KEYS) else { return Amount::None };
        let means = ["fixed", "base", "bands", "steps", "per_unit", "by_rank"];
        let present: Vec<&str> = means.into_iter().filter(|key| fields.get(key).is_some()).collect();
        if present.len() != 1 {
            let known = means.map(|key| format!("`{key}`")).join(", ");
            self.problem(PackProblem::NotOneCondition { place: place.clone(), known }, fields.span);
        }
        for key in AMOUNT_KEYS.iter().filter(|key| !matches!(**key, "fixed" | "up_to")) {
            if let Some(entry) = fields.entry(key) {
                self.pending(pending, key, entry.key_span);
            }
        }
        let fixed = fields.get("fixed").and_then(|node| self.definition(node, &place));
        self.limits(&fields, &place, rows);
        self.means(&fields, &place, rows);
        self.uplifts(&fields, &place, rows);
        if let Some(node) = fields.get("round") {
            self.rounding(node, &place);
        }
        let up_to = self.yes_at(&fields, "up_to");
        match fixed {
            Some(fixed) => Amount::Fixed(fixed, up_to),
            None => Amount::None,
        }
    }

    /// Keeps an expression that is checked and not yet evaluated.
    pub(super) fn later(&mut self, expr: Option<ExprId>, expects: Expects, rows: Option<&str>) {
        if let Some(expr) = expr {
            self.pack.unevaluated.push(Unevaluated { expr, expects, rows_of: rows.map(str::to_owned) });
        }
    }

    fn later_definition(&mut self, node: Option<&Node>, place: &str, expects: Expects, rows: Option<&str>) {
        match node.and_then(|node| self.definition(node, place)) {
            Some(Definition::Is(expr)) => self.later(Some(expr), expects, rows),
            Some(Definition::Table(by, entries)) => {
                self.later(Some(by), Expects::Anything, rows);
                for row in entries {
                    self.later(Some(row.value), expects, rows);
                }
            }
            None => {}
        }
    }

    fn limits(&mut self, fields: &Fields<'_>, place: &str, rows: Option<&str>) {
        self.later_definition(fields.get("base_cap"), place, Expects::Money, rows);
        self.later_definition(fields.get("cap"), place, Expects::Money, rows);
        self.later_definition(fields.get("rate"), place, Expects::Ratio, rows);
        if let Some(node) = fields.get("base") {
            if node.as_mapping().is_some() {
                let sum = self
                    .fields(node, place, &["sum"])
                    .and_then(|fields| self.required(&fields, "sum", place));
                for item in sum.map(|node| self.sequence(node, place)).unwrap_or_default() {
                    let expr = self.expression(item, place);
                    self.later(expr, Expects::Money, rows);
                }
            } else {
                let expr = self.expression(node, place);
                self.later(expr, Expects::Money, rows);
            }
        }
    }

    fn means(&mut self, fields: &Fields<'_>, place: &str, rows: Option<&str>) {
        for (key, value, expects) in [("bands", "rate", Expects::Ratio), ("steps", "amount", Expects::Money)]
        {
            let Some(node) = fields.get(key) else { continue };
            let place = format!("{place}.{key}");
            let known: &[&str] = if key == "bands" { &["of", "mode", "rows"] } else { &["of", "rows"] };
            let Some(table) = self.fields(node, &place, known) else { continue };
            let of = self.required(&table, "of", &place).and_then(|node| self.expression(node, &place));
            self.later(of, Expects::Quantity, rows);
            if key == "bands"
                && let Some(mode) = self.required(&table, "mode", &place)
            {
                self.word(mode, "mode", &[("marginal", ()), ("slab", ())]);
            }
            let bounds: &[&str] = if key == "bands" { &["up_to", "above"] } else { &["at_least", "above"] };
            let Some(node) = self.required(&table, "rows", &place) else { continue };
            for row in self.sequence(node, &place) {
                let known: Vec<&str> = bounds.iter().copied().chain([value]).collect();
                let Some(row) = self.fields(row, &place, &known) else { continue };
                for bound in bounds {
                    let expr = row.get(bound).and_then(|node| self.expression(node, &place));
                    self.later(expr, Expects::Quantity, rows);
                }
                if bounds.iter().filter(|bound| row.get(bound).is_some()).count() != 1 {
                    let known =
                        bounds.iter().map(|bound| format!("`{bound}`")).collect::<Vec<_>>().join(", ");
                    self.problem(PackProblem::NotOneCondition { place: place.clone(), known }, row.span);
                }
                let expr = self.required(&row, value, &place).and_then(|node| self.expression(node, &place));
                self.later(expr, expects, rows);
            }
        }
        if let Some(node) = fields.get("per_unit")
            && let Some(unit) = self.fields(node, place, &["rate", "of", "times"])
        {
            for (key, expects) in [("rate", Expects::Money), ("of", Expects::Quantity)] {
                let expr = self.required(&unit, key, place).and_then(|node| self.expression(node, place));
                self.later(expr, expects, rows);
            }
            let expr = unit.get("times").and_then(|node| self.expression(node, place));
            self.later(expr, Expects::Quantity, rows);
        }
    }

    fn uplifts(&mut self, fields: &Fields<'_>, place: &str, rows: Option<&str>) {
        let Some(node) = fields.get("uplift") else { return };
        for item in self.sequence(node, place) {
            let Some(uplift) = self.fields(item, place, &["when", "add", "rate", "cap"]) else { continue };
            if let Some(when) = self.required(&uplift, "when", place) {
                self.condition(when, place);
            }
            for (key, expects) in [("add", Expects::Ratio), ("rate", Expects::Ratio), ("cap", Expects::Money)]
            {
                let expr = uplift.get(key).and_then(|node| self.expression(node, place));
                self.later(expr, expects, rows);
            }
        }
    }

    /// `down to 10_000 CNY`
    fn rounding(&mut self, node: &Node, place: &str) {
        let Some(text) = self.text(node, place) else { return };
        if let Err(problems) = expr::parse_round(text, &expr::Origin::new(node.span)) {
            self.diagnostics.extend(problems);
        }
    }
}
