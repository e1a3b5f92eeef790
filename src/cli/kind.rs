//! Kinds of records on the command line: `city` or `cities`.

use super::Failed;
use crate::diag;
use crate::kinds::Kind;

/// The kind that a word of the command line means.
pub(super) fn kind(written: &str) -> Result<Kind, Failed> {
    Kind::from_name_or_folder(&written.to_lowercase()).ok_or_else(|| {
        let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        let near = diag::nearest(written, names.iter().copied());
        let args = [
            ("kind", written),
            ("near", near.map_or("city", |near| near.name)),
            ("kinds", &names.join(", ")),
        ];
        Failed::usage("failure.no_kind", &args)
    })
}
