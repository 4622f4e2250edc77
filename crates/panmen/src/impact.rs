//! What a change of rules does to firms: the outcomes under the old pack against those under the new one.
//!
//! In: decisions on the same firms under both. Out: counts and sums that add up to the population, and
//! the firms that come out otherwise. Reads no profiles: the caller decides.

use crate::decision::{ConditionResult, Decision, Grounds, LadderOutcome, MeasureOutcome, Verdict};
use crate::graph::{Entity, entity_id};
use crate::number::{Interval, Number};
use crate::pack::Pack;
use crate::plan::Plan;
use crate::value::{Currency, Date};
use std::collections::{BTreeMap, BTreeSet};

/// The word for a firm on which the new pack cannot decide, because it asks for what old profiles lack.
pub const CANNOT_JUDGE: &str = "cannot_judge";
/// The word for a part that one of the packs does not have.
pub const ABSENT: &str = "absent";

/// The first and the last of some days.
pub type Days = (Date, Date);

/// What a change does to all firms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Impact {
    /// How many firms were decided under both.
    pub firms: usize,
    /// The first and the last day for which the old pack, and the new one, decided.
    pub days: (Option<Days>, Option<Days>),
    /// What is decided, in the order of the new pack, then what it no longer has.
    pub parts: Vec<Part>,
    /// The sums of decided amounts by currency: under the old pack, and under the new one.
    pub totals: BTreeMap<Currency, (Sum, Sum)>,
    /// The same by ladder and level of the pack in question.
    pub by_level: BTreeMap<(String, String, Currency), (Sum, Sum)>,
}

/// A sum of amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// The exact sum of what is decided; none once it leaves the range of numbers.
    pub sum: Option<Number>,
    /// What it comes to at least and at most with what is open.
    pub range: Interval,
    /// Firms that get something.
    pub firms: usize,
    /// Firms whose amount is still a range.
    pub open: usize,
}

/// What can come out otherwise.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Kind {
    #[default]
    Gate,
    Class,
    Ladder,
    Measure,
}

/// A gate, a class, a ladder or a measure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// How many firms went from which outcome to which.
    pub cells: BTreeMap<(String, String), usize>,
    /// The firms that come out otherwise.
    pub flips: Vec<Flip>,
    /// How many come out the same, for other reasons.
    pub other_reasons: usize,
    /// The firms that get it under both packs, and not the same amount.
    pub other_amounts: Vec<String>,
    /// Its money under the old pack and under the new one, where both pay it in this currency or one pays none.
    pub money: Option<(Currency, Sum, Sum)>,
    /// Of a ladder, its levels from the highest down.
    levels: Vec<String>,
    /// Where it is in the old pack, and in the new one.
    places: (Option<Entity>, Option<Entity>),
}

/// A firm that comes out otherwise, or reaches what only one of the packs has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flip {
    /// The firm.
    pub firm: String,
    /// Its outcome under the old pack.
    pub from: String,
    /// Its outcome under the new one.
    pub to: String,
    /// What stood in the way of what is newly reached, else what decides under the new pack, or the facts that it
    /// waits for.
    pub because: Vec<String>,
}

/// A decision with the plan that it was made under.
#[derive(Debug, Clone, Copy)]
pub struct Decided<'a> {
    /// The plan.
    pub plan: &'a Plan<'a>,
    /// The decision.
    pub decision: &'a Decision,
}

/// One outcome of a decision in words.
struct Outcome {
    label: String,
    because: BTreeSet<String>,
    awaits: BTreeSet<usize>,
    open: bool,
    amount: Option<(Currency, Interval)>,
}

impl Impact {
    /// Nothing so far, about two packs.
    #[must_use]
    pub fn between(old: &Plan<'_>, new: &Plan<'_>) -> Self {
        let mut parts: Vec<Part> = Vec::new();
        for (plan, is_new) in [(new, true), (old, false)] {
            let pack = plan.pack();
            for (entity, kind) in entities(pack) {
                let id = entity_id(pack, entity);
                let known = parts.iter().position(|part| part.id == id && part.kind == kind);
                let place = known.unwrap_or(parts.len());
                if known.is_none() {
                    let levels = levels(pack, &id, kind);
                    parts.push(Part { id, kind, levels, ..Part::default() });
                }
                if let Some(part) = parts.get_mut(place) {
                    let own = if is_new { &mut part.places.1 } else { &mut part.places.0 };
                    *own = Some(entity);
                }
            }
        }
        Self { parts, ..Self::default() }
    }

    /// Adds one firm.
    pub fn add(&mut self, firm: &str, old: Decided<'_>, new: Decided<'_>) {
        self.firms = self.firms.saturating_add(1);
        let upto = |days: Option<Days>, day: Date| {
            days.map_or((day, day), |(first, last)| (first.min(day), last.max(day)))
        };
        self.days = (Some(upto(self.days.0, old.plan.as_of)), Some(upto(self.days.1, new.plan.as_of)));
        let known: BTreeSet<&str> = old.plan.pack().facts.iter().map(|fact| fact.id.text.as_str()).collect();
        for part in &mut self.parts {
            let from = outcome(old, part.places.0);
            let mut to = outcome(new, part.places.1);
            // What is waited for and was never asked before is no verdict on the firm.
            let name = |fact: &usize| new.plan.pack().facts.get(*fact).map(|fact| fact.id.text.as_str());
            if to.open && to.awaits.iter().filter_map(name).any(|fact| !known.contains(fact)) {
                CANNOT_JUDGE.clone_into(&mut to.label);
            }
            part.pay(from.amount, to.amount);
            let cell = part.cells.entry((from.label.clone(), to.label.clone())).or_insert(0);
            *cell = cell.saturating_add(1);
            let absent = from.label == ABSENT || to.label == ABSENT;
            if absent && !part.kind.reaches(&from.label) && !part.kind.reaches(&to.label) {
                // What only one of the packs has is gained or lost by those alone who reach it.
                continue;
            }
            if from.label == to.label {
                if from.because != to.because {
                    part.other_reasons = part.other_reasons.saturating_add(1);
                }
                if part.kind.reaches(&to.label) && from.amount != to.amount {
                    part.other_amounts.push(firm.to_owned());
                }
                continue;
            }
            let newly = part.kind.reaches(&to.label) && !part.kind.reaches(&from.label);
            let because = if to.open {
                to.awaits.iter().filter_map(name).map(str::to_owned).collect()
            } else if newly && !from.open && !from.because.is_empty() {
                from.because.into_iter().collect()
            } else {
                to.because.into_iter().collect()
            };
            part.flips.push(Flip { firm: firm.to_owned(), from: from.label, to: to.label, because });
        }
        self.sums(old, |sums| &mut sums.0);
        self.sums(new, |sums| &mut sums.1);
    }

    fn sums(&mut self, of: Decided<'_>, side: fn(&mut (Sum, Sum)) -> &mut Sum) {
        let ladders = (0..of.decision.ladders.len()).map(Entity::Ladder);
        let levels: Vec<(String, String)> = ladders
            .map(|ladder| (entity_id(of.plan.pack(), ladder), outcome(of, Some(ladder)).label))
            .collect();
        for (currency, total) in &of.decision.totals {
            side(self.totals.entry(*currency).or_default()).add(*total);
            for (ladder, level) in &levels {
                let key = (ladder.clone(), level.clone(), *currency);
                side(self.by_level.entry(key).or_default()).add(*total);
            }
        }
    }

    /// How many firms come out otherwise in some part.
    #[must_use]
    pub fn flipped(&self) -> usize {
        let firms: BTreeSet<&str> =
            self.parts.iter().flat_map(|part| &part.flips).map(|flip| flip.firm.as_str()).collect();
        firms.len()
    }

    /// How often something is newly reached, and newly lost; a higher level counts as one, a lower as the other.
    #[must_use]
    pub fn gains_and_losses(&self) -> (usize, usize) {
        let refused = [
            "no",
            "none",
            "not_eligible",
            "not_applicable",
            MeasureOutcome::NotInForce.word(),
            MeasureOutcome::OutsideWindow.word(),
            MeasureOutcome::NamedOnly.word(),
            ABSENT,
        ];
        let refuses = |label: &str| refused.contains(&label);
        let (mut gains, mut losses) = (0_usize, 0_usize);
        for part in &self.parts {
            for flip in &part.flips {
                let (before, after) = (part.kind.reaches(&flip.from), part.kind.reaches(&flip.to));
                let place = |label: &str| part.levels.iter().position(|level| level == label);
                let (lifted, lowered) = match place(&flip.from).zip(place(&flip.to)) {
                    Some((from, to)) => (to < from, from < to),
                    None => (false, false),
                };
                gains = gains.saturating_add(usize::from((!before && after) || lifted));
                losses = losses.saturating_add(usize::from((before && refuses(&flip.to)) || lowered));
            }
        }
        (gains, losses)
    }

    /// How many firms get another amount of something that they get under both packs.
    #[must_use]
    pub fn other_amounts(&self) -> usize {
        let firms: BTreeSet<&String> = self.parts.iter().flat_map(|part| &part.other_amounts).collect();
        firms.len()
    }

    /// How many verdicts the new pack cannot give on old profiles.
    #[must_use]
    pub fn cannot_judge(&self) -> usize {
        let cells = self.parts.iter().flat_map(|part| &part.cells);
        cells.filter(|((_, to), _)| to == CANNOT_JUDGE).fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }
}

impl Kind {
    /// Its word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Gate => "gate",
            Self::Class => "class",
            Self::Ladder => "ladder",
            Self::Measure => "measure",
        }
    }

    /// True of what firms are after; gates and classes only lead there.
    #[must_use]
    pub fn gives(self) -> bool {
        matches!(self, Self::Ladder | Self::Measure)
    }

    /// True if a firm with this outcome has what the part gives.
    #[must_use]
    pub fn reaches(self, label: &str) -> bool {
        let nothing = ["none", "undetermined", "referred", "not_applicable", "error", CANNOT_JUDGE, ABSENT];
        match self {
            Self::Gate | Self::Class => label == Verdict::Yes.word(),
            Self::Ladder => !nothing.contains(&label),
            Self::Measure => label == MeasureOutcome::Eligible.word(),
        }
    }
}

impl Part {
    /// The place of an outcome among all: levels from the highest down, then what gives something, what is open, and
    /// what gives nothing.
    #[must_use]
    pub fn rank(&self, label: &str) -> usize {
        let open = ["undetermined", "unknown", "referred", CANNOT_JUDGE];
        let level = self.levels.iter().position(|level| level == label);
        let after = if self.kind.reaches(label) {
            0
        } else if open.contains(&label) {
            1
        } else if label == ABSENT {
            3
        } else {
            2
        };
        level.unwrap_or(self.levels.len().saturating_add(after))
    }

    /// Counts what a firm gets under both packs.
    fn pay(&mut self, old: Option<(Currency, Interval)>, new: Option<(Currency, Interval)>) {
        let Some(currency) = new.or(old).map(|(currency, _)| currency) else { return };
        let (known, before, after) = self.money.get_or_insert((currency, Sum::default(), Sum::default()));
        for (amount, sum) in [(old, before), (new, after)] {
            if let Some((_, amount)) = amount.filter(|(currency, _)| currency == known) {
                sum.add(amount);
            }
        }
    }

    /// Flips by what decides them under the new pack, the most frequent first.
    #[must_use]
    pub fn by_reason(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for flip in &self.flips {
            for reason in &flip.because {
                let count = counts.entry(reason).or_insert(0);
                *count = count.saturating_add(1);
            }
        }
        let mut found: Vec<(String, usize)> =
            counts.into_iter().map(|(reason, count)| (reason.to_owned(), count)).collect();
        found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found
    }
}

impl Default for Sum {
    fn default() -> Self {
        Self { sum: Some(Number::ZERO), range: Interval::point(Number::ZERO), firms: 0, open: 0 }
    }
}

impl Sum {
    fn add(&mut self, amount: Interval) {
        self.range = self.range.plus(amount);
        let Some(amount) = amount.single() else {
            self.open = self.open.saturating_add(1);
            return;
        };
        if !amount.is_zero() {
            self.firms = self.firms.saturating_add(1);
        }
        self.sum = self.sum.and_then(|sum| sum.plus(amount).ok());
    }
}

/// Whatever a pack decides that gives a firm something.
fn entities(pack: &Pack) -> impl Iterator<Item = (Entity, Kind)> {
    let gates = (0..pack.gates.len()).map(|gate| (Entity::Gate(gate), Kind::Gate));
    let classes = pack.classifications.iter().enumerate().flat_map(|(index, classification)| {
        (0..classification.classes.len()).map(move |class| (Entity::Class(index, class), Kind::Class))
    });
    let ladders = (0..pack.ladders.len()).map(|ladder| (Entity::Ladder(ladder), Kind::Ladder));
    let measures = (0..pack.measures.len()).map(|measure| (Entity::Measure(measure), Kind::Measure));
    gates.chain(classes).chain(ladders).chain(measures)
}

/// The outcome of an entity, or that the pack does not have it.
fn outcome(of: Decided<'_>, entity: Option<Entity>) -> Outcome {
    entity.and_then(|entity| told(of, entity)).unwrap_or_else(|| Outcome {
        label: ABSENT.to_owned(),
        because: BTreeSet::new(),
        awaits: BTreeSet::new(),
        open: false,
        amount: None,
    })
}

/// The levels of a ladder from the highest down; none of anything else.
fn levels(pack: &Pack, id: &str, kind: Kind) -> Vec<String> {
    let ladder = pack.ladders.iter().find(|ladder| kind == Kind::Ladder && ladder.id.text == id);
    ladder.into_iter().flat_map(|ladder| &ladder.levels).map(|level| level.id.text.clone()).collect()
}

/// The outcome of one entity.
fn told(of: Decided<'_>, entity: Entity) -> Option<Outcome> {
    let decision = of.decision;
    let (label, open, grounds): (String, bool, &Grounds) = match entity {
        Entity::Gate(gate) => verdict(decision.gates.get(gate)?),
        Entity::Class(index, class) => verdict(decision.classes.get(index)?.get(class)?),
        Entity::Ladder(index) => {
            let result = decision.ladders.get(index)?;
            let label = match result.outcome {
                LadderOutcome::Level(level) => {
                    of.plan.pack().ladders.get(index)?.levels.get(level)?.id.text.clone()
                }
                other => other.word().to_owned(),
            };
            let open = result.outcome.is_open();
            (label, open, &result.grounds)
        }
        Entity::Measure(measure) => {
            let result = decision.measures.get(measure)?;
            let open = result.outcome.is_open();
            (result.outcome.word().to_owned(), open, &result.grounds)
        }
        _ => return None,
    };
    let amount = match entity {
        Entity::Measure(measure) => {
            let currency = of.plan.pack().measures.get(measure).and_then(|measure| measure.currency);
            currency.zip(decision.measures.get(measure).and_then(|result| result.amount))
        }
        _ => None,
    };
    Some(Outcome {
        amount,
        label,
        because: grounds.because.iter().map(|reason| reason.id.clone()).collect(),
        awaits: grounds.awaits.iter().map(|path| path.fact).collect(),
        open,
    })
}

fn verdict(result: &ConditionResult) -> (String, bool, &Grounds) {
    let open = result.verdict.is_open();
    (result.verdict.word().to_owned(), open, &result.grounds)
}
