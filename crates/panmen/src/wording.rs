//! What the ids and numbers of a decision are called, in a language: labels, questions, papers, sources
//! and values from the pack, and the fixed words of reports.
//!
//! Decides nothing and lays nothing out. What came from a profile stays as it came; whoever draws it
//! escapes it.

pub mod amount;
mod fill;
mod words;

pub use words::Word;

use crate::answer::{FactPath, FailureKind, Part};
use crate::diagnostic::Lang;
use crate::explain::{Finding, Needed};
use crate::expr::ast::Comparison;
use crate::graph::Entity;
use crate::number::{Interval, Number};
use crate::pack::{Cite, Per, Status as PackStatus};
use crate::plan::Plan;
use crate::profile::{Entry, Given, Held, Profile, Status};
use crate::value::{CodeSet, Label, Month, Type, Value};
use std::sync::Arc;

/// A list of more codes is called by its name.
const SHOWN: usize = 12;

/// The words for one plan in one language.
#[derive(Debug, Clone, Copy)]
pub struct Wording<'a> {
    /// The plan.
    pub plan: &'a Plan<'a>,
    /// The language.
    pub lang: Lang,
    /// Facts marked as personal are shown.
    pub show_personal: bool,
}

impl Wording<'_> {
    /// A fixed word, filled.
    #[must_use]
    pub fn say(&self, word: Word, filled: &[&str]) -> String {
        word.with(self.lang, filled)
    }

    /// The title of the rules, with how official they are.
    #[must_use]
    pub fn subject(&self) -> String {
        let header = &self.plan.pack().header;
        let title = self.label(&header.title);
        let title = if title.is_empty() { header.pack.clone() } else { title };
        let status = match header.status {
            PackStatus::Official => return title,
            PackStatus::Excerpt => self.say(Word::Excerpt, &[]),
            PackStatus::Illustrative => self.say(Word::Illustrative, &[]),
        };
        match self.lang {
            Lang::En => format!("{title} - {status}"),
            Lang::Zh => format!("{title}【{status}】"),
        }
    }

    /// A label of the pack, on one line.
    #[must_use]
    pub fn label(&self, label: &Label) -> String {
        label.get(self.lang).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The label of an entity; its id where it has none.
    #[must_use]
    pub fn entity(&self, entity: Entity) -> String {
        let pack = self.plan.pack();
        let label = match entity {
            Entity::Fact(index) => pack.facts.get(index).map(|entry| &entry.label),
            Entity::Parameter(index) => pack.parameters.get(index).map(|entry| &entry.label),
            Entity::Define(index) => pack.defines.get(index).and_then(|entry| entry.label.as_ref()),
            Entity::Criterion(index) => pack.criteria.get(index).map(|entry| &entry.label),
            Entity::Gate(index) => pack.gates.get(index).map(|entry| &entry.label),
            Entity::Classification(index) => pack.classifications.get(index).map(|entry| &entry.label),
            Entity::Ladder(index) => pack.ladders.get(index).map(|entry| &entry.label),
            Entity::Measure(index) | Entity::MeasureAmount(index) | Entity::MeasureEligible(index) => {
                pack.measures.get(index).map(|entry| &entry.label)
            }
            Entity::Class(index, class) => pack
                .classifications
                .get(index)
                .and_then(|entry| entry.classes.get(class))
                .map(|entry| &entry.label),
            Entity::Level(index, level) => {
                pack.ladders.get(index).and_then(|entry| entry.levels.get(level)).map(|entry| &entry.label)
            }
            Entity::List(_) | Entity::DecisionDate | Entity::AssessmentYear => None,
        };
        let label = label.map(|label| self.label(label)).unwrap_or_default();
        if label.is_empty() { crate::graph::entity_id(pack, entity) } else { label }
    }

    /// The label of a fact or of a part of it: `CBEC volume of 2024`, `Warehouses, row 2, area`.
    #[must_use]
    pub fn path(&self, path: FactPath) -> String {
        let pack = self.plan.pack();
        let label = self.entity(Entity::Fact(path.fact));
        let fact = pack.facts.get(path.fact);
        match path.part {
            Part::Whole => label,
            Part::Period(_) => self.say(Word::PeriodOf, &[&label, &self.period(path)]),
            Part::Row(row) => self.say(Word::RowOf, &[&label, &row_number(row)]),
            Part::Field(row, field) => {
                let name = match fact.map(|fact| &fact.value_type) {
                    Some(Type::List(fields)) => fields.get(field),
                    _ => None,
                };
                let name = name.map(|field| {
                    let label = self.label(&field.label);
                    if label.is_empty() { field.name.clone() } else { label }
                });
                self.say(Word::FieldOf, &[&label, &row_number(row), &name.unwrap_or_default()])
            }
        }
    }

    /// The labels of many paths in one sentence.
    #[must_use]
    pub fn paths(&self, paths: &[FactPath]) -> String {
        let next = |one: &FactPath, other: &FactPath| match (one.part, other.part) {
            (Part::Period(first), Part::Period(second)) => {
                one.fact == other.fact && first.checked_add(1) == Some(second)
            }
            _ => false,
        };
        let mut labels = Vec::new();
        for run in paths.chunk_by(next) {
            match run {
                [first, .., last] if run.len() > 2 => {
                    labels.push(self.say(Word::Through, &[&self.path(*first), &self.period(*last)]));
                }
                _ => labels.extend(run.iter().map(|path| self.path(*path))),
            }
        }
        self.list(&labels)
    }

    /// The period of a path as people write it.
    fn period(&self, path: FactPath) -> String {
        let Part::Period(period) = path.part else { return String::new() };
        let per = self.plan.pack().facts.get(path.fact).and_then(|fact| fact.per);
        match (per, Month::from_index(period), self.lang) {
            (Some(Per::Month), Some(month), Lang::En) => month.to_string(),
            (Some(Per::Month), Some(month), Lang::Zh) => format!("{}年{}月", month.year, month.month),
            (_, _, Lang::En) => period.to_string(),
            (_, _, Lang::Zh) => format!("{period}年"),
        }
    }

    /// Things one after the other.
    #[must_use]
    pub fn list(&self, things: &[String]) -> String {
        things.join(match self.lang {
            Lang::En => ", ",
            Lang::Zh => "、",
        })
    }

    /// A place counted from 0: `2nd`, in Chinese `2`.
    #[must_use]
    pub fn place(&self, index: usize) -> String {
        let number = index.saturating_add(1);
        let (ten, hundred) = (number.checked_rem(10), number.checked_rem(100));
        let ending = match (self.lang, ten, hundred) {
            (Lang::Zh, ..) => "",
            (_, Some(1), hundred) if hundred != Some(11) => "st",
            (_, Some(2), hundred) if hundred != Some(12) => "nd",
            (_, Some(3), hundred) if hundred != Some(13) => "rd",
            _ => "th",
        };
        format!("{number}{ending}")
    }

    /// Sentences or half sentences one after the other.
    #[must_use]
    pub fn clauses(&self, clauses: &[String]) -> String {
        clauses.join(match self.lang {
            Lang::En => "; ",
            Lang::Zh => "；",
        })
    }

    /// The type of what stands at a path.
    #[must_use]
    pub fn type_of(&self, path: FactPath) -> Option<&Type> {
        let fact = self.plan.pack().facts.get(path.fact)?;
        match (&fact.value_type, path.part) {
            (Type::List(fields), Part::Field(_, field)) => fields.get(field).map(|field| &field.value_type),
            (value_type, _) => Some(value_type),
        }
    }

    /// True if what stands at a path is not to be shown.
    #[must_use]
    pub fn is_masked(&self, path: FactPath) -> bool {
        !self.show_personal && self.plan.pack().facts.get(path.fact).is_some_and(|fact| fact.personal)
    }

    /// What a profile says at a path; none where it says nothing.
    #[must_use]
    pub fn given(&self, profile: &Profile, path: FactPath) -> Option<String> {
        let given = profile.facts.get(path.fact)?.as_ref()?;
        let entry = profile.entry(path);
        if entry.is_none()
            && !matches!((given, path.part), (Given::Many(..) | Given::Rows { .. }, Part::Whole))
        {
            return None;
        }
        if self.is_masked(path) {
            return Some(self.say(Word::Withheld, &[]));
        }
        match (given, entry) {
            (_, Some(entry)) => Some(self.entry(self.type_of(path)?, entry)),
            (Given::Many(values, _), None) => {
                let value_type = self.type_of(path)?;
                let values: Vec<String> = values.iter().map(|value| self.value(value_type, value)).collect();
                Some(self.list(&values))
            }
            (Given::Rows { complete, rows, .. }, None) => {
                let word = if *complete { Word::Rows } else { Word::RowsOpen };
                Some(self.say(word, &[&rows.len().to_string()]))
            }
            _ => None,
        }
    }

    fn entry(&self, value_type: &Type, entry: &Entry) -> String {
        match &entry.held {
            Held::Value(value) => self.value(value_type, value),
            Held::Band(band) => self.range(value_type, *band),
        }
    }

    /// A value of a type.
    #[must_use]
    pub fn value(&self, value_type: &Type, value: &Value) -> String {
        match (value, value_type) {
            (Value::YesNo(yes), _) => self.say(if *yes { Word::Yes } else { Word::No }, &[]),
            (Value::Number(number), _) => amount::number(self.lang, value_type, *number),
            (Value::Word(word), Type::Choice(set)) => self.option(set, word, false),
            (Value::Word(word), Type::Code(set)) => self.option(set, word, true),
            (Value::Word(word), _) => word.to_string(),
            (Value::Date(date), _) => date.to_string(),
        }
    }

    /// A range of a type.
    #[must_use]
    pub fn range(&self, value_type: &Type, range: Interval) -> String {
        amount::range(self.lang, value_type, range)
    }

    /// The label of a code, with the code itself where people know it.
    #[must_use]
    pub fn option(&self, set: &CodeSet, word: &Arc<str>, with_code: bool) -> String {
        let label = set.label(word).map(|label| self.label(label)).unwrap_or_default();
        if label.is_empty() || label == **word {
            word.to_string()
        } else if with_code {
            // Of a label that ends in brackets the code goes into them.
            match label.strip_suffix([')', '）']) {
                Some(open) => self.say(Word::WithinBrackets, &[open, word]),
                None => self.say(Word::WithCode, &[&label, word]),
            }
        } else {
            label
        }
    }

    /// What a comparison asks for; none where only the rule itself says it.
    #[must_use]
    pub fn needed(&self, finding: &Finding) -> Option<String> {
        Some(match &finding.needed {
            Needed::Bound(comparison, bound, value_type) => {
                let bound = amount::number(self.lang, value_type, *bound);
                self.say(relation(*comparison, *value_type == Type::Date), &[&bound])
            }
            Needed::Between(range, value_type) => self.range(value_type, *range),
            Needed::YesNo(yes) => self.say(if *yes { Word::Yes } else { Word::No }, &[]),
            Needed::OneOf(words, inside) => {
                let value_type = finding.facts.first().and_then(|path| self.type_of(*path));
                let words: Vec<String> = words
                    .iter()
                    .map(|word| match value_type {
                        Some(Type::Choice(set)) => self.option(set, word, false),
                        Some(Type::Code(set)) => self.option(set, word, true),
                        _ => word.to_string(),
                    })
                    .collect();
                let word = match (words.as_slice(), *inside) {
                    ([only], true) => return Some(only.clone()),
                    ([_], false) => Word::Other,
                    (_, true) => Word::OneOf,
                    (_, false) => Word::NoneOf,
                };
                self.say(word, &[&self.list(&words)])
            }
            Needed::Listed(lists, inside) => {
                let labelled =
                    |list: &usize| self.plan.pack().lists.get(*list).is_some_and(|l| l.label.is_some());
                let labelled = lists.iter().all(labelled);
                let lists: Vec<String> = lists.iter().map(|list| self.codes(*list)).collect();
                let word = match (*inside, labelled) {
                    (true, true) => Word::Within,
                    (true, false) => Word::OneOf,
                    (false, _) => Word::NoneOf,
                };
                self.say(word, &[&self.list(&lists)])
            }
            Needed::Condition => return None,
        })
    }

    /// The codes of a list; nothing where there are many.
    #[must_use]
    pub fn code_list(&self, list: usize) -> String {
        let list = self.plan.pack().lists.get(list).filter(|list| list.set.codes.len() <= SHOWN);
        let codes = list.map(|list| list.set.codes.keys().map(ToString::to_string).collect::<Vec<_>>());
        self.list(&codes.unwrap_or_default())
    }

    /// What a list holds: its label, else its codes, or its id where there are many.
    #[must_use]
    pub fn codes(&self, list: usize) -> String {
        let Some(entry) = self.plan.pack().lists.get(list) else { return String::new() };
        if let Some(label) = &entry.label {
            return self.label(label);
        }
        let codes = self.code_list(list);
        if codes.is_empty() { format!("`{}`", entry.id.text) } else { codes }
    }

    /// A place in a source, as the source's labels call both.
    #[must_use]
    pub fn cite(&self, cite: &Cite) -> String {
        let source = self.plan.pack().header.sources.iter().find(|source| source.id.text == cite.source);
        let label = source.and_then(|source| source.label.as_ref());
        let name = label.map_or_else(|| cite.source.clone(), |label| self.label(label));
        let Some(place) = &cite.place else { return name };
        let known = source.and_then(|source| source.places.iter().find(|(written, _)| written == place));
        let place = known.map_or_else(|| self.numbered_place(place), |(_, label)| self.label(label));
        match self.lang {
            Lang::En => format!("{name} {place}"),
            Lang::Zh => format!("{name}{place}"),
        }
    }

    /// `par. 6` and `art. 3` as Chinese law counts them; any other place as it was written.
    fn numbered_place(&self, place: &str) -> String {
        let number = |word: &str| {
            let rest = place.strip_prefix(word)?.trim();
            rest.bytes().all(|byte| byte.is_ascii_digit()).then_some(rest)
        };
        match (self.lang, number("par."), number("art.")) {
            (Lang::Zh, Some(number), _) => format!("第{number}段"),
            (Lang::Zh, _, Some(number)) => format!("第{number}条"),
            (Lang::Zh, ..) => format!(" {place}"),
            (Lang::En, ..) => place.to_owned(),
        }
    }

    /// A kind of paper with the office that issues it.
    #[must_use]
    pub fn paper(&self, id: &str, scope: &str) -> Option<String> {
        let pack = self.plan.pack();
        let found = pack.evidence.iter().find(|paper| paper.id.text == id && *paper.scope == *scope);
        let paper = found.or_else(|| pack.evidence.iter().find(|paper| paper.id.text == id))?;
        let label = self.label(&paper.label);
        Some(match paper.office.as_ref().map(|office| self.label(office)) {
            Some(office) if !office.is_empty() => self.say(Word::PaperFrom, &[&label, &office]),
            _ => label,
        })
    }

    /// The papers that settle a fact, and those that do as well.
    #[must_use]
    pub fn papers(&self, fact: usize) -> Vec<String> {
        self.papers_needed(fact, &|_| None)
    }

    /// The same, where it may be known of a paper (by its place in the pack) whether it is needed.
    #[must_use]
    pub fn papers_needed(&self, fact: usize, is_needed: &dyn Fn(usize) -> Option<bool>) -> Vec<String> {
        let pack = self.plan.pack();
        let Some(fact) = pack.facts.get(fact) else { return Vec::new() };
        let mut papers = Vec::new();
        for id in &fact.evidence {
            let found = pack.evidence.iter().enumerate().find(|(_, paper)| paper.id.text == id.text);
            let Some((place, paper)) = found else { continue };
            let needed = is_needed(place);
            if needed == Some(false) {
                continue;
            }
            let all = [&paper.id].into_iter().chain(&paper.alternatives);
            let all: Vec<String> = all.filter_map(|id| self.paper(&id.text, &paper.scope)).collect();
            let mut said = match self.lang {
                Lang::En => all.join("; or "),
                Lang::Zh => all.join("；或"),
            };
            if let Some(valid) = &paper.valid_for {
                said = self.say(Word::ValidFor, &[&said, &self.duration(valid)]);
            }
            let condition = paper.only_if.filter(|_| needed.is_none());
            if let Some(condition) = condition.and_then(|id| pack.expressions.get(id.0)) {
                said = self.say(Word::OnlyIf, &[&said, &self.condition(&condition.expr.to_string())]);
            }
            papers.push(said);
        }
        papers
    }

    /// `6 months` in the language; as it was written where it is no count of a unit.
    fn duration(&self, written: &str) -> String {
        let parts = written.split_once(' ');
        let count = parts.and_then(|(count, unit)| Some((Number::from_digits(count)?, unit)));
        count.map_or_else(|| written.to_owned(), |(count, unit)| amount::measure(self.lang, unit, count))
    }

    /// A condition as people call it: a label, else the rule as it was written.
    fn condition(&self, written: &str) -> String {
        let pack = self.plan.pack();
        let fact = pack.facts.iter().position(|fact| fact.id.text == written).map(Entity::Fact);
        let criterion = || pack.criteria.iter().position(|c| c.id.text == written).map(Entity::Criterion);
        let define = || {
            let named = |d: &crate::pack::Define| d.id.text == written && d.label.is_some();
            pack.defines.iter().position(named).map(Entity::Define)
        };
        let found = fact.or_else(criterion).or_else(define);
        found.map_or_else(|| format!("`{written}`"), |entity| self.entity(entity))
    }

    /// Why something could not be computed.
    #[must_use]
    pub fn failure(&self, kind: FailureKind) -> String {
        let word = match kind {
            FailureKind::DivisionByZero => Word::DivisionByZero,
            FailureKind::Overflow => Word::Overflow,
            FailureKind::NotInForce => Word::ParameterNotInForce,
            FailureKind::NoRow => Word::NoRow,
            FailureKind::NoRows => Word::NoRowsGiven,
            FailureKind::WindowOrder => Word::WindowOrder,
            FailureKind::DateRange => Word::DateRange,
            FailureKind::Steps => Word::StepLimit,
            FailureKind::NotEvaluated => Word::NotEvaluated,
        };
        self.say(word, &[])
    }

    /// How far something was checked.
    #[must_use]
    pub fn status(&self, status: Status) -> &'static str {
        match (status, self.lang) {
            (Status::Declared, Lang::En) => "declared",
            (Status::Declared, Lang::Zh) => "企业申报",
            (Status::Verified, Lang::En) => "verified",
            (Status::Verified, Lang::Zh) => "已核实",
            (Status::Rejected, Lang::En) => "rejected",
            (Status::Rejected, Lang::Zh) => "不予采信",
        }
    }
}

/// Rows are counted from 1 by people.
fn row_number(row: usize) -> String {
    row.saturating_add(1).to_string()
}

/// The words of a comparison.
pub(crate) fn relation(comparison: Comparison, of_days: bool) -> Word {
    match (comparison, of_days) {
        (Comparison::Equal, false) => Word::Exactly,
        (Comparison::Equal, true) => Word::OnDay,
        (Comparison::NotEqual, _) => Word::Other,
        (Comparison::Less, false) => Word::LessThan,
        (Comparison::Less, true) => Word::Before,
        (Comparison::AtMost, false) => Word::AtMost,
        (Comparison::AtMost, true) => Word::NotAfter,
        (Comparison::Greater, false) => Word::MoreThan,
        (Comparison::Greater, true) => Word::After,
        (Comparison::AtLeast, false) => Word::AtLeast,
        (Comparison::AtLeast, true) => Word::NotBefore,
    }
}
