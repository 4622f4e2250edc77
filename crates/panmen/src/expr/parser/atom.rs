//! Sums down to atoms: literals, references, parentheses, and the periods that references name.

use super::{MAX_OPERATORS, Parsed, Parser};
use crate::diagnostic::{Diagnostic, ExpressionProblem, quote};
use crate::expr::ast::{Expr, Kind, Literal, Operator, Reference};
use crate::expr::lexer::Token;

impl Parser<'_> {
    pub(super) fn sum(&mut self) -> Parsed<Expr> {
        self.chain(&[("+", Operator::Add), ("-", Operator::Subtract)], |parser| {
            parser.chain(&[("*", Operator::Multiply), ("/", Operator::Divide)], Self::share)
        })
    }

    /// Operands of one rank, from left to right.
    fn chain(
        &mut self,
        signs: &[(&str, Operator)],
        operand: impl Fn(&mut Self) -> Parsed<Expr>,
    ) -> Parsed<Expr> {
        let first = self.at;
        let mut left = operand(self)?;
        while let Some((_, operator)) = signs.iter().find(|(sign, _)| self.is(sign)) {
            self.operators = self.operators.saturating_add(1);
            if self.operators > MAX_OPERATORS {
                return Err(
                    self.refuse(ExpressionProblem::TooManyOperators { limit: MAX_OPERATORS.to_string() })
                );
            }
            self.advance();
            let right = operand(self)?;
            left = self.node(Kind::Arithmetic(*operator, Box::new(left), Box::new(right)), first);
        }
        Ok(left)
    }

    fn share(&mut self) -> Parsed<Expr> {
        let first = self.at;
        let percent = self.unary()?;
        if !self.eat("of") {
            return Ok(percent);
        }
        let of = self.nested(Self::share)?;
        Ok(self.node(Kind::Share { percent: Box::new(percent), of: Box::new(of) }, first))
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let first = self.at;
        if matches!(self.peek(), Some(Token::Negative)) {
            self.advance();
            let inner = self.atom()?;
            return Ok(self.node(Kind::Negate(Box::new(inner)), first));
        }
        self.atom()
    }

    /// The literal at the present token, which is not taken.
    pub(super) fn literal(&self) -> Option<Literal> {
        Some(match self.peek()? {
            Token::Quantity(quantity) => Literal::Quantity(quantity.clone()),
            Token::Duration(count, unit) => Literal::Duration(*count, *unit),
            Token::Date(date) => Literal::Date(*date),
            Token::Month(month) => Literal::Month(*month),
            Token::Fixed("yes") => Literal::YesNo(true),
            Token::Fixed("no") => Literal::YesNo(false),
            _ => return None,
        })
    }

    fn atom(&mut self) -> Parsed<Expr> {
        let first = self.at;
        if let Some(literal) = self.literal() {
            self.advance();
            return Ok(self.node(Kind::Literal(literal), first));
        }
        match self.peek() {
            Some(Token::Name(_)) => self.reference(),
            Some(Token::Text(_)) => {
                let text = quote(self.written().unwrap_or(""));
                Err(self.refuse(ExpressionProblem::TextLeft { text }))
            }
            Some(Token::Fixed(word)) => match *word {
                "previous" => self.reference(),
                "(" => self.nested(Self::parenthesis),
                "sum" | "average" | "greatest" | "least" => self.nested(Self::function),
                "count" => self.count(),
                "years" | "months" | "days" => self.span_between(),
                "year" | "month" => self.part(),
                "convert" => self.conversion(),
                "if" | "some" | "every" => {
                    let written = (*word).to_owned();
                    Err(self.refuse(ExpressionProblem::NeedsParentheses { written }))
                }
                "not" => Err(self.refuse(ExpressionProblem::NotMisplaced {})),
                "where" => Err(self.refuse(ExpressionProblem::WhereMisplaced {})),
                _ => Err(self.no_atom()),
            },
            Some(_) | None => Err(self.missing_operand()),
        }
    }

    /// A word or sign where a value should stand.
    fn no_atom(&self) -> Box<Diagnostic> {
        let word = self.written().unwrap_or("");
        let connects = ["and", "or", "then", "else", "of", "in", "is", "to", "for", "from", "or else"];
        // At the end of what is compared nothing can follow that it would connect to.
        let alone = self.ends_after() && self.after_comparison();
        if crate::expr::is_reserved(word) && (alone || !connects.contains(&word)) {
            return self.refuse(ExpressionProblem::ReservedWord { word: word.to_owned() });
        }
        self.missing_operand()
    }

    /// True if the word at hand is the last, or one after which an operand has ended.
    fn ends_after(&self) -> bool {
        matches!(self.peek_at(1), None | Some(Token::Fixed("and" | "or" | ")")))
    }

    /// True right behind `=`, `!=` and the like.
    fn after_comparison(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        matches!(before.map(|lexed| &lexed.token), Some(Token::Fixed("=" | "!=" | "<" | "<=" | ">" | ">=")))
    }

    pub(super) fn missing_operand(&self) -> Box<Diagnostic> {
        let after = quote(self.written_before());
        match self.written() {
            None => self.refuse(ExpressionProblem::UnexpectedEnd { after }),
            Some(found) if after.is_empty() => {
                let problem = match found {
                    ")" => ExpressionProblem::StrayParenthesis {},
                    _ => ExpressionProblem::BeginsWithOperator { operator: quote(found) },
                };
                self.refuse(problem)
            }
            Some(found) => self.refuse(ExpressionProblem::MissingOperand { after, found: quote(found) }),
        }
    }

    /// `(expr)`, or `(name or else item)`.
    fn parenthesis(&mut self) -> Parsed<Expr> {
        let open = self.at;
        self.advance();
        let inner = self.expr()?;
        let inner = if self.is("or else") {
            let Kind::Reference(fact) = inner.kind else { return Err(self.or_else_misplaced()) };
            self.advance();
            let default = Box::new(self.item()?);
            self.node(Kind::OrElse { fact, default }, open)
        } else {
            inner
        };
        if self.eat(")") {
            return Ok(inner);
        }
        if self.at >= self.tokens.len() {
            self.at = open;
            return Err(self.refuse(ExpressionProblem::UnclosedParenthesis {}));
        }
        Err(self.not_the_end())
    }

    pub(super) fn or_else_misplaced(&self) -> Box<Diagnostic> {
        let fact =
            match self.at.checked_sub(1).and_then(|before| self.tokens.get(before)).map(|lexed| &lexed.token)
            {
                Some(Token::Name(name)) => quote(name),
                _ => "x".to_owned(),
            };
        let next = self.tokens.get(self.at.saturating_add(1));
        let default = next.and_then(|lexed| self.text.get(lexed.start..lexed.end)).unwrap_or("0");
        self.refuse(ExpressionProblem::OrElseMisplaced {
            right: format!("({fact} or else {})", quote(default)),
        })
    }

    /// `previous name`, `name`, `name for period`.
    fn reference(&mut self) -> Parsed<Expr> {
        let first = self.at;
        let mut previous = 0_u8;
        while self.eat("previous") {
            previous = previous.saturating_add(1);
            if usize::from(previous) > super::MAX_DEPTH {
                return Err(self.refuse(ExpressionProblem::TooDeep { limit: super::MAX_DEPTH.to_string() }));
            }
        }
        if previous > 0 && !matches!(self.peek(), Some(Token::Name(_)) | None) {
            return Err(self.refuse(ExpressionProblem::PreviousMisuse { found: self.found() }));
        }
        let name = self.name()?;
        if self.is("(") {
            let name = quote(&name.text);
            return Err(self.refuse_from(ExpressionProblem::Call { name }, first));
        }
        let period = if self.is("for") {
            if previous > 0 {
                return Err(self.refuse(ExpressionProblem::PreviousMisuse { found: self.found() }));
            }
            self.advance();
            Some(Box::new(self.edge()?))
        } else {
            None
        };
        Ok(self.node(Kind::Reference(Reference { previous, name, period }), first))
    }

    /// A year, month, date, name or `(sum)`.
    pub(super) fn edge(&mut self) -> Parsed<Expr> {
        let first = self.at;
        let kind = match self.peek() {
            Some(Token::Quantity(quantity)) if quantity.year().is_some() => {
                Kind::Literal(Literal::Quantity(quantity.clone()))
            }
            Some(Token::Date(date)) => Kind::Literal(Literal::Date(*date)),
            Some(Token::Month(month)) => Kind::Literal(Literal::Month(*month)),
            Some(Token::Name(_)) => {
                let name = self.name()?;
                return Ok(self.node(Kind::Reference(Reference { previous: 0, name, period: None }), first));
            }
            Some(Token::Fixed("(")) => {
                return self.nested(|parser| {
                    parser.advance();
                    let inner = parser.sum()?;
                    if parser.eat(")") {
                        return Ok(inner);
                    }
                    if parser.at >= parser.tokens.len() {
                        parser.at = first;
                        return Err(parser.refuse(ExpressionProblem::UnclosedParenthesis {}));
                    }
                    Err(parser.without(")"))
                });
            }
            Some(_) => {
                let after = quote(self.written_before());
                return Err(self.refuse(ExpressionProblem::EdgeExpected { after, found: self.found() }));
            }
            None => return Err(self.missing_operand()),
        };
        self.advance();
        Ok(self.node(kind, first))
    }
}
