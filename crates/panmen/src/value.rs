//! What a fact may be: its types, and reading a value of a type from text.
//!
//! In: text and a declared type. Out: a value, or a problem that shows the right spelling. Scalars
//! are never guessed: `0110` stays a code, `no` stays a country, no decimal passes through a float.

mod codes;
mod currency;
mod date;
mod date_text;
mod label;
mod mend;
mod quantity;
mod uscc;
mod width;

pub use codes::{CodeFormat, CodeSet};
pub use currency::Currency;
pub use date::{Date, Month};
pub use date_text::{read_date, read_month};
pub use label::Label;
pub use mend::{Spelling, band_spelling, respelled, spelling};
pub use quantity::{Quantity, TimeUnit, Unit, read_quantity, unit_word};
pub use width::{ascii_for, begins_word, code_point, continues_word};

pub(crate) use date_text::{Calendar, scan_date};
pub(crate) use quantity::{Scanned, scan_number};

use crate::diagnostic::{Problem, ValueProblem, is_invisible, quote};
use crate::number::{Interval, Number};
use std::fmt;
use std::sync::Arc;

/// The type of a value. This is the one list of value types.
#[derive(Debug, Clone, PartialEq)]
pub enum Type {
    /// `yes_no`
    YesNo,
    /// `integer`
    Integer,
    /// `decimal`, with a unit or without.
    Decimal(Option<Arc<str>>),
    /// `percent`; 20% is 0.2.
    Percent,
    /// `money`
    Money(Currency),
    /// `date`
    Date,
    /// `text`; true with `format: uscc`.
    Text(bool),
    /// `code` of a list.
    Code(Arc<CodeSet>),
    /// `choice` of options.
    Choice(Arc<CodeSet>),
    /// `list` of records.
    List(Arc<[Field]>),
}

/// A field of the records of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name, scoped to the list.
    pub name: String,
    /// Its type; never a list.
    pub value_type: Type,
    /// The numbers that are possible at all.
    pub range: Interval,
    /// Shown to people.
    pub label: Label,
    /// May be given as a band.
    pub accepts_band: bool,
}

/// The words that stand after `type:`.
pub const TYPE_WORDS: &[&str] =
    &["yes_no", "integer", "decimal", "percent", "money", "date", "text", "code", "choice", "list"];

/// The words that may stand beside a value in a profile.
pub const LEAF_KEYS: &[&str] = &[
    "value",
    "status",
    "evidence",
    "documents",
    "verified_by",
    "verified_at",
    "signed_by",
    "signed_at",
    "reason",
];

/// True for a word that stands beside values or rows in a profile and so cannot be a field.
#[must_use]
pub fn is_provenance(word: &str) -> bool {
    LEAF_KEYS.contains(&word) || matches!(word, "rows" | "complete")
}

impl Type {
    /// The word after `type:`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::YesNo => "yes_no",
            Self::Integer => "integer",
            Self::Decimal(_) => "decimal",
            Self::Percent => "percent",
            Self::Money(_) => "money",
            Self::Date => "date",
            Self::Text(_) => "text",
            Self::Code(_) => "code",
            Self::Choice(_) => "choice",
            Self::List(_) => "list",
        }
    }

    /// True for the types whose values are numbers.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Integer | Self::Decimal(_) | Self::Percent | Self::Money(_))
    }
}

/// A value of a fact or parameter; its type says what the number counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// An integer, decimal, percent or amount.
    Number(Number),
    /// A day.
    Date(Date),
    /// A text, a code or the id of an option.
    Word(Arc<str>),
}

/// The one canonical spelling, without unit.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
            Self::Number(number) => write!(f, "{number}"),
            Self::Date(date) => write!(f, "{date}"),
            Self::Word(word) => f.write_str(word),
        }
    }
}

/// Reads a value of a type from text.
///
/// # Errors
/// A problem that shows the spelling that is accepted and means the same, else an example.
pub fn read_text(value_type: &Type, text: &str) -> Result<Value, Problem> {
    let text = text.trim_matches(' ');
    read_exactly(value_type, text).map_err(|problem| mend::explained(value_type, text, problem))
}

/// Reads a value without looking for what else may have been meant.
fn read_exactly(value_type: &Type, text: &str) -> Result<Value, Problem> {
    let text = text.trim_matches(' ');
    if text.is_empty() {
        return Err(ValueProblem::EmptyValue { kind: value_type.word().to_owned() }.into());
    }
    match value_type {
        Type::YesNo => match text {
            "yes" | "true" | "是" => Ok(Value::YesNo(true)),
            "no" | "false" | "否" => Ok(Value::YesNo(false)),
            _ => Err(ValueProblem::NotYesNo { text: quote(text) }.into()),
        },
        Type::Date => Ok(Value::Date(date_text::exactly(text)?)),
        Type::Text(uscc) => {
            printable(text)?;
            if *uscc {
                uscc::check(text)?;
            }
            Ok(Value::Word(text.into()))
        }
        Type::Code(set) | Type::Choice(set) => {
            printable(text)?;
            Ok(Value::Word(set.read(text)?))
        }
        Type::Integer | Type::Decimal(_) | Type::Percent | Type::Money(_) => {
            let quantity = read_quantity(text)?;
            fit_quantity(value_type, &quantity, text).map(Value::Number)
        }
        // A list is never one scalar; its reader says how it is written.
        Type::List(_) => Err(ValueProblem::EmptyValue { kind: "list".to_owned() }.into()),
    }
}

/// Refuses characters that cannot be seen.
fn printable(text: &str) -> Result<(), Problem> {
    match text.chars().find(|c| c.is_control() || is_invisible(*c)) {
        None => Ok(()),
        Some(c) => {
            let code_point = format!("U+{:04X}", u32::from(c));
            Err(ValueProblem::ControlCharacter { code_point }.into())
        }
    }
}

/// The number of a quantity, if what it counts fits the type.
///
/// # Errors
/// Another currency or unit, a missing currency or percent sign, a fraction where an integer is due.
pub fn fit_quantity(value_type: &Type, quantity: &Quantity, text: &str) -> Result<Number, Problem> {
    let number = quantity.number;
    let text = quote(text);
    let found = |unit: &Unit| match unit {
        Unit::None => String::new(),
        Unit::Percent => "%".to_owned(),
        Unit::Money(currency) => currency.to_string(),
        Unit::Measure(measure) => measure.clone(),
    };
    let wrong_unit = |found, expected| -> Problem {
        ValueProblem::WrongUnit { text: text.clone(), found, expected, example: example(value_type) }.into()
    };
    match (value_type, &quantity.unit) {
        (Type::Money(expected), Unit::Money(currency)) if expected == currency => Ok(number),
        (Type::Money(expected), Unit::Money(currency)) => Err(ValueProblem::WrongCurrency {
            text,
            found: currency.to_string(),
            expected: expected.to_string(),
        }
        .into()),
        (Type::Money(expected), Unit::None) => {
            let fixed = format!("{number} {expected}");
            Err(ValueProblem::NoCurrency { text, fixed }.into())
        }
        (Type::Money(expected), unit) => Err(wrong_unit(found(unit), expected.to_string())),
        (Type::Percent, Unit::Percent) | (Type::Decimal(_), Unit::None) => Ok(number),
        (Type::Percent, Unit::None) => {
            let fixed = format!("{}%", quantity.digits);
            Err(ValueProblem::NoPercent { text, fixed }.into())
        }
        (Type::Percent, unit) => Err(wrong_unit(found(unit), "%".to_owned())),
        (Type::Decimal(Some(expected)), Unit::Measure(measure)) if **expected == *measure => Ok(number),
        (Type::Decimal(Some(expected)), unit) => Err(wrong_unit(found(unit), expected.to_string())),
        (Type::Integer, Unit::None) if number.is_integer() => Ok(number),
        (Type::Integer, Unit::None) => Err(ValueProblem::NotInteger { text }.into()),
        (other, unit) => {
            Err(ValueProblem::NoUnit { text, found: found(unit), kind: other.word().to_owned() }.into())
        }
    }
}

/// Reads a range such as `0..1_000_000`, `0 CNY..` or `10..49`: both ends included, an absent end open.
/// Dates are counted in days since 0001-01-01.
///
/// # Errors
/// What is wrong with either end, or a beginning above the end.
pub fn read_range(value_type: &Type, text: &str) -> Result<Interval, Problem> {
    range_exactly(value_type, text).map_err(|problem| match band_spelling(value_type, text) {
        Some(right) => mend::respelled(text, right),
        None => problem,
    })
}

/// Reads a range without looking for what else may have been meant.
fn range_exactly(value_type: &Type, text: &str) -> Result<Interval, Problem> {
    let (low, high) = text.split_once("..").unwrap_or((text, text));
    let end = |part: &str| -> Result<Option<Number>, Problem> {
        if part.trim().is_empty() {
            return Ok(None);
        }
        match read_text(value_type, part)? {
            Value::Number(number) => Ok(Some(number)),
            Value::Date(date) => Ok(Some(Number::from(date.day_number()))),
            Value::YesNo(_) | Value::Word(_) => Err(ValueProblem::NoBand { text: quote(text) }.into()),
        }
    };
    let interval = Interval { low: end(low)?, high: end(high)? };
    match (interval.low, interval.high) {
        (None, None) => Err(ValueProblem::EmptyValue { kind: value_type.word().to_owned() }.into()),
        (Some(low), Some(high)) if low > high => Err(ValueProblem::BandOrder { text: quote(text) }.into()),
        _ => Ok(interval),
    }
}

/// A number as it is written for its type: `70000000 CNY`, `4200 m2`, `20%`, a date for days.
#[must_use]
pub fn write_number(value_type: &Type, number: Number) -> String {
    match value_type {
        Type::Money(currency) => format!("{number} {currency}"),
        Type::Decimal(Some(unit)) => format!("{number} {unit}"),
        Type::Percent => match number.multiply(Number::from(100)) {
            Ok(hundredfold) => format!("{hundredfold}%"),
            Err(_) => number.to_string(),
        },
        Type::Date => number
            .to_i64()
            .and_then(Date::from_day_number)
            .map_or_else(|| number.to_string(), |date| date.to_string()),
        _ => number.to_string(),
    }
}

/// A range as it is written for its type.
#[must_use]
pub fn write_range(value_type: &Type, range: Interval) -> String {
    let end = |number: Option<Number>| number.map_or_else(String::new, |n| write_number(value_type, n));
    format!("{}..{}", end(range.low), end(range.high))
}

/// A value of a type as one would write it.
#[must_use]
pub fn example(value_type: &Type) -> String {
    match value_type {
        Type::YesNo => "yes".to_owned(),
        Type::Integer => "120".to_owned(),
        Type::Decimal(None) => "1.5".to_owned(),
        Type::Decimal(Some(unit)) => format!("1_500 {unit}"),
        Type::Percent => "35%".to_owned(),
        Type::Money(currency) => format!("70_000_000 {currency}"),
        Type::Date => "2024-05-06".to_owned(),
        Type::Text(true) => "91000000MA00000157".to_owned(),
        Type::Text(false) => "some text".to_owned(),
        Type::Code(set) | Type::Choice(set) => {
            set.codes.keys().next().map_or_else(|| "code".to_owned(), ToString::to_string)
        }
        Type::List(_) => "[...]".to_owned(),
    }
}
