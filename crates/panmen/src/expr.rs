//! The expression language: text in, syntax tree out, and back to text.
//!
//! Knows nothing of facts or packs: names are only words here, resolved later by `check`.

pub mod ast;
mod lexer;
mod parser;
mod print;

pub use parser::{Origin, parse};
