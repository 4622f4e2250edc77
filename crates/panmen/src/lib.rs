//! Panmen's core: text in, decision out.
//!
//! The modules stand in reading order; each uses only those above it.
#![cfg_attr(
    not(test),
    deny(clippy::float_arithmetic, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)
)]

pub mod source;
pub mod diagnostic;
pub mod yaml;
pub mod number;
pub mod value;
pub mod expr;
pub mod pack;
pub mod read;
pub mod graph;
pub mod check;
pub mod answer;
pub mod plan;
pub mod profile;
pub mod eval;
pub mod combine;
pub mod explain;
pub mod standing;
pub mod decision;
pub mod population;
pub mod impact;
pub mod wording;
pub mod doc;
pub mod view;
pub mod template;
pub mod json;
pub mod record;
pub mod diff;
pub mod example;
pub mod lint;
