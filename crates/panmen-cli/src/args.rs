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
    /// Decide on one firm and write the record of the decision
    Decide(DecideArgs),
    /// Check records, and make their decisions again
    Replay(ReplayArgs),
    /// Write a copy of a record without some of its facts; its digests still hold
    Redact(RedactArgs),
    /// Show what differs between two editions of rules, or two recorded decisions
    Diff(DiffArgs),
    /// Show what a change of rules does to firms
    Impact(ImpactArgs),
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
    with --exit-outcome also 10 not eligible, 11 undetermined or referred. \
    A record is checked and decided again first: 1 it comes out otherwise, 4 changed after it was written, \
    5 its pack or facts are missing; it brings its own pack and date.")]
pub(crate) struct ReportArgs {
    /// Profiles of firms in YAML or JSON, or records of decisions; `-` is standard input
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

/// Options of `panmen decide`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 done, 2 usage, 3 input refused, 6 cannot read or write.")]
pub(crate) struct DecideArgs {
    /// The profile of a firm in YAML or JSON; `-` is standard input
    #[arg(value_name = "FIRM")]
    pub(crate) firm: String,

    /// Folder of a rule pack, or the id of one that is built in or lies in a folder of --packs
    #[arg(long, value_name = "PACK")]
    pub(crate) pack: Option<String>,

    /// Decision date; else the profile's `as_of`. A record never takes the day it is written on
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of: Option<Date>,

    /// Write the record to this file; an existing one is left as it is
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Keep the pack in this folder, by its digest, so that the record can always be replayed
    #[arg(long, value_name = "DIR")]
    pub(crate) archive: Option<PathBuf>,

    /// Accept that the decision rests on assumed values, and why; the record keeps the reason
    #[arg(long, value_name = "REASON")]
    pub(crate) accept_assumed: Option<String>,

    /// Make the salts from this text rather than at random: for fixtures, which must come out the same
    #[arg(long, value_name = "TEXT")]
    pub(crate) salt_seed: Option<String>,

    /// When it was decided, in UTC
    #[arg(long, value_name = "YYYY-MM-DDTHH:MM:SSZ", value_parser = instant)]
    pub(crate) decided_at: Option<String>,

    /// Who decided
    #[arg(long, value_name = "WHO")]
    pub(crate) actor: Option<String>,

    /// The digest of the record that this one takes the place of
    #[arg(long, value_name = "DIGEST", value_parser = record_digest)]
    pub(crate) supersedes: Option<String>,

    /// A number of your own for the decision
    #[arg(long, value_name = "KEY")]
    pub(crate) idempotency_key: Option<String>,
}

/// Options of `panmen replay`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 all hold and come out again, 1 an outcome differs, 2 usage, or a folder \
    without records, 3 no record, 4 changed after it was written, 5 the pack, the semantics or facts are missing, 6 cannot read. \
    Of several records the worst counts, in the order 4, 1, 3, 6, 5, 0. \
    A record with every digest forged can only be told from a register: none is asked."
)]
pub(crate) struct ReplayArgs {
    /// Records, or folders of records (`*.json`)
    #[arg(required = true, value_name = "RECORD|DIR")]
    pub(crate) records: Vec<String>,

    /// Write the results to this file as well, as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
}

/// Options of `panmen redact`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 done, 2 usage, 3 no record or no such fact, \
    4 the record was changed after it was written, 6 cannot read or write.")]
pub(crate) struct RedactArgs {
    /// The record
    #[arg(value_name = "RECORD")]
    pub(crate) record: String,

    /// The fact to leave out, as the record writes it, with all below it; may be repeated
    #[arg(long, required = true, value_name = "PATH")]
    pub(crate) path: Vec<String>,

    /// Write to this file; an existing one is left as it is
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Options of `panmen diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 compared, whether or not anything differs, 2 usage, 3 an input is \
    refused, 4 a record was changed after it was written, 5 the pack of a record is missing, \
    6 cannot read or write.")]
pub(crate) struct DiffArgs {
    /// The older: folder of an edition, id of a pack, or a record
    #[arg(value_name = "OLD")]
    pub(crate) old: String,

    /// The newer, of the same kind
    #[arg(value_name = "NEW")]
    pub(crate) new: String,

    /// How the difference is written
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(crate) format: DiffFormat,

    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Show facts about persons in records, which are masked otherwise
    #[arg(long)]
    pub(crate) show_personal: bool,
}

/// The formats of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DiffFormat {
    /// For people, at most 80 columns
    Text,
    /// For people, as GitHub-flavoured Markdown
    Markdown,
    /// For people, as one file to look at and print, without script
    Html,
    /// One document, `panmen/diff/1`
    Json,
}

impl DiffFormat {
    /// What a file of this format is called.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
        }
    }
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
    /// Made-up firms at the figures of a pack, one JSON profile a line
    Population(NewPopulationArgs),
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

/// Options of `panmen new population`.
#[derive(Debug, clap::Args)]
pub(crate) struct NewPopulationArgs {
    /// Folder or id of a rule pack
    #[arg(long, value_name = "PACK")]
    pub(crate) pack: Option<String>,

    /// How many firms
    #[arg(long, value_name = "N")]
    pub(crate) rows: u64,

    /// The same seed gives the same firms
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub(crate) seed: u64,

    /// Decision date; else the first day on which most measures of the pack take applications
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of: Option<Date>,

    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Options of `panmen impact`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 done, 1 what --fail-on asks for came about, 2 usage, 3 input refused, \
    6 cannot read or write."
)]
pub(crate) struct ImpactArgs {
    /// The pack as it was
    #[arg(value_name = "OLD")]
    pub(crate) old: String,

    /// The pack as it is to be
    #[arg(value_name = "NEW")]
    pub(crate) new: String,

    /// Profiles: a file with one in JSON a line, a folder of profiles or of such files, or `-` for standard input
    #[arg(long, required = true, value_name = "FILE|DIR")]
    pub(crate) firms: String,

    /// Decision date under the old pack; else the profile's, or, where the pack is not in force then, the first on
    /// which most of its measures take applications
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of_old: Option<Date>,

    /// The same for the new pack
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    pub(crate) as_of_new: Option<Date>,

    /// How the impact is written
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    pub(crate) format: Format,

    /// Write to this file
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Exit with 1 if this holds: a count, then `>` and a number. `newly_ineligible`: gates, classes, levels and
    /// measures that a firm had and surely has no more, lower levels included; `newly_eligible`: those that it newly
    /// has, higher levels included; `flipped`: firms with another outcome; `other_amounts`: firms with another amount
    /// of what they had; `cannot_judge`: verdicts that need what the profiles do not hold
    #[arg(long, value_name = "CONDITION", value_parser = fail_on)]
    pub(crate) fail_on: Option<FailOn>,
}

/// What ends an impact in exit code 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FailOn {
    pub(crate) count: Counted,
    /// More than this.
    pub(crate) above: usize,
}

/// What can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    NewlyIneligible,
    NewlyEligible,
    Flipped,
    CannotJudge,
    OtherAmounts,
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
    /// For programs, as one document: `panmen/decision/1`, and of an impact `panmen/impact/1`
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

/// An instant in UTC, in whole seconds, in its one spelling.
fn instant(text: &str) -> Result<String, String> {
    let parsed: Option<jiff::Timestamp> = text.parse().ok();
    match parsed {
        Some(instant) if instant.to_string() == text => Ok(text.to_owned()),
        Some(instant) if instant.subsec_nanosecond() == 0 => Err(format!("write it as `{instant}`")),
        _ => Err("write it in UTC and whole seconds, for example `2025-06-30T08:00:00Z`".to_owned()),
    }
}

/// The digest of a record.
fn record_digest(text: &str) -> Result<String, String> {
    let hex = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if hex { Ok(text.to_owned()) } else { Err("a digest has 64 digits 0 to 9 and a to f".to_owned()) }
}

/// `newly_ineligible > 0`
fn fail_on(text: &str) -> Result<FailOn, String> {
    let help = "write for example `newly_ineligible > 0`; also `newly_eligible`, `flipped`, `other_amounts`, `cannot_judge`";
    let (word, above) = text.split_once('>').ok_or(help)?;
    let count = match word.trim() {
        "newly_ineligible" => Counted::NewlyIneligible,
        "newly_eligible" => Counted::NewlyEligible,
        "flipped" => Counted::Flipped,
        "cannot_judge" => Counted::CannotJudge,
        "other_amounts" => Counted::OtherAmounts,
        _ => return Err(help.to_owned()),
    };
    let above = above.trim().parse().map_err(|_| help)?;
    Ok(FailOn { count, above })
}
