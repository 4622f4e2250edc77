//! What holds for every pack and firm.
//!
//! Small packs and firms are generated; a second evaluator, written for these tests only, goes through
//! every completion of what is unknown and says what must come out.

#[path = "laws/any_firm.rs"]
mod any_firm;
#[path = "laws/bytes.rs"]
mod bytes;
#[path = "laws/completions.rs"]
mod completions;
#[path = "laws/decisions.rs"]
mod decisions;
#[path = "laws/expressions.rs"]
mod expressions;
#[path = "laws/firm.rs"]
mod firm;
#[path = "laws/generate.rs"]
mod generate;
#[path = "laws/model.rs"]
mod model;
#[path = "laws/standing.rs"]
mod standing;
#[path = "laws/sums.rs"]
mod sums;
#[path = "laws/turns.rs"]
mod turns;
