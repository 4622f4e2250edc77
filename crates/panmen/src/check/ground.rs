//! Citations and basis: what must cite something, and what classes and levels inherit.

use crate::diagnostic::{Diagnostic, PackProblem};
use crate::pack::{Condition, Ground, Id, Pack};

/// Everything that must cite something and does not.
pub(super) fn check(pack: &Pack, diagnostics: &mut Vec<Diagnostic>) {
    let mut need = |ground: &Ground, place: String, id: &Id| {
        if ground.cite.is_none() {
            diagnostics.push(Diagnostic::new(PackProblem::NoCitation { place }, id.span));
        }
    };
    for parameter in &pack.parameters {
        for value in &parameter.values {
            let id = Id { text: parameter.id.text.clone(), span: value.span };
            need(&value.ground, format!("parameters.{}", parameter.id.text), &id);
        }
    }
    for criterion in &pack.criteria {
        need(&criterion.ground, format!("criteria.{}", criterion.id.text), &criterion.id);
    }
    for (index, classification) in pack.classifications.iter().enumerate() {
        for (class, member) in classification.classes.iter().enumerate() {
            let place = format!("{}.{}", classification.id.text, member.id.text);
            need(&class_ground(pack, index, class), place, &member.id);
        }
    }
    for (index, ladder) in pack.ladders.iter().enumerate() {
        for (level, member) in ladder.levels.iter().enumerate() {
            let place = format!("{}.{}", ladder.id.text, member.id.text);
            need(&level_ground(pack, index, level), place, &member.id);
        }
    }
    for measure in &pack.measures {
        need(&measure.ground, format!("measures.{}", measure.id.text), &measure.id);
    }
    for target in &pack.targets {
        need(&target.ground, format!("targets.{}", target.id.text), &target.id);
    }
}

/// The ground of a class: its own, its classification's, or that of its criteria.
#[must_use]
pub fn class_ground(pack: &Pack, classification: usize, class: usize) -> Ground {
    let Some(container) = pack.classifications.get(classification) else { return Ground::default() };
    let Some(member) = container.classes.get(class) else { return Ground::default() };
    member.ground.within(&container.ground).within(&cited_by(pack, &member.when))
}

/// The ground of a level: its own, its ladder's, or that of its criteria.
#[must_use]
pub fn level_ground(pack: &Pack, ladder: usize, level: usize) -> Ground {
    let Some(container) = pack.ladders.get(ladder) else { return Ground::default() };
    let Some(member) = container.levels.get(level) else { return Ground::default() };
    member.ground.within(&container.ground).within(&cited_by(pack, &member.when))
}

/// The first citation among the criteria that a condition names. Their basis is not taken over: a
/// result inherits it from the criteria themselves.
fn cited_by(pack: &Pack, condition: &Condition) -> Ground {
    match condition {
        Condition::Is(expr) => {
            let mut cite = None;
            if let Some(written) = pack.expressions.get(expr.0) {
                super::order::names_in(pack, &written.expr, &[], &mut |name| {
                    let full = format!("{}{}", written.scope, name.text);
                    let criterion = pack.criteria.iter().find(|criterion| criterion.id.text == full);
                    let gate = pack.gates.iter().find(|gate| gate.id.text == full);
                    let ground = criterion.map(|entry| &entry.ground).or(gate.map(|entry| &entry.ground));
                    if cite.is_none() {
                        cite = ground.and_then(|ground| ground.cite.clone());
                    }
                });
            }
            Ground { cite, basis: None }
        }
        Condition::All(items)
        | Condition::Any(items)
        | Condition::None(items)
        | Condition::AtLeast(_, items) => items
            .iter()
            .map(|item| cited_by(pack, item))
            .find(|ground| ground.cite.is_some())
            .unwrap_or_default(),
    }
}
