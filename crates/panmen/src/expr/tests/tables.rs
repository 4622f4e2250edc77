//! What expressions mean, and how they are printed.

use super::{problems, read, shape};
use crate::expr::lexer::RESERVED;
use crate::expr::{Origin, is_reserved, parse_firms, parse_item, parse_order, parse_round, parse_set};
use crate::source::{FileId, Span};

#[test]
fn trees() {
    for (text, tree) in [
        ("a", "a"),
        ("a or b and not c", "(or a (and b (not c)))"),
        ("(a or b) and c", "(and (or a b) c)"),
        ("cbec_volume >= benchmark_volume", "(>= cbec_volume benchmark_volume)"),
        ("x >= 5 and y", "(and (>= x 5) y)"),
        ("a - b - c", "(- (- a b) c)"),
        ("a - (b - c)", "(- a (- b c))"),
        ("a + b * c / d", "(+ a (/ (* b c) d))"),
        ("80% of costs * 2", "(* (of 80% costs) 2)"),
        ("50% of 80% of costs", "(of 50% (of 80% costs))"),
        ("-a of b + -3", "(+ (of (neg a) b) (neg 3))"),
        ("-x > -5", "(> (neg x) (neg 5))"),
        ("a - -b", "(- a (neg b))"),
        ("not x in a | b", "(not (in x [a b]))"),
        ("x not in a | -5 | 'c'", "(not-in x [a (neg 5) 'c'])"),
        ("employees in 10..49", "(in employees [10 .. 49])"),
        ("x in 10.. and y in ..-5", "(and (in x [10 .. _]) (in y [_ .. (neg 5)]))"),
        ("d in 2024-01-01..2024-12-31", "(in d [2024-01-01 .. 2024-12-31])"),
        ("v in 1 万元..low", "(in v [10000 CNY .. low])"),
        ("v in 0 CNY..", "(in v [0 CNY .. _])"),
        ("age in 12 months..3 years", "(in age [12 months .. 3 years])"),
        ("x in a..b", "(in x [a .. b])"),
        ("some applicant_kind in merchant | trader", "(some applicant_kind [merchant trader])"),
        ("every x in y and z", "(and (every x [y]) z)"),
        ("not some x in y", "(not (some x [y]))"),
        ("9610 in customs_modes", "(in 9610 [customs_modes])"),
        ("country = 'DE' or country = \"C'I\"", "(or (= country 'DE') (= country \"C'I\"))"),
        ("country = '中国，上海'", "(= country '中国，上海')"),
        ("industry = 制造", "(= industry 制造)"),
        ("code in 0110 | 8517.62", "(in code [0110 8517.62])"),
        ("x = yes and no = y", "(and (= x yes) (= no y))"),
        ("x is known and y", "(and (known x) y)"),
        ("previous x is known", "(known (previous x))"),
        ("not x is known", "(not (known x))"),
        ("previous previous x > x for 2023", "(> (previous previous x) (x for 2023))"),
        ("x for 2023-05 + x for (assessment_year - 1)", "(+ (x for 2023-05) (x for (assessment_year - 1)))"),
        ("(x or else 5) >= 3", "(>= (or-else x 5) 3)"),
        ("(x for 2023 or else -5 CNY)", "(or-else x for 2023 (neg 5 CNY))"),
        ("(a or b) and (x  or  else 'none') = y", "(and (or a b) (= (or-else x 'none') y))"),
        ("sum of area in warehouses", "(sum area in warehouses)"),
        (
            "sum of area in warehouses where operated and age > 2",
            "(sum area in warehouses where (and operated (> age 2)))",
        ),
        ("(count of w where a or b) >= 2", "(>= (count w where (or a b)) 2)"),
        ("count of w >= 2", "(>= (count w) 2)"),
        ("sum of (a - b) in w where c", "(sum (- a b) in w where c)"),
        ("sum of a * b in w + 1", "(+ (sum (* a b) in w) 1)"),
        ("some w where a = 1", "(some-rows w (= a 1))"),
        ("a and (every w where b)", "(and a (every-rows w b))"),
        ("average of s from 2021-07 to 2022-06", "(average s from 2021-07 to 2022-06)"),
        ("sum of s from 2021-07 for 12 months >= 5", "(>= (sum s from 2021-07 for 12 months) 5)"),
        ("greatest of s from a to (b + 1)", "(greatest s from a to (+ b 1))"),
        ("greatest of a | b + 1 | 5 CNY", "(greatest a (+ b 1) 5 CNY)"),
        ("greatest of sum of a in w | b", "(greatest (sum a in w) b)"),
        ("greatest of greatest of a in w | b", "(greatest (greatest a in w) b)"),
        ("(least of a | b) >= 5", "(>= (least a b) 5)"),
        ("if a then greatest of b | c else d", "(if a (greatest b c) d)"),
        ("if a then 1 else if b then 2 else 3", "(if a 1 (if b 2 3))"),
        ("(if a then 1 else 2) + 3", "(+ (if a 1 2) 3)"),
        ("years from registered_on to decision_date >= 3", "(>= (years registered_on decision_date) 3)"),
        ("days from 2024-01-01 to (a + 1 days) > 5", "(> (days 2024-01-01 (+ a 1 days)) 5)"),
        ("year of decision_date - 1", "(- (year decision_date) 1)"),
        ("month of (a + 12 months) = 5", "(= (month (+ a 12 months)) 5)"),
        ("convert sales to CNY > 5 CNY", "(> (convert sales CNY) 5 CNY)"),
        ("key_policy_support in benchmark | growth", "(in key_policy_support [benchmark growth])"),
        (
            "priority_sector.new_energy and rent.amount > 0 CNY",
            "(and priority_sector.new_energy (> rent.amount 0 CNY))",
        ),
        ("x > 5\n and y", "(and (> x 5) y)"),
        ("x >= 5 or else_y", "(or (>= x 5) else_y)"),
        ("(((a)))", "a"),
    ] {
        let got = read(text).map_err(|found| problems(&found)).map(|expr| shape(&expr));
        assert_eq!(got.as_deref(), Ok(tree), "{text}");
    }
}

#[test]
fn printing_is_canonical() {
    for (text, printed) in [
        ("x>=7000万元", "x >= 70000000 CNY"),
        ("((a + b)) * (c)", "(a + b) * c"),
        ("a + (b * c)", "a + b * c"),
        ("(a and b) or c", "a and b or c"),
        ("(a or b) or c", "(a or b) or c"),
        ("not (a = b)", "not a = b"),
        ("not (not a)", "not (not a)"),
        ("-(a + b)", "-(a + b)"),
        ("20 % of (x)", "20% of x"),
        ("x in (a)..b", "EX212"),
        ("x = \"a\"", "x = 'a'"),
        ("x in 1|2", "x in 1 | 2"),
        ("years from (a) to (b)", "years from a to b"),
        ("(years from a to b)", "years from a to b"),
        ("area >= 4_200㎡", "area >= 4200 m2"),
        ("code = 0110", "code = 0110"),
    ] {
        let got = match read(text) {
            Ok(expr) => expr.to_string(),
            Err(found) => found[0].code().to_owned(),
        };
        assert_eq!(got, printed, "{text}");
    }
}

#[test]
fn places_are_those_of_the_file() {
    let expr = read("a >= 5 万元").unwrap();
    assert_eq!((expr.span.start, expr.span.end, expr.span.file), (100, 113, FileId(3)));
    let twice = |start: usize, end: usize| Span::new(FileId(1), start * 2, end * 2);
    let origin = Origin { span: Span::new(FileId(1), 0, 99), map: Some(&twice) };
    let expr = crate::expr::parse("a and b", &origin).unwrap();
    assert_eq!((expr.span.start, expr.span.end), (0, 14));
}

#[test]
fn other_beginnings() {
    let origin = Origin::new(Span::new(FileId(0), 100, 100));
    let shown = |result: Result<String, Vec<crate::diagnostic::Diagnostic>>| {
        result.unwrap_or_else(|found| problems(&found))
    };
    for (text, printed) in [
        ("cbec_volume   descending", "cbec_volume descending"),
        ("priority_sector first", "priority_sector first"),
        ("a >= 5 or b last", "a >= 5 or b last"),
        ("a >= 5 ascending", "EX235 7..16"),
        ("a", "EX234 1..1"),
        ("a up", "EX234 2..4"),
        ("", "EX201 0..0"),
        ("a ascending b", "EX211 12..13"),
    ] {
        assert_eq!(shown(parse_order(text, &origin).map(|it| it.to_string())), printed, "{text}");
    }
    for (text, printed) in [
        ("firms", "firms"),
        ("firms where a and (b)", "firms where a and b"),
        ("firms a", "EX236 6..7"),
        ("where a", "EX236 0..5"),
        ("firms where", "EX206 11..11"),
    ] {
        assert_eq!(shown(parse_firms(text, &origin).map(|it| it.to_string())), printed, "{text}");
    }
    for (text, printed) in [
        ("down to 10_000 CNY", "down to 10000 CNY"),
        ("up to 1 万元", "up to 10000 CNY"),
        ("nearest to 1", "nearest to 1"),
        ("nearest 1", "EX223 8..9"),
        ("off to 1", "EX237 0..3"),
        ("down to 0", "EX237 8..9"),
        ("down to x", "EX237 8..9"),
        ("down to 1 CNY x", "EX211 14..15"),
    ] {
        assert_eq!(shown(parse_round(text, &origin).map(|it| it.to_string())), printed, "{text}");
    }
    for (text, printed) in [
        ("0..1_000_000", "0..1_000_000"),
        ("0 CNY..", "0 CNY.."),
        ("..5", "..5"),
        ("-5%..5%", "-5%..5%"),
        ("a|b", "a | b"),
        ("..", "EX224 2..2"),
        ("1..2..3", "EX225 4..6"),
        ("a and b", "EX211 2..5"),
    ] {
        assert_eq!(shown(parse_set(text, &origin).map(|it| it.to_string())), printed, "{text}");
    }
    for (text, printed) in [
        ("50%", "50%"),
        ("-5 CNY", "-5 CNY"),
        ("benchmark", "benchmark"),
        ("2025-06-30", "2025-06-30"),
        ("12 months", "12 months"),
        ("yes", "yes"),
        ("a + b", "EX238 2..3"),
        ("(a)", "EX238 0..1"),
        ("'x'", "EX203 0..3"),
    ] {
        assert_eq!(shown(parse_item(text, &origin).map(|it| it.to_string())), printed, "{text}");
    }
}

#[test]
fn words_of_the_language() {
    assert!(RESERVED.is_sorted());
    for word in ["or", "yes", "firms", "nearest", "known", "months"] {
        assert!(is_reserved(word), "{word}");
    }
    for word in ["million", "x", "OR", "or else", ""] {
        assert!(!is_reserved(word), "{word}");
    }
}

#[test]
fn limits() {
    let wrap = |count: usize| format!("{}a{}", "(".repeat(count), ")".repeat(count));
    assert!(read(&wrap(32)).is_ok());
    assert_eq!(problems(&read(&wrap(33)).unwrap_err()), "EX003 32..33");
    let long = |bytes: usize| format!("{} or b", "a".repeat(bytes - 5));
    assert!(read(&long(4096)).is_ok());
    assert_eq!(problems(&read(&long(4097)).unwrap_err()), "EX002 0..4097");
    assert_eq!(problems(&read(&wrap(10_000)).unwrap_err()), "EX002 0..20001");
    let open = "(".repeat(2000);
    assert_eq!(problems(&read(&open).unwrap_err()), "EX003 32..33");
    let chain = |count: usize| format!("a{}", " + a".repeat(count));
    assert!(read(&chain(256)).is_ok());
    assert_eq!(problems(&read(&chain(257)).unwrap_err()), "EX004 1026..1027");
    for deep in ["not (", "if ", "1% of ", "sum of ", "-(", "previous "] {
        let text = format!("{}a", deep.repeat(4000 / deep.len()));
        let found = problems(&read(&text).unwrap_err());
        assert!(found.starts_with("EX003"), "{deep}: {found}");
    }
}
