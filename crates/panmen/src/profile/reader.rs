//! The outer shape of a profile: the firm, the dates, the facts by name.

use super::{Form, Given, Profile, mend};
use crate::check::Checked;
use crate::diagnostic::{Diagnostic, MOST_SUGGESTED, ProfileProblem, any_error, nearest, quote};
use crate::pack::Fact;
use crate::source::Span;
use crate::value::{self, Date, Type, Value};
use crate::yaml::{self, Entry, Node};

/// Facts that one profile may hold, periods and rows counted.
pub(crate) const MOST_FACTS: usize = 2_000;

pub(super) struct Reader<'a> {
    pub(super) checked: &'a Checked,
    pub(super) form: Form,
    pub(super) facts_as_of: Option<Date>,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) count: usize,
}

/// The decision date that a profile asks for, before it is read against a pack.
#[must_use]
pub fn as_of(node: &Node) -> Option<Date> {
    let text = &node.get("as_of")?.as_scalar()?.text;
    Date::parse(text.trim())
}

pub(super) fn read(node: &Node, checked: &Checked, form: Form) -> (Option<Profile>, Vec<Diagnostic>) {
    let mut reader = Reader { checked, form, facts_as_of: None, diagnostics: Vec::new(), count: 0 };
    let profile = reader.profile(node);
    finish(profile, reader.diagnostics)
}

pub(super) fn read_facts(node: &Node, checked: &Checked, form: Form) -> (Option<Profile>, Vec<Diagnostic>) {
    let mut reader = Reader { checked, form, facts_as_of: None, diagnostics: Vec::new(), count: 0 };
    let mut profile = Profile { facts: vec![None; checked.pack.facts.len()], ..Profile::default() };
    reader.facts(node, &mut profile);
    finish(profile, reader.diagnostics)
}

fn finish(profile: Profile, diagnostics: Vec<Diagnostic>) -> (Option<Profile>, Vec<Diagnostic>) {
    let sound = !any_error(&diagnostics);
    (sound.then_some(profile), diagnostics)
}

impl Reader<'_> {
    pub(super) fn problem(&mut self, problem: ProfileProblem, span: Span) {
        self.diagnostics.push(Diagnostic::new(problem, span));
    }

    /// The entries of a mapping, each key of which must be known.
    pub(super) fn entries<'n>(&mut self, node: &'n Node, place: &str, known: &[&str]) -> &'n [Entry] {
        let Some(entries) = node.as_mapping() else {
            self.problem(ProfileProblem::NotMapping { place: place.to_owned() }, node.span);
            return &[];
        };
        for unknown in yaml::unknown_keys(entries, known) {
            let key = quote(&unknown.entry.key.text);
            let problem = ProfileProblem::UnknownKey { key, place: place.to_owned(), known: unknown.known };
            let span = unknown.entry.key_span;
            self.diagnostics.push(Diagnostic::new(problem, span).suggest(unknown.nearest.as_deref()));
        }
        entries
    }

    pub(super) fn text<'n>(&mut self, node: &'n Node, place: &str) -> Option<&'n str> {
        let scalar = node.as_scalar();
        if scalar.is_none() {
            self.problem(ProfileProblem::NotText { place: place.to_owned() }, node.span);
        }
        scalar.map(|scalar| scalar.text.trim())
    }

    pub(super) fn date(&mut self, node: &Node, place: &str) -> Option<Date> {
        let text = self.text(node, place)?;
        match value::read_date(text) {
            Ok(date) => Some(date),
            Err(problem) => {
                self.diagnostics.push(Diagnostic::new(problem, node.span));
                None
            }
        }
    }

    fn profile(&mut self, node: &Node) -> Profile {
        let mut profile = Profile { facts: vec![None; self.checked.pack.facts.len()], ..Profile::default() };
        if node.as_mapping().is_none() {
            let found = if node.is_null() { "it is empty" } else { "it is not a mapping" }.to_owned();
            self.problem(ProfileProblem::NotProfile { found }, node.span);
            return profile;
        }
        let get = |key: &str| node.get(key).filter(|node| !node.is_null());
        if get("facts").is_none() && get("firm").is_none() {
            let found = "it has neither `firm:` nor `facts:`".to_owned();
            let span = node.as_mapping().and_then(<[_]>::first).map_or(node.span, |entry| entry.key_span);
            self.problem(ProfileProblem::NotProfile { found }, span);
        }
        self.entries(node, "profile", &["firm", "as_of", "facts_as_of", "facts"]);
        profile.as_of = get("as_of").and_then(|node| self.date(node, "as_of"));
        profile.facts_as_of = get("facts_as_of").and_then(|node| self.date(node, "facts_as_of"));
        self.facts_as_of = profile.facts_as_of;
        if let Some(firm) = get("firm") {
            self.firm(firm, &mut profile);
        }
        if let Some(facts) = get("facts") {
            self.facts(facts, &mut profile);
        }
        profile
    }

    fn firm(&mut self, node: &Node, profile: &mut Profile) {
        for entry in self.entries(node, "firm", &["name", "uscc"]) {
            if entry.value.is_null() {
                continue;
            }
            let kind = if entry.key.text == "uscc" { Type::Text(true) } else { Type::Text(false) };
            let Some(text) = self.text(&entry.value, &entry.key.text) else { continue };
            match (value::read_text(&kind, text), entry.key.text.as_str()) {
                (Ok(Value::Word(word)), "uscc") => profile.uscc = Some(word),
                (Ok(Value::Word(word)), "name") => profile.name = Some(word.to_string()),
                (Ok(_), _) => {}
                (Err(problem), _) => self.diagnostics.push(Diagnostic::new(problem, entry.value.span)),
            }
        }
    }

    fn facts(&mut self, node: &Node, profile: &mut Profile) {
        let Some(entries) = node.as_mapping() else {
            if !node.is_null() {
                self.problem(ProfileProblem::NotMapping { place: "facts".to_owned() }, node.span);
            }
            return;
        };
        let checked = self.checked;
        let mut unknowns = 0_usize;
        for entry in entries {
            let name = entry.key.text.as_str();
            let Some(index) = checked.pack.facts.iter().position(|fact| fact.id.text == name) else {
                let names = checked.pack.facts.iter().map(|fact| fact.id.text.as_str());
                // With thousands of unknown names the nearest of each would take minutes.
                unknowns = unknowns.saturating_add(1);
                let suggested = if unknowns > MOST_SUGGESTED { None } else { nearest(name, names) };
                let diagnostic = match suggested.and_then(|right| mend::name_characters(name, right)) {
                    Some(problem) => Diagnostic::new(problem, entry.key_span),
                    None => {
                        let problem = ProfileProblem::UnknownFact { fact: quote(name) };
                        let labelled =
                            checked.pack.facts.iter().find(|fact| fact.label.all().any(|l| l == name));
                        let suggested = labelled.map(|fact| fact.id.text.as_str()).or(suggested);
                        Diagnostic::new(problem, entry.key_span).suggest(suggested)
                    }
                };
                self.diagnostics.push(diagnostic);
                continue;
            };
            let Some(fact) = checked.pack.facts.get(index) else { continue };
            let given = self.fact(fact, &entry.value);
            self.same_code(fact, given.as_ref(), profile, entry.value.span);
            if let Some(slot) = profile.facts.get_mut(index) {
                *slot = given;
            }
        }
        if self.count > MOST_FACTS {
            self.problem(ProfileProblem::TooManyFacts { limit: MOST_FACTS.to_string() }, node.span);
        }
    }

    /// The firm's own code must be the one among its facts.
    fn same_code(&mut self, fact: &Fact, given: Option<&Given>, profile: &mut Profile, span: Span) {
        let Some(Given::One(entry)) = given else { return };
        let super::Held::Value(Value::Word(word)) = &entry.held else { return };
        if fact.id.text != "uscc" || fact.value_type != Type::Text(true) {
            return;
        }
        match &profile.uscc {
            Some(firm) if firm != word => {
                let problem = ProfileProblem::FirmCodes { firm: firm.to_string(), fact: word.to_string() };
                self.problem(problem, span);
            }
            _ => profile.uscc = Some(word.clone()),
        }
    }
}
