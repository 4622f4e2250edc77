//! Reading a number: a whole text, or the number at the beginning of one.

use super::refusal::{DECIMALS, DIGITS, Refusal, Why, mended, without_exponent, without_foreign};
use super::{Quantity, Unit, chinese, split_magnitude};
use crate::diagnostic::{ExpressionProblem, is_invisible};
use crate::number::Number;
use crate::value::Currency;
use crate::value::width::{ascii_for, leading_word, to_ascii};

/// Reads a number with its magnitude and unit.
///
/// # Errors
/// A problem that shows the accepted spelling.
pub fn read_quantity(text: &str) -> Result<Quantity, ExpressionProblem> {
    read(text, 0).map_err(Refusal::problem)
}

/// A number at the beginning of a text.
pub(crate) struct Scanned {
    /// The number, or why it is none.
    pub(crate) quantity: Result<Quantity, ExpressionProblem>,
    /// How many bytes belong to it, whether it reads or not.
    pub(crate) length: usize,
    /// True where only digits stand, without magnitude, unit or percent sign.
    pub(crate) bare: bool,
}

/// Reads the number at the beginning of `text`, which begins with a digit; a word that `stop` holds
/// of is never its unit.
pub(crate) fn scan_number(text: &str, stop: &dyn Fn(&str) -> bool) -> Scanned {
    let scan = scan(text, stop, 0);
    Scanned { quantity: scan.quantity.map_err(Refusal::problem), length: scan.length, bare: scan.bare }
}

pub(super) fn read(text: &str, round: u8) -> Result<Quantity, Refusal> {
    let text = text.trim_matches(' ');
    if text.is_empty() {
        return Err(Refusal::new(Why::Empty, text));
    }
    if let Some(quantity) = printed(text) {
        return Ok(quantity);
    }
    if let Some(c) = text.chars().find(|c| is_invisible(*c) || c.is_control()) {
        return Err(Refusal::new(Why::Invisible(c), text));
    }
    if let Some((first, ascii)) = to_ascii(text) {
        return Err(Refusal::new(Why::FullWidth(first), text).try_with(&ascii, round));
    }
    let (minus, body) = text.strip_prefix('-').map_or(("", text), |body| ("-", body));
    if !body.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(no_digit(text, minus, body, round));
    }
    let scan = scan(body, &|_| false, round);
    let rest = body.get(scan.length..).unwrap_or("");
    if !rest.trim_matches(' ').is_empty() {
        return Err(trailing(text, body, &scan, rest, round));
    }
    match scan.quantity {
        Ok(quantity) if minus.is_empty() => Ok(quantity),
        Ok(quantity) => Ok(Quantity {
            digits: if quantity.number.is_zero() && !scan.bare {
                quantity.digits
            } else {
                format!("-{}", quantity.digits)
            },
            number: quantity.number.negate(),
            unit: quantity.unit,
        }),
        Err(mut refusal) => {
            text.clone_into(&mut refusal.text);
            refusal.right = refusal.right.map(|right| format!("{minus}{right}"));
            Err(refusal)
        }
    }
}

/// The spellings of money that reports print: `CNY 62,000,000.00` and `69,999,999.99元`.
fn printed(text: &str) -> Option<Quantity> {
    let (currency, amount) = if let Some(amount) = text.strip_suffix('元') {
        (Currency::CNY, amount)
    } else {
        let (code, amount) = text.split_once(' ')?;
        (Currency::parse(code)?, amount)
    };
    let (minus, amount) = amount.strip_prefix('-').map_or(("", amount), |amount| ("-", amount));
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, ""));
    let point = currency.minor_unit() > 0;
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if amount.contains('.') != point
        || u32::try_from(decimals.len()).ok()? != currency.minor_unit()
        || !all_digits(decimals)
    {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    if first.is_empty()
        || first.len() > 3
        || !all_digits(first)
        || (first.len() > 1 && first.starts_with('0'))
    {
        return None;
    }
    let mut joined = format!("{minus}{first}");
    for group in groups {
        if group.len() != 3 || !all_digits(group) || first == "0" {
            return None;
        }
        joined.push_str(group);
    }
    if point {
        joined.push('.');
        joined.push_str(decimals);
    }
    limits(joined.trim_start_matches('-')).ok()?;
    Some(Quantity::new(Number::from_digits(&joined)?, Unit::Money(currency)))
}

/// The refusal of a text that has no digit where one should stand.
fn no_digit(text: &str, minus: &str, body: &str, round: u8) -> Refusal {
    let refuse = |why| Refusal::new(why, text);
    let lower = body.trim_start_matches(['.', '+']).to_ascii_lowercase();
    if matches!(lower.as_str(), "nan" | "inf" | "infinity" | "null" | "n/a" | "na" | "∞") {
        return refuse(Why::NotFinite);
    }
    if body.starts_with('.') && body.chars().nth(1).is_some_and(|c| c.is_ascii_digit()) {
        return refuse(Why::Point).try_with(&format!("{minus}0{body}"), round);
    }
    if let Some(rest) = body.strip_prefix('+') {
        return refuse(Why::Plus).try_with(&format!("{minus}{}", rest.trim_start()), round);
    }
    if !minus.is_empty() && body.starts_with(' ') {
        return refuse(Why::MinusApart).try_with(&format!("-{}", body.trim_start()), round);
    }
    if let Some(rest) = body.strip_prefix('_').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return refuse(Why::Underscore).try_with(&format!("{minus}{rest}"), round);
    }
    if let Some((code, amount)) = currency_first(body) {
        let amount = amount.trim_start().trim_end_matches(['元', ' ']);
        let sign = if amount.starts_with('-') { "" } else { minus };
        return refuse(Why::UnitFirst).try_with(&format!("{sign}{amount} {code}"), round);
    }
    let magnitude_word = ["thousand", "million", "billion"].iter().any(|word| body.starts_with(word));
    if let Some(right) = chinese::with_digits(body) {
        return refuse(Why::InWords).try_with(&format!("{minus}{right}"), round);
    }
    if magnitude_word {
        return refuse(Why::InWords).try_with(&format!("{minus}1 {body}"), round);
    }
    refuse(Why::NotANumber)
}

/// The currency that a text begins with, and what follows: a digit somewhere, else it is a word.
fn currency_first(body: &str) -> Option<(&str, &str)> {
    if !body.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    for (sign, code) in [
        ("US$", "USD"),
        ("HK$", "HKD"),
        ("RMB", "CNY"),
        ("CN¥", "CNY"),
        ("人民币", "CNY"),
        ("美元", "USD"),
        ("¥", "CNY"),
        ("￥", "CNY"),
        ("$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
    ] {
        if let Some(rest) = body.strip_prefix(sign) {
            return Some((code, rest));
        }
    }
    let (code, rest) = body.split_at_checked(3)?;
    Currency::parse(code)?;
    rest.trim_start()
        .starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
        .then_some((code, rest))
}

/// The refusal of a text that goes on after its number.
fn trailing(text: &str, body: &str, scan: &Scan, rest: &str, round: u8) -> Refusal {
    let minus = text.strip_suffix(body).unwrap_or("");
    let head = body.get(..scan.length).unwrap_or("");
    let digit = |c: char| c.is_ascii_digit();
    if let Some(tail) = rest.strip_prefix(',').filter(|tail| tail.starts_with(digit)) {
        // One comma before one or two digits is a decimal comma; anything else groups digits.
        let decimals = tail.bytes().take_while(u8::is_ascii_digit).count();
        let point = decimals <= 2 && !tail.contains([',', '.']) && !head.contains('.');
        let refusal = Refusal::new(Why::Grouped, text);
        return if point { refusal.try_with(&format!("{minus}{head}.{tail}"), round) } else { refusal };
    }
    let spaced = rest.trim_start();
    if scan.bare && spaced.len() < rest.len() && spaced.starts_with(digit) {
        return Refusal::new(Why::Spaced, text).try_with(&format!("{minus}{head}{spaced}"), round);
    }
    let mut refusal = Refusal::new(Why::NotANumber, text);
    refusal.rest = Some(rest.trim_matches(' ').to_owned());
    refusal
}

/// A number at the beginning of a text, read or refused.
struct Scan {
    quantity: Result<Quantity, Refusal>,
    length: usize,
    bare: bool,
}

fn scan(text: &str, stop: &dyn Fn(&str) -> bool, round: u8) -> Scan {
    let raw = raw_digits(text);
    let after = text.get(raw.len()..).unwrap_or("");
    if let Some((why, length, right)) = odd_number(raw, after) {
        let length = raw.len().saturating_add(length);
        let tail = Tail::of(text.get(length..).unwrap_or(""), stop);
        let whole = length.saturating_add(tail.length);
        let mut refusal = Refusal::new(why, text.get(..whole).unwrap_or(text));
        if let Some(right) = right {
            let unit = text.get(length..whole).unwrap_or("");
            refusal = refusal.try_with(&format!("{right}{unit}"), round);
        }
        return Scan { quantity: Err(refusal), length: whole, bare: false };
    }
    let tail = Tail::of(after, stop);
    let length = raw.len().saturating_add(tail.length);
    let written = text.get(..length).unwrap_or(text);
    Scan { quantity: combine(raw, &tail, written, round), length, bare: tail.length == 0 }
}

/// Exponents and other bases, as far as they go beyond the digits, and what they come to.
fn odd_number(raw: &str, after: &str) -> Option<(Why, usize, Option<String>)> {
    let word = leading_word(after);
    if let Some(hexadecimal) = word.strip_prefix(['x', 'X', 'o', 'O', 'b', 'B'])
        && raw == "0"
        && !hexadecimal.is_empty()
        && hexadecimal.bytes().all(|byte| byte.is_ascii_hexdigit())
    {
        let radix = match after.chars().next() {
            Some('x' | 'X') => 16,
            Some('o' | 'O') => 8,
            _ => 2,
        };
        let right = u64::from_str_radix(hexadecimal, radix).ok().map(|number| number.to_string());
        return Some((Why::Base, word.len(), right));
    }
    let exponent = after.strip_prefix(['e', 'E'])?;
    let unsigned = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let end = unsigned.find(|c: char| !c.is_ascii_digit()).unwrap_or(unsigned.len());
    let follows = unsigned.get(end..).unwrap_or("");
    if end == 0 || !leading_word(follows).is_empty() {
        return None;
    }
    let length = after.len().saturating_sub(follows.len());
    let exponent = exponent.strip_suffix(follows).unwrap_or(exponent);
    Some((Why::Exponent, length, without_exponent(raw, exponent)))
}

/// The characters that belong to the digits, rightly or wrongly. Two points are a range and no part
/// of them; a comma is one only where three digits follow, as in a grouped number.
fn raw_digits(text: &str) -> &str {
    let digit = |c: char| ascii_for(c).unwrap_or(c).is_ascii_digit();
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = text.get(at.saturating_add(c.len_utf8())..).unwrap_or("");
        let belongs = match ascii_for(c).unwrap_or(c) {
            '_' => true,
            '.' => !next.starts_with('.'),
            ',' => {
                let count = next.chars().take_while(|c| digit(*c)).count();
                count == 3 && end > 0
            }
            _ => digit(c),
        };
        if !belongs {
            break;
        }
        end = at.saturating_add(c.len_utf8());
    }
    text.get(..end).unwrap_or("")
}

/// What follows the digits.
struct Tail<'a> {
    percent: bool,
    full_width: Option<char>,
    first: &'a str,
    second: &'a str,
    length: usize,
}

impl<'a> Tail<'a> {
    fn of(after: &'a str, stop: &dyn Fn(&str) -> bool) -> Self {
        let mut tail = Self { percent: false, full_width: None, first: "", second: "", length: 0 };
        let spaced = after.trim_start_matches(' ');
        let until = |rest: &str| after.len().saturating_sub(rest.len());
        if let Some(rest) = spaced.strip_prefix(['%', '％']) {
            tail.percent = true;
            tail.full_width = spaced.chars().next().filter(|c| *c == '％');
            tail.length = until(rest);
            return tail;
        }
        let word = |text: &'a str| {
            let word = leading_word(text);
            let rest = text.get(word.len()..).unwrap_or("");
            // A dotted name is no unit.
            let dotted = rest.starts_with('.') && !rest.starts_with("..");
            if word.is_empty() || stop(word) || dotted { None } else { Some((word, rest)) }
        };
        let Some((first, rest)) = word(spaced) else { return tail };
        tail.first = first;
        tail.length = until(rest);
        if matches!(split_magnitude(first), Ok((Some(_), "")))
            && let Some((second, rest)) = word(rest.trim_start_matches(' '))
        {
            tail.second = second;
            tail.length = until(rest);
        }
        tail
    }
}

fn combine(raw: &str, tail: &Tail<'_>, written: &str, round: u8) -> Result<Quantity, Refusal> {
    let unit = written.get(raw.len()..).unwrap_or("");
    if let Some((first, ascii)) =
        to_ascii(written).filter(|_| to_ascii(raw).is_some() || tail.full_width.is_some())
    {
        return Err(Refusal::new(Why::FullWidth(first), written).try_with(&ascii, round));
    }
    let refuse = |why: Why, digits: &str| {
        let refusal = Refusal::new(why, written);
        if digits.is_empty() { refusal } else { refusal.try_with(&format!("{digits}{unit}"), round) }
    };
    well_formed(raw).map_err(|(why, right)| refuse(why, &right))?;
    let digits = raw.replace('_', "");
    limits(&digits).map_err(|why| refuse(why, ""))?;
    let number = Number::from_digits(&digits).ok_or_else(|| refuse(Why::Range, ""))?;
    if tail.percent {
        let number = number.divide(Number::from(100)).map_err(|_| refuse(Why::Range, ""))?;
        return Ok(Quantity::new(number, Unit::Percent));
    }
    let (magnitude, rest) = split_magnitude(tail.first).map_err(|foreign| {
        let mut refusal = Refusal::new(Why::Magnitude, written);
        refusal.right = without_foreign(&digits, &foreign).and_then(|right| mended(&right, round));
        refusal
    })?;
    let unit_word = if rest.is_empty() { tail.second } else { rest };
    // A magnitude after a magnitude, as in `5 million 万元`, is no unit.
    if magnitude.is_some() && !matches!(split_magnitude(unit_word), Ok((None, _))) {
        return Err(Refusal::new(Why::Magnitude, written));
    }
    let unit = Unit::of_word(unit_word);
    let Some(magnitude) = magnitude else {
        return Ok(if unit == Unit::None {
            Quantity { digits: raw.to_owned(), number, unit }
        } else {
            Quantity::new(number, unit)
        });
    };
    let number = number.multiply(magnitude).map_err(|_| refuse(Why::Range, ""))?;
    Ok(Quantity::new(number, unit))
}

/// Digits with single `_` between digits and at most one point between digits; else what is wrong
/// and the digits that may be meant.
fn well_formed(raw: &str) -> Result<(), (Why, String)> {
    if raw.contains(',') {
        let whole = raw.split('.').next().unwrap_or(raw);
        let first = whole.split(',').next().unwrap_or(whole);
        // `1.000,50` and `0,355` have a decimal comma.
        let grouped = raw.rfind(',') < raw.find('.').or(Some(raw.len())) && !first.starts_with('0');
        return Err((Why::Grouped, if grouped { raw.replace(',', "") } else { String::new() }));
    }
    if raw.matches('.').count() > 1 {
        return Err((Why::TwoPoints, String::new()));
    }
    if raw.ends_with('.') {
        return Err((Why::Point, raw.trim_end_matches('.').to_owned()));
    }
    let stray = raw.ends_with('_') || raw.contains("__") || raw.contains("_.") || raw.contains("._");
    if stray {
        let parts = raw
            .split('.')
            .map(|part| part.split('_').filter(|group| !group.is_empty()).collect::<Vec<_>>().join("_"));
        return Err((Why::Underscore, parts.collect::<Vec<_>>().join(".")));
    }
    Ok(())
}

/// 28 significant digits, 12 decimals; as written, zeros at the end count.
fn limits(digits: &str) -> Result<(), Why> {
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if decimals.len() > DECIMALS {
        return Err(Why::Decimals);
    }
    let whole = whole.trim_start_matches('0');
    let decimals = if whole.is_empty() { decimals.trim_start_matches('0') } else { decimals };
    if whole.len().saturating_add(decimals.len()) > DIGITS { Err(Why::Digits) } else { Ok(()) }
}
