//! Any tree is printed and read back; any text is read or refused.

use super::read;
use crate::expr::ast::{
    Comparison, Expr, Function, Kind, Literal, Name, Operator, Quantifier, Reference, Set, Until,
};
use crate::expr::{Origin, parse_firms, parse_item, parse_order, parse_round};
use crate::number::Number;
use crate::source::Span;
use crate::value::{Currency, Date, Month, Quantity, TimeUnit, Unit, read_quantity};
use proptest::prelude::*;
use proptest::sample::select;

fn node(kind: Kind) -> Expr {
    Expr { kind, span: Span::default() }
}

fn boxed(kind: Kind) -> Box<Expr> {
    Box::new(node(kind))
}

fn name() -> BoxedStrategy<Name> {
    select(vec!["a", "cbec_volume", "ladder.level", "制造", "else_", "m2", "e3", "_x1"])
        .prop_map(|text| Name { text: text.to_owned(), span: Span::default() })
        .boxed()
}

fn plain() -> BoxedStrategy<Kind> {
    name().prop_map(|name| Kind::Reference(Reference { previous: 0, name, period: None })).boxed()
}

fn literal() -> BoxedStrategy<Kind> {
    let unit = select(vec![Unit::None, Unit::Percent, Unit::Money(Currency::CNY), Unit::measure("m2")]);
    let number = (0_i64..99_999_999, 1_u32..4, unit).prop_map(|(number, scale, unit)| {
        let number = Number::from(number).divide(Number::from(10_i64.pow(scale))).unwrap();
        Literal::Quantity(Quantity::new(number, unit))
    });
    let written = select(vec!["0110", "8517.62", "2024", "1_000", "0.10", "7000万元", "3 thousand", "1.50%"])
        .prop_map(|text| Literal::Quantity(read_quantity(text).unwrap()));
    let time = (0_i64..500, select(vec![TimeUnit::Days, TimeUnit::Months, TimeUnit::Years]))
        .prop_map(|(count, unit)| Literal::Duration(count, unit));
    let date = (0_i64..900_000).prop_map(|day| Literal::Date(Date::from_day_number(day).unwrap()));
    let month =
        (1_i16..9999, 1_i8..=12).prop_map(|(year, month)| Literal::Month(Month::new(year, month).unwrap()));
    prop_oneof![number, written, time, date, month, any::<bool>().prop_map(Literal::YesNo)]
        .prop_map(Kind::Literal)
        .boxed()
}

fn text() -> BoxedStrategy<Kind> {
    prop_oneof!["[ a-z中（]{0,6}", "[a-z\"]{0,6}", "[a-z']{0,6}"].prop_map(Kind::Text).boxed()
}

fn item() -> BoxedStrategy<Expr> {
    prop_oneof![literal(), literal().prop_map(|kind| Kind::Negate(boxed(kind))), text(), plain(),]
        .prop_map(node)
        .boxed()
}

fn set() -> BoxedStrategy<Set> {
    prop_oneof![
        proptest::collection::vec(item(), 1..4).prop_map(Set::Items),
        (proptest::option::of(item()), item())
            .prop_map(|(low, high)| Set::Range(low.map(Box::new), Some(Box::new(high)))),
        item().prop_map(|low| Set::Range(Some(Box::new(low)), None)),
    ]
    .boxed()
}

/// An edge is a period, a name or a sum: a number beside a unit is none unless in parentheses.
fn reference(inner: impl Strategy<Value = Expr> + 'static) -> BoxedStrategy<Reference> {
    prop_oneof![
        (0_u8..3, name()).prop_map(|(previous, name)| Reference { previous, name, period: None }),
        (name(), inner).prop_map(|(name, period)| Reference {
            previous: 0,
            name,
            period: Some(Box::new(period))
        }),
    ]
    .boxed()
}

fn expr() -> BoxedStrategy<Expr> {
    let leaf = prop_oneof![literal(), plain()].prop_map(node);
    leaf.prop_recursive(5, 48, 4, |inner| {
        prop_oneof![conditions(inner.clone()), values(inner.clone()), forms(inner)]
    })
    .boxed()
}

fn conditions(inner: BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    let some = || select(vec![Quantifier::Some, Quantifier::Every]);
    let signs = vec![
        Comparison::Equal,
        Comparison::NotEqual,
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Greater,
        Comparison::AtLeast,
    ];
    let one = inner.clone().prop_map(Box::new).boxed();
    let right = prop_oneof![inner.clone(), text().prop_map(node)].prop_map(Box::new).boxed();
    prop_oneof![
        proptest::collection::vec(inner.clone(), 2..4).prop_map(Kind::Or),
        proptest::collection::vec(inner.clone(), 2..4).prop_map(Kind::And),
        one.clone().prop_map(Kind::Not),
        (select(signs), one.clone(), right).prop_map(|(sign, a, b)| Kind::Compare(sign, a, b)),
        (one.clone(), any::<bool>(), set()).prop_map(|(value, negated, set)| Kind::In {
            value,
            negated,
            set
        }),
        (some(), name(), set()).prop_map(|(quantifier, fact, set)| Kind::Many { quantifier, fact, set }),
        reference(inner).prop_map(|it| Kind::Known(boxed(Kind::Reference(it)))),
        (some(), name(), one).prop_map(|(quantifier, list, filter)| Kind::Rows { quantifier, list, filter }),
    ]
    .prop_map(node)
    .boxed()
}

fn values(inner: BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    let one = inner.clone().prop_map(Box::new).boxed();
    let signs = vec![Operator::Add, Operator::Subtract, Operator::Multiply, Operator::Divide];
    prop_oneof![
        (select(signs), one.clone(), one.clone()).prop_map(|(sign, a, b)| Kind::Arithmetic(sign, a, b)),
        (one.clone(), one.clone()).prop_map(|(percent, of)| Kind::Share { percent, of }),
        one.clone().prop_map(Kind::Negate),
        reference(inner.clone()).prop_map(Kind::Reference),
        (reference(inner), item())
            .prop_map(|(fact, default)| Kind::OrElse { fact, default: Box::new(default) }),
        (one.clone(), one.clone(), one).prop_map(|(condition, then, otherwise)| Kind::If {
            condition,
            then,
            otherwise
        }),
    ]
    .prop_map(node)
    .boxed()
}

fn forms(inner: BoxedStrategy<Expr>) -> BoxedStrategy<Expr> {
    let functions = || select(vec![Function::Sum, Function::Average, Function::Greatest, Function::Least]);
    let one = inner.clone().prop_map(Box::new).boxed();
    let filter = proptest::option::of(one.clone()).boxed();
    let unit = select(vec![TimeUnit::Days, TimeUnit::Months, TimeUnit::Years]);
    let until = prop_oneof![
        one.clone().prop_map(Until::Period),
        (1_i64..99, select(vec![TimeUnit::Months, TimeUnit::Years]))
            .prop_map(|(n, unit)| Until::Length(n, unit)),
    ];
    prop_oneof![
        (functions(), one.clone(), name(), filter.clone())
            .prop_map(|(function, of, list, filter)| Kind::Aggregate { function, of, list, filter }),
        (name(), filter).prop_map(|(list, filter)| Kind::Count { list, filter }),
        (functions(), name(), one.clone(), until).prop_map(|(function, series, from, until)| Kind::Window {
            function,
            series,
            from,
            until
        }),
        (any::<bool>(), proptest::collection::vec(inner, 2..4))
            .prop_map(|(greatest, items)| Kind::Pick { greatest, items }),
        (unit, one.clone(), one.clone()).prop_map(|(unit, from, to)| Kind::Between { unit, from, to }),
        (any::<bool>(), one.clone()).prop_map(|(year, of)| Kind::Part { year, of }),
        (one, name()).prop_map(|(value, currency)| Kind::Convert { value, currency }),
    ]
    .prop_map(node)
    .boxed()
}

/// Pieces of the language and of what people type instead.
const SOUP: &[&str] = &[
    "a",
    "x.y",
    "5",
    "0110",
    "7000 万元",
    "20%",
    "2025-06-30",
    "2024",
    "12 months",
    "'t'",
    "yes",
    "(",
    ")",
    "and",
    "or",
    "not",
    "in",
    "is",
    "known",
    "some",
    "every",
    "previous",
    "for",
    "sum of",
    "count of",
    "greatest of",
    "where",
    "from",
    "to",
    "years",
    "if",
    "then",
    "else",
    "or else",
    "year of",
    "convert",
    "|",
    "..",
    "=",
    ">=",
    "+",
    " - ",
    "-",
    "*",
    "of",
    ",",
    "[",
    "，",
    "１",
    "“",
    "≥",
    "==",
    "first",
    "between",
    "AND",
    "1,000",
    ".5",
    ".",
    "\t",
    "\u{200B}",
];

fn all_entries(text: &str) {
    let origin = Origin::new(Span::default());
    let _ = read(text);
    let _ = parse_item(text, &origin);
    let _ = parse_order(text, &origin);
    let _ = parse_firms(text, &origin);
    let _ = parse_round(text, &origin);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn printing_and_parsing_give_the_tree_back(expr in expr()) {
        let printed = expr.to_string();
        prop_assume!(printed.len() <= 4096);
        let again = read(&printed);
        prop_assert_eq!(again.as_ref(), Ok(&expr), "{}", printed);
        prop_assert_eq!(again.unwrap().to_string(), printed);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,60}") {
        all_entries(&text);
    }

    #[test]
    fn token_soup_is_read_or_refused(pieces in proptest::collection::vec(select(SOUP), 0..24), glue in select(vec![" ", ""])) {
        let text = pieces.join(glue);
        all_entries(&text);
        match read(&text) {
            Ok(expr) => {
                let printed = expr.to_string();
                prop_assert_eq!(read(&printed), Ok(expr), "{} as {}", text, printed);
            },
            Err(found) => {
                prop_assert!(!found.is_empty());
                for problem in found {
                    let span = problem.span.unwrap();
                    prop_assert!(span.start >= 100 && span.end as usize <= 100 + text.len());
                    prop_assert!(text.get(span.start as usize - 100..span.end as usize - 100).is_some());
                }
            }
        }
    }
}
