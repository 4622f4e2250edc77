//! A picture of counts that go from one side to the other, for the HTML.
//!
//! In whole units of a drawing that is scaled to the page. All that is drawn is also said in words.

use super::Flow;

/// The width of the drawing, and that of the bars on either side.
const WIDTH: usize = 640;
const BAR: usize = 12;
/// Where the bars begin and end; the labels stand outside.
const LEFT: usize = 190;
const RIGHT: usize = 450;
/// The height of all firms together, the least of a bar, and the space between two.
const HEIGHT: usize = 220;
const LEAST: usize = 2;
const GAP: usize = 22;

/// The drawing.
pub(super) struct Drawing {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) bars: Vec<Bar>,
    /// The outlines of the bands, and whether what they show stays the same.
    pub(super) bands: Vec<(String, bool)>,
}

/// One outcome on one side.
pub(super) struct Bar {
    pub(super) x: usize,
    pub(super) y: usize,
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) text_x: usize,
    pub(super) text_y: usize,
    pub(super) anchor: &'static str,
    pub(super) label: String,
}

/// Draws a flow.
pub(super) fn draw(flow: &Flow) -> Drawing {
    let all = flow.left.iter().fold(0_usize, |sum, (_, count)| sum.saturating_add(*count)).max(1);
    let scale = |count: usize| {
        let height = count.saturating_mul(HEIGHT).checked_div(all).unwrap_or(0);
        if count > 0 { height.max(LEAST) } else { 0 }
    };
    let mut bars = Vec::new();
    let mut tops: [Vec<usize>; 2] = [Vec::new(), Vec::new()];
    let mut bottom = 0_usize;
    for (side, (nodes, tops)) in [&flow.left, &flow.right].into_iter().zip(&mut tops).enumerate() {
        let (x, text_x, anchor) = if side == 0 {
            (LEFT, LEFT.saturating_sub(8), "end")
        } else {
            (RIGHT, RIGHT.saturating_add(BAR).saturating_add(8), "start")
        };
        let mut y = 10_usize;
        for (label, count) in nodes {
            let height = scale(*count);
            tops.push(y);
            bars.push(Bar {
                x,
                y,
                width: BAR,
                height,
                text_x,
                text_y: y.saturating_add(height.checked_div(2).unwrap_or(0)).saturating_add(5),
                anchor,
                label: format!("{label}: {count}"),
            });
            y = y.saturating_add(height).saturating_add(GAP);
        }
        bottom = bottom.max(y);
    }
    let [mut left, mut right] = tops;
    let mut bands = Vec::new();
    for (from, to, count) in &flow.bands {
        let height = scale(*count);
        let (Some(a), Some(b)) = (left.get_mut(*from), right.get_mut(*to)) else { continue };
        let same =
            flow.left.get(*from).map(|(label, _)| label) == flow.right.get(*to).map(|(label, _)| label);
        bands.push((outline(*a, *b, height), same));
        *a = a.saturating_add(height);
        *b = b.saturating_add(height);
    }
    Drawing { width: WIDTH, height: bottom, bars, bands }
}

/// A band from a height on the left to one on the right, as a path.
fn outline(a: usize, b: usize, height: usize) -> String {
    let (from, to) = (LEFT.saturating_add(BAR), RIGHT);
    let middle = from.saturating_add(to).checked_div(2).unwrap_or(from);
    let (a_low, b_low) = (a.saturating_add(height), b.saturating_add(height));
    format!(
        "M{from} {a} C{middle} {a} {middle} {b} {to} {b} L{to} {b_low} C{middle} {b_low} {middle} {a_low} {from} {a_low} Z"
    )
}
