//! Recorded decisions: those of `fixtures/decisions/` for good, what is done to them, and what is said of it.

mod always;
mod archive;
mod cases;
mod document;
mod kept;
mod tamper;

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;

/// The folder of the kept records.
fn folder() -> PathBuf {
    root().join("fixtures/decisions")
}

/// A record with the digests that its content has, in canonical bytes.
pub(crate) fn sealed_text(record: &serde_json::Value) -> String {
    document::canonical(&document::sealed(record))
}

/// The kept records by name, sorted.
fn kept() -> Vec<(String, String)> {
    kept::written();
    let mut found: Vec<(String, String)> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), read(&path)))
        .collect();
    found.sort();
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
