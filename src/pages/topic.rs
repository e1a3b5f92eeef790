//! The page of a topic: its news and events.

use super::frame::Head;
use super::{Context, NEWS_INDEX, Output, PageKind};
use crate::routes::{Subject, UrlWords};
use crate::theme::TemplateError;
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "topic",
    routes: |routes| {
        let site = routes.site;
        for id in site.language_ids() {
            let words = UrlWords(site.language(id));
            for topic in site.topics.all().filter(|topic| !site.topics.links[topic.index()].is_empty()) {
                let slug = super::term_slug(site, &site.topics, topic, id);
                routes.add(words.below("topics", slug), Subject::Term(topic), Some(id));
            }
        }
    },
    render,
};

#[derive(Serialize)]
struct View {
    description: Option<super::shown::Shown>,
    news: Vec<Value>,
    events: Vec<Value>,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Term(topic) = subject else { unreachable!("a topic's page shows a topic") };
    let links = &cx.site.topics.links[topic.index()];
    let view = View {
        description: cx.shown_option(&cx.site.topics.term(topic).description),
        news: cx.briefs(links.news.iter().copied().filter(|id| cx.is_listed(*id))),
        events: cx.briefs(links.events.iter().copied()),
    };
    let mut head = Head::new(cx.topic_name(topic), "news");
    head.section = Some(cx.section_name("topics"));
    head.above = cx.above("news", NEWS_INDEX, Subject::Site);
    head.description = view.description.as_ref().map(|shown| shown.text.clone());
    cx.html("topic.html", head, &view)
}
