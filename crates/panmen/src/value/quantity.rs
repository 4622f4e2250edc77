//! Numbers as people write them: digits, a magnitude, a unit, a percent sign.
//!
//! In: text. Out: an exact number with its unit, and back to one spelling. Refuses, and shows how to
//! write, every other spelling; nothing is rounded or guessed.

mod chinese;
mod read;
mod refusal;

pub(super) use chinese::{digit as chinese_digit, weight as chinese_weight};
pub use read::read_quantity;
pub(crate) use read::{Scanned, scan_number};
pub(super) use refusal::{near_spelling, without_exponent};

use super::Currency;
use super::width::{begins_word, continues_word};
use crate::number::Number;
use std::fmt;

/// A unit of time that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum TimeUnit {
    Days,
    Months,
    Years,
}

impl TimeUnit {
    /// The word of the language.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The unit that a word of the language names.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Days, Self::Months, Self::Years].into_iter().find(|unit| unit.word() == word)
    }
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

impl Unit {
    /// A unit that is no currency, in its canonical spelling: `平方米` is `m2`.
    #[must_use]
    pub fn measure(word: &str) -> Self {
        match word {
            "平方米" | "㎡" | "m²" => Self::Measure("m2".to_owned()),
            _ => Self::Measure(word.to_owned()),
        }
    }

    /// The unit that a word names; any word that is no currency is a measure.
    #[must_use]
    pub fn of_word(word: &str) -> Self {
        match word {
            "" => Self::None,
            "元" | "人民币" => Self::Money(Currency::CNY),
            "美元" => Self::Money(Currency::USD),
            _ => Currency::parse(word).map_or_else(|| Self::measure(word), Self::Money),
        }
    }
}

/// Nothing, ` CNY`, `%`, ` m2`: as it follows a number.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Percent => f.write_str("%"),
            Self::Money(currency) => write!(f, " {currency}"),
            Self::Measure(word) => write!(f, " {word}"),
        }
    }
}

/// A number as written, with what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The digits as written where nothing follows them (`0110`, `8517.62`, `-5`): they may be a
    /// code. Before a magnitude, unit or percent sign the one spelling of the number.
    pub digits: String,
    /// The number with its magnitude applied; 20% is 0.2.
    pub number: Number,
    /// What it counts.
    pub unit: Unit,
}

impl Quantity {
    /// A number with its unit, in the one spelling that it has.
    #[must_use]
    pub fn new(number: Number, unit: Unit) -> Self {
        match (&unit, number.multiply(Number::from(100))) {
            (Unit::Percent, Ok(hundredfold)) => Self { digits: hundredfold.to_string(), number, unit },
            // Only a computed number is so great; without the sign it means the same.
            (Unit::Percent, Err(_)) => Self { digits: number.to_string(), number, unit: Unit::None },
            _ => Self { digits: number.to_string(), number, unit },
        }
    }

    /// The number of a year, if the quantity is four bare digits.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        let four = self.unit == Unit::None
            && self.digits.len() == 4
            && self.digits.bytes().all(|byte| byte.is_ascii_digit());
        if four { self.digits.parse().ok() } else { None }
    }
}

/// One spelling, which reads back to the same number and unit: `70000000 CNY`, `20%`, `4200 m2`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let canonical = Self::new(self.number, self.unit.clone());
        write!(f, "{}{}", canonical.digits, canonical.unit)
    }
}

/// What stands after a number as a magnitude or a unit: `万元`, `million`, `百万美元`, `m2`, `million CNY`.
/// None where it is no word, or begins with a magnitude that the language does not have (`千元`).
#[must_use]
pub fn unit_word(word: &str) -> Option<(Option<Number>, Unit)> {
    let (first, second) = word.split_once(' ').unwrap_or((word, ""));
    let is_word = |text: &str| text.starts_with(begins_word) && text.chars().all(continues_word);
    if !is_word(first) || !(second.is_empty() || is_word(second)) {
        return None;
    }
    let (magnitude, rest) = split_magnitude(first).ok()?;
    let ((unit, "") | ("", unit)) = (rest, second) else { return None };
    Some((magnitude, Unit::of_word(unit)))
}

/// A magnitude that the language does not have, as it stands at the beginning of a word.
struct Foreign<'a> {
    run: &'a str,
    rest: &'a str,
}

/// Takes the magnitude off the beginning of a word.
fn split_magnitude(word: &str) -> Result<(Option<Number>, &str), Foreign<'_>> {
    for (name, factor) in [("thousand", 1_000_i64), ("million", 1_000_000), ("billion", 1_000_000_000)] {
        if let Some(rest) = word.strip_prefix(name)
            && (rest.is_empty() || !matches!(Unit::of_word(rest), Unit::Measure(ref m) if m != "m2"))
        {
            return Ok((Some(Number::from(factor)), rest));
        }
    }
    let end = word.find(|c| chinese::weight(c).is_none()).unwrap_or(word.len());
    let (run, rest) = word.split_at_checked(end).unwrap_or((word, ""));
    // 3万5 may be meant as 35000 or as a slip: no unit begins with a digit.
    if !run.is_empty() && !rest.is_empty() && !rest.starts_with(begins_word) {
        return Err(Foreign { run, rest });
    }
    let factor = match run {
        "" => return Ok((None, word)),
        "万" => 10_000_i64,
        "百万" => 1_000_000,
        "千万" => 10_000_000,
        "亿" => 100_000_000,
        // 千克, 千米, 千瓦时, 百分点 are units, not multiples of one.
        "千" | "百" if rest.starts_with(['克', '米', '瓦', '升', '卡', '分']) => {
            return Ok((None, word));
        }
        _ => return Err(Foreign { run, rest }),
    };
    Ok((Some(Number::from(factor)), rest))
}

#[cfg(test)]
mod tests;
