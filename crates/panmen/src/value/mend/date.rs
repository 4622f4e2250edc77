//! The date that a text means.
//!
//! In: a text in ASCII but for words. Out: the date, only where it can be no other.

use crate::value::Date;

/// The date of `2019/5/6`, `20190506`, `2019年5月6日` or `2019-05-06T00:00:00`.
pub(in crate::value) fn date(text: &str) -> Option<Date> {
    let text = without_time(text.trim());
    let joined = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let (year, month, day) = if joined {
        (text.get(..4)?, text.get(4..6)?, text.get(6..)?)
    } else {
        let text = text.strip_suffix(['日', '号']).unwrap_or(text);
        let mut parts = text.split(['-', '/', '.', '年', '月', ' ']).filter(|part| !part.is_empty());
        let parts = (parts.next()?, parts.next()?, parts.next()?, parts.next());
        let (year, month, day, None) = parts else { return None };
        (year, month, day)
    };
    let digits = |part: &str, most: usize| part.len() <= most && part.bytes().all(|b| b.is_ascii_digit());
    // Of `03/04/25` nobody knows which is the month.
    if year.len() != 4 || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return None;
    }
    Date::parse(&format!("{year}-{month:0>2}-{day:0>2}"))
}

/// The text without a time of day. A time that names its zone may be another day here, and stays.
fn without_time(text: &str) -> &str {
    let Some((date, time)) = text.split_once(['T', ' ']) else { return text };
    let midnight = time.strip_suffix('Z').is_some_and(|time| time.bytes().all(|b| b"0:.".contains(&b)));
    let parts: Vec<&str> = time.trim_end_matches('Z').split(':').collect();
    let clock = (2..=3).contains(&parts.len())
        && parts.iter().all(|part| {
            let whole = part.split('.').next().unwrap_or("");
            whole.len() == 2 && part.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        });
    if clock && (midnight || !time.ends_with('Z')) { date } else { text }
}
