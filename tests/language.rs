//! Operators, functions and outcomes, as tables of packs, facts and results.
//!
//! `language/tables/*.txt` hold rows `expression given {facts} => result`; a reader who doubts what the
//! language means adds a row. `refused` means that the pack does not load with such an expression.

#[path = "language/engine.rs"]
pub(crate) mod engine;
#[path = "language/tables.rs"]
pub(crate) mod tables;
#[path = "language/outcomes.rs"]
mod outcomes;
#[path = "language/money.rs"]
mod money;
#[path = "language/packs.rs"]
mod packs;
