//! Lists of codes and options, and which list was picked from which.

use super::Reader;
use super::entries::keys;
use crate::diagnostic::{PackProblem, quote};
use crate::pack::{CodeList, Id};
use crate::source::Span;
use crate::value::{CodeFormat, CodeSet, Label};
use crate::yaml::Node;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where each code of a list stands.
type Places = BTreeMap<Arc<str>, Span>;

impl Reader<'_> {
    /// A list: codes with labels, or `{of, format, open, codes, ...}`.
    pub(super) fn list(&mut self, id: Id, node: &Node, place: &str) {
        let attributes = ["label", "format", "open", "of", "codes", "cite", "basis", "why"];
        let Some(entries) = node.as_mapping() else {
            self.problem(PackProblem::NotMapping { place: place.to_owned() }, node.span);
            return;
        };
        let known: Vec<&str> = entries.iter().map(|entry| entry.key.text.as_str()).collect();
        let bare = !known.contains(&"codes");
        let allowed =
            if bare { keys(&[&attributes]).into_iter().chain(known).collect() } else { attributes.to_vec() };
        let Some(fields) = self.fields(node, place, &allowed) else { return };
        let mut set = CodeSet { id: id.text.clone(), root: id.text.clone(), ..CodeSet::default() };
        let mut places = BTreeMap::new();
        set.open = self.yes_at(&fields, "open");
        if let Some(text) = self.text_at(&fields, "format", place) {
            set.format = CodeFormat::parse(text);
            if set.format.is_none() {
                let span = fields.get("format").map_or(fields.span, |node| node.span);
                self.problem(PackProblem::BadCodeFormat { text: quote(text) }, span);
            }
        }
        let of = self.scoped_id(&fields, "of", place);
        if bare {
            for entry in entries.iter().filter(|entry| !attributes.contains(&entry.key.text.as_str())) {
                let code = Id { text: entry.key.text.clone(), span: entry.key_span };
                let label = self.label(&entry.value, place).unwrap_or_default();
                self.code(&mut set, &mut places, &code, label);
            }
        } else if let Some(node) = fields.get("codes") {
            self.codes(&mut set, &mut places, node, place);
            if node.as_sequence().is_some_and(<[_]>::is_empty)
                || node.as_mapping().is_some_and(<[_]>::is_empty)
            {
                self.problem(PackProblem::EmptyCondition { key: "codes".to_owned() }, node.span);
            }
        }
        let ground = self.ground(&fields, place);
        let label = self.label_at(&fields, "label", place);
        self.pack.lists.push(CodeList { id, set: Arc::new(set), places, of, label, ground });
    }

    /// Notes of each list which one it was picked from in the end.
    pub(super) fn picked_lists(&mut self) {
        let lists = &self.pack.lists;
        let parent = |id: &str| lists.iter().find(|list| list.id.text == id).and_then(|list| list.of.clone());
        let roots: Vec<String> = lists
            .iter()
            .map(|list| {
                let mut root = list.id.text.clone();
                // A list may be picked from a picked list; the number of lists bounds the way up.
                for _ in 0..lists.len() {
                    match parent(&root) {
                        Some(of) => root = of.text,
                        None => break,
                    }
                }
                root
            })
            .collect();
        for (list, root) in self.pack.lists.iter_mut().zip(roots) {
            Arc::make_mut(&mut list.set).root = root;
        }
    }

    pub(super) fn codes(&mut self, set: &mut CodeSet, places: &mut Places, node: &Node, place: &str) {
        if let Some(entries) = node.as_mapping() {
            for entry in entries {
                let label = self.label(&entry.value, place).unwrap_or_default();
                self.code(set, places, &Id { text: entry.key.text.clone(), span: entry.key_span }, label);
            }
            return;
        }
        for item in self.sequence(node, &format!("{place}.codes")) {
            if let Some(text) = self.text(item, place) {
                self.code(set, places, &Id { text: text.to_owned(), span: item.span }, Label::default());
            }
        }
    }

    fn code(&mut self, set: &mut CodeSet, places: &mut Places, code: &Id, label: Label) {
        if let Some(format) = set.format.filter(|_| !set.fits(&code.text)) {
            let problem = PackProblem::CodeShape { code: quote(&code.text), format: format.to_string() };
            self.problem(problem, code.span);
        }
        if set.contains(&code.text) {
            self.problem(PackProblem::DuplicateId { id: quote(&code.text) }, code.span);
        }
        let text: Arc<str> = Arc::from(code.text.as_str());
        places.entry(text.clone()).or_insert(code.span);
        set.codes.insert(text, label);
    }
}
