//! What a record says of itself: canonical bytes, a known schema, digests that hold.

use super::{canon, commit, digests, paths_digest, refused};
use crate::diagnostic::{Diagnostic, RecordProblem};
use crate::json::{DECISION_SCHEMA, kind_only};
use crate::value::Date;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A record whose digests hold.
#[derive(Debug, Clone)]
pub struct Record {
    document: Map<String, Value>,
}

/// The parts of a record; those that may be absent are at the end.
const PARTS: [&str; 10] =
    ["schema", "engine", "pack", "as_of", "facts_as_of", "firm", "fact_paths", "facts", "outcome", "digests"];
const OPTIONAL: [&str; 5] = ["decided_at", "actor", "supersedes", "idempotency_key", "accepted_assumed"];
/// What a fact is committed to by, in full and redacted.
const FACT: [&str; 6] = ["path", "type", "value", "status", "evidence", "salt"];
const REDACTED: [&str; 3] = ["path", "commit", "redacted"];

/// Checks the bytes of a record against themselves.
///
/// # Errors
/// Everything about it that does not hold.
pub fn verify(bytes: &[u8]) -> Result<Record, Vec<Diagnostic>> {
    let malformed = |reason: &str| {
        vec![Diagnostic::without_place(RecordProblem::Malformed { reason: reason.to_owned() })]
    };
    let text = std::str::from_utf8(bytes).map_err(|_| malformed("it is not UTF-8"))?;
    let value: Value = serde_json::from_str(text).map_err(|_| malformed("it is not JSON"))?;
    match canon(&value) {
        Ok(canonical) if canonical == text => {}
        Ok(_) => return Err(malformed("its spelling, order or spacing is not the canonical one")),
        Err(reason) => return Err(vec![refused(&reason)]),
    }
    let Value::Object(document) = value else { return Err(malformed("it is no object")) };
    match document.get("schema").and_then(Value::as_str) {
        Some(DECISION_SCHEMA) => {}
        found => {
            let schema = crate::diagnostic::quote(found.unwrap_or("(none)"));
            return Err(vec![Diagnostic::without_place(RecordProblem::UnknownSchema { schema })]);
        }
    }
    shape(&document).map_err(|reason| malformed(&reason))?;
    let expected = digests(&document).map_err(|reason| vec![refused(&reason)])?;
    let carried = document.get("digests").cloned().unwrap_or_default();
    let facts = document.get("facts").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let paths = paths_digest(facts).map_err(|reason| vec![refused(&reason)])?;
    let mut problems = Vec::new();
    let same_paths = document.get("fact_paths").and_then(Value::as_str) == Some(paths.as_str());
    if expected.get("facts_root") != carried.get("facts_root") || !same_paths {
        problems.push(Diagnostic::without_place(RecordProblem::FactsChanged {}));
    }
    if expected.get("outcome_digest") != carried.get("outcome_digest") {
        problems.push(Diagnostic::without_place(RecordProblem::OutcomeChanged {}));
    }
    if problems.is_empty() && expected != carried {
        problems.push(Diagnostic::without_place(RecordProblem::HeadChanged {}));
    }
    if problems.is_empty() { Ok(Record { document }) } else { Err(problems) }
}

/// The keys and kinds that a record has: whatever no digest covers is refused.
fn shape(document: &Map<String, Value>) -> Result<(), String> {
    let known: BTreeSet<&str> = PARTS.iter().chain(&OPTIONAL).copied().collect();
    if let Some(key) = document.keys().find(|key| !known.contains(key.as_str())) {
        return Err(format!("unknown part `{}`", crate::diagnostic::quote(key)));
    }
    if let Some(part) = PARTS.iter().find(|part| !document.contains_key(**part)) {
        return Err(format!("it has no `{part}`"));
    }
    head_shape(document)?;
    let Some(facts) = document.get("facts").and_then(Value::as_array) else {
        return Err("`facts` is no list".to_owned());
    };
    let mut paths = BTreeSet::new();
    for fact in facts {
        fact_shape(fact)?;
        let path = fact.get("path").and_then(Value::as_str).unwrap_or_default();
        if !paths.insert(path) {
            return Err(format!("the fact `{}` is there twice", crate::diagnostic::quote(path)));
        }
    }
    Ok(())
}

/// What the parts of a head are, each with what it must be.
fn head_shape(document: &Map<String, Value>) -> Result<(), String> {
    let digests = ["facts_root", "outcome_digest", "record_digest"];
    let wrong = |part: &str| Err(format!("`{part}` is incomplete, or has an unknown part"));
    let at = |key: &str| document.get(key);
    if !at("digests")
        .is_some_and(|part| exactly(part, &digests) && digests.iter().all(|key| hex(part.get(*key), 64)))
    {
        return wrong("digests");
    }
    let engine = |part: &Value| {
        exactly(part, &["version", "semantics"])
            && text(part.get("version"))
            && part.get("semantics").is_some_and(Value::is_u64)
    };
    if !at("engine").is_some_and(engine) {
        return wrong("engine");
    }
    let used = |part: &Value| {
        exactly(part, &["id", "source_digest"]) && text(part.get("id")) && hex(part.get("source_digest"), 64)
    };
    let pack = |part: &Value| {
        exactly(part, &["id", "edition", "status", "source_digest", "model_digest", "uses"])
            && ["id", "edition", "status"].iter().all(|key| text(part.get(*key)))
            && ["source_digest", "model_digest"].iter().all(|key| hex(part.get(*key), 64))
            && part.get("uses").and_then(Value::as_array).is_some_and(|uses| uses.iter().all(used))
    };
    if !at("pack").is_some_and(pack) {
        return wrong("pack");
    }
    let null_or_text = |part: Option<&Value>| part.is_some_and(Value::is_null) || text(part);
    if !at("firm").is_some_and(|part| {
        exactly(part, &["id", "name"]) && ["id", "name"].iter().all(|key| null_or_text(part.get(*key)))
    }) {
        return wrong("firm");
    }
    if !date(at("as_of")) || !(date(at("facts_as_of")) || at("facts_as_of").is_some_and(Value::is_null)) {
        return Err("`as_of` or `facts_as_of` is no date".to_owned());
    }
    if !hex(at("fact_paths"), 64) {
        return Err("`fact_paths` is no digest".to_owned());
    }
    let given = |key: &str, is: &dyn Fn(Option<&Value>) -> bool| at(key).is_none() || is(at(key));
    let said = ["actor", "idempotency_key", "accepted_assumed"].iter().all(|key| given(key, &text));
    if !said || !given("decided_at", &instant) || !given("supersedes", &|digest| hex(digest, 64)) {
        return Err(format!(
            "one of {} is not what it must be",
            OPTIONAL.map(|key| format!("`{key}`")).join(", ")
        ));
    }
    Ok(())
}

/// True for an object with these keys and no other.
fn exactly(value: &Value, keys: &[&str]) -> bool {
    value.as_object().is_some_and(|entries| {
        entries.len() == keys.len() && keys.iter().all(|key| entries.contains_key(*key))
    })
}

fn text(value: Option<&Value>) -> bool {
    value.is_some_and(Value::is_string)
}

/// Small hexadecimal digits. A digest names a folder of the archive, so it is held to this before any look.
fn hex(value: Option<&Value>, length: usize) -> bool {
    value.and_then(Value::as_str).is_some_and(|text| {
        text.len() == length && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    })
}

/// A date in the one spelling of dates.
fn date(value: Option<&Value>) -> bool {
    value.and_then(Value::as_str).is_some_and(is_date)
}

fn is_date(text: &str) -> bool {
    Date::parse(text).is_some_and(|date| date.to_string() == text)
}

/// A moment in UTC and whole seconds.
fn instant(value: Option<&Value>) -> bool {
    let Some((day, time)) = value.and_then(Value::as_str).and_then(|text| text.split_once('T')) else {
        return false;
    };
    let parts: Vec<&str> = time.strip_suffix('Z').unwrap_or_default().split(':').collect();
    let below = |part: &str, bound: u8| {
        part.len() == 2
            && part.bytes().all(|byte| byte.is_ascii_digit())
            && part.parse::<u8>().is_ok_and(|number| number < bound)
    };
    is_date(day)
        && matches!(parts.as_slice(), [hour, minute, second] if below(hour, 24) && below(minute, 60) && below(second, 60))
}

fn fact_shape(fact: &Value) -> Result<(), String> {
    if exactly(fact, &REDACTED) {
        let redacted = fact.get("redacted") == Some(&Value::Bool(true));
        return if redacted && hex(fact.get("commit"), 64) && text(fact.get("path")) {
            Ok(())
        } else {
            Err("a redacted fact is incomplete".to_owned())
        };
    }
    let texts = ["path", "type", "status"].iter().all(|key| text(fact.get(*key)));
    if !exactly(fact, &FACT) || !texts || !hex(fact.get("salt"), 32) {
        return Err("a fact is incomplete, or has an unknown part".to_owned());
    }
    commit(fact).map(|_| ()).map_err(|_| "a fact has no canonical form".to_owned())
}

impl Record {
    pub(super) fn document(&self) -> &Map<String, Value> {
        &self.document
    }

    /// A text of the head, such as `decided_at`; none where it says nothing.
    #[must_use]
    pub fn said(&self, key: &str) -> Option<String> {
        self.document.get(key).and_then(Value::as_str).map(str::to_owned)
    }

    /// A part of the document, by its key.
    pub(crate) fn part(&self, key: &str) -> Option<Value> {
        self.document.get(key).cloned()
    }

    fn text(&self, of: &str, key: &str) -> String {
        let found = self.document.get(of).and_then(|part| part.get(key)).and_then(Value::as_str);
        found.unwrap_or_default().to_owned()
    }

    /// The pack's id and edition.
    #[must_use]
    pub fn pack(&self) -> (String, String) {
        (self.text("pack", "id"), self.text("pack", "edition"))
    }

    /// The digests of the pack's text and of what it says.
    #[must_use]
    pub fn pack_digests(&self) -> (String, String) {
        (self.text("pack", "source_digest"), self.text("pack", "model_digest"))
    }

    /// By id, the digests of the packs that it uses.
    #[must_use]
    pub fn uses(&self) -> Vec<(String, String)> {
        let uses = self.document.get("pack").and_then(|pack| pack.get("uses")).and_then(Value::as_array);
        let of =
            |used: &Value, key: &str| used.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        uses.into_iter().flatten().map(|used| (of(used, "id"), of(used, "source_digest"))).collect()
    }

    /// The decision date.
    #[must_use]
    pub fn as_of(&self) -> Option<Date> {
        self.document.get("as_of").and_then(Value::as_str).and_then(Date::parse)
    }

    /// The meaning of the rule language that it was written under, and the release that wrote it.
    #[must_use]
    pub fn semantics(&self) -> (u64, String) {
        let engine = self.document.get("engine");
        let semantics = engine.and_then(|engine| engine.get("semantics")).and_then(Value::as_u64);
        (semantics.unwrap_or_default(), self.text("engine", "version"))
    }

    /// The digest that names the record.
    #[must_use]
    pub fn digest(&self) -> String {
        self.text("digests", "record_digest")
    }

    /// The recorded outcome.
    #[must_use]
    pub fn outcome(&self) -> &Value {
        static NOTHING: Value = Value::Null;
        self.document.get("outcome").unwrap_or(&NOTHING)
    }

    /// The paths of redacted facts.
    #[must_use]
    pub fn redacted(&self) -> Vec<String> {
        self.facts()
            .filter(|fact| fact.get("commit").is_some())
            .filter_map(|fact| fact.get("path").and_then(Value::as_str).map(str::to_owned))
            .collect()
    }

    /// A text about the facts without the values of personal ones, by id.
    #[must_use]
    pub fn withhold(&self, mut text: String, personal: &dyn Fn(&str) -> bool) -> String {
        for (path, fact) in self.open_facts().filter(|(path, _)| personal(super::fact_id(path))) {
            let value = fact.get("value");
            let items = value.and_then(Value::as_array).into_iter().flatten().chain(value);
            for item in items.filter_map(Value::as_str).filter(|item| !item.is_empty() && *item != path) {
                text = text.replace(item, "***");
            }
        }
        text
    }

    /// The document without salts and digests. Values of personal facts, by id, are left out.
    #[must_use]
    pub fn public(&self, personal: &dyn Fn(&str) -> bool) -> Value {
        let mut document = self.document.clone();
        document.remove("digests");
        if let Some(Value::Array(facts)) = document.get_mut("facts") {
            for fact in facts.iter_mut().filter_map(Value::as_object_mut) {
                fact.remove("salt");
                fact.remove("commit");
                let path = fact.get("path").and_then(Value::as_str).unwrap_or_default();
                let id = super::fact_id(path);
                if fact.contains_key("value") && personal(id) {
                    fact.insert("value".into(), Value::Null);
                    let kind = kind_only(fact.get("evidence").unwrap_or(&Value::Null));
                    fact.insert("evidence".into(), kind);
                    fact.insert("redacted".into(), true.into());
                }
            }
        }
        Value::Object(document)
    }

    /// The facts that are not redacted, each with its path.
    pub(super) fn open_facts(&self) -> impl Iterator<Item = (String, &Value)> {
        self.facts().filter(|fact| fact.get("commit").is_none()).filter_map(|fact| {
            let path = fact.get("path").and_then(Value::as_str)?;
            Some((path.to_owned(), fact))
        })
    }

    pub(crate) fn facts(&self) -> impl Iterator<Item = &Value> {
        self.document.get("facts").and_then(Value::as_array).into_iter().flatten()
    }

    /// The recorded facts as a profile in JSON, to be read as any profile is.
    #[must_use]
    pub fn profile(&self) -> String {
        let mut facts: Map<String, Value> = Map::new();
        for (path, fact) in self.open_facts() {
            place(&mut facts, &path, fact);
        }
        // A list has as many rows as it had, whatever of them is left.
        for path in self.facts().filter_map(|fact| fact.get("path").and_then(Value::as_str)) {
            if let Some((id, row)) = row_of(path)
                && let Some(rows) = facts.get_mut(id).and_then(|list| list.get_mut("rows"))
            {
                rows_to(rows, row.saturating_add(1));
            }
        }
        let part = |key: &str| self.document.get(key).cloned().unwrap_or_default();
        let firm = self.document.get("firm");
        let of_firm = |key: &str| firm.and_then(|firm| firm.get(key)).cloned().unwrap_or_default();
        json!({
            "firm": {"name": of_firm("name"), "uscc": of_firm("id")},
            "as_of": part("as_of"),
            "facts_as_of": part("facts_as_of"),
            "facts": facts,
        })
        .to_string()
    }
}

/// What is said beside a value, as a profile says it.
fn leaf(fact: &Value, with_value: bool) -> Map<String, Value> {
    let mut leaf = Map::new();
    if with_value {
        leaf.insert("value".into(), fact.get("value").cloned().unwrap_or_default());
    }
    leaf.insert("status".into(), fact.get("status").cloned().unwrap_or_default());
    // What stands above may have documents that were taken back here.
    leaf.insert("documents".into(), json!([]));
    match fact.get("evidence") {
        Some(Value::Object(said)) => {
            for (key, value) in said {
                let key = if key == "kind" { "evidence" } else { key };
                leaf.insert(key.to_owned(), value.clone());
            }
        }
        Some(Value::String(kind)) => {
            leaf.insert("evidence".into(), kind.clone().into());
        }
        _ => {}
    }
    leaf
}

/// Puts a fact where its path says: `id`, `id.period`, `id[row]`, `id[row].field`.
fn place(facts: &mut Map<String, Value>, path: &str, fact: &Value) {
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let (id, rest) = path.split_at_checked(end).unwrap_or((path, ""));
    if let Some(period) = rest.strip_prefix('.') {
        let series = facts.entry(id.to_owned()).or_insert_with(|| json!({}));
        if let Some(series) = series.as_object_mut() {
            series.insert(period.to_owned(), Value::Object(leaf(fact, true)));
        }
        return;
    }
    let is_list = fact.get("value").is_some_and(|value| value.get("rows").is_some());
    if rest.is_empty() && !is_list {
        facts.insert(id.to_owned(), Value::Object(leaf(fact, true)));
        return;
    }
    let list = facts.entry(id.to_owned()).or_insert_with(|| json!({"rows": [], "complete": "no"}));
    let Some(list) = list.as_object_mut() else { return };
    if rest.is_empty() {
        let complete = fact.get("value").and_then(|value| value.get("complete")) == Some(&Value::Bool(true));
        list.insert("complete".into(), if complete { "yes" } else { "no" }.into());
        list.extend(leaf(fact, false));
        return;
    }
    let Some(row) = row_of(path).map(|(_, row)| row) else { return };
    let Some(rows) = list.get_mut("rows") else { return };
    rows_to(rows, row.saturating_add(1));
    let Some(entries) = rows.get_mut(row).and_then(Value::as_object_mut) else { return };
    match path.rsplit_once("].") {
        Some((_, field)) => {
            entries.insert(field.to_owned(), Value::Object(leaf(fact, true)));
        }
        None => entries.extend(leaf(fact, false)),
    }
}

/// The list and the row of a path that has one.
fn row_of(path: &str) -> Option<(&str, usize)> {
    let (id, rest) = path.split_once('[')?;
    Some((id, rest.split_once(']')?.0.parse().ok()?))
}

/// Gives a list at least so many rows.
fn rows_to(rows: &mut Value, count: usize) {
    let Some(rows) = rows.as_array_mut() else { return };
    while rows.len() < count.min(crate::profile::MOST_FACTS) {
        rows.push(json!({}));
    }
}
