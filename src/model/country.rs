//! The countries that occur in a site, with what is in them.

use super::RecordId;
use crate::content::Country;

/// A country and what is in it.
#[derive(Debug, Clone, Hash)]
pub struct CountryLinks {
    pub country: Country,
    pub regions: Vec<RecordId>,
    pub cities: Vec<RecordId>,
    pub institutions: Vec<RecordId>,
    pub organisations: Vec<RecordId>,
    /// Partnerships with a party in the country.
    pub partnerships: Vec<RecordId>,
}

impl CountryLinks {
    /// A country of which nothing is known yet.
    pub(super) fn new(country: Country) -> Self {
        CountryLinks {
            country,
            regions: Vec::new(),
            cities: Vec::new(),
            institutions: Vec::new(),
            organisations: Vec::new(),
            partnerships: Vec::new(),
        }
    }
}
