//! Text for people, in one or more languages.

use crate::diagnostic::Lang;

/// A text for people: one for every language, or one a language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    en: Option<String>,
    zh: Option<String>,
}

impl Label {
    /// The same text in every language.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self { en: Some(text.to_owned()), zh: None }
    }

    /// Sets the text of one language.
    pub fn set(&mut self, lang: Lang, text: &str) {
        match lang {
            Lang::En => self.en = Some(text.to_owned()),
            Lang::Zh => self.zh = Some(text.to_owned()),
        }
    }

    /// The text in a language, else in the language that exists.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        let (first, second) = match lang {
            Lang::En => (self.en.as_deref(), self.zh.as_deref()),
            Lang::Zh => (self.zh.as_deref(), self.en.as_deref()),
        };
        first.filter(|text| !text.is_empty()).or(second).unwrap_or("")
    }

    /// Every text there is.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        self.en.as_deref().into_iter().chain(self.zh.as_deref())
    }
}
