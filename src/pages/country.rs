//! The page of a country.

use super::frame::Head;
use super::lists::{self, Pager};
use super::map::{MapView, Room};
use super::network::Network;
use super::shown::Shown;
use super::{COUNTRY_INDEX, Context, Output, PageKind};
use crate::kinds::{Data, Seeker};
use crate::model::{CountryId, CountryLinks, RecordId};
use crate::routes::{Subject, UrlWords};
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "country",
    routes: |routes| {
        let site = routes.site;
        for id in site.language_ids() {
            let words = UrlWords(site.language(id));
            for (index, links) in site.countries.iter().enumerate() {
                let url = words.below("countries", &links.country.as_str().to_lowercase());
                let former = |id: &&RecordId| site.relation(**id).is_ended();
                let former = links.partnerships.iter().filter(former).count();
                let current = links.partnerships.len() - former;
                for part in 1..=parts(links, current, former) {
                    let subject = Subject::Country(CountryId(index as u16), part);
                    routes.add(words.part(&url, part), subject, Some(id));
                }
            }
        }
    },
    render,
};

/// How many parts the lists of a country need.
fn parts(links: &CountryLinks, current: usize, former: usize) -> u16 {
    lists::parts_of_all(&[
        links.regions.len(),
        links.cities.len(),
        links.institutions.len(),
        links.organisations.len(),
        current,
        former,
    ])
}

#[derive(Serialize)]
struct View {
    lists: Lists<Option<Html>>,
    /// The same one by one, for templates of a site.
    #[serde(flatten)]
    entries: Lists<Vec<Html>>,
    /// Some `StageCount`s.
    stages: Value,
    /// Where all its cities are, on the first part.
    map: Option<MapView>,
    pager: Option<Pager>,
}

/// What is in the country.
#[derive(Serialize, Default)]
struct Lists<T> {
    regions: T,
    cities: T,
    institutions: T,
    organisations: T,
    partnerships: T,
    former_partnerships: T,
    /// Open calls from here, and those of others who seek somebody here.
    seekers: T,
    wanted: T,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Country(id, part) = subject else {
        unreachable!("a country's page shows a country")
    };
    let site = cx.site;
    let links = &site.countries[id.index()];
    let sorted = |name: &'static str, records: &[RecordId]| {
        cx.listing(name, || {
            let mut records = records.to_vec();
            site.sort_by_label(&mut records, cx.reader);
            records
        })
    };
    let partnerships = |name: &'static str, ended: bool| {
        cx.listing(name, || {
            let all = links.partnerships.iter().copied();
            let mut found: Vec<RecordId> = all
                .filter(|id| site.relation(*id).is_ended() == ended)
                .collect();
            cx.sort_by_stage(&mut found);
            found
        })
    };
    let (current, former) = (partnerships("current", false), partnerships("former", true));
    let shown = |records: &[RecordId]| cx.entries(lists::part(records, part).iter().copied());
    // They are few, and the same in all parts.
    let calls = |name: &'static str, is_here: &dyn Fn(&Seeker) -> bool| {
        cx.listing(name, || {
            let open = super::seeker_index::open(site).into_iter();
            open.filter(|id| match &site.record(*id).data {
                Data::Seeker(seeker) => is_here(seeker),
                _ => false,
            })
            .collect()
        })
    };
    let from_here = |seeker: &Seeker| {
        let party = site.resolve(&seeker.party);
        party.and_then(|party| site.country_id(party)) == Some(id)
    };
    let seekers = calls("seekers", &from_here);
    let wanted = calls("wanted", &|seeker| {
        !from_here(seeker) && seeker.countries.contains(&links.country)
    });
    let entries = Lists {
        regions: shown(&sorted("regions", &links.regions))?,
        cities: shown(&sorted("cities", &links.cities))?,
        institutions: shown(&sorted("institutions", &links.institutions))?,
        organisations: shown(&sorted("organisations", &links.organisations))?,
        partnerships: shown(&current)?,
        former_partnerships: shown(&former)?,
        seekers: cx.entries(seekers.iter().copied())?,
        wanted: cx.entries(wanted.iter().copied())?,
    };
    let view = View {
        lists: Lists {
            regions: cx.entry_list("party_list", &entries.regions)?,
            cities: cx.entry_list("party_list", &entries.cities)?,
            institutions: cx.entry_list("party_list", &entries.institutions)?,
            organisations: cx.entry_list("party_list", &entries.organisations)?,
            partnerships: cx.entry_list("partnership_list", &entries.partnerships)?,
            former_partnerships: cx.entry_list("partnership_list", &entries.former_partnerships)?,
            seekers: cx.entry_list("seeker_list", &entries.seekers)?,
            wanted: cx.entry_list("seeker_list", &entries.wanted)?,
        },
        entries: cx.for_own_templates(|| entries),
        stages: cx.shared("stages", || {
            Value::from_serializable(&cx.stage_counts(&links.partnerships))
        }),
        map: (part == 1)
            .then(|| Network::of_places(links.cities.iter().copied()))
            .and_then(|network| cx.map(&network, Room::Column, Some("#s-cities".to_owned()))),
        pager: cx.pager(part, parts(links, current.len(), former.len()), |part| {
            Subject::Country(id, part)
        }),
    };
    let name = cx.language().country(links.country.as_str());
    let mut head = Head::new(Shown::plain(name.clone()), "cities");
    head.section = Some(cx.part_of_section("countries", part));
    head.above = cx.above("countries", COUNTRY_INDEX, Subject::Site)?;
    let counts = [
        ("count.partnerships", current.len()),
        ("count.former_partnerships", former.len()),
    ];
    let counts = counts.iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts
        .map(|(key, count)| cx.language().count(key, *count))
        .collect();
    head.description = (!counts.is_empty()).then(|| format!("{name}: {}", counts.join(", ")));
    cx.html("country.html", head, &view)
}
