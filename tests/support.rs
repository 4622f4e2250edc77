//! What every test needs: the root of the project, and the binary run with arguments.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The project's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The binary, in the project's root, in English and with nothing of the environment that changes its output.
pub(crate) fn panmen() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_panmen"));
    command.current_dir(root()).env_remove("PANMEN_LANG").env_remove("COLUMNS").env("LC_ALL", "C");
    command
}

/// Runs the binary and waits for it.
pub(crate) fn run(arguments: &[&str]) -> Output {
    panmen().args(arguments).output().unwrap()
}

/// What stands in a folder, by name.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for path in entries(from) {
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, target).unwrap();
        }
    }
}

/// An empty folder for the files of one test.
pub(crate) fn fresh(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        std::fs::remove_dir_all(&path).unwrap();
    }
    std::fs::create_dir_all(&path).unwrap();
    path.canonicalize().unwrap()
}

/// The beginning of a small made-up pack, up to its facts.
pub(crate) fn header(pack: &str) -> String {
    format!(
        "pack: {pack}\nedition: '1'\nstatus: illustrative\nauthor: Panmen contributors\ntitle: A pack\ncurrency: CNY\n\
         in_force: {{from: 2024-01-01}}\n\
         sources: {{guide: {{title: A guide that does not exist, dated: 2024-01-01}}}}\n"
    )
}
