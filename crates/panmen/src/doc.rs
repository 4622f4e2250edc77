//! A report as a document that every format can draw: what is said and what it means, never where it
//! stands on the page.
//!
//! Texts are kept as they came. Whoever draws a document escapes what its format would act on.

mod changes;
mod flow;
mod html;
mod markdown;
mod svg;
mod text;
mod wrap;

pub use html::html;
pub use markdown::markdown;
pub use text::text;
pub use wrap::{columns, visible, wrap};

use crate::diagnostic::Lang;

/// A whole report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doc {
    /// The language that it is written in.
    pub lang: Lang,
    /// What it is.
    pub title: String,
    /// What it is not.
    pub notice: String,
    /// What it is about, with how official that is.
    pub subject: String,
    /// Who and when.
    pub head: Vec<Pair>,
    /// The body.
    pub sections: Vec<Section>,
    /// What it was made with, and whom to ask.
    pub footer: Vec<String>,
    /// What every printed sheet carries: the firm, the rules, their date.
    pub sheet: String,
}

/// A key and what stands for it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pair {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
    /// How far the value was checked.
    pub checked: Option<Checked>,
    /// The assumed points that it rests on, numbered from 1.
    pub points: Vec<usize>,
}

/// How far something was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Checked {
    /// An officer compared it with a paper.
    Verified,
    /// The firm says so.
    Declared,
}

/// A part with a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub heading: String,
    /// Said beside it.
    pub aside: Option<String>,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A block of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The result in one sentence.
    Headline(String),
    /// Keys and values.
    Pairs(Vec<Pair>),
    /// Items of one kind.
    Group(Group),
    /// A text.
    Paragraph(String),
    /// A list with numbers of its own.
    Numbered(Vec<Numbered>),
    /// Assumed points, each with its numbers.
    Points(Vec<Points>),
    /// Levels, from the highest; only where there is room to draw.
    Ladder(Ladder),
    /// Lines to be filled in by hand.
    Blanks(Vec<String>),
    /// Two versions side by side.
    Changes(Changes),
    /// How many went from where to where; only where there is room to draw.
    Flow(Flow),
}

/// Counts from one side to the other, as a drawing; the same counts stand in words beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// What it shows.
    pub title: String,
    /// The same in words.
    pub words: String,
    /// What was, with how many.
    pub left: Vec<(String, usize)>,
    /// What is, with how many.
    pub right: Vec<(String, usize)>,
    /// From which on the left to which on the right, and how many.
    pub bands: Vec<(usize, usize, usize)>,
}

/// Entries of two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// What the two are called.
    pub heads: (String, String),
    /// What differs.
    pub entries: Vec<Changed>,
}

/// An entry that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// `+`, `-` or `~`.
    pub mark: char,
    /// The same in a word.
    pub word: String,
    /// What it is called.
    pub label: String,
    /// Its parts: what each is, the old one and the new one; empty where one has none.
    pub rows: Vec<[String; 3]>,
}

impl Changed {
    /// True if only one of the two has the entry, so that there is nothing to set side by side. The mark
    /// tells which.
    fn is_single(&self) -> bool {
        matches!(self.mark, '+' | '-')
    }
}

/// Assumed points that have one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Points {
    /// Their numbers, from 1.
    pub numbers: Vec<usize>,
    /// What is assumed, and why.
    pub text: String,
}

/// The levels of a ladder, as a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// What it shows.
    pub title: String,
    /// The levels from the highest: each with its mark, and its name with what is the matter with it.
    pub steps: Vec<(Status, String)>,
}

/// How far a firm is from a bound, as a drawing; parts in a thousand of its width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// What it shows.
    pub title: String,
    /// The same in words.
    pub words: String,
    /// Where the firm is.
    pub value: u16,
    /// Where the bound is.
    pub bound: u16,
}

/// Items under a heading of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The heading.
    pub heading: String,
    /// Said beside it.
    pub aside: Option<String>,
    /// The items.
    pub items: Vec<Item>,
}

/// What is the matter with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It holds.
    Met,
    /// It does not hold.
    NotMet,
    /// It waits for the firm.
    Waiting,
    /// It waits for a person's judgement.
    Referred,
    /// It could not be computed.
    Failed,
    /// It is only told.
    Told,
}

impl Status {
    /// The mark before an item.
    #[must_use]
    pub fn mark(self) -> char {
        match self {
            Self::Met => '+',
            Self::NotMet => 'x',
            Self::Waiting => '?',
            Self::Referred => '@',
            Self::Failed => '!',
            Self::Told => '-',
        }
    }
}

/// One line that can be met or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What is the matter with it.
    pub status: Status,
    /// What it is.
    pub label: String,
    /// The assumed points that it rests on, numbered from 1.
    pub points: Vec<usize>,
    /// Shown beside it: the firm's value, or what is missing.
    pub value: String,
    /// How far it was checked.
    pub checked: Option<Checked>,
    /// What the firm has, what is needed, how far off it is.
    pub details: Vec<Vec<Pair>>,
    /// More about it.
    pub notes: Vec<String>,
    /// Drawings of the distances.
    pub scales: Vec<Scale>,
    /// How its amount came about.
    pub sum: Vec<Line>,
}

/// A line of a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What is done.
    pub text: String,
    /// What comes of it.
    pub figure: String,
    /// Where that is written.
    pub cite: String,
    /// True for the name of what follows; it has no figure.
    pub is_head: bool,
}

impl Item {
    /// An item without anything beside it.
    #[must_use]
    pub fn new(status: Status, label: impl Into<String>) -> Self {
        Self {
            status,
            label: label.into(),
            points: Vec::new(),
            value: String::new(),
            checked: None,
            details: Vec::new(),
            notes: Vec::new(),
            scales: Vec::new(),
            sum: Vec::new(),
        }
    }
}

/// An entry of a numbered list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// `1`.
    pub number: String,
    /// What it says.
    pub text: String,
    /// Shown beside it.
    pub right: String,
    /// More about it.
    pub notes: Vec<String>,
}

/// Numbers in a row drawn together: the first and the last of each.
fn run_list(points: &[usize]) -> Vec<(usize, usize)> {
    let mut sorted = points.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for point in sorted {
        match runs.last_mut() {
            Some((_, last)) if last.saturating_add(1) == point => *last = point,
            _ => runs.push((point, point)),
        }
    }
    runs
}

/// `A1 A3-A5`: three and more in a row are drawn together.
#[must_use]
pub fn runs(points: &[usize]) -> String {
    let shown: Vec<String> = run_list(points)
        .into_iter()
        .map(|(first, last)| match last.saturating_sub(first) {
            0 => format!("A{first}"),
            1 => format!("A{first} A{last}"),
            _ => format!("A{first}-A{last}"),
        })
        .collect();
    shown.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_a_row_are_drawn_together() {
        for (points, shown) in [
            (vec![1], "A1"),
            (vec![1, 2], "A1 A2"),
            (vec![3, 1, 2], "A1-A3"),
            (vec![1, 3, 4, 5, 9], "A1 A3-A5 A9"),
            (vec![2, 2], "A2"),
        ] {
            assert_eq!(runs(&points), shown);
        }
    }
}
