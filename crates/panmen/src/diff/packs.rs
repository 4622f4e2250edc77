//! Two packs, entry by entry.
//!
//! In: the texts of two packs that `check` accepts. Out: every entry that differs. Compares what is
//! written, section by section and id by id, so that no key is passed over; comments and layout say nothing.

use super::nodes::{Nodes, flat};
use super::{Change, Diff, Entry, Field, Kind, Side};
use crate::diagnostic::Lang;
use crate::read::{Bundle, SECTIONS};
use crate::record::PackDigests;
use crate::source::Sources;
use crate::value::Label;
use crate::yaml::{self, Limits, Node};
use std::collections::BTreeSet;

/// The sections in the order in which a reader of rules wants them.
const ORDER: [&str; 16] = [
    "header",
    "parameters",
    "lists",
    "define",
    "criteria",
    "gates",
    "classifications",
    "tiers",
    "measures",
    "stacking",
    "allocation",
    "targets",
    "facts",
    "evidence",
    "sources",
    "uses",
];
/// Keys of the header whose entries have ids.
const OF_HEADER: [&str; 2] = ["sources", "uses"];

/// An entry as it is written.
struct Written {
    section: String,
    id: String,
    node: Node,
}

/// Compares two packs; each comes with its digests.
#[must_use]
pub fn packs(sources: &Sources, old: (&Bundle, &PackDigests), new: (&Bundle, &PackDigests)) -> Diff {
    let mut before = Vec::new();
    let mut after = Vec::new();
    written(sources, old.0, "", &mut before);
    written(sources, new.0, "", &mut after);
    let mut entries = Vec::new();
    for section in ORDER {
        let of = |all: &'_ [Written]| -> Vec<usize> {
            let places = all.iter().enumerate().filter(|(_, entry)| entry.section == section);
            places.map(|(place, _)| place).collect()
        };
        let (old_places, new_places) = (of(&before), of(&after));
        let pick = |all: &'_ [Written], places: &[usize], id: &str| -> Option<usize> {
            places.iter().copied().find(|place| all.get(*place).is_some_and(|entry| entry.id == id))
        };
        for place in &new_places {
            let Some(entry) = after.get(*place) else { continue };
            let other = pick(&before, &old_places, &entry.id).and_then(|place| before.get(place));
            entries.extend(compared(other, Some(entry)));
        }
        for place in &old_places {
            let Some(entry) = before.get(*place) else { continue };
            if pick(&after, &new_places, &entry.id).is_none() {
                entries.extend(compared(Some(entry), None));
            }
        }
        if section != "header" {
            entries.extend(moved(section, &before, &after));
        }
    }
    Diff { kind: Kind::Packs, old: side(&before, old.1), new: side(&after, new.1), entries }
}

/// The entries of a pack, then those of what it uses, by their alias.
fn written(sources: &Sources, bundle: &Bundle, scope: &str, found: &mut Vec<Written>) {
    for file in &bundle.files {
        let Some(source) = sources.get(*file) else { continue };
        let (node, _) = yaml::parse(*file, &source.text, Limits::FILE);
        for entry in node.iter().flat_map(|node| node.as_mapping().unwrap_or_default()) {
            let key = entry.key.text.as_str();
            let mut push = |section: &str, id: &str, node: &Node| {
                let (section, id) = (section.to_owned(), format!("{scope}{id}"));
                found.push(Written { section, id, node: node.clone() });
            };
            if SECTIONS.contains(&key) || OF_HEADER.contains(&key) {
                let entries = entry.value.as_mapping().unwrap_or_default();
                entries.iter().for_each(|entry| push(key, &entry.key.text, &entry.value));
            } else {
                push("header", key, &entry.value);
            }
        }
    }
    for (alias, used) in &bundle.used {
        written(sources, used, &format!("{scope}{alias}."), found);
    }
}

fn side(entries: &[Written], digests: &PackDigests) -> Side {
    let header = |id: &str| entries.iter().find(|entry| entry.section == "header" && entry.id == id);
    let text = |id: &str| header(id).map(|entry| flat(&entry.node)).unwrap_or_default();
    Side {
        title: header("title").map(|entry| label_of(&entry.node)).unwrap_or_default(),
        pack: (text("pack"), text("edition")),
        digest: digests.source.clone(),
        as_of: None,
    }
}

/// An entry that differs.
fn compared(old: Option<&Written>, new: Option<&Written>) -> Option<Entry> {
    let entry = new.or(old)?;
    let (before, after) = (old.map(|entry| &entry.node), new.map(|entry| &entry.node));
    let mut nodes =
        Nodes { section: &entry.section, types: (type_of(before), type_of(after)), fields: Vec::new() };
    // A key of the header is an entry and its own path.
    let last = entry.id.rsplit('.').next().unwrap_or(&entry.id).to_owned();
    let mut path = if entry.section == "header" { vec![last] } else { Vec::new() };
    nodes.compare(&mut path, before, after);
    let mut fields = nodes.fields;
    let change = match (old, new) {
        (None, _) => Change::Added,
        (_, None) => Change::Removed,
        _ if fields.is_empty() => return None,
        _ if fields.iter().all(|field| field.text) => Change::Reworded,
        _ => Change::Changed,
    };
    // What a rule rests on is read beside what it says.
    let cite = |node: Option<&Node>| node.and_then(|node| node.get("cite")).map(flat);
    let (before_cite, after_cite) = (cite(before), cite(after));
    if change == Change::Changed && before_cite.is_some() && before_cite == after_cite {
        fields.push(Field::new(&["cite".to_owned()], before_cite, after_cite));
    }
    let label = [after, before]
        .into_iter()
        .flatten()
        .find_map(|node| node.get("label").or_else(|| node.get("title")))
        .map(label_of)
        .unwrap_or_default();
    Some(Entry { section: entry.section.clone(), id: entry.id.clone(), label, change, fields })
}

/// The type that an entry declares.
fn type_of(node: Option<&Node>) -> Option<&str> {
    Some(node?.get("type")?.as_scalar()?.text.as_str())
}

/// The order of a section's entries, where those that stayed stand in another.
fn moved(section: &str, old: &[Written], new: &[Written]) -> Option<Entry> {
    let ids = |all: &[Written]| -> Vec<String> {
        all.iter().filter(|entry| entry.section == section).map(|entry| entry.id.clone()).collect()
    };
    let (before, after) = (ids(old), ids(new));
    let (in_old, in_new): (BTreeSet<&String>, BTreeSet<&String>) =
        (before.iter().collect(), after.iter().collect());
    let kept: Vec<&str> = before.iter().filter(|id| in_new.contains(id)).map(String::as_str).collect();
    let now: Vec<&str> = after.iter().filter(|id| in_old.contains(id)).map(String::as_str).collect();
    if kept == now {
        return None;
    }
    let field = Field::new(&["order".to_owned()], Some(kept.join(", ")), Some(now.join(", ")));
    let (section, id) = (section.to_owned(), String::new());
    Some(Entry { section, id, label: Label::default(), change: Change::Changed, fields: vec![field] })
}

fn label_of(node: &Node) -> Label {
    if node.as_mapping().is_none() {
        return Label::plain(&flat(node));
    }
    let mut label = Label::default();
    for (key, lang) in [("en", Lang::En), ("zh", Lang::Zh)] {
        if let Some(text) = node.get(key) {
            label.set(lang, &flat(text));
        }
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A section that is not in the order would differ unseen.
    #[test]
    fn every_section_is_compared() {
        let compared: BTreeSet<&str> = ORDER.into_iter().collect();
        assert_eq!(compared.len(), ORDER.len());
        let sections = crate::read::SECTIONS.iter().copied().chain(OF_HEADER).chain(["header"]);
        assert_eq!(compared, sections.collect());
    }
}
