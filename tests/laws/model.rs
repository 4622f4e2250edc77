//! Conditions as trees, the facts of a firm as far as they are known, and what must come out.
//!
//! This is the whole meaning of the fragment, on known facts only: yes, no or error.

use super::firm::Known;

/// A condition, printed as an expression unless it is one of the last four.
#[derive(Debug, Clone)]
pub(crate) enum Cond {
    Fact(usize),
    /// A parameter that is not in force.
    Error,
    Same(Box<Cond>, Box<Cond>),
    Compare(&'static str, Num, i64),
    Between(usize, i64, i64),
    OneOf(usize, i64, i64),
    Not(Box<Cond>),
    And(Vec<Cond>),
    Or(Vec<Cond>),
    If(Box<Cond>, Box<Cond>, Box<Cond>),
    Rows {
        every: bool,
        list: usize,
        row: RowCond,
    },
    Count {
        list: usize,
        row: RowCond,
        least: i64,
    },
    Sum {
        list: usize,
        row: RowCond,
        least: i64,
    },
    All(Vec<Cond>),
    Any(Vec<Cond>),
    NoneOf(Vec<Cond>),
    AtLeast(usize, Vec<Cond>),
}

/// A number.
#[derive(Debug, Clone)]
pub(crate) enum Num {
    Fact(usize),
    Literal(i64),
    Add(Box<Num>, Box<Num>),
    Subtract(Box<Num>, Box<Num>),
    Multiply(Box<Num>, Box<Num>),
    Pick(bool, Box<Num>, Box<Num>),
    If(Box<Cond>, Box<Num>, Box<Num>),
}

/// A condition on a row with the fields `own` and `size`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum RowCond {
    Own,
    NotOwn,
    Size(i64),
    Both(i64),
    Either(i64),
}

/// Yes, error or no, in this order: a conjunction is the least of its members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    No,
    Error,
    Yes,
}

impl Truth {
    pub(crate) fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }

    fn not(self) -> Self {
        match self {
            Self::No => Self::Yes,
            Self::Error => Self::Error,
            Self::Yes => Self::No,
        }
    }
}

impl Cond {
    pub(crate) fn on(&self, firm: &Known) -> Truth {
        let all = |items: &[Cond]| items.iter().map(|item| item.on(firm)).min().unwrap_or(Truth::Yes);
        let any = |items: &[Cond]| items.iter().map(|item| item.on(firm)).max().unwrap_or(Truth::No);
        match self {
            Self::Fact(fact) => Truth::of(firm.bools[*fact]),
            Self::Error => Truth::Error,
            Self::Same(a, b) => match (a.on(firm), b.on(firm)) {
                (Truth::Error, _) | (_, Truth::Error) => Truth::Error,
                (a, b) => Truth::of(a == b),
            },
            Self::Compare(sign, number, bound) => number.on(firm).map_or(Truth::Error, |number| {
                Truth::of(match *sign {
                    "<" => number < *bound,
                    "<=" => number <= *bound,
                    ">" => number > *bound,
                    _ => number >= *bound,
                })
            }),
            Self::Between(fact, low, high) => Truth::of((*low..=*high).contains(&firm.ints[*fact])),
            Self::OneOf(fact, a, b) => Truth::of([*a, *b].contains(&firm.ints[*fact])),
            Self::Not(inner) => inner.on(firm).not(),
            Self::And(items) | Self::All(items) => all(items),
            Self::Or(items) | Self::Any(items) => any(items),
            Self::NoneOf(items) => any(items).not(),
            Self::AtLeast(count, items) => {
                let mut each: Vec<Truth> = items.iter().map(|item| item.on(firm)).collect();
                each.sort_unstable();
                each.iter().rev().nth(count - 1).copied().unwrap_or(Truth::No)
            }
            Self::If(condition, then, otherwise) => match condition.on(firm) {
                Truth::Yes => then.on(firm),
                Truth::No => otherwise.on(firm),
                Truth::Error => Truth::Error,
            },
            Self::Rows { every, list, row } => {
                let mut rows = firm.lists[*list].iter();
                Truth::of(if *every { rows.all(|r| row.on(*r)) } else { rows.any(|r| row.on(*r)) })
            }
            Self::Count { list, row, least } => {
                let count = firm.lists[*list].iter().filter(|r| row.on(**r)).count();
                Truth::of(i64::try_from(count).unwrap() >= *least)
            }
            Self::Sum { list, row, least } => {
                let sum: i64 = firm.lists[*list].iter().filter(|r| row.on(**r)).map(|r| r.1).sum();
                Truth::of(sum >= *least)
            }
        }
    }

    /// As YAML: `all` and its like as mappings, all else as expressions.
    pub(crate) fn yaml(&self) -> String {
        let list = |items: &[Cond]| items.iter().map(Self::yaml).collect::<Vec<_>>().join(", ");
        match self {
            Self::All(items) => format!("{{all: [{}]}}", list(items)),
            Self::Any(items) => format!("{{any: [{}]}}", list(items)),
            Self::NoneOf(items) => format!("{{none: [{}]}}", list(items)),
            Self::AtLeast(n, items) => format!("{{at_least: {{n: {n}, of: [{}]}}}}", list(items)),
            _ => self.expression(),
        }
    }

    /// As an expression, in parentheses wherever it is not one word.
    fn expression(&self) -> String {
        let joined = |items: &[Cond], word: &str| {
            let items: Vec<String> = items.iter().map(Self::expression).collect();
            format!("({})", items.join(word))
        };
        match self {
            Self::Fact(fact) => format!("b{fact}"),
            Self::Error => "(past > 0)".to_owned(),
            Self::Same(a, b) => format!("({} = {})", a.expression(), b.expression()),
            Self::Compare(sign, number, bound) => format!("({} {sign} {bound})", number.expression()),
            Self::Between(fact, low, high) => format!("(i{fact} in {low}..{high})"),
            Self::OneOf(fact, a, b) => format!("(i{fact} in {a} | {b})"),
            Self::Not(inner) => format!("(not {})", inner.expression()),
            Self::And(items) => joined(items, " and "),
            Self::Or(items) => joined(items, " or "),
            Self::If(c, a, b) => {
                format!("(if {} then {} else {})", c.expression(), a.expression(), b.expression())
            }
            Self::Rows { every, list, row } => {
                format!("({} l{list} where {})", if *every { "every" } else { "some" }, row.expression())
            }
            Self::Count { list, row, least } => {
                format!("((count of l{list} where {}) >= {least})", row.expression())
            }
            Self::Sum { list, row, least } => {
                format!("((sum of size in l{list} where {}) >= {least})", row.expression())
            }
            Self::All(_) | Self::Any(_) | Self::NoneOf(_) | Self::AtLeast(..) => {
                panic!("no expression: {self:?}")
            }
        }
    }

    /// Calls `each` with every place of a fact: its kind (`b`, `i` or `l`) and its number.
    pub(crate) fn facts(&mut self, each: &mut dyn FnMut(char, &mut usize)) {
        match self {
            Self::Error => {}
            Self::Fact(fact) => each('b', fact),
            Self::OneOf(fact, ..) | Self::Between(fact, ..) => each('i', fact),
            Self::Compare(_, number, _) => number.facts(each),
            Self::Not(inner) => inner.facts(each),
            Self::Same(a, b) => {
                a.facts(each);
                b.facts(each);
            }
            Self::If(c, a, b) => [c, a, b].into_iter().for_each(|part| part.facts(each)),
            Self::Rows { list, .. } | Self::Count { list, .. } | Self::Sum { list, .. } => each('l', list),
            Self::And(items)
            | Self::Or(items)
            | Self::All(items)
            | Self::Any(items)
            | Self::NoneOf(items)
            | Self::AtLeast(_, items) => items.iter_mut().for_each(|item| item.facts(each)),
        }
    }

    /// Turns the order of members round, everywhere.
    pub(crate) fn reverse(&mut self) {
        match self {
            Self::And(items)
            | Self::Or(items)
            | Self::All(items)
            | Self::Any(items)
            | Self::NoneOf(items)
            | Self::AtLeast(_, items) => {
                items.reverse();
                items.iter_mut().for_each(Self::reverse);
            }
            Self::Not(inner) => inner.reverse(),
            Self::Same(a, b) => {
                a.reverse();
                b.reverse();
                std::mem::swap(a, b);
            }
            Self::If(c, a, b) => [c, a, b].into_iter().for_each(|part| part.reverse()),
            Self::Fact(_)
            | Self::Error
            | Self::Compare(..)
            | Self::Between(..)
            | Self::OneOf(..)
            | Self::Rows { .. }
            | Self::Count { .. }
            | Self::Sum { .. } => {}
        }
    }

    /// True if every number in it is a fact, or a sum or difference of two: then no operand of a
    /// comparison can be without influence on it.
    pub(crate) fn is_simple(&self) -> bool {
        match self {
            Self::Compare(_, number, _) => number.is_simple(),
            Self::Sum { .. } => false,
            Self::Fact(_)
            | Self::Error
            | Self::OneOf(..)
            | Self::Between(..)
            | Self::Rows { .. }
            | Self::Count { .. } => true,
            Self::Not(inner) => inner.is_simple(),
            Self::Same(a, b) => a.is_simple() && b.is_simple(),
            Self::If(c, a, b) => c.is_simple() && a.is_simple() && b.is_simple(),
            Self::And(items)
            | Self::Or(items)
            | Self::All(items)
            | Self::Any(items)
            | Self::NoneOf(items)
            | Self::AtLeast(_, items) => items.iter().all(Self::is_simple),
        }
    }
}

impl Num {
    fn on(&self, firm: &Known) -> Option<i64> {
        Some(match self {
            Self::Fact(fact) => firm.ints[*fact],
            Self::Literal(number) => *number,
            Self::Add(a, b) => a.on(firm)? + b.on(firm)?,
            Self::Subtract(a, b) => a.on(firm)? - b.on(firm)?,
            Self::Multiply(a, b) => a.on(firm)? * b.on(firm)?,
            Self::Pick(greatest, a, b) => {
                let (a, b) = (a.on(firm)?, b.on(firm)?);
                if *greatest { a.max(b) } else { a.min(b) }
            }
            Self::If(condition, a, b) => match condition.on(firm) {
                Truth::Yes => a.on(firm)?,
                Truth::No => b.on(firm)?,
                Truth::Error => return None,
            },
        })
    }

    fn expression(&self) -> String {
        let two = |a: &Num, sign: &str, b: &Num| format!("({} {sign} {})", a.expression(), b.expression());
        match self {
            Self::Fact(fact) => format!("i{fact}"),
            Self::Literal(number) => number.to_string(),
            Self::Add(a, b) => two(a, "+", b),
            Self::Subtract(a, b) => two(a, "-", b),
            Self::Multiply(a, b) => two(a, "*", b),
            Self::Pick(greatest, a, b) => {
                let word = if *greatest { "greatest" } else { "least" };
                format!("({word} of {} | {})", a.expression(), b.expression())
            }
            Self::If(c, a, b) => {
                format!("(if {} then {} else {})", c.expression(), a.expression(), b.expression())
            }
        }
    }

    fn facts(&mut self, each: &mut dyn FnMut(char, &mut usize)) {
        match self {
            Self::Fact(fact) => each('i', fact),
            Self::Literal(_) => {}
            Self::Add(a, b) | Self::Subtract(a, b) | Self::Multiply(a, b) | Self::Pick(_, a, b) => {
                a.facts(each);
                b.facts(each);
            }
            Self::If(c, a, b) => {
                c.facts(each);
                a.facts(each);
                b.facts(each);
            }
        }
    }

    fn is_simple(&self) -> bool {
        let fact = |number: &Num| matches!(number, Self::Fact(_));
        match self {
            Self::Add(a, b) | Self::Subtract(a, b) => fact(a) && fact(b),
            other => fact(other),
        }
    }
}

impl RowCond {
    pub(crate) fn on(self, (own, size): (bool, i64)) -> bool {
        match self {
            Self::Own => own,
            Self::NotOwn => !own,
            Self::Size(least) => size >= least,
            Self::Both(least) => own && size >= least,
            Self::Either(least) => own || size >= least,
        }
    }

    fn expression(self) -> String {
        match self {
            Self::Own => "own".to_owned(),
            Self::NotOwn => "not own".to_owned(),
            Self::Size(least) => format!("size >= {least}"),
            Self::Both(least) => format!("own and size >= {least}"),
            Self::Either(least) => format!("own or size >= {least}"),
        }
    }
}

/// A ladder or a measure: a gate, whom it is for, and conditions (of a measure only one).
#[derive(Debug, Clone)]
pub(crate) struct Tier {
    pub(crate) gate: Option<Cond>,
    pub(crate) applies_to: Option<Cond>,
    pub(crate) levels: Vec<Cond>,
}

/// What comes out of a ladder. Of a measure, `Level(0)` is eligible and `None` not eligible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    Level(usize),
    None,
    NotApplicable,
    Error,
}

impl Tier {
    pub(crate) fn on(&self, firm: &Known) -> Outcome {
        let of = |part: &Option<Cond>| part.as_ref().map_or(Truth::Yes, |part| part.on(firm));
        let first = || {
            for (level, condition) in self.levels.iter().enumerate() {
                match condition.on(firm) {
                    Truth::Yes => return Outcome::Level(level),
                    Truth::Error => return Outcome::Error,
                    Truth::No => {}
                }
            }
            Outcome::None
        };
        let open = match of(&self.applies_to) {
            Truth::Yes => first(),
            Truth::No => Outcome::NotApplicable,
            Truth::Error => Outcome::Error,
        };
        match of(&self.gate) {
            Truth::Yes => open,
            Truth::No => Outcome::None,
            // What would come out on either side of the gate comes out.
            Truth::Error if open == Outcome::None => open,
            Truth::Error => Outcome::Error,
        }
    }

    pub(crate) fn conditions(&mut self) -> impl Iterator<Item = &mut Cond> {
        self.gate.iter_mut().chain(&mut self.applies_to).chain(&mut self.levels)
    }

    pub(crate) fn is_simple(&self) -> bool {
        self.gate.iter().chain(&self.applies_to).chain(&self.levels).all(Cond::is_simple)
    }
}
