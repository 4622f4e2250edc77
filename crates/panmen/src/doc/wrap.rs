//! Lines of a given width: how wide a text is, where it may be broken, what must not be drawn as it is.
//!
//! Characters of ambiguous width count as two, so that no line is too long on any terminal.

use crate::diagnostic::is_invisible;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many columns a text takes at most.
#[must_use]
pub fn columns(text: &str) -> usize {
    text.width_cjk()
}

/// True if terminals disagree about how wide the text is.
#[must_use]
pub(super) fn is_ambiguous(text: &str) -> bool {
    text.width_cjk() != text.width()
}

/// The text with everything escaped that would act on a terminal or hide: control characters, line
/// breaks, bidirectional and zero-width characters.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars() {
        if character.is_control() || is_invisible(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// A stretch that is not broken, and whether a space stands before it.
struct Unit {
    text: String,
    spaced: bool,
}

/// The lines of a text, the first of `first` columns, the others of `rest`.
#[must_use]
pub fn wrap(text: &str, first: usize, rest: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut taken = 0_usize;
    for unit in units(text) {
        let room = if lines.is_empty() { first } else { rest };
        let space = if unit.spaced && !line.is_empty() { " " } else { "" };
        let width = columns(&unit.text);
        let after = taken.saturating_add(space.len()).saturating_add(width);
        if after <= room {
            line.push_str(space);
            line.push_str(&unit.text);
            taken = after;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let room = if lines.is_empty() { first } else { rest };
        if width <= room {
            line = unit.text;
            taken = width;
        } else {
            line = split(&unit.text, room, rest, &mut lines);
            taken = columns(&line);
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The widths of a text's unbroken stretches, to count lines without drawing them.
pub(super) struct Measured(Vec<(usize, bool)>);

impl Measured {
    pub(super) fn of(text: &str) -> Self {
        Self(units(text).iter().map(|unit| (columns(&unit.text), unit.spaced)).collect())
    }

    /// How many lines of `room` columns the text takes.
    pub(super) fn lines(&self, room: usize) -> usize {
        let mut lines = 1_usize;
        let mut taken = 0_usize;
        for (width, spaced) in &self.0 {
            let space = usize::from(*spaced && taken > 0);
            let after = taken.saturating_add(space).saturating_add(*width);
            if after <= room {
                taken = after;
                continue;
            }
            lines = lines.saturating_add(usize::from(taken > 0));
            lines = lines.saturating_add(width.saturating_sub(1).checked_div(room).unwrap_or(0));
            taken = width.checked_rem(room).unwrap_or(0);
        }
        lines
    }
}

/// Cuts a stretch that is too long for a line; what is left begins the next one.
fn split(text: &str, first: usize, rest: usize, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    let mut room = first;
    for character in text.chars() {
        let joined = format!("{line}{character}");
        if columns(&joined) > room && !line.is_empty() && !takes_no_room(character) {
            let next = if closes(character) { carried(&mut line) } else { String::new() };
            lines.push(std::mem::replace(&mut line, next));
            room = rest;
            line.push(character);
        } else {
            line = joined;
        }
    }
    line
}

/// Takes from the end of a line what must go with a character that closes; the line keeps something.
fn carried(line: &mut String) -> String {
    let mut carried = String::new();
    while line.chars().nth(1).is_some() {
        let Some(last) = line.pop() else { break };
        carried.insert(0, last);
        if !closes(last) && !takes_no_room(last) {
            break;
        }
    }
    carried
}

fn units(text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut before = None;
    for character in text.chars() {
        if character == ' ' {
            before = Some(' ');
            continue;
        }
        match (before, units.last_mut()) {
            (Some(' '), _) | (_, None) => {
                units.push(Unit { text: character.to_string(), spaced: before == Some(' ') });
            }
            (Some(before), Some(_)) if may_break(before, character) => {
                units.push(Unit { text: character.to_string(), spaced: false });
            }
            (_, Some(unit)) => unit.text.push(character),
        }
        before = Some(character);
    }
    units
}

/// Between Chinese characters a line may be broken anywhere, except before what closes and after what
/// opens, and between a number and what it counts.
fn may_break(before: char, after: char) -> bool {
    let counts = before.is_ascii_digit() && counted(after);
    (is_wide(before) || is_wide(after)) && !(closes(after) || opens(before) || takes_no_room(after) || counts)
}

/// Characters that say what the number before them counts.
fn counted(character: char) -> bool {
    "万亿元年月日天个项份级类行家条号平美欧港".contains(character)
}

fn takes_no_room(character: char) -> bool {
    character.width_cjk().unwrap_or(0) == 0
}

fn is_wide(character: char) -> bool {
    character.width() == Some(2)
}

/// Characters that no line begins with.
fn closes(character: char) -> bool {
    "，。、；：！？）】〕」』》〉”’％%,.;:!?)]}~～…—·".contains(character)
}

/// Characters that no line ends with.
fn opens(character: char) -> bool {
    "（【〔「『《〈“‘([{#$￥".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_they_may() {
        for (text, width, lines) in [
            ("one two three", 7, vec!["one two", "three"]),
            ("one  two", 20, vec!["one two"]),
            ("", 10, vec![""]),
            ("abcdefghij", 4, vec!["abcd", "efgh", "ij"]),
            ("跨境电商进出口额", 8, vec!["跨境电商", "进出口额"]),
            ("跨境电商，进出口", 8, vec!["跨境电", "商，进出", "口"]),
            ("（跨境）电商", 7, vec!["（跨", "境）电", "商"]),
            ("不低于7000万元", 8, vec!["不低于", "7000万元"]),
            ("9710、9810和1210", 11, vec!["9710、9810", "和1210"]),
            ("按 USD 5 计", 7, vec!["按 USD", "5 计"]),
        ] {
            assert_eq!(wrap(text, width, width), lines, "{text}");
        }
    }

    #[test]
    fn what_acts_on_a_terminal_is_shown_as_written() {
        for (text, shown) in [
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\nb\tc\r", "a\\u{a}b\\u{9}c\\u{d}"),
            ("a\u{202e}b\u{200b}c", "a\\u{202e}b\\u{200b}c"),
            ("a\u{2028}b\u{ad}c", "a\\u{2028}b\\u{ad}c"),
            ("a\u{9b}31m", "a\\u{9b}31m"),
            ("华锂 é", "华锂 é"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }
}
