//! The command line.
#[allow(dead_code, reason = "the commands that draw problems come next")]
mod draw;

fn main() {}
