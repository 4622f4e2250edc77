//! The words for a unit that people use and the language does not.
//!
//! In: a type and what stands beside a number. Out: whether that is the type's own unit.

use super::super::{Currency, Type, Unit};

/// True if what stands before and after a number is the unit of the type, or nothing.
pub(super) fn fits(value_type: &Type, prefix: &str, rest: &str) -> bool {
    let word = normal(rest);
    match value_type {
        Type::Money(currency) => {
            let before = normal(prefix);
            (before.is_empty() || is_currency(*currency, &before))
                && (word.is_empty() || is_currency(*currency, &word))
        }
        Type::Decimal(Some(unit)) => {
            prefix.is_empty()
                && (word.is_empty()
                    || Unit::of_word(rest) == Unit::of_word(unit)
                    || (&**unit == "m2" && is_square_metre(&word)))
        }
        Type::Integer | Type::Decimal(None) => prefix.is_empty() && (word.is_empty() || counts(&word)),
        _ => false,
    }
}

/// True for a percent sign and the words for it.
pub(super) fn percent(rest: &str) -> bool {
    matches!(normal(rest).as_str(), "%" | "percent" | "pct")
}

/// The currency that a text begins with, and what follows.
pub(super) fn currency_first(text: &str) -> (&str, &str) {
    for sign in ["US$", "HK$", "CN¥", "RMB", "rmb", "人民币", "美元", "¥", "￥", "$", "€", "£"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return (text.get(..sign.len()).unwrap_or(""), rest.trim_start());
        }
    }
    let code = text.split_at_checked(3).filter(|(code, rest)| {
        Currency::parse(&code.to_ascii_uppercase()).is_some()
            && !rest.starts_with(|c: char| c.is_ascii_alphabetic())
    });
    code.map_or(("", text), |(code, rest)| (code, rest.trim_start()))
}

/// In small letters, without spaces and the 整 that ends an amount.
fn normal(word: &str) -> String {
    let joined: String = word.chars().filter(|c| *c != ' ').collect();
    joined.trim_end_matches(['整', '正']).to_ascii_lowercase()
}

fn is_currency(currency: Currency, word: &str) -> bool {
    word == currency.code().to_ascii_lowercase()
        || match currency.code() {
            "CNY" => matches!(
                word,
                "元" | "圆"
                    | "块"
                    | "块钱"
                    | "人民币"
                    | "元人民币"
                    | "人民币元"
                    | "人民币圆"
                    | "rmb"
                    | "yuan"
                    | "renminbi"
                    | "¥"
                    | "￥"
                    | "cn¥"
                    | "元rmb"
                    | "元cny"
                    | "cny元"
            ),
            "USD" => matches!(word, "美元" | "$" | "us$"),
            "HKD" => matches!(word, "港元" | "港币" | "hk$"),
            "EUR" => matches!(word, "欧元" | "€" | "euro" | "euros"),
            "GBP" => matches!(word, "英镑" | "£"),
            "JPY" => matches!(word, "日元" | "円"),
            _ => false,
        }
}

fn is_square_metre(word: &str) -> bool {
    matches!(
        word,
        "m2" | "m²"
            | "m^2"
            | "㎡"
            | "sqm"
            | "sq.m"
            | "sq.m."
            | "平米"
            | "平方"
            | "平方米"
            | "squaremetres"
            | "squaremeters"
    )
}

/// Words that count what is counted anyway.
fn counts(word: &str) -> bool {
    matches!(word, "人" | "名" | "个" | "位" | "家" | "项" | "件" | "people" | "persons" | "employees")
}
