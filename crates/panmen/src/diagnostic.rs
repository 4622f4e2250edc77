//! What can be wrong with a text, where, and how to mend it.
//!
//! In: a problem and its place. Out: a [`Diagnostic`] with a code, a sentence and a help in English
//! and Chinese. Draws nothing: the command line shows the excerpt. One file a code prefix lists the
//! problems; `docs/diagnostics.md` derives from those lists.

mod expression;
mod meaning;
mod pack;
mod profile;
mod record;
mod text;
mod value;

pub use expression::ExpressionProblem;
pub use meaning::MeaningProblem;
pub use pack::PackProblem;
pub use profile::ProfileProblem;
pub use record::RecordProblem;
pub use text::TextProblem;
pub use value::ValueProblem;

use crate::source::Span;

/// The language that people are addressed in. It never changes a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese.
    Zh,
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The text is refused.
    Error,
    /// The text works, and something in it deserves a second look.
    Warning,
    /// Nothing is wrong; something is good to know.
    Note,
}

/// One line of the list of problems, for the docs and the tests.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// For example `PF201`.
    pub code: &'static str,
    /// Whether it refuses the text.
    pub severity: Severity,
    /// One sentence for `docs/diagnostics.md`: when it is raised.
    pub doc: &'static str,
}

/// Declares the problems of one code prefix: an enum with one variant a code, its sentences in both
/// languages, and the list that docs and tests derive from.
macro_rules! problems {
    ($(#[$meta:meta])* $name:ident {
        $( $code:literal $severity:ident $variant:ident { $($field:ident),* }
           doc $doc:literal
           en $en:literal help $en_help:literal
           zh $zh:literal help $zh_help:literal )*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $( #[doc = $doc] $variant {
                $( #[doc = concat!("`", stringify!($field), "` in the sentence.")] $field: String ),*
            } ),*
        }

        impl $name {
            /// Every problem of this prefix, in order of its code.
            pub const LIST: &'static [$crate::diagnostic::Listed] = &[
                $( $crate::diagnostic::Listed {
                    code: $code, severity: $crate::diagnostic::Severity::$severity, doc: $doc,
                } ),*
            ];

            pub(super) fn listed(&self) -> $crate::diagnostic::Listed {
                match self {
                    $( Self::$variant { .. } => $crate::diagnostic::Listed {
                        code: $code, severity: $crate::diagnostic::Severity::$severity, doc: $doc,
                    } ),*
                }
            }

            pub(super) fn message(&self, lang: $crate::diagnostic::Lang) -> String {
                match self {
                    $( #[allow(unused_variables, reason = "a sentence need not use every field")]
                       Self::$variant { $($field),* } => match lang {
                        $crate::diagnostic::Lang::En => format!($en),
                        $crate::diagnostic::Lang::Zh => format!($zh),
                    } ),*
                }
            }

            pub(super) fn help(&self, lang: $crate::diagnostic::Lang) -> String {
                match self {
                    $( #[allow(unused_variables, reason = "a help need not use every field")]
                       Self::$variant { $($field),* } => match lang {
                        $crate::diagnostic::Lang::En => format!($en_help),
                        $crate::diagnostic::Lang::Zh => format!($zh_help),
                    } ),*
                }
            }
        }

        impl From<$name> for $crate::diagnostic::Problem {
            fn from(problem: $name) -> Self {
                Self::$name(problem)
            }
        }
    };
}
use problems;

/// Any problem; the variants are the code prefixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// `YM`: the text is not readable YAML or JSON, or uses what is refused.
    TextProblem(TextProblem),
    /// `EX`: an expression or a value is not well formed.
    ExpressionProblem(ExpressionProblem),
    /// `EX5`: an expression names or compares what cannot be.
    MeaningProblem(MeaningProblem),
    /// `EX6`: a value does not fit its declared type.
    ValueProblem(ValueProblem),
    /// `PK`: a pack says something that cannot be.
    PackProblem(PackProblem),
    /// `PF`: a firm's profile says something that cannot be.
    ProfileProblem(ProfileProblem),
    /// `RC`: a recorded decision does not hold, or cannot be checked.
    RecordProblem(RecordProblem),
}

impl Problem {
    /// Every problem there is, in order of prefix and code.
    pub fn list() -> impl Iterator<Item = &'static Listed> {
        [
            TextProblem::LIST,
            ExpressionProblem::LIST,
            MeaningProblem::LIST,
            ValueProblem::LIST,
            PackProblem::LIST,
            ProfileProblem::LIST,
            RecordProblem::LIST,
        ]
        .into_iter()
        .flatten()
    }

    fn listed(&self) -> Listed {
        match self {
            Self::TextProblem(problem) => problem.listed(),
            Self::ExpressionProblem(problem) => problem.listed(),
            Self::MeaningProblem(problem) => problem.listed(),
            Self::ValueProblem(problem) => problem.listed(),
            Self::PackProblem(problem) => problem.listed(),
            Self::ProfileProblem(problem) => problem.listed(),
            Self::RecordProblem(problem) => problem.listed(),
        }
    }
}

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub problem: Problem,
    /// Where; none for a problem of a whole file that has no text.
    pub span: Option<Span>,
    /// The nearest name there is, where one was probably meant.
    pub nearest: Option<String>,
    /// Further places that explain it, each with a short label in both languages.
    pub notes: Vec<(Span, Note)>,
}

/// What a further place says about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// The first of two things of which only one may stand.
    First,
    /// Where the thing was declared.
    Declared,
    /// A step of a circle of definitions.
    Step,
}

impl Note {
    /// The label in a language.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::First, Lang::En) => "first here",
            (Self::First, Lang::Zh) => "首次出现在此",
            (Self::Declared, Lang::En) => "declared here",
            (Self::Declared, Lang::Zh) => "在此声明",
            (Self::Step, Lang::En) => "which needs this",
            (Self::Step, Lang::Zh) => "又依赖此处",
        }
    }
}

impl Diagnostic {
    /// A problem at a place.
    pub fn new(problem: impl Into<Problem>, span: Span) -> Self {
        Self { problem: problem.into(), span: Some(span), nearest: None, notes: Vec::new() }
    }

    /// A problem that lies at no place of a text.
    pub fn without_place(problem: impl Into<Problem>) -> Self {
        Self { problem: problem.into(), span: None, nearest: None, notes: Vec::new() }
    }

    /// The same with a name that was probably meant.
    #[must_use]
    pub fn suggest(mut self, nearest: Option<&str>) -> Self {
        self.nearest = nearest.map(quote);
        self
    }

    /// The same with one more place.
    #[must_use]
    pub fn note(mut self, span: Span, note: Note) -> Self {
        self.notes.push((span, note));
        self
    }

    /// The code, for example `PF201`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.problem.listed().code
    }

    /// Error or warning.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.problem.listed().severity
    }

    /// What is wrong: lower case, no full stop, user text in backticks.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let mut message = match &self.problem {
            Problem::TextProblem(problem) => problem.message(lang),
            Problem::ExpressionProblem(problem) => problem.message(lang),
            Problem::MeaningProblem(problem) => problem.message(lang),
            Problem::ValueProblem(problem) => problem.message(lang),
            Problem::PackProblem(problem) => problem.message(lang),
            Problem::ProfileProblem(problem) => problem.message(lang),
            Problem::RecordProblem(problem) => problem.message(lang),
        };
        if let Some(nearest) = &self.nearest {
            let (before, after) = match lang {
                Lang::En => ("; did you mean `", "`?"),
                Lang::Zh => ("，是否指 `", "`？"),
            };
            message.push_str(before);
            message.push_str(nearest);
            message.push_str(after);
        }
        message
    }

    /// How to mend it.
    #[must_use]
    pub fn help(&self, lang: Lang) -> String {
        match &self.problem {
            Problem::TextProblem(problem) => problem.help(lang),
            Problem::ExpressionProblem(problem) => problem.help(lang),
            Problem::MeaningProblem(problem) => problem.help(lang),
            Problem::ValueProblem(problem) => problem.help(lang),
            Problem::PackProblem(problem) => problem.help(lang),
            Problem::ProfileProblem(problem) => problem.help(lang),
            Problem::RecordProblem(problem) => problem.help(lang),
        }
    }
}

/// True if any of them refuses the text.
#[must_use]
pub fn any_error(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// User text as it may stand in a sentence: control characters escaped, at most 80 characters.
#[must_use]
pub fn quote(text: &str) -> String {
    const LIMIT: usize = 80;
    let mut shown = String::new();
    for (count, character) in text.chars().enumerate() {
        if count >= LIMIT {
            shown.push_str("...");
            break;
        }
        if character.is_control() || is_invisible(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Characters that change how a line looks without being seen: bidirectional and zero-width ones.
#[must_use]
pub fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Unknown names of one pack or profile for which the nearest is looked for.
pub(crate) const MOST_SUGGESTED: usize = 200;

/// The name nearest to `word` among `names`, if one is near enough to be what was meant.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody mistypes a word of that length letter by letter.
    const LONGEST: usize = 64;
    let length = word.chars().count();
    // A word of one letter is near to every other.
    let limit = (length.saturating_add(2) / 3).min(length.saturating_sub(1));
    names
        .into_iter()
        .filter(|name| length <= LONGEST && name.chars().count().abs_diff(length) <= limit)
        .map(|name| (distance(word, name), name))
        .filter(|(far, _)| *far <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Changes of one character (a swap of two neighbours counts once) that turn one word into the other.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.chars().flat_map(char::to_lowercase).collect();
    let right: Vec<char> = right.chars().flat_map(char::to_lowercase).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    let at = |row: &[usize], index: usize| row.get(index).copied().unwrap_or(usize::MAX);
    for (i, a) in left.iter().enumerate() {
        let mut next = vec![i.saturating_add(1)];
        for (j, b) in right.iter().enumerate() {
            let cost = usize::from(a != b);
            let mut best = at(&row, j).saturating_add(cost);
            best = best.min(at(&row, j.saturating_add(1)).saturating_add(1));
            best = best.min(at(&next, j).saturating_add(1));
            let swapped = i
                .checked_sub(1)
                .zip(j.checked_sub(1))
                .is_some_and(|(p, q)| left.get(p) == Some(b) && right.get(q) == Some(a));
            if swapped {
                best = best.min(at(&before, j.saturating_sub(1)).saturating_add(1));
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    at(&row, right.len())
}
