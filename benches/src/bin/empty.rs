//! The smallest clap program, against which the start of `panmen report` is measured.

use clap::Parser;

/// Does nothing.
#[derive(Parser)]
struct Args {
    /// A file that is not read.
    _file: Option<String>,
}

fn main() {
    let _ = Args::parse();
}
