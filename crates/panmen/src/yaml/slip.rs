//! Slips that YAML cannot know: the marks of a Chinese input method, and a condition in another language.
//!
//! In: the text and a place in it where reading stumbled. Out: the problem that was meant and its
//! place, or none. Looks only where a key or a value stands, never into a text that reads well.

use std::ops::Range;

use super::screen::code_point;
use crate::diagnostic::{TextProblem as Problem, quote};

type Found = (Problem, Range<usize>);

/// True for a space that YAML does not take for one.
pub(super) fn is_space_like(character: char) -> bool {
    matches!(
        character,
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// The space-like characters before the first word of a key that begins at `start`.
pub(super) fn indent(key: &str, start: usize) -> Option<Found> {
    let first = key.chars().next().filter(|c| is_space_like(*c))?;
    let blank = key.len().checked_sub(key.trim_start_matches(|c| c == ' ' || is_space_like(c)).len())?;
    Some((Problem::SpaceLikeIndent { code_point: code_point(first) }, start..start.saturating_add(blank)))
}

/// A colon and no ASCII space after the name that ends before `at`.
pub(super) fn after_colon(key: &str, after: &str, at: usize) -> Option<Found> {
    let first = after.chars().next().filter(|c| is_space_like(*c))?;
    let problem = Problem::SpaceLikeAfterColon { key: quote(key.trim()), code_point: code_point(first) };
    Some((problem, at..at.saturating_add(first.len_utf8())))
}

/// A second colon on a line, behind `written`, as what it was meant for: `at` is the colon.
pub(super) fn second_colon(text: &str, line_start: usize, written: Range<usize>, at: usize) -> Option<Found> {
    let words = text.get(written.clone())?;
    let before = text.get(..written.start)?;
    let after = text.get(at..)?.strip_prefix(':')?.lines().next().unwrap_or("");
    if after_condition_key(before) && is_name(words.trim()) {
        let end = after.find([',', '}', ']', '#', ':']).unwrap_or(after.len());
        let value = after.get(..end)?.trim();
        let right = quote(&format!("{} = {value}", words.trim()));
        return (!value.is_empty()).then(|| (Problem::ColonInCondition { right }, at..at.saturating_add(1)));
    }
    let line = text.get(line_start..at)?;
    full_width_mark(line).map(|(problem, part)| {
        (problem, line_start.saturating_add(part.start)..line_start.saturating_add(part.end))
    })
}

/// The first full-width mark of a line that stands where YAML has one of its own: a colon behind the
/// line's first name, a comma before a name, a brace where a value begins.
fn full_width_mark(line: &str) -> Option<Found> {
    for (at, c) in line.char_indices() {
        let (before, after) = (line.get(..at)?, line.get(at.saturating_add(c.len_utf8())..)?);
        let place = at..at.saturating_add(c.len_utf8());
        let trimmed = before.trim_end();
        let begins = trimmed.is_empty() || trimmed.ends_with([':', '-', ',', '[', '{']);
        let name = after.trim_start().split([':', '：', ',', '，']).next().unwrap_or("");
        let ascii = match c {
            '：' if is_name(before.trim().trim_start_matches("- ")) => {
                return Some((Problem::FullWidthColon { key: quote(before.trim()) }, place));
            }
            '，' | '、' | '；' if is_name(name.trim()) => ",",
            '｛' if begins => "{",
            '［' | '【' if begins => "[",
            _ => continue,
        };
        let (character, code_point) = (c.to_string(), code_point(c));
        return Some((Problem::FullWidthMark { character, code_point, ascii: ascii.to_owned() }, place));
    }
    None
}

/// A word with `!` before it where a condition stands: `not` was meant.
pub(super) fn not_sign(text: &str, tag: Range<usize>) -> Option<Problem> {
    let word = text.get(tag.clone())?.strip_prefix('!')?;
    let after = text.get(tag.end..)?.lines().next().unwrap_or("").trim();
    let alone = after.is_empty() || after.starts_with([',', ']', '}', '#']);
    let before = text.get(..tag.start)?;
    let stands = after_condition_key(before) || in_list_of_conditions(before);
    (alone && is_name(word) && stands).then(|| Problem::NotSign { right: quote(&format!("not {word}")) })
}

fn after_condition_key(before: &str) -> bool {
    let Some(key) = before.trim_end_matches(' ').strip_suffix(':') else { return false };
    ["when", "who", "where", "is", "if"].iter().any(|word| {
        key.strip_suffix(word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
    })
}

fn in_list_of_conditions(before: &str) -> bool {
    let trimmed = before.trim_end();
    if trimmed.ends_with('-') {
        return true;
    }
    let list = before.rsplit(['\n', '}']).next().and_then(|line| line.rsplit_once('['));
    list.is_some_and(|(key, _)| ["all:", "any:", "none:"].iter().any(|word| key.trim_end().ends_with(word)))
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '.')
}
