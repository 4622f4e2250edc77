//! Sets of codes and options, each with a label.

use super::Label;
use crate::diagnostic::{Diagnostic, Lang, Problem, ValueProblem, nearest, quote};
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A set of codes (of a list) or options (of a choice).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodeSet {
    /// The id of the list, or of the fact whose options they are.
    pub id: String,
    /// The id of the list that all its codes come from; its own for a list that was not picked from another.
    pub root: String,
    /// The codes with their labels, in the order of the codes.
    pub codes: BTreeMap<Arc<str>, Label>,
    /// Codes that are not listed are accepted too.
    pub open: bool,
    /// What every code looks like.
    pub format: Option<CodeFormat>,
}

/// How many characters a code has, all of them digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeFormat {
    /// At least.
    pub least: usize,
    /// At most.
    pub most: usize,
}

impl CodeFormat {
    /// Reads `4 digits` or `6 to 10 digits`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let least = words.next()?.parse().ok()?;
        let (most, last) = match words.next()? {
            "to" => (words.next()?.parse().ok()?, words.next()?),
            word => (least, word),
        };
        let sound =
            matches!(last, "digits" | "digit") && words.next().is_none() && 1 <= least && least <= most;
        sound.then_some(Self { least, most })
    }

    fn fits(self, code: &str) -> bool {
        (self.least..=self.most).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_digit())
    }
}

impl CodeFormat {
    fn in_chinese(self) -> String {
        if self.least == self.most {
            format!("{} 位数字", self.least)
        } else {
            format!("{} 至 {} 位数字", self.least, self.most)
        }
    }
}

/// `4 digits`, `6 to 10 digits`
impl std::fmt::Display for CodeFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.least == self.most {
            write!(f, "{} digits", self.least)
        } else {
            write!(f, "{} to {} digits", self.least, self.most)
        }
    }
}

impl CodeSet {
    /// True if the code is listed.
    #[must_use]
    pub fn contains(&self, code: &str) -> bool {
        self.codes.contains_key(code)
    }

    /// The label of a code, if it is listed.
    #[must_use]
    pub fn label(&self, code: &str) -> Option<&Label> {
        self.codes.get(code)
    }

    /// True if a code has the format that the list declares.
    #[must_use]
    pub fn fits(&self, code: &str) -> bool {
        self.format.is_none_or(|format| format.fits(code))
    }

    /// Reads a code or option: its id, or its label where that is unique.
    ///
    /// # Errors
    /// A word that is neither, with what is known.
    pub fn read(&self, text: &str) -> Result<Arc<str>, Problem> {
        if let Some((code, _)) = self.codes.get_key_value(text) {
            return Ok(code.clone());
        }
        let mut labelled = self
            .codes
            .iter()
            .filter(|(_, label)| label.all().any(|label| label == text))
            .map(|(code, _)| code);
        match (labelled.next(), labelled.next()) {
            (Some(first), Some(second)) => {
                return Err(ValueProblem::AmbiguousLabel {
                    text: quote(text),
                    first: first.to_string(),
                    second: second.to_string(),
                }
                .into());
            }
            (Some(code), None) => return Ok(code.clone()),
            (None, _) => {}
        }
        if let Some(format) = self.format.filter(|format| !format.fits(text)) {
            if text.contains(['E', 'e']) && text.contains('+') {
                return Err(ValueProblem::Spreadsheet { text: quote(text) }.into());
            }
            return Err(ValueProblem::CodeFormat {
                text: quote(text),
                format: format.to_string(),
                format_zh: format.in_chinese(),
                list: self.id.clone(),
            }
            .into());
        }
        if self.open {
            return Ok(text.into());
        }
        Err(ValueProblem::UnknownOption {
            text: quote(text),
            list: self.id.clone(),
            known: self.options(Lang::En),
            known_zh: self.options(Lang::Zh),
        }
        .into())
    }

    /// The first codes, for a help.
    #[must_use]
    pub fn known(&self) -> String {
        self.first(|code, _| format!("`{code}`"))
    }

    /// The first codes with their labels in a language.
    fn options(&self, lang: Lang) -> String {
        self.first(|code, label| match label.get(lang) {
            "" => format!("`{code}`"),
            text if text == code => format!("`{code}`"),
            text => format!("`{code}` {}", quote(text)),
        })
    }

    fn first(&self, shown: impl Fn(&str, &Label) -> String) -> String {
        const SHOWN: usize = 12;
        let mut known: Vec<String> =
            self.codes.iter().take(SHOWN).map(|(code, label)| shown(code, label)).collect();
        if self.codes.len() > SHOWN {
            known.push("...".to_owned());
        }
        known.join(", ")
    }

    /// The same problem at a place, with the code that is nearest by its id or label, if one is near.
    #[must_use]
    pub fn problem(&self, problem: Problem, text: &str, span: Span) -> Diagnostic {
        let suggested = match problem {
            Problem::ValueProblem(ValueProblem::UnknownOption { .. }) => self.nearest(text),
            _ => None,
        };
        Diagnostic::new(problem, span).suggest(suggested)
    }

    fn nearest(&self, text: &str) -> Option<&str> {
        if let Some(code) = nearest(text, self.codes.keys().map(|code| &**code)) {
            return Some(code);
        }
        let label = nearest(text, self.codes.values().flat_map(Label::all))?;
        self.codes.iter().find(|(_, own)| own.all().any(|own| own == label)).map(|(code, _)| &**code)
    }
}
