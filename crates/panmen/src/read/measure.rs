//! Measures: who gets what.

use super::Reader;
use super::condition::CONDITION_KEYS;
use super::fields::Fields;
use crate::diagnostic::{Lang, PackProblem};
use crate::number::Interval;
use crate::pack::{Apply, EARLIER_AWARDS, Each, Expects, ExprId, Fact, Id, Measure, Once, Unevaluated};
use crate::source::Span;
use crate::value::{Field, Label, Type};
use crate::yaml::Node;
use std::sync::Arc;

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
impl Reader<'_> {
    pub(super) fn measure(&mut self, id: Id, node: &Node, place: &str) {
        let Some(fields) = self.fields(node, place, MEASURE_KEYS) else { return };
        let label = self.label_or_id(&fields, &id, place);
        let ground = self.ground(&fields, place);
        let mut pending = None;
        let currency = self.pack.scopes.get(&self.scope).and_then(|header| header.currency);
        let measure = Measure {
            currency,
            label,
            in_force: fields.get("in_force").map(|node| self.in_force(node, place)),
            apply: self.apply(&fields, place),
            gate: self.scoped_id(&fields, "gate", place),
            applies_to: self.applies_to(&fields, place),
            who: fields.get("who").and_then(|node| self.who(node, place)),
            each: self.each(&fields, place),
            once: self.once(&fields, place),
            amount: fields
                .get("amount")
                .map(|node| self.amount(node, place, &mut pending))
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
        let label = |en: &str, zh: &str| {
            let mut label = Label::plain(en);
            label.set(Lang::Zh, zh);
            label
        };
        let field = |name: &str, zh: &str, value_type: Type| Field {
            name: name.to_owned(),
            value_type,
            range: Interval::ALL,
            label: label(name, zh),
            accepts_band: false,
        };
        let amount = self.pack.header.currency.map_or(Type::Decimal(None), Type::Money);
        let fields = [
            field("measure", "措施", Type::Text(false)),
            field("on", "日期", Type::Date),
            field("amount", "金额", amount),
            field("project", "项目", Type::Text(false)),
        ];
        self.pack.facts.push(Fact {
            id: Id { text: EARLIER_AWARDS.to_owned(), span: Span::default() },
            scope: Arc::from(""),
            value_type: Type::List(Arc::new(fields)),
            per: None,
            many: false,
            range: Interval::ALL,
            label: label("Awards received earlier", "以往获得的扶持"),
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

    fn once(&mut self, fields: &Fields<'_>, place: &str) -> Option<Once> {
        let entry = fields.entry("once")?;
        let span = entry.key_span;
        let node = fields.get("once")?;
        if node.as_scalar().is_some() {
            self.word(node, "once", &[("per firm", ())])?;
            return Some(Once { times: 1, years: None, per: None, span });
        }
        let place = format!("{place}.once");
        let once = self.fields(node, &place, &["n", "years", "per"])?;
        let times = self.whole_number(&once, "n", &place).unwrap_or(1);
        let years = self.whole_number(&once, "years", &place);
        let per = once.get("per").and_then(|node| {
            self.word(node, "per", &[("firm", false), ("project", true)])?
                .then(|| Id { text: "project".to_owned(), span: node.span })
        });
        if let Some(per) = per.as_ref().filter(|_| fields.get("each").is_none()) {
            let problem =
                PackProblem::NothingToActOn { key: "per: project".to_owned(), needs: "each".to_owned() };
            self.problem(problem, per.span);
        }
        Some(Once { times, years, per, span })
    }

    fn each(&mut self, fields: &Fields<'_>, place: &str) -> Option<Each> {
        let at_most = self.whole_number(fields, "at_most", place);
        let list = self.word_id(fields, "each", place);
        if let Some(entry) = fields.entry("at_most").filter(|_| list.is_none()) {
            self.missing("each", place, entry.key_span);
        }
        let list = list?;
        self.list_exists(&list);
        Some(Each { list, at_most })
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
        if !found && !self.lost.files {
            self.problem(
                PackProblem::UnknownReference { id: list.text.clone(), kind: "list".to_owned() },
                list.span,
            );
        }
    }

    /// Keeps an expression that is checked and not yet evaluated.
    pub(super) fn later(&mut self, expr: Option<ExprId>, expects: Expects, rows: Option<&str>) {
        if let Some(expr) = expr {
            self.pack.unevaluated.push(Unevaluated { expr, expects, rows_of: rows.map(str::to_owned) });
        }
    }
}
