//! The language as tables: texts and their trees, texts and their problems, and laws.

mod generate;
mod refused;
mod tables;

use super::ast::{Expr, Kind, Set, Until};
use super::{Origin, parse};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// Reads a text that stands at byte 100 of a file, to see that places are shifted.
fn read(text: &str) -> Result<Expr, Vec<Diagnostic>> {
    parse(text, &Origin::new(Span::new(FileId(3), 100, 100 + text.len())))
}

/// Codes and places of what is wrong, for example `EX205 4..6`.
fn problems(found: &[Diagnostic]) -> String {
    let line = |problem: &Diagnostic| {
        let span = problem.span.unwrap();
        format!("{} {}..{}", problem.code(), span.start - 100, span.end - 100)
    };
    found.iter().map(line).collect::<Vec<_>>().join(", ")
}

/// The tree with every form in parentheses.
fn shape(expr: &Expr) -> String {
    let all = |items: &[Expr]| items.iter().map(shape).collect::<Vec<_>>().join(" ");
    let set = |set: &Set| match set {
        Set::Range(low, high) => {
            let end = |end: &Option<Box<Expr>>| end.as_ref().map_or("_".to_owned(), |end| shape(end));
            format!("[{} .. {}]", end(low), end(high))
        }
        Set::Items(items) => format!("[{}]", all(items)),
    };
    let filter = |filter: &Option<Box<Expr>>| {
        filter.as_ref().map_or(String::new(), |filter| format!(" where {}", shape(filter)))
    };
    match &expr.kind {
        Kind::Or(items) => format!("(or {})", all(items)),
        Kind::And(items) => format!("(and {})", all(items)),
        Kind::Not(inner) => format!("(not {})", shape(inner)),
        Kind::Compare(sign, left, right) => format!("({sign} {} {})", shape(left), shape(right)),
        Kind::In { value, negated, set: s } => {
            format!("({} {} {})", if *negated { "not-in" } else { "in" }, shape(value), set(s))
        }
        Kind::Many { quantifier, fact, set: s } => format!("({quantifier} {} {})", fact.text, set(s)),
        Kind::Known(inner) => format!("(known {})", shape(inner)),
        Kind::Rows { quantifier, list, filter } => {
            format!("({quantifier}-rows {} {})", list.text, shape(filter))
        }
        Kind::Aggregate { function, of, list, filter: f } => {
            format!("({function} {} in {}{})", shape(of), list.text, filter(f))
        }
        Kind::Count { list, filter: f } => format!("(count {}{})", list.text, filter(f)),
        Kind::Window { function, series, from, until } => {
            let until = match until {
                Until::Period(to) => format!("to {}", shape(to)),
                Until::Length(count, unit) => format!("for {count} {}", unit.word()),
            };
            format!("({function} {} from {} {until})", series.text, shape(from))
        }
        Kind::Pick { greatest, items } => {
            format!("({} {})", if *greatest { "greatest" } else { "least" }, all(items))
        }
        Kind::If { condition, then, otherwise } => {
            format!("(if {} {} {})", shape(condition), shape(then), shape(otherwise))
        }
        Kind::Arithmetic(sign, left, right) => format!("({sign} {} {})", shape(left), shape(right)),
        Kind::Share { percent, of } => format!("(of {} {})", shape(percent), shape(of)),
        Kind::Negate(inner) => format!("(neg {})", shape(inner)),
        Kind::OrElse { fact, default } => format!("(or-else {fact} {})", shape(default)),
        Kind::Between { unit, from, to } => {
            format!("({} {} {})", unit.word(), shape(from), shape(to))
        }
        Kind::Part { year, of } => format!("({} {})", if *year { "year" } else { "month" }, shape(of)),
        Kind::Convert { value, currency } => format!("(convert {} {})", shape(value), currency.text),
        Kind::Reference(reference) if reference.previous > 0 || reference.period.is_some() => {
            format!("({reference})")
        }
        _ => expr.to_string(),
    }
}
