//! Numbers as people read them in a language.
//!
//! In: exact numbers with their type. Out: `CNY 62,000,000.00`, `6200万元`, `35%`, `4200平方米`. Rounds only
//! what has no decimal, and says `about`. What is printed as an exact amount can be read back.

use crate::diagnostic::Lang;
use crate::number::{Interval, Number, Rounding};
use crate::value::{Currency, Date, TimeUnit, Type};

/// A number of a type.
#[must_use]
pub fn number(lang: Lang, value_type: &Type, number: Number) -> String {
    match value_type {
        Type::Money(currency) => money(lang, *currency, number),
        Type::Percent => percent(lang, number),
        Type::Decimal(Some(unit)) => measure(lang, unit, number),
        Type::Date => {
            let date = number.to_i64().and_then(Date::from_day_number);
            date.map_or_else(|| number.to_string(), |date| date.to_string())
        }
        _ => plain(lang, number),
    }
}

/// An amount of money: `CNY 62,000,000.00`; in Chinese `6200万元` where that is exact, else
/// `69,999,999.99元`. Other currencies are written alike in both languages.
#[must_use]
pub fn money(lang: Lang, currency: Currency, amount: Number) -> String {
    let chinese = lang == Lang::Zh && currency == Currency::CNY;
    if chinese
        && !amount.is_zero()
        && let Ok(tens) = amount.divide(Number::from(10_000))
        && tens.is_integer()
    {
        let hundred_millions = tens.divide(Number::from(10_000)).unwrap_or(tens);
        let small = hundred_millions.magnitude() < Number::ONE;
        return if small { format!("{tens}万元") } else { format!("{hundred_millions}亿元") };
    }
    let places = usize::try_from(currency.minor_unit()).unwrap_or(2);
    let written = amount.to_string();
    if written.contains('/') {
        let coin = currency.smallest().unwrap_or(Number::ONE);
        let near = amount.round(coin, Rounding::Nearest);
        return near.map_or(written, |near| about(lang, &money(lang, currency, near)));
    }
    let (sign, digits) = written.strip_prefix('-').map_or(("", written.as_str()), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = grouped(whole);
    let point = if places == 0 && decimals.is_empty() { "" } else { "." };
    let amount = format!("{sign}{whole}{point}{decimals:0<places$}");
    if chinese { format!("{amount}元") } else { format!("{currency} {amount}") }
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        let left = digits.len().saturating_sub(index);
        if index > 0 && left.checked_rem(3) == Some(0) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A number that is rounded, and says so.
fn about(lang: Lang, rounded: &str) -> String {
    match lang {
        Lang::En => format!("about {rounded}"),
        Lang::Zh => format!("约{rounded}"),
    }
}

/// A number; what has no decimal is rounded to four places.
fn plain(lang: Lang, number: Number) -> String {
    if number.to_decimal().is_some() {
        return number.to_string();
    }
    let place = Number::ONE.divide(Number::from(10_000));
    let near = place.and_then(|place| number.round(place, Rounding::Nearest));
    near.map_or_else(|_| number.to_string(), |near| about(lang, &near.to_string()))
}

/// A share: `35%`; what has no decimal is rounded to two places of a percent.
#[must_use]
pub fn percent(lang: Lang, share: Number) -> String {
    let Ok(hundredfold) = share.multiply(Number::from(100)) else { return share.to_string() };
    if hundredfold.to_decimal().is_some() {
        return format!("{hundredfold}%");
    }
    let place = Number::ONE.divide(Number::from(100));
    let near = place.and_then(|place| hundredfold.round(place, Rounding::Nearest));
    near.map_or_else(|_| share.to_string(), |near| about(lang, &format!("{near}%")))
}

/// A number of a unit: `4200 m2`, `4200平方米`, `1 day`, `3个月`.
#[must_use]
pub fn measure(lang: Lang, unit: &str, count: Number) -> String {
    let one = count == Number::ONE;
    match (lang, TimeUnit::of_word(unit)) {
        (Lang::En, Some(time)) if one => format!("1 {}", time.word().trim_end_matches('s')),
        (Lang::Zh, Some(TimeUnit::Days)) => format!("{count}天"),
        (Lang::Zh, Some(TimeUnit::Months)) => format!("{count}个月"),
        (Lang::Zh, Some(TimeUnit::Years)) => format!("{count}年"),
        (Lang::Zh, None) if unit == "m2" => format!("{count}平方米"),
        (Lang::Zh, None) if !unit.is_ascii() => format!("{count}{unit}"),
        _ => format!("{count} {unit}"),
    }
}

/// A range, ends included; one end may be open, and one number is written alone.
#[must_use]
pub fn range(lang: Lang, value_type: &Type, range: Interval) -> String {
    if let Some(single) = range.single() {
        return number(lang, value_type, single);
    }
    let end = |end| number(lang, value_type, end);
    match (lang, range.low, range.high) {
        (Lang::En, Some(low), Some(high)) => format!("{} to {}", end(low), end(high)),
        (Lang::En, Some(low), None) => format!("{} or more", end(low)),
        (Lang::En, None, Some(high)) => format!("up to {}", end(high)),
        (Lang::En, None, None) => "any".to_owned(),
        (Lang::Zh, Some(low), Some(high)) => format!("{}至{}", end(low), end(high)),
        (Lang::Zh, Some(low), None) => format!("{}以上", end(low)),
        (Lang::Zh, None, Some(high)) => format!("{}以下", end(high)),
        (Lang::Zh, None, None) => "不限".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Unit, read_quantity};

    fn n(text: &str) -> Number {
        match text.split_once('/') {
            Some((a, b)) => Number::from_digits(a).unwrap().divide(Number::from_digits(b).unwrap()).unwrap(),
            None => Number::from_digits(text).unwrap(),
        }
    }

    #[test]
    fn money_in_both_languages() {
        for (currency, amount, en, zh) in [
            ("CNY", "62000000", "CNY 62,000,000.00", "6200万元"),
            ("CNY", "69999999.99", "CNY 69,999,999.99", "69,999,999.99元"),
            ("CNY", "700000", "CNY 700,000.00", "70万元"),
            ("CNY", "10000", "CNY 10,000.00", "1万元"),
            ("CNY", "9999.9", "CNY 9,999.90", "9,999.90元"),
            ("CNY", "150000000000", "CNY 150,000,000,000.00", "1500亿元"),
            ("CNY", "120000000", "CNY 120,000,000.00", "1.2亿元"),
            ("CNY", "-123450000", "CNY -123,450,000.00", "-1.2345亿元"),
            ("CNY", "99990000", "CNY 99,990,000.00", "9999万元"),
            ("CNY", "15000", "CNY 15,000.00", "15,000.00元"),
            ("CNY", "0", "CNY 0.00", "0.00元"),
            ("CNY", "0.01", "CNY 0.01", "0.01元"),
            ("CNY", "-80000", "CNY -80,000.00", "-8万元"),
            ("CNY", "-1234.5", "CNY -1,234.50", "-1,234.50元"),
            ("USD", "1234.5", "USD 1,234.50", "USD 1,234.50"),
            ("USD", "20000", "USD 20,000.00", "USD 20,000.00"),
            ("JPY", "1234567", "JPY 1,234,567", "JPY 1,234,567"),
            ("KWD", "1.5", "KWD 1.500", "KWD 1.500"),
        ] {
            let currency = Currency::parse(currency).unwrap();
            for (lang, shown) in [(Lang::En, en), (Lang::Zh, zh)] {
                assert_eq!(money(lang, currency, n(amount)), shown, "{amount}");
                let read = read_quantity(shown).unwrap();
                assert_eq!((read.number, read.unit), (n(amount), Unit::Money(currency)), "{shown}");
            }
        }
        assert_eq!(money(Lang::En, Currency::CNY, n("1/3")), "about CNY 0.33");
        assert_eq!(money(Lang::Zh, Currency::CNY, n("20000/3")), "约6,666.67元");
        assert_eq!(money(Lang::En, Currency::CNY, n("0.125")), "CNY 0.125");
    }

    #[test]
    fn every_amount_reads_back() {
        let mut cents = 1_i64;
        while cents < 1_000_000_000_000_000 {
            for amount in [cents, cents * 10_000, cents - 1, -cents] {
                let amount = Number::from(amount).divide(Number::from(100)).unwrap();
                for lang in [Lang::En, Lang::Zh] {
                    let shown = money(lang, Currency::CNY, amount);
                    assert_eq!(read_quantity(&shown).unwrap().number, amount, "{shown}");
                }
            }
            cents = cents * 7 + 3;
        }
    }

    #[test]
    fn other_numbers() {
        let m2 = Type::Decimal(Some("m2".into()));
        let days = Type::Decimal(Some("days".into()));
        for (value_type, value, en, zh) in [
            (Type::Percent, "0.35", "35%", "35%"),
            (Type::Percent, "0.005", "0.5%", "0.5%"),
            (Type::Percent, "1/3", "about 33.33%", "约33.33%"),
            (Type::Percent, "31/15", "about 206.67%", "约206.67%"),
            (m2.clone(), "4200", "4200 m2", "4200平方米"),
            (m2, "0.5", "0.5 m2", "0.5平方米"),
            (days.clone(), "1", "1 day", "1天"),
            (days, "30", "30 days", "30天"),
            (Type::Decimal(Some("months".into())), "12", "12 months", "12个月"),
            (Type::Decimal(Some("kg".into())), "5", "5 kg", "5 kg"),
            (Type::Integer, "15000", "15000", "15000"),
            (Type::Decimal(None), "31/15", "about 2.0667", "约2.0667"),
            (Type::Decimal(None), "0.125", "0.125", "0.125"),
        ] {
            assert_eq!(number(Lang::En, &value_type, n(value)), en);
            assert_eq!(number(Lang::Zh, &value_type, n(value)), zh);
        }
        let date = Date::parse("2025-06-30").unwrap().day_number();
        assert_eq!(number(Lang::Zh, &Type::Date, Number::from(date)), "2025-06-30");
    }

    #[test]
    fn ranges() {
        let cny = Type::Money(Currency::CNY);
        let from_to = |low: Option<&str>, high: Option<&str>| Interval { low: low.map(n), high: high.map(n) };
        for (of, en, zh) in [
            (from_to(Some("0"), Some("50000")), "CNY 0.00 to CNY 50,000.00", "0.00元至5万元"),
            (from_to(Some("5"), Some("5")), "CNY 5.00", "5.00元"),
            (from_to(Some("5"), None), "CNY 5.00 or more", "5.00元以上"),
            (from_to(None, Some("5")), "up to CNY 5.00", "5.00元以下"),
            (Interval::ALL, "any", "不限"),
        ] {
            assert_eq!(range(Lang::En, &cny, of), en);
            assert_eq!(range(Lang::Zh, &cny, of), zh);
        }
    }
}
