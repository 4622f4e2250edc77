//! Measures as written: who gets what, the steps of an amount in the order of the law, how often, and
//! how measures combine.

use super::{AppliesTo, Condition, Definition, ExprId, Ground, Id, Period};
use crate::expr::ast::Round;
use crate::source::Span;
use crate::value::{Currency, Label};

/// The id of the built-in list of awards that a firm got before.
pub const EARLIER_AWARDS: &str = "earlier_awards";
/// The place among its fields of the measure that was awarded.
pub const AWARD_MEASURE: usize = 0;
/// The place among its fields of the day of the award.
pub const AWARD_ON: usize = 1;
/// The place among its fields of the project that it was for.
pub const AWARD_PROJECT: usize = 3;

/// What an eligible firm gets.
#[derive(Debug, Clone)]
pub struct Measure {
    /// Its id.
    pub id: Id,
    /// The currency of its amount: that of the pack that declares it.
    pub currency: Option<Currency>,
    /// Shown to people.
    pub label: Label,
    /// When the measure exists, if it says so itself.
    pub in_force: Option<Period>,
    /// When applications are taken.
    pub apply: Apply,
    /// The gate before it.
    pub gate: Option<Id>,
    /// Whom it is for at all.
    pub applies_to: Option<AppliesTo>,
    /// Who gets it; with `each`, which rows do.
    pub who: Option<Condition>,
    /// The list whose rows it is repeated over.
    pub each: Option<Each>,
    /// How often one firm may get it.
    pub once: Option<Once>,
    /// The money.
    pub amount: Amount,
    /// What is not money.
    pub benefit: Option<Label>,
    /// The first part of it that is not yet evaluated: its key and place.
    pub pending: Option<(&'static str, Span)>,
    /// Citation and basis.
    pub ground: Ground,
}

/// A measure that is repeated over the rows of a list fact.
#[derive(Debug, Clone)]
pub struct Each {
    /// The list fact.
    pub list: Id,
    /// Only so many of the first eligible rows; absent: all of them.
    pub at_most: Option<u32>,
}

/// How many awards of a measure one firm may have; read from the list of earlier awards.
#[derive(Debug, Clone)]
pub struct Once {
    /// The most awards, this one included.
    pub times: u32,
    /// Only awards of so many years up to the decision date count; absent: all of them.
    pub years: Option<u32>,
    /// A field of the award that must be that of the row at hand; absent: counted per firm.
    pub per: Option<Id>,
    /// Where it was written.
    pub span: Span,
}

/// What a measure pays.
#[derive(Debug, Clone, Default)]
pub enum Amount {
    /// Nothing in money.
    #[default]
    None,
    /// The source gives no amount.
    Unpublished,
    /// Computed by steps.
    Steps(Box<Steps>),
}

impl Amount {
    /// True if the authority decides up to the amount computed.
    #[must_use]
    pub fn up_to(&self) -> bool {
        matches!(self, Self::Steps(steps) if steps.up_to)
    }

    /// The steps, if it is computed.
    #[must_use]
    pub fn steps(&self) -> Option<&Steps> {
        match self {
            Self::Steps(steps) => Some(steps),
            Self::None | Self::Unpublished => None,
        }
    }
}

/// The steps of an amount. Their order never varies: costs, their limit, the rate with its uplifts (or
/// another means), the limit of the grant, rounding, discretion.
#[derive(Debug, Clone)]
pub struct Steps {
    /// How the amount comes about.
    pub means: Means,
    /// Limits the costs that count.
    pub base_cap: Option<Definition>,
    /// Raise the rate or the limit, in written order.
    pub uplifts: Vec<Uplift>,
    /// Limits the grant.
    pub cap: Option<Definition>,
    /// How it is rounded; absent: once, to the currency's minor unit.
    pub round: Option<Round>,
    /// The authority decides up to the amount.
    pub up_to: bool,
    /// Where the amount was written.
    pub span: Span,
}

/// How an amount comes about.
#[derive(Debug, Clone)]
pub enum Means {
    /// A flat amount.
    Fixed(Definition),
    /// A share of costs: the cost heads and the rate.
    Share(Vec<ExprId>, Definition),
    /// A share that depends on a quantity: the quantity, whether each slice has its own rate
    /// (`marginal`) or the whole has that of its band (`slab`), and the bands from the lowest.
    Bands(ExprId, bool, Vec<Band>),
    /// A flat amount that depends on a quantity: the quantity, and the steps.
    Steps(ExprId, Vec<Step>),
    /// So much for each unit of a quantity, times a number.
    PerUnit {
        /// Money for one unit.
        rate: ExprId,
        /// The units.
        of: ExprId,
        /// How many times.
        times: Option<ExprId>,
    },
    /// By the firm's rank among all applicants, which is not yet evaluated.
    ByRank,
}

/// An end of a band, or the beginning of a step.
#[derive(Debug, Clone, Copy)]
pub struct Bound {
    /// The figure.
    pub at: ExprId,
    /// True if the figure itself belongs to it: `at_least`, `up_to`.
    pub included: bool,
}

/// A band of a quantity.
#[derive(Debug, Clone)]
pub struct Band {
    /// `above`: where it begins; absent: at the end of the band before it, or at zero.
    pub above: Option<Bound>,
    /// `up_to`: where it ends; absent: at the beginning of the next, or nowhere.
    pub up_to: Option<Bound>,
    /// The share.
    pub rate: ExprId,
    /// Where it was written.
    pub span: Span,
}

/// A step of a quantity.
#[derive(Debug, Clone)]
pub struct Step {
    /// Where it begins.
    pub from: Bound,
    /// The amount from there on.
    pub amount: ExprId,
}

/// What raises a rate or a limit.
#[derive(Debug, Clone)]
pub struct Uplift {
    /// When it does.
    pub when: Condition,
    /// Percentage points that are added to the rate.
    pub add: Option<ExprId>,
    /// The rate instead.
    pub rate: Option<ExprId>,
    /// A limit; of several the greatest holds.
    pub cap: Option<ExprId>,
    /// Citation, where it is not the measure's.
    pub ground: Ground,
    /// Where it was written.
    pub span: Span,
}

/// How measures combine.
#[derive(Debug, Clone)]
pub struct Stacking {
    /// Its id.
    pub id: Id,
    /// Shown to people, if given.
    pub label: Option<Label>,
    /// What is done.
    pub rule: StackingRule,
    /// Citation and basis.
    pub ground: Ground,
}

/// What is done with measures that meet.
#[derive(Debug, Clone)]
pub enum StackingRule {
    /// Only the highest of them is paid; a member is a measure or money from elsewhere.
    Highest(Vec<ExprId>),
    /// Together they stay within a limit.
    Limit {
        /// The limit.
        limit: ExprId,
        /// Whose sum it limits.
        over: Vec<ExprId>,
        /// The measures that are cut, the first one first.
        reduce: Vec<Id>,
    },
}

/// When applications are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Apply {
    /// At any time.
    #[default]
    Always,
    /// Nobody published how to apply.
    Unpublished,
    /// Between two days, both included.
    Window(Period),
}
