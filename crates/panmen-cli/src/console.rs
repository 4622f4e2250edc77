//! What goes to the terminal: results to standard output, problems to standard error.

use crate::args::{Args, MessageFormat};
use crate::draw::{self, Said};
use crate::failure::Failure;
use crate::load::LoadError;
use panmen::diagnostic::{Diagnostic, Lang, Severity};
use panmen::example::Mismatch;
use panmen::source::Sources;
use std::io::{self, IsTerminal, Write};

/// The widest that a report or a problem is drawn.
const WIDEST: usize = 80;
/// The exit code of a bug.
const BUG: i32 = 70;
/// The narrowest.
const NARROWEST: usize = 60;

/// How to speak to whoever called.
pub(crate) struct Console {
    pub(crate) lang: Lang,
    format: MessageFormat,
}

impl Console {
    pub(crate) fn new(args: &Args) -> Self {
        Self { lang: args.lang.map_or_else(environment_lang, Lang::from), format: args.message_format }
    }

    /// Columns of a report: those of the terminal within bounds, else the widest.
    pub(crate) fn width() -> usize {
        if !io::stdout().is_terminal() {
            return WIDEST;
        }
        let columns = terminal_size::terminal_size().map_or(WIDEST, |(width, _)| usize::from(width.0));
        columns.clamp(NARROWEST, WIDEST)
    }

    /// Writes problems to standard error.
    pub(crate) fn problems(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        self.of_file(diagnostics, sources, None);
    }

    /// The same, of a file that is named where they have no place.
    fn of_file(&self, diagnostics: &[Diagnostic], sources: &Sources, file: Option<&str>) {
        if diagnostics.is_empty() {
            return;
        }
        let text = match self.format {
            MessageFormat::Human => {
                let colour = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
                draw::human(diagnostics, sources, self.lang, colour, WIDEST.saturating_add(20))
            }
            MessageFormat::Json => draw::json(diagnostics, sources, self.lang, file),
        };
        let separator = if self.format == MessageFormat::Human { "\n" } else { "" };
        // Nobody is left to tell if standard error is closed.
        let _ = write!(io::stderr().lock(), "{text}{separator}");
    }

    /// Writes only what refuses a text.
    pub(crate) fn errors(&self, diagnostics: &[Diagnostic], sources: &Sources) {
        let errors: Vec<Diagnostic> = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity() == Severity::Error)
            .cloned()
            .collect();
        self.problems(&errors, sources);
    }

    /// Writes why a command, or one file of it, came to nothing.
    pub(crate) fn failure(&self, failure: &Failure, sources: &Sources) {
        if let Failure::Refused(diagnostics) | Failure::Record(diagnostics) = failure {
            self.problems(diagnostics, sources);
        }
        if let Failure::Load(LoadError::NotText { problem, .. }) = failure {
            self.problems(std::slice::from_ref(problem), sources);
            return;
        }
        if let Some((message, help)) = failure.sentence(self.lang) {
            self.sentence("error", "错误", &message, &help);
        }
    }

    /// Writes what is wrong with one of several files.
    pub(crate) fn about(&self, path: &str, problems: &[Diagnostic], sources: &Sources) {
        if self.format == MessageFormat::Human {
            let _ = writeln!(io::stderr().lock(), "{}:", draw::harmless(path));
        }
        self.of_file(problems, sources, Some(path));
    }

    /// A bar for a long run, where a person watches.
    pub(crate) fn progress(&self, length: usize) -> indicatif::ProgressBar {
        let few = length < 200 || self.format == MessageFormat::Json;
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if few || !io::stderr().is_terminal() {
            return indicatif::ProgressBar::hidden();
        }
        indicatif::ProgressBar::new(length)
    }

    /// Writes a warning of the loader.
    pub(crate) fn notice(&self, notice: &LoadError) {
        self.sentence("warning", "警告", &notice.message(self.lang), &notice.help(self.lang));
    }

    /// What did not come out as an example expects, for programs; people read it among the results.
    pub(crate) fn mismatches(&self, mismatches: &[Mismatch], sources: &Sources) {
        if self.format == MessageFormat::Human {
            return;
        }
        let lines: String = mismatches
            .iter()
            .map(|mismatch| {
                let (message, help) = (mismatch.message(self.lang), mismatch.help(self.lang));
                let said = Said { code: None, severity: "error", message: &message, help: &help };
                draw::json_at(&said, Some(mismatch.span), sources)
            })
            .collect();
        let _ = io::stderr().lock().write_all(lines.as_bytes());
    }

    fn sentence(&self, en: &str, zh: &str, message: &str, help: &str) {
        let (title, hint) = match self.lang {
            Lang::En => (en, "help"),
            Lang::Zh => (zh, "修改建议"),
        };
        let message = draw::harmless(message);
        let help = draw::harmless(help);
        let text = match self.format {
            MessageFormat::Human => format!("{title}: {message}\n  = {hint}: {help}\n\n"),
            MessageFormat::Json => {
                let said = Said { code: None, severity: en, message: &message, help: &help };
                draw::json_at(&said, None, &Sources::default())
            }
        };
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Writes a result to standard output. A reader that has gone away is no failure.
    pub(crate) fn result(text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::Write { path: "stdout".to_owned(), error })
            }
            _ => Ok(()),
        }
    }
}

/// Lets a bug of Panmen end in a request to report it and the exit code for bugs.
pub(crate) fn report_bugs() {
    std::panic::set_hook(Box::new(|bug| {
        let _ = io::stderr().lock().write_all(bug_report(&bug.to_string()).as_bytes());
        std::process::exit(BUG);
    }));
}

/// Said in both languages: where a bug is, nothing is known of the arguments for sure.
fn bug_report(bug: &str) -> String {
    let bug = draw::harmless(bug);
    format!(
        "error: this is a bug of Panmen {version}: {bug}\n  \
         = help: please report it with the command, the pack and the profile\n\
         错误: 这是 Panmen {version} 的程序缺陷\n  \
         = 修改建议: 请将所用命令、规则包和企业信息表一并反馈给开发者\n",
        version = env!("CARGO_PKG_VERSION")
    )
}

/// The language that the environment asks for.
fn environment_lang() -> Lang {
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let asked =
        set("PANMEN_LANG").or_else(|| set("LC_ALL")).or_else(|| set("LC_MESSAGES")).or_else(|| set("LANG"));
    if asked.is_some_and(|asked| asked.to_lowercase().starts_with("zh")) { Lang::Zh } else { Lang::En }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bug_asks_to_be_reported_in_both_languages() {
        let told = bug_report("panicked at src/x.rs:1:2:\n\u{1b}[31m");
        assert!(told.contains("this is a bug of Panmen") && told.contains("please report it"), "{told}");
        assert!(told.contains("程序缺陷") && told.contains("src/x.rs:1:2"), "{told}");
        assert!(!told.contains('\u{1b}'), "{told}");
    }
}
