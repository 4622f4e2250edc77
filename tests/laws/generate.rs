//! Conditions, tiers and firms at random.

use super::firm::{MOST, MOST_SIZE, Partly};
use super::model::{Cond, Num, RowCond, Tier};
use proptest::prelude::*;
use proptest::sample::select;

/// How the generated cases are run: as many as `PROPTEST_CASES` says, no file of failures.
pub(crate) fn config() -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::default() }
}

/// Fewer cases, for a law each case of which costs far more than one condition.
pub(crate) fn one_in(parts: u32) -> ProptestConfig {
    let config = config();
    ProptestConfig { cases: config.cases.div_ceil(parts), ..config }
}

fn sign() -> impl Strategy<Value = &'static str> {
    select(vec!["<", "<=", ">", ">="])
}

fn row() -> impl Strategy<Value = RowCond> {
    prop_oneof![
        Just(RowCond::Own),
        Just(RowCond::NotOwn),
        (0..=MOST_SIZE + 1).prop_map(RowCond::Size),
        (1..=MOST_SIZE).prop_map(RowCond::Both),
        (1..=MOST_SIZE).prop_map(RowCond::Either),
    ]
}

/// Numbers; facts are numbered below `pool`.
fn number(pool: usize) -> BoxedStrategy<Num> {
    let fact = (0..pool).prop_map(Num::Fact);
    let leaf = prop_oneof![6 => fact, 1 => (-1..=MOST).prop_map(Num::Literal)];
    leaf.prop_recursive(2, 6, 2, move |inner| {
        let two = || (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        prop_oneof![
            two().prop_map(|(a, b)| Num::Add(a, b)),
            two().prop_map(|(a, b)| Num::Subtract(a, b)),
            two().prop_map(|(a, b)| Num::Multiply(a, b)),
            (any::<bool>(), two()).prop_map(|(greatest, (a, b))| Num::Pick(greatest, a, b)),
            (0..pool, two()).prop_map(|(fact, (a, b))| Num::If(Box::new(Cond::Fact(fact)), a, b)),
        ]
    })
    .boxed()
}

fn leaf(pool: usize) -> BoxedStrategy<Cond> {
    let low = (-1..=MOST, 0..=MOST).prop_map(|(low, more)| (low, low + more));
    prop_oneof![
        6 => (0..pool).prop_map(Cond::Fact),
        1 => Just(Cond::Error),
        3 => (sign(), number(pool), -1..=MOST + 2).prop_map(|(sign, number, bound)| Cond::Compare(sign, number, bound)),
        // Of a sum or product an interval may hold numbers that no completion gives; a bound does not.
        1 => (0..pool, low).prop_map(|(fact, (low, high))| Cond::Between(fact, low, high)),
        // Two neighbours could be all that a band holds; the engine does not count whole numbers.
        1 => (0..pool, 0..=MOST).prop_map(|(fact, a)| Cond::OneOf(fact, a, a + 2)),
        1 => (any::<bool>(), 0..pool, row()).prop_map(|(every, list, row)| Cond::Rows { every, list, row }),
        1 => (0..pool, row(), 0..4_i64).prop_map(|(list, row, least)| Cond::Count { list, row, least }),
        1 => (0..pool, row(), 0..6_i64).prop_map(|(list, row, least)| Cond::Sum { list, row, least }),
    ]
    .boxed()
}

fn expression(pool: usize) -> BoxedStrategy<Cond> {
    leaf(pool)
        .prop_recursive(3, 10, 3, |inner| {
            let one = || inner.clone().prop_map(Box::new);
            let some = || proptest::collection::vec(inner.clone(), 2..4);
            prop_oneof![
                2 => one().prop_map(Cond::Not),
                3 => some().prop_map(Cond::And),
                3 => some().prop_map(Cond::Or),
                1 => (one(), one()).prop_map(|(a, b)| Cond::Same(a, b)),
                1 => (one(), one(), one()).prop_map(|(c, a, b)| Cond::If(c, a, b)),
            ]
        })
        .boxed()
}

/// A condition whose facts are numbered below `pool`.
pub(crate) fn condition(pool: usize) -> BoxedStrategy<Cond> {
    expression(pool)
        .prop_recursive(2, 8, 3, |inner| {
            let some = || proptest::collection::vec(inner.clone(), 1..4);
            prop_oneof![
                some().prop_map(Cond::All),
                some().prop_map(Cond::Any),
                some().prop_map(Cond::NoneOf),
                (any::<proptest::sample::Index>(), some())
                    .prop_map(|(n, items)| Cond::AtLeast(n.index(items.len()) + 1, items)),
            ]
        })
        .boxed()
}

/// A tier; the conditions are small.
pub(crate) fn tier(pool: usize) -> BoxedStrategy<Tier> {
    let part = || proptest::option::of(expression(pool));
    (part(), part(), proptest::collection::vec(expression(pool), 1..4))
        .prop_map(|(gate, applies_to, levels)| Tier { gate, applies_to, levels })
        .boxed()
}

/// Gives every place of a fact a fact of its own, so that operands are independent; the numbers of
/// facts of each kind.
pub(crate) fn apart<'a>(conditions: impl Iterator<Item = &'a mut Cond>) -> (usize, usize, usize) {
    let mut count = (0, 0, 0);
    for condition in conditions {
        condition.facts(&mut |kind, fact| {
            let next = match kind {
                'b' => &mut count.0,
                'i' => &mut count.1,
                _ => &mut count.2,
            };
            *fact = *next;
            *next += 1;
        });
    }
    count
}

/// Of what a firm tells, in random order; used from the front, and from there again.
#[derive(Debug, Clone)]
pub(crate) struct Story {
    bools: Vec<Option<bool>>,
    ints: Vec<(i64, i64)>,
    lists: Vec<Vec<(Option<bool>, Option<i64>)>>,
}

pub(crate) fn story() -> impl Strategy<Value = Story> {
    let int = prop_oneof![
        2 => (0..=MOST).prop_map(|value| (value, value)),
        2 => Just((0, MOST)),
        1 => (0..MOST, 1..=MOST).prop_map(|(low, more)| (low, (low + more).min(MOST))),
    ];
    let row = (proptest::option::of(any::<bool>()), proptest::option::of(0..=MOST_SIZE));
    (
        proptest::collection::vec(proptest::option::weighted(0.4, any::<bool>()), 12),
        proptest::collection::vec(int, 8),
        proptest::collection::vec(proptest::collection::vec(row, 0..4), 4),
    )
        .prop_map(|(bools, ints, lists)| Story { bools, ints, lists })
}

impl Story {
    /// A firm with as many facts, of which no more is unknown than `limit` completions.
    pub(crate) fn firm(&self, (bools, ints, lists): (usize, usize, usize), limit: usize) -> Partly {
        let mut completions = 1;
        let mut may = |values: usize| {
            let more = completions * values <= limit;
            completions *= if more { values } else { 1 };
            more
        };
        let mut firm = Partly::default();
        for value in self.bools.iter().cycle().take(bools) {
            firm.bools.push(value.or_else(|| if may(2) { None } else { Some(false) }));
        }
        for (low, high) in self.ints.iter().copied().cycle().take(ints) {
            let values = usize::try_from(high - low + 1).unwrap();
            firm.ints.push(if values == 1 || may(values) { (low, high) } else { (low, low) });
        }
        for rows in self.lists.iter().cycle().take(lists) {
            let row = |(own, size): &(Option<bool>, Option<i64>)| {
                let own = own.or_else(|| if may(2) { None } else { Some(true) });
                (own, size.or_else(|| if may(3) { None } else { Some(1) }))
            };
            firm.lists.push(rows.iter().map(row).collect());
        }
        firm
    }
}
