//! The two vocabularies: areas of cooperation (`areas.toml`) and topics of
//! news (`topics.toml`), each a table of terms.

use crate::content::is_id;
use crate::content::{Fields, Localised, Problems, Slug, TableAt, Text, fields};
use crate::diag::{Code, Diagnostic};
use crate::source::Span;

fields! {
    /// An area of cooperation or a topic.
    pub struct Term {
        /// Its name; built-in areas have one in each language.
        optional name: Text,
        /// What belongs to it.
        optional description: Text,
        /// Examples of what can be done.
        optional examples: Localised<Vec<String>>,
        /// The last part of the page's address, where it is not the id.
        optional slug: Localised<Slug>,
    }
}

/// The areas that every site has, in order: the eight of the Central Bohemian
/// Region, and four more. Their names stand in the strings files.
pub const BUILT_IN_AREAS: &[&str] = &[
    "schools",
    "culture",
    "tourism",
    "administration",
    "business",
    "science",
    "social",
    "institutions",
    "sport",
    "environment",
    "safety",
    "solidarity",
];

/// Reads a vocabulary: the terms in the order they are written in.
pub fn read_vocabulary(table: &TableAt<'_>, problems: &mut Problems) -> Vec<(String, Span, Term)> {
    let mut keys: Vec<(&str, Span)> = table.keys().collect();
    keys.sort_by_key(|(_, span)| *span);
    let mut terms = Vec::new();
    for (id, span) in keys {
        if !is_id(id) {
            problems.push(Diagnostic::new(Code::Id, span).with("value", id));
            continue;
        }
        let Some(inner) = table.get(id).and_then(|item| item.expect_table(problems)) else {
            continue;
        };
        if let Some(term) = Term::read_whole(&[inner], problems) {
            terms.push((id.to_owned(), span, term));
        }
    }
    terms
}
