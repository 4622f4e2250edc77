//! What a change of rules does to firms, as one document.

use crate::impact::{Days, Impact, Part, Sum};
use crate::number::Number;
use crate::pack::Header;
use crate::value::{Currency, Type, write_number};
use serde_json::{Value, json};

/// The schema of [`impact`].
pub const IMPACT_SCHEMA: &str = "panmen/impact/1";

/// An impact as one document.
#[must_use]
pub fn impact(impact: &Impact, old: &Header, new: &Header) -> Value {
    let pack = |header: &Header, days: Option<Days>| {
        let days = days.map(|(first, last)| json!({"from": first.to_string(), "to": last.to_string()}));
        json!({"id": header.pack, "edition": header.edition, "as_of": days})
    };
    let (gained, lost) = impact.gains_and_losses();
    let totals: Vec<Value> =
        impact.totals.iter().map(|(currency, (old, new))| money(*currency, old, new)).collect();
    let by_level: Vec<Value> = impact
        .by_level
        .iter()
        .map(|((ladder, level, currency), (old, new))| {
            json!({
                "ladder": ladder,
                "level": level,
                "currency": currency.to_string(),
                "old": sum(old, *currency),
                "new": sum(new, *currency),
            })
        })
        .collect();
    json!({
        "schema": IMPACT_SCHEMA,
        "old": pack(old, impact.days.0),
        "new": pack(new, impact.days.1),
        "firms": impact.firms,
        "flipped_firms": impact.flipped(),
        "newly_eligible": gained,
        "newly_ineligible": lost,
        "cannot_judge": impact.cannot_judge(),
        "other_amounts": impact.other_amounts(),
        "parts": impact.parts.iter().map(part).collect::<Vec<Value>>(),
        "totals": totals,
        "by_level": by_level,
    })
}

fn part(part: &Part) -> Value {
    let cells: Vec<Value> = part
        .cells
        .iter()
        .map(|((from, to), count)| json!({"from": from, "to": to, "firms": count}))
        .collect();
    let reasons: Vec<Value> = part
        .by_reason()
        .into_iter()
        .map(|(reason, count)| json!({"because": reason, "firms": count}))
        .collect();
    let flips: Vec<Value> = part
        .flips
        .iter()
        .map(|flip| json!({"firm": flip.firm, "from": flip.from, "to": flip.to, "because": flip.because}))
        .collect();
    json!({
        "id": part.id,
        "kind": part.kind.word(),
        "matrix": cells,
        "other_reasons": part.other_reasons,
        "flips_by_reason": reasons,
        "flips": flips,
        "other_amounts": part.other_amounts,
        "money": part.money.as_ref().map(|(currency, old, new)| money(*currency, old, new)),
    })
}

/// What is paid under both packs.
fn money(currency: Currency, old: &Sum, new: &Sum) -> Value {
    json!({
        "currency": currency.to_string(),
        "old": sum(old, currency),
        "new": sum(new, currency),
        "change": change(old, new, currency),
    })
}

fn sum(sum: &Sum, currency: Currency) -> Value {
    let written = |number: Option<Number>| number.map(|number| write_number(&Type::Money(currency), number));
    json!({
        "sum": written(sum.sum),
        "from": written(sum.range.low),
        "to": written(sum.range.high),
        "firms": sum.firms,
        "open": sum.open,
    })
}

/// The exact difference; none where an amount is open, or a sum left the range of numbers.
fn change(old: &Sum, new: &Sum, currency: Currency) -> Option<String> {
    let change = new.range.single()?.subtract(old.range.single()?).ok()?;
    Some(write_number(&Type::Money(currency), change))
}
