//! Measures to nodes: who gets one, how often, and the steps of its amount, built from the operations
//! that expressions use, so that unknown facts, errors and exactness need nothing of their own.

use super::Builder;
use crate::diagnostic::{Diagnostic, MeaningProblem, PackProblem};
use crate::expr::ast::{Comparison, Operator, Quantifier};
use crate::graph::{Body, Constant, Entity, FactRef, NodeId, Num, NumUnit, Op, Step, StepKind, Ty};
use crate::number::{Number, Rounding};
use crate::pack::{
    AWARD_MEASURE, AWARD_ON, AWARD_PROJECT, Amount, Definition, Each, Expects, ExprId, Ground, Means,
    Measure, Once, Steps, Uplift,
};
use crate::source::Span;
use crate::value::{Currency, TimeUnit};
use std::sync::Arc;

/// The nodes of who gets a measure, and of what it comes to.
struct Built {
    who: Option<NodeId>,
    amount: Option<NodeId>,
    steps: Vec<Step>,
}

impl Builder<'_> {
    pub(super) fn measure(&mut self, index: usize) -> Option<NodeId> {
        let measure = self.pack.measures.get(index)?;
        self.currency = measure.currency;
        let gate = self.gate(measure.gate.as_ref());
        let applies_to = self.applies_to(measure.applies_to.as_ref(), measure.id.span);
        let built = match &measure.each {
            None => self.built(measure),
            Some(each) => self.repeated(measure, each),
        };
        let (gate, applies_to, built) = (gate?, applies_to?, built?);
        let op = Op::Measure { measure: index, gate, applies_to, who: built.who, amount: built.amount };
        let node = self.terms.emit(op, Ty::Measure(index), measure.id.span);
        self.terms.name(Entity::Measure(index), node);
        self.amounts.insert(index, built.steps);
        Some(node)
    }

    pub(super) fn money(&self) -> Ty {
        let unit = self.currency.map_or(NumUnit::One, NumUnit::Money);
        Ty::Number(Num::of(unit))
    }

    /// Who gets it and what it comes to, for the firm or for the row at hand.
    fn built(&mut self, measure: &Measure) -> Option<Built> {
        let span = measure.id.span;
        let who = match &measure.who {
            None => Some(None),
            Some(who) => self.condition(who, span).map(Some),
        };
        let amount = match &measure.amount {
            Amount::None | Amount::Unpublished => Some(None),
            Amount::Steps(steps) if matches!(steps.means, Means::ByRank) => Some(None),
            Amount::Steps(steps) => self.amount(steps).map(Some),
        };
        let once = match &measure.once {
            None => Some(None),
            Some(once) => self.once(measure, once).map(Some),
        };
        let (who, amount, once) = (who?, amount?, once?);
        let reached = amount.as_ref().and_then(|(_, reached, _)| *reached);
        let conditions: Vec<NodeId> = who.into_iter().chain(reached).chain(once).collect();
        let who = match conditions.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => Some(self.terms.emit(Op::All(conditions), Ty::Truth, span)),
        };
        let (amount, steps) = amount.map_or((None, Vec::new()), |(node, _, steps)| (Some(node), steps));
        Some(Built { who, amount, steps })
    }

    /// A measure for each of the first eligible rows of a list.
    fn repeated(&mut self, measure: &Measure, each: &Each) -> Option<Built> {
        let Some(Entity::Fact(list)) = self.terms.find(&each.list.text) else { return None };
        let span = each.list.span;
        let outer = self.terms.open_rows(list);
        let built = self.built(measure);
        let nodes = self.terms.close_rows(outer);
        let mut built = built?;
        let body = Arc::new(Body { list, nodes, of: built.amount, filter: built.who });
        let some = Op::Rows { quantifier: Quantifier::Some, body: body.clone() };
        let who = self.terms.emit(some, Ty::Truth, span);
        self.terms.texts.insert(who, format!("some {} qualifies", each.list.text));
        built.who = Some(who);
        if built.amount.is_some() {
            let rows = self.terms.emit(Op::FirstRows { body, at_most: each.at_most }, self.money(), span);
            built.amount = Some(rows);
        }
        Some(built)
    }

    /// Whether the firm, or the project at hand, may have one more award.
    fn once(&mut self, measure: &Measure, once: &Once) -> Option<NodeId> {
        let Some(Entity::Fact(awards)) = self.terms.find(crate::pack::EARLIER_AWARDS) else { return None };
        let span = once.span;
        let project = match &once.per {
            None => None,
            Some(per) => Some(self.project(per, span)?),
        };
        let id = &measure.id.text;
        let outer = self.terms.open_rows(awards);
        let field = |at: usize| Op::Fact(FactRef::Field(awards, at));
        let mut emit = |op: Op, ty: Ty| self.terms.emit(op, ty, span);
        let of = emit(field(AWARD_MEASURE), Ty::Word(None));
        let this = emit(Op::Constant(Constant::Word(id.as_str().into())), Ty::Word(None));
        let mut all = vec![emit(Op::Compare(Comparison::Equal, of, this), Ty::Truth)];
        let whole = Ty::Number(Num::WHOLE);
        let on = emit(field(AWARD_ON), Ty::Date);
        let today = emit(Op::DecisionDate, Ty::Date);
        // An application of an earlier day is not refused for what was granted since.
        all.push(emit(Op::Compare(Comparison::AtMost, on, today), Ty::Truth));
        if let Some(years) = once.years {
            let passed = emit(Op::Between { unit: TimeUnit::Years, from: on, to: today }, whole.clone());
            let most = emit(Op::Constant(Constant::Number(Number::from(i64::from(years)))), whole.clone());
            all.push(emit(Op::Compare(Comparison::Less, passed, most), Ty::Truth));
        }
        if let Some(project) = project {
            let awarded = emit(field(AWARD_PROJECT), Ty::Word(None));
            let here = emit(Op::Around(project), Ty::Word(None));
            all.push(emit(Op::Compare(Comparison::Equal, awarded, here), Ty::Truth));
        }
        let filter = emit(Op::All(all), Ty::Truth);
        let nodes = self.terms.close_rows(outer);
        let body = Arc::new(Body { list: awards, nodes, of: None, filter: Some(filter) });
        let count = self.terms.emit(Op::CountAwards(body), whole.clone(), span);
        let times = Constant::Number(Number::from(i64::from(once.times)));
        let times = self.terms.emit(Op::Constant(times), whole, span);
        let node = self.terms.emit(Op::Compare(Comparison::Less, count, times), Ty::Truth, span);
        if !self.terms.in_rows() {
            let years = once.years.map(|years| format!(" and years from on to decision_date < {years}"));
            let years = years.unwrap_or_default();
            let when = format!("measure = {id} and on <= decision_date{years}");
            let text = format!("(count of earlier_awards where {when}) < {}", once.times);
            self.terms.texts.insert(node, text);
        }
        Some(node)
    }

    /// The project of the row at hand.
    fn project(&mut self, per: &crate::pack::Id, span: Span) -> Option<NodeId> {
        let Some((list, field, found)) = self.terms.field(&per.text) else {
            let problem = PackProblem::UnknownReference { id: per.text.clone(), kind: "field".to_owned() };
            self.terms.diagnostics.push(Diagnostic::new(problem, per.span));
            return None;
        };
        let ty = Ty::of(&found.value_type)?;
        Some(self.terms.emit(Op::Fact(FactRef::Field(list, field)), ty, span))
    }

    /// The amount, whether one of its steps is reached (where it has steps), and the steps for people.
    fn amount(&mut self, steps: &Steps) -> Option<(NodeId, Option<NodeId>, Vec<Step>)> {
        let mut told = Vec::new();
        let mut reached = None;
        // One condition stands over the rate, the points and the limit of an uplift.
        let whens: Vec<Option<NodeId>> =
            steps.uplifts.iter().map(|uplift| self.condition(&uplift.when, uplift.span)).collect();
        let means = match &steps.means {
            Means::Fixed(fixed) => {
                let node = self.definition(fixed, Some(Expects::Money));
                node.inspect(|node| told.push(self.step(StepKind::Fixed, self.text_of(fixed), *node, *node)))
            }
            Means::Share(costs, rate) => self.share(steps, (costs, rate), &whens, &mut told),
            Means::Bands(of, marginal, bands) => self.bands(*of, *marginal, bands, &mut told),
            Means::Steps(of, rows) => {
                let built = self.by_steps(*of, rows, &mut told);
                reached = built.map(|(_, reached)| reached);
                built.map(|(node, _)| node)
            }
            Means::PerUnit { rate, of, times } => self.per_unit(*rate, *of, *times, &mut told),
            Means::ByRank => None,
        };
        let cap = self.cap(steps, &whens, &mut told);
        self.likely(&told);
        let (means, cap) = (means?, cap?);
        let mut amount = self.paid(means, steps.span, &mut told);
        if let Some(cap) = cap {
            let op = Op::Pick { greatest: false, items: vec![amount, cap] };
            let capped = self.terms.emit(op, self.money(), steps.span);
            told.push(self.step(StepKind::Capped, String::new(), cap, capped));
            amount = if self.is_paid(cap) { capped } else { self.paid(capped, steps.span, &mut told) };
        }
        let amount = self.rounded(amount, steps, &mut told)?;
        Some((amount, reached, told))
    }

    /// An amount that is paid: never less than nothing, whatever the figures are that it is worked out of.
    /// The last step that comes to it says so.
    fn paid(&mut self, amount: NodeId, span: Span, told: &mut [Step]) -> NodeId {
        if self.is_paid(amount) {
            return amount;
        }
        let nothing = self.terms.emit(Op::Constant(Constant::Number(Number::ZERO)), self.money(), span);
        let op = Op::Pick { greatest: true, items: vec![amount, nothing] };
        let paid = self.terms.emit(op, self.money(), span);
        let last = told.iter_mut().rev().find(|step| step.result == amount);
        last.into_iter().for_each(|step| step.result = paid);
        paid
    }

    /// Whether an amount is a figure that is paid as it stands.
    fn is_paid(&self, amount: NodeId) -> bool {
        self.terms.constant(amount).is_some_and(|number| !number.is_negative())
    }

    /// Rounded as the measure says, else to the currency's minor unit.
    fn rounded(&mut self, amount: NodeId, steps: &Steps, told: &mut Vec<Step>) -> Option<NodeId> {
        let (kind, text, to, how, span) = match &steps.round {
            Some(round) => {
                self.terms.money_literal(&round.to, self.currency, round.span)?;
                (StepKind::Round, round.to_string(), round.to.number, round.rounding, round.span)
            }
            None => match self.currency.and_then(Currency::smallest) {
                Some(to) => (StepKind::MinorUnit, String::new(), to, Rounding::Nearest, steps.span),
                None => return Some(amount),
            },
        };
        let rounded = self.terms.emit(Op::Round { of: amount, to, how }, self.money(), span);
        told.push(self.step(kind, text, amount, rounded));
        Some(rounded)
    }

    pub(super) fn step(&self, kind: StepKind, text: String, operand: NodeId, result: NodeId) -> Step {
        let span = self.terms.span(result);
        Step { kind, text, operand, when: None, result, ground: Ground::default(), span }
    }

    fn text_of(&self, definition: &Definition) -> String {
        match definition {
            Definition::Is(expr) => self.terms.text(*expr),
            Definition::Table(by, _) => self.terms.text(*by),
        }
    }

    /// Costs within their limit, times the rate with its uplifts.
    fn share(
        &mut self,
        steps: &Steps,
        (costs, rate): (&[ExprId], &Definition),
        whens: &[Option<NodeId>],
        told: &mut Vec<Step>,
    ) -> Option<NodeId> {
        let money = self.money();
        let mut base: Option<NodeId> = None;
        let mut sound = true;
        for cost in costs {
            let Some(node) = self.terms.value(*cost, Some(Expects::Money)) else {
                sound = false;
                continue;
            };
            told.push(self.step(StepKind::Cost, self.terms.text(*cost), node, node));
            base = Some(match base {
                None => node,
                Some(sum) => {
                    let op = Op::Arithmetic(Operator::Add, sum, node);
                    self.terms.emit(op, money.clone(), steps.span)
                }
            });
        }
        let mut base = base.filter(|_| sound);
        if let Some(sum) = base.filter(|_| costs.len() > 1) {
            told.push(self.step(StepKind::Costs, String::new(), sum, sum));
        }
        if let Some(limit) = &steps.base_cap {
            let node = self.definition(limit, Some(Expects::Money))?;
            let op = Op::Pick { greatest: false, items: vec![base?, node] };
            let within = self.terms.emit(op, money.clone(), steps.span);
            told.push(self.step(StepKind::BaseCap, self.text_of(limit), node, within));
            base = Some(within);
        }
        let node = self.definition(rate, Some(Expects::Ratio));
        let mut rate_node = node?;
        told.push(self.step(StepKind::Rate, self.text_of(rate), rate_node, rate_node));
        for (uplift, when) in steps.uplifts.iter().zip(whens) {
            rate_node = self.uplifted(rate_node, uplift, *when, told)?;
        }
        let op = Op::Arithmetic(Operator::Multiply, base?, rate_node);
        let amount = self.terms.emit(op, money, steps.span);
        told.push(self.step(StepKind::Share, String::new(), rate_node, amount));
        Some(amount)
    }

    /// The rate after an uplift of it: another rate first, then points, or these would be lost.
    fn uplifted(
        &mut self,
        rate: NodeId,
        uplift: &Uplift,
        when: Option<NodeId>,
        told: &mut Vec<Step>,
    ) -> Option<NodeId> {
        let ty = self.terms.ty(rate);
        let (mut lifted, mut result) = (rate, rate);
        for (kind, expr) in [(StepKind::OtherRate, uplift.rate), (StepKind::Add, uplift.add)] {
            let Some(expr) = expr else { continue };
            let operand = self.terms.value(expr, Some(Expects::Ratio));
            let (operand, when) = (operand?, when?);
            lifted = if kind == StepKind::Add {
                self.terms.emit(Op::Arithmetic(Operator::Add, lifted, operand), ty.clone(), uplift.span)
            } else {
                operand
            };
            // One condition lifts all of it or nothing.
            let op = Op::If { condition: when, then: lifted, otherwise: rate };
            result = self.terms.emit(op, ty.clone(), uplift.span);
            let step = self.step(kind, self.terms.text(expr), operand, result);
            told.push(Step { when: Some(when), ground: uplift.ground.clone(), ..step });
        }
        Some(result)
    }

    /// The limit of the grant: of several the greatest holds. The outer none: something is wrong.
    #[expect(clippy::option_option, reason = "the outer is failure, the inner is absence")]
    fn cap(
        &mut self,
        steps: &Steps,
        whens: &[Option<NodeId>],
        told: &mut Vec<Step>,
    ) -> Option<Option<NodeId>> {
        let Some(cap) = &steps.cap else { return Some(None) };
        let money = self.money();
        let mut limit = self.definition(cap, Some(Expects::Money))?;
        told.push(self.step(StepKind::Cap, self.text_of(cap), limit, limit));
        for (uplift, when) in steps.uplifts.iter().zip(whens) {
            let Some(expr) = uplift.cap else { continue };
            let operand = self.terms.value(expr, Some(Expects::Money));
            let (operand, when) = (operand?, (*when)?);
            let pick = Op::Pick { greatest: true, items: vec![limit, operand] };
            let then = self.terms.emit(pick, money.clone(), uplift.span);
            let op = Op::If { condition: when, then, otherwise: limit };
            limit = self.terms.emit(op, money.clone(), uplift.span);
            let step = self.step(StepKind::OtherCap, self.terms.text(expr), operand, limit);
            told.push(Step { when: Some(when), ground: uplift.ground.clone(), ..step });
        }
        Some(Some(limit))
    }

    fn per_unit(
        &mut self,
        rate: ExprId,
        of: ExprId,
        times: Option<ExprId>,
        told: &mut Vec<Step>,
    ) -> Option<NodeId> {
        let money = self.money();
        let rate_node = self.terms.value(rate, Some(Expects::Money));
        let quantity = self.terms.value(of, Some(Expects::Quantity));
        let times_node = times.map(|times| self.terms.value(times, Some(Expects::Quantity)));
        let (rate_node, quantity) = (rate_node?, quantity?);
        self.counted(quantity, &money)?;
        let span = self.terms.span(rate_node);
        told.push(self.step(StepKind::Quantity, self.terms.text(of), quantity, quantity));
        let op = Op::Arithmetic(Operator::Multiply, rate_node, quantity);
        let mut amount = self.terms.emit(op, money.clone(), span);
        if let Some((times, node)) = times.zip(times_node) {
            let node = node?;
            let (left, right) = (self.terms.ty(quantity), self.terms.ty(node));
            if !matches!(&right, Ty::Number(Num { unit: NumUnit::One | NumUnit::Time(_), .. })) {
                let (left, right) = (left.to_string(), right.to_string());
                let problem = MeaningProblem::UnitsMultiplied { left, right };
                self.terms.diagnostics.push(Diagnostic::new(problem, self.terms.span(node)));
                return None;
            }
            told.push(self.step(StepKind::Quantity, self.terms.text(times), node, node));
            amount = self.terms.emit(Op::Arithmetic(Operator::Multiply, amount, node), money, span);
        }
        told.push(self.step(StepKind::PerUnit, self.terms.text(rate), rate_node, amount));
        Some(amount)
    }
}
