//! Problems as people and programs read them.
//!
//! In: diagnostics and the texts that they lie in. Out: an excerpt with a caret for the terminal, or
//! one JSON object a line. Prints nothing, and lets no control character of a text reach a terminal.

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use panmen::diagnostic::{Diagnostic, Lang, Severity, is_invisible};
use panmen::source::{Sources, Span};
use serde_json::{Value, json};

/// Excerpts are never wider, however wide the terminal is.
const WIDEST: usize = 140;
/// A narrower excerpt shows nothing useful.
const NARROWEST: usize = 40;
/// What stands before and after the part of a long line that is shown.
const CUT: &str = "...";

/// Draws diagnostics with their excerpts; `width` is that of the terminal, in columns.
pub(crate) fn human(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    lang: Lang,
    colour: bool,
    width: usize,
) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    // Lines are cut here, so that the column that is shown stays that of the whole line.
    let renderer = renderer.term_width(WIDEST.saturating_mul(4));
    let mut drawn = String::new();
    for diagnostic in diagnostics {
        let message = harmless(&diagnostic.message(lang));
        let title = level(diagnostic.severity(), lang).primary_title(message).id(diagnostic.code());
        let mut group = Group::with_title(title);
        if let Some(place) = diagnostic.span.and_then(|span| Place::find(span, sources)) {
            group = place.draw(group, AnnotationKind::Primary, None, width);
        }
        for (span, note) in &diagnostic.notes {
            if let Some(place) = Place::find(*span, sources) {
                group = place.draw(group, AnnotationKind::Context, Some(note.text(lang)), width);
            }
        }
        group = group.element(help(lang).message(harmless(&diagnostic.help(lang))));
        // An excerpt whose place is given apart gets a line for a file name, which stays empty.
        for line in renderer.render(&[group]).lines().filter(|line| visible(line).trim() != ":::") {
            drawn.push_str(line);
            drawn.push('\n');
        }
        drawn.push('\n');
    }
    drawn.truncate(drawn.trim_end().len());
    if !drawn.is_empty() {
        drawn.push('\n');
    }
    drawn
}

/// Writes diagnostics as JSON, one object a line.
pub(crate) fn json(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang, file: Option<&str>) -> String {
    let mut lines = String::new();
    for diagnostic in diagnostics {
        let place = diagnostic.span.and_then(|span| Place::find(span, sources));
        let notes: Vec<Value> = diagnostic
            .notes
            .iter()
            .filter_map(|(span, note)| Place::find(*span, sources).map(|place| (place, note)))
            .map(|(place, note)| {
                json!({
                    "file": place.file, "line": place.line, "column": place.column,
                    "text": note.text(lang),
                })
            })
            .collect();
        let severity = match diagnostic.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let said = Said {
            code: Some(diagnostic.code()),
            severity,
            message: &diagnostic.message(lang),
            help: &diagnostic.help(lang),
        };
        lines.push_str(&line(&said, file, place.as_ref(), &notes));
    }
    lines
}

/// What is said of a place.
pub(crate) struct Said<'a> {
    pub(crate) code: Option<&'a str>,
    pub(crate) severity: &'a str,
    pub(crate) message: &'a str,
    pub(crate) help: &'a str,
}

/// What has no diagnostic, as the same kind of JSON object.
pub(crate) fn json_at(said: &Said<'_>, span: Option<Span>, sources: &Sources) -> String {
    line(said, None, span.and_then(|span| Place::find(span, sources)).as_ref(), &[])
}

fn line(said: &Said<'_>, file: Option<&str>, place: Option<&Place<'_>>, notes: &[Value]) -> String {
    let object = json!({
        "code": said.code,
        "severity": said.severity,
        "message": said.message,
        "help": said.help,
        "file": place.map(|place| place.file).or(file),
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "end_line": place.map(|place| place.end_line),
        "end_column": place.map(|place| place.end_column),
        "notes": notes,
    });
    format!("{object}\n")
}

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    match (severity, lang) {
        (Severity::Error, Lang::En) => Level::ERROR,
        (Severity::Error, Lang::Zh) => Level::ERROR.with_name("错误"),
        (Severity::Warning, Lang::En) => Level::WARNING,
        (Severity::Warning, Lang::Zh) => Level::WARNING.with_name("警告"),
        (Severity::Note, Lang::En) => Level::NOTE,
        (Severity::Note, Lang::Zh) => Level::NOTE.with_name("提示"),
    }
}

fn help(lang: Lang) -> Level<'static> {
    match lang {
        Lang::En => Level::HELP,
        Lang::Zh => Level::HELP.with_name("修改建议"),
    }
}

/// A drawn line without its colours.
fn visible(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or("");
    let rest = parts.filter_map(|part| part.split_once('m').map(|(_, text)| text));
    std::iter::once(first).chain(rest).collect()
}

/// Text with every character escaped that a terminal would obey or not show.
pub(crate) fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() || is_invisible(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// A span as lines and columns, both from 1, columns in characters.
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    /// The line that it begins in, without its break.
    text: &'a str,
    /// Its bytes in that line.
    start: usize,
    end: usize,
}

impl<'a> Place<'a> {
    fn find(span: Span, sources: &'a Sources) -> Option<Self> {
        let source = sources.get(span.file)?;
        let text = source.text.as_ref();
        let whole = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        let (start, end) = (whole(span.range().start)?, whole(span.range().end)?);
        let (line, column) = sources.line_column(Span::new(span.file, start, start))?;
        let (end_line, end_column) = sources.line_column(Span::new(span.file, end, end))?;
        let line_start = text.get(..start)?.rfind('\n').map_or(0, |at| at.saturating_add(1));
        let line_text = text.get(line_start..)?.split('\n').next()?.trim_end_matches('\r');
        let within = |at: usize| at.saturating_sub(line_start).min(line_text.len());
        Some(Self {
            file: &source.name,
            line,
            column,
            end_line,
            end_column,
            text: line_text,
            start: within(start),
            end: within(end),
        })
    }

    /// Adds the place and its excerpt.
    fn draw<'g>(
        &self,
        group: Group<'g>,
        kind: AnnotationKind,
        label: Option<&'g str>,
        width: usize,
    ) -> Group<'g> {
        let origin = Origin::path(harmless(self.file)).line(self.line).char_column(self.column);
        let (excerpt, start, end) = self.excerpt(width);
        let annotation = kind.span(start..end).label(label);
        let snippet = Snippet::source(excerpt).line_start(self.line).annotation(annotation);
        group.element(origin).element(snippet)
    }

    /// The line, or the part of a long one around the place, and the bytes of the place in it.
    fn excerpt(&self, width: usize) -> (String, usize, usize) {
        let budget = width.clamp(NARROWEST, WIDEST).saturating_sub(2 * CUT.len() + 8);
        let before = self.text.get(..self.start).unwrap_or("");
        let after = self.text.get(self.start..).unwrap_or("");
        // A third of the room shows what comes before, more if little comes after.
        let right = taken(after.chars(), budget);
        let right_columns = columns(after.get(..right).unwrap_or(""));
        let room = (budget / 3).max(budget.saturating_sub(right_columns));
        let left = taken(before.chars().rev(), room);
        let left_columns = columns(before.get(before.len().saturating_sub(left)..).unwrap_or(""));
        let right = taken(after.chars(), budget.saturating_sub(left_columns));

        let mut shown = String::new();
        if left < before.len() {
            shown.push_str(CUT);
        }
        push_visible(&mut shown, before.get(before.len().saturating_sub(left)..).unwrap_or(""));
        let start = shown.len();
        let marked = self.end.saturating_sub(self.start).min(right);
        push_visible(&mut shown, after.get(..marked).unwrap_or(""));
        let end = shown.len();
        push_visible(&mut shown, after.get(marked..right).unwrap_or(""));
        if right < after.len() {
            shown.push_str(CUT);
        }
        (shown, start, end)
    }
}

/// How many bytes of the characters fit into so many columns.
fn taken(characters: impl Iterator<Item = char>, columns: usize) -> usize {
    let mut used = 0_usize;
    let mut bytes = 0_usize;
    for character in characters {
        used = used.saturating_add(column_width(character));
        if used > columns {
            break;
        }
        bytes = bytes.saturating_add(character.len_utf8());
    }
    bytes
}

fn columns(text: &str) -> usize {
    text.chars().map(column_width).sum()
}

/// Columns of a character, for cutting long lines only: where it is wrong a line is a little longer.
fn column_width(character: char) -> usize {
    match character {
        '\t' => 4,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

/// One sign for each character that must not reach the terminal, so that the caret stays aligned.
fn push_visible(shown: &mut String, text: &str) {
    shown.extend(text.chars().map(|character| {
        let bad = (character.is_control() && character != '\t') || is_invisible(character);
        if bad { '\u{FFFD}' } else { character }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use panmen::diagnostic::{Note, TextProblem};

    fn sources(text: &str) -> Sources {
        let mut sources = Sources::default();
        sources.add("rules/试点 包/pack.yaml", text);
        sources
    }

    fn at(text: &str, part: &str) -> Span {
        let start = text.find(part).unwrap();
        Span::new(panmen::source::FileId(0), start, start + part.len())
    }

    fn tag(tag: &str, span: Span) -> Diagnostic {
        Diagnostic::new(TextProblem::Tag { tag: tag.to_owned() }, span)
    }

    fn drawn(text: &str, diagnostic: Diagnostic, lang: Lang) -> String {
        human(&[diagnostic], &sources(text), lang, false, 100)
    }

    #[test]
    fn a_caret_aligns_under_wide_characters() {
        let text = "a: 1\n标签: !t 企业\n";
        assert_eq!(
            drawn(text, tag("!t", at(text, "!t")), Lang::En),
            "\
error[YM022]: the tag `!t` would change how the value is read, and is not allowed
 --> rules/试点 包/pack.yaml:2:5
  |
2 | 标签: !t 企业
  |       ^^
  |
  = help: remove the tag: a value is read by the type that its key declares; text that begins with `!` goes in quotes
"
        );
        let chinese = drawn(text, tag("!t", at(text, "企业")), Lang::Zh);
        assert!(chinese.starts_with("错误[YM022]: 标签 `!t`"), "{chinese}");
        assert!(chinese.contains(":2:8\n"), "{chinese}");
        assert!(chinese.contains("2 | 标签: !t 企业\n  |          ^^^^\n"), "{chinese}");
        assert!(chinese.contains("  = 修改建议: 请删除标签"), "{chinese}");
    }

    #[test]
    fn a_note_is_a_second_place() {
        let text = "a: 1\nb: 2\na: 3\n";
        let file = panmen::source::FileId(0);
        let problem = TextProblem::DuplicateKey { key: "a".to_owned() };
        let diagnostic =
            Diagnostic::new(problem, Span::new(file, 10, 11)).note(Span::new(file, 0, 1), Note::First);
        assert_eq!(
            drawn(text, diagnostic, Lang::En),
            "\
error[YM026]: the key `a` is given twice
 --> rules/试点 包/pack.yaml:3:1
  |
3 | a: 3
  | ^
 ::: rules/试点 包/pack.yaml:1:1
  |
1 | a: 1
  | - first here
  |
  = help: keep one of them
"
        );
    }

    #[test]
    fn a_problem_without_a_text_has_no_excerpt() {
        let problem = TextProblem::TooLarge { size: "9".to_owned(), limit: "8".to_owned() };
        let diagnostic = Diagnostic::without_place(problem);
        assert_eq!(
            drawn("", diagnostic, Lang::En),
            "error[YM003]: 9 bytes, and at most 8 are read\n |\n = help: split the file\n"
        );
    }

    #[test]
    fn no_control_character_reaches_the_terminal() {
        let text = "a: \u{1b}[31m\u{9b}31m\u{202e}x !t\n";
        let drawn = drawn(text, tag("\u{1b}[0m\n\u{9b}", at(text, "!t")), Lang::En);
        assert!(!drawn.chars().any(|c| (c.is_control() && c != '\n') || is_invisible(c)), "{drawn:?}");
        assert!(drawn.contains("`\\u{1b}[0m\\u{a}\\u{9b}`"), "{drawn}");
        let excerpt = drawn.lines().find(|line| line.starts_with("1 |")).unwrap();
        let caret = drawn.lines().find(|line| line.contains('^')).unwrap();
        let column = excerpt.chars().position(|c| c == '!').unwrap();
        assert_eq!(caret.find('^').unwrap(), column);
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let text = format!("a: {}!t{}\n", "企业".repeat(5000), "x".repeat(5000));
        let drawn = drawn(&text, tag("!t", at(&text, "!t")), Lang::En);
        let excerpt = drawn.lines().find(|line| line.starts_with("1 |")).unwrap();
        assert!(columns(excerpt) <= 100, "{excerpt}");
        assert!(drawn.contains(":1:10004\n"), "{drawn}");
        let caret = drawn.lines().find(|line| line.contains('^')).unwrap();
        let before = excerpt.split('!').next().unwrap();
        assert_eq!(caret.find('^').unwrap(), columns(before));
        assert!(excerpt.contains("...企") && excerpt.ends_with("x..."), "{excerpt}");
    }

    #[test]
    fn places_at_an_end_and_over_lines_are_drawn() {
        let text = "a: [\n  b\n";
        let file = panmen::source::FileId(0);
        for span in
            [Span::new(file, 3, 9), Span::new(file, 9, 9), Span::new(file, 0, 900), Span::new(file, 4, 5)]
        {
            assert!(drawn(text, tag("x", span), Lang::En).contains('^'));
        }
        let problem = human(&[tag("x", Span::new(file, 4, 5))], &sources(text), Lang::En, true, 100);
        assert!(problem.contains('\u{1b}') && !problem.contains(":::"), "{problem}");
        let nowhere = Span::new(panmen::source::FileId(7), 0, 1);
        assert!(drawn(text, tag("x", nowhere), Lang::En).starts_with("error[YM022]"));
        assert_eq!(human(&[], &sources(""), Lang::En, true, 0), "");
    }

    #[test]
    fn json_is_one_object_a_line() {
        let text = "企: 1\nb: !t\n";
        let diagnostic = tag("!t", at(text, "!t")).note(at(text, "企"), Note::Declared);
        let lines = json(&[diagnostic.clone(), diagnostic], &sources(text), Lang::Zh, None);
        assert_eq!(lines.lines().count(), 2);
        let object: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!(object["code"], "YM022");
        assert_eq!(object["severity"], "error");
        assert_eq!(object["file"], "rules/试点 包/pack.yaml");
        assert_eq!([&object["line"], &object["column"]], [2, 4]);
        assert_eq!([&object["end_line"], &object["end_column"]], [2, 6]);
        assert_eq!(object["notes"][0]["text"], "在此声明");
        assert_eq!(object["notes"][0]["line"], 1);
    }
}
