//! Cities, towns, communes, villages and city districts: `cities/`.

use super::common::{Common, Profile};
use crate::content::{Country, choice, fields};

choice! {
    /// What kind of municipality it is.
    pub enum CityKind {
        City = "city",
        Town = "town",
        Commune = "commune",
        Hromada = "hromada",
        Village = "village",
        District = "district",
    }
}

fields! {
    /// A city, town, commune, hromada, village or city district.
    pub struct City {
        flatten profile: Profile,
        flatten common: Common,
        /// The country it is in (ISO 3166-1 alpha-2).
        required country: Country,
        /// What it is; a city when not said.
        optional kind: CityKind,
    }
}
