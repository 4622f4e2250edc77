//! What a firm has and what is asked: values with their names, distances, alternatives.

use super::Report;
use crate::decision::LadderOutcome;
use crate::doc::{Item, Pair, Scale};
use crate::explain::{Finding, Needed, leaves};
use crate::graph::{Entity, NodeId, Op, outcome_bit};
use crate::number::Number;
use crate::value::{TimeUnit, Type};
use crate::wording::{Word, amount};

/// A finding with the node that it looked at, where that is known.
pub(super) type Found<'a> = (Option<NodeId>, &'a Finding);

impl Report<'_> {
    fn op(&self, node: NodeId) -> Option<&Op> {
        self.plan.checked.graph.nodes.get(node.0).map(|node| &node.op)
    }

    /// The findings of a criterion with their nodes; with true those that only say of whom it is asked.
    fn findings_of(&self, index: usize) -> Vec<(bool, Found<'_>)> {
        let node = self.plan.checked.graph.criteria.get(index).copied();
        let inner = node.and_then(|node| match self.op(node) {
            Some(Op::Named(_, inner)) => Some(*inner),
            _ => None,
        });
        let (Some(result), Some(inner)) = (self.criterion(index), inner) else { return Vec::new() };
        // `not a or b` asks for b wherever a holds.
        let guards: Vec<NodeId> = match self.op(inner) {
            Some(Op::Any(items)) => {
                let (guards, asked): (Vec<NodeId>, Vec<NodeId>) =
                    items.iter().partition(|item| matches!(self.op(**item), Some(Op::Not(_))));
                if asked.is_empty() { Vec::new() } else { guards }
            }
            _ => Vec::new(),
        };
        let guards: Vec<NodeId> =
            guards.into_iter().flat_map(|guard| leaves(self.plan, guard)).map(|leaf| leaf.node).collect();
        let nodes = leaves(self.plan, inner).into_iter().map(|leaf| leaf.node);
        let found = nodes.zip(&result.findings);
        found.map(|(node, finding)| (guards.contains(&node), (Some(node), finding))).collect()
    }

    /// The findings of a criterion that ask something of the firm.
    pub(super) fn asked_findings(&self, index: usize) -> Vec<Found<'_>> {
        self.findings_of(index).into_iter().filter(|(guard, _)| !guard).map(|(_, found)| found).collect()
    }

    /// Why a criterion that is met is not asked of the firm at all.
    pub(super) fn is_not_asked(&self, index: usize) -> Option<Word> {
        self.criterion(index).filter(|result| result.verdict == crate::decision::Verdict::Yes)?;
        let found = self.findings_of(index);
        let (_, (_, finding)) = found.iter().find(|(guard, (_, f))| *guard && f.answer.is_yes())?;
        let is_choice = |path: &crate::answer::FactPath| {
            let fact = self.plan.pack().facts.get(path.fact);
            fact.is_some_and(|fact| matches!(fact.value_type, Type::Choice(_)))
        };
        let of_kind = finding.facts.iter().all(is_choice);
        Some(if of_kind { Word::NotAskedOfKind } else { Word::NotAsked })
    }

    /// What a finding is about: a value that the pack derives and names, else the facts.
    pub(super) fn about(&self, node: Option<NodeId>, finding: &Finding) -> String {
        let graph = &self.plan.checked.graph;
        let sides: Vec<NodeId> = match node.and_then(|node| Some((node, self.op(node)?))) {
            Some((node, Op::Compare(_, left, right))) => vec![*left, *right, node],
            Some((node, Op::In { value, .. })) => vec![*value, node],
            Some((node, _)) => vec![node],
            None => Vec::new(),
        };
        let define = sides.iter().find_map(|side| graph.defines.iter().position(|define| define == side));
        let label = define.and_then(|define| self.plan.pack().defines.get(define)?.label.as_ref());
        label.map_or_else(|| self.looked_at(finding), |label| self.words.label(label))
    }

    /// Of a condition on the level of a ladder, the levels that it takes and the one that is reached.
    pub(super) fn levels(&self, node: NodeId) -> Option<Vec<Pair>> {
        let Some(Op::LadderIn { ladder: of, outcomes }) = self.op(node) else { return None };
        let Some(Op::Ladder { ladder, levels, .. }) = self.op(*of) else { return None };
        let named = |level: usize| self.words.entity(Entity::Level(*ladder, level));
        let asked: Vec<String> =
            (0..levels.len()).filter(|level| outcomes & outcome_bit(Some(*level)) != 0).map(named).collect();
        let reached = match self.decision.ladders.get(*ladder)?.outcome {
            LadderOutcome::Level(level) => named(level),
            LadderOutcome::None => self.say(Word::NoLevel, &[]),
            LadderOutcome::NotApplicable => self.say(Word::NotApplicable, &[]),
            _ => self.say(Word::NotDecidedYet, &[]),
        };
        let pair = |word: Word, value: String| Pair { key: self.say(word, &[]), value, ..Pair::default() };
        let asked = if asked.is_empty() { self.say(Word::NoLevel, &[]) } else { self.words.list(&asked) };
        let key = self.words.entity(Entity::Ladder(*ladder));
        Some(vec![Pair { key, value: reached, ..Pair::default() }, pair(Word::Needed, asked)])
    }

    /// What the firm has, as short as can be. A value is named where it does not speak for itself: a no, a
    /// day, a share, and one of several.
    pub(super) fn met(&self, findings: &[Found<'_>], label: &str) -> String {
        let mut holding: Vec<&Found<'_>> = findings.iter().filter(|(_, f)| f.answer.is_yes()).collect();
        // Beside other values a plain yes says nothing, nor does what kind of firm it is.
        let kinds = self.kinds();
        let says = |finding: &Finding| {
            finding.needed != Needed::YesNo(true)
                && !finding.facts.iter().all(|path| kinds.contains(&path.fact))
        };
        if holding.iter().any(|(_, finding)| says(finding)) {
            holding.retain(|(_, finding)| says(finding));
        }
        let mut shown: Vec<(String, Vec<String>)> = Vec::new();
        let several = holding.iter().filter(|(_, finding)| finding.needed != Needed::Condition).count() > 1;
        for (node, finding) in holding {
            let mut needed = None;
            let level = node.and_then(|node| self.levels(node)).and_then(|row| row.into_iter().next());
            let bare = match (&finding.value, &finding.needed) {
                _ if level.is_some() => level.map(|pair| pair.value).unwrap_or_default(),
                (Some((value, _)), _) if value.single().is_none() && !self.is_given(finding) => {
                    self.say(Word::AnyValue, &[])
                }
                (_, Needed::YesNo(yes)) => self.say(if *yes { Word::Yes } else { Word::No }, &[]),
                _ if finding.facts.iter().any(|path| self.words.is_masked(*path)) => {
                    self.say(Word::Withheld, &[])
                }
                (Some((value, value_type)), Needed::Bound(..)) if *value_type != Type::Date => {
                    needed = self.words.needed(finding);
                    amount::range(self.words.lang, value_type, *value)
                }
                (Some((value, value_type)), _) => amount::range(self.words.lang, value_type, *value),
                (None, Needed::Condition) => continue,
                (None, _) => self.given_of(finding),
            };
            let plain = matches!(finding.needed, Needed::YesNo(true))
                || matches!(&finding.value, Some((_, Type::Money(_))))
                || matches!(&finding.value, Some((_, Type::Decimal(Some(unit)))) if TimeUnit::of_word(unit).is_some())
                || (finding.value.is_none() && finding.needed != Needed::YesNo(false));
            let name = self.about(*node, finding);
            let text = if bare.is_empty() || name == label || name.is_empty() || (plain && !several) {
                bare
            } else {
                let word =
                    if matches!(finding.needed, Needed::YesNo(_)) { Word::ReachedLevel } else { Word::Named };
                self.say(word, &[&name, &bare])
            };
            // What one value is held against stands behind it once.
            match shown.iter_mut().find(|(known, _)| *known == text) {
                Some((_, all)) => all.extend(needed),
                None if text.is_empty() => {}
                None => shown.push((text, needed.into_iter().collect())),
            }
        }
        let with = |(value, needed): &(String, Vec<String>)| match needed.as_slice() {
            [] => value.clone(),
            needed => self.say(Word::WithCode, &[value, &self.words.list(needed)]),
        };
        self.words.list(&shown.iter().map(with).collect::<Vec<_>>())
    }

    /// What the profile says of the facts of a finding.
    fn given_of(&self, finding: &Finding) -> String {
        let given = finding.facts.iter().filter_map(|path| self.words.given(self.profile, *path));
        self.words.list(&given.collect::<Vec<_>>())
    }

    /// What a finding looked at.
    pub(super) fn looked_at(&self, finding: &Finding) -> String {
        self.words.paths(&finding.facts)
    }

    /// What is short, with the distance.
    pub(super) fn short(&self, findings: &[Found<'_>], item: &mut Item) {
        let failing: Vec<&Found<'_>> = findings.iter().filter(|(_, f)| f.answer.is_no()).collect();
        let choice = failing.iter().filter(|(_, finding)| finding.alternative).count() > 1;
        if choice {
            item.details.push(vec![Pair { key: self.say(Word::AnyIsEnough, &[]), ..Pair::default() }]);
        }
        for (node, finding) in failing {
            let looked_at = self.about(*node, finding);
            let named = looked_at != item.label && !looked_at.is_empty();
            let levels = node.and_then(|node| self.levels(node));
            let distance = levels.unwrap_or_else(|| self.distance(finding));
            item.scales.extend(self.scale(finding, &distance));
            let key = named.then(|| Pair { key: looked_at, ..Pair::default() });
            let row: Vec<Pair> = key.into_iter().chain(distance).collect();
            if !row.is_empty() {
                item.details.push(row);
            }
        }
    }

    /// What the firm has, what is needed, and how far it is from one to the other.
    pub(super) fn distance(&self, finding: &Finding) -> Vec<Pair> {
        let pair = |word: Word, value: String| Pair { key: self.say(word, &[]), value, ..Pair::default() };
        let masked = finding.facts.iter().any(|path| self.words.is_masked(*path));
        let yours = if masked {
            self.say(Word::Withheld, &[])
        } else if let Some((value, value_type)) = finding.value.as_ref().filter(|_| self.is_given(finding)) {
            amount::range(self.words.lang, value_type, *value)
        } else {
            self.given_of(finding)
        };
        let mut row = Vec::new();
        if !yours.is_empty() {
            row.push(pair(Word::Yours, yours));
        }
        if let Some(needed) = self.words.needed(finding) {
            row.push(pair(Word::Needed, needed));
        }
        if let (false, Some((far, far_type))) = (masked, &finding.short_by)
            && !far.is_zero()
        {
            let word = if is_over(finding) { Word::Over } else { Word::ShortBy };
            row.push(pair(word, amount::number(self.words.lang, far_type, *far)));
        }
        row
    }

    /// The distance as a drawing: for numbers above zero that are not withheld.
    fn scale(&self, finding: &Finding, row: &[Pair]) -> Option<Scale> {
        let Needed::Bound(_, bound, value_type) = &finding.needed else { return None };
        let value = finding.value.as_ref().filter(|_| self.is_given(finding))?.0.single()?;
        let masked = finding.facts.iter().any(|path| self.words.is_masked(*path));
        if masked || *value_type == Type::Date || *bound <= Number::ZERO || value.is_negative() {
            return None;
        }
        // A tenth of the width is left beyond the farther of the two.
        let whole = value.max(*bound).multiply(Number::from(10)).ok()?.divide(Number::from(9)).ok()?;
        let words = row.iter().map(|pair| format!("{} {}", pair.key, pair.value)).collect::<Vec<_>>();
        Some(Scale {
            title: self.say(Word::ScaleOf, &[&self.looked_at(finding)]),
            words: self.words.clauses(&words),
            value: value.thousandths_of(whole)?,
            bound: bound.thousandths_of(whole)?,
        })
    }

    /// True if the profile says something of what a finding looked at.
    fn is_given(&self, finding: &Finding) -> bool {
        finding.facts.iter().any(|path| self.words.given(self.profile, *path).is_some())
    }
}

/// True if the firm has more than it may.
fn is_over(finding: &Finding) -> bool {
    use crate::expr::ast::Comparison;
    match &finding.needed {
        Needed::Bound(Comparison::Less | Comparison::AtMost, ..) => true,
        Needed::Between(range, _) => finding
            .value
            .as_ref()
            .and_then(|(value, _)| value.single())
            .zip(range.high)
            .is_some_and(|(value, high)| value > high),
        _ => false,
    }
}
