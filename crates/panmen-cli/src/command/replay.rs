//! `panmen replay`: checks records and makes their decisions again.

use super::DONE;
use crate::args::{Args, ReplayArgs};
use crate::console::Console;
use crate::failure::Failure;
use crate::load;
use crate::output;
use crate::recorded::{NONE, Shelves, UNREAD, bytes, exit_code, profile, worse};
use panmen::check::Checked;
use panmen::decision::decide;
use panmen::diagnostic::{Diagnostic, Lang, RecordProblem};
use panmen::plan;
use panmen::record::{self, Record, Replayed};
use panmen::source::Sources;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// How many of a difference's facts are shown.
const FACTS_SHOWN: usize = 6;
/// What the results of a replay call themselves.
const SCHEMA: &str = "panmen/replay/1";

pub(super) fn run(
    replay: &ReplayArgs,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<u8, Failure> {
    if let Some(path) = &replay.json {
        output::refuse_others(path, SCHEMA)?;
    }
    let records = listed(&replay.records)?;
    let mut shelves = Shelves::default();
    let mut worst = DONE;
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    let mut results: Vec<Value> = Vec::new();
    let progress = console.progress(records.len());
    for path in &records {
        let (digest, code, told) = match bytes(path) {
            Ok(bytes) => {
                let (digest, problems) = one(&bytes, path, args, &mut shelves, sources);
                if !problems.is_empty() {
                    progress.suspend(|| console.about(path, &problems, sources));
                }
                let said = |problem: &Diagnostic| json!({"code": problem.code(), "message": problem.message(Lang::En)});
                let told: Vec<Value> = problems.iter().map(said).collect();
                (digest, problems.iter().map(exit_code).fold(DONE, worse), told)
            }
            // One that cannot be read keeps no other from being replayed.
            Err(error) => {
                let message = error.message(Lang::En);
                progress.suspend(|| console.failure(&error.into(), sources));
                (None, UNREAD, vec![json!({"code": null, "message": message})])
            }
        };
        worst = worse(worst, code);
        *counts.entry(code).or_default() += 1;
        results.push(json!({"record": path, "digest": digest, "exit": code, "problems": told}));
        progress.inc(1);
    }
    progress.finish_and_clear();
    Console::result(&summary(&counts, records.len(), console.lang))?;
    if let Some(path) = &replay.json {
        let document = json!({"schema": SCHEMA, "exit": worst, "records": results});
        output::write_over_own(path, SCHEMA, &document)?;
    }
    Ok(worst)
}

/// The records that are named, and those in the folders that are.
fn listed(names: &[String]) -> Result<Vec<String>, Failure> {
    let mut records = Vec::new();
    for name in names {
        let folder = Path::new(name);
        if !folder.is_dir() {
            records.push(name.clone());
            continue;
        }
        let mut found = load::folder(folder, &["json"])?;
        // Nor is an earlier result a record.
        found.retain(|path| path.is_file() && !output::is_of(path, SCHEMA));
        if found.is_empty() {
            return Err(Failure::NoRecords { path: name.clone() });
        }
        records.extend(found.iter().map(|path| path.to_string_lossy().into_owned()));
    }
    Ok(records)
}

/// What is wrong with one record, with its digest where it holds.
fn one(
    bytes: &[u8],
    path: &str,
    args: &Args,
    shelves: &mut Shelves,
    sources: &mut Sources,
) -> (Option<String>, Vec<Diagnostic>) {
    let record = match record::verify(bytes) {
        Ok(record) => record,
        Err(problems) => return (None, problems),
    };
    let digest = Some(record.digest());
    let resolved = match shelves.pack(&record, path, &args.packs, sources) {
        Ok(resolved) => resolved,
        Err(problems) => return (digest, problems),
    };
    let mut problems: Vec<Diagnostic> = resolved.notice().into_iter().collect();
    problems.extend(again(&record, &resolved.checked).unwrap_or_else(|unread| unread));
    (digest, problems)
}

/// What does not come out again under a pack.
///
/// # Errors
/// Facts that cannot be read against it.
pub(super) fn again(record: &Record, checked: &Checked) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let profile = profile(record, checked)?;
    let Some(as_of) = record.as_of() else { return Ok(Vec::new()) };
    let plan = plan::plan(checked, as_of);
    let decision = decide(&plan, &profile);
    Ok(told(&record::replay(record, &plan, &profile, &decision)))
}

/// What differs, the first of it with its place in the pack, and what was not evaluated.
pub(super) fn told(replayed: &Replayed) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for difference in &replayed.differences {
        let mut facts = difference.facts.clone();
        if facts.len() > FACTS_SHOWN {
            facts.truncate(FACTS_SHOWN);
            facts.push("...".to_owned());
        }
        let problem = RecordProblem::Differs {
            what: difference.what.clone(),
            recorded: difference.recorded.clone(),
            found: difference.found.clone(),
            facts: if facts.is_empty() { NONE.to_owned() } else { facts.join(", ") },
        };
        problems.push(match difference.span {
            Some(span) => Diagnostic::new(problem, span),
            None => Diagnostic::without_place(problem),
        });
    }
    if !replayed.unevaluated.is_empty() {
        let what = replayed.unevaluated.join(", ");
        problems.push(Diagnostic::without_place(RecordProblem::NotEvaluated { what }));
    }
    problems
}

/// How many records came to what.
fn summary(counts: &BTreeMap<u8, usize>, all: usize, lang: Lang) -> String {
    // By exit code: of one record, of several, in Chinese.
    let words: [(u8, &str, &str, &str); 6] = [
        (0, "comes out again", "come out again", "复算一致"),
        (1, "differs", "differ", "复算不一致"),
        (3, "is no record", "are no records", "不是有效记录"),
        (4, "was changed", "were changed", "被改动"),
        (5, "cannot be replayed in full", "cannot be replayed in full", "无法完整复算"),
        (UNREAD, "cannot be read", "cannot be read", "无法读取"),
    ];
    let parts: Vec<String> = words
        .iter()
        .filter_map(|(code, one, several, zh)| {
            let count = counts.get(code)?;
            Some(match lang {
                Lang::En => format!("{count} {}", if *count == 1 { one } else { several }),
                Lang::Zh => format!("{count} 份{zh}"),
            })
        })
        .collect();
    let noun = if all == 1 { "record" } else { "records" };
    match lang {
        Lang::En => format!("{all} {noun}: {}; not checked against a register\n", parts.join(", ")),
        Lang::Zh => format!("共 {all} 份记录：{}；未与登记册核对\n", parts.join("，")),
    }
}
