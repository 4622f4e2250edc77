//! `panmen test`: runs the examples of packs.

use super::{DONE, FINDINGS, REFUSED};
use crate::args::{Args, TestArgs};
use crate::console::Console;
use crate::draw::harmless;
use crate::failure::Failure;
use crate::packs::{Found, Shelf};
use panmen::check::Checked;
use panmen::diagnostic::{Diagnostic, Lang, PackProblem, any_error};
use panmen::example::{self, Example, Mismatch};
use panmen::plan;
use panmen::read::Peek;
use panmen::source::{Sources, Span};
use panmen::value::Date;
use std::collections::BTreeMap;

pub(super) fn run(
    test: &TestArgs,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<u8, Failure> {
    let mut worst = DONE;
    for name in &test.packs_to_test {
        let found = match (Shelf { sources, further: &args.packs }).find(Some(name)) {
            Ok(found) => found,
            Err(failure) => {
                console.failure(&failure, sources);
                worst = worst.max(failure.exit_code());
                continue;
            }
        };
        worst = worst.max(pack(&found, args, console, sources)?);
    }
    Ok(worst)
}

/// Runs the examples of one pack.
fn pack(found: &Found, args: &Args, console: &Console, sources: &mut Sources) -> Result<u8, Failure> {
    found.notices.iter().for_each(|notice| console.notice(notice));
    let own = found.editions.iter().flat_map(|edition| edition.examples.iter());
    let files: Vec<_> = own.chain(&found.examples).copied().collect();
    let (examples, problems) = example::read(sources, &files);
    console.problems(&problems, sources);
    if examples.is_empty() && any_error(&problems) {
        return Ok(REFUSED);
    }
    if examples.is_empty() {
        let place = found.editions.first().map_or_else(Span::default, |edition| edition.peek.span);
        console.problems(&[Diagnostic::new(PackProblem::NoExamples {}, place)], sources);
        return Ok(FINDINGS);
    }
    let mut editions: BTreeMap<(usize, Date), Option<Checked>> = BTreeMap::new();
    // With a flaw among the examples none is said to hold; what is misspelt in the others is told all
    // the same.
    let flawed = any_error(&problems);
    let mut told: Vec<Diagnostic> = Vec::new();
    let (mut passed, mut failed, mut refused) = (0_usize, 0_usize, flawed);
    for example in &examples {
        let checked = match edition_of(found, example) {
            Ok(edition) => {
                // Without imports an edition is the same on every day.
                let imports =
                    found.editions.get(edition).is_some_and(|edition| !edition.peek.uses.is_empty());
                let key = (edition, if imports { example.as_of } else { fixed_day(found, edition, example) });
                editions.entry(key).or_insert_with(|| {
                    let (checked, problems) =
                        Shelf { sources, further: &args.packs }.check(found, edition, Some(example.as_of));
                    console.errors(&problems, sources);
                    checked
                });
                editions.get(&key).and_then(Option::as_ref)
            }
            Err(problems) => {
                console.problems(&problems, sources);
                None
            }
        };
        let Some(checked) = checked else {
            refused = true;
            continue;
        };
        let outcome = example::run(example, checked);
        if outcome.holds() {
            passed = passed.saturating_add(1);
        } else {
            failed = failed.saturating_add(1);
            if !flawed {
                Console::result(&shown(example, &outcome.mismatches, console.lang, sources))?;
                console.mismatches(&outcome.mismatches, sources);
            }
            // A fact of a background is wrong in every example that has it.
            let new: Vec<Diagnostic> =
                outcome.diagnostics.into_iter().filter(|problem| !told.contains(problem)).collect();
            console.errors(&new, sources);
            told.extend(new);
        }
    }
    if flawed {
        return Ok(REFUSED);
    }
    Console::result(&match console.lang {
        Lang::En => format!("{}: {passed} examples hold, {failed} do not\n", found.name),
        Lang::Zh => format!("{}：{passed} 个示例符合预期，{failed} 个不符\n", found.name),
    })?;
    Ok(if refused {
        REFUSED
    } else if failed > 0 {
        FINDINGS
    } else {
        DONE
    })
}

fn edition_of(found: &Found, example: &Example) -> Result<usize, Vec<Diagnostic>> {
    let peeks: Vec<Peek> = found.editions.iter().map(|edition| edition.peek.clone()).collect();
    plan::edition(&peeks, example.as_of)
}

fn fixed_day(found: &Found, edition: usize, example: &Example) -> Date {
    found.editions.get(edition).and_then(|edition| edition.peek.in_force.from).unwrap_or(example.as_of)
}

/// An example that does not hold: its name and place, then what was expected and what was found.
fn shown(example: &Example, mismatches: &[Mismatch], lang: Lang, sources: &Sources) -> String {
    let place = |span: Span| {
        let name = sources.get(span.file).map(|source| source.name.to_string()).unwrap_or_default();
        sources.line_column(span).map(|(line, column)| format!("{name}:{line}:{column}")).unwrap_or(name)
    };
    let name = harmless(&example.name);
    let title = match lang {
        Lang::En => format!("FAILED {name} ({})\n", place(example.span)),
        Lang::Zh => format!("不符 {name}（{}）\n", place(example.span)),
    };
    let lines = mismatches.iter().map(|mismatch| {
        let (message, place) = (harmless(&mismatch.message(lang)), place(mismatch.span));
        match lang {
            Lang::En => format!("  {message} ({place})\n"),
            Lang::Zh => format!("  {message}（{place}）\n"),
        }
    });
    std::iter::once(title).chain(lines).collect()
}
