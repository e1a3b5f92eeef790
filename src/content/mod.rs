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
mod letters;
mod markdown;
mod mistyped;
mod number;
mod placeholder;
mod plain;
mod reference;
mod short;
mod syntax;
mod text;
mod version;
mod zone;

pub use address::{BaseUrl, Email, FilePath, FormerUrl, Slug, Web, is_id};
pub use code::{Colour, Country, Register, RegisterCode};
pub use date::Day;
pub use extra::Extra;
pub use field::{Definition, Field, Fields, Presence, Shape, Step, Visitor};
pub(crate) use field::{choice, fields, missing, quoted, read_field};
pub use files::{BodyFile, RecordFiles, group};
pub use front_matter::{FrontMatter, split};
pub use item::{Item, TableAt};
pub use letters::{is_invisible, report_invisible};
pub use markdown::{Body, Destination, Heading, Piece, destination, parse as parse_markdown};
pub use number::Degrees;
pub use plain::{Plain, PlainTable};
pub use reference::{Reference, ReferenceTo};
pub use short::{FromShort, ReferenceOrText, Short};
pub use syntax::{Toml, read_toml};
pub use text::{Localised, Name, NativeText, Text};
pub use version::{SourceVersion, Version, fingerprint};

/// The problems found so far.
pub type Problems = Vec<crate::diag::Diagnostic>;

/// Drops from what was found in a file with broken syntax what may follow from
/// that: a field that seems to be missing, and whatever is at the broken place.
pub fn drop_consequences(found: &mut Problems, syntax: &[crate::diag::Diagnostic]) {
    use crate::diag::Code;
    let mut places: Vec<crate::source::Span> = syntax
        .iter()
        .filter(|error| error.code == Code::Syntax)
        .map(|error| error.span)
        .collect();
    places.sort_unstable();
    let broken = |problem: &crate::diag::Diagnostic| {
        let here = problem.span;
        // One mistake a line is reported, so none of the places lie inside each other.
        let next =
            places.partition_point(|place| (place.file, place.end + 1) < (here.file, here.start));
        places
            .get(next)
            .is_some_and(|place| place.file == here.file && place.start <= here.end + 1)
    };
    found.retain(|problem| problem.code != Code::MissingField && !broken(problem));
}
