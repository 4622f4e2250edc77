//! Small drawings for the HTML: a ladder of levels, and the distance to a bound.
//!
//! Widths are parts of the page's and never stretch the letters. All that is drawn is also said in words.

use super::wrap::{visible, wrap};
use super::{Ladder, Scale, Status};

/// The columns of text that fit beside a ladder on a phone.
const BESIDE: usize = 34;
/// The widest that the stairs are, in pixels.
const STAIRS: usize = 60;
/// The height of a step with one line.
const STEP: usize = 34;
/// The height of a line more.
const LINE: usize = 18;

/// A ladder as a drawing.
pub(super) struct Stairs {
    pub(super) height: usize,
    pub(super) steps: Vec<Step>,
}

/// A level of it.
pub(super) struct Step {
    pub(super) class: &'static str,
    pub(super) mark: char,
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) mark_x: usize,
    pub(super) mark_y: usize,
    pub(super) text_x: usize,
    /// The lines of its text, each with its place.
    pub(super) lines: Vec<(usize, String)>,
}

/// Draws a ladder, the highest level above.
pub(super) fn stairs(ladder: &Ladder) -> Stairs {
    let count = ladder.steps.len();
    let run = STAIRS.checked_div(count).unwrap_or(STAIRS).min(20);
    let right = run.saturating_mul(count).saturating_add(24);
    let mut y = 0_usize;
    let mut steps = Vec::new();
    for (index, (status, text)) in ladder.steps.iter().enumerate() {
        let lines = wrap(&visible(text), BESIDE, BESIDE);
        let height = lines.len().saturating_sub(1).saturating_mul(LINE).saturating_add(STEP);
        let x = count.saturating_sub(index).saturating_sub(1).saturating_mul(run);
        let line_y = |line: usize| y.saturating_add(22).saturating_add(line.saturating_mul(LINE));
        steps.push(Step {
            class: class(*status),
            mark: status.mark(),
            x: x.saturating_add(1),
            y: y.saturating_add(2),
            width: right.saturating_sub(x),
            height: height.saturating_sub(4),
            mark_x: right.saturating_sub(11),
            mark_y: line_y(0),
            text_x: right.saturating_add(12),
            lines: lines.into_iter().enumerate().map(|(line, text)| (line_y(line), text)).collect(),
        });
        y = y.saturating_add(height);
    }
    Stairs { height: y, steps }
}

/// The class of a status in the style sheet.
pub(super) fn class(status: Status) -> &'static str {
    match status {
        Status::Met => "met",
        Status::NotMet => "not",
        Status::Waiting => "open",
        Status::Referred => "judged",
        Status::Failed => "failed",
        Status::Told => "told",
    }
}

/// Where the firm is on a scale.
pub(super) fn value(scale: &Scale) -> u16 {
    scale.value
}

/// Where the bound is on a scale.
pub(super) fn bound(scale: &Scale) -> u16 {
    scale.bound
}

/// A place on a scale as a style sheet writes it: `88.5%`.
pub(super) fn percent(thousandths: u16) -> String {
    let (whole, tenth) = (thousandths.checked_div(10), thousandths.checked_rem(10));
    format!("{}.{}%", whole.unwrap_or(0), tenth.unwrap_or(0))
}

/// Where a text below or above a place on a scale is anchored, so that it stays on the page.
pub(super) fn anchor(thousandths: u16) -> &'static str {
    match thousandths {
        0..=200 => "start",
        201..=799 => "middle",
        _ => "end",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ladder_goes_up_to_the_right() {
        let step = |text: &str| (Status::Waiting, text.to_owned());
        let long = "Benchmark enterprise of the third kind: not reached";
        let drawn = stairs(&Ladder { title: String::new(), steps: vec![step(long), step("b"), step("c")] });
        assert!(drawn.steps[0].x > drawn.steps[1].x && drawn.steps[1].x > drawn.steps[2].x);
        assert_eq!(drawn.steps[0].lines.len(), 2);
        assert!(drawn.steps.windows(2).all(|pair| pair[0].y + pair[0].height <= pair[1].y));
        let last = drawn.steps.last().unwrap();
        assert!(last.y + last.height <= drawn.height);
    }

    #[test]
    fn places_are_exact() {
        for (thousandths, shown) in [(0, "0.0%"), (885, "88.5%"), (1000, "100.0%")] {
            assert_eq!(percent(thousandths), shown);
        }
    }
}
