//! Places of one name in one country are told apart by region or code.

use crate::content::{Country, Field, Problems};
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Kind};
use crate::model::{RecordId, Site};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

pub(super) fn check(site: &Site, problems: &mut Problems) {
    let mut first: HashMap<(Kind, Country, String), RecordId, FixedState> = HashMap::default();
    let mut bearers: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    let places = [Kind::City, Kind::Region];
    let places: Vec<RecordId> = places
        .into_iter()
        .flat_map(|kind| site.of_kind(kind))
        .collect();
    let key = |id: &RecordId| {
        let record = site.record(*id);
        let country = match &record.data {
            Data::City(city) => city.country,
            Data::Region(region) => region.country,
            _ => return None,
        };
        let name = name(site, *id)?.to_lowercase();
        Some((*id, (record.kind(), country, name)))
    };
    let keys = places.par_iter().with_min_len(512).filter_map(key);
    for (id, key) in keys.collect::<Vec<_>>() {
        let bearer = *first.entry(key).or_insert(id);
        if bearer != id {
            let group = bearers.entry(bearer);
            group.or_insert_with(|| vec![bearer]).push(id);
        }
    }
    for group in bearers.values() {
        let mut first: HashMap<String, RecordId> = HashMap::new();
        for id in group {
            let marks = marks(site, *id);
            let other = match first.get(&marks) {
                // One of two without a region is told apart from the other; its reader can't tell how.
                None if !marks.is_empty() => None,
                None => group.iter().find(|other| *other != id),
                same => same,
            };
            if let Some(other) = other.filter(|_| *id != group[0] || marks.is_empty()) {
                problems.push(
                    Diagnostic::new(Code::Homonym, site.record(*id).span())
                        .with("name", name(site, *id).unwrap_or_default())
                        .related(site.record(*other).span(), "labels.the_other"),
                );
            }
            first.entry(marks).or_insert(*id);
        }
    }
}

/// What a place is called in the site's own language.
fn name(site: &Site, id: RecordId) -> Option<&str> {
    let profile = site.record(id).data.profile()?;
    let name = site.find(&profile.name, site.default_language())?;
    Some(name.value.nom.as_str())
}

/// What tells a place apart from another of its name; empty when nothing does.
fn marks(site: &Site, id: RecordId) -> String {
    let profile = site.record(id).data.profile();
    let region = profile.and_then(|profile| profile.part_of.as_ref());
    let codes = profile.and_then(|profile| profile.codes.as_ref());
    let region = region.map(|region| region.id.clone());
    let codes = codes.and_then(|codes| serde_json::to_string(&codes.plain()).ok());
    [region, codes]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}
