//! `panmen new profile`: an empty profile to fill in.

use super::DONE;
use crate::args::{Args, NewProfileArgs};
use crate::command::report::{edition_on, is_json, today};
use crate::console::Console;
use crate::failure::Failure;
use crate::load;
use crate::output;
use crate::packs::Shelf;
use panmen::diagnostic::any_error;
use panmen::profile::{self, Form};
use panmen::source::Sources;
use panmen::wording::Wording;
use panmen::yaml::{self, Limits};
use panmen::{plan, template};
use std::io;

pub(super) fn run(
    new: &NewProfileArgs,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<u8, Failure> {
    let found = Shelf { sources, further: &args.packs }.find(new.pack.as_deref())?;
    let as_of = new.as_of.unwrap_or_else(today);
    let edition = edition_on(&found, as_of, args, sources)?;
    let (checked, problems) = Shelf { sources, further: &args.packs }.check(&found, edition, Some(as_of));
    let Some(checked) = checked else { return Err(Failure::Refused(problems)) };
    let last = match &new.from {
        None => None,
        Some(path) => {
            let loaded = load::profile(path, io::stdin().lock(), sources)?;
            let text = sources.get(loaded.file).map(|source| source.text.clone()).unwrap_or_default();
            let (node, mut problems) = yaml::parse(loaded.file, &text, Limits::FILE);
            let Some(node) = node else { return Err(Failure::Refused(problems)) };
            let form = if is_json(path, &text) { Form::Json } else { Form::Yaml };
            let (profile, found) = profile::profile(&node, &checked, form);
            problems.extend(found);
            if any_error(&problems) {
                return Err(Failure::Refused(problems));
            }
            profile
        }
    };
    let plan = plan::plan(&checked, as_of);
    let wording = Wording { plan: &plan, lang: console.lang, show_personal: false };
    let text = template::template(&wording, last.as_ref());
    match &new.output {
        None => Console::result(&text)?,
        // Somebody's answers are never written over.
        Some(path) => output::write_new(path, &text)?,
    }
    Ok(DONE)
}
