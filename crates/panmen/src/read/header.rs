//! The header of a pack.

use super::{HEADER, Reader};
use crate::diagnostic::{Diagnostic, PackProblem, quote};
use crate::pack::{Header, Id, Period, Source, Status};
use crate::source::Span;
use crate::value::{Currency, Label, Month};
use crate::yaml::{Entry, Node};

impl Reader<'_> {
    /// Reads the header; `span` is where missing keys are reported.
    pub(super) fn header(&mut self, entries: &[&Entry], span: Span) {
        let get = |key: &str| {
            entries
                .iter()
                .find(|entry| entry.key.text == key)
                .map(|entry| &entry.value)
                .filter(|n| !n.is_null())
        };
        for key in ["pack", "edition", "status", "title", "in_force"] {
            if get(key).is_none() {
                let start = Span { end: span.start.saturating_add(1).min(span.end.max(span.start)), ..span };
                self.missing(key, super::HEADER_FILE, start);
            }
        }
        // Sources first: everything else may cite them.
        let sources = get("sources").map(|node| self.sources_of(node)).unwrap_or_default();
        let mut header = Header { sources, ..Header::default() };
        header.pack = get("pack").and_then(|node| self.pack_id(node)).unwrap_or_default();
        header.edition = self.header_text(get("edition"), "edition");
        if let Some(node) = get("status") {
            let words = [
                ("official", Status::Official),
                ("excerpt", Status::Excerpt),
                ("illustrative", Status::Illustrative),
            ];
            header.status = self.word(node, "status", &words).unwrap_or_default();
        }
        header.title = get("title").and_then(|node| self.label(node, "title")).unwrap_or_default();
        header.author = get("author").and_then(|node| self.label(node, "author"));
        header.policy_issuer = get("policy_issuer").and_then(|node| self.label(node, "policy_issuer"));
        header.contact = get("contact").and_then(|node| self.published(node, "contact"));
        header.appeal = get("appeal").and_then(|node| self.published(node, "appeal"));
        header.currency = get("currency").and_then(|node| self.currency(node));
        self.currency_told = get("currency").is_some() && header.currency.is_none();
        header.in_force = get("in_force").map(|node| self.in_force(node, "in_force")).unwrap_or_default();
        // Citations look their sources up in the header of the scope at hand.
        self.pack.scopes.insert(self.scope.clone(), header.clone());
        header.assessment_year =
            get("assessment_year").and_then(|node| self.expression(node, "assessment_year"));
        header.uses = get("uses").map(|node| self.uses(node)).unwrap_or_default();
        debug_assert!(entries.iter().all(|entry| HEADER.contains(&entry.key.text.as_str())));
        self.pack.scopes.insert(self.scope.clone(), header.clone());
        if self.scope.is_empty() {
            let imported = std::mem::take(&mut self.pack.header.sources);
            self.pack.header = header;
            self.pack.header.sources.extend(imported);
        } else {
            self.pack.header.sources.extend(header.sources);
        }
    }

    fn header_text(&mut self, node: Option<&Node>, key: &str) -> String {
        node.and_then(|node| self.text(node, key)).unwrap_or_default().to_owned()
    }

    /// A pack's id: words of small letters and digits joined by hyphens.
    fn pack_id(&mut self, node: &Node) -> Option<String> {
        let text = self.text(node, "pack")?;
        let sound = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'));
        if !sound {
            self.problem(PackProblem::BadId { id: quote(text) }, node.span);
        }
        Some(text.to_owned())
    }

    /// A text, or nothing where the header says `unpublished`.
    fn published(&mut self, node: &Node, key: &str) -> Option<Label> {
        if node.as_scalar().is_some_and(|scalar| scalar.text == "unpublished") {
            return None;
        }
        self.label(node, key)
    }

    pub(super) fn currency(&mut self, node: &Node) -> Option<Currency> {
        let text = self.text(node, "currency")?;
        let currency = Currency::parse(text);
        if currency.is_none() {
            self.problem(PackProblem::UnknownCurrency { text: quote(text) }, node.span);
        }
        currency
    }

    /// `{from: ..., to: ...}`
    pub(super) fn in_force(&mut self, node: &Node, place: &str) -> Period {
        match self.fields(node, place, &["from", "to"]) {
            Some(fields) => {
                if fields.get("from").is_none() && fields.get("to").is_none() {
                    self.missing("from", place, node.span);
                }
                self.period(&fields, place)
            }
            None => Period::default(),
        }
    }

    fn sources_of(&mut self, node: &Node) -> Vec<Source> {
        let mut sources = Vec::new();
        for entry in self.section_entries(node, "sources") {
            let Some(id) = self.id(&entry.key.text, entry.key_span) else { continue };
            let place = format!("sources.{}", id.text);
            let known = ["title", "label", "publisher", "dated", "url", "number", "places"];
            let Some(fields) = self.fields(&entry.value, &place, &known) else { continue };
            let title = self.label_at(&fields, "title", &place);
            if title.is_none() {
                self.problem(PackProblem::NoLabel { place: place.clone() }, id.span);
            }
            let title = title.unwrap_or_else(|| Label::plain(&id.text));
            let dated = self.text_at(&fields, "dated", &place).map(str::to_owned);
            if let (Some(text), Some(node)) = (&dated, fields.get("dated")) {
                let year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
                if !year
                    && Month::parse(text).is_none()
                    && let Err(problem) = crate::value::read_date(text)
                {
                    self.diagnostics.push(Diagnostic::new(problem, node.span));
                }
            }
            let mut places = Vec::new();
            let within = format!("{place}.places");
            for named in
                fields.get("places").map(|node| self.section_entries(node, &within)).unwrap_or_default()
            {
                if let Some(label) = self.label(&named.value, &within) {
                    places.push((named.key.text.clone(), label));
                }
            }
            let source = Source {
                label: self.label_at(&fields, "label", &place),
                places,
                title,
                publisher: self.label_at(&fields, "publisher", &place),
                dated,
                url: self.text_at(&fields, "url", &place).map(str::to_owned),
                number: self.text_at(&fields, "number", &place).map(str::to_owned),
                id: Id { text: self.scoped(&id.text), span: id.span },
            };
            sources.push(source);
        }
        sources
    }

    fn uses(&mut self, node: &Node) -> Vec<(Id, String, Span)> {
        let mut uses = Vec::new();
        for entry in self.section_entries(node, "uses") {
            let Some(alias) = self.declare(entry, false) else { continue };
            let Some(pack) = self.text(&entry.value, "uses") else { continue };
            let sound =
                !pack.is_empty() && pack.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
            if sound {
                uses.push((alias, pack.to_owned(), entry.value.span));
            } else {
                self.problem(PackProblem::UnknownPack { id: quote(pack) }, entry.value.span);
            }
        }
        uses
    }
}
