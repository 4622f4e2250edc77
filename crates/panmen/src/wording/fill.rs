//! A fixed word with what it is about: its places filled, an English plural where it is one.

use super::Word;
use crate::diagnostic::Lang;

impl Word {
    /// The word with its places filled.
    #[must_use]
    pub fn with(self, lang: Lang, filled: &[&str]) -> String {
        let mut text = String::new();
        let mut rest = self.text(lang);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((place, after)) = after.split_once('}') else { break };
            let digits = place.trim_end_matches('s');
            let value = digits.parse().ok().and_then(|index: usize| filled.get(index)).copied();
            let value = value.unwrap_or_default();
            match place.chars().next_back() {
                Some('s') if value == "1" => {}
                Some('s') => text.push('s'),
                _ => text.push_str(value),
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_places() {
        for word in Word::ALL {
            for place in ["{0}", "{1}", "{2}", "{3}"] {
                let of = |lang| word.text(lang).contains(place);
                assert_eq!(of(Lang::En), of(Lang::Zh), "{word:?} {place}");
            }
            assert!(word.text(Lang::En).is_ascii(), "{word:?}");
        }
    }

    #[test]
    fn places_are_filled_once() {
        for (filled, shown) in [
            (["{1}", "1"], "at most {1}; it waits for the 1 missing fact"),
            (["Growth", "2"], "at most Growth; it waits for the 2 missing facts"),
        ] {
            assert_eq!(Word::UpTo.with(Lang::En, &filled), shown);
        }
    }
}
