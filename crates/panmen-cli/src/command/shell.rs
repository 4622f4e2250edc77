//! `panmen completions` and `panmen man`: both derive from the one definition of the command line.

use super::DONE;
use crate::args::Args;
use crate::console::Console;
use crate::failure::Failure;
use clap::CommandFactory;

pub(super) fn completions(shell: clap_complete::Shell) -> Result<u8, Failure> {
    let mut written = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "panmen", &mut written);
    Console::result(&String::from_utf8_lossy(&written))?;
    Ok(DONE)
}

pub(super) fn manual() -> Result<u8, Failure> {
    let mut written = Vec::new();
    let manual = clap_mangen::Man::new(Args::command());
    manual.render(&mut written).map_err(|error| Failure::Write { path: "stdout".to_owned(), error })?;
    Console::result(&String::from_utf8_lossy(&written))?;
    Ok(DONE)
}
