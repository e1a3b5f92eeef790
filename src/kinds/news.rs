//! News: `news/`.

use super::common::{Common, Source};
use super::target::{Areas, Parties, Partnerships, Topics};
use crate::content::{Reference, Text, fields};
use crate::lang::{Lang, Moment};

fields! {
    /// A news item.
    pub struct News {
        flatten common: Common,
        /// Its title.
        required title: Text,
        /// When it was published.
        required date: Moment,
        /// Who wrote it.
        optional author: Text,
        /// Whom it is about.
        list parties: Reference<Parties>,
        /// Which partnerships it is about.
        list partnerships: Reference<Partnerships>,
        /// The areas of cooperation it is about.
        list areas: Reference<Areas>,
        /// Its categories.
        list topics: Reference<Topics>,
        /// The language it was first written in.
        optional original_language: Lang,
        /// Where it was taken from.
        optional source: Source,
        /// When it was last changed.
        optional updated: Moment,
    }
}
