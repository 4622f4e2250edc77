//! Characters that a Chinese input method or a word processor types where ASCII is meant.
//!
//! In: a character. Out: the ASCII character to type. Never used to read a text silently: whoever
//! finds such a character names it and refuses.

/// The ASCII character that a look-alike stands for.
#[must_use]
pub fn ascii_for(character: char) -> Option<char> {
    match character {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character).saturating_sub(0xFEE0)),
        '\u{3000}'
        | '\u{A0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202F}'
        | '\u{205F}' => Some(' '),
        '。' => Some('.'),
        '、' => Some(','),
        '“' | '”' | '「' | '」' | '『' | '』' | '„' | '«' | '»' => Some('"'),
        '‘' | '’' | '‚' => Some('\''),
        '【' | '〔' => Some('['),
        '】' | '〕' => Some(']'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        _ => None,
    }
}

/// The text with every look-alike replaced, and the first of them; none if there is none.
pub(crate) fn to_ascii(text: &str) -> Option<(char, String)> {
    let first = text.chars().find(|c| ascii_for(*c).is_some())?;
    Some((first, text.chars().map(|c| ascii_for(c).unwrap_or(c)).collect()))
}

/// `U+FF0C` and the like.
#[must_use]
pub fn code_point(character: char) -> String {
    format!("U+{:04X}", u32::from(character))
}

/// True for a character that may begin a word: an ASCII letter, `_`, or a letter of another script.
#[must_use]
pub fn begins_word(character: char) -> bool {
    character == '_'
        || (character.is_alphabetic() && ascii_for(character).is_none())
        // Squared units such as ㎡ are symbols to Unicode, and units to people.
        || ('\u{3300}'..='\u{33FF}').contains(&character)
}

/// True for a character that may continue a word.
#[must_use]
pub fn continues_word(character: char) -> bool {
    begins_word(character) || character.is_ascii_digit() || matches!(character, '²' | '³')
}

/// The word at the beginning of a text, empty if none stands there.
pub(crate) fn leading_word(text: &str) -> &str {
    if !text.starts_with(begins_word) {
        return "";
    }
    let end = text.find(|c| !continues_word(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}
