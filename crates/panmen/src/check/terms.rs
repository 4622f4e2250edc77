//! Expressions to nodes: names become numbers, types are found and compared.
//!
//! Every method gives none where something is wrong and has told so; nothing is told twice.

mod arithmetic;
mod compare;
mod reference;
mod rows;

use super::names::Names;
use super::node;
use crate::diagnostic::{Diagnostic, MeaningProblem, PackProblem, Problem, ValueProblem, quote};
use crate::expr::ast::{Expr, Kind, Literal};
use crate::graph::{Constant, Entity, Key, Node, NodeId, Num, NumUnit, Op, Ty};
use crate::number::Number;
use crate::pack::{Expects, ExprId, Pack, Row, Unevaluated};
use crate::source::Span;
use crate::value::{Currency, Field, Quantity, Unit};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The nodes built so far, and where the next go.
pub(super) struct Terms<'a> {
    pub(super) nodes: Vec<Node>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// What was written for conditions within conditions, for explanations.
    pub(super) texts: BTreeMap<NodeId, String>,
    pack: &'a Pack,
    names: &'a Names,
    entities: BTreeMap<Entity, NodeId>,
    scope: Arc<str>,
    rows: Option<RowScope>,
    /// Within a condition, where a literal bound is worth a warning.
    in_condition: bool,
    /// Names so far that name nothing.
    unknowns: usize,
    /// While the header's own `assessment_year` is built, which cannot use itself.
    in_year: bool,
}

/// The list whose rows are at hand.
pub(super) struct RowScope {
    list: usize,
    fields: Arc<[Field]>,
    nodes: Vec<Node>,
}

impl<'a> Terms<'a> {
    pub(super) fn new(pack: &'a Pack, names: &'a Names) -> Self {
        Self {
            nodes: Vec::new(),
            diagnostics: Vec::new(),
            texts: BTreeMap::new(),
            pack,
            names,
            entities: BTreeMap::new(),
            scope: Arc::from(""),
            rows: None,
            in_condition: false,
            unknowns: 0,
            in_year: false,
        }
    }

    pub(super) fn name(&mut self, entity: Entity, node: NodeId) {
        self.entities.insert(entity, node);
    }

    pub(super) fn emit(&mut self, op: Op, ty: Ty, span: Span) -> NodeId {
        let nodes = match &mut self.rows {
            Some(rows) => &mut rows.nodes,
            None => &mut self.nodes,
        };
        nodes.push(node(op, ty, span));
        NodeId(nodes.len().saturating_sub(1))
    }

    pub(super) fn ty(&self, node: NodeId) -> Ty {
        self.at_hand().get(node.0).map_or(Ty::Truth, |node| node.ty.clone())
    }

    fn fail<T>(&mut self, problem: impl Into<Problem>, span: Span) -> Option<T> {
        self.diagnostics.push(Diagnostic::new(problem, span));
        None
    }

    /// An expression that must be a condition.
    pub(super) fn condition(&mut self, id: ExprId) -> Option<NodeId> {
        let written = self.enter(id)?;
        self.in_condition = true;
        let node = self.truth(written);
        self.in_condition = false;
        if let Some(node) = node.filter(|_| self.rows.is_none()) {
            self.texts.insert(node, written.to_string());
        }
        node
    }

    /// Builds the year that the header of a scope sets; what is wrong in it is told once.
    pub(super) fn year_of(&mut self, scope: Arc<str>) {
        self.scope = scope;
        let told = self.diagnostics.len();
        let _ = self.assessment_year(Span::default());
        // Series that mean this year told it before.
        let new = self.diagnostics.split_off(told);
        let known = |problem: &Diagnostic| {
            self.diagnostics.iter().any(|k| k.span == problem.span && k.problem == problem.problem)
        };
        let new: Vec<Diagnostic> = new.into_iter().filter(|problem| !known(problem)).collect();
        self.diagnostics.extend(new);
    }

    /// What a name means in the pack itself.
    pub(super) fn find(&self, name: &str) -> Option<Entity> {
        self.names.find(name, "")
    }

    /// What was written as an expression.
    pub(super) fn text(&self, id: ExprId) -> String {
        self.pack.expressions.get(id.0).map(|written| written.expr.to_string()).unwrap_or_default()
    }

    /// Where a node of the list at hand was written.
    pub(super) fn span(&self, node: NodeId) -> Span {
        self.at_hand().get(node.0).map(|node| node.span).unwrap_or_default()
    }

    /// The number of a node of the list at hand that is written in the rule itself.
    pub(super) fn constant(&self, node: NodeId) -> Option<Number> {
        match self.op(node) {
            Some(Op::Constant(Constant::Number(number))) => Some(*number),
            Some(Op::Negate(inner)) => self.constant(*inner).map(Number::negate),
            _ => None,
        }
    }

    /// What a node of the list at hand does.
    pub(super) fn op(&self, node: NodeId) -> Option<&Op> {
        self.at_hand().get(node.0).map(|node| &node.op)
    }

    fn at_hand(&self) -> &[Node] {
        self.rows.as_ref().map_or(&self.nodes, |rows| &rows.nodes)
    }

    /// A literal that must be money in a currency.
    pub(super) fn money_literal(
        &mut self,
        quantity: &Quantity,
        currency: Option<Currency>,
        span: Span,
    ) -> Option<()> {
        let num = self.quantity_type(quantity, span)?;
        if matches!(num.unit, NumUnit::Money(found) if Some(found) == currency) {
            return Some(());
        }
        let expected = currency.map(|currency| format!("money in {currency}")).unwrap_or_default();
        self.fail(MeaningProblem::WrongKind { found: Ty::Number(num).to_string(), expected }, span)
    }

    /// An expression that must be of a kind, if one is expected.
    pub(super) fn value(&mut self, id: ExprId, expects: Option<Expects>) -> Option<NodeId> {
        let written = self.enter(id)?;
        let node = self.expr(written)?;
        self.expect(node, expects.unwrap_or(Expects::Anything), written.span)
    }

    fn enter(&mut self, id: ExprId) -> Option<&'a Expr> {
        let written = self.pack.expressions.get(id.0)?;
        self.scope = written.scope.clone();
        Some(&written.expr)
    }

    fn expect(&mut self, node: NodeId, expects: Expects, span: Span) -> Option<NodeId> {
        let currency = self.pack.scopes.get(&self.scope).and_then(|header| header.currency);
        let ty = self.ty(node);
        let (fits, expected) = match (expects, &ty) {
            (Expects::Anything, _) => (true, String::new()),
            (Expects::Truth, ty) => (*ty == Ty::Truth, "yes_no".to_owned()),
            (Expects::Quantity, ty) => (matches!(ty, Ty::Number(_)), "a number".to_owned()),
            (Expects::Ratio, ty) => {
                let fits = matches!(ty, Ty::Number(num) if num.unit == NumUnit::One);
                (fits, "percent".to_owned())
            }
            (Expects::Money, ty) => {
                let fits = matches!(ty, Ty::Number(Num { unit: NumUnit::Money(found), .. }) if Some(*found) == currency);
                let code = currency.map(|currency| currency.to_string()).unwrap_or_default();
                (fits, format!("money in {code}").trim_end_matches(" in ").to_owned())
            }
        };
        // A currency that could not be read was told.
        let unread = expects == Expects::Money && currency.is_none() && self.pack.lost.is_some();
        if fits || unread {
            return Some(node);
        }
        if let (Expects::Money, Some(number), Some(currency)) = (expects, self.constant(node), currency)
            && matches!(&ty, Ty::Number(Num { unit: NumUnit::One, percent: false, .. }))
        {
            let fixed = format!("{number} {currency}");
            return self.fail(ValueProblem::NoCurrency { text: number.to_string(), fixed }, span);
        }
        self.fail(MeaningProblem::WrongKind { found: ty.to_string(), expected }, span)
    }

    /// What is read and checked, and not yet evaluated: its nodes are thrown away.
    pub(super) fn unevaluated(&mut self, item: &Unevaluated) {
        let Some(written) = self.enter(item.expr) else { return };
        let kept = self.nodes.len();
        if let Kind::Reference(reference) = &written.kind
            && item.expects == Expects::Anything
            && let Some(Entity::Measure(_)) = self.names.find(&reference.name.text, &self.scope)
        {
            return;
        }
        let list = item.rows_of.as_ref().and_then(|list| self.names.find(list, &self.scope));
        match list {
            Some(Entity::Fact(list)) => {
                self.within_rows(list, |terms| {
                    let node = terms.expr(written)?;
                    terms.expect(node, item.expects, written.span)
                });
            }
            _ => {
                let node = self.expr(written);
                node.and_then(|node| self.expect(node, item.expects, written.span));
            }
        }
        self.nodes.truncate(kept);
    }

    /// Any expression.
    fn expr(&mut self, expr: &Expr) -> Option<NodeId> {
        let span = expr.span;
        match &expr.kind {
            Kind::Or(items) => self.all_truths(items).map(|items| self.emit(Op::Any(items), Ty::Truth, span)),
            Kind::And(items) => {
                self.all_truths(items).map(|items| self.emit(Op::All(items), Ty::Truth, span))
            }
            Kind::Not(inner) => {
                let inner = self.truth(inner)?;
                Some(self.emit(Op::Not(inner), Ty::Truth, span))
            }
            Kind::Compare(comparison, left, right) => self.compare(*comparison, left, right, span),
            Kind::In { value, negated, set } => self.within(value, *negated, set, span),
            Kind::Many { quantifier, fact, set } => self.many(*quantifier, fact, set, span),
            Kind::Known(inner) => {
                let Kind::Reference(reference) = &inner.kind else {
                    return self.fail(MeaningProblem::NotKnowable {}, inner.span);
                };
                let (fact, _) = self.fact_ref(reference)?;
                Some(self.emit(Op::Known(fact), Ty::Truth, span))
            }
            Kind::OrElse { fact, default } => self.or_else(fact, default, span),
            Kind::Rows { quantifier, list, filter } => self.rows(*quantifier, list, filter, span),
            Kind::Aggregate { function, of, list, filter } => {
                self.aggregate(*function, of, list, filter.as_deref(), span)
            }
            Kind::Count { list, filter } => self.count(list, filter.as_deref(), span),
            Kind::Window { function, series, from, until } => {
                self.window(*function, series, from, until, span)
            }
            Kind::Pick { greatest, items } => self.pick(*greatest, items, span),
            Kind::If { condition, then, otherwise } => {
                let condition = self.truth(condition);
                let (then, otherwise, ty) =
                    self.pair(then, otherwise, |left, right| MeaningProblem::BranchesDiffer { left, right })?;
                let op = Op::If { condition: condition?, then, otherwise };
                Some(self.emit(op, ty, span))
            }
            Kind::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right, span),
            Kind::Share { percent, of } => self.share(percent, of, span),
            Kind::Negate(inner) => {
                let inner = self.number(inner)?;
                let ty = self.ty(inner);
                Some(self.emit(Op::Negate(inner), ty, span))
            }
            Kind::Literal(literal) => self.literal(literal, span),
            Kind::Text(text) => {
                Some(self.emit(Op::Constant(Constant::Word(text.as_str().into())), Ty::Word(None), span))
            }
            Kind::Reference(reference) => self.reference(reference, span),
            Kind::Between { unit, from, to } => self.between(*unit, from, to, span),
            Kind::Part { year, of } => {
                let of = self.date(of)?;
                Some(self.emit(Op::Part { year: *year, of }, Ty::Number(Num::WHOLE), span))
            }
            Kind::Convert { value, currency } => self.convert(value, currency, span),
        }
    }

    fn all_truths(&mut self, items: &[Expr]) -> Option<Vec<NodeId>> {
        let nodes: Vec<Option<NodeId>> = items.iter().map(|item| self.truth(item)).collect();
        let nodes: Vec<NodeId> = nodes.into_iter().collect::<Option<_>>()?;
        if self.rows.is_none() {
            for (node, item) in nodes.iter().zip(items) {
                self.texts.entry(*node).or_insert_with(|| item.to_string());
            }
        }
        Some(nodes)
    }

    /// An expression that must give yes or no.
    fn truth(&mut self, expr: &Expr) -> Option<NodeId> {
        let node = self.expr(expr)?;
        match self.ty(node) {
            Ty::Truth => Some(node),
            Ty::Ladder(ladder) => {
                let ladder = self.pack.ladders.get(ladder)?;
                let level = ladder.levels.first().map(|level| level.id.text.clone()).unwrap_or_default();
                self.fail(MeaningProblem::LadderAlone { ladder: ladder.id.text.clone(), level }, expr.span)
            }
            other => self.fail(MeaningProblem::NotACondition { found: other.to_string() }, expr.span),
        }
    }

    /// An expression that must give a number.
    fn number(&mut self, expr: &Expr) -> Option<NodeId> {
        let node = self.expr(expr)?;
        match self.ty(node) {
            Ty::Number(_) => Some(node),
            other => self.fail(MeaningProblem::NotANumber { found: other.to_string() }, expr.span),
        }
    }

    /// An expression that must give a day.
    fn date(&mut self, expr: &Expr) -> Option<NodeId> {
        let node = self.expr(expr)?;
        match self.ty(node) {
            Ty::Date => Some(node),
            other => self.fail(MeaningProblem::NotADate { found: other.to_string() }, expr.span),
        }
    }

    fn literal(&mut self, literal: &Literal, span: Span) -> Option<NodeId> {
        let (constant, ty) = match literal {
            Literal::Quantity(quantity) => {
                let num = self.quantity_type(quantity, span)?;
                (Constant::Number(quantity.number), Ty::Number(num))
            }
            Literal::Duration(count, unit) => {
                let num = Num { whole: true, ..Num::of(NumUnit::Time(*unit)) };
                (Constant::Number(Number::from(*count)), Ty::Number(num))
            }
            Literal::Date(date) => (Constant::Date(*date), Ty::Date),
            Literal::Month(month) => {
                return self.fail(MeaningProblem::NotADate { found: format!("month {month}") }, span);
            }
            Literal::YesNo(yes) => (Constant::Truth(*yes), Ty::Truth),
        };
        Some(self.emit(Op::Constant(constant), ty, span))
    }

    fn quantity_type(&mut self, quantity: &Quantity, span: Span) -> Option<Num> {
        let whole = quantity.number.is_integer();
        Some(match &quantity.unit {
            Unit::None => Num { whole, ..Num::of(NumUnit::One) },
            Unit::Percent => Num { percent: true, ..Num::of(NumUnit::One) },
            Unit::Money(currency) => Num::of(NumUnit::Money(*currency)),
            Unit::Measure(unit) if self.names.has_unit(unit) => {
                Num::of(NumUnit::Measure(unit.as_str().into()))
            }
            // A fact that could not be read may have declared it.
            Unit::Measure(_) if self.pack.lost.is_some() => return None,
            Unit::Measure(unit) => {
                let suggested = self.names.nearest_unit(unit).map(str::to_owned);
                let problem = MeaningProblem::UnknownUnit { unit: quote(unit) };
                self.diagnostics.push(Diagnostic::new(problem, span).suggest(suggested.as_deref()));
                return None;
            }
        })
    }

    /// Two expressions that must be of one type; the type of both together.
    fn pair(
        &mut self,
        left: &Expr,
        right: &Expr,
        problem: impl Fn(String, String) -> MeaningProblem,
    ) -> Option<(NodeId, NodeId, Ty)> {
        let (left_node, right_node) = self.sides(left, right)?;
        let (left_ty, right_ty) = (self.ty(left_node), self.ty(right_node));
        match unify(&left_ty, &right_ty) {
            Some(ty) => Some((left_node, right_node, ty)),
            None => self.fail(problem(left_ty.to_string(), right_ty.to_string()), left.span.to(right.span)),
        }
    }

    fn pick(&mut self, greatest: bool, items: &[Expr], span: Span) -> Option<NodeId> {
        let nodes = self.alike(items)?;
        let mut ty: Option<Ty> = None;
        for (node, item) in nodes.iter().zip(items) {
            let this = self.ty(*node);
            ty = match ty {
                None => Some(this),
                Some(before) => match unify(&before, &this) {
                    Some(both) => Some(both),
                    None => {
                        let (left, right) = (before.to_string(), this.to_string());
                        return self.fail(MeaningProblem::BranchesDiffer { left, right }, item.span);
                    }
                },
            };
        }
        match ty? {
            ty @ (Ty::Number(_) | Ty::Date) => Some(self.emit(Op::Pick { greatest, items: nodes }, ty, span)),
            other => self.fail(MeaningProblem::NoOrder { found: other.to_string() }, span),
        }
    }

    /// A table: what picks the row, and the rows.
    pub(super) fn table(&mut self, by: ExprId, rows: &[Row], expects: Option<Expects>) -> Option<NodeId> {
        let written = self.enter(by)?;
        let by = self.expr(written)?;
        let by_ty = self.ty(by);
        let mut built = Vec::new();
        let mut ty: Option<Ty> = None;
        let mut sound = true;
        for row in rows {
            let key = self.key(&by_ty, row, written.span);
            let value = self.value(row.value, expects);
            let (Some(key), Some(value)) = (key, value) else {
                sound = false;
                continue;
            };
            if built.iter().any(|(known, _)| *known == key) {
                let id = quote(&row.key.text);
                return self.fail(PackProblem::DuplicateId { id }, row.key.span);
            }
            let this = self.ty(value);
            let both = ty.as_ref().map_or(Some(this.clone()), |before| unify(before, &this));
            if both.is_none() {
                let left = ty.map(|ty| ty.to_string()).unwrap_or_default();
                let problem = MeaningProblem::BranchesDiffer { left, right: this.to_string() };
                return self.fail(problem, row.key.span);
            }
            ty = both;
            built.push((key, value));
        }
        let span = written.span;
        if sound { Some(self.emit(Op::Table { by, rows: built }, ty?, span)) } else { None }
    }

    fn key(&mut self, by: &Ty, row: &Row, span: Span) -> Option<Key> {
        let text = row.key.text.as_str();
        let known = match by {
            Ty::Ladder(ladder) => {
                let levels = &self.pack.ladders.get(*ladder)?.levels;
                if text == "none" {
                    return Some(Key::Level(None));
                }
                if let Some(level) = levels.iter().position(|level| level.id.text == text) {
                    return Some(Key::Level(Some(level)));
                }
                let id = &self.pack.ladders.get(*ladder)?.id.text;
                if self.pack.may_have_lost(id) {
                    return None;
                }
                levels.iter().map(|level| format!("`{}`", level.id.text)).collect::<Vec<_>>().join(", ")
            }
            Ty::Truth => match text {
                "yes" | "true" => return Some(Key::Truth(true)),
                "no" | "false" => return Some(Key::Truth(false)),
                _ => "`yes`, `no`".to_owned(),
            },
            Ty::Word(None) => return Some(Key::Word(text.into())),
            Ty::Word(Some(set)) => match set.read(text) {
                Ok(word) => return Some(Key::Word(word)),
                Err(_) => set.known(),
            },
            other => return self.fail(MeaningProblem::NoOrder { found: other.to_string() }, span),
        };
        self.fail(PackProblem::UnknownRow { key: quote(text), known }, row.key.span)
    }
}

/// The type of two values that may stand in each other's place; none if they may not.
pub(super) fn unify(left: &Ty, right: &Ty) -> Option<Ty> {
    match (left, right) {
        (Ty::Number(a), Ty::Number(b)) => {
            let unit = unify_units(&a.unit, &b.unit)?;
            Some(Ty::Number(Num { unit, percent: a.percent && b.percent, whole: a.whole && b.whole }))
        }
        (Ty::Word(Some(a)), Ty::Word(Some(b))) if a.root == b.root => {
            Some(if a.codes.len() >= b.codes.len() { left.clone() } else { right.clone() })
        }
        (Ty::Word(None), Ty::Word(None)) | (Ty::Truth, Ty::Truth) | (Ty::Date, Ty::Date) => {
            Some(left.clone())
        }
        _ => None,
    }
}

/// The unit of two numbers that may be compared or added. A count of days, months or years is a number
/// of its own unit, and also a plain number.
fn unify_units(left: &NumUnit, right: &NumUnit) -> Option<NumUnit> {
    match (left, right) {
        (a, b) if a == b => Some(a.clone()),
        (NumUnit::Time(_), NumUnit::One) => Some(left.clone()),
        (NumUnit::One, NumUnit::Time(_)) => Some(right.clone()),
        (NumUnit::Time(time), NumUnit::Measure(measure))
        | (NumUnit::Measure(measure), NumUnit::Time(time)) => {
            (time.word() == &**measure).then(|| NumUnit::Measure(measure.clone()))
        }
        _ => None,
    }
}
