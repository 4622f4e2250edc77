//! Pack texts, facts and dates to answers and decisions, written out so that a table can be compared.

use panmen::answer::{Answer, FactPath, May, Words};
use panmen::check::{Checked, check};
use panmen::diagnostic::{Diagnostic, Lang, Severity};
use panmen::explain::path_text;
use panmen::graph::Ty;
use panmen::json::failure_word;
use panmen::number::{Interval, Number};
use panmen::plan::Plan;
use panmen::profile::{Form, Profile, facts};
use panmen::read::{Bundle, read};
use panmen::source::{FileId, Sources};
use panmen::value::Date;
use panmen::yaml::{Limits, parse};

/// The header that every pack of the tests has.
pub(crate) const HEADER: &str = "pack: tables\nedition: one\ntitle: Tables\nauthor: Panmen contributors\n\
    policy_issuer: Nobody\ncontact: unpublished\nappeal: unpublished\nstatus: illustrative\ncurrency: CNY\n\
    in_force: {from: 2000-01-01}\nsources: {law: {title: The law, dated: 2024-01-01}}\n";

/// The bundle of some files, named as they stand in a pack's folder.
pub(crate) fn bundle(sources: &mut Sources, files: &[(&str, &str)]) -> Bundle {
    let files = files.iter().map(|(name, text)| sources.add(*name, *text)).collect();
    Bundle { files, used: Vec::new() }
}

/// Reads and checks a bundle.
pub(crate) fn checked(sources: &Sources, bundle: &Bundle) -> Result<Checked, Vec<Diagnostic>> {
    let (pack, mut problems) = read(sources, bundle);
    let Some(pack) = pack else { return Err(problems) };
    let (checked, more) = check(pack);
    problems.extend(more);
    checked.ok_or(problems)
}

/// A pack of one file.
pub(crate) fn pack(text: &str) -> Checked {
    let mut sources = Sources::default();
    let bundle = bundle(&mut sources, &[("pack.yaml", text)]);
    checked(&sources, &bundle).unwrap_or_else(|problems| panic!("{}\nin\n{text}", told(&sources, &problems)))
}

/// A pack that imports another by that one's own name, with these sections after its header.
pub(crate) fn importing(used: &str, text: &str, sections: &str) -> Result<Checked, String> {
    let mut sources = Sources::default();
    let imported = bundle(&mut sources, &[(format!("{used}/pack.yaml").as_str(), text)]);
    let text = format!("{HEADER}uses: {{{used}: {used}}}\n{sections}");
    let mut own = bundle(&mut sources, &[("own/pack.yaml", text.as_str())]);
    own.used.push((used.to_owned(), imported));
    checked(&sources, &own).map_err(|problems| told(&sources, &problems))
}

/// The errors, with what each is about.
pub(crate) fn told(sources: &Sources, problems: &[Diagnostic]) -> String {
    let line = |problem: &Diagnostic| {
        let at = problem.span.map(|span| sources.slice(span).to_owned());
        format!("{} {at:?}: {}", problem.code(), problem.message(Lang::En))
    };
    let errors = problems.iter().filter(|problem| problem.severity() == Severity::Error);
    errors.map(line).collect::<Vec<_>>().join("\n")
}

/// The facts of a firm, in YAML.
pub(crate) fn firm(checked: &Checked, text: &str) -> Profile {
    let (node, problems) = parse(FileId(0), text, Limits::FILE);
    let node = node.unwrap_or_else(|| panic!("{problems:?}\nin {text}"));
    let (profile, problems) = facts(&node, checked, Form::Yaml);
    let said = || problems.iter().map(|problem| problem.message(Lang::En)).collect::<Vec<_>>().join("\n");
    profile.unwrap_or_else(|| panic!("{}\nin {text}", said()))
}

/// A day.
pub(crate) fn day(text: &str) -> Date {
    Date::parse(text).unwrap_or_else(|| panic!("no day: {text}"))
}

/// Paths as people write them, sorted.
pub(crate) fn paths<'a>(plan: &Plan<'_>, paths: impl IntoIterator<Item = &'a FactPath>) -> Vec<String> {
    let mut paths: Vec<String> = paths.into_iter().map(|path| path_text(plan, *path)).collect();
    paths.sort();
    paths
}

fn end(ty: &Ty, number: Number) -> String {
    match (ty, number.to_i64()) {
        (Ty::Date, Some(number)) => Date::from_day_number(number).map_or_else(String::new, |d| d.to_string()),
        _ => number.to_string(),
    }
}

/// A range as it stands in a table.
pub(crate) fn range(ty: &Ty, interval: Interval) -> String {
    let end = |number: Option<Number>| number.map_or_else(String::new, |number| end(ty, number));
    match interval.single() {
        Some(number) => self::end(ty, number),
        None if interval == Interval::ALL => "any".to_owned(),
        None => format!("{}..{}", end(interval.low), end(interval.high)),
    }
}

/// An answer as it stands in a table: what it may be, whether it may fail, what it waits for.
pub(crate) fn answer(plan: &Plan<'_>, ty: &Ty, answer: &Answer) -> String {
    let failure = answer.failure.map(failure_word);
    let mut text = match &answer.may {
        May::Truth { yes: true, no: true } => "unknown".to_owned(),
        May::Truth { yes, .. } => if *yes { "yes" } else { "no" }.to_owned(),
        May::Number(interval) => range(ty, *interval),
        May::Word(Words::Any) => "any".to_owned(),
        May::Word(Words::Of(words)) => words.iter().map(|word| &**word).collect::<Vec<_>>().join("|"),
        May::Outcomes(bits) => format!("outcomes {bits:b}"),
        May::Nothing => format!("error {}", failure.unwrap_or("without a reason")),
    };
    if let (Some(failure), false) = (failure, answer.is_error()) {
        text = format!("{text} or error {failure}");
    }
    let awaits = paths(plan, &answer.awaits);
    if awaits.is_empty() { text } else { format!("{text}: {}", awaits.join(", ")) }
}
