//! Problems in words: for people, for programs, for forges.

mod alike;
mod catalogue;
mod explain;
mod github;
mod json;
mod sarif;
mod text;
mod words;

pub use catalogue::{Example, example};
pub use explain::{explain, list};
pub use github::write_github;
pub use json::write_json;
pub use sarif::write_sarif;
pub use text::{Amount, one_text, visible, write_text};
pub use words::Words;
