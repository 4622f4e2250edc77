//! One fact in each of its shapes: a value, a series, a set, a list of records.

use super::leaf::Leaf;
use super::mend;
use super::reader::MOST_FACTS;
use super::reader::Reader;
use super::{Entry, Form, Given, Held, Provenance, Row};
use crate::diagnostic::{Diagnostic, ProfileProblem, ValueProblem, nearest, quote};
use crate::number::Interval;
use crate::pack::{AWARD_MEASURE, EARLIER_AWARDS, Fact, Per};
use crate::source::Span;
use crate::value::{self, Date, Field, LEAF_KEYS, Month, Type, Value, example};
use crate::yaml::Node;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What a value must fit.
struct Slot<'a> {
    name: &'a str,
    value_type: &'a Type,
    range: Interval,
    accepts_band: bool,
}

impl Reader<'_> {
    pub(super) fn fact(&mut self, fact: &Fact, node: &Node) -> Option<Given> {
        if node.is_null() {
            return None;
        }
        let given = match (&fact.value_type, fact.per) {
            (Type::List(fields), _) => self.list(fact, fields, node),
            (_, Some(per)) => self.series(fact, per, node),
            _ if fact.many => self.many(fact, node),
            _ => {
                let slot = slot_of(fact);
                self.one(&slot, node, &Provenance::default(), fact.judged_by.is_some()).map(Given::One)
            }
        };
        self.signatures(fact, given.as_ref(), node.span);
        given
    }

    /// Says that a judged fact is unsigned, or that a signature is not needed.
    fn signatures(&mut self, fact: &Fact, given: Option<&Given>, span: Span) {
        let provenances: Vec<&Provenance> = match given {
            None => return,
            Some(Given::One(entry)) => vec![&entry.provenance],
            Some(Given::Series(periods)) => periods.values().map(|entry| &entry.provenance).collect(),
            Some(Given::Many(_, provenance) | Given::Rows { provenance, .. }) => vec![provenance],
        };
        match &fact.judged_by {
            Some(role) if provenances.iter().any(|provenance| !provenance.is_signed()) => {
                let problem = ProfileProblem::Unsigned { fact: fact.id.text.clone(), role: quote(role) };
                self.problem(problem, span);
            }
            None if provenances.iter().any(|provenance| provenance.is_signed()) => {
                self.problem(ProfileProblem::NeedlessSignature { fact: fact.id.text.clone() }, span);
            }
            _ => {}
        }
    }

    /// One value: a scalar, or a mapping with `value` and its provenance.
    fn one(&mut self, slot: &Slot<'_>, node: &Node, above: &Provenance, judged: bool) -> Option<Entry> {
        if node.is_null() {
            return None;
        }
        self.count = self.count.saturating_add(1);
        let Leaf { value, provenance } = self.leaf(node, slot.name, above, judged)?;
        let value = value?;
        if value.is_null() {
            return None;
        }
        if value.as_scalar().is_none() {
            let kind = slot.value_type.word().to_owned();
            let problem = ProfileProblem::NotOneValue {
                fact: slot.name.to_owned(),
                kind,
                example: example(slot.value_type),
            };
            self.problem(problem, value.span);
            return None;
        }
        let held = self.held(slot, value)?;
        Some(Entry { held, provenance, span: value.span })
    }

    fn held(&mut self, slot: &Slot<'_>, node: &Node) -> Option<Held> {
        let scalar = node.as_scalar()?;
        let text = scalar.text.trim_matches(' ');
        let bare_json = self.form == Form::Json && scalar.plain;
        if bare_json && is_json_fraction(text) {
            let problem = mend::json_fraction(slot.value_type, text);
            self.diagnostics.push(Diagnostic::new(problem, node.span));
            return None;
        }
        let numeric = slot.value_type.is_number() || *slot.value_type == Type::Date;
        if numeric && text.contains("..") {
            return self.band(slot, text, node.span);
        }
        match value::read_text(slot.value_type, text) {
            Ok(read) => {
                let number = match &read {
                    Value::Number(number) => Some(*number),
                    Value::Date(date) => Some(crate::number::Number::from(date.day_number())),
                    _ => None,
                };
                if number.is_some_and(|number| !slot.range.contains(number)) {
                    self.out_of_range(slot, text, node.span);
                    return None;
                }
                Some(Held::Value(read))
            }
            Err(problem) => {
                let problem = match value::band_spelling(slot.value_type, text) {
                    Some(right) if slot.accepts_band => value::respelled(text, right),
                    Some(_) => ValueProblem::NoBand { text: quote(text) }.into(),
                    None => problem,
                };
                let problem = if bare_json { mend::in_json(problem) } else { problem };
                let diagnostic = match slot.value_type {
                    Type::Code(set) | Type::Choice(set) => set.problem(problem, text, node.span),
                    _ => Diagnostic::new(problem, node.span),
                };
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    fn out_of_range(&mut self, slot: &Slot<'_>, text: &str, span: Span) {
        let range = value::write_range(slot.value_type, slot.range);
        let problem = ValueProblem::OutOfRange { text: quote(text), range };
        self.diagnostics.push(Diagnostic::new(problem, span));
    }

    fn band(&mut self, slot: &Slot<'_>, text: &str, span: Span) -> Option<Held> {
        if !slot.accepts_band {
            let problem = ValueProblem::NoBand { text: quote(text) };
            self.diagnostics.push(Diagnostic::new(problem, span));
            return None;
        }
        let band = match value::read_range(slot.value_type, text) {
            Ok(band) => band,
            Err(problem) => {
                self.diagnostics.push(Diagnostic::new(problem, span));
                return None;
            }
        };
        let inside = |end: Option<crate::number::Number>| end.is_none_or(|end| slot.range.contains(end));
        if !inside(band.low) || !inside(band.high) {
            self.out_of_range(slot, text, span);
            return None;
        }
        // An open end of a band goes as far as the declared range.
        Some(Held::Band(Interval { low: band.low.or(slot.range.low), high: band.high.or(slot.range.high) }))
    }

    fn series(&mut self, fact: &Fact, per: Per, node: &Node) -> Option<Given> {
        let example = series_example(fact, per);
        let judged = fact.judged_by.is_some();
        let Some(entries) = node.as_mapping() else {
            self.problem(ProfileProblem::NeedsPeriods { fact: fact.id.text.clone(), example }, node.span);
            return None;
        };
        let leafy = entries.iter().any(|entry| LEAF_KEYS.contains(&entry.key.text.as_str()));
        let (periods, above) = if leafy {
            let above = self.provenance(entries, &fact.id.text, &Provenance::default());
            match entries.iter().find(|entry| entry.key.text == "value") {
                Some(value) => (value.value.as_mapping().unwrap_or_default(), above),
                None => (entries, above),
            }
        } else {
            (entries, Provenance::default())
        };
        let mut read = BTreeMap::new();
        let mut sound = true;
        if leafy && periods.is_empty() {
            self.problem(
                ProfileProblem::NeedsPeriods { fact: fact.id.text.clone(), example: example.clone() },
                node.span,
            );
            return None;
        }
        for entry in periods.iter().filter(|entry| !LEAF_KEYS.contains(&entry.key.text.as_str())) {
            let text = entry.key.text.as_str();
            let period = match per {
                Per::Year => Some(text)
                    .filter(|t| t.len() == 4)
                    .and_then(|t| Date::parse(&format!("{t}-01-01")))
                    .map(|d| i64::from(d.year())),
                Per::Month => Month::parse(text).map(Month::index),
            };
            let Some(period) = period else {
                let problem = match mend::period(per, text) {
                    Some(right) => value::respelled(text, right),
                    None => ProfileProblem::BadPeriod { text: quote(text), example: example.clone() }.into(),
                };
                self.diagnostics.push(Diagnostic::new(problem, entry.key_span));
                sound = false;
                continue;
            };
            let name = format!("{}.{text}", fact.id.text);
            let slot = Slot { name: &name, ..slot_of(fact) };
            if let Some(value) = self.one(&slot, &entry.value, &above, judged) {
                read.insert(period, value);
            }
        }
        sound.then_some(Given::Series(read))
    }

    fn many(&mut self, fact: &Fact, node: &Node) -> Option<Given> {
        let Leaf { value, provenance } =
            self.leaf(node, &fact.id.text, &Provenance::default(), fact.judged_by.is_some())?;
        let value = value?;
        if value.is_null() {
            return None;
        }
        let Some(items) = value.as_sequence() else {
            self.no_list(fact, value);
            return None;
        };
        let slot = slot_of(fact);
        let mut values = BTreeSet::new();
        let mut sound = true;
        for item in items {
            self.count = self.count.saturating_add(1);
            if self.count > MOST_FACTS {
                // Told once for the whole profile.
                return None;
            }
            if self.text(item, &fact.id.text).is_none() {
                sound = false;
                continue;
            }
            if let Some(problem) = item.as_scalar().and_then(|s| mend::list_marks(&fact.value_type, &s.text))
            {
                self.problem(problem, item.span);
                sound = false;
                continue;
            }
            match self.held(&slot, item) {
                Some(Held::Value(value)) if values.contains(&value) => {
                    self.problem(ProfileProblem::Repeated { value: quote(&value.to_string()) }, item.span);
                }
                Some(Held::Value(value)) => {
                    values.insert(value);
                }
                _ => sound = false,
            }
        }
        // A set has no order.
        sound.then_some(Given::Many(values.into_iter().collect(), provenance))
    }

    /// One text where a list must stand: the user's own words in that shape, where they can be.
    fn no_list(&mut self, fact: &Fact, value: &Node) {
        let name = fact.id.text.clone();
        let items = value.as_scalar().and_then(|scalar| mend::items(&fact.value_type, &scalar.text));
        let problem = match items {
            Some(items) => {
                let items: Vec<String> = match self.form {
                    Form::Json => items.into_iter().map(|item| format!("\"{item}\"")).collect(),
                    Form::Yaml | Form::Example => items,
                };
                ProfileProblem::ListBrackets { fact: name, right: format!("[{}]", items.join(", ")) }
            }
            None => {
                let example = format!("{name}: [{}]", example(&fact.value_type));
                ProfileProblem::NeedsList { fact: name, example }
            }
        };
        self.problem(problem, value.span);
    }

    fn list(&mut self, fact: &Fact, fields: &[Field], node: &Node) -> Option<Given> {
        let name = fact.id.text.as_str();
        let (rows, provenance, complete) = match node.as_mapping() {
            None => (node, Provenance::default(), true),
            Some(entries) => {
                let rows = node.get("rows").or_else(|| node.get("value"));
                let known: Vec<&str> = LEAF_KEYS.iter().copied().chain(["rows", "complete"]).collect();
                self.entries(node, name, &known);
                let provenance = self.provenance(entries, name, &Provenance::default());
                let complete = node.get("complete").filter(|node| !node.is_null());
                let complete = complete.is_none_or(|node| self.yes(node, "complete"));
                let Some(rows) = rows.filter(|rows| !rows.is_null()) else {
                    self.problem(ProfileProblem::NoValue { fact: name.to_owned() }, node.span);
                    return None;
                };
                (rows, provenance, complete)
            }
        };
        let Some(items) = rows.as_sequence() else {
            let example =
                format!("{name}: [{{{}: ...}}]", fields.first().map_or("field", |field| field.name.as_str()));
            self.problem(ProfileProblem::NeedsList { fact: name.to_owned(), example }, rows.span);
            return None;
        };
        let read = items
            .iter()
            .enumerate()
            .map(|(index, item)| self.row(fact, fields, index, item, &provenance))
            .collect();
        Some(Given::Rows { complete, rows: read, provenance })
    }

    fn yes(&mut self, node: &Node, key: &str) -> bool {
        match node.as_scalar().map(|scalar| scalar.text.trim()) {
            Some("yes" | "true" | "是") => true,
            Some("no" | "false" | "否") => false,
            other => {
                let text = quote(other.unwrap_or(""));
                self.problem(ProfileProblem::BadYesNo { text, key: key.to_owned() }, node.span);
                true
            }
        }
    }

    fn row(&mut self, fact: &Fact, fields: &[Field], index: usize, node: &Node, above: &Provenance) -> Row {
        let place = format!("{}[{index}]", fact.id.text);
        let mut row = Row { fields: vec![None; fields.len()], provenance: above.clone() };
        let Some(entries) = node.as_mapping() else {
            self.problem(ProfileProblem::NotMapping { place }, node.span);
            return row;
        };
        row.provenance = self.provenance(entries, &place, above);
        for entry in entries {
            let key = entry.key.text.as_str();
            if LEAF_KEYS.contains(&key) && key != "value" {
                continue;
            }
            let Some(position) = fields.iter().position(|field| field.name == key) else {
                let known: Vec<String> = fields.iter().map(|field| format!("`{}`", field.name)).collect();
                let problem = ProfileProblem::UnknownField {
                    field: quote(key),
                    list: fact.id.text.clone(),
                    known: known.join(", "),
                };
                let suggested = nearest(key, fields.iter().map(|field| field.name.as_str()));
                self.diagnostics.push(Diagnostic::new(problem, entry.key_span).suggest(suggested));
                continue;
            };
            let Some(field) = fields.get(position) else { continue };
            let name = format!("{place}.{key}");
            let slot = Slot {
                name: &name,
                value_type: &field.value_type,
                range: field.range,
                accepts_band: field.accepts_band,
            };
            let inherited = row.provenance.clone();
            let value = self.one(&slot, &entry.value, &inherited, false);
            if fact.id.text == EARLIER_AWARDS && position == AWARD_MEASURE {
                self.awarded(value.as_ref(), entry.value.span);
            }
            if let Some(slot) = row.fields.get_mut(position) {
                *slot = value;
            }
        }
        row
    }

    /// An award of a measure that only looks like one of this pack would be counted to none.
    fn awarded(&mut self, measure: Option<&Entry>, span: Span) {
        let Some(Held::Value(Value::Word(id))) = measure.map(|entry| &entry.held) else { return };
        let known = || self.checked.pack.measures.iter().map(|measure| measure.id.text.as_str());
        if known().any(|known| known == &**id) {
            return;
        }
        // Awards of other programmes are told here too.
        if let Some(near) = nearest(id, known()) {
            let problem = ProfileProblem::NearMeasure { id: quote(id), right: near.to_owned() };
            self.problem(problem, span);
        }
    }
}

fn slot_of(fact: &Fact) -> Slot<'_> {
    Slot {
        name: &fact.id.text,
        value_type: &fact.value_type,
        range: fact.range,
        accepts_band: fact.accepts_band,
    }
}

/// A plain JSON number that is no integer.
fn is_json_fraction(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        && text.contains(['.', 'e', 'E'])
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E'))
}

fn series_example(fact: &Fact, per: Per) -> String {
    let period = match per {
        Per::Year => "2024",
        Per::Month => "2024-06",
    };
    format!("{}: {{{period}: {}}}", fact.id.text, example(&fact.value_type))
}
