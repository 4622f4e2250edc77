//! Why a text is no number, and the spelling that is.
//!
//! In: a refused text. Out: its problem, with the right spelling of that very text where it can be
//! told, else with a number as an example, which is called one. A right spelling is only shown once it has been read with success.

use super::read::read;
use super::{Foreign, chinese};
use crate::diagnostic::{ExpressionProblem, quote};
use crate::number::Number;
use crate::value::width::{ascii_for, code_point};

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
        let example = || "1000".to_owned();
        if let Some(rest) = self.rest {
            return P::NumberTrailing { text, rest: quote(&rest), right: example() };
        }
        let Some(right) = self.right.as_deref().map(quote) else {
            return match self.why {
                Why::Empty => P::NumberEmpty { right: example() },
                Why::NotFinite => P::NumberNotFinite { text },
                Why::Magnitude => P::NumberMagnitude { text, right: "6200 万元".to_owned() },
                Why::TwoPoints => P::NumberTwoPoints { text, right: "12.5".to_owned() },
                Why::Digits => P::NumberDigits { text, limit: DIGITS.to_string() },
                Why::Decimals => P::NumberDecimals { text, limit: DECIMALS.to_string() },
                Why::Range => P::NumberRange { text },
                Why::FullWidth(c) | Why::Invisible(c) => match ascii_for(c) {
                    Some(ascii) => P::FullWidth {
                        character: c.to_string(),
                        code_point: code_point(c),
                        ascii: ascii.to_string(),
                    },
                    None => {
                        P::UnknownCharacter { character: quote(&c.to_string()), code_point: code_point(c) }
                    }
                },
                _ => P::NotANumber { text, right: example() },
            };
        };
        match self.why {
            Why::Exponent => P::NumberExponent { text, right },
            Why::Plus => P::NumberPlus { text, right },
            Why::Point => P::NumberPoint { text, right },
            Why::Underscore => P::NumberUnderscore { text, right },
            Why::Base => P::NumberBase { text, right },
            Why::Grouped => P::NumberGrouped { text, right },
            Why::FullWidth(c) => {
                P::NumberFullWidth { text, character: c.to_string(), code_point: code_point(c), right }
            }
            Why::Spaced => P::NumberSpaced { text, right },
            Why::InWords => P::NumberInWords { text, right },
            Why::Magnitude => P::NumberMagnitude { text, right },
            Why::UnitFirst => P::UnitFirst { text, right },
            Why::MinusApart => P::MinusApart { right },
            _ => P::NotANumber { text, right },
        }
    }
}

/// What the refusal of a text shows, if it shows a spelling.
pub(in crate::value) fn near_spelling(text: &str) -> Option<String> {
    mended(text, 0)
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
pub(in crate::value) fn without_exponent(digits: &str, exponent: &str) -> Option<String> {
    let digits = digits.trim_end_matches('.');
    let mut number = Number::from_digits(digits)?;
    let exponent: i8 = exponent.trim_start_matches('+').parse().ok()?;
    if exponent.unsigned_abs() > 40 {
        return None;
    }
    let ten = Number::from(10);
    for _ in 0..exponent.unsigned_abs() {
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
