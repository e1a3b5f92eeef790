//! Places of one name in one country are told apart by region or code.

use crate::content::{Field, Problems};
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Kind, Profile};
use crate::model::{RecordId, Site};
use std::collections::HashMap;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    let mut bearers: HashMap<(Kind, String, String), RecordId> = HashMap::new();
    for id in site.all() {
        let record = site.record(id);
        let country = match &record.data {
            Data::City(city) => city.country,
            Data::Region(region) => region.country,
            _ => continue,
        };
        let Some(profile) = record.data.profile() else {
            continue;
        };
        let Some(name) = site.find(&profile.name, site.default_language()) else {
            continue;
        };
        let name = name.value.nom.as_str();
        let key = (
            record.kind(),
            format!("{}\n{country:?}", name.to_lowercase()),
            marks(profile),
        );
        match bearers.get(&key) {
            Some(first) => problems.push(
                Diagnostic::new(Code::Homonym, record.span())
                    .with("name", name)
                    .related(site.record(*first).span(), "labels.the_other"),
            ),
            None => {
                bearers.insert(key, id);
            }
        }
    }
}

/// What tells a place apart from another of its name.
fn marks(profile: &Profile) -> String {
    let region = profile.part_of.as_ref().map(|region| region.id.as_str());
    let codes = profile.codes.as_ref().map(Field::to_json);
    format!(
        "{}\n{}",
        region.unwrap_or_default(),
        codes.unwrap_or_default()
    )
}
