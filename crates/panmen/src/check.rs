//! A pack as written to a checked pack: names found, types sound, no circles, everything cited.
//!
//! In: a [`Pack`] from `read`. Out: the pack with its [`Graph`], and every problem. After it, nothing
//! that a rule author wrote can be wrong; what depends on a date or a firm is left to `plan` and `eval`.

mod amounts;
mod bands;
mod figures;
mod ground;
mod names;
mod order;
mod stacks;
mod terms;

use crate::diagnostic::{Diagnostic, any_error};
use crate::graph::{Entity, Graph, Node, NodeId, Op, Stack, Step, Ty};
use crate::pack::{AppliesTo, Condition, Definition, Expects, Id, Member, Pack};
use crate::source::Span;
use crate::value::Currency;
use names::Names;
use std::collections::BTreeMap;
use std::sync::Arc;
use terms::Terms;

pub use ground::{class_ground, level_ground};
pub use order::{mentions, names_of};

/// A pack in which nothing is wrong, with its graph.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The pack.
    pub pack: Pack,
    /// Its conditions and values.
    pub graph: Graph,
}

/// Checks a pack; of one with a flaw that `read` told, it tells what else is wrong.
#[must_use]
pub fn check(pack: Pack) -> (Option<Checked>, Vec<Diagnostic>) {
    let names = Names::of(&pack);
    let mut diagnostics = names.undeclared(&pack);
    ground::check(&pack, &mut diagnostics);
    let (order, circles) = order::order(&pack, &names);
    diagnostics.extend(circles);
    let mut builder = Builder {
        terms: Terms::new(&pack, &names),
        built: BTreeMap::new(),
        amounts: BTreeMap::new(),
        currency: None,
        pack: &pack,
        names: &names,
    };
    for entity in order {
        let node = builder.entity(entity);
        builder.built.insert(entity, node);
    }
    builder.years();
    builder.unevaluated();
    let stacking = builder.stacks();
    let papers = builder.papers();
    let graph = builder.graph(stacking, papers);
    diagnostics.extend(builder.terms.diagnostics);
    let sound = !any_error(&diagnostics) && pack.lost.is_none();
    (graph.filter(|_| sound).map(|graph| Checked { pack, graph }), diagnostics)
}

/// Builds the graph, entity by entity, each after those it needs.
struct Builder<'a> {
    terms: Terms<'a>,
    built: BTreeMap<Entity, Option<NodeId>>,
    /// The steps of each measure's amount.
    amounts: BTreeMap<usize, Vec<Step>>,
    /// The currency of the measure that is built.
    currency: Option<Currency>,
    pack: &'a Pack,
    names: &'a Names,
}

impl Builder<'_> {
    /// The nodes of an entity; none if something in it is wrong.
    fn entity(&mut self, entity: Entity) -> Option<NodeId> {
        let pack = self.pack;
        match entity {
            Entity::Define(index) => {
                let define = pack.defines.get(index)?;
                let node = self.definition(&define.value, None)?;
                self.terms.name(entity, node);
                Some(node)
            }
            Entity::Criterion(index) => {
                let criterion = pack.criteria.get(index)?;
                self.named(entity, &criterion.when, &criterion.id)
            }
            Entity::Gate(index) => {
                let gate = pack.gates.get(index)?;
                self.named(entity, &gate.when, &gate.id)
            }
            Entity::Class(index, class) => {
                let class = pack.classifications.get(index)?.classes.get(class)?;
                self.named(entity, &class.when, &class.id)
            }
            Entity::Classification(index) => self.classification(index),
            Entity::Ladder(index) => self.ladder(index),
            Entity::Measure(index) => self.measure(index),
            _ => None,
        }
    }

    fn named(&mut self, entity: Entity, when: &Condition, id: &Id) -> Option<NodeId> {
        let inner = self.condition(when, id.span)?;
        let node = self.terms.emit(Op::Named(entity, inner), Ty::Truth, id.span);
        self.terms.name(entity, node);
        Some(node)
    }

    /// A condition, literal bounds in which are worth a warning.
    fn condition(&mut self, condition: &Condition, span: Span) -> Option<NodeId> {
        let mut members = |items: &[Condition]| -> Option<Vec<NodeId>> {
            // Every member is checked, so that all that is wrong is told at once.
            let nodes: Vec<Option<NodeId>> = items.iter().map(|item| self.condition(item, span)).collect();
            nodes.into_iter().collect()
        };
        let op = match condition {
            Condition::Is(expr) => return self.terms.condition(*expr),
            Condition::All(items) => Op::All(members(items)?),
            Condition::Any(items) => Op::Any(members(items)?),
            Condition::None(items) => Op::NoneOf(members(items)?),
            Condition::AtLeast(n, items) => Op::AtLeast(*n, members(items)?),
        };
        Some(self.terms.emit(op, Ty::Truth, span))
    }

    fn classification(&mut self, index: usize) -> Option<NodeId> {
        let classification = self.pack.classifications.get(index)?;
        let classes: Option<Vec<NodeId>> = (0..classification.classes.len())
            .map(|class| self.built.get(&Entity::Class(index, class)).copied().flatten())
            .collect();
        let node = self.terms.emit(Op::Any(classes?), Ty::Truth, classification.id.span);
        self.terms.name(Entity::Classification(index), node);
        Some(node)
    }

    fn ladder(&mut self, index: usize) -> Option<NodeId> {
        let ladder = self.pack.ladders.get(index)?;
        let gate = self.gate(ladder.gate.as_ref());
        let applies_to = self.applies_to(ladder.applies_to.as_ref(), ladder.id.span);
        let levels: Vec<Option<NodeId>> = ladder
            .levels
            .iter()
            .enumerate()
            .map(|(level, member): (usize, &Member)| {
                self.named(Entity::Level(index, level), &member.when, &member.id)
            })
            .collect();
        let levels: Option<Vec<NodeId>> = levels.into_iter().collect();
        let op = Op::Ladder { ladder: index, gate: gate?, applies_to: applies_to?, levels: levels? };
        let node = self.terms.emit(op, Ty::Ladder(index), ladder.id.span);
        self.terms.name(Entity::Ladder(index), node);
        Some(node)
    }

    /// The outer none: something is wrong; the inner: there is no gate.
    #[expect(clippy::option_option, reason = "the outer is failure, the inner is absence")]
    fn gate(&mut self, gate: Option<&Id>) -> Option<Option<NodeId>> {
        let Some(gate) = gate else { return Some(None) };
        let entity = self.names.gate(&gate.text)?;
        self.built.get(&entity).copied().flatten().map(Some)
    }

    #[expect(clippy::option_option, reason = "the outer is failure, the inner is absence")]
    fn applies_to(&mut self, applies_to: Option<&AppliesTo>, span: Span) -> Option<Option<NodeId>> {
        match applies_to {
            None => Some(None),
            Some(applies_to) => self.condition(&applies_to.when, span).map(Some),
        }
    }

    /// An expression or a table, of a kind if one is expected.
    fn definition(&mut self, definition: &Definition, expects: Option<Expects>) -> Option<NodeId> {
        match definition {
            Definition::Is(expr) => self.terms.value(*expr, expects),
            Definition::Table(by, rows) => self.terms.table(*by, rows, expects),
        }
    }

    /// The years that headers set, checked even where nothing reads them.
    fn years(&mut self) {
        let scopes: Vec<Arc<str>> = self.pack.scopes.keys().cloned().collect();
        for scope in scopes {
            self.terms.year_of(scope);
        }
    }

    /// The papers' conditions.
    fn papers(&mut self) -> Vec<Option<NodeId>> {
        let papers = &self.pack.evidence;
        papers.iter().map(|paper| paper.only_if.and_then(|only| self.terms.condition(only))).collect()
    }

    /// What is checked and not yet evaluated.
    fn unevaluated(&mut self) {
        for item in &self.pack.unevaluated {
            self.terms.unevaluated(item);
        }
    }

    fn graph(&mut self, stacking: Vec<Stack>, papers: Vec<Option<NodeId>>) -> Option<Graph> {
        let at = |entity: Entity| self.built.get(&entity).copied().flatten();
        let all = |count: usize, entity: fn(usize) -> Entity| -> Option<Vec<NodeId>> {
            (0..count).map(|index| at(entity(index))).collect()
        };
        let classes = self.pack.classifications.iter().enumerate().map(|(index, classification)| {
            (0..classification.classes.len()).map(|class| at(Entity::Class(index, class))).collect()
        });
        Some(Graph {
            criteria: all(self.pack.criteria.len(), Entity::Criterion)?,
            gates: all(self.pack.gates.len(), Entity::Gate)?,
            classes: classes.collect::<Option<Vec<Vec<NodeId>>>>()?,
            ladders: all(self.pack.ladders.len(), Entity::Ladder)?,
            measures: all(self.pack.measures.len(), Entity::Measure)?,
            amounts: (0..self.pack.measures.len())
                .map(|index| self.amounts.remove(&index).unwrap_or_default())
                .collect(),
            stacking,
            papers,
            defines: all(self.pack.defines.len(), Entity::Define)?,
            texts: std::mem::take(&mut self.terms.texts),
            nodes: std::mem::take(&mut self.terms.nodes),
        })
    }
}

/// A node for `Builder` to keep; here so that `terms` and `check` agree on its shape.
fn node(op: Op, ty: Ty, span: Span) -> Node {
    Node { op, ty, span }
}
