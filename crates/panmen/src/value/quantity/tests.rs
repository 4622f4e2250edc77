//! Numbers as people write them, and what each refusal shows instead.

use super::*;
use proptest::prelude::*;

fn shown(text: &str) -> String {
    match read_quantity(text) {
        Ok(quantity) => quantity.to_string(),
        Err(problem) => format!("{problem:?}"),
    }
}

#[test]
fn accepted_spellings() {
    for (text, value) in [
        ("7000 万元", "70000000 CNY"),
        ("7000万元", "70000000 CNY"),
        ("70 million CNY", "70000000 CNY"),
        ("70million CNY", "70000000 CNY"),
        ("70_000_000 CNY", "70000000 CNY"),
        ("1.5亿元", "150000000 CNY"),
        ("7千万元", "70000000 CNY"),
        ("3百万", "3000000"),
        ("4_200 m2", "4200 m2"),
        ("4200平方米", "4200 m2"),
        ("4200 ㎡", "4200 m2"),
        ("4200m²", "4200 m2"),
        ("20%", "20%"),
        ("0.06 %", "0.06%"),
        ("-20.50%", "-20.5%"),
        ("5 万美元", "50000 USD"),
        ("5 人民币", "5 CNY"),
        ("12 千克", "12 千克"),
        ("30万人", "300000 人"),
        ("-0", "0"),
        ("-0.5 CNY", "-0.5 CNY"),
        ("0110", "110"),
        ("CNY 62,000,000.00", "62000000 CNY"),
        ("CNY 5.00", "5 CNY"),
        ("JPY 1,000", "1000 JPY"),
        ("KWD 1,000.125", "1000.125 KWD"),
        ("69,999,999.99元", "69999999.99 CNY"),
        ("CNY -500.00", "-500 CNY"),
        ("9999999999999999999999999999", "9999999999999999999999999999"),
        ("1234567890123456.123456789012", "1234567890123456.123456789012"),
    ] {
        assert_eq!(shown(text), value, "{text}");
    }
    assert_eq!(read_quantity("0110").unwrap().digits, "0110");
    assert_eq!(read_quantity("7000 万元"), read_quantity("70_000_000.0 CNY"));
}

#[test]
fn refused_spellings_show_the_right_one() {
    for (text, kind, right) in [
        ("", "NumberEmpty", "1000"),
        ("1e3", "NumberExponent", "1000"),
        ("1.5E-3 CNY", "NumberExponent", "0.0015 CNY"),
        ("1.23E+17", "NumberExponent", "123000000000000000"),
        ("+1", "NumberPlus", "1"),
        (".5", "NumberPoint", "0.5"),
        ("-.5", "NumberPoint", "-0.5"),
        ("1.", "NumberPoint", "1"),
        ("1_", "NumberUnderscore", "1"),
        ("1__0", "NumberUnderscore", "1_0"),
        ("_1", "NumberUnderscore", "1"),
        ("0x10", "NumberBase", "16"),
        ("1,000", "NumberGrouped", "1000"),
        ("1,000.50", "NumberGrouped", "1000.50"),
        ("1,5", "NumberGrouped", "1.5"),
        ("-1,000", "NumberGrouped", "-1000"),
        ("6,200万元", "NumberGrouped", "6200万元"),
        ("69,999,999.9元", "NumberGrouped", "69999999.9元"),
        ("６２", "NumberFullWidth", "62"),
        ("１２", "NumberFullWidth", "12"),
        ("20％", "NumberFullWidth", "20%"),
        ("6，200万元", "NumberFullWidth", "6200万元"),
        ("1．5", "NumberFullWidth", "1.5"),
        ("5\u{3000}CNY", "NumberFullWidth", "5 CNY"),
        ("12.5.3", "NumberTwoPoints", "12.5"),
        ("30.000.000 CNY", "NumberTwoPoints", "12.5"),
        ("1.000,50 CNY", "NotANumber", "1000"),
        ("0,355", "NotANumber", "1000"),
        ("三万五", "NotANumber", "1000"),
        ("三万零五", "NumberInWords", "30005"),
        ("三五人", "NotANumber", "1000"),
        ("1 000", "NumberSpaced", "1000"),
        ("1 000 000 CNY", "NumberSpaced", "1000000 CNY"),
        ("陆仟万", "NumberInWords", "6000万"),
        ("百万", "NumberInWords", "100万"),
        ("六千二百万元", "NumberInWords", "6200万元"),
        ("一亿二千万元", "NumberInWords", "120000000元"),
        ("million CNY", "NumberInWords", "1 million CNY"),
        ("7千元", "NumberMagnitude", "7000元"),
        ("7百元", "NumberMagnitude", "700元"),
        ("5万亿元", "NumberMagnitude", "50000亿元"),
        ("7000萬元", "NumberMagnitude", "7000万元"),
        ("5 million 万元", "NumberMagnitude", "6200 万元"),
        ("3万5", "NumberMagnitude", "6200 万元"),
        ("CNY 100", "UnitFirst", "100 CNY"),
        ("CNY 1,00.00", "NotANumber", "1000"),
        ("CNY 1,000.5", "UnitFirst", "1000.5 CNY"),
        ("¥100", "UnitFirst", "100 CNY"),
        ("￥100", "UnitFirst", "100 CNY"),
        ("$5", "UnitFirst", "5 USD"),
        ("RMB 5", "UnitFirst", "5 CNY"),
        ("人民币5万元", "UnitFirst", "5万 CNY"),
        ("- 5", "MinusApart", "-5"),
        ("abc", "NotANumber", "1000"),
    ] {
        let problem = shown(text);
        assert!(problem.starts_with(kind), "{text}: {problem}");
        assert!(problem.contains(&format!("right: {right:?}")), "{text}: {problem}");
    }
    for (text, kind) in [
        ("NaN", "NumberNotFinite"),
        (".inf", "NumberNotFinite"),
        ("-.inf", "NumberNotFinite"),
        ("5 CNY each", "NumberTrailing"),
        ("20% CNY", "NumberTrailing"),
        ("5\u{200B}", "UnknownCharacter"),
    ] {
        assert!(shown(text).starts_with(kind), "{text}: {}", shown(text));
    }
}

#[test]
fn limits_refuse_and_never_round() {
    for (text, kind) in [
        ("1.1234567890123", "NumberDecimals"),
        ("0.0000000000000000000000000000000001", "NumberDecimals"),
        ("10000000000000000000000000000", "NumberDigits"),
        ("79228162514264337593543950336", "NumberDigits"),
        ("12345678901234567.123456789012", "NumberDigits"),
        ("9999999999999999999999999999 万", "NumberRange"),
        ("1000000000000000000000000 万", "NumberRange"),
    ] {
        assert!(shown(text).starts_with(kind), "{text}: {}", shown(text));
    }
    assert_eq!(shown("999999999999999999999999 万"), "9999999999999999999999990000");
    assert_eq!(shown("0.000000000001"), "0.000000000001");
    assert_eq!(shown("00000000000000000000000000000001"), "1");
}

#[test]
fn words_of_a_unit() {
    let n = |number: i64| Some(Number::from(number));
    for (word, unit) in [
        ("万元", Some((n(10_000), Unit::Money(Currency::CNY)))),
        ("million", Some((n(1_000_000), Unit::None))),
        ("million CNY", Some((n(1_000_000), Unit::Money(Currency::CNY)))),
        ("百万美元", Some((n(1_000_000), Unit::Money(Currency::USD)))),
        ("平方米", Some((None, Unit::Measure("m2".to_owned())))),
        ("人", Some((None, Unit::Measure("人".to_owned())))),
        ("千元", None),
        ("a b", None),
        ("", None),
        ("%", None),
    ] {
        assert_eq!(unit_word(word), unit, "{word}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
        let _ = read_quantity(&text);
    }

    #[test]
    fn number_soup_is_read_or_refused(text in "[-+0-9_.,eE x万千百亿元%％０-９CNYUSDm2¥$ ]{0,16}") {
        if let Ok(quantity) = read_quantity(&text) {
            let again = read_quantity(&quantity.to_string()).unwrap();
            prop_assert_eq!(again.number, quantity.number);
            prop_assert_eq!(again.unit, quantity.unit);
        }
    }

    #[test]
    fn a_quantity_prints_and_reads_back(mantissa in -999_999_999_999_i64..999_999_999_999, scale in 0_usize..12, unit in 0_usize..4) {
        let number = Number::from(mantissa).divide(Number::from(10_i64.pow(u32::try_from(scale).unwrap()))).unwrap();
        let unit = [Unit::None, Unit::Percent, Unit::Money(Currency::CNY), Unit::measure("m2")][unit].clone();
        let quantity = Quantity::new(number, unit.clone());
        prop_assert_eq!(read_quantity(&quantity.to_string()).unwrap(), quantity);
    }
}
