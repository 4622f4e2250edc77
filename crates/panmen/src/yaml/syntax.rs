//! What a syntax error of the YAML parser means to the person who wrote the text.
//!
//! In: the parser's kind and offset, the text, and how far reading had come. Out: a problem in our
//! words and its place. Guesses only from what stands there; what it cannot explain it calls unreadable.

use std::ops::Range;

use granit_parser::ErrorKind as Kind;

use super::screen::code_point;
use super::slip;
use crate::diagnostic::{TextProblem as Problem, quote};

/// How far the tree had grown.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// The last scalar.
    pub(super) scalar: Option<Range<usize>>,
    /// The end of the last flow collection.
    pub(super) flow_end: Option<usize>,
}

/// The place of an error within its line.
struct Site<'a> {
    text: &'a str,
    at: usize,
    line_start: usize,
    /// The line without its break.
    line: &'a str,
    /// From the place on.
    rest: &'a str,
    /// From the place to the end of the line.
    tail: &'a str,
}

impl<'a> Site<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let line_start = text.get(..at).and_then(|t| t.rfind('\n')).map_or(0, |n| n.saturating_add(1));
        let first_line = |text: &'a str| text.lines().next().unwrap_or("");
        let rest = text.get(at..).unwrap_or("");
        let line = first_line(text.get(line_start..).unwrap_or(""));
        Self { text, at, line_start, line, rest, tail: first_line(rest).trim_end() }
    }

    /// So many bytes from the place on.
    fn bytes(&self, length: usize) -> Range<usize> {
        self.at..self.at.saturating_add(length).min(self.text.len())
    }

    fn character(&self) -> Range<usize> {
        self.bytes(self.rest.chars().next().map_or(0, char::len_utf8))
    }

    fn to_line_end(&self) -> Range<usize> {
        self.bytes(self.tail.len())
    }

    /// Where the line's first visible character stands.
    fn first(&self) -> usize {
        let indent = self.line.len().saturating_sub(self.line.trim_start().len());
        self.line_start.saturating_add(indent)
    }

    fn whole_line(&self) -> Range<usize> {
        self.first()..self.line_start.saturating_add(self.line.trim_end().len())
    }

    fn is_dash_line(&self) -> bool {
        let line = self.line.trim();
        line.starts_with("- ") || line == "-"
    }
}

type Found = (Problem, Range<usize>);

/// Explains a syntax error at byte `at`; `open` are the places of the flow collections that are open.
pub(super) fn explain(
    kind: &Kind,
    at: usize,
    text: &str,
    reached: &Reached,
    open: &[usize],
    depth: usize,
) -> Found {
    let site = Site::new(text, at);
    // Inside brackets an error on a later line nearly always means that they were not closed.
    let unclosed = open.last().copied().filter(|start| *start < site.line_start && *start < site.at);
    let unclosed = unclosed.map(|start| unclosed_bracket(text, start));
    match kind {
        Kind::RecursionLimitExceeded => (Problem::TooDeep { limit: depth.to_string() }, site.character()),
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar
        | Kind::TabAtBlockScalarStart => (Problem::TabIndent {}, tab(&site)),
        Kind::BomInsideDocument => {
            (Problem::Invisible { code_point: code_point('\u{FEFF}') }, site.character())
        }
        Kind::UnclosedFlowCollection { .. } => unclosed_bracket(text, at),
        Kind::MismatchedFlowCollectionEnd { open, close } => (
            Problem::WrongBracket { open: open.to_string(), close: close.to_string() },
            site.bytes(open.len_utf8()),
        ),
        Kind::UnclosedQuotedScalar
        | Kind::InvalidQuotedScalarIndent
        | Kind::DocumentIndicatorInQuotedScalar => unclosed_quote(&site),
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            (Problem::AfterQuote { text: quote(site.tail) }, site.to_line_end())
        }
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => escape(&site),
        Kind::InvalidBlockScalarHeader => first_character(&site),
        Kind::CommentInterceptedScalar => (Problem::CommentInText {}, comment(&site)),
        _ if unclosed.is_some() => unclosed.unwrap_or_else(|| unreadable(&site)),
        _ => explain_place(kind, &site, reached, open),
    }
}

/// Errors that are told apart by what stands around them.
fn explain_place(kind: &Kind, site: &Site<'_>, reached: &Reached, open: &[usize]) -> Found {
    let in_flow = !open.is_empty();
    match kind {
        Kind::MisplacedFlowCollectionEnd => {
            let bracket = site.rest.chars().take(1).collect();
            (Problem::StrayBracket { bracket }, site.character())
        }
        Kind::MappingValueNotAllowed => second_colon(site, reached),
        Kind::InvalidColonPlacement | Kind::ExpectedFlowMappingSeparator if site.rest.starts_with(':') => {
            second_colon(site, reached)
        }
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey if !in_flow => no_colon(site),
        Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry | Kind::ExpectedDocumentStart => {
            not_in_line(site, reached)
        }
        Kind::InvalidIndentation
        | Kind::InvalidFlowScalarIndent
        | Kind::InvalidBlockScalarIndent
        | Kind::UnexpectedEndOfPlainScalar => (Problem::Indentation {}, site.whole_line()),
        Kind::BlockSequenceEntryNotAllowed if site.first() < site.at => {
            (Problem::ListOnKeyLine {}, site.to_line_end())
        }
        Kind::BlockSequenceEntryNotAllowed => (Problem::ListAndKeys {}, site.to_line_end()),
        Kind::FlowMappingValueAdjacentCollection | Kind::InvalidMappingValueWhitespace => {
            let key = site.text.get(site.line_start..site.at).unwrap_or("").trim();
            let key = key.rsplit(['{', '[', ',']).next().unwrap_or("").trim();
            (Problem::NoSpaceAfterColon { key: quote(key) }, site.character())
        }
        Kind::DirectiveDisallowed
        | Kind::MissingDirectiveName
        | Kind::InvalidDirectiveName
        | Kind::MissingDocumentEndBeforeDirective => (Problem::Directive {}, site.to_line_end()),
        Kind::InvalidDocumentEnd => (Problem::SeveralDocuments {}, site.to_line_end()),
        _ if site.rest.starts_with(',') => (Problem::StrayComma {}, site.character()),
        Kind::ExpectedFlowSequenceSeparator | Kind::ExpectedFlowMappingSeparator => {
            (Problem::MissingComma {}, site.character())
        }
        Kind::UnexpectedEof
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping
            if in_flow =>
        {
            unclosed_bracket(site.text, open.last().copied().unwrap_or(site.at))
        }
        _ => first_character(site),
    }
}

fn unreadable(site: &Site<'_>) -> Found {
    (Problem::Syntax {}, site.to_line_end())
}

fn unclosed_bracket(text: &str, at: usize) -> Found {
    let site = Site::new(text, at);
    if let Some(hash) = site.tail.find(" #")
        && site.tail.get(hash..).is_some_and(|comment| comment.contains([']', '}']))
    {
        let start = site.at.saturating_add(hash).saturating_add(1);
        return (Problem::CommentInBracket {}, start..site.at.saturating_add(site.tail.len()));
    }
    let bracket = site.rest.chars().take(1).collect();
    (Problem::UnclosedBracket { bracket }, site.character())
}

fn unclosed_quote(site: &Site<'_>) -> Found {
    let start = site.rest.find(['"', '\'']).unwrap_or(0);
    let site = Site::new(site.text, site.at.saturating_add(start));
    let mark = site.rest.chars().take(1).collect();
    (Problem::UnclosedQuote { quote: mark }, site.to_line_end())
}

/// The tab nearest to the place: in the line's indentation, or in that of a line below.
fn tab(site: &Site<'_>) -> Range<usize> {
    let mut at = site.line_start;
    for line in site.text.get(site.line_start..).unwrap_or("").split_inclusive('\n') {
        let indent = line.len().saturating_sub(line.trim_start_matches([' ', '\t']).len());
        let blank = line.trim().is_empty();
        if !blank && line.get(..indent).is_some_and(|indent| indent.contains('\t')) {
            return at..at.saturating_add(indent);
        }
        at = at.saturating_add(line.len());
    }
    site.character()
}

fn comment(site: &Site<'_>) -> Range<usize> {
    let Some(hash) = site.rest.find('#') else { return site.to_line_end() };
    Site::new(site.text, site.at.saturating_add(hash)).to_line_end()
}

/// The first escape of a double-quoted text that is none.
fn escape(site: &Site<'_>) -> Found {
    let mut rest = site.rest;
    while let Some(at) = rest.find('\\') {
        rest = rest.get(at..).unwrap_or("");
        let kind = rest.chars().nth(1).unwrap_or('\\');
        let digits = match kind {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            _ => 0,
        };
        let length = kind.len_utf8().saturating_add(1);
        let hex: String = rest.get(length..).unwrap_or("").chars().take(digits).collect();
        let value = u32::from_str_radix(&hex, 16).ok().filter(|_| hex.len() == digits);
        let simple = "0abt\tnvfre \"/\\N_LP\n\r".contains(kind);
        let whole = length.saturating_add(hex.len());
        let good = match value {
            _ if digits == 0 => simple,
            Some(high @ 0xD800..=0xDBFF) => {
                kind == 'u' && high > 0 && low_surrogate_follows(rest.get(whole..).unwrap_or(""))
            }
            Some(value) => char::from_u32(value).is_some(),
            None => false,
        };
        if !good {
            let start = site.text.len().saturating_sub(rest.len());
            let end = start.saturating_add(whole).min(site.text.len());
            let shown = site.text.get(start..end).unwrap_or("\\");
            return (Problem::BadEscape { escape: quote(shown) }, start..end);
        }
        // A pair is one escape.
        let pair = value.is_some_and(|value| (0xD800..=0xDBFF).contains(&value));
        let skip = if pair { whole.saturating_add(6) } else { whole };
        rest = rest.get(skip..).unwrap_or("");
    }
    unreadable(site)
}

fn low_surrogate_follows(rest: &str) -> bool {
    rest.strip_prefix("\\u")
        .and_then(|rest| rest.get(..4))
        .and_then(|hex| u32::from_str_radix(hex, 16).ok())
        .is_some_and(|value| (0xDC00..=0xDFFF).contains(&value))
}

/// A colon where no key can stand.
fn second_colon(site: &Site<'_>, reached: &Reached) -> Found {
    // The parser hands a scalar over before it meets the colon after it, unless brackets are open.
    let scalar = reached.scalar.clone().filter(|scalar| {
        let between = site.text.get(scalar.end..site.at);
        between.is_some_and(|between| between.trim().is_empty())
    });
    let before = |range: &Range<usize>| quote(site.text.get(range.clone()).unwrap_or("").trim());
    let Some(scalar) = scalar else {
        let start = site.text.get(..site.at).unwrap_or("").rfind(['{', '[', ',', ':', '\n']);
        let range = start.map_or(site.line_start, |start| start.saturating_add(1))..site.at;
        if let Some(found) = slip::second_colon(site.text, site.line_start, range.clone(), site.at) {
            return found;
        }
        return (Problem::SecondColon { before: before(&range) }, site.character());
    };
    if scalar.start >= site.line_start {
        if let Some(found) = slip::second_colon(site.text, site.line_start, scalar.clone(), site.at) {
            return found;
        }
        return (Problem::SecondColon { before: before(&scalar) }, site.character());
    }
    // The line with the colon was taken for the rest of a text that began further up.
    let first = Site::new(site.text, scalar.start);
    if first.first() < first.at && !first.is_dash_line() {
        return (Problem::Indentation {}, site.whole_line());
    }
    if let Some((problem, part)) = colon_slip(first.rest.get(..scalar.len()).unwrap_or(""), false) {
        let at = |offset: usize| first.at.saturating_add(offset);
        (problem, at(part.start)..at(part.end))
    } else if first.is_dash_line() {
        (Problem::Indentation {}, site.whole_line())
    } else {
        (Problem::KeyWithoutColon { text: quote(first.tail) }, first.to_line_end())
    }
}

/// A line without a colon among keys.
fn no_colon(site: &Site<'_>) -> Found {
    if let Some((problem, part)) = colon_slip(site.tail, false) {
        return (problem, site.at.saturating_add(part.start)..site.at.saturating_add(part.end));
    }
    (Problem::KeyWithoutColon { text: quote(site.tail) }, site.to_line_end())
}

/// The first line of a text that was meant as a key: `key：value` or `key:value`. `strict` asks for
/// a key that looks like a name, where the text may be prose.
pub(super) fn colon_slip(text: &str, strict: bool) -> Option<Found> {
    for (start, line) in lines_of(text) {
        let Some(at) = line.find([':', '：']) else { continue };
        let (key, colon) = line.split_at_checked(at)?;
        let name = key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if key.trim().is_empty() || (strict && !name) || key.chars().count() > 60 {
            continue;
        }
        let start = start.saturating_add(at);
        if colon.starts_with('：') {
            let end = start.saturating_add('：'.len_utf8());
            return Some((Problem::FullWidthColon { key: quote(key.trim()) }, start..end));
        }
        let after = colon.get(1..)?;
        if let Some(found) = slip::after_colon(key, after, start.saturating_add(1)) {
            return Some(found);
        }
        // `http://` and `12:30` are texts.
        if name && !after.starts_with("//") && !after.is_empty() && !after.starts_with(' ') {
            let range = start..start.saturating_add(1);
            return Some((Problem::NoSpaceAfterColon { key: quote(key.trim()) }, range));
        }
    }
    None
}

fn lines_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').scan(0_usize, |at, line| {
        let start = *at;
        *at = at.saturating_add(line.len());
        let indent = line.len().saturating_sub(line.trim_start().len());
        Some((start.saturating_add(indent), line.trim()))
    })
}

/// Something that is no further key or entry.
fn not_in_line(site: &Site<'_>, reached: &Reached) -> Found {
    let flow_end = reached.flow_end.filter(|end| *end >= site.line_start && *end <= site.at);
    if flow_end.is_some_and(|end| end > reached.scalar.as_ref().map_or(0, |scalar| scalar.start)) {
        return (Problem::AfterBracket { text: quote(site.tail) }, site.to_line_end());
    }
    let indent = |line: &str| line.len().saturating_sub(line.trim_start_matches(' ').len());
    let dash = site.is_dash_line();
    // The nearest line above at the same level says whether this one changes from list to keys.
    let above = site.text.get(..site.line_start).unwrap_or("");
    let level = indent(site.line);
    let peer = above
        .lines()
        .rev()
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .find(|line| indent(line) <= level);
    let changes = peer.is_some_and(|peer| {
        indent(peer) == level && (peer.trim_start().starts_with("- ") || peer.trim() == "-") != dash
    });
    if changes {
        (Problem::ListAndKeys {}, site.whole_line())
    } else {
        (Problem::Indentation {}, site.whole_line())
    }
}

/// A character that begins no text.
fn first_character(site: &Site<'_>) -> Found {
    let mut characters = site.rest.chars();
    let first = characters.next();
    let second = characters.next();
    let operator =
        |operator: &str| (Problem::OperatorFirst { operator: operator.to_owned() }, site.to_line_end());
    match (first, second) {
        (Some('>'), Some('=')) => operator(">="),
        (Some('>'), _) => operator(">"),
        (Some('!'), Some('=')) => operator("!="),
        (Some('*'), Some(' ')) => operator("*"),
        (Some('|'), _) if site.rest.starts_with("| ") || site.first() < site.at => {
            (Problem::BlockTextOnLine { mark: "|".to_owned() }, site.to_line_end())
        }
        (Some('!'), _) => {
            let tag = site.tail.split([' ', ',', '}', ']']).next().unwrap_or("");
            if let Some(problem) = slip::not_sign(site.text, site.bytes(tag.len())) {
                return (problem, site.bytes(tag.len()));
            }
            (Problem::Tag { tag: quote(tag) }, site.bytes(tag.len()))
        }
        (Some(','), _) => (Problem::StrayComma {}, site.character()),
        (Some(first @ ('%' | '@' | '`' | '?' | '&' | '*' | '|' | '-' | '#')), _) => {
            (Problem::ReservedStart { character: first.to_string() }, site.character())
        }
        _ => unreadable(site),
    }
}
