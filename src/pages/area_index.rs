//! The list of areas of cooperation.

use super::frame::Head;
use super::shown::{Shown, ShownLink};
use super::{Context, Output, PageKind};
use crate::routes::{Subject, UrlWords};
use crate::theme::TemplateError;
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "area-index",
    routes: |routes| {
        let site = routes.site;
        if site
            .areas
            .all()
            .all(|area| !super::area::has_page(site, area))
        {
            return;
        }
        for id in site.language_ids() {
            routes.add(
                UrlWords(site.language(id)).index("areas"),
                Subject::Site,
                Some(id),
            );
        }
    },
    render,
};

#[derive(Serialize)]
struct View {
    areas: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    link: ShownLink,
    description: Option<Shown>,
    partnerships: Option<String>,
}

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let site = cx.site;
    let areas = site
        .areas
        .all()
        .filter(|area| super::area::has_page(site, *area))
        .map(|area| {
            let count = site.areas.links[area.index()].partnerships.len();
            Row {
                link: cx.area_link(area),
                description: cx.shown_option(&site.areas.term(area).description),
                partnerships: (count > 0).then(|| cx.language().count("count.partnerships", count)),
            }
        })
        .collect();
    let mut head = Head::new(Shown::plain(cx.section_name("areas")), "partnerships");
    head.description = Some(cx.t("description.areas"));
    cx.html("areas.html", head, &View { areas })
}
