//! What a profile's text should have been, beyond a single value.
//!
//! In: a refused text and the type of its fact. Out: a problem with the text that is accepted in its
//! place, or none where that cannot be told.

use crate::diagnostic::{
    ExpressionProblem as E, Problem, ProfileProblem, ValueProblem as V, is_invisible, quote,
};
use crate::pack::Per;
use crate::value::{self, Month, Spelling, Type, ascii_for, code_point, example};

/// A fraction as a JSON number: in quotes, and as the type of its fact is written.
pub(super) fn json_fraction(value_type: &Type, text: &str) -> Problem {
    let fraction = |right: &str| {
        ProfileProblem::JsonFraction { text: quote(text), right: format!("\"{right}\"") }.into()
    };
    if value::read_text(value_type, text).is_ok() {
        return fraction(text);
    }
    match value::spelling(value_type, text) {
        Some(Spelling::One(right)) => fraction(&right),
        Some(Spelling::Either(first, second)) => {
            in_json(V::EitherPercent { text: quote(text), first, second }.into())
        }
        None => match value::read_text(value_type, text) {
            Err(problem) => problem,
            Ok(_) => fraction(&example(value_type)),
        },
    }
}

/// The same problem of a bare JSON number: what is shown in its place is a text, with its quotes.
pub(super) fn in_json(problem: Problem) -> Problem {
    let quoted = |right: String| format!("\"{right}\"");
    match problem {
        Problem::ValueProblem(V::NoCurrency { text, fixed }) => {
            V::NoCurrency { text, fixed: quoted(fixed) }.into()
        }
        Problem::ValueProblem(V::NoPercent { text, fixed }) => {
            V::NoPercent { text, fixed: quoted(fixed) }.into()
        }
        Problem::ValueProblem(V::EitherPercent { text, first, second }) => {
            V::EitherPercent { text, first: quoted(first), second: quoted(second) }.into()
        }
        Problem::ExpressionProblem(E::DateSpelling { text, right }) => {
            E::DateSpelling { text, right: quoted(right) }.into()
        }
        other => other,
    }
}

/// A scalar that holds several values of a list, as `9610，9710` in its brackets does.
pub(super) fn list_marks(value_type: &Type, text: &str) -> Option<ProfileProblem> {
    let mark = text.chars().find(|c| is_mark(*c) && *c != ',')?;
    if value::read_text(value_type, text).is_ok() {
        return None;
    }
    let items = items(value_type, text)?;
    (items.len() > 1).then(|| ProfileProblem::ListMark {
        character: mark.to_string(),
        code_point: code_point(mark),
        right: items.join(", "),
    })
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | '，' | '、' | '；' | '／' | '｜')
}

/// The values that a text holds; none unless each of them reads.
pub(super) fn items(value_type: &Type, text: &str) -> Option<Vec<String>> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || ascii_for(c) == Some(' '));
    let inner = ["【】", "［］", "〔〕", "「」", "（）", "()"].iter().find_map(|pair| {
        let mut pair = pair.chars();
        text.strip_prefix(pair.next()?)?.strip_suffix(pair.next()?)
    });
    let mut items = Vec::new();
    for item in inner.unwrap_or(text).split(is_mark) {
        let item = item.trim_matches(|c: char| c.is_whitespace() || ascii_for(c) == Some(' '));
        if item.is_empty() || item.contains(['[', ']', '{', '}', '#', ':', '"', '\'']) {
            return None;
        }
        if value::read_text(value_type, item).is_ok() {
            items.push(item.to_owned());
        } else if let Some(Spelling::One(right)) = value::spelling(value_type, item) {
            items.push(right);
        } else {
            return None;
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    let unique = items.iter().all(|item| seen.insert(item));
    unique.then_some(items)
}

/// The period that is meant by `2023年` or `２０２３`.
pub(super) fn period(per: Per, text: &str) -> Option<String> {
    let ascii: String =
        text.chars().filter(|c| !is_invisible(*c)).map(|c| ascii_for(c).unwrap_or(c)).collect();
    let plain = ascii.trim().trim_end_matches(['年', '月', '度']);
    match per {
        Per::Year => (plain.len() == 4 && plain.bytes().all(|b| b.is_ascii_digit()) && plain > "0000")
            .then(|| plain.to_owned()),
        Per::Month => {
            let (year, month) = plain.split_once(['-', '/', '.', '年'])?;
            Month::parse(&format!("{year}-{month:0>2}")).map(|month| month.to_string())
        }
    }
}

/// The character of a name that only looks as if it belonged into the name that is meant.
pub(super) fn name_characters(name: &str, right: &str) -> Option<ProfileProblem> {
    let strange = |c: char| !c.is_ascii();
    // One that cannot be seen has been named where the text was read.
    let character = name.chars().find(|c| strange(*c)).filter(|c| !is_invisible(*c))?;
    // Each strange character stands for one of the right name, or for nothing.
    let mut letters = right.chars().peekable();
    for c in name.chars() {
        let same = letters.peek().is_some_and(|letter| {
            *letter == c || ascii_for(c) == Some(*letter) || looks_like(c) == Some(*letter)
        });
        if same {
            letters.next();
        } else if !(is_invisible(c) || ascii_for(c) == Some(' ')) {
            return None;
        }
    }
    letters.next().is_none().then(|| ProfileProblem::NameCharacter {
        fact: quote(name),
        character: quote(&character.to_string()),
        code_point: code_point(character),
        right: right.to_owned(),
    })
}

/// The Latin letter that a Cyrillic or Greek one looks like.
fn looks_like(c: char) -> Option<char> {
    Some(match c {
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' => 'm',
        'п' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'у' | 'γ' => 'y',
        _ => return None,
    })
}
