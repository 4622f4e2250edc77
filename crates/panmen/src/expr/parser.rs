//! Tokens to syntax tree, by recursive descent over the grammar of docs/rule-format.md.
//!
//! In: the text of an expression and where it stands. Out: its tree, or every problem of its
//! characters and words; with those right, the first problem of its grammar and those after the
//! next `and` or `or`. Recursion is bounded by the limit on depth.

mod atom;
mod condition;
mod function;
mod whole;

pub use whole::{parse, parse_firms, parse_item, parse_order, parse_round, parse_set};

use super::ast::Expr;
use super::ast::{Kind, Name};
use super::lexer::{Lexed, Token};
use crate::diagnostic::{Diagnostic, ExpressionProblem, quote};
use crate::source::Span;

/// Bytes that an expression may have.
pub(super) const MAX_BYTES: usize = 4096;
/// Levels that an expression may be nested.
pub(super) const MAX_DEPTH: usize = 32;
/// Arithmetic signs that an expression may have. They nest to the left without parentheses, so this
/// bounds the depth of the tree, and with it every recursion over it.
pub(super) const MAX_OPERATORS: usize = 256;

/// Where the characters of an expression stand in the file.
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    /// The whole scalar.
    pub span: Span,
    /// From bytes of the text to their place, for a scalar that the file spells otherwise (quoted,
    /// folded); without it the text stands in the file as it is.
    pub map: Option<&'a dyn Fn(usize, usize) -> Span>,
}

impl Origin<'_> {
    /// A text that stands in the file as it is.
    #[must_use]
    pub fn new(span: Span) -> Self {
        Self { span, map: None }
    }

    /// The place of a stretch of the text.
    #[must_use]
    pub fn at(&self, start: usize, end: usize) -> Span {
        if let Some(map) = self.map {
            return map(start, end);
        }
        let base = self.span.start as usize;
        Span::new(self.span.file, base.saturating_add(start), base.saturating_add(end))
    }
}

/// Boxed, since a problem is far greater than what is usually returned.
type Parsed<T> = Result<T, Box<Diagnostic>>;

struct Parser<'a> {
    text: &'a str,
    origin: &'a Origin<'a>,
    tokens: Vec<Lexed>,
    at: usize,
    depth: usize,
    operators: usize,
    /// The token at which a choice, a `where` or an `if` may begin, since nothing stands before it.
    alone: Option<usize>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, origin: &'a Origin<'a>, tokens: Vec<Lexed>) -> Self {
        Self { text, origin, tokens, at: 0, depth: 0, operators: 0, alone: None }
    }

    fn peek(&self) -> Option<&Token> {
        self.peek_at(0)
    }

    fn peek_at(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at.saturating_add(ahead)).map(|lexed| &lexed.token)
    }

    fn is(&self, word: &str) -> bool {
        self.is_at(0, word)
    }

    fn is_at(&self, ahead: usize, word: &str) -> bool {
        matches!(self.peek_at(ahead), Some(Token::Fixed(fixed)) if *fixed == word)
    }

    fn advance(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.is(word);
        if found {
            self.advance();
        }
        found
    }

    fn expect(&mut self, word: &str) -> Parsed<()> {
        if self.eat(word) {
            return Ok(());
        }
        Err(self.without(word))
    }

    /// The problem that a word does not stand at the present token.
    fn without(&self, word: &str) -> Box<Diagnostic> {
        let expected = word.to_owned();
        self.refuse(if self.at < self.tokens.len() {
            ExpressionProblem::Expected { expected, found: self.found() }
        } else {
            ExpressionProblem::EndsWithout { after: quote(self.written_before()), expected }
        })
    }

    /// The bytes of the tokens from `first` up to the present one.
    fn bytes_from(&self, first: usize) -> (usize, usize) {
        let start = self.tokens.get(first).map_or(self.text.len(), |lexed| lexed.start);
        let last = self.at.checked_sub(1).and_then(|last| self.tokens.get(last));
        (start, last.map_or(start, |lexed| lexed.end).max(start))
    }

    fn written_from(&self, first: usize) -> &'a str {
        let (start, end) = self.bytes_from(first);
        self.text.get(start..end).unwrap_or("")
    }

    fn span_from(&self, first: usize) -> Span {
        let (start, end) = self.bytes_from(first);
        self.origin.at(start, end)
    }

    fn node(&self, kind: Kind, first: usize) -> Expr {
        Expr { kind, span: self.span_from(first) }
    }

    /// The present token as written; none at the end.
    fn written(&self) -> Option<&'a str> {
        let lexed = self.tokens.get(self.at)?;
        self.text.get(lexed.start..lexed.end)
    }

    /// The token before the present one as written.
    fn written_before(&self) -> &'a str {
        let Some(before) = self.at.checked_sub(1).and_then(|before| self.tokens.get(before)) else {
            return "";
        };
        self.text.get(before.start..before.end).unwrap_or("")
    }

    /// The present token, which there is, in backticks for a sentence.
    fn found(&self) -> String {
        format!("`{}`", quote(self.written().unwrap_or("")))
    }

    /// A problem at the present token, or at the end of the text.
    fn refuse(&self, problem: ExpressionProblem) -> Box<Diagnostic> {
        let end = self.text.trim_end().len();
        let (start, end) = self.tokens.get(self.at).map_or((end, end), |lexed| (lexed.start, lexed.end));
        Box::new(Diagnostic::new(problem, self.origin.at(start, end)))
    }

    /// A problem with the tokens from `first` up to the present one.
    fn refuse_from(&self, problem: ExpressionProblem, first: usize) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(problem, self.span_from(first)))
    }

    /// Goes one level deeper, within the limit.
    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= MAX_DEPTH {
            return Err(self.refuse(ExpressionProblem::TooDeep { limit: MAX_DEPTH.to_string() }));
        }
        self.depth = self.depth.saturating_add(1);
        let result = inner(self);
        self.depth = self.depth.saturating_sub(1);
        result
    }

    /// A name without periods.
    fn name(&mut self) -> Parsed<Name> {
        let Some(Token::Name(text)) = self.peek() else {
            let after = quote(self.written_before());
            return Err(match self.written() {
                None => self.refuse(ExpressionProblem::UnexpectedEnd { after }),
                Some(_) => self.refuse(ExpressionProblem::NameExpected { after, found: self.found() }),
            });
        };
        let text = text.clone();
        let first = self.at;
        self.advance();
        Ok(Name { text, span: self.span_from(first) })
    }
}
