//! `panmen diff`: two editions of rules, or two recorded decisions, side by side.

use super::DONE;
use super::report::recorded::of_file;
use crate::args::{Args, DiffArgs, DiffFormat};
use crate::console::Console;
use crate::failure::Failure;
use crate::output::{Target, pretty};
use crate::packs::Shelf;
use crate::recorded::Shelves;
use panmen::diff::{self, Diff};
use panmen::doc;
use panmen::read::Bundle;
use panmen::record::{self, Names, PackDigests, Record};
use panmen::source::Sources;
use std::collections::BTreeSet;

pub(super) fn run(
    diff: &DiffArgs,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<u8, Failure> {
    // There is one result of two inputs, and it may take the place of neither.
    let old = std::slice::from_ref(&diff.old);
    let target = Target::of(diff.output.as_deref(), old, diff.format.extension())?;
    target.spare(std::slice::from_ref(&diff.new))?;
    let found = match (of_file(&diff.old), of_file(&diff.new)) {
        (Some(old), Some(new)) => {
            let (old, new) = (record::verify(&old)?, record::verify(&new)?);
            records(diff, (&old, &new), args, sources)?
        }
        (None, None) => {
            let (old, old_digests) = pack(&diff.old, args, console, sources)?;
            let (new, new_digests) = pack(&diff.new, args, console, sources)?;
            diff::packs(sources, (&old, &old_digests), (&new, &new_digests))
        }
        _ => return Err(Failure::OfTwoKinds),
    };
    let text = draw(&found, diff.format, console);
    target.write(&text)?;
    Ok(DONE)
}

fn draw(found: &Diff, format: DiffFormat, console: &Console) -> String {
    let page = || diff::page(found, console.lang);
    match format {
        DiffFormat::Text => doc::text(&page(), Console::width()),
        DiffFormat::Markdown => doc::markdown(&page()),
        DiffFormat::Html => doc::html(&page()),
        DiffFormat::Json => pretty(&found.document()),
    }
}

/// One edition of a pack, checked.
fn pack(
    name: &str,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<(Bundle, PackDigests), Failure> {
    let found = Shelf { sources, further: &args.packs }.find(Some(name))?;
    found.notices.iter().for_each(|notice| console.notice(notice));
    if found.editions.len() > 1 {
        let editions = found.editions.iter().map(|edition| edition.peek.edition.clone()).collect();
        return Err(Failure::WhichEdition { pack: found.name, editions });
    }
    let mut shelf = Shelf { sources, further: &args.packs };
    let (bundle, missing) = shelf.assemble(&found, 0, None);
    let (checked, problems) = shelf.judge(&bundle, missing);
    if checked.is_none() {
        return Err(Failure::Refused(problems));
    }
    let digests = record::pack_digests(sources, &bundle)?;
    Ok((bundle, digests))
}

/// Two records; their packs say what things are called and which facts are about persons.
fn records(
    diff: &DiffArgs,
    (old, new): (&Record, &Record),
    args: &Args,
    sources: &mut Sources,
) -> Result<Diff, Failure> {
    let mut shelves = Shelves::default();
    let mut personal: BTreeSet<String> = BTreeSet::new();
    let mut names = Names::default();
    for (record, path) in [(old, &diff.old), (new, &diff.new)] {
        let pack = &shelves.pack(record, path, &args.packs, sources)?.checked.pack;
        personal.extend(pack.facts.iter().filter(|fact| fact.personal).map(|fact| fact.id.text.clone()));
        names.add(pack);
    }
    let withheld = |fact: &str| !diff.show_personal && personal.contains(fact);
    Ok(diff::records(old, new, &names, &withheld))
}
