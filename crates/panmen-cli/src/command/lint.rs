//! `panmen lint`: reads and checks packs, every edition of each.

use super::{DONE, FINDINGS, REFUSED};
use crate::args::{Args, LintArgs};
use crate::console::Console;
use crate::failure::Failure;
use crate::packs::Shelf;
use panmen::diagnostic::{Lang, Severity};
use panmen::lint;
use panmen::plan;
use panmen::read::Peek;
use panmen::source::Sources;

pub(super) fn run(
    asked: &LintArgs,
    args: &Args,
    console: &Console,
    sources: &mut Sources,
) -> Result<u8, Failure> {
    let mut worst = DONE;
    for name in &asked.packs_to_check {
        let mut shelf = Shelf { sources, further: &args.packs };
        let found = match shelf.find(Some(name)) {
            Ok(found) => found,
            Err(failure) => {
                console.failure(&failure, sources);
                worst = worst.max(failure.exit_code());
                continue;
            }
        };
        found.notices.iter().for_each(|notice| console.notice(notice));
        let mut counts = [0_usize; 3];
        for edition in 0..found.editions.len() {
            let (checked, mut problems) =
                Shelf { sources, further: &args.packs }.check(&found, edition, None);
            if edition == 0 {
                let peeks: Vec<Peek> = found.editions.iter().map(|edition| edition.peek.clone()).collect();
                problems.extend(plan::overlaps(&peeks));
            }
            problems.extend(checked.iter().flat_map(lint::lint));
            for problem in &problems {
                let slot = match problem.severity() {
                    Severity::Error => 0,
                    Severity::Warning => 1,
                    Severity::Note => 2,
                };
                if let Some(count) = counts.get_mut(slot) {
                    *count = count.saturating_add(1);
                }
            }
            console.problems(&problems, sources);
        }
        let [errors, mut warnings, notes] = counts;
        warnings = warnings.saturating_add(found.notices.len());
        Console::result(&match console.lang {
            Lang::En => format!(
                "{name}: {}, {}, {}\n",
                counted(errors, "error"),
                counted(warnings, "warning"),
                counted(notes, "note")
            ),
            Lang::Zh => format!("{name}：错误 {errors} 个，警告 {warnings} 个，提示 {notes} 个\n"),
        })?;
        worst = worst.max(match (errors, warnings) {
            (0, 0) => DONE,
            (0, _) => FINDINGS,
            _ => REFUSED,
        });
    }
    Ok(worst)
}

/// So many of them, in English.
fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
