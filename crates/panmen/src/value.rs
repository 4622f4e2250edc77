//! What a fact may be: its types, and reading a value of a type from text.
//!
//! In: text and a declared type. Out: a value, or a problem that shows the right spelling. Scalars
//! are never guessed: `0110` stays a code, `no` stays a country, no decimal passes through a float.

mod currency;
mod date;
mod quantity;

pub use currency::Currency;
pub use date::{Date, Month};
pub use quantity::{Quantity, TimeUnit, Unit, read_quantity};
