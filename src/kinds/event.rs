//! Visits, signings, festivals and other events: `events/`.

use super::common::Common;
use super::target::{Areas, Parties, Partnerships, Place, Topics};
use crate::content::{Reference, ReferenceOrText, Text, choice, fields};
use crate::lang::Moment;
use crate::source::Spanned;

choice! {
    /// What kind of event it is.
    pub enum EventKind {
        Delegation = "delegation",
        Visit = "visit",
        Signing = "signing",
        Conference = "conference",
        Festival = "festival",
        Camp = "camp",
        Online = "online",
        Other = "other",
    }
}

choice! {
    /// Whether it takes place.
    pub enum EventState {
        Planned = "planned",
        Cancelled = "cancelled",
        Postponed = "postponed",
    }
}

fields! {
    /// An event.
    pub struct Event {
        flatten common: Common,
        /// Its title.
        required title: Text,
        /// When it begins: a day, a month, or a day and the time that clocks at the place show.
        required start: Moment,
        /// When it ends; days are included.
        optional end: Spanned<Moment>,
        /// What it is.
        optional kind: EventKind,
        /// Where.
        optional place: ReferenceOrText<Place>,
        /// The address or hall.
        optional venue: Text,
        /// Where a delegation comes from.
        optional from: Reference<Place>,
        /// Where a delegation goes to.
        optional to: Reference<Place>,
        /// Who takes part.
        list parties: Reference<Parties>,
        /// Which partnerships it belongs to.
        list partnerships: Reference<Partnerships>,
        /// The areas of cooperation it is about.
        list areas: Reference<Areas>,
        /// Its categories.
        list topics: Reference<Topics>,
        /// Who organises it: the id of a party, or a text.
        optional organiser: Text,
        /// Whether it takes place.
        optional state: EventState,
    }
}
