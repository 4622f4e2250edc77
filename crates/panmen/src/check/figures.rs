//! Whether the figures of an amount can be meant: none is below zero, and no rate gives more than was spent.

use super::Builder;
use crate::diagnostic::{Diagnostic, PackProblem};
use crate::graph::{NodeId, Num, NumUnit, Op, Step, StepKind, Ty};
use crate::number::Number;
use crate::source::Span;
use crate::value::Value;

impl Builder<'_> {
    /// Looks at what the steps of an amount bring in, as far as the rules themselves say it.
    pub(super) fn likely(&mut self, told: &[Step]) {
        for step in told {
            let is_rate = match step.kind {
                StepKind::Rate | StepKind::OtherRate | StepKind::Add => true,
                StepKind::Band => self.is_ratio(step.operand),
                StepKind::BaseCap
                | StepKind::Fixed
                | StepKind::PerUnit
                | StepKind::Cap
                | StepKind::OtherCap => false,
                _ => continue,
            };
            if is_rate {
                self.is_part(step.operand);
            }
            // Points may be taken off as well as added.
            if step.kind != StepKind::Add {
                self.is_paid_out(step.operand);
            }
        }
    }

    /// No figure that is below zero can be paid.
    pub(super) fn is_paid_out(&mut self, node: NodeId) {
        for (number, span) in self.written(node) {
            if number.is_negative() {
                self.tell(PackProblem::NegativeAmount { text: number.to_string() }, span);
            }
        }
    }

    /// A rate is hardly ever more than the whole.
    fn is_part(&mut self, node: NodeId) {
        for (number, span) in self.written(node) {
            if number > Number::ONE {
                self.tell(PackProblem::UnlikelyRate { rate: percent(number) }, span);
            }
        }
    }

    /// Several measures may share a parameter.
    fn tell(&mut self, problem: PackProblem, span: Span) {
        let problem = Diagnostic::new(problem, span);
        if !self.terms.diagnostics.contains(&problem) {
            self.terms.diagnostics.push(problem);
        }
    }

    fn is_ratio(&self, node: NodeId) -> bool {
        matches!(self.terms.ty(node), Ty::Number(Num { unit: NumUnit::One, .. }))
    }

    /// The numbers that a node may be, where the pack says them: a literal, a parameter's values, the rows of
    /// a table.
    fn written(&self, node: NodeId) -> Vec<(Number, Span)> {
        if let Some(number) = self.terms.constant(node) {
            return vec![(number, self.terms.span(node))];
        }
        match self.terms.op(node) {
            Some(Op::Parameter(index)) => {
                let values = self.pack.parameters.get(*index).map(|parameter| parameter.values.as_slice());
                let numbers = values.unwrap_or_default().iter().filter_map(|dated| match &dated.value {
                    Value::Number(number) => Some((*number, dated.span)),
                    _ => None,
                });
                numbers.collect()
            }
            Some(Op::Table { rows, .. }) => rows.iter().flat_map(|(_, row)| self.written(*row)).collect(),
            _ => Vec::new(),
        }
    }
}

/// What a number is as a percentage.
fn percent(number: Number) -> String {
    number.multiply(Number::from(100)).map_or_else(|_| number.to_string(), |percent| format!("{percent}%"))
}
