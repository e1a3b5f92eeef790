//! The page of a news item.

use super::body::ShownBody;
use super::frame::{Head, Own};
use super::linked_data::LinkedData;
use super::record_parts::{After, CommonView, SourceView};
use super::shown::{Shown, ShownDate, ShownLink};
use super::{Context, NEWS_INDEX, Output, PageKind};
use crate::kinds::{Data, Kind, News};
use crate::model::{RecordId, Translation};
use crate::routes::Subject;
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::HashMap;

pub(super) const PAGE: PageKind = PageKind {
    name: "news-item",
    routes: |routes| {
        super::add_record_routes(routes, Kind::News, |words| words.index("news"));
    },
    render,
};

/// How many related items are shown.
const RELATED: usize = 5;

#[derive(Serialize)]
struct View {
    /// When and by whom, by the component `byline`.
    byline: Html,
    /// The language it was written in, by `original_language`.
    original: Html,
    /// By `source_line`.
    source: Html,
    /// What it is about, by `about`.
    about: Html,
    /// By `after`.
    after: Html,
    /// What all these are made of, for templates of a site.
    known: Option<Known>,
    body: Option<ShownBody>,
    summary: Option<Shown>,
    common: CommonView,
}

#[derive(Serialize)]
struct Known {
    date: ShownDate,
    /// "updated on …"
    updated: Option<Shown>,
    author: Option<Shown>,
    original_language: Option<String>,
    source: Option<SourceView>,
    about: About,
    previous: Option<ShownLink>,
    next: Option<ShownLink>,
    related: Option<Html>,
}

/// What the component `byline` takes.
#[derive(Serialize)]
struct Byline<'a> {
    date: &'a ShownDate,
    author: Option<&'a Shown>,
    updated: Option<&'a Shown>,
}

/// What the component `original_language` takes.
#[derive(Serialize)]
struct Original<'a> {
    language: &'a str,
}

/// What the component `source_line` takes.
#[derive(Serialize)]
struct OfSource<'a> {
    source: &'a SourceView,
}

/// What the component `about` takes.
#[derive(Serialize)]
struct About {
    parties: Option<Html>,
    partnerships: Option<Html>,
    areas: Vec<ShownLink>,
    topics: Vec<ShownLink>,
}

impl About {
    fn is_empty(&self) -> bool {
        self.parties.is_none()
            && self.partnerships.is_none()
            && self.areas.is_empty()
            && self.topics.is_empty()
    }
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Record(id) = subject else {
        unreachable!("a news page shows a record")
    };
    let site = cx.site;
    let record = site.record(id);
    let Data::News(news) = &record.data else {
        unreachable!("the record is news")
    };
    let (previous, next) = neighbours(cx, id);
    let original = news.original_language.filter(|lang| *lang != cx.tag());
    let partnerships = cx.entries(site.resolve_all(&news.partnerships))?;
    let topics = site.terms(&site.topics, &news.topics).into_iter();
    let known = Known {
        date: cx.moment(news.date),
        updated: news
            .updated
            .map(|updated| cx.say_date("updated", updated.date)),
        author: cx.shown_option(&news.author),
        original_language: original.map(|lang| cx.language().language_name(lang)),
        source: news.source.as_ref().map(|source| cx.source(source)),
        about: About {
            parties: cx.entry_list("party_list", &cx.entries(site.resolve_all(&news.parties))?)?,
            partnerships: cx.entry_list("partnership_list", &partnerships)?,
            areas: cx.areas(&news.areas),
            topics: topics.map(|topic| cx.topic_link(topic)).collect(),
        },
        previous: previous.map(|id| neighbour(cx, id)),
        next: next.map(|id| neighbour(cx, id)),
        related: cx.entry_list("dated_list", &cx.entries(related(cx, id, news))?)?,
    };
    // The notice says the language already.
    let is_own = matches!(site.translation_of(id, cx.reader), Translation::Own);
    let original = known.original_language.as_deref().filter(|_| is_own);
    let original =
        original.map(|language| cx.component("original_language", &Original { language }));
    let source = known.source.as_ref();
    let source = source.map(|source| cx.component("source_line", &OfSource { source }));
    let common = cx.common(id, None)?;
    let view = View {
        byline: cx.component(
            "byline",
            &Byline {
                date: &known.date,
                author: known.author.as_ref(),
                updated: known.updated.as_ref(),
            },
        )?,
        original: original.transpose()?.unwrap_or_default(),
        source: source.transpose()?.unwrap_or_default(),
        about: cx.component_if(!known.about.is_empty(), "about", &known.about)?,
        after: cx.after(&After {
            parts: common.parts.clone(),
            related: cx.section("related", "related", known.related.clone())?,
            previous: known.previous.clone(),
            next: known.next.clone(),
            ..After::default()
        })?,
        known: cx.for_own_templates(|| Some(known)),
        body: cx.for_own_templates(|| cx.body(id)),
        summary: cx.for_own_templates(|| cx.summary(id)),
        common,
    };
    let mut head = Head::new(cx.label(id), "news");
    head.section = Some(cx.unique_section(id, "news"));
    head.own_text = Own::Record(id);
    head.above = cx.above("news", NEWS_INDEX, Subject::Site)?;
    head.og_type = "article";
    head.image = cx.main_image_url(record);
    let summary = cx.summary(id).map(|summary| summary.text);
    head.description = summary.or_else(|| cx.excerpt(id));
    head.linked_data.push(linked_data(cx, id, news));
    cx.html("news-item.html", head, &view)
}

/// A link whose text is its title, marked with its language.
fn neighbour(cx: &Context<'_>, id: RecordId) -> ShownLink {
    let title = cx.label(id);
    ShownLink {
        href: cx.record_href(id).unwrap_or_default(),
        text: title.text,
        lang: title.lang,
        html: title.html,
    }
}

/// The item before (older) and after (newer) this one, in the reader's list.
fn neighbours(cx: &Context<'_>, id: RecordId) -> (Option<RecordId>, Option<RecordId>) {
    let all = cx.site.news();
    let at = cx.site.news_place(id);
    let listed = |other: &&RecordId| cx.is_listed(**other);
    let older = all[at + 1..].iter().find(listed);
    let newer = all[..at].iter().rev().find(listed);
    (older.copied(), newer.copied())
}

/// The items that have most in common with this one: 4 for a shared
/// partnership, 2 for a shared party, 1 for a shared area; the newer first.
fn related(cx: &Context<'_>, id: RecordId, news: &News) -> Vec<RecordId> {
    let site = cx.site;
    let mut close: HashMap<RecordId, usize> = HashMap::new();
    let mut add = |items: &[RecordId], points: usize| {
        for item in items.iter().filter(|item| **item != id) {
            *close.entry(*item).or_default() += points;
        }
    };
    for partnership in site.resolve_all(&news.partnerships) {
        add(&site.links(partnership).news, 4);
    }
    for party in site.resolve_all(&news.parties) {
        add(&site.links(party).news, 2);
    }
    let areas = site.terms(&site.areas, &news.areas).into_iter();
    let mut lists: Vec<&[RecordId]> = areas
        .map(|area| site.areas.links[area.index()].news.as_slice())
        .collect();
    let place = |item: &RecordId| site.news_place(*item);
    for (item, points) in &mut close {
        let has = |list: &&&[RecordId]| list.binary_search_by_key(&place(item), place).is_ok();
        *points += lists.iter().filter(has).count();
    }
    let mut found: Vec<(usize, RecordId)> = close
        .iter()
        .filter(|(item, _)| cx.is_listed(**item))
        .map(|(item, points)| (*points, *item))
        .collect();
    // Thousands may share an area. They are gone through from the newest, all lists side by
    // side, until there are enough that share all areas.
    let mut enough = vec![RELATED; lists.len()];
    while enough.last().is_some_and(|missing| *missing > 0) {
        let heads = lists.iter().filter_map(|list| list.first());
        let Some(item) = heads.copied().min_by_key(place) else {
            break;
        };
        let mut points = 0;
        for list in &mut lists {
            if let Some(rest) = list.strip_prefix(&[item]) {
                *list = rest;
                points += 1;
            }
        }
        let missing = &mut enough[points - 1];
        if *missing > 0 && item != id && !close.contains_key(&item) && cx.is_listed(item) {
            *missing -= 1;
            found.push((points, item));
        }
    }
    found.sort_unstable_by_key(|(points, item)| (Reverse(*points), place(item)));
    found.truncate(RELATED);
    found.into_iter().map(|(_, item)| item).collect()
}

fn linked_data(cx: &Context<'_>, id: RecordId, news: &News) -> LinkedData {
    let label = cx.site.label(id, cx.reader);
    let mut data = LinkedData::subject("NewsArticle")
        .with("headline", &label.text)
        .with("url", cx.absolute(cx.url))
        .with("datePublished", cx.site.own_time(news.date).to_string())
        .with("inLanguage", label.lang.unwrap_or(cx.tag()).as_str());
    if let Some(updated) = news.updated {
        data.put("dateModified", cx.site.own_time(updated).to_string());
    }
    if let Some(author) = cx.shown_option(&news.author) {
        data.put_thing("author", "Organization", |organisation| {
            organisation.put("name", &author.text);
        });
    }
    if let Some(publisher) = &cx.site.config.publisher
        && let Some(name) = cx.shown(&publisher.name)
    {
        data.put_thing("publisher", "Organization", |organisation| {
            organisation.put("name", &name.text);
        });
    }
    if let Some(image) = cx.main_image_url(cx.site.record(id)) {
        data.put("image", image);
    }
    data
}
