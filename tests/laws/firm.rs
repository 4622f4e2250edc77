//! The facts of a firm as far as they are known, and every completion of what is not.

use std::collections::BTreeSet;
use std::fmt::Write;

/// A firm of which everything is known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    pub(crate) bools: Vec<bool>,
    pub(crate) ints: Vec<i64>,
    pub(crate) lists: Vec<Vec<(bool, i64)>>,
}

/// What is known of a firm.
#[derive(Debug, Clone, Default)]
pub(crate) struct Partly {
    pub(crate) bools: Vec<Option<bool>>,
    /// From the lowest to the highest that it may be.
    pub(crate) ints: Vec<(i64, i64)>,
    pub(crate) lists: Vec<Vec<(Option<bool>, Option<i64>)>>,
}

/// The highest value of an integer fact, and of a row's size; the lowest is 0.
pub(crate) const MOST: i64 = 3;
pub(crate) const MOST_SIZE: i64 = 2;

/// Gives an unknown place its value of that number.
type Set = Box<dyn Fn(&mut Known, usize)>;

/// Something unknown: its path, and how many values it may have.
pub(crate) struct Hole {
    pub(crate) path: String,
    pub(crate) values: usize,
    set: Set,
}

impl Partly {
    /// The unknown places, and the firm with all that is known.
    pub(crate) fn holes(&self) -> (Known, Vec<Hole>) {
        let mut known = Known::default();
        let mut holes = Vec::new();
        let mut hole = |path: String, values: i64, set: Set| {
            holes.push(Hole { path, values: usize::try_from(values).unwrap(), set });
        };
        for (fact, value) in self.bools.iter().enumerate() {
            known.bools.push(value.unwrap_or(false));
            if value.is_none() {
                hole(format!("b{fact}"), 2, Box::new(move |firm, value| firm.bools[fact] = value == 1));
            }
        }
        for (fact, (low, high)) in self.ints.iter().copied().enumerate() {
            known.ints.push(low);
            if low < high {
                let set =
                    move |firm: &mut Known, value| firm.ints[fact] = low + i64::try_from(value).unwrap();
                hole(format!("i{fact}"), high - low + 1, Box::new(set));
            }
        }
        for (fact, rows) in self.lists.iter().enumerate() {
            known
                .lists
                .push(rows.iter().map(|(own, size)| (own.unwrap_or(false), size.unwrap_or(0))).collect());
            for (row, (own, size)) in rows.iter().enumerate() {
                if own.is_none() {
                    let set = move |firm: &mut Known, value| firm.lists[fact][row].0 = value == 1;
                    hole(format!("l{fact}[{row}].own"), 2, Box::new(set));
                }
                if size.is_none() {
                    let set = move |firm: &mut Known, value| {
                        firm.lists[fact][row].1 = i64::try_from(value).unwrap();
                    };
                    hole(format!("l{fact}[{row}].size"), MOST_SIZE + 1, Box::new(set));
                }
            }
        }
        (known, holes)
    }

    /// The facts as a profile gives them.
    pub(crate) fn yaml(&self) -> String {
        let mut facts = Vec::new();
        let yes_no = |yes: bool| if yes { "yes" } else { "no" };
        for (fact, value) in self.bools.iter().enumerate() {
            facts.extend(value.map(|value| format!("b{fact}: {}", yes_no(value))));
        }
        for (fact, (low, high)) in self.ints.iter().enumerate() {
            match (low, high) {
                (0, &MOST) => {}
                (low, high) if low == high => facts.push(format!("i{fact}: {low}")),
                (low, high) => facts.push(format!("i{fact}: {low}..{high}")),
            }
        }
        for (fact, rows) in self.lists.iter().enumerate() {
            let rows: Vec<String> = rows
                .iter()
                .map(|(own, size)| {
                    let own = own.map(|own| format!("own: {}", yes_no(own)));
                    let size = size.map(|size| format!("size: {size}"));
                    format!("{{{}}}", own.into_iter().chain(size).collect::<Vec<_>>().join(", "))
                })
                .collect();
            facts.push(format!("l{fact}: [{}]", rows.join(", ")));
        }
        format!("{{{}}}", facts.join(", "))
    }

    /// The declarations of as many facts.
    pub(crate) fn declarations(&self) -> String {
        let mut text = String::from("facts:\n");
        for fact in 0..self.bools.len() {
            writeln!(text, "  b{fact}: {{type: yes_no}}").unwrap();
        }
        for fact in 0..self.ints.len() {
            writeln!(text, "  i{fact}: {{type: integer, range: 0..{MOST}, accepts_band: yes}}").unwrap();
        }
        for fact in 0..self.lists.len() {
            let fields = format!("own: {{type: yes_no}}, size: {{type: integer, range: 0..{MOST_SIZE}}}");
            writeln!(text, "  l{fact}: {{type: list, of: {{{fields}}}}}").unwrap();
        }
        text
    }
}

/// What comes out of each completion, in the order of mixed digits, the first hole fastest.
pub(crate) fn completions<T>(firm: &Partly, on: impl Fn(&Known) -> T) -> (Vec<T>, Vec<Hole>) {
    let (mut known, holes) = firm.holes();
    let count: usize = holes.iter().map(|hole| hole.values).product();
    let mut results = Vec::with_capacity(count);
    for index in 0..count {
        let mut rest = index;
        for hole in &holes {
            (hole.set)(&mut known, rest % hole.values);
            rest /= hole.values;
        }
        results.push(on(&known));
    }
    (results, holes)
}

/// The paths of the holes that change the result of some completion.
pub(crate) fn that_matter<T: PartialEq>(results: &[T], holes: &[Hole]) -> BTreeSet<String> {
    let mut matter = BTreeSet::new();
    let mut stride = 1;
    for hole in holes {
        let changes = (0..results.len()).any(|index| {
            let digit = index / stride % hole.values;
            digit + 1 < hole.values && results[index] != results[index + stride]
        });
        if changes {
            matter.insert(hole.path.clone());
        }
        stride *= hole.values;
    }
    matter
}
