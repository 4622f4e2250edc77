//! How an amount came about, line by line in the order of the law, for whoever checks it with a pencil.
//!
//! Every figure is the decision's own; a sum over bands is added up only where each of them is one number.

use super::Report;
use crate::answer::{FactPath, Part};
use crate::decision::{MeasureResult, ground_of};
use crate::doc::Line;
use crate::explain::{Figure, StepResult};
use crate::graph::{Entity, StackMember, StepKind};
use crate::number::{Interval, Number, Rounding};
use crate::pack::{Band, Means, Measure, Uplift};
use crate::profile::Given;
use crate::value::Type;
use crate::wording::{Word, amount};
use std::collections::BTreeSet;

/// Where a step stands among the steps of its amount.
struct At<'a> {
    measure: &'a Measure,
    step: &'a StepResult,
    /// The steps before it and after it that belong to the same row.
    before: &'a [StepResult],
    after: &'a [StepResult],
}

impl At<'_> {
    /// How many steps of these kinds stand before it.
    fn count(&self, kinds: &[StepKind]) -> usize {
        self.before.iter().filter(|step| kinds.contains(&step.kind)).count()
    }

    fn uplift(&self) -> Option<&Uplift> {
        let uplifts = &self.measure.amount.steps()?.uplifts;
        if self.step.kind == StepKind::OtherCap {
            return uplifts
                .iter()
                .filter(|uplift| uplift.cap.is_some())
                .nth(self.count(&[StepKind::OtherCap]));
        }
        let times = |uplift: &Uplift| [uplift.add, uplift.rate].iter().flatten().count();
        let mut of_rate = uplifts.iter().flat_map(|uplift| std::iter::repeat_n(uplift, times(uplift)));
        of_rate.nth(self.count(&[StepKind::Add, StepKind::OtherRate]))
    }
}

impl Report<'_> {
    /// The lines of a measure's amount; none where nothing is computed.
    pub(super) fn sum(&self, measure: &Measure, result: &MeasureResult) -> Vec<Line> {
        let mut lines = Vec::new();
        for same_row in result.steps.chunk_by(|one, other| one.row == other.row) {
            lines.extend(same_row.first().and_then(|step| self.row_head(step)));
            for (place, step) in same_row.iter().enumerate() {
                let (before, rest) = same_row.split_at(place);
                let after = rest.get(1..).unwrap_or_default();
                let said = self.step(&At { measure, step, before, after });
                for (text, figure) in said {
                    let cite = self.cite_of(measure, step);
                    lines.push(Line { text, figure, cite, is_head: false });
                }
            }
        }
        lines.extend(self.rows_left_out(measure, result));
        if measure.amount.up_to() && !lines.is_empty() {
            let text = self.say(Word::SumUpTo, &[]);
            let figure = self.money_of(measure, result.amount);
            lines.push(Line { text, figure, cite: self.cite_of_measure(measure), is_head: false });
        }
        lines.extend(result.effects.iter().filter_map(|effect| self.effect(measure, effect)));
        lines
    }

    /// The name of the row whose amount follows.
    fn row_head(&self, step: &StepResult) -> Option<Line> {
        let list = step.facts.first()?.fact;
        let text = self.row_name(list, step.row?);
        Some(Line { text, figure: String::new(), cite: String::new(), is_head: true })
    }

    /// A row by its number, and by what the firm calls it.
    fn row_name(&self, list: usize, row: usize) -> String {
        let path = FactPath { fact: list, part: Part::Row(row) };
        let value_type = self.plan.pack().facts.get(list).map(|fact| &fact.value_type);
        let field = match value_type {
            Some(Type::List(fields)) => fields.iter().position(|f| matches!(f.value_type, Type::Text(_))),
            _ => None,
        };
        let name = field.map(|field| FactPath { part: Part::Field(row, field), ..path });
        let name: Option<String> = name.and_then(|path| self.words.given(self.profile, path));
        let row = self.words.path(path);
        name.map_or_else(|| row.clone(), |name| self.say(Word::ReachedLevel, &[&row, &name]))
    }

    /// The rows of a repeated measure that bring nothing.
    fn rows_left_out(&self, measure: &Measure, result: &MeasureResult) -> Option<Line> {
        let each = measure.each.as_ref().filter(|_| !result.steps.is_empty())?;
        let list = self.plan.pack().facts.iter().position(|fact| fact.id.text == each.list.text)?;
        let Given::Rows { rows, .. } = self.profile.facts.get(list)?.as_ref()? else { return None };
        let counted: BTreeSet<usize> = result.steps.iter().filter_map(|step| step.row).collect();
        let left: Vec<String> = (0..rows.len())
            .filter(|row| !counted.contains(row))
            .map(|row| self.row_name(list, row))
            .collect();
        if left.is_empty() {
            return None;
        }
        let left = self.words.clauses(&left);
        let text = match each.at_most {
            Some(most) => self.say(Word::RowsOver, &[&left, &most.to_string()]),
            None => self.say(Word::RowsLeftOut, &[&left]),
        };
        Some(Line { text, figure: String::new(), cite: self.cite_of_measure(measure), is_head: false })
    }

    fn cite_of_measure(&self, measure: &Measure) -> String {
        measure.ground.cite.as_ref().map(|cite| self.words.cite(cite)).unwrap_or_default()
    }

    /// Where a step is written: at its own place, at that of the value that it reads, or with the measure.
    fn cite_of(&self, measure: &Measure, step: &StepResult) -> String {
        let of_parameter = || {
            let mut grounds = step.parameters.iter().map(|p| ground_of(self.plan, Entity::Parameter(*p)));
            grounds.find_map(|ground| ground.cite)
        };
        let cite = step.ground.cite.clone().or_else(of_parameter).or_else(|| measure.ground.cite.clone());
        cite.map(|cite| self.words.cite(&cite)).unwrap_or_default()
    }

    fn money_of(&self, measure: &Measure, paid: Option<Interval>) -> String {
        let money = measure.currency.zip(paid);
        money.map_or_else(
            || self.say(Word::NotComputedAmount, &[]),
            |(currency, paid)| amount::range(self.words.lang, &Type::Money(currency), paid),
        )
    }

    fn figure(&self, step: &StepResult, figure: &Figure) -> String {
        if step.facts.iter().any(|path| self.words.is_masked(*path)) {
            return self.say(Word::Withheld, &[]);
        }
        match figure.interval {
            // A bound that the range of a fact gives is no figure of the firm's.
            Some(interval) if interval.high.is_none() => self.say(Word::HoldsOpen, &[]),
            Some(interval) => amount::range(self.words.lang, &figure.value_type, interval),
            None => self.say(Word::NotComputedAmount, &[]),
        }
    }

    /// What a step says, and what comes of it; nothing where the step after it says so.
    fn step(&self, at: &At<'_>) -> Vec<(String, String)> {
        let step = at.step;
        let (own, result) = (self.figure(step, &step.operand), self.figure(step, &step.result));
        let term = self.term(at.measure, &step.text);
        let follows = |kinds: &[StepKind]| at.after.first().is_some_and(|next| kinds.contains(&next.kind));
        let text = match step.kind {
            StepKind::Cost => self.say(Word::SumCost, &[&term]),
            StepKind::Costs => self.say(Word::SumCosts, &[]),
            StepKind::BaseCap => self.limited(Word::SumBaseCap, at, &own),
            StepKind::Rate if follows(&[StepKind::Add, StepKind::OtherRate]) => self.say(Word::SumRate, &[]),
            StepKind::Add => self.uplifted(Word::SumAdd, at, &own),
            StepKind::OtherRate => self.uplifted(Word::SumOtherRate, at, &own),
            StepKind::OtherCap => self.uplifted(Word::SumOtherCap, at, &own),
            StepKind::Share => self.say(Word::SumShare, &[&own]),
            StepKind::Fixed if term == own => self.say(Word::SumFixed, &[]),
            StepKind::Fixed => self.say(Word::SumFixedBy, &[&term]),
            StepKind::Quantity if at.count(&[StepKind::Quantity]) > 0 => self.say(Word::SumTimes, &[&term]),
            StepKind::Quantity => term,
            StepKind::Band => return self.band(at, &own, result),
            StepKind::Step => self.steps_of(at),
            StepKind::PerUnit => self.say(Word::SumPerUnit, &[&own]),
            StepKind::Cap if follows(&[StepKind::OtherCap]) => self.say(Word::SumCap, &[]),
            // The share of the costs names the rate, and the limited amount the limit.
            StepKind::Rate | StepKind::Cap => return Vec::new(),
            StepKind::Capped => self.limited(Word::SumCapped, at, &own),
            StepKind::Round => self.rounded(at.measure),
            StepKind::MinorUnit => {
                let coin = at.measure.currency.and_then(|currency| Some((currency, currency.smallest()?)));
                let coin = coin.map(|(currency, coin)| amount::money(self.words.lang, currency, coin));
                self.say(Word::RoundNearest, &[&coin.unwrap_or_default()])
            }
            StepKind::Rows => self.say(Word::SumRows, &[]),
        };
        vec![(text, result)]
    }

    /// A limit, and whether what came before it went beyond.
    fn limited(&self, word: Word, at: &At<'_>, limit: &str) -> String {
        let kinds = [StepKind::Rate, StepKind::Add, StepKind::OtherRate, StepKind::Cap, StepKind::OtherCap];
        let bands = at.before.iter().filter(|step| step.kind == StepKind::Band);
        let bands: Vec<Option<Interval>> = bands.map(|step| step.result.interval).collect();
        let before = match at.step.kind {
            // What is limited is the sum of the bands.
            StepKind::Capped if !bands.is_empty() => {
                let zero = Interval::point(Number::ZERO);
                bands.into_iter().try_fold(zero, |sum, band| band.map(|band| sum.plus(band)))
            }
            _ => {
                let before = at.before.iter().rev().find(|step| !kinds.contains(&step.kind));
                before.and_then(|step| step.result.interval)
            }
        };
        let figure = at.step.operand.interval;
        let reached = before.zip(figure).and_then(|(before, figure)| {
            let over = before.low.zip(figure.high).is_some_and(|(low, limit)| low > limit);
            let within = before.high.zip(figure.low).is_some_and(|(high, limit)| high <= limit);
            (over || within).then_some(over)
        });
        let state = match reached {
            Some(true) => Word::LimitApplies,
            Some(false) => Word::LimitNot,
            None => Word::LimitHere,
        };
        self.say(word, &[limit, &self.say(state, &[])])
    }

    /// What is raised under a condition, and whether that holds.
    fn uplifted(&self, word: Word, at: &At<'_>, own: &str) -> String {
        let condition = at.uplift().map(|uplift| self.condition(at.measure, &uplift.when));
        let state = at.step.when.as_ref().map(|when| {
            if when.is_error() {
                Word::Failed
            } else if when.is_yes() {
                Word::Holds
            } else if when.is_no() {
                Word::HoldsNot
            } else {
                Word::HoldsOpen
            }
        });
        let state = state.map(|word| self.say(word, &[])).unwrap_or_default();
        self.say(word, &[own, &condition.unwrap_or_default(), &state])
    }

    /// One band, and after the last of several that each have their own rate, their sum.
    fn band(&self, at: &At<'_>, rate: &str, result: String) -> Vec<(String, String)> {
        let Some(Means::Bands(_, marginal, bands)) = at.measure.amount.steps().map(|steps| &steps.means)
        else {
            return Vec::new();
        };
        let index = at.count(&[StepKind::Band]);
        let nothing = Some(Interval::point(Number::ZERO));
        if !marginal && at.step.result.interval == nothing && bands.len() > 1 {
            return Vec::new();
        }
        let word = if *marginal { Word::SumBandPart } else { Word::SumBandWhole };
        let mut said = vec![(self.say(word, &[&self.band_ends(at.measure, bands, index), rate]), result)];
        let together = at.before.iter().chain([at.step]).filter(|step| step.kind == StepKind::Band);
        let figures: Option<Vec<Number>> = together.map(|step| step.result.interval?.single()).collect();
        let last = index.saturating_add(1) == bands.len();
        if let Some(sum) = figures.and_then(|figures| Number::sum(figures).ok())
            && *marginal
            && last
            && bands.len() > 1
        {
            let figure = Figure { interval: Some(Interval::point(sum)), ..at.step.result.clone() };
            said.push((self.say(Word::SumBands, &[]), self.figure(at.step, &figure)));
        }
        said
    }

    /// `above CNY 1,000,000.00, up to CNY 2,000,000.00`
    fn band_ends(&self, measure: &Measure, bands: &[Band], index: usize) -> String {
        let band = bands.get(index);
        let before = index.checked_sub(1).and_then(|before| bands.get(before));
        let above = band.and_then(|band| band.above).or_else(|| before.and_then(|band| band.up_to));
        let next = bands.get(index.saturating_add(1)).and_then(|band| band.above);
        let up_to = band.and_then(|band| band.up_to).or(next);
        let ends = [
            above.map(|above| self.say(Word::BandAbove, &[&self.written(measure, above.at)])),
            up_to.map(|up_to| self.say(Word::BandUpTo, &[&self.written(measure, up_to.at)])),
        ];
        self.words.list(&ends.into_iter().flatten().collect::<Vec<_>>())
    }

    /// Every step of a quantity with what it gives.
    fn steps_of(&self, at: &At<'_>) -> String {
        let Some(Means::Steps(_, rows)) = at.measure.amount.steps().map(|steps| &steps.means) else {
            return String::new();
        };
        let step = |row: &crate::pack::Step| {
            let word = if row.from.included { Word::AtLeast } else { Word::MoreThan };
            let from = self.say(word, &[&self.written(at.measure, row.from.at)]);
            self.say(Word::ReachedLevel, &[&from, &self.written(at.measure, row.amount)])
        };
        self.words.clauses(&rows.iter().map(step).collect::<Vec<_>>())
    }

    fn rounded(&self, measure: &Measure) -> String {
        let round = measure.amount.steps().and_then(|steps| steps.round.as_ref());
        let Some((round, currency)) = round.zip(measure.currency) else { return String::new() };
        let word = match round.rounding {
            Rounding::Down => Word::RoundDown,
            Rounding::Up => Word::RoundUp,
            Rounding::Nearest => Word::RoundNearest,
        };
        self.say(word, &[&amount::money(self.words.lang, currency, round.to.number)])
    }

    /// What meeting other measures did.
    fn effect(&self, measure: &Measure, effect: &crate::combine::Effect) -> Option<Line> {
        let stacking = self.plan.pack().stacking.get(effect.stacking)?;
        let label = stacking.label.as_ref().map(|label| self.words.label(label)).unwrap_or_default();
        let label = if label.is_empty() { format!("`{}`", stacking.id.text) } else { label };
        let text = match effect.displaced_by {
            Some(StackMember::Measure(other)) => {
                self.say(Word::DisplacedBy, &[&self.words.entity(Entity::Measure(other)), &label])
            }
            Some(StackMember::Money(node)) => {
                let text = self.plan.checked.graph.texts.get(&node).cloned().unwrap_or_default();
                self.say(Word::DisplacedBy, &[&self.term(measure, &text), &label])
            }
            None => match &stacking.rule {
                crate::pack::StackingRule::Highest(_) => self.say(Word::MayBeDisplaced, &[&label]),
                crate::pack::StackingRule::Limit { limit, .. } => {
                    self.say(Word::CutBy, &[&self.written(measure, *limit), &label])
                }
            },
        };
        let cite = stacking.ground.cite.as_ref().map(|cite| self.words.cite(cite)).unwrap_or_default();
        let figure = self.money_of(measure, Some(effect.amount));
        Some(Line { text, figure, cite, is_head: false })
    }
}
