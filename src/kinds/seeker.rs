//! Open calls for partners: `seekers/`.

use super::common::Common;
use super::target::{Areas, Parties, Regions};
use crate::content::{Country, Reference, Text, choice, fields};
use crate::lang::{Lang, PartialDate};
use crate::source::Spanned;

choice! {
    /// Where a call stands.
    pub enum SeekerState {
        Open = "open",
        Talks = "talks",
        Matched = "matched",
        Withdrawn = "withdrawn",
    }
}

fields! {
    /// Somebody who seeks a partner. `contact` must be given.
    pub struct Seeker {
        flatten common: Common,
        /// Who seeks.
        required party: Reference<Parties>,
        /// The last day the call is valid.
        required until: Spanned<PartialDate>,
        /// The countries wanted.
        list countries: Country,
        /// The regions wanted.
        list regions: Reference<Regions>,
        /// The areas of cooperation wanted.
        list areas: Reference<Areas>,
        /// The languages one can write in.
        list languages: Lang,
        /// The size of the partner wanted.
        optional size: Text,
        /// Where the call stands; open when not said.
        optional state: SeekerState,
    }
}
