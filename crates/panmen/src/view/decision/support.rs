//! The measures, by outcome: what a firm gets, what is still open, what is only named.

use super::Report;
use crate::decision::{MeasureOutcome, MeasureResult};
use crate::doc::{Block, Group, Item, Section, Status};
use crate::graph::{Entity, entity_id};
use crate::pack::{Amount, Apply, Measure, Period};
use crate::value::Type;
use crate::wording::{Word, amount};

/// The outcomes in the order in which they are listed.
const ORDER: [(MeasureOutcome, Word, Status); 9] = [
    (MeasureOutcome::Eligible, Word::Eligible, Status::Met),
    (MeasureOutcome::Undetermined, Word::MaybeEligible, Status::Waiting),
    (MeasureOutcome::Referred, Word::ReferredMeasures, Status::Referred),
    (MeasureOutcome::Error, Word::FailedMeasures, Status::Failed),
    (MeasureOutcome::NotEligible, Word::NotEligible, Status::NotMet),
    (MeasureOutcome::OutsideWindow, Word::OutsideWindow, Status::Told),
    (MeasureOutcome::NotInForce, Word::NotInForce, Status::Told),
    (MeasureOutcome::NotApplicable, Word::NotApplicable, Status::Told),
    (MeasureOutcome::NamedOnly, Word::NamedOnly, Status::Told),
];

impl Report<'_> {
    pub(super) fn support(&mut self) -> Option<Section> {
        let mut blocks = Vec::new();
        for (outcome, heading, status) in ORDER {
            let mut items = Vec::new();
            for (index, result) in self.decision.measures.iter().enumerate() {
                if result.outcome == outcome {
                    items.extend(self.measure(index, result, status));
                }
            }
            if items.is_empty() {
                continue;
            }
            let heading = self.say(heading, &[]);
            if outcome == MeasureOutcome::NamedOnly {
                blocks.push(Block::Paragraph(self.named_only(&heading, &items)));
            } else {
                blocks.push(Block::Group(Group { heading, aside: None, items }));
            }
        }
        (!blocks.is_empty()).then(|| self.section(Word::Support, blocks))
    }

    /// Measures that are only named, in one sentence, with what that means.
    fn named_only(&self, heading: &str, items: &[Item]) -> String {
        let labels: Vec<String> = items.iter().map(|item| item.label.clone()).collect();
        let contact = self.plan.pack().header.contact.as_ref().map(|contact| self.words.label(contact));
        let contact = contact.filter(|contact| !contact.is_empty());
        let contact = contact.unwrap_or_else(|| self.say(Word::TheOffice, &[]));
        let named = self.say(Word::ReachedLevel, &[heading, &self.words.list(&labels)]);
        // That there is no deadline stands beside what is missing, if anything is.
        let asked = self.decision.missing.iter().any(|path| !self.is_judged(*path));
        let word = if asked { Word::NamedNoteShort } else { Word::NamedNote };
        let note = self.say(word, &[&contact]);
        match self.words.lang {
            crate::diagnostic::Lang::En => format!("{named}. {note}"),
            crate::diagnostic::Lang::Zh => format!("{named}。{note}"),
        }
    }

    fn measure(&mut self, index: usize, result: &MeasureResult, status: Status) -> Option<Item> {
        let measure = self.plan.pack().measures.get(index)?;
        let mut item = Item::new(status, self.words.entity(Entity::Measure(index)));
        let points = self.beside_criteria(&result.grounds.assumed);
        item.points = self.mark(&points);
        match result.outcome {
            MeasureOutcome::Eligible => {
                item.value = self.amount(measure, result);
                // An amount is as sure as what it is computed from.
                let standings = [&result.grounds.standing, &result.amount_standing];
                item.checked = standings.into_iter().filter_map(|s| super::checked_of(s.as_ref())).max();
            }
            MeasureOutcome::Undetermined => {
                item.value = self.say(Word::MissingNo, &[&self.missing_numbers(&result.grounds.awaits)]);
                let last = result.steps.last().and_then(|step| step.result.interval);
                if let Some((currency, last)) = measure.currency.zip(last) {
                    let paid = amount::range(self.words.lang, &Type::Money(currency), last);
                    item.notes.push(self.say(Word::IfEligible, &[&paid]));
                }
            }
            MeasureOutcome::Referred => {
                item.value = self.say(Word::JudgedNo, &[&self.missing_numbers(&result.grounds.awaits)]);
            }
            MeasureOutcome::Error => {
                let failure = result.grounds.failure.map(|failure| self.words.failure(failure.kind));
                let id = entity_id(self.plan.pack(), Entity::Measure(index));
                item.notes.extend(failure.map(|failure| self.say(Word::ErrorIn, &[&failure, &id])));
            }
            MeasureOutcome::NotEligible => {
                let reasons = result.grounds.because.iter().filter(|reason| !reason.helps);
                let names: Vec<String> = reasons.map(|reason| self.reason_name(reason)).collect();
                item.value = self.words.clauses(&names);
            }
            MeasureOutcome::OutsideWindow => {
                if let Apply::Window(period) = measure.apply {
                    item.value = self.period(period, Word::WindowFromTo, Word::WindowFrom, Word::WindowTo);
                }
            }
            MeasureOutcome::NotInForce => {
                let period = measure.in_force.unwrap_or_default();
                item.value = self.period(period, Word::ForceFromTo, Word::ForceFrom, Word::ForceTo);
            }
            MeasureOutcome::NotApplicable => {
                let reason = measure.applies_to.as_ref().map(|who| self.words.label(&who.otherwise));
                item.value = reason.unwrap_or_default();
            }
            MeasureOutcome::NamedOnly => {}
        }
        if matches!(result.outcome, MeasureOutcome::Eligible | MeasureOutcome::Undetermined) {
            self.explain_amount(measure, result, &mut item);
            item.notes.extend(measure.benefit.as_ref().map(|benefit| self.words.label(benefit)));
        }
        Some(item)
    }

    /// How an amount came about, how often it is given, and what it waits for.
    fn explain_amount(&self, measure: &Measure, result: &MeasureResult, item: &mut Item) {
        item.sum = self.sum(measure, result);
        if let Some(once) = &measure.once {
            let times = once.times.to_string();
            item.notes.push(match &once.per {
                None => self.say(Word::OnceFirm, &[&times]),
                Some(per) => self.say(Word::OncePer, &[&times, &self.term(measure, &per.text)]),
            });
            let years = once.years.map(|years| self.say(Word::OnceYears, &[&years.to_string()]));
            item.notes.extend(years);
        }
        if let Some(failure) = result.amount_failure {
            item.notes.push(self.say(Word::AmountFailed, &[&self.words.failure(failure.kind)]));
        }
        let is_open = result.amount.is_some_and(|amount| amount.single().is_none());
        if result.outcome == MeasureOutcome::Eligible && is_open && !result.grounds.awaits.is_empty() {
            item.notes.push(self.say(Word::AmountWaits, &[&self.words.paths(&result.grounds.awaits)]));
        }
    }

    fn amount(&self, measure: &Measure, result: &MeasureResult) -> String {
        let currency = measure.currency;
        match (&measure.amount, result.amount, currency) {
            (steps, Some(amount), Some(currency)) if steps.up_to() && amount.high.is_some() => {
                let highest = amount.high.unwrap_or(crate::number::Number::ZERO);
                self.say(Word::UpToMoney, &[&amount::money(self.words.lang, currency, highest)])
            }
            (_, Some(paid), Some(currency)) => amount::range(self.words.lang, &Type::Money(currency), paid),
            (Amount::Unpublished, ..) => self.say(Word::AmountUnpublished, &[]),
            _ if measure.pending.is_some() => self.say(Word::NotComputedAmount, &[]),
            (Amount::Steps(_), None, _) => self.say(Word::NotComputedAmount, &[]),
            _ => String::new(),
        }
    }

    fn period(&self, period: Period, both: Word, from: Word, to: Word) -> String {
        match (period.from.map(|day| day.to_string()), period.to.map(|day| day.to_string())) {
            (Some(first), Some(last)) => self.say(both, &[&first, &last]),
            (Some(first), None) => self.say(from, &[&first]),
            (None, Some(last)) => self.say(to, &[&last]),
            (None, None) => String::new(),
        }
    }
}
