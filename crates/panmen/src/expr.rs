//! The expression language: text in, syntax tree out, and back to text.
//!
//! Knows nothing of facts or packs: names are only words here, resolved later by `check`.

pub mod ast;
mod lexer;
mod parser;
mod print;

pub use lexer::{RESERVED, is_reserved};
pub use parser::{Origin, parse, parse_firms, parse_item, parse_order, parse_round, parse_set};

#[cfg(test)]
mod tests;
