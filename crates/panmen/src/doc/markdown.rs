//! A document as GitHub-flavoured Markdown.
//!
//! Whatever came from a profile or a pack is escaped: it can neither mark up, nor link, nor break a line.

use super::wrap::visible;
use super::{Block, Changes, Checked, Doc, Group, Item, Numbered, Pair, Points, Section, runs};
use crate::diagnostic::Lang;
use crate::wording::Word;

/// Draws a document as Markdown, with a line break at its end.
#[must_use]
pub fn markdown(doc: &Doc) -> String {
    let mut page = Page { lang: doc.lang, lines: Vec::new() };
    page.block(&format!("# {}", plain(&doc.title)));
    let notice = if doc.notice.is_empty() { String::new() } else { format!("{}. ", plain(&doc.notice)) };
    page.block(&format!("{notice}**{}**", plain(&doc.subject)));
    page.pairs(&doc.head);
    for section in &doc.sections {
        page.section(section);
    }
    page.block("---");
    for line in &doc.footer {
        page.block(&plain(line));
    }
    let mut text = page.lines.join("\n");
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// The lines so far.
struct Page {
    lang: Lang,
    lines: Vec<String>,
}

impl Page {
    fn push(&mut self, line: &str) {
        self.lines.push(line.to_owned());
    }

    /// Lines with an empty one after them.
    fn block(&mut self, lines: &str) {
        self.push(lines);
        self.push("");
    }

    fn heading(&mut self, marks: &str, heading: &str, aside: Option<&str>) {
        self.block(&format!("{marks} {}", plain(heading)));
        if let Some(aside) = aside.filter(|aside| !aside.is_empty()) {
            self.block(&format!("*{}*", plain(aside)));
        }
    }

    fn section(&mut self, section: &Section) {
        self.heading("##", &section.heading, section.aside.as_deref());
        for block in &section.blocks {
            match block {
                Block::Headline(text) => self.block(&format!("**{}**", plain(text))),
                Block::Paragraph(text) => self.block(&plain(text)),
                Block::Pairs(pairs) => self.pairs(pairs),
                Block::Group(group) => self.group(group),
                Block::Numbered(entries) => self.numbered(entries, section.aside.as_deref()),
                Block::Points(points) => self.points(points),
                Block::Blanks(lines) => self.blanks(lines),
                Block::Changes(changes) => self.changes(changes),
                // The pairs say in words what it draws.
                Block::Ladder(_) | Block::Flow(_) => {}
            }
        }
    }

    /// A table of two columns; its head is empty, for the keys are heads themselves.
    fn pairs(&mut self, pairs: &[Pair]) {
        if pairs.is_empty() {
            return;
        }
        self.push("| | |");
        self.push("|---|---|");
        for pair in pairs {
            let checked = self.checked(pair.checked);
            let value = format!("{}{checked}{}", plain(&pair.value), marks(&pair.points));
            self.push(&format!("| **{}** | {} |", plain(&pair.key), value.trim_start()));
        }
        self.push("");
    }

    fn group(&mut self, group: &Group) {
        if !group.heading.is_empty() {
            self.block(&format!("### {}", plain(&group.heading)));
        }
        for item in &group.items {
            self.item(item);
        }
        self.push("");
    }

    fn item(&mut self, item: &Item) {
        let gap = if item.value.is_empty() { "" } else { ": " };
        let value = plain(&item.value);
        let checked = self.checked(item.checked);
        self.push(&format!(
            "- `{}` **{}**{}{gap}{value}{checked}",
            item.status.mark(),
            plain(&item.label),
            marks(&item.points),
        ));
        for details in &item.details {
            let cells: Vec<String> = details
                .iter()
                .map(|pair| match pair.value.as_str() {
                    "" => plain(&pair.key),
                    value => format!("{} **{}**", plain(&pair.key), plain(value)),
                })
                .collect();
            self.push(&format!("  - {}", cells.join(", ")));
        }
        for line in &item.sum {
            let cite =
                if line.cite.is_empty() { String::new() } else { format!(" \\[{}\\]", plain(&line.cite)) };
            let figure =
                if line.figure.is_empty() { String::new() } else { format!(": **{}**", plain(&line.figure)) };
            self.push(&format!("  - {}{figure}{cite}", plain(&line.text)));
        }
        for note in &item.notes {
            self.push(&format!("  - {}", plain(note)));
        }
    }

    fn numbered(&mut self, entries: &[Numbered], heading: Option<&str>) {
        self.push(&format!("| | | {} |", plain(heading.unwrap_or_default())));
        self.push("|---|---|---|");
        for entry in entries {
            let notes: Vec<String> = entry.notes.iter().map(|note| format!("<br>{}", plain(note))).collect();
            self.push(&format!(
                "| {} | **{}**{} | {} |",
                plain(&entry.number),
                plain(&entry.text),
                notes.concat(),
                plain(&entry.right),
            ));
        }
        self.push("");
    }

    /// One table: an entry in bold, then its parts with the old and the new beside each other.
    fn changes(&mut self, changes: &Changes) {
        self.push(&format!("| | {} | {} |", plain(&changes.heads.0), plain(&changes.heads.1)));
        self.push("|---|---|---|");
        for entry in &changes.entries {
            let word = plain(&entry.word);
            self.push(&format!("| `{}` **{}** *{word}* | | |", entry.mark, plain(&entry.label)));
            for [key, old, new] in &entry.rows {
                self.push(&format!("| {} | {} | {} |", plain(key), plain(old), plain(new)));
            }
        }
        self.push("");
    }

    fn points(&mut self, points: &[Points]) {
        for entry in points {
            self.push(&format!("- **{}** {}", runs(&entry.numbers), plain(&entry.text)));
        }
        self.push("");
    }

    fn blanks(&mut self, lines: &[String]) {
        for line in lines {
            self.block(&format!("{} {}", plain(line), "\\_".repeat(30)));
        }
    }

    fn checked(&self, checked: Option<Checked>) -> String {
        let Some(checked) = checked else { return String::new() };
        let word = match checked {
            Checked::Verified => Word::StatusVerified,
            Checked::Declared => Word::StatusDeclared,
        };
        match self.lang {
            Lang::En => format!(" ({})", word.text(self.lang)),
            Lang::Zh => format!("（{}）", word.text(self.lang)),
        }
    }
}

fn marks(points: &[usize]) -> String {
    if points.is_empty() { String::new() } else { format!(" \\[{}\\]", runs(points)) }
}

/// A text that is only a text, wherever in a line it stands.
fn plain(text: &str) -> String {
    let text = visible(text);
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mut first = true;
    while let Some(character) = rest.chars().next() {
        let (at, after) = rest.split_at(character.len_utf8());
        match character {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' | '@' | '^' => {
                shown.push('\\');
                shown.push(character);
            }
            // What would begin a list, a rule or a heading.
            '-' | '+' | '=' if first => {
                shown.push('\\');
                shown.push(character);
            }
            // Addresses become links by themselves.
            ':' if after.starts_with("//") => shown.push_str("\\:"),
            '.' if ends_in_www(&shown) => shown.push_str("\\."),
            // A number that would begin a list.
            '.' | ')' if !shown.is_empty() && shown.bytes().all(|byte| byte.is_ascii_digit()) => {
                shown.push('\\');
                shown.push(character);
            }
            _ => shown.push_str(at),
        }
        first = first && character == ' ';
        rest = after;
    }
    shown
}

fn ends_in_www(text: &str) -> bool {
    let mut last = text.bytes().rev().take(3);
    text.len() >= 3 && last.all(|byte| byte.eq_ignore_ascii_case(&b'w'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_acts() {
        for (text, shown) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a|b *c* _d_ `e` # f", "a\\|b \\*c\\* \\_d\\_ \\`e\\` \\# f"),
            ("# Head", "\\# Head"),
            ("- item", "\\- item"),
            ("a - b", "a - b"),
            ("1. item", "1\\. item"),
            ("12) item", "12\\) item"),
            ("3.5 m2", "3\\.5 m2"),
            ("![x](javascript:y)", "!\\[x\\](javascript:y)"),
            ("see http://x.example and WWW.x", "see http\\://x.example and WWW\\.x"),
            ("a@b", "a\\@b"),
            ("a\nb\u{1b}[1m\u{202e}", "a\\\\u{a}b\\\\u{1b}\\[1m\\\\u{202e}"),
            ("&lt;", "&amp;lt;"),
            ("华锂储能（虚构）", "华锂储能（虚构）"),
        ] {
            assert_eq!(plain(text), shown);
        }
    }
}
