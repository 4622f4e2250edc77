//! The impact of a change of rules as a document: what changes for how many, why, and for whom.

use crate::diagnostic::Lang;
use crate::doc::{Block, Doc, Flow, Group, Item, Pair, Section, Status};
use crate::impact::{ABSENT, CANNOT_JUDGE, Impact, Kind, Part, Sum};
use crate::number::Number;
use crate::pack::{EARLIER_AWARDS, Fact};
use crate::plan::Plan;
use crate::value::{Currency, Date, Label, Type};
use crate::wording::{Word, Wording, amount};
use std::collections::BTreeSet;

/// Firms that are listed by name for each ladder and measure.
const LISTED: usize = 12;
/// Reasons that are listed.
const REASONS: usize = 8;

/// The impact as a document.
#[must_use]
pub fn impact(impact: &Impact, old: &Plan<'_>, new: &Plan<'_>, lang: Lang) -> Doc {
    let report = Report {
        impact,
        old: Wording { plan: old, lang, show_personal: false },
        new: Wording { plan: new, lang, show_personal: false },
        lang,
    };
    let mut sections = vec![report.summary()];
    // Gates and classes lead to the levels and measures: those that change nothing only make it long.
    let told = |part: &&Part| part.kind.gives() || !part.flips.is_empty();
    let (given, leading): (Vec<&Part>, Vec<&Part>) =
        impact.parts.iter().filter(told).partition(|part| part.kind.gives());
    sections.extend(given.into_iter().chain(leading).map(|part| report.part(part)));
    let name = |words: &Wording<'_>, days: Option<(Date, Date)>| {
        let header = &words.plan.pack().header;
        let name = format!("{} ({}, {})", words.label(&header.title), header.pack, header.edition);
        match days {
            Some((first, last)) if first == last => words.say(Word::ImpactOn, &[&name, &first.to_string()]),
            Some((first, last)) => {
                let days = words.say(Word::Through, &[&first.to_string(), &last.to_string()]);
                words.say(Word::ImpactOn, &[&name, &days])
            }
            None => name,
        }
    };
    Doc {
        lang,
        title: report.say(Word::ImpactTitle, &[]),
        notice: report.say(Word::ImpactNotice, &[]),
        subject: report.new.label(&new.pack().header.title),
        head: vec![
            report.pair(Word::ImpactOld, name(&report.old, impact.days.0)),
            report.pair(Word::ImpactNew, name(&report.new, impact.days.1)),
        ],
        sections,
        footer: vec![
            report.say(Word::ImpactCaveat, &[]),
            report.say(
                Word::FooterEngine,
                &[env!("CARGO_PKG_VERSION"), &crate::decision::SEMANTICS.to_string()],
            ),
        ],
        sheet: report.new.label(&new.pack().header.title),
    }
}

struct Report<'a> {
    impact: &'a Impact,
    old: Wording<'a>,
    new: Wording<'a>,
    lang: Lang,
}

impl Report<'_> {
    fn say(&self, word: Word, filled: &[&str]) -> String {
        self.new.say(word, filled)
    }

    fn pair(&self, word: Word, value: String) -> Pair {
        Pair { key: self.say(word, &[]), value, ..Pair::default() }
    }

    fn summary(&self) -> Section {
        let impact = self.impact;
        let (gained, lost) = impact.gains_and_losses();
        let times = |count: usize| self.say(Word::ImpactTimes, &[&count.to_string()]);
        let mut pairs =
            vec![self.pair(Word::ImpactGained, times(gained)), self.pair(Word::ImpactLost, times(lost))];
        if impact.cannot_judge() > 0 {
            let note = self.say(Word::ImpactCannotNote, &[&impact.cannot_judge().to_string()]);
            pairs.push(self.pair(Word::ImpactCannot, note));
        }
        if impact.other_amounts() > 0 {
            let note = self.say(Word::ImpactAmountsNote, &[&impact.other_amounts().to_string()]);
            pairs.push(self.pair(Word::ImpactAmounts, note));
        }
        for part in impact.parts.iter().filter(|part| part.kind == Kind::Measure) {
            pairs.push(Pair { key: self.label(part), value: self.have(part), ..Pair::default() });
        }
        for (currency, (old, new)) in &impact.totals {
            let key = self.say(Word::ImpactTotal, &[&currency.to_string()]);
            pairs.push(Pair { key, value: self.change(old, new, *currency), ..Pair::default() });
        }
        for ((ladder, level, currency), (old, new)) in &impact.by_level {
            let key = format!("  {} ({currency})", self.outcome(ladder, Kind::Ladder, level));
            pairs.push(Pair { key, value: self.change(old, new, *currency), ..Pair::default() });
        }
        let counts = [impact.flipped().to_string(), impact.firms.to_string()];
        let headline = self.say(Word::ImpactHeadline, &[&counts[0], &counts[1]]);
        Section {
            heading: self.say(Word::ImpactSummary, &[]),
            aside: None,
            blocks: vec![Block::Headline(headline), Block::Pairs(pairs)],
        }
    }

    /// How many firms have something under both packs, and what it comes to.
    fn have(&self, part: &Part) -> String {
        let count = |which: fn(&(String, String)) -> &String| {
            let cells = part.cells.iter().filter(|(labels, _)| part.kind.reaches(which(labels)));
            cells.fold(0_usize, |sum, (_, firms)| sum.saturating_add(*firms)).to_string()
        };
        let have = self.say(Word::ImpactHave, &[&count(|cell| &cell.0), &count(|cell| &cell.1)]);
        match &part.money {
            Some((currency, old, new)) => self.new.clauses(&[have, self.change(old, new, *currency)]),
            None => have,
        }
    }

    /// Two sums and their exact difference; ranges where something is open.
    fn change(&self, old: &Sum, new: &Sum, currency: Currency) -> String {
        let money = |number: Number| amount::number(self.lang, &Type::Money(currency), number);
        let sum = |sum: &Sum| match sum.sum {
            Some(_) => amount::range(self.lang, &Type::Money(currency), sum.range),
            None => self.say(Word::ImpactTooLarge, &[]),
        };
        let open = old.open.saturating_add(new.open);
        let ends = new.range.single().zip(old.range.single());
        let change = match ends.and_then(|(new, old)| new.subtract(old).ok()) {
            _ if open > 0 => self.say(Word::ImpactOpenChange, &[&open.to_string()]),
            Some(far) if far.is_zero() => self.say(Word::ImpactEqual, &[]),
            Some(far) if far.is_negative() => self.say(Word::ImpactLess, &[&money(far.negate())]),
            Some(far) => self.say(Word::ImpactMore, &[&money(far)]),
            None => self.say(Word::ImpactTooLarge, &[]),
        };
        self.say(Word::ImpactChange, &[&sum(old), &sum(new), &change])
    }

    /// An outcome's word, or a level's label.
    fn outcome(&self, id: &str, kind: Kind, label: &str) -> String {
        let level = |words: &Wording<'_>| -> Option<String> {
            let ladder = words.plan.pack().ladders.iter().find(|ladder| ladder.id.text == id)?;
            let level = ladder.levels.iter().find(|level| level.id.text == label)?;
            Some(words.label(&level.label))
        };
        if kind == Kind::Ladder
            && let Some(label) = level(&self.new).or_else(|| level(&self.old))
        {
            return label;
        }
        let word = match label {
            "eligible" => Word::Eligible,
            "not_eligible" | "no" => Word::NotEligible,
            "yes" => Word::GateYesBare,
            "undetermined" | "unknown" => Word::ImpactUndetermined,
            "referred" => Word::Referred,
            "not_applicable" => Word::NotApplicable,
            "not_in_force" => Word::NotInForce,
            "outside_window" => Word::OutsideWindow,
            "named_only" => Word::NamedOnly,
            "error" => Word::Failed,
            CANNOT_JUDGE => Word::ImpactCannotJudge,
            ABSENT => Word::ImpactAbsent,
            _ => Word::NoLevel,
        };
        self.say(word, &[])
    }

    /// The label of a part, with its id where another is called the same.
    fn label(&self, part: &Part) -> String {
        let label = self.bare_label(part);
        let same = self.impact.parts.iter().filter(|other| self.bare_label(other) == label).count();
        match self.lang {
            _ if same < 2 => label,
            Lang::En => format!("{label} ({})", part.id),
            Lang::Zh => format!("{label}（{}）", part.id),
        }
    }

    fn bare_label(&self, part: &Part) -> String {
        let of = |words: &Wording<'_>| -> Option<String> {
            let pack = words.plan.pack();
            let label: Option<&Label> = match part.kind {
                Kind::Gate => pack.gates.iter().find(|entry| entry.id.text == part.id).map(|e| &e.label),
                Kind::Class => {
                    let (of, id) = part.id.split_once('.')?;
                    let of = pack.classifications.iter().find(|entry| entry.id.text == of)?;
                    of.classes.iter().find(|entry| entry.id.text == id).map(|entry| &entry.label)
                }
                Kind::Ladder => pack.ladders.iter().find(|entry| entry.id.text == part.id).map(|e| &e.label),
                Kind::Measure => {
                    pack.measures.iter().find(|entry| entry.id.text == part.id).map(|entry| &entry.label)
                }
            };
            label.map(|label| words.label(label))
        };
        of(&self.new).or_else(|| of(&self.old)).unwrap_or_else(|| part.id.clone())
    }

    fn part(&self, part: &Part) -> Section {
        let firms = |count: usize| self.say(Word::ImpactFirms, &[&count.to_string()]);
        let arrow = |from: &str, to: &str| {
            let (from, to) = (self.outcome(&part.id, part.kind, from), self.outcome(&part.id, part.kind, to));
            format!("{from} > {to}")
        };
        let mut cells: Vec<(&(String, String), &usize)> = part.cells.iter().collect();
        cells.sort_by_key(|((from, to), _)| (part.rank(from), part.rank(to)));
        let mut pairs: Vec<Pair> = cells
            .into_iter()
            .map(|((from, to), count)| Pair { key: arrow(from, to), value: firms(*count), ..Pair::default() })
            .collect();
        if part.other_reasons > 0 {
            pairs.push(self.pair(Word::ImpactOtherReasons, firms(part.other_reasons)));
        }
        let mut blocks = vec![self.flow(part), Block::Pairs(pairs)];
        let reasons = part.by_reason();
        if !reasons.is_empty() {
            let items = reasons.iter().take(REASONS).map(|(reason, count)| Item {
                value: firms(*count),
                ..Item::new(Status::Told, self.reason(reason))
            });
            let heading = self.say(Word::ImpactReasons, &[]);
            blocks.push(Block::Group(Group { heading, aside: None, items: items.collect() }));
            let further = reasons.len().saturating_sub(REASONS);
            if further > 0 {
                blocks.push(Block::Paragraph(self.say(Word::ImpactMoreReasons, &[&further.to_string()])));
            }
        }
        if !part.flips.is_empty() {
            let items = part.flips.iter().take(LISTED).map(|flip| Item {
                value: arrow(&flip.from, &flip.to),
                ..Item::new(Status::Told, flip.firm.clone())
            });
            let heading = self.say(Word::ImpactFlipped, &[]);
            blocks.push(Block::Group(Group { heading, aside: None, items: items.collect() }));
            let further = part.flips.len().saturating_sub(LISTED);
            if further > 0 {
                blocks.push(Block::Paragraph(self.say(Word::ImpactFurther, &[&further.to_string()])));
            }
        }
        Section { heading: self.label(part), aside: None, blocks }
    }

    /// A criterion or fact by its label, as far as it has one.
    fn reason(&self, id: &str) -> String {
        let of = |words: &Wording<'_>| -> Option<String> {
            let pack = words.plan.pack();
            let criterion = pack.criteria.iter().find(|entry| entry.id.text == id).map(|entry| &entry.label);
            let gate = pack.gates.iter().find(|entry| entry.id.text == id).map(|entry| &entry.label);
            // The count of earlier awards has no name of its own.
            let counted = id.contains(EARLIER_AWARDS).then_some(EARLIER_AWARDS);
            let awards = pack.facts.iter().find(|entry| counted == Some(entry.id.text.as_str()));
            let fact = pack.facts.iter().find(|entry| entry.id.text == id).map(|entry| &entry.label);
            match (criterion.or(gate).or(awards.map(|entry| &entry.label)), fact) {
                (Some(label), _) => Some(words.label(label)),
                (None, Some(label)) => Some(words.say(Word::ImpactWaits, &[&words.label(label)])),
                // Nor has the condition that some row of a list meets all that is asked of one.
                (None, None) => {
                    let of_rows = |entry: &&Fact| id == format!("some {} qualifies", entry.id.text);
                    let list = pack.facts.iter().find(of_rows)?;
                    Some(words.say(Word::RowThatQualifies, &[&words.label(&list.label)]))
                }
            }
        };
        of(&self.new).or_else(|| of(&self.old)).unwrap_or_else(|| id.to_owned())
    }

    fn flow(&self, part: &Part) -> Block {
        let mut flow = Flow {
            title: self.say(Word::ImpactFlow, &[&self.label(part)]),
            words: String::new(),
            left: Vec::new(),
            right: Vec::new(),
            bands: Vec::new(),
        };
        let mut words = Vec::new();
        // On both sides from what a firm hopes for downwards.
        for side in [|cell: &(String, String)| cell.0.clone(), |cell: &(String, String)| cell.1.clone()] {
            let labels: BTreeSet<(usize, String)> =
                part.cells.keys().map(side).map(|label| (part.rank(&label), label)).collect();
            let nodes = if flow.left.is_empty() { &mut flow.left } else { &mut flow.right };
            for (_, label) in &labels {
                place(nodes, self.outcome(&part.id, part.kind, label), 0);
            }
        }
        for ((from, to), count) in &part.cells {
            let (from, to) = (self.outcome(&part.id, part.kind, from), self.outcome(&part.id, part.kind, to));
            words.push(format!("{from} > {to}: {count}"));
            let left = place(&mut flow.left, from, *count);
            let right = place(&mut flow.right, to, *count);
            flow.bands.push((left, right, *count));
        }
        flow.words = words.join("; ");
        Block::Flow(flow)
    }
}

/// The place of a label, which counts more.
fn place(nodes: &mut Vec<(String, usize)>, label: String, count: usize) -> usize {
    if let Some(index) = nodes.iter().position(|(known, _)| *known == label) {
        if let Some((_, sum)) = nodes.get_mut(index) {
            *sum = sum.saturating_add(count);
        }
        return index;
    }
    nodes.push((label, count));
    nodes.len().saturating_sub(1)
}
