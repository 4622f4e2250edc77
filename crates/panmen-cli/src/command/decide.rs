//! `panmen decide`: one decision, on record.

use super::DONE;
use super::replay::again;
use super::report::{edition_on, is_json};
use crate::args::{Args, DecideArgs};
use crate::console::Console;
use crate::failure::Failure;
use crate::load;
use crate::output::{self, Target};
use crate::packs::Shelf;
use panmen::check::Checked;
use panmen::decision;
use panmen::diagnostic::{Lang, any_error};
use panmen::plan;
use panmen::profile::{self, Form};
use panmen::read::Bundle;
use panmen::record::{self, Head};
use panmen::source::{Source, Sources};
use panmen::yaml::{self, Limits};
use std::cell::Cell;
use std::fs;
use std::io;
use std::path::Path;

pub(super) fn run(
    decide: &DecideArgs,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<u8, Failure> {
    let found = Shelf { sources, further: &args.packs }.find(decide.pack.as_deref())?;
    found.notices.iter().for_each(|notice| console.notice(notice));
    let inputs = [decide.firm.clone()];
    let target = Target::of(decide.output.as_deref(), &inputs, "record.json")?;
    target.refuse_existing()?;
    let loaded = load::profile(&decide.firm, io::stdin().lock(), sources)?;
    let text = sources.get(loaded.file).map(|source| source.text.clone()).unwrap_or_default();
    let form = if is_json(&decide.firm, &text) { Form::Json } else { Form::Yaml };
    let (node, mut problems) = yaml::parse(loaded.file, &text, Limits::FILE);
    let Some(node) = node else { return Err(Failure::Refused(problems)) };
    let Some(as_of) = decide.as_of.or_else(|| profile::as_of(&node)) else { return Err(Failure::NoDate) };
    let edition = edition_on(&found, as_of, args, sources)?;
    let (bundle, missing) = Shelf { sources, further: &args.packs }.assemble(&found, edition, Some(as_of));
    let (checked, more) = Shelf { sources, further: &args.packs }.judge(&bundle, missing);
    problems.extend(more);
    let Some(checked) = checked.filter(|_| !any_error(&problems)) else {
        return Err(Failure::Refused(problems));
    };
    let (profile, told) = profile::profile(&node, &checked, form);
    let Some(profile) = profile.filter(|_| !any_error(&told)) else { return Err(Failure::Refused(told)) };
    console.problems(&told, sources);
    let plan = plan::plan(&checked, as_of);
    let decision = decision::decide(&plan, &profile);
    // An empty reason is none.
    let reason = decide.accept_assumed.as_deref().filter(|reason| !reason.trim().is_empty());
    if !decision.assumed.is_empty() && reason.is_none() {
        return Err(Failure::Assumed { count: decision.assumed.len() });
    }
    let head = Head {
        decided_at: decide.decided_at.clone(),
        actor: decide.actor.clone(),
        supersedes: decide.supersedes.clone(),
        idempotency_key: decide.idempotency_key.clone(),
        accepted_assumed: decide.accept_assumed.clone().filter(|_| !decision.assumed.is_empty()),
    };
    let digests = record::pack_digests(sources, &bundle)?;
    let failed: Cell<Option<String>> = Cell::new(None);
    let salt = |path: &str| match &decide.salt_seed {
        Some(seed) => record::salt_of(seed, path),
        None => random().unwrap_or_else(|reason| {
            failed.set(Some(reason));
            String::new()
        }),
    };
    let text =
        record::record(&plan, &profile, &decision, &digests, &head, &salt).map_err(Failure::Refused)?;
    if let Some(reason) = failed.take() {
        return Err(Failure::NoRandomness { reason });
    }
    comes_out_again(&text, &checked)?;
    // The pack first: a record is worth nothing without it.
    if let Some(archive) = &decide.archive {
        keep(archive, &bundle, sources)?;
    }
    target.write_new(&text)?;
    Ok(DONE)
}

/// A record is written only if it is read again and comes to the same.
fn comes_out_again(text: &str, checked: &Checked) -> Result<(), Failure> {
    if text.len() > load::RECORD_BYTES {
        return Err(Failure::RecordTooLarge { size: text.len(), limit: load::RECORD_BYTES });
    }
    let problems = match record::verify(text.as_bytes()) {
        Ok(record) => again(&record, checked).unwrap_or_else(|unread| unread),
        Err(problems) => problems,
    };
    match problems.first() {
        Some(problem) => Err(Failure::NotReplayable { what: problem.message(Lang::En) }),
        None => Ok(()),
    }
}

/// 128 random bits, as 32 hexadecimal digits.
fn random() -> Result<String, String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    Ok(digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)).collect())
}

/// Keeps the files of a pack, and of what it uses, each by its digest. What is there stays as it is, and must be
/// what its name says.
fn keep(archive: &Path, bundle: &Bundle, sources: &Sources) -> Result<(), Failure> {
    let digest = record::pack_digests(sources, bundle)?.source;
    let folder = archive.join("packs").join("sha256").join(digest);
    if !folder.exists() {
        let failed = |error: io::Error| Failure::Write { path: folder.display().to_string(), error };
        let temporary = output::temporary(&folder);
        let written = fill(&temporary, bundle, sources).and_then(|()| fs::rename(&temporary, &folder));
        if let Err(error) = written {
            let _ = fs::remove_dir_all(&temporary);
            // Whoever was faster kept the same bytes.
            if !folder.exists() {
                return Err(failed(error));
            }
        }
    }
    let mut files = bundle.files.iter().filter_map(|file| sources.get(*file));
    let holds = |source: &Source| {
        fs::read(folder.join(source.file_name())).is_ok_and(|kept| kept == source.text.as_bytes())
    };
    let kept = load::folder(&folder, &["yaml"]).map_or(0, |files| files.len());
    if kept != bundle.files.len() || !files.all(holds) {
        return Err(Failure::ArchiveChanged { path: folder.display().to_string() });
    }
    bundle.used.iter().try_for_each(|(_, used)| keep(archive, used, sources))
}

/// Writes the files of a pack into a folder.
fn fill(folder: &Path, bundle: &Bundle, sources: &Sources) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut files = bundle.files.iter().filter_map(|file| sources.get(*file));
    files.try_for_each(|source| fs::write(folder.join(source.file_name()), source.text.as_bytes()))
}
