//! How sure an outcome is: the engine's search against every choice of facts to verify; and that the
//! order of members changes nothing.

use super::completions::{AS_OF, PARAMETERS, with_condition};
use super::generate::{Story, condition, one_in, story};
use super::model::Cond;
use crate::language::engine::{HEADER, answer, day, firm, pack, paths};
use panmen::answer::{FactPath, Part};
use panmen::check::Checked;
use panmen::decision::{Grounds, decide};
use panmen::eval::{Run, eval};
use panmen::graph::Ty;
use panmen::plan::plan;
use panmen::profile::{Given, Profile, Status};
use panmen::standing::Standing;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Facts of each kind.
const POOL: usize = 3;

/// Everything that is given of a fact, verified or merely declared.
fn mark(profile: &mut Profile, fact: usize, status: Status) {
    match profile.facts[fact].as_mut() {
        Some(Given::One(entry)) => entry.provenance.status = status,
        Some(Given::Rows { rows, provenance, .. }) => {
            provenance.status = status;
            for row in rows {
                row.provenance.status = status;
                row.fields.iter_mut().flatten().for_each(|entry| entry.provenance.status = status);
            }
        }
        _ => {}
    }
}

/// The same condition as a gate, whose standing is searched.
fn gate_of(condition: &Cond, story: &Story) -> (Checked, String) {
    let facts = story.firm((POOL, POOL, POOL), 64);
    let gates = format!("gates: {{it: {{all: [{}]}}}}\n", condition.yaml());
    let text = format!("{HEADER}{}{PARAMETERS}{gates}", facts.declarations());
    (pack(&text), facts.yaml())
}

/// The sizes of the sets of declared facts whose verification gives the same outcome from verified facts
/// alone: the smallest, found by trying all.
fn smallest(pack: &Checked, profile: &Profile, declared: &[usize]) -> Option<usize> {
    let plan = plan(pack, day(AS_OF));
    let node = pack.graph.gates[0];
    let wanted = eval(&plan, profile, Run::All);
    let nothing = BTreeSet::new();
    (0..1_usize << declared.len())
        .filter(|set| {
            let mut checked = profile.clone();
            for (place, fact) in declared.iter().enumerate() {
                if set >> place & 1 == 1 {
                    mark(&mut checked, *fact, Status::Verified);
                }
            }
            eval(&plan, &checked, Run::Verified(&nothing)).get(node) == wanted.get(node)
        })
        .map(|set| set.count_ones() as usize)
        .min()
}

fn check_standing(condition: &Cond, story: &Story, verified: &[bool]) -> Result<(), TestCaseError> {
    let (pack, facts) = gate_of(condition, story);
    let mut profile = firm(&pack, &facts);
    let mut declared = Vec::new();
    for (fact, verified) in (0..profile.facts.len()).zip(verified.iter().cycle()) {
        if profile.facts[fact].is_none() {
            continue;
        }
        if *verified {
            mark(&mut profile, fact, Status::Verified);
        } else {
            declared.push(fact);
        }
    }
    let plan = plan(&pack, day(AS_OF));
    let Grounds { standing, awaits, failure, .. } = decide(&plan, &profile).gates.remove(0).grounds;
    match standing {
        None => prop_assert!(!awaits.is_empty() || failure.is_some()),
        Some(Standing::Confirmed) => prop_assert_eq!(smallest(&pack, &profile, &declared), Some(0)),
        Some(Standing::Indicative { verify: None }) => {
            return Err(TestCaseError::fail("no default stands in for anything"));
        }
        Some(Standing::Indicative { verify: Some(set) }) => {
            prop_assert!(set.iter().all(|path| path.part == Part::Whole), "{:?}", set);
            prop_assert_eq!(smallest(&pack, &profile, &declared), Some(set.len()));
            let nothing = BTreeSet::new();
            let mut checked = profile.clone();
            set.iter().for_each(|path: &FactPath| mark(&mut checked, path.fact, Status::Verified));
            let (node, all) = (pack.graph.gates[0], eval(&plan, &profile, Run::All));
            let confirmed = eval(&plan, &checked, Run::Verified(&nothing));
            prop_assert_eq!(confirmed.get(node), all.get(node));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(one_in(2))]

    #[test]
    fn the_named_set_is_the_smallest_that_confirms(
        condition in condition(POOL),
        story in story(),
        verified in proptest::collection::vec(any::<bool>(), 9),
    ) {
        check_standing(&condition, &story, &verified)?;
    }

    #[test]
    fn the_order_of_members_does_not_matter(condition in condition(POOL), story in story()) {
        let facts = story.firm((POOL, POOL, POOL), 64);
        let mut reversed = condition.clone();
        reversed.reverse();
        let said = |condition: &Cond| {
            let pack = with_condition(&facts, condition);
            let plan = plan(&pack, day(AS_OF));
            let profile = firm(&pack, &facts.yaml());
            let decision = decide(&plan, &profile);
            let all = eval(&plan, &profile, Run::All);
            let grounds = &decision.criteria[0].grounds;
            let because: BTreeSet<bool> = grounds.because.iter().map(|reason| reason.helps).collect();
            (
                answer(&plan, &Ty::Truth, all.get(pack.graph.criteria[0])),
                paths(&plan, &grounds.awaits),
                grounds.standing.clone(),
                because,
                decision.criteria[0].verdict,
            )
        };
        prop_assert_eq!(said(&condition), said(&reversed));
    }
}
