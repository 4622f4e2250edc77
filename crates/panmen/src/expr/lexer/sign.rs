//! ASCII signs: operators, those of other languages, and the characters that YAML needs.

use super::{Lexer, Token, begins_word};
use crate::diagnostic::{ExpressionProblem, quote};
use crate::value::{code_point, read_quantity};

/// Signs and what is to be written for them; those that are right stand for themselves. Longer
/// signs first.
const SIGNS: &[(&str, &str)] = &[
    ("===", "="),
    ("!==", "!="),
    ("...", ".."),
    ("==", "="),
    ("=>", ">="),
    ("=<", "<="),
    ("<>", "!="),
    ("><", "!="),
    ("!=", "!="),
    ("<=", "<="),
    (">=", ">="),
    ("&&", "and"),
    ("||", "or"),
    ("..", ".."),
    ("=", "="),
    ("<", "<"),
    (">", ">"),
    ("+", "+"),
    ("*", "*"),
    ("/", "/"),
    ("(", "("),
    (")", ")"),
    ("|", "|"),
    ("!", "not"),
    ("&", "and"),
    ("~", ".."),
];

impl Lexer<'_> {
    pub(super) fn sign(&mut self, c: char) {
        if matches!(c, '(' | '[' | '{') && self.previous_is("in") && self.set_in_brackets(c) {
            return;
        }
        if let Some(problem) = needed_by_yaml(c, c) {
            self.refuse(problem, 1);
            self.skip(1);
            return;
        }
        if c == '+' && !self.after_operand() && self.positive_number() {
            return;
        }
        let rest = self.rest();
        let Some((written, right)) = SIGNS.iter().find(|(written, _)| rest.starts_with(written)) else {
            self.unknown(c);
            self.skip(c.len_utf8());
            return;
        };
        if written != right {
            self.other_spelling(written, right);
        }
        self.push(Token::Fixed(right), written.len());
    }

    pub(super) fn other_spelling(&mut self, written: &str, right: &str) {
        let problem =
            ExpressionProblem::OperatorSpelling { written: quote(written), right: right.to_owned() };
        self.refuse(problem, written.len());
    }

    pub(super) fn unknown(&mut self, c: char) {
        let problem = ExpressionProblem::UnknownCharacter {
            character: quote(&c.to_string()),
            code_point: code_point(c),
        };
        self.refuse(problem, c.len_utf8());
    }

    /// `+5` where a value should stand.
    fn positive_number(&mut self) -> bool {
        let rest = self.rest();
        let end = rest.find(' ').unwrap_or(rest.len()).max(1);
        let written = rest.get(..end).unwrap_or("").trim_end_matches([')', '|']);
        if !rest.get(1..).is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit())) {
            return false;
        }
        if let Err(problem) = read_quantity(written) {
            self.refuse(problem, written.len());
        }
        self.push(Token::Name(String::new()), written.len());
        true
    }

    /// `x in [a, b]`, `x in (a, b)`: named as a whole, with the set as it is written.
    fn set_in_brackets(&mut self, open: char) -> bool {
        let close = match open {
            '(' => ')',
            '[' => ']',
            _ => '}',
        };
        let rest = self.rest();
        let Some(end) = rest.find(close) else { return false };
        let inner = rest.get(1..end).unwrap_or("");
        if open == '(' && !inner.contains(',') {
            return false;
        }
        let length = end.saturating_add(1);
        let items: Vec<&str> = inner.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
        let problem = ExpressionProblem::SetBrackets {
            written: quote(rest.get(..length).unwrap_or("")),
            right: quote(&items.join(" | ")),
        };
        self.refuse(problem, length);
        self.push(Token::Name(String::new()), length);
        true
    }

    /// `.`: a range, or a number without its zero, or nothing.
    pub(super) fn point(&mut self) {
        let rest = self.rest();
        if rest.starts_with("..") {
            self.sign('.');
            return;
        }
        let after = rest.get(1..).unwrap_or("");
        let end = after.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(after.len());
        let written = rest.get(..end.saturating_add(1)).unwrap_or(".");
        let number =
            after.starts_with(|c: char| c.is_ascii_digit()) || matches!(written, ".inf" | ".nan" | ".NaN");
        let problem = if number { read_quantity(written).err() } else { None };
        let length = if problem.is_some() { written.len() } else { 1 };
        let before = self.tokens.last().and_then(|last| self.text.get(last.start..last.end)).unwrap_or("");
        let dangling = ExpressionProblem::DanglingPoint { written: quote(before) };
        self.refuse(problem.unwrap_or(dangling), length);
        if length > 1 {
            self.push(Token::Name(String::new()), length);
        } else {
            self.skip(1);
        }
    }

    /// A minus: between two values with a space on both sides, else touching what it negates.
    pub(super) fn minus(&mut self) {
        let before = self.text.get(..self.at).unwrap_or("");
        let after = self.rest().get(1..).unwrap_or("");
        let blank = |c: char| c == ' ' || c == '\n' || c == '\r';
        let (apart_left, apart_right) =
            (before.ends_with(blank), after.is_empty() || after.starts_with(blank));
        let next = operand(after.trim_start_matches(blank));
        if self.after_operand() {
            if !(apart_left && apart_right) {
                self.minus_without_spaces(next);
            }
            self.push(Token::Fixed("-"), 1);
        } else if apart_right && !next.is_empty() {
            let right = quote(&format!("-{next}"));
            let problem = if self.tokens.is_empty() {
                ExpressionProblem::BeginsWithMinus { right }
            } else {
                ExpressionProblem::MinusApart { right }
            };
            self.refuse(problem, 1);
            self.push(Token::Negative, 1);
        } else {
            self.push(Token::Negative, 1);
        }
    }

    fn minus_without_spaces(&mut self, next: &str) {
        let Some(last) = self.tokens.last() else { return };
        let (start, minus) = (last.start, self.at);
        let left = self.text.get(start..last.end).unwrap_or("");
        let gap = self.text.get(last.end..minus).unwrap_or("");
        let after = self.rest().get(1..).unwrap_or("");
        let gap_after = after.get(..after.len().saturating_sub(after.trim_start().len())).unwrap_or("");
        let problem = ExpressionProblem::MinusSpacing {
            written: quote(&format!("{left}{gap}-{gap_after}{next}")),
            binary: quote(&format!("{left} - {next}")),
            prefix: quote(&format!("-{next}")),
        };
        self.refuse(problem, 1);
    }
}

/// The word or number that a text begins with, as it may be shown after a minus.
fn operand(text: &str) -> &str {
    let end = text
        .find(|c: char| !(begins_word(c) || c.is_ascii_digit() || c == '.' || c == '_'))
        .unwrap_or(text.len());
    let word = text.get(..end).unwrap_or("");
    if word.is_empty() && text.starts_with('(') { "(" } else { word.trim_end_matches('.') }
}

/// The problem of a character that YAML needs; `typed` may be its full-width form.
pub(super) fn needed_by_yaml(ascii: char, typed: char) -> Option<ExpressionProblem> {
    let character = quote(&typed.to_string());
    Some(match ascii {
        '[' | ']' => ExpressionProblem::Bracket { character },
        '{' | '}' => ExpressionProblem::Brace { character },
        ',' => ExpressionProblem::Comma { character },
        '#' => ExpressionProblem::Hash { character },
        ':' => ExpressionProblem::Colon { character },
        '\t' => ExpressionProblem::Tab { character },
        _ => return None,
    })
}
