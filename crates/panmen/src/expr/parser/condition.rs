//! Conditions: `or`, `and`, `not`, comparisons, sets, and what may only stand alone.

use super::{Parsed, Parser};
use crate::diagnostic::{Diagnostic, ExpressionProblem, Problem, quote};
use crate::expr::ast::{Comparison, Expr, Kind, Quantifier, Reference, Set};
use crate::expr::lexer::Token;

/// What people write after `is` for a fact that nobody has given.
const ABSENT: &[&str] = &["unknown", "null", "empty", "missing", "blank", "none"];

impl Parser<'_> {
    /// A whole expression: at the beginning, in parentheses, or as a branch.
    pub(super) fn expr(&mut self) -> Parsed<Expr> {
        if self.is("if") {
            return self.nested(Self::conditional);
        }
        let outer = self.alone.replace(self.at);
        let inner = self.or();
        self.alone = outer;
        inner
    }

    pub(super) fn or(&mut self) -> Parsed<Expr> {
        let first = self.at;
        let mut items = vec![self.and()?];
        while self.eat("or") {
            items.push(self.and()?);
        }
        Ok(self.one_or(Kind::Or, items, first))
    }

    fn and(&mut self) -> Parsed<Expr> {
        let first = self.at;
        let mut items = vec![self.not()?];
        while self.eat("and") {
            items.push(self.not()?);
        }
        Ok(self.one_or(Kind::And, items, first))
    }

    fn one_or(&self, join: impl FnOnce(Vec<Expr>) -> Kind, mut items: Vec<Expr>, first: usize) -> Expr {
        match items.pop() {
            Some(only) if items.is_empty() => only,
            Some(last) => {
                items.push(last);
                self.node(join(items), first)
            }
            None => self.node(join(items), first),
        }
    }

    fn not(&mut self) -> Parsed<Expr> {
        let first = self.at;
        if self.eat("not") {
            let inner = self.comparison()?;
            return Ok(self.node(Kind::Not(Box::new(inner)), first));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Parsed<Expr> {
        let first = self.at;
        if self.is("some") || self.is("every") {
            let many = self.quantified()?;
            return self.single(many, first);
        }
        let left = self.sum()?;
        let middle = self.at;
        let kind = if let Some(comparison) = self.comparison_sign() {
            self.advance();
            let right = if let Some(Token::Text(text)) = self.peek() {
                let kind = Kind::Text(text.clone());
                self.advance();
                self.node(kind, self.at.saturating_sub(1))
            } else {
                self.sum()?
            };
            Kind::Compare(comparison, Box::new(left), Box::new(right))
        } else if self.is("in") || (self.is("not") && self.is_at(1, "in")) {
            let negated = self.eat("not");
            self.advance();
            Kind::In { value: Box::new(left), negated, set: self.set()? }
        } else if self.eat("is") {
            self.known(left, first, middle)?
        } else {
            return Ok(left);
        };
        let whole = self.node(kind, first);
        self.single(whole, first)
    }

    fn comparison_sign(&self) -> Option<Comparison> {
        let Some(Token::Fixed(sign)) = self.peek() else { return None };
        Some(match *sign {
            "=" => Comparison::Equal,
            "!=" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" => Comparison::AtMost,
            ">" => Comparison::Greater,
            ">=" => Comparison::AtLeast,
            _ => return None,
        })
    }

    /// After one comparison no second may follow.
    fn single(&mut self, whole: Expr, first: usize) -> Parsed<Expr> {
        let second = self.comparison_sign().is_some()
            || self.is("in")
            || self.is("is")
            || (self.is("not") && self.is_at(1, "in"));
        if second { Err(self.chained(Some((first, &whole)))) } else { Ok(whole) }
    }

    /// `1 < x < 5`, shown as two comparisons where the first is one of two plain sides.
    pub(super) fn chained(&mut self, before: Option<(usize, &Expr)>) -> Box<Diagnostic> {
        let first = before.map_or(self.at, |(first, _)| first);
        let left = self.written_from(first);
        let middle = match before {
            Some((_, Expr { kind: Kind::Compare(..), .. })) => {
                let sign = (first..self.at).find(|index| {
                    let token = self.tokens.get(*index).map(|lexed| &lexed.token);
                    matches!(token, Some(Token::Fixed("=" | "!=" | "<" | "<=" | ">" | ">=")))
                });
                sign.map_or("b", |sign| self.written_from(sign.saturating_add(1)))
            }
            _ => "b",
        };
        let sign = self.written().unwrap_or("").to_owned();
        let (left, middle) = (left.to_owned(), middle.to_owned());
        self.advance();
        let end = self.written().unwrap_or("c");
        let right = quote(&format!("{left} and {middle} {sign} {end}"));
        self.refuse_from(
            ExpressionProblem::ChainedComparison { written: quote(&format!("{left} {sign}")), right },
            first,
        )
    }

    /// After `is`: `known`, about a name.
    fn known(&mut self, left: Expr, first: usize, is: usize) -> Parsed<Kind> {
        self.at = is;
        let subject = quote(self.written_from(first));
        self.advance();
        if self.eat("known") {
            if matches!(left.kind, Kind::Reference(_)) {
                return Ok(Kind::Known(Box::new(left)));
            }
            return Err(self.refuse_from(ExpressionProblem::KnownOfExpression { written: subject }, first));
        }
        let negated = self.eat("not");
        if negated && self.eat("known") {
            let right = format!("not {subject} is known");
            return Err(self.refuse_from(ExpressionProblem::IsNotKnown { right }, first));
        }
        if matches!(self.peek(), Some(Token::Name(name)) if ABSENT.contains(&name.as_str())) {
            self.advance();
            let right = format!("{}{subject} is known", if negated { "" } else { "not " });
            return Err(self.refuse_from(ExpressionProblem::IsNotKnown { right }, first));
        }
        let Some(value) = self.written() else { return Err(self.without("known")) };
        let sign = if negated { "!=" } else { "=" };
        let right = if self.is("in") {
            let item = self.tokens.get(self.at.saturating_add(1));
            let item = item.and_then(|lexed| self.text.get(lexed.start..lexed.end)).unwrap_or("a");
            format!("{subject} {}in {}", if negated { "not " } else { "" }, quote(item))
        } else {
            format!("{subject} {sign} {}", quote(value))
        };
        self.advance();
        Err(self.refuse_from(ExpressionProblem::IsOther { right }, first))
    }

    pub(super) fn set(&mut self) -> Parsed<Set> {
        if self.is("(") {
            return Err(self.set_in_parentheses());
        }
        if self.eat("..") {
            if !self.begins_item() {
                return Err(self.refuse(ExpressionProblem::RangeEmpty {}));
            }
            let high = self.item()?;
            self.no_items_after_range()?;
            return Ok(Set::Range(None, Some(Box::new(high))));
        }
        let first = self.item()?;
        if self.eat("..") {
            let high = if self.begins_item() { Some(Box::new(self.item()?)) } else { None };
            self.no_items_after_range()?;
            return Ok(Set::Range(Some(Box::new(first)), high));
        }
        let mut items = vec![first];
        while self.eat("|") {
            items.push(self.item()?);
        }
        if self.is("..") {
            return Err(self.refuse(ExpressionProblem::RangeAndItems {}));
        }
        Ok(Set::Items(items))
    }

    fn no_items_after_range(&self) -> Parsed<()> {
        if self.is("|") || self.is("..") {
            return Err(self.refuse(ExpressionProblem::RangeAndItems {}));
        }
        Ok(())
    }

    /// `x in (a | b)`.
    fn set_in_parentheses(&mut self) -> Box<Diagnostic> {
        let first = self.at;
        while self.at < self.tokens.len() && !self.eat(")") {
            self.advance();
        }
        let written = self.written_from(first);
        let inner = written.trim_start_matches('(').trim_end_matches(')').trim();
        let right = quote(&inner.replace(" or ", " | "));
        self.refuse_from(ExpressionProblem::SetBrackets { written: quote(written), right }, first)
    }

    pub(super) fn begins_item(&self) -> bool {
        match self.peek() {
            Some(Token::Fixed(word)) => matches!(*word, "yes" | "no"),
            Some(_) => true,
            None => false,
        }
    }

    /// A literal, a text or a name, perhaps negative.
    pub(super) fn item(&mut self) -> Parsed<Expr> {
        let first = self.at;
        let negative = matches!(self.peek(), Some(Token::Negative));
        if negative {
            self.advance();
        }
        let kind = match self.peek() {
            Some(Token::Text(text)) if !negative => Kind::Text(text.clone()),
            Some(Token::Name(_)) if !negative => {
                let name = self.name()?;
                if self.is("(") {
                    let name = quote(&name.text);
                    return Err(self.refuse(ExpressionProblem::Call { name }));
                }
                let kind = Kind::Reference(Reference { previous: 0, name, period: None });
                return Ok(self.node(kind, first));
            }
            _ => match self.literal() {
                Some(literal) => Kind::Literal(literal),
                None => return Err(self.no_item()),
            },
        };
        self.advance();
        let item = self.node(kind, first);
        if !negative {
            return Ok(item);
        }
        Ok(self.node(Kind::Negate(Box::new(item)), first))
    }

    fn no_item(&self) -> Box<Diagnostic> {
        match self.peek() {
            Some(Token::Fixed(word))
                if crate::expr::is_reserved(word) && !matches!(*word, "and" | "or" | "then" | "else") =>
            {
                self.refuse(ExpressionProblem::ReservedWord { word: (*word).to_owned() })
            }
            Some(Token::Fixed(")" | "and" | "or" | "then" | "else")) | None => self.missing_operand(),
            Some(_) => self.refuse(ExpressionProblem::NotAValue { found: self.found() }),
        }
    }

    /// `some x in set`, or where it may stand, `some rows where condition`.
    fn quantified(&mut self) -> Parsed<Expr> {
        let first = self.at;
        let quantifier = if self.eat("some") {
            Quantifier::Some
        } else {
            self.advance();
            Quantifier::Every
        };
        let name = self.name()?;
        if self.eat("in") {
            let set = self.set()?;
            return Ok(self.node(Kind::Many { quantifier, fact: name, set }, first));
        }
        if self.is("where") {
            let filter = Box::new(self.filter(first)?);
            return Ok(self.node(Kind::Rows { quantifier, list: name, filter }, first));
        }
        let word = if quantifier == Quantifier::Some { "some" } else { "every" };
        let problem =
            ExpressionProblem::QuantifierForm { quantifier: word.to_owned(), name: quote(&name.text) };
        Err(self.refuse_from(problem, first))
    }

    /// The condition after `where`, if what begins at `first` may have one.
    pub(super) fn filter(&mut self, first: usize) -> Parsed<Expr> {
        if self.alone != Some(first) {
            self.advance();
            let written = quote(self.written_from(first));
            return Err(self.refuse_from(ExpressionProblem::NeedsParentheses { written }, first));
        }
        self.advance();
        self.nested(Self::or).map_err(|mut problem| {
            // In `count of rows where a > 5 >= 2` the count is meant to be compared, not `a`.
            if let Problem::ExpressionProblem(ExpressionProblem::ChainedComparison { .. }) = problem.problem {
                let written = quote(self.written_from(first));
                problem.problem = ExpressionProblem::NeedsParentheses { written }.into();
                problem.span = Some(self.span_from(first));
            }
            problem
        })
    }

    /// `if a then b else c`.
    fn conditional(&mut self) -> Parsed<Expr> {
        let first = self.at;
        self.advance();
        let condition = Box::new(self.nested(Self::expr)?);
        if !self.eat("then") {
            return Err(self.broken_if(ExpressionProblem::IfWithoutThen {}, first));
        }
        let then = Box::new(self.nested(Self::expr)?);
        if !self.eat("else") {
            return Err(self.broken_if(ExpressionProblem::IfWithoutElse {}, first));
        }
        let otherwise = Box::new(self.expr()?);
        Ok(self.node(Kind::If { condition, then, otherwise }, first))
    }

    /// Without its word, an `if` is only blamed where the text ends or closes there.
    fn broken_if(&mut self, problem: ExpressionProblem, first: usize) -> Box<Diagnostic> {
        if matches!(self.peek(), None | Some(Token::Fixed(")" | "else"))) {
            let at = std::mem::replace(&mut self.at, first.saturating_add(1));
            let diagnostic = self.refuse_from(problem, first);
            self.at = at;
            return diagnostic;
        }
        self.not_the_end()
    }
}
