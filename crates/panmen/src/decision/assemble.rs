//! Puts a decision together from the three runs.

use super::{
    Assumption, ConditionResult, CriterionResult, Decision, Grounds, InlineResult, LadderOutcome,
    LadderResult, MeasureOutcome, MeasureResult, Point, PublishedOnly, ladder_outcome, measure_outcome,
    verdict,
};
use crate::answer::FactPath;
use crate::combine::{Combined, Paid, combine};
use crate::eval::{Run, Trace, eval};
use crate::explain::{Reason, because, finding, findings, leaves, steps, support};
use crate::graph::{Entity, Graph, NodeId, Op, Stack};
use crate::plan::Plan;
use crate::profile::Profile;
use crate::standing::{Standing, standing, standing_of};
use std::collections::{BTreeMap, BTreeSet};

struct Runs<'a> {
    plan: &'a Plan<'a>,
    profile: &'a Profile,
    all: Trace,
    combined: Combined,
    verified: Trace,
    published: Trace,
}

pub(super) fn decide(plan: &Plan<'_>, profile: &Profile) -> Decision {
    let nothing = BTreeSet::new();
    let all = eval(plan, profile, Run::All);
    let runs = Runs {
        plan,
        profile,
        combined: combine(plan, &all),
        all,
        verified: eval(plan, profile, Run::Verified(&nothing)),
        published: eval(plan, profile, Run::Published),
    };
    let graph = &plan.checked.graph;
    let criteria: Vec<CriterionResult> = graph.criteria.iter().map(|node| runs.criterion(*node)).collect();
    let gates: Vec<ConditionResult> = graph.gates.iter().map(|node| runs.condition(*node)).collect();
    let classes: Vec<Vec<ConditionResult>> =
        graph.classes.iter().map(|nodes| nodes.iter().map(|node| runs.condition(*node)).collect()).collect();
    let ladders: Vec<LadderResult> = graph.ladders.iter().map(|node| runs.ladder(*node)).collect();
    let measures: Vec<MeasureResult> =
        graph.measures.iter().enumerate().map(|(index, node)| runs.measure(index, *node)).collect();
    let mut points: BTreeSet<Point> = BTreeSet::new();
    let grounds = gates.iter().chain(classes.iter().flatten()).map(|result| &result.grounds);
    let grounds = grounds.chain(ladders.iter().map(|result| &result.grounds));
    for ground in grounds.chain(measures.iter().map(|result| &result.grounds)) {
        points.extend(ground.assumed.iter().copied());
    }
    Decision {
        confirmed: confirmed(&ladders, &measures),
        missing: runs.missing(&gates, &classes, &ladders, &measures),
        assumed: points.into_iter().map(|point| Assumption { point }).collect(),
        totals: runs.combined.totals.clone(),
        uncounted: measures
            .iter()
            .filter(|result| {
                let failed = result.outcome == MeasureOutcome::Error && !result.steps.is_empty();
                failed || (result.amount.is_none() && result.amount_failure.is_some())
            })
            .count(),
        published_only: runs.published_only(graph),
        papers: graph.papers.iter().map(|node| runs.is_needed((*node)?)).collect(),
        inline: runs.inline(graph),
        criteria,
        gates,
        classes,
        ladders,
        measures,
    }
}

/// Whether a measure of this outcome comes with its amount.
fn is_computed(outcome: MeasureOutcome) -> bool {
    outcome == MeasureOutcome::Eligible || outcome.is_open()
}

impl Runs<'_> {
    fn grounds(&self, node: NodeId, because: Vec<Reason>, search: bool) -> Grounds {
        let answer = self.all.get(node);
        let standing = if search {
            standing(self.plan, self.profile, &self.all, &self.verified, node)
        } else {
            self.plain_standing(node)
        };
        Grounds {
            because,
            awaits: answer.awaits.iter().copied().collect(),
            standing,
            assumed: self.points(node),
            failure: answer.failure,
        }
    }

    /// The standing without the search for what would confirm it.
    fn plain_standing(&self, node: NodeId) -> Option<Standing> {
        let answer = self.all.get(node);
        if !answer.is_decided() {
            return None;
        }
        let confirmed = self.verified.get(node) == answer
            && support(self.plan, &self.all, node, false).defaults.is_empty();
        Some(if confirmed { Standing::Confirmed } else { Standing::Indicative { verify: None } })
    }

    /// What nobody published and a node rests on.
    fn points(&self, node: NodeId) -> BTreeSet<Point> {
        let found = support(self.plan, &self.all, node, false);
        let assumed = found.entities.into_iter().filter(|entity| self.plan.assumed.contains(entity));
        assumed.map(Point::Entity).chain(found.defaults.into_iter().map(Point::Default)).collect()
    }

    fn criterion(&self, node: NodeId) -> CriterionResult {
        let inner = self.inner(node);
        let whole = support(self.plan, &self.all, node, true);
        let parameters = whole.entities.iter().filter_map(|entity| match entity {
            Entity::Parameter(index) => Some(*index),
            _ => None,
        });
        CriterionResult {
            verdict: verdict(self.plan, self.all.get(node)),
            grounds: self.grounds(node, because(self.plan, &self.all, inner), false),
            parameters: parameters.collect(),
            facts: whole.facts.into_iter().collect(),
            findings: findings(self.plan, &self.all, inner),
        }
    }

    fn condition(&self, node: NodeId) -> ConditionResult {
        let inner = self.inner(node);
        ConditionResult {
            verdict: verdict(self.plan, self.all.get(node)),
            grounds: self.grounds(node, because(self.plan, &self.all, inner), true),
        }
    }

    /// The conditions of gates, classes, levels and measures that have no criterion of their own.
    fn inline(&self, graph: &Graph) -> Vec<InlineResult> {
        let gates = graph.gates.iter().copied();
        let mut roots: Vec<(Entity, NodeId)> =
            gates.enumerate().map(|(i, node)| (Entity::Gate(i), node)).collect();
        for (index, classes) in graph.classes.iter().enumerate() {
            roots
                .extend(classes.iter().enumerate().map(|(class, node)| (Entity::Class(index, class), *node)));
        }
        for (index, node) in graph.ladders.iter().enumerate() {
            if let Some(Op::Ladder { levels, .. }) = self.op(*node) {
                roots.extend(
                    levels.iter().enumerate().map(|(level, node)| (Entity::Level(index, level), *node)),
                );
            }
        }
        for (index, node) in graph.measures.iter().enumerate() {
            if let Some(Op::Measure { who: Some(who), .. }) = self.op(*node) {
                roots.push((Entity::Measure(index), *who));
            }
        }
        let mut found = Vec::new();
        for (of, root) in roots {
            for leaf in leaves(self.plan, self.inner(root)) {
                let named = matches!(self.op(leaf.node), Some(Op::Named(..) | Op::LadderIn { .. }));
                let text = graph.texts.get(&leaf.node).filter(|_| !named);
                let Some((text, finding)) = text.zip(finding(self.plan, &self.all, leaf)) else { continue };
                found.push(InlineResult {
                    of,
                    text: text.clone(),
                    verdict: verdict(self.plan, &finding.answer),
                    grounds: self.grounds(leaf.node, Vec::new(), false),
                    finding,
                });
            }
        }
        found
    }

    /// The condition below a name.
    fn inner(&self, node: NodeId) -> NodeId {
        match self.plan.checked.graph.nodes.get(node.0).map(|node| &node.op) {
            Some(Op::Named(_, inner)) => *inner,
            _ => node,
        }
    }

    fn ladder(&self, node: NodeId) -> LadderResult {
        let (outcome, possible) = ladder_outcome(self.plan, self.all.get(node));
        let mut reasons = Vec::new();
        let mut levels = Vec::new();
        if let Some(Op::Ladder { gate, applies_to, levels: nodes, .. }) = self.op(node) {
            levels = nodes.iter().map(|level| verdict(self.plan, self.all.get(*level))).collect();
            let decided_by_gate = gate.filter(|gate| self.all.get(*gate).is_no());
            let not_for = applies_to.filter(|applies| self.all.get(*applies).is_no());
            if let Some(gate) = decided_by_gate {
                reasons = because(self.plan, &self.all, gate);
            } else if let (Some(applies), LadderOutcome::NotApplicable) = (not_for, outcome) {
                reasons = because(self.plan, &self.all, applies);
            } else {
                // Below a level that has no value, none is reached.
                for level in nodes {
                    let answer = self.all.get(*level);
                    if !answer.is_yes() || outcome != LadderOutcome::Error {
                        reasons.extend(because(self.plan, &self.all, *level));
                    }
                    if answer.is_yes() {
                        break;
                    }
                }
            }
        }
        let mut seen = BTreeSet::new();
        reasons.retain(|reason| seen.insert(reason.id.clone()));
        LadderResult { outcome, possible, grounds: self.grounds(node, reasons, true), levels }
    }

    /// Whether a paper's condition holds; none while it is open.
    fn is_needed(&self, node: NodeId) -> Option<bool> {
        let answer = self.all.get(node);
        (answer.is_yes() || answer.is_no()).then(|| answer.is_yes())
    }

    fn op(&self, node: NodeId) -> Option<&Op> {
        self.plan.checked.graph.nodes.get(node.0).map(|node| &node.op)
    }

    fn measure(&self, index: usize, node: NodeId) -> MeasureResult {
        let outcome = measure_outcome(self.plan, self.all.get(node));
        let Some(Op::Measure { gate, applies_to, who, amount, .. }) = self.op(node) else {
            let grounds = self.grounds(node, Vec::new(), false);
            return MeasureResult { grounds, ..MeasureResult::without_amount(outcome) };
        };
        let deciding = match outcome {
            MeasureOutcome::NotEligible => gate.filter(|gate| self.all.get(*gate).is_no()).or(*who),
            MeasureOutcome::NotApplicable => *applies_to,
            MeasureOutcome::Eligible => *who,
            _ => None,
        };
        let reasons = deciding.map(|node| because(self.plan, &self.all, node)).unwrap_or_default();
        // The static outcomes depend on no fact: the search would find nothing.
        let mut grounds = self.grounds(node, reasons, !outcome.is_static());
        let paid = self.combined.paid.get(index).and_then(Option::as_ref);
        let (Some(amount), Some(paid), true) = (amount, paid, is_computed(outcome)) else {
            let failed = outcome == MeasureOutcome::Error && amount.is_some();
            // The steps show where an amount has no value.
            let steps = if failed { steps(self.plan, self.profile, &self.all, index) } else { Vec::new() };
            return MeasureResult { grounds, steps, ..MeasureResult::without_amount(outcome) };
        };
        let eligible = outcome == MeasureOutcome::Eligible;
        if eligible {
            // An eligible firm's amount may still be a range: what it waits for says why.
            let known: BTreeSet<FactPath> = grounds.awaits.iter().copied().collect();
            grounds.awaits.extend(paid.awaits.difference(&known));
        }
        MeasureResult {
            amount: (!paid.lost).then_some(paid.amount),
            amount_failure: paid.failure,
            amount_standing: eligible.then(|| self.amount_standing(index, *amount, paid)).flatten(),
            steps: steps(self.plan, self.profile, &self.all, index),
            effects: paid.effects.clone(),
            met: self.met(index),
            outcome,
            grounds,
        }
    }

    /// The facts that the money which a measure meets is made of.
    fn met(&self, index: usize) -> Vec<FactPath> {
        let (_, stacks) = meeting(&self.plan.checked.graph, index);
        let money = stacks.into_iter().flat_map(Stack::money);
        let facts: BTreeSet<FactPath> =
            money.flat_map(|node| support(self.plan, &self.all, node, true).facts).collect();
        facts.into_iter().collect()
    }

    /// The standing of an amount: whether verified facts alone give the same, other measures included.
    fn amount_standing(&self, index: usize, amount: NodeId, paid: &Paid) -> Option<Standing> {
        let graph = &self.plan.checked.graph;
        let (measures, stacks) = meeting(graph, index);
        if stacks.is_empty() {
            return standing(self.plan, self.profile, &self.all, &self.verified, amount);
        }
        if paid.failure.is_some() || paid.amount.single().is_none() {
            return None;
        }
        let mut nodes: Vec<NodeId> =
            measures.iter().filter_map(|measure| graph.measures.get(*measure)).copied().collect();
        nodes.extend(stacks.into_iter().flat_map(Stack::money));
        let same = |trace: &Trace| {
            let combined = combine(self.plan, trace);
            let found = combined.paid.get(index).and_then(Option::as_ref);
            found.is_some_and(|found| found.amount == paid.amount && found.failure.is_none())
        };
        Some(standing_of(self.plan, self.profile, (&self.all, &self.verified), &nodes, &same))
    }

    fn published_only(&self, graph: &Graph) -> PublishedOnly {
        let of = |node: &NodeId| verdict(self.plan, self.published.get(*node));
        let outcomes =
            graph.measures.iter().map(|node| measure_outcome(self.plan, self.published.get(*node)));
        let measures: Vec<MeasureOutcome> = outcomes.collect();
        let combined = combine(self.plan, &self.published);
        let paid = combined.paid.iter().zip(&measures).map(|(paid, outcome)| {
            let paid = paid.as_ref().filter(|paid| is_computed(*outcome) && !paid.lost);
            paid.map(|paid| paid.amount)
        });
        PublishedOnly {
            gates: graph.gates.iter().map(of).collect(),
            classes: graph.classes.iter().map(|nodes| nodes.iter().map(of).collect()).collect(),
            ladders: graph
                .ladders
                .iter()
                .map(|node| ladder_outcome(self.plan, self.published.get(*node)))
                .collect(),
            amounts: paid.collect(),
            measures,
        }
    }

    /// What open outcomes wait for, in the order worth asking: what more of them wait for, then what
    /// can close a gate, then the order of the pack; what a person judges comes last.
    fn missing(
        &self,
        gates: &[ConditionResult],
        classes: &[Vec<ConditionResult>],
        ladders: &[LadderResult],
        measures: &[MeasureResult],
    ) -> Vec<FactPath> {
        let mut waiting: BTreeMap<FactPath, usize> = BTreeMap::new();
        let open = gates.iter().chain(classes.iter().flatten()).map(|result| &result.grounds.awaits);
        let open = open.chain(ladders.iter().map(|result| &result.grounds.awaits));
        for path in open.chain(measures.iter().map(|result| &result.grounds.awaits)).flatten() {
            let count = waiting.entry(*path).or_insert(0);
            *count = count.saturating_add(1);
        }
        let of_gates: BTreeSet<FactPath> =
            gates.iter().flat_map(|gate| gate.grounds.awaits.iter().copied()).collect();
        let judged =
            |path: &FactPath| self.plan.pack().facts.get(path.fact).is_some_and(|f| f.judged_by.is_some());
        let mut missing: Vec<(FactPath, usize)> = waiting.into_iter().collect();
        missing.sort_by_key(|(path, count)| {
            (judged(path), std::cmp::Reverse(*count), !of_gates.contains(path), *path)
        });
        missing.into_iter().map(|(path, _)| path).collect()
    }
}

/// The measures that one meets, itself included and through others too, and the rules by which they do.
fn meeting(graph: &Graph, measure: usize) -> (BTreeSet<usize>, Vec<&Stack>) {
    let mut met = BTreeSet::from([measure]);
    loop {
        let meets = |stack: &&Stack| stack.measures().any(|measure| met.contains(&measure));
        let stacks: Vec<&Stack> = graph.stacking.iter().filter(meets).collect();
        let more: BTreeSet<usize> =
            stacks.iter().flat_map(|stack| stack.measures()).chain([measure]).collect();
        if more.len() == met.len() {
            return (met, stacks);
        }
        met = more;
    }
}

/// Whether every outcome that depends on the firm, and every amount, is confirmed.
fn confirmed(ladders: &[LadderResult], measures: &[MeasureResult]) -> Option<bool> {
    let of_measures = measures.iter().filter(|result| !result.outcome.is_static());
    let standings: Vec<Option<&Standing>> = ladders
        .iter()
        .map(|result| result.grounds.standing.as_ref())
        .chain(of_measures.clone().map(|result| result.grounds.standing.as_ref()))
        // An amount that nobody checked is no more confirmed than an outcome.
        .chain(of_measures.filter_map(|result| result.amount_standing.as_ref().map(Some)))
        .collect();
    if standings.iter().all(Option::is_none) {
        return None;
    }
    Some(standings.iter().all(|standing| matches!(standing, Some(Standing::Confirmed))))
}
