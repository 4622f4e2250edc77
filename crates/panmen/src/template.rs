//! An empty profile to fill in: every fact with its question, unit, options and papers as comments.
//!
//! In: a plan, a language and perhaps last year's profile. Out: YAML as a person would write it. Of
//! last year's profile it keeps what does not change and what is past, and clears the rest.

use crate::answer::{FactPath, Part};
use crate::diagnostic::Lang;
use crate::doc::wrap;
use crate::pack::{Fact, Per};
use crate::profile::{Given, Held, Profile};
use crate::value::{Label, Type, Value, example, write_number, write_range};
use crate::wording::Wording;
use std::fmt::Write;

/// Columns of a comment.
const WIDTH: usize = 78;

/// Writes the template; `last` is last year's profile, read against the same pack.
#[must_use]
pub fn template(wording: &Wording<'_>, last: Option<&Profile>) -> String {
    let mut writer = Writer { wording, last, text: String::new() };
    writer.head();
    for (index, fact) in wording.plan.pack().facts.iter().enumerate() {
        // Built-in facts have no place in the pack's files; they are given only where they matter.
        if fact.id.span != crate::source::Span::default() {
            writer.fact(index, fact);
        }
    }
    writer.text
}

struct Writer<'a> {
    wording: &'a Wording<'a>,
    last: Option<&'a Profile>,
    text: String,
}

impl Writer<'_> {
    fn say<'s>(&self, en: &'s str, zh: &'s str) -> &'s str {
        match self.wording.lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
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
        let how = self.say(
            "Fill in what you know. What is left out or stays `null` counts as not known, never as no.",
            "请填写已知的信息。未填写或保留 `null` 的项按“未知”处理，不会当作“否”。",
        );
        self.comment("", how);
        self.line("firm:");
        let (name, uscc) = match self.last {
            Some(last) => (last.name.clone(), last.uscc.as_ref().map(ToString::to_string)),
            None => (None, None),
        };
        let name = name.map_or_else(|| "null".to_owned(), |name| quoted(&name));
        let _ = writeln!(self.text, "  name: {name}");
        let code = self.say("Unified Social Credit Code, 18 characters", "统一社会信用代码，18 位");
        let uscc = uscc.unwrap_or_else(|| "null".to_owned());
        let _ = writeln!(self.text, "  uscc: {uscc}    # {code}");
        let which = self.say("the decision date: which rules apply", "适用日期：决定适用哪一版规则");
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
        if let Some(role) = &fact.judged_by {
            let judged = match self.wording.lang {
                Lang::En => format!("Judged by the {role}: counts once signed, so a firm leaves it."),
                Lang::Zh => format!("由 {role} 认定：签署后才有效，企业无需填写。"),
            };
            self.comment("  ", &judged);
        }
        let papers = self.wording.papers(index);
        if !papers.is_empty() {
            let list = self.wording.list(&papers);
            let paper = format!("{}{list}", self.say("Proved by: ", "证明材料："));
            self.comment("  ", &paper);
        }
        self.value(index, fact);
    }

    /// How a value is written, with an example.
    fn how(&self, fact: &Fact) -> String {
        let options = match &fact.value_type {
            Type::Code(set) | Type::Choice(set) => {
                const SHOWN: usize = 12;
                let shown = |(code, label): (&std::sync::Arc<str>, &Label)| match label.get(self.wording.lang)
                {
                    "" => format!("`{code}`"),
                    label => format!("`{code}` {label}"),
                };
                let mut options: Vec<String> = set.codes.iter().take(SHOWN).map(shown).collect();
                if set.codes.len() > SHOWN || set.open {
                    options.push("...".to_owned());
                }
                Some(options.join(", "))
            }
            Type::List(fields) => Some(
                fields
                    .iter()
                    .map(|field| format!("`{}`: {}", field.name, example(&field.value_type)))
                    .collect::<Vec<_>>()
                    .join(", "),
            ),
            _ => None,
        };
        let write = self.say("Write", "写法");
        let one = example(&fact.value_type);
        let sample = match (&fact.value_type, fact.per) {
            (Type::List(fields), _) => {
                let fields: Vec<String> = fields
                    .iter()
                    .map(|field| format!("{}: {}", field.name, example(&field.value_type)))
                    .collect();
                format!("[{{{}}}]", fields.join(", "))
            }
            (_, Some(Per::Year)) => format!("{{{}: {one}}}", self.wording.plan.last_year),
            (_, Some(Per::Month)) => format!("{{{}-06: {one}}}", self.wording.plan.last_year),
            _ if fact.many => format!("[{one}]"),
            _ => one,
        };
        match options {
            Some(options) => format!("{write}: `{sample}`; {options}"),
            None => format!("{write}: `{sample}`"),
        }
    }

    fn value(&mut self, index: usize, fact: &Fact) {
        let id = &fact.id.text;
        if let Some(per) = fact.per {
            let _ = writeln!(self.text, "  {id}:");
            let mut years = Vec::new();
            if let Some(Given::Series(periods)) = self.given(index) {
                for period in periods.keys() {
                    let path = FactPath { fact: index, part: Part::Period(*period) };
                    let name = crate::explain::path_text(self.wording.plan, path);
                    let name = name.rsplit('.').next().unwrap_or_default().to_owned();
                    if let Some(value) = self.written(path, &fact.value_type) {
                        years.push((name, value));
                    }
                }
            }
            let assessed = self.wording.plan.last_year.to_string();
            if per == Per::Year && !years.iter().any(|(year, _)| *year == assessed) {
                years.push((assessed, "null".to_owned()));
            }
            for (period, value) in years {
                let _ = writeln!(self.text, "    {period}: {value}");
            }
            return;
        }
        let path = FactPath { fact: index, part: Part::Whole };
        let before = self.written(path, &fact.value_type);
        match before {
            Some(value) if fact.fixed => {
                let _ = writeln!(self.text, "  {id}: {value}");
            }
            Some(value) => {
                let last = self.say("last time", "上次");
                let _ = writeln!(self.text, "  {id}: null    # {last}: {value}");
            }
            None => {
                let _ = writeln!(self.text, "  {id}: null");
            }
        }
    }

    fn given(&self, fact: usize) -> Option<&Given> {
        self.last?.facts.get(fact)?.as_ref()
    }

    /// A value of last year's profile as it is written in one.
    fn written(&self, path: FactPath, value_type: &Type) -> Option<String> {
        let last = self.last?;
        if self.wording.is_masked(path) {
            return None;
        }
        if let Some(entry) = last.entry(path) {
            return Some(match &entry.held {
                Held::Value(value) => write_value(value_type, value),
                Held::Band(band) => write_range(value_type, *band),
            });
        }
        match last.facts.get(path.fact)?.as_ref()? {
            Given::Many(values, _) => {
                let values: Vec<String> = values.iter().map(|value| write_value(value_type, value)).collect();
                Some(format!("[{}]", values.join(", ")))
            }
            _ => None,
        }
    }
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
