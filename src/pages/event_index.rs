//! The list of events: those to come, and the past ones by year.

use super::archive;
use super::frame::Head;
use super::lists::{self, Pager};
use super::shown::{Shown, ShownLink};
use super::{Context, EVENT_INDEX, Output, PageKind};
use crate::kinds::Kind;
use crate::model::{RecordId, Site};
use crate::routes::{Routes, Subject};
use crate::theme::{Html, TemplateError};
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "event-index",
    routes,
    render,
};

/// How many past events the list shows before the archive.
const LATEST: usize = 20;

fn routes(routes: &mut Routes<'_>) {
    let site = routes.site;
    let all: Vec<RecordId> = site.of_kind(Kind::Event).collect();
    for id in site.language_ids() {
        archive::add_routes(routes, Kind::Event, id, &all);
    }
}

/// The events to come, the next one first.
pub(super) fn upcoming(site: &Site) -> Vec<RecordId> {
    let mut events: Vec<RecordId> = site
        .of_kind(Kind::Event)
        .filter(|id| !site.is_past(*id))
        .collect();
    events.sort_by_key(|id| (site.day(*id), *id));
    events
}

/// The past events, the latest first.
fn past(site: &Site) -> Vec<RecordId> {
    let mut events: Vec<RecordId> = site
        .of_kind(Kind::Event)
        .filter(|id| site.is_past(*id))
        .collect();
    events.sort_by(|a, b| (site.day(*b), a).cmp(&(site.day(*a), b)));
    events
}

#[derive(Serialize)]
struct View {
    upcoming: Vec<Html>,
    past: Vec<Html>,
    year: Option<i16>,
    events: Vec<Html>,
    years: Vec<ShownLink>,
    pager: Option<Pager>,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let all: Vec<RecordId> = cx.site.of_kind(Kind::Event).collect();
    let years: Vec<i16> = archive::years(cx.site, &all)
        .into_iter()
        .map(|(year, _)| year)
        .collect();
    let mut head = Head::new(Shown::plain(cx.section_name("events")), "events");
    head.description = Some(cx.t("description.events"));
    let mut view = View {
        upcoming: Vec::new(),
        past: Vec::new(),
        year: None,
        events: Vec::new(),
        years: cx.year_links(EVENT_INDEX, &years),
        pager: None,
    };
    match subject {
        Subject::Year { year, part } => {
            let mut of_year = archive::of_year(cx.site, &all, year);
            of_year.sort_by_key(|id| (cx.site.day(*id), *id));
            let title = cx
                .language()
                .say("of_year.events", &[("year", &year.to_string())]);
            head.title = Shown::plain(title.clone());
            head.description = Some(title);
            head.section = cx.part_label(part);
            head.above = cx.above("events", EVENT_INDEX, Subject::Site)?;
            view.year = Some(year);
            view.pager = cx.pager(part, lists::parts(of_year.len()), |part| Subject::Year {
                year,
                part,
            });
            view.events = cx.entries(lists::part(&of_year, part).iter().copied())?;
        }
        _ => {
            view.upcoming = cx.entries(upcoming(cx.site))?;
            view.past = cx.entries(past(cx.site).into_iter().take(LATEST))?;
        }
    }
    cx.html("events.html", head, &view)
}
