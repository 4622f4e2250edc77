//! Two recorded decisions of a firm: facts, outcome and head.
//!
//! In: two records whose digests hold. Out: what differs, redacted facts as what nobody can compare. Values
//! of personal facts stay out unless asked for.

use super::{Change, Diff, Entry, Field, Kind, Side};
use crate::diagnostic::Lang;
use crate::record::{Names, Record, canon};
use crate::value::Label;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Parts of the outcome whose entries have ids.
const BY_ID: [&str; 3] = ["measures", "tiers", "gates"];
/// What stands in the head.
const HEAD: [&str; 10] = [
    "pack",
    "as_of",
    "facts_as_of",
    "firm",
    "decided_at",
    "actor",
    "supersedes",
    "idempotency_key",
    "accepted_assumed",
    "engine",
];
/// What is read first of an entry of the outcome.
const FIRST: [&str; 5] = ["outcome", "level", "amount", "possible", "because"];
/// What stands for a value that is not to be shown.
const WITHHELD: &str = "***";

/// Compares two records. `names` are those of the newer pack; `personal` says of a fact's id whether its
/// values are withheld.
#[must_use]
pub fn records(old: &Record, new: &Record, names: &Names, personal: &dyn Fn(&str) -> bool) -> Diff {
    let mut all = Differing { names, entries: Vec::new() };
    // What came of it first, then what it came from.
    let (before, after) = (old.outcome(), new.outcome());
    for key in ["total", "standing", "missing", "assumed"] {
        all.push("outcome", key, before.get(key), after.get(key));
    }
    for part in BY_ID {
        all.by_id(part, before.get(part), after.get(part));
    }
    let classes = |outcome: &Value| -> Value {
        let mut flat = Map::new();
        for (id, entry) in outcome.get("classifications").and_then(Value::as_object).into_iter().flatten() {
            for (class, result) in entry.get("classes").and_then(Value::as_object).into_iter().flatten() {
                flat.insert(format!("{id}.{class}"), result.clone());
            }
        }
        Value::Object(flat)
    };
    let (old_classes, new_classes) = (classes(before), classes(after));
    all.by_id("classifications", Some(&old_classes), Some(&new_classes));
    all.facts(old, new, personal);
    all.by_id("criteria", before.get("criteria"), after.get("criteria"));
    all.by_id("published_only", before.get("published_only"), after.get("published_only"));
    for key in HEAD {
        let at = |record: &'_ Record| record.part(key);
        let (before, after) = (at(old), at(new));
        all.push("head", key, before.as_ref(), after.as_ref());
    }
    Diff { kind: Kind::Records, old: side(old), new: side(new), entries: all.entries }
}

fn side(record: &Record) -> Side {
    let name =
        record.part("firm").and_then(|firm| firm.get("name").and_then(Value::as_str).map(str::to_owned));
    Side {
        title: Label::plain(&name.unwrap_or_default()),
        pack: record.pack(),
        digest: record.digest(),
        as_of: record.as_of().map(|day| day.to_string()),
    }
}

struct Differing<'a> {
    names: &'a Names,
    entries: Vec<Entry>,
}

impl Differing<'_> {
    fn facts(&mut self, old: &Record, new: &Record, personal: &dyn Fn(&str) -> bool) {
        fn of(record: &Record) -> BTreeMap<&str, &Value> {
            record.facts().map(|fact| (path_of(fact), fact)).collect()
        }
        let (all_before, all_after) = (of(old), of(new));
        let mut told = BTreeSet::new();
        for path in new.facts().chain(old.facts()).map(path_of) {
            if !told.insert(path) {
                continue;
            }
            let (before, after) = (all_before.get(path).copied(), all_after.get(path).copied());
            let (hidden, other) =
                (before.and_then(|fact| fact.get("commit")), after.and_then(|fact| fact.get("commit")));
            let change = match (before, after) {
                (None, _) => Change::Added,
                (_, None) => Change::Removed,
                _ if hidden.is_some() && hidden == other => continue,
                _ if hidden.is_some() || other.is_some() => Change::Hidden,
                _ => Change::Changed,
            };
            let id = crate::record::fact_id(path);
            let fields = fact_fields(before, after, personal(id));
            if change == Change::Changed && fields.is_empty() {
                continue;
            }
            let label = self.label(id);
            self.entries.push(Entry { section: "facts".into(), id: path.to_owned(), label, change, fields });
        }
    }

    fn label(&self, id: &str) -> Label {
        let mut label = Label::default();
        for lang in [Lang::En, Lang::Zh] {
            label.set(lang, &self.names.name(id, lang));
        }
        label
    }

    /// The entries of two parts of an outcome, by id.
    fn by_id(&mut self, section: &str, old: Option<&Value>, new: Option<&Value>) {
        let entries = |part: Option<&Value>| part.and_then(Value::as_object).cloned().unwrap_or_default();
        let (before, after) = (entries(old), entries(new));
        let gone = before.keys().filter(|id| !after.contains_key(*id));
        for id in after.keys().chain(gone) {
            self.push(section, id, before.get(id), after.get(id));
        }
    }

    /// An entry that differs. What every record has is changed, never added.
    fn push(&mut self, section: &str, id: &str, old: Option<&Value>, new: Option<&Value>) {
        let mut fields = Vec::new();
        compare(&mut Vec::new(), old, new, &mut fields);
        let place =
            |field: &Field| FIRST.iter().position(|key| field.path.first().is_some_and(|own| own == key));
        fields.sort_by_key(|field| place(field).unwrap_or(FIRST.len()));
        let everywhere = matches!(section, "outcome" | "head");
        let change = match (old, new) {
            (None, Some(_)) if !everywhere => Change::Added,
            (Some(_), None) if !everywhere => Change::Removed,
            _ if fields.is_empty() => return,
            _ => Change::Changed,
        };
        let (section, label) = (section.to_owned(), self.label(id));
        self.entries.push(Entry { section, id: id.to_owned(), label, change, fields });
    }
}

fn path_of(fact: &Value) -> &str {
    fact.get("path").and_then(Value::as_str).unwrap_or_default()
}

/// What is said of a fact; that it is redacted where it is.
fn fact_fields(old: Option<&Value>, new: Option<&Value>, withheld: bool) -> Vec<Field> {
    let mut fields = Vec::new();
    let redacted = |fact: Option<&Value>| fact.is_some_and(|fact| fact.get("commit").is_some());
    for key in ["value", "status", "evidence"] {
        let at = |fact: Option<&Value>| {
            if key == "value" && redacted(fact) {
                return Some("redacted".to_owned());
            }
            fact.and_then(|fact| fact.get(key)).filter(|value| !value.is_null()).map(flat)
        };
        let (before, after) = (at(old), at(new));
        if before == after {
            continue;
        }
        let masked = |value: Option<String>| {
            value.map(|value| {
                // Papers may name the value.
                if withheld && key != "status" && value != "redacted" { WITHHELD.to_owned() } else { value }
            })
        };
        fields.push(Field::new(&[key.to_owned()], masked(before), masked(after)));
    }
    fields
}

/// Compares two values, object by object down to what is no object.
fn compare(path: &mut Vec<String>, old: Option<&Value>, new: Option<&Value>, fields: &mut Vec<Field>) {
    let (old, new) = (old.filter(|value| !value.is_null()), new.filter(|value| !value.is_null()));
    if old == new {
        return;
    }
    let object = |value: Option<&Value>| value.is_none_or(Value::is_object);
    if object(old) && object(new) {
        fn keys(value: Option<&Value>) -> Vec<&String> {
            value.and_then(Value::as_object).into_iter().flat_map(Map::keys).collect()
        }
        let (before, after) = (keys(old), keys(new));
        let gone = before.iter().filter(|key| !after.contains(key));
        for key in after.iter().chain(gone) {
            path.push((*key).clone());
            compare(
                path,
                old.and_then(|value| value.get(*key)),
                new.and_then(|value| value.get(*key)),
                fields,
            );
            path.pop();
        }
        return;
    }
    let items = |value: Option<&Value>, of: fn(&Value) -> String| -> Option<Vec<String>> {
        match value {
            None => Some(Vec::new()),
            Some(value) => value.as_array().map(|items| items.iter().map(of).collect()),
        }
    };
    let without = |items: &[String], others: &[String]| -> Vec<String> {
        items.iter().filter(|item| !others.contains(item)).cloned().collect()
    };
    let shown = |value: Option<&Value>| value.map(flat).filter(|text| !text.is_empty());
    let mut field = Field::new(path, shown(old), shown(new));
    // Of things with ids these are enough, as long as they tell the two lists apart.
    for of in [named, flat] {
        if let (Some(before), Some(after)) = (items(old, of), items(new, of)) {
            let (gone, come) = (without(&before, &after), without(&after, &before));
            let told = !(gone.is_empty() && come.is_empty());
            field.items = Some((gone, come));
            if told {
                break;
            }
        }
    }
    if field.differs() {
        fields.push(field);
    }
}

/// A thing by its id where it has one.
fn named(value: &Value) -> String {
    value.get("id").and_then(Value::as_str).map_or_else(|| flat(value), str::to_owned)
}

/// A value on one line: texts as they are, lists separated by commas, objects key by key, their id before the
/// rest.
fn flat(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(flat).collect::<Vec<_>>().join(", "),
        Value::Object(entries) => {
            // What it is called and what it comes to first.
            let mut parts: Vec<(&String, &Value)> = entries.iter().collect();
            parts.sort_by_key(|(key, _)| match key.as_str() {
                "id" => 0,
                "value" => 1,
                _ => 2,
            });
            let said = |(key, value): (&String, &Value)| match key.as_str() {
                "id" => flat(value),
                key => format!("{key} {}", flat(value)),
            };
            parts.into_iter().map(said).collect::<Vec<_>>().join(", ")
        }
        other => canon(other).unwrap_or_else(|_| other.to_string()),
    }
}
