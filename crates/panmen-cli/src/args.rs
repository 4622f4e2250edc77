//! The one list of commands and options; help, completions and the manual derive from it.

use clap::{Parser, Subcommand, ValueEnum};
use panmen::diagnostic::Lang;
use panmen::value::Date;
use panmen::view::Audience;
use std::path::PathBuf;

/// Checks a firm's profile against a rule pack: who is eligible, for what, why, and what is missing.
#[derive(Debug, Parser)]
#[command(name = "panmen", version, propagate_version = true, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// Language of reports and problems; else `PANMEN_LANG`, else the locale. It never changes a result
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub(crate) lang: Option<LangArg>,

    /// How problems are written to standard error
    #[arg(long, global = true, value_enum, value_name = "FORMAT", default_value = "human")]
    pub(crate) message_format: MessageFormat,

    /// Folder with further packs, for `--pack ID` and for packs that others import; may be repeated
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) packs: Vec<PathBuf>,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the eligibility report of one firm or several
    Report(ReportArgs),
    /// Read and check packs
    Lint(LintArgs),
    /// Run the examples of packs
    Test(TestArgs),
    /// Write an empty profile to fill in, with every question as a comment
    New {
        #[command(subcommand)]
        what: New,
    },
    /// Show a pack, or one entry of it: its text, citation, and where it is used
    Show(ShowArgs),
    /// Write the completions of a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Write the manual page
    Man,
}

/// Options of `panmen report`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 done, 2 usage, 3 input refused, 6 cannot read or write; \
    with --exit-outcome also 10 not eligible, 11 undetermined or referred.")]
pub(crate) struct ReportArgs {
    /// Profiles of firms in YAML or JSON; `-` is standard input
    #[arg(required = true, value_name = "FIRM")]
    pub(crate) firms: Vec<String>,

    /// Folder of a rule pack, or the id of one that is built in or lies in a folder of --packs
    #[arg(long, value_name = "PACK")]
    pub(crate) pack: Option<String>,

    /// Decision date; else the profile's `as_of`, else today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of: Option<Date>,

    /// How the report is written
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(crate) format: Format,

    /// Write to this file; with several firms, or if it is a folder, one file each into this folder
    #[arg(short, long, value_name = "FILE|DIR")]
    pub(crate) output: Option<PathBuf>,

    /// Whom the report is for
    #[arg(long = "for", value_enum, default_value = "firm", value_name = "WHOM")]
    pub(crate) audience: AudienceArg,

    /// Add every criterion with its values, citations and the facts used
    #[arg(long)]
    pub(crate) explain: bool,

    /// Show facts about persons, which are masked otherwise
    #[arg(long)]
    pub(crate) show_personal: bool,

    /// Let the exit code tell the outcome: 10 not eligible, 11 undetermined or referred
    #[arg(long)]
    pub(crate) exit_outcome: bool,
}

/// Options of `panmen lint`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 nothing found, 1 warnings, 2 usage, 3 a pack is refused, 6 cannot read."
)]
pub(crate) struct LintArgs {
    /// Folders or ids of rule packs
    #[arg(required = true, value_name = "PACK")]
    pub(crate) packs_to_check: Vec<String>,
}

/// Options of `panmen test`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 all hold, 1 some do not, 2 usage, 3 a pack is refused, 6 cannot read.")]
pub(crate) struct TestArgs {
    /// Folders or ids of rule packs
    #[arg(required = true, value_name = "PACK")]
    pub(crate) packs_to_test: Vec<String>,
}

/// What `panmen new` writes.
#[derive(Debug, Subcommand)]
pub(crate) enum New {
    /// A profile of a firm, as a template
    Profile(NewProfileArgs),
}

/// Options of `panmen new profile`.
#[derive(Debug, clap::Args)]
pub(crate) struct NewProfileArgs {
    /// Folder or id of a rule pack
    #[arg(long, value_name = "PACK")]
    pub(crate) pack: Option<String>,

    /// Decision date; else today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of: Option<Date>,

    /// Last year's profile: what does not change and what is past is kept, the rest is cleared
    #[arg(long, value_name = "FIRM")]
    pub(crate) from: Option<String>,

    /// Write to this file; an existing one is left as it is
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Options of `panmen show`.
#[derive(Debug, clap::Args)]
pub(crate) struct ShowArgs {
    /// Folder or id of a rule pack
    #[arg(value_name = "PACK")]
    pub(crate) pack_to_show: String,

    /// A fact, criterion, parameter, list, gate, class, ladder, measure, evidence, source or target
    #[arg(value_name = "ID")]
    pub(crate) id: Option<String>,

    /// Which edition and which values; else today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of: Option<Date>,
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people, at most 80 columns
    Text,
    /// For people, as GitHub-flavoured Markdown
    Markdown,
    /// For people, as one file to look at and print, without script
    Html,
    /// The decision as one document, `panmen/decision/1`
    Json,
    /// The same document as YAML
    Yaml,
}

impl Format {
    /// What a file of this format is called.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
            Self::Yaml => "yaml",
        }
    }
}

/// Whom a report is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AudienceArg {
    /// One complete notice: the result, why, what is missing and where to get it
    Firm,
    /// With the papers to check, how far each fact was checked, and lines to sign
    Caseworker,
    /// With every comparison, every value of the rules and its source, every fact
    Auditor,
}

impl From<AudienceArg> for Audience {
    fn from(audience: AudienceArg) -> Self {
        match audience {
            AudienceArg::Firm => Self::Firm,
            AudienceArg::Caseworker => Self::Caseworker,
            AudienceArg::Auditor => Self::Auditor,
        }
    }
}

/// The formats of problems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// With an excerpt of the text
    Human,
    /// One JSON object a line
    Json,
}

/// The languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LangArg {
    /// English
    En,
    /// Chinese
    Zh,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::En => Self::En,
            LangArg::Zh => Self::Zh,
        }
    }
}

fn date(text: &str) -> Result<Date, String> {
    use panmen::diagnostic::Diagnostic;
    panmen::value::read_date(text).map_err(|problem| {
        let diagnostic = Diagnostic::new(problem, panmen::source::Span::default());
        format!("{}; {}", diagnostic.message(Lang::En), diagnostic.help(Lang::En))
    })
}
