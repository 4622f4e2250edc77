//! `panmen report`: one firm or several, each against the edition in force on its date.

pub(super) mod recorded;

use super::DONE;
use crate::args::{Args, AudienceArg, Format, ReportArgs};
use crate::console::Console;
use crate::failure::Failure;
use crate::load::{self, Given};
use crate::output::{Target, pretty, write};
use crate::packs::{Found, Shelf};
use crate::recorded::{Shelves, worse};
use panmen::check::Checked;
use panmen::decision::{self, Decision, LadderOutcome, MeasureOutcome};
use panmen::diagnostic::{Diagnostic, any_error};
use panmen::doc;
use panmen::json;
use panmen::plan::{self, Plan};
use panmen::profile::{self, Form, Profile};
use panmen::read::Peek;
use panmen::record;
use panmen::source::Sources;
use panmen::value::Date;
use panmen::view;
use panmen::yaml::{self, Limits, Node};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The exit code of a firm that gets nothing.
const NOT_ELIGIBLE: u8 = 10;
/// The exit code of a firm about which nothing is decided yet.
const OPEN: u8 = 11;

pub(super) fn run(
    report: &ReportArgs,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<u8, Failure> {
    let found = Shelf { sources, further: &args.packs }.find(report.pack.as_deref())?;
    found.notices.iter().for_each(|notice| console.notice(notice));
    if report.output.is_none() && report.format == Format::Html && report.firms.len() > 1 {
        return Err(Failure::OneFileEach { format: "html" });
    }
    let into = Target::of(report.output.as_deref(), &report.firms, report.format.extension())?;
    let (digests, shelves) = (BTreeMap::new(), Shelves::default());
    let mut desk =
        Desk { report, args, console, found, checked: BTreeMap::new(), digests, shelves, today: None };
    let mut worst = DONE;
    let mut outcome = DONE;
    let mut written = Vec::new();
    for (index, firm) in report.firms.iter().enumerate() {
        match desk.firm(firm, sources) {
            Ok((text, code)) => {
                outcome = outcome.max(code);
                worst = worse(worst, recorded::incomplete(code));
                match &into {
                    Target::Stdout => written.push(text),
                    Target::File(path) => write(path, &text)?,
                    Target::Files(files) => {
                        files.get(index).map_or(Ok(()), |path| write(path, &text))?;
                    }
                }
            }
            Err(failure) => {
                console.failure(&failure, sources);
                worst = worse(worst, failure.exit_code());
            }
        }
    }
    if let Target::Stdout = into {
        Console::result(&joined(&written, report.format, report.firms.len()))?;
    }
    Ok(if worst == DONE && report.exit_outcome { outcome } else { worst })
}

/// Several reports on one output: texts one after the other, documents as one JSON array.
fn joined(texts: &[String], format: Format, asked: usize) -> String {
    match format {
        Format::Json if asked > 1 => {
            let items: Vec<&str> = texts.iter().map(|text| text.trim_end()).collect();
            format!("[\n{}\n]\n", items.join(",\n"))
        }
        // Documents of one stream, as YAML has them.
        Format::Yaml => texts.join("---\n"),
        Format::Markdown => texts.join("\n---\n\n"),
        // Of HTML there is never more than one.
        Format::Text | Format::Json | Format::Html => texts.join("\n"),
    }
}

/// What is needed for every firm of one call.
struct Desk<'a> {
    report: &'a ReportArgs,
    args: &'a Args,
    console: &'a Console,
    found: Found,
    /// Checked editions, by place and, where a pack imports others, by date.
    checked: BTreeMap<(usize, Option<Date>), Option<Checked>>,
    /// The digests of those editions, where the report is to show them.
    digests: BTreeMap<(usize, Option<Date>), String>,
    /// The packs of records.
    shelves: Shelves,
    today: Option<Date>,
}

impl Desk<'_> {
    /// The report of one firm and the exit code of its outcome.
    fn firm(&mut self, firm: &str, sources: &mut Sources) -> Result<(String, u8), Failure> {
        let loaded = match load::given(firm, io::stdin().lock(), recorded::is_record, sources)? {
            Given::Record(bytes) => return self.recorded(firm, &bytes, sources),
            Given::Profile(loaded) => loaded,
        };
        let text = sources.get(loaded.file).map(|source| source.text.clone()).unwrap_or_default();
        let form = if is_json(firm, &text) { Form::Json } else { Form::Yaml };
        let (node, problems) = yaml::parse(loaded.file, &text, Limits::FILE);
        let Some(node) = node else { return Err(Failure::Refused(problems)) };
        let as_of = self.as_of(&node);
        let key = self.edition(as_of, sources).map_err(|failure| self.as_asked(failure, &node))?;
        let Some(checked) = self.checked.get(&key).and_then(Option::as_ref) else {
            return Err(Failure::Refused(Vec::new()));
        };
        let (profile, found) = profile::profile(&node, checked, form);
        let problems: Vec<Diagnostic> = problems.into_iter().chain(found).collect();
        let Some(profile) = profile.filter(|_| !any_error(&problems)) else {
            return Err(Failure::Refused(problems));
        };
        self.console.problems(&problems, sources);
        let plan = plan::plan(checked, as_of);
        let decision = decision::decide(&plan, &profile);
        let digest = self.digests.get(&key).map(String::as_str);
        let doc = || {
            let doc = self.doc(&plan, &profile, &decision);
            digest.iter().fold(doc, |doc, digest| record::under(doc, digest))
        };
        Ok((self.render(&plan, &profile, &decision, doc), exit_code(&decision)))
    }

    /// The command line wins, then the profile, then today.
    fn as_of(&mut self, node: &Node) -> Date {
        let given = self.report.as_of.or_else(|| profile::as_of(node));
        let misspelled = node.get("as_of").is_some_and(|node| !node.is_null());
        match given {
            Some(day) => day,
            // Refused when the profile is read; until then any edition will do to tell what else is wrong.
            None if misspelled => {
                let first = self.found.editions.first().and_then(|edition| edition.peek.in_force.from);
                first.unwrap_or(Date::EARLIEST)
            }
            None => *self.today.get_or_insert_with(today),
        }
    }

    /// Where the profile names the date, it is there that no edition is in force.
    fn as_asked(&self, failure: Failure, node: &Node) -> Failure {
        let place = node.entry("as_of").map(|entry| entry.value.span);
        let own = place.filter(|_| self.report.as_of.is_none() && profile::as_of(node).is_some());
        match (failure, own) {
            (Failure::Refused(mut problems), Some(place)) => {
                for problem in &mut problems {
                    if problem.code() == "PK044" {
                        problem.span = Some(place);
                    }
                }
                Failure::Refused(problems)
            }
            (failure, _) => failure,
        }
    }

    /// The edition in force, checked once.
    fn edition(&mut self, as_of: Date, sources: &mut Sources) -> Result<(usize, Option<Date>), Failure> {
        let edition = edition_on(&self.found, as_of, self.args, sources)?;
        let imports = self.found.editions.get(edition).is_some_and(|edition| !edition.peek.uses.is_empty());
        let key = (edition, imports.then_some(as_of));
        if !self.checked.contains_key(&key) {
            let mut shelf = Shelf { sources, further: &self.args.packs };
            let (bundle, missing) = shelf.assemble(&self.found, edition, Some(as_of));
            let (checked, problems) = shelf.judge(&bundle, missing);
            let refused = checked.is_none();
            self.checked.insert(key, checked);
            if refused {
                return Err(Failure::Refused(problems));
            }
            if self.is_whole() {
                self.digests.insert(key, record::pack_digests(sources, &bundle)?.source);
            }
        }
        Ok(key)
    }

    /// True if the report leaves nothing out.
    fn is_whole(&self) -> bool {
        self.report.explain || self.report.audience == AudienceArg::Auditor
    }

    fn doc(&self, plan: &Plan<'_>, profile: &Profile, decision: &Decision) -> doc::Doc {
        let options = view::Options {
            audience: self.report.audience.into(),
            explain: self.report.explain,
            show_personal: self.report.show_personal,
        };
        view::decision(plan, profile, decision, self.console.lang, options)
    }

    fn render(
        &self,
        plan: &Plan<'_>,
        profile: &Profile,
        decision: &Decision,
        doc: impl Fn() -> doc::Doc,
    ) -> String {
        self.draw(doc).unwrap_or_else(|| {
            let document = json::decision(plan, profile, decision, self.report.show_personal);
            written(&document, self.report.format)
        })
    }
}

/// A document for machines, as JSON where no YAML is asked for.
pub(super) fn written(document: &impl Serialize, format: Format) -> String {
    match format {
        Format::Yaml => quoted(&serde_yaml::to_string(document).unwrap_or_default()),
        _ => pretty(document),
    }
}

/// YAML in which a value that readers of YAML 1.1 would take for a boolean stands in quotes: the library
/// writes YAML 1.2, in which it is a text.
fn quoted(yaml: &str) -> String {
    const BOOLEANS: [&str; 8] = ["yes", "no", "on", "off", "y", "n", "true", "false"];
    let mut text = String::with_capacity(yaml.len());
    // The indentation of the key whose text goes on over several lines.
    let mut block: Option<usize> = None;
    for line in yaml.lines() {
        let indent = line.len().saturating_sub(line.trim_start().len());
        if block.is_some_and(|block| indent > block || line.is_empty()) {
            text.push_str(line);
            text.push('\n');
            continue;
        }
        let items = line.trim_start().trim_start_matches("- ");
        let value = items.split_once(": ").map_or(items, |(_, value)| value);
        block = value.starts_with(['|', '>']).then_some(indent);
        match line.strip_suffix(value) {
            Some(before) if BOOLEANS.contains(&value.to_lowercase().as_str()) => {
                text.push_str(before);
                text.push('\'');
                text.push_str(value);
                text.push('\'');
            }
            _ => text.push_str(line),
        }
        text.push('\n');
    }
    text
}

/// JSON by its name, or by its first character where it comes from standard input.
pub(super) fn is_json(firm: &str, text: &str) -> bool {
    Path::new(firm).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
        || (firm == "-" && text.trim_start().starts_with('{'))
}

/// What one firm's outcome means for the exit code: something is reached, something is open, or neither.
fn exit_code(decision: &Decision) -> u8 {
    let ladders = decision.ladders.iter().map(|result| result.outcome);
    let measures = decision.measures.iter().map(|result| result.outcome);
    let reached = ladders.clone().any(|outcome| matches!(outcome, LadderOutcome::Level(_)))
        || measures.clone().any(|outcome| outcome == MeasureOutcome::Eligible);
    let open = ladders.clone().any(|outcome| {
        matches!(outcome, LadderOutcome::Undetermined | LadderOutcome::Referred | LadderOutcome::Error)
    }) || measures.clone().any(|outcome| {
        matches!(outcome, MeasureOutcome::Undetermined | MeasureOutcome::Referred | MeasureOutcome::Error)
    });
    match (reached, open) {
        (true, _) => DONE,
        (false, true) => OPEN,
        (false, false) => NOT_ELIGIBLE,
    }
}

/// The edition of a pack that is in force on a day.
pub(super) fn edition_on(
    found: &Found,
    as_of: Date,
    args: &Args,
    sources: &mut Sources,
) -> Result<usize, Failure> {
    let peeks: Vec<Peek> = found.editions.iter().map(|edition| edition.peek.clone()).collect();
    plan::edition(&peeks, as_of).map_err(|problems| {
        // A pack that cannot be read at all says more than that it is not in force.
        let (_, unread) = Shelf { sources, further: &args.packs }.check(found, 0, Some(as_of));
        Failure::Refused(if any_error(&unread) { unread } else { problems })
    })
}

/// Today in the time zone of this machine: the one clock of Panmen.
pub(super) fn today() -> Date {
    let now = jiff::ZonedDateTime::now();
    Date::new(now.year(), now.month(), now.day()).unwrap_or(Date::EARLIEST)
}
