//! `panmen report RECORD.json`: a recorded decision, checked and made again before it is printed.
//!
//! In: the bytes of a record. Out: its report with its digest. Refuses what does not hold, and what does
//! not come out again: such a record is never printed as if it were true.

use super::{Desk, exit_code};
use crate::args::Format;
use crate::command::DONE;
use crate::command::replay::told;
use crate::console::Console;
use crate::failure::Failure;
use crate::recorded::{self, Shelves};
use panmen::decision;
use panmen::doc;
use panmen::plan;
use panmen::record::{self, Record};
use panmen::source::Sources;
use panmen::wording::Wording;
use serde_json::Value;
use std::path::Path;

/// The exit code of a record of which a part could not be evaluated again, as of `replay`.
const NOT_IN_FULL: u8 = 5;
/// How the schemas of records begin.
const SCHEMA: &str = "panmen/decision/";

/// The part of an outcome's code that counts whether or not the outcome was asked for.
pub(super) fn incomplete(code: u8) -> u8 {
    if code == NOT_IN_FULL { code } else { DONE }
}

/// The bytes of a file that is a record: a record may be larger than a profile, and need not be text.
pub(crate) fn of_file(path: &str) -> Option<Vec<u8>> {
    let json = Path::new(path).extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    let bytes = if json { recorded::bytes(path).ok()? } else { return None };
    is_record(&bytes).then_some(bytes)
}

/// True for a document with the schema of a record; of one that is no JSON any more, if it names it.
pub(super) fn is_record(bytes: &[u8]) -> bool {
    if !bytes.trim_ascii_start().starts_with(b"{") {
        return false;
    }
    match serde_json::from_slice::<Value>(bytes) {
        Ok(document) => {
            let schema = document.get("schema").and_then(Value::as_str);
            schema.is_some_and(|schema| schema.starts_with(SCHEMA))
        }
        Err(_) => String::from_utf8_lossy(bytes).contains(&format!("\"schema\":\"{SCHEMA}")),
    }
}

impl Desk<'_> {
    /// The report of a record and the exit code of its outcome.
    pub(super) fn recorded(
        &mut self,
        path: &str,
        bytes: &[u8],
        sources: &mut Sources,
    ) -> Result<(String, u8), Failure> {
        let mut shelves = std::mem::take(&mut self.shelves);
        let drawn = self.of_record(path, bytes, &mut shelves, sources);
        self.shelves = shelves;
        drawn
    }

    fn of_record(
        &self,
        path: &str,
        bytes: &[u8],
        shelves: &mut Shelves,
        sources: &mut Sources,
    ) -> Result<(String, u8), Failure> {
        if self.report.pack.is_some() || self.report.as_of.is_some() {
            return Err(Failure::OwnPackAndDate);
        }
        let record = record::verify(bytes)?;
        let resolved = shelves.pack(&record, path, &self.args.packs, sources)?;
        let notice = resolved.notice();
        self.console.problems(notice.as_slice(), sources);
        let profile = recorded::profile(&record, &resolved.checked)?;
        let Some(as_of) = record.as_of() else { return Err(Failure::Record(Vec::new())) };
        let plan = plan::plan(&resolved.checked, as_of);
        let decision = decision::decide(&plan, &profile);
        let mut replayed = record::replay(&record, &plan, &profile, &decision);
        if !replayed.differences.is_empty() {
            return Err(Failure::Record(told(&replayed)));
        }
        let redacted = !record.redacted().is_empty();
        if !redacted {
            let doc = || record::recorded(self.doc(&plan, &profile, &decision), &record);
            let text = self.render(&plan, &profile, &decision, doc);
            return Ok((text, exit_code(&decision)));
        }
        let words =
            Wording { plan: &plan, lang: self.console.lang, show_personal: self.report.show_personal };
        let drawn = self.draw(|| record::withheld(&record, &words, &profile, &replayed.unevaluated));
        let text = drawn.unwrap_or_else(|| self.document(&record, &words));
        let code = if replayed.unevaluated.is_empty() { DONE } else { NOT_IN_FULL };
        // The document lists them; here it is enough that there are some.
        replayed.unevaluated.truncate(SHOWN);
        self.console.problems(&told(&replayed), sources);
        Ok((text, code))
    }

    /// A document in the format asked for; none where that is no document for people.
    pub(super) fn draw(&self, doc: impl Fn() -> doc::Doc) -> Option<String> {
        match self.report.format {
            Format::Text => Some(doc::text(&doc(), Console::width())),
            Format::Markdown => Some(doc::markdown(&doc())),
            Format::Html => Some(doc::html(&doc())),
            Format::Json | Format::Yaml => None,
        }
    }

    /// The document of a redacted record, without salts and digests.
    fn document(&self, record: &Record, words: &Wording<'_>) -> String {
        let personal = |id: &str| !words.show_personal && words.plan.pack().is_personal(id);
        super::written(&record.public(&personal), self.report.format)
    }
}

/// Parts that are named among the problems.
const SHOWN: usize = 8;
