//! `panmen show`: a pack, or one entry of it.

use super::DONE;
use crate::args::{Args, ShowArgs};
use crate::command::report::{edition_on, today};
use crate::console::Console;
use crate::failure::Failure;
use crate::packs::Shelf;
use panmen::diagnostic::nearest;
use panmen::doc;
use panmen::plan;
use panmen::source::Sources;
use panmen::view;
use panmen::wording::Wording;

pub(super) fn run(
    show: &ShowArgs,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<u8, Failure> {
    let found = Shelf { sources, further: &args.packs }.find(Some(&show.pack_to_show))?;
    let as_of = show.as_of.unwrap_or_else(today);
    let edition = edition_on(&found, as_of, args, sources)?;
    let (checked, problems) = Shelf { sources, further: &args.packs }.check(&found, edition, Some(as_of));
    let Some(checked) = checked else { return Err(Failure::Refused(problems)) };
    let plan = plan::plan(&checked, as_of);
    let wording = Wording { plan: &plan, lang: console.lang, show_personal: false };
    let Some(id) = &show.id else {
        Console::result(&doc::text(&view::pack(&wording), Console::width()))?;
        return Ok(DONE);
    };
    match view::entry(&wording, id) {
        Some(entry) => {
            Console::result(&doc::text(&entry, Console::width()))?;
            Ok(DONE)
        }
        None => {
            let names = view::names(&plan);
            let nearest = nearest(id, names.iter().map(String::as_str)).map(str::to_owned);
            Err(Failure::NoEntry { id: id.clone(), pack: found.name, nearest })
        }
    }
}
