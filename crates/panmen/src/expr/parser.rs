//! Text to syntax tree.

use super::ast::Expr;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Where the characters of an expression stand in the file.
#[derive(Debug, Clone, Copy)]
pub struct Origin(pub Span);

/// Reads an expression.
///
/// # Errors
/// Every problem found.
pub fn parse(text: &str, origin: Origin) -> Result<Expr, Vec<Diagnostic>> {
    let _ = (text, origin);
    Err(Vec::new())
}
