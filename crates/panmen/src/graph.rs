//! The conditions and values of a checked pack as one ordered list of operations.
//!
//! Made by `check`, walked by `eval`: every node stands after the nodes it needs, names are numbers,
//! types are sound. Depends on no date: parameters are nodes whose value the plan supplies.

mod op;

pub use op::{Body, Constant, EdgeKind, FactRef, Highest, Item, Key, Op, PeriodOf, Set, WindowEnd};

use crate::pack::{Id, Pack};
use crate::source::Span;
use crate::value::{CodeSet, Currency, TimeUnit, Type};
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
    /// The steps of each measure's amount, in the order of the law.
    pub amounts: Vec<Vec<Step>>,
    /// How measures combine, in written order.
    pub stacking: Vec<Stack>,
    /// For each kind of paper, the condition under which it is needed.
    pub papers: Vec<Option<NodeId>>,
    /// The node of each derived value.
    pub defines: Vec<NodeId>,
    /// What was written for the conditions that have no name of their own.
    pub texts: BTreeMap<NodeId, String>,
}

/// A step of an amount, for people to follow; the sum itself is in the nodes.
#[derive(Debug, Clone)]
pub struct Step {
    /// Which step.
    pub kind: StepKind,
    /// What was written.
    pub text: String,
    /// The figure that the step brings in: a cost, a rate, a limit.
    pub operand: NodeId,
    /// For an uplift, whether it holds.
    pub when: Option<NodeId>,
    /// The amount, or the costs, or the rate, after the step.
    pub result: NodeId,
    /// Citation, where it is not the measure's.
    pub ground: crate::pack::Ground,
    /// Where it was written.
    pub span: Span,
}

/// The steps of an amount. This is the one list of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// A cost that counts.
    Cost,
    /// The costs together, where there are several.
    Costs,
    /// The limit of the costs that count.
    BaseCap,
    /// The rate before uplifts.
    Rate,
    /// Percentage points added to the rate.
    Add,
    /// Another rate instead.
    OtherRate,
    /// The rate of the costs.
    Share,
    /// A flat amount.
    Fixed,
    /// The quantity that bands or steps look at.
    Quantity,
    /// The amount of one band.
    Band,
    /// The amount by steps.
    Step,
    /// So much a unit.
    PerUnit,
    /// The limit of the grant before uplifts.
    Cap,
    /// Another limit of the grant.
    OtherCap,
    /// The grant within its limit.
    Capped,
    /// Rounding as the measure says.
    Round,
    /// Rounding to the currency's minor unit.
    MinorUnit,
    /// The sum over the rows of a list.
    Rows,
}

/// How some measures combine.
#[derive(Debug, Clone)]
pub struct Stack {
    /// Its place in the pack.
    pub stacking: usize,
    /// What meets.
    pub members: Vec<StackMember>,
    /// The limit of the sum; absent: only the highest is paid.
    pub limit: Option<NodeId>,
    /// The measures that are cut, the first one first.
    pub reduce: Vec<usize>,
}

impl Stack {
    /// The measures that meet, by their places in the pack.
    pub fn measures(&self) -> impl Iterator<Item = usize> {
        self.members.iter().filter_map(|member| match member {
            StackMember::Measure(measure) => Some(*measure),
            StackMember::Money(_) => None,
        })
    }

    /// The money that they meet: the limit, and what comes from elsewhere.
    pub fn money(&self) -> impl Iterator<Item = NodeId> {
        let elsewhere = self.members.iter().filter_map(|member| match member {
            StackMember::Money(node) => Some(*node),
            StackMember::Measure(_) => None,
        });
        self.limit.into_iter().chain(elsewhere)
    }
}

/// What meets other measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StackMember {
    /// A measure.
    Measure(usize),
    /// Money from elsewhere.
    Money(NodeId),
}

/// The bit of a ladder's outcome: of a level, or of none.
#[must_use]
pub fn outcome_bit(level: Option<usize>) -> u64 {
    let place = level.and_then(|level| u32::try_from(level).ok()).unwrap_or(NONE_BIT);
    1_u64.checked_shl(place).unwrap_or(0)
}

/// The place of `none` among the bits of a ladder's outcomes; a ladder has fewer levels than that.
const NONE_BIT: u32 = 63;
