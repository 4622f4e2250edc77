//! Dates and months as people write them: one spelling is read, the others are shown it.
//!
//! In: text. Out: a date or month, or the problem with the right spelling. Never guesses which of
//! `03/04/25` is the month.

use super::{Date, Month, Type, Value, example};
use crate::diagnostic::{ExpressionProblem, Problem, ValueProblem, quote};

/// Reads `YYYY-MM-DD`.
///
/// # Errors
/// A problem that shows the right spelling where it can be told.
pub fn read_date(text: &str) -> Result<Date, Problem> {
    match super::read_text(&Type::Date, text)? {
        Value::Date(date) => Ok(date),
        _ => Err(form(text)),
    }
}

/// Reads `YYYY-MM-DD`, and else says what is wrong with it.
pub(super) fn exactly(text: &str) -> Result<Date, Problem> {
    let text = text.trim_matches(' ');
    if let Some(date) = Date::parse(text) {
        return Ok(date);
    }
    Err(match scan_date(text) {
        Some((Err(problem @ ExpressionProblem::NoSuchDate { .. }), length)) if length == text.len() => {
            problem.into()
        }
        _ => form(text),
    })
}

fn form(text: &str) -> Problem {
    ValueProblem::DateForm { text: quote(text), example: example(&Type::Date) }.into()
}

/// Reads `YYYY-MM`.
///
/// # Errors
/// A problem that shows the right spelling.
pub fn read_month(text: &str) -> Result<Month, ExpressionProblem> {
    let text = text.trim_matches(' ');
    if let Some(month) = Month::parse(text) {
        return Ok(month);
    }
    Err(match scan_date(text) {
        Some((Err(problem), _)) => problem,
        _ => ExpressionProblem::DateSpelling { text: quote(text), right: "YYYY-MM".to_owned() },
    })
}

/// A date or a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Calendar {
    Date(Date),
    Month(Month),
}

/// What looks like a date at the beginning of a text, and how many bytes belong to it; none where
/// nothing does, as for a plain number.
pub(crate) fn scan_date(text: &str) -> Option<(Result<Calendar, ExpressionProblem>, usize)> {
    let mut parts: Vec<&str> = Vec::new();
    let mut signs: Vec<char> = Vec::new();
    let mut rest = text;
    loop {
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (digits, after) = rest.split_at_checked(end)?;
        parts.push(digits);
        rest = after;
        let Some(sign) = after.chars().next().filter(|c| "-/.年月日号".contains(*c)) else { break };
        let next = after.strip_prefix(sign).unwrap_or("");
        let follows = next.starts_with(|c: char| c.is_ascii_digit());
        if !follows && !matches!(sign, '年' | '月' | '日' | '号') {
            break;
        }
        signs.push(sign);
        rest = next;
        if !follows || parts.len() >= 4 {
            break;
        }
    }
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') && !signs.contains(&'月') {
        return None;
    }
    let written = text.get(..text.len().saturating_sub(rest.len()))?;
    let result = match (parts.as_slice(), signs.as_slice()) {
        ([year, month], ['-']) => month_of(written, year, month)?,
        ([year, month, day], ['-', '-']) => date_of(written, year, month, day)?,
        ([year, month, day], ['/', '/'] | ['.', '.'] | ['年', '月'] | ['年', '月', '日' | '号']) => {
            Err(other_date(written, year, month, day, signs.contains(&'.'))?)
        }
        ([year, month], ['年', '月']) => {
            let right = Month::parse(&format!("{year}-{month:0>2}")).map(|month| month.to_string());
            Err(spelled(written, right, "YYYY-MM"))
        }
        ([year], ['年']) if year.len() == 4 => Err(spelled(written, Some((*year).to_owned()), "")),
        _ => return None,
    };
    Some((result, written.len()))
}

fn spelled(written: &str, right: Option<String>, form: &str) -> ExpressionProblem {
    ExpressionProblem::DateSpelling { text: quote(written), right: right.unwrap_or_else(|| form.to_owned()) }
}

/// None where the parts cannot be a month: `5-3` is a subtraction without its spaces.
fn month_of(written: &str, year: &str, month: &str) -> Option<Result<Calendar, ExpressionProblem>> {
    if year.len() != 4 || month.len() > 2 {
        return None;
    }
    if let Some(month) = Month::parse(written) {
        return Some(Ok(Calendar::Month(month)));
    }
    let padded = format!("{year}-{month:0>2}");
    Some(Err(match Month::parse(&padded) {
        Some(_) => spelled(written, Some(padded), ""),
        None => ExpressionProblem::NoSuchDate { text: quote(written) },
    }))
}

fn date_of(written: &str, year: &str, month: &str, day: &str) -> Option<Result<Calendar, ExpressionProblem>> {
    if let Some(date) = Date::parse(written) {
        return Some(Ok(Calendar::Date(date)));
    }
    if year.len() > 4 || month.len() > 2 || day.len() > 4 {
        return None;
    }
    let padded = format!("{year}-{month:0>2}-{day:0>2}");
    Some(Err(if Date::parse(&padded).is_some() && padded != written {
        spelled(written, Some(padded), "")
    } else if year.len() == 4 {
        ExpressionProblem::NoSuchDate { text: quote(written) }
    } else {
        spelled(written, None, "YYYY-MM-DD")
    }))
}

/// None where the parts are no date: `8517.62.00` is a code, `400/2/10000` two divisions.
fn other_date(written: &str, year: &str, month: &str, day: &str, points: bool) -> Option<ExpressionProblem> {
    let padded = format!("{year}-{month:0>2}-{day:0>2}");
    if year.len() == 4 && month.len() <= 2 && day.len() <= 2 {
        if let Some(date) = Date::parse(&padded) {
            return Some(spelled(written, Some(date.to_string()), ""));
        }
        return (!points).then(|| ExpressionProblem::NoSuchDate { text: quote(written) });
    }
    let short = year.len() <= 2 && month.len() <= 2 && matches!(day.len(), 2 | 4);
    (short && !points).then(|| spelled(written, None, "YYYY-MM-DD"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_months_in_one_spelling() {
        assert_eq!(read_date(" 2024-02-29 ").unwrap().to_string(), "2024-02-29");
        assert_eq!(read_month("2024-02").unwrap().to_string(), "2024-02");
        for (text, right) in [
            ("2019/5/6", "2019-05-06"),
            ("2019.5.6", "2019-05-06"),
            ("2019年5月6日", "2019-05-06"),
            ("2019年05月06号", "2019-05-06"),
            ("2019-5-6", "2019-05-06"),
            ("20190506", "2019-05-06"),
            ("2019 05 06", "2019-05-06"),
            ("2019-05-06T00:00:00", "2019-05-06"),
            ("2019-05-06T00:00:00.000Z", "2019-05-06"),
            ("2019-05-06 08:30", "2019-05-06"),
        ] {
            let expected = ExpressionProblem::DateSpelling { text: text.to_owned(), right: right.to_owned() };
            assert_eq!(read_date(text), Err(expected.into()), "{text}");
        }
        for text in ["23/11/26", "03/04/2025", "20251301", "tomorrow", "2019-05-05T16:00:00Z", "2019-05"] {
            let expected = ValueProblem::DateForm { text: text.to_owned(), example: "2024-05-06".to_owned() };
            assert_eq!(read_date(text), Err(expected.into()), "{text}");
        }
        for text in ["2026-02-30", "2026-13-01", "2025-02-29", "2025/02/29"] {
            let expected = ExpressionProblem::NoSuchDate { text: text.to_owned() };
            assert_eq!(read_date(text), Err(expected.into()), "{text}");
        }
        for (text, right) in [("2024年2月", "2024-02"), ("2024-2", "2024-02"), ("Feb 2024", "YYYY-MM")] {
            let expected = ExpressionProblem::DateSpelling { text: text.to_owned(), right: right.to_owned() };
            assert_eq!(read_month(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_left_alone() {
        for text in ["2024", "8517.62", "8517.62.00", "5-3", "2024..2025", "400/2/10", "5年", "2024-06x"] {
            assert!(scan_date(text).is_none(), "{text}");
        }
    }
}
