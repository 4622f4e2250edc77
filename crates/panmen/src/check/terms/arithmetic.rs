//! Sums, products, shares, dates and conversions, with their units.

use super::{Terms, unify_units};
use crate::diagnostic::{MeaningProblem, PackProblem, quote};
use crate::expr::ast::{Expr, Kind, Literal, Name, Operator};
use crate::graph::{Entity, NodeId, Num, NumUnit, Op, Ty};
use crate::source::Span;
use crate::value::{Currency, TimeUnit, Type};

impl Terms<'_> {
    pub(super) fn arithmetic(
        &mut self,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        span: Span,
    ) -> Option<NodeId> {
        if let Kind::Literal(Literal::Duration(count, unit)) = right.kind
            && matches!(operator, Operator::Add | Operator::Subtract)
        {
            let node = self.expr(left)?;
            if self.ty(node) == Ty::Date {
                let op = Op::Shift { date: node, count, unit, back: operator == Operator::Subtract };
                return Some(self.emit(op, Ty::Date, span));
            }
            if let Ty::Number(num) = self.ty(node)
                && matches!(num.unit, NumUnit::One | NumUnit::Money(_))
            {
                return self.fail(MeaningProblem::LoneDuration { text: right.to_string() }, right.span);
            }
        }
        let (a, b) = match operator {
            Operator::Add | Operator::Subtract => self.sides(left, right)?,
            Operator::Multiply | Operator::Divide => {
                let (a, b) = (self.expr(left), self.expr(right));
                (a?, b?)
            }
        };
        let (left_num, right_num) = match (self.ty(a), self.ty(b)) {
            (Ty::Number(x), Ty::Number(y)) => (x, y),
            (Ty::Date, _) | (_, Ty::Date) => return self.fail(MeaningProblem::DateArithmetic {}, span),
            (Ty::Number(_), other) => {
                return self.fail(MeaningProblem::NotANumber { found: other.to_string() }, right.span);
            }
            (other, _) => {
                return self.fail(MeaningProblem::NotANumber { found: other.to_string() }, left.span);
            }
        };
        let names = (Ty::Number(left_num.clone()).to_string(), Ty::Number(right_num.clone()).to_string());
        let num = match operator {
            Operator::Add | Operator::Subtract => sum_type(&left_num, &right_num),
            Operator::Multiply => product_type(&left_num, &right_num),
            Operator::Divide => quotient_type(&left_num, &right_num),
        };
        match num {
            Some(num) => Some(self.emit(Op::Arithmetic(operator, a, b), Ty::Number(num), span)),
            None if matches!(operator, Operator::Add | Operator::Subtract) => {
                self.fail(MeaningProblem::UnitsDiffer { left: names.0, right: names.1 }, span)
            }
            None => self.fail(MeaningProblem::UnitsMultiplied { left: names.0, right: names.1 }, span),
        }
    }

    /// `80% of costs`
    pub(super) fn share(&mut self, percent: &Expr, of: &Expr, span: Span) -> Option<NodeId> {
        let (a, b) = (self.number(percent), self.number(of));
        let (a, b) = (a?, b?);
        match self.ty(a) {
            Ty::Number(Num { percent: true, .. }) => {}
            other => {
                return self.fail(MeaningProblem::NotAPercent { found: other.to_string() }, percent.span);
            }
        }
        let Ty::Number(num) = self.ty(b) else { return None };
        let ty = Ty::Number(Num { whole: false, ..num });
        Some(self.emit(Op::Arithmetic(Operator::Multiply, a, b), ty, span))
    }

    /// `years from a to b`
    pub(super) fn between(&mut self, unit: TimeUnit, from: &Expr, to: &Expr, span: Span) -> Option<NodeId> {
        let (from, to) = (self.date(from), self.date(to));
        let op = Op::Between { unit, from: from?, to: to? };
        let num = Num { whole: true, ..Num::of(NumUnit::Time(unit)) };
        Some(self.emit(op, Ty::Number(num), span))
    }

    /// `convert x to CNY`: times the rate in force, a parameter such as `usd_cny`.
    pub(super) fn convert(&mut self, value: &Expr, currency: &Name, span: Span) -> Option<NodeId> {
        let value_node = self.number(value)?;
        let Some(to) = Currency::parse(&currency.text) else {
            return self.fail(PackProblem::UnknownCurrency { text: quote(&currency.text) }, currency.span);
        };
        let Ty::Number(Num { unit: NumUnit::Money(from), .. }) = self.ty(value_node) else {
            let (found, expected) = (self.ty(value_node).to_string(), "money".to_owned());
            return self.fail(MeaningProblem::WrongKind { found, expected }, value.span);
        };
        if from == to {
            return Some(value_node);
        }
        let name = format!("{from}_{to}").to_lowercase();
        let rate = match self.names.find(&name, &self.scope) {
            Some(Entity::Parameter(index)) => {
                let decimal =
                    self.pack.parameters.get(index).is_some_and(|p| p.value_type == Type::Decimal(None));
                decimal.then_some(index)
            }
            _ => None,
        };
        let Some(rate) = rate else {
            let problem =
                MeaningProblem::NoRate { from: from.to_string(), to: to.to_string(), parameter: name };
            return self.fail(problem, span);
        };
        let rate = self.emit(Op::Parameter(rate), Ty::Number(Num::of(NumUnit::One)), span);
        let ty = Ty::Number(Num::of(NumUnit::Money(to)));
        Some(self.emit(Op::Arithmetic(Operator::Multiply, value_node, rate), ty, span))
    }
}

fn sum_type(left: &Num, right: &Num) -> Option<Num> {
    let unit = unify_units(&left.unit, &right.unit)?;
    Some(Num { unit, percent: left.percent && right.percent, whole: left.whole && right.whole })
}

fn product_type(left: &Num, right: &Num) -> Option<Num> {
    let unit = match (&left.unit, &right.unit) {
        (unit, NumUnit::One) | (NumUnit::One, unit) => unit.clone(),
        _ => return None,
    };
    Some(Num { unit, percent: false, whole: left.whole && right.whole })
}

fn quotient_type(left: &Num, right: &Num) -> Option<Num> {
    let unit = match (&left.unit, &right.unit) {
        (unit, NumUnit::One) => unit.clone(),
        (a, b) => unify_units(a, b).map(|_| NumUnit::One)?,
    };
    Some(Num { unit, percent: false, whole: false })
}
