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

/// The exit code of a record that cannot be read.
pub(crate) const UNREAD: u8 = 6;

/// The worse of two exit codes of records, or of firms.
pub(crate) fn worse(one: u8, other: u8) -> u8 {
    let rank = |code: u8| [4, 1, 3, UNREAD, 2, 5].iter().position(|worst| *worst == code).unwrap_or(9);
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
    let (source, _) = record.pack_digests();
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
    let mut search = Search { record, shelf: &shelf, seen: Seen::default(), same: None };
    for folder in archives.iter().map(|archive| archive.join(&source)).filter(|folder| folder.exists()) {
        // A folder that is named by the digest and has other bytes was changed, whatever it holds now.
        let found = Shelf { sources, further: &shelf }.archived(&folder).ok();
        match found.and_then(|found| search.among(&found, true, sources)) {
            Some(resolved) => return resolved,
            None => search.seen.changed = true,
        }
    }
    let known = Shelf { sources, further: &shelf }.of_id(&record.pack().0);
    known.iter().find_map(|found| search.among(found, false, sources)).unwrap_or_else(|| search.nothing())
}

/// What was seen of packs that are not the one of a record.
#[derive(Default)]
struct Seen {
    /// One of its name means something else.
    changed: bool,
    /// What it uses is missing.
    incomplete: bool,
    /// It is not in force on the day.
    not_in_force: bool,
    /// It is the pack, and the record says something else of it.
    otherwise: Option<Vec<Diagnostic>>,
}

/// The search for the pack of a record.
struct Search<'r> {
    record: &'r Record,
    shelf: &'r [PathBuf],
    seen: Seen,
    /// One that means the same.
    same: Option<Resolved>,
}

impl Search<'_> {
    /// The pack of the record, if it is among some editions. `archived`: they lie under its digest.
    fn among(
        &mut self,
        found: &Found,
        archived: bool,
        sources: &mut Sources,
    ) -> Option<Result<Resolved, Vec<Diagnostic>>> {
        (0..found.editions.len()).find_map(|index| self.edition(found, index, archived, sources))
    }

    fn edition(
        &mut self,
        found: &Found,
        index: usize,
        archived: bool,
        sources: &mut Sources,
    ) -> Option<Result<Resolved, Vec<Diagnostic>>> {
        let peek = &found.editions.get(index)?.peek;
        let (id, edition) = self.record.pack();
        let named = peek.pack == id && peek.edition == edition;
        if !named && !archived {
            return None;
        }
        let day = self.record.as_of();
        self.seen.not_in_force |= named && !peek.in_force.contains(day.unwrap_or(Date::EARLIEST));
        let (bundle, missing) = Shelf { sources, further: self.shelf }.assemble(found, index, day);
        if !missing.is_empty() {
            // Without what it uses it has no digest that could be compared.
            let recorded = self.record.uses();
            let unnamed = peek.uses.iter().find(|(_, id, _)| !recorded.iter().any(|(named, _)| named == id));
            let otherwise = unnamed.map(|(_, id, _)| differs("pack.uses", &listed(&recorded), id));
            self.seen.otherwise = self.seen.otherwise.take().or(otherwise);
            self.seen.incomplete = true;
            return None;
        }
        let digests = pack_digests(sources, &bundle).ok()?;
        let (source, model) = self.record.pack_digests();
        let exact = digests.source == source;
        if exact && !named {
            let (recorded, found) = (format!("{id} {edition}"), format!("{} {}", peek.pack, peek.edition));
            return Some(Err(differs("pack", &recorded, &found)));
        }
        if !exact && (!named || digests.model != model) {
            self.seen.changed = true;
            return None;
        }
        let (checked, _) = Shelf { sources, further: self.shelf }.judge(&bundle, missing);
        let resolved = Resolved { checked: checked?, same_meaning: !exact };
        // The record says more of the pack than the one digest by which it was found.
        match said_of(&digests, self.record, exact) {
            said if exact => return Some(said.map(|()| resolved)),
            Ok(()) => self.same = self.same.take().or(Some(resolved)),
            Err(otherwise) => self.seen.otherwise = self.seen.otherwise.take().or(Some(otherwise)),
        }
        None
    }

    /// What there is where the pack itself is not.
    fn nothing(self) -> Result<Resolved, Vec<Diagnostic>> {
        if let Some(same) = self.same {
            return Ok(same);
        }
        if let Some(otherwise) = self.seen.otherwise {
            return Err(otherwise);
        }
        let (id, edition) = self.record.pack();
        let digest = self.record.pack_digests().0.chars().take(12).collect();
        let Seen { changed, incomplete, not_in_force, .. } = self.seen;
        let date = self.record.as_of().unwrap_or(Date::EARLIEST).to_string();
        let problem = if not_in_force && (incomplete || !changed) {
            RecordProblem::NotInForce { id, edition, date }
        } else if changed && !incomplete {
            RecordProblem::PackChanged { id, edition, digest }
        } else {
            RecordProblem::NoSuchPack { id, edition, digest }
        };
        Err(vec![Diagnostic::without_place(problem)])
    }
}

/// What a record says of a pack against the pack that it names; of one that only means the same, what it uses
/// may have another text too.
fn said_of(digests: &PackDigests, record: &Record, exact: bool) -> Result<(), Vec<Diagnostic>> {
    let (_, model) = record.pack_digests();
    if model != digests.model {
        return Err(differs("pack.model_digest", &model, &digests.model));
    }
    let ids = |uses: &[(String, String)]| uses.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
    let same = if exact { record.uses() == digests.uses } else { ids(&record.uses()) == ids(&digests.uses) };
    if !same {
        return Err(differs("pack.uses", &listed(&record.uses()), &listed(&digests.uses)));
    }
    Ok(())
}

fn differs(what: &str, recorded: &str, found: &str) -> Vec<Diagnostic> {
    let [what, recorded, found, facts] = [what, recorded, found, NONE].map(str::to_owned);
    vec![Diagnostic::without_place(RecordProblem::Differs { what, recorded, found, facts })]
}

/// Packs that are used, in one line.
fn listed(uses: &[(String, String)]) -> String {
    let parts: Vec<String> = uses.iter().map(|(id, source)| format!("{id} {source}")).collect();
    if parts.is_empty() { NONE.to_owned() } else { parts.join(", ") }
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
        let what = record.withhold(what.join("; "), &|id| checked.pack.is_personal(id));
        vec![Diagnostic::without_place(RecordProblem::Unreadable { what })]
    })
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(problems: Vec<Diagnostic>) -> Self {
        Self::Record(problems)
    }
}
