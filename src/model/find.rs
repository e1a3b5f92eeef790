//! A text in the reader's language, or in the one that stands in for it.

use super::reads::{Part, note};
use super::{LanguageId, RecordId, Site};
use crate::content::{Body, Localised};
use crate::kinds::Record;
use crate::lang::Lang;

/// A value found for a reader.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found<T> {
    pub value: T,
    /// The language it is in, where that is not the reader's.
    pub lang: Option<Lang>,
}

impl<T> Found<T> {
    /// Turns the value into another.
    pub fn map<U>(self, turn: impl FnOnce(T) -> U) -> Found<U> {
        Found {
            value: turn(self.value),
            lang: self.lang,
        }
    }
}

impl Site {
    /// The value for a reader's language: its own, the one for all languages,
    /// then along the chain of fallbacks, then any.
    pub fn find<'a, T>(&self, value: &'a Localised<T>, reader: LanguageId) -> Option<Found<&'a T>> {
        let chain = self.chain(reader);
        if let Some(value) = value.own(chain[0]).or(value.same.as_ref()) {
            return Some(Found { value, lang: None });
        }
        let stand_in = chain[1..]
            .iter()
            .find_map(|lang| value.own(*lang).map(|found| (*lang, found)))
            .or_else(|| value.by.first().map(|(lang, found)| (*lang, found)));
        stand_in.map(|(lang, value)| Found {
            value,
            lang: Some(lang),
        })
    }

    /// The body for a reader's language, along the same chain.
    pub fn find_body(&self, id: RecordId, reader: LanguageId) -> Option<Found<&Body>> {
        note(Part::Text(id));
        self.body_of(self.record(id), reader)
    }

    /// The same for a record that may be no part of the site.
    pub(super) fn body_of<'a>(
        &self,
        record: &'a Record,
        reader: LanguageId,
    ) -> Option<Found<&'a Body>> {
        let chain = self.chain(reader);
        let body = chain
            .iter()
            .find_map(|lang| record.body(*lang))
            .or(record.bodies.first())?;
        Some(Found {
            value: body,
            lang: (body.lang != chain[0]).then_some(body.lang),
        })
    }

    /// Whether what a record mainly says is there in this language itself.
    pub fn has_own_text(&self, record: &Record, reader: LanguageId) -> bool {
        record.is_written_in(self.tag(reader))
    }
}
