//! End to end: the built binary, the shipped packs and firms, the laws of the language, the layout of the
//! house. One test binary, so that it links once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "tests fail by panicking"
)]

mod support;

mod amounts;
mod bad_inputs;
mod command_lines;
mod docs;
mod impact;
mod language;
mod laws;
mod layers;
mod records;
mod reports;
mod shipped;
