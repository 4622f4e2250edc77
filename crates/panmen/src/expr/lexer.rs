//! Text to tokens.
//!
//! In: the text of an expression. Out: its tokens with their bytes, or every lexical problem. After
//! a problem reading goes on as if the right sign stood there, so that one slip is named once.

mod look_alike;
mod sign;

use crate::diagnostic::{ExpressionProblem, quote};
use crate::value::{
    Calendar, Date, Month, Quantity, Scanned, TimeUnit, Unit, ascii_for, begins_word, continues_word,
    scan_date, scan_number,
};

/// Every word of the language: none is an id, and as an option it is written in quotes.
pub const RESERVED: &[&str] = &[
    "and",
    "ascending",
    "average",
    "convert",
    "count",
    "days",
    "descending",
    "down",
    "else",
    "every",
    "firms",
    "first",
    "for",
    "from",
    "greatest",
    "if",
    "in",
    "is",
    "known",
    "last",
    "least",
    "month",
    "months",
    "nearest",
    "no",
    "not",
    "of",
    "or",
    "previous",
    "some",
    "sum",
    "then",
    "to",
    "up",
    "where",
    "year",
    "years",
    "yes",
];

/// True for a word of the language.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    reserved(word).is_some()
}

fn reserved(word: &str) -> Option<&'static str> {
    let at = RESERVED.binary_search(&word).ok()?;
    RESERVED.get(at).copied()
}

/// The word of the language that this is in small letters.
fn in_capitals(word: &str) -> Option<&'static str> {
    if word.chars().any(|c| c.is_ascii_uppercase()) { reserved(&word.to_ascii_lowercase()) } else { None }
}

/// The word of the language that a Chinese connective stands for.
fn in_chinese(word: &str) -> Option<&'static str> {
    Some(match word {
        "且" | "并且" | "而且" | "和" | "与" => "and",
        "或" | "或者" => "or",
        "非" => "not",
        "如果" => "if",
        "那么" => "then",
        "否则" => "else",
        _ => return None,
    })
}

/// A token.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A word of the language or a sign; `or else` is one, `-` the binary minus.
    Fixed(&'static str),
    /// A minus that touches its operand.
    Negative,
    /// A name, perhaps with points.
    Name(String),
    /// A number.
    Quantity(Quantity),
    /// `12 months`.
    Duration(i64, TimeUnit),
    /// `2025-06-30`.
    Date(Date),
    /// `2025-06`.
    Month(Month),
    /// A text, without its quotes.
    Text(String),
}

impl Token {
    /// True if a value may end with it, so that a minus after it subtracts.
    fn ends_operand(&self) -> bool {
        !matches!(self, Self::Negative)
            && !matches!(self, Self::Fixed(word) if !matches!(*word, ")" | "yes" | "no" | "known"))
    }
}

/// A token and its bytes in the text.
#[derive(Debug, Clone)]
pub(super) struct Lexed {
    pub(super) token: Token,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A problem and its bytes in the text.
pub(super) type Found = (ExpressionProblem, usize, usize);

/// The tokens of a text, or all that is wrong with its characters and words.
pub(super) fn lex(text: &str) -> Result<Vec<Lexed>, Vec<Found>> {
    let mut lexer = Lexer { text, at: 0, tokens: Vec::new(), found: Vec::new() };
    while let Some(c) = lexer.peek() {
        lexer.next_token(c);
    }
    if lexer.found.is_empty() { Ok(lexer.tokens) } else { Err(lexer.found) }
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    tokens: Vec<Lexed>,
    found: Vec<Found>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn push(&mut self, token: Token, length: usize) {
        let start = self.at;
        self.skip(length);
        self.tokens.push(Lexed { token, start, end: self.at });
    }

    /// Notes a problem with the next bytes; the same problem is named once.
    fn refuse(&mut self, problem: ExpressionProblem, length: usize) {
        if !self.found.iter().any(|(other, ..)| *other == problem) {
            self.found.push((problem, self.at, self.at.saturating_add(length)));
        }
    }

    fn previous_is(&self, word: &str) -> bool {
        matches!(self.tokens.last(), Some(Lexed { token: Token::Fixed(fixed), .. }) if *fixed == word)
    }

    fn after_operand(&self) -> bool {
        self.tokens.last().is_some_and(|lexed| lexed.token.ends_operand())
    }

    fn next_token(&mut self, c: char) {
        match c {
            ' ' | '\n' | '\r' => self.skip(1),
            '0'..='9' | '０'..='９' => self.number(),
            '\'' | '"' => self.quoted(c, c),
            '.' => self.point(),
            '-' => self.minus(),
            c if begins_word(c) => self.word(),
            c if c.is_ascii() => self.sign(c),
            c => self.look_alike(c),
        }
    }

    /// A date, a duration, or a number with its magnitude and unit.
    fn number(&mut self) {
        if let Some((result, length)) = scan_date(self.rest()) {
            match result {
                Ok(Calendar::Date(date)) => self.push(Token::Date(date), length),
                Ok(Calendar::Month(month)) => self.push(Token::Month(month), length),
                Err(problem) => {
                    self.refuse(problem, length);
                    self.push(Token::Name(String::new()), length);
                }
            }
            return;
        }
        let stop =
            |word: &str| is_reserved(word) || in_capitals(word).is_some() || in_chinese(word).is_some();
        let Scanned { quantity, length, bare } = scan_number(self.rest(), &stop);
        match quantity {
            Ok(quantity) if bare && self.duration(&quantity, length) => {}
            Ok(quantity) => self.push(Token::Quantity(quantity), length),
            Err(problem) => {
                self.refuse(problem, length);
                self.push(Token::Name(String::new()), length.max(1));
            }
        }
    }

    /// Takes digits and the unit of time after them; false where none follows.
    fn duration(&mut self, quantity: &Quantity, digits: usize) -> bool {
        let after = self.rest().get(digits..).unwrap_or("");
        let spaced = after.trim_start_matches([' ', '\n', '\r']);
        let word_end = spaced.find(|c| !continues_word(c)).unwrap_or(spaced.len());
        let word = spaced.get(..word_end).unwrap_or("");
        let length = digits.saturating_add(after.len().saturating_sub(spaced.len())).saturating_add(word_end);
        let written = self.rest().get(..length).unwrap_or("").to_owned();
        let singular = matches!(word, "year" | "month");
        let Some(unit) =
            TimeUnit::of_word(word).or_else(|| TimeUnit::of_word(&format!("{word}s")).filter(|_| singular))
        else {
            return false;
        };
        let count = quantity.number.to_i64().filter(|_| quantity.unit == Unit::None);
        match count {
            None => self.refuse(ExpressionProblem::DurationFraction { text: quote(&written) }, length),
            Some(_) if singular => {
                let right = quote(&format!("{} {}", quantity.digits, unit.word()));
                self.refuse(ExpressionProblem::DurationSingular { text: quote(&written), right }, length);
            }
            Some(_) => {}
        }
        self.push(Token::Duration(count.unwrap_or(0), unit), length);
        true
    }

    /// A text in quotes; `open` and `close` differ only for the quotes of an input method.
    fn quoted(&mut self, open: char, close: char) {
        let begin = open.len_utf8();
        let inner = self.rest().get(begin..).unwrap_or("");
        let Some(end) = inner.find(close) else {
            let length = self.rest().len();
            self.refuse(ExpressionProblem::UnclosedText { quote: open.to_string() }, length);
            self.push(Token::Text(String::new()), length);
            return;
        };
        let content = inner.get(..end).unwrap_or("");
        let length = begin.saturating_add(end).saturating_add(close.len_utf8());
        let base = self.at;
        for (offset, c) in content.char_indices() {
            self.at = base.saturating_add(begin).saturating_add(offset);
            if "[]{},#:\t".contains(c) {
                self.refuse(
                    ExpressionProblem::ForbiddenInText { character: quote(&c.to_string()) },
                    c.len_utf8(),
                );
            } else if c.is_control() || crate::diagnostic::is_invisible(c) {
                self.unknown(c);
            }
        }
        self.at = base;
        self.push(Token::Text(content.to_owned()), length);
    }

    /// A word of the language, or a name with points.
    fn word(&mut self) {
        let text = self.rest();
        let mut end = word_end(text, 0);
        while let Some(after) = text.get(end..).and_then(|rest| rest.strip_prefix('.')) {
            if after.starts_with(begins_word) {
                end = word_end(text, end.saturating_add(1));
            } else if after.starts_with('.') {
                break;
            } else {
                self.dangling_point(text.get(..end).unwrap_or(""), after);
                return;
            }
        }
        let word = text.get(..end).unwrap_or("");
        if word == "or"
            && let Some(rest) = text.get(end..)
            && let spaced = rest.trim_start_matches([' ', '\n', '\r'])
            && spaced.len() < rest.len()
            && word_end(spaced, 0) == 4
            && spaced.starts_with("else")
        {
            self.push(Token::Fixed("or else"), text.len().saturating_sub(spaced.len()).saturating_add(4));
        } else if let Some(fixed) = reserved(word) {
            self.push(Token::Fixed(fixed), end);
        } else if let Some(lower) = in_capitals(word) {
            let (word, lower_owned) = (quote(word), lower.to_owned());
            self.refuse(ExpressionProblem::UpperCase { word, lower: lower_owned }, end);
            self.push(Token::Fixed(lower), end);
        } else if let Some(right) = in_chinese(word) {
            self.other_spelling(word, right);
            self.push(Token::Fixed(right), end);
        } else {
            if let Some(part) = word.split('.').find(|part| is_reserved(part)) {
                let problem = ExpressionProblem::ReservedInName { name: quote(word), word: part.to_owned() };
                self.refuse(problem, end);
            }
            self.push(Token::Name(word.to_owned()), end);
        }
    }

    /// A point after a word that no further word follows: often a period of a series.
    fn dangling_point(&mut self, word: &str, after: &str) {
        let end = after.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(after.len());
        let period = after.get(..end).unwrap_or("").trim_end_matches('-');
        let length = word.len().saturating_add(1).saturating_add(period.len());
        let problem = if period.is_empty() {
            ExpressionProblem::DanglingPoint { written: quote(word) }
        } else {
            let written = quote(&format!("{word}.{period}"));
            ExpressionProblem::DotPeriod { written, right: quote(&format!("{word} for {period}")) }
        };
        self.refuse(problem, length);
        self.push(Token::Name(word.to_owned()), length);
    }
}

/// Where the word that begins at `from` ends.
fn word_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or("");
    from.saturating_add(rest.find(|c| !continues_word(c)).unwrap_or(rest.len()))
}
