//! A plan and a firm's facts to the answer of every node.
//!
//! Total: whatever the facts, every node gets an answer. A budget counts steps, never time. What is
//! declared, verified or published decides which facts and rules count, by [`Run`].

mod facts;
mod logic;
mod numbers;
mod rows;
mod tiers;

pub use tiers::{
    ELIGIBLE, NAMED_ONLY, NONE_BIT, NOT_APPLICABLE, NOT_APPLICABLE_BIT, NOT_ELIGIBLE, NOT_IN_FORCE,
    OUTSIDE_WINDOW, amount_interval,
};

use crate::answer::{self, Answer, Awaits, FactPath, FailureKind, May};
use crate::graph::{Body, Constant, Node, NodeId, Op};
use crate::number::{Interval, Number};
use crate::plan::Plan;
use crate::profile::Profile;
use crate::value::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

/// Steps that one evaluation may take; a step is one node, one row's node, or one period.
const STEPS: u64 = 1_000_000;

/// Which facts and rules count.
#[derive(Debug, Clone, Copy)]
pub enum Run<'a> {
    /// Every fact that is not rejected.
    All,
    /// Verified facts, and these besides, as if they were verified.
    Verified(&'a BTreeSet<FactPath>),
    /// Every fact that is not rejected; what is assumed counts as unknown.
    Published,
}

/// The answer of every node of the graph.
#[derive(Debug, Clone)]
pub struct Trace {
    /// By node.
    pub answers: Vec<Answer>,
    /// The facts for which a default stood in.
    pub defaults: BTreeSet<FactPath>,
}

impl Trace {
    /// The answer of a node.
    #[must_use]
    pub fn get(&self, node: NodeId) -> &Answer {
        static NOTHING: Answer =
            Answer { may: May::Truth { yes: true, no: true }, failure: None, awaits: Awaits::new() };
        self.answers.get(node.0).unwrap_or(&NOTHING)
    }
}

/// Evaluates every node.
#[must_use]
pub fn eval(plan: &Plan<'_>, profile: &Profile, run: Run<'_>) -> Trace {
    eval_some(plan, profile, run, None)
}

/// Evaluates the nodes that are marked, which must hold all that any of them needs; the others are
/// left without an answer.
#[must_use]
pub fn eval_some(plan: &Plan<'_>, profile: &Profile, run: Run<'_>, marked: Option<&[bool]>) -> Trace {
    let evaluator = Evaluator { plan, profile, run, steps: Cell::new(0), defaults: RefCell::default() };
    let answers = evaluator.walk(&plan.checked.graph.nodes, marked, Frame::default());
    Trace { answers, defaults: evaluator.defaults.into_inner() }
}

/// The answers of the nodes of one given row, for explanations.
#[must_use]
pub fn eval_row(plan: &Plan<'_>, profile: &Profile, trace: &Trace, body: &Body, row: usize) -> Trace {
    let evaluator =
        Evaluator { plan, profile, run: Run::All, steps: Cell::new(0), defaults: RefCell::default() };
    let frame = Frame { main: Some(&trace.answers), around: None, row: Some(RowAt::Given(row)) };
    let answers = evaluator.walk(&body.nodes, None, frame);
    Trace { answers, defaults: evaluator.defaults.into_inner() }
}

struct Evaluator<'a> {
    plan: &'a Plan<'a>,
    profile: &'a Profile,
    run: Run<'a>,
    steps: Cell<u64>,
    defaults: RefCell<BTreeSet<FactPath>>,
}

/// The row that fields are read from: one of a list's, or any that may still exist.
#[derive(Clone, Copy)]
enum RowAt {
    Given(usize),
    Possible,
}

/// What a node sees: the answers before it, those of the pack's nodes, those of the row around the
/// rows at hand, and the row at hand.
#[derive(Clone, Copy)]
struct Sight<'a> {
    local: &'a [Answer],
    main: Option<&'a [Answer]>,
    around: Option<&'a [Answer]>,
    row: Option<RowAt>,
}

/// What the nodes of a walk see beside each other: nothing, or what stands around a row.
#[derive(Clone, Copy, Default)]
struct Frame<'a> {
    main: Option<&'a [Answer]>,
    around: Option<&'a [Answer]>,
    row: Option<RowAt>,
}

impl<'a> Sight<'a> {
    fn get(self, node: NodeId) -> &'a Answer {
        static NOTHING: Answer =
            Answer { may: May::Truth { yes: true, no: true }, failure: None, awaits: Awaits::new() };
        // INVARIANT: `check` puts every node after those it needs.
        self.local.get(node.0).unwrap_or(&NOTHING)
    }

    fn all(self, nodes: &[NodeId]) -> Vec<&'a Answer> {
        nodes.iter().map(|node| self.get(*node)).collect()
    }
}

impl Evaluator<'_> {
    fn walk(&self, nodes: &[Node], marked: Option<&[bool]>, frame: Frame<'_>) -> Vec<Answer> {
        let mut answers: Vec<Answer> = Vec::with_capacity(nodes.len());
        for (index, node) in nodes.iter().enumerate() {
            if marked.is_some_and(|marked| marked.get(index) != Some(&true)) {
                answers.push(Answer::truth(false));
                continue;
            }
            let answer = if self.step() {
                let Frame { main, around, row } = frame;
                self.node(node, Sight { local: &answers, main, around, row })
            } else {
                Answer::failed(FailureKind::Steps, node.span)
            };
            answers.push(answer);
        }
        answers
    }

    /// Takes a step; false once the budget is used up.
    fn step(&self) -> bool {
        let steps = self.steps.get().saturating_add(1);
        self.steps.set(steps);
        steps <= STEPS
    }

    fn node(&self, node: &Node, sight: Sight<'_>) -> Answer {
        let span = node.span;
        match &node.op {
            Op::Constant(constant) => match constant {
                Constant::Truth(yes) => Answer::truth(*yes),
                Constant::Number(number) => Answer::number(*number),
                Constant::Date(date) => Answer::date(*date),
                Constant::Word(word) => Answer::word(word.clone()),
            },
            Op::Fact(fact) => self.fact(fact, &node.ty, span, sight),
            Op::Outer(outer) => match sight.main.and_then(|main| main.get(outer.0)) {
                Some(answer) => answer.clone(),
                None => sight.get(*outer).clone(),
            },
            Op::Parameter(index) => self.parameter(*index, node),
            Op::DecisionDate => Answer::date(self.plan.as_of),
            Op::AssessmentYear(year) => match year {
                Some(year) => sight.get(*year).clone(),
                None => Answer::number(Number::from(self.plan.last_year)),
            },
            Op::Not(a) => answer::not(sight.get(*a)),
            Op::All(items) => answer::all(&sight.all(items)),
            Op::Any(items) => answer::any(&sight.all(items)),
            Op::NoneOf(items) => answer::not(&answer::any(&sight.all(items))),
            Op::AtLeast(count, items) => answer::at_least(*count, &sight.all(items)),
            Op::Compare(comparison, a, b) => logic::compare(*comparison, sight.get(*a), sight.get(*b)),
            Op::In { value, set, negated } => {
                let held = self.in_set(sight.get(*value), set, sight);
                if *negated { answer::not(&held) } else { held }
            }
            Op::Many { quantifier, fact, set } => self.many(*quantifier, *fact, set, sight),
            Op::Holds { fact, item } => self.holds(*fact, sight.get(*item)),
            Op::Known(fact) => self.known(fact, span, sight),
            Op::OrElse { fact, default } => self.or_else(fact, sight.get(*default), &node.ty, span, sight),
            Op::Aggregate { function, body } => self.aggregate(*function, body, span, sight),
            Op::Count(body) => self.count(body, sight),
            Op::CountMany(fact) => self.count_many(*fact),
            Op::Rows { quantifier, body } => self.some_or_every(*quantifier, body, sight),
            Op::Window { function, fact, from, until } => {
                self.window(*function, *fact, *from, *until, span, sight)
            }
            Op::Pick { greatest, items } => numbers::pick(*greatest, &sight.all(items)),
            Op::If { condition, then, otherwise } => {
                logic::choose(sight.get(*condition), sight.get(*then), sight.get(*otherwise))
            }
            Op::Arithmetic(operator, a, b) => {
                numbers::arithmetic(*operator, sight.get(*a), sight.get(*b), span)
            }
            Op::Negate(a) => numbers::negate(sight.get(*a)),
            Op::Shift { date, count, unit, back } => {
                let count = if *back { count.saturating_neg() } else { *count };
                numbers::shift(sight.get(*date), count, *unit, span)
            }
            Op::Between { unit, from, to } => numbers::between(*unit, sight.get(*from), sight.get(*to)),
            Op::Part { year, of } => numbers::part(*year, sight.get(*of)),
            Op::Table { by, rows } => logic::table(sight.get(*by), rows, sight, span),
            Op::Named(entity, inner) => self.named(*entity, sight.get(*inner)),
            Op::Ladder { gate, applies_to, levels, .. } => tiers::ladder(*gate, *applies_to, levels, sight),
            Op::LadderIn { ladder, outcomes } => self.ladder_in(*ladder, *outcomes, sight),
            Op::Measure { measure, gate, applies_to, who, amount } => {
                self.measure(*measure, *gate, *applies_to, *who, *amount, span, sight)
            }
            Op::MeasureEligible(measure) => tiers::eligible(sight.get(*measure)),
            Op::MeasureAmount(measure) => self.measure_amount(*measure, sight),
            Op::Highest(steps) => numbers::highest(steps, sight),
            Op::Round { of, to, how } => numbers::round(sight.get(*of), *to, *how, span),
            Op::FirstRows { body, at_most } => self.first_rows(body, *at_most, span, sight),
            Op::CountAwards(body) => self.count_awards(body, sight),
            Op::Around(node) => match sight.around.and_then(|around| around.get(node.0)) {
                Some(answer) => answer.clone(),
                // INVARIANT: `check` makes such a node only for rows within rows.
                None => sight.get(*node).clone(),
            },
        }
    }

    /// The value of a parameter in force on the decision date.
    fn parameter(&self, index: usize, node: &Node) -> Answer {
        let parameter = self.plan.pack().parameters.get(index);
        let value = self.plan.parameters.get(index).copied().flatten();
        let Some(value) = parameter.zip(value).and_then(|(parameter, value)| parameter.values.get(value))
        else {
            return Answer::failed(FailureKind::NotInForce, node.span);
        };
        if self.is_unpublished(crate::graph::Entity::Parameter(index)) {
            return facts::anything(&node.ty);
        }
        answer_of(&value.value)
    }

    /// True in the run that takes what is assumed as unknown.
    fn is_unpublished(&self, entity: crate::graph::Entity) -> bool {
        matches!(self.run, Run::Published) && self.plan.assumed.contains(&entity)
    }

    fn named(&self, entity: crate::graph::Entity, inner: &Answer) -> Answer {
        if self.is_unpublished(entity) {
            return Answer::settle(May::Truth { yes: true, no: true }, None, inner.awaits.clone());
        }
        inner.clone()
    }
}

/// A value as an answer.
fn answer_of(value: &Value) -> Answer {
    match value {
        Value::YesNo(yes) => Answer::truth(*yes),
        Value::Number(number) => Answer::number(*number),
        Value::Date(date) => Answer::date(*date),
        Value::Word(word) => Answer::word(word.clone()),
    }
}

/// An unknown number with what it waits for.
fn unknown_number(interval: Interval, awaits: Awaits) -> Answer {
    Answer::settle(May::Number(interval), None, awaits)
}
