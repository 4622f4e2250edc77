//! A plan and a profile to a decision: every outcome with its reasons, what it waits for, how sure it
//! is, and what it rests on.
//!
//! The evaluation runs three times: with all facts, with verified facts only, and with the published
//! text only. Data only: words and formats come later.

mod assemble;

use crate::answer::{Answer, FactPath, Failure, May};
use crate::combine::Effect;
use crate::eval::{
    ELIGIBLE, NAMED_ONLY, NONE_BIT, NOT_APPLICABLE, NOT_APPLICABLE_BIT, NOT_ELIGIBLE, NOT_IN_FORCE,
    OUTSIDE_WINDOW,
};
use crate::explain::{Finding, Reason, StepResult};
use crate::graph::{Entity, outcome_bit};
use crate::number::Interval;
use crate::plan::Plan;
use crate::profile::Profile;
use crate::standing::Standing;
use crate::value::Currency;
use std::collections::{BTreeMap, BTreeSet};

/// The meaning of the rule language; it rises when a decision may change.
pub const SEMANTICS: u32 = 1;

/// The outcome of a criterion, class or gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Verdict {
    Yes,
    No,
    Unknown,
    /// All that it waits for is judged by a person.
    Referred,
    Error,
}

/// The outcome of a ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LadderOutcome {
    /// The firm's level, by its place.
    Level(usize),
    /// No level holds, or the gate is no.
    None,
    /// More than one outcome is possible.
    Undetermined,
    /// More than one is possible, and all that is waited for is judged by a person.
    Referred,
    /// It is for others.
    NotApplicable,
    /// It depends on an error.
    Error,
}

/// The outcome of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum MeasureOutcome {
    Eligible,
    NotEligible,
    Undetermined,
    Referred,
    NotInForce,
    OutsideWindow,
    NamedOnly,
    NotApplicable,
    Error,
}

impl Verdict {
    /// The word for it in JSON and in examples.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
            Self::Referred => "referred",
            Self::Error => "error",
        }
    }

    /// Every verdict.
    pub const ALL: [Self; 5] = [Self::Yes, Self::No, Self::Unknown, Self::Referred, Self::Error];
}

impl LadderOutcome {
    /// The word for it in JSON and in examples.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Level(_) => "level",
            Self::None => "none",
            Self::Undetermined => "undetermined",
            Self::Referred => "referred",
            Self::NotApplicable => "not_applicable",
            Self::Error => "error",
        }
    }

    /// Every word of an outcome.
    pub const WORDS: [&'static str; 6] =
        ["level", "none", "undetermined", "referred", "not_applicable", "error"];
}

impl Verdict {
    /// True where nothing is decided yet.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Unknown | Self::Referred)
    }
}

impl LadderOutcome {
    /// True where nothing is decided yet.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Undetermined | Self::Referred)
    }
}

impl MeasureOutcome {
    /// True where nothing is decided yet.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Undetermined | Self::Referred)
    }

    /// True where it depends on no fact.
    #[must_use]
    pub fn is_static(self) -> bool {
        matches!(self, Self::NamedOnly | Self::NotInForce | Self::OutsideWindow)
    }

    /// The word for it in JSON and in examples.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Eligible => "eligible",
            Self::NotEligible => "not_eligible",
            Self::Undetermined => "undetermined",
            Self::Referred => "referred",
            Self::NotInForce => "not_in_force",
            Self::OutsideWindow => "outside_window",
            Self::NamedOnly => "named_only",
            Self::NotApplicable => "not_applicable",
            Self::Error => "error",
        }
    }

    /// Every outcome.
    pub const ALL: [Self; 9] = [
        Self::Eligible,
        Self::NotEligible,
        Self::Undetermined,
        Self::Referred,
        Self::NotInForce,
        Self::OutsideWindow,
        Self::NamedOnly,
        Self::NotApplicable,
        Self::Error,
    ];
}

/// A decision on one firm under one plan.
#[derive(Debug, Clone)]
pub struct Decision {
    /// Criteria, in the order of the pack.
    pub criteria: Vec<CriterionResult>,
    /// Conditions that stand in a gate, class, level or measure without a criterion of their own.
    pub inline: Vec<InlineResult>,
    /// Gates, in the order of the pack.
    pub gates: Vec<ConditionResult>,
    /// Classes by classification, in the order of the pack.
    pub classes: Vec<Vec<ConditionResult>>,
    /// Ladders, in the order of the pack.
    pub ladders: Vec<LadderResult>,
    /// Measures, in the order of the pack.
    pub measures: Vec<MeasureResult>,
    /// What the published text alone decides.
    pub published_only: PublishedOnly,
    /// Whether each kind of paper is needed of this firm; none where that is open, or nothing is said of it.
    pub papers: Vec<Option<bool>>,
    /// True if every ladder, measure and amount that depends on the firm is confirmed, false if one is
    /// indicative or open; none if nothing is decided.
    pub confirmed: Option<bool>,
    /// Facts that open outcomes wait for, in the order worth asking.
    pub missing: Vec<FactPath>,
    /// What nobody published and an outcome rests on, in the order of the pack.
    pub assumed: Vec<Assumption>,
    /// The sum of the amounts that are computed, in each currency.
    pub totals: BTreeMap<Currency, Interval>,
    /// Measures whose amount has no value and is in no sum.
    pub uncounted: usize,
}

/// What the published text alone decides, in the order of the pack.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "the names say it")]
pub struct PublishedOnly {
    pub gates: Vec<Verdict>,
    pub classes: Vec<Vec<Verdict>>,
    pub ladders: Vec<(LadderOutcome, u64)>,
    pub measures: Vec<MeasureOutcome>,
    /// What each measure pays; none where it is not computed.
    pub amounts: Vec<Option<crate::number::Interval>>,
}

/// What every outcome comes with.
#[derive(Debug, Clone, Default)]
pub struct Grounds {
    /// The members that decide it.
    pub because: Vec<Reason>,
    /// The facts that it waits for.
    pub awaits: Vec<FactPath>,
    /// How sure it is; none while it is open.
    pub standing: Option<Standing>,
    /// What nobody published and it rests on.
    pub assumed: BTreeSet<Point>,
    /// Why it, or some completion of it, has no value.
    pub failure: Option<Failure>,
}

/// A point that nobody published, or a default that stood in for a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// A criterion, gate, class, level, list, measure or parameter value.
    Entity(Entity),
    /// The default of a fact.
    Default(FactPath),
}

/// An assumed point and the outcomes that rest on it are listed once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assumption {
    /// The point.
    pub point: Point,
}

/// The result of a criterion.
#[derive(Debug, Clone)]
pub struct CriterionResult {
    /// Yes, no, unknown, referred or error.
    pub verdict: Verdict,
    /// Reasons, awaited facts, standing.
    pub grounds: Grounds,
    /// The facts that were looked at.
    pub facts: Vec<FactPath>,
    /// The parameters that were looked at, by their places.
    pub parameters: Vec<usize>,
    /// The comparisons in it, with the distances.
    pub findings: Vec<Finding>,
}

/// The result of a condition without a criterion of its own.
#[derive(Debug, Clone)]
pub struct InlineResult {
    /// The gate, class, level or measure that it stands in.
    pub of: Entity,
    /// What was written.
    pub text: String,
    /// Yes helps what it stands in, even where it is written under `none` or `not`.
    pub verdict: Verdict,
    /// Awaited facts, standing, what it rests on.
    pub grounds: Grounds,
    /// The firm's value, what is needed, the distance.
    pub finding: Finding,
}

/// The result of a gate or class.
#[derive(Debug, Clone)]
pub struct ConditionResult {
    /// Yes, no, unknown, referred or error.
    pub verdict: Verdict,
    /// Reasons, awaited facts, standing.
    pub grounds: Grounds,
}

/// The result of a ladder.
#[derive(Debug, Clone)]
pub struct LadderResult {
    /// The level, or why there is none.
    pub outcome: LadderOutcome,
    /// The outcomes that are still possible, bit by bit: levels, and `none`.
    pub possible: u64,
    /// Reasons, awaited facts, standing.
    pub grounds: Grounds,
    /// The verdict on each level by itself.
    pub levels: Vec<Verdict>,
}

/// The result of a measure.
#[derive(Debug, Clone)]
pub struct MeasureResult {
    /// Eligible, or why not.
    pub outcome: MeasureOutcome,
    /// Reasons, awaited facts, standing.
    pub grounds: Grounds,
    /// The amount after stacking, a range while it is open; none where none is computed.
    pub amount: Option<Interval>,
    /// Why the amount, or some completion of it, has no value.
    pub amount_failure: Option<Failure>,
    /// How sure the amount is.
    pub amount_standing: Option<Standing>,
    /// How the amount came about before stacking, in the order of the law.
    pub steps: Vec<StepResult>,
    /// What meeting other measures did to it.
    pub effects: Vec<Effect>,
    /// The facts that limits and money from elsewhere are made of, where the amount meets any.
    pub met: Vec<FactPath>,
}

impl MeasureResult {
    /// A result for which no amount is computed.
    fn without_amount(outcome: MeasureOutcome) -> Self {
        Self {
            outcome,
            grounds: Grounds::default(),
            amount: None,
            amount_failure: None,
            amount_standing: None,
            steps: Vec::new(),
            effects: Vec::new(),
            met: Vec::new(),
        }
    }
}

/// Decides.
#[must_use]
pub fn decide(plan: &Plan<'_>, profile: &Profile) -> Decision {
    assemble::decide(plan, profile)
}

/// The verdict of a condition's answer.
#[must_use]
pub fn verdict(plan: &Plan<'_>, answer: &Answer) -> Verdict {
    if answer.is_error() {
        Verdict::Error
    } else if answer.is_yes() {
        Verdict::Yes
    } else if answer.is_no() {
        Verdict::No
    } else if is_referred(plan, answer) {
        Verdict::Referred
    } else {
        Verdict::Unknown
    }
}

/// True if everything that an open answer waits for is judged by a person.
fn is_referred(plan: &Plan<'_>, answer: &Answer) -> bool {
    let judged =
        |path: &FactPath| plan.pack().facts.get(path.fact).is_some_and(|fact| fact.judged_by.is_some());
    !answer.awaits.is_empty() && answer.awaits.iter().all(judged)
}

/// The outcome of a ladder's answer, and what is possible.
#[must_use]
pub fn ladder_outcome(plan: &Plan<'_>, answer: &Answer) -> (LadderOutcome, u64) {
    let May::Outcomes(bits) = answer.may else { return (LadderOutcome::Error, 0) };
    let possible = bits & !NOT_APPLICABLE_BIT;
    if !answer.is_decided() {
        let open =
            if is_referred(plan, answer) { LadderOutcome::Referred } else { LadderOutcome::Undetermined };
        return (open, possible);
    }
    let outcome = match bits {
        NONE_BIT => LadderOutcome::None,
        NOT_APPLICABLE_BIT => LadderOutcome::NotApplicable,
        _ => (0..60)
            .find(|level| outcome_bit(Some(*level)) == bits)
            .map_or(LadderOutcome::Error, LadderOutcome::Level),
    };
    (outcome, possible)
}

/// The outcome of a measure's answer.
#[must_use]
pub fn measure_outcome(plan: &Plan<'_>, answer: &Answer) -> MeasureOutcome {
    let May::Outcomes(bits) = answer.may else { return MeasureOutcome::Error };
    if !answer.is_decided() {
        return if is_referred(plan, answer) {
            MeasureOutcome::Referred
        } else {
            MeasureOutcome::Undetermined
        };
    }
    match bits {
        ELIGIBLE => MeasureOutcome::Eligible,
        NOT_ELIGIBLE => MeasureOutcome::NotEligible,
        NOT_APPLICABLE => MeasureOutcome::NotApplicable,
        NOT_IN_FORCE => MeasureOutcome::NotInForce,
        OUTSIDE_WINDOW => MeasureOutcome::OutsideWindow,
        NAMED_ONLY => MeasureOutcome::NamedOnly,
        _ => MeasureOutcome::Error,
    }
}

/// Citation and basis of an entity, with what it inherits; of a parameter, those of the value in force.
#[must_use]
pub fn ground_of(plan: &Plan<'_>, entity: Entity) -> crate::pack::Ground {
    let pack = plan.pack();
    let found = match entity {
        Entity::Parameter(index) => {
            let value = plan.parameters.get(index).copied().flatten();
            pack.parameters
                .get(index)
                .zip(value)
                .and_then(|(p, value)| p.values.get(value))
                .map(|v| &v.ground)
        }
        Entity::List(index) => pack.lists.get(index).map(|entry| &entry.ground),
        Entity::Criterion(index) => pack.criteria.get(index).map(|entry| &entry.ground),
        Entity::Gate(index) => pack.gates.get(index).map(|entry| &entry.ground),
        Entity::Measure(index) => pack.measures.get(index).map(|entry| &entry.ground),
        Entity::Class(index, class) => return crate::check::class_ground(pack, index, class),
        Entity::Level(index, level) => return crate::check::level_ground(pack, index, level),
        _ => None,
    };
    found.cloned().unwrap_or_default()
}
