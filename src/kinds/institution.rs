//! Schools, libraries, museums and other institutions of a city: `institutions/`.

use super::common::{Common, Profile};
use crate::content::{Country, choice, fields};

choice! {
    /// What kind of institution it is.
    pub enum InstitutionKind {
        School = "school",
        University = "university",
        Library = "library",
        Museum = "museum",
        Culture = "culture",
        Sport = "sport",
        Health = "health",
        Fire = "fire",
        Police = "police",
        Social = "social",
        Church = "church",
        Other = "other",
    }
}

fields! {
    /// An institution of a city. `part_of`, the city it is in, must be given.
    pub struct Institution {
        flatten profile: Profile,
        flatten common: Common,
        /// What it is.
        required kind: InstitutionKind,
        /// The country it is in; its city's when not said.
        optional country: Country,
    }
}
