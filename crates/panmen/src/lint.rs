//! What is sound in a checked pack and still hardly meant: conditions that no firm can change, tables and
//! parameters with gaps, measures that give nothing.
//!
//! In: a checked pack. Out: warnings. Decides nothing about firms; whatever depends on one is left to
//! `eval`, run here with no fact known.

use crate::answer::{Answer, May};
use crate::check::Checked;
use crate::diagnostic::{Diagnostic, PackProblem};
use crate::eval::{NONE_BIT, Run, Trace, eval};
use crate::explain::support;
use crate::graph::{Entity, Key, NodeId, Op, Ty, entity_id, outcome_bit};
use crate::pack::{Amount, Apply};
use crate::plan::{Plan, plan};
use crate::profile::Profile;
use crate::source::Span;
use crate::value::Date;
use std::collections::BTreeSet;

/// Looks at one edition.
#[must_use]
pub fn lint(checked: &Checked) -> Vec<Diagnostic> {
    let first = checked.pack.header.in_force.from.unwrap_or(Date::EARLIEST);
    let plan = plan(checked, first);
    let nobody = Profile { facts: vec![None; checked.pack.facts.len()], ..Profile::default() };
    let trace = eval(&plan, &nobody, Run::All);
    let linter = Linter { plan: &plan, trace: &trace };
    let mut found = linter.settled();
    found.extend(linter.tables());
    found.extend(linter.parameters(first));
    found.extend(linter.empty_measures());
    found
}

struct Linter<'a> {
    plan: &'a Plan<'a>,
    trace: &'a Trace,
}

impl Linter<'_> {
    /// Conditions that look at facts and come out the same whatever these are.
    fn settled(&self) -> Vec<Diagnostic> {
        let (pack, graph) = (self.plan.pack(), &self.plan.checked.graph);
        let mut named: Vec<(Entity, NodeId, Span)> = Vec::new();
        for (index, (node, entry)) in graph.criteria.iter().zip(&pack.criteria).enumerate() {
            named.push((Entity::Criterion(index), *node, entry.id.span));
        }
        for (index, (node, entry)) in graph.gates.iter().zip(&pack.gates).enumerate() {
            named.push((Entity::Gate(index), *node, entry.id.span));
        }
        for (index, (nodes, entry)) in graph.classes.iter().zip(&pack.classifications).enumerate() {
            for (class, (node, member)) in nodes.iter().zip(&entry.classes).enumerate() {
                named.push((Entity::Class(index, class), *node, member.id.span));
            }
        }
        for (index, (node, entry)) in graph.ladders.iter().zip(&pack.ladders).enumerate() {
            let Some(Op::Ladder { levels, .. }) = self.op(*node) else { continue };
            for (level, (node, member)) in levels.iter().zip(&entry.levels).enumerate() {
                named.push((Entity::Level(index, level), *node, member.id.span));
            }
        }
        // Of conditions that name each other only the innermost is told.
        let settled = |node: NodeId| {
            let answer = self.trace.get(node);
            answer.is_decided() && !support(self.plan, self.trace, node, true).facts.is_empty()
        };
        let told: BTreeSet<Entity> =
            named.iter().filter(|(_, node, _)| settled(*node)).map(|(entity, ..)| *entity).collect();
        named
            .into_iter()
            .filter(|(entity, node, _)| {
                let within = support(self.plan, self.trace, *node, true).entities;
                told.contains(entity) && !within.iter().any(|other| other != entity && told.contains(other))
            })
            .map(|(entity, node, span)| {
                let verdict = if self.trace.get(node).is_yes() { "yes" } else { "no" };
                let id = entity_id(pack, entity);
                Diagnostic::new(PackProblem::Settled { id, verdict: verdict.to_owned() }, span)
            })
            .collect()
    }

    fn op(&self, node: NodeId) -> Option<&Op> {
        self.plan.checked.graph.nodes.get(node.0).map(|node| &node.op)
    }

    /// Tables without a row for something that their `by` can be.
    fn tables(&self) -> Vec<Diagnostic> {
        let nodes = &self.plan.checked.graph.nodes;
        let mut found = Vec::new();
        for node in nodes {
            let Op::Table { by, rows } = &node.op else { continue };
            let has = |key: &Key| rows.iter().any(|(known, _)| known == key);
            let missing: Vec<String> = match nodes.get(by.0).map(|by| &by.ty) {
                Some(Ty::Word(Some(set))) if !set.open => {
                    let words = set.codes.keys().filter(|word| !has(&Key::Word((*word).clone())));
                    words.map(ToString::to_string).collect()
                }
                Some(Ty::Truth) => [("yes", true), ("no", false)]
                    .into_iter()
                    .filter(|(_, yes)| !has(&Key::Truth(*yes)))
                    .map(|(word, _)| word.to_owned())
                    .collect(),
                Some(Ty::Ladder(ladder)) => self.levels_without(*ladder, self.trace.get(*by), &has),
                _ => Vec::new(),
            };
            if !missing.is_empty() {
                let missing = missing.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
                found.push(Diagnostic::new(PackProblem::TableGap { missing }, node.span));
            }
        }
        found
    }

    /// Levels for which there is no row. A firm without a level is often shut out elsewhere, so that a row
    /// for `none` may be left out.
    fn levels_without(&self, ladder: usize, by: &Answer, has: &dyn Fn(&Key) -> bool) -> Vec<String> {
        let May::Outcomes(bits) = by.may else { return Vec::new() };
        let levels = self.plan.pack().ladders.get(ladder).map(|entry| entry.levels.as_slice());
        levels
            .unwrap_or_default()
            .iter()
            .enumerate()
            .filter(|(level, _)| bits & !NONE_BIT & outcome_bit(Some(*level)) != 0)
            .filter(|(level, _)| !has(&Key::Level(Some(*level))))
            .map(|(_, level)| level.id.text.clone())
            .collect()
    }

    /// Parameters without a value on the first day of the edition.
    fn parameters(&self, first: Date) -> Vec<Diagnostic> {
        let parameters = self.plan.pack().parameters.iter().zip(&self.plan.parameters);
        parameters
            .filter(|(_, value)| value.is_none())
            .map(|(parameter, _)| {
                let (id, date) = (parameter.id.text.clone(), first.to_string());
                Diagnostic::new(PackProblem::ParameterGap { id, date }, parameter.id.span)
            })
            .collect()
    }

    /// Measures that say neither what they give nor that nobody published it.
    fn empty_measures(&self) -> Vec<Diagnostic> {
        let measures = self.plan.pack().measures.iter();
        measures
            .filter(|measure| {
                let named = measure.apply == Apply::Unpublished;
                !named && measure.benefit.is_none() && matches!(measure.amount, Amount::None)
            })
            .map(|measure| {
                let id = measure.id.text.clone();
                Diagnostic::new(PackProblem::NothingGiven { id }, measure.id.span)
            })
            .collect()
    }
}
