//! New records: their ids, and their text with every field explained.
//!
//! This stands outside the flow from files to pages: what it gives is written
//! to the site's `content/`, and read from there like any other record.

mod blank;
mod example;
mod existing;
mod id;

pub use blank::{Blank, blank, blank_body, front_matter};
pub use existing::{Existing, languages};
pub use id::{language_of, propose};
