//! What a name can mean: every id of the pack, its classes, levels and measures' parts.

use crate::diagnostic::{Diagnostic, PackProblem, nearest, quote};
use crate::graph::Entity;
use crate::pack::{Id, Pack};
use std::collections::{BTreeMap, BTreeSet};

/// The ids of a section, and what an id of it means by its place.
type Section<'p> = (Vec<&'p Id>, fn(usize) -> Entity);

/// Names to entities; names of imported packs begin with their alias.
#[derive(Debug, Default)]
pub(super) struct Names {
    entities: BTreeMap<String, Entity>,
    units: BTreeSet<String>,
}

impl Names {
    pub(super) fn of(pack: &Pack) -> Self {
        let mut names = Self::default();
        let mut put = |name: String, entity: Entity| {
            names.entities.insert(name, entity);
        };
        put("decision_date".to_owned(), Entity::DecisionDate);
        put("assessment_year".to_owned(), Entity::AssessmentYear);
        let flat: [Section<'_>; 9] = [
            (pack.facts.iter().map(|entry| &entry.id).collect(), Entity::Fact),
            (pack.lists.iter().map(|entry| &entry.id).collect(), Entity::List),
            (pack.parameters.iter().map(|entry| &entry.id).collect(), Entity::Parameter),
            (pack.defines.iter().map(|entry| &entry.id).collect(), Entity::Define),
            (pack.criteria.iter().map(|entry| &entry.id).collect(), Entity::Criterion),
            (pack.gates.iter().map(|entry| &entry.id).collect(), Entity::Gate),
            (pack.classifications.iter().map(|entry| &entry.id).collect(), Entity::Classification),
            (pack.ladders.iter().map(|entry| &entry.id).collect(), Entity::Ladder),
            (pack.measures.iter().map(|entry| &entry.id).collect(), Entity::Measure),
        ];
        for (ids, entity) in flat {
            for (index, id) in ids.into_iter().enumerate() {
                put(id.text.clone(), entity(index));
            }
        }
        for (index, classification) in pack.classifications.iter().enumerate() {
            for (class, member) in classification.classes.iter().enumerate() {
                put(format!("{}.{}", classification.id.text, member.id.text), Entity::Class(index, class));
            }
        }
        for (index, ladder) in pack.ladders.iter().enumerate() {
            for (level, member) in ladder.levels.iter().enumerate() {
                put(format!("{}.{}", ladder.id.text, member.id.text), Entity::Level(index, level));
            }
        }
        for (index, measure) in pack.measures.iter().enumerate() {
            put(format!("{}.amount", measure.id.text), Entity::MeasureAmount(index));
            put(format!("{}.eligible", measure.id.text), Entity::MeasureEligible(index));
        }
        names.units = units(pack);
        names
    }

    /// What a name means where the names of an imported pack begin with `scope`.
    pub(super) fn find(&self, name: &str, scope: &str) -> Option<Entity> {
        let own = if scope.is_empty() { None } else { self.entities.get(&format!("{scope}{name}")) };
        // Facts are shared; everything else of another pack is out of an imported pack's sight.
        let shared = |entity: &Entity| {
            scope.is_empty()
                || matches!(entity, Entity::Fact(_) | Entity::DecisionDate | Entity::AssessmentYear)
        };
        own.or_else(|| self.entities.get(name).filter(|entity| shared(entity))).copied()
    }

    pub(super) fn gate(&self, id: &str) -> Option<Entity> {
        self.entities.get(id).copied().filter(|entity| matches!(entity, Entity::Gate(_)))
    }

    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.entities.keys().map(String::as_str))
    }

    pub(super) fn has_unit(&self, unit: &str) -> bool {
        self.units.contains(unit)
    }

    pub(super) fn nearest_unit(&self, unit: &str) -> Option<&str> {
        nearest(unit, self.units.iter().map(String::as_str))
    }

    /// Ids outside expressions that name nothing: evidence of facts, gates, parents of lists.
    pub(super) fn undeclared(&self, pack: &Pack) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let evidence: Vec<&str> = pack.evidence.iter().map(|entry| entry.id.text.as_str()).collect();
        let mentioned = pack.facts.iter().flat_map(|fact| &fact.evidence);
        for id in mentioned.chain(pack.evidence.iter().flat_map(|entry| &entry.alternatives)) {
            if !evidence.contains(&id.text.as_str()) && !pack.may_have_lost(&id.text) {
                let problem = PackProblem::UnknownEvidence { id: quote(&id.text) };
                let suggested = nearest(&id.text, evidence.iter().copied());
                diagnostics.push(Diagnostic::new(problem, id.span).suggest(suggested));
            }
        }
        let gates = pack.ladders.iter().map(|ladder| &ladder.gate);
        for id in gates.chain(pack.measures.iter().map(|measure| &measure.gate)).flatten() {
            if self.gate(&id.text).is_none() && !pack.may_have_lost(&id.text) {
                let problem = PackProblem::UnknownReference { id: quote(&id.text), kind: "gate".to_owned() };
                let suggested = nearest(&id.text, pack.gates.iter().map(|gate| gate.id.text.as_str()));
                diagnostics.push(Diagnostic::new(problem, id.span).suggest(suggested));
            }
        }
        diagnostics.extend(parents(pack));
        diagnostics
    }
}

/// Picked lists whose parent is unknown or does not hold a picked code.
fn parents(pack: &Pack) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for list in &pack.lists {
        let Some(of) = &list.of else { continue };
        let Some(parent) = pack.lists.iter().find(|known| known.id.text == of.text) else {
            if pack.may_have_lost(&of.text) {
                continue;
            }
            let suggested = nearest(&of.text, pack.lists.iter().map(|known| known.id.text.as_str()));
            let problem = PackProblem::UnknownList { id: quote(&of.text) };
            diagnostics.push(Diagnostic::new(problem, of.span).suggest(suggested));
            continue;
        };
        for code in list.set.codes.keys() {
            let held = parent.set.contains(code) || (parent.set.open && parent.set.fits(code));
            if !held {
                let place = list.places.get(code).copied().unwrap_or(list.id.span);
                let problem = PackProblem::NotInParent { code: quote(code), parent: of.text.clone() };
                let suggested = nearest(code, parent.set.codes.keys().map(|known| &**known));
                diagnostics.push(Diagnostic::new(problem, place).suggest(suggested));
            }
        }
    }
    diagnostics
}

/// Every unit that a fact, a field or a parameter declares.
fn units(pack: &Pack) -> BTreeSet<String> {
    use crate::value::Type;
    let mut units = BTreeSet::new();
    let mut take = |value_type: &Type| match value_type {
        Type::Decimal(Some(unit)) => {
            units.insert(unit.to_string());
        }
        Type::List(fields) => {
            for field in fields.iter() {
                if let Type::Decimal(Some(unit)) = &field.value_type {
                    units.insert(unit.to_string());
                }
            }
        }
        _ => {}
    };
    pack.facts.iter().for_each(|fact| take(&fact.value_type));
    pack.parameters.iter().for_each(|parameter| take(&parameter.value_type));
    units
}
