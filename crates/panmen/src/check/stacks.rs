//! How measures combine: the members of each rule found, its limit built.

use super::Builder;
use crate::diagnostic::{Diagnostic, MeaningProblem, PackProblem};
use crate::expr::ast::Kind;
use crate::graph::{Entity, NodeId, Num, NumUnit, Stack, StackMember, Ty};
use crate::pack::{Amount, Expects, ExprId, StackingRule};

impl Builder<'_> {
    /// How measures combine, once all are built.
    pub(super) fn stacks(&mut self) -> Vec<Stack> {
        let pack = self.pack;
        let mut stacks = Vec::new();
        for (stacking, entry) in pack.stacking.iter().enumerate() {
            let (among, limit, reduce) = match &entry.rule {
                StackingRule::Highest(among) => (among, None, &[][..]),
                StackingRule::Limit { limit, over, reduce } => (over, Some(*limit), reduce.as_slice()),
            };
            let limit = limit.map(|limit| self.terms.value(limit, Some(Expects::Money)));
            let members: Vec<Option<StackMember>> = among.iter().map(|expr| self.member(*expr)).collect();
            let members: Option<Vec<StackMember>> = members.into_iter().collect();
            let members = members.filter(|members| self.fit_together(among, members, limit.flatten()));
            let Some(members) = members.filter(|_| limit != Some(None)) else { continue };
            let cut = self.reduced(reduce, &members);
            stacks.push(Stack { stacking, members, limit: limit.flatten(), reduce: cut });
        }
        stacks
    }

    /// Whether all that meets is money in one currency, and each measure stands there once.
    fn fit_together(&mut self, among: &[ExprId], members: &[StackMember], limit: Option<NodeId>) -> bool {
        let currency_of = |member: &StackMember| match member {
            StackMember::Measure(measure) => {
                let measure = self.pack.measures.get(*measure)?;
                measure.currency.map(|currency| Ty::Number(Num::of(NumUnit::Money(currency))))
            }
            StackMember::Money(node) => Some(self.terms.ty(*node)),
        };
        let first = limit.map(|limit| self.terms.ty(limit)).or_else(|| members.first().and_then(currency_of));
        let mut problems = Vec::new();
        for (place, (expr, member)) in among.iter().zip(members).enumerate() {
            let Some(written) = self.pack.expressions.get(expr.0) else { continue };
            let other = currency_of(member);
            if let (Some(left), Some(right)) = (&first, &other)
                && left.to_string() != right.to_string()
            {
                let problem =
                    MeaningProblem::UnitsDiffer { left: left.to_string(), right: right.to_string() };
                problems.push(Diagnostic::new(problem, written.expr.span));
            }
            let unpaid = |measure: usize| {
                self.pack.measures.get(measure).is_some_and(|m| matches!(m.amount, Amount::None))
            };
            if matches!(member, StackMember::Measure(measure) if unpaid(*measure)) {
                let problem =
                    PackProblem::NothingToActOn { key: self.terms.text(*expr), needs: "amount".to_owned() };
                problems.push(Diagnostic::new(problem, written.expr.span));
            }
            let again = members.iter().take(place).any(|before| before == member);
            if again && matches!(member, StackMember::Measure(_)) {
                let problem = PackProblem::DuplicateId { id: self.terms.text(*expr) };
                problems.push(Diagnostic::new(problem, written.expr.span));
            }
        }
        let sound = problems.is_empty();
        self.terms.diagnostics.extend(problems);
        sound
    }

    /// The measures that are cut, in order; by default all of them, the last first.
    fn reduced(&mut self, reduce: &[crate::pack::Id], members: &[StackMember]) -> Vec<usize> {
        let measures = members.iter().filter_map(|member| match member {
            StackMember::Measure(measure) => Some(*measure),
            StackMember::Money(_) => None,
        });
        let measures: Vec<usize> = measures.collect();
        if reduce.is_empty() {
            return measures.into_iter().rev().collect();
        }
        let mut cut = Vec::new();
        for id in reduce {
            let found = self.pack.measures.iter().position(|measure| measure.id.text == id.text);
            match found.filter(|measure| measures.contains(measure)) {
                Some(measure) if cut.contains(&measure) => {
                    let problem = PackProblem::DuplicateId { id: id.text.clone() };
                    self.terms.diagnostics.push(Diagnostic::new(problem, id.span));
                }
                Some(measure) => cut.push(measure),
                None if self.pack.may_have_lost(&id.text) => {}
                None => {
                    let problem =
                        PackProblem::UnknownReference { id: id.text.clone(), kind: "measure".to_owned() };
                    self.terms.diagnostics.push(Diagnostic::new(problem, id.span));
                }
            }
        }
        cut
    }

    fn member(&mut self, expr: ExprId) -> Option<StackMember> {
        let written = self.pack.expressions.get(expr.0)?;
        if let Kind::Reference(reference) = &written.expr.kind
            && let Some(Entity::Measure(measure)) = self.names.find(&reference.name.text, &written.scope)
        {
            return Some(StackMember::Measure(measure));
        }
        let node = self.terms.value(expr, Some(Expects::Money))?;
        self.terms.texts.insert(node, self.terms.text(expr));
        Some(StackMember::Money(node))
    }
}
