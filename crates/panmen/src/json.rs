//! Every result that is written as JSON or YAML. Amounts and numbers are text in one spelling; there
//! are no floats.

mod amounts;
mod facts;
mod impact;

pub(crate) use facts::{FactEntry, entries, kind_only};
pub use impact::{IMPACT_SCHEMA, impact};

use crate::answer::{FactPath, Failure};
use crate::decision::{ConditionResult, Decision, Grounds, LadderOutcome, Point, Verdict};
use crate::eval::NONE_BIT;
use crate::explain::{Finding, Needed, Reason, path_text};
use crate::graph::{Entity, entity_id, outcome_bit};
use crate::number::Interval;
use crate::pack::Ground;
use crate::plan::Plan;
use crate::profile::Profile;
use crate::standing::Standing;
use crate::value::{Currency, Type, write_number, write_range};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The schema of [`decision`].
pub const DECISION_SCHEMA: &str = "panmen/decision/1";
pub use crate::decision::SEMANTICS;

/// A decision as one document. `distances` is a view beside the outcome: how far off each criterion is.
#[derive(Debug, Serialize)]
pub struct Document {
    schema: &'static str,
    engine: Value,
    pack: Value,
    as_of: String,
    facts_as_of: Option<String>,
    firm: Value,
    facts: Vec<Value>,
    outcome: Value,
    distances: Vec<Value>,
}

/// The outcome of a decision as it is recorded: without the figures of steps, which are values of the
/// firm's facts or made of them.
#[must_use]
pub(crate) fn outcome(plan: &Plan<'_>, profile: &Profile, decision: &Decision) -> Value {
    Writer { plan, profile, show_personal: true, figures: false }.outcome(decision)
}

/// A decision as one document. Values of facts that are marked as personal are left out, and what is
/// computed of them too, unless `show_personal`.
#[must_use]
pub fn decision(plan: &Plan<'_>, profile: &Profile, decision: &Decision, show_personal: bool) -> Document {
    let writer = Writer { plan, profile, show_personal, figures: true };
    let header = &plan.pack().header;
    Document {
        schema: DECISION_SCHEMA,
        engine: json!({"version": env!("CARGO_PKG_VERSION"), "semantics": SEMANTICS}),
        pack: json!({"id": header.pack, "edition": header.edition, "status": header.status.word()}),
        as_of: plan.as_of.to_string(),
        facts_as_of: profile.facts_as_of.map(|date| date.to_string()),
        firm: json!({"id": profile.uscc.as_deref(), "name": profile.name}),
        facts: writer.facts(),
        outcome: writer.outcome(decision),
        distances: writer.distances(decision),
    }
}

struct Writer<'a> {
    plan: &'a Plan<'a>,
    profile: &'a Profile,
    show_personal: bool,
    /// The figures of an amount's steps.
    figures: bool,
}

impl Writer<'_> {
    fn paths(&self, paths: &[FactPath]) -> Vec<String> {
        paths.iter().map(|path| path_text(self.plan, *path)).collect()
    }

    /// True if a value of one of these facts is not to be shown.
    fn masks(&self, facts: &[FactPath]) -> bool {
        let personal = |path: &FactPath| self.plan.pack().facts.get(path.fact).is_some_and(|f| f.personal);
        !self.show_personal && facts.iter().any(personal)
    }

    fn id(&self, entity: Entity) -> String {
        entity_id(self.plan.pack(), entity)
    }

    fn outcome(&self, decision: &Decision) -> Value {
        let pack = self.plan.pack();
        let mut outcome = Map::new();
        outcome.insert("standing".into(), standing_word(decision.confirmed).into());
        outcome.insert(
            "gates".into(),
            by_id(decision.gates.iter().enumerate(), |(index, result)| {
                (self.id(Entity::Gate(index)), self.condition(result))
            }),
        );
        outcome.insert(
            "classifications".into(),
            by_id(decision.classes.iter().enumerate(), |(index, classes)| {
                let classes = by_id(classes.iter().enumerate(), |(class, result)| {
                    let id = pack
                        .classifications
                        .get(index)
                        .and_then(|c| c.classes.get(class))
                        .map(|c| c.id.text.clone());
                    (id.unwrap_or_default(), self.condition(result))
                });
                let open = pack.classifications.get(index).is_some_and(|classification| classification.open);
                (self.id(Entity::Classification(index)), json!({"open": open, "classes": classes}))
            }),
        );
        outcome.insert(
            "tiers".into(),
            by_id(decision.ladders.iter().enumerate(), |(index, result)| {
                let mut entry = Map::new();
                entry.insert("outcome".into(), result.outcome.word().into());
                entry.insert("level".into(), self.level(index, result.outcome));
                entry.insert("possible".into(), self.possible(index, result.possible));
                self.grounds(&mut entry, &result.grounds);
                if result.outcome == LadderOutcome::NotApplicable {
                    let reason = pack.ladders.get(index).and_then(|ladder| ladder.applies_to.as_ref());
                    entry.insert(
                        "reason".into(),
                        reason.map(|a| a.otherwise.get(crate::diagnostic::Lang::En)).into(),
                    );
                }
                (self.id(Entity::Ladder(index)), Value::Object(entry))
            }),
        );
        outcome.insert(
            "measures".into(),
            by_id(decision.measures.iter().enumerate(), |(index, result)| {
                let mut entry = Map::new();
                entry.insert("outcome".into(), result.outcome.word().into());
                entry.insert("amount".into(), self.amount(index, result));
                if let Some(standing) = &result.amount_standing {
                    entry.insert("amount_standing".into(), standing_of(standing).into());
                }
                let displaced = result.effects.iter().find_map(|effect| effect.displaced_by);
                if let Some(member) = displaced {
                    entry.insert("displaced_by".into(), self.member(member).into());
                }
                if !result.steps.is_empty() {
                    entry.insert("steps".into(), self.steps(index, result));
                }
                self.grounds(&mut entry, &result.grounds);
                (self.id(Entity::Measure(index)), Value::Object(entry))
            }),
        );
        outcome.insert("total".into(), Self::totals(decision));
        outcome.insert(
            "criteria".into(),
            by_id(decision.criteria.iter().enumerate(), |(index, result)| {
                let mut entry = Map::new();
                entry.insert("outcome".into(), result.verdict.word().into());
                self.grounds(&mut entry, &result.grounds);
                entry.insert("facts".into(), self.paths(&result.facts).into());
                let parameters = result.parameters.iter().map(|index| self.parameter(*index)).collect();
                entry.insert("parameters".into(), Value::Array(parameters));
                let ground = pack.criteria.get(index).map(|criterion| &criterion.ground);
                cite(&mut entry, ground);
                (self.id(Entity::Criterion(index)), Value::Object(entry))
            }),
        );
        outcome.insert("missing".into(), self.paths(&decision.missing).into());
        let assumed = decision.assumed.iter().map(|assumption| self.point(assumption.point)).collect();
        outcome.insert("assumed".into(), Value::Array(assumed));
        outcome.insert("published_only".into(), self.published_only(decision));
        Value::Object(outcome)
    }

    fn condition(&self, result: &ConditionResult) -> Value {
        let mut entry = Map::new();
        entry.insert("outcome".into(), result.verdict.word().into());
        self.grounds(&mut entry, &result.grounds);
        Value::Object(entry)
    }

    fn grounds(&self, entry: &mut Map<String, Value>, grounds: &Grounds) {
        let because: Vec<&str> = grounds.because.iter().map(|reason: &Reason| reason.id.as_str()).collect();
        entry.insert("because".into(), because.into());
        entry.insert("awaits".into(), self.paths(&grounds.awaits).into());
        entry.insert("standing".into(), grounds.standing.as_ref().map(standing_of).into());
        if let Some(Standing::Indicative { verify: Some(verify) }) = &grounds.standing {
            entry.insert("verify".into(), self.paths(verify).into());
        }
        let basis = if grounds.assumed.is_empty() { "published" } else { "assumed" };
        entry.insert("basis".into(), basis.into());
        let points: Vec<String> = grounds.assumed.iter().map(|point| self.point_id(*point)).collect();
        entry.insert("assumed".into(), points.into());
        if let Some(failure) = grounds.failure {
            entry.insert("error".into(), failure_word(failure).into());
        }
    }

    fn level(&self, ladder: usize, outcome: LadderOutcome) -> Value {
        match outcome {
            LadderOutcome::Level(level) => self.level_id(ladder, Some(level)).into(),
            _ => Value::Null,
        }
    }

    fn level_id(&self, ladder: usize, level: Option<usize>) -> String {
        let levels =
            self.plan.pack().ladders.get(ladder).map(|ladder| ladder.levels.as_slice()).unwrap_or_default();
        level
            .and_then(|level| levels.get(level))
            .map_or_else(|| "none".to_owned(), |level| level.id.text.clone())
    }

    fn possible(&self, ladder: usize, bits: u64) -> Value {
        let count = self.plan.pack().ladders.get(ladder).map_or(0, |ladder| ladder.levels.len());
        let levels = (0..count).filter(|level| bits & outcome_bit(Some(*level)) != 0);
        let mut possible: Vec<String> = levels.map(|level| self.level_id(ladder, Some(level))).collect();
        if bits & NONE_BIT != 0 {
            possible.push("none".to_owned());
        }
        possible.into()
    }

    /// The sum; one by currency where there are several.
    fn totals(decision: &Decision) -> Value {
        let mut totals = decision.totals.iter();
        match (totals.next(), totals.next()) {
            // A sum that lacks a part is none.
            _ if decision.uncounted > 0 => "error".into(),
            (None, _) => Value::Null,
            (Some((currency, total)), None) => money(*currency, *total),
            _ => by_id(decision.totals.iter(), |(currency, total)| {
                (currency.to_string(), money(*currency, *total))
            }),
        }
    }

    fn parameter(&self, index: usize) -> Value {
        let pack = self.plan.pack();
        let Some(parameter) = pack.parameters.get(index) else { return Value::Null };
        let value =
            self.plan.parameters.get(index).copied().flatten().and_then(|value| parameter.values.get(value));
        let mut entry = Map::new();
        entry.insert("id".into(), parameter.id.text.clone().into());
        if let Some(value) = value {
            let text = match &value.value {
                crate::value::Value::Number(number) => write_number(&parameter.value_type, *number),
                other => other.to_string(),
            };
            entry.insert("value".into(), text.into());
            entry.insert("from".into(), value.period.from.map(|date| date.to_string()).into());
            cite(&mut entry, Some(&value.ground));
        }
        Value::Object(entry)
    }

    fn point_id(&self, point: Point) -> String {
        match point {
            Point::Entity(entity) => self.id(entity),
            Point::Default(path) => path_text(self.plan, path),
        }
    }

    fn point(&self, point: Point) -> Value {
        let mut entry = Map::new();
        entry.insert("id".into(), self.point_id(point).into());
        entry.insert("kind".into(), point_kind(point).into());
        if let Point::Entity(entity) = point {
            let ground = crate::decision::ground_of(self.plan, entity);
            cite(&mut entry, Some(&ground));
            let why = ground.basis.and_then(|basis| basis.why);
            entry.insert("why".into(), why.map(|why| why.get(crate::diagnostic::Lang::En).to_owned()).into());
        }
        Value::Object(entry)
    }

    fn published_only(&self, decision: &Decision) -> Value {
        let published = &decision.published_only;
        let verdict = |verdict: &Verdict| json!({"outcome": verdict.word()});
        let pack = self.plan.pack();
        json!({
            "gates": by_id(published.gates.iter().enumerate(), |(index, found)| (self.id(Entity::Gate(index)), verdict(found))),
            "classifications": by_id(published.classes.iter().enumerate(), |(index, classes)| {
                let classes = by_id(classes.iter().enumerate(), |(class, found)| {
                    let id = pack.classifications.get(index).and_then(|c| c.classes.get(class)).map(|c| c.id.text.clone());
                    (id.unwrap_or_default(), verdict(found))
                });
                (self.id(Entity::Classification(index)), json!({"classes": classes}))
            }),
            "tiers": by_id(published.ladders.iter().enumerate(), |(index, (outcome, possible))| {
                let entry = json!({
                    "outcome": outcome.word(),
                    "level": self.level(index, *outcome),
                    "possible": self.possible(index, *possible),
                });
                (self.id(Entity::Ladder(index)), entry)
            }),
            "measures": by_id(published.measures.iter().zip(&published.amounts).enumerate(), |(index, (outcome, amount))| {
                let currency = pack.measures.get(index).and_then(|measure| measure.currency);
                let amount = currency.zip(*amount).map(|(currency, amount)| money(currency, amount));
                (self.id(Entity::Measure(index)), json!({"outcome": outcome.word(), "amount": amount}))
            }),
        })
    }

    /// How far off the firm is, for every criterion that is not met.
    fn distances(&self, decision: &Decision) -> Vec<Value> {
        let mut distances = Vec::new();
        for (index, result) in decision.criteria.iter().enumerate() {
            for finding in &result.findings {
                distances.extend(self.distance("criterion", &self.id(Entity::Criterion(index)), finding));
            }
        }
        for result in &decision.inline {
            distances.extend(self.distance("condition", &result.text, &result.finding));
        }
        distances
    }

    fn distance(&self, kind: &str, of: &str, finding: &Finding) -> Option<Value> {
        let (far, far_type) = finding.short_by.as_ref().filter(|_| !self.masks(&finding.facts))?;
        let mut entry = Map::new();
        entry.insert(kind.into(), of.into());
        entry.insert("facts".into(), self.paths(&finding.facts).into());
        if let Some((value, value_type)) = &finding.value {
            entry.insert("value".into(), value.single().map(|value| write_number(value_type, value)).into());
        }
        match &finding.needed {
            Needed::Bound(comparison, bound, bound_type) => {
                let needed = format!("{} {}", comparison, write_number(bound_type, *bound));
                entry.insert("needed".into(), needed.into());
            }
            Needed::Between(range, range_type) => {
                entry.insert("needed".into(), write_range(range_type, *range).into());
            }
            _ => {}
        }
        entry.insert("short_by".into(), write_number(far_type, *far).into());
        Some(Value::Object(entry))
    }
}

fn by_id<T>(items: impl Iterator<Item = T>, entry: impl FnMut(T) -> (String, Value)) -> Value {
    Value::Object(items.map(entry).collect())
}

fn cite(entry: &mut Map<String, Value>, ground: Option<&Ground>) {
    let Some(ground) = ground else { return };
    if let Some(cite) = &ground.cite {
        let place = cite.place.as_ref().map(|place| format!(" {place}")).unwrap_or_default();
        entry.insert("cite".into(), format!("{}{place}", cite.source).into());
    }
    entry.insert("own_basis".into(), if ground.assumed() { "assumed" } else { "published" }.into());
}

fn standing_word(confirmed: Option<bool>) -> Option<&'static str> {
    confirmed.map(|confirmed| if confirmed { "confirmed" } else { "indicative" })
}

fn standing_of(standing: &Standing) -> &'static str {
    match standing {
        Standing::Confirmed => "confirmed",
        Standing::Indicative { .. } => "indicative",
    }
}

/// The kind of a point that nobody published.
#[must_use]
pub fn point_kind(point: Point) -> &'static str {
    match point {
        Point::Entity(Entity::Parameter(_)) => "value",
        Point::Entity(Entity::List(_)) => "list",
        Point::Entity(Entity::Criterion(_)) => "criterion",
        Point::Entity(Entity::Gate(_)) => "gate",
        Point::Entity(Entity::Class(..)) => "class",
        Point::Entity(Entity::Level(..)) => "level",
        Point::Entity(_) => "measure",
        Point::Default(_) => "default",
    }
}

/// What went wrong, in one word.
#[must_use]
pub fn failure_word(failure: Failure) -> &'static str {
    use crate::answer::FailureKind;
    match failure.kind {
        FailureKind::DivisionByZero => "division_by_zero",
        FailureKind::Overflow => "overflow",
        FailureKind::NotInForce => "parameter_not_in_force",
        FailureKind::NoRow => "no_row",
        FailureKind::NoRows => "no_rows",
        FailureKind::WindowOrder => "window_order",
        FailureKind::DateRange => "date_range",
        FailureKind::Steps => "step_limit",
        FailureKind::NotEvaluated => "not_yet_evaluated",
    }
}

/// An amount, or what it may come to.
fn money(currency: Currency, interval: Interval) -> Value {
    let money = Type::Money(currency);
    match interval.single() {
        Some(amount) => write_number(&money, amount).into(),
        None => {
            let end = |number: Option<_>| number.map(|number| write_number(&money, number));
            json!({"from": end(interval.low), "to": end(interval.high)})
        }
    }
}
