//! Expressions, conditions and tables.

use super::Reader;
use super::fields::Fields;
use crate::diagnostic::{Diagnostic, PackProblem, quote};
use crate::expr::{self, Origin};
use crate::pack::{Condition, Definition, ExprId, Id, Row, Written};
use crate::source::Span;
use crate::yaml::Node;

/// The words that a condition can be combined with.
const COMBINERS: &[&str] = &["all", "any", "none", "at_least"];

/// The keys of an entry that is itself a condition.
pub(super) const CONDITION_KEYS: &[&str] = &["when", "all", "any", "none", "at_least"];

impl Reader<'_> {
    /// An expression written as one scalar.
    pub(super) fn expression(&mut self, node: &Node, place: &str) -> Option<ExprId> {
        self.parsed(node, place, expr::parse)
    }

    /// What one of the parsers of the expression language makes of a scalar.
    pub(super) fn parsed<F>(&mut self, node: &Node, place: &str, parse: F) -> Option<ExprId>
    where
        F: FnOnce(&str, &Origin<'_>) -> Result<expr::ast::Expr, Vec<Diagnostic>>,
    {
        let Some(scalar) = node.as_scalar() else {
            if node.as_mapping().is_some() {
                self.cut_by_colon(node);
            } else {
                self.problem(PackProblem::NotText { place: place.to_owned() }, node.span);
            }
            return None;
        };
        let map = |start, end| scalar.place(start, end);
        let origin = Origin { span: node.span, map: Some(&map) };
        match parse(&scalar.text, &origin) {
            Ok(expr) => Some(self.keep(expr)),
            // What such a word means here was told where it was declared.
            Err(_) if self.names_reserved(&scalar.text) => None,
            // Only a text that breaks off: a comment may also stand rightly after a wrong condition.
            Err(problems)
                if self.comment_follows(node.span)
                    && problems
                        .iter()
                        .any(|problem| problem.span.is_some_and(|span| span.end >= node.span.end)) =>
            {
                let text = quote(scalar.text.trim());
                self.problem(PackProblem::CutByComment { text }, node.span);
                None
            }
            Err(problems) => {
                self.diagnostics.extend(problems);
                None
            }
        }
    }

    /// True if an expression names an id that was refused for being a word of the language.
    fn names_reserved(&self, text: &str) -> bool {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        words.into_iter().any(|word| self.reserved.contains(word))
    }

    /// `industry: green` where `industry = green` was meant.
    fn cut_by_colon(&mut self, node: &Node) {
        let within = |cut: &Span| node.span.start <= cut.start && cut.end <= node.span.end;
        if self.cut.iter().any(|cut| cut.file == node.span.file && within(cut)) {
            return;
        }
        let text = quote(self.sources.slice(node.span).trim());
        let compared = match node.as_mapping() {
            Some([only]) if !only.value.is_null() => {
                only.value.as_scalar().map(|value| format!("{} = {}", only.key.text, value.text))
            }
            _ => None,
        };
        let fixed = compared.map_or_else(|| "a = b".to_owned(), |compared| quote(&compared));
        self.problem(PackProblem::CutByColon { text, fixed }, node.span);
    }

    pub(super) fn keep(&mut self, expr: expr::ast::Expr) -> ExprId {
        self.pack.expressions.push(Written { expr, scope: self.scope.clone() });
        ExprId(self.pack.expressions.len().saturating_sub(1))
    }

    /// True if a comment begins right after a place, on its line.
    fn comment_follows(&self, span: Span) -> bool {
        let rest = self.sources.get(span.file).and_then(|source| source.text.get(span.end as usize..));
        rest.is_some_and(|rest| rest.lines().next().unwrap_or("").trim_start().starts_with('#'))
    }

    /// A condition: an expression, or one combiner with a list.
    pub(super) fn condition(&mut self, node: &Node, place: &str) -> Option<Condition> {
        let Some(entries) = node.as_mapping() else {
            if node.as_sequence().is_some() {
                self.problem(PackProblem::NotCondition { place: place.to_owned() }, node.span);
                return None;
            }
            return self.expression(node, place).map(Condition::Is);
        };
        let combined = entries.iter().any(|entry| COMBINERS.contains(&entry.key.text.as_str()));
        if !combined {
            // `a: b` in place of a condition.
            self.cut_by_colon(node);
            return None;
        }
        let fields = self.fields(node, place, COMBINERS)?;
        self.condition_of(&fields, COMBINERS, place)
    }

    /// The condition of an entry that holds one among other keys; exactly one is needed.
    pub(super) fn condition_of(
        &mut self,
        fields: &Fields<'_>,
        keys: &[&str],
        place: &str,
    ) -> Option<Condition> {
        let present: Vec<&str> = keys.iter().copied().filter(|key| fields.get(key).is_some()).collect();
        let (&[key], Some(node)) = (present.as_slice(), present.first().and_then(|key| fields.get(key)))
        else {
            if present.is_empty() && fields.misspelt(keys) {
                return None;
            }
            let known: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
            let problem = PackProblem::NotOneCondition { place: place.to_owned(), known: known.join(", ") };
            let second = present.get(1).and_then(|key| fields.entry(key)).map(|entry| entry.key_span);
            self.problem(problem, second.unwrap_or(fields.span));
            return None;
        };
        match key {
            "all" => self.members(node, key).map(Condition::All),
            "any" => self.members(node, key).map(Condition::Any),
            "none" => self.members(node, key).map(Condition::None),
            "at_least" => self.at_least(node),
            _ => self.condition(node, place),
        }
    }

    fn at_least(&mut self, node: &Node) -> Option<Condition> {
        if let Some(items) = node.as_sequence() {
            let written = |item: &Node| self.sources.slice(item.span).trim().to_owned();
            let all: Vec<String> = items.iter().map(written).collect();
            let n = items.len().min(2);
            let fixed = format!("{{n: {n}, of: [{}]}}", all.join(", "));
            self.problem(PackProblem::AtLeastForm { fixed: quote(&fixed) }, node.span);
            return None;
        }
        let fields = self.fields(node, "at_least", &["n", "of"])?;
        let of = self.required(&fields, "of", "at_least");
        let count = self.required(&fields, "n", "at_least")?;
        let members = self.members(of?, "of")?;
        let text = self.text(count, "at_least.n")?;
        match text.parse::<usize>().ok().filter(|n| (1..=members.len()).contains(n)) {
            Some(n) => Some(Condition::AtLeast(n, members)),
            None => {
                let most = members.len().to_string();
                self.problem(PackProblem::BadCount { text: quote(text), most }, count.span);
                None
            }
        }
    }

    /// The members of a combiner; all of them must be sound.
    fn members(&mut self, node: &Node, key: &str) -> Option<Vec<Condition>> {
        let items = node.as_sequence();
        let Some(items) = items else {
            self.problem(PackProblem::NotSequence { place: key.to_owned() }, node.span);
            return None;
        };
        if items.is_empty() {
            self.problem(PackProblem::EmptyCondition { key: key.to_owned() }, node.span);
            return None;
        }
        let mut members = Some(Vec::new());
        let mut before: Option<&Node> = None;
        for item in items {
            let read = if let Some(problem) = before.and_then(|before| cut_number(before, item)) {
                self.problem(problem, item.span);
                None
            } else {
                self.condition(item, key)
            };
            before = Some(item);
            members = members.zip(read).map(|(mut members, read)| {
                members.push(read);
                members
            });
        }
        members
    }

    /// An expression, or a table `{by: ..., rows: {...}}`.
    pub(super) fn definition(&mut self, node: &Node, place: &str) -> Option<Definition> {
        if node.as_mapping().is_none() {
            return self.expression(node, place).map(Definition::Is);
        }
        let fields = self.fields(node, place, &["by", "rows"])?;
        self.table(&fields, place)
    }

    /// The `by:` and `rows:` of a table.
    pub(super) fn table(&mut self, fields: &Fields<'_>, place: &str) -> Option<Definition> {
        let by = self.required(fields, "by", place);
        let rows = self.required(fields, "rows", place)?;
        let by = self.expression(by?, place);
        let Some(entries) = rows.as_mapping().filter(|entries| !entries.is_empty()) else {
            self.problem(PackProblem::NotMapping { place: format!("{place}.rows") }, rows.span);
            return None;
        };
        let mut read = Vec::new();
        for entry in entries {
            let key = Id { text: entry.key.text.clone(), span: entry.key_span };
            if let Some(value) = self.expression(&entry.value, place) {
                read.push(Row { key, value });
            }
        }
        (read.len() == entries.len()).then_some(Definition::Table(by?, read))
    }
}

/// Two items of a flow list that were one number with a thousands comma.
fn cut_number(before: &Node, item: &Node) -> Option<PackProblem> {
    let (left, right) = (&before.as_scalar()?.text, &item.as_scalar()?.text);
    let digits = right.chars().take_while(char::is_ascii_digit).count();
    let tail: String = left.chars().rev().take_while(char::is_ascii_digit).collect();
    let adjoining = before.span.end.saturating_add(1) == item.span.start;
    if digits != 3 || tail.is_empty() || !adjoining {
        return None;
    }
    let head: String = tail.chars().rev().collect();
    let rest: String = right.chars().take(3).collect();
    Some(PackProblem::CutByComma { text: format!("{head},{rest}"), fixed: format!("{head}_{rest}") })
}
