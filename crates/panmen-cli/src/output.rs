//! Where results go: standard output, a file, or one file for each input in a folder.
//!
//! Never leaves a half-written file, never writes over an input, never one result over another; a record
//! over nothing at all. A link is followed, a pipe or device is written to.

use crate::console::Console;
use crate::failure::Failure;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Where the results of one call go.
pub(crate) enum Target {
    Stdout,
    File(PathBuf),
    /// The folder's files, one an input.
    Files(Vec<PathBuf>),
}

impl Target {
    /// Where the results for `inputs` go, of which there is at least one.
    pub(crate) fn of(output: Option<&Path>, inputs: &[String], extension: &str) -> Result<Self, Failure> {
        let Some(path) = output else { return Ok(Self::Stdout) };
        if !path.is_dir() && inputs.len() == 1 {
            refuse_inputs(path, inputs)?;
            return Ok(Self::File(path.to_owned()));
        }
        if !path.is_dir() {
            if path.exists() {
                return Err(Failure::NotAFolder { path: path.display().to_string() });
            }
            fs::create_dir_all(path)
                .map_err(|error| Failure::Write { path: path.display().to_string(), error })?;
        }
        let files: Vec<PathBuf> = names(inputs, extension)?.iter().map(|name| path.join(name)).collect();
        for file in &files {
            refuse_inputs(file, inputs)?;
        }
        Ok(Self::Files(files))
    }

    /// Refuses to write over what else is read.
    pub(crate) fn spare(&self, inputs: &[String]) -> Result<(), Failure> {
        self.paths().iter().try_for_each(|path| refuse_inputs(path, inputs))
    }

    fn paths(&self) -> &[PathBuf] {
        match self {
            Self::Stdout => &[],
            Self::File(path) => std::slice::from_ref(path),
            Self::Files(files) => files,
        }
    }

    /// Refuses files that are there, before anything is done.
    pub(crate) fn refuse_existing(&self) -> Result<(), Failure> {
        match self.paths().iter().find(|path| path.is_file()) {
            Some(path) => Err(Failure::Exists { path: path.display().to_string() }),
            None => Ok(()),
        }
    }

    /// Writes one result.
    pub(crate) fn write(&self, text: &str) -> Result<(), Failure> {
        match self {
            Self::Stdout => Console::result(text),
            _ => self.paths().iter().try_for_each(|path| write(path, text)),
        }
    }

    /// Writes one result, over no file.
    pub(crate) fn write_new(&self, text: &str) -> Result<(), Failure> {
        match self {
            Self::Stdout => Console::result(text),
            _ => self.paths().iter().try_for_each(|path| write_new(path, text)),
        }
    }
}

/// A document as JSON with a line end.
pub(crate) fn pretty(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// Writes a file that must not be there.
pub(crate) fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    // A pipe or device has nothing to lose.
    if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return write(path, text);
    }
    let failed = |error: io::Error| Failure::Write { path: path.display().to_string(), error };
    let temporary = temporary(path);
    fs::write(&temporary, text).map_err(failed)?;
    // A second name for what is whole already: it is given to no file that is there, and to no half one.
    let done = fs::hard_link(&temporary, path).or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Err(error),
        // Where files have one name only.
        _ if path.exists() => Err(io::ErrorKind::AlreadyExists.into()),
        _ => fs::rename(&temporary, path),
    });
    let _ = fs::remove_file(&temporary);
    done.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Exists { path: path.display().to_string() },
        _ => failed(error),
    })
}

/// A name beside a file, for what is not whole yet.
pub(crate) fn temporary(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    PathBuf::from(name)
}

/// Writes a file of JSON, over nothing but an earlier result of the same kind.
pub(crate) fn write_over_own(path: &Path, schema: &str, document: &Value) -> Result<(), Failure> {
    refuse_others(path, schema)?;
    write(path, &pretty(document))
}

/// Refuses a file that is there and is no document of a schema.
pub(crate) fn refuse_others(path: &Path, schema: &str) -> Result<(), Failure> {
    if !fs::metadata(path).is_ok_and(|metadata| metadata.is_file()) || is_of(path, schema) {
        return Ok(());
    }
    Err(Failure::WritesOverOther { path: path.display().to_string() })
}

/// True for a file that holds a document of a schema, as [`pretty`] writes it: that is said first.
pub(crate) fn is_of(path: &Path, schema: &str) -> bool {
    let first = format!("{{\n  \"schema\": \"{schema}\"");
    let mut start = vec![0; first.len()];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut start));
    read.is_ok() && start == first.as_bytes()
}

/// Refuses to write over what is read.
fn refuse_inputs(path: &Path, inputs: &[String]) -> Result<(), Failure> {
    let Ok(real) = fs::canonicalize(path) else { return Ok(()) };
    let is_input = inputs.iter().any(|input| fs::canonicalize(input).is_ok_and(|input| input == real));
    if is_input { Err(Failure::WritesOverInput { path: path.display().to_string() }) } else { Ok(()) }
}

/// A result is called as its input; where two would have one name, after the input's folder as well.
fn names(inputs: &[String], extension: &str) -> Result<Vec<String>, Failure> {
    let stem = |input: &String| {
        let stem = Path::new(input).file_stem().map(|stem| stem.to_string_lossy().into_owned());
        stem.filter(|_| input != "-").unwrap_or_else(|| "report".to_owned())
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for input in inputs {
        *counts.entry(stem(input)).or_default() += 1;
    }
    let mut taken: BTreeMap<String, &String> = BTreeMap::new();
    let mut names = Vec::new();
    for input in inputs {
        let mut name = stem(input);
        if counts.get(&name).is_some_and(|count| *count > 1) {
            let folder = Path::new(input).parent().and_then(Path::file_name);
            if let Some(folder) = folder {
                name = format!("{}-{name}", folder.to_string_lossy());
            }
        }
        if let Some(first) = taken.insert(name.clone(), input) {
            return Err(Failure::OneName { first: first.clone(), second: input.clone(), name });
        }
        names.push(format!("{name}.{extension}"));
    }
    Ok(names)
}

/// Writes a file through a temporary one beside it.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: io::Error| Failure::Write { path: path.display().to_string(), error };
    // A link stays one: what it leads to is written.
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if fs::metadata(&real).is_ok_and(|metadata| !metadata.is_file()) {
        return fs::write(&real, text).map_err(failed);
    }
    let temporary = temporary(&real);
    fs::write(&temporary, text).and_then(|()| fs::rename(&temporary, &real)).map_err(|error| {
        let _ = fs::remove_file(&temporary);
        failed(error)
    })
}
