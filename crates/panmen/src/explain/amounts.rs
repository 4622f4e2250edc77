//! The steps of an amount with their figures, in the order of the law, so that the sum can be checked with
//! a pencil.

use super::{Support, support};
use crate::answer::{Answer, FactPath, May, Part};
use crate::eval::{Trace, eval_row};
use crate::graph::{Body, Entity, FactRef, NodeId, Op, Step, StepKind};
use crate::number::Interval;
use crate::pack::Ground;
use crate::plan::Plan;
use crate::profile::{Given, Profile};
use crate::value::Type;
use std::collections::BTreeSet;

/// A step with its figures.
#[derive(Debug, Clone)]
pub struct StepResult {
    /// Which step.
    pub kind: StepKind,
    /// What was written.
    pub text: String,
    /// The figure that it brings in.
    pub operand: Figure,
    /// For an uplift, whether it holds.
    pub when: Option<Answer>,
    /// The amount, the costs or the rate after it.
    pub result: Figure,
    /// Citation, where it is not the measure's.
    pub ground: Ground,
    /// The parameters that it reads, by their places.
    pub parameters: Vec<usize>,
    /// The facts that its figures come from.
    pub facts: Vec<FactPath>,
    /// The row of a repeated measure, by its place.
    pub row: Option<usize>,
}

/// A number that may be open, with the type that it is written in.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// How it is written.
    pub value_type: Type,
    /// What it may be; none where it has no value.
    pub interval: Option<Interval>,
}

/// The steps of a measure's amount; none where it has no amount to compute.
#[must_use]
pub fn steps(plan: &Plan<'_>, profile: &Profile, trace: &Trace, measure: usize) -> Vec<StepResult> {
    let graph = &plan.checked.graph;
    let steps = graph.amounts.get(measure).map(Vec::as_slice).unwrap_or_default();
    let op = |node: NodeId| graph.nodes.get(node.0).map(|node| &node.op);
    let Some(Op::Measure { amount: Some(amount), .. }) = graph.measures.get(measure).and_then(|m| op(*m))
    else {
        return Vec::new();
    };
    let Some(Op::FirstRows { body, at_most }) = op(*amount) else {
        let at = Place { plan, main: trace, trace, nodes: &graph.nodes, row: None };
        return at.steps(steps);
    };
    let most = at_most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
    let mut found = Vec::new();
    let mut surely = 0_usize;
    for (row, rows) in qualifying(plan, profile, trace, body) {
        if surely >= most {
            break;
        }
        // A row that may not qualify leaves its place to the one after it.
        let sure = body.filter.is_none_or(|filter| rows.get(filter).is_yes());
        surely = surely.saturating_add(usize::from(sure));
        let at = Place { plan, main: trace, trace: &rows, nodes: &body.nodes, row: Some((row, body.list)) };
        found.extend(at.steps(steps));
    }
    let at = Place { plan, main: trace, trace, nodes: &graph.nodes, row: None };
    let figure = at.figure(*amount);
    found.push(StepResult {
        kind: StepKind::Rows,
        text: String::new(),
        operand: figure.clone(),
        when: None,
        result: figure,
        ground: Ground::default(),
        parameters: Vec::new(),
        facts: vec![FactPath { fact: body.list, part: Part::Whole }],
        row: None,
    });
    found
}

/// The rows of a list that qualify, or may, with the answers of their nodes.
fn qualifying(plan: &Plan<'_>, profile: &Profile, trace: &Trace, body: &Body) -> Vec<(usize, Trace)> {
    let Some(Given::Rows { rows, .. }) = profile.facts.get(body.list).and_then(Option::as_ref) else {
        return Vec::new();
    };
    let counts = |row: &crate::profile::Row| row.provenance.status != crate::profile::Status::Rejected;
    rows.iter()
        .enumerate()
        .filter(|(_, row)| counts(row))
        .map(|(index, _)| (index, eval_row(plan, profile, trace, body, index)))
        .filter(|(_, rows)| body.filter.is_none_or(|filter| rows.get(filter).may_be_yes()))
        .collect()
}

/// Where steps are looked at: the pack's nodes, or those of a row.
struct Place<'a> {
    plan: &'a Plan<'a>,
    /// What is known outside of rows.
    main: &'a Trace,
    trace: &'a Trace,
    nodes: &'a [crate::graph::Node],
    /// The row, and the list that it is of.
    row: Option<(usize, usize)>,
}

impl Place<'_> {
    fn figure(&self, node: NodeId) -> Figure {
        let value_type = self.nodes.get(node.0).map_or(Type::Decimal(None), |node| node.ty.written());
        let interval = match self.trace.get(node).may {
            May::Number(interval) => Some(interval),
            _ => None,
        };
        Figure { value_type, interval }
    }

    fn steps(&self, steps: &[Step]) -> Vec<StepResult> {
        let mut found: Vec<StepResult> = Vec::new();
        for step in steps {
            let (operand, result) = (self.figure(step.operand), self.figure(step.result));
            // Rounding to the minor unit is worth a line only where it changes something.
            if step.kind == StepKind::MinorUnit && operand == result {
                continue;
            }
            found.push(StepResult {
                kind: step.kind,
                text: step.text.clone(),
                operand,
                when: step.when.map(|when| self.trace.get(when).clone()),
                result,
                ground: step.ground.clone(),
                parameters: self.parameters(step.operand),
                facts: self.facts(step.operand),
                row: self.row.map(|(row, _)| row),
            });
        }
        found
    }

    fn facts(&self, node: NodeId) -> Vec<FactPath> {
        let found = self.support(node).facts;
        match self.row {
            None => found.into_iter().collect(),
            // The row first, then what stands outside of it.
            Some((row, list)) => {
                let here = FactPath { fact: list, part: Part::Row(row) };
                [here].into_iter().chain(found.into_iter().filter(|path| path.fact != list)).collect()
            }
        }
    }

    fn parameters(&self, node: NodeId) -> Vec<usize> {
        let found = self.support(node).entities.into_iter();
        found
            .filter_map(|entity| if let Entity::Parameter(index) = entity { Some(index) } else { None })
            .collect()
    }

    /// What a figure rests on; for one of a row, also what it sees outside of the row.
    fn support(&self, node: NodeId) -> Support {
        if self.row.is_none() {
            return support(self.plan, self.trace, node, true);
        }
        let mut found = Support::default();
        let mut seen = BTreeSet::new();
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            let Some(op) = self.nodes.get(node.0).map(|node| &node.op).filter(|_| seen.insert(node)) else {
                continue;
            };
            match op {
                Op::Parameter(index) => {
                    found.entities.insert(Entity::Parameter(*index));
                }
                Op::Fact(FactRef::Fact(fact) | FactRef::Series(fact, _)) => {
                    found.facts.insert(FactPath { fact: *fact, part: Part::Whole });
                }
                Op::Outer(outer) => {
                    let outside = support(self.plan, self.main, *outer, true);
                    found.entities.extend(outside.entities);
                    found.facts.extend(outside.facts);
                }
                _ => {}
            }
            stack.extend(op.needs());
        }
        found
    }
}
