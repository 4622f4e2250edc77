//! `panmen impact`: the same firms under two packs.

use super::report::{edition_on, written};
use super::{DONE, FINDINGS};
use crate::args::{Args, Counted, FailOn, Format, ImpactArgs};
use crate::console::Console;
use crate::failure::Failure;
use crate::load;
use crate::output::Target;
use crate::packs::Shelf;
use panmen::check::Checked;
use panmen::decision::decide;
use panmen::diagnostic::{Diagnostic, ProfileProblem, any_error, nearest, quote};
use panmen::doc;
use panmen::impact::{Decided, Impact};
use panmen::json;
use panmen::pack::Pack;
use panmen::plan::{self, Plan};
use panmen::population;
use panmen::profile::{self, Form, Profile};
use panmen::source::{FileId, Sources, Span};
use panmen::value::Date;
use panmen::view;
use panmen::yaml::{self, Limits};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;

pub(super) fn run(
    asked: &ImpactArgs,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<u8, Failure> {
    let old = pack(&asked.old, asked.as_of_old, args, console, sources)?;
    let new = pack(&asked.new, asked.as_of_new, args, console, sources)?;
    let target = Target::of(asked.output.as_deref(), &["impact".to_owned()], asked.format.extension())?;
    target.spare(&profiles(&asked.firms)?)?;
    let firms = firms(&asked.firms, sources)?;
    if firms.is_empty() {
        return Err(Failure::NoFirms { path: asked.firms.clone() });
    }
    known(&firms, &old, &new)?;
    let first = |checked: &Checked| checked.pack.header.in_force.from.unwrap_or(Date::EARLIEST);
    let (plan_old, plan_new) = (plan::plan(&old, first(&old)), plan::plan(&new, first(&new)));
    let mut impact = Impact::between(&plan_old, &plan_new);
    let (mut before, mut after) = (Side::of(&old, asked.as_of_old), Side::of(&new, asked.as_of_new));
    let progress = console.progress(firms.len());
    for (index, firm) in firms.iter().enumerate() {
        let (plan_before, old_profile) = before.read(firm)?;
        let (plan_after, new_profile) = after.read(firm)?;
        let name = old_profile.name.clone().unwrap_or_else(|| format!("{}", index.saturating_add(1)));
        let (one, two) = (decide(plan_before, &old_profile), decide(plan_after, &new_profile));
        impact.add(
            &name,
            Decided { plan: plan_before, decision: &one },
            Decided { plan: plan_after, decision: &two },
        );
        progress.inc(1);
    }
    progress.finish_and_clear();
    let text = match asked.format {
        Format::Json | Format::Yaml => {
            written(&json::impact(&impact, &old.pack.header, &new.pack.header), asked.format)
        }
        Format::Text => {
            doc::text(&view::impact(&impact, &plan_old, &plan_new, console.lang), Console::width())
        }
        Format::Markdown => doc::markdown(&view::impact(&impact, &plan_old, &plan_new, console.lang)),
        Format::Html => doc::html(&view::impact(&impact, &plan_old, &plan_new, console.lang)),
    };
    target.write(&text)?;
    Ok(if asked.fail_on.is_some_and(|fail| came_about(&impact, fail)) { FINDINGS } else { DONE })
}

fn came_about(impact: &Impact, fail: FailOn) -> bool {
    let (gained, lost) = impact.gains_and_losses();
    let count = match fail.count {
        Counted::NewlyIneligible => lost,
        Counted::NewlyEligible => gained,
        Counted::Flipped => impact.flipped(),
        Counted::CannotJudge => impact.cannot_judge(),
        Counted::OtherAmounts => impact.other_amounts(),
    };
    count > fail.above
}

/// One pack, in the edition of a date where one is given.
fn pack(
    name: &str,
    as_of: Option<Date>,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<Checked, Failure> {
    let found = Shelf { sources, further: &args.packs }.find(Some(name))?;
    found.notices.iter().for_each(|notice| console.notice(notice));
    let first = found.editions.first().and_then(|edition| edition.peek.in_force.from);
    let day = as_of.or(first).unwrap_or(Date::EARLIEST);
    let edition = edition_on(&found, day, args, sources)?;
    let (checked, problems) = Shelf { sources, further: &args.packs }.check(&found, edition, Some(day));
    checked.ok_or(Failure::Refused(problems))
}

/// The files with the firms: those of a folder, or the one that is named.
fn profiles(name: &str) -> Result<Vec<String>, Failure> {
    if !Path::new(name).is_dir() {
        return Ok(vec![name.to_owned()]);
    }
    let files = load::folder(Path::new(name), &["yaml", "json", "jsonl", "ndjson"])?;
    Ok(files.iter().map(|file| file.to_string_lossy().into_owned()).collect())
}

/// The profiles, each as a JSON value with its place for problems.
fn firms(name: &str, sources: &mut Sources) -> Result<Vec<(FileId, Value)>, Failure> {
    let mut texts: Vec<(FileId, String)> = Vec::new();
    for path in profiles(name)? {
        let of_folder = path != name;
        if of_folder && [".yaml", ".json"].iter().any(|end| path.ends_with(end)) {
            let loaded = load::profile(&path, io::stdin().lock(), sources)?;
            let text = sources.get(loaded.file).map(|source| source.text.to_string()).unwrap_or_default();
            texts.push((loaded.file, text));
            continue;
        }
        let text = load::population(&path, io::stdin().lock())?;
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let place = format!("{path}:{}", index.saturating_add(1));
            let file = sources.add(place, line);
            texts.push((file, line.to_owned()));
        }
    }
    let mut firms = Vec::new();
    for (file, text) in texts {
        let (node, problems) = yaml::parse(file, &text, Limits::FILE);
        match node {
            Some(node) if !any_error(&problems) => firms.push((file, plain(&node))),
            _ => return Err(Failure::Refused(problems)),
        }
    }
    Ok(firms)
}

/// A node as JSON: every scalar as the text that it is.
fn plain(node: &yaml::Node) -> Value {
    if let Some(entries) = node.as_mapping() {
        return Value::Object(entries.iter().map(|e| (e.key.text.clone(), plain(&e.value))).collect());
    }
    if let Some(items) = node.as_sequence() {
        return items.iter().map(plain).collect();
    }
    match node.as_scalar() {
        Some(scalar) if !node.is_null() => scalar.text.clone().into(),
        _ => Value::Null,
    }
}

/// Refuses facts that neither pack asks for: nobody would hear of a name that is misspelt.
fn known(firms: &[(FileId, Value)], old: &Checked, new: &Checked) -> Result<(), Failure> {
    let ids = || old.pack.facts.iter().chain(&new.pack.facts).map(|fact| fact.id.text.as_str());
    let all: BTreeSet<&str> = ids().collect();
    let mut told: BTreeSet<&String> = BTreeSet::new();
    let mut problems = Vec::new();
    for (file, firm) in firms {
        let facts = firm.get("facts").and_then(Value::as_object).into_iter().flatten();
        for (id, _) in facts.filter(|(id, _)| !all.contains(id.as_str())) {
            // Each name once: a population has the same one in every row.
            if told.insert(id) {
                let problem = ProfileProblem::UnknownFact { fact: quote(id) };
                let place = Span::new(*file, 0, 0);
                problems.push(Diagnostic::new(problem, place).suggest(nearest(id, ids())));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::Refused(problems)) }
}

/// What every firm is read against on one side.
struct Side<'p> {
    checked: &'p Checked,
    as_of: Option<Date>,
    /// The facts that the pack asks for.
    facts: BTreeSet<&'p str>,
    /// The pack on each day that is asked for.
    plans: BTreeMap<Date, Plan<'p>>,
}

impl<'p> Side<'p> {
    fn of(checked: &'p Checked, as_of: Option<Date>) -> Self {
        let facts = checked.pack.facts.iter().map(|fact| fact.id.text.as_str()).collect();
        Self { checked, as_of, facts, plans: BTreeMap::new() }
    }

    /// A firm read against the pack: facts that the pack does not ask for are left out.
    fn read(&mut self, (file, firm): &(FileId, Value)) -> Result<(&Plan<'p>, Profile), Failure> {
        let mut firm = firm.clone();
        if let Some(facts) = firm.get_mut("facts").and_then(Value::as_object_mut) {
            facts.retain(|id, _| self.facts.contains(id.as_str()));
        }
        let asked = firm.get("as_of").and_then(Value::as_str).and_then(Date::parse);
        let day = self.as_of.unwrap_or_else(|| day(&self.checked.pack, asked));
        let (node, mut problems) = yaml::parse(*file, &firm.to_string(), Limits::FILE);
        let read = node.map(|node| profile::profile(&node, self.checked, Form::Json));
        let (profile, more) = read.unwrap_or_default();
        problems.extend(more);
        let profile = profile.filter(|_| !any_error(&problems)).ok_or(Failure::Refused(problems))?;
        let plan = self.plans.entry(day).or_insert_with(|| plan::plan(self.checked, day));
        Ok((plan, profile))
    }
}

/// The day asked for; where the pack is not in force then, one on which its measures take applications.
fn day(pack: &Pack, asked: Option<Date>) -> Date {
    let day = asked.filter(|day| pack.header.in_force.contains(*day)).or_else(|| population::day(pack));
    day.or(asked).unwrap_or(Date::EARLIEST)
}
