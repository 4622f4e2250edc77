//! Which source byte a byte of a scalar's text came from.
//!
//! In: a scalar's text and its source. Out: an [`Alignment`], a few numbers where the text stands in
//! the source as it is, else the stretches that do. Never fails: what cannot be aligned is the whole.

use crate::source::Span;

/// How a scalar's text lies in its source.
#[derive(Debug, Clone)]
pub(super) enum Alignment {
    /// As it is, from this source byte.
    Straight(u32),
    /// In stretches: from this byte of the text on it lies from that byte of the source on. The
    /// last one is the end of both.
    Runs(Box<[(u32, u32)]>),
    /// Unknown.
    Whole,
}

impl Alignment {
    /// The source of bytes `start..end` of a text that stands at `whole`.
    pub(super) fn place(&self, whole: Span, start: usize, end: usize) -> Span {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (start, end) = (clamp(start), clamp(end.max(start)));
        let (from, to) = match self {
            Self::Straight(base) => (base.saturating_add(start), base.saturating_add(end)),
            Self::Runs(runs) => (source_of(runs, start), source_of(runs, end)),
            Self::Whole => (whole.start, whole.end),
        };
        let from = from.clamp(whole.start, whole.end);
        Span { file: whole.file, start: from, end: to.clamp(from, whole.end) }
    }

    /// Aligns a text with the source between `start` and the end of `raw`, which includes quotes.
    pub(super) fn of(text: &str, raw: &str, start: usize, quote: Option<char>) -> Self {
        let Ok(base) = u32::try_from(start) else { return Self::Whole };
        let inner = match quote {
            None => raw,
            Some(quote) => match raw.strip_prefix(quote).and_then(|raw| raw.strip_suffix(quote)) {
                Some(inner) => inner,
                None => return Self::Whole,
            },
        };
        let base = base.saturating_add(u32::from(quote.is_some()));
        if inner == text {
            return Self::Straight(base);
        }
        let runs = if quote == Some('"') { escaped(text, inner) } else { folded(text, inner, quote) };
        runs.map_or(Self::Whole, |runs| {
            Self::Runs(runs.into_iter().map(|(text, raw)| (text, raw.saturating_add(base))).collect())
        })
    }
}

fn source_of(runs: &[(u32, u32)], at: u32) -> u32 {
    let index = runs.partition_point(|(text, _)| *text <= at).saturating_sub(1);
    let Some((text, source)) = runs.get(index).copied() else { return u32::MAX };
    // Where the text has more white space than the source, the rest of it has no place of its own.
    let next = runs.get(index.saturating_add(1)).map_or(u32::MAX, |(_, source)| *source);
    source.saturating_add(at.saturating_sub(text)).min(next)
}

/// Two texts read side by side.
struct Pair<'a> {
    text: &'a str,
    raw: &'a str,
    text_length: usize,
    raw_length: usize,
    runs: Vec<(u32, u32)>,
}

impl<'a> Pair<'a> {
    fn new(text: &'a str, raw: &'a str) -> Self {
        Self { text, raw, text_length: text.len(), raw_length: raw.len(), runs: Vec::new() }
    }

    /// A new stretch begins here.
    fn mark(&mut self) {
        let at = |whole: usize, rest: &str| u32::try_from(whole.saturating_sub(rest.len()));
        if let (Ok(text), Ok(raw)) = (at(self.text_length, self.text), at(self.raw_length, self.raw)) {
            // Of two stretches at one byte of the text the first has no text.
            if self.runs.last().is_some_and(|(last, _)| *last == text) {
                self.runs.pop();
            }
            self.runs.push((text, raw));
        }
    }

    fn skip(&mut self, text: usize, raw: usize) {
        self.text = self.text.get(text..).unwrap_or("");
        self.raw = self.raw.get(raw..).unwrap_or("");
    }

    /// Passes what stands in both alike and is neither blank nor escaped.
    fn pass(&mut self, stop: impl Fn(char) -> bool) {
        let alike = self
            .text
            .chars()
            .zip(self.raw.chars())
            .take_while(|(text, raw)| text == raw && !stop(*raw))
            .map(|(text, _)| text.len_utf8())
            .sum();
        self.skip(alike, alike);
    }

    fn end(mut self) -> Option<Vec<(u32, u32)>> {
        self.mark();
        (self.text.is_empty() && self.raw.is_empty()).then_some(self.runs)
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

fn blanks(text: &str) -> usize {
    text.len().saturating_sub(text.trim_start_matches(is_blank).len())
}

/// Plain, single-quoted and block scalars: all that YAML changes is white space, and `''`.
fn folded(text: &str, raw: &str, quote: Option<char>) -> Option<Vec<(u32, u32)>> {
    let mut pair = Pair::new(text, raw);
    while !pair.text.is_empty() {
        let before = pair.text.len();
        pair.mark();
        pair.pass(|c| is_blank(c) || Some(c) == quote);
        let (blank_text, blank_raw) = (blanks(pair.text), blanks(pair.raw));
        if blank_text > 0 || blank_raw > 0 {
            pair.mark();
            pair.skip(blank_text, blank_raw);
        }
        if quote.is_some() && pair.raw.starts_with("''") && pair.text.starts_with('\'') {
            pair.mark();
            pair.skip(1, 2);
        } else if pair.text.len() == before {
            return None;
        }
    }
    let rest = blanks(pair.raw);
    pair.skip(0, rest);
    pair.end()
}

/// Double-quoted scalars: escapes, and line breaks that fold into a space or into fewer breaks.
fn escaped(text: &str, raw: &str) -> Option<Vec<(u32, u32)>> {
    let mut pair = Pair::new(text, raw);
    while !pair.raw.is_empty() {
        let before = pair.raw.len();
        pair.mark();
        pair.pass(|c| is_blank(c) || c == '\\');
        let blank = blanks(pair.raw);
        if let Some(escape) = pair.raw.strip_prefix('\\') {
            pair.mark();
            if escape.starts_with(['\n', '\r']) {
                let skipped = blanks(escape).saturating_add(1);
                pair.skip(0, skipped);
            } else {
                let character = pair.text.chars().next()?;
                pair.skip(character.len_utf8(), escape_length(escape, character)?);
            }
        } else if blank > 0 {
            pair.mark();
            let breaks = pair.raw.get(..blank)?.matches('\n').count();
            let kept = match breaks {
                0 => blank,
                1 => 1,
                more => more.saturating_sub(1),
            };
            pair.skip(kept, blank);
        }
        if pair.raw.len() == before {
            return None;
        }
    }
    pair.end()
}

/// Bytes of an escape with its backslash, given what follows the backslash.
fn escape_length(escape: &str, character: char) -> Option<usize> {
    let kind = escape.chars().next()?;
    Some(match kind {
        'x' => 4,
        // Two escapes, one character: a surrogate pair, as JSON writes what lies beyond U+FFFF.
        'u' if u32::from(character) > 0xFFFF => 12,
        'u' => 6,
        'U' => 10,
        other => other.len_utf8().saturating_add(1),
    })
}
