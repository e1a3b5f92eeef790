//! The map of the site, for readers.

use super::frame::Head;
use super::shown::{Shown, ShownLink};
use super::*;
use crate::model::RecordId;
use crate::routes::UrlWords;
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "site-map",
    routes: |routes| {
        let site = routes.site;
        for id in site.language_ids() {
            routes.add(
                UrlWords(site.language(id)).index("sitemap"),
                Subject::Site,
                Some(id),
            );
        }
    },
    render,
};

/// How many records of a section are listed one by one; the section's own list has them all.
const MOST: usize = 200;

#[derive(Serialize)]
struct View {
    sections: Vec<Section>,
}

#[derive(Serialize)]
struct Section {
    link: ShownLink,
    below: Vec<ShownLink>,
}

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let site = cx.site;
    let mut sections = Vec::new();
    let mut add = |key: &str, page, subject, below: Vec<ShownLink>| {
        if let Some(href) = cx.href(page, subject) {
            sections.push(Section {
                link: ShownLink::new(&cx.section_name(key), None, Some(href)),
                below,
            });
        }
    };
    let records = |kind: Kind| {
        let mut records: Vec<RecordId> = site.of_kind(kind).collect();
        if records.len() > MOST {
            return Vec::new();
        }
        site.sort_by_label(&mut records, cx.reader);
        records.into_iter().map(|id| cx.link(id)).collect()
    };
    let areas = site
        .areas
        .all()
        .filter(|area| cx.area_href(*area).is_some());
    let countries = super::country_index::by_name(cx).into_iter();
    add(
        "partnerships",
        PARTNERSHIP_INDEX,
        Subject::Part(1),
        records(Kind::Partnership),
    );
    add(
        "areas",
        AREA_INDEX,
        Subject::Site,
        areas.map(|area| cx.area_link(area)).collect(),
    );
    add(
        "countries",
        COUNTRY_INDEX,
        Subject::Site,
        countries.map(|country| cx.country_link(country)).collect(),
    );
    for kind in [
        Kind::City,
        Kind::Region,
        Kind::Institution,
        Kind::Organisation,
    ] {
        add(kind.folder(), INDEX, Subject::List(kind, 1), records(kind));
    }
    add(
        "projects",
        PROJECT_INDEX,
        Subject::Part(1),
        records(Kind::Project),
    );
    add(
        "seekers",
        SEEKER_INDEX,
        Subject::Site,
        records(Kind::Seeker),
    );
    add("news", NEWS_INDEX, Subject::Site, Vec::new());
    add("events", EVENT_INDEX, Subject::Site, records(Kind::Event));
    add("documents", DOCUMENTS, Subject::Part(1), Vec::new());
    add("search", SEARCH, Subject::Site, Vec::new());
    add("statistics", STATISTICS, Subject::Site, Vec::new());
    let pages: Vec<ShownLink> = records(Kind::Page);
    if !pages.is_empty() {
        let text = cx.t("section.pages");
        sections.push(Section {
            link: ShownLink::new(&text, None, None),
            below: pages,
        });
    }
    let mut head = Head::new(Shown::plain(cx.section_name("sitemap")), "sitemap");
    head.description = Some(cx.t("description.sitemap"));
    cx.html("sitemap.html", head, &View { sections })
}
