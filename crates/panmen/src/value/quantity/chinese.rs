//! Numbers in Chinese characters, only to show how they are written with digits.
//!
//! In: `陆仟万`, `六千二百万元`. Out: `6000万`, `6200万元`. Never used to read a number.

/// The same with digits; none if the text does not begin with a numeral.
pub(super) fn with_digits(text: &str) -> Option<String> {
    let end = text.find(|c| digit(c).is_none() && weight(c).is_none()).unwrap_or(text.len());
    let (numeral, unit) = text.split_at_checked(end)?;
    let unit = if matches!(unit, "圆" | "圆整" | "元整") { "元" } else { unit };
    let magnitudes = numeral.chars().filter(|c| weight(*c).is_some_and(|w| w >= 10_000)).count();
    let last = numeral.chars().next_back()?;
    if magnitudes == 1 && weight(last).is_some_and(|w| w >= 10_000) {
        let inner = numeral.get(..numeral.len().checked_sub(last.len_utf8())?)?;
        let shown = if matches!(last, '亿' | '億') { '亿' } else { '万' };
        let inner = if inner.is_empty() { 1 } else { value(inner)? };
        return Some(format!("{inner}{shown}{unit}"));
    }
    Some(format!("{}{unit}", value(numeral)?))
}

fn value(numeral: &str) -> Option<u64> {
    let (mut total, mut section, mut last): (u64, u64, Option<u64>) = (0, 0, None);
    // 三万五 is said for 35000 and written for 30005; 三五 is said for three to five.
    let (mut before, mut run) = (0, 0_usize);
    let mut zero = false;
    for c in numeral.chars() {
        if let Some(n) = digit(c) {
            zero |= n == 0;
            run = run.saturating_add(1);
            last = Some(last.unwrap_or(0).checked_mul(10)?.checked_add(n)?);
            continue;
        }
        let weight = weight(c)?;
        if run == 2 && !zero {
            return None;
        }
        (before, run, zero) = (weight, 0, false);
        if weight < 10_000 {
            section = section.checked_add(last.take().unwrap_or(1).checked_mul(weight)?)?;
        } else {
            let whole = section.checked_add(last.take().unwrap_or(0))?;
            // 五万亿 multiplies what stands before; 一亿二千万 adds to it.
            total = if weight > total {
                total.checked_add(whole)?.checked_mul(weight)?
            } else {
                total.checked_add(whole.checked_mul(weight)?)?
            };
            section = 0;
        }
    }
    if !zero && ((run == 1 && before > 10) || run == 2) {
        return None;
    }
    total.checked_add(section)?.checked_add(last.unwrap_or(0))
}

/// The value of a numeral.
pub(in crate::value) fn digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// What a numeral multiplies by.
pub(in crate::value) fn weight(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        '万' | '萬' => 10_000,
        '亿' | '億' => 100_000_000,
        _ => return None,
    })
}
