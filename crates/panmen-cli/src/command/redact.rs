//! `panmen redact`: a copy of a record without some facts.

use super::DONE;
use crate::args::RedactArgs;
use crate::failure::Failure;
use crate::output::Target;
use crate::recorded::bytes;
use panmen::record;

pub(super) fn run(redact: &RedactArgs) -> Result<u8, Failure> {
    let inputs = [redact.record.clone()];
    let target = Target::of(redact.output.as_deref(), &inputs, "json")?;
    target.refuse_existing()?;
    let record = record::verify(&bytes(&redact.record)?).map_err(Failure::Record)?;
    let text = record::redact(&record, &redact.path).map_err(Failure::Record)?;
    target.write_new(&text)?;
    Ok(DONE)
}
