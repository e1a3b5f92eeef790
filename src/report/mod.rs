//! Problems in words, in the reader's language.

mod json;
mod text;
mod words;

pub use json::write_json;
pub use text::write_text;
pub use words::Words;
