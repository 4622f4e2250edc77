//! Calendar dates and months, and completed spans between dates. Alone names the date crate.

use super::quantity::TimeUnit;
use jiff::civil;
use std::fmt;

/// A calendar day, from year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(civil::Date);

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year, from 1 to 9999.
    pub year: i16,
    /// From 1 to 12.
    pub month: i8,
}

impl Date {
    /// The first day there is, 0001-01-01.
    pub const EARLIEST: Self = Self(civil::Date::constant(1, 1, 1));

    /// The day, if there is one.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        if year < 1 {
            return None;
        }
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// Reads `YYYY-MM-DD` and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits =
            |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month that the day lies in.
    #[must_use]
    pub fn month(self) -> Month {
        Month { year: self.0.year(), month: self.0.month() }
    }

    /// Days since 0001-01-01, for intervals of dates.
    #[must_use]
    pub fn day_number(self) -> i64 {
        civil::Date::new(1, 1, 1)
            .and_then(|first| first.until((jiff::Unit::Day, self.0)))
            .map_or(0, |span| i64::from(span.get_days()))
    }

    /// The day with that number of days since 0001-01-01.
    #[must_use]
    pub fn from_day_number(days: i64) -> Option<Self> {
        let first = civil::Date::new(1, 1, 1).ok()?;
        let span = jiff::Span::new().try_days(days).ok()?;
        first.checked_add(span).ok().filter(|date| date.year() >= 1).map(Self)
    }

    /// The day `count` units later (earlier if negative); a month's end is kept within the month.
    #[must_use]
    pub fn plus(self, count: i64, unit: TimeUnit) -> Option<Self> {
        let span = jiff::Span::new();
        let span = match unit {
            TimeUnit::Days => span.try_days(count),
            TimeUnit::Months => span.try_months(count),
            TimeUnit::Years => span.try_years(count),
        };
        self.0.checked_add(span.ok()?).ok().filter(|date| date.year() >= 1).map(Self)
    }

    /// Completed units from this day to `other`, negative if `other` lies before it.
    #[must_use]
    pub fn completed(self, other: Self, unit: TimeUnit) -> i64 {
        if other < self {
            return other.completed(self, unit).saturating_neg();
        }
        match unit {
            TimeUnit::Days => other.day_number().saturating_sub(self.day_number()),
            TimeUnit::Months | TimeUnit::Years => {
                let months = other.month().index().saturating_sub(self.month().index());
                // The last month counts once its day is reached; a start on the 31st is reached on
                // the last day of a shorter month, as `plus` has it.
                let reached = self.plus(months, TimeUnit::Months).is_some_and(|day| day <= other);
                let months = if reached { months } else { months.saturating_sub(1) };
                if unit == TimeUnit::Months { months } else { months.checked_div(12).unwrap_or(0) }
            }
        }
    }
}

impl Month {
    /// The month, if there is one.
    #[must_use]
    pub fn new(year: i16, month: i8) -> Option<Self> {
        Date::new(year, month, 1).map(|_| Self { year, month })
    }

    /// Reads `YYYY-MM` and nothing else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 7).then(|| Date::parse(&format!("{text}-01")))?.map(Date::month)
    }

    /// Months since January of the year 0.
    #[must_use]
    pub fn index(self) -> i64 {
        i64::from(self.year).saturating_mul(12).saturating_add(i64::from(self.month)).saturating_sub(1)
    }

    /// The month with that number of months since January of the year 0.
    #[must_use]
    pub fn from_index(index: i64) -> Option<Self> {
        let year = i16::try_from(index.checked_div_euclid(12)?).ok()?;
        let month = i8::try_from(index.checked_rem_euclid(12)?.checked_add(1)?).ok()?;
        Self::new(year, month)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Option<Date> {
        Date::new(self.year, self.month, 1)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    #[test]
    fn only_real_days_in_one_spelling() {
        for bad in
            ["2026-02-30", "2026-13-01", "2025-02-29", "23/11/26", "2025-6-1", "20250601", "0000-01-01"]
        {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
        assert_eq!(d("2024-02-29").to_string(), "2024-02-29");
        assert_eq!(Month::parse("2024-13"), None);
        assert_eq!(Month::parse("2024-02").unwrap().to_string(), "2024-02");
    }

    #[test]
    fn completed_spans() {
        for (from, to, unit, count) in [
            ("2024-05-06", "2025-05-05", TimeUnit::Years, 0),
            ("2024-05-06", "2025-05-06", TimeUnit::Years, 1),
            ("2025-05-06", "2024-05-06", TimeUnit::Years, -1),
            ("2024-02-29", "2025-02-28", TimeUnit::Years, 1),
            ("2024-01-31", "2024-02-29", TimeUnit::Months, 1),
            ("2024-01-31", "2024-02-28", TimeUnit::Months, 0),
            ("2024-03-01", "2024-02-29", TimeUnit::Days, -1),
        ] {
            assert_eq!(d(from).completed(d(to), unit), count, "{from} to {to}");
        }
    }

    #[test]
    fn adding_months_stays_within_the_month() {
        assert_eq!(d("2024-01-31").plus(1, TimeUnit::Months), Some(d("2024-02-29")));
        assert_eq!(d("2024-02-29").plus(-1, TimeUnit::Years), Some(d("2023-02-28")));
        assert_eq!(d("9999-12-31").plus(1, TimeUnit::Days), None);
        assert_eq!(Date::from_day_number(d("2025-06-30").day_number()), Some(d("2025-06-30")));
        assert_eq!(Month::from_index(Month::new(2024, 12).unwrap().index() + 1), Month::new(2025, 1));
    }
}
