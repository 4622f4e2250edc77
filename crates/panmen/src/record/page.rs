//! A recorded decision as a document for people.
//!
//! In: a record whose digests hold, with the report of the same decision made again, or, where facts are
//! redacted, the recorded outcome itself. Out: a [`Doc`] that says which record it is. Takes no redacted
//! fact for a missing one, and asks for none.

use super::Record;
use super::words::{Names, amount_text, outcome_word};
use crate::diagnostic::Lang;
use crate::doc::{Block, Checked, Doc, Group, Item, Pair, Section, Status};
use crate::profile::Profile;
use crate::wording::{Word, Wording};
use serde_json::Value;
use std::collections::BTreeSet;

/// The digits of a digest that people compare.
const SHORT: usize = 12;

/// The report of a decision made again, as that of the record: its foot and every sheet carry the digest.
#[must_use]
pub fn recorded(mut doc: Doc, record: &Record) -> Doc {
    doc.notice = say(doc.lang, "recorded decision, made again: same outcome", "判定记录，复算结果一致");
    sealed(&mut doc, record);
    doc
}

/// The report of a decision that is not on record, with the digest of the pack that it was made under.
#[must_use]
pub fn under(mut doc: Doc, pack: &str) -> Doc {
    let short: String = pack.chars().take(SHORT).collect();
    let line = match doc.lang {
        Lang::En => format!("Source digest of the rule pack: {short}"),
        Lang::Zh => format!("规则包源校验值：{short}"),
    };
    doc.footer.insert(doc.footer.len().min(1), line);
    doc
}

/// The document of a record of which some facts are redacted, from its recorded outcome. `unevaluated` are
/// the parts of the outcome that need them.
#[must_use]
pub fn withheld(record: &Record, words: &Wording<'_>, profile: &Profile, unevaluated: &[String]) -> Doc {
    let names = Names::of(words.plan.pack());
    let page = Page { record, words, names, unevaluated: unevaluated.iter().map(String::as_str).collect() };
    let lang = words.lang;
    let header = &words.plan.pack().header;
    let mut sections = vec![page.result(), page.redacted(unevaluated.len())];
    sections.extend(page.criteria());
    sections.extend(page.missing());
    sections.extend(page.facts(profile));
    let mut doc = Doc {
        lang,
        title: say(lang, "RECORDED DECISION", "判定记录"),
        notice: say(lang, "some facts are redacted", "部分信息已隐去"),
        subject: words.subject(),
        head: page.head(profile),
        sections,
        footer: Vec::new(),
        sheet: format!("{} {}", header.pack, header.edition),
    };
    sealed(&mut doc, record);
    doc
}

fn say(lang: Lang, en: &str, zh: &str) -> String {
    if lang == Lang::En { en.to_owned() } else { zh.to_owned() }
}

/// Puts the record's identity into the foot, in the place of the program that draws it.
fn sealed(doc: &mut Doc, record: &Record) {
    let lang = doc.lang;
    let digest = record.digest();
    let short: String = digest.chars().take(SHORT).collect();
    let (id, edition) = record.pack();
    let (source, _) = record.pack_digests();
    let (semantics, version) = record.semantics();
    let said = |key: &str, en: &str, zh: &str| record.said(key).unwrap_or_else(|| say(lang, en, zh));
    let at = said("decided_at", "not recorded", "未记录");
    let actor = said("actor", "not recorded", "未记录");
    let mut lines = match lang {
        Lang::En => vec![
            format!("Record {short} (SHA-256 {digest})"),
            format!("Rule pack {id}, edition {edition}, source digest {source}"),
            format!("Panmen {version}; semantics {semantics}; decided at: {at}; by: {actor}"),
        ],
        Lang::Zh => vec![
            format!("记录 {short}（SHA-256 {digest}）"),
            format!("规则包 {id}　版本 {edition}　源校验值 {source}"),
            format!("Panmen {version}　语义版本 {semantics}　判定时间：{at}　判定人：{actor}"),
        ],
    };
    if let Some(reason) = record.said("accepted_assumed") {
        lines.push(match lang {
            Lang::En => format!("Assumed points accepted because: {reason}"),
            Lang::Zh => format!("接受假定的理由：{reason}"),
        });
    }
    if let Some(earlier) = record.said("supersedes") {
        lines.push(match lang {
            Lang::En => format!("Takes the place of record {earlier}"),
            Lang::Zh => format!("取代记录 {earlier}"),
        });
    }
    lines.push(say(lang, "Not checked against a register.", "未与登记册核对。"));
    // The first line of a report says what draws it; of a record that is what it was decided with.
    let rest = doc.footer.drain(..).skip(1).collect::<Vec<_>>();
    lines.extend(rest);
    doc.footer = lines;
    let mark = say(lang, "record", "记录");
    doc.sheet = format!("{} - {mark} {short}", doc.sheet);
}

struct Page<'a> {
    record: &'a Record,
    words: &'a Wording<'a>,
    names: Names,
    unevaluated: BTreeSet<&'a str>,
}

impl Page<'_> {
    fn say(&self, en: &str, zh: &str) -> String {
        say(self.words.lang, en, zh)
    }

    fn pair(key: impl Into<String>, value: impl Into<String>) -> Pair {
        Pair { key: key.into(), value: value.into(), ..Pair::default() }
    }

    fn head(&self, profile: &Profile) -> Vec<Pair> {
        let word = |word: Word| self.words.say(word, &[]);
        let name = profile.name.clone().unwrap_or_else(|| word(Word::Unnamed));
        let mut head = vec![Self::pair(word(Word::Firm), name)];
        head.extend(profile.uscc.as_ref().map(|uscc| Self::pair(word(Word::Uscc), uscc.to_string())));
        head.push(Self::pair(word(Word::AsOf), self.words.plan.as_of.to_string()));
        head
    }

    /// The entries of a part of the outcome.
    fn entries(&self, part: &str) -> impl Iterator<Item = (String, String, &Value)> {
        let entries = self.record.outcome().get(part).and_then(Value::as_object);
        let part = part.to_owned();
        entries.into_iter().flatten().map(move |(id, value)| (format!("{part}.{id}"), id.clone(), value))
    }

    /// What an entry came to, and that it was not evaluated again where that is so.
    fn came_to(&self, path: &str, text: String) -> String {
        if !self.unevaluated.contains(path) {
            return text;
        }
        let again = self.say("as recorded, not evaluated again", "按记录，未重新计算");
        match self.words.lang {
            Lang::En => format!("{text} ({again})"),
            Lang::Zh => format!("{text}（{again}）"),
        }
    }

    fn outcome(&self, entry: &Value) -> String {
        let word = entry.get("outcome").and_then(Value::as_str).unwrap_or_default();
        outcome_word(word, self.words.lang).to_owned()
    }

    fn result(&self) -> Section {
        let lang = self.words.lang;
        let mut pairs = Vec::new();
        for (path, id, entry) in self.entries("tiers") {
            let level = entry.get("level").and_then(Value::as_str);
            let text = level
                .map_or_else(|| self.outcome(entry), |level| self.names.name(&format!("{id}.{level}"), lang));
            pairs.push(Self::pair(self.names.name(&id, lang), self.came_to(&path, text)));
        }
        for (path, id, entry) in self.entries("gates") {
            pairs.push(Self::pair(self.names.name(&id, lang), self.came_to(&path, self.outcome(entry))));
        }
        for (_, id, entry) in self.entries("classifications") {
            for (class, entry) in entry.get("classes").and_then(Value::as_object).into_iter().flatten() {
                let path = format!("classifications.{id}.classes.{class}");
                let key = self.names.name(&format!("{id}.{class}"), lang);
                pairs.push(Self::pair(key, self.came_to(&path, self.outcome(entry))));
            }
        }
        for (path, id, entry) in self.entries("measures") {
            let amount = entry.get("amount").map(|amount| amount_text(amount, lang)).unwrap_or_default();
            let between = if lang == Lang::En { ": " } else { "：" };
            let text = if amount.is_empty() {
                self.outcome(entry)
            } else {
                format!("{}{between}{amount}", self.outcome(entry))
            };
            pairs.push(Self::pair(self.names.name(&id, lang), self.came_to(&path, text)));
        }
        let total = self.record.outcome().get("total").map(|total| amount_text(total, lang));
        if let Some(total) = total.filter(|total| !total.is_empty()) {
            pairs.push(Self::pair(self.words.say(Word::Money, &[]), self.came_to("total", total)));
        }
        if let Some(standing) = self.record.outcome().get("standing").and_then(Value::as_str) {
            let standing = self.came_to("standing", outcome_word(standing, lang).to_owned());
            pairs.push(Self::pair(self.words.say(Word::HowSure, &[]), standing));
        }
        let heading = self.words.say(Word::Result, &[]);
        Section {
            heading, aside: Some(self.say("as recorded", "按记录")), blocks: vec![Block::Pairs(pairs)]
        }
    }

    /// Which facts are left out, and what that means.
    fn redacted(&self, unevaluated: usize) -> Section {
        let lang = self.words.lang;
        let paths = self.record.redacted();
        let items = paths.iter().map(|path| Item::new(Status::Told, self.names.path(path, lang))).collect();
        let (count, parts) = (paths.len(), unevaluated);
        let text = match lang {
            Lang::En => format!(
                "This copy leaves out {count} of the facts that were decided on. They are not missing and \
                 nobody needs to give them again. All digests hold. {parts} parts of the outcome need them: \
                 these are shown as recorded and were not evaluated again. All others came out as recorded."
            ),
            Lang::Zh => format!(
                "本副本隐去了判定所依据的{count}项信息。这些信息并非缺失，无须再次提供。全部校验值相符。\
                 结果中有{parts}部分需要这些信息：按记录列示，未重新计算；其余部分复算一致。"
            ),
        };
        let group = Group { heading: String::new(), aside: None, items };
        let heading = self.say("REDACTED FACTS", "已隐去的信息");
        Section { heading, aside: None, blocks: vec![Block::Paragraph(text), Block::Group(group)] }
    }

    fn criteria(&self) -> Option<Section> {
        let items: Vec<Item> = self
            .entries("criteria")
            .map(|(path, id, entry)| {
                let status = match entry.get("outcome").and_then(Value::as_str) {
                    Some("yes") => Status::Met,
                    Some("no") => Status::NotMet,
                    Some("referred") => Status::Referred,
                    Some("error") => Status::Failed,
                    _ => Status::Waiting,
                };
                let mut item = Item::new(status, self.names.name(&id, self.words.lang));
                item.value = self.came_to(&path, self.outcome(entry));
                item
            })
            .collect();
        let group = Block::Group(Group { heading: String::new(), aside: None, items });
        let heading = self.words.say(Word::EveryCriterion, &[]);
        let any = matches!(&group, Block::Group(group) if !group.items.is_empty());
        any.then(|| Section { heading, aside: None, blocks: vec![group] })
    }

    /// What was missing at the time.
    fn missing(&self) -> Option<Section> {
        let missing = self.record.outcome().get("missing").and_then(Value::as_array)?;
        let paths = missing.iter().filter_map(Value::as_str);
        let label = |path| Item::new(Status::Waiting, self.names.path(path, self.words.lang));
        let items: Vec<Item> = paths.map(label).collect();
        let heading = self.came_to("missing", self.say("MISSING WHEN IT WAS DECIDED", "判定时缺少的信息"));
        let group = Group { heading: String::new(), aside: None, items };
        (!group.items.is_empty()).then(|| Section { heading, aside: None, blocks: vec![Block::Group(group)] })
    }

    fn facts(&self, profile: &Profile) -> Option<Section> {
        let pairs: Vec<Pair> = profile
            .paths()
            .into_iter()
            .filter_map(|path| {
                let value = self.words.given(profile, path)?;
                let checked = match profile.provenance(path)?.status {
                    crate::profile::Status::Verified => Some(Checked::Verified),
                    crate::profile::Status::Declared => Some(Checked::Declared),
                    crate::profile::Status::Rejected => None,
                };
                Some(Pair { key: self.words.path(path), value, checked, points: Vec::new() })
            })
            .collect();
        let heading = self.words.say(Word::Facts, &[]);
        (!pairs.is_empty()).then(|| Section { heading, aside: None, blocks: vec![Block::Pairs(pairs)] })
    }
}
