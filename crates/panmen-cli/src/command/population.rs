//! `panmen new population`: made-up firms, to try a change of rules on.

use super::DONE;
use super::report::edition_on;
use crate::args::{Args, NewPopulationArgs};
use crate::failure::Failure;
use crate::output::Target;
use crate::packs::Shelf;
use panmen::plan;
use panmen::population;
use panmen::source::Sources;
use panmen::value::Date;

pub(super) fn run(new: &NewPopulationArgs, args: &Args, sources: &mut Sources) -> Result<u8, Failure> {
    let found = Shelf { sources, further: &args.packs }.find(new.pack.as_deref())?;
    let first = found.editions.first().and_then(|edition| edition.peek.in_force.from);
    let asked = new.as_of.or(first).unwrap_or(Date::EARLIEST);
    let edition = edition_on(&found, asked, args, sources)?;
    let mut read = |as_of: Date| {
        let (checked, problems) = Shelf { sources, further: &args.packs }.check(&found, edition, Some(as_of));
        checked.ok_or(Failure::Refused(problems))
    };
    let mut checked = read(asked)?;
    let as_of = new.as_of.or_else(|| population::day(&checked.pack)).unwrap_or(asked);
    if as_of != asked {
        // What it imports may have another edition on that day.
        checked = read(as_of)?;
    }
    let target = Target::of(new.output.as_deref(), &["population".to_owned()], "ndjson")?;
    let plan = plan::plan(&checked, as_of);
    let mould = population::mould(&plan);
    let mut text = String::new();
    for row in 0..new.rows {
        text.push_str(&population::firm(&mould, new.seed, row));
        text.push('\n');
    }
    target.write(&text)?;
    Ok(DONE)
}
