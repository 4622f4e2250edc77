//! What a node of the graph does: the one list of operators and functions, and what each needs.

use super::{Entity, Node, NodeId};
use crate::expr::ast::{Comparison, Function, Operator, Quantifier};
use crate::number::{Number, Rounding};
use crate::value::{Date, TimeUnit};
use std::sync::Arc;

/// A value that is written in the pack.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Constant {
    Truth(bool),
    Number(Number),
    Date(Date),
    Word(Arc<str>),
}

/// What may be asked of a profile at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactRef {
    /// A fact with one value, with many, or a list.
    Fact(usize),
    /// One period of a series.
    Series(usize, PeriodOf),
    /// A field of the row at hand.
    Field(usize, usize),
}

/// Which period of a series: a node that gives it, and a number of periods after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodOf {
    /// The node.
    pub edge: NodeId,
    /// How to read what it gives.
    pub kind: EdgeKind,
    /// Periods to go on from there, often negative.
    pub offset: i64,
}

/// How an edge of a window or a period is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// The node gives a year.
    Year,
    /// The node gives a number of months since January of the year 0.
    Month,
    /// The node gives a day.
    Date,
}

/// The last period of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowEnd {
    /// The period of an edge.
    Edge(NodeId, EdgeKind),
    /// So many periods of the series.
    Count(i64),
}

/// What a value may be among.
#[derive(Debug, Clone, PartialEq)]
pub enum Set {
    /// Between two ends, both included.
    Range(Option<NodeId>, Option<NodeId>),
    /// One of these.
    Items(Vec<Item>),
}

/// A member of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// The value of a node.
    Node(NodeId),
    /// Every code of a list.
    List(usize),
}

/// What is computed for every row of a list.
#[derive(Debug, Clone)]
pub struct Body {
    /// The list fact.
    pub list: usize,
    /// The nodes of a row; they refer to each other, and to the pack's nodes by [`Op::Outer`].
    pub nodes: Vec<Node>,
    /// The node that gives the row's value.
    pub of: Option<NodeId>,
    /// The node that says whether the row counts.
    pub filter: Option<NodeId>,
}

/// The key of a row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Key {
    Word(Arc<str>),
    Truth(bool),
    /// A level of a ladder, or none.
    Level(Option<usize>),
}

/// A step that is reached from some figure on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Highest {
    /// Whether it is reached.
    pub holds: NodeId,
    /// The figure.
    pub from: NodeId,
    /// True if it is reached at the figure itself.
    pub included: bool,
    /// What it gives.
    pub gives: NodeId,
}

/// What a node does. This is the one list of operators and functions.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are named after the grammar")]
pub enum Op {
    /// A value written in the pack.
    Constant(Constant),
    /// A fact of the firm.
    Fact(FactRef),
    /// A node of the pack, seen from a row.
    Outer(NodeId),
    /// A parameter at the decision date.
    Parameter(usize),
    /// The date of the decision.
    DecisionDate,
    /// The year assessed, for the scope at hand.
    AssessmentYear(Option<NodeId>),
    Not(NodeId),
    All(Vec<NodeId>),
    Any(Vec<NodeId>),
    NoneOf(Vec<NodeId>),
    AtLeast(usize, Vec<NodeId>),
    Compare(Comparison, NodeId, NodeId),
    In {
        value: NodeId,
        set: Set,
        negated: bool,
    },
    /// `some x in set`, `every x in set`
    Many {
        quantifier: Quantifier,
        fact: usize,
        set: Set,
    },
    /// `9610 in x`
    Holds {
        fact: usize,
        item: NodeId,
    },
    Known(FactRef),
    OrElse {
        fact: FactRef,
        default: NodeId,
    },
    Aggregate {
        function: Function,
        body: Arc<Body>,
    },
    Count(Arc<Body>),
    CountMany(usize),
    Rows {
        quantifier: Quantifier,
        body: Arc<Body>,
    },
    Window {
        function: Function,
        fact: usize,
        from: (NodeId, EdgeKind),
        until: WindowEnd,
    },
    Pick {
        greatest: bool,
        items: Vec<NodeId>,
    },
    If {
        condition: NodeId,
        then: NodeId,
        otherwise: NodeId,
    },
    Arithmetic(Operator, NodeId, NodeId),
    Negate(NodeId),
    /// A day so many units later, earlier if `back`.
    Shift {
        date: NodeId,
        count: i64,
        unit: TimeUnit,
        back: bool,
    },
    Between {
        unit: TimeUnit,
        from: NodeId,
        to: NodeId,
    },
    Part {
        year: bool,
        of: NodeId,
    },
    Table {
        by: NodeId,
        rows: Vec<(Key, NodeId)>,
    },
    /// A criterion, gate, class or level.
    Named(Entity, NodeId),
    Ladder {
        ladder: usize,
        gate: Option<NodeId>,
        applies_to: Option<NodeId>,
        levels: Vec<NodeId>,
    },
    /// True of these levels (bit by bit); the highest bit is `none`.
    LadderIn {
        ladder: NodeId,
        outcomes: u64,
    },
    Measure {
        measure: usize,
        gate: Option<NodeId>,
        applies_to: Option<NodeId>,
        who: Option<NodeId>,
        amount: Option<NodeId>,
    },
    MeasureEligible(NodeId),
    MeasureAmount(NodeId),
    /// The highest of several steps that holds.
    Highest(Vec<Highest>),
    /// A number rounded to multiples of another.
    Round {
        of: NodeId,
        to: Number,
        how: Rounding,
    },
    /// The sum over the first rows of a list that qualify; all of them if there is no number.
    FirstRows {
        body: Arc<Body>,
        at_most: Option<u32>,
    },
    /// How many earlier awards there are; a list that is absent counts as empty, by default.
    CountAwards(Arc<Body>),
    /// A node of the row around this one.
    Around(NodeId),
}

impl Op {
    /// The nodes of the same list that this one needs.
    #[must_use]
    pub fn needs(&self) -> Vec<NodeId> {
        let set_nodes = |set: &Set| -> Vec<NodeId> {
            match set {
                Set::Range(low, high) => low.iter().chain(high).copied().collect(),
                Set::Items(items) => items
                    .iter()
                    .filter_map(|item| if let Item::Node(node) = item { Some(*node) } else { None })
                    .collect(),
            }
        };
        let fact = |fact: &FactRef| match fact {
            FactRef::Series(_, period) => vec![period.edge],
            FactRef::Fact(_) | FactRef::Field(..) => Vec::new(),
        };
        match self {
            Self::Constant(_)
            | Self::Outer(_)
            | Self::Parameter(_)
            | Self::DecisionDate
            | Self::CountMany(_)
            | Self::Aggregate { .. }
            | Self::Count(_)
            | Self::CountAwards(_)
            | Self::FirstRows { .. }
            | Self::Around(_)
            | Self::Rows { .. } => Vec::new(),
            Self::Highest(steps) => {
                steps.iter().flat_map(|step| [step.holds, step.from, step.gives]).collect()
            }
            Self::Fact(of) | Self::Known(of) => fact(of),
            Self::OrElse { fact: of, default } => fact(of).into_iter().chain([*default]).collect(),
            Self::AssessmentYear(node) => node.iter().copied().collect(),
            Self::Not(a)
            | Self::Negate(a)
            | Self::Named(_, a)
            | Self::MeasureEligible(a)
            | Self::MeasureAmount(a) => {
                vec![*a]
            }
            Self::All(all) | Self::Any(all) | Self::NoneOf(all) | Self::AtLeast(_, all) => all.clone(),
            Self::Pick { items, .. } => items.clone(),
            Self::Compare(_, a, b) | Self::Arithmetic(_, a, b) | Self::Between { from: a, to: b, .. } => {
                vec![*a, *b]
            }
            Self::In { value, set, .. } => [*value].into_iter().chain(set_nodes(set)).collect(),
            Self::Many { set, .. } => set_nodes(set),
            Self::Holds { item, .. } => vec![*item],
            Self::Window { from, until, .. } => match until {
                WindowEnd::Edge(to, _) => vec![from.0, *to],
                WindowEnd::Count(_) => vec![from.0],
            },
            Self::If { condition, then, otherwise } => vec![*condition, *then, *otherwise],
            Self::Shift { date, .. } => vec![*date],
            Self::Part { of, .. } | Self::Round { of, .. } => vec![*of],
            Self::Table { by, rows } => [*by].into_iter().chain(rows.iter().map(|(_, node)| *node)).collect(),
            Self::Ladder { gate, applies_to, levels, .. } => {
                gate.iter().chain(applies_to).chain(levels).copied().collect()
            }
            Self::LadderIn { ladder, .. } => vec![*ladder],
            Self::Measure { gate, applies_to, who, amount, .. } => {
                gate.iter().chain(applies_to).chain(who).chain(amount).copied().collect()
            }
        }
    }

    /// The fact that it looks at itself.
    #[must_use]
    pub fn fact(&self) -> Option<usize> {
        let of = |fact: &FactRef| match fact {
            FactRef::Fact(fact) | FactRef::Series(fact, _) | FactRef::Field(fact, _) => *fact,
        };
        match self {
            Self::Fact(fact) | Self::Known(fact) | Self::OrElse { fact, .. } => Some(of(fact)),
            Self::Many { fact, .. }
            | Self::Holds { fact, .. }
            | Self::Window { fact, .. }
            | Self::CountMany(fact) => Some(*fact),
            _ => None,
        }
    }

    /// The rows' part of the nodes that walk a list.
    #[must_use]
    pub fn body(&self) -> Option<&Body> {
        match self {
            Self::Aggregate { body, .. }
            | Self::Count(body)
            | Self::CountAwards(body)
            | Self::FirstRows { body, .. }
            | Self::Rows { body, .. } => Some(body),
            _ => None,
        }
    }
}
