//! Names, series and their periods, windows, defaults.

use super::Terms;
use crate::diagnostic::{MeaningProblem, Problem};
use crate::expr::ast::{Expr, Function, Kind, Literal, Name, Reference, Until};
use crate::graph::{Constant, EdgeKind, Entity, FactRef, NodeId, Num, NumUnit, Op, PeriodOf, Ty, WindowEnd};
use crate::number::Number;
use crate::pack::Per;
use crate::source::Span;
use crate::value::{Field, TimeUnit, Type, Unit};

impl Terms<'_> {
    /// A field of the row at hand.
    pub(in crate::check) fn field(&self, name: &str) -> Option<(usize, usize, &Field)> {
        let rows = self.rows.as_ref()?;
        let index = rows.fields.iter().position(|field| field.name == name)?;
        rows.fields.get(index).map(|field| (rows.list, index, field))
    }

    /// The node of an entity that was built before; seen from a row through the wall.
    pub(super) fn entity(&mut self, entity: Entity, span: Span) -> Option<NodeId> {
        let node = self.entities.get(&entity).copied()?;
        if self.rows.is_none() {
            return Some(node);
        }
        let ty = self.nodes.get(node.0)?.ty.clone();
        Some(self.emit(Op::Outer(node), ty, span))
    }

    pub(super) fn reference(&mut self, reference: &Reference, span: Span) -> Option<NodeId> {
        let name = &reference.name;
        if self.field(&name.text).is_some() {
            let (field, ty) = self.fact_ref(reference)?;
            if self.names.find(&name.text, &self.scope).is_some() {
                self.fail::<()>(MeaningProblem::Shadow { field: name.text.clone() }, name.span);
            }
            return Some(self.emit(Op::Fact(field), ty?, span));
        }
        let Some(entity) = self.names.find(&name.text, &self.scope) else {
            if !self.unknown_member(name) {
                self.unknown(name);
            }
            return None;
        };
        if let Entity::Fact(_) = entity {
            let (fact, ty) = self.fact_ref(reference)?;
            if let FactRef::Fact(index) = fact {
                self.one_value(index, name)?;
            }
            return Some(self.emit(Op::Fact(fact), ty?, span));
        }
        if reference.previous > 0 || reference.period.is_some() {
            return self.fail(MeaningProblem::NotSeries { name: name.text.clone() }, name.span);
        }
        match entity {
            Entity::List(_) => self.fail(MeaningProblem::ListAlone { list: name.text.clone() }, span),
            Entity::Parameter(index) => {
                let ty = Ty::of(&self.pack.parameters.get(index)?.value_type)?;
                Some(self.emit(Op::Parameter(index), ty, span))
            }
            Entity::Level(ladder, level) => {
                let node = self.entity(Entity::Ladder(ladder), span)?;
                let outcomes = crate::graph::outcome_bit(Some(level));
                Some(self.emit(Op::LadderIn { ladder: node, outcomes }, Ty::Truth, span))
            }
            Entity::MeasureEligible(index) => {
                let node = self.entity(Entity::Measure(index), span)?;
                Some(self.emit(Op::MeasureEligible(node), Ty::Truth, span))
            }
            Entity::MeasureAmount(index) => self.measure_amount(index, span),
            Entity::DecisionDate => Some(self.emit(Op::DecisionDate, Ty::Date, span)),
            Entity::AssessmentYear => self.assessment_year(span),
            other => self.entity(other, span),
        }
    }

    fn measure_amount(&mut self, index: usize, span: Span) -> Option<NodeId> {
        let measure = self.pack.measures.get(index)?;
        let Some(currency) = measure.currency else {
            let (found, expected) = ("an amount without a currency".to_owned(), "an amount".to_owned());
            return self.fail(MeaningProblem::WrongKind { found, expected }, span);
        };
        if measure.amount.steps().is_none() {
            let (found, expected) = ("no published amount".to_owned(), "an amount".to_owned());
            return self.fail(MeaningProblem::WrongKind { found, expected }, span);
        }
        let node = self.entity(Entity::Measure(index), span)?;
        Some(self.emit(Op::MeasureAmount(node), Ty::Number(Num::of(NumUnit::Money(currency))), span))
    }

    /// The year assessed in the scope at hand, as its header says or by default.
    pub(super) fn assessment_year(&mut self, span: Span) -> Option<NodeId> {
        let written = self.pack.scopes.get(&self.scope).and_then(|header| header.assessment_year);
        let node = match written.filter(|_| !self.in_year).and_then(|id| self.pack.expressions.get(id.0)) {
            None => None,
            Some(written) => {
                self.in_year = true;
                let node = self.number(&written.expr);
                self.in_year = false;
                let node = node?;
                match self.ty(node) {
                    Ty::Number(Num { unit: NumUnit::One, percent: false, whole: true }) => Some(node),
                    other => {
                        let (found, expected) = (other.to_string(), "a year".to_owned());
                        return self.fail(MeaningProblem::WrongKind { found, expected }, written.expr.span);
                    }
                }
            }
        };
        Some(self.emit(Op::AssessmentYear(node), Ty::Number(Num::WHOLE), span))
    }

    fn one_value(&mut self, index: usize, name: &Name) -> Option<()> {
        let fact = self.pack.facts.get(index)?;
        let kind = match &fact.value_type {
            Type::List(_) => "list",
            _ if fact.many => {
                return self.fail(MeaningProblem::ManyIn { fact: name.text.clone() }, name.span);
            }
            _ => return Some(()),
        };
        self.fail(MeaningProblem::WholeFact { name: name.text.clone(), kind: kind.to_owned() }, name.span)
    }

    /// What a reference asks of a profile, and the type of the answer (none for a list).
    pub(super) fn fact_ref(&mut self, reference: &Reference) -> Option<(FactRef, Option<Ty>)> {
        let name = &reference.name;
        if let Some((list, index, field)) = self.field(&name.text) {
            let ty = Ty::of(&field.value_type);
            if reference.previous > 0 || reference.period.is_some() {
                return self.fail(MeaningProblem::NotSeries { name: name.text.clone() }, name.span);
            }
            return Some((FactRef::Field(list, index), ty));
        }
        let index = match self.names.find(&name.text, &self.scope) {
            Some(Entity::Fact(index)) => index,
            Some(_) => return self.fail(MeaningProblem::NotKnowable {}, name.span),
            None => {
                self.unknown(name);
                return None;
            }
        };
        let fact = self.pack.facts.get(index)?;
        let ty = Ty::of(&fact.value_type);
        let Some(per) = fact.per else {
            if reference.previous > 0 || reference.period.is_some() {
                return self.fail(MeaningProblem::NotSeries { name: name.text.clone() }, name.span);
            }
            return Some((FactRef::Fact(index), ty));
        };
        let period = match &reference.period {
            Some(period) => {
                let (edge, kind) = self.edge(period)?;
                self.period_fits(per, kind, false, period)?;
                PeriodOf { edge, kind, offset: 0 }
            }
            None if per == Per::Month => {
                return self.fail(MeaningProblem::BareMonthly { fact: name.text.clone() }, name.span);
            }
            None => {
                let edge = self.assessment_year(name.span)?;
                PeriodOf {
                    edge,
                    kind: EdgeKind::Year,
                    offset: i64::from(reference.previous).saturating_neg(),
                }
            }
        };
        Some((FactRef::Series(index, period), ty))
    }

    /// A year, a month or a day, and how to read it.
    fn edge(&mut self, expr: &Expr) -> Option<(NodeId, EdgeKind)> {
        match &expr.kind {
            Kind::Literal(Literal::Month(month)) => {
                let constant = Constant::Number(Number::from(month.index()));
                Some((self.emit(Op::Constant(constant), Ty::Number(Num::WHOLE), expr.span), EdgeKind::Month))
            }
            Kind::Literal(Literal::Quantity(quantity)) => {
                let year = quantity.unit == Unit::None
                    && quantity.digits.len() == 4
                    && quantity.digits.bytes().all(|b| b.is_ascii_digit());
                if !year {
                    return self.no_period(&expr.to_string(), "year", expr.span);
                }
                let node = self.expr(expr)?;
                Some((node, EdgeKind::Year))
            }
            _ => {
                let node = self.expr(expr)?;
                match self.ty(node) {
                    Ty::Date => Some((node, EdgeKind::Date)),
                    Ty::Number(Num { unit: NumUnit::One, percent: false, whole: true }) => {
                        Some((node, EdgeKind::Year))
                    }
                    other => self.no_period(&other.to_string(), "year", expr.span),
                }
            }
        }
    }

    fn no_period<T>(&mut self, found: &str, per: &str, span: Span) -> Option<T> {
        self.fail(MeaningProblem::NotAPeriod { found: found.to_owned(), per: per.to_owned() }, span)
    }

    /// Whether an edge names a period of a series; in a window a year stands for its twelve months.
    fn period_fits(&mut self, per: Per, kind: EdgeKind, window: bool, edge: &Expr) -> Option<()> {
        match (per, kind) {
            (Per::Year, EdgeKind::Month) => self.no_period(&edge.to_string(), "year", edge.span),
            (Per::Month, EdgeKind::Year) if !window => self.no_period(&edge.to_string(), "month", edge.span),
            _ => Some(()),
        }
    }

    /// `average of site_sales from 2021-07 to 2022-06`
    pub(super) fn window(
        &mut self,
        function: Function,
        series: &Name,
        from: &Expr,
        until: &Until,
        span: Span,
    ) -> Option<NodeId> {
        let index = match self.names.find(&series.text, &self.scope) {
            Some(Entity::Fact(index)) if self.field(&series.text).is_none() => index,
            Some(_) => {
                return self.fail(MeaningProblem::NotSeries { name: series.text.clone() }, series.span);
            }
            None => {
                self.unknown(series);
                return None;
            }
        };
        let fact = self.pack.facts.get(index)?;
        let Some(per) = fact.per else {
            return self.fail(MeaningProblem::NotSeries { name: series.text.clone() }, series.span);
        };
        let (start, kind) = self.edge(from)?;
        self.period_fits(per, kind, true, from)?;
        let until = match until {
            Until::Period(to) => {
                let (end, end_kind) = self.edge(to)?;
                self.period_fits(per, end_kind, true, to)?;
                if let (Some(first), Some(last)) =
                    (self.constant_month(start, kind, false), self.constant_month(end, end_kind, true))
                    && last < first
                {
                    return self.fail(MeaningProblem::WindowOrder {}, span);
                }
                WindowEnd::Edge(end, end_kind)
            }
            Until::Length(count, unit) => {
                let periods = match (per, unit) {
                    (Per::Year, TimeUnit::Years) | (Per::Month, TimeUnit::Months) => *count,
                    (Per::Month, TimeUnit::Years) => count.saturating_mul(12),
                    _ => return self.no_period(&format!("{count} {}", unit.word()), "year", span),
                };
                if periods < 1 {
                    return self.fail(MeaningProblem::WindowOrder {}, span);
                }
                WindowEnd::Count(periods)
            }
        };
        let ty = match (Ty::of(&fact.value_type)?, function) {
            (Ty::Number(num), Function::Average) => Ty::Number(Num { whole: false, ..num }),
            (ty, _) => ty,
        };
        Some(self.emit(Op::Window { function, fact: index, from: (start, kind), until }, ty, span))
    }

    /// The first or last month of a constant edge, to compare two of them.
    fn constant_month(&self, node: NodeId, kind: EdgeKind, last: bool) -> Option<i64> {
        match (&self.at_hand().get(node.0)?.op, kind) {
            (Op::Constant(Constant::Number(number)), EdgeKind::Year) => {
                let months = if last { 11 } else { 0 };
                number.to_i64().map(|year| year.saturating_mul(12).saturating_add(months))
            }
            (Op::Constant(Constant::Number(number)), EdgeKind::Month) => number.to_i64(),
            (Op::Constant(Constant::Date(date)), _) => Some(date.month().index()),
            _ => None,
        }
    }

    /// `x or else 5`
    pub(super) fn or_else(&mut self, fact: &Reference, default: &Expr, span: Span) -> Option<NodeId> {
        let (fact_ref, ty) = self.fact_ref(fact)?;
        if let FactRef::Fact(index) = fact_ref {
            self.one_value(index, &fact.name)?;
        }
        let ty = ty?;
        let default_node = self.as_type(default, &ty)?;
        let found = self.ty(default_node);
        if super::unify(&ty, &found).is_none() {
            let problem = MeaningProblem::NotComparable { left: ty.to_string(), right: found.to_string() };
            return self.fail(Problem::from(problem), default.span);
        }
        Some(self.emit(Op::OrElse { fact: fact_ref, default: default_node }, ty, span))
    }
}
