//! The steps of an amount: costs, rates, bands, steps, uplifts, limits, rounding.

use super::Reader;
use super::fields::Fields;
use crate::diagnostic::PackProblem;
use crate::expr;
use crate::expr::ast::Round;
use crate::pack::{Amount, Band, Bound, Means, Step, Steps, Uplift};
use crate::source::Span;
use crate::yaml::Node;

const AMOUNT_KEYS: &[&str] = &[
    "fixed", "base", "base_cap", "rate", "bands", "steps", "per_unit", "by_rank", "uplift", "cap", "round",
    "up_to",
];
/// The means of an amount, of which it has one.
const MEANS: &[&str] = &["fixed", "base", "bands", "steps", "per_unit", "by_rank"];

impl Reader<'_> {
    pub(super) fn amount(
        &mut self,
        node: &Node,
        place: &str,
        pending: &mut Option<(&'static str, Span)>,
    ) -> Amount {
        let place = format!("{place}.amount");
        if let Some(scalar) = node.as_scalar() {
            if scalar.text == "unpublished" {
                return Amount::Unpublished;
            }
            self.problem(PackProblem::AmountShape {}, node.span);
            return Amount::None;
        }
        let Some(fields) = self.fields(node, &place, AMOUNT_KEYS) else { return Amount::None };
        let present: Vec<&str> = MEANS.iter().copied().filter(|key| fields.get(key).is_some()).collect();
        if present.len() != 1 && !(present.is_empty() && fields.misspelt(MEANS)) {
            let known = MEANS.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
            self.problem(PackProblem::NotOneOf { place: place.clone(), known }, fields.span);
        }
        if let Some(entry) = fields.entry("by_rank") {
            self.pending(pending, "by_rank", entry.key_span);
        }
        // Every part is read, so that all that is wrong in it is told at once.
        let means = present.first().and_then(|key| self.means(key, &fields, &place));
        let base_cap = fields.get("base_cap").and_then(|node| self.definition(node, &place));
        let cap = fields.get("cap").and_then(|node| self.definition(node, &place));
        let uplifts = self.uplifts(&fields, &place);
        let round = fields.get("round").and_then(|node| self.rounding(node, &place));
        let up_to = self.yes_at(&fields, "up_to");
        self.fitting(&fields, &uplifts);
        means.map_or(Amount::None, |means| {
            let span = fields.span;
            Amount::Steps(Box::new(Steps { means, base_cap, uplifts, cap, round, up_to, span }))
        })
    }

    fn means(&mut self, key: &str, fields: &Fields<'_>, place: &str) -> Option<Means> {
        let node = fields.get(key)?;
        match key {
            "fixed" => self.definition(node, place).map(Means::Fixed),
            "base" => {
                let costs = self.costs(node, place);
                let rate = self.required(fields, "rate", place);
                let rate = rate.and_then(|node| self.definition(node, place));
                Some(Means::Share(costs?, rate?))
            }
            "bands" => self.bands(node, place),
            "steps" => self.steps(node, place),
            "per_unit" => self.per_unit(node, place),
            _ => {
                self.word_id(fields, key, place)?;
                Some(Means::ByRank)
            }
        }
    }

    /// One cost, or `sum:` with a list of them.
    fn costs(&mut self, node: &Node, place: &str) -> Option<Vec<crate::pack::ExprId>> {
        let at_base = format!("{place}.base");
        if node.as_sequence().is_some() {
            let key = "sum".to_owned();
            self.problem(PackProblem::MissingKey { key, place: at_base }, node.span);
            return None;
        }
        if node.as_mapping().is_none() {
            return self.expression(node, place).map(|cost| vec![cost]);
        }
        let place = at_base;
        let fields = self.fields(node, &place, &["sum"])?;
        let node = self.required(&fields, "sum", &place)?;
        let items = self.sequence(node, &place);
        if items.is_empty() {
            self.problem(PackProblem::EmptyCondition { key: "sum".to_owned() }, node.span);
            return None;
        }
        let costs: Vec<_> = items.iter().map(|item| self.expression(item, &place)).collect();
        costs.into_iter().collect()
    }

    /// The figure behind one of two words, of which exactly one is needed.
    fn bound<'w>(
        &mut self,
        row: &Fields<'_>,
        words: [(&'w str, bool); 2],
        place: &str,
    ) -> Option<(&'w str, Bound)> {
        let present: Vec<(&str, bool)> =
            words.into_iter().filter(|(word, _)| row.get(word).is_some()).collect();
        let &[(word, included)] = present.as_slice() else {
            let known = words.map(|(word, _)| format!("`{word}`")).join(", ");
            self.problem(PackProblem::NotOneOf { place: place.to_owned(), known }, row.span);
            return None;
        };
        let at = row.get(word).and_then(|node| self.expression(node, place))?;
        Some((word, Bound { at, included }))
    }

    fn bands(&mut self, node: &Node, place: &str) -> Option<Means> {
        let place = format!("{place}.bands");
        let table = self.fields(node, &place, &["of", "mode", "rows"])?;
        let of = self.required(&table, "of", &place).and_then(|node| self.expression(node, &place));
        let mode = self.required(&table, "mode", &place);
        let marginal = mode.and_then(|mode| self.word(mode, "mode", &[("marginal", true), ("slab", false)]));
        let rows = self.required(&table, "rows", &place)?;
        let mut bands: Vec<Band> = Vec::new();
        let mut sound = true;
        for row in self.sequence(rows, &place) {
            let Some(row) = self.fields(row, &place, &["up_to", "above", "rate"]) else {
                sound = false;
                continue;
            };
            let bound = self.bound(&row, [("up_to", true), ("above", false)], &place);
            let rate = self.required(&row, "rate", &place).and_then(|node| self.expression(node, &place));
            let (Some((word, bound)), Some(rate)) = (bound, rate) else {
                sound = false;
                continue;
            };
            let (above, up_to) = if word == "above" { (Some(bound), None) } else { (None, Some(bound)) };
            if up_to.is_some() && bands.last().is_some_and(|before| before.above.is_some()) {
                self.problem(PackProblem::BandOrder {}, row.span);
                sound = false;
            }
            bands.push(Band { above, up_to, rate, span: row.span });
        }
        if bands.is_empty() && sound {
            self.problem(PackProblem::EmptyCondition { key: "rows".to_owned() }, rows.span);
            return None;
        }
        sound.then_some(Means::Bands(of?, marginal?, bands))
    }

    fn steps(&mut self, node: &Node, place: &str) -> Option<Means> {
        let place = format!("{place}.steps");
        let table = self.fields(node, &place, &["of", "rows"])?;
        let of = self.required(&table, "of", &place).and_then(|node| self.expression(node, &place));
        let rows = self.required(&table, "rows", &place)?;
        let mut steps = Vec::new();
        let mut sound = true;
        for row in self.sequence(rows, &place) {
            let read = self.fields(row, &place, &["at_least", "above", "amount"]).and_then(|row| {
                let from = self.bound(&row, [("at_least", true), ("above", false)], &place);
                let amount = self.required(&row, "amount", &place);
                let amount = amount.and_then(|node| self.expression(node, &place));
                Some(Step { from: from?.1, amount: amount? })
            });
            sound &= read.is_some();
            steps.extend(read);
        }
        if steps.is_empty() && sound {
            self.problem(PackProblem::EmptyCondition { key: "rows".to_owned() }, rows.span);
            return None;
        }
        sound.then_some(Means::Steps(of?, steps))
    }

    fn per_unit(&mut self, node: &Node, place: &str) -> Option<Means> {
        let place = format!("{place}.per_unit");
        let unit = self.fields(node, &place, &["rate", "of", "times"])?;
        let mut part =
            |key: &str| self.required(&unit, key, &place).and_then(|node| self.expression(node, &place));
        let (rate, of) = (part("rate"), part("of"));
        let times = unit.get("times").map(|node| self.expression(node, &place));
        if times == Some(None) {
            return None;
        }
        Some(Means::PerUnit { rate: rate?, of: of?, times: times.flatten() })
    }

    fn uplifts(&mut self, fields: &Fields<'_>, place: &str) -> Vec<Uplift> {
        let Some(node) = fields.get("uplift") else { return Vec::new() };
        let place = format!("{place}.uplift");
        let mut uplifts = Vec::new();
        for item in self.sequence(node, &place) {
            let known = ["when", "add", "rate", "cap", "cite", "basis", "why"];
            let Some(uplift) = self.fields(item, &place, &known) else { continue };
            let when = self.required(&uplift, "when", &place).and_then(|when| self.condition(when, &place));
            let mut part = |key: &str| uplift.get(key).and_then(|node| self.expression(node, &place));
            let (add, rate, cap) = (part("add"), part("rate"), part("cap"));
            if ["add", "rate", "cap"].iter().all(|key| uplift.get(key).is_none()) {
                self.missing("add", &place, uplift.span);
            }
            let ground = self.ground(&uplift, &place);
            if let Some(when) = when {
                uplifts.push(Uplift { when, add, rate, cap, ground, span: uplift.span });
            }
        }
        uplifts
    }

    /// Parts that have nothing to act on: costs and rates without a base, uplifts of what is not there.
    fn fitting(&mut self, fields: &Fields<'_>, uplifts: &[Uplift]) {
        let mut lone = |key: &str, needs: &str, span: Span| {
            self.problem(PackProblem::NothingToActOn { key: key.to_owned(), needs: needs.to_owned() }, span);
        };
        let has = |key: &str| fields.get(key).is_some();
        for key in ["base_cap", "rate"] {
            if let Some(entry) = fields.entry(key).filter(|_| !has("base")) {
                lone(key, "base", entry.key_span);
            }
        }
        for uplift in uplifts {
            for (key, part) in [("add", uplift.add), ("rate", uplift.rate)] {
                if part.is_some() && !has("base") {
                    lone(key, "base", uplift.span);
                }
            }
            if uplift.cap.is_some() && !has("cap") {
                lone("cap", "cap", uplift.span);
            }
        }
    }

    /// `down to 10_000 CNY`
    fn rounding(&mut self, node: &Node, place: &str) -> Option<Round> {
        let text = self.text(node, place)?;
        match expr::parse_round(text, &expr::Origin::new(node.span)) {
            Ok(round) => Some(round),
            Err(problems) => {
                self.diagnostics.extend(problems);
                None
            }
        }
    }
}
