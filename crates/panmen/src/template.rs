//! An empty profile to fill in: every fact with its question, unit, options and papers as comments.
//!
//! In: a plan, a language and perhaps last year's profile. Out: YAML as a person would write it. Of
//! last year's profile it keeps what does not change and what is past, and clears the rest; what an
//! officer refused or a person has to judge is not carried over.

mod sample;
#[cfg(test)]
mod tests;

use crate::answer::{FactPath, Part};
use crate::doc::wrap;
use crate::explain::facts_below;
use crate::number::Interval;
use crate::pack::{AWARD_MEASURE, EARLIER_AWARDS, Fact, Measure, Per};
use crate::plan::Plan;
use crate::profile::{Entry, Given, Held, Profile, Provenance, Row, Status};
use crate::value::{CodeSet, Field, Label, Type, Value, write_number, write_range};
use crate::view::papers;
use crate::wording::{Word, Wording};
use std::fmt::Write;

/// Columns of a comment.
const WIDTH: usize = 78;

/// Writes the template; `last` is last year's profile, read against the same pack.
#[must_use]
pub fn template(wording: &Wording<'_>, last: Option<&Profile>) -> String {
    let mut writer = Writer { wording, last, text: String::new() };
    writer.head();
    for (index, fact) in wording.plan.pack().facts.iter().enumerate() {
        // Every pack has the list of awards; it matters only where something looks back on it.
        if fact.id.text != EARLIER_AWARDS || is_read(wording.plan, index) {
            writer.fact(index, fact);
        }
    }
    writer.text
}

/// True where a condition or an amount depends on a fact.
fn is_read(plan: &Plan<'_>, fact: usize) -> bool {
    let graph = &plan.checked.graph;
    let roots =
        graph.gates.iter().chain(&graph.ladders).chain(&graph.measures).chain(graph.classes.iter().flatten());
    roots.copied().any(|node| facts_below(plan, node).contains(&fact))
}

struct Writer<'a> {
    wording: &'a Wording<'a>,
    last: Option<&'a Profile>,
    text: String,
}

impl Writer<'_> {
    fn say(&self, word: Word, filled: &[&str]) -> String {
        self.wording.say(word, filled)
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn comment(&mut self, indent: &str, text: &str) {
        let room = WIDTH.saturating_sub(indent.len()).saturating_sub(2);
        // A line break in a label would leave the rest outside the comment.
        let text: Vec<&str> = text.split_whitespace().collect();
        for line in wrap(&text.join(" "), room, room) {
            let _ = writeln!(self.text, "{indent}# {line}");
        }
    }

    fn head(&mut self) {
        let header = &self.wording.plan.pack().header;
        let title = format!("{} ({} {})", self.wording.label(&header.title), header.pack, header.edition);
        self.comment("", &title);
        self.comment("", &self.say(Word::NewFill, &[]));
        self.line("firm:");
        let (name, uscc) = match self.last {
            Some(last) => (last.name.clone(), last.uscc.as_ref().map(ToString::to_string)),
            None => (None, None),
        };
        let name = name.map_or_else(|| "null".to_owned(), |name| quoted(&name));
        let _ = writeln!(self.text, "  name: {name}");
        let code = self.say(Word::NewUscc, &[]);
        let uscc = uscc.unwrap_or_else(|| "null".to_owned());
        let _ = writeln!(self.text, "  uscc: {uscc}    # {code}");
        let which = self.say(Word::NewAsOf, &[]);
        let _ = writeln!(self.text, "as_of: {}    # {which}", self.wording.plan.as_of);
        self.line("facts:");
    }

    fn fact(&mut self, index: usize, fact: &Fact) {
        self.line("");
        let label = self.wording.label(&fact.label);
        self.comment("  ", &label);
        if let Some(ask) = &fact.ask {
            let ask = self.wording.label(ask);
            self.comment("  ", &ask);
        }
        let how = self.how(fact);
        self.comment("  ", &how);
        if let Type::List(fields) = &fact.value_type {
            for (position, field) in fields.iter().enumerate() {
                let how = self.field(fact, position, field);
                self.comment("  ", &how);
            }
        }
        if let Some(role) = &fact.judged_by {
            let role = if role == "caseworker" { self.say(Word::Caseworker, &[]) } else { role.clone() };
            self.comment("  ", &self.say(Word::NewJudged, &[&role]));
        }
        let papers = papers(self.wording, fact);
        if !papers.is_empty() {
            self.comment("  ", &self.say(Word::NewProved, &[&self.wording.list(&papers)]));
        }
        self.value(index, fact);
    }

    /// A value as one might write it.
    fn sample(&self, value_type: &Type, range: Interval) -> String {
        match value_type {
            Type::Text(false) => quoted(&self.say(Word::NewText, &[])),
            _ => sample::sample(value_type, range, self.wording.plan.last_year),
        }
    }

    /// How a value is written, with an example.
    fn how(&self, fact: &Fact) -> String {
        let one = self.sample(&fact.value_type, fact.range);
        let year = self.wording.plan.last_year;
        let (sample, lines) = match (&fact.value_type, fact.per) {
            (Type::List(fields), _) => {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|field| format!("{}: {}", field.name, self.sample(&field.value_type, field.range)))
                    .collect();
                (format!("- {{{}}}", fields.join(", ")), Some(Word::NewRows))
            }
            (_, Some(Per::Year)) => (format!("{year}: {one}"), Some(Word::NewYears)),
            (_, Some(Per::Month)) => (format!("{year}-06: {one}"), Some(Word::NewMonths)),
            _ if fact.many => (format!("[{one}]"), None),
            _ => (one, None),
        };
        let mut parts = vec![format!("`{sample}`")];
        parts.extend(lines.map(|lines| self.say(lines, &[])));
        if fact.accepts_band {
            parts.push(self.band(&fact.value_type, fact.range));
        }
        if let Type::Code(set) | Type::Choice(set) = &fact.value_type {
            parts.extend(self.options(set, fact));
        }
        self.say(Word::NewWrite, &[&self.wording.clauses(&parts)])
    }

    fn band(&self, value_type: &Type, range: Interval) -> String {
        self.say(Word::NewBand, &[&sample::band(value_type, range)])
    }

    /// How a field of a row is written.
    fn field(&self, fact: &Fact, position: usize, field: &Field) -> String {
        let label = self.wording.label(&field.label);
        let mut parts = Vec::new();
        if label != field.name {
            parts.push(label);
        }
        parts.push(format!("`{}`", self.sample(&field.value_type, field.range)));
        if field.accepts_band {
            parts.push(self.band(&field.value_type, field.range));
        }
        if let Type::Code(set) | Type::Choice(set) = &field.value_type {
            parts.extend(self.options(set, fact));
        }
        if fact.id.text == EARLIER_AWARDS && position == AWARD_MEASURE {
            parts = vec![self.measures()];
        }
        format!("`{}`: {}", field.name, self.wording.clauses(&parts))
    }

    /// The measures that may have been awarded.
    fn measures(&self) -> String {
        let of = |measure: &Measure| format!("`{}` {}", measure.id.text, self.wording.label(&measure.label));
        self.wording.list(&self.wording.plan.pack().measures.iter().map(of).collect::<Vec<_>>())
    }

    /// The first options, and where the others are listed.
    fn options(&self, set: &CodeSet, fact: &Fact) -> Vec<String> {
        const SHOWN: usize = 12;
        let shown = |(code, label): (&std::sync::Arc<str>, &Label)| match self.wording.label(label).as_str() {
            "" => format!("`{code}`"),
            label => format!("`{code}` {label}"),
        };
        let options: Vec<String> = set.codes.iter().take(SHOWN).map(shown).collect();
        let mut parts = vec![self.wording.list(&options)];
        let more = set.codes.len().saturating_sub(SHOWN);
        if more > 0 {
            let pack = self.wording.plan.pack();
            // The options of a choice are listed with their fact.
            let listed = pack.lists.iter().any(|list| list.id.text == set.id);
            let id = if listed { &set.id } else { &fact.id.text };
            parts.push(self.say(Word::NewMore, &[&more.to_string(), &pack.header.pack, id]));
        }
        if set.open {
            parts.push(self.say(Word::NewOpen, &[]));
        }
        parts
    }

    fn value(&mut self, index: usize, fact: &Fact) {
        let id = &fact.id.text;
        if let Some(per) = fact.per {
            return self.series(index, fact, per);
        }
        let keep = fact.fixed && fact.judged_by.is_none();
        if let Some(Given::Rows { complete, rows, provenance }) = self.given(index) {
            let rows = kept_rows(fact, rows, provenance);
            if !rows.is_empty() {
                return self.list(id, keep, *complete, &rows);
            }
        }
        let path = FactPath { fact: index, part: Part::Whole };
        let before = self.written(path, &fact.value_type);
        match before {
            Some(value) if keep => {
                let _ = writeln!(self.text, "  {id}: {value}");
            }
            Some(value) => {
                let last = self.say(Word::NewLast, &[&value]);
                let _ = writeln!(self.text, "  {id}: null    # {last}");
            }
            None => {
                let _ = writeln!(self.text, "  {id}: null");
            }
        }
    }

    /// What is past is kept; the year that is assessed waits to be filled in.
    fn series(&mut self, index: usize, fact: &Fact, per: Per) {
        let mut periods = Vec::new();
        if let Some(Given::Series(given)) = self.given(index) {
            for period in given.keys() {
                let path = FactPath { fact: index, part: Part::Period(*period) };
                let name = crate::explain::path_text(self.wording.plan, path);
                let name = name.rsplit('.').next().unwrap_or_default().to_owned();
                if let Some(value) = self.written(path, &fact.value_type) {
                    periods.push((name, value));
                }
            }
        }
        let year = self.wording.plan.last_year;
        let waiting = match per {
            Per::Year => year.to_string(),
            Per::Month => format!("{year}-12"),
        };
        if !periods.iter().any(|(period, _)| *period == waiting) {
            periods.push((waiting, "null".to_owned()));
        }
        let _ = writeln!(self.text, "  {}:", fact.id.text);
        for (period, value) in periods {
            let _ = writeln!(self.text, "    {period}: {value}");
        }
    }

    /// The rows of a list, to be kept or only to be remembered.
    fn list(&mut self, id: &str, keep: bool, complete: bool, rows: &[String]) {
        if !keep {
            let _ = writeln!(self.text, "  {id}: null");
            self.comment("    ", &self.say(Word::NewLastRows, &[]));
            for row in rows {
                self.comment("    ", &format!("- {row}"));
            }
            return;
        }
        let _ = writeln!(self.text, "  {id}:");
        let mut indent = "    ";
        if !complete {
            self.line("    complete: no");
            self.line("    rows:");
            indent = "      ";
        }
        for row in rows {
            let _ = writeln!(self.text, "{indent}- {row}");
        }
    }

    fn given(&self, fact: usize) -> Option<&Given> {
        self.last?.facts.get(fact)?.as_ref().filter(|_| {
            let path = FactPath { fact, part: Part::Whole };
            !self.wording.is_masked(path)
        })
    }

    /// A value of last year's profile as it is written in one.
    fn written(&self, path: FactPath, value_type: &Type) -> Option<String> {
        let given = self.given(path.fact)?;
        match given {
            Given::Many(values, provenance) if provenance.status != Status::Rejected => {
                let values: Vec<String> = values.iter().map(|value| write_value(value_type, value)).collect();
                Some(format!("[{}]", values.join(", ")))
            }
            _ => held(value_type, self.last?.entry(path)?),
        }
    }
}

/// The rows that no officer refused, as they are written.
fn kept_rows(fact: &Fact, rows: &[Row], provenance: &Provenance) -> Vec<String> {
    let Type::List(fields) = &fact.value_type else { return Vec::new() };
    let stands = |provenance: &Provenance| provenance.status != Status::Rejected;
    if !stands(provenance) {
        return Vec::new();
    }
    let row = |row: &Row| {
        let cells = fields.iter().zip(&row.fields).filter_map(|(field, entry)| {
            let value = held(&field.value_type, entry.as_ref()?)?;
            Some(format!("{}: {value}", field.name))
        });
        format!("{{{}}}", cells.collect::<Vec<_>>().join(", "))
    };
    rows.iter().filter(|row| stands(&row.provenance)).map(row).collect()
}

/// A value or band as it is written; none if an officer refused it.
fn held(value_type: &Type, entry: &Entry) -> Option<String> {
    let text = match &entry.held {
        Held::Value(value) => write_value(value_type, value),
        Held::Band(band) => write_range(value_type, *band),
    };
    (entry.provenance.status != Status::Rejected).then_some(text)
}

fn write_value(value_type: &Type, value: &Value) -> String {
    match value {
        Value::Number(number) => write_number(value_type, *number),
        Value::Word(word) if matches!(value_type, Type::Text(_)) => quoted(word),
        other => other.to_string(),
    }
}

/// A text in double quotes, as YAML and JSON read it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
