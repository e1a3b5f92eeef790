//! The text of one file → fields with their places, and Markdown.
//!
//! What a record *has* is said in `kinds`; this layer knows how a field of
//! each type is written. Broken input is normal here: reading gives the value
//! where there is one, and the problems.

mod address;
mod code;
mod date;
mod extra;
mod field;
mod files;
mod front_matter;
mod item;
mod markdown;
mod number;
mod reference;
mod short;
mod text;

pub use address::{BaseUrl, Email, FilePath, FormerUrl, Slug, Web, is_id};
pub use code::{Colour, Country, RegisterCode};
pub use extra::Extra;
pub use field::{Definition, Field, Fields, Presence, Shape, Visitor};
pub(crate) use field::{choice, fields, missing, read_field};
pub use files::{BodyFile, RecordFiles, group};
pub use front_matter::{FrontMatter, split};
pub use item::{Item, TableAt};
pub use markdown::{Body, Destination, Heading, Piece, destination, parse as parse_markdown};
pub use number::Degrees;
pub use reference::{Reference, ReferenceTo};
pub use short::{FromShort, ReferenceOrText, Short};
pub use text::{CaseForms, Localised, Name, Text};

/// The problems found so far.
pub type Problems = Vec<crate::diag::Diagnostic>;

/// Drops from what was found in a file with broken syntax what may follow from
/// that: a field that seems to be missing, and whatever is at the broken place.
pub fn drop_consequences(found: &mut Problems, syntax: &[crate::diag::Diagnostic]) {
    use crate::diag::Code;
    let broken = |problem: &crate::diag::Diagnostic| {
        syntax.iter().any(|error| {
            error.code == Code::Syntax
                && error.span.file == problem.span.file
                && error.span.start <= problem.span.end + 1
                && problem.span.start <= error.span.end + 1
        })
    };
    found.retain(|problem| problem.code != Code::MissingField && !broken(problem));
}
