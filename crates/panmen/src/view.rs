//! Results as documents for people: what is said, in which order, in a language.
//!
//! In: a plan, a profile and a result. Out: a [`Doc`] that any format can draw. Decides nothing: every
//! number and outcome is the decision's own.

mod decision;
mod impact;
mod show;

pub use impact::impact;
pub(crate) use show::papers;
pub use show::{entry, names, pack};
#[cfg(test)]
mod tests;

use crate::decision::Decision;
use crate::diagnostic::Lang;
use crate::doc::Doc;
use crate::plan::Plan;
use crate::profile::Profile;

/// Whom a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// One complete notice for whoever applies.
    #[default]
    Firm,
    /// With the papers to check and lines to sign.
    Caseworker,
    /// With everything that the decision rests on.
    Auditor,
}

/// What a report shows beside the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// Whom it is for.
    pub audience: Audience,
    /// Every condition with every comparison, every value of the rules and every fact used.
    pub explain: bool,
    /// Facts that are marked as personal, which are withheld otherwise.
    pub show_personal: bool,
}

/// The report of a decision.
#[must_use]
pub fn decision(
    plan: &Plan<'_>,
    profile: &Profile,
    decision: &Decision,
    lang: Lang,
    options: Options,
) -> Doc {
    decision::report(plan, profile, decision, lang, options)
}
