//! Associations, unions, metropolises and authorities: `organisations/`.

use super::common::{Common, Profile};
use super::target::Place;
use crate::content::{Country, Localised, NativeText, ReferenceOrText, Text, choice, fields};
use crate::lang::PartialDate;
use crate::source::Spanned;

choice! {
    /// What kind of organisation it is.
    pub enum OrganisationKind {
        Association = "association",
        Union = "union",
        Metropolis = "metropolis",
        Ngo = "ngo",
        Authority = "authority",
        Other = "other",
    }
}

choice! {
    /// How far an organisation reaches.
    pub enum Level {
        Local = "local",
        Regional = "regional",
        National = "national",
        International = "international",
    }
}

fields! {
    /// How many members an organisation says it has.
    pub struct MembersTotal {
        /// The number.
        required count: u32,
        /// When it was counted.
        optional year: PartialDate,
        /// The number is rough.
        optional approx: bool,
        /// There are more than that.
        optional at_least: bool,
    }
}

fields! {
    /// An organisation; its members are those whose `member_of` names it.
    pub struct Organisation {
        flatten profile: Profile,
        flatten common: Common,
        /// What it is.
        required kind: OrganisationKind,
        /// How far it reaches.
        required level: Level,
        /// Its abbreviation.
        optional short_name: Text,
        /// Its name in its own language.
        optional native_name: NativeText,
        /// When it was founded.
        optional founded: PartialDate,
        /// When it ceased to exist.
        optional ended: Spanned<PartialDate>,
        /// Where it has its seat.
        optional seat: ReferenceOrText<Place>,
        /// The country it is in; its seat's when not said.
        optional country: Country,
        /// What it does for its members.
        optional services: Localised<Vec<String>>,
        /// How many members it says it has.
        optional members_total: MembersTotal,
    }
}
