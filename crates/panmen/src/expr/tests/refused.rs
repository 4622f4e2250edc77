//! What is refused, with which code, at which bytes.

use super::{problems, read};
use crate::diagnostic::{ExpressionProblem, Lang};

const TABLE: &[(&str, &str)] = &[
    // Characters.
    ("a @ b", "EX001 2..3"),
    ("a\u{200B}", "EX001 1..4"),
    ("a = 'b\u{202E}'", "EX001 6..9"),
    ("x >= 5 % of y ^ 2", "EX001 14..15"),
    ("a　and b", "EX005 1..4"),
    ("a\u{A0}and b", "EX005 1..3"),
    ("（a or b） and c", "EX005 0..3, EX005 9..12"),
    ("x ＞ 5", "EX005 2..5"),
    ("x = “a，b”", "EX005 4..7"),
    ("x = ５", "EX108 4..7"),
    ("x >= ６２万元", "EX108 5..17"),
    ("x >= 20％", "EX108 5..10"),
    ("ｘ > 5", "EX005 0..3"),
    ("x in a， b", "EX008 6..9"),
    ("x in [a, b]", "EX212 5..11"),
    ("x in (a, b)", "EX212 5..11"),
    ("x in (a | b)", "EX212 5..12"),
    ("x in {a, b}", "EX212 5..11"),
    ("[a]", "EX006 0..1, EX006 2..3"),
    ("{a}", "EX007 0..1, EX007 2..3"),
    ("a, b", "EX008 1..2"),
    ("a # b", "EX009 2..3"),
    ("a： b", "EX010 1..4"),
    ("a: b", "EX010 1..2"),
    ("a\tand b", "EX011 1..2"),
    ("x = 'abc", "EX012 4..8"),
    ("x = 'a, b'", "EX013 6..7"),
    ("x == 5", "EX014 2..4"),
    ("x <> 5 and y => 3 or z =< 2", "EX014 2..4, EX014 13..15, EX014 23..25"),
    ("x ≥ 5", "EX014 2..5"),
    ("x ≤ 5 && y ≠ 3 || !z", "EX014 2..5, EX014 8..10, EX014 13..16, EX014 19..21, EX014 22..23"),
    ("a × b", "EX014 2..4"),
    ("员工 > 5 且 a", "EX014 11..14"),
    ("x in 1~5", "EX014 6..7"),
    ("a AND b", "EX015 2..5"),
    ("x > 5 AND y", "EX015 6..9"),
    ("Not a", "EX015 0..3"),
    ("a -b", "EX016 2..3"),
    ("a-b", "EX016 1..2"),
    ("5-3", "EX016 1..2"),
    ("a- b", "EX016 1..2"),
    ("x > - 5", "EX017 4..5"),
    ("a. b", "EX018 0..2"),
    ("a . b", "EX018 2..3"),
    ("x.year > 5", "EX019 0..6"),
    ("x.2024 > 5", "EX020 0..6"),
    // Numbers and dates.
    ("x > 1e3", "EX102 4..7"),
    ("x > +1", "EX103 4..6"),
    ("x > .5", "EX104 4..6"),
    ("x > 1.", "EX104 4..6"),
    ("x > 1_", "EX105 4..6"),
    ("x > 1__0 CNY", "EX105 4..12"),
    ("x > 0x10", "EX106 4..8"),
    ("x > 1,000", "EX107 4..9"),
    ("x > 6,200万元 and y", "EX107 4..15"),
    ("x = 8517.62.00", "EX110 4..14"),
    ("x > 1 000", "EX111 6..9"),
    ("x > 7千元", "EX113 4..11"),
    ("x > 0.1234567890123", "EX116 4..19"),
    ("x > 9999999999999999999999999999 万", "EX117 4..36"),
    ("x > 12345678901234567890123456789", "EX115 4..33"),
    ("d > 2025/06/30", "EX120 4..14"),
    ("d > 2019.5.6", "EX120 4..12"),
    ("d > 2019年5月6日", "EX120 4..19"),
    ("d > 2025-6-1", "EX120 4..12"),
    ("d > 2026-02-30", "EX121 4..14"),
    ("d > 2026-13", "EX121 4..11"),
    ("d > 1 year", "EX122 4..10"),
    ("d > 1.5 years", "EX123 4..13"),
    // Grammar.
    ("", "EX201 0..0"),
    ("   ", "EX201 0..3"),
    (">= 5", "EX202 0..2"),
    ("and b", "EX202 0..3"),
    ("'a' = x", "EX203 0..3"),
    ("- 5 < x", "EX204 0..1"),
    ("x > * 5", "EX205 4..5"),
    ("x >", "EX206 3..3"),
    ("a and", "EX206 5..5"),
    ("sum of", "EX206 6..6"),
    ("(a or b", "EX207 0..1"),
    ("a and (b or (c)", "EX207 6..7"),
    ("a)", "EX208 1..2"),
    ("1 < x < 5", "EX209 0..7"),
    ("x = y in z", "EX209 0..8"),
    ("a and 'b' = x", "EX210 6..9"),
    ("a b", "EX211 2..3"),
    ("x > 5 CNY each", "EX211 10..14"),
    ("x between 1 and 5", "EX213 2..9"),
    ("x is not known", "EX214 0..14"),
    ("x is empty", "EX214 0..10"),
    ("x is yes", "EX215 0..8"),
    ("x is in a | b", "EX215 0..7"),
    ("x is", "EX239 4..4"),
    ("x is not 5", "EX215 0..10"),
    ("if a then b", "EX216 0..2"),
    ("(if a then b) + 1", "EX216 1..3"),
    ("if a else b", "EX217 0..2"),
    ("a where b", "EX218 2..7"),
    ("count of w >= 2 where a", "EX218 16..21"),
    ("previous 5", "EX219 9..10"),
    ("previous x for 2023", "EX219 11..14"),
    ("x or else 5", "EX220 2..9"),
    ("(x + 1 or else 5)", "EX220 7..14"),
    ("a and if b then c else d", "EX221 6..8"),
    ("a and some w where b", "EX221 6..18"),
    ("2 < count of w where a", "EX221 4..20"),
    ("greatest of a | b >= 5", "EX221 0..17"),
    ("count of w where a > 5 >= 2", "EX221 0..25"),
    ("years from 5 to b", "EX222 11..12"),
    ("x for -1", "EX222 6..7"),
    ("years from a", "EX239 12..12"),
    ("years from a >= 3", "EX223 13..15"),
    ("x..y", "EX223 1..3"),
    ("x in ..", "EX224 7..7"),
    ("x in 1..5 | 7", "EX225 10..11"),
    ("x in 1 | 5..7", "EX225 10..12"),
    ("x + 1 is known", "EX226 0..14"),
    ("sum of a in 5", "EX227 12..13"),
    ("max(a)", "EX228 0..3"),
    ("sum(a)", "EX228 0..3"),
    ("x = not y", "EX229 4..7"),
    ("x = first", "EX230 4..9"),
    ("some x", "EX231 0..6"),
    ("sum of a", "EX232 0..8"),
    ("sum of a | b", "EX232 0..8"),
    ("sum of s from 2020 for 5", "EX233 23..24"),
    ("x in a + b", "EX211 7..8"),
    ("--5", "EX205 1..2"),
    ("()", "EX205 1..2"),
    ("x = a | b", "EX223 6..7"),
    // One problem a condition, and none that only follows from another.
    ("x > and y = 1", "EX205 4..7"),
    ("x > or y = or a b", "EX205 4..6, EX205 11..13"),
];

#[test]
fn refused_with_code_and_place() {
    let mut wrong = Vec::new();
    for (text, expected) in TABLE {
        let got = read(text).map_or_else(|found| problems(&found), |expr| format!("reads as {expr}"));
        if got != *expected {
            wrong.push(format!("{text:?}: expected {expected}, got {got}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn help_shows_what_to_write() {
    for (text, help) in [
        ("x == 5", "write `=`"),
        ("x >= ６２万元", "write `62万元` (half-width)"),
        ("a-b", "write `a - b` to subtract, or put an operator before `-b`"),
        ("x in [a, b]", "write `a | b`"),
        ("x in (a or b)", "write `a | b`"),
        ("1 < x < 5", "write `1 < x and x < 5`; for both ends included, `x in a..b`"),
        ("x between 1 and 5", "write `x in 1..5`; both ends are included"),
        ("x is not known", "give it a default, `(x or else 0)`, or ask `x is known`"),
        ("x is yes", "write `x = yes`"),
        ("x or else 5", "write `(x or else 5)`"),
        ("x.2024 > 5", "write `x for 2024`"),
        (
            "x > 1,000",
            "write `1000`; digits may be grouped as in `1_000`, items of a set are separated with `|`",
        ),
        ("d > 2025/06/30", "write `2025-06-30`"),
        ("x > - 5", "write `-5`"),
    ] {
        let found = read(text).unwrap_err();
        assert_eq!(found[0].help(Lang::En), help, "{text}");
    }
}

/// Problems that no expression alone can have.
const ELSEWHERE: &[&str] = &[
    "EX021", "EX101", "EX109", "EX112", "EX114", "EX118", "EX119", "EX234", "EX235", "EX236", "EX237",
    "EX238", "EX002", "EX003", "EX004",
];

#[test]
fn every_code_has_a_row() {
    let missing: Vec<&str> = ExpressionProblem::LIST
        .iter()
        .map(|listed| listed.code)
        .filter(|code| !ELSEWHERE.contains(code) && !TABLE.iter().any(|(_, found)| found.contains(code)))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn sentences_are_in_style() {
    for (text, _) in TABLE {
        for problem in read(text).unwrap_err() {
            for lang in [Lang::En, Lang::Zh] {
                for sentence in [problem.message(lang), problem.help(lang)] {
                    assert!(!sentence.is_empty() && !sentence.ends_with(['.', '。']), "{text}: {sentence}");
                }
            }
        }
    }
}
