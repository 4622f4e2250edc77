//! How measures combine: the members of each rule found, its limit built.

use super::Builder;
use crate::diagnostic::{Diagnostic, PackProblem};
use crate::expr::ast::Kind;
use crate::graph::{Entity, Stack, StackMember};
use crate::pack::{Expects, ExprId, StackingRule};

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
            let Some(members) = members.filter(|_| limit != Some(None)) else { continue };
            let cut = self.reduced(reduce, &members);
            stacks.push(Stack { stacking, members, limit: limit.flatten(), reduce: cut });
        }
        stacks
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
