//! The one spelling of a record: RFC 8785 (JSON Canonicalization Scheme) on a narrow subset, so that the
//! same content always has the same bytes.
//!
//! In: a JSON value. Out: its bytes, or what keeps it from having a canonical form: fractions and large
//! integers, keys that are not ASCII, control characters, texts in another normal form of Unicode.

use crate::source::composed;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Write;

/// The largest integer that every reader of JSON holds exactly: 2^53 - 1.
const LARGEST: u64 = 9_007_199_254_740_991;

/// Why a value has no canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Uncanonical {
    /// A number that is no integer, or too large.
    Number(String),
    /// A key with other than ASCII characters.
    Key(String),
    /// A control character in a text.
    Control(char),
    /// A text that is not in Unicode's normal form C.
    Form(String),
}

/// The canonical bytes.
///
/// # Errors
/// Where the value lies outside the subset.
pub fn canon(value: &Value) -> Result<String, Uncanonical> {
    let mut text = String::new();
    write(value, &mut text)?;
    Ok(text)
}

fn write(value: &Value, out: &mut String) -> Result<(), Uncanonical> {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => out.push_str(if *yes { "true" } else { "false" }),
        Value::Number(number) => {
            // A fraction, `-0` and `1e3` are no integers to the reader either.
            match number.as_i64().filter(|integer| integer.unsigned_abs() <= LARGEST) {
                Some(integer) => {
                    let _ = write!(out, "{integer}");
                }
                None => return Err(Uncanonical::Number(number.to_string())),
            }
        }
        Value::String(text) => string(text, out)?,
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out)?;
            }
            out.push(']');
        }
        Value::Object(entries) => {
            // ASCII keys sort by bytes as they do by UTF-16 units.
            let mut sorted: Vec<(&String, &Value)> = entries.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            out.push('{');
            for (index, (key, item)) in sorted.into_iter().enumerate() {
                if !key.is_ascii() {
                    return Err(Uncanonical::Key(key.clone()));
                }
                if index > 0 {
                    out.push(',');
                }
                string(key, out)?;
                out.push(':');
                write(item, out)?;
            }
            out.push('}');
        }
    }
    Ok(())
}

fn string(text: &str, out: &mut String) -> Result<(), Uncanonical> {
    out.push('"');
    if let Some(control) = text.chars().find(|character| character.is_control()) {
        return Err(Uncanonical::Control(control));
    }
    if matches!(composed(text), Cow::Owned(_)) {
        return Err(Uncanonical::Form(text.to_owned()));
    }
    for (index, part) in text.split('\\').enumerate() {
        if index > 0 {
            out.push_str("\\\\");
        }
        for (index, part) in part.split('"').enumerate() {
            if index > 0 {
                out.push_str("\\\"");
            }
            out.push_str(part);
        }
    }
    out.push('"');
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_sorted_and_nothing_is_added() {
        let value = json!({"b": [1, null, true], "a": {"d": "é\"\\", "c": -7}, "A": ""});
        assert_eq!(canon(&value).unwrap(), r#"{"A":"","a":{"c":-7,"d":"é\"\\"},"b":[1,null,true]}"#);
    }

    #[test]
    fn what_has_no_one_spelling_is_refused() {
        for (value, refused) in [
            (json!(0.5), Uncanonical::Number("0.5".to_owned())),
            (json!(9_007_199_254_740_992_u64), Uncanonical::Number("9007199254740992".to_owned())),
            (json!({"é": 1}), Uncanonical::Key("é".to_owned())),
            (json!("a\nb"), Uncanonical::Control('\n')),
            (json!("e\u{301}"), Uncanonical::Form("e\u{301}".to_owned())),
        ] {
            assert_eq!(canon(&value), Err(refused));
        }
        assert!(canon(&json!(9_007_199_254_740_991_u64)).is_ok());
    }
}
