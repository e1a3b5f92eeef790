//! Time zones: by name, of a country, and how far from UTC their clocks are.
//!
//! The rules are those of the IANA database that is part of the program, never
//! the machine's own: the same input gives the same bytes everywhere.

use super::date::Moment;
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::OnceLock;

/// A time zone of the IANA database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Zone(TimeZone);

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.0.iana_name().unwrap_or_default().to_owned()
    }
}

impl TryFrom<String> for Zone {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Zone, Self::Error> {
        Zone::named(&name).ok_or("no time zone")
    }
}

impl Zone {
    /// The zone with this name, such as `Europe/Warsaw`, letter by letter.
    pub fn named(name: &str) -> Option<Zone> {
        let zone = database().get(name).ok()?;
        (zone.iana_name() == Some(name) && !zone.is_unknown()).then_some(Zone(zone))
    }

    /// The names of all zones.
    pub fn names() -> Vec<String> {
        let names = database().available();
        names.map(|name| name.as_str().to_owned()).collect()
    }

    /// The zone of a country by its code, if all its clocks agree.
    ///
    /// The table is written by `scripts/country-zones.mjs`.
    pub fn of_country(code: &str) -> Option<Zone> {
        static ZONES: OnceLock<HashMap<&str, &str>> = OnceLock::new();
        let zones = ZONES.get_or_init(|| {
            let lines = include_str!("zone/countries.tsv").lines();
            lines.filter_map(|line| line.split_once('\t')).collect()
        });
        Zone::named(zones.get(code)?)
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or_default()
    }

    /// How many minutes east of UTC the zone's clocks are when they show the
    /// time of `moment`, if that has one.
    ///
    /// When clocks are put back they show an hour twice: the first is meant.
    /// When they are put forward they leave an hour out: it is read as if they
    /// had not been touched yet (RFC 5545 and `Temporal` do the same).
    pub fn offset(&self, moment: Moment) -> Option<i16> {
        let (hour, minute) = moment.time?;
        let clock = moment.date.earliest().at(hour as i8, minute as i8, 0, 0);
        let seconds = match self.0.to_ambiguous_timestamp(clock).offset() {
            AmbiguousOffset::Unambiguous { offset } => offset,
            AmbiguousOffset::Gap { before, .. } | AmbiguousOffset::Fold { before, .. } => before,
        }
        .seconds();
        // Before standard time, towns had the sun's, which no offset in minutes can tell.
        (seconds % 60 == 0).then_some((seconds / 60) as i16)
    }
}

fn database() -> &'static TimeZoneDatabase {
    static DATABASE: OnceLock<TimeZoneDatabase> = OnceLock::new();
    DATABASE.get_or_init(TimeZoneDatabase::bundled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::PartialDate;

    fn offset(country: &str, date: &str, hour: u8, minute: u8) -> Option<i16> {
        Zone::of_country(country).unwrap().offset(Moment {
            date: PartialDate::parse(date).unwrap(),
            time: Some((hour, minute)),
            offset: None,
        })
    }

    #[test]
    fn countries_have_their_summer_and_winter_time() {
        let cases = [
            ("PL", "2018-06-14", 120),
            ("PL", "2025-12-19", 60),
            ("CZ", "2018-06-14", 120),
            ("DE", "2018-06-14", 120),
            ("UA", "2018-06-14", 180),
            ("UA", "2025-12-19", 120),
            ("CY", "2025-12-19", 120),
            ("GB", "2025-12-19", 0),
            ("GB", "2018-06-14", 60),
        ];
        for (country, date, minutes) in cases {
            assert_eq!(
                offset(country, date, 10, 0),
                Some(minutes),
                "{country} {date}"
            );
        }
        // The rules of today go on for good.
        assert_eq!(offset("PL", "9999-12-31", 23, 59), Some(60));
        // Nothing is claimed of the sun's time in Kyiv.
        assert_eq!(offset("UA", "1850-06-14", 10, 0), None);
    }

    #[test]
    fn hours_that_clocks_skip_or_show_twice_have_one_meaning() {
        assert_eq!(offset("PL", "2025-03-30", 1, 59), Some(60));
        assert_eq!(offset("PL", "2025-03-30", 2, 30), Some(60));
        assert_eq!(offset("PL", "2025-03-30", 3, 0), Some(120));
        assert_eq!(offset("PL", "2025-10-26", 2, 30), Some(120));
        assert_eq!(offset("PL", "2025-10-26", 3, 0), Some(60));
    }

    #[test]
    fn every_country_of_the_table_has_a_zone_that_exists() {
        let lines: Vec<&str> = include_str!("zone/countries.tsv").lines().collect();
        assert!(lines.is_sorted() && lines.len() > 200);
        for line in lines {
            let (code, name) = line.split_once('\t').unwrap();
            assert!(crate::lang::is_country(code), "{code}");
            assert_eq!(Zone::of_country(code).unwrap().name(), name);
        }
        for several in ["US", "ES", "PT", "RU"] {
            assert_eq!(Zone::of_country(several), None);
        }
    }

    #[test]
    fn names_are_those_of_the_database() {
        assert!(Zone::names().iter().all(|name| Zone::named(name).is_some()));
        for wrong in ["europe/warsaw", "Warsaw", "Etc/Unknown", "UTC+2", ""] {
            assert_eq!(Zone::named(wrong), None, "{wrong}");
        }
    }
}
