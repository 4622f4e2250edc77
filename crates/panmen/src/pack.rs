//! A rule pack as written: every section's entries with their places, expressions as syntax trees.
//!
//! Made by `read`, found sound by `check`, turned into a `Plan` for one date. Holds no decision
//! logic. Entries of an imported pack stand beside the pack's own, their ids prefixed by the alias.

mod measure;
mod target;

pub use measure::{
    AWARD_MEASURE, AWARD_ON, AWARD_PROJECT, Amount, Apply, Band, Bound, EARLIER_AWARDS, Each, Means, Measure,
    Once, Stacking, StackingRule, Step, Steps, Uplift,
};
pub use target::{Counted, Figure, Population, Target};

use crate::expr::ast::Expr;
use crate::number::Interval;
use crate::source::Span;
use crate::value::{Currency, Date, Label, Type, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An id and where it was declared.
#[derive(Debug, Clone, Default)]
pub struct Id {
    /// The id; of an imported entry with the alias before it (`size.class`).
    pub text: String,
    /// Where it was declared.
    pub span: Span,
}

/// The number of an expression within [`Pack::expressions`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExprId(pub usize);

/// An expression with the scope that its names are looked up in.
#[derive(Debug, Clone)]
pub struct Written {
    /// What was written.
    pub expr: Expr,
    /// Empty, or the alias of the imported pack with a dot (`size.`).
    pub scope: Arc<str>,
}

/// A pack or one edition of it.
#[derive(Debug, Clone, Default)]
pub struct Pack {
    /// The header.
    pub header: Header,
    /// What may be known about a firm; imported packs share facts by id.
    pub facts: Vec<Fact>,
    /// Kinds of paper.
    pub evidence: Vec<Evidence>,
    /// Sets of codes.
    pub lists: Vec<CodeList>,
    /// Dated values.
    pub parameters: Vec<Parameter>,
    /// Derived values and tables.
    pub defines: Vec<Define>,
    /// Named conditions.
    pub criteria: Vec<Criterion>,
    /// Shared conditions.
    pub gates: Vec<Gate>,
    /// Classes a firm may belong to.
    pub classifications: Vec<Classification>,
    /// Ordered tiers.
    pub ladders: Vec<Ladder>,
    /// What an eligible firm gets.
    pub measures: Vec<Measure>,
    /// How measures combine.
    pub stacking: Vec<Stacking>,
    /// What the programme wants.
    pub targets: Vec<Target>,
    /// Every expression of the pack.
    pub expressions: Vec<Written>,
    /// Expressions of the parts that are read and checked but not yet evaluated, with what each must be.
    pub unevaluated: Vec<Unevaluated>,
    /// By scope (empty for the pack itself): the header of that pack.
    pub scopes: BTreeMap<Arc<str>, Header>,
    /// What could not be read; none for a pack without a flaw. It is checked all the same, so that
    /// everything else that is wrong is told at once, and never used.
    pub lost: Option<Lost>,
}

/// What a flawed pack lacks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lost {
    /// A whole file could not be read, so any name may be missing.
    pub files: bool,
    /// Ids of entries, classes and levels that were declared and could not be read.
    pub ids: BTreeSet<String>,
}

impl Pack {
    /// True of a fact about persons, by its id.
    #[must_use]
    pub fn is_personal(&self, id: &str) -> bool {
        self.facts.iter().any(|fact| fact.personal && fact.id.text == id)
    }

    /// True if a name that names nothing may be that of something that could not be read.
    #[must_use]
    pub fn may_have_lost(&self, name: &str) -> bool {
        self.lost.as_ref().is_some_and(|lost| {
            let container = name.split('.').next().unwrap_or(name);
            lost.files || lost.ids.contains(name) || lost.ids.contains(container)
        })
    }
}

/// What a pack says about itself.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// The pack's id.
    pub pack: String,
    /// The edition's name.
    pub edition: String,
    /// How official the text is.
    pub status: Status,
    /// Shown in the headline.
    pub title: Label,
    /// Who wrote the rules down.
    pub author: Option<Label>,
    /// Whose policy it is.
    pub policy_issuer: Option<Label>,
    /// Whom to ask; absent if unpublished.
    pub contact: Option<Label>,
    /// Where to object; absent if unpublished.
    pub appeal: Option<Label>,
    /// The currency of amounts.
    pub currency: Option<Currency>,
    /// When the edition applies, both days included.
    pub in_force: Period,
    /// The year that bare yearly series mean; absent: the last full calendar year.
    pub assessment_year: Option<ExprId>,
    /// What is cited.
    pub sources: Vec<Source>,
    /// Alias and pack id of imported packs.
    pub uses: Vec<(Id, String, Span)>,
}

/// How official a pack's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// The full official text.
    Official,
    /// Some articles of an official text.
    Excerpt,
    /// An illustration, not official standards.
    #[default]
    Illustrative,
}

impl Status {
    /// The word for it in a header and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Excerpt => "excerpt",
            Self::Illustrative => "illustrative",
        }
    }
}

/// Days from one to another, both included; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Period {
    /// True if the day lies within.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A document that is cited.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The word that citations begin with.
    pub id: Id,
    /// Its title.
    pub title: Label,
    /// What citations call it; absent: its id.
    pub label: Option<Label>,
    /// Its places as people call them, by the words that citations use.
    pub places: Vec<(String, Label)>,
    /// Who published it.
    pub publisher: Option<Label>,
    /// When, as written: a day, a month or a year.
    pub dated: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Its document number.
    pub number: Option<String>,
}

/// A place in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cite {
    /// The source's id.
    pub source: String,
    /// The place, for example `par. 6`.
    pub place: Option<String>,
}

/// How far the law itself says what an entry says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Basis {
    /// True if nobody published it.
    pub assumed: bool,
    /// Why it was assumed so.
    pub why: Option<Label>,
}

/// Citation and basis of an entry, each absent unless written.
#[derive(Debug, Clone, Default)]
pub struct Ground {
    /// `cite:`
    pub cite: Option<Cite>,
    /// `basis:` with `why:`
    pub basis: Option<Basis>,
}

impl Ground {
    /// This ground, completed by what the container says.
    #[must_use]
    pub fn within(&self, container: &Ground) -> Ground {
        Ground {
            cite: self.cite.clone().or_else(|| container.cite.clone()),
            basis: self.basis.clone().or_else(|| container.basis.clone()),
        }
    }

    /// True if the entry is marked as assumed.
    #[must_use]
    pub fn assumed(&self) -> bool {
        self.basis.as_ref().is_some_and(|basis| basis.assumed)
    }
}

/// Something that may be known about a firm.
#[expect(clippy::struct_excessive_bools, reason = "each is a yes-or-no attribute of the language")]
#[derive(Debug, Clone)]
pub struct Fact {
    /// Its id; shared with imported packs.
    pub id: Id,
    /// The scope of the pack that declared it first.
    pub scope: Arc<str>,
    /// The type of its value, of one period, or of each of many values.
    pub value_type: Type,
    /// A series: one value a year or month.
    pub per: Option<Per>,
    /// A set of values.
    pub many: bool,
    /// The numbers that are possible at all.
    pub range: Interval,
    /// Shown to people.
    pub label: Label,
    /// The question that is asked.
    pub ask: Option<Label>,
    /// Kinds of paper that prove it.
    pub evidence: Vec<Id>,
    /// The firm cannot change it.
    pub fixed: bool,
    /// Masked on screen and paper.
    pub personal: bool,
    /// Counts only when a person of that role signed it.
    pub judged_by: Option<String>,
    /// May be given as a band such as `10..49`.
    pub accepts_band: bool,
}

/// The period of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Per {
    /// One value a calendar year.
    Year,
    /// One value a calendar month.
    Month,
}

/// A kind of paper.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Its id; shared with imported packs.
    pub id: Id,
    /// The scope of the pack that declared it first.
    pub scope: Arc<str>,
    /// Shown to people.
    pub label: Label,
    /// The office that issues it.
    pub office: Option<Label>,
    /// How long it proves something, as written.
    pub valid_for: Option<String>,
    /// Other kinds that do as well.
    pub alternatives: Vec<Id>,
    /// When it is needed.
    pub only_if: Option<ExprId>,
}

/// A set of codes, for `in` and for facts of type `code`.
#[derive(Debug, Clone)]
pub struct CodeList {
    /// Its id.
    pub id: Id,
    /// The codes with their labels.
    pub set: Arc<crate::value::CodeSet>,
    /// Where each code stands.
    pub places: BTreeMap<Arc<str>, Span>,
    /// The id of the list it was picked from.
    pub of: Option<Id>,
    /// What it holds, for people.
    pub label: Option<Label>,
    /// Citation and basis.
    pub ground: Ground,
}

/// A dated value.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its id.
    pub id: Id,
    /// The type of its values.
    pub value_type: Type,
    /// Shown to people.
    pub label: Label,
    /// The values in order of their first day.
    pub values: Vec<DatedValue>,
}

/// A value from a day on.
#[derive(Debug, Clone)]
pub struct DatedValue {
    /// From when to when it is in force.
    pub period: Period,
    /// The value.
    pub value: Value,
    /// Citation and basis.
    pub ground: Ground,
    /// Where it was written.
    pub span: Span,
}

/// A derived value.
#[derive(Debug, Clone)]
pub struct Define {
    /// Its id.
    pub id: Id,
    /// Shown to people, if given.
    pub label: Option<Label>,
    /// How it is derived.
    pub value: Definition,
}

/// How a derived value is written.
#[derive(Debug, Clone)]
pub enum Definition {
    /// `is:` an expression.
    Is(ExprId),
    /// A table: what picks the row, and the rows.
    Table(ExprId, Vec<Row>),
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// The level, option, code, text, `yes` or `no` that it is for.
    pub key: Id,
    /// Its value.
    pub value: ExprId,
}

/// A condition.
#[derive(Debug, Clone)]
pub enum Condition {
    /// An expression or an id.
    Is(ExprId),
    /// All of them.
    All(Vec<Condition>),
    /// At least one of them.
    Any(Vec<Condition>),
    /// None of them.
    None(Vec<Condition>),
    /// At least so many of them.
    AtLeast(usize, Vec<Condition>),
}

/// A named condition.
#[derive(Debug, Clone)]
pub struct Criterion {
    /// Its id.
    pub id: Id,
    /// Shown to people.
    pub label: Label,
    /// What must hold.
    pub when: Condition,
    /// Citation and basis.
    pub ground: Ground,
    /// What a firm that fails it can do.
    pub remedy: Option<Label>,
}

/// A condition shared by what follows.
#[derive(Debug, Clone)]
pub struct Gate {
    /// Its id.
    pub id: Id,
    /// Shown to people.
    pub label: Label,
    /// What must hold.
    pub when: Condition,
    /// Citation and basis.
    pub ground: Ground,
}

/// Classes a firm may belong to.
#[derive(Debug, Clone)]
pub struct Classification {
    /// Its id.
    pub id: Id,
    /// Shown to people.
    pub label: Label,
    /// The source names these classes as examples only.
    pub open: bool,
    /// Citation and basis, inherited by the classes.
    pub ground: Ground,
    /// The classes.
    pub classes: Vec<Member>,
}

/// A class of a classification or a level of a ladder.
#[derive(Debug, Clone)]
pub struct Member {
    /// Its id within its container.
    pub id: Id,
    /// Shown to people.
    pub label: Label,
    /// What must hold.
    pub when: Condition,
    /// Citation and basis as written.
    pub ground: Ground,
}

/// Ordered tiers: the first level that holds is the firm's.
#[derive(Debug, Clone)]
pub struct Ladder {
    /// Its id.
    pub id: Id,
    /// Shown to people.
    pub label: Label,
    /// The gate before it.
    pub gate: Option<Id>,
    /// Whom it is for at all.
    pub applies_to: Option<AppliesTo>,
    /// Citation and basis, inherited by the levels.
    pub ground: Ground,
    /// From the highest to the lowest.
    pub levels: Vec<Member>,
}

/// Whom a ladder or measure is for, and what is said to others.
#[derive(Debug, Clone)]
pub struct AppliesTo {
    /// What must hold.
    pub when: Condition,
    /// Said to those for whom it does not.
    pub otherwise: Label,
}

/// An expression that is checked and not yet evaluated.
#[derive(Debug, Clone)]
pub struct Unevaluated {
    /// The expression.
    pub expr: ExprId,
    /// What it must be.
    pub expects: Expects,
    /// The list whose fields are in scope.
    pub rows_of: Option<String>,
}

/// What an expression must be where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expects {
    /// A condition.
    Truth,
    /// Money in the pack's currency.
    Money,
    /// A percent or a number without a unit.
    Ratio,
    /// Any number, with or without a unit.
    Quantity,
    /// Whatever it is.
    Anything,
}
