//! The examples of a pack: facts, and what must come out of them.
//!
//! In: the parsed files of `examples/` and a checked pack. Out: which examples hold and, where one
//! does not, what was expected and what was found. An example that expects a refusal must name what
//! decides it, so that none passes only because its facts are missing.

mod expect;
mod read;

use crate::check::Checked;
use crate::diagnostic::{Diagnostic, any_error};
use crate::plan::plan;
use crate::profile::{self, Form};
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
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub found: String,
    /// Where the expectation stands.
    pub span: Span,
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
    let Some(facts) = facts else { return Outcome { diagnostics, mismatches: Vec::new() } };
    let plan = plan(checked, example.as_of);
    let decision = crate::decision::decide(&plan, &facts);
    let mut checker = expect::Checker::new(&plan, &decision);
    for entry in &example.expect {
        checker.entry(entry);
    }
    diagnostics.extend(checker.diagnostics);
    Outcome { diagnostics, mismatches: checker.mismatches }
}
