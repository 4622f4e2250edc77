//! Exact numbers: reduced fractions, and intervals of them. All arithmetic of the core is here.
//!
//! In: decimals as text. Out: exact results, or a fault where the numerator or denominator of a
//! result reaches 10^28. Never rounds unless asked by [`Number::round`], never holds a float.

mod interval;

pub use interval::Interval;

use num_bigint::BigInt;
use num_rational::Ratio;
use num_traits::{CheckedMul, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;
use std::fmt;

/// Numerator and denominator of every number stay below this.
const LIMIT: i128 = 10_000_000_000_000_000_000_000_000_000;

/// Why a number could not be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A divisor is exactly zero.
    DivisionByZero,
    /// A numerator or denominator reached 10^28.
    Overflow,
}

/// How an amount is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Towards zero.
    Down,
    /// Away from zero.
    Up,
    /// To the nearest, halves away from zero.
    Nearest,
}

/// An exact number: a fraction in lowest terms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Ratio<i128>);

impl Number {
    /// Zero.
    pub const ZERO: Self = Self(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Self = Self(Ratio::new_raw(1, 1));

    /// An exact decimal from digits that `value::quantity` has already found well formed
    /// (an optional minus, digits, an optional fraction); none if 28 digits do not hold it.
    #[must_use]
    pub fn from_digits(digits: &str) -> Option<Self> {
        Decimal::from_str_exact(digits).ok().and_then(Self::from_decimal)
    }

    /// The same number as a fraction.
    #[must_use]
    pub fn from_decimal(decimal: Decimal) -> Option<Self> {
        let denominator = 10_i128.checked_pow(decimal.scale())?;
        Self::fits(Ratio::new(decimal.mantissa(), denominator)).ok()
    }

    fn fits(ratio: Ratio<i128>) -> Result<Self, Fault> {
        let inside = ratio.numer() > &-LIMIT && ratio.numer() < &LIMIT && ratio.denom() < &LIMIT;
        if inside { Ok(Self(ratio)) } else { Err(Fault::Overflow) }
    }

    fn fits_big(ratio: &Ratio<BigInt>) -> Result<Self, Fault> {
        let narrow = |part: &BigInt| part.to_i128().ok_or(Fault::Overflow);
        Self::fits(Ratio::new_raw(narrow(ratio.numer())?, narrow(ratio.denom())?))
    }

    fn big(self) -> Ratio<BigInt> {
        Ratio::new_raw(BigInt::from(*self.0.numer()), BigInt::from(*self.0.denom()))
    }

    /// The sum.
    ///
    /// # Errors
    /// [`Fault::Overflow`] if the exact sum is out of range.
    pub fn plus(self, other: Self) -> Result<Self, Fault> {
        if let (1, 1) = (self.0.denom(), other.0.denom()) {
            // Both below 10^28: the sum of two such integers cannot leave an i128.
            return Self::fits(Ratio::new_raw(self.0.numer().saturating_add(*other.0.numer()), 1));
        }
        match num_traits::CheckedAdd::checked_add(&self.0, &other.0) {
            Some(sum) => Self::fits(sum),
            None => Self::fits_big(&(big_sum(&self.big(), &other.big()))),
        }
    }

    /// The difference.
    ///
    /// # Errors
    /// [`Fault::Overflow`] if the exact difference is out of range.
    pub fn subtract(self, other: Self) -> Result<Self, Fault> {
        self.plus(other.negate())
    }

    /// The product.
    ///
    /// # Errors
    /// [`Fault::Overflow`] if the exact product is out of range.
    pub fn multiply(self, other: Self) -> Result<Self, Fault> {
        // Common factors are cancelled before the parts are multiplied, so a part that leaves an
        // i128 is one that left 10^28 in lowest terms.
        self.0.checked_mul(&other.0).ok_or(Fault::Overflow).and_then(Self::fits)
    }

    /// Whole numbers between which the exact product lies, whatever its size; none where that one
    /// would be out of range.
    #[must_use]
    pub fn product_between(self, other: Self) -> (Option<Self>, Option<Self>) {
        let Some(product) = self.big().checked_mul(&other.big()) else { return (None, None) };
        let whole = |number: BigInt| {
            let fits = number.to_i128().map(|number| Self::fits(Ratio::new_raw(number, 1)));
            match fits {
                Some(Ok(number)) => Ok(number),
                _ => Err(number.is_negative()),
            }
        };
        let end = || Self(Ratio::new_raw(LIMIT.saturating_sub(1), 1));
        let least = match whole(product.floor().to_integer()) {
            Ok(number) => Some(number),
            Err(negative) => (!negative).then(end),
        };
        let most = match whole(product.ceil().to_integer()) {
            Ok(number) => Some(number),
            Err(negative) => negative.then(|| end().negate()),
        };
        (least, most)
    }

    /// The exact quotient.
    ///
    /// # Errors
    /// [`Fault::DivisionByZero`], or [`Fault::Overflow`] if the exact quotient is out of range.
    pub fn divide(self, other: Self) -> Result<Self, Fault> {
        if other.is_zero() {
            return Err(Fault::DivisionByZero);
        }
        self.multiply(Self(other.0.recip()))
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negate(self) -> Self {
        // INVARIANT: |numerator| < 10^28, so the sign always flips.
        Self(Ratio::new_raw(self.0.numer().wrapping_neg(), *self.0.denom()))
    }

    /// The number without its sign.
    #[must_use]
    pub fn magnitude(self) -> Self {
        if self.0.is_negative() { self.negate() } else { self }
    }

    /// The exact sum of all, tested against the range once, at the end: order does not matter.
    ///
    /// # Errors
    /// [`Fault::Overflow`] if the exact sum is out of range.
    pub fn sum(numbers: impl IntoIterator<Item = Self>) -> Result<Self, Fault> {
        let mut small = Some(Self::ZERO);
        let mut terms = Vec::new();
        for number in numbers {
            small = small.and_then(|sum| sum.plus(number).ok());
            terms.push(number);
        }
        if let Some(sum) = small {
            return Ok(sum);
        }
        let zero = Ratio::new_raw(BigInt::from(0), BigInt::from(1));
        Self::fits_big(&terms.iter().fold(zero, |sum, term| big_sum(&sum, &term.big())))
    }

    /// True for zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// True below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_negative()
    }

    /// True for a whole number.
    #[must_use]
    pub fn is_integer(self) -> bool {
        self.0.is_integer()
    }

    /// The number as an integer, if it is one that fits.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if self.is_integer() { self.0.to_integer().to_i64() } else { None }
    }

    /// The number as a decimal, if it has one with at most 28 places.
    #[must_use]
    pub fn to_decimal(self) -> Option<Decimal> {
        let (mut numerator, denominator) = (*self.0.numer(), *self.0.denom());
        let mut rest = denominator;
        let mut scale = 0_u32;
        while rest != 1 {
            let step = if rest.checked_rem(10) == Some(0) {
                1
            } else if rest.checked_rem(2) == Some(0) {
                5
            } else if rest.checked_rem(5) == Some(0) {
                2
            } else {
                return None;
            };
            numerator = numerator.checked_mul(step)?;
            rest = rest.checked_mul(step)?.checked_div(10)?;
            scale = scale.checked_add(1)?;
        }
        Decimal::try_from_i128_with_scale(numerator, scale).ok().map(|decimal| decimal.normalize())
    }

    /// How many thousandths of `whole` the number is, for a drawing: rounded down, from 0 to 1000;
    /// none where that cannot be computed.
    #[must_use]
    pub fn thousandths_of(self, whole: Self) -> Option<u16> {
        let share = self.divide(whole).ok()?.multiply(Self::from(1000)).ok()?;
        share.0.floor().to_integer().clamp(0, 1000).to_u16()
    }

    /// Rounds to a multiple of `unit` (which must be above zero; else nothing changes).
    ///
    /// # Errors
    /// [`Fault::Overflow`] if the result is out of range.
    pub fn round(self, unit: Self, rounding: Rounding) -> Result<Self, Fault> {
        if unit <= Self::ZERO {
            return Ok(self);
        }
        let steps = self.divide(unit)?.0;
        let whole = match rounding {
            Rounding::Down => steps.trunc(),
            Rounding::Up if steps.is_negative() => steps.floor(),
            Rounding::Up => steps.ceil(),
            // `Ratio::round` takes halves away from zero.
            Rounding::Nearest => steps.round(),
        };
        Self(whole).multiply(unit)
    }
}

fn big_sum(left: &Ratio<BigInt>, right: &Ratio<BigInt>) -> Ratio<BigInt> {
    #[expect(clippy::arithmetic_side_effects, reason = "fractions of unlimited integers do not overflow")]
    let sum = left + right;
    sum
}

impl From<i64> for Number {
    fn from(integer: i64) -> Self {
        Self(Ratio::new_raw(i128::from(integer), 1))
    }
}

/// The one spelling of a number: a decimal without needless zeros, else `n/d` in lowest terms.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal() {
            Some(decimal) => write!(f, "{decimal}"),
            None => write!(f, "{}/{}", self.0.numer(), self.0.denom()),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Number {
        match text.split_once('/') {
            Some((a, b)) => Number::from_digits(a).unwrap().divide(Number::from_digits(b).unwrap()).unwrap(),
            None => Number::from_digits(text).unwrap(),
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        for (left, op, right, result) in [
            ("0.1", '+', "0.2", "0.3"),
            ("69999999.99", '+', "0.01", "70000000"),
            ("1/3", '+', "1/6", "0.5"),
            ("1", '/', "3", "1/3"),
            ("1/3", '*', "3", "1"),
            ("-7.5", '-', "2.5", "-10"),
            ("0.0000000000000000000000000001", '*', "10000000000000000000000000000/10", "0.1"),
        ] {
            let left_number = if left == "0.0000000000000000000000000001" { None } else { Some(n(left)) };
            let Some(left_number) = left_number else {
                // One part in 10^28 has a denominator of 10^28: out of range from the start.
                assert_eq!(Number::from_digits(left), None);
                continue;
            };
            let right = n(right);
            let got = match op {
                '+' => left_number.plus(right),
                '-' => left_number.subtract(right),
                '*' => left_number.multiply(right),
                _ => left_number.divide(right),
            };
            assert_eq!(got.unwrap().to_string(), result, "{left} {op} {right}");
        }
    }

    #[test]
    fn the_range_ends_below_ten_to_the_twenty_eight() {
        let top = n("9999999999999999999999999999");
        assert_eq!(top.plus(Number::ONE), Err(Fault::Overflow));
        assert_eq!(top.subtract(Number::ONE).unwrap().to_string(), "9999999999999999999999999998");
        assert_eq!(top.multiply(top), Err(Fault::Overflow));
        assert_eq!(Number::ONE.divide(Number::ZERO), Err(Fault::DivisionByZero));
        assert_eq!(Number::from_digits("10000000000000000000000000000"), None);
        // The intermediate of this sum leaves an i128; the sum itself does not leave the range.
        let third = Number::ONE.divide(n("9999999999999999999999999999")).unwrap();
        assert_eq!(third.plus(third.negate()).unwrap(), Number::ZERO);
    }

    #[test]
    fn a_sum_is_tested_once_at_its_end() {
        let top = n("9999999999999999999999999999");
        let there_and_back = [top, top, top.negate(), top.negate(), Number::ONE];
        assert_eq!(Number::sum(there_and_back), Ok(Number::ONE));
        assert_eq!(Number::sum([top, Number::ONE]), Err(Fault::Overflow));
    }

    #[test]
    fn rounding_takes_halves_away_from_zero() {
        for (number, unit, rounding, result) in [
            ("2.345", "0.01", Rounding::Nearest, "2.35"),
            ("-2.345", "0.01", Rounding::Nearest, "-2.35"),
            ("19999.99", "10000", Rounding::Down, "10000"),
            ("-19999.99", "10000", Rounding::Down, "-10000"),
            ("10000.01", "10000", Rounding::Up, "20000"),
            ("-10000.01", "10000", Rounding::Up, "-20000"),
            ("1/3", "0.01", Rounding::Nearest, "0.33"),
        ] {
            assert_eq!(n(number).round(n(unit), rounding).unwrap().to_string(), result, "{number} to {unit}");
        }
    }

    #[test]
    fn thousandths_stay_between_their_ends() {
        for (part, whole, share) in [
            ("62", "70", Some(885)),
            ("0", "7", Some(0)),
            ("7", "7", Some(1000)),
            ("8", "7", Some(1000)),
            ("-1", "7", Some(0)),
            ("1", "0", None),
            ("9999999999999999999999999999", "0.01", None),
        ] {
            assert_eq!(n(part).thousandths_of(n(whole)), share, "{part} of {whole}");
        }
    }

    proptest! {
        #[test]
        fn sums_do_not_depend_on_order(mut parts in proptest::collection::vec((-10_000_000_i64..10_000_000, 1_i64..500), 0..12)) {
            let numbers = |parts: &[(i64, i64)]| -> Vec<Number> {
                parts.iter().map(|(a, b)| Number::from(*a).divide(Number::from(*b)).unwrap()).collect()
            };
            let forward = Number::sum(numbers(&parts));
            parts.reverse();
            prop_assert_eq!(forward, Number::sum(numbers(&parts)));
        }

        #[test]
        fn a_decimal_prints_and_reads_back(mantissa in -999_999_999_999_i64..999_999_999_999, scale in 0_u32..12) {
            let decimal = Decimal::new(mantissa, scale);
            let number = Number::from_decimal(decimal).unwrap();
            prop_assert_eq!(Number::from_digits(&number.to_string()), Some(number));
        }
    }
}
