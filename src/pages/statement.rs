//! The pages that every public site must have, where the editor wrote none:
//! accessibility, privacy, contact.

use super::accessibility;
use super::frame::Head;
use super::shown::Shown;
use super::{Context, Output, PageKind};
use crate::kinds::Kind;
use crate::model::Site;
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
                if stands(site, name) {
                    routes.add(words.index(name), Subject::Item(index as u32), Some(id));
                }
            }
        }
    },
    render,
};

/// The built-in pages; a free page with one of these ids replaces it.
pub(super) const STATEMENTS: [&str; 3] = ["contact", ACCESSIBILITY, "privacy"];

pub(super) const ACCESSIBILITY: &str = "accessibility";

/// Whether a statement is built in: a page of the site's own stands in for it,
/// but not for what `accessibility.toml` declares.
pub(super) fn stands(site: &Site, name: &str) -> bool {
    let declared = name == ACCESSIBILITY && site.accessibility.is_some();
    declared || site.get(Kind::Page, name).is_none()
}

/// The key of a statement's title.
pub(super) fn title_key(site: &Site, name: &str) -> String {
    match name == ACCESSIBILITY && site.accessibility.is_some() {
        true => "declaration.title".to_owned(),
        false => format!("statement.{name}.title"),
    }
}

/// What the theme's script keeps in the browser: the name, and the key of its meaning.
const STORED: [(&str, &str); 3] = [
    ("twintown-text-size", "privacy.text_size"),
    ("twintown-contrast", "privacy.contrast"),
    ("twintown-shortcuts", "privacy.shortcuts"),
];

/// What the reader's browser keeps.
#[derive(Serialize)]
struct Browser {
    why: String,
    /// Names, and what is kept under each.
    stored: Vec<(&'static str, String)>,
    /// How the reader removes it.
    remove: String,
}

#[derive(Serialize)]
struct View {
    name: &'static str,
    paragraphs: Vec<String>,
    /// On the privacy page.
    browser: Option<Browser>,
    publisher: Option<Shown>,
    website: Option<String>,
    contact: Value,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Item(index) = subject else {
        unreachable!("a statement is one of the list")
    };
    let name = STATEMENTS[index as usize];
    if let Some(statement) = &cx.site.accessibility
        && name == ACCESSIBILITY
    {
        return accessibility::render(cx, &statement.facts);
    }
    let publisher = cx.site.config.publisher.as_ref();
    // Numbered texts, as many as the strings have.
    let paragraphs: Vec<String> = (1..)
        .map(|number| format!("statement.{name}.p{number}"))
        .take_while(|key| cx.language().strings.get(key).is_some())
        .map(|key| cx.language().say(&key, &[("title", &cx.site_title())]))
        .collect();
    let title = cx.t(&title_key(cx.site, name));
    let mut head = Head::new(Shown::plain(title), "statement");
    head.description = paragraphs.first().cloned();
    let view = View {
        name,
        paragraphs,
        browser: (name == "privacy").then(|| browser(cx)),
        publisher: publisher.and_then(|publisher| cx.shown(&publisher.name)),
        website: publisher
            .and_then(|publisher| publisher.website.as_ref())
            .map(|website| website.url.clone()),
        contact: Value::from_serializable(&cx.publisher_contact()),
    };
    cx.html("statement.html", head, &view)
}

fn browser(cx: &Context<'_>) -> Browser {
    let (display, reset) = (cx.t("display.title"), cx.t("display.reset"));
    let names = [("display", display.as_str()), ("reset", reset.as_str())];
    let stored = STORED.iter();
    Browser {
        why: cx.language().say("privacy.why", &names),
        stored: stored.map(|(name, key)| (*name, cx.t(key))).collect(),
        remove: cx.language().say("privacy.remove", &names),
    }
}
