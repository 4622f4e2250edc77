//! The tables of the language reference, and every mixture of operands against its completions.

use super::*;

/// `y`, `n`, `e`, `u` (yes or no), and every mixture of what completions may give.
fn answer(text: &str) -> Answer {
    let (yes, no, fails) = match text {
        "y" => (true, false, false),
        "n" => (false, true, false),
        "e" => (false, false, true),
        "u" => (true, true, false),
        "ye" => (true, false, true),
        "ne" => (false, true, true),
        _ => (true, true, true),
    };
    let failure = fails.then_some(Failure { kind: FailureKind::DivisionByZero, span: Span::default() });
    let awaits =
        if yes && no { Awaits::from([FactPath { fact: 0, part: Part::Whole }]) } else { Awaits::new() };
    Answer::settle(if yes || no { May::Truth { yes, no } } else { May::Nothing }, failure, awaits)
}

fn text(answer: &Answer) -> String {
    let mut text = String::new();
    if answer.may_be_yes() && answer.may_be_no() {
        text.push('u');
    } else if answer.may_be_yes() {
        text.push('y');
    } else if answer.may_be_no() {
        text.push('n');
    }
    if answer.failure.is_some() {
        text.push('e');
    }
    text
}

const KINDS: [&str; 7] = ["y", "n", "e", "u", "ye", "ne", "ue"];

/// The completions of an answer: 2 yes, 1 error, 0 no, so that `and` is the least and `or` the greatest.
fn completions(text: &str) -> Vec<u8> {
    let mut all = Vec::new();
    if text.contains(['y', 'u']) {
        all.push(2);
    }
    if text.contains('e') {
        all.push(1);
    }
    if text.contains(['n', 'u']) {
        all.push(0);
    }
    all
}

fn from_completions(mut all: Vec<u8>) -> String {
    all.sort_unstable();
    all.dedup();
    let (yes, error, no) = (all.contains(&2), all.contains(&1), all.contains(&0));
    let truth = match (yes, no) {
        (true, true) => "u",
        (true, false) => "y",
        (false, true) => "n",
        (false, false) => "",
    };
    format!("{truth}{}", if error { "e" } else { "" })
}

#[test]
fn the_tables_of_the_language_reference() {
    for (left, op, right, result) in [
        ("n", "and", "u", "n"),
        ("y", "or", "u", "y"),
        ("n", "and", "e", "n"),
        ("y", "or", "e", "y"),
        ("y", "and", "e", "e"),
        ("n", "or", "e", "e"),
        ("u", "and", "e", "ne"),
        ("u", "or", "e", "ye"),
        ("u", "and", "y", "u"),
        ("u", "or", "n", "u"),
    ] {
        let (a, b) = (answer(left), answer(right));
        let got = if op == "and" { all(&[&a, &b]) } else { any(&[&a, &b]) };
        assert_eq!(text(&got), result, "{left} {op} {right}");
    }
    for (inner, result) in [("y", "n"), ("n", "y"), ("u", "u"), ("e", "e"), ("ye", "ne")] {
        assert_eq!(text(&not(&answer(inner))), result, "not {inner}");
    }
}

#[test]
fn every_mixture_of_three_agrees_with_its_completions() {
    for first in KINDS {
        for second in KINDS {
            for third in KINDS {
                let members = [answer(first), answer(second), answer(third)];
                let members: Vec<&Answer> = members.iter().collect();
                let mut each = Vec::new();
                for a in completions(first) {
                    for b in completions(second) {
                        for c in completions(third) {
                            each.push([a, b, c]);
                        }
                    }
                }
                let results = |f: &dyn Fn(&[u8; 3]) -> u8| from_completions(each.iter().map(f).collect());
                let least = results(&|m| *m.iter().min().unwrap());
                let greatest = results(&|m| *m.iter().max().unwrap());
                assert_eq!(text(&all(&members)), least, "all {first} {second} {third}");
                assert_eq!(text(&any(&members)), greatest, "any {first} {second} {third}");
                for count in 1..=3_usize {
                    let counted = results(&|m| {
                        let of = |value: u8| m.iter().map(|v| usize::from(*v == value)).sum::<usize>();
                        let (yes, error) = (of(2), of(1));
                        if yes >= count { 2 } else { u8::from(yes + error >= count) }
                    });
                    let got = text(&at_least(count, &members));
                    assert_eq!(got, counted, "at_least {count} of {first} {second} {third}");
                }
            }
        }
    }
}

/// A member matters if two of its completions give two results while the others keep theirs.
#[test]
fn only_members_that_may_tip_the_scale_are_awaited() {
    for kinds in KINDS.iter().flat_map(|a| KINDS.iter().flat_map(move |b| KINDS.map(|c| [*a, *b, c]))) {
        let mut members = kinds.map(answer);
        for (fact, member) in members.iter_mut().enumerate() {
            member.awaits = match completions(kinds[fact]).len() {
                1 => Awaits::new(),
                _ => Awaits::from([FactPath { fact, part: Part::Whole }]),
            };
        }
        for count in 1..=3 {
            let result = |values: [u8; 3]| {
                let mut values = values;
                values.sort_unstable_by(|a, b| b.cmp(a));
                values[count - 1]
            };
            let mut matter = BTreeSet::new();
            for a in completions(kinds[0]) {
                for b in completions(kinds[1]) {
                    for c in completions(kinds[2]) {
                        for place in 0..3 {
                            for other in completions(kinds[place]) {
                                let mut changed = [a, b, c];
                                changed[place] = other;
                                if result(changed) != result([a, b, c]) {
                                    matter.insert(place);
                                }
                            }
                        }
                    }
                }
            }
            let found = at_least(count, &members.each_ref());
            let found: BTreeSet<usize> = found.awaits.iter().map(|path| path.fact).collect();
            assert_eq!(found, matter, "at_least {count} of {kinds:?}");
        }
    }
}

#[test]
fn what_is_decided_waits_for_nothing() {
    let (no, unknown) = (answer("n"), answer("u"));
    assert!(all(&[&no, &unknown]).awaits.is_empty());
    assert_eq!(any(&[&no, &unknown]).awaits.len(), 1);
}
