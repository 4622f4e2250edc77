//! The report of a decision: result, reasons, what is missing, support, what it rests on.
//!
//! A firm never reads a bare "no", and what is open is never shown as a result. Assumed points are
//! numbered once, in the order in which they appear.

mod check;
mod explain;
mod headline;
mod missing;
mod published;
mod result;
mod rests;
mod sums;
mod support;
mod terms;
mod values;
mod why;

use super::{Audience, Options};
use crate::answer::{FactPath, Part};
use crate::decision::{ConditionResult, CriterionResult, Decision, MeasureOutcome, Point, Verdict};
use crate::diagnostic::Lang;
use crate::doc::{Checked, Doc, Pair, Section};
use crate::graph::{Entity, FactRef, NodeId, Op};
use crate::plan::Plan;
use crate::profile::{Given, Profile, Status};
use crate::standing::Standing;
use crate::value::Type;
use crate::wording::{Word, Wording};
use std::collections::{BTreeMap, BTreeSet};

/// A report in the making.
struct Report<'a> {
    words: Wording<'a>,
    plan: &'a Plan<'a>,
    profile: &'a Profile,
    decision: &'a Decision,
    options: Options,
    /// The criteria that the reasons list, in order.
    shown: Vec<usize>,
    /// The numbers of the assumed points so far.
    points: BTreeMap<Point, usize>,
    /// The same, in the order of their numbers.
    order: Vec<Point>,
}

pub(super) fn report(
    plan: &Plan<'_>,
    profile: &Profile,
    decision: &Decision,
    lang: Lang,
    options: Options,
) -> Doc {
    let words = Wording { plan, lang, show_personal: options.show_personal };
    let mut report = Report {
        words,
        plan,
        profile,
        decision,
        options,
        shown: Vec::new(),
        points: BTreeMap::new(),
        order: Vec::new(),
    };
    report.shown = report.criteria_shown();
    let mut result = report.result();
    let mut body: Vec<Section> = report.why().into_iter().collect();
    body.extend(report.missing());
    body.extend(report.support());
    let explained = if report.is_whole() { report.explained() } else { Vec::new() };
    let papers = if options.audience == Audience::Caseworker { report.papers_to_check() } else { None };
    report.number_the_rest();
    report.rests_on(&mut result);
    let mut sections = vec![result];
    sections.extend(body);
    sections.extend(papers);
    sections.extend(explained);
    sections.extend(report.assumed());
    sections.extend(report.sources());
    if options.audience == Audience::Caseworker {
        sections.push(report.signature());
    }
    Doc {
        lang,
        title: words.say(Word::Title, &[]),
        notice: words.say(Word::Notice, &[]),
        subject: report.words.subject(),
        head: report.head(),
        sections,
        footer: report.footer(),
        sheet: report.sheet(),
    }
}

impl Report<'_> {
    /// True if nothing is to be left out.
    fn is_whole(&self) -> bool {
        self.options.explain || self.options.audience == Audience::Auditor
    }

    fn say(&self, word: Word, filled: &[&str]) -> String {
        self.words.say(word, filled)
    }

    fn section(&self, heading: Word, blocks: Vec<crate::doc::Block>) -> Section {
        Section { heading: self.say(heading, &[]), aside: None, blocks }
    }

    fn head(&self) -> Vec<Pair> {
        let pair = |word: Word, value: String| Pair { key: self.say(word, &[]), value, ..Pair::default() };
        let name = self.profile.name.clone().unwrap_or_else(|| self.say(Word::Unnamed, &[]));
        let mut head = vec![pair(Word::Firm, name)];
        if let Some(uscc) = &self.profile.uscc {
            head.push(pair(Word::Uscc, uscc.to_string()));
        }
        for fact in self.kinds() {
            let path = FactPath { fact, part: Part::Whole };
            if let Some(value) = self.words.given(self.profile, path) {
                let checked = self.checked(path);
                head.push(Pair { key: self.words.path(path), value, checked, points: Vec::new() });
            }
        }
        head.push(pair(Word::AsOf, self.plan.as_of.to_string()));
        if let Some(year) = self.year_assessed() {
            let year = match self.words.lang {
                Lang::En => year.to_string(),
                Lang::Zh => format!("{year}年"),
            };
            head.push(pair(Word::YearAssessed, year));
        }
        head
    }

    /// The one year of yearly figures that the criteria looked at; none where there are none or many.
    fn year_assessed(&self) -> Option<i64> {
        let yearly = |fact: usize| {
            self.plan.pack().facts.get(fact).is_some_and(|fact| fact.per == Some(crate::pack::Per::Year))
        };
        let paths = self.decision.criteria.iter().flat_map(|criterion| &criterion.facts);
        let years: BTreeSet<i64> = paths
            .filter_map(|path| match path.part {
                Part::Period(year) if yearly(path.fact) => Some(year),
                _ => None,
            })
            .collect();
        if years.len() == 1 { years.first().copied() } else { None }
    }

    /// Choices that say whom a ladder or measure is for: what kind of firm this is.
    fn kinds(&self) -> BTreeSet<usize> {
        let mut kinds = BTreeSet::new();
        let nodes = &self.plan.checked.graph.nodes;
        for node in nodes {
            if let Op::Ladder { applies_to: Some(who), .. } | Op::Measure { applies_to: Some(who), .. } =
                &node.op
            {
                self.walk(*who, &mut |op| match op {
                    Op::Fact(FactRef::Fact(fact)) | Op::Many { fact, .. } | Op::Holds { fact, .. } => {
                        kinds.insert(*fact);
                        true
                    }
                    _ => true,
                });
            }
        }
        let is_choice = |fact: &usize| {
            let fact = self.plan.pack().facts.get(*fact);
            fact.is_some_and(|fact| matches!(fact.value_type, Type::Choice(_)))
        };
        kinds.into_iter().filter(is_choice).collect()
    }

    /// Calls `visit` for every operation below a node, itself included, as long as it answers true.
    fn walk(&self, node: NodeId, visit: &mut dyn FnMut(&Op) -> bool) {
        let mut seen = BTreeSet::new();
        let mut stack = vec![node];
        while let Some(node) = stack.pop() {
            let Some(here) = self.plan.checked.graph.nodes.get(node.0) else { continue };
            if seen.insert(node) && visit(&here.op) {
                stack.extend(here.op.needs().into_iter().rev());
            }
        }
    }

    /// The criteria below a node, in the order in which they are written.
    fn criteria_below(&self, node: NodeId) -> Vec<usize> {
        let mut found = Vec::new();
        self.walk(node, &mut |op| match op {
            Op::Named(Entity::Criterion(index), _) => {
                found.push(*index);
                false
            }
            // The conditions of a level stand with its ladder.
            Op::LadderIn { .. } => false,
            _ => true,
        });
        found
    }

    /// The criteria that the reasons list: those of ladders down to the level reached, those that
    /// decide or hold up a class, those of gates and of measures.
    fn criteria_shown(&self) -> Vec<usize> {
        let graph = &self.plan.checked.graph;
        let op = |node: &NodeId| graph.nodes.get(node.0).map(|node| &node.op);
        let mut shown = Vec::new();
        for (node, result) in graph.ladders.iter().zip(&self.decision.ladders) {
            let Some(Op::Ladder { applies_to, levels, .. }) = op(node) else { continue };
            shown.extend(applies_to.iter().flat_map(|who| self.of_whom(*who)));
            if self.is_closed(Some(*node)) {
                continue;
            }
            let reached = result.levels.iter().position(|level| *level == Verdict::Yes);
            let count = reached.map_or(levels.len(), |level| level.saturating_add(1));
            shown.extend(levels.iter().take(count).flat_map(|level| self.criteria_below(*level)));
        }
        for (nodes, results) in graph.classes.iter().zip(&self.decision.classes) {
            for (node, result) in nodes.iter().zip(results) {
                match result.verdict {
                    Verdict::Yes => shown.extend(self.because(result)),
                    Verdict::No => {}
                    _ => shown.extend(self.criteria_below(*node).into_iter().filter(|index| {
                        let verdict = self.decision.criteria.get(*index).map(|result| result.verdict);
                        !matches!(verdict, Some(Verdict::Yes | Verdict::No))
                    })),
                }
            }
        }
        shown.extend(graph.gates.iter().flat_map(|gate| self.criteria_below(*gate)));
        for (node, result) in graph.measures.iter().zip(&self.decision.measures) {
            let Some(Op::Measure { applies_to, who, .. }) = op(node) else { continue };
            if result.outcome.is_static() {
                continue;
            }
            let who = who.filter(|_| !self.is_closed(Some(*node)));
            shown.extend(applies_to.iter().flat_map(|node| self.of_whom(*node)));
            shown.extend(who.iter().flat_map(|node| self.criteria_below(*node)));
        }
        let mut seen = BTreeSet::new();
        shown.retain(|index| seen.insert(*index));
        shown
    }

    /// The criteria that say for whom something is, without those that say that it is for others: nobody is
    /// to declare another kind for it.
    fn of_whom(&self, node: NodeId) -> Vec<usize> {
        let mut criteria = self.criteria_below(node);
        criteria.retain(|index| self.criterion(*index).is_some_and(|found| found.verdict != Verdict::No));
        criteria
    }

    /// True if a gate is no, or it is for others: then no condition of a ladder or measure decides anything.
    fn is_closed(&self, node: Option<NodeId>) -> bool {
        let graph = &self.plan.checked.graph;
        let op = node.and_then(|node| graph.nodes.get(node.0)).map(|node| &node.op);
        let (gate, is_for_others) = match op {
            Some(Op::Ladder { ladder, gate, .. }) => {
                let result = self.decision.ladders.get(*ladder);
                let outcome = result.map(|result| result.outcome);
                (gate, outcome == Some(crate::decision::LadderOutcome::NotApplicable))
            }
            Some(Op::Measure { measure, gate, .. }) => {
                let outcome = self.decision.measures.get(*measure).map(|result| result.outcome);
                (gate, outcome == Some(MeasureOutcome::NotApplicable))
            }
            _ => return false,
        };
        let gate = gate.and_then(|gate| graph.gates.iter().position(|found| *found == gate));
        let gate = gate.and_then(|gate| self.decision.gates.get(gate));
        is_for_others || gate.is_some_and(|gate| gate.verdict == Verdict::No)
    }

    /// The criteria among the reasons of a class.
    fn because(&self, result: &ConditionResult) -> Vec<usize> {
        self.criteria_of(&result.grounds.because)
    }

    fn criteria_of(&self, reasons: &[crate::explain::Reason]) -> Vec<usize> {
        let place = |node| self.plan.checked.graph.criteria.iter().position(|criterion| *criterion == node);
        reasons.iter().filter_map(|reason| place(reason.node)).collect()
    }

    fn criterion(&self, index: usize) -> Option<&CriterionResult> {
        self.decision.criteria.get(index)
    }

    /// The numbers of assumed points; a point gets its number where it appears first.
    fn mark<'p>(&mut self, points: impl IntoIterator<Item = &'p Point>) -> Vec<usize> {
        let mut marks = Vec::new();
        for point in points {
            let next = self.order.len().saturating_add(1);
            let number = *self.points.entry(*point).or_insert(next);
            if number == next {
                self.order.push(*point);
            }
            marks.push(number);
        }
        marks.sort_unstable();
        marks
    }

    /// What an outcome rests on and no listed criterion says.
    fn beside_criteria(&self, points: &BTreeSet<Point>) -> Vec<Point> {
        let of_criteria: BTreeSet<Point> = self
            .shown
            .iter()
            .filter_map(|index| self.criterion(*index))
            .flat_map(|result| result.grounds.assumed.iter().copied())
            .collect();
        points.difference(&of_criteria).copied().collect()
    }

    /// How far what stands at a path was checked; none where nothing that counts stands there.
    fn checked(&self, path: FactPath) -> Option<Checked> {
        match self.standing_at(path)? {
            Status::Verified => Some(Checked::Verified),
            Status::Declared => Some(Checked::Declared),
            Status::Rejected => None,
        }
    }

    /// The status of what stands at a path, of a list the least of its rows'; a judgement that a
    /// person signed is as good as verified.
    fn standing_at(&self, path: FactPath) -> Option<Status> {
        let fact = self.plan.pack().facts.get(path.fact)?;
        let provenance = self.profile.provenance(path)?;
        if fact.judged_by.is_some() {
            return provenance.is_signed().then_some(Status::Verified);
        }
        if let (Part::Whole, Some(Given::Rows { rows, .. })) = (path.part, self.profile.facts.get(path.fact)?)
        {
            let mut fields = rows.iter().flat_map(|row| row.fields.iter().flatten()).peekable();
            if fields.peek().is_some() {
                let verified = fields.all(|entry| entry.provenance.status == Status::Verified);
                return Some(if verified { Status::Verified } else { Status::Declared });
            }
        }
        Some(provenance.status)
    }

    /// The numbers, in the list of what is missing, of the facts that something waits for.
    fn missing_numbers(&self, awaits: &[FactPath]) -> String {
        let place = |path: &FactPath| self.decision.missing.iter().position(|missing| missing == path);
        let mut places: Vec<usize> = awaits.iter().filter_map(place).collect();
        places.sort_unstable();
        let number = |place: &usize| place.saturating_add(1).to_string();
        let mut numbers = Vec::new();
        for run in places.chunk_by(|one, other| one.saturating_add(1) == *other) {
            match run {
                [first, _, .., last] => numbers.push(format!("{}-{}", number(first), number(last))),
                _ => numbers.extend(run.iter().map(number)),
            }
        }
        self.words.list(&numbers)
    }

    /// What each printed sheet carries: who, under which rules, on which day.
    fn sheet(&self) -> String {
        let header = &self.plan.pack().header;
        let name = self.profile.name.clone().unwrap_or_else(|| self.say(Word::Unnamed, &[]));
        let as_of = format!("{} {}", self.say(Word::AsOf, &[]), self.plan.as_of);
        [name, format!("{} {}", header.pack, header.edition), as_of].join(" - ")
    }

    fn footer(&self) -> Vec<String> {
        let header = &self.plan.pack().header;
        let asked = self.decision.missing.iter().any(|path| !self.is_judged(*path));
        let contact = match header.contact.as_ref().map(|contact| self.words.label(contact)) {
            Some(contact) if !contact.is_empty() => {
                Some(self.sentence(self.say(Word::FooterContact, &[&contact])))
            }
            // Said beside what is missing.
            _ if asked => None,
            _ => Some(self.say(Word::FooterNoContact, &[])),
        };
        let appeal = header.appeal.as_ref().map(|appeal| self.words.label(appeal));
        let appeal = appeal.filter(|appeal| !appeal.is_empty());
        let appeal = appeal.map(|appeal| self.sentence(self.say(Word::FooterAppeal, &[&appeal])));
        let pack = self.say(Word::FooterPack, &[&header.pack, &header.edition]);
        let semantics = crate::decision::SEMANTICS.to_string();
        let engine = self.say(Word::FooterEngine, &[env!("CARGO_PKG_VERSION"), &semantics]);
        let gap = if self.words.lang == Lang::En { "; " } else { "　" };
        let between = if self.words.lang == Lang::En { " " } else { "" };
        let first = format!("{pack}{gap}{engine}");
        let mut second: Vec<String> = contact.into_iter().chain(appeal).collect();
        second.push(self.say(Word::FooterWrong, &[]));
        let mut footer = vec![first, second.join(between)];
        if !self.is_whole() {
            footer.push(self.say(Word::More, &[]));
        }
        footer
    }

    /// A text with the end of a sentence, which a pack's own text may have: another one follows.
    fn sentence(&self, mut text: String) -> String {
        if !text.ends_with(['.', '!', '?', '。', '！', '？']) {
            text.push(if self.words.lang == Lang::En { '.' } else { '。' });
        }
        text
    }
}

/// Whether a decided standing is confirmed.
fn checked_of(standing: Option<&Standing>) -> Option<Checked> {
    standing.map(|standing| match standing {
        Standing::Confirmed => Checked::Verified,
        Standing::Indicative { .. } => Checked::Declared,
    })
}
