//! Joint projects: `projects/`.

use super::common::Common;
use super::target::{Areas, Parties, Partnerships};
use crate::content::{Reference, Text, fields};
use crate::lang::PartialDate;
use crate::source::Spanned;

fields! {
    /// A joint project. `partnerships` or `parties` must be given.
    pub struct Project {
        flatten common: Common,
        /// Its title.
        required title: Text,
        /// Which partnerships it belongs to.
        list partnerships: Reference<Partnerships>,
        /// Who takes part.
        list parties: Reference<Parties>,
        /// When it begins.
        optional start: PartialDate,
        /// When it ends.
        optional end: Spanned<PartialDate>,
        /// The programme that funds it.
        optional programme: Text,
        /// The funding.
        optional funding: Text,
        /// The areas of cooperation it is about.
        list areas: Reference<Areas>,
    }
}
