//! The command line of Panmen: reads files, hands texts to the core, prints what comes back.
//!
//! The only place that knows the disk, the terminal, the clock and the environment. What goes wrong
//! ends in an exit code: 0 done, 1 findings, 2 usage, 3 input refused, 6 environment, 70 a bug.

mod args;
mod command;
mod console;
mod draw;
mod embedded;
mod failure;
mod load;
mod output;
mod packs;
mod recorded;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    console::report_bugs();
    let args = args::Args::parse();
    command::run(&args)
}
