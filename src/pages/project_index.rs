//! The list of joint projects.

use super::frame::Head;
use super::lists::{self, Pager};
use super::shown::Shown;
use super::{Context, Output, PageKind};
use crate::kinds::Kind;
use crate::model::RecordId;
use crate::routes::{Routes, Subject, UrlWords};
use crate::theme::{Html, TemplateError};
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "project-index",
    routes,
    render,
};

fn routes(routes: &mut Routes<'_>) {
    let site = routes.site;
    let count = site.of_kind(Kind::Project).len();
    if count == 0 {
        return;
    }
    for id in site.language_ids() {
        let words = UrlWords(site.language(id));
        let list = words.index("projects");
        for part in 1..=lists::parts(count) {
            routes.add(words.part(&list, part), Subject::Part(part), Some(id));
        }
    }
}

#[derive(Serialize)]
struct View {
    projects: Vec<Html>,
    pager: Option<Pager>,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Part(part) = subject else {
        unreachable!("the list of projects has parts")
    };
    let mut all: Vec<RecordId> = cx.site.of_kind(Kind::Project).collect();
    cx.site.sort_by_label(&mut all, cx.reader);
    let view = View {
        projects: cx.entries(lists::part(&all, part).iter().copied())?,
        pager: cx.pager(part, lists::parts(all.len()), Subject::Part),
    };
    let mut head = Head::new(Shown::plain(cx.section_name("projects")), "partnerships");
    head.section = cx.part_label(part);
    cx.html("projects.html", head, &view)
}
