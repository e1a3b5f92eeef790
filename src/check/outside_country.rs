//! A place lies in its country.
//!
//! The boxes are written by `scripts/country-boxes.mjs`: Natural Earth, with a
//! margin, so that a place is reported only where there can be no doubt.

use crate::content::{Country, Problems};
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Kind, Location, Record};
use crate::model::Site;
use std::collections::HashMap;
use std::sync::LazyLock;

/// South, west, north, east, in degrees.
type Box = [f64; 4];

/// By country; they never change, and are read once.
static BOXES: LazyLock<HashMap<&'static str, Vec<Box>>> = LazyLock::new(|| {
    let mut boxes: HashMap<&str, Vec<Box>> = HashMap::new();
    for line in include_str!("country_boxes.tsv").lines() {
        let mut cells = line.split('\t');
        let code = cells.next().unwrap_or_default();
        let numbers: Vec<f64> = cells.filter_map(|cell| cell.parse().ok()).collect();
        if let Ok(sides) = numbers.try_into() {
            boxes.entry(code).or_default().push(sides);
        }
    }
    boxes
});

/// Records that name their country.
pub(super) fn check(record: &Record, problems: &mut Problems) {
    if let Some(country) = named(record) {
        check_place(record, country, problems);
    }
}

/// Records whose country is that of what they are part of, or have their seat in.
pub(super) fn check_derived(site: &Site, problems: &mut Problems) {
    let kinds = [Kind::Institution, Kind::Organisation];
    for id in kinds.into_iter().flat_map(|kind| site.of_kind(kind)) {
        let record = site.record(id);
        let derived = site.country(id).filter(|_| named(record).is_none());
        if let Some(country) = derived {
            check_place(record, country, problems);
        }
    }
}

fn named(record: &Record) -> Option<Country> {
    match &record.data {
        Data::City(city) => Some(city.country),
        Data::Region(region) => Some(region.country),
        Data::Institution(institution) => institution.country,
        Data::Organisation(organisation) => organisation.country,
        _ => None,
    }
}

fn check_place(record: &Record, country: Country, problems: &mut Problems) {
    let profile = record.data.profile();
    let location = profile.and_then(|profile| profile.location.as_ref());
    if let Some(location) = location
        && let Some(boxes) = BOXES.get(country.as_str())
        && !inside(boxes, location.lat.value.0, location.lon.value.0)
    {
        problems.push(outside(location, boxes, country.as_str()));
    }
}

fn outside(location: &Location, boxes: &[Box], country: &str) -> Diagnostic {
    let (lat, lon) = (&location.lat, &location.lon);
    let problem = Diagnostic::new(Code::OutsideCountry, lat.span).with_country("country", country);
    match inside(boxes, lon.value.0, lat.value.0) {
        true => problem
            .with("lat", lon.value.0)
            .with("lon", lat.value.0)
            .hinting("swapped")
            .fixed_by(lat.span, lon.value.0.to_string())
            .fixed_by(lon.span, lat.value.0.to_string()),
        false => problem,
    }
}

fn inside(boxes: &[Box], lat: f64, lon: f64) -> bool {
    boxes.iter().any(|[south, west, north, east]| {
        (*south..=*north).contains(&lat) && (*west..=*east).contains(&lon)
    })
}
