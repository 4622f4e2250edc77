//! What the parts of a recorded document are called: outcomes in a language, ids by the labels of a pack.
//!
//! In: words and ids as a record writes them. Out: the same for people; what no pack names stays as it is.

use crate::diagnostic::Lang;
use crate::pack::Pack;
use crate::value::{Label, Type, Unit, read_quantity};
use crate::wording::amount;
use serde_json::Value;
use std::collections::BTreeMap;

/// The outcomes of a record in both languages.
const OUTCOMES: [(&str, &str, &str); 17] = [
    ("yes", "yes", "是"),
    ("no", "no", "否"),
    ("unknown", "not decided", "暂不能判定"),
    ("undetermined", "not decided", "暂不能判定"),
    ("referred", "for a person to judge", "需人工审核"),
    ("error", "not computed", "计算出错"),
    ("level", "level reached", "达到层级"),
    ("none", "no level reached", "未达到任何层级"),
    ("not_applicable", "not applicable", "不适用"),
    ("eligible", "eligible", "符合条件"),
    ("not_eligible", "conditions not met", "不符合条件"),
    ("not_in_force", "not in force", "不在实施期内"),
    ("outside_window", "outside the application window", "不在申报期内"),
    ("named_only", "named only", "计划提及，申报办法未公布"),
    ("unpublished", "unpublished", "未公布"),
    ("indicative", "indicative", "初步结果"),
    ("confirmed", "confirmed", "已核实结果"),
];

/// An outcome for people.
#[must_use]
pub fn outcome_word(word: &str, lang: Lang) -> &str {
    word_of(&OUTCOMES, word, lang)
}

/// A word in a language; one that has none stays as it is.
pub(crate) fn word_of<'w>(
    words: &[(&str, &'static str, &'static str)],
    word: &'w str,
    lang: Lang,
) -> &'w str {
    let found = words.iter().find(|(known, ..)| *known == word);
    found.map_or(word, |(_, en, zh)| if lang == Lang::En { en } else { zh })
}

/// An amount as a record has it: a text, or from and to.
#[must_use]
pub fn amount_text(amount: &Value, lang: Lang) -> String {
    let text = |value: Option<&Value>| {
        let text = value.and_then(Value::as_str).unwrap_or("?");
        money_text(text, lang).unwrap_or_else(|| text.to_owned())
    };
    match amount {
        Value::String(amount) => {
            money_text(amount, lang).unwrap_or_else(|| outcome_word(amount, lang).to_owned())
        }
        Value::Object(ends) if ends.contains_key("from") => {
            let between = if lang == Lang::En { " to " } else { "至" };
            format!("{}{between}{}", text(ends.get("from")), text(ends.get("to")))
        }
        Value::Object(by_currency) => {
            let parts: Vec<String> = by_currency.values().map(|part| amount_text(part, lang)).collect();
            parts.join(if lang == Lang::En { ", " } else { "，" })
        }
        _ => String::new(),
    }
}

/// Money as people write it; none of any other text.
#[must_use]
pub fn money_text(text: &str, lang: Lang) -> Option<String> {
    let read = read_quantity(text).ok()?;
    match read.unit {
        Unit::Money(currency) => Some(amount::money(lang, currency, read.number)),
        _ => None,
    }
}

/// The labels of one edition of a pack, by id.
#[derive(Debug, Clone, Default)]
pub struct Names {
    labels: BTreeMap<String, Label>,
}

impl Names {
    /// The labels of a pack.
    #[must_use]
    pub fn of(pack: &Pack) -> Self {
        let mut names = Self::default();
        names.add(pack);
        names
    }

    /// Adds the labels of another pack, which take the place of those with the same id.
    pub fn add(&mut self, pack: &Pack) {
        let mut name = |id: &str, label: &Label| {
            self.labels.insert(id.to_owned(), label.clone());
        };
        for fact in &pack.facts {
            name(&fact.id.text, &fact.label);
            if let Type::List(fields) = &fact.value_type {
                fields
                    .iter()
                    .for_each(|field| name(&format!("{}[].{}", fact.id.text, field.name), &field.label));
            }
        }
        pack.criteria.iter().for_each(|entry| name(&entry.id.text, &entry.label));
        pack.gates.iter().for_each(|entry| name(&entry.id.text, &entry.label));
        pack.measures.iter().for_each(|entry| name(&entry.id.text, &entry.label));
        for entry in &pack.classifications {
            name(&entry.id.text, &entry.label);
            entry
                .classes
                .iter()
                .for_each(|class| name(&format!("{}.{}", entry.id.text, class.id.text), &class.label));
        }
        for entry in &pack.ladders {
            name(&entry.id.text, &entry.label);
            entry
                .levels
                .iter()
                .for_each(|level| name(&format!("{}.{}", entry.id.text, level.id.text), &level.label));
        }
    }

    /// What an id is called; the id itself where nothing names it.
    #[must_use]
    pub fn name(&self, id: &str, lang: Lang) -> String {
        let label = self.labels.get(id).map(|label| label.get(lang).split_whitespace().collect::<Vec<_>>());
        label.map(|words| words.join(" ")).filter(|label| !label.is_empty()).unwrap_or_else(|| id.to_owned())
    }

    /// What a fact's path is called: `CBEC volume (cbec_volume.2024)`.
    #[must_use]
    pub fn path(&self, path: &str, lang: Lang) -> String {
        let id = super::fact_id(path);
        let own = self.name(id, lang);
        let field = path.split_once("].").map(|(_, field)| self.name(&format!("{id}[].{field}"), lang));
        let field = field.filter(|field| !field.contains("[].")).map(|field| match lang {
            Lang::En => format!(", {field}"),
            Lang::Zh => format!("：{field}"),
        });
        if own == path {
            return own;
        }
        match lang {
            Lang::En => format!("{own}{} ({path})", field.unwrap_or_default()),
            Lang::Zh => format!("{own}{}（{path}）", field.unwrap_or_default()),
        }
    }

    /// A part of an outcome, such as `criteria.large_volume` or `classifications.branch.classes.making`.
    #[must_use]
    pub fn part(&self, part: &str, lang: Lang) -> String {
        let id = part.split_once('.').map_or(part, |(_, id)| id).replacen(".classes.", ".", 1);
        self.name(&id, lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::{LadderOutcome, MeasureOutcome, Verdict};
    use serde_json::json;

    #[test]
    fn every_outcome_has_words() {
        let words = Verdict::ALL.map(Verdict::word);
        let measures = MeasureOutcome::ALL.map(MeasureOutcome::word);
        let all = words.iter().chain(&LadderOutcome::WORDS).chain(&measures);
        for word in all {
            assert!(OUTCOMES.iter().any(|(known, ..)| known == word), "{word}");
        }
    }

    #[test]
    fn amounts_and_paths_are_written_for_people() {
        assert_eq!(amount_text(&json!("5 CNY"), Lang::En), "CNY 5.00");
        assert_eq!(amount_text(&json!({"from": "0 CNY", "to": "5 CNY"}), Lang::Zh), "0.00元至5.00元");
        assert_eq!(amount_text(&json!({"CNY": "1 CNY", "USD": "2 USD"}), Lang::En), "CNY 1.00, USD 2.00");
        let labels = [("sites", "Sites"), ("sites[].area", "Area"), ("branch.making", "Making")];
        let labels = labels.map(|(id, label)| (id.to_owned(), Label::plain(label)));
        let names = Names { labels: labels.into_iter().collect() };
        assert_eq!(names.path("sites[0].area", Lang::En), "Sites, Area (sites[0].area)");
        assert_eq!(names.path("other.2024", Lang::En), "other (other.2024)");
        assert_eq!(names.part("classifications.branch.classes.making", Lang::En), "Making");
    }
}
