//! All the numbers that an unknown number may still be: from a low to a high end, both included.
//!
//! An end that is absent is unbounded. Results are sound, not minimal: they hold every number that
//! some completion gives. An end whose computation overflows becomes unbounded.

use super::Number;

/// The numbers from `low` to `high`, ends included; an absent end is unbounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Interval {
    /// The lowest number, if there is one.
    pub low: Option<Number>,
    /// The highest number, if there is one.
    pub high: Option<Number>,
}

impl Interval {
    /// Every number.
    pub const ALL: Self = Self { low: None, high: None };

    /// One number alone.
    #[must_use]
    pub fn point(number: Number) -> Self {
        Self { low: Some(number), high: Some(number) }
    }

    /// The number, if there is only one.
    #[must_use]
    pub fn single(self) -> Option<Number> {
        if self.low == self.high { self.low } else { None }
    }

    /// True if `number` lies inside.
    #[must_use]
    pub fn contains(self, number: Number) -> bool {
        self.low.is_none_or(|low| low <= number) && self.high.is_none_or(|high| number <= high)
    }

    /// The smallest interval that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self {
            low: self.low.zip(other.low).map(|(a, b)| a.min(b)),
            high: self.high.zip(other.high).map(|(a, b)| a.max(b)),
        }
    }

    /// Sums of a number of each.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        let end = |a: Option<Number>, b: Option<Number>| a?.plus(b?).ok();
        Self { low: end(self.low, other.low), high: end(self.high, other.high) }
    }

    /// The numbers with the other sign.
    #[must_use]
    pub fn negate(self) -> Self {
        Self { low: self.high.map(Number::negate), high: self.low.map(Number::negate) }
    }

    /// Products of a number of each.
    #[must_use]
    pub fn multiply(self, other: Self) -> Self {
        let ends = [
            product(End::low(self), End::low(other)),
            product(End::low(self), End::high(other)),
            product(End::high(self), End::low(other)),
            product(End::high(self), End::high(other)),
        ];
        Self {
            low: ends.iter().map(|(least, _)| least).min().and_then(|end| end.number()),
            high: ends.iter().map(|(_, most)| most).max().and_then(|end| end.number()),
        }
    }

    /// Quotients of a number of each, for a divisor that cannot be zero; every number if it can.
    #[must_use]
    pub fn divide(self, other: Self) -> Self {
        if other.contains(Number::ZERO) {
            return Self::ALL;
        }
        let inverse = |end: Option<Number>| match end {
            // One over an unbounded end comes arbitrarily near to zero; zero bounds it soundly.
            None => Some(Number::ZERO),
            Some(number) => Number::ONE.divide(number).ok(),
        };
        self.multiply(Self { low: inverse(other.high), high: inverse(other.low) })
    }

    /// The lower of a number of each.
    #[must_use]
    pub fn least(self, other: Self) -> Self {
        Self {
            low: self.low.zip(other.low).map(|(a, b)| a.min(b)),
            high: match (self.high, other.high) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            },
        }
    }

    /// The higher of a number of each.
    #[must_use]
    pub fn greatest(self, other: Self) -> Self {
        self.negate().least(other.negate()).negate()
    }
}

/// An end of an interval; the order is that of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Below,
    At(Number),
    Above,
}

impl End {
    fn low(interval: Interval) -> Self {
        interval.low.map_or(Self::Below, Self::At)
    }

    fn high(interval: Interval) -> Self {
        interval.high.map_or(Self::Above, Self::At)
    }

    fn number(self) -> Option<Number> {
        match self {
            Self::At(number) => Some(number),
            Self::Below | Self::Above => None,
        }
    }

    /// Below, at or above zero.
    fn sign(self) -> std::cmp::Ordering {
        match self {
            Self::Below => std::cmp::Ordering::Less,
            Self::At(number) => number.cmp(&Number::ZERO),
            Self::Above => std::cmp::Ordering::Greater,
        }
    }
}

/// The least and the most that the product of two ends may be; zero times an unbounded end is zero,
/// since every number in between is finite. A product that is out of range is bounded by whole numbers.
fn product(left: End, right: End) -> (End, End) {
    use std::cmp::Ordering::{Equal, Greater, Less};
    let zero = End::At(Number::ZERO);
    if let (End::At(a), End::At(b)) = (left, right) {
        if let Ok(number) = a.multiply(b) {
            return (End::At(number), End::At(number));
        }
        let (least, most) = a.product_between(b);
        return (least.map_or(End::Below, End::At), most.map_or(End::Above, End::At));
    }
    match (left.sign(), right.sign()) {
        (Equal, _) | (_, Equal) => (zero, zero),
        (Less, Less) | (Greater, Greater) => (End::Above, End::Above),
        (Less, Greater) | (Greater, Less) => (End::Below, End::Below),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn interval(low: Option<i64>, high: Option<i64>) -> Interval {
        Interval { low: low.map(Number::from), high: high.map(Number::from) }
    }

    #[test]
    fn products_and_quotients_of_unbounded_intervals() {
        for (left, right, product) in [
            ((Some(0), None), (Some(2), Some(3)), (Some(0), None)),
            ((Some(-1), Some(2)), (None, Some(5)), (None, None)),
            ((Some(0), Some(0)), (None, None), (Some(0), Some(0))),
            ((None, Some(-1)), (None, Some(-1)), (Some(1), None)),
        ] {
            let got = interval(left.0, left.1).multiply(interval(right.0, right.1));
            assert_eq!(got, interval(product.0, product.1), "{left:?} * {right:?}");
        }
        assert_eq!(interval(Some(6), Some(6)).divide(interval(Some(2), None)), interval(Some(0), Some(3)));
        assert_eq!(interval(Some(6), Some(6)).divide(interval(Some(0), Some(1))), Interval::ALL);
    }

    #[test]
    fn a_product_out_of_range_is_bounded() {
        let small = Number::ONE.divide(Number::from(1_000_000_000_000_000)).unwrap();
        let tiny = Interval::point(small);
        // 10^-30 is out of range: it lies between zero and one.
        assert_eq!(tiny.multiply(tiny), interval(Some(0), Some(1)));
        assert_eq!(tiny.negate().multiply(tiny), interval(Some(-1), Some(0)));
        // 10^30 is, too: it is above everything that is in range.
        let large = Interval::point(Number::from(1_000_000_000_000_000));
        let product = large.multiply(large);
        assert!(product.low > Some(Number::from(i64::MAX)));
        assert_eq!(product.high, None);
    }

    proptest! {
        #[test]
        fn every_completion_lies_inside(a in -50_i64..50, b in -50_i64..50, c in 0_i64..20, d in 0_i64..20, e in 0_i64..20, f in 0_i64..20) {
            let left = interval(Some(a - c), Some(a + d));
            let right = interval(Some(b - e), Some(b + f));
            let (x, y) = (Number::from(a), Number::from(b));
            prop_assert!(left.plus(right).contains(x.plus(y).unwrap()));
            prop_assert!(left.multiply(right).contains(x.multiply(y).unwrap()));
            prop_assert!(left.least(right).contains(x.min(y)));
            prop_assert!(left.greatest(right).contains(x.max(y)));
            prop_assert!(left.hull(right).contains(x));
            if let Ok(quotient) = x.divide(y) {
                prop_assert!(left.divide(right).contains(quotient));
            }
        }
    }
}
