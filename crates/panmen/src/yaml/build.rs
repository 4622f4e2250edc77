//! Events of the YAML parser to a tree of nodes.
//!
//! In: a text without control characters. Out: the tree and the problems that do not keep it from
//! being read further; a syntax error ends it. Keeps the open collections in a list of its own, so
//! that no text can exhaust the stack.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use super::place::Alignment;
use super::screen::{self, code_point};
use super::slip;
use super::syntax::{self, Reached};
use super::{Entry, Limits, Node, NodeKind, Scalar, Style};
use crate::diagnostic::{Diagnostic, Note, TextProblem, is_invisible, quote};
use crate::source::{FileId, Span, composed};

/// More problems than this in one text help nobody.
const PROBLEMS: usize = 100;
/// Deeper trees would be dropped by a recursion that is too deep for a small stack.
const DEPTH: usize = 255;

/// A collection that is still open.
struct Frame {
    /// The nodes of a sequence, or the entries and the key that waits for its value.
    kind: FrameKind,
    style: Style,
    start: usize,
    end: usize,
}

enum FrameKind {
    Sequence(Vec<Node>),
    Mapping(Vec<Entry>, Option<Scalar>),
}

pub(super) struct Builder<'a> {
    file: FileId,
    text: &'a str,
    limits: Limits,
    frames: Vec<Frame>,
    root: Option<Node>,
    problems: Vec<Diagnostic>,
    nodes: usize,
    /// False once something was refused whose absence would cause further problems.
    sound: bool,
    reached: Reached,
    /// What the next empty scalar is read as, where a sign before it has been named.
    instead: Option<String>,
}

/// Reading cannot go on.
struct Stop;

/// Reads a text.
pub(super) fn build(file: FileId, text: &str, limits: Limits) -> (Option<Node>, Vec<Diagnostic>) {
    let limits = Limits { depth: limits.depth.min(DEPTH), ..limits };
    let mut builder = Builder {
        file,
        text,
        limits,
        frames: Vec::new(),
        root: None,
        problems: Vec::new(),
        nodes: 0,
        sound: true,
        reached: Reached::default(),
        instead: None,
    };
    let stopped = builder.run().is_err();
    if !stopped && builder.root.is_none() && builder.problems.is_empty() {
        builder.problems.push(Diagnostic::new(TextProblem::EmptyText {}, Span::new(file, 0, 0)));
    }
    let node = builder.root.take().filter(|_| !stopped && builder.sound);
    (node, builder.problems)
}

impl Builder<'_> {
    fn run(&mut self) -> Result<(), Stop> {
        // The parser's own nesting limits are a second line: the count in `open` is what is meant.
        let options = granit_parser::options! {
            emit_comments: false,
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            disallow_directives: true,
            flow_nesting_limit: self.limits.depth.saturating_add(1),
            block_nesting_limit: self.limits.depth.saturating_add(1),
        };
        let mut documents = 0_usize;
        for event in Parser::new_from_str_with_options(self.text, options) {
            let (event, span) = match event {
                Ok(found) => found,
                Err(error) => {
                    self.syntax_error(&error);
                    return Err(Stop);
                }
            };
            let range = span.byte_range().unwrap_or_default();
            if let Some(tag) = span.tag_span().and_then(|tag| tag.byte_range()) {
                self.tag(tag)?;
            }
            match event {
                Event::DocumentStart(..) => {
                    documents = documents.saturating_add(1);
                    if documents > 1 {
                        self.report(TextProblem::SeveralDocuments {}, range)?;
                        return Ok(());
                    }
                }
                Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(range)?,
                Event::Anchor(_, name) => {
                    self.report(TextProblem::Anchor { name: quote(&name) }, range)?;
                }
                Event::Scalar(text, style, _, _) => self.scalar(text, style, range)?,
                Event::SequenceStart(style, ..) => {
                    self.open(FrameKind::Sequence(Vec::new()), style, range)?;
                }
                Event::MappingStart(style, ..) => {
                    self.open(FrameKind::Mapping(Vec::new(), None), style, range)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(range)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn report(&mut self, problem: TextProblem, range: Range<usize>) -> Result<(), Stop> {
        let diagnostic = Diagnostic::new(problem, self.span(range));
        self.push(diagnostic)
    }

    fn push(&mut self, diagnostic: Diagnostic) -> Result<(), Stop> {
        if self.problems.len() >= PROBLEMS {
            let problem = TextProblem::TooManyProblems { limit: PROBLEMS.to_string() };
            let span = diagnostic.span.unwrap_or_default();
            self.problems.push(Diagnostic::new(problem, span));
            return Err(Stop);
        }
        self.problems.push(diagnostic);
        Ok(())
    }

    fn syntax_error(&mut self, error: &granit_parser::ScanError) {
        let at = error.marker().byte_offset().unwrap_or(self.text.len());
        let open: Vec<usize> =
            self.frames.iter().filter(|frame| frame.style == Style::Flow).map(|frame| frame.start).collect();
        let (problem, range) =
            syntax::explain(error.kind(), at, self.text, &self.reached, &open, self.limits.depth);
        // What stands at a strange level because the space above it is none has been named.
        let named = matches!(problem, TextProblem::Indentation {})
            && self.problems.iter().any(|problem| problem.code() == "YM013");
        // Twice the same at one place says nothing more.
        let diagnostic = Diagnostic::new(problem, self.span(range));
        if !named && !self.problems.contains(&diagnostic) {
            self.problems.push(diagnostic);
        }
    }

    fn tag(&mut self, range: Range<usize>) -> Result<(), Stop> {
        let tag = self.text.get(range.clone()).unwrap_or("");
        let problem = if tag.starts_with("!=") {
            TextProblem::OperatorFirst { operator: "!=".to_owned() }
        } else if let Some(problem) = slip::not_sign(self.text, range.clone()) {
            // The text goes on to be read as if `not` stood there.
            if let TextProblem::NotSign { right } = &problem {
                self.instead = Some(right.clone());
            }
            problem
        } else {
            TextProblem::Tag { tag: quote(tag) }
        };
        self.report(problem, range)
    }

    fn alias(&mut self, range: Range<usize>) -> Result<(), Stop> {
        let name = self.text.get(range.clone()).unwrap_or("").trim_start_matches('*');
        self.report(TextProblem::Alias { name: quote(name) }, range.clone())?;
        self.sound = false;
        self.count(range.clone())?;
        let scalar = Scalar::new("", true, self.span(range));
        self.place_scalar(scalar)
    }

    fn count(&mut self, range: Range<usize>) -> Result<(), Stop> {
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > self.limits.nodes {
            self.report(TextProblem::TooManyNodes { limit: self.limits.nodes.to_string() }, range)?;
            return Err(Stop);
        }
        Ok(())
    }

    fn open(&mut self, kind: FrameKind, style: StructureStyle, range: Range<usize>) -> Result<(), Stop> {
        self.count(range.clone())?;
        if self.frames.len() >= self.limits.depth {
            self.report(TextProblem::TooDeep { limit: self.limits.depth.to_string() }, range)?;
            return Err(Stop);
        }
        if self.waits_for_key() {
            self.report(TextProblem::ComplexKey {}, range.clone())?;
            self.sound = false;
        }
        let style = match style {
            StructureStyle::Block => Style::Block,
            StructureStyle::Flow => Style::Flow,
        };
        self.frames.push(Frame { kind, style, start: range.start, end: range.end });
        Ok(())
    }

    fn close(&mut self, range: Range<usize>) -> Result<(), Stop> {
        let Some(frame) = self.frames.pop() else { return Ok(()) };
        let end = if frame.style == Style::Flow {
            self.reached.flow_end = Some(range.end);
            // A pair without braces in a list ends with its value, not at the next comma.
            if range.is_empty() { frame.end } else { range.end }
        } else {
            frame.end
        };
        let span = self.span(frame.start..end);
        let kind = match frame.kind {
            FrameKind::Sequence(nodes) => NodeKind::Sequence(nodes, frame.style),
            FrameKind::Mapping(entries, _) => {
                if frame.style == Style::Flow && !self.text_at(frame.start).starts_with('{') {
                    let key = entries.first().map(|entry| quote(&entry.key.text)).unwrap_or_default();
                    self.report(TextProblem::PairInList { key }, span.range())?;
                }
                NodeKind::Mapping(self.unique(entries)?, frame.style)
            }
        };
        if self.waits_for_key() {
            // Reported when it opened; an empty key keeps its place.
            if let Some(Frame { kind: FrameKind::Mapping(_, key), .. }) = self.frames.last_mut() {
                *key = Some(Scalar::new("", false, span));
            }
            return Ok(());
        }
        self.place(Node { kind, span });
        Ok(())
    }

    /// The entries without later ones of the same key, which are reported.
    fn unique(&mut self, entries: Vec<Entry>) -> Result<Vec<Entry>, Stop> {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        let mut twice = Vec::new();
        for entry in &entries {
            if let Some(earlier) = first.get(entry.key.text.as_str()) {
                let problem = TextProblem::DuplicateKey { key: quote(&entry.key.text) };
                twice.push(Diagnostic::new(problem, entry.key_span).note(*earlier, Note::First));
            } else {
                first.insert(&entry.key.text, entry.key_span);
            }
        }
        if twice.is_empty() {
            return Ok(entries);
        }
        let kept: BTreeSet<Span> = first.into_values().collect();
        for diagnostic in twice {
            self.push(diagnostic)?;
        }
        Ok(entries.into_iter().filter(|entry| kept.contains(&entry.key_span)).collect())
    }

    fn text_at(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or("")
    }

    fn waits_for_key(&self) -> bool {
        matches!(self.frames.last(), Some(Frame { kind: FrameKind::Mapping(_, None), .. }))
    }

    fn scalar(
        &mut self,
        text: Cow<'_, str>,
        style: ScalarStyle,
        mut range: Range<usize>,
    ) -> Result<(), Stop> {
        self.count(range.clone())?;
        if text.len() > self.limits.scalar {
            let (size, limit) = (text.len().to_string(), self.limits.scalar.to_string());
            // The place is where it begins: the whole would fill the screen.
            let start = range.start;
            self.report(TextProblem::ScalarTooLong { size, limit }, start..start)?;
            self.sound = false;
        }
        let plain = style == ScalarStyle::Plain;
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            self.block_text(&text, range.clone())?;
            let raw = self.text.get(range.clone()).unwrap_or("");
            range.end = range.start.saturating_add(raw.trim_end().len());
        }
        let raw = self.text.get(range.clone()).unwrap_or("");
        // Where nothing is written the parser says `~`.
        let instead = self.instead.take();
        let text = if plain && raw.is_empty() { Cow::Owned(instead.unwrap_or_default()) } else { text };
        let mark = match style {
            ScalarStyle::SingleQuoted => Some('\''),
            ScalarStyle::DoubleQuoted => Some('"'),
            ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => None,
        };
        let scalar = Scalar {
            alignment: Alignment::of(&text, raw, range.start, mark),
            text: text.into_owned(),
            plain,
            span: self.span(range.clone()),
        };
        self.reached.scalar = Some(range.clone());
        // The parser lets a comment after a tab pass between two lines of a plain text.
        if plain && matches!(scalar.alignment, Alignment::Whole) && raw.contains('#') {
            let at = range.start.saturating_add(raw.find('#').unwrap_or(0));
            self.report(TextProblem::CommentInText {}, at..at.saturating_add(1))?;
        }
        if plain || self.waits_for_key() {
            self.invisible(&scalar)?;
        }
        if plain && !raw.is_empty() && !self.waits_for_key() {
            self.swallowed_lines(range)?;
        }
        let scalar = self.printable(scalar)?;
        self.place_scalar(scalar)
    }

    /// An escape such as `\x07` brings in what no text may contain. One text has one form, however its
    /// accents were typed.
    fn printable(&mut self, mut scalar: Scalar) -> Result<Scalar, Stop> {
        let (text, refused) = screen::unescaped(scalar.text);
        scalar.text = text;
        for (at, character) in refused {
            let place = scalar.place(at, at.saturating_add(character.len_utf8()));
            let problem = TextProblem::ControlCharacter { code_point: code_point(character) };
            self.push(Diagnostic::new(problem, place))?;
        }
        if let Cow::Owned(text) = composed(&scalar.text) {
            scalar.text = text;
            scalar.alignment = Alignment::Whole;
        }
        Ok(scalar)
    }

    /// `>5` is a header of a block text to YAML, and then nothing follows.
    fn block_text(&mut self, text: &str, range: Range<usize>) -> Result<(), Stop> {
        let Some(before) = self.text.get(..range.start).map(str::trim_end) else { return Ok(()) };
        let line = last_line(before);
        let Some((_, header)) = line.rsplit_once('>') else { return Ok(()) };
        let indents = header.contains(|c: char| c.is_ascii_digit())
            && header.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-'));
        if text.trim().is_empty() && indents {
            let header = header.len().saturating_add(1);
            let start = before.len().saturating_sub(header);
            let problem = TextProblem::OperatorFirst { operator: ">".to_owned() };
            return self.report(problem, start..before.len());
        }
        Ok(())
    }

    fn invisible(&mut self, scalar: &Scalar) -> Result<(), Stop> {
        for (at, character) in scalar.text.char_indices().filter(|(_, c)| is_invisible(*c)) {
            let place = scalar.place(at, at.saturating_add(character.len_utf8()));
            let problem = TextProblem::Invisible { code_point: code_point(character) };
            self.push(Diagnostic::new(problem, place))?;
        }
        Ok(())
    }

    /// Lines that were meant as keys or entries and became part of a plain text.
    fn swallowed_lines(&mut self, range: Range<usize>) -> Result<(), Stop> {
        let raw = self.text.get(range.clone()).unwrap_or("");
        let before = self.text.get(..range.start).unwrap_or("").trim_end_matches([' ', '\t']);
        let has_its_own_line = self.frames.is_empty() || before.ends_with(['\n', '\r']);
        if has_its_own_line && let Some((problem, part)) = syntax::colon_slip(raw, true) {
            let place = range.start.saturating_add(part.start)..range.start.saturating_add(part.end);
            self.report(problem, place)?;
            self.sound = false;
        }
        let in_list = matches!(
            self.frames.last(),
            Some(Frame { kind: FrameKind::Sequence(_), style: Style::Block, .. })
        );
        if in_list && raw.contains('\n') {
            let mut at = range.start;
            for line in raw.split_inclusive('\n') {
                let indent = line.len().saturating_sub(line.trim_start().len());
                if at > range.start && line.trim_start().starts_with("- ") {
                    let start = at.saturating_add(indent);
                    self.report(TextProblem::DashInText {}, start..start.saturating_add(1))?;
                }
                at = at.saturating_add(line.len());
            }
        }
        Ok(())
    }

    fn place_scalar(&mut self, scalar: Scalar) -> Result<(), Stop> {
        if self.waits_for_key() {
            return self.key(scalar);
        }
        let span = scalar.span;
        self.key_alone(span)?;
        self.place(Node { kind: NodeKind::Scalar(scalar), span });
        Ok(())
    }

    fn key(&mut self, scalar: Scalar) -> Result<(), Stop> {
        let range = scalar.span.range();
        let before = self.text.get(..range.start).unwrap_or("");
        let block = matches!(self.frames.last(), Some(Frame { style: Style::Block, .. }));
        // Only block keys have a line of their own; a flow text may be one line of a megabyte.
        let line = if block { last_line(before) } else { "" };
        if line.contains('\t') && line.trim().is_empty() {
            let start = range.start.saturating_sub(line.len());
            self.report(TextProblem::TabIndent {}, start..range.start)?;
        }
        // An explicit key: a `?` where an entry begins, not the end of the question on the line above.
        let marked = before.trim_end_matches([' ', '\t']).strip_suffix('?').is_some_and(|rest| {
            let rest = rest.trim_end_matches([' ', '\t']);
            rest.is_empty() || rest.ends_with(['\n', '\r', '-', '{', '[', ','])
        });
        if marked && !range.is_empty() {
            self.report(TextProblem::ComplexKey {}, range.clone())?;
        }
        if let Some((problem, place)) = slip::indent(self.text.get(range.clone()).unwrap_or(""), range.start)
        {
            self.report(problem, place)?;
            self.sound = false;
        }
        if scalar.plain && scalar.text == "<<" {
            self.report(TextProblem::MergeKey {}, range)?;
            self.sound = false;
        } else if scalar.plain && scalar.text.is_empty() && range.is_empty() {
            self.report(TextProblem::EmptyKey {}, range)?;
            self.sound = false;
        }
        if let Some(Frame { kind: FrameKind::Mapping(_, key), .. }) = self.frames.last_mut() {
            *key = Some(scalar);
        }
        Ok(())
    }

    /// `{en: When, where}`: a key of a flow mapping with neither colon nor value.
    fn key_alone(&mut self, value: Span) -> Result<(), Stop> {
        let Some(Frame { kind: FrameKind::Mapping(_, Some(key)), style: Style::Flow, .. }) =
            self.frames.last()
        else {
            return Ok(());
        };
        let range = key.span.range();
        let written = self.text_at(range.end).trim_start().starts_with(':');
        if !value.range().is_empty() || written || range.is_empty() {
            return Ok(());
        }
        if let Some((problem, part)) = syntax::colon_slip(self.text.get(range.clone()).unwrap_or(""), true) {
            self.sound = false;
            let at = |offset: usize| range.start.saturating_add(offset);
            return self.report(problem, at(part.start)..at(part.end));
        }
        let key = quote(&key.text);
        self.report(TextProblem::KeyWithoutValue { key }, range)
    }

    fn place(&mut self, node: Node) {
        let end = node.span.range().end;
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            return;
        };
        frame.end = frame.end.max(end);
        match &mut frame.kind {
            FrameKind::Sequence(nodes) => nodes.push(node),
            FrameKind::Mapping(entries, key) => {
                if let Some(key) = key.take() {
                    let key_span = key.span;
                    frame.end = frame.end.max(key_span.range().end);
                    entries.push(Entry { key, key_span, value: node });
                }
            }
        }
    }
}

/// What stands after the last line break, of either kind.
fn last_line(text: &str) -> &str {
    text.rsplit(['\n', '\r']).next().unwrap_or("")
}
