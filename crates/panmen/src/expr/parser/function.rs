//! Aggregates over lists, windows over series, choices, spans between dates, parts, conversions.

use super::{Parsed, Parser};
use crate::diagnostic::{Diagnostic, ExpressionProblem, quote};
use crate::expr::ast::{Expr, Function, Kind, Name, Reference, Until};
use crate::expr::lexer::Token;
use crate::value::TimeUnit;

impl Parser<'_> {
    /// After `sum`, `average`, `greatest` or `least`: what follows decides which of three it is.
    pub(super) fn function(&mut self) -> Parsed<Expr> {
        let first = self.at;
        let word = self.written().unwrap_or("").to_owned();
        let function = match word.as_str() {
            "sum" => Function::Sum,
            "average" => Function::Average,
            "greatest" => Function::Greatest,
            _ => Function::Least,
        };
        self.advance();
        self.of(&word, first)?;
        let inner = self.at;
        let of = self.sum()?;
        if self.eat("in") {
            let list = self.name()?;
            let filter = if self.is("where") { Some(Box::new(self.filter(first)?)) } else { None };
            return Ok(self.node(Kind::Aggregate { function, of: Box::new(of), list, filter }, first));
        }
        if self.is("from") {
            let plain = self.at.saturating_sub(inner) == 1;
            let (true, Kind::Reference(Reference { previous: 0, name, period: None })) = (plain, of.kind)
            else {
                let problem = ExpressionProblem::NameExpected {
                    after: format!("{word} of"),
                    found: format!("`{}`", quote(self.written_from(inner))),
                };
                return Err(self.refuse_from(problem, inner));
            };
            return self.window(function, name, first);
        }
        if self.is("|") && matches!(function, Function::Greatest | Function::Least) {
            return self.choice(function == Function::Greatest, of, first);
        }
        if self.at < self.tokens.len() && !matches!(self.peek(), Some(Token::Fixed(_))) {
            return Err(self.not_the_end());
        }
        Err(self.refuse_from(ExpressionProblem::FunctionForm { function: word }, first))
    }

    /// The `of` after a function's word.
    fn of(&mut self, word: &str, first: usize) -> Parsed<()> {
        if self.is("(") {
            return Err(self.refuse_from(ExpressionProblem::Call { name: word.to_owned() }, first));
        }
        if matches!(self.peek(), Some(Token::Fixed("of"))) {
            return self.expect("of");
        }
        let alone = match self.peek() {
            None => true,
            Some(Token::Fixed(next)) => !matches!(*next, "from" | "in" | "where" | "|"),
            Some(_) => false,
        };
        let before_is_operand_place = alone && self.at > 1;
        Err(if before_is_operand_place {
            self.refuse_from(ExpressionProblem::ReservedWord { word: word.to_owned() }, first)
        } else {
            self.without("of")
        })
    }

    /// `greatest of a | b`, alone or in parentheses.
    fn choice(&mut self, greatest: bool, of: Expr, first: usize) -> Parsed<Expr> {
        let may = self.alone == Some(first);
        let mut items = vec![of];
        while self.eat("|") {
            items.push(self.sum()?);
        }
        let ends = match self.peek() {
            None => true,
            Some(Token::Fixed(word)) => matches!(*word, ")" | "then" | "else"),
            Some(_) => false,
        };
        if may && ends {
            return Ok(self.node(Kind::Pick { greatest, items }, first));
        }
        if may && !matches!(self.peek(), Some(Token::Fixed(_))) {
            return Err(self.not_the_end());
        }
        let written = quote(self.written_from(first));
        Err(self.refuse_from(ExpressionProblem::NeedsParentheses { written }, first))
    }

    /// `average of x from a to b`, `average of x from a for 12 months`.
    fn window(&mut self, function: Function, series: Name, first: usize) -> Parsed<Expr> {
        self.advance();
        let from = Box::new(self.edge()?);
        let until = if self.eat("for") {
            match self.peek() {
                Some(Token::Duration(count, unit @ (TimeUnit::Months | TimeUnit::Years))) if *count > 0 => {
                    let length = Until::Length(*count, *unit);
                    self.advance();
                    length
                }
                Some(_) => return Err(self.refuse(ExpressionProblem::WindowLength { found: self.found() })),
                None => return Err(self.missing_operand()),
            }
        } else {
            self.expect("to")?;
            Until::Period(Box::new(self.edge()?))
        };
        Ok(self.node(Kind::Window { function, series, from, until }, first))
    }

    pub(super) fn count(&mut self) -> Parsed<Expr> {
        let first = self.at;
        self.advance();
        self.of("count", first)?;
        let list = self.name()?;
        let filter = if self.is("where") { Some(Box::new(self.filter(first)?)) } else { None };
        Ok(self.node(Kind::Count { list, filter }, first))
    }

    /// `years from a to b`.
    pub(super) fn span_between(&mut self) -> Parsed<Expr> {
        let first = self.at;
        let unit = self.written().and_then(TimeUnit::of_word).unwrap_or(TimeUnit::Days);
        self.advance();
        if !self.is("from") {
            return Err(self.word_alone(first, "from"));
        }
        self.advance();
        let from = Box::new(self.edge()?);
        self.expect("to")?;
        let to = Box::new(self.edge()?);
        Ok(self.node(Kind::Between { unit, from, to }, first))
    }

    /// `year of d`, `month of d`.
    pub(super) fn part(&mut self) -> Parsed<Expr> {
        let first = self.at;
        let year = self.is("year");
        self.advance();
        if !self.is("of") {
            return Err(self.word_alone(first, "of"));
        }
        self.advance();
        let of = Box::new(self.edge()?);
        Ok(self.node(Kind::Part { year, of }, first))
    }

    /// `convert x to CNY`; the currency stays a word, which `check` knows or refuses.
    pub(super) fn conversion(&mut self) -> Parsed<Expr> {
        let first = self.at;
        self.advance();
        if self.is("to") || self.at >= self.tokens.len() {
            return Err(self.word_alone(first, "x to CNY"));
        }
        let inner = self.at;
        let value = Box::new(self.edge()?);
        if self.eat("for") {
            self.edge()?;
            let written = quote(self.written_from(inner));
            return Err(self.refuse_from(ExpressionProblem::NeedsParentheses { written }, inner));
        }
        self.expect("to")?;
        let currency = self.name()?;
        Ok(self.node(Kind::Convert { value, currency }, first))
    }

    /// A word that begins a form, without what must follow: at the end of an operand it may have
    /// been meant as a value.
    fn word_alone(&self, first: usize, expected: &str) -> Box<Diagnostic> {
        let word = self.written_from(first).to_owned();
        if first > 0 && !matches!(self.peek(), Some(Token::Name(_))) {
            return self.refuse_from(ExpressionProblem::ReservedWord { word }, first);
        }
        self.without(expected)
    }
}
