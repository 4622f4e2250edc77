//! The conditions and values of a checked pack as one ordered list of operations.
//!
//! Made by `check`, walked by `eval`: every node stands after the nodes it needs, names are numbers,
//! types are sound. Depends on no date: parameters are nodes whose value the plan supplies.

use crate::expr::ast::{Comparison, Function, Operator, Quantifier};
use crate::number::Number;
use crate::pack::{Id, Pack};
use crate::source::Span;
use crate::value::{CodeSet, Currency, Date, TimeUnit, Type};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The number of a node within its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub usize);

/// A thing of the pack that can be named in an expression or cited in an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it; numbers are places in the pack's vectors")]
pub enum Entity {
    Fact(usize),
    List(usize),
    Parameter(usize),
    Define(usize),
    Criterion(usize),
    Gate(usize),
    Classification(usize),
    Class(usize, usize),
    Ladder(usize),
    Level(usize, usize),
    Measure(usize),
    MeasureAmount(usize),
    MeasureEligible(usize),
    DecisionDate,
    AssessmentYear,
}

/// The id of an entity as people write it, for example `priority_sector.new_energy`.
#[must_use]
pub fn entity_id(pack: &Pack, entity: Entity) -> String {
    fn id<T>(entries: &[T], index: usize, of: impl Fn(&T) -> &Id) -> String {
        entries.get(index).map(|entry| of(entry).text.clone()).unwrap_or_default()
    }
    match entity {
        Entity::Fact(index) => id(&pack.facts, index, |entry| &entry.id),
        Entity::List(index) => id(&pack.lists, index, |entry| &entry.id),
        Entity::Parameter(index) => id(&pack.parameters, index, |entry| &entry.id),
        Entity::Define(index) => id(&pack.defines, index, |entry| &entry.id),
        Entity::Criterion(index) => id(&pack.criteria, index, |entry| &entry.id),
        Entity::Gate(index) => id(&pack.gates, index, |entry| &entry.id),
        Entity::Classification(index) => id(&pack.classifications, index, |entry| &entry.id),
        Entity::Ladder(index) => id(&pack.ladders, index, |entry| &entry.id),
        Entity::Measure(index) => id(&pack.measures, index, |entry| &entry.id),
        Entity::Class(index, class) => {
            let container = id(&pack.classifications, index, |entry| &entry.id);
            let classes =
                pack.classifications.get(index).map(|entry| entry.classes.as_slice()).unwrap_or_default();
            format!("{container}.{}", id(classes, class, |entry| &entry.id))
        }
        Entity::Level(index, level) => {
            let container = id(&pack.ladders, index, |entry| &entry.id);
            let levels = pack.ladders.get(index).map(|entry| entry.levels.as_slice()).unwrap_or_default();
            format!("{container}.{}", id(levels, level, |entry| &entry.id))
        }
        Entity::MeasureAmount(index) => format!("{}.amount", id(&pack.measures, index, |entry| &entry.id)),
        Entity::MeasureEligible(index) => {
            format!("{}.eligible", id(&pack.measures, index, |entry| &entry.id))
        }
        Entity::DecisionDate => "decision_date".to_owned(),
        Entity::AssessmentYear => "assessment_year".to_owned(),
    }
}

/// One operation with its type and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// What is done.
    pub op: Op,
    /// What comes out.
    pub ty: Ty,
    /// Where it was written.
    pub span: Span,
}

/// The type of what a node gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Ty {
    /// Yes or no.
    Truth,
    /// A number.
    Number(Num),
    /// A day.
    Date,
    /// A text, or a word of a set.
    Word(Option<Arc<CodeSet>>),
    /// The outcome of a ladder.
    Ladder(usize),
    /// The outcome of a measure.
    Measure(usize),
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Num {
    /// Its unit.
    pub unit: NumUnit,
    /// Written as a percent.
    pub percent: bool,
    /// Always a whole number.
    pub whole: bool,
}

/// The unit of a number.
#[derive(Debug, Clone, PartialEq)]
pub enum NumUnit {
    /// None.
    One,
    /// A currency.
    Money(Currency),
    /// A unit such as `m2`.
    Measure(Arc<str>),
    /// Completed days, months or years.
    Time(TimeUnit),
}

impl Num {
    /// A whole number without a unit.
    pub const WHOLE: Self = Self { unit: NumUnit::One, percent: false, whole: true };

    /// A number of a unit.
    #[must_use]
    pub fn of(unit: NumUnit) -> Self {
        Self { unit, percent: false, whole: false }
    }
}

impl Ty {
    /// The type of a value of a declared type; none for lists.
    #[must_use]
    pub fn of(value_type: &Type) -> Option<Self> {
        Some(match value_type {
            Type::YesNo => Self::Truth,
            Type::Integer => Self::Number(Num::WHOLE),
            Type::Decimal(None) => Self::Number(Num::of(NumUnit::One)),
            Type::Decimal(Some(unit)) => Self::Number(Num::of(NumUnit::Measure(unit.clone()))),
            Type::Percent => Self::Number(Num { percent: true, ..Num::of(NumUnit::One) }),
            Type::Money(currency) => Self::Number(Num::of(NumUnit::Money(*currency))),
            Type::Date => Self::Date,
            Type::Text(_) => Self::Word(None),
            Type::Code(set) | Type::Choice(set) => Self::Word(Some(set.clone())),
            Type::List(_) => return None,
        })
    }

    /// A declared type whose values are written like this one's.
    #[must_use]
    pub fn written(&self) -> Type {
        match self {
            Self::Number(num) => match &num.unit {
                NumUnit::One if num.percent => Type::Percent,
                NumUnit::One if num.whole => Type::Integer,
                NumUnit::One => Type::Decimal(None),
                NumUnit::Money(currency) => Type::Money(*currency),
                NumUnit::Measure(unit) => Type::Decimal(Some(unit.clone())),
                NumUnit::Time(unit) => Type::Decimal(Some(Arc::from(unit.word()))),
            },
            Self::Date => Type::Date,
            Self::Word(Some(set)) => Type::Code(set.clone()),
            Self::Word(None) => Type::Text(false),
            Self::Truth | Self::Ladder(_) | Self::Measure(_) => Type::YesNo,
        }
    }
}

/// The type as it is called in problems.
impl std::fmt::Display for Ty {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Truth => f.write_str("yes_no"),
            Self::Number(num) => match &num.unit {
                NumUnit::One if num.percent => f.write_str("percent"),
                NumUnit::One if num.whole => f.write_str("integer"),
                NumUnit::One => f.write_str("decimal"),
                NumUnit::Money(currency) => write!(f, "money in {currency}"),
                NumUnit::Measure(unit) => write!(f, "decimal in {unit}"),
                NumUnit::Time(unit) => f.write_str(unit.word()),
            },
            Self::Date => f.write_str("date"),
            Self::Word(None) => f.write_str("text"),
            Self::Word(Some(set)) => write!(f, "code of {}", set.id),
            Self::Ladder(_) => f.write_str("ladder"),
            Self::Measure(_) => f.write_str("measure"),
        }
    }
}

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
            | Self::Rows { .. } => Vec::new(),
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
            Self::Part { of, .. } => vec![*of],
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

    /// The rows' part of the nodes that walk a list.
    #[must_use]
    pub fn body(&self) -> Option<&Body> {
        match self {
            Self::Aggregate { body, .. } | Self::Count(body) | Self::Rows { body, .. } => Some(body),
            _ => None,
        }
    }
}

/// The graph of a checked pack.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// Every node, after those it needs.
    pub nodes: Vec<Node>,
    /// The node of each criterion, in the order of the pack.
    pub criteria: Vec<NodeId>,
    /// The node of each gate.
    pub gates: Vec<NodeId>,
    /// The nodes of each classification's classes.
    pub classes: Vec<Vec<NodeId>>,
    /// The node of each ladder.
    pub ladders: Vec<NodeId>,
    /// The node of each measure.
    pub measures: Vec<NodeId>,
    /// The node of each derived value.
    pub defines: Vec<NodeId>,
    /// What was written for the conditions that have no name of their own.
    pub texts: BTreeMap<NodeId, String>,
}

/// The bit of a ladder's outcome: of a level, or of none.
#[must_use]
pub fn outcome_bit(level: Option<usize>) -> u64 {
    let place = level.and_then(|level| u32::try_from(level).ok()).unwrap_or(NONE_BIT);
    1_u64.checked_shl(place).unwrap_or(0)
}

/// The place of `none` among the bits of a ladder's outcomes; a ladder has fewer levels than that.
const NONE_BIT: u32 = 63;
