//! What is learnt, verified or published never contradicts an outcome of the shipped pack, and no order
//! of files or facts changes one.

use super::generate::one_in;
use super::turns::{checks, turned, turns};
use crate::language::engine::{bundle, checked, day, paths, told};
use crate::support::{entries, root};
use panmen::answer::{FactPath, Part};
use panmen::check::Checked;
use panmen::decision::{Decision, Grounds, LadderOutcome, MeasureOutcome, Verdict, decide};
use panmen::json;
use panmen::plan::{Plan, plan};
use panmen::profile::{Form, Given, Profile, Status, profile};
use panmen::source::{FileId, Sources};
use panmen::standing::Standing;
use panmen::yaml::{Limits, parse};
use proptest::prelude::*;
use proptest::sample::Index;
use std::collections::BTreeMap;
use std::fs;
use std::sync::OnceLock;

/// The shipped pack, and the firms beside it.
fn shipped() -> &'static (Checked, Vec<Profile>) {
    static SHIPPED: OnceLock<(Checked, Vec<Profile>)> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let pack = checked_folder(false);
        let firms = yaml_files("fixtures/firms");
        let firms = firms.iter().map(|(_, text)| profile_of(&pack, text)).collect();
        (pack, firms)
    })
}

/// The YAML files of a folder, by name.
pub(crate) fn yaml_files(folder: &str) -> Vec<(String, String)> {
    let mut files = entries(&root().join(folder));
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    let name = |file: &std::path::Path| file.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().map(|file| (name(file), fs::read_to_string(file).unwrap())).collect()
}

pub(crate) const SHIPPED_PACK: &str = "rules/suzhou-cbec-2024";

fn checked_folder(reversed: bool) -> Checked {
    let mut files = yaml_files(SHIPPED_PACK);
    if reversed {
        files.reverse();
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut sources = Sources::default();
    let bundle = bundle(&mut sources, &files);
    checked(&sources, &bundle).unwrap_or_else(|problems| panic!("{}", told(&sources, &problems)))
}

fn profile_of(pack: &Checked, text: &str) -> Profile {
    let (node, problems) = parse(FileId(0), text, Limits::FILE);
    let (profile, more) = profile(&node.unwrap_or_else(|| panic!("{problems:?}")), pack, Form::Yaml);
    profile.unwrap_or_else(|| panic!("{more:?}"))
}

/// Every outcome by its id, as its word, with the paths that it waits for and its standing.
fn outcomes(
    plan: &Plan<'_>,
    decision: &Decision,
) -> BTreeMap<String, (String, Vec<String>, Option<Standing>)> {
    let pack = plan.pack();
    let mut found = BTreeMap::new();
    let mut push = |id: String, word: String, grounds: &Grounds| {
        found.insert(id, (word, paths(plan, &grounds.awaits), grounds.standing.clone()));
    };
    for (entry, result) in pack.criteria.iter().zip(&decision.criteria) {
        push(entry.id.text.clone(), result.verdict.word().to_owned(), &result.grounds);
    }
    for (entry, result) in pack.gates.iter().zip(&decision.gates) {
        push(entry.id.text.clone(), result.verdict.word().to_owned(), &result.grounds);
    }
    for (entry, results) in pack.classifications.iter().zip(&decision.classes) {
        for (class, result) in entry.classes.iter().zip(results) {
            push(
                format!("{}.{}", entry.id.text, class.id.text),
                result.verdict.word().to_owned(),
                &result.grounds,
            );
        }
    }
    for (entry, result) in pack.ladders.iter().zip(&decision.ladders) {
        let word = match result.outcome {
            LadderOutcome::Level(level) => entry.levels[level].id.text.clone(),
            other => other.word().to_owned(),
        };
        push(entry.id.text.clone(), word, &result.grounds);
    }
    for (entry, result) in pack.measures.iter().zip(&decision.measures) {
        push(entry.id.text.clone(), result.outcome.word().to_owned(), &result.grounds);
    }
    found
}

fn is_open(word: &str) -> bool {
    matches!(word, "unknown" | "undetermined" | "referred")
}

/// Verifies what is given at a path; a rejected value stays rejected.
fn verify(profile: &mut Profile, path: FactPath) {
    let check = |status: &mut Status| {
        if *status == Status::Declared {
            *status = Status::Verified;
        }
    };
    match profile.facts[path.fact].as_mut() {
        Some(Given::One(entry)) => check(&mut entry.provenance.status),
        Some(Given::Series(periods)) => {
            if let Part::Period(period) = path.part {
                check(&mut periods.get_mut(&period).unwrap().provenance.status);
            }
        }
        Some(Given::Many(_, provenance)) => check(&mut provenance.status),
        Some(Given::Rows { rows, provenance, .. }) => {
            check(&mut provenance.status);
            let fields = rows.iter_mut().flat_map(|row| row.fields.iter_mut().flatten());
            fields.for_each(|entry| check(&mut entry.provenance.status));
        }
        None => panic!("nothing given at {path:?}"),
    }
}

proptest! {
    #![proptest_config(one_in(8))]

    #[test]
    fn learning_never_changes_an_outcome_of_the_shipped_pack(firm in any::<Index>(), turns in turns()) {
        let (pack, firms) = shipped();
        let more = firm.get(firms);
        let plan = plan(pack, more.as_of.unwrap_or(day("2025-06-30")));
        let less = turned(pack, more, &turns);
        let (before, after) = (decide(&plan, &less), decide(&plan, more));
        let after_words = outcomes(&plan, &after);
        for (id, (word, awaits, standing)) in outcomes(&plan, &before) {
            prop_assert_eq!(is_open(&word), standing.is_none() && word != "error", "{}: {}", id, word);
            if is_open(&word) {
                prop_assert!(!awaits.is_empty(), "{}: {} waits for nothing", id, word);
            } else {
                prop_assert_eq!(&word, &after_words[&id].0, "{}", id);
            }
        }
        for (ladder, (before, after)) in before.ladders.iter().zip(&after.ladders).enumerate() {
            prop_assert_eq!(after.possible & !before.possible, 0, "ladder {}", ladder);
        }
    }

    #[test]
    fn what_is_confirmed_stays_and_what_is_named_confirms(firm in any::<Index>(), checks in checks()) {
        let (pack, firms) = shipped();
        let profile = turned(pack, firm.get(firms), &checks);
        let plan = plan(pack, profile.as_of.unwrap_or(day("2025-06-30")));
        let decision = decide(&plan, &profile);
        let before = outcomes(&plan, &decision);
        // All verified: what was confirmed is, and is the same.
        let mut all = profile.clone();
        profile.paths().into_iter().for_each(|path| verify(&mut all, path));
        let after = outcomes(&plan, &decide(&plan, &all));
        for (id, (word, _, standing)) in &before {
            prop_assert_eq!(word, &after[id].0, "{} changes when facts are verified", id);
            if *standing == Some(Standing::Confirmed) {
                prop_assert_eq!(&after[id].2, &Some(Standing::Confirmed), "{}", id);
            }
        }
        // What is named confirms, and without any of it nothing is confirmed.
        for ladder in 0..decision.ladders.len() {
            let standing = |profile: &Profile| decide(&plan, profile).ladders[ladder].grounds.standing.clone();
            if let Some(Standing::Indicative { verify: Some(named) }) = &decision.ladders[ladder].grounds.standing {
                let mut checked = profile.clone();
                named.iter().for_each(|path| verify(&mut checked, *path));
                prop_assert_eq!(standing(&checked), Some(Standing::Confirmed), "ladder {}", ladder);
                let mut checked = profile.clone();
                named.iter().skip(1).for_each(|path| verify(&mut checked, *path));
                prop_assert_ne!(standing(&checked), Some(Standing::Confirmed), "ladder {}", ladder);
            }
        }
    }

    #[test]
    fn what_the_published_text_decides_is_the_outcome(firm in any::<Index>(), turns in turns()) {
        let (pack, firms) = shipped();
        let profile = turned(pack, firm.get(firms), &turns);
        let plan = plan(pack, profile.as_of.unwrap_or(day("2025-06-30")));
        let decision = decide(&plan, &profile);
        let only = &decision.published_only;
        for (all, published) in decision.gates.iter().zip(&only.gates) {
            prop_assert!(matches!(published, Verdict::Unknown | Verdict::Referred) || all.verdict == *published);
        }
        for (all, (published, possible)) in decision.ladders.iter().zip(&only.ladders) {
            let open = matches!(published, LadderOutcome::Undetermined | LadderOutcome::Referred);
            prop_assert!(open || all.outcome == *published, "{:?} {:?}", all.outcome, published);
            prop_assert_eq!(all.possible & !possible, 0);
        }
        for (all, published) in decision.measures.iter().zip(&only.measures) {
            let open = matches!(published, MeasureOutcome::Undetermined | MeasureOutcome::Referred);
            prop_assert!(open || all.outcome == *published, "{:?} {:?}", all.outcome, published);
        }
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let (pack, firms) = shipped();
    let reversed = checked_folder(true);
    for ((_, text), profile) in yaml_files("fixtures/firms").iter().zip(firms) {
        let as_of = profile.as_of.unwrap_or(day("2025-06-30"));
        let (one, other) = (plan(pack, as_of), plan(&reversed, as_of));
        let first: BTreeMap<String, (String, Vec<String>)> = outcomes(&one, &decide(&one, profile))
            .into_iter()
            .map(|(id, said)| (id, (said.0, said.1)))
            .collect();
        let profile = profile_of(&reversed, text);
        let second: BTreeMap<String, (String, Vec<String>)> = outcomes(&other, &decide(&other, &profile))
            .into_iter()
            .map(|(id, said)| (id, (said.0, said.1)))
            .collect();
        assert_eq!(first, second);
    }
}

#[test]
fn the_order_of_facts_changes_no_byte_of_the_decision() {
    let (pack, _) = shipped();
    for (name, text) in yaml_files("fixtures/firms") {
        let Some((head, facts)) = text.split_once("\nfacts:\n") else { continue };
        // A fact begins where a line is indented by two; what is deeper belongs to it.
        let mut parts: Vec<String> = Vec::new();
        for line in facts.lines() {
            if line.starts_with("  ") && !line.starts_with("   ") && !line.starts_with("  #") {
                parts.push(String::new());
            }
            if let Some(part) = parts.last_mut() {
                *part += line;
                part.push('\n');
            }
        }
        parts.reverse();
        assert!(parts.len() > 5, "{name}: {parts:?}");
        let shuffled = format!("{head}\nfacts:\n{}", parts.concat());
        let json = |text: &str| {
            let profile = profile_of(pack, text);
            let plan = plan(pack, profile.as_of.unwrap_or(day("2025-06-30")));
            serde_json::to_string(&json::decision(&plan, &profile, &decide(&plan, &profile), false)).unwrap()
        };
        assert_eq!(json(&text), json(&shuffled), "{name}");
    }
}
