//! Templates of a small pack, empty and from last year's profile.

use super::template;
use crate::check::{Checked, check};
use crate::diagnostic::Lang;
use crate::plan::plan;
use crate::profile::{Form, Profile, profile};
use crate::read::{Bundle, read};
use crate::source::{FileId, Sources};
use crate::value::Date;
use crate::wording::Wording;
use crate::yaml::{Limits, parse};

const PACK: &str = "
pack: asked
edition: '1'
title: {en: Asked, zh: 提问}
status: illustrative
in_force: {from: 2025-01-01}
facts:
  employees: {type: integer, range: 0..1_000_000, accepts_band: yes, label: {en: Employees, zh: 职工}}
  heads: {type: integer, range: 1..9, label: Heads}
  growth: {type: percent, range: 0%..10%, label: Growth}
  sales: {type: money, currency: USD, per: month, range: 0 USD.., label: {en: Sales, zh: 销售}}
  volume: {type: money, currency: CNY, per: year, label: Volume}
  started: {type: date, fixed: yes, label: Started}
  note: {type: text, label: Note}
  kind: {type: choice, options: {a: A, b: B, c: C, d: D, e: E, f: F, g: G, h: H, i: I, j: J, k: K, l: L, m: M}, label: Kind}
  industry: {type: code, list: industries, label: Industry}
  works:
    type: list
    fixed: yes
    label: Works
    of: {name: {type: text}, state: {type: choice, options: {open: {en: Open, zh: 进行中}, done: Done}, label: {en: State, zh: 状态}}, area: {type: decimal, unit: m2, range: 0.., accepts_band: yes}}
  loans: {type: list, of: {lender: {type: text}}, label: Loans}
  judged: {type: yes_no, judged_by: caseworker, fixed: yes, label: Judged}
  paper_due: {type: yes_no, label: Due, evidence: [lease]}
evidence:
  lease: {label: {en: Lease, zh: 租赁合同}, when: paper_due}
lists:
  industries: {open: yes, codes: ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '14']}
criteria:
  one: {label: One, when: employees > 0, cite: s par. 1}
sources: {s: {title: S}}
";

const LAST: &str = "
firm: {name: '示例'}
as_of: 2025-06-30
facts:
  employees: 10..49
  started: 2020-05-06
  sales: {2024-11: 5 USD}
  volume: {2023: 7 CNY, 2024: {value: 9 CNY, status: rejected}}
  works:
    - {name: 'a, b', state: open, area: 1..2}
    - {name: c, state: {value: done, status: verified}}
    - {name: d, state: {value: done, status: rejected}}
  loans: [{lender: x}, {lender: y}]
  judged: {value: yes, signed_by: officer 1, signed_at: 2025-06-01}
";

fn checked() -> Checked {
    let mut sources = Sources::default();
    let files = vec![sources.add("pack.yaml", PACK)];
    let (pack, problems) = read(&sources, &Bundle { files, used: Vec::new() });
    let told = |problems: &[crate::diagnostic::Diagnostic]| {
        problems.iter().map(|problem| problem.message(Lang::En)).collect::<Vec<_>>().join("\n")
    };
    assert!(pack.as_ref().is_some_and(|pack| pack.lost.is_none()), "{}", told(&problems));
    let (checked, problems) = check(pack.unwrap());
    checked.unwrap_or_else(|| panic!("{}", told(&problems)))
}

fn read_profile(checked: &Checked, text: &str) -> Profile {
    let (node, problems) = parse(FileId(9), text, Limits::FILE);
    assert!(problems.is_empty(), "{problems:?}\n{text}");
    let (profile, problems) = profile(&node.unwrap(), checked, Form::Yaml);
    profile.unwrap_or_else(|| panic!("{problems:?}\n{text}"))
}

fn written(checked: &Checked, last: Option<&Profile>, lang: Lang) -> String {
    let plan = plan(checked, Date::new(2025, 6, 30).unwrap());
    template(&Wording { plan: &plan, lang, show_personal: false }, last)
}

/// A template with its comments on one line each.
fn flowed(text: &str) -> String {
    text.replace("\n  # ", " ").replace("\n    # ", " ")
}

#[test]
fn every_fact_says_how_it_is_written() {
    let checked = checked();
    let (en, zh) = (flowed(&written(&checked, None, Lang::En)), flowed(&written(&checked, None, Lang::Zh)));
    for (says, says_zh) in [
        ("Write: `120`; or a range, for example `120..240`", "写法：`120`；也可填区间，例如 `120..240`"),
        ("Heads Write: `1`", "Heads 写法：`1`"),
        ("Growth Write: `0%`", "Growth 写法：`0%`"),
        ("Write: `2024-06: 1_200_000 USD`; one line a month", "每月一行"),
        ("  sales:\n    2024-12: null", "  sales:\n    2024-12: null"),
        ("Write: `2024: 1_200_000 CNY`; one line a year", "每年一行"),
        ("Note Write: `\"text\"`", "Note 写法：`\"文字\"`"),
        (
            "`l` L; and 1 more, listed by `panmen show asked kind`",
            "`l` L；另有1项，见 `panmen show asked kind`",
        ),
        (
            "`12`; and 2 more, listed by `panmen show asked industries`; other codes are accepted",
            "也接受其他代码",
        ),
        ("`- {name: \"text\", state: done, area: 1500 m2}`; one line a row", "每行一条"),
        (
            "`state`: State; `done`; `done` Done, `open` Open",
            "`state`: 状态；`done`；`done` Done、`open` 进行中",
        ),
        ("`area`: `1500 m2`; or a range, for example `1500 m2..3000 m2`", "例如 `1500 m2..3000 m2`"),
        ("Judged by the caseworker: counts once signed", "由经办人认定："),
        ("Proved by: Lease; only if `paper_due`", "证明材料：租赁合同；仅当 `paper_due`"),
    ] {
        assert!(en.contains(says), "{says}\n{en}");
        assert!(zh.contains(says_zh), "{says_zh}\n{zh}");
    }
}

#[test]
fn what_does_not_change_is_kept_with_all_its_rows() {
    let checked = checked();
    let last = read_profile(&checked, LAST);
    let text = written(&checked, Some(&last), Lang::En);
    for kept in [
        "  employees: null    # last time: 10..49\n",
        "  started: 2020-05-06\n",
        "    2024-11: 5 USD\n    2024-12: null\n",
        "    2023: 7 CNY\n    2024: null\n",
        "  works:\n    - {name: \"a, b\", state: open, area: 1 m2..2 m2}\n    - {name: \"c\", state: done}\n    - {name: \"d\"}\n",
        "  loans: null\n    # last time:\n    # - {lender: \"x\"}\n    # - {lender: \"y\"}\n",
        "  judged: null    # last time: yes\n",
    ] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    let again = read_profile(&checked, &text);
    let works = checked.pack.facts.iter().position(|fact| fact.id.text == "works").unwrap();
    let Some(crate::profile::Given::Rows { rows, complete, .. }) = &again.facts[works] else {
        panic!("{text}")
    };
    assert!(*complete && rows.len() == 3, "{text}");
}

#[test]
fn a_list_that_may_have_more_rows_stays_so() {
    let checked = checked();
    let text = LAST.replace("  works:\n", "  works:\n   complete: no\n   rows:\n");
    let text = written(&checked, Some(&read_profile(&checked, &text)), Lang::En);
    assert!(text.contains("  works:\n    complete: no\n    rows:\n      - {name"), "{text}");
    read_profile(&checked, &text);
}
