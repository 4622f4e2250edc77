//! Bytes to text.
//!
//! In: the bytes of a file. Out: the same as text, or where they stop being UTF-8 and which encoding
//! they are more likely in. Never converts: a guess that went wrong would change a firm's facts.

use crate::diagnostic::TextProblem;

/// The bytes as text.
///
/// # Errors
/// Where the bytes are not UTF-8, the first byte that is not, and the likely encoding.
pub fn decode(bytes: &[u8]) -> Result<&str, TextProblem> {
    let refused = |offset: usize, guess: &str| TextProblem::NotUtf8 {
        offset: offset.to_string(),
        guess: guess.to_owned(),
    };
    // UTF-16 without accents or Chinese is valid UTF-8 full of NUL, so it is looked for first.
    if let Some((offset, guess)) = utf16(bytes) {
        return Err(refused(offset, guess));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        if error.error_len().is_some() && looks_like_gb(bytes) {
            refused(offset, "GB18030/GBK")
        } else {
            TextProblem::BrokenUtf8 { offset: offset.to_string() }
        }
    })
}

/// The first byte that gives UTF-16 away.
fn utf16(bytes: &[u8]) -> Option<(usize, &'static str)> {
    match bytes {
        [0xFF, 0xFE, ..] => return Some((0, "UTF-16 LE")),
        [0xFE, 0xFF, ..] => return Some((0, "UTF-16 BE")),
        _ => {}
    }
    // Every line break and every ASCII character has its NUL on the same side.
    let nul = |odd: bool| {
        bytes.iter().take(512).enumerate().filter(|(at, byte)| (at % 2 == 1) == odd && **byte == 0).count()
    };
    let (even, odd) = (nul(false), nul(true));
    let enough = (bytes.len().min(512) / 8).max(1);
    let first = bytes.iter().position(|byte| *byte == 0)?;
    if odd > enough && even == 0 {
        Some((first, "UTF-16 LE"))
    } else if even > enough && odd == 0 {
        Some((first, "UTF-16 BE"))
    } else {
        None
    }
}

/// True if every byte above ASCII belongs to a pair, or a group of four, as GB18030 writes them.
fn looks_like_gb(bytes: &[u8]) -> bool {
    let mut rest = bytes;
    loop {
        rest = match rest {
            [] => return true,
            [0..=0x7F, tail @ ..]
            | [0x81..=0xFE, 0x40..=0x7E | 0x80..=0xFE, tail @ ..]
            | [0x81..=0xFE, b'0'..=b'9', 0x81..=0xFE, b'0'..=b'9', tail @ ..] => tail,
            _ => return false,
        };
    }
}
