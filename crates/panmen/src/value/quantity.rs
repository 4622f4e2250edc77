//! Numbers as people write them: digits, a magnitude, a unit, a percent sign.

use super::Currency;
use crate::diagnostic::ExpressionProblem;
use crate::number::Number;

/// A unit of time that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeUnit {
    Days,
    Months,
    Years,
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// Nothing was written.
    None,
    /// A percent sign.
    Percent,
    /// A currency.
    Money(Currency),
    /// A unit such as `m2`, in its canonical spelling.
    Measure(String),
}

/// A number as written, with what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The digits as written (`0110`, `8517.62`), for codes.
    pub digits: String,
    /// The number with its magnitude applied; 20% is 0.2.
    pub number: Number,
    /// What it counts.
    pub unit: Unit,
}

/// Reads a number with its magnitude and unit.
///
/// # Errors
/// A problem that shows the accepted spelling.
pub fn read_quantity(text: &str) -> Result<Quantity, ExpressionProblem> {
    Err(ExpressionProblem::UnknownCharacter { character: text.to_owned(), code_point: String::new() })
}
