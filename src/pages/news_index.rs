//! The list of news, and its archive by year.

use super::archive;
use super::frame::Head;
use super::lists::{self, Pager};
use super::shown::{Shown, ShownLink};
use super::{Context, NEWS_INDEX, Output, PageKind, TOPIC};
use crate::kinds::Kind;
use crate::model::{LanguageId, RecordId, Site};
use crate::routes::{Routes, Subject};
use crate::theme::{Html, TemplateError};
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "news-index",
    routes,
    render,
};

/// How many items the list shows before the archive.
const NEWEST: usize = 30;

fn routes(routes: &mut Routes<'_>) {
    let site = routes.site;
    for id in site.language_ids() {
        archive::add_routes(
            routes,
            Kind::News,
            id,
            &listed_for(site, id).collect::<Vec<_>>(),
        );
    }
}

/// The news listed for a reader, newest first.
pub(super) fn listed(cx: &Context<'_>) -> impl Iterator<Item = RecordId> {
    listed_for(cx.site, cx.reader)
}

fn listed_for(site: &Site, reader: LanguageId) -> impl Iterator<Item = RecordId> {
    site.news()
        .iter()
        .copied()
        .filter(move |id| super::context::is_listed(site, *id, reader))
}

#[derive(Serialize)]
struct View {
    news: Vec<Html>,
    year: Option<i16>,
    years: Vec<ShownLink>,
    topics: Vec<ShownLink>,
    pager: Option<Pager>,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let all: Vec<RecordId> = listed(cx).collect();
    let years: Vec<i16> = archive::years(cx.site, &all)
        .into_iter()
        .map(|(year, _)| year)
        .collect();
    let mut head = Head::new(Shown::plain(cx.section_name("news")), "news");
    head.description = Some(cx.t("description.news"));
    let (shown, year, pager) = match subject {
        Subject::Year { year, part } => {
            let of_year = cx.listing("of_year", || archive::of_year(cx.site, &all, year));
            let title = cx
                .language()
                .say("of_year.news", &[("year", &year.to_string())]);
            head.title = Shown::plain(title.clone());
            head.description = Some(title);
            head.section = cx.part_label(part);
            head.above = cx.above("news", NEWS_INDEX, Subject::Site)?;
            let pager = cx.pager(part, lists::parts(of_year.len()), |part| Subject::Year {
                year,
                part,
            });
            (lists::part(&of_year, part).to_vec(), Some(year), pager)
        }
        _ => (all.iter().copied().take(NEWEST).collect(), None, None),
    };
    let view = View {
        news: cx.entries(shown)?,
        year,
        years: cx.year_links(NEWS_INDEX, &years),
        topics: cx
            .site
            .topics
            .all()
            .filter(|topic| cx.href(TOPIC, Subject::Term(*topic, 1)).is_some())
            .map(|topic| cx.topic_link(topic))
            .collect(),
        pager,
    };
    cx.html("news.html", head, &view)
}
