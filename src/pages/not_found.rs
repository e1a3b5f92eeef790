//! What a visitor sees at an address that does not exist.
//!
//! `/404.html` is what static hosts serve, from any depth, so its links are
//! made from the site's root; it speaks all languages. Each language has one too.

use super::frame::Head;
use super::shown::Shown;
use super::{Context, HOME, Output, PageKind, SEARCH};
use crate::routes::{Subject, UrlWords, site_root};
use crate::theme::TemplateError;
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "not-found",
    routes: |routes| {
        let site = routes.site;
        routes.add("404.html".to_owned(), Subject::Site, None);
        for id in site.language_ids() {
            let home = UrlWords(site.language(id)).home();
            routes.add(format!("{home}404.html"), Subject::Site, Some(id));
        }
    },
    render,
};

#[derive(Serialize)]
struct View {
    languages: Vec<Language>,
}

#[derive(Serialize)]
struct Language {
    lang: String,
    dir: &'static str,
    title: String,
    text: String,
    home: String,
    home_text: String,
    search: String,
    search_text: String,
}

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let languages = cx
        .site
        .language_ids()
        .filter(|id| cx.route.language.is_none_or(|own| own == *id))
        .filter_map(|id| {
            let language = cx.site.language(id);
            Some(Language {
                lang: language.tag.to_string(),
                dir: language.direction.as_str(),
                title: language.text("not_found.title"),
                text: language.text("not_found.text"),
                home: site_root(cx.routes.href(HOME, Subject::Site, id)?),
                home_text: language.text("not_found.home"),
                search: site_root(cx.routes.href(SEARCH, Subject::Site, id)?),
                search_text: language.text("not_found.search"),
            })
        })
        .collect();
    let mut head = Head::new(Shown::plain(cx.t("not_found.title")), "");
    head.noindex = true;
    cx.html("404.html", head, &View { languages })
}
