//! Firms made up for a pack: profiles with values on, just below and just above the figures that its rules
//! compare them with, and some facts missing.
//!
//! In: a plan, a seed and a row. Out: one profile in JSON, the same for the same arguments. No firm of it
//! exists. Draws from its own counter-based sequence, so that any row can be made alone.

use crate::eval::{Run, eval};
use crate::explain::facts_below;
use crate::graph::{Constant, Node, NodeId, Num, Op, Set, StepKind, Ty};
use crate::number::{Interval, Number, Rounding};
use crate::pack::{AWARD_MEASURE, Apply, EARLIER_AWARDS, Fact, Pack, Per};
use crate::plan::Plan;
use crate::profile::{Form, profile};
use crate::source::FileId;
use crate::value::{Date, Month, TimeUnit, Type, Value as Held, write_number};
use crate::yaml::{self, Limits};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Days before the decision date at which dates gather: around whole years.
const DAYS: [i64; 12] = [0, 1, 30, 364, 365, 366, 730, 731, 1095, 1096, 1826, 3000];
/// Years and months before the decision date for which series have values.
const YEARS: i64 = 5;
const MONTHS: i64 = 36;
/// Years and months after it: a later edition looks at them.
const AHEAD_YEARS: i64 = 1;
const AHEAD_MONTHS: i64 = 12;
/// How often a firm is drawn again at most, one fact at a time.
const TRIES: usize = 160;

/// What firms of a pack are made from: by fact, the figures that rules compare it with.
#[derive(Debug, Clone)]
pub struct Mould<'p> {
    plan: &'p Plan<'p>,
    figures: Figures,
}

/// By fact, the figures that rules compare it with, and whether each is a percentage.
type Figures = BTreeMap<usize, BTreeSet<Figure>>;
type Figure = (Number, bool);

/// The day for which firms of an edition are best made up: the first on which most of its measures take
/// applications. None where the edition has no first day.
#[must_use]
pub fn day(pack: &Pack) -> Option<Date> {
    let windows = || {
        pack.measures.iter().filter_map(|measure| match measure.apply {
            Apply::Window(window) => Some(window),
            Apply::Always | Apply::Unpublished => None,
        })
    };
    let begins = windows().filter_map(|window| window.from).filter(|day| pack.header.in_force.contains(*day));
    let days: BTreeSet<Date> = begins.chain(pack.header.in_force.from).collect();
    let open = |day: Date| windows().filter(|window| window.contains(day)).count();
    // Of days with as many windows the first.
    days.into_iter().rev().max_by_key(|day| open(*day))
}

/// Finds the figures that rules compare facts with.
#[must_use]
pub fn mould<'p>(plan: &'p Plan<'p>) -> Mould<'p> {
    let mut figures = Figures::new();
    let main = &plan.checked.graph.nodes;
    for (index, node) in main.iter().enumerate() {
        let found = compared(plan, main, node);
        if !found.is_empty() {
            for fact in facts_below(plan, NodeId(index)) {
                figures.entry(fact).or_default().extend(&found);
            }
        }
        let mut bodies: Vec<_> = node.op.body().into_iter().collect();
        while let Some(body) = bodies.pop() {
            for inner in &body.nodes {
                figures.entry(body.list).or_default().extend(compared(plan, &body.nodes, inner));
                bodies.extend(inner.op.body());
            }
        }
    }
    at_limits(plan, &mut figures);
    Mould { plan, figures }
}

/// The figures written on either side of a comparison.
fn compared(plan: &Plan<'_>, nodes: &[Node], node: &Node) -> Vec<Figure> {
    let sides: Vec<NodeId> = match &node.op {
        Op::Compare(_, a, b) => vec![*a, *b],
        Op::In { set: Set::Range(low, high), .. } => low.iter().chain(high).copied().collect(),
        _ => Vec::new(),
    };
    sides.into_iter().flat_map(|side| figures(plan, nodes, side, 0)).collect()
}

/// The figures that a node may be: a literal, a parameter's value on the day, the rows of a table.
fn figures(plan: &Plan<'_>, nodes: &[Node], node: NodeId, depth: usize) -> Vec<Figure> {
    const DEEPEST: usize = 8;
    let Some(here) = nodes.get(node.0).filter(|_| depth < DEEPEST) else { return Vec::new() };
    let percent = matches!(here.ty, Ty::Number(Num { percent: true, .. }));
    let below = |inner: NodeId| figures(plan, nodes, inner, depth.saturating_add(1));
    match &here.op {
        Op::Constant(Constant::Number(number)) => vec![(*number, percent)],
        Op::Parameter(index) => {
            let value = plan.parameters.get(*index).copied().flatten();
            let values = plan.pack().parameters.get(*index).map(|parameter| &parameter.values);
            match values.zip(value).and_then(|(values, value)| values.get(value)).map(|dated| &dated.value) {
                Some(Held::Number(number)) => vec![(*number, percent)],
                _ => Vec::new(),
            }
        }
        Op::Table { rows, .. } => rows.iter().flat_map(|(_, row)| below(*row)).collect(),
        Op::If { then, otherwise, .. } => [*then, *otherwise].into_iter().flat_map(below).collect(),
        _ => Vec::new(),
    }
}

/// By fact, the figures at which amounts meet their limits: what costs come to where the limit of the costs, or of
/// the grant, is just reached.
fn at_limits(plan: &Plan<'_>, figures_of: &mut Figures) {
    let graph = &plan.checked.graph;
    for (steps, measure) in graph.amounts.iter().zip(&graph.measures) {
        let Some(Op::Measure { amount: Some(amount), .. }) = graph.nodes.get(measure.0).map(|node| &node.op)
        else {
            continue;
        };
        let body = graph.nodes.get(amount.0).and_then(|node| node.op.body());
        let nodes = body.map_or(&graph.nodes, |body| &body.nodes);
        let of = |kinds: &[StepKind]| -> BTreeSet<Number> {
            let steps = steps.iter().filter(|step| kinds.contains(&step.kind));
            steps.flat_map(|step| figures(plan, nodes, step.operand, 0)).map(|(figure, _)| figure).collect()
        };
        let mut reached = of(&[StepKind::BaseCap]);
        let rates = of(&[StepKind::Rate, StepKind::OtherRate, StepKind::PerUnit]);
        for limit in of(&[StepKind::Cap, StepKind::OtherCap]) {
            reached.extend(rates.iter().filter_map(|rate| limit.divide(*rate).ok()));
        }
        // A third of a limit has no decimals that a profile could state.
        let hundredth = Number::ONE.divide(Number::from(100)).unwrap_or(Number::ONE);
        let reached: Vec<Number> =
            reached.into_iter().filter_map(|figure| figure.round(hundredth, Rounding::Up).ok()).collect();
        for step in steps.iter().filter(|step| matches!(step.kind, StepKind::Cost | StepKind::Quantity)) {
            let facts = match body {
                Some(body) => BTreeSet::from([body.list]),
                None => facts_below(plan, step.operand).into_iter().collect(),
            };
            for fact in facts {
                figures_of.entry(fact).or_default().extend(reached.iter().map(|figure| (*figure, false)));
            }
        }
    }
}

/// The profile of one made-up firm, on one line.
#[must_use]
pub fn firm(mould: &Mould<'_>, seed: u64, row: u64) -> String {
    let mut maker = Maker { mould, dice: Dice::new(seed, row) };
    let mut facts = Map::new();
    let declared = &mould.plan.pack().facts;
    for (index, fact) in declared.iter().enumerate() {
        if let Some(value) = maker.fact(index, fact) {
            facts.insert(fact.id.text.clone(), value);
        }
    }
    let text = |facts: &Map<String, Value>| {
        let name = format!("Firm {:06} (generated)", row.saturating_add(1));
        json!({"firm": {"name": name}, "as_of": mould.plan.as_of.to_string(), "facts": facts}).to_string()
    };
    // A firm that fails everything tells little of a change of rules: most are drawn again, fact by fact,
    // and keep what meets no fewer conditions.
    let tries = maker.dice.below(TRIES);
    let mut met = mould.met(&text(&facts));
    for _ in 0..tries {
        let index = maker.dice.below(declared.len());
        let Some(fact) = declared.get(index) else { continue };
        let Some(value) = maker.fact(index, fact) else { continue };
        let before = facts.insert(fact.id.text.clone(), value);
        let now = mould.met(&text(&facts));
        if now >= met {
            met = now;
        } else if let Some(before) = before {
            facts.insert(fact.id.text.clone(), before);
        } else {
            facts.shift_remove(&fact.id.text);
        }
    }
    text(&facts)
}

impl Mould<'_> {
    /// How many criteria a profile meets.
    fn met(&self, text: &str) -> usize {
        let (node, _) = yaml::parse(FileId::default(), text, Limits::FILE);
        let read = node.map(|node| profile(&node, self.plan.checked, Form::Json));
        let Some((Some(profile), _)) = read else { return 0 };
        let trace = eval(self.plan, &profile, Run::All);
        self.plan.checked.graph.criteria.iter().filter(|node| trace.get(**node).is_yes()).count()
    }
}

/// A sequence of numbers that follows from a seed and a row (the public-domain generator `SplitMix64`).
struct Dice(u64);

impl Dice {
    fn new(seed: u64, row: u64) -> Self {
        let mut first = Self(seed);
        let mixed = first.next();
        Self(mixed ^ row.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`, which is above zero.
    fn below(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(1).max(1);
        usize::try_from(self.next().checked_rem(count).unwrap_or(0)).unwrap_or(0)
    }

    /// True in so many of a hundred.
    fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    fn of<'t, T>(&mut self, from: &'t [T]) -> Option<&'t T> {
        from.get(self.below(from.len()))
    }
}

struct Maker<'a> {
    mould: &'a Mould<'a>,
    dice: Dice,
}

impl Maker<'_> {
    fn fact(&mut self, index: usize, fact: &Fact) -> Option<Value> {
        if fact.judged_by.is_some() && self.dice.percent(50) {
            return None;
        }
        // Awards of earlier years are the exception; other facts are sometimes missing.
        let missing = if fact.id.text == EARLIER_AWARDS { 80 } else { 7 };
        if self.dice.percent(missing) {
            return None;
        }
        let value = match (&fact.value_type, fact.per) {
            (Type::List(fields), _) => {
                let count = 1_usize.saturating_add(self.dice.below(3));
                let rows: Vec<Value> = (0..count)
                    .map(|_| {
                        let entries = fields.iter().enumerate().filter_map(|(position, field)| {
                            let missing = self.dice.percent(5);
                            let value = match (fact.id.text.as_str(), position) {
                                (EARLIER_AWARDS, AWARD_MEASURE) => self.measure()?,
                                _ => self.value(index, &field.value_type, field.range)?,
                            };
                            (!missing).then(|| (field.name.clone(), value))
                        });
                        Value::Object(entries.collect())
                    })
                    .collect();
                return Some(rows.into());
            }
            (_, Some(per)) => return Some(self.series(index, fact, per)),
            _ if fact.many => {
                let count = 1_usize.saturating_add(self.dice.below(3));
                let values: BTreeSet<String> = (0..count)
                    .filter_map(|_| self.value(index, &fact.value_type, fact.range))
                    .filter_map(|value| value.as_str().map(str::to_owned))
                    .collect();
                values.into_iter().collect()
            }
            _ => self.value(index, &fact.value_type, fact.range)?,
        };
        let mut leaf = Map::new();
        leaf.insert("value".into(), value);
        let status = if self.dice.percent(35) { "verified" } else { "declared" };
        leaf.insert("status".into(), status.into());
        if fact.judged_by.is_some() {
            leaf.insert("signed_by".into(), "officer (generated)".into());
        }
        Some(Value::Object(leaf))
    }

    /// One of the measures of the pack, whose awards may be used up.
    fn measure(&mut self) -> Option<Value> {
        let plan = self.mould.plan;
        self.dice.of(&plan.pack().measures).map(|measure| measure.id.text.as_str().into())
    }

    /// Years and months up to the decision date; a month is mostly like the one before it.
    fn series(&mut self, index: usize, fact: &Fact, per: Per) -> Value {
        let as_of = self.mould.plan.as_of;
        let mut periods = Map::new();
        let mut usual = None;
        let (last, count) = match per {
            Per::Year => {
                (i64::from(as_of.year()).saturating_add(AHEAD_YEARS), YEARS.saturating_add(AHEAD_YEARS))
            }
            Per::Month => {
                (as_of.month().index().saturating_add(AHEAD_MONTHS), MONTHS.saturating_add(AHEAD_MONTHS))
            }
        };
        for back in 0..count {
            let period = last.saturating_sub(back);
            let name = match per {
                Per::Year => Some(period.to_string()),
                Per::Month => Month::from_index(period).map(|month| month.to_string()),
            };
            if self.dice.percent(if per == Per::Year { 3 } else { 1 }) {
                continue;
            }
            if per == Per::Year || usual.is_none() || self.dice.percent(5) {
                usual = self.value(index, &fact.value_type, fact.range);
            }
            periods.extend(name.zip(usual.clone()));
        }
        Value::Object(periods)
    }

    fn value(&mut self, index: usize, value_type: &Type, range: Interval) -> Option<Value> {
        Some(match value_type {
            Type::YesNo => if self.dice.percent(75) { "yes" } else { "no" }.into(),
            Type::Date => {
                let back = *self.dice.of(&DAYS)?;
                let early = i64::try_from(self.dice.below(3)).unwrap_or(1).saturating_sub(1);
                let day = self.mould.plan.as_of.plus(early.saturating_sub(back), TimeUnit::Days);
                day.unwrap_or(Date::EARLIEST).to_string().into()
            }
            Type::Text(false) => (*self.dice.of(&["A", "B", "C"])?).into(),
            Type::Code(set) | Type::Choice(set) => {
                let place = self.dice.below(set.codes.len());
                set.codes.keys().nth(place)?.to_string().into()
            }
            Type::Text(true) | Type::List(_) => return None,
            number => write_number(number, self.number(index, number, range)?).into(),
        })
    }

    /// A figure of the rules or one step beside it; now and then any number.
    fn number(&mut self, index: usize, value_type: &Type, range: Interval) -> Option<Number> {
        let step = match value_type {
            Type::Integer => Number::ONE,
            Type::Percent => Number::ONE.divide(Number::from(10_000)).ok()?,
            _ => Number::ONE.divide(Number::from(100)).ok()?,
        };
        // Where the rules have no figure, money is what a firm has rather than a coin. A percentage of something is
        // reached with that share of the usual.
        let usual = match value_type {
            Type::Money(_) => Number::from(1_000_000),
            Type::Integer => Number::from(100),
            _ => Number::ONE,
        };
        let mut figures: Vec<Number> = Vec::new();
        for (figure, percent) in self.mould.figures.get(&index).into_iter().flatten() {
            match (*percent, value_type) {
                (true, Type::Percent) => figures.push(*figure),
                (false, Type::Percent) => {}
                (true, _) => figures.extend(figure.multiply(usual)),
                (false, _) => figures.push(*figure),
            }
        }
        figures.push(usual);
        let figure = *self.dice.of(&figures)?;
        let chosen = match self.dice.below(5) {
            0 => figure.subtract(step).ok()?,
            1 => figure.plus(step).ok()?,
            2 => {
                // Somewhere up to twice the figure, in steps of a tenth of it.
                let tenths = i64::try_from(self.dice.below(21)).ok()?;
                let far = figure.multiply(Number::from(tenths)).ok()?.divide(Number::from(10)).ok()?;
                far.round(step, Rounding::Nearest).ok()?
            }
            _ => figure,
        };
        let inside = range.contains(chosen);
        let whole = *value_type != Type::Integer || chosen.is_integer();
        let decimal = chosen.to_decimal().is_some();
        if inside && whole && decimal { Some(chosen) } else { range.low.or(Some(Number::ZERO)) }
    }
}
