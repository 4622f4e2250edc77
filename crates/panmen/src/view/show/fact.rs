//! Facts, lists of codes and parameters: what may be written for them, and what proves it.

use super::Show;
use crate::doc::{Block, Pair, Section};
use crate::number::{Interval, Number};
use crate::pack::{Evidence, Fact, Per};
use crate::value::{CodeSet, Label, TimeUnit, Type};
use crate::wording::{Word, Wording, amount};

/// The papers that settle a fact, each with its office, how long it holds, when it is needed, and
/// what does as well.
pub(crate) fn papers(words: &Wording<'_>, fact: &Fact) -> Vec<String> {
    let pack = words.plan.pack();
    let found = fact.evidence.iter().filter_map(|id| pack.evidence.iter().find(|p| p.id.text == id.text));
    let sentence = |paper: &Evidence| {
        let mut parts: Vec<String> = words.paper(&paper.id.text, &paper.scope).into_iter().collect();
        parts.extend(validity(words, paper).map(|valid| words.say(Word::PaperValid, &[&valid])));
        parts.extend(condition(words, paper).map(|only| words.say(Word::PaperOnlyIf, &[&only])));
        for other in &paper.alternatives {
            let other = words.paper(&other.text, &paper.scope);
            parts.extend(other.map(|other| words.say(Word::PaperInstead, &[&other])));
        }
        words.clauses(&parts)
    };
    found.map(sentence).collect()
}

/// `12 months`, in the language.
pub(super) fn validity(words: &Wording<'_>, paper: &Evidence) -> Option<String> {
    let written = paper.valid_for.as_ref()?;
    let read = written.split_once(' ').and_then(|(count, unit)| {
        let unit = TimeUnit::of_word(unit.trim())?;
        Some(amount::measure(words.lang, unit.word(), Number::from(count.parse::<i64>().ok()?)))
    });
    Some(read.unwrap_or_else(|| written.clone()))
}

/// When a paper is needed, as it was written.
pub(super) fn condition(words: &Wording<'_>, paper: &Evidence) -> Option<String> {
    let written = words.plan.pack().expressions.get(paper.only_if?.0)?;
    Some(written.expr.to_string())
}

impl Show<'_> {
    pub(super) fn fact(&self, fact: &Fact, head: &mut Vec<Pair>, sections: &mut Vec<Section>) {
        let attributes = [
            (Word::PerYear, fact.per == Some(Per::Year)),
            (Word::PerMonth, fact.per == Some(Per::Month)),
            (Word::SeveralValues, fact.many),
            (Word::CannotChange, fact.fixed),
            (Word::AboutPersons, fact.personal),
            (Word::BandAccepted, fact.accepts_band),
        ];
        let mut kind = vec![self.kind(&fact.value_type)];
        kind.extend(attributes.iter().filter(|(_, holds)| *holds).map(|(word, _)| self.say(*word)));
        head.push(self.pair(Word::ShowType, self.words.list(&kind)));
        if fact.range != Interval::ALL {
            head.push(self.pair(Word::ShowRange, self.words.range(&fact.value_type, fact.range)));
        }
        head.extend(fact.judged_by.as_ref().map(|role| self.pair(Word::ShowJudged, self.role(role))));
        if let Some(ask) = &fact.ask {
            sections.push(self.section(Word::ShowAsk, vec![Block::Paragraph(self.words.label(ask))]));
        }
        match &fact.value_type {
            Type::List(fields) => {
                let mut rows = Vec::new();
                for field in fields.iter() {
                    let mut kind = vec![self.words.label(&field.label), self.kind(&field.value_type)];
                    kind.retain(|text| *text != field.name);
                    if field.range != Interval::ALL {
                        kind.push(self.words.range(&field.value_type, field.range));
                    }
                    if field.accepts_band {
                        kind.push(self.say(Word::BandAccepted));
                    }
                    if let Type::Choice(set) = &field.value_type {
                        kind.extend(set.codes.iter().map(|(code, label)| self.option(code, label)));
                    }
                    rows.push(Self::named(&field.name, self.words.clauses(&kind)));
                }
                sections.extend(self.pairs(Word::ShowFields, rows));
            }
            Type::Choice(set) => {
                let options =
                    set.codes.iter().map(|(code, label)| Self::named(code, self.words.label(label)));
                sections.extend(self.pairs(Word::ShowOptions, options.collect()));
            }
            _ => {}
        }
        let papers = papers(self.words, fact);
        if !papers.is_empty() {
            sections.push(self.section(Word::ShowPapers, papers.into_iter().map(Block::Paragraph).collect()));
        }
    }

    /// `code` label, as a list of options within a sentence has it.
    fn option(&self, code: &str, label: &Label) -> String {
        self.with_id(&self.words.label(label), code)
    }

    fn role(&self, role: &str) -> String {
        if role == "caseworker" { self.say(Word::Caseworker) } else { role.to_owned() }
    }

    /// A type with its unit, currency or list.
    fn kind(&self, value_type: &Type) -> String {
        let (word, of) = match value_type {
            Type::YesNo => (Word::TypeYesNo, None),
            Type::Integer => (Word::TypeInteger, None),
            Type::Decimal(unit) => (Word::TypeDecimal, unit.as_ref().map(ToString::to_string)),
            Type::Percent => (Word::TypePercent, None),
            Type::Money(currency) => (Word::TypeMoney, Some(currency.to_string())),
            Type::Date => (Word::TypeDate, None),
            Type::Text(false) => (Word::TypeText, None),
            Type::Text(true) => (Word::TypeUscc, None),
            Type::Code(set) => (Word::TypeCode, Some(set.id.clone())),
            Type::Choice(_) => (Word::TypeChoice, None),
            Type::List(_) => (Word::TypeList, None),
        };
        let word = self.say(word);
        of.map_or_else(|| word.clone(), |of| self.words.say(Word::TypeIn, &[&word, &of]))
    }

    pub(super) fn codes(&self, index: usize, head: &mut Vec<Pair>, sections: &mut Vec<Section>) {
        let Some(list) = self.words.plan.pack().lists.get(index) else { return };
        head.extend(list.of.as_ref().map(|of| self.pair(Word::ShowOf, &of.text)));
        if list.set.open {
            head.push(self.pair(Word::ShowOpen, self.say(Word::Yes)));
        }
        let codes = list.set.codes.keys().map(|code| Self::named(code, self.code(index, code)));
        sections.extend(self.pairs(Word::ShowCodes, codes.collect()));
    }

    /// The label of a code: its list's own, else that of the nearest list it was picked from.
    fn code(&self, list: usize, code: &str) -> String {
        let lists = &self.words.plan.pack().lists;
        let mut at = lists.get(list);
        // The number of lists bounds the way up.
        for _ in 0..lists.len() {
            let Some(list) = at else { break };
            let set: &CodeSet = &list.set;
            let label = set.label(code).map(|label| self.words.label(label)).unwrap_or_default();
            if !label.is_empty() {
                return label;
            }
            at = list.of.as_ref().and_then(|of| lists.iter().find(|other| other.id.text == of.text));
        }
        String::new()
    }

    pub(super) fn values(&self, index: usize, head: &mut Vec<Pair>, sections: &mut Vec<Section>) {
        let Some(parameter) = self.words.plan.pack().parameters.get(index) else { return };
        head.push(self.pair(Word::ShowType, self.kind(&parameter.value_type)));
        for value in &parameter.values {
            let mut pairs = vec![self.pair(Word::ShowInForce, self.period(value.period))];
            pairs.extend(self.grounds(&value.ground));
            let mut section = self.section(Word::ShowValue, vec![Block::Pairs(pairs)]);
            let text = self.words.value(&parameter.value_type, &value.value);
            section.blocks.insert(0, Block::Headline(text));
            sections.push(section);
        }
    }
}
