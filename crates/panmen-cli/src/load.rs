//! Profiles and packs from the disk.
//!
//! In: the path of a file or of a pack's folder. Out: texts, added to the sources, in sorted order.
//! Refuses what is no plain file, what lies outside the pack's folder, and more than the limits;
//! never reads a byte beyond them. Does not look into the texts.

mod error;
#[cfg(test)]
mod tests;

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use panmen::diagnostic::{Diagnostic, TextProblem, quote};
use panmen::read::HEADER_FILE;
use panmen::source::{FileId, Sources, Span};

pub(crate) use error::LoadError;

/// Bytes of one file.
const FILE_BYTES: usize = 1 << 20;
/// Bytes of a population.
const POPULATION_BYTES: usize = 64 << 20;
/// Bytes of a record: each value of a profile stands there with its papers and its salt.
pub(crate) const RECORD_BYTES: usize = 64 << 20;
/// Bytes of a pack's files together, and as many again for its examples.
const PACK_BYTES: usize = 4 << 20;
/// Files of a pack, and as many again of examples.
const PACK_FILES: usize = 64;
/// Entries of a folder that are looked at: a pack has no reason for more.
const FOLDER_ENTRIES: usize = 4096;
/// The folder of a pack's examples.
const EXAMPLES: &str = "examples";

/// One text that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoadedFile {
    /// Its name from the pack's folder on, with `/`, for example `2024/pack.yaml`.
    pub(crate) relative: String,
    /// Its name in problems: the path as it was given, with `/`.
    pub(crate) name: String,
    /// Its text.
    pub(crate) file: FileId,
}

/// One edition of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edition {
    /// The sub-folder that holds it; none where the pack has one edition.
    pub(crate) folder: Option<String>,
    /// `pack.yaml` and the other files beside it, sorted by name.
    pub(crate) files: Vec<LoadedFile>,
    /// The files in its `examples`, sorted by name.
    pub(crate) examples: Vec<LoadedFile>,
}

/// A pack's folder.
#[derive(Debug)]
pub(crate) struct PackFolder {
    /// Its editions, sorted by folder.
    pub(crate) editions: Vec<Edition>,
    /// Examples beside the folders of several editions.
    pub(crate) examples: Vec<LoadedFile>,
    /// What was passed over and probably not meant to be: to be shown as warnings.
    pub(crate) notices: Vec<LoadError>,
}

/// The name and the bytes of one plain file of at most so many bytes; `-` is `stdin`.
fn input(path: &str, stdin: impl Read, limit: usize) -> Result<(String, Vec<u8>), LoadError> {
    if path == "-" {
        return Ok(("stdin".to_owned(), bounded(stdin, limit, "stdin")?));
    }
    let path = Path::new(path);
    let name = shown(path);
    let metadata = fs::metadata(path).map_err(|error| failed(&name, &error))?;
    let bytes = file_bytes(path, &metadata, limit, &name)?;
    Ok((name, bytes))
}

/// The entries of a folder whose names end so, in order.
///
/// # Errors
/// Where it cannot be read.
pub(crate) fn folder(path: &Path, ends: &[&str]) -> Result<Vec<PathBuf>, LoadError> {
    let entries = fs::read_dir(path).map_err(|error| failed(&shown(path), &error))?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| ends.iter().any(|known| end == *known)))
        .collect();
    found.sort();
    Ok(found)
}

/// Reads one profile; `-` is `stdin`.
///
/// # Errors
/// Where it cannot be read, is no plain file, is too large, or is not UTF-8.
pub(crate) fn profile(path: &str, stdin: impl Read, sources: &mut Sources) -> Result<LoadedFile, LoadError> {
    let (name, bytes) = input(path, stdin, FILE_BYTES)?;
    add(sources, name.clone(), name, &bytes)
}

/// What was given where either may be.
pub(crate) enum Given {
    /// A record, byte for byte.
    Record(Vec<u8>),
    /// A profile, among the sources.
    Profile(LoadedFile),
}

/// Reads one record or profile; `-` is `stdin`. A record may be larger, and need not be text any more.
///
/// # Errors
/// As for a record or a profile, whichever it is.
pub(crate) fn given(
    path: &str,
    stdin: impl Read,
    is_record: impl Fn(&[u8]) -> bool,
    sources: &mut Sources,
) -> Result<Given, LoadError> {
    let (name, bytes) = input(path, stdin, RECORD_BYTES).map_err(|error| match error {
        LoadError::TooLarge { path, .. } => LoadError::TooLarge { path, limit: FILE_BYTES },
        other => other,
    })?;
    if is_record(&bytes) {
        return Ok(Given::Record(bytes));
    }
    if bytes.len() > FILE_BYTES {
        return Err(LoadError::TooLarge { path: name, limit: FILE_BYTES });
    }
    add(sources, name.clone(), name, &bytes).map(Given::Profile)
}

/// Reads one record, byte for byte; `-` is `stdin`.
///
/// # Errors
/// Where it cannot be read, is no plain file, or is too large.
pub(crate) fn record(path: &str, stdin: impl Read) -> Result<Vec<u8>, LoadError> {
    input(path, stdin, RECORD_BYTES).map(|(_, bytes)| bytes)
}

/// Reads a population, one profile a line; `-` is `stdin`.
///
/// # Errors
/// Where it cannot be read, is no plain file, is too large, or is not UTF-8.
pub(crate) fn population(path: &str, stdin: impl Read) -> Result<String, LoadError> {
    let (name, bytes) = input(path, stdin, POPULATION_BYTES)?;
    let mut sources = Sources::default();
    let loaded = add(&mut sources, name.clone(), name, &bytes)?;
    Ok(sources.get(loaded.file).map(|source| source.text.to_string()).unwrap_or_default())
}

/// Reads a pack's folder.
///
/// # Errors
/// Where the folder or a file of it cannot be read, is no pack, breaks a limit, or leads elsewhere.
pub(crate) fn pack(path: &Path, sources: &mut Sources) -> Result<PackFolder, LoadError> {
    let name = shown(path);
    let root = fs::canonicalize(path).map_err(|error| failed(&name, &error))?;
    if !fs::metadata(&root).map_err(|error| failed(&name, &error))?.is_dir() {
        return Err(LoadError::NotAFolder { path: name });
    }
    let mut reader = Reader {
        root,
        name: name.trim_end_matches('/').to_owned(),
        sources,
        rules: Budget::default(),
        examples: Budget::default(),
        notices: Vec::new(),
    };
    let listing = reader.list("")?;
    let mut editions = Vec::new();
    let mut examples = Vec::new();
    let folders = reader.edition_folders(&listing)?;
    if listing.files.iter().any(|file| file == HEADER_FILE) {
        if let Some(folder) = folders.first() {
            return Err(LoadError::TwoLayouts { path: reader.name, folder: folder.clone() });
        }
        editions.push(reader.edition(None, &listing)?);
    } else {
        for folder in folders {
            let listing = reader.list(&folder)?;
            editions.push(reader.edition(Some(folder), &listing)?);
        }
        if !editions.is_empty() {
            for file in &listing.files {
                let path = reader.display(file);
                reader.notices.push(LoadError::BesideEditions { path });
            }
            examples = reader.examples("", &listing)?;
        }
    }
    if editions.is_empty() {
        return Err(LoadError::NoHeader { path: reader.name });
    }
    Ok(PackFolder { editions, examples, notices: reader.notices })
}

/// What a folder holds, each sorted by name.
#[derive(Default)]
struct Listing {
    /// Names that end in `.yaml`, of any kind of entry but a folder.
    files: Vec<String>,
    folders: Vec<String>,
}

/// What has been read so far.
#[derive(Default)]
struct Budget {
    files: usize,
    bytes: usize,
}

struct Reader<'a> {
    /// Without symbolic links.
    root: PathBuf,
    /// As it was given.
    name: String,
    sources: &'a mut Sources,
    rules: Budget,
    examples: Budget,
    notices: Vec<LoadError>,
}

impl Reader<'_> {
    fn display(&self, relative: &str) -> String {
        if relative.is_empty() { self.name.clone() } else { format!("{}/{relative}", self.name) }
    }

    /// The entries of a folder of the pack; hidden ones and other kinds of file are passed over.
    fn list(&mut self, relative: &str) -> Result<Listing, LoadError> {
        let shown_folder = self.display(relative);
        let (folder, metadata) = self.inside(relative)?;
        if !metadata.is_dir() {
            return Err(LoadError::NotAFolder { path: shown_folder });
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(|error| failed(&shown_folder, &error))? {
            let entry = entry.map_err(|error| failed(&shown_folder, &error))?;
            if names.len() >= FOLDER_ENTRIES {
                return Err(LoadError::TooManyEntries { path: shown_folder, limit: FOLDER_ENTRIES });
            }
            names.push(entry.file_name());
        }
        names.sort();
        let mut listing = Listing::default();
        for name in names {
            // A digest covers names, and an archive keeps files by them.
            let plain = |name: &&str| !name.contains('\\') && !name.contains(char::is_control);
            let Some(name) = name.to_str().filter(plain) else {
                let path = format!("{shown_folder}/{}", quote(&name.to_string_lossy()));
                self.notices.push(LoadError::NameNotText { path });
                continue;
            };
            if name.starts_with('.') {
                continue;
            }
            let child = join(relative, name);
            match extension(name) {
                Kind::Yaml => listing.files.push(name.to_owned()),
                Kind::Misnamed => {
                    let path = self.display(&child);
                    self.notices.push(LoadError::Misnamed { path });
                }
                // A name without an extension may be a folder's; a link is followed only inside.
                Kind::Other => {
                    let path = self.root.join(&child);
                    if fs::metadata(&path).is_ok_and(|metadata| metadata.is_dir()) {
                        listing.folders.push(name.to_owned());
                    }
                }
            }
        }
        Ok(listing)
    }

    /// The sub-folders that hold an edition.
    fn edition_folders(&mut self, listing: &Listing) -> Result<Vec<String>, LoadError> {
        let mut found = Vec::new();
        for folder in listing.folders.iter().filter(|folder| *folder != EXAMPLES) {
            // `symlink_metadata` so that a header which cannot be read is still seen, and refused.
            let header = self.root.join(folder).join(HEADER_FILE);
            if fs::symlink_metadata(header).is_ok() {
                self.inside(folder)?;
                found.push(folder.clone());
            }
        }
        Ok(found)
    }

    fn edition(&mut self, folder: Option<String>, listing: &Listing) -> Result<Edition, LoadError> {
        let relative = folder.clone().unwrap_or_default();
        let files = self.files(&relative, listing, false)?;
        let examples = self.examples(&relative, listing)?;
        Ok(Edition { folder, files, examples })
    }

    fn examples(&mut self, relative: &str, listing: &Listing) -> Result<Vec<LoadedFile>, LoadError> {
        if !listing.folders.iter().any(|folder| folder == EXAMPLES) {
            return Ok(Vec::new());
        }
        let folder = join(relative, EXAMPLES);
        let listing = self.list(&folder)?;
        self.files(&folder, &listing, true)
    }

    fn files(
        &mut self,
        folder: &str,
        listing: &Listing,
        examples: bool,
    ) -> Result<Vec<LoadedFile>, LoadError> {
        let mut read = Vec::new();
        for name in &listing.files {
            let relative = join(folder, name);
            let name = self.display(&relative);
            let (path, metadata) = self.inside(&relative)?;
            let budget = if examples { &self.examples } else { &self.rules };
            if budget.files >= PACK_FILES {
                return Err(LoadError::TooManyFiles { path: self.name.clone(), limit: PACK_FILES });
            }
            let left = PACK_BYTES.saturating_sub(budget.bytes);
            let size = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
            if metadata.is_file() && size <= FILE_BYTES && size > left {
                return Err(LoadError::TooLargeTogether { path: self.name.clone(), limit: PACK_BYTES });
            }
            let bytes = file_bytes(&path, &metadata, FILE_BYTES, &name)?;
            let budget = if examples { &mut self.examples } else { &mut self.rules };
            budget.files = budget.files.saturating_add(1);
            budget.bytes = budget.bytes.saturating_add(bytes.len());
            read.push(add(self.sources, relative, name, &bytes)?);
        }
        Ok(read)
    }

    /// Where an entry of the pack really is, if that is within the pack's folder.
    fn inside(&self, relative: &str) -> Result<(PathBuf, Metadata), LoadError> {
        let name = self.display(relative);
        let path = self.root.join(relative);
        let real = fs::canonicalize(&path).map_err(|error| failed(&name, &error))?;
        if !real.starts_with(&self.root) {
            return Err(LoadError::LeavesFolder { path: name });
        }
        let metadata = fs::metadata(&real).map_err(|error| failed(&name, &error))?;
        Ok((real, metadata))
    }
}

enum Kind {
    Yaml,
    Misnamed,
    Other,
}

fn extension(name: &str) -> Kind {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or("");
    match extension {
        "yaml" => Kind::Yaml,
        other if ["yaml", "yml"].iter().any(|name| other.eq_ignore_ascii_case(name)) => Kind::Misnamed,
        _ => Kind::Other,
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// A path as it stands in problems, the same on every system.
fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace('\\', "/") }
}

/// Opening a FIFO waits for a writer and a device may never end, so the kind is looked at before.
fn file_bytes(path: &Path, metadata: &Metadata, limit: usize, name: &str) -> Result<Vec<u8>, LoadError> {
    let name_owned = || name.to_owned();
    if metadata.is_dir() {
        return Err(LoadError::IsAFolder { path: name_owned() });
    }
    if !metadata.is_file() {
        return Err(LoadError::SpecialFile { path: name_owned() });
    }
    let file = File::open(path).map_err(|error| failed(name, &error))?;
    bounded(file, limit, name)
}

/// Everything, if it is no more than the limit; reads one byte beyond it at most.
fn bounded(from: impl Read, limit: usize, name: &str) -> Result<Vec<u8>, LoadError> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    from.take(most).read_to_end(&mut bytes).map_err(|error| failed(name, &error))?;
    if bytes.len() > limit {
        return Err(LoadError::TooLarge { path: name.to_owned(), limit });
    }
    Ok(bytes)
}

fn add(sources: &mut Sources, relative: String, name: String, bytes: &[u8]) -> Result<LoadedFile, LoadError> {
    match panmen::yaml::decode(bytes) {
        Ok(text) => {
            let file = sources.add(name.as_str(), text);
            Ok(LoadedFile { relative, name, file })
        }
        Err(problem) => {
            // Shown as far as it can be; never read.
            let at = match &problem {
                TextProblem::NotUtf8 { offset, .. } | TextProblem::BrokenUtf8 { offset } => {
                    offset.parse().ok()
                }
                _ => None,
            };
            let file = sources.add(name.as_str(), String::from_utf8_lossy(bytes));
            let at = at.unwrap_or(0);
            let problem = Diagnostic::new(problem, Span::new(file, at, at.saturating_add(1)));
            Err(LoadError::NotText { path: name, problem: Box::new(problem) })
        }
    }
}

fn failed(path: &str, error: &io::Error) -> LoadError {
    let path = path.to_owned();
    match error.kind() {
        io::ErrorKind::NotFound => LoadError::NotFound { path },
        io::ErrorKind::PermissionDenied => LoadError::NoPermission { path },
        io::ErrorKind::NotADirectory => LoadError::NotAFolder { path },
        io::ErrorKind::IsADirectory => LoadError::IsAFolder { path },
        _ => LoadError::Failed { path, reason: error.to_string() },
    }
}
