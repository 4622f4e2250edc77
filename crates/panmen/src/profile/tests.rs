//! What is shown for a value as people type it: put in its place it is accepted, and means the same.

use super::{Form, Given, Held, profile};
use crate::check::{Checked, check};
use crate::diagnostic::{Diagnostic, Lang, any_error};
use crate::pack::Fact;
use crate::read::{Bundle, read};
use crate::source::{FileId, Sources};
use crate::value::{write_number, write_range};
use crate::yaml::{Limits, parse};

const PACK: &str = "pack: mends
edition: '1'
status: illustrative
author: somebody
policy_issuer: An office
title: Mends
contact: unpublished
appeal: unpublished
currency: CNY
in_force: {from: 2025-01-01, to: 2026-12-31}
sources:
  notice: {title: Notice 5, dated: 2025-01-01}
facts:
  paid: {type: money, range: 0 CNY.., label: Paid}
  dollars: {type: money, currency: USD, label: Dollars}
  staff: {type: integer, range: 0..1_000_000, accepts_band: yes, label: {en: Staff, zh: 员工人数}}
  shops: {type: integer, label: Shops}
  turnover: {type: money, accepts_band: yes, label: Turnover}
  part: {type: percent, accepts_band: yes, label: Part}
  floor: {type: decimal, unit: m2, label: Floor}
  since: {type: date, label: Since}
  kind: {type: choice, options: {merchant: {en: Seller, zh: 商户}, provider: {en: Provider, zh: 服务商}}, label: Kind}
  modes: {type: code, list: mode, many: yes, label: Modes}
  industry: {type: code, list: gbt, label: Industry}
  own: {type: yes_no, label: Own}
  sales: {type: money, per: year, label: Sales}
  by_month: {type: money, per: month, label: Months}
lists:
  mode: {codes: {'9610': Retail, '9710': Direct}}
  gbt: {format: 4 digits, open: yes, codes: {'3841': Batteries}}
criteria:
  here: {label: Here, when: own, cite: notice art. 3, basis: published}
gates:
  entry: {label: Entry, all: [here]}
";

fn checked() -> Checked {
    let mut sources = Sources::default();
    let files = vec![sources.add("pack.yaml", PACK)];
    let (pack, problems) = read(&sources, &Bundle { files, used: Vec::new() });
    assert!(!any_error(&problems), "{problems:?}");
    let (checked, problems) = check(pack.unwrap());
    checked.unwrap_or_else(|| panic!("{problems:?}"))
}

/// The fact as it was read, or the problems.
fn fact(checked: &Checked, name: &str, text: &str, form: Form) -> Result<String, Vec<Diagnostic>> {
    let whole = match form {
        Form::Json => format!("{{\"facts\": {{\"{name}\": {text}}}}}"),
        Form::Yaml | Form::Example => format!("facts:\n  {name}: {text}\n"),
    };
    let (node, mut problems) = parse(FileId(0), &whole, Limits::FILE);
    let (read, more) = node.map(|node| profile(&node, checked, form)).unwrap_or_default();
    problems.extend(more);
    if any_error(&problems) {
        return Err(problems);
    }
    let index = checked.pack.facts.iter().position(|fact| fact.id.text == name).unwrap();
    let given = read.unwrap().facts[index].clone();
    Ok(given.map_or_else(String::new, |given| shown(&checked.pack.facts[index], &given)))
}

fn shown(fact: &Fact, given: &Given) -> String {
    match given {
        Given::One(entry) => match &entry.held {
            Held::Value(crate::value::Value::Number(number)) => write_number(&fact.value_type, *number),
            Held::Value(value) => value.to_string(),
            Held::Band(band) => write_range(&fact.value_type, *band),
        },
        Given::Many(values, _) => values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        Given::Series(periods) => periods.keys().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        Given::Rows { .. } => String::new(),
    }
}

/// The text that a help tells to write.
fn mend(problem: &Diagnostic, lang: Lang) -> Option<String> {
    let help = problem.help(lang);
    let marks: &[&str] = match lang {
        Lang::En => &["write `", "write it as `"],
        Lang::Zh => &["写 `", "应写作 `", "写成文本：`"],
    };
    let rest = marks.iter().find_map(|mark| help.split_once(mark).map(|(_, rest)| rest));
    // An example is no mend.
    let rest = rest.filter(|_| !help.starts_with("例如"))?;
    rest.split_once('`').map(|(right, _)| right.to_owned())
}

/// Fact, what was typed, what is shown, and what that means.
const TABLE: &[(&str, &str, &str, &str)] = &[
    ("paid", "1e3 CNY", "1000 CNY", "1000 CNY"),
    ("paid", "1e3", "1000 CNY", "1000 CNY"),
    ("paid", "6.2e7", "62000000 CNY", "62000000 CNY"),
    ("paid", "+1 CNY", "1 CNY", "1 CNY"),
    ("paid", ".5 CNY", "0.5 CNY", "0.5 CNY"),
    ("paid", "1. CNY", "1 CNY", "1 CNY"),
    ("paid", "1_ CNY", "1 CNY", "1 CNY"),
    ("paid", "0x10", "16 CNY", "16 CNY"),
    ("paid", "1000", "1000 CNY", "1000 CNY"),
    ("paid", "3,000", "3000 CNY", "3000 CNY"),
    ("paid", "1,000.50 CNY", "1000.50 CNY", "1000.5 CNY"),
    ("paid", "12,5 CNY", "12.5 CNY", "12.5 CNY"),
    ("paid", "30.000.000 CNY", "30000000 CNY", "30000000 CNY"),
    ("paid", "30'000'000 CNY", "30000000 CNY", "30000000 CNY"),
    ("paid", "30 000 000 CNY", "30000000 CNY", "30000000 CNY"),
    ("paid", "6200,0000 CNY", "62000000 CNY", "62000000 CNY"),
    ("paid", "1.000,50 CNY", "1000.5 CNY", "1000.5 CNY"),
    ("paid", "１２ CNY", "12 CNY", "12 CNY"),
    ("paid", "6２00万元", "6200万元", "62000000 CNY"),
    ("paid", "6,200万元", "6200万元", "62000000 CNY"),
    ("paid", "3亿2千万元", "32000 万元", "320000000 CNY"),
    ("paid", "1亿2000万元", "12000 万元", "120000000 CNY"),
    ("paid", "3000万元（含税）", "3000万元", "30000000 CNY"),
    ("paid", "陆仟万元", "6000万元", "60000000 CNY"),
    ("paid", "陆仟万", "6000 万元", "60000000 CNY"),
    ("paid", "百万", "100 万元", "1000000 CNY"),
    ("paid", "三千二百万元", "3200万元", "32000000 CNY"),
    ("paid", "5千元", "5000元", "5000 CNY"),
    ("paid", "6200万元整", "6200 万元", "62000000 CNY"),
    ("paid", "6200 wan", "62000000 CNY", "62000000 CNY"),
    ("paid", "30M CNY", "30000000 CNY", "30000000 CNY"),
    ("paid", "1 million yuan", "1000000 CNY", "1000000 CNY"),
    ("paid", "30_000_000 RMB", "30000000 CNY", "30000000 CNY"),
    ("paid", "30_000_000 cny", "30000000 CNY", "30000000 CNY"),
    ("paid", "RMB 5000", "5000 CNY", "5000 CNY"),
    ("paid", "¥5,000", "5000 CNY", "5000 CNY"),
    ("dollars", "1e3", "1000 USD", "1000 USD"),
    ("dollars", "5,000", "5000 USD", "5000 USD"),
    ("dollars", "$ 5", "5 USD", "5 USD"),
    ("dollars", "3亿2千万", "320000000 USD", "320000000 USD"),
    ("staff", "10-49", "10..49", "10..49"),
    ("staff", "10~49", "10..49", "10..49"),
    ("staff", "10～49", "10..49", "10..49"),
    ("staff", "10–49", "10..49", "10..49"),
    ("staff", "10—49", "10..49", "10..49"),
    ("staff", "10．．49", "10..49", "10..49"),
    ("staff", "10…49", "10..49", "10..49"),
    ("staff", "10...49", "10..49", "10..49"),
    ("staff", "10 to 49", "10..49", "10..49"),
    ("staff", "10到49", "10..49", "10..49"),
    ("staff", "10至49人", "10..49", "10..49"),
    ("staff", "“10”", "10", "10"),
    ("staff", "1,200", "1200", "1200"),
    ("staff", "10人", "10", "10"),
    ("staff", "十人", "10", "10"),
    ("staff", "120名", "120", "120"),
    ("turnover", "100-200万元", "100万元..200万元", "1000000 CNY..2000000 CNY"),
    ("turnover", "10..20 CNY", "10 CNY..20 CNY", "10 CNY..20 CNY"),
    ("part", "10-20%", "10%..20%", "10%..20%"),
    ("part", "35.5", "35.5%", "35.5%"),
    ("part", "35,5%", "35.5%", "35.5%"),
    ("part", "35.5％", "35.5%", "35.5%"),
    ("part", "35.5 percent", "35.5%", "35.5%"),
    ("part", "百分之三十五", "35%", "35%"),
    ("part", ".5%", "0.5%", "0.5%"),
    ("floor", "120 sqm", "120 m2", "120 m2"),
    ("floor", "120 平米", "120 m2", "120 m2"),
    ("floor", "120 M2", "120 m2", "120 m2"),
    ("floor", "1,200 m2", "1200 m2", "1200 m2"),
    ("floor", "一百二十平方米", "120平方米", "120 m2"),
    ("since", "2019/5/6", "2019-05-06", "2019-05-06"),
    ("since", "2019．5．6", "2019-05-06", "2019-05-06"),
    ("since", "2019年5月6日", "2019-05-06", "2019-05-06"),
    ("since", "２０１９-０５-０６", "2019-05-06", "2019-05-06"),
    ("since", "2019–05–06", "2019-05-06", "2019-05-06"),
    ("since", "20190506", "2019-05-06", "2019-05-06"),
    ("since", "2019-05-06T00:00:00", "2019-05-06", "2019-05-06"),
    ("kind", "ｍerchant", "merchant", "merchant"),
    ("kind", "merchant\u{A0}", "merchant", "merchant"),
    ("kind", "\u{3000}merchant", "merchant", "merchant"),
    ("kind", "“商户”", "商户", "merchant"),
    ("industry", "３８４１", "3841", "3841"),
    ("own", "ｙes", "yes", "yes"),
    ("modes", "9610、9710", "[9610, 9710]", "9610 9710"),
    ("modes", "9610, 9710", "[9610, 9710]", "9610 9710"),
    ("modes", "【9610, 9710】", "[9610, 9710]", "9610 9710"),
    ("modes", "9610", "[9610]", "9610"),
];

#[test]
fn what_is_shown_is_accepted_and_means_what_was_typed() {
    let checked = checked();
    let mut wrong = Vec::new();
    for (name, typed, right, value) in TABLE {
        let problems = fact(&checked, name, typed, Form::Yaml).expect_err(typed);
        let [problem] = problems.as_slice() else { panic!("{typed}: {problems:?}") };
        for lang in [Lang::En, Lang::Zh] {
            let found = mend(problem, lang).unwrap_or_default();
            let read = fact(&checked, name, &found, Form::Yaml);
            if found != *right || read.as_deref() != Ok(*value) {
                wrong.push(format!("{name}: {typed}: {} {found} {read:?}", problem.help(lang)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn where_nothing_can_be_told_no_spelling_is_shown() {
    let checked = checked();
    for (name, typed, help) in [
        ("paid", "3万5", "for example `70_000_000 CNY`"),
        ("paid", "约6200万元", "for example `70_000_000 CNY`"),
        ("paid", "30 m2", "for example `70_000_000 CNY`"),
        ("paid", "5 CNY each", "for example `70_000_000 CNY`"),
        ("dollars", "1.2.3", "for example `70_000_000 USD`"),
        ("part", "35 CNY", "for example `35%`"),
        ("staff", ".5", "write digits only, for example `120`"),
        ("staff", "1e-1", "write digits only, for example `120`"),
        ("staff", "abc", "for example `120`"),
        ("shops", "10-49", "write one value"),
        ("shops", "10到49", "write one value"),
        ("shops", "10～49", "write one value"),
        ("since", "03/04/25", "for example `2024-05-06`"),
        ("part", "0.355", "write the one that is meant, with its sign"),
        ("modes", "9610、9999", "write for example `modes: [9610]`"),
    ] {
        let problems = fact(&checked, name, typed, Form::Yaml).expect_err(typed);
        let [problem] = problems.as_slice() else { panic!("{typed}: {problems:?}") };
        assert!(problem.help(Lang::En).contains(help), "{typed}: {}", problem.help(Lang::En));
        assert_eq!((mend(problem, Lang::En), mend(problem, Lang::Zh)), (None, None), "{typed}");
    }
    let asked = fact(&checked, "part", "0.355", Form::Yaml).unwrap_err();
    for lang in [Lang::En, Lang::Zh] {
        let message = asked[0].message(lang);
        assert!(message.contains("`35.5%`") && message.contains("`0.355%`"), "{message}");
    }
}

#[test]
fn json_is_mended_with_its_quotes() {
    let checked = checked();
    for (name, typed, right, value) in [
        ("paid", "1e1", "\"10 CNY\"", "10 CNY"),
        ("paid", "1000", "\"1000 CNY\"", "1000 CNY"),
        ("paid", "0.5", "\"0.5 CNY\"", "0.5 CNY"),
        ("part", "35.5", "\"35.5%\"", "35.5%"),
        ("staff", "1e1", "\"10\"", "10"),
        ("floor", "12.5", "\"12.5\"", "12.5 m2"),
        ("since", "20190506", "\"2019-05-06\"", "2019-05-06"),
        ("modes", "\"9610, 9710\"", "[\"9610\", \"9710\"]", "9610 9710"),
    ] {
        let problems = fact(&checked, name, typed, Form::Json).expect_err(typed);
        for lang in [Lang::En, Lang::Zh] {
            let found = mend(&problems[0], lang);
            assert_eq!(found.as_deref(), Some(right), "{typed}: {}", problems[0].help(lang));
        }
        assert_eq!(fact(&checked, name, right, Form::Json).as_deref(), Ok(value), "{typed}");
    }
    let asked = fact(&checked, "part", "0.355", Form::Json).unwrap_err();
    assert!(asked[0].message(Lang::En).ends_with("is it `\"35.5%\"` or `\"0.355%\"`?"));
}

#[test]
fn a_strange_character_is_named_with_its_code_point() {
    let checked = checked();
    for (text, code, named, right) in [
        ("facts:\n  p\u{430}id: 1 CNY\n", "PF026", "U+0430", "`paid`"),
        ("facts:\n  ｓtaff: 1\n", "PF026", "U+FF53", "`staff`"),
        ("facts:\n  staff\u{A0}: 1\n", "PF026", "U+00A0", "`staff`"),
        ("facts:\n  kind: merchant\u{A0}\n", "EX625", "U+00A0", "`merchant`"),
        ("facts:\n  modes: [9610，9710]\n", "PF025", "U+FF0C", "`9610, 9710`"),
        ("facts:\n  since: 2019–05–06\n", "EX625", "U+2013", "`2019-05-06`"),
        ("facts:\n  staff: 约６２\n", "EX626", "U+FF16", "`6`"),
        ("as_of: ２０２５-０６-３０\nfacts: {staff: 1}\n", "EX625", "U+FF12", "`2025-06-30`"),
        ("facts:\n  sales: {２０２４: 1 CNY}\n", "EX625", "U+FF12", "`2024`"),
        ("facts:\n  kind:\u{3000}merchant\n", "YM014", "U+3000", "`kind: ...`"),
        ("facts:\n  staff: 1\n\u{3000}kind: merchant\n", "YM013", "U+3000", "spaces"),
        ("facts:\n  staff: 1\n\u{3000}kind: merchant\n  own: yes\n", "YM013", "U+3000", "spaces"),
        ("facts: {staff: 1，own: yes}\n", "YM015", "U+FF0C", "`,`"),
        ("facts: ｛staff: 1, own: yes｝\n", "YM015", "U+FF5B", "`{`"),
        ("facts:\n  kind: mer\u{200B}chant\n", "YM009", "U+200B", "remove"),
    ] {
        let (node, mut problems) = parse(FileId(0), text, Limits::FILE);
        let more = node.map(|node| profile(&node, &checked, Form::Yaml).1).unwrap_or_default();
        problems.extend(more);
        let problem = &problems[0];
        let (message, help) = (problem.message(Lang::En), problem.help(Lang::En));
        assert_eq!(problem.code(), code, "{text:?}: {message}");
        assert!(message.contains(named) && help.contains(right), "{text:?}: {message}; {help}");
        assert!(problem.message(Lang::Zh).contains(named), "{text:?}");
        assert_eq!(problem.span.map(|span| span.range().is_empty()), Some(false), "{text:?}");
    }
}

#[test]
fn what_was_meant_is_named_by_its_id() {
    let checked = checked();
    for (name, typed, meant) in [("kind", "Sellers", "merchant"), ("kind", "商户们", "merchant")] {
        let problems = fact(&checked, name, typed, Form::Yaml).expect_err(typed);
        assert_eq!(problems[0].nearest.as_deref(), Some(meant), "{typed}");
        assert_eq!(problems[0].help(Lang::En), "known are `merchant` Seller, `provider` Provider");
        assert_eq!(problems[0].help(Lang::Zh), "可用的有 `merchant` 商户, `provider` 服务商");
    }
    let (node, _) = parse(FileId(0), "facts:\n  员工人数: 10\n", Limits::FILE);
    let (_, problems) = profile(&node.unwrap(), &checked, Form::Yaml);
    assert_eq!((problems[0].code(), problems[0].nearest.as_deref()), ("PF001", Some("staff")));
    let problems = fact(&checked, "industry", "384", Form::Yaml).unwrap_err();
    assert_eq!(problems[0].help(Lang::Zh), "该列表的代码为 4 位数字");
    let problems = fact(&checked, "by_month", "{2024年6月: 5 CNY}", Form::Yaml).unwrap_err();
    assert_eq!(problems[0].help(Lang::En), "write `2024-06`");
}
