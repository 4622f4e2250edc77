//! The number that a text begins with, however it is written.
//!
//! In: a text in ASCII but for words. Out: the number and what follows it, only where no other number
//! can be meant. Never used to read a value: what it finds is shown, and the reader reads that.

use super::super::quantity::{chinese_digit, chinese_weight};
use crate::number::Number;

/// A number at the beginning of a text.
pub(super) struct Figure<'a> {
    /// Its value, with its magnitudes.
    pub(super) number: Number,
    /// True where 万 or 亿 stood in it.
    pub(super) ten_thousands: bool,
    /// What follows, without spaces at its ends.
    pub(super) rest: &'a str,
    /// What follows the digits: the magnitude and the rest. None for a number in words.
    pub(super) after_digits: Option<&'a str>,
}

impl<'a> Figure<'a> {
    /// The figure that `text` begins with; no sign stands before it.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let mut parts = Parts::default();
        let mut rest = text;
        let mut after_digits = None;
        loop {
            if let Some((number, digits, after)) = western(rest) {
                let first = parts.list.is_empty();
                let whole = number.is_integer();
                parts.digits(number, digits)?;
                // `1亿2.5万` has no reading that everybody shares.
                if !whole && !first {
                    return None;
                }
                after_digits = first.then_some(after.trim_start()).or(after_digits);
                rest = after;
                if let Some((factor, after)) = english(rest) {
                    parts.english(factor)?;
                    rest = after;
                    break;
                }
                // A space may stand between the digits and their magnitude.
                let spaced = rest.trim_start_matches(' ');
                if spaced.starts_with(|c| chinese_weight(c).is_some()) {
                    rest = spaced;
                }
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            if let Some(digit) = chinese_digit(c) {
                parts.chinese(digit)?;
            } else if let Some(weight) = chinese_weight(c) {
                // 千克, 千米, 千瓦时 are units.
                let unit = rest.get(c.len_utf8()..).unwrap_or("");
                if matches!(c, '千' | '百') && unit.starts_with(['克', '米', '瓦', '升', '卡', '分'])
                {
                    break;
                }
                parts.list.push(Part::Weight(weight));
            } else {
                break;
            }
            rest = rest.get(c.len_utf8()..).unwrap_or("");
        }
        let ten_thousands = parts.list.iter().any(|part| matches!(part, Part::Weight(10_000..)));
        Some(Self { number: parts.value()?, ten_thousands, rest: rest.trim(), after_digits })
    }
}

enum Part {
    /// Digits and how many of them were written, or one numeral.
    Digits(Number, usize),
    /// 零: what follows counts ones.
    Zero,
    Weight(u64),
}

#[derive(Default)]
struct Parts {
    list: Vec<Part>,
    factor: Option<Number>,
}

impl Parts {
    fn digits(&mut self, number: Number, digits: usize) -> Option<()> {
        if matches!(self.list.last(), Some(Part::Digits(..))) {
            return None;
        }
        self.list.push(Part::Digits(number, digits));
        Some(())
    }

    fn chinese(&mut self, digit: u64) -> Option<()> {
        if digit == 0 && matches!(self.list.last(), Some(Part::Weight(_))) {
            self.list.push(Part::Zero);
            return Some(());
        }
        // 三五 may be thirty-five, or three to five.
        self.digits(Number::from(i64::try_from(digit).ok()?), 1)
    }

    fn english(&mut self, factor: i64) -> Option<()> {
        // `5万 million` is a slip of some kind.
        if self.list.len() > 1 {
            return None;
        }
        self.factor = Some(Number::from(factor));
        Some(())
    }

    fn value(&self) -> Option<Number> {
        let (mut total, mut section, mut last): (Number, Number, Option<(Number, usize)>) =
            (Number::from(0), Number::from(0), None);
        let (mut zero, mut before): (bool, Option<u64>) = (false, None);
        let mut after_hundred_million = None;
        for part in &self.list {
            match *part {
                Part::Digits(number, digits) => last = Some((number, digits)),
                Part::Zero => zero = true,
                Part::Weight(weight) => {
                    let factor = Number::from(i64::try_from(weight).ok()?);
                    if weight < 10_000 {
                        let number = last.take().map_or(Number::ONE, |(number, _)| number);
                        section = section.plus(number.multiply(factor).ok()?).ok()?;
                        after_hundred_million = after_hundred_million.map(|_| false);
                    } else {
                        let whole = section.plus(last.take().map_or(Number::from(0), |(n, _)| n)).ok()?;
                        // 万 alone counts nothing.
                        if whole.is_zero() && total.is_zero() {
                            return None;
                        }
                        total = if Number::from(i64::try_from(weight).ok()?) > total {
                            total.plus(whole).ok()?.multiply(factor).ok()?
                        } else {
                            total.plus(whole.multiply(factor).ok()?).ok()?
                        };
                        section = Number::from(0);
                        after_hundred_million = Some(true);
                        if weight < 100_000_000 {
                            after_hundred_million = None;
                        }
                    }
                    (zero, before) = (false, Some(weight));
                }
            }
        }
        // 3万5 and 三万五 are said for 35000, and written for 30005; 3亿2千 is said for 320000000.
        let loose = last.is_some_and(|(_, digits)| digits == 1) && before.is_some_and(|weight| weight > 10);
        if !zero && (loose || after_hundred_million == Some(false)) {
            return None;
        }
        let ones = last.map_or(Number::from(0), |(number, _)| number);
        let sum = total.plus(section).ok()?.plus(ones).ok()?;
        if self.list.is_empty() { None } else { sum.multiply(self.factor.unwrap_or(Number::ONE)).ok() }
    }
}

/// A magnitude in English, or spelled in Latin letters, and what follows.
fn english(text: &str) -> Option<(i64, &str)> {
    let spaced = text.trim_start_matches(' ');
    let end = spaced.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(spaced.len());
    let (word, rest) = spaced.split_at_checked(end)?;
    // `120 M2` is an area.
    if rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let factor = match word {
        "k" | "K" => 1_000,
        "M" | "mn" | "mio" => 1_000_000,
        "bn" | "B" => 1_000_000_000,
        _ => match word.to_ascii_lowercase().as_str() {
            "thousand" => 1_000,
            "million" | "millions" => 1_000_000,
            "billion" => 1_000_000_000,
            "wan" => 10_000,
            "yi" => 100_000_000,
            _ => return None,
        },
    };
    Some((factor, rest))
}

/// Digits with whatever groups them: the number, how many characters were written, and what follows.
fn western(text: &str) -> Option<(Number, usize, &str)> {
    if let Some(found) = other_base(text) {
        return Some(found);
    }
    let mut end = 0;
    let mut digits = false;
    for (at, c) in text.char_indices() {
        let next = text.get(at.saturating_add(1)..).unwrap_or("");
        let digit_follows = next.starts_with(|c: char| c.is_ascii_digit());
        let belongs = match c {
            '0'..='9' => {
                digits = true;
                true
            }
            '_' => true,
            '.' => !next.starts_with('.') && (digits || digit_follows),
            ',' | '\'' | ' ' => digits && digit_follows,
            _ => false,
        };
        if !belongs {
            break;
        }
        end = at.saturating_add(1);
    }
    let (raw, rest) = text.split_at_checked(end)?;
    if !digits {
        return None;
    }
    let plain = ungrouped(raw)?;
    let (number, rest) = match exponent(rest) {
        Some((exponent, rest)) => {
            (Number::from_digits(&super::super::quantity::without_exponent(&plain, exponent)?)?, rest)
        }
        None => (Number::from_digits(&plain)?, rest),
    };
    Some((number, raw.len(), rest))
}

/// `0x10` and the like.
fn other_base(text: &str) -> Option<(Number, usize, &str)> {
    let after = text.strip_prefix('0')?;
    let radix = match after.chars().next()? {
        'x' | 'X' => 16,
        'o' | 'O' => 8,
        'b' | 'B' => 2,
        _ => return None,
    };
    let digits = after.get(1..)?;
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let (digits, rest) = digits.split_at_checked(end)?;
    let number = i64::from_str_radix(digits, radix).ok()?;
    (!rest.starts_with(char::is_alphanumeric)).then_some((Number::from(number), digits.len(), rest))
}

/// `e7`, `E+7`, `e-7`, and what follows.
fn exponent(text: &str) -> Option<(&str, &str)> {
    let after = text.strip_prefix(['e', 'E'])?;
    let unsigned = after.strip_prefix(['+', '-']).unwrap_or(after);
    let end = unsigned.find(|c: char| !c.is_ascii_digit()).unwrap_or(unsigned.len());
    let rest = unsigned.get(end..)?;
    if end == 0 || rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    Some((after.get(..after.len().checked_sub(rest.len())?)?, rest))
}

/// Digits with at most one point; none where the signs among them can be read in two ways.
fn ungrouped(raw: &str) -> Option<String> {
    let raw: String = raw.chars().filter(|c| *c != '_').collect();
    let count = |sign: char| raw.matches(sign).count();
    let signs: Vec<char> = [',', '\'', ' '].into_iter().filter(|sign| raw.contains(*sign)).collect();
    let plain = match (signs.as_slice(), count('.')) {
        ([], 0 | 1) => raw,
        // `1.000.000` groups, and `1.000` is one.
        ([], _) => grouped(&raw, '.')?,
        ([','], 0) => match grouped(&raw, ',') {
            Some(plain) => plain,
            None => decimal_comma(&raw)?,
        },
        ([sign], 0) => grouped(&raw, *sign)?,
        ([','], _) if raw.rfind(',') > raw.rfind('.') && count(',') == 1 => {
            let (whole, decimals) = raw.split_once(',')?;
            let whole = if whole.contains('.') { grouped(whole, '.')? } else { whole.to_owned() };
            format!("{whole}.{decimals}")
        }
        ([sign], 1) => {
            let (whole, decimals) = raw.split_once('.')?;
            if decimals.contains(*sign) {
                return None;
            }
            format!("{}.{decimals}", grouped(whole, *sign)?)
        }
        _ => return None,
    };
    let plain = plain.trim_end_matches('.');
    Some(if plain.starts_with('.') { format!("0{plain}") } else { plain.to_owned() })
}

/// `30'000'000` joined: groups of three, or with commas of four as in Chinese.
fn grouped(raw: &str, sign: char) -> Option<String> {
    let mut groups = raw.split(sign);
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let size = rest.first()?.len();
    let sound = (size == 3 || (size == 4 && sign == ','))
        && rest.iter().all(|group| group.len() == size)
        && (1..=size).contains(&first.len())
        && !first.starts_with('0');
    sound.then(|| format!("{first}{}", rest.concat()))
}

/// `12,5` as `12.5`: one or two decimals, or any number after a nought.
fn decimal_comma(raw: &str) -> Option<String> {
    let (whole, decimals) = raw.split_once(',')?;
    let sound = !decimals.contains(',') && (decimals.len() <= 2 || whole == "0");
    sound.then(|| format!("{whole}.{decimals}"))
}
