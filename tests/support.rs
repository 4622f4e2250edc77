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

/// An empty folder for the files of one test.
pub(crate) fn fresh(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if path.exists() {
        std::fs::remove_dir_all(&path).unwrap();
    }
    std::fs::create_dir_all(&path).unwrap();
    path.canonicalize().unwrap()
}
