//! Targets as written: what is counted or added up over all firms, the figure, and when.
//!
//! Read, checked and shown; progress towards them is not computed.

use super::{ExprId, Ground, Id};
use crate::value::{Date, Label};

/// What the programme wants from all firms together.
#[derive(Debug, Clone)]
pub struct Target {
    /// Its id.
    pub id: Id,
    /// Shown to people.
    pub label: Label,
    /// What the figure is of; absent if it could not be read.
    pub counted: Option<Counted>,
    /// What is wanted of it; absent if it could not be read.
    pub figure: Option<(Figure, ExprId)>,
    /// The last day for it.
    pub by: Option<Date>,
    /// Wanted anew each year.
    pub each_year: bool,
    /// More about it.
    pub note: Option<Label>,
    /// Citation and basis.
    pub ground: Ground,
}

/// What a target's figure is of.
#[derive(Debug, Clone)]
pub enum Counted {
    /// How many firms there are.
    Firms(Population),
    /// A number of each firm, added up over the firms.
    Total(ExprId, Population),
}

/// The firms that a target looks at.
#[derive(Debug, Clone)]
pub struct Population {
    /// As written, for example `firms where onboarding`.
    pub written: String,
    /// Which of all firms; absent: all.
    pub filter: Option<ExprId>,
}

/// How a target's figure is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// So much or more.
    AtLeast,
    /// More than that.
    Above,
    /// So many times that of the period before.
    RatioToPrevious,
}
