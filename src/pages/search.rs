//! The search: a page in each language. What it finds is found by a script in
//! the visitor's browser, in the language's [index](super::search_index);
//! without scripts the page leads to the lists.

use super::frame::Head;
use super::shown::{Shown, ShownLink};
use super::*;
use crate::routes::UrlWords;
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "search",
    routes: |routes| {
        let site = routes.site;
        for id in site.language_ids() {
            let url = UrlWords(site.language(id)).index("search");
            routes.add(url, Subject::Site, Some(id));
        }
    },
    render,
};

#[derive(Serialize)]
struct View {
    /// The file to search in.
    index: String,
    /// The lists where everything is found without a search.
    lists: Vec<ShownLink>,
}

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let view = View {
        index: cx.href(SEARCH_INDEX, Subject::Site).unwrap_or_default(),
        lists: cx.sections(),
    };
    let mut head = Head::new(Shown::plain(cx.t("search.title")), "search");
    head.description = Some(cx.t("search.description"));
    cx.html("search.html", head, &view)
}
