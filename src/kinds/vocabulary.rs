//! The two vocabularies: areas of cooperation (`areas.toml`) and topics of
//! news (`topics.toml`), each a table of terms.

use crate::content::is_id;
use crate::content::{Field, Fields, Localised, Problems, Slug, TableAt, Text, fields};
use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
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
        /// Smaller comes first.
        optional weight: i32,
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

/// Reads a vocabulary: the terms by weight, then in the order they are written in.
///
/// A term is a table (`[culture]`), or just its name: `culture = "Kultura"`,
/// `culture = { pl = "Kultura", en = "Culture" }`.
pub fn read_vocabulary(table: &TableAt<'_>, problems: &mut Problems) -> Vec<(String, Term)> {
    let mut keys: Vec<(&str, Span)> = table.keys().collect();
    keys.sort_by_key(|(_, span)| *span);
    let mut terms = Vec::new();
    for (id, span) in keys {
        if !is_id(id) {
            problems.push(Diagnostic::new(Code::Id, span).with("value", id));
            continue;
        }
        let Some(item) = table.get(id) else { continue };
        let term = match item.as_table() {
            Some(fields) if !is_by_language(&fields) => Term::read_whole(&[fields], problems),
            _ => Text::read(&item, problems).map(Term::named),
        };
        terms.extend(term.map(|term| (id.to_owned(), term)));
    }
    terms.sort_by_key(|(_, term)| term.weight.unwrap_or(0));
    terms
}

/// Whether all keys of a table are languages: then it is a name.
fn is_by_language(table: &TableAt<'_>) -> bool {
    let fields = || Term::definitions().iter().map(|field| field.name);
    table
        .keys()
        .all(|(key, _)| Lang::parse(key).is_ok() && !fields().any(|name| name == key))
}

impl Term {
    /// A term of which only the name is written, or nothing at all.
    pub fn named(name: impl Into<Option<Text>>) -> Term {
        Term {
            name: name.into(),
            description: None,
            examples: None,
            slug: None,
            weight: None,
        }
    }
}
