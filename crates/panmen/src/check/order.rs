//! The order in which entities are built, each after those it needs; circles are told with their path.

use super::names::Names;
use crate::diagnostic::{Diagnostic, MeaningProblem, Note};
use crate::expr::ast::{Expr, Kind, Name, Reference, Set, Until};
use crate::graph::Entity;
use crate::pack::{Amount, Condition, Definition, ExprId, Pack};
use crate::source::Span;
use crate::value::{Field, Type};
use std::collections::BTreeMap;

/// Where an entity stands on the walk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Done,
}

/// Every entity that has nodes, each after those it needs, and the circles found.
pub(super) fn order(pack: &Pack, names: &Names) -> (Vec<Entity>, Vec<Diagnostic>) {
    let entities = all(pack);
    let mut needs: BTreeMap<Entity, Vec<(Entity, Span)>> = BTreeMap::new();
    for entity in &entities {
        needs.insert(*entity, entity_needs(pack, names, *entity));
    }
    let mut marks: BTreeMap<Entity, Mark> = BTreeMap::new();
    let (mut order, mut circles) = (Vec::new(), Vec::new());
    for root in entities {
        // An own stack: chains of definitions may be longer than the thread's.
        let mut stack = vec![(root, 0_usize, Span::default())];
        while let Some((entity, next, _)) = stack.last().copied() {
            if marks.get(&entity) == Some(&Mark::Done) {
                stack.pop();
                continue;
            }
            marks.insert(entity, Mark::Open);
            let child = needs.get(&entity).and_then(|list| list.get(next)).copied();
            let Some((child, span)) = child else {
                marks.insert(entity, Mark::Done);
                order.push(entity);
                stack.pop();
                continue;
            };
            if let Some(top) = stack.last_mut() {
                top.1 = next.saturating_add(1);
            }
            match marks.get(&child) {
                Some(Mark::Done) => {}
                Some(Mark::Open) => {
                    circles.push(circle(pack, &stack, child, span));
                }
                None => stack.push((child, 0, span)),
            }
        }
    }
    (order, circles)
}

/// The problem of a circle: the names on it, and the places where each needs the next.
fn circle(pack: &Pack, stack: &[(Entity, usize, Span)], back: Entity, span: Span) -> Diagnostic {
    let start = stack.iter().position(|(entity, ..)| *entity == back).unwrap_or(0);
    let on_it: Vec<&(Entity, usize, Span)> = stack.iter().skip(start).collect();
    let mut path: Vec<String> =
        on_it.iter().map(|(entity, ..)| format!("`{}`", name(pack, *entity))).collect();
    path.push(format!("`{}`", name(pack, back)));
    let mut diagnostic = Diagnostic::new(MeaningProblem::Cycle { path: path.join(" > ") }, span);
    for (_, _, place) in on_it.iter().skip(1) {
        diagnostic = diagnostic.note(*place, Note::Step);
    }
    diagnostic
}

fn name(pack: &Pack, entity: Entity) -> String {
    crate::graph::entity_id(pack, entity)
}

fn all(pack: &Pack) -> Vec<Entity> {
    let mut entities: Vec<Entity> = (0..pack.defines.len()).map(Entity::Define).collect();
    entities.extend((0..pack.criteria.len()).map(Entity::Criterion));
    entities.extend((0..pack.gates.len()).map(Entity::Gate));
    for (index, classification) in pack.classifications.iter().enumerate() {
        entities.extend((0..classification.classes.len()).map(|class| Entity::Class(index, class)));
        entities.push(Entity::Classification(index));
    }
    entities.extend((0..pack.ladders.len()).map(Entity::Ladder));
    entities.extend((0..pack.measures.len()).map(Entity::Measure));
    entities
}

/// The entities that one needs, with the place that needs each.
fn entity_needs(pack: &Pack, names: &Names, entity: Entity) -> Vec<(Entity, Span)> {
    let mut found = Needs { pack, names, found: Vec::new() };
    let of_definition = |found: &mut Needs<'_>, definition: &Definition| match definition {
        Definition::Is(expr) => found.expr_id(*expr),
        Definition::Table(by, rows) => {
            found.expr_id(*by);
            rows.iter().for_each(|row| found.expr_id(row.value));
        }
    };
    match entity {
        Entity::Define(index) => {
            if let Some(define) = pack.defines.get(index) {
                of_definition(&mut found, &define.value);
            }
        }
        Entity::Criterion(index) => found.condition(pack.criteria.get(index).map(|entry| &entry.when)),
        Entity::Gate(index) => found.condition(pack.gates.get(index).map(|entry| &entry.when)),
        Entity::Class(index, class) => {
            let class = pack.classifications.get(index).and_then(|entry| entry.classes.get(class));
            found.condition(class.map(|class| &class.when));
        }
        Entity::Classification(index) => {
            if let Some(entry) = pack.classifications.get(index) {
                let classes = entry.classes.iter().enumerate();
                found
                    .found
                    .extend(classes.map(|(class, member)| (Entity::Class(index, class), member.id.span)));
            }
        }
        Entity::Ladder(index) => {
            if let Some(ladder) = pack.ladders.get(index) {
                found.gate(ladder.gate.as_ref());
                found.condition(ladder.applies_to.as_ref().map(|applies| &applies.when));
                ladder.levels.iter().for_each(|level| found.condition(Some(&level.when)));
            }
        }
        Entity::Measure(index) => {
            if let Some(measure) = pack.measures.get(index) {
                found.gate(measure.gate.as_ref());
                found.condition(measure.applies_to.as_ref().map(|applies| &applies.when));
                found.condition(measure.who.as_ref());
                if let Amount::Fixed(fixed, _) = &measure.amount {
                    of_definition(&mut found, fixed);
                }
            }
        }
        _ => {}
    }
    found.found
}

struct Needs<'a> {
    pack: &'a Pack,
    names: &'a Names,
    found: Vec<(Entity, Span)>,
}

impl Needs<'_> {
    fn condition(&mut self, condition: Option<&Condition>) {
        match condition {
            None => {}
            Some(Condition::Is(expr)) => self.expr_id(*expr),
            Some(
                Condition::All(items)
                | Condition::Any(items)
                | Condition::None(items)
                | Condition::AtLeast(_, items),
            ) => items.iter().for_each(|item| self.condition(Some(item))),
        }
    }

    fn gate(&mut self, gate: Option<&crate::pack::Id>) {
        if let Some(gate) = gate
            && let Some(entity) = self.names.gate(&gate.text)
        {
            self.found.push((entity, gate.span));
        }
    }

    fn expr_id(&mut self, id: ExprId) {
        if let Some(written) = self.pack.expressions.get(id.0) {
            let mut visit = |name: &Name| {
                if let Some(entity) = self.names.find(&name.text, &written.scope).and_then(built) {
                    self.found.push((entity, name.span));
                }
            };
            names_in(self.pack, &written.expr, &mut visit);
        }
    }
}

/// The entity that is built for what a name means; none for facts, lists, parameters, dates.
fn built(entity: Entity) -> Option<Entity> {
    match entity {
        Entity::Level(ladder, _) => Some(Entity::Ladder(ladder)),
        Entity::MeasureAmount(measure) | Entity::MeasureEligible(measure) => Some(Entity::Measure(measure)),
        Entity::Fact(_)
        | Entity::List(_)
        | Entity::Parameter(_)
        | Entity::DecisionDate
        | Entity::AssessmentYear => None,
        other => Some(other),
    }
}

/// Every name in an expression that is not a field of the list whose rows are at hand.
pub(super) fn names_in(pack: &Pack, expr: &Expr, visit: &mut impl FnMut(&Name)) {
    let mut stack: Vec<(&Expr, &[Field])> = vec![(expr, &[])];
    while let Some((expr, fields)) = stack.pop() {
        let mut inner = fields;
        match &expr.kind {
            Kind::Rows { list: name, .. }
            | Kind::Aggregate { list: name, .. }
            | Kind::Count { list: name, .. } => {
                visit(name);
                inner = fields_of(pack, &name.text);
            }
            Kind::Many { fact: name, .. }
            | Kind::Window { series: name, .. }
            | Kind::Reference(Reference { name, .. })
            | Kind::OrElse { fact: Reference { name, .. }, .. }
                if !fields.iter().any(|field| field.name == name.text) =>
            {
                visit(name);
            }
            _ => {}
        }
        stack.extend(parts(expr).into_iter().map(|part| (part, inner)));
    }
}

fn fields_of<'p>(pack: &'p Pack, list: &str) -> &'p [Field] {
    match pack.facts.iter().find(|fact| fact.id.text == list).map(|fact| &fact.value_type) {
        Some(Type::List(fields)) => fields,
        _ => &[],
    }
}

/// The expressions that one is made of.
pub(super) fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        Kind::Or(items) | Kind::And(items) | Kind::Pick { items, .. } => items.iter().collect(),
        Kind::Not(a) | Kind::Known(a) | Kind::Negate(a) => vec![a],
        Kind::Compare(_, a, b) | Kind::Arithmetic(_, a, b) => vec![a, b],
        Kind::In { value, set, .. } => [&**value].into_iter().chain(members(set)).collect(),
        Kind::Many { set, .. } => members(set),
        Kind::Rows { filter, .. } => vec![filter],
        Kind::Aggregate { of, filter, .. } => [&**of].into_iter().chain(filter.as_deref()).collect(),
        Kind::Count { filter, .. } => filter.as_deref().into_iter().collect(),
        Kind::Window { from, until: Until::Period(to), .. } | Kind::Between { from, to, .. } => {
            vec![from, to]
        }
        Kind::Window { from, .. } => vec![from],
        Kind::If { condition, then, otherwise } => vec![condition, then, otherwise],
        Kind::Share { percent, of } => vec![percent, of],
        Kind::Reference(reference) => reference.period.as_deref().into_iter().collect(),
        Kind::OrElse { fact, default } => fact.period.as_deref().into_iter().chain([&**default]).collect(),
        Kind::Part { of, .. } => vec![of],
        Kind::Convert { value, .. } => vec![value],
        Kind::Literal(_) | Kind::Text(_) => Vec::new(),
    }
}

fn members(set: &Set) -> Vec<&Expr> {
    match set {
        Set::Range(low, high) => low.iter().chain(high).map(|end| &**end).collect(),
        Set::Items(items) => items.iter().collect(),
    }
}
