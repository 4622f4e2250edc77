//! Finding packs: by folder, by id among further folders and the built-in ones, with what they import.
//!
//! In: what the caller named. Out: the editions of a pack, and on demand one edition with the editions
//! of what it imports, as a bundle that the core reads.

use crate::embedded;
use crate::failure::Failure;
use crate::load::{self, LoadError};
use panmen::check::{self, Checked};
use panmen::diagnostic::{Diagnostic, Lang, PackProblem, Problem, any_error, nearest, quote};
use panmen::plan;
use panmen::read::{self, Bundle, HEADER_FILE, Peek};
use panmen::source::{FileId, Sources, Span};
use panmen::value::Date;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// One edition of a pack: its header, its files and those of its examples.
pub(crate) struct Edition {
    pub(crate) peek: Peek,
    pub(crate) files: Vec<FileId>,
    pub(crate) examples: Vec<FileId>,
}

/// A pack with all its editions.
pub(crate) struct Found {
    /// As the caller knows it.
    pub(crate) name: String,
    pub(crate) editions: Vec<Edition>,
    /// Examples for all editions.
    pub(crate) examples: Vec<FileId>,
    pub(crate) notices: Vec<LoadError>,
    /// The folder that the pack's folder lies in, where imported packs are looked for first.
    beside: Option<PathBuf>,
}

/// Where packs are looked for.
pub(crate) struct Shelf<'a> {
    pub(crate) sources: &'a mut Sources,
    pub(crate) further: &'a [PathBuf],
}

impl Shelf<'_> {
    /// A pack by its folder or its id; none named: the default.
    pub(crate) fn find(&mut self, name: Option<&str>) -> Result<Found, Failure> {
        let Some(name) = name else {
            return Ok(self.embedded(embedded::DEFAULT).unwrap_or_else(|| empty("")));
        };
        let path = Path::new(name);
        if path.is_dir() || name.contains(['/', '\\', '.']) {
            return self.folder(path, name);
        }
        match self.by_id(name, None)? {
            Some(found) => Ok(found),
            None => {
                let known = embedded::PACKS.iter().map(|(id, _)| *id);
                Err(Failure::NoPack { id: name.to_owned(), nearest: nearest(name, known).map(str::to_owned) })
            }
        }
    }

    fn folder(&mut self, path: &Path, name: &str) -> Result<Found, Failure> {
        let loaded = load::pack(path, self.sources)?;
        let mut editions = Vec::new();
        for edition in loaded.editions {
            let files: Vec<FileId> = edition.files.iter().map(|file| file.file).collect();
            let examples = edition.examples.iter().map(|file| file.file).collect();
            editions.push(self.edition(files, examples));
        }
        let beside = beside(path);
        let examples = loaded.examples.iter().map(|file| file.file).collect();
        Ok(Found { name: name.to_owned(), editions, examples, notices: loaded.notices, beside })
    }

    fn edition(&self, files: Vec<FileId>, examples: Vec<FileId>) -> Edition {
        let is_header =
            |file: &&FileId| self.sources.get(**file).is_some_and(|source| source.file_name() == HEADER_FILE);
        let header = files.iter().find(is_header).copied().unwrap_or_default();
        let peek = read::peek(self.sources, header).unwrap_or_else(|| Peek {
            pack: String::new(),
            edition: String::new(),
            in_force: panmen::pack::Period::default(),
            uses: Vec::new(),
            span: Span::new(header, 0, 0),
        });
        Edition { peek, files, examples }
    }

    fn embedded(&mut self, id: &str) -> Option<Found> {
        let (_, files) = embedded::PACKS.iter().find(|(known, _)| *known == id)?;
        let files: Vec<FileId> = files.iter().map(|(name, text)| self.sources.add(*name, *text)).collect();
        let edition = self.edition(files, Vec::new());
        Some(Found { editions: vec![edition], ..empty(id) })
    }

    /// A pack by its id: beside another pack, in a further folder, built in.
    fn by_id(&mut self, id: &str, beside: Option<&Path>) -> Result<Option<Found>, Failure> {
        let folders: Vec<PathBuf> =
            beside.into_iter().map(Path::to_path_buf).chain(self.further.iter().cloned()).collect();
        for folder in folders {
            if let Some(path) = Self::place_of(&folder, id) {
                let name = path.to_string_lossy();
                let name = name.strip_prefix("./").unwrap_or(&name).to_owned();
                return self.folder(&path, &name).map(Some);
            }
        }
        Ok(self.embedded(id))
    }

    /// Where in a folder of --packs the pack of an id is: that folder may be the pack itself.
    fn place_of(folder: &Path, id: &str) -> Option<PathBuf> {
        if is_pack(folder, id) { Some(folder.to_owned()) } else { Self::folder_of(folder, id) }
    }

    /// The sub-folder of a folder that holds the pack of an id.
    fn folder_of(folder: &Path, id: &str) -> Option<PathBuf> {
        let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)
            .ok()?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.is_dir())
            .collect();
        folders.sort();
        folders.into_iter().find(|path| header_names(path, id))
    }

    /// One edition with what it imports, read and checked. `as_of` picks the editions of the imported
    /// packs; where it is open (when a pack is only checked), the day on which the edition begins.
    pub(crate) fn check(
        &mut self,
        found: &Found,
        edition: usize,
        as_of: Option<Date>,
    ) -> (Option<Checked>, Vec<Diagnostic>) {
        let (bundle, missing) = self.assemble(found, edition, as_of);
        self.judge(&bundle, missing)
    }

    /// A bundle, read and checked, with what was missing when it was put together.
    pub(crate) fn judge(
        &self,
        bundle: &Bundle,
        mut problems: Vec<Diagnostic>,
    ) -> (Option<Checked>, Vec<Diagnostic>) {
        let (pack, read) = read::read(self.sources, bundle);
        problems.extend(read);
        let (checked, found) = pack.map(check::check).unwrap_or_default();
        problems.extend(found);
        // What two imports share is wrong once.
        let mut told = BTreeSet::new();
        problems.retain(|problem| {
            let place = problem.span.map(|span| (span.file, span.start, span.end));
            told.insert((place, problem.message(Lang::En)))
        });
        let sound = !any_error(&problems);
        (checked.filter(|_| sound), problems)
    }

    /// The files of one edition with those of what it imports.
    pub(crate) fn assemble(
        &mut self,
        found: &Found,
        edition: usize,
        as_of: Option<Date>,
    ) -> (Bundle, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let Some(edition) = found.editions.get(edition) else { return (Bundle::default(), problems) };
        let beside = found.beside.clone();
        let mut path = vec![edition.peek.pack.clone()];
        let bundle = self.bundle(edition, beside.as_deref(), as_of, &mut path, &mut problems);
        (bundle, problems)
    }

    /// A pack of an archive, the packs beside which are those of other decisions.
    pub(crate) fn archived(&mut self, path: &Path) -> Result<Found, Failure> {
        let found = self.folder(path, &path.to_string_lossy())?;
        Ok(Found { beside: None, ..found })
    }

    /// Packs that may be the one of an id: in a further folder, or built in.
    pub(crate) fn of_id(&mut self, id: &str) -> Vec<Found> {
        let further: Vec<PathBuf> = self.further.to_vec();
        let mut found = Vec::new();
        for folder in further {
            if let Some(path) = Self::place_of(&folder, id) {
                found.extend(self.folder(&path, &path.to_string_lossy()));
            }
        }
        found.extend(self.embedded(id));
        found
    }

    fn bundle(
        &mut self,
        edition: &Edition,
        beside: Option<&Path>,
        as_of: Option<Date>,
        path: &mut Vec<String>,
        problems: &mut Vec<Diagnostic>,
    ) -> Bundle {
        let mut bundle = Bundle { files: edition.files.clone(), used: Vec::new() };
        for (alias, id, span) in &edition.peek.uses {
            if path.contains(id) {
                problems.push(Diagnostic::new(PackProblem::PackCycle { id: id.clone() }, *span));
                continue;
            }
            let found = match self.by_id(id, beside) {
                Ok(found) => found,
                Err(failure) => {
                    // It is there, and cannot be read: that says more than that it is missing.
                    let reason =
                        |lang| failure.sentence(lang).map(|(message, _)| message).unwrap_or_default();
                    let (reason, reason_zh) = (reason(Lang::En), reason(Lang::Zh));
                    let problem = PackProblem::UnreadableUse { id: id.clone(), reason, reason_zh };
                    problems.push(Diagnostic::new(problem, *span));
                    continue;
                }
            };
            let Some(used) = found else {
                let known = embedded::PACKS.iter().map(|(id, _)| *id);
                let problem = Diagnostic::new(PackProblem::UnknownPack { id: id.clone() }, *span);
                problems.push(problem.suggest(nearest(id, known)));
                continue;
            };
            let peeks: Vec<Peek> = used.editions.iter().map(|edition| edition.peek.clone()).collect();
            let day = as_of.or(edition.peek.in_force.from);
            let picked = match day.map(|day| plan::edition(&peeks, day)) {
                Some(Ok(picked)) => picked,
                Some(Err(found)) => {
                    problems.extend(found.into_iter().map(|problem| of_import(problem, id, *span, &peeks)));
                    continue;
                }
                None => 0,
            };
            if let Some(used_edition) = used.editions.get(picked) {
                path.push(id.clone());
                let inner = self.bundle(used_edition, used.beside.as_deref(), as_of, path, problems);
                path.pop();
                bundle.used.push((alias.text.clone(), inner));
            }
        }
        bundle
    }
}

/// The folder that a pack's folder lies in, written as the pack's own path was. Of a link it is that of
/// the folder which the link leads to.
fn beside(path: &Path) -> Option<PathBuf> {
    let real = std::fs::canonicalize(path).ok()?.parent()?.to_path_buf();
    let above = match path.components().next_back() {
        Some(Component::Normal(_)) => path.parent().filter(|parent| !parent.as_os_str().is_empty()),
        Some(Component::CurDir) | None => Some(Path::new("..")),
        _ => None,
    };
    let above = above.map_or_else(|| Path::new(".").to_path_buf(), Path::to_path_buf);
    let same = std::fs::canonicalize(&above).is_ok_and(|above| above == real);
    Some(if same { above } else { real })
}

/// A problem of an imported pack. A date on which the import would be in force is no help where the
/// importing pack is not: so the periods are told instead.
fn of_import(problem: Diagnostic, id: &str, span: Span, editions: &[Peek]) -> Diagnostic {
    let Problem::PackProblem(PackProblem::EditionNotInForce { date, nearest_edition, .. }) = &problem.problem
    else {
        return problem;
    };
    let found = editions.iter().find(|peek| peek.edition == *nearest_edition);
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let period = found.map(|peek| format!("{}..{}", day(peek.in_force.from), day(peek.in_force.to)));
    let use_problem = PackProblem::UseNotInForce {
        id: id.to_owned(),
        date: date.clone(),
        nearest_edition: quote(nearest_edition),
        period: period.unwrap_or_default(),
    };
    Diagnostic::new(use_problem, span)
}

fn empty(name: &str) -> Found {
    Found {
        name: name.to_owned(),
        editions: Vec::new(),
        examples: Vec::new(),
        notices: Vec::new(),
        beside: None,
    }
}

/// True if a folder is that of a pack with an id: a folder of packs looks as one of editions does.
fn is_pack(folder: &Path, id: &str) -> bool {
    let mut sources = Sources::default();
    load::pack(folder, &mut sources).is_ok_and(|loaded| {
        let headers = loaded.editions.iter().flat_map(|edition| &edition.files);
        let headers = headers.filter(|file| file.relative.rsplit('/').next() == Some(HEADER_FILE));
        let mut ids = headers.map(|file| read::peek(&sources, file.file).map(|peek| peek.pack)).peekable();
        ids.peek().is_some() && ids.all(|found| found.as_deref() == Some(id))
    })
}

/// True if a folder, or an edition in it, is of the pack with an id.
fn header_names(folder: &Path, id: &str) -> bool {
    let mut sources = Sources::default();
    match load::pack(folder, &mut sources) {
        Ok(loaded) => loaded.editions.iter().flat_map(|edition| &edition.files).any(|file| {
            file.relative.rsplit('/').next() == Some(HEADER_FILE)
                && read::peek(&sources, file.file).is_some_and(|peek| peek.pack == id)
        }),
        // A folder called as the pack that cannot be read is probably the one that is meant.
        Err(_) => folder.file_name().is_some_and(|name| name == id) && folder.join(HEADER_FILE).exists(),
    }
}
