//! Syntax tree to text: one spelling, with no parenthesis that could be left out.
//!
//! INVARIANT: parsing what is printed gives the same tree. The levels are those of the grammar.

use super::ast::{
    Comparison, Direction, Expr, Firms, Function, Kind, Literal, Operator, Order, Quantifier, Reference,
    Round, Set, Until,
};
use crate::number::Rounding;
use crate::value::Unit;
use std::fmt::{Display, Formatter, Result, Write};

/// How tightly a form holds together; a looser one within needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Alone,
    Or,
    And,
    Not,
    Compare,
    Sum,
    Term,
    Share,
    Unary,
    Atom,
}

fn level(kind: &Kind) -> Level {
    match kind {
        Kind::If { .. }
        | Kind::Pick { .. }
        | Kind::Rows { .. }
        | Kind::Aggregate { filter: Some(_), .. }
        | Kind::Count { filter: Some(_), .. } => Level::Alone,
        Kind::Or(_) => Level::Or,
        Kind::And(_) => Level::And,
        Kind::Not(_) => Level::Not,
        Kind::Compare(..) | Kind::In { .. } | Kind::Many { .. } | Kind::Known(_) => Level::Compare,
        Kind::Arithmetic(Operator::Add | Operator::Subtract, ..) => Level::Sum,
        Kind::Arithmetic(Operator::Multiply | Operator::Divide, ..) => Level::Term,
        Kind::Share { .. } => Level::Share,
        Kind::Negate(_) => Level::Unary,
        _ => Level::Atom,
    }
}

/// An expression where only forms of that level or tighter may stand.
struct At<'a>(&'a Expr, Level);

impl Display for At<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let Self(expr, least) = self;
        if level(&expr.kind) < *least { write!(f, "({expr})") } else { write!(f, "{expr}") }
    }
}

/// An expression as the edge of a period.
struct Edge<'a>(&'a Expr);

impl Display for Edge<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let bare = match &self.0.kind {
            Kind::Literal(Literal::Date(_) | Literal::Month(_))
            | Kind::Reference(Reference { previous: 0, period: None, .. }) => true,
            Kind::Literal(Literal::Quantity(quantity)) => quantity.year().is_some(),
            _ => false,
        };
        if bare { write!(f, "{}", self.0) } else { write!(f, "({})", At(self.0, Level::Sum)) }
    }
}

/// Expressions with a word between them.
struct Joined<'a>(&'a [Expr], &'a str, Level);

impl Display for Joined<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (index, item) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(self.1)?;
            }
            write!(f, "{}", At(item, self.2))?;
        }
        Ok(())
    }
}

/// ` where c`, if there is a condition.
struct Where<'a>(Option<&'a Expr>);

impl Display for Where<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.0.map_or(Ok(()), |filter| write!(f, " where {}", At(filter, Level::Or)))
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match &self.kind {
            Kind::Or(items) => write!(f, "{}", Joined(items, " or ", Level::And)),
            Kind::And(items) => write!(f, "{}", Joined(items, " and ", Level::Not)),
            Kind::Not(inner) => write!(f, "not {}", At(inner, Level::Compare)),
            Kind::Compare(comparison, left, right) => {
                write!(f, "{} {comparison} {}", At(left, Level::Sum), At(right, Level::Sum))
            }
            Kind::In { value, negated, set } => {
                write!(f, "{}{} in {set}", At(value, Level::Sum), if *negated { " not" } else { "" })
            }
            Kind::Many { quantifier, fact, set } => write!(f, "{quantifier} {} in {set}", fact.text),
            Kind::Known(inner) => write!(f, "{} is known", At(inner, Level::Atom)),
            Kind::Arithmetic(operator, left, right) => {
                let (least, next) = match operator {
                    Operator::Add | Operator::Subtract => (Level::Sum, Level::Term),
                    Operator::Multiply | Operator::Divide => (Level::Term, Level::Share),
                };
                write!(f, "{} {operator} {}", At(left, least), At(right, next))
            }
            Kind::Share { percent, of } => {
                write!(f, "{} of {}", At(percent, Level::Unary), At(of, Level::Share))
            }
            Kind::Negate(inner) => write!(f, "-{}", At(inner, Level::Atom)),
            Kind::Literal(literal) => write!(f, "{literal}"),
            Kind::Text(text) => text_in_quotes(f, text),
            Kind::Reference(reference) => write!(f, "{reference}"),
            Kind::OrElse { fact, default } => write!(f, "({fact} or else {default})"),
            other => form(f, other),
        }
    }
}

/// The forms that are told by their first word.
fn form(f: &mut Formatter<'_>, kind: &Kind) -> Result {
    match kind {
        Kind::Rows { quantifier, list, filter } => {
            write!(f, "{quantifier} {}{}", list.text, Where(Some(filter)))
        }
        Kind::Aggregate { function, of, list, filter } => {
            let (of, filter) = (At(of, Level::Sum), Where(filter.as_deref()));
            write!(f, "{function} of {of} in {}{filter}", list.text)
        }
        Kind::Count { list, filter } => write!(f, "count of {}{}", list.text, Where(filter.as_deref())),
        Kind::Window { function, series, from, until } => {
            write!(f, "{function} of {} from {} ", series.text, Edge(from))?;
            match until {
                Until::Period(to) => write!(f, "to {}", Edge(to)),
                Until::Length(count, unit) => write!(f, "for {count} {}", unit.word()),
            }
        }
        Kind::Pick { greatest, items } => {
            f.write_str(if *greatest { "greatest of " } else { "least of " })?;
            write!(f, "{}", Joined(items, " | ", Level::Sum))
        }
        Kind::If { condition, then, otherwise } => {
            write!(f, "if {condition} then {then} else {otherwise}")
        }
        Kind::Between { unit, from, to } => {
            write!(f, "{} from {} to {}", unit.word(), Edge(from), Edge(to))
        }
        Kind::Part { year, of } => {
            write!(f, "{} of {}", if *year { "year" } else { "month" }, Edge(of))
        }
        Kind::Convert { value, currency } => write!(f, "convert {} to {}", Edge(value), currency.text),
        _ => Ok(()),
    }
}

/// A text holds at most one kind of quote, since the other encloses it.
fn text_in_quotes(f: &mut Formatter<'_>, text: &str) -> Result {
    let quote = if text.contains('\'') { '"' } else { '\'' };
    f.write_char(quote)?;
    f.write_str(text)?;
    f.write_char(quote)
}

impl Display for Reference {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for _ in 0..self.previous {
            f.write_str("previous ")?;
        }
        f.write_str(&self.name.text)?;
        self.period.as_ref().map_or(Ok(()), |period| write!(f, " for {}", Edge(period)))
    }
}

impl Display for Set {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Range(low, high) => {
                if let Some(low) = low {
                    write!(f, "{low}")?;
                }
                f.write_str("..")?;
                high.as_ref().map_or(Ok(()), |high| write!(f, "{high}"))
            }
            Self::Items(items) => write!(f, "{}", Joined(items, " | ", Level::Unary)),
        }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            // Bare digits may be a code, and then every zero counts.
            Self::Quantity(quantity) if quantity.unit == Unit::None => f.write_str(&quantity.digits),
            Self::Quantity(quantity) => write!(f, "{quantity}"),
            Self::Duration(count, unit) => write!(f, "{count} {}", unit.word()),
            Self::Date(date) => write!(f, "{date}"),
            Self::Month(month) => write!(f, "{month}"),
            Self::YesNo(yes) => f.write_str(if *yes { "yes" } else { "no" }),
        }
    }
}

impl Display for Comparison {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        })
    }
}

impl Display for Operator {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        })
    }
}

impl Display for Quantifier {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(if *self == Self::Some { "some" } else { "every" })
    }
}

impl Display for Function {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.write_str(match self {
            Self::Sum => "sum",
            Self::Average => "average",
            Self::Greatest => "greatest",
            Self::Least => "least",
        })
    }
}

impl Display for Order {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let (least, word) = match self.direction {
            Direction::Ascending => (Level::Sum, "ascending"),
            Direction::Descending => (Level::Sum, "descending"),
            Direction::First => (Level::Or, "first"),
            Direction::Last => (Level::Or, "last"),
        };
        write!(f, "{} {word}", At(&self.by, least))
    }
}

impl Display for Firms {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write!(f, "firms{}", Where(self.filter.as_ref()))
    }
}

impl Display for Round {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let word = match self.rounding {
            Rounding::Down => "down",
            Rounding::Up => "up",
            Rounding::Nearest => "nearest",
        };
        write!(f, "{word} to {}", Literal::Quantity(self.to.clone()))
    }
}
