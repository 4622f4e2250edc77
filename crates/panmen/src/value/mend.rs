//! What a refused value should have been: a spelling that its type accepts and that means the same.
//!
//! In: a type and a refused text. Out: the problem with that spelling, else with an example that is
//! called one. A spelling is shown only once the reader itself has read it as the number, date or
//! word that was typed; what can be meant in two ways is asked.

mod date;
mod figure;
#[cfg(test)]
mod tests;
mod unit;

use super::width::{ascii_for, code_point};
use super::{Type, Value, example, range_exactly, read_exactly, write_number};
use crate::diagnostic::{ExpressionProblem as E, Problem, ValueProblem as V, is_invisible, quote};
use crate::number::Number;
use figure::Figure;

pub(super) use date::date;

/// What may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spelling {
    /// One spelling.
    One(String),
    /// Two things, each in its spelling.
    Either(String, String),
}

/// The problem of a refused text, with the spelling that is accepted.
pub(super) fn explained(value_type: &Type, text: &str, problem: Problem) -> Problem {
    match spelling(value_type, text) {
        Some(Spelling::One(right)) => with_right(text, problem, &right),
        Some(Spelling::Either(first, second)) => V::EitherPercent { text: quote(text), first, second }.into(),
        None => with_example(value_type, text, problem),
    }
}

/// How a text that `value_type` refuses is written, if it can be told.
#[must_use]
pub fn spelling(value_type: &Type, text: &str) -> Option<Spelling> {
    let plain = tidy(text);
    let one = |right: String| Some(Spelling::One(right)).filter(|_| right_is_short(text));
    if !plain.is_empty() && plain != text && read_exactly(value_type, &plain).is_ok() {
        return one(plain);
    }
    match value_type {
        Type::Date => date(&plain).map(|date| date.to_string()).and_then(one),
        Type::Percent => percent(&plain).filter(|_| right_is_short(text)),
        Type::Integer | Type::Decimal(_) | Type::Money(_) => {
            let number = meant(value_type, &plain)?;
            number_spelling(value_type, &plain, number).and_then(one)
        }
        _ => None,
    }
}

/// A text that is cut where it is shown is no spelling to copy.
fn right_is_short(text: &str) -> bool {
    text.chars().count() <= 80
}

/// How a text is written that means a band, such as `10-49` or `10到49人`.
#[must_use]
pub fn band_spelling(value_type: &Type, text: &str) -> Option<String> {
    if !(value_type.is_number() || *value_type == Type::Date) || !right_is_short(text) {
        return None;
    }
    let plain = tidy(text).replace(['…', '‥'], "..");
    let dashes: &[&str] = if *value_type == Type::Date { &[" - ", "--"] } else { &["--", "-"] };
    let separators = ["....", "...", "..", " to ", "to", "~", "到", "至"].iter().chain(dashes);
    for separator in separators {
        for (at, _) in plain.match_indices(separator) {
            let (low, high) =
                (plain.get(..at)?.trim(), plain.get(at.saturating_add(separator.len())..)?.trim());
            if let Some(band) = band(value_type, low, high).filter(|band| band != text) {
                return Some(band);
            }
        }
    }
    None
}

fn band(value_type: &Type, low: &str, high: &str) -> Option<String> {
    let end = |text: &str| {
        if read_exactly(value_type, text).is_ok() {
            return Some(text.to_owned());
        }
        match spelling(value_type, text)? {
            Spelling::One(right) => Some(right),
            Spelling::Either(..) => None,
        }
    };
    if low.is_empty() || high.is_empty() {
        return None;
    }
    // `100-200万元`: what follows the second number counts for both.
    let tail = Figure::of(high).and_then(|figure| figure.after_digits).unwrap_or("");
    let bare = value_type.is_number()
        && Figure::of(low).is_some_and(|figure| figure.after_digits == Some("") && figure.rest.is_empty());
    let space = if tail.starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" };
    let low = if bare && !tail.is_empty() { end(&format!("{low}{space}{tail}"))? } else { end(low)? };
    let band = format!("{low}..{}", end(high)?);
    let read = range_exactly(value_type, &band).ok()?;
    (read.low.is_some() && read.high.is_some()).then_some(band)
}

/// ASCII for look-alikes, without quotes around the whole, a remark in parentheses at its end, and
/// characters that cannot be seen.
fn tidy(text: &str) -> String {
    let ascii: String =
        text.chars().filter(|c| !is_invisible(*c)).map(|c| ascii_for(c).unwrap_or(c)).collect();
    let mut plain = ascii.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = plain.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            plain = inner.trim();
        }
    }
    if let Some((before, remark)) = plain.split_once('(')
        && remark.find(')') == remark.len().checked_sub(1)
        && !before.trim().is_empty()
        && !remark.contains(|c: char| c.is_ascii_digit())
        && remark.chars().all(|c| super::quantity::chinese_weight(c).is_none())
    {
        plain = before.trim();
    }
    plain.to_owned()
}

/// The number that a text means as a value of a type.
fn meant(value_type: &Type, plain: &str) -> Option<Number> {
    let (minus, body) = signed(plain);
    let (prefix, body) = unit::currency_first(body);
    let (later_minus, body) = signed(body);
    if minus && later_minus {
        return None;
    }
    let figure = Figure::of(body)?;
    if !unit::fits(value_type, prefix, figure.rest) {
        return None;
    }
    let number = if minus || later_minus { figure.number.negate() } else { figure.number };
    (*value_type != Type::Integer || number.is_integer()).then_some(number)
}

fn signed(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text.strip_prefix('+').unwrap_or(text).trim_start()),
    }
}

/// A number of a type as the user wrote it, as far as that is accepted.
fn number_spelling(value_type: &Type, plain: &str, number: Number) -> Option<String> {
    let means_it = |text: &str| read_exactly(value_type, text) == Ok(Value::Number(number));
    // Where the reader of numbers mends only the flaw, the rest stays as it was written.
    let near = super::quantity::near_spelling(plain).filter(|right| means_it(right));
    let ten_thousands = match value_type {
        Type::Money(super::Currency::CNY) => Figure::of(signed(plain).1)
            .filter(|figure| figure.ten_thousands)
            .and_then(|_| number.divide(Number::from(10_000)).ok())
            .map(|number| format!("{number} 万元")),
        _ => None,
    };
    near.or(ten_thousands)
        .filter(|right| means_it(right))
        .or_else(|| Some(write_number(value_type, number)).filter(|right| means_it(right)))
}

/// A percent: with its sign one spelling, without it perhaps two.
fn percent(plain: &str) -> Option<Spelling> {
    let (minus, body) = signed(plain);
    let hundredths = body.strip_prefix("百分之").map(str::trim);
    let figure = Figure::of(hundredths.unwrap_or(body))?;
    let sign = unit::percent(figure.rest);
    if !(figure.rest.is_empty() || sign && hundredths.is_none()) {
        return None;
    }
    let number = if minus { figure.number.negate() } else { figure.number };
    let spelled = |number: Number| {
        let right = format!("{number}%");
        let value = number.divide(Number::from(100)).ok()?;
        (read_exactly(&Type::Percent, &right) == Ok(Value::Number(value))).then_some(right)
    };
    let size = number.magnitude();
    if sign || hundredths.is_some() || number.is_zero() || size > Number::ONE {
        return spelled(number).map(Spelling::One);
    }
    let hundredfold = number.multiply(Number::from(100)).ok()?;
    Some(Spelling::Either(spelled(hundredfold)?, spelled(number)?))
}

/// A text in another spelling; a look-alike of ASCII in it is named.
#[must_use]
pub fn respelled(text: &str, right: String) -> Problem {
    let shown = quote(text);
    match first_look_alike(text) {
        Some(c) => {
            V::LookAlike { text: shown, character: c.to_string(), code_point: code_point(c), right }.into()
        }
        None => V::OtherSpelling { text: shown, right }.into(),
    }
}

/// The problem with the spelling that is accepted in the place of its own.
fn with_right(text: &str, problem: Problem, right: &str) -> Problem {
    let right = right.to_owned();
    if let Problem::ExpressionProblem(E::NumberFullWidth { character, code_point, .. }) = problem {
        return E::NumberFullWidth { text: quote(text), character, code_point, right }.into();
    }
    if first_look_alike(text).is_some() {
        return respelled(text, right);
    }
    let text = quote(text);
    match problem {
        Problem::ExpressionProblem(problem) => match problem {
            E::NumberExponent { .. } => E::NumberExponent { text, right }.into(),
            E::NumberBase { .. } => E::NumberBase { text, right }.into(),
            E::NumberGrouped { .. } => E::NumberGrouped { text, right }.into(),
            E::NumberPlus { .. } => E::NumberPlus { text, right }.into(),
            E::NumberPoint { .. } => E::NumberPoint { text, right }.into(),
            E::NumberUnderscore { .. } => E::NumberUnderscore { text, right }.into(),
            E::NumberSpaced { .. } => E::NumberSpaced { text, right }.into(),
            E::NumberInWords { .. } => E::NumberInWords { text, right }.into(),
            E::UnitFirst { .. } => E::UnitFirst { text, right }.into(),
            E::MinusApart { .. } => E::MinusApart { right }.into(),
            _ => V::OtherSpelling { text, right }.into(),
        },
        Problem::ValueProblem(V::DateForm { .. }) => E::DateSpelling { text, right }.into(),
        Problem::ValueProblem(V::NoCurrency { .. }) => V::NoCurrency { text, fixed: right }.into(),
        Problem::ValueProblem(V::NoPercent { .. }) => V::NoPercent { text, fixed: right }.into(),
        _ => V::OtherSpelling { text, right }.into(),
    }
}

/// The first character that is not ASCII and looks as if it were.
pub(super) fn first_look_alike(text: &str) -> Option<char> {
    text.chars().find(|c| ascii_for(*c).is_some())
}

/// The problem with an example of the type in the place of a spelling.
fn with_example(value_type: &Type, text: &str, problem: Problem) -> Problem {
    let right = example(value_type);
    let Problem::ExpressionProblem(problem) = problem else { return problem };
    let shown = quote(text);
    // `.5` is a number, but no whole one.
    if *value_type == Type::Integer && meant(&Type::Decimal(None), &tidy(text)).is_some() {
        return V::NotInteger { text: shown }.into();
    }
    match problem {
        E::FullWidth { .. } | E::NumberFullWidth { .. } => {
            let Some(c) = first_look_alike(text) else { return E::NotANumber { text: shown, right }.into() };
            let ascii = ascii_for(c).map(String::from).unwrap_or_default();
            let (character, code_point) = (c.to_string(), code_point(c));
            V::LookAlikeOnly { text: shown, character, code_point, ascii, example: right }.into()
        }
        E::NumberTrailing { text, rest, .. } => E::NumberTrailing { text, rest, right }.into(),
        E::NumberEmpty { .. } => E::NumberEmpty { right }.into(),
        E::NumberMagnitude { .. } => E::NumberMagnitude { text: shown, right }.into(),
        E::NumberTwoPoints { .. } => E::NumberTwoPoints { text: shown, right }.into(),
        E::NumberExponent { .. }
        | E::NumberPlus { .. }
        | E::NumberPoint { .. }
        | E::NumberUnderscore { .. }
        | E::NumberBase { .. }
        | E::NumberGrouped { .. }
        | E::NumberSpaced { .. }
        | E::NumberInWords { .. }
        | E::UnitFirst { .. }
        | E::MinusApart { .. }
        | E::NotANumber { .. } => E::NotANumber { text: shown, right }.into(),
        other => other.into(),
    }
}
