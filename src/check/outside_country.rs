//! A place lies in its country.
//!
//! The boxes are written by `scripts/country-boxes.mjs`: Natural Earth, with a
//! margin, so that a place is reported only where there can be no doubt.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Location;
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

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for id in site.all() {
        let location = site
            .record(id)
            .data
            .profile()
            .and_then(|p| p.location.as_ref());
        let (Some(location), Some(country)) = (location, site.country(id)) else {
            continue;
        };
        let Some(boxes) = BOXES.get(country.as_str()) else {
            continue;
        };
        let (lat, lon) = (location.lat.value.0, location.lon.value.0);
        if inside(boxes, lat, lon) {
            continue;
        }
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
