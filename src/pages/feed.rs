//! The Atom feeds (RFC 4287): of each language, and of each party that is in the news.

use super::{Context, Output, PageKind};
use crate::kinds::{Data, Kind};
use crate::lang::Moment;
use crate::model::{LanguageId, RecordId, Site};
use crate::routes::{Routes, Subject, UrlWords};
use crate::theme::{Html, TemplateError};
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "feed",
    routes,
    render,
};

fn routes(routes: &mut Routes<'_>) {
    let site = routes.site;
    for language in site.language_ids() {
        let home = UrlWords(site.language(language)).home();
        routes.add(format!("{home}feed.xml"), Subject::Site, Some(language));
        for id in parties(site).filter(|id| !site.links(*id).news.is_empty()) {
            if let Some(url) = beside(routes, id, language, "feed.xml") {
                routes.add(url, Subject::Record(id), Some(language));
            }
        }
    }
}

/// Every record that can be a party.
pub(super) fn parties(site: &Site) -> impl Iterator<Item = RecordId> {
    Kind::ALL
        .iter()
        .filter(|kind| kind.is_party())
        .flat_map(|kind| site.of_kind(*kind))
}

/// The address of a file beside a record's page.
pub(super) fn beside(
    routes: &Routes<'_>,
    id: RecordId,
    language: LanguageId,
    name: &str,
) -> Option<String> {
    let page = routes.href(super::PARTY, Subject::Record(id), language)?;
    Some(format!("{page}{name}"))
}

/// How many entries a feed has at most.
const ENTRIES: usize = 50;

#[derive(Serialize)]
struct View {
    title: String,
    subtitle: String,
    author: String,
    url: String,
    home: String,
    updated: String,
    /// Each by the component `feed_entry`; the same as data, for templates of a site.
    list: Vec<Html>,
    entries: Vec<Entry>,
}

/// What the component `feed_entry` takes.
#[derive(Serialize)]
struct OfEntry<'a> {
    entry: &'a Entry,
}

#[derive(Serialize)]
struct Entry {
    title: String,
    url: String,
    lang: String,
    published: String,
    updated: String,
    summary: String,
    content: Option<String>,
    categories: Vec<String>,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let (title, home, news): (String, String, Vec<RecordId>) = match subject {
        Subject::Record(id) => (
            cx.with_dash(&[&cx.say_of("news_about", id), &cx.site_title()]),
            cx.record_url(id).unwrap_or_default(),
            cx.site
                .links(id)
                .news
                .iter()
                .copied()
                .filter(|news| cx.is_listed(*news))
                .collect(),
        ),
        _ => (
            cx.site_title(),
            cx.absolute(&UrlWords(cx.language()).home()),
            super::news_index::listed(cx).take(ENTRIES).collect(),
        ),
    };
    let entries: Vec<Entry> = news
        .iter()
        .take(ENTRIES)
        .filter_map(|id| entry(cx, *id))
        .collect();
    let newest = entries.iter().map(|entry| entry.updated.clone()).max();
    let view = View {
        title,
        subtitle: cx.section_name("news"),
        author: cx
            .site
            .config
            .publisher
            .as_ref()
            .and_then(|publisher| cx.shown(&publisher.name))
            .map_or_else(|| cx.site_title(), |name| name.text),
        url: cx.absolute(cx.url),
        home,
        // A feed must say when it changed; one without entries has not since the beginning.
        updated: newest.unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
        list: entries
            .iter()
            .map(|entry| cx.component("feed_entry", &OfEntry { entry }))
            .collect::<Result<_, _>>()?,
        entries: cx.for_own_templates(|| entries),
    };
    cx.file("feed.xml", &view)
}

fn entry(cx: &Context<'_>, id: RecordId) -> Option<Entry> {
    let record = cx.site.record(id);
    let Data::News(news) = &record.data else {
        return None;
    };
    debug_assert_eq!(record.kind(), Kind::News);
    let body = cx.site.find_body(id, cx.reader);
    let label = cx.site.label(id, cx.reader);
    let lang = body
        .as_ref()
        .map_or(label.lang, |found| found.lang)
        .unwrap_or(cx.tag());
    let summary = cx
        .shown_option(&record.data.common().summary)
        .map(|summary| summary.text);
    let topics = cx.site.terms(&cx.site.topics, &news.topics);
    Some(Entry {
        title: label.text.to_string(),
        url: cx.record_url(id)?,
        lang: lang.to_string(),
        published: timestamp(cx.site.own_time(news.date)),
        updated: timestamp(cx.site.own_time(news.updated.unwrap_or(news.date))),
        summary: summary
            .or_else(|| body.as_ref().map(|found| found.value.excerpt.clone()))
            .unwrap_or_default(),
        // Addresses in a feed are full ones: a reader shows them far from the site.
        content: body.map(|found| {
            cx.fill(record, found.value, found.lang)
                .replace(crate::routes::ROOT, cx.base_url)
        }),
        categories: topics
            .into_iter()
            .map(|topic| cx.topic_name(topic).text)
            .collect(),
    })
}

/// RFC 3339, as Atom wants it; what is not known of the time is midnight UTC.
fn timestamp(moment: Moment) -> String {
    let (hour, minute) = moment.time.unwrap_or((0, 0));
    let offset = match moment.offset {
        None | Some(0) => "Z".to_owned(),
        Some(offset) => {
            let sign = if offset < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
        }
    };
    format!(
        "{}T{hour:02}:{minute:02}:00{offset}",
        moment.date.earliest()
    )
}
