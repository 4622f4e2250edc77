//! Characters outside ASCII that are no letters: named with what to type for them.

use super::sign::needed_by_yaml;
use super::{Lexer, Token, ascii_for};
use crate::diagnostic::ExpressionProblem;
use crate::value::code_point;

/// Signs of mathematics and the operators they stand for.
const MATHEMATICS: &[(char, &str)] = &[
    ('≥', ">="),
    ('⩾', ">="),
    ('≧', ">="),
    ('≤', "<="),
    ('⩽', "<="),
    ('≦', "<="),
    ('≠', "!="),
    ('×', "*"),
    ('÷', "/"),
    ('…', ".."),
    ('～', ".."),
    ('！', "not"),
    ('＆', "and"),
    ('∧', "and"),
    ('∨', "or"),
    ('¬', "not"),
];

impl Lexer<'_> {
    pub(super) fn look_alike(&mut self, c: char) {
        if let Some((_, right)) = MATHEMATICS.iter().find(|(sign, _)| *sign == c) {
            self.other_spelling(&c.to_string(), right);
            self.push(Token::Fixed(right), c.len_utf8());
            return;
        }
        let Some(ascii) = ascii_for(c) else {
            self.unknown(c);
            self.skip(c.len_utf8());
            return;
        };
        if let Some(problem) = needed_by_yaml(ascii, c) {
            self.refuse(problem, c.len_utf8());
            self.skip(c.len_utf8());
            return;
        }
        let problem = ExpressionProblem::FullWidth {
            character: c.to_string(),
            code_point: code_point(c),
            ascii: ascii.to_string(),
        };
        self.refuse(problem, c.len_utf8());
        self.resume(c, ascii);
    }

    /// Goes on behind the character as if its ASCII form stood there.
    fn resume(&mut self, c: char, ascii: char) {
        match ascii {
            ' ' => self.skip(c.len_utf8()),
            '"' | '\'' => {
                let close = match c {
                    '“' | '„' => '”',
                    '‘' | '‚' => '’',
                    '「' => '」',
                    '『' => '』',
                    '«' => '»',
                    other => other,
                };
                self.quoted(c, close);
            }
            _ if ascii.is_ascii_alphanumeric() => {
                let rest = self.rest();
                let full = |c: char| ascii_for(c).is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
                let length = rest.find(|c| !full(c)).unwrap_or(rest.len());
                self.push(Token::Name(String::new()), length);
            }
            _ => {
                let sign = match ascii {
                    '(' => "(",
                    ')' => ")",
                    '=' => "=",
                    '<' => "<",
                    '>' => ">",
                    '+' => "+",
                    '*' => "*",
                    '/' => "/",
                    '|' => "|",
                    '-' => "-",
                    '.' => "..",
                    _ => {
                        self.skip(c.len_utf8());
                        return;
                    }
                };
                self.push(Token::Fixed(sign), c.len_utf8());
            }
        }
    }
}
