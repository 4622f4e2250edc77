//! The characters that no text may contain.
//!
//! In: a text. Out: a problem for each control character and for the first lone carriage return, and the text with those characters
//! replaced, byte for byte as long, so that its other problems can still be found.

use crate::diagnostic::{Diagnostic, TextProblem};
use crate::source::{FileId, Span};

/// More than this many are not worth listing: the file is not a text.
const SHOWN: usize = 20;

/// The text without control characters, if it had any, and a problem for each.
pub(super) fn control_characters(file: FileId, text: &str) -> (Option<String>, Vec<Diagnostic>) {
    let lone = lone_return(text);
    if lone.is_none() && !text.chars().any(is_refused) {
        return (None, Vec::new());
    }
    let lone =
        lone.map(|at| Diagnostic::new(TextProblem::LoneReturn {}, Span::new(file, at, at.saturating_add(1))));
    let mut problems: Vec<Diagnostic> = text
        .char_indices()
        .filter(|(_, character)| is_refused(*character))
        .take(SHOWN)
        .map(|(at, character)| {
            let span = Span::new(file, at, at.saturating_add(character.len_utf8()));
            Diagnostic::new(TextProblem::ControlCharacter { code_point: code_point(character) }, span)
        })
        .collect();
    problems.extend(lone);
    let mut replaced = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\r' && characters.peek() != Some(&'\n') {
            replaced.push('\n');
        } else if is_refused(character) {
            replaced.extend(std::iter::repeat_n('_', character.len_utf8()));
        } else {
            replaced.push(character);
        }
    }
    (Some(replaced), problems)
}

/// The first carriage return that no line feed follows: a line break to YAML, and none to most programs,
/// which would count the lines below it otherwise.
fn lone_return(text: &str) -> Option<usize> {
    text.match_indices('\r')
        .map(|(at, _)| at)
        .find(|at| !text.get(*at..).is_some_and(|rest| rest.starts_with("\r\n")))
}

/// A text that was unescaped, without the characters that it may not have, and where it had them.
pub(super) fn unescaped(text: String) -> (String, Vec<(usize, char)>) {
    let found: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| is_refused(*c)).take(SHOWN).collect();
    if found.is_empty() {
        return (text, found);
    }
    (text.chars().map(|c| if is_refused(c) { '_' } else { c }).collect(), found)
}

/// Control characters except tab and line breaks, the two line separators that some programs take
/// for a line break and others do not, and the two code points that are no characters.
fn is_refused(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{2028}' | '\u{2029}' | '\u{FFFE}' | '\u{FFFF}' => true,
        other => other.is_control(),
    }
}

/// The smallest place around `span` that cuts no character of `text`.
pub(super) fn whole_characters(text: &str, span: Span) -> Span {
    let range = span.range();
    let start = (0..=range.start).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (range.end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    Span::new(span.file, start, end)
}

/// A character as people look it up: `U+200B`.
pub(super) fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}
