//! The examples of a pack: facts, and what must come out of them.
//!
//! In: the parsed files of `examples/` and a checked pack. Out: which examples hold and, where one
//! does not, what was expected and what was found. An example that expects a refusal must name what
//! decides it, so that none passes only because its facts are missing.

mod expect;
mod read;

use crate::check::Checked;
use crate::diagnostic::{Diagnostic, Lang, any_error};
use crate::plan::plan;
use crate::profile::{self, Form, Profile};
use crate::source::Span;
use crate::value::Date;
use crate::yaml::{Entry, Node};

pub use read::read;

/// One example as written.
#[derive(Debug, Clone)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// The decision date.
    pub as_of: Date,
    /// Its facts, those of its backgrounds included, as a mapping.
    pub facts: Node,
    /// What is expected, by id.
    pub expect: Vec<Entry>,
}

/// Something that was expected and did not come out.
#[derive(Debug, Clone)]
pub struct Mismatch {
    /// What was looked at, for example `key_policy_support.level`.
    pub of: String,
    /// What is the matter with it.
    pub differs: Differs,
    /// Where the expectation stands.
    pub span: Span,
}

/// How what came out differs from what was expected.
#[derive(Debug, Clone)]
pub enum Differs {
    /// Something else came out.
    Other {
        /// What was expected.
        expected: String,
        /// What came out.
        found: String,
    },
    /// A refusal was expected, and what decides it was not named.
    NoReason {
        /// The outcome that was expected, and came out.
        outcome: String,
        /// What decides it.
        deciding: Vec<String>,
    },
}

impl Mismatch {
    /// What is the matter, in one sentence.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let of = &self.of;
        match (&self.differs, lang) {
            (Differs::Other { expected, found }, Lang::En) => {
                format!("{of}: expected {expected}, found {found}")
            }
            (Differs::Other { expected, found }, Lang::Zh) => format!("{of}：预期 {expected}，实际 {found}"),
            (Differs::NoReason { outcome, .. }, Lang::En) => {
                format!(
                    "{of}: {outcome} is expected without `because:`, and a refusal must name what decides it"
                )
            }
            (Differs::NoReason { outcome, .. }, Lang::Zh) => {
                format!("{of}：预期 {outcome} 而没有 `because:`，不符合的结论须写明由什么决定")
            }
        }
    }

    /// How to mend it.
    #[must_use]
    pub fn help(&self, lang: Lang) -> String {
        match (&self.differs, lang) {
            (Differs::Other { .. }, Lang::En) => {
                "correct the expectation or the facts of the example, or the rule if that is wrong".to_owned()
            }
            (Differs::Other { .. }, Lang::Zh) => {
                "请更正示例的预期或信息项；如果规则有误，请更正规则".to_owned()
            }
            (Differs::NoReason { deciding, .. }, lang) => {
                let deciding: Vec<String> = deciding.iter().map(|id| format!("`{id}`")).collect();
                let deciding = deciding.join(", ");
                match lang {
                    Lang::En => format!("add `because:` with one of {deciding}"),
                    Lang::Zh => format!("请添加 `because:`，可写 {deciding}"),
                }
            }
        }
    }
}

/// What became of an example.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// What is wrong with the example itself.
    pub diagnostics: Vec<Diagnostic>,
    /// What did not come out.
    pub mismatches: Vec<Mismatch>,
}

impl Outcome {
    /// True if everything came out as expected.
    #[must_use]
    pub fn holds(&self) -> bool {
        !any_error(&self.diagnostics) && self.mismatches.is_empty()
    }
}

/// Runs one example under the edition in force on its date.
#[must_use]
pub fn run(example: &Example, checked: &Checked) -> Outcome {
    let (facts, mut diagnostics) = profile::facts(&example.facts, checked, Form::Example);
    let readable = facts.is_some();
    // Without its facts nothing comes out as expected; a misspelt expectation is told all the same.
    let nobody = || Profile { facts: vec![None; checked.pack.facts.len()], ..Profile::default() };
    let facts = facts.unwrap_or_else(nobody);
    let plan = plan(checked, example.as_of);
    let decision = crate::decision::decide(&plan, &facts);
    let mut checker = expect::Checker::new(&plan, &decision);
    for entry in &example.expect {
        checker.entry(entry);
    }
    diagnostics.extend(checker.diagnostics);
    let mismatches = if readable { checker.mismatches } else { Vec::new() };
    Outcome { diagnostics, mismatches }
}
