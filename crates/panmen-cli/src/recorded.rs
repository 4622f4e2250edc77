//! Recorded decisions from the disk: their bytes, the pack that they were made with, their facts.
//!
//! In: the path of a record and where packs may be. Out: everything that a decision can be made again from,
//! or why not. Trusts nothing that a digest does not hold.

use crate::failure::Failure;
use crate::load::{self, LoadError};
use crate::packs::{Found, Shelf};
use panmen::check::Checked;
use panmen::decision::SEMANTICS;
use panmen::diagnostic::{Diagnostic, Lang, Problem, RecordProblem, any_error};
use panmen::profile::{self, Form, Profile};
use panmen::record::{PackDigests, Record, pack_digests};
use panmen::source::{FileId, Sources};
use panmen::value::Date;
use panmen::yaml::{self, Limits};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Stands for no facts, no packs.
pub(crate) const NONE: &str = "-";

/// The bytes of a record.
pub(crate) fn bytes(path: &str) -> Result<Vec<u8>, LoadError> {
    load::record(path, std::io::stdin().lock())
}

/// The exit code of what is wrong with a record.
pub(crate) fn exit_code(problem: &Diagnostic) -> u8 {
    use RecordProblem as P;
    let Problem::RecordProblem(problem) = &problem.problem else { return 3 };
    match problem {
        P::HeadChanged {} | P::FactsChanged {} | P::OutcomeChanged {} | P::PackChanged { .. } => 4,
        P::Differs { .. } => 1,
        P::Malformed { .. }
        | P::UnknownSchema { .. }
        | P::NotInForce { .. }
        | P::Unreadable { .. }
        | P::NoSuchPath { .. } => 3,
        P::NoSuchPack { .. } | P::UnknownSemantics { .. } | P::NotEvaluated { .. } => 5,
        P::SameMeaning { .. } => 0,
    }
}

/// The worse of two exit codes of records.
pub(crate) fn worse(one: u8, other: u8) -> u8 {
    let rank = |code: u8| [4, 1, 3, 5].iter().position(|worst| *worst == code).unwrap_or(9);
    if rank(one) <= rank(other) { one } else { other }
}

/// The pack of a record.
pub(crate) struct Resolved {
    pub(crate) checked: Checked,
    /// Its text has other comments or another layout than at the time.
    same_meaning: bool,
}

impl Resolved {
    /// What is to be said of a text that is not the one of the time, and means the same.
    pub(crate) fn notice(&self) -> Option<Diagnostic> {
        let id = self.checked.pack.header.pack.clone();
        self.same_meaning.then(|| Diagnostic::without_place(RecordProblem::SameMeaning { id }))
    }
}

/// Everything that a record says of its pack, the folder that it is looked for in, and the date where the pack
/// uses others: what is found for one record is never lent to one that says something else.
type Key = ((String, String), (String, String), Vec<(String, String)>, PathBuf, Option<Date>);

/// Packs found so far.
#[derive(Default)]
pub(crate) struct Shelves {
    found: BTreeMap<Key, Result<Resolved, Vec<Diagnostic>>>,
}

impl Shelves {
    /// The pack that the record at a path was made with.
    pub(crate) fn pack(
        &mut self,
        record: &Record,
        path: &str,
        further: &[PathBuf],
        sources: &mut Sources,
    ) -> Result<&Resolved, Vec<Diagnostic>> {
        let beside = Path::new(path).parent().unwrap_or(Path::new("."));
        let (semantics, release) = record.semantics();
        if semantics != u64::from(SEMANTICS) {
            let (found, known) = (semantics.to_string(), SEMANTICS.to_string());
            let problem = RecordProblem::UnknownSemantics { found, known, release };
            return Err(vec![Diagnostic::without_place(problem)]);
        }
        let uses = record.uses();
        let day = record.as_of().filter(|_| !uses.is_empty());
        let key = (record.pack(), record.pack_digests(), uses, beside.to_owned(), day);
        let resolved = self.found.entry(key).or_insert_with(|| resolve(record, beside, further, sources));
        let resolved = resolved.as_ref().map_err(Clone::clone)?;
        let day = record.as_of().unwrap_or(Date::EARLIEST);
        if !resolved.checked.pack.header.in_force.contains(day) {
            let (id, edition) = record.pack();
            let problem = RecordProblem::NotInForce { id, edition, date: day.to_string() };
            return Err(vec![Diagnostic::without_place(problem)]);
        }
        Ok(resolved)
    }
}

/// Looks for the pack beside the record, in the further folders, among the built-in ones.
fn resolve(
    record: &Record,
    beside: &Path,
    further: &[PathBuf],
    sources: &mut Sources,
) -> Result<Resolved, Vec<Diagnostic>> {
    let (id, edition) = record.pack();
    let (source, model) = record.pack_digests();
    let archives: Vec<PathBuf> = [beside.to_owned()]
        .into_iter()
        .chain(further.iter().cloned())
        .map(|folder| folder.join("packs").join("sha256"))
        .collect();
    // What it uses is looked for by its digest first.
    let mut shelf: Vec<PathBuf> = record
        .uses()
        .iter()
        .flat_map(|(_, digest)| archives.iter().map(move |archive| archive.join(digest)))
        .filter(|folder| folder.is_dir())
        .collect();
    shelf.extend(further.iter().cloned());
    let mut candidates: Vec<Found> = Vec::new();
    for archive in &archives {
        let folder = archive.join(&source);
        if folder.is_dir() {
            candidates.extend(Shelf { sources, further: &shelf }.archived(&folder));
        }
    }
    candidates.extend(Shelf { sources, further: &shelf }.of_id(&id));
    let mut changed = false;
    let mut same = None;
    for found in &candidates {
        for (index, candidate) in found.editions.iter().enumerate() {
            if candidate.peek.pack != id || candidate.peek.edition != edition {
                continue;
            }
            let (bundle, missing) = Shelf { sources, further: &shelf }.assemble(found, index, record.as_of());
            let Ok(digests) = pack_digests(sources, &bundle) else { continue };
            let exact = digests.source == source;
            if !exact && digests.model != model {
                changed = true;
                continue;
            }
            let (checked, _) = Shelf { sources, further: &shelf }.judge(&bundle, missing);
            let Some(checked) = checked else { continue };
            let resolved = Resolved { checked, same_meaning: !exact };
            if exact {
                // The record says more of the pack than the one digest by which it was found.
                said_of(&digests, record)?;
                return Ok(resolved);
            }
            same.get_or_insert(resolved);
        }
    }
    same.ok_or_else(|| {
        let digest = source.chars().take(12).collect();
        let problem = if changed {
            RecordProblem::PackChanged { id, edition, digest }
        } else {
            RecordProblem::NoSuchPack { id, edition, digest }
        };
        vec![Diagnostic::without_place(problem)]
    })
}

/// What a record says of a pack against the pack that it names.
fn said_of(digests: &PackDigests, record: &Record) -> Result<(), Vec<Diagnostic>> {
    let differs = |what: &str, recorded: String, found: String| {
        let (what, facts) = (what.to_owned(), NONE.to_owned());
        vec![Diagnostic::without_place(RecordProblem::Differs { what, recorded, found, facts })]
    };
    let (_, model) = record.pack_digests();
    if model != digests.model {
        return Err(differs("pack.model_digest", model, digests.model.clone()));
    }
    if record.uses() != digests.uses {
        let list = |uses: &[(String, String)]| {
            let parts: Vec<String> = uses.iter().map(|(id, source)| format!("{id} {source}")).collect();
            if parts.is_empty() { NONE.to_owned() } else { parts.join(", ") }
        };
        return Err(differs("pack.uses", list(&record.uses()), list(&digests.uses)));
    }
    Ok(())
}

/// The recorded facts, read against the pack.
pub(crate) fn profile(record: &Record, checked: &Checked) -> Result<Profile, Vec<Diagnostic>> {
    let text = record.profile();
    let (node, mut problems) = yaml::parse(FileId::default(), &text, Limits::RECORD);
    let read = node.map(|node| profile::profile(&node, checked, Form::Json));
    let (profile, more) = read.unwrap_or_default();
    problems.extend(more);
    profile.filter(|_| !any_error(&problems)).ok_or_else(|| {
        let what: Vec<String> = problems.iter().map(|problem| problem.message(Lang::En)).collect();
        vec![Diagnostic::without_place(RecordProblem::Unreadable { what: what.join("; ") })]
    })
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(problems: Vec<Diagnostic>) -> Self {
        Self::Record(problems)
    }
}
