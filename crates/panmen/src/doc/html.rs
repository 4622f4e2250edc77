//! A document as one HTML file: no script, nothing loaded, every text escaped.
//!
//! The template says how it looks; here is what the template asks for. Text in the other language is
//! tagged, so that a screen reader reads it as what it is.

use super::flow;
use super::wrap::visible;
use super::{Block, Checked, Doc, Group, Item, Section, Status, svg};
use crate::diagnostic::Lang;
use crate::wording::Word;
use askama::Template;

/// Draws a document as HTML.
#[must_use]
pub fn html(doc: &Doc) -> String {
    // A template writes to a string, which does not fail.
    let drawn = Page { doc, lang: doc.lang }.render().unwrap_or_default();
    let lines = drawn.lines().map(str::trim_end).filter(|line| !line.is_empty());
    lines.fold(String::with_capacity(drawn.len()), |mut page, line| {
        page.push_str(line);
        page.push('\n');
        page
    })
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    doc: &'a Doc,
    lang: Lang,
}

/// A stretch of a text, with the tag of its language where that is not the document's.
struct Stretch {
    text: String,
    tag: Option<&'static str>,
}

/// Marks of assumed points: what is shown, and where it leads.
#[derive(Clone)]
struct Mark {
    first: usize,
    shown: String,
}

impl Page<'_> {
    fn tag(&self) -> &'static str {
        tag(self.lang)
    }

    fn say(&self, word: Word) -> &'static str {
        word.text(self.lang)
    }

    /// The foot of a printed sheet as a string of a style sheet.
    fn sheet(&self) -> String {
        style_string(&self.doc.sheet)
    }

    /// The number of a sheet as a style sheet counts it.
    fn number(&self) -> &'static str {
        match self.lang {
            Lang::En => "\"Page \" counter(page) \" of \" counter(pages)",
            Lang::Zh => "\"第\" counter(page) \"页，共\" counter(pages) \"页\"",
        }
    }

    /// A text where no tag can stand.
    #[expect(clippy::unused_self, reason = "the template calls it as it calls the others")]
    fn plain(&self, text: &str) -> String {
        visible(text)
    }

    /// A text as stretches of one language each.
    fn text(&self, text: &str) -> Vec<Stretch> {
        let text = visible(text);
        match self.lang {
            Lang::En => chinese_runs(&text),
            Lang::Zh => {
                let foreign = !text.chars().any(is_chinese) && words(&text) >= 3;
                vec![Stretch { text, tag: foreign.then_some(tag(Lang::En)) }]
            }
        }
    }

    fn marks(points: &[usize]) -> Vec<Mark> {
        let runs = super::run_list(points);
        runs.into_iter()
            .flat_map(|(first, last)| match last.saturating_sub(first) {
                0 => vec![Mark { first, shown: format!("A{first}") }],
                1 => [first, last].map(|n| Mark { first: n, shown: format!("A{n}") }).to_vec(),
                _ => vec![Mark { first, shown: format!("A{first}-A{last}") }],
            })
            .collect()
    }

    fn checked(&self, checked: Checked) -> &'static str {
        self.say(match checked {
            Checked::Verified => Word::StatusVerified,
            Checked::Declared => Word::StatusDeclared,
        })
    }

    fn class(item: &Item) -> &'static str {
        svg::class(item.status)
    }

    fn status(&self, item: &Item) -> &'static str {
        self.say(match item.status {
            Status::Met => Word::MarkMet,
            Status::NotMet => Word::MarkNot,
            Status::Waiting => Word::MarkOpen,
            Status::Referred => Word::Referred,
            Status::Failed => Word::Failed,
            Status::Told => Word::MarkTold,
        })
    }

    /// What is said beside a heading, unless a table's head says it.
    fn aside(section: &Section) -> Option<&str> {
        let said = section.blocks.iter().any(|block| matches!(block, Block::Numbered(_)));
        section.aside.as_deref().filter(|_| !said)
    }

    /// How many of the columns for label, value and check the label takes.
    fn label_span(group: &Group) -> &'static str {
        match (Self::has_values(group), Self::has_checks(group)) {
            (true, _) => "",
            (false, true) => " colspan=\"2\"",
            (false, false) => " colspan=\"3\"",
        }
    }

    fn value_span(group: &Group) -> &'static str {
        if Self::has_checks(group) { "" } else { " colspan=\"2\"" }
    }

    /// True if a column of a group holds anything.
    fn has_values(group: &Group) -> bool {
        group.items.iter().any(|item| !item.value.is_empty())
    }

    fn has_checks(group: &Group) -> bool {
        group.items.iter().any(|item| item.checked.is_some())
    }

    fn has_more(item: &Item) -> bool {
        !(item.details.is_empty() && item.notes.is_empty() && item.scales.is_empty() && item.sum.is_empty())
    }
}

fn tag(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh-Hans",
    }
}

/// Chinese stretches of an English text.
fn chinese_runs(text: &str) -> Vec<Stretch> {
    let mut runs: Vec<Stretch> = Vec::new();
    for character in text.chars() {
        let tag = is_chinese(character).then_some(tag(Lang::Zh));
        match runs.last_mut() {
            Some(run) if run.tag == tag => run.text.push(character),
            _ => runs.push(Stretch { text: character.to_string(), tag }),
        }
    }
    runs
}

/// Chinese characters, with the marks that stand among them.
fn is_chinese(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFF}')
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count()
}

/// A text as a string of a style sheet in which nothing but letters and digits stands as it is.
fn style_string(text: &str) -> String {
    use std::fmt::Write;
    let mut shown = String::from("\"");
    for character in visible(text).chars() {
        if character.is_ascii_alphanumeric() || character == ' ' {
            shown.push(character);
        } else {
            // One space after an escape belongs to it.
            let _ = write!(shown, "\\{:x} ", u32::from(character));
        }
    }
    shown.push('"');
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_string_cannot_be_left() {
        assert_eq!(style_string("a\"</style>"), r#""a\22 \3c \2f style\3e ""#);
        assert_eq!(style_string("华 b\n"), r#""\534e  b\5c u\7b a\7d ""#);
    }

    #[test]
    fn the_other_language_is_tagged() {
        let tags = |lang, text: &str| -> Vec<(String, Option<&'static str>)> {
            let doc = Doc {
                lang,
                title: String::new(),
                notice: String::new(),
                subject: String::new(),
                head: Vec::new(),
                sections: Vec::new(),
                footer: Vec::new(),
                sheet: String::new(),
            };
            let stretches = Page { doc: &doc, lang }.text(text);
            stretches.into_iter().map(|stretch| (stretch.text, stretch.tag)).collect()
        };
        let piece = |text: &str, tag| (text.to_owned(), tag);
        assert_eq!(
            tags(Lang::En, "of 华锂 Ltd."),
            [piece("of ", None), piece("华锂", Some("zh-Hans")), piece(" Ltd.", None)]
        );
        assert_eq!(tags(Lang::Zh, "CNY 5"), [piece("CNY 5", None)]);
        assert_eq!(tags(Lang::Zh, "Silu Park Management"), [piece("Silu Park Management", Some("en"))]);
        assert_eq!(tags(Lang::Zh, "按 USD 计 of the plan"), [piece("按 USD 计 of the plan", None)]);
    }
}
