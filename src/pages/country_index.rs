//! The list of countries.

use super::frame::Head;
use super::shown::{Shown, ShownLink};
use super::{Context, Output, PageKind};
use crate::model::{CountryId, Site};
use crate::routes::{Subject, UrlWords};
use crate::theme::TemplateError;
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "country-index",
    routes: |routes| {
        let site = routes.site;
        if site.countries.is_empty() {
            return;
        }
        for id in site.language_ids() {
            routes.add(
                UrlWords(site.language(id)).index("countries"),
                Subject::Site,
                Some(id),
            );
        }
    },
    render,
};

#[derive(Serialize)]
struct View {
    countries: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    link: ShownLink,
    /// Partnerships that are not over.
    partnerships: String,
    former: String,
    cities: String,
    regions: String,
}

/// The countries by their names, in the reader's alphabet.
pub(super) fn by_name(cx: &Context<'_>) -> Vec<CountryId> {
    let mut countries: Vec<CountryId> =
        (0..cx.site.countries.len() as u16).map(CountryId).collect();
    countries.sort_by_cached_key(|id| {
        let code = cx.site.countries[id.index()].country;
        cx.language()
            .order
            .sort_key(&cx.language().country(code.as_str()))
    });
    countries
}

/// How many partnerships with a party in the country are not over.
pub(super) fn current(site: &Site, country: CountryId) -> usize {
    let partnerships = &site.countries[country.index()].partnerships;
    partnerships
        .iter()
        .filter(|id| !site.relation(**id).is_ended())
        .count()
}

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let countries = by_name(cx)
        .into_iter()
        .map(|id| {
            let links = &cx.site.countries[id.index()];
            let current = current(cx.site, id);
            let former = links.partnerships.len() - current;
            let number = |n: usize| cx.language().number(n as i64);
            Row {
                link: cx.country_link(id),
                partnerships: number(current),
                former: number(former),
                cities: number(links.cities.len()),
                regions: number(links.regions.len()),
            }
        })
        .collect();
    let head = Head::new(Shown::plain(cx.section_name("countries")), "cities");
    cx.html("countries.html", head, &View { countries })
}
