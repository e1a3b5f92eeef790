//! What a page is about, in words that hold from one load to the next.

use crate::kinds::{Data, Record};
use crate::lang::PartialDate;
use crate::pages::PAGES;
use crate::render::Snapshot;
use crate::routes::{Route, Subject};

/// The kind of page, the language and the subject of a route:
/// `party pl city/bucza`. Two states of a site call the same page the same.
pub(super) fn key(snapshot: &Snapshot, route: Route) -> String {
    let site = &snapshot.site;
    let page = PAGES[route.page.0 as usize].name;
    let language = language_of(snapshot, route);
    let subject = match route.subject {
        Subject::Record(id) => {
            let record = site.record(id);
            format!("{}/{}", record.kind().name(), record.id)
        }
        Subject::Country(id, part) => {
            format!("{}/{part}", site.countries[id.index()].country.as_str())
        }
        // Terms are known by their places in their vocabularies.
        other => format!("{other:?}"),
    };
    format!("{page} {language} {subject}")
}

fn language_of(snapshot: &Snapshot, route: Route) -> String {
    let tag = |id| snapshot.site.tag(id).to_string();
    route.language.map_or_else(|| "-".to_owned(), tag)
}

/// The address of the page that is called so now.
pub(super) fn find<'a>(snapshot: &'a Snapshot, wanted: &str) -> Option<&'a str> {
    let mut words = wanted.splitn(3, ' ');
    let (page, language) = (words.next()?, words.next()?);
    let is_near = |route: &Route| {
        PAGES[route.page.0 as usize].name == page && language_of(snapshot, *route) == language
    };
    let mut routes = snapshot.routes.iter();
    let found = routes.find(|(route, _)| is_near(route) && key(snapshot, **route) == wanted);
    found.map(|(_, url)| url)
}

/// The record a page is about.
pub(super) fn record(snapshot: &Snapshot, route: Route) -> Option<&Record> {
    match route.subject {
        Subject::Record(id) => Some(snapshot.site.record(id)),
        _ => None,
    }
}

/// Whether a page is about a record that is not published yet.
pub(super) fn is_draft(snapshot: &Snapshot, route: Route) -> bool {
    record(snapshot, route).is_some_and(|record| is_unpublished(record, snapshot))
}

/// Whether a record is a draft, or news of a day to come.
pub(super) fn is_unpublished(record: &Record, snapshot: &Snapshot) -> bool {
    let date: Option<PartialDate> = match &record.data {
        Data::News(news) => Some(news.date.date),
        _ => None,
    };
    record.data.common().draft == Some(true)
        || date.is_some_and(|date| date.earliest() > snapshot.site.as_of)
}
