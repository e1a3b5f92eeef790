//! The pages that every public site must have, where the editor wrote none:
//! accessibility, privacy, contact.

use super::frame::Head;
use super::shown::Shown;
use super::{Context, Output, PageKind};
use crate::kinds::Kind;
use crate::routes::{Subject, UrlWords};
use crate::theme::TemplateError;
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "statement",
    routes: |routes| {
        let site = routes.site;
        for id in site.language_ids() {
            let words = UrlWords(site.language(id));
            for (index, name) in STATEMENTS.iter().enumerate() {
                // A page of the site's own stands in for the built-in one.
                if site.get(Kind::Page, name).is_none() {
                    routes.add(words.index(name), Subject::Item(index as u32), Some(id));
                }
            }
        }
    },
    render,
};

/// The built-in pages; a free page with one of these ids replaces it.
pub(super) const STATEMENTS: [&str; 3] = ["contact", "accessibility", "privacy"];

#[derive(Serialize)]
struct View {
    name: &'static str,
    paragraphs: Vec<String>,
    publisher: Option<Shown>,
    website: Option<String>,
    contact: Value,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Item(index) = subject else {
        unreachable!("a statement is one of the list")
    };
    let name = STATEMENTS[index as usize];
    let publisher = cx.site.config.publisher.as_ref();
    // Numbered texts, as many as the strings have.
    let paragraphs: Vec<String> = (1..)
        .map(|number| format!("statement.{name}.p{number}"))
        .take_while(|key| cx.language().strings.get(key).is_some())
        .map(|key| cx.language().say(&key, &[("title", &cx.site_title())]))
        .collect();
    let title = cx.t(&format!("statement.{name}.title"));
    let mut head = Head::new(Shown::plain(title), "statement");
    head.description = paragraphs.first().cloned();
    let view = View {
        name,
        paragraphs,
        publisher: publisher.and_then(|publisher| cx.shown(&publisher.name)),
        website: publisher
            .and_then(|publisher| publisher.website.as_ref())
            .map(|website| website.url.clone()),
        contact: Value::from_serializable(&cx.publisher_contact()),
    };
    cx.html("statement.html", head, &view)
}
