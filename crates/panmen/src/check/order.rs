//! The order in which entities are built, each after those it needs; circles are told with their path.

use super::names::Names;
use crate::diagnostic::{Diagnostic, MeaningProblem, Note};
use crate::expr::ast::{Expr, Kind, Name, Reference, Set, Until};
use crate::graph::Entity;
use crate::pack::{Condition, Definition, ExprId, Means, Pack, Steps};
use crate::source::Span;
use crate::value::{Field, Type};
use std::collections::{BTreeMap, BTreeSet};

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
    match entity {
        Entity::Classification(index) => {
            if let Some(entry) = pack.classifications.get(index) {
                let classes = entry.classes.iter().enumerate();
                found
                    .found
                    .extend(classes.map(|(class, member)| (Entity::Class(index, class), member.id.span)));
            }
        }
        Entity::Ladder(index) => found.gate(pack.ladders.get(index).and_then(|ladder| ladder.gate.as_ref())),
        Entity::Measure(index) => found.gate(pack.measures.get(index).and_then(|entry| entry.gate.as_ref())),
        _ => {}
    }
    // The fields of the list that a measure is repeated over hide what else their names mean.
    let fields = match entity {
        Entity::Measure(index) => pack.measures.get(index).and_then(|measure| measure.each.as_ref()),
        _ => None,
    };
    let fields = fields.map(|each| fields_of(pack, &each.list.text)).unwrap_or_default();
    for id in expressions_of(pack, entity) {
        found.expr_id(id, fields);
    }
    found.found
}

/// Every name that an entity mentions, as it is known outside its pack, whatever it means.
#[must_use]
pub fn mentions(pack: &Pack, entity: Entity) -> BTreeSet<String> {
    expressions_of(pack, entity).into_iter().flat_map(|id| names_of(pack, id)).collect()
}

/// Every name that an expression mentions, in the same way.
#[must_use]
pub fn names_of(pack: &Pack, id: ExprId) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    if let Some(written) = pack.expressions.get(id.0) {
        names_in(pack, &written.expr, &[], &mut |name| {
            found.insert(name.text.clone());
            found.insert(format!("{}{}", written.scope, name.text));
        });
    }
    found
}

/// The expressions of an entity's own conditions and values.
fn expressions_of(pack: &Pack, entity: Entity) -> Vec<ExprId> {
    let mut found = Vec::new();
    let mut conditions: Vec<&Condition> = Vec::new();
    match entity {
        Entity::Define(index) => {
            if let Some(define) = pack.defines.get(index) {
                definition(&define.value, &mut found);
            }
        }
        Entity::Criterion(index) => conditions.extend(pack.criteria.get(index).map(|entry| &entry.when)),
        Entity::Gate(index) => conditions.extend(pack.gates.get(index).map(|entry| &entry.when)),
        Entity::Class(index, class) => {
            let class = pack.classifications.get(index).and_then(|entry| entry.classes.get(class));
            conditions.extend(class.map(|class| &class.when));
        }
        Entity::Ladder(index) => {
            if let Some(ladder) = pack.ladders.get(index) {
                conditions.extend(ladder.applies_to.as_ref().map(|applies| &applies.when));
                conditions.extend(ladder.levels.iter().map(|level| &level.when));
            }
        }
        Entity::Measure(index) => {
            if let Some(measure) = pack.measures.get(index) {
                conditions.extend(measure.applies_to.as_ref().map(|applies| &applies.when));
                conditions.extend(measure.who.as_ref());
                if let Some(steps) = measure.amount.steps() {
                    conditions.extend(steps.uplifts.iter().map(|uplift| &uplift.when));
                    amount(steps, &mut found);
                }
            }
        }
        _ => {}
    }
    while let Some(condition) = conditions.pop() {
        match condition {
            Condition::Is(expr) => found.push(*expr),
            Condition::All(items)
            | Condition::Any(items)
            | Condition::None(items)
            | Condition::AtLeast(_, items) => conditions.extend(items),
        }
    }
    found
}

fn definition(definition: &Definition, found: &mut Vec<ExprId>) {
    match definition {
        Definition::Is(expr) => found.push(*expr),
        Definition::Table(by, rows) => {
            found.push(*by);
            found.extend(rows.iter().map(|row| row.value));
        }
    }
}

/// The expressions of an amount's steps.
fn amount(steps: &Steps, found: &mut Vec<ExprId>) {
    match &steps.means {
        Means::Fixed(fixed) => definition(fixed, found),
        Means::Share(costs, rate) => {
            found.extend(costs);
            definition(rate, found);
        }
        Means::Bands(of, _, bands) => {
            found.push(*of);
            for band in bands {
                found.extend(band.above.iter().chain(&band.up_to).map(|bound| bound.at));
                found.push(band.rate);
            }
        }
        Means::Steps(of, rows) => {
            found.push(*of);
            found.extend(rows.iter().flat_map(|row| [row.from.at, row.amount]));
        }
        Means::PerUnit { rate, of, times } => found.extend([rate, of].into_iter().chain(times)),
        Means::ByRank => {}
    }
    steps.base_cap.iter().chain(&steps.cap).for_each(|limit| definition(limit, found));
    found.extend(
        steps.uplifts.iter().flat_map(|uplift| uplift.add.iter().chain(&uplift.rate).chain(&uplift.cap)),
    );
}

/// The expressions whose names an entity needs before it can be built.
struct Needs<'a> {
    pack: &'a Pack,
    names: &'a Names,
    found: Vec<(Entity, Span)>,
}

impl Needs<'_> {
    fn gate(&mut self, gate: Option<&crate::pack::Id>) {
        if let Some(gate) = gate
            && let Some(entity) = self.names.gate(&gate.text)
        {
            self.found.push((entity, gate.span));
        }
    }

    fn expr_id(&mut self, id: ExprId, fields: &[Field]) {
        if let Some(written) = self.pack.expressions.get(id.0) {
            let mut named = Vec::new();
            names_in(self.pack, &written.expr, fields, &mut |name: &Name| {
                named.extend(self.names.find(&name.text, &written.scope).map(|entity| (entity, name.span)));
            });
            self.found.extend(named.iter().filter_map(|(entity, span)| Some((built(*entity)?, *span))));
            if let Some((_, span)) = named.iter().find(|(entity, _)| self.reads_the_year(*entity)) {
                self.year(&written.scope, *span);
            }
        }
    }

    /// True for what means the year assessed unless it says otherwise.
    fn reads_the_year(&self, entity: Entity) -> bool {
        match entity {
            Entity::AssessmentYear => true,
            Entity::Fact(index) => {
                self.pack.facts.get(index).is_some_and(|fact| fact.per == Some(crate::pack::Per::Year))
            }
            _ => false,
        }
    }

    /// What the year assessed needs, where a header says which one it is.
    fn year(&mut self, scope: &str, span: Span) {
        let written = self.pack.scopes.get(scope).and_then(|header| header.assessment_year);
        let Some(written) = written.and_then(|id| self.pack.expressions.get(id.0)) else { return };
        let mut visit = |name: &Name| {
            if let Some(entity) = self.names.find(&name.text, scope).and_then(built) {
                self.found.push((entity, span));
            }
        };
        names_in(self.pack, &written.expr, &[], &mut visit);
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

/// Every name in an expression that is not a field of the list whose rows are at hand, at first `fields`.
pub(super) fn names_in<'p>(
    pack: &'p Pack,
    expr: &'p Expr,
    fields: &'p [Field],
    visit: &mut impl FnMut(&Name),
) {
    let mut stack: Vec<(&Expr, &[Field])> = vec![(expr, fields)];
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
