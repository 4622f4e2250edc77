//! Lists of records: aggregates, counts, `some` and `every`.

use super::{RowScope, Terms};
use crate::check::order::parts;
use crate::diagnostic::MeaningProblem;
use crate::expr::ast::{Comparison, Expr, Function, Kind, Literal, Name, Quantifier};
use crate::graph::{Body, Entity, Node, NodeId, Num, Op, Ty};
use crate::source::Span;
use crate::value::Type;
use std::sync::Arc;

impl Terms<'_> {
    /// The list fact that a name means.
    fn list(&mut self, name: &Name) -> Option<usize> {
        let entity = self.names.find(&name.text, &self.scope);
        let Some(entity) = entity else {
            self.unknown(name);
            return None;
        };
        if let Entity::Fact(index) = entity
            && let Some(Type::List(_)) = self.pack.facts.get(index).map(|fact| &fact.value_type)
        {
            return Some(index);
        }
        self.fail(MeaningProblem::NotAList { name: name.text.clone() }, name.span)
    }

    /// Enters the scope of a list's rows; gives the scope around it, to be given back on leaving.
    pub(in crate::check) fn open_rows(&mut self, list: usize) -> Option<RowScope> {
        let fields = match self.pack.facts.get(list).map(|fact| &fact.value_type) {
            Some(Type::List(fields)) => fields.clone(),
            _ => Arc::from([]),
        };
        self.rows.replace(RowScope { list, fields, nodes: Vec::new() })
    }

    /// Leaves the scope of a list's rows; gives the nodes built there.
    pub(in crate::check) fn close_rows(&mut self, outer: Option<RowScope>) -> Vec<Node> {
        std::mem::replace(&mut self.rows, outer).map(|rows| rows.nodes).unwrap_or_default()
    }

    /// True in the scope of a list's rows.
    pub(in crate::check) fn in_rows(&self) -> bool {
        self.rows.is_some()
    }

    /// Builds nodes in the scope of a list's rows; gives them with what the closure gave.
    pub(super) fn within_rows<T>(
        &mut self,
        list: usize,
        build: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<(T, Vec<Node>)> {
        let outer = self.open_rows(list);
        let built = build(self);
        let nodes = self.close_rows(outer);
        built.map(|built| (built, nodes))
    }

    /// Tells of `count of x where leased >= 2` that the comparison is one of the count; `whole` is built
    /// from a filter.
    fn bound_within(&mut self, filter: Option<&Expr>, whole: impl FnOnce(Expr) -> Expr) -> Option<()> {
        let Some((inner, comparison, bound)) = filter.and_then(|filter| self.split_bound(filter)) else {
            return Some(());
        };
        let span = filter.map_or(bound.span, |filter| filter.span);
        let counted = Box::new(whole(inner));
        let kind = Kind::Compare(comparison, counted, Box::new(bound.clone()));
        let fixed = Expr { kind, span }.to_string();
        self.fail(MeaningProblem::BoundWithin { bound: bound.to_string(), fixed }, span)
    }

    /// A filter that ends in a yes-or-no field compared with a number: what is before the sign, and the
    /// rest.
    fn split_bound(&self, filter: &Expr) -> Option<(Expr, Comparison, Expr)> {
        let several = |items: &[Expr], whole: fn(Vec<Expr>) -> Kind| {
            let (last, others) = items.split_last()?;
            let (inner, comparison, bound) = self.split_bound(last)?;
            let items = others.iter().cloned().chain([inner]).collect();
            Some((Expr { kind: whole(items), span: filter.span }, comparison, bound))
        };
        match &filter.kind {
            Kind::And(items) => several(items, Kind::And),
            Kind::Or(items) => several(items, Kind::Or),
            Kind::Compare(comparison, left, right) => {
                let Kind::Reference(reference) = &left.kind else { return None };
                let (_, _, field) = self.field(&reference.name.text)?;
                let number = match &right.kind {
                    Kind::Literal(Literal::Quantity(_)) => true,
                    Kind::Reference(reference) => match self.names.find(&reference.name.text, &self.scope) {
                        Some(Entity::Parameter(index)) => {
                            self.pack.parameters.get(index).is_some_and(|p| p.value_type.is_number())
                        }
                        _ => false,
                    },
                    _ => false,
                };
                (field.value_type == Type::YesNo && number)
                    .then(|| ((**left).clone(), *comparison, (**right).clone()))
            }
            _ => None,
        }
    }

    #[expect(clippy::option_option, reason = "the outer is failure, the inner is absence")]
    fn filtered(&mut self, filter: Option<&Expr>) -> Option<Option<NodeId>> {
        match filter {
            None => Some(None),
            Some(filter) => self.truth(filter).map(Some),
        }
    }

    /// `sum of area in warehouses where ...`
    pub(super) fn aggregate(
        &mut self,
        function: Function,
        of: &Expr,
        list: &Name,
        filter: Option<&Expr>,
        span: Span,
    ) -> Option<NodeId> {
        let name = list;
        let list = self.list(name)?;
        let ((of_node, filter, ty), nodes) = self.within_rows(list, |terms| {
            terms.bound_within(filter, |filter| {
                let filter = Some(Box::new(filter));
                let (of, list) = (Box::new(of.clone()), name.clone());
                Expr { kind: Kind::Aggregate { function, of, list, filter }, span }
            })?;
            let of_node = terms.expr(of);
            let filter = terms.filtered(filter);
            let of_node = of_node?;
            let ty = match (terms.ty(of_node), function) {
                (Ty::Number(num), Function::Average) => Ty::Number(Num { whole: false, ..num }),
                (ty @ Ty::Number(_), _) | (ty @ Ty::Date, Function::Greatest | Function::Least) => ty,
                (other, _) => {
                    return terms.fail(MeaningProblem::NotANumber { found: other.to_string() }, of.span);
                }
            };
            Some((of_node, filter?, ty))
        })?;
        let body = Arc::new(Body { list, nodes, of: Some(of_node), filter });
        Some(self.emit(Op::Aggregate { function, body }, ty, span))
    }

    /// `count of warehouses where ...`; of a fact with many values, how many it has.
    pub(super) fn count(&mut self, list: &Name, filter: Option<&Expr>, span: Span) -> Option<NodeId> {
        if let Some((fact, _)) = self.many_fact(list)
            && filter.is_none()
        {
            return Some(self.emit(Op::CountMany(fact), Ty::Number(Num::WHOLE), span));
        }
        let name = list;
        let list = self.list(name)?;
        let (filter, nodes) = self.within_rows(list, |terms| {
            terms.bound_within(filter, |filter| {
                let filter = Some(Box::new(filter));
                Expr { kind: Kind::Count { list: name.clone(), filter }, span }
            })?;
            terms.filtered(filter)
        })?;
        let body = Arc::new(Body { list, nodes, of: None, filter });
        Some(self.emit(Op::Count(body), Ty::Number(Num::WHOLE), span))
    }

    /// True if the pack counts the rows of a list anywhere, which is what `every` is paired with.
    fn counts(&self, list: &str) -> bool {
        self.pack.expressions.iter().any(|written| {
            let mut stack = vec![&written.expr];
            while let Some(expr) = stack.pop() {
                if matches!(&expr.kind, Kind::Count { list: counted, .. } if counted.text == list) {
                    return true;
                }
                stack.extend(parts(expr));
            }
            false
        })
    }

    /// `some warehouses where ...`, `every warehouses where ...`
    pub(super) fn rows(
        &mut self,
        quantifier: Quantifier,
        list: &Name,
        filter: &Expr,
        span: Span,
    ) -> Option<NodeId> {
        let index = self.list(list)?;
        if quantifier == Quantifier::Every && !self.counts(&list.text) {
            self.fail::<()>(MeaningProblem::EveryOverNothing { list: list.text.clone() }, span);
        }
        let (filter, nodes) = self.within_rows(index, |terms| terms.truth(filter))?;
        let body = Arc::new(Body { list: index, nodes, of: None, filter: Some(filter) });
        Some(self.emit(Op::Rows { quantifier, body }, Ty::Truth, span))
    }
}
