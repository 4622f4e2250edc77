//! Reports of the firms in `fixtures/firms` under the pack in `rules`, in both languages.

use super::{Options, decision as report};
use crate::check::{Checked, check};
use crate::decision::{Decision, decide};
use crate::diagnostic::{Diagnostic, Lang};
use crate::doc::{Block, Doc, Status, columns, text};
use crate::plan::{Plan, plan};
use crate::profile::{Form, Profile, profile};
use crate::read::{Bundle, read};
use crate::source::{FileId, Sources};
use crate::value::Date;
use crate::yaml::{Limits, parse};
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

macro_rules! texts {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../../", $folder, "/", $name, ".yaml"))),)*]
    };
}

const PACK: &[(&str, &str)] = texts!("rules/suzhou-cbec-2024":
    "pack" "facts" "evidence" "lists" "parameters" "onboarding" "sectors" "support" "targets");

const FIRMS: &[(&str, &str)] = texts!("fixtures/firms":
    "battery-maker" "battery-trader" "solar-exporter" "logistics-provider" "half-the-facts" "only-a-code"
    "rejected-evidence" "dishonesty-last-day" "dishonesty-day-after" "payment-taxed-elsewhere" "ai-software"
    "growth-one-fen-short" "growth-exact" "starter-day-late" "starter-first-day" "park-operator"
    "platform-operator" "warehouse-operator" "textile-starter" "auto-electronics");

fn pack_of(files: &[(&str, &str)]) -> Checked {
    let mut sources = Sources::default();
    let files = files.iter().map(|(name, text)| sources.add(format!("{name}.yaml"), *text)).collect();
    let (pack, problems) = read(&sources, &Bundle { files, used: Vec::new() });
    let pack = pack.unwrap_or_else(|| panic!("{}", told(&sources, &problems)));
    let (checked, problems) = check(pack);
    checked.unwrap_or_else(|| panic!("{}", told(&sources, &problems)))
}

fn told(sources: &Sources, problems: &[Diagnostic]) -> String {
    let at = |problem: &Diagnostic| problem.span.map(|span| sources.slice(span).to_owned());
    let lines = problems.iter().map(|problem| format!("{:?}: {}", at(problem), problem.message(Lang::En)));
    lines.collect::<Vec<_>>().join("\n")
}

fn profile_of(checked: &Checked, firm: &str) -> Profile {
    let (node, problems) = parse(FileId(0), firm, Limits::FILE);
    let (profile, more) = profile(&node.unwrap_or_else(|| panic!("{problems:?}")), checked, Form::Yaml);
    profile.unwrap_or_else(|| panic!("{more:?}"))
}

/// Calls `look` with each firm's report in both languages, short and whole.
fn each(look: &mut dyn FnMut(&str, &Plan<'_>, &Decision, &Doc)) {
    let checked = pack_of(PACK);
    for (name, firm) in FIRMS {
        let profile = profile_of(&checked, firm);
        let plan = plan(&checked, profile.as_of.unwrap_or(Date::new(2025, 6, 30).unwrap()));
        let decision = decide(&plan, &profile);
        for lang in [Lang::En, Lang::Zh] {
            for explain in [false, true] {
                let options = Options { explain, ..Options::default() };
                look(name, &plan, &decision, &report(&plan, &profile, &decision, lang, options));
            }
        }
    }
}

#[test]
fn no_line_is_wider_than_the_page() {
    each(&mut |name, _, _, doc| {
        for width in [40, 60, 72, 80, 100, 132] {
            for line in text(doc, width).lines() {
                assert!(columns(line) <= width, "{name} {width}: {line}");
                assert!(line.width() <= width, "{name} {width}: {line}");
                assert!(
                    !line.trim_start().starts_with(['，', '。', '、', '；', '：', '）', '】']),
                    "{name}: {line}"
                );
                assert!(!line.ends_with(' '), "{name}: {line}");
            }
        }
    });
}

#[test]
fn the_marks_in_the_body_are_those_of_the_headline() {
    each(&mut |name, _, decision, doc| {
        let mut marks = BTreeSet::new();
        let mut listed = 0;
        let mut first_seen = Vec::new();
        for section in &doc.sections {
            for block in &section.blocks {
                let points: Vec<usize> = match block {
                    Block::Pairs(pairs) => pairs.iter().flat_map(|pair| pair.points.clone()).collect(),
                    Block::Group(group) => group.items.iter().flat_map(|item| item.points.clone()).collect(),
                    Block::Points(entries) => {
                        listed += entries.iter().map(|entry| entry.numbers.len()).sum::<usize>();
                        Vec::new()
                    }
                    _ => Vec::new(),
                };
                for point in points {
                    if marks.insert(point) {
                        first_seen.push(point);
                    }
                }
            }
        }
        assert_eq!(marks.iter().copied().collect::<Vec<_>>(), (1..=listed).collect::<Vec<_>>(), "{name}");
        assert!(first_seen.is_sorted(), "{name}: {first_seen:?}");
        let decided: BTreeSet<_> = decision.assumed.iter().map(|assumption| assumption.point).collect();
        assert!(listed >= decided.len(), "{name}");
        let page = text(doc, 80);
        let count =
            if doc.lang == Lang::En { format!("{listed} ASSUMED") } else { format!("含{listed}项假定") };
        assert!(page.contains(&count), "{name}: {count}");
    });
}

#[test]
fn nothing_is_met_that_is_open() {
    each(&mut |name, plan, decision, doc| {
        let items = doc.sections.iter().flat_map(|section| &section.blocks).filter_map(|block| match block {
            Block::Group(group) => Some(&group.items),
            _ => None,
        });
        for item in items.flatten().filter(|item| item.status == Status::Met) {
            let label = |label: &crate::value::Label| label.get(doc.lang) == item.label;
            let criterion = plan.pack().criteria.iter().position(|criterion| label(&criterion.label));
            if let Some(index) = criterion {
                assert_eq!(decision.criteria[index].verdict.word(), "yes", "{name} {}", item.label);
            }
        }
    });
}

#[test]
fn every_missing_fact_is_asked_for() {
    each(&mut |name, plan, decision, doc| {
        let words = crate::wording::Wording { plan, lang: doc.lang, show_personal: false };
        let blocks = doc.sections.iter().flat_map(|section| &section.blocks);
        let numbered = blocks.filter_map(|block| match block {
            Block::Numbered(entries) => Some(entries),
            _ => None,
        });
        let asked: Vec<String> = numbered.flatten().map(|entry| entry.text.clone()).collect();
        let missing: Vec<String> = decision.missing.iter().map(|path| words.path(*path)).collect();
        assert_eq!(asked, missing, "{name}");
    });
}

const PLAIN: &str = "
pack: plain
edition: \"1\"
title: A plain pack
status: official
currency: CNY
in_force: {from: 2024-01-01}
sources: {law: {title: The law}}
facts:
  headcount: {type: integer, range: 0.., label: Headcount}
  owner: {type: text, personal: yes, label: Owner}
  adult: {type: yes_no, personal: yes, label: Owner of age}
criteria:
  enough: {label: Enough people, when: headcount >= 10, cite: law art. 1, basis: published}
  of_age: {label: Of age, when: adult and owner = \"Li\", cite: law art. 2, basis: published}
";

const MEASURES: &str = "
measures:
  hiring:
    label: Hiring bonus
    who: enough
    amount: {fixed: 50_000 CNY}
    cite: law art. 3
    basis: published
  owner_bonus:
    label: Owner's bonus
    who: of_age
    amount: {fixed: 20_000 CNY, up_to: yes}
    cite: law art. 4
    basis: published
";

fn page(pack: &str, firm: &str, lang: Lang) -> String {
    let checked = pack_of(&[("pack", pack)]);
    let profile = profile_of(&checked, firm);
    let plan = plan(&checked, Date::new(2025, 6, 30).unwrap());
    let decision = decide(&plan, &profile);
    text(&report(&plan, &profile, &decision, lang, Options::default()), 80)
}

#[test]
fn a_pack_without_ladders_speaks_of_its_measures() {
    let pack = format!("{PLAIN}{MEASURES}");
    for (firm, lang, said) in [
        ("facts: {headcount: 12}", Lang::En, "ELIGIBLE: eligible for 1 of 2 measures: Hiring bonus; 1 of 2"),
        ("facts: {headcount: 9}", Lang::En, "short by 1"),
        ("facts: {headcount: 12}", Lang::En, "CNY 50,000.00 to CNY 70,000.00 in all"),
        ("facts: {headcount: 12}", Lang::Zh, "合计5万元至7万元"),
        ("facts: {}", Lang::Zh, "暂不能判定"),
        ("facts: {}", Lang::En, "the published text alone"),
    ] {
        let page = page(&pack, firm, lang);
        assert!(page.contains(said), "{page}");
    }
}

#[test]
fn a_pack_without_anything_to_give_says_so() {
    let page = page(PLAIN, "facts: {}", Lang::En);
    assert!(page.contains("these rules name no level and no measure"), "{page}");
}

#[test]
fn a_condition_without_a_criterion_is_a_reason() {
    let measure = "
measures:
  hiring:
    label: Hiring bonus
    who: {any: [headcount >= 10, adult]}
    amount: {fixed: 50_000 CNY}
    cite: law art. 3
    basis: published
";
    let pack = format!("{PLAIN}{measure}");
    for (firm, lang, said) in [
        ("facts: {headcount: 9, adult: no}", Lang::En, "x  Headcount"),
        ("facts: {headcount: 9, adult: no}", Lang::En, "yours 9    needed at least 10    short by 1"),
        ("facts: {headcount: 9, adult: no}", Lang::En, "Hiring bonus: any one of these conditions is enough"),
        ("facts: {headcount: 12}", Lang::Zh, "+  Headcount          12（不低于10）"),
        ("facts: {}", Lang::En, "?  Headcount"),
    ] {
        let page = page(&pack, firm, lang);
        assert!(page.contains(said), "{page}");
    }
}

#[test]
fn what_is_personal_is_withheld() {
    let pack = format!("{PLAIN}{MEASURES}");
    let page = page(&pack, "facts: {owner: Wang, adult: yes, headcount: 12}", Lang::En);
    assert!(page.contains("withheld") && !page.contains("Wang"), "{page}");
}

#[test]
fn a_firm_cannot_write_on_the_page() {
    let checked = pack_of(&[("pack", PLAIN)]);
    // A profile is refused such a name; one that was recorded elsewhere may still hold it.
    let mut profile = profile_of(&checked, "facts: {}");
    profile.name = Some("A\u{1b}[31m\nRESULT  ELIGIBLE\u{202E}<b>".to_owned());
    let plan = plan(&checked, Date::new(2025, 6, 30).unwrap());
    let decision = decide(&plan, &profile);
    let page = text(&report(&plan, &profile, &decision, Lang::En, Options::default()), 80);
    assert!(page.contains(r"A\u{1b}[31m\u{a}RESULT"), "{page}");
    assert!(!page.contains('\u{1b}') && !page.contains('\u{202e}'), "{page}");
}

const KINDS: &str = "
pack: kinds
edition: \"1\"
title: A pack of kinds
status: official
currency: CNY
in_force: {from: 2024-01-01}
sources: {law: {title: The law}}
facts:
  kind: {type: choice, options: {seller: Seller, park: Park}, label: Kind}
  filed: {type: yes_no, label: Customs filing, evidence: [receipt, translation]}
  abroad: {type: yes_no, label: Owner abroad}
  ratio: {type: integer, range: 0.., label: Sales}
  staff: {type: integer, range: 1.., label: Staff}
  good: {type: yes_no, judged_by: caseworker, label: Good work}
evidence:
  receipt: {label: Receipt, valid_for: 6 months}
  translation: {label: Translation, when: abroad}
define:
  sells: {is: kind = seller}
criteria:
  customs: {label: On file, when: not sells or filed, cite: law art. 1, basis: published}
  large: {label: Many sales, when: ratio / staff >= 1.5, cite: law art. 2, basis: published}
  fine: {label: Of good work, when: good, cite: law art. 3, basis: published}
gates:
  entry: {label: Entry, all: [customs]}
tiers:
  rank:
    label: Rank
    gate: entry
    cite: law art. 2
    basis: published
    levels:
      - {id: high, label: High rank, all: [large]}
measures:
  bonus: {label: Bonus, who: rank.high, amount: {fixed: 5 CNY}, cite: law art. 4, basis: published}
";

#[test]
fn nobody_is_asked_to_be_of_another_kind() {
    for (firm, lang, said) in [
        ("facts: {kind: park, ratio: 31, staff: 15}", Lang::En, "not asked of this kind of applicant"),
        ("facts: {kind: park, ratio: 31, staff: 15}", Lang::Zh, "本类主体不作要求"),
        ("facts: {kind: park, ratio: 31, staff: 15}", Lang::En, "about 2.0667 (at least 1.5)"),
        ("facts: {kind: seller, filed: no}", Lang::En, "yours no    needed yes"),
    ] {
        let page = page(KINDS, firm, lang);
        assert!(page.contains(said), "{page}");
        assert!(!page.contains("none of") && !page.contains("不属于"), "{page}");
    }
}

#[test]
fn behind_a_closed_gate_no_level_is_spoken_of() {
    let page = page(KINDS, "facts: {kind: seller, filed: no, ratio: 1, staff: 9}", Lang::En);
    assert!(page.contains("x  On file") && !page.contains("Many sales"), "{page}");
}

#[test]
fn a_level_that_is_needed_is_named_with_the_one_reached() {
    let page = page(KINDS, "facts: {kind: seller, filed: yes, ratio: 1, staff: 9}", Lang::En);
    assert!(page.contains("Rank: no level reached; needed: High rank"), "{page}");
}

#[test]
fn a_paper_is_asked_for_only_where_it_is_needed() {
    for (firm, receipt, translation) in [
        ("facts: {kind: seller, abroad: no}", "Receipt, valid for 6 months", None),
        ("facts: {kind: seller}", "Receipt, valid for 6 months", Some("only if:")),
        ("facts: {kind: seller, abroad: yes}", "Receipt, valid for 6 months", Some("; Translation\n")),
    ] {
        let page = page(KINDS, firm, Lang::En);
        assert!(page.contains(receipt), "{page}");
        match translation {
            Some(said) => assert!(page.contains(said), "{page}"),
            None => assert!(!page.contains("Translation"), "{page}"),
        }
    }
}

#[test]
fn what_a_person_judges_is_not_asked_of_the_firm() {
    let judged = "
  praise: {label: Praise, who: fine, benefit: A letter, cite: law art. 5, basis: published}
";
    let pack = format!("{}{judged}", KINDS.trim_end());
    let page = page(&pack, "facts: {kind: park, ratio: 1, staff: 1}", Lang::En);
    let (before, after) = page.split_once("FOR THE CASEWORKER").unwrap_or_else(|| panic!("{page}"));
    assert!(!before.contains("WHAT IS MISSING"), "{page}");
    assert!(after.contains("1  Good work"), "{page}");
}

const SUMS: &str = "
pack: sums
edition: \"1\"
title: A pack of sums
status: official
currency: CNY
in_force: {from: 2024-01-01}
sources: {law: {title: The law}}
facts:
  fee: {type: money, range: 0 CNY.., label: Fee}
  green: {type: yes_no, label: Green site}
  other: {type: money, range: 0 CNY.., label: Other grant}
measures:
  share:
    label: Share
    amount:
      base: fee
      rate: 30%
      uplift: [{when: green, add: 10%, cite: law art. 9}]
      cap: 5_000 CNY
      round: down to 100 CNY
    once: per firm
    cite: law art. 1
    basis: published
  slices:
    label: Slices
    amount:
      bands: {of: fee, mode: marginal, rows: [{up_to: 1_000 CNY, rate: 1%}, {above: 1_000 CNY, rate: 2%}]}
      cap: 50 CNY
    cite: law art. 2
    basis: published
stacking:
  one: {label: One grant, pick: highest, among: [share, other], cite: law art. 3}
";

#[test]
fn a_sum_can_be_checked_with_a_pencil() {
    let firm = "facts: {fee: 12_345 CNY, green: yes, other: 0 CNY, earlier_awards: []}";
    let page = page(SUMS, firm, Lang::En);
    let mut rest = page.as_str();
    for line in [
        "costs: Fee [law art. 1] CNY 12,345.00",
        "rate [law art. 1] 30%",
        "10% more, if Green site: holds [law art. 9] 40%",
        "40% of it [law art. 1] CNY 4,938.00",
        "limit CNY 5,000.00: not reached [law art. 1] CNY 4,938.00",
        "rounded down to CNY 100.00 [law art. 1] CNY 4,900.00",
        "At most 1 award per firm.",
        "the part up to CNY 1,000.00: 1% of it [law art. 2] CNY 10.00",
        "the part above CNY 1,000.00: 2% of it [law art. 2] CNY 226.90",
        "together [law art. 2] CNY 236.90",
        "limit CNY 50.00: it applies [law art. 2] CNY 50.00",
    ] {
        let found = rest.lines().position(|shown| shown.split_whitespace().eq(line.split(' ')));
        let at = found.unwrap_or_else(|| panic!("{line} in {page}"));
        rest = rest.splitn(at + 2, '\n').last().unwrap();
    }
}

#[test]
fn an_amount_says_what_displaced_it_and_what_it_waits_for() {
    for (firm, lang, said) in [
        (
            "facts: {fee: 1_000 CNY, green: no, other: 310 CNY}",
            Lang::En,
            "not paid beside Other grant (One grant)",
        ),
        (
            "facts: {fee: 1_000 CNY, green: no, other: 310 CNY}",
            Lang::Zh,
            "与Other grant不重复享受（One grant）",
        ),
        (
            "facts: {fee: 9_000 CNY, other: 0 CNY, earlier_awards: []}",
            Lang::En,
            "The amount waits for: Green site.",
        ),
        ("facts: {fee: 9_000 CNY, other: 0 CNY, earlier_awards: []}", Lang::En, "30% to 40%"),
        (
            "facts: {fee: 15_000 CNY, other: 0 CNY, earlier_awards: []}",
            Lang::En,
            "CNY 5,000.00: it may apply",
        ),
        ("facts: {green: yes, other: 0 CNY, earlier_awards: []}", Lang::Zh, "金额取决于：Fee。"),
    ] {
        let page = page(SUMS, firm, lang);
        assert!(page.contains(said), "{said} in {page}");
    }
}
