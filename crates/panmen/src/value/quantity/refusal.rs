//! Why a text is no number, and the spelling that is.
//!
//! In: a refused text. Out: its problem, with the right spelling of that very text where it can be
//! told, else with an example. A right spelling is only shown once it has been read with success.

use super::read::read;
use super::{Foreign, chinese};
use crate::diagnostic::{ExpressionProblem, quote};
use crate::number::Number;

/// What is wrong with a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    Empty,
    Exponent,
    Plus,
    Point,
    Underscore,
    Base,
    Grouped,
    FullWidth(char),
    NotFinite,
    TwoPoints,
    Spaced,
    InWords,
    Magnitude,
    UnitFirst,
    Digits,
    Decimals,
    Range,
    NotANumber,
    MinusApart,
    Invisible(char),
}

/// A refused number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) why: Why,
    pub(super) text: String,
    pub(super) right: Option<String>,
    /// Set where text follows a whole number.
    pub(super) rest: Option<String>,
}

/// Significant digits that a number may have.
pub(super) const DIGITS: usize = 28;
/// Decimals that a number may have.
pub(super) const DECIMALS: usize = 12;
/// Mending one flaw may show the next; no text needs more rounds than there are kinds of flaw.
const ROUNDS: u8 = 6;

impl Refusal {
    pub(super) fn new(why: Why, text: &str) -> Self {
        Self { why, text: text.to_owned(), right: None, rest: None }
    }

    /// With a text that is right, or that leads to one.
    pub(super) fn try_with(mut self, candidate: &str, round: u8) -> Self {
        if self.right.is_none() {
            self.right = mended(candidate, round);
        }
        self
    }

    pub(super) fn problem(self) -> ExpressionProblem {
        use ExpressionProblem as P;
        let text = quote(&self.text);
        if let Some(rest) = self.rest {
            return P::NumberTrailing { text, rest: quote(&rest) };
        }
        let example = match self.why {
            Why::Point => "0.5",
            Why::TwoPoints => "12.5",
            Why::InWords | Why::Magnitude => "6200 万元",
            Why::UnitFirst => "62000000 CNY",
            Why::MinusApart => "-5",
            _ => "1000",
        };
        let right = quote(&self.right.unwrap_or_else(|| example.to_owned()));
        match self.why {
            Why::Empty => P::NumberEmpty { right },
            Why::Exponent => P::NumberExponent { text, right },
            Why::Plus => P::NumberPlus { text, right },
            Why::Point => P::NumberPoint { text, right },
            Why::Underscore => P::NumberUnderscore { text, right },
            Why::Base => P::NumberBase { text, right },
            Why::Grouped => P::NumberGrouped { text, right },
            Why::FullWidth(c) => P::NumberFullWidth { text, character: c.to_string(), right },
            Why::NotFinite => P::NumberNotFinite { text },
            Why::TwoPoints => P::NumberTwoPoints { text, right },
            Why::Spaced => P::NumberSpaced { text, right },
            Why::InWords => P::NumberInWords { text, right },
            Why::Magnitude => P::NumberMagnitude { text, right },
            Why::UnitFirst => P::UnitFirst { text, right },
            Why::Digits => P::NumberDigits { text, limit: DIGITS.to_string() },
            Why::Decimals => P::NumberDecimals { text, limit: DECIMALS.to_string() },
            Why::Range => P::NumberRange { text },
            Why::NotANumber => P::NotANumber { text, right },
            Why::MinusApart => P::MinusApart { right },
            Why::Invisible(c) => P::UnknownCharacter {
                character: quote(&c.to_string()),
                code_point: crate::value::width::code_point(c),
            },
        }
    }
}

/// The text itself if it reads, else the spelling that its own refusal shows.
pub(super) fn mended(candidate: &str, round: u8) -> Option<String> {
    if round >= ROUNDS {
        return None;
    }
    match read(candidate, round.saturating_add(1)) {
        Ok(_) => Some(candidate.trim_matches(' ').to_owned()),
        Err(refusal) => refusal.right,
    }
}

/// `1e3` as `1000`: the digits moved by the exponent, if the result can be written.
pub(super) fn without_exponent(digits: &str, exponent: &str) -> Option<String> {
    let digits = digits.trim_end_matches('.');
    let mut number = Number::from_digits(digits)?;
    let exponent: i8 = exponent.trim_start_matches('+').parse().ok()?;
    let ten = Number::from(10);
    for _ in 0..exponent.unsigned_abs().min(40) {
        number = if exponent < 0 { number.divide(ten) } else { number.multiply(ten) }.ok()?;
    }
    Some(number.to_string())
}

/// `7千元` as `7000元`, `5万亿元` as `50000亿元`.
pub(super) fn without_foreign(digits: &str, foreign: &Foreign<'_>) -> Option<String> {
    let mut weights: Vec<(char, u64)> =
        foreign.run.chars().filter_map(|c| Some((c, chinese::weight(c)?))).collect();
    let kept = match weights.last() {
        Some((_, 10_000)) => "万",
        Some((_, 100_000_000)) => "亿",
        _ => "",
    };
    if !kept.is_empty() {
        weights.pop();
    }
    let mut number = Number::from_digits(digits)?;
    for (_, weight) in weights {
        number = number.multiply(Number::from(i64::try_from(weight).ok()?)).ok()?;
    }
    Some(format!("{number}{kept}{}", foreign.rest))
}
