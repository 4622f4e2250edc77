//! One file a command. A command gives its exit code, or what went wrong with it.

mod decide;
mod diff;
mod impact;
mod lint;
mod new;
mod population;
mod redact;
mod replay;
mod report;
mod shell;
mod show;
mod test;

use crate::args::{Args, Command, New};
use crate::console::Console;
use crate::failure::Failure;
use panmen::source::Sources;
use std::process::ExitCode;

/// Done.
const DONE: u8 = 0;
/// Something was found that deserves a look: a lint, an example that does not hold.
const FINDINGS: u8 = 1;
/// An input was refused.
const REFUSED: u8 = 3;

/// Runs a command.
pub(crate) fn run(args: &Args) -> ExitCode {
    let console = Console::new(args);
    let mut sources = Sources::default();
    let outcome: Result<u8, Failure> = match &args.command {
        Command::Report(report) => report::run(report, args, &console, &mut sources),
        Command::Decide(decide) => decide::run(decide, args, &console, &mut sources),
        Command::Replay(replay) => replay::run(replay, args, &console, &mut sources),
        Command::Redact(redact) => redact::run(redact),
        Command::Diff(diff) => diff::run(diff, args, &console, &mut sources),
        Command::Impact(impact) => impact::run(impact, args, &console, &mut sources),
        Command::Lint(lint) => lint::run(lint, args, &console, &mut sources),
        Command::Test(test) => test::run(test, args, &console, &mut sources),
        Command::New { what: New::Profile(new) } => new::run(new, args, &console, &mut sources),
        Command::New { what: New::Population(new) } => population::run(new, args, &mut sources),
        Command::Show(show) => show::run(show, args, &console, &mut sources),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man => shell::manual(),
    };
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            console.failure(&failure, &sources);
            ExitCode::from(failure.exit_code())
        }
    }
}
