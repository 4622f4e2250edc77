//! The syntax tree of an expression. Every node knows its place; equality looks at meaning only.

use crate::number::Rounding;
use crate::source::Span;
use crate::value::{Date, Month, Quantity, TimeUnit};

/// An expression and its place.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it says.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
}

/// Two expressions are equal if they say the same, wherever they stand.
impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

/// A name as written: words joined by dots.
#[derive(Debug, Clone)]
pub struct Name {
    /// For example `cbec_volume` or `priority_sector.new_energy`.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

impl PartialEq for Name {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// `a or b or c`, at least two.
    Or(Vec<Expr>),
    /// `a and b and c`, at least two.
    And(Vec<Expr>),
    /// `not a`.
    Not(Box<Expr>),
    /// `a >= b`.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `a in set`, `a not in set`.
    In {
        /// The left side.
        value: Box<Expr>,
        /// True for `not in`.
        negated: bool,
        /// The right side.
        set: Set,
    },
    /// `some x in set`, `every x in set` over a fact with many values.
    Many {
        /// `some` or `every`.
        quantifier: Quantifier,
        /// The fact.
        fact: Name,
        /// The set.
        set: Set,
    },
    /// `x is known`; the inner is a reference.
    Known(Box<Expr>),
    /// `some rows where c`, `every rows where c` over a list.
    Rows {
        /// `some` or `every`.
        quantifier: Quantifier,
        /// The list.
        list: Name,
        /// The condition on a row.
        filter: Box<Expr>,
    },
    /// `sum of area in rows where c`.
    Aggregate {
        /// What is done with the values.
        function: Function,
        /// The value of a row.
        of: Box<Expr>,
        /// The list.
        list: Name,
        /// Which rows count.
        filter: Option<Box<Expr>>,
    },
    /// `count of rows where c`.
    Count {
        /// The list, or a fact with many values.
        list: Name,
        /// Which rows count.
        filter: Option<Box<Expr>>,
    },
    /// `average of site_sales from 2021-07 to 2022-06`.
    Window {
        /// What is done with the values.
        function: Function,
        /// The series.
        series: Name,
        /// The first period.
        from: Box<Expr>,
        /// The last period, or how many.
        until: Until,
    },
    /// `greatest of a | b`, `least of a | b`, at least two items.
    Pick {
        /// True for `greatest`.
        greatest: bool,
        /// What is picked from.
        items: Vec<Expr>,
    },
    /// `if c then a else b`.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// Taken if it is yes.
        then: Box<Expr>,
        /// Taken if it is no.
        otherwise: Box<Expr>,
    },
    /// `a + b` and the like.
    Arithmetic(Operator, Box<Expr>, Box<Expr>),
    /// `80% of costs`.
    Share {
        /// The percent.
        percent: Box<Expr>,
        /// What it is a share of.
        of: Box<Expr>,
    },
    /// `-a`.
    Negate(Box<Expr>),
    /// A number, date, month, duration, `yes` or `no`.
    Literal(Literal),
    /// A text in quotes.
    Text(String),
    /// A name, perhaps of another period.
    Reference(Reference),
    /// `x or else 5`: the value, or a default while it is absent.
    OrElse {
        /// The fact.
        fact: Reference,
        /// The default: a literal, a text or a name, perhaps negated.
        default: Box<Expr>,
    },
    /// `years from a to b`.
    Between {
        /// The unit that is counted.
        unit: TimeUnit,
        /// The earlier end.
        from: Box<Expr>,
        /// The later end.
        to: Box<Expr>,
    },
    /// `year of d`, `month of d`.
    Part {
        /// True for `year`, false for `month`.
        year: bool,
        /// The date.
        of: Box<Expr>,
    },
    /// `convert x to CNY`.
    Convert {
        /// The amount.
        value: Box<Expr>,
        /// The currency, as written.
        currency: Name,
    },
}

/// A name, the year or month before it, or a named period of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// How often `previous` stands before it.
    pub previous: u8,
    /// The name.
    pub name: Name,
    /// After `for`.
    pub period: Option<Box<Expr>>,
}

/// The right side of `in`.
#[derive(Debug, Clone, PartialEq)]
pub enum Set {
    /// `a..b`, both included; one end may be absent.
    Range(Option<Box<Expr>>, Option<Box<Expr>>),
    /// `a | b | c`, at least one.
    Items(Vec<Expr>),
}

/// The end of a window.
#[derive(Debug, Clone, PartialEq)]
pub enum Until {
    /// `to` a period.
    Period(Box<Expr>),
    /// `for` a number of months or years.
    Length(i64, TimeUnit),
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// An arithmetic operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

/// `some` or `every`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Quantifier {
    Some,
    Every,
}

/// What an aggregate or a window does with its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Function {
    Sum,
    Average,
    Greatest,
    Least,
}

/// A value written in the expression itself.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// A number with an optional magnitude, unit or percent sign; also a code such as `0110`.
    Quantity(Quantity),
    /// `12 months`.
    Duration(i64, TimeUnit),
    /// `2025-06-30`.
    Date(Date),
    /// `2025-06`.
    Month(Month),
    /// `yes` or `no`.
    YesNo(bool),
}

/// How an allocation orders its firms.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// What is compared: an amount or date, or for `first` and `last` a condition.
    pub by: Expr,
    /// Which end comes first.
    pub direction: Direction,
}

/// Which end of an order comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// The smallest first.
    Ascending,
    /// The greatest first.
    Descending,
    /// Those of whom the condition holds before the others.
    First,
    /// Those of whom the condition holds after the others.
    Last,
}

/// `firms where a`: the firms that a target counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Firms {
    /// Which firms count; all if absent.
    pub filter: Option<Expr>,
}

/// `down to 10_000 CNY`.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// The direction.
    pub rounding: Rounding,
    /// The step, above zero.
    pub to: Quantity,
    /// Where the step stands.
    pub span: Span,
}
