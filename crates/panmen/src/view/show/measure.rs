//! Measures: the steps of an amount in the order of the law, how often, and how measures combine.

use super::Show;
use crate::doc::{Block, Doc, Pair, Section};
use crate::expr::ast::Round;
use crate::graph::Entity;
use crate::number::Rounding;
use crate::pack::{Amount, Apply, Band, Bound, ExprId, Means, Measure, Once, Stacking, StackingRule, Steps};
use crate::wording::Word;

impl Show<'_> {
    pub(super) fn measure(&self, index: usize, head: &mut Vec<Pair>, sections: &mut Vec<Section>) {
        let Some(measure) = self.words.plan.pack().measures.get(index) else { return };
        head.extend(measure.in_force.map(|period| self.pair(Word::ShowInForce, self.period(period))));
        head.extend(match measure.apply {
            Apply::Always => None,
            Apply::Unpublished => Some(self.pair(Word::ShowApply, self.say(Word::ShowUnpublished))),
            Apply::Window(period) => Some(self.pair(Word::ShowApply, self.period(period))),
        });
        head.extend(self.gate(measure.gate.as_ref()));
        let benefit = measure.benefit.as_ref();
        head.extend(benefit.map(|benefit| self.pair(Word::ShowBenefit, self.words.label(benefit))));
        sections.extend(self.applies_to(measure.applies_to.as_ref()));
        if let Some(who) = &measure.who {
            sections.push(self.section(Word::ShowText, self.condition(who)));
        }
        sections.extend(self.pairs(Word::ShowAmount, self.amount(measure)));
        let combines = self.words.plan.pack().stacking.iter().filter(|rule| self.takes_part(rule, measure));
        let combines = combines.map(|rule| Self::named(&self.stacking_label(rule), self.stacking_rule(rule)));
        sections.extend(self.pairs(Word::ShowStacking, combines.collect()));
    }

    /// The steps, and how often they are taken.
    fn amount(&self, measure: &Measure) -> Vec<Pair> {
        let mut pairs = Vec::new();
        match &measure.amount {
            Amount::None => {}
            Amount::Unpublished => {
                pairs.push(self.pair(Word::ShowFlat, self.say(Word::ShowUnpublished)));
            }
            Amount::Steps(steps) => self.steps(steps, &mut pairs),
        }
        if let Some((key, _)) = measure.pending {
            pairs.push(self.pair(Word::ShowPending, key));
        }
        if let Some(each) = &measure.each {
            let facts = &self.words.plan.pack().facts;
            let list = facts.iter().position(|fact| fact.id.text == each.list.text);
            let label = list.map(|index| self.words.entity(Entity::Fact(index))).unwrap_or_default();
            let mut list = self.with_id(&label, &each.list.text);
            if let Some(most) = each.at_most {
                list = self.words.say(Word::ShowFirstRows, &[&list, &most.to_string()]);
            }
            pairs.push(self.pair(Word::ShowEach, list));
        }
        pairs.extend(measure.once.as_ref().map(|once| self.pair(Word::ShowOnce, self.once(once))));
        pairs
    }

    fn once(&self, once: &Once) -> String {
        let times = once.times.to_string();
        match (once.years, &once.per) {
            (None, None) => self.words.say(Word::ShowOnceFirm, &[&times]),
            (None, Some(_)) => self.words.say(Word::ShowOnceProject, &[&times]),
            (Some(years), None) => self.words.say(Word::ShowOnceFirmYears, &[&times, &years.to_string()]),
            (Some(years), Some(_)) => {
                self.words.say(Word::ShowOnceProjectYears, &[&times, &years.to_string()])
            }
        }
    }

    fn steps(&self, steps: &Steps, pairs: &mut Vec<Pair>) {
        self.means(&steps.means, pairs);
        if let Some(cap) = &steps.base_cap {
            // Costs are limited before the rate is taken of them.
            let mut before = Vec::new();
            self.definition(Word::ShowBaseCap, cap, &mut before);
            let costs = if let Means::Share(costs, _) = &steps.means { costs.len() } else { 0 };
            pairs.splice(costs..costs, before);
        }
        for uplift in &steps.uplifts {
            pairs.push(self.pair(Word::ShowUpliftIf, self.in_one_line(&uplift.when)));
            for (word, part) in [
                (Word::ShowAdd, uplift.add),
                (Word::ShowOtherRate, uplift.rate),
                (Word::ShowOtherCap, uplift.cap),
            ] {
                pairs.extend(part.map(|part| self.pair(word, self.expression(part))));
            }
            pairs.extend(self.grounds(&uplift.ground));
        }
        if let Some(cap) = &steps.cap {
            self.definition(Word::ShowCap, cap, pairs);
        }
        pairs.extend(steps.round.as_ref().map(|round| self.pair(Word::ShowRound, self.rounding(round))));
        if steps.up_to {
            pairs.push(self.pair(Word::ShowUpTo, self.say(Word::ShowUpToMoney)));
        }
    }

    fn means(&self, means: &Means, pairs: &mut Vec<Pair>) {
        let bound = |bound: &Bound, at_least: Word, above: Word| {
            let word = if bound.included { at_least } else { above };
            self.words.say(word, &[&self.expression(bound.at)])
        };
        match means {
            Means::Fixed(fixed) => self.definition(Word::ShowFlat, fixed, pairs),
            Means::Share(costs, rate) => {
                pairs.extend(costs.iter().map(|cost| self.pair(Word::ShowBase, self.expression(*cost))));
                self.definition(Word::ShowRate, rate, pairs);
            }
            Means::Bands(of, marginal, bands) => {
                pairs.push(self.pair(Word::ShowBands, self.expression(*of)));
                let mode = if *marginal { Word::ShowMarginal } else { Word::ShowSlab };
                pairs.push(self.pair(Word::ShowMode, self.say(mode)));
                let ends = |band: &Band| {
                    let above = band.above.iter().map(|end| bound(end, Word::AtLeast, Word::MoreThan));
                    let up_to = band.up_to.iter().map(|end| bound(end, Word::AtMost, Word::LessThan));
                    self.words.list(&above.chain(up_to).collect::<Vec<_>>())
                };
                pairs.extend(bands.iter().map(|band| Pair {
                    key: ends(band),
                    value: self.expression(band.rate),
                    ..Pair::default()
                }));
            }
            Means::Steps(of, rows) => {
                pairs.push(self.pair(Word::ShowSteps, self.expression(*of)));
                pairs.extend(rows.iter().map(|row| Pair {
                    key: bound(&row.from, Word::AtLeast, Word::MoreThan),
                    value: self.expression(row.amount),
                    ..Pair::default()
                }));
            }
            Means::PerUnit { rate, of, times } => {
                pairs.push(self.pair(Word::ShowPerUnit, self.expression(*rate)));
                pairs.push(self.pair(Word::ShowUnits, self.expression(*of)));
                pairs.extend(times.map(|times| self.pair(Word::ShowTimes, self.expression(times))));
            }
            // The pending part says so.
            Means::ByRank => {}
        }
    }

    fn rounding(&self, round: &Round) -> String {
        let word = match round.rounding {
            Rounding::Down => Word::ShowRoundDown,
            Rounding::Up => Word::ShowRoundUp,
            Rounding::Nearest => Word::ShowRoundNearest,
        };
        self.words.say(word, &[&self.quantity(&round.to)])
    }

    /// True if a rule of stacking names a measure.
    fn takes_part(&self, rule: &Stacking, measure: &Measure) -> bool {
        let names = |expr: &ExprId| {
            let written = self.words.plan.pack().expressions.get(expr.0);
            written.is_some_and(|written| format!("{}{}", written.scope, written.expr) == measure.id.text)
        };
        match &rule.rule {
            StackingRule::Highest(among) => among.iter().any(names),
            StackingRule::Limit { over, .. } => over.iter().any(names),
        }
    }

    fn stacking_label(&self, rule: &Stacking) -> String {
        let label = rule.label.as_ref().map(|label| self.words.label(label)).unwrap_or_default();
        if label.is_empty() { rule.id.text.clone() } else { label }
    }

    fn stacking_rule(&self, rule: &Stacking) -> String {
        let all = |members: &[ExprId]| {
            self.words.list(&members.iter().map(|expr| self.expression(*expr)).collect::<Vec<_>>())
        };
        match &rule.rule {
            StackingRule::Highest(among) => self.words.say(Word::ShowHighest, &[&all(among)]),
            StackingRule::Limit { limit, over, reduce } => {
                let (over, limit) = (all(over), self.expression(*limit));
                let reduce: Vec<String> = reduce.iter().map(|id| id.text.clone()).collect();
                if reduce.is_empty() {
                    return self.words.say(Word::ShowLimit, &[&over, &limit]);
                }
                self.words.say(Word::ShowReduce, &[&over, &limit, &self.words.list(&reduce)])
            }
        }
    }

    /// A rule of stacking as an entry of its own.
    pub(super) fn stacking(&self, rule: &Stacking) -> Doc {
        let head = vec![self.pair(Word::ShowId, &rule.id.text)];
        let text = Block::Paragraph(self.stacking_rule(rule));
        let mut sections = vec![self.section(Word::ShowText, vec![text])];
        sections.extend(self.ground(&rule.ground));
        self.doc(self.stacking_label(rule), head, sections)
    }
}
