//! Regions, counties and countries: `regions/`.

use super::common::{Common, Profile};
use crate::content::{Country, choice, fields};

choice! {
    /// What kind of region it is.
    pub enum RegionKind {
        Voivodeship = "voivodeship",
        Kraj = "kraj",
        Oblast = "oblast",
        County = "county",
        Raion = "raion",
        Region = "region",
        Country = "country",
    }
}

fields! {
    /// A voivodeship, kraj, oblast, county, raion, other region or country.
    pub struct Region {
        flatten profile: Profile,
        flatten common: Common,
        /// The country it is in (ISO 3166-1 alpha-2).
        required country: Country,
        /// What it is; a region when not said.
        optional kind: RegionKind,
    }
}
