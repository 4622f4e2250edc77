//! Facts, evidence, lists, parameters, derived values, criteria, gates, classifications, ladders.

use super::Reader;
use super::condition::CONDITION_KEYS;
use super::fields::Fields;
use crate::diagnostic::{Diagnostic, PackProblem, ValueProblem, nearest, quote};
use crate::number::Interval;
use crate::pack::{
    AppliesTo, Classification, Criterion, DatedValue, Define, Definition, Evidence, Fact, Gate, Id, Ladder,
    Member, Parameter, Per,
};
use crate::value::{self, CodeSet, Field, Label, TYPE_WORDS, Type, Unit, is_provenance};
use crate::yaml::Node;
use std::collections::BTreeMap;
use std::sync::Arc;

const TYPE_KEYS: &[&str] = &["type", "list", "options", "unit", "currency", "format", "of", "range", "label"];
const FACT_KEYS: &[&str] = &[
    "type",
    "range",
    "label",
    "ask",
    "evidence",
    "fixed",
    "personal",
    "judged_by",
    "accepts_band",
    "many",
    "per",
    "list",
    "options",
    "unit",
    "currency",
    "format",
    "of",
];
const GROUND_KEYS: &[&str] = &["cite", "basis", "why"];

pub(super) fn keys(parts: &[&[&'static str]]) -> Vec<&'static str> {
    parts.iter().flat_map(|part| part.iter().copied()).collect()
}

impl Reader<'_> {
    pub(super) fn evidence(&mut self, id: Id, node: &Node, place: &str) {
        let known = ["label", "office", "valid_for", "alternatives", "when"];
        let Some(fields) = self.fields(node, place, &known) else { return };
        let evidence = Evidence {
            scope: self.scope.clone(),
            label: self.label_or_id(&fields, &id, place),
            office: self.label_at(&fields, "office", place),
            valid_for: self.validity(&fields, place),
            alternatives: self.words(&fields, "alternatives", place),
            only_if: fields.get("when").and_then(|node| self.expression(node, place)),
            id,
        };
        // The importing pack's words are the ones that its readers see.
        match self.pack.evidence.iter_mut().find(|known| known.id.text == evidence.id.text) {
            Some(known) => *known = evidence,
            None => self.pack.evidence.push(evidence),
        }
    }

    /// `12 months`
    fn validity(&mut self, fields: &Fields<'_>, place: &str) -> Option<String> {
        let text = self.text_at(fields, "valid_for", place)?;
        let (count, unit) = text.split_once(' ').unwrap_or((text, ""));
        let counted = count.parse::<u32>().is_ok_and(|count| count > 0);
        if !counted || crate::value::TimeUnit::of_word(unit.trim()).is_none() {
            let span = fields.get("valid_for").map_or(fields.span, |node| node.span);
            self.problem(PackProblem::BadValidity { text: quote(text) }, span);
        }
        Some(text.to_owned())
    }

    pub(super) fn fact(&mut self, id: Id, node: &Node, place: &str) {
        let Some(fields) = self.fields(node, place, FACT_KEYS) else { return };
        let label = self.label_or_id(&fields, &id, place);
        let Some(value_type) = self.value_type(&fields, &id.text, place) else { return };
        let per = fields
            .get("per")
            .and_then(|node| self.word(node, "per", &[("year", Per::Year), ("month", Per::Month)]));
        let many = self.yes_at(&fields, "many");
        let accepts_band = self.yes_at(&fields, "accepts_band");
        let number = value_type.is_number();
        let unfit = [
            ("per", per.is_some() && !number),
            ("many", many && matches!(value_type, Type::List(_) | Type::YesNo)),
            ("accepts_band", accepts_band && (!number || many)),
        ];
        for (key, unfit) in unfit {
            if unfit {
                let span = fields.entry(key).map_or(fields.span, |entry| entry.key_span);
                let kind = value_type.word().to_owned();
                self.problem(PackProblem::NotForType { key: key.to_owned(), kind }, span);
            }
        }
        if per.is_some() && many {
            self.problem(
                PackProblem::PerAndMany {},
                fields.entry("many").map_or(fields.span, |e| e.key_span),
            );
        }
        let evidence = self.words(&fields, "evidence", place);
        let fact = Fact {
            range: self.range(&fields, &value_type, place),
            value_type,
            per,
            many,
            label,
            ask: self.label_at(&fields, "ask", place),
            evidence,
            fixed: self.yes_at(&fields, "fixed"),
            personal: self.yes_at(&fields, "personal"),
            judged_by: self.text_at(&fields, "judged_by", place).map(str::to_owned),
            accepts_band,
            scope: self.scope.clone(),
            id,
        };
        match self.pack.facts.iter_mut().find(|known| known.id.text == fact.id.text) {
            None => self.pack.facts.push(fact),
            Some(known) => {
                // What decides must be the same in both; what a firm cannot change or must not show is
                // so in both; the importing pack's words are the ones that its readers see.
                let same = known.value_type == fact.value_type
                    && known.per == fact.per
                    && known.many == fact.many
                    && known.range == fact.range
                    && known.judged_by == fact.judged_by
                    && known.accepts_band == fact.accepts_band;
                let (fixed, personal) = (known.fixed || fact.fixed, known.personal || fact.personal);
                let span = fact.id.span;
                let id = fact.id.text.clone();
                *known = Fact { fixed, personal, ..fact };
                if !same {
                    self.problem(PackProblem::FactConflict { id }, span);
                }
            }
        }
    }

    fn range(&mut self, fields: &Fields<'_>, value_type: &Type, place: &str) -> Interval {
        let Some(node) = fields.get("range") else { return Interval::ALL };
        if !value_type.is_number() && *value_type != Type::Date {
            let kind = value_type.word().to_owned();
            self.problem(PackProblem::NotForType { key: "range".to_owned(), kind }, node.span);
            return Interval::ALL;
        }
        let Some(text) = self.text(node, place) else { return Interval::ALL };
        value::read_range(value_type, text).unwrap_or_else(|problem| {
            self.diagnostics.push(Diagnostic::new(problem, node.span));
            Interval::ALL
        })
    }

    /// `type:` with the attributes that belong to it.
    fn value_type(&mut self, fields: &Fields<'_>, owner: &str, place: &str) -> Option<Type> {
        let node = self.required(fields, "type", place)?;
        let words: Vec<(&str, &str)> = TYPE_WORDS.iter().map(|word| (*word, *word)).collect();
        let word = self.word(node, "type", &words)?;
        let belongs = [
            ("list", "code"),
            ("options", "choice"),
            ("unit", "decimal"),
            ("currency", "money"),
            ("format", "text"),
            ("of", "list"),
        ];
        for (key, kind) in belongs {
            if let Some(entry) = fields.entry(key).filter(|_| kind != word) {
                let problem = PackProblem::NotForType { key: key.to_owned(), kind: word.to_owned() };
                self.problem(problem, entry.key_span);
            }
        }
        match word {
            "yes_no" => Some(Type::YesNo),
            "integer" => Some(Type::Integer),
            "percent" => Some(Type::Percent),
            "date" => Some(Type::Date),
            "decimal" => {
                let unit = self.text_at(fields, "unit", place);
                Some(Type::Decimal(unit.map(|unit| match Unit::measure(unit) {
                    Unit::Measure(unit) => Arc::from(unit),
                    _ => Arc::from(unit),
                })))
            }
            "money" => {
                let own = match fields.get("currency") {
                    Some(node) => Some(self.currency(node)?),
                    None => self.pack.scopes.get(&self.scope).and_then(|header| header.currency),
                };
                // A header whose currency is wrong has told so.
                if own.is_none() && !self.currency_told {
                    self.missing_for("currency", "money", fields);
                }
                own.map(Type::Money)
            }
            "text" => {
                let format =
                    fields.get("format").and_then(|node| self.word(node, "format", &[("uscc", true)]));
                Some(Type::Text(format.unwrap_or(false)))
            }
            "code" => self.code_type(fields, place),
            "choice" => self.choice_type(fields, owner, place),
            _ => self.list_type(fields, owner, place),
        }
    }

    fn missing_for(&mut self, key: &str, kind: &str, fields: &Fields<'_>) {
        let span = fields.get("type").map_or(fields.span, |node| node.span);
        self.problem(PackProblem::MissingForType { key: key.to_owned(), kind: kind.to_owned() }, span);
    }

    fn code_type(&mut self, fields: &Fields<'_>, place: &str) -> Option<Type> {
        let Some(list) = self.scoped_id(fields, "list", place) else {
            self.missing_for("list", "code", fields);
            return None;
        };
        let found =
            self.pack.lists.iter().find(|known| known.id.text == list.text).map(|known| known.set.clone());
        if found.is_none() && !self.declared.contains_key(&list.text) && !self.lost.files {
            let suggested = nearest(&list.text, self.pack.lists.iter().map(|known| known.id.text.as_str()));
            let problem = Diagnostic::new(PackProblem::UnknownList { id: quote(&list.text) }, list.span)
                .suggest(suggested);
            self.diagnostics.push(problem);
        }
        found.map(Type::Code)
    }

    fn choice_type(&mut self, fields: &Fields<'_>, owner: &str, place: &str) -> Option<Type> {
        let Some(node) = fields.get("options") else {
            self.missing_for("options", "choice", fields);
            return None;
        };
        let mut set = CodeSet { id: owner.to_owned(), root: owner.to_owned(), ..CodeSet::default() };
        self.codes(&mut set, &mut BTreeMap::new(), node, place);
        if set.codes.is_empty() {
            self.problem(PackProblem::EmptyCondition { key: "options".to_owned() }, node.span);
        }
        Some(Type::Choice(Arc::new(set)))
    }

    fn list_type(&mut self, fields: &Fields<'_>, owner: &str, place: &str) -> Option<Type> {
        let Some(node) = fields.get("of") else {
            self.missing_for("of", "list", fields);
            return None;
        };
        let mut read = Vec::new();
        for entry in self.section_entries(node, "of") {
            let place = format!("{place}.of.{}", entry.key.text);
            let name = entry.key.text.as_str();
            if is_provenance(name) {
                self.problem(PackProblem::ReservedField { id: quote(name) }, entry.key_span);
                continue;
            }
            let Some(id) = self.id(name, entry.key_span) else { continue };
            let known = keys(&[TYPE_KEYS, &["accepts_band"]]);
            let Some(field) = self.fields(&entry.value, &place, &known) else { continue };
            let Some(value_type) = self.value_type(&field, &format!("{owner}.{}", id.text), &place) else {
                continue;
            };
            if let Type::List(_) = value_type {
                let span = field.get("type").map_or(field.span, |node| node.span);
                self.problem(
                    PackProblem::NotForType { key: "type: list".to_owned(), kind: "list".to_owned() },
                    span,
                );
                continue;
            }
            let label = self.label_at(&field, "label", &place).unwrap_or_else(|| Label::plain(&id.text));
            let range = self.range(&field, &value_type, &place);
            let accepts_band = self.yes_at(&field, "accepts_band");
            read.push(Field { name: id.text, value_type, range, label, accepts_band });
        }
        Some(Type::List(read.into()))
    }

    pub(super) fn parameter(&mut self, id: Id, node: &Node, place: &str) {
        let known = keys(&[TYPE_KEYS, GROUND_KEYS, &["values"]]);
        let Some(fields) = self.fields(node, place, &known) else { return };
        let label = self.label_or_id(&fields, &id, place);
        let common = self.ground(&fields, place);
        let value_type = self.value_type(&fields, &id.text, place);
        let values = self.required(&fields, "values", place);
        let (Some(value_type), Some(values)) = (value_type, values) else { return };
        if let Type::List(_) = value_type {
            let kind = "list".to_owned();
            self.problem(PackProblem::NotForType { key: "values".to_owned(), kind }, values.span);
            return;
        }
        let range = self.range(&fields, &value_type, place);
        if values.as_sequence().is_some_and(<[_]>::is_empty) {
            self.problem(PackProblem::EmptyCondition { key: "values".to_owned() }, values.span);
        }
        let mut read: Vec<DatedValue> = Vec::new();
        for item in self.sequence(values, &format!("{place}.values")) {
            let known = ["from", "to", "value", "cite", "basis", "why"];
            let Some(fields) = self.fields(item, place, &known) else { continue };
            let period = self.period(&fields, place);
            if period.from.is_none() && fields.get("from").is_none() {
                self.missing("from", &format!("{place}.values"), item.span);
            }
            if let (Some(before), Some(from)) = (read.last(), period.from) {
                let follows = before.period.from.is_none_or(|start| start < from)
                    && before.period.to.is_none_or(|end| end < from);
                if !follows {
                    self.problem(PackProblem::ValueOrder { date: from.to_string() }, item.span);
                }
            }
            let ground = self.ground(&fields, place).within(&common);
            let Some(node) = self.required(&fields, "value", &format!("{place}.values")) else { continue };
            let Some(text) = self.text(node, place) else { continue };
            match value::read_text(&value_type, text) {
                Ok(value::Value::Number(number)) if !range.contains(number) => {
                    let range = value::write_range(&value_type, range);
                    let problem = ValueProblem::OutOfRange { text: quote(text), range };
                    self.diagnostics.push(Diagnostic::new(problem, node.span));
                }
                Ok(value) => read.push(DatedValue { period, value, ground, span: node.span }),
                Err(problem) => self.diagnostics.push(Diagnostic::new(problem, node.span)),
            }
        }
        self.pack.parameters.push(Parameter { id, value_type, label, values: read });
    }

    pub(super) fn define(&mut self, id: Id, node: &Node, place: &str) {
        let Some(fields) = self.fields(node, place, &["is", "by", "rows", "label"]) else { return };
        let label = self.label_at(&fields, "label", place);
        let value = match (fields.get("is"), fields.get("by")) {
            (Some(is), None) => self.expression(is, place).map(Definition::Is),
            (None, Some(_)) => self.table(&fields, place),
            _ => {
                let known = "`is`, `by`".to_owned();
                self.problem(PackProblem::NotOneOf { place: place.to_owned(), known }, fields.span);
                None
            }
        };
        if let Some(value) = value {
            self.pack.defines.push(Define { id, label, value });
        }
    }

    pub(super) fn criterion(&mut self, id: Id, node: &Node, place: &str) {
        let known = keys(&[&["label", "remedy"], CONDITION_KEYS, GROUND_KEYS]);
        let Some(fields) = self.fields(node, place, &known) else { return };
        let label = self.label_or_id(&fields, &id, place);
        let ground = self.ground(&fields, place);
        let remedy = self.label_at(&fields, "remedy", place);
        if let Some(when) = self.condition_of(&fields, CONDITION_KEYS, place) {
            self.pack.criteria.push(Criterion { id, label, when, ground, remedy });
        }
    }

    pub(super) fn gate(&mut self, id: Id, node: &Node, place: &str) {
        let known = keys(&[&["label"], CONDITION_KEYS, GROUND_KEYS]);
        let Some(fields) = self.fields(node, place, &known) else { return };
        let label = self.label_or_id(&fields, &id, place);
        let ground = self.ground(&fields, place);
        if let Some(when) = self.condition_of(&fields, CONDITION_KEYS, place) {
            self.pack.gates.push(Gate { id, label, when, ground });
        }
    }

    pub(super) fn classification(&mut self, id: Id, node: &Node, place: &str) {
        let known = keys(&[&["label", "open", "classes"], GROUND_KEYS]);
        let Some(fields) = self.fields(node, place, &known) else { return };
        let label = self.label_or_id(&fields, &id, place);
        let ground = self.ground(&fields, place);
        let open = self.yes_at(&fields, "open");
        let Some(node) = self.required(&fields, "classes", place) else { return };
        let mut classes = Vec::new();
        for entry in self.section_entries(node, "classes") {
            if let Some(id) = self.id(&entry.key.text, entry.key_span) {
                let place = format!("{place}.{}", id.text);
                classes.extend(self.member(id, &entry.value, &place, &[]));
            }
        }
        if classes.len() < node.as_mapping().map_or(1, |all| all.len().max(1)) {
            self.lost.ids.insert(id.text.clone());
        }
        if classes.is_empty() && node.as_mapping().is_some_and(<[_]>::is_empty) {
            self.problem(PackProblem::EmptyCondition { key: "classes".to_owned() }, node.span);
        }
        self.pack.classifications.push(Classification { id, label, open, ground, classes });
    }

    /// A class or a level.
    fn member(&mut self, id: Id, node: &Node, place: &str, more: &[&'static str]) -> Option<Member> {
        let known = keys(&[&["label"], more, CONDITION_KEYS, GROUND_KEYS]);
        let fields = self.fields(node, place, &known)?;
        let label = self.label_or_id(&fields, &id, place);
        let ground = self.ground(&fields, place);
        let Some(when) = self.condition_of(&fields, CONDITION_KEYS, place) else {
            let name = place.split_once('.').map_or(place, |(_, name)| name);
            let name = self.scoped(name);
            self.lost.ids.insert(name);
            return None;
        };
        Some(Member { id, label, when, ground })
    }

    pub(super) fn ladder(&mut self, id: Id, node: &Node, place: &str) {
        let known = keys(&[&["label", "gate", "applies_to", "levels"], GROUND_KEYS]);
        let Some(fields) = self.fields(node, place, &known) else { return };
        let label = self.label_or_id(&fields, &id, place);
        let ground = self.ground(&fields, place);
        let gate = self.scoped_id(&fields, "gate", place);
        let applies_to = self.applies_to(&fields, place);
        let Some(node) = self.required(&fields, "levels", place) else { return };
        let mut levels: Vec<Member> = Vec::new();
        for item in self.sequence(node, &format!("{place}.levels")) {
            let Some(entry) = item.entry("id") else {
                self.missing("id", &format!("{place}.levels"), item.span);
                continue;
            };
            let Some(text) = self.text(&entry.value, "id") else { continue };
            let Some(level) = self.id(text, entry.value.span) else { continue };
            if level.text == "none" || levels.iter().any(|known| known.id.text == level.text) {
                self.problem(PackProblem::DuplicateId { id: level.text }, level.span);
                continue;
            }
            let place = format!("{place}.{}", level.text);
            levels.extend(self.member(level, item, &place, &["id"]));
        }
        if levels.len() < node.as_sequence().map_or(1, |all| all.len().max(1)) {
            // Any level may be the one that is not there.
            self.lost.ids.insert(id.text.clone());
        }
        if levels.is_empty() && node.as_sequence().is_some_and(<[_]>::is_empty) {
            self.problem(PackProblem::EmptyCondition { key: "levels".to_owned() }, node.span);
        }
        if levels.len() > 60 {
            let problem = PackProblem::TooMany { what: "levels".to_owned(), limit: "60".to_owned() };
            self.problem(problem, node.span);
        }
        self.pack.ladders.push(Ladder { id, label, gate, applies_to, ground, levels });
    }

    pub(super) fn applies_to(&mut self, fields: &Fields<'_>, place: &str) -> Option<AppliesTo> {
        let node = fields.get("applies_to")?;
        let place = format!("{place}.applies_to");
        let known = keys(&[CONDITION_KEYS, &["else"]]);
        let fields = self.fields(node, &place, &known)?;
        let otherwise = self.required(&fields, "else", &place).and_then(|node| self.label(node, &place));
        let when = self.condition_of(&fields, CONDITION_KEYS, &place)?;
        Some(AppliesTo { when, otherwise: otherwise? })
    }
}
