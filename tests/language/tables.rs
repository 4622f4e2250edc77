//! Every row of the tables, and that the tables leave out no operator and no word of the language.

use super::engine::{answer, bundle, checked, day, firm, told};
use crate::support::{entries, root};
use panmen::check::Checked;
use panmen::eval::{Run, eval};
use panmen::expr::RESERVED;
use panmen::graph::{Node, Op};
use panmen::plan::plan;
use panmen::source::Sources;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

/// The decision date of every row.
const AS_OF: &str = "2025-03-01";

/// A row of a table.
pub(crate) struct Row {
    place: String,
    pub(crate) expression: String,
    pub(crate) facts: String,
    pub(crate) result: String,
}

/// Every row of every table.
pub(crate) fn rows() -> Vec<Row> {
    let folder = root().join("tests/language/tables");
    let files = entries(&folder);
    let mut rows = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for (index, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let place = format!("{name}:{}", index + 1);
            let (left, result) = line.rsplit_once(" => ").unwrap_or_else(|| panic!("{place}: no result"));
            let (expression, facts) = left.split_once(" given ").unwrap_or((left, "{}"));
            rows.push(Row {
                place,
                expression: expression.to_owned(),
                facts: facts.to_owned(),
                result: result.to_owned(),
            });
        }
    }
    rows
}

/// The pack of the facts, lists and parameters that the rows speak of.
pub(crate) fn facts_text() -> String {
    fs::read_to_string(root().join("tests/language/facts.yaml")).unwrap()
}

/// The shared facts and, for each expression, a derived value `row_0`, `row_1`, ...
fn pack_of(expressions: &[&str]) -> Result<Checked, String> {
    let facts = facts_text();
    let mut defines = "define:\n".to_owned();
    for (index, expression) in expressions.iter().enumerate() {
        writeln!(defines, "  row_{index}: {{is: {expression}}}").unwrap();
    }
    let mut sources = Sources::default();
    let bundle = bundle(&mut sources, &[("pack.yaml", &facts), ("rows.yaml", &defines)]);
    checked(&sources, &bundle).map_err(|problems| told(&sources, &problems))
}

fn sound(rows: &[Row]) -> Checked {
    let expressions: Vec<&str> = rows.iter().map(|row| row.expression.as_str()).collect();
    pack_of(&expressions).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn every_row_of_the_tables_holds() {
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.result != "refused").collect();
    assert!(rows.len() > 300, "only {} rows", rows.len());
    let pack = sound(&rows);
    let plan = plan(&pack, day(AS_OF));
    let mut wrong = Vec::new();
    let nodes = pack.pack.defines.iter().zip(&pack.graph.defines);
    let nodes: Vec<_> = nodes.filter(|(define, _)| define.id.text.starts_with("row_")).collect();
    assert_eq!(nodes.len(), rows.len());
    for (row, (_, node)) in rows.iter().zip(nodes) {
        let trace = eval(&plan, &firm(&pack, &row.facts), Run::All);
        let found = answer(&plan, &pack.graph.nodes[node.0].ty, trace.get(*node));
        if found != row.result {
            wrong.push(format!(
                "{}: {} given {}\n  expected {}\n  found    {found}",
                row.place, row.expression, row.facts, row.result
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_the_tables_refuse_does_not_load() {
    let refused: Vec<Row> = rows().into_iter().filter(|row| row.result == "refused").collect();
    assert!(refused.len() > 10);
    for row in refused {
        assert!(pack_of(&[&row.expression]).is_err(), "{}: {} loads", row.place, row.expression);
    }
}

macro_rules! names_of_ops {
    ($($op:ident)*) => {
        /// Every operator; a new one does not compile until it is named here.
        const OPS: &[&str] = &[$(stringify!($op)),*];

        fn name_of(op: &Op) -> &'static str {
            match op {
                $(Op::$op { .. } => stringify!($op),)*
            }
        }
    };
}

names_of_ops! {
    Constant Fact Outer Parameter DecisionDate AssessmentYear Not All Any NoneOf AtLeast Compare In Many Holds
    Known OrElse Aggregate Count CountMany Rows Window Pick If Arithmetic Negate Shift Between Part Table Named
    Ladder LadderIn Measure MeasureEligible MeasureAmount Highest Round FirstRows CountAwards Around
}

/// Operators that only a condition or an outcome can hold; the tables of outcomes have them.
pub(crate) const OF_OUTCOMES: &[&str] = &[
    "NoneOf",
    "AtLeast",
    "Table",
    "Named",
    "Ladder",
    "LadderIn",
    "Measure",
    "MeasureEligible",
    "MeasureAmount",
];

/// Operators that only the steps of an amount hold; the examples of packs have them.
const OF_AMOUNTS: &[&str] = &["Highest", "Round", "FirstRows", "CountAwards", "Around"];

/// The names of all operators of a pack, those within rows included.
pub(crate) fn ops_of(checked: &Checked) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut stack: Vec<&[Node]> = vec![&checked.graph.nodes];
    while let Some(nodes) = stack.pop() {
        for node in nodes {
            found.insert(name_of(&node.op));
            stack.extend(node.op.body().map(|body| body.nodes.as_slice()));
        }
    }
    found
}

#[test]
fn every_operator_of_an_expression_is_in_a_table() {
    let rows: Vec<Row> = rows().into_iter().filter(|row| row.result != "refused").collect();
    let found = ops_of(&sound(&rows));
    let missing: Vec<_> = OPS
        .iter()
        .filter(|op| !found.contains(*op) && !OF_OUTCOMES.contains(op) && !OF_AMOUNTS.contains(op))
        .collect();
    assert!(missing.is_empty(), "in no row: {missing:?}");
}

#[test]
fn every_word_and_sign_of_an_expression_is_in_a_table() {
    // Of allocation, targets and rounding, which are no expressions.
    let elsewhere = ["ascending", "descending", "first", "last", "firms", "down", "up", "nearest"];
    let text: Vec<String> = rows().into_iter().map(|row| format!(" {} ", row.expression)).collect();
    for word in RESERVED.iter().filter(|word| !elsewhere.contains(word)) {
        let there =
            text.iter().any(|row| row.split(|c: char| !c.is_alphanumeric() && c != '_').any(|w| w == *word));
        assert!(there, "`{word}` is in no row");
    }
    for sign in
        [" = ", " != ", " < ", " <= ", " > ", " >= ", " + ", " - ", " * ", " / ", " -", " | ", "..", "%"]
    {
        assert!(text.iter().any(|row| row.contains(sign)), "`{sign}` is in no row");
    }
}
