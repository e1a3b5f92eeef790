//! What a list can be narrowed by: links to shorter lists, which a script turns
//! into filters of the list itself (`filters.js`).

use super::shown::ShownLink;
use super::{Context, FACET_LIST};
use crate::kinds::{Data, Kind};
use crate::model::{RecordId, Site, TermId};
use crate::routes::{Facet, Subject};
use crate::theme::escape;
use serde::Serialize;
use std::collections::BTreeMap;
use tera::Value;

/// One thing a list can be narrowed by.
#[derive(Serialize)]
pub(super) struct FacetView {
    /// As in the `data-` attributes of the entries.
    key: &'static str,
    label: String,
    values: Vec<FacetValue>,
}

/// One of its values.
#[derive(Serialize)]
pub(super) struct FacetValue {
    /// As in the attributes: `PL`.
    pub(super) value: String,
    pub(super) link: ShownLink,
    /// How many entries have it, as the language writes it.
    pub(super) number: String,
}

impl Context<'_> {
    /// What filters of lists go by, as attributes of an entry; values are ids and
    /// codes, so that an address with filters means the same in all languages.
    pub(super) fn facet_attributes(&self, id: RecordId) -> Value {
        let made = self.briefs.facets.of(id);
        made.get_or_make(|| attributes(self.site, id)).clone()
    }
}

fn attributes(site: &Site, id: RecordId) -> Value {
    let mut out = String::new();
    let mut add = |key: &str, values: &[&str]| {
        if !values.is_empty() {
            for part in [" data-", key, "=\"", &escape(&values.join(" ")), "\""] {
                out.push_str(part);
            }
        }
    };
    let record = site.record(id);
    let countries = countries(site, id);
    let codes: Vec<&str> = countries
        .iter()
        .map(|country| site.countries[*country].country.as_str())
        .collect();
    add("country", &codes);
    let areas: Vec<&str> = areas(site, id)
        .into_iter()
        .map(|area| site.areas.id(area))
        .collect();
    add("area", &areas);
    match &record.data {
        Data::Partnership(_) => {
            let relation = site.relation(id);
            add("stage", &[relation.stage.value.as_str()]);
            add("kind", &[relation.kind.as_str()]);
        }
        Data::Seeker(seeker) => {
            let wanted: Vec<&str> = seeker.countries.iter().map(|code| code.as_str()).collect();
            add("wanted", &wanted);
        }
        _ => {
            if let Some(region) = region(site, id) {
                add("region", &[&site.record(region).id]);
            }
            if is_seeking(site, id) {
                add("seeking", &["yes"]);
            }
        }
    }
    Value::safe_string(&out)
}

/// The countries a record is in, by their places in the site.
fn countries(site: &Site, id: RecordId) -> Vec<usize> {
    let mut found: Vec<usize> = match &site.record(id).data {
        Data::Partnership(_) => site
            .relation(id)
            .parties
            .iter()
            .filter_map(|party| site.country_id(party.record))
            .map(|country| country.index())
            .collect(),
        Data::Seeker(seeker) => site
            .resolve(&seeker.party)
            .and_then(|party| site.country_id(party))
            .map(|country| country.index())
            .into_iter()
            .collect(),
        _ => site
            .country_id(id)
            .map(|country| country.index())
            .into_iter()
            .collect(),
    };
    found.sort_unstable();
    found.dedup();
    found
}

fn areas(site: &Site, id: RecordId) -> Vec<TermId> {
    match &site.record(id).data {
        Data::Partnership(partnership) => site.terms(&site.areas, &partnership.areas),
        Data::Seeker(seeker) => site.terms(&site.areas, &seeker.areas),
        _ => Vec::new(),
    }
}

/// The largest region that a place is part of.
fn region(site: &Site, id: RecordId) -> Option<RecordId> {
    site.ancestors(id)
        .filter(|above| site.record(*above).kind() == Kind::Region)
        .last()
}

/// Whether a party has an open call for partners.
pub(super) fn is_seeking(site: &Site, party: RecordId) -> bool {
    let seekers = &site.links(party).seekers;
    seekers.iter().any(|seeker| site.is_open(*seeker))
}

/// With more values a choice is no help without a search.
const MOST_VALUES: usize = 120;

impl Context<'_> {
    /// A facet, unless there is nothing to choose.
    fn facet(&self, key: &'static str, values: Vec<FacetValue>) -> Option<FacetView> {
        let is_choice = values.len() > 1 || key == "seeking" && values.len() == 1;
        (is_choice && values.len() <= MOST_VALUES).then(|| FacetView {
            key,
            label: self.t(&format!("facet.{key}")),
            values,
        })
    }

    fn facet_value(&self, value: &str, link: ShownLink, count: usize) -> FacetValue {
        FacetValue {
            value: value.to_owned(),
            link,
            number: self.language().number(count as i64),
        }
    }

    /// What some partnerships can be narrowed by.
    pub(super) fn partnership_facets(&self, all: &[RecordId]) -> Vec<FacetView> {
        [
            self.facet("country", self.country_values(all)),
            self.facet("area", self.area_values(all)),
            self.facet("kind", self.kind_values(all)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// What some places, institutions or organisations can be narrowed by.
    pub(super) fn party_facets(&self, kind: Kind, all: &[RecordId]) -> Vec<FacetView> {
        let mut facets = vec![self.facet("country", self.country_values(all))];
        if kind == Kind::City {
            facets.push(self.facet("region", self.region_values(all)));
            facets.push(self.facet("seeking", self.seeking_values(all)));
        }
        facets.into_iter().flatten().collect()
    }

    /// What some calls can be narrowed by.
    pub(super) fn seeker_facets(&self, all: &[RecordId]) -> Vec<FacetView> {
        [
            self.facet("country", self.country_values(all)),
            self.facet("wanted", self.wanted_values(all)),
            self.facet("area", self.area_values(all)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn country_values(&self, all: &[RecordId]) -> Vec<FacetValue> {
        let mut counts = vec![0; self.site.countries.len()];
        for id in all {
            for country in countries(self.site, *id) {
                counts[country] += 1;
            }
        }
        self.countries_with(&counts)
    }

    fn wanted_values(&self, all: &[RecordId]) -> Vec<FacetValue> {
        let mut counts = vec![0; self.site.countries.len()];
        for id in all {
            if let Data::Seeker(seeker) = &self.site.record(*id).data {
                for (place, links) in self.site.countries.iter().enumerate() {
                    counts[place] += usize::from(seeker.countries.contains(&links.country));
                }
            }
        }
        self.countries_with(&counts)
    }

    /// The countries that are counted, by name.
    fn countries_with(&self, counts: &[usize]) -> Vec<FacetValue> {
        super::country_index::by_name(self)
            .into_iter()
            .filter(|country| counts[country.index()] > 0)
            .map(|country| {
                let code = self.site.countries[country.index()].country;
                let count = counts[country.index()];
                self.facet_value(code.as_str(), self.country_link(country), count)
            })
            .collect()
    }

    fn area_values(&self, all: &[RecordId]) -> Vec<FacetValue> {
        let mut counts: BTreeMap<TermId, usize> = BTreeMap::new();
        for id in all {
            for area in areas(self.site, *id) {
                *counts.entry(area).or_default() += 1;
            }
        }
        counts
            .into_iter()
            .map(|(area, count)| {
                self.facet_value(self.site.areas.id(area), self.area_link(area), count)
            })
            .collect()
    }

    fn kind_values(&self, all: &[RecordId]) -> Vec<FacetValue> {
        let mut counts = BTreeMap::new();
        for id in all {
            *counts.entry(self.site.relation(*id).kind).or_insert(0) += 1;
        }
        counts
            .into_iter()
            .map(|(kind, count)| {
                let name = self.t(&format!("kind.partnership.{}", kind.as_str()));
                let href = self.href(FACET_LIST, Subject::Facet(Facet::Kind(kind), 1));
                self.facet_value(kind.as_str(), ShownLink::new(&name, None, href), count)
            })
            .collect()
    }

    fn region_values(&self, all: &[RecordId]) -> Vec<FacetValue> {
        let mut counts: BTreeMap<RecordId, usize> = BTreeMap::new();
        for region in all.iter().filter_map(|id| region(self.site, *id)) {
            *counts.entry(region).or_default() += 1;
        }
        let mut regions: Vec<RecordId> = counts.keys().copied().collect();
        self.site.sort_by_label(&mut regions, self.reader);
        regions
            .into_iter()
            .map(|id| self.facet_value(&self.site.record(id).id, self.link(id), counts[&id]))
            .collect()
    }

    fn seeking_values(&self, all: &[RecordId]) -> Vec<FacetValue> {
        let count = all.iter().filter(|id| is_seeking(self.site, **id)).count();
        let href = self.href(FACET_LIST, Subject::Facet(Facet::Seeking, 1));
        let link = ShownLink::new(&self.t("seeks_partner"), None, href);
        match count {
            0 => Vec::new(),
            count => vec![self.facet_value("yes", link, count)],
        }
    }

    /// How a script says how many entries are shown: a text for each plural
    /// category of the language, as JSON. `count` names the text that counts them.
    pub(super) fn shown_forms(&self, count: &str) -> String {
        let forms: serde_json::Map<String, serde_json::Value> = self
            .language()
            .plural_forms(count)
            .into_iter()
            .map(|(category, form)| {
                let text = self.language().say("filter.shown", &[("count", &form)]);
                (category.to_owned(), text.into())
            })
            .collect();
        serde_json::Value::from(forms).to_string()
    }
}

/// What a list with facets hands to its template.
#[derive(Serialize)]
pub(super) struct Filter {
    facets: Vec<FacetView>,
    shown: String,
}

impl Context<'_> {
    /// The facets of this page's list, made once for all its parts.
    pub(super) fn filter(&self, count: &str, facets: impl FnOnce() -> Vec<FacetView>) -> Value {
        self.shared("filter", || {
            Value::from_serializable(&Filter {
                facets: facets(),
                shown: self.shown_forms(count),
            })
        })
    }
}
