//! What is shown for a text is always accepted, and shows nothing that nobody typed.

use super::*;
use crate::value::{Currency, read_text};
use proptest::prelude::*;

fn types() -> Vec<Type> {
    vec![
        Type::Integer,
        Type::Decimal(None),
        Type::Decimal(Some("m2".into())),
        Type::Percent,
        Type::Money(Currency::CNY),
        Type::Money(Currency::USD),
        Type::Date,
        Type::YesNo,
        Type::Text(true),
    ]
}

#[test]
fn what_can_be_meant_in_two_ways_has_no_spelling() {
    for text in [
        "3万5",
        "三万五",
        "3亿2千",
        "三五",
        "1,2,3",
        "12,34,56",
        "1.2.3",
        "约6200万元",
        "5 CNY each",
        "万元",
        "- -5",
        "5 USD",
        "20%",
        "5万 million",
        "1亿2.5万",
        "100-200",
        "1e99",
        "10以上",
        "abc",
        "-",
        "",
    ] {
        assert_eq!(spelling(&Type::Money(Currency::CNY), text), None, "{text}");
    }
    for text in ["2.5", "十分之一", "5元", "3年"] {
        assert_eq!(spelling(&Type::Integer, text), None, "{text}");
    }
    for text in ["03/04/25", "20251301", "2019-05-05T16:00:00Z", "2019-05", "5 May 2019", "43591"] {
        assert_eq!(spelling(&Type::Date, text), None, "{text}");
    }
    for text in ["5-3", "49..10", "10-", "-5", "2019-05-06", "a to b", "0.1-0.2"] {
        assert_eq!(band_spelling(&Type::Integer, text), None, "{text}");
        assert_eq!(band_spelling(&Type::Percent, text), None, "{text}");
    }
    assert_eq!(band_spelling(&Type::Date, "2019-05-06"), None);
    assert_eq!(spelling(&Type::Percent, "1"), Some(Spelling::Either("100%".to_owned(), "1%".to_owned())));
}

proptest! {
    #[test]
    fn a_spelling_is_accepted(
        text in "[-+0-9_.,' eExkM万千百亿十三五零元圆整%％０-９（）“”CNYUSDRMBm2¥$～到至年月日TZ:/、。\u{200B}\u{3000}]{0,14}",
        place in 0_usize..9,
    ) {
        let value_type = types().swap_remove(place);
        match spelling(&value_type, &text) {
            Some(Spelling::One(right)) => prop_assert!(read_text(&value_type, &right).is_ok(), "{right}"),
            Some(Spelling::Either(first, second)) => {
                prop_assert!(read_text(&value_type, &first).is_ok() && read_text(&value_type, &second).is_ok());
                prop_assert_ne!(read_text(&value_type, &first).ok(), read_text(&value_type, &second).ok());
            }
            None => {}
        }
        if let Some(right) = band_spelling(&value_type, &text) {
            prop_assert!(range_exactly(&value_type, &right).is_ok(), "{right}");
        }
        // Plain digits with a unit mean themselves, whatever is looked for beside them.
        if let Ok(value) = read_exactly(&value_type, text.trim_matches(' '))
            && let Some(Spelling::One(right)) = spelling(&value_type, &text)
        {
            prop_assert_eq!(read_text(&value_type, &right).ok(), Some(value), "{}", right);
        }
    }
}
