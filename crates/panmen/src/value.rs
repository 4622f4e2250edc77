//! What a fact may be: its types, and reading a value of a type from text.
//!
//! In: text and a declared type. Out: a value, or a problem that shows the right spelling. Scalars
//! are never guessed: `0110` stays a code, `no` stays a country, no decimal passes through a float.

mod currency;
mod date;
mod date_text;
mod quantity;
mod width;

pub use currency::Currency;
pub use date::{Date, Month};
pub use date_text::{read_date, read_month};
pub use quantity::{Quantity, TimeUnit, Unit, read_quantity, unit_word};
pub use width::{ascii_for, begins_word, code_point, continues_word};

pub(crate) use date_text::{Calendar, scan_date};
pub(crate) use quantity::{Scanned, scan_number};
