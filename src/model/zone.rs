//! Which clocks a time is read from.

use super::{RecordId, Site};
use crate::content::Country;
use crate::kinds::Event;
use crate::lang::{Moment, Zone};

/// The clocks of an event's place, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clocks {
    zone: Option<Zone>,
    /// Minutes east of UTC, where the zone does not say it.
    offset: Option<i16>,
}

impl Clocks {
    /// The clocks of a zone, unless a moment of the event was written by others:
    /// an event whose beginning is `T10:00+02:00` ends by the same clocks.
    fn new(zone: Option<Zone>, moments: &[Moment]) -> Clocks {
        let mut written = moments
            .iter()
            .filter_map(|moment| Some((*moment, moment.offset?)));
        match written.next() {
            Some((moment, offset)) => Clocks {
                zone: zone.filter(|zone| zone.offset(moment) == Some(offset)),
                offset: Some(offset),
            },
            None => Clocks { zone, offset: None },
        }
    }

    /// The moment with its offset, where it is a time and its zone is known.
    pub fn read(&self, moment: Moment) -> Moment {
        let of_zone = |zone: &Zone| zone.offset(moment);
        let known = || self.zone.as_ref().and_then(of_zone).or(self.offset);
        Moment {
            offset: moment.time.and_then(|_| moment.offset.or_else(known)),
            ..moment
        }
    }
}

impl Site {
    /// The clocks of an event: those of its place's country where all clocks of
    /// the country agree, of the site where no country is known.
    pub fn clocks(&self, event: &Event) -> Clocks {
        let place: Option<RecordId> = event
            .place
            .as_ref()
            .and_then(|place| self.resolve_or_text(place));
        let country: Option<Country> = place.and_then(|place| self.country(place));
        let zone = match country {
            // In a country with several zones the site's own would be a guess.
            Some(country) => Zone::of_country(country.as_str()),
            None => self.config.time_zone.clone(),
        };
        let end = event.end.map(|end| end.value);
        Clocks::new(zone, &[event.start, end.unwrap_or(event.start)])
    }

    /// A moment of the site itself, such as that of a news item.
    pub fn own_time(&self, moment: Moment) -> Moment {
        Clocks::new(self.config.time_zone.clone(), &[]).read(moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::PartialDate;

    fn moment(date: &str, hour: Option<u8>, offset: Option<i16>) -> Moment {
        Moment {
            date: PartialDate::parse(date).unwrap(),
            time: hour.map(|hour| (hour, 0)),
            offset,
        }
    }

    /// What is known of two moments, where the place has this zone.
    fn read(zone: Option<&str>, start: Moment, end: Moment) -> [String; 2] {
        let zone = zone.map(|name| Zone::named(name).unwrap());
        let clocks = Clocks::new(zone, &[start, end]);
        [start, end].map(|moment| clocks.read(moment).to_string())
    }

    #[test]
    fn beginning_and_end_go_by_the_same_clocks() {
        let summer = |hour, offset| moment("2018-06-14", Some(hour), offset);
        let winter = |hour, offset| moment("2018-12-14", Some(hour), offset);
        let warsaw = Some("Europe/Warsaw");
        assert_eq!(
            read(warsaw, summer(10, None), winter(12, None)),
            ["2018-06-14T10:00+02:00", "2018-12-14T12:00+01:00"]
        );
        // The offset that is written is that of the zone, or else of other clocks.
        assert_eq!(
            read(warsaw, summer(10, Some(120)), winter(12, None)),
            ["2018-06-14T10:00+02:00", "2018-12-14T12:00+01:00"]
        );
        assert_eq!(
            read(warsaw, summer(10, Some(180)), winter(12, None)),
            ["2018-06-14T10:00+03:00", "2018-12-14T12:00+03:00"]
        );
        assert_eq!(
            read(None, summer(10, None), summer(12, Some(0))),
            ["2018-06-14T10:00Z", "2018-06-14T12:00Z"]
        );
    }

    #[test]
    fn days_have_no_zone() {
        let (day, month) = (
            moment("2018-06-14", None, None),
            moment("2018-06", None, None),
        );
        assert_eq!(
            read(Some("Europe/Kyiv"), month, day),
            ["2018-06", "2018-06-14"]
        );
        assert_eq!(
            read(None, day, moment("2018-06-14", Some(9), None)),
            ["2018-06-14", "2018-06-14T09:00"]
        );
    }
}
