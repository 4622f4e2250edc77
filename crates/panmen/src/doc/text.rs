//! A document as plain text of a width, wide characters counted as two.
//!
//! No line is longer than the width, in either language, as long as it is at least 40. Everything that
//! would act on a terminal is escaped.

use super::wrap::{Measured, columns, is_ambiguous, visible, wrap};
use super::{Block, Checked, Doc, Group, Item, Line, Numbered, Pair, Points, Section, runs};
use crate::diagnostic::Lang;

/// No report is narrower than this.
const NARROWEST: usize = 40;

/// Draws a document as plain text, with a line break at its end.
#[must_use]
pub fn text(doc: &Doc, width: usize) -> String {
    let mut page = Page { lang: doc.lang, width: width.max(NARROWEST), lines: Vec::new() };
    page.sides(0, &doc.title, &doc.notice);
    page.paragraph(0, 0, &doc.subject);
    page.flow(0, &doc.head, "  ");
    page.rule();
    for section in &doc.sections {
        page.section(section);
    }
    page.rule();
    for line in &doc.footer {
        page.paragraph(0, 0, line);
    }
    let mut text = page.lines.join("\n");
    text.push('\n');
    text
}

/// The lines so far.
struct Page {
    lang: Lang,
    width: usize,
    lines: Vec<String>,
}

/// Two cells of a row: where the second begins, and how wide it is.
#[derive(Clone, Copy)]
struct Columns {
    indent: usize,
    second: usize,
    end: usize,
}

impl Page {
    fn push(&mut self, line: &str) {
        self.lines.push(line.trim_end().to_owned());
    }

    fn rule(&mut self) {
        self.push(&"-".repeat(self.width));
    }

    /// A text, its first line after `indent`, the others after `hang` columns.
    fn paragraph(&mut self, indent: usize, hang: usize, text: &str) {
        let room = |indent: usize| self.width.saturating_sub(indent);
        for (index, line) in wrap(&visible(text), room(indent), room(hang)).iter().enumerate() {
            let margin = if index == 0 { indent } else { hang };
            self.push(&format!("{}{line}", " ".repeat(margin)));
        }
    }

    /// One text at either side, or one below the other where they do not fit.
    fn sides(&mut self, indent: usize, left: &str, right: &str) {
        let (left, right) = (visible(left), visible(right));
        let margin = " ".repeat(indent);
        let taken = columns(&left).saturating_add(columns(&right)).saturating_add(indent);
        let gap = self.width.checked_sub(taken);
        match gap {
            Some(gap) if gap >= 2 && !right.is_empty() => {
                self.push(&format!("{margin}{left}{}{right}", " ".repeat(gap)));
            }
            _ => {
                self.paragraph(indent, indent, &left);
                if !right.is_empty() {
                    let indent = indent.saturating_add(2);
                    self.paragraph(indent, indent, &right);
                }
            }
        }
    }

    /// Keys and values one after the other, as many on a line as fit.
    fn flow(&mut self, indent: usize, pairs: &[Pair], between: &str) {
        const GAP: usize = 4;
        let mut line = String::new();
        for pair in pairs {
            let checked = pair.checked.map(|checked| self.beside(checked)).unwrap_or_default();
            let between = if pair.value.is_empty() { "" } else { between };
            let cell = visible(&format!("{}{between}{}{checked}", pair.key, pair.value));
            let joined =
                if line.is_empty() { cell.clone() } else { format!("{line}{}{cell}", " ".repeat(GAP)) };
            if columns(&joined).saturating_add(indent) <= self.width {
                line = joined;
                continue;
            }
            if !line.is_empty() {
                self.push(&format!("{}{line}", " ".repeat(indent)));
            }
            line = String::new();
            if columns(&cell).saturating_add(indent) <= self.width {
                line = cell;
            } else {
                self.paragraph(indent, indent.saturating_add(2), &cell);
            }
        }
        if !line.is_empty() {
            self.push(&format!("{}{line}", " ".repeat(indent)));
        }
    }

    fn section(&mut self, section: &Section) {
        let mut blocks = section.blocks.as_slice();
        match blocks.split_first() {
            Some((Block::Headline(text), rest)) => {
                let heading = format!("{}  ", visible(&section.heading));
                let hang = columns(&heading);
                let room = self.width.saturating_sub(hang);
                for (index, line) in wrap(&visible(text), room, room).iter().enumerate() {
                    let before = if index == 0 { heading.clone() } else { " ".repeat(hang) };
                    self.push(&format!("{before}{line}"));
                }
                blocks = rest;
            }
            _ => self.sides(0, &section.heading, section.aside.as_deref().unwrap_or("")),
        }
        for block in blocks {
            match block {
                Block::Headline(text) | Block::Paragraph(text) => self.paragraph(2, 2, text),
                Block::Pairs(pairs) => self.pairs(pairs),
                Block::Group(group) => self.group(group),
                Block::Numbered(entries) => self.numbered(entries),
                Block::Points(points) => self.points_run(points),
                Block::Blanks(lines) => self.blanks(lines),
                Block::Changes(changes) => {
                    let lines = super::changes::text(changes, self.width);
                    lines.iter().for_each(|line| self.push(line));
                }
                // The pairs say in words what it draws.
                Block::Ladder(_) | Block::Flow(_) => {}
            }
        }
    }

    /// Keys in one column, values in another.
    fn pairs(&mut self, pairs: &[Pair]) {
        let widest = self.width.checked_div(4).unwrap_or(20);
        let longest = pairs.iter().map(|pair| columns(&visible(&pair.key))).max().unwrap_or(0);
        let second = if longest <= widest {
            longest.saturating_add(4)
        } else {
            let rows: Vec<(String, String)> =
                pairs.iter().map(|pair| (visible(&pair.key), visible(&pair.value))).collect();
            second_column(&rows, 2, self.width)
        };
        for pair in pairs {
            let value = format!("{}{}", pair.value, self.points(&pair.points));
            let at = Columns { indent: 2, second, end: self.width };
            self.row(at, "  ", &pair.key, &value, None);
        }
    }

    fn group(&mut self, group: &Group) {
        if !group.heading.is_empty() {
            self.sides(2, &group.heading, group.aside.as_deref().unwrap_or(""));
        }
        let letters = group.items.iter().any(|item| item.checked.is_some());
        let end = self.width.saturating_sub(if letters { 4 } else { 0 });
        let indent = 7;
        let rows: Vec<(String, String)> =
            group.items.iter().map(|item| (visible(&self.label(item)), visible(&item.value))).collect();
        let second = second_column(&rows, indent, end);
        for item in &group.items {
            self.item(item, Columns { indent, second, end });
        }
    }

    fn label(&self, item: &Item) -> String {
        format!("{}{}", item.label, self.points(&item.points))
    }

    fn item(&mut self, item: &Item, at: Columns) {
        let mark = format!("    {}  ", item.status.mark());
        let letter = item.checked.map(|checked| self.letter(checked));
        self.row(at, &mark, &self.label(item), &item.value, letter);
        for details in &item.details {
            self.flow(at.indent, details, " ");
        }
        self.sum(at.indent, &item.sum);
        for note in &item.notes {
            self.paragraph(at.indent, at.indent, note);
        }
    }

    /// What is done in one column, with where it is written; what comes of it at the right edge of the next,
    /// one figure below the other.
    fn sum(&mut self, indent: usize, lines: &[Line]) {
        let widest = lines.iter().map(|line| columns(&visible(&line.figure))).max().unwrap_or(0);
        let half = self.width.checked_div(2).unwrap_or(0);
        let indent = indent.saturating_add(2);
        for line in lines {
            let cite = if line.cite.is_empty() { String::new() } else { format!(" [{}]", line.cite) };
            if line.is_head {
                self.paragraph(indent.saturating_sub(2), indent, &line.text);
                continue;
            }
            let figure = visible(&line.figure);
            let gap = widest.min(half).saturating_sub(columns(&figure));
            let right = format!("{}{figure}", " ".repeat(gap));
            let second = self.width.saturating_sub(widest.min(half)).saturating_sub(4);
            let at = Columns { indent, second, end: self.width };
            self.row(at, &" ".repeat(indent), &format!("{}{cite}", line.text), &right, None);
        }
    }

    /// A row of two cells, each wrapped in its own column, and a letter at the edge.
    fn row(&mut self, at: Columns, mark: &str, left: &str, right: &str, letter: Option<&str>) {
        let (left, right) = (visible(left), visible(right));
        let alone = right.is_empty();
        let left_end = if alone { at.end } else { at.second.saturating_sub(2) };
        let room = left_end.saturating_sub(at.indent);
        let mut left_lines = wrap(&left, room, room);
        let room = at.end.saturating_sub(at.second);
        let mut right_lines = if alone { Vec::new() } else { wrap(&right, room, room) };
        // Nothing can be set straight after a character whose width terminals disagree about.
        let crooked = is_ambiguous(&left) && !alone;
        if crooked {
            let room = at.end.saturating_sub(at.indent);
            left_lines = wrap(&left, room, room);
            let below = vec![String::new(); left_lines.len()];
            right_lines = below.into_iter().chain(right_lines).collect();
        }
        for index in 0..left_lines.len().max(right_lines.len()) {
            let start = if index == 0 { mark.to_owned() } else { " ".repeat(at.indent) };
            let cell = |lines: &[String]| lines.get(index).cloned().unwrap_or_default();
            let mut line = format!("{start}{}", cell(&left_lines));
            let right = cell(&right_lines);
            if !right.is_empty() {
                line = format!("{}{right}", pad(&line, at.second));
            }
            if let (0, Some(letter)) = (index, letter) {
                let gap = if is_ambiguous(&line) { columns(&line).saturating_add(2) } else { 0 };
                line = format!("{}{letter}", pad(&line, gap.max(self.width.saturating_sub(2))));
            }
            self.push(&line);
        }
    }

    fn numbered(&mut self, entries: &[Numbered]) {
        let digits = entries.iter().map(|entry| columns(&entry.number)).max().unwrap_or(1);
        let indent = digits.saturating_add(4);
        let rows: Vec<(String, String)> =
            entries.iter().map(|entry| (visible(&entry.text), visible(&entry.right))).collect();
        let second = second_column(&rows, indent, self.width);
        for entry in entries {
            let mark = pad(&format!("  {}", visible(&entry.number)), indent);
            let at = Columns { indent, second, end: self.width };
            self.row(at, &mark, &entry.text, &entry.right, None);
            for note in &entry.notes {
                self.paragraph(indent, indent, note);
            }
        }
    }

    /// Assumed points one behind the other, as dense as they can be read.
    fn points_run(&mut self, points: &[Points]) {
        let runs: Vec<String> =
            points.iter().map(|entry| format!("{} {}", runs(&entry.numbers), entry.text)).collect();
        let between = if self.lang == Lang::En { "; " } else { "；" };
        self.paragraph(2, 2, &runs.join(between));
    }

    /// Lines to write on, one below the other.
    fn blanks(&mut self, lines: &[String]) {
        let half = self.width.checked_div(2).unwrap_or(0);
        let labels: Vec<String> = lines.iter().map(|line| visible(line)).collect();
        let fitting = labels.iter().map(|label| columns(label)).filter(|columns| *columns <= half);
        let second = fitting.max().unwrap_or(0).saturating_add(4);
        for label in labels {
            self.push("");
            let mut before = format!("  {label}");
            if columns(&label) > half {
                self.paragraph(2, 2, &label);
                before.clear();
            }
            let room = self.width.saturating_sub(second).min(40);
            self.push(&format!("{}{}", pad(&before, second), "_".repeat(room)));
        }
    }

    /// ` [A1 A3-A5]`, in Chinese `【A1 A3-A5】`.
    fn points(&self, points: &[usize]) -> String {
        if points.is_empty() {
            return String::new();
        }
        let list = runs(points);
        match self.lang {
            Lang::En => format!(" [{list}]"),
            Lang::Zh => format!("【{list}】"),
        }
    }

    fn letter(&self, checked: Checked) -> &'static str {
        match (self.lang, checked) {
            (Lang::En, Checked::Verified) => "v",
            (Lang::En, Checked::Declared) => "d",
            (Lang::Zh, Checked::Verified) => "核",
            (Lang::Zh, Checked::Declared) => "报",
        }
    }

    /// The letter as it stands right behind a value.
    fn beside(&self, checked: Checked) -> String {
        match self.lang {
            Lang::En => format!(" {}", self.letter(checked)),
            Lang::Zh => format!("〔{}〕", self.letter(checked)),
        }
    }
}

/// Where the second of two columns begins so that the rows take the fewest lines; of several such
/// places, the first.
fn second_column(rows: &[(String, String)], indent: usize, end: usize) -> usize {
    let rows: Vec<(Measured, Measured)> = rows
        .iter()
        .filter(|(_, right)| !right.is_empty())
        .map(|(left, right)| (Measured::of(left), Measured::of(right)))
        .collect();
    let lines = |second: usize| -> usize {
        let left_room = second.saturating_sub(indent).saturating_sub(2);
        let right_room = end.saturating_sub(second);
        let of = |(left, right): &(Measured, Measured)| left.lines(left_room).max(right.lines(right_room));
        rows.iter().map(of).fold(0, usize::saturating_add)
    };
    let quarter = end.checked_div(4).unwrap_or(end);
    let least = indent.saturating_add(quarter);
    let most = end.saturating_sub(quarter);
    (least..=most).min_by_key(|second| lines(*second)).unwrap_or(least)
}

pub(super) fn pad(text: &str, to: usize) -> String {
    format!("{text}{}", " ".repeat(to.saturating_sub(columns(text))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doc::{Changed, Changes, Status};
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    fn words() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            "[a-z]{1,12}",
            "[0-9,.]{1,9}",
            "[跨境电商进出口额。，、；：（）【】“”]{1,12}",
            Just("CNY 62,000,000.00".to_owned()),
            Just("……——·×".to_owned()),
            Just("e\u{301}\u{1b}[1m\u{202e}\u{200b}\n".to_owned()),
            Just("x".repeat(150)),
            Just(" ".to_owned()),
        ];
        proptest::collection::vec(piece, 0..8).prop_map(|pieces| pieces.join(" "))
    }

    fn pair() -> impl Strategy<Value = Pair> {
        (words(), words(), proptest::collection::vec(1..40_usize, 0..9))
            .prop_map(|(key, value, points)| Pair { key, value, checked: Some(Checked::Declared), points })
    }

    fn item() -> impl Strategy<Value = Item> {
        (pair(), proptest::collection::vec(pair(), 0..4), words(), proptest::bool::ANY).prop_map(
            |(pair, details, note, checked)| Item {
                label: pair.key,
                value: pair.value,
                points: pair.points,
                checked: checked.then_some(Checked::Verified),
                details: vec![details],
                notes: vec![note],
                ..Item::new(Status::NotMet, "")
            },
        )
    }

    fn doc() -> impl Strategy<Value = Doc> {
        let items = proptest::collection::vec(item(), 1..4);
        (items, proptest::collection::vec(pair(), 1..4), words(), words(), proptest::bool::ANY).prop_map(
            |(items, pairs, one, other, english)| {
                let numbered = items.iter().map(|item| Numbered {
                    number: "A12".to_owned(),
                    text: item.label.clone(),
                    right: item.value.clone(),
                    notes: item.notes.clone(),
                });
                let blocks = vec![
                    Block::Headline(one.clone()),
                    Block::Pairs(pairs.clone()),
                    Block::Numbered(numbered.collect()),
                    Block::Group(Group { heading: other.clone(), aside: Some(one.clone()), items }),
                    Block::Paragraph(other.clone()),
                    Block::Points(vec![Points { numbers: vec![1, 3], text: one.clone() }]),
                    Block::Blanks(vec![one.clone(), other.clone()]),
                    Block::Changes(Changes {
                        heads: (one.clone(), other.clone()),
                        entries: vec![Changed {
                            mark: '~',
                            word: one.clone(),
                            label: other.clone(),
                            rows: vec![
                                [one.clone(), one.clone(), other.clone()],
                                [other.clone(), other.clone(), String::new()],
                            ],
                        }],
                    }),
                ];
                Doc {
                    lang: if english { Lang::En } else { Lang::Zh },
                    title: one.clone(),
                    notice: other.clone(),
                    subject: one,
                    head: pairs,
                    sections: vec![Section { heading: "结论".to_owned(), aside: None, blocks }],
                    sheet: other.clone(),
                    footer: vec![other],
                }
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

        #[test]
        fn no_line_is_wider_than_the_page(doc in doc(), width in 60..133_usize) {
            for line in text(&doc, width).lines() {
                prop_assert!(columns(line) <= width && line.width() <= width, "{width}: {line}");
                let acts = line.contains(['\u{1b}', '\u{202e}', '\u{200b}']);
                prop_assert!(!acts, "{line:?}");
            }
        }
    }

    #[test]
    fn values_stand_in_one_column() {
        let mut one = Item::new(Status::Met, "跨境");
        one.value = "6200万元".to_owned();
        let mut other = Item::new(Status::Met, "CBEC mode");
        other.value = "9710".to_owned();
        let group = Group { heading: "已符合".to_owned(), aside: None, items: vec![one, other] };
        let mut page = Page { lang: Lang::Zh, width: 60, lines: Vec::new() };
        page.group(&group);
        let at = |line: usize, text: &str| {
            let line = &page.lines[line];
            line.split(text).next().map(columns)
        };
        assert_eq!(at(1, "6200"), at(2, "9710"), "{:?}", page.lines);
    }
}
