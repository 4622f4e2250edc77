//! The command line.
#[allow(dead_code, reason = "the commands that draw problems come next")]
mod draw;
#[allow(dead_code, reason = "the commands that read files come next")]
mod load;

fn main() {}
