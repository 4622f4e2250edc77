//! Two versions side by side, as lines of text of a width.

use super::Changes;
use super::text::pad;
use super::wrap::{visible, wrap};

/// The column of keys, the same in every section.
const KEYS: usize = 17;
/// Columns before a key, and before the mark of an entry.
const INDENT: usize = 6;
const MARK: usize = 2;

/// The lines: an entry with its mark, then its parts in three columns.
pub(super) fn text(changes: &Changes, width: usize) -> Vec<String> {
    let old = INDENT.saturating_add(KEYS).saturating_add(2);
    let column = width.saturating_sub(old).saturating_sub(2).checked_div(2).unwrap_or(1).max(1);
    let new = old.saturating_add(column).saturating_add(2);
    let room = |from: usize| width.saturating_sub(from).max(1);
    let mut lines = Vec::new();
    if changes.entries.iter().any(|entry| !entry.is_single()) {
        let (first, second) = (&changes.heads.0, &changes.heads.1);
        row(&mut lines, [(INDENT, KEYS, ""), (old, column, first), (new, room(new), second)]);
    }
    for entry in &changes.entries {
        let label = visible(&format!("{} - {}", entry.label, entry.word));
        let from = MARK.saturating_add(3);
        for (index, line) in wrap(&label, room(from), room(INDENT)).into_iter().enumerate() {
            let before =
                if index == 0 { pad(&format!("  {}", entry.mark), from) } else { " ".repeat(INDENT) };
            lines.push(format!("{before}{line}"));
        }
        for [key, before, after] in &entry.rows {
            if entry.is_single() {
                let said = if before.is_empty() { after } else { before };
                row(&mut lines, [(INDENT, KEYS, key), (old, room(old), said), (width, 1, "")]);
            } else {
                row(&mut lines, [(INDENT, KEYS, key), (old, column, before), (new, room(new), after)]);
            }
        }
    }
    lines
}

/// A row of cells, each with where it begins and how wide it is.
fn row(lines: &mut Vec<String>, cells: [(usize, usize, &str); 3]) {
    let cells = cells.map(|(from, width, text)| {
        let text = visible(text);
        (from, if text.is_empty() { Vec::new() } else { wrap(&text, width, width) })
    });
    let height = cells.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
    for index in 0..height {
        let mut line = String::new();
        for (from, cell) in &cells {
            if let Some(text) = cell.get(index).filter(|text| !text.is_empty()) {
                line = format!("{}{text}", pad(&line, *from));
            }
        }
        lines.push(line);
    }
}
