//! The entry points: a whole text is one expression, value, order, count of firms or rounding.

use super::{MAX_BYTES, Origin, Parsed, Parser};
use crate::diagnostic::{Diagnostic, ExpressionProblem, quote};
use crate::expr::ast::{Direction, Expr, Firms, Kind, Order, Round, Set};
use crate::expr::lexer::{Token, lex};
use crate::number::{Number, Rounding};

/// Reads an expression.
///
/// # Errors
/// Every problem found.
pub fn parse(text: &str, origin: &Origin<'_>) -> Result<Expr, Vec<Diagnostic>> {
    whole(text, origin, "cbec_volume >= 5_000_000 CNY", Parser::expr)
}

/// Reads one value: a literal, a text or a name, perhaps negative.
///
/// # Errors
/// Every problem found.
pub fn parse_item(text: &str, origin: &Origin<'_>) -> Result<Expr, Vec<Diagnostic>> {
    whole(text, origin, "50%", |parser| {
        let item = parser.item()?;
        if parser.at < parser.tokens.len() {
            return Err(parser.refuse(ExpressionProblem::NotAValue { found: parser.found() }));
        }
        Ok(item)
    })
}

/// Reads a set: a range such as `0 CNY..`, or values separated by `|`.
///
/// # Errors
/// Every problem found.
pub fn parse_set(text: &str, origin: &Origin<'_>) -> Result<Set, Vec<Diagnostic>> {
    whole(text, origin, "0..100", Parser::set)
}

/// Reads the order of an allocation.
///
/// # Errors
/// Every problem found.
pub fn parse_order(text: &str, origin: &Origin<'_>) -> Result<Order, Vec<Diagnostic>> {
    whole(text, origin, "cbec_volume descending", |parser| {
        let by = parser.or()?;
        let direction = match parser.peek() {
            Some(Token::Fixed("ascending")) => Direction::Ascending,
            Some(Token::Fixed("descending")) => Direction::Descending,
            Some(Token::Fixed("first")) => Direction::First,
            Some(Token::Fixed("last")) => Direction::Last,
            _ => return Err(parser.refuse(ExpressionProblem::OrderForm {})),
        };
        let sorts = matches!(direction, Direction::Ascending | Direction::Descending);
        let condition = matches!(
            by.kind,
            Kind::Or(_)
                | Kind::And(_)
                | Kind::Not(_)
                | Kind::Compare(..)
                | Kind::In { .. }
                | Kind::Many { .. }
                | Kind::Known(_)
        );
        if sorts && condition {
            let direction = parser.written().unwrap_or("").to_owned();
            return Err(parser.refuse(ExpressionProblem::OrderOfCondition { direction }));
        }
        parser.advance();
        Ok(Order { by, direction })
    })
}

/// Reads which firms a target counts.
///
/// # Errors
/// Every problem found.
pub fn parse_firms(text: &str, origin: &Origin<'_>) -> Result<Firms, Vec<Diagnostic>> {
    whole(text, origin, "firms where onboarding", |parser| {
        if !parser.eat("firms") {
            return Err(parser.refuse(ExpressionProblem::FirmsForm {}));
        }
        let filter = if parser.eat("where") { Some(parser.or()?) } else { None };
        if filter.is_none() && parser.at < parser.tokens.len() {
            return Err(parser.refuse(ExpressionProblem::FirmsForm {}));
        }
        Ok(Firms { filter })
    })
}

/// Reads how an amount is rounded.
///
/// # Errors
/// Every problem found.
pub fn parse_round(text: &str, origin: &Origin<'_>) -> Result<Round, Vec<Diagnostic>> {
    whole(text, origin, "down to 10_000 CNY", |parser| {
        let rounding = match parser.peek() {
            Some(Token::Fixed("down")) => Rounding::Down,
            Some(Token::Fixed("up")) => Rounding::Up,
            Some(Token::Fixed("nearest")) => Rounding::Nearest,
            _ => return Err(parser.refuse(ExpressionProblem::RoundForm {})),
        };
        parser.advance();
        parser.expect("to")?;
        match parser.peek() {
            Some(Token::Quantity(quantity)) if quantity.number > Number::ZERO => {
                let to = quantity.clone();
                let first = parser.at;
                parser.advance();
                Ok(Round { rounding, to, span: parser.span_from(first) })
            }
            _ => Err(parser.refuse(ExpressionProblem::RoundForm {})),
        }
    })
}

/// Reads a whole text as one thing.
fn whole<'a, T>(
    text: &'a str,
    origin: &'a Origin<'a>,
    example: &str,
    read: impl FnOnce(&mut Parser<'a>) -> Parsed<T>,
) -> Result<T, Vec<Diagnostic>> {
    let at_all = |problem| vec![Diagnostic::new(problem, origin.at(0, text.len()))];
    if text.len() > MAX_BYTES {
        let (length, limit) = (text.len().to_string(), MAX_BYTES.to_string());
        return Err(at_all(ExpressionProblem::TextTooLong { length, limit }));
    }
    let tokens = lex(text).map_err(|found| {
        let place = |(problem, start, end)| Diagnostic::new(problem, origin.at(start, end));
        found.into_iter().map(place).collect::<Vec<_>>()
    })?;
    if tokens.is_empty() {
        return Err(at_all(ExpressionProblem::Empty { right: example.to_owned() }));
    }
    let mut parser = Parser::new(text, origin, tokens);
    parser.begins_well().map_err(|problem| vec![*problem])?;
    match read(&mut parser).and_then(|value| parser.ends_well().map(|()| value)) {
        Ok(value) => Ok(value),
        Err(first) => Err(parser.further(*first)),
    }
}

impl Parser<'_> {
    /// What YAML would take for something else cannot begin an expression.
    fn begins_well(&mut self) -> Parsed<()> {
        match self.peek() {
            Some(Token::Text(_)) => {
                let text = quote(self.written().unwrap_or(""));
                Err(self.refuse(ExpressionProblem::BeginsWithText { text }))
            }
            Some(Token::Fixed(
                sign @ ("=" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "|" | "and" | "or"
                | "in" | "or else" | "of"),
            )) => {
                let operator = (*sign).to_owned();
                Err(self.refuse(ExpressionProblem::BeginsWithOperator { operator }))
            }
            _ => Ok(()),
        }
    }

    /// Nothing may follow.
    fn ends_well(&mut self) -> Parsed<()> {
        if self.at >= self.tokens.len() { Ok(()) } else { Err(self.not_the_end()) }
    }

    /// What it means that the present token stands where the expression could end.
    pub(super) fn not_the_end(&mut self) -> Box<Diagnostic> {
        let left = quote(self.written_before());
        let right = quote(self.written().unwrap_or(""));
        match self.peek() {
            Some(Token::Fixed(")")) => self.refuse(ExpressionProblem::StrayParenthesis {}),
            Some(Token::Fixed("where")) => self.refuse(ExpressionProblem::WhereMisplaced {}),
            Some(Token::Fixed("or else")) => self.or_else_misplaced(),
            Some(Token::Fixed("|" | "..")) => self.refuse(ExpressionProblem::Expected {
                expected: "in".to_owned(),
                found: format!("`{left} {right}`"),
            }),
            Some(Token::Fixed("not")) if self.is_at(1, "known") => {
                self.refuse(ExpressionProblem::IsNotKnown { right: format!("not {left} is known") })
            }
            Some(Token::Fixed("=" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "is")) => self.chained(None),
            Some(Token::Name(name)) if name.eq_ignore_ascii_case("between") => self.between(),
            Some(Token::Fixed("(")) if matches!(self.peek_before(), Some(Token::Name(_))) => {
                self.refuse(ExpressionProblem::Call { name: left })
            }
            Some(Token::Quantity(_)) if self.is_spaced_number() => {
                self.refuse(ExpressionProblem::NumberSpaced {
                    text: format!("{left} {right}"),
                    right: format!("{left}{right}"),
                })
            }
            _ => self.refuse(ExpressionProblem::MissingOperator { left, right }),
        }
    }

    fn peek_before(&self) -> Option<&Token> {
        self.at.checked_sub(1).and_then(|before| self.tokens.get(before)).map(|lexed| &lexed.token)
    }

    fn is_spaced_number(&self) -> bool {
        matches!(self.peek_before(), Some(Token::Quantity(before)) if before.number.to_i64().is_some())
            && self.written().is_some_and(|word| word.len() >= 3)
            && self
                .written()
                .and_then(|word| word.get(..3))
                .is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            && self.written_before().bytes().all(|byte| byte.is_ascii_digit())
    }

    /// `x between 1 and 5`: shown as a range, as far as its ends are plain.
    fn between(&self) -> Box<Diagnostic> {
        let token = |ahead: usize| {
            let lexed = self.tokens.get(self.at.saturating_add(ahead))?;
            self.text.get(lexed.start..lexed.end)
        };
        let name = self.written_before();
        let right = match (token(1), self.is_at(2, "and"), token(3)) {
            (Some(from), true, Some(to)) => format!("{name} in {from}..{to}"),
            _ => format!("{name} in a..b"),
        };
        self.refuse(ExpressionProblem::Between { right: quote(&right) })
    }

    /// The first problem, and those of the conditions after the next `and` or `or` outside any
    /// parenthesis: they are read on their own, so no slip is named twice.
    fn further(&mut self, first: Diagnostic) -> Vec<Diagnostic> {
        let mut found = vec![first];
        while let Some(next) = self.after_next_connective() {
            self.at = next;
            self.depth = 0;
            self.operators = 0;
            self.alone = None;
            match self.or() {
                // What else follows a well formed condition may be due to the slip before it.
                Ok(_) => break,
                Err(problem) => found.push(*problem),
            }
        }
        found
    }

    fn after_next_connective(&self) -> Option<usize> {
        let open = |token: &Token| i32::from(*token == Token::Fixed("("));
        let close = |token: &Token| i32::from(*token == Token::Fixed(")"));
        let mut level = 0_i32;
        for lexed in &self.tokens {
            level = level.saturating_add(open(&lexed.token)).saturating_sub(close(&lexed.token));
            // After a parenthesis too many or too few, nobody knows what belongs together; the words
            // of these forms make an `and` mean something else.
            let word = |word| lexed.token == Token::Fixed(word);
            if level < 0 || word("where") || word("if") {
                return None;
            }
        }
        if level != 0 {
            return None;
        }
        for (index, lexed) in self.tokens.iter().enumerate() {
            let connective = matches!(lexed.token, Token::Fixed("and" | "or"));
            if level == 0 && connective && index >= self.at {
                return index.checked_add(1).filter(|next| *next < self.tokens.len());
            }
            level = level.saturating_add(open(&lexed.token)).saturating_sub(close(&lexed.token));
        }
        None
    }
}
