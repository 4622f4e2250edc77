//! Values as one might write them, within the range that a pack declares.

use crate::number::{Interval, Number};
use crate::value::{Type, example, write_number, write_range};

/// A value of a type; dates lie in the year that is assessed.
pub(super) fn sample(value_type: &Type, range: Interval, year: i64) -> String {
    match value_type {
        Type::Date => format!("{year}-05-06"),
        _ if value_type.is_number() => grouped(&write_number(value_type, within(value_type, range))),
        _ => example(value_type),
    }
}

/// A range of a type: from a usual value to twice as much.
pub(super) fn band(value_type: &Type, range: Interval) -> String {
    let low = within(value_type, range);
    let high = low.multiply(Number::from(2)).ok().filter(|high| range.contains(*high));
    let band = Interval { low: Some(low), high: high.or(range.high) };
    let text = write_range(value_type, band);
    match text.split_once("..") {
        Some((low, high)) => format!("{}..{}", grouped(low), grouped(high)),
        None => text,
    }
}

/// The first usual number that the range holds, else an end of it.
fn within(value_type: &Type, range: Interval) -> Number {
    let usual: &[i64] = match value_type {
        Type::Money(_) => &[1_200_000, 12_000],
        Type::Percent => &[],
        Type::Decimal(Some(_)) => &[1_500, 12],
        _ => &[120, 12],
    };
    let mut usual: Vec<Number> = usual.iter().map(|number| Number::from(*number)).collect();
    if *value_type == Type::Percent {
        usual.extend(Number::from(35).divide(Number::from(100)));
    }
    let found = usual.into_iter().find(|number| range.contains(*number));
    found.or(range.low).or(range.high).unwrap_or(Number::ONE)
}

/// The digits before a point in groups of three: `1_200_000 CNY`.
fn grouped(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (whole, rest) = text.split_at_checked(digits).unwrap_or(("", text));
    let mut shown = String::new();
    for (index, digit) in whole.chars().enumerate() {
        let left = digits.saturating_sub(index);
        if index > 0 && digits > 4 && left.checked_rem(3) == Some(0) {
            shown.push('_');
        }
        shown.push(digit);
    }
    shown + rest
}
