//! Entries of a small pack that has one of everything, in both languages.

use super::entry;
use crate::check::{Checked, check};
use crate::diagnostic::{Diagnostic, Lang};
use crate::doc::text;
use crate::plan::plan;
use crate::read::{Bundle, read};
use crate::source::Sources;
use crate::value::Date;
use crate::wording::{Word, Wording};

const PACK: &str = "
pack: shown
edition: '1'
title: {en: Shown, zh: 演示}
status: illustrative
currency: CNY
in_force: {from: 2025-01-01}
sources: {notice: {title: A notice, label: {en: the notice, zh: 通知}, publisher: An office, dated: 2025-01-01, url: 'https://example.org'}}
facts:
  lease_cost: {type: money, label: {en: Lease cost, zh: 租金}, range: 0 CNY.., evidence: [lease]}
  works: {type: money, label: {en: Works, zh: 装修费}, range: 0 CNY..}
  area: {type: decimal, unit: m2, label: {en: Area, zh: 面积}, range: 0.., accepts_band: yes}
  leased: {type: yes_no, label: {en: Leased, zh: 租赁}}
  kind: {type: choice, options: {old: {en: Old, zh: 老}, new: {en: New, zh: 新}}, label: {en: Kind, zh: 类型}}
  industry: {type: code, list: industries, label: {en: Industry, zh: 行业}}
  projects: {type: list, of: {project: {type: text}, cost: {type: money, range: 0 CNY..}, state: {type: choice, options: {open: {en: Open, zh: 进行中}, done: {en: Done, zh: 已完成}}}}, label: {en: Projects, zh: 项目}}
evidence:
  lease: {label: {en: Lease, zh: 租赁合同}, office: {en: Landlord, zh: 出租方}, valid_for: 12 months, alternatives: [deed], when: leased}
  deed: {label: {en: Deed, zh: 产权证}}
lists:
  industries:
    label: {en: Industries, zh: 行业代码}
    codes: {a1: {en: Code a1, zh: 代码a1}, b2: Code b2, c3: Code c3, d4: D, e5: E, f6: F, g7: G, h8: H, i9: I, j10: J, k11: K, l12: L, m13: {en: The last, zh: 最后一项}}
parameters:
  most: {type: money, label: {en: Most, zh: 上限}, values: [{from: 2025-01-01, value: 500_000 CNY, cite: notice art. 1}]}
criteria:
  fit: {label: {en: Fit, zh: 合适}, all: [leased, {any: [kind = new, area >= 100 m2]}, {at_least: {n: 1, of: [leased]}}], cite: notice art. 2}
gates:
  door: {label: {en: Door, zh: 门槛}, when: fit}
tiers:
  steps: {label: {en: Steps, zh: 梯次}, gate: door, applies_to: {when: kind = new, else: {en: not for old firms, zh: 不适用于老企业}}, cite: notice art. 3, levels: [{id: top, label: {en: Top, zh: 最高}, when: fit}]}
measures:
  share:
    label: {en: Share, zh: 比例补助}
    who: fit
    amount:
      base: {sum: [lease_cost, works]}
      base_cap: 2_000_000 CNY
      rate: {by: steps, rows: {top: 50%, none: 30%}}
      uplift: [{when: leased, add: 10%, cap: 800_000 CNY}]
      cap: most
      round: down to 10_000 CNY
      up_to: yes
    once: {n: 2, years: 3}
    cite: notice art. 4
  rows:
    label: {en: Rows, zh: 逐项补助}
    each: projects
    at_most: 2
    who: state = done
    amount: {base: cost, rate: 10%}
    once: {per: project}
    cite: notice art. 5
  banded:
    label: {en: Banded, zh: 分档补助}
    amount: {bands: {of: lease_cost, mode: marginal, rows: [{up_to: 100_000 CNY, rate: 10%}, {above: 100_000 CNY, rate: 5%}]}}
    cite: notice art. 6
  stepped:
    label: {en: Stepped, zh: 分级奖励}
    amount: {steps: {of: area, rows: [{at_least: 100 m2, amount: 10_000 CNY}]}}
    cite: notice art. 7
  unit: {label: {en: Unit, zh: 按面积补助}, amount: {per_unit: {rate: 300 CNY, of: area, times: 2}}, cite: notice art. 8}
  secret: {label: {en: Secret, zh: 未公布}, amount: unpublished, apply: unpublished, cite: notice art. 9}
stacking:
  one: {label: {en: One only, zh: 就高}, pick: highest, among: [share, banded], cite: notice art. 10}
  both: {label: {en: Both, zh: 合计}, limit: 80% of lease_cost, over: [share, stepped], reduce: [stepped], cite: notice art. 11}
targets:
  many: {label: {en: Firms, zh: 企业数}, count: firms where fit, above: 15_000, by: 2026-12-31, note: {en: A note, zh: 备注文字}, cite: notice art. 12}
  volume: {label: {en: Volume, zh: 总额}, total: lease_cost, of: firms, at_least: 150 billion CNY, each: year, cite: notice art. 13}
";

/// An entry, and what it must say in either language.
const SAID: &[(&str, &str, &str)] = &[
    ("share", "Costs that count Lease cost (lease_cost)", "计入费用 租金（lease_cost）"),
    (
        "share",
        "Costs at most CNY 2,000,000.00 Rate depends on Steps (steps) top 50% none 30%",
        "费用上限 200万元 支持比例 取决于梯次（steps） top 50% none 30%",
    ),
    (
        "share",
        "Uplift if Leased (leased) Added to the rate 10% At most instead CNY 800,000.00",
        "上浮条件 租赁（leased） 比例增加 10% 最高限额改为 80万元",
    ),
    ("share", "At most Most, now CNY 500,000.00 (most)", "最高限额 上限，目前为50万元（most）"),
    ("share", "Rounded down to whole CNY 10,000.00", "取整 向下取至1万元的整数倍"),
    ("share", "Decided by the office, up to this amount", "核定 由主管部门在此金额内核定"),
    ("share", "How often at most 2 times per firm within 3 years", "次数 每家企业3年内最多2次"),
    (
        "share",
        "HOW IT COMBINES One only only the highest is paid: Share (share), Banded (banded)",
        "叠加规则 就高 只支付最高的一项：比例补助（share）、分档补助（banded）",
    ),
    (
        "share",
        "together at most 80% of lease_cost: Share (share), Stepped (stepped); cut in this order: stepped",
        "合计不超过80% of lease_cost：比例补助（share）、分级奖励（stepped）；超出时依次核减：stepped",
    ),
    (
        "rows",
        "For each row of Projects (projects), at most 2 rows How often at most 1 time per project",
        "逐项计算 项目（projects），最多2项 次数 每个项目最多1次",
    ),
    (
        "banded",
        "By bands of Lease cost (lease_cost) How bands count each slice at the rate of its own band at most CNY 100,000.00 10% more than CNY 100,000.00 5%",
        "分档依据 租金（lease_cost） 分档计算方式 各档部分分别按本档比例计算 不高于10万元 10% 高于10万元 5%",
    ),
    (
        "stepped",
        "By steps of Area (area) at least 100 m2 CNY 10,000.00",
        "分级依据 面积（area） 不低于100平方米 1万元",
    ),
    (
        "unit",
        "For each unit CNY 300.00 Units Area (area) Times 2",
        "每单位金额 300.00元 单位数 面积（area） 倍数 2",
    ),
    ("secret", "Applications unpublished", "申报期 未公布"),
    ("secret", "Amount unpublished", "金额 未公布"),
    ("one", "only the highest is paid", "只支付最高的一项"),
    ("steps", "Gate Door (door)", "准入 门槛（door）"),
    (
        "steps",
        "FOR WHOM kind = new Said to others not for old firms",
        "适用对象 kind = new 对其他企业的说明 不适用于老企业",
    ),
    ("steps", "Citation the notice art. 3", "依据 通知第3条"),
    (
        "fit",
        "all of these: 1 leased Leased 2 at least one of these: 2.1 kind = new 2.2 area >= 100 m2 3 at least 1 of these: 3.1 leased",
        "以下各项均须符合： 1 leased 租赁 2 以下至少符合一项： 2.1 kind = new",
    ),
    ("most", "VALUE CNY 500,000.00 In force from 2025-01-01", "标准 50万元 实施期 自2025-01-01起"),
    (
        "many",
        "Counted firms where fit Wanted more than 15000 By 2026-12-31 Note A note",
        "计数对象 firms where fit 目标值 高于15000 完成期限 2026-12-31 备注 备注文字",
    ),
    (
        "volume",
        "Added up Lease cost (lease_cost) Over all firms Wanted at least CNY 150,000,000,000.00 How often each year",
        "合计项 租金（lease_cost） 范围 全部企业 目标值 不低于1500亿元 频次 每年",
    ),
    ("industries", "m13 The last USED BY industry Industry", "m13 最后一项 用于 industry 行业"),
    (
        "notice",
        "Called the notice Publisher An office Dated 2025-01-01 Address https://example.org",
        "简称 通知 发布者 An office 日期 2025-01-01 网址 https://example.org",
    ),
    ("notice", "CITED BY most Most fit Fit", "引用者 most 上限 fit 合适"),
    ("lease_cost", "Type money (CNY) Range CNY 0.00 or more", "类型 金额（CNY） 范围 0.00元以上"),
    (
        "lease_cost",
        "Lease, from Landlord; valid for 12 months; only if `leased`; or Deed",
        "租赁合同，由出租方提供；有效期12个月；仅当 `leased`；或产权证",
    ),
    ("lease_cost", "both Both volume Volume", "both 合计 volume 总额"),
    ("area", "Type number (m2), a range is accepted", "类型 数值（m2）、可填区间"),
    ("kind", "OPTIONS new New old Old", "选项 new 新 old 老"),
    (
        "projects",
        "cost money (CNY); CNY 0.00 or more state choice; Done (done); Open (open)",
        "cost 金额（CNY）；0.00元以上 state 选项；已完成（done）；进行中（open）",
    ),
    (
        "lease",
        "Valid for 12 months Only if leased Or instead Deed (deed)",
        "有效期 12个月 仅当 leased 也可提供 产权证（deed）",
    ),
    ("deed", "USED BY lease Lease", "用于 lease 租赁合同"),
    ("leased", "lease Lease", "lease 租赁合同"),
    ("fit", "many Firms", "many 企业数"),
];

fn told(problems: &[Diagnostic]) -> String {
    problems.iter().map(|problem| problem.message(Lang::En)).collect::<Vec<_>>().join("\n")
}

fn pack_of() -> Checked {
    let mut sources = Sources::default();
    let files = vec![sources.add("pack.yaml", PACK)];
    let (pack, problems) = read(&sources, &Bundle { files, used: Vec::new() });
    assert!(pack.as_ref().is_some_and(|pack| pack.lost.is_none()), "{}", told(&problems));
    let (checked, problems) = check(pack.unwrap());
    checked.unwrap_or_else(|| panic!("{}", told(&problems)))
}

fn shown(checked: &Checked, id: &str, lang: Lang) -> String {
    let plan = plan(checked, Date::new(2025, 6, 30).unwrap());
    let words = Wording { plan: &plan, lang, show_personal: false };
    let doc = entry(&words, id).unwrap_or_else(|| panic!("{id}"));
    text(&doc, 100).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_entry_says_all_that_the_pack_says_of_it() {
    let checked = pack_of();
    for (id, en, zh) in SAID {
        for (lang, says) in [(Lang::En, en), (Lang::Zh, zh)] {
            let shown = shown(&checked, id, lang);
            assert!(shown.contains(says), "{id}: {says}\n{shown}");
        }
    }
}

/// The words that the pack itself is written in stay; whatever the program says is in the language.
#[test]
fn no_fixed_word_of_an_entry_is_english_in_chinese() {
    let checked = pack_of();
    let plan = plan(&checked, Date::new(2025, 6, 30).unwrap());
    let words = Wording { plan: &plan, lang: Lang::Zh, show_personal: false };
    for id in super::names(&plan) {
        let doc = entry(&words, &id).unwrap();
        for word in Word::ALL {
            let english = word.text(Lang::En);
            if english.contains('{') || english == word.text(Lang::Zh) {
                continue;
            }
            let headings = doc.sections.iter().map(|section| section.heading.as_str());
            let keys = doc.head.iter().map(|pair| pair.key.as_str());
            assert!(headings.chain(keys).all(|said| said != english), "{id}: {english}");
        }
    }
}
