//! The page of a topic: its news and events.

use super::context::is_listed;
use super::frame::Head;
use super::lists::{self, Pager};
use super::{Context, NEWS_INDEX, Output, PageKind};
use crate::model::{LanguageId, RecordId, Site, TermLinks};
use crate::routes::{Subject, UrlWords};
use crate::theme::{Html, TemplateError};
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "topic",
    routes: |routes| {
        let site = routes.site;
        for id in site.language_ids() {
            let words = UrlWords(site.language(id));
            for topic in site
                .topics
                .all()
                .filter(|topic| !site.topics.links[topic.index()].is_empty())
            {
                let slug = super::term_slug(site, &site.topics, topic, id);
                let url = words.below("topics", slug);
                for part in 1..=parts(site, &site.topics.links[topic.index()], id) {
                    routes.add(words.part(&url, part), Subject::Term(topic, part), Some(id));
                }
            }
        }
    },
    render,
};

/// How many parts the lists of a topic need for a reader.
fn parts(site: &Site, links: &TermLinks, reader: LanguageId) -> u16 {
    let listed = links
        .news
        .iter()
        .filter(|id| is_listed(site, **id, reader))
        .count();
    lists::parts_of_all(&[listed, links.events.len()])
}

#[derive(Serialize)]
struct View {
    description: Option<super::shown::Shown>,
    news: Vec<Html>,
    events: Vec<Html>,
    pager: Option<Pager>,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Term(topic, part) = subject else {
        unreachable!("a topic's page shows a topic")
    };
    let links = &cx.site.topics.links[topic.index()];
    let news: Vec<RecordId> = links
        .news
        .iter()
        .copied()
        .filter(|id| cx.is_listed(*id))
        .collect();
    let view = View {
        description: cx.shown_option(&cx.site.topics.term(topic).description),
        news: cx.entries(lists::part(&news, part).iter().copied())?,
        events: cx.entries(lists::part(&links.events, part).iter().copied())?,
        pager: cx.pager(part, parts(cx.site, links, cx.reader), |part| {
            Subject::Term(topic, part)
        }),
    };
    let mut head = Head::new(cx.topic_name(topic), "news");
    head.section = Some(cx.part_of_section("topics", part));
    head.above = cx.above("news", NEWS_INDEX, Subject::Site)?;
    head.description = view.description.as_ref().map(|shown| shown.text.clone());
    cx.html("topic.html", head, &view)
}
