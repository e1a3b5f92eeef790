//! The register of documents: every document of every record.

use super::frame::Head;
use super::lists::{self, Pager};
use super::record_parts::DocumentView;
use super::shown::{Shown, ShownLink};
use super::{Context, Output, PageKind};
use crate::routes::{Routes, Subject, UrlWords};
use crate::theme::TemplateError;
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "documents",
    routes,
    render,
};

fn routes(routes: &mut Routes<'_>) {
    let site = routes.site;
    let count = site.documents().len();
    if count == 0 {
        return;
    }
    for id in site.language_ids() {
        let words = UrlWords(site.language(id));
        let list = words.index("documents");
        for part in 1..=lists::parts(count) {
            routes.add(words.part(&list, part), Subject::Part(part), Some(id));
        }
    }
}

#[derive(Serialize)]
struct View {
    count_label: String,
    rows: Vec<Row>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct Row {
    document: DocumentView,
    record: ShownLink,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Part(part) = subject else {
        unreachable!("the register has parts")
    };
    let all = cx.site.documents();
    let rows = lists::part(all, part)
        .iter()
        .map(|(id, index)| {
            let record = cx.site.record(*id);
            Row {
                document: cx.document(record, &record.data.common().documents[*index]),
                record: cx.link(*id),
            }
        })
        .collect();
    let view = View {
        count_label: cx.language().count("count.documents", all.len()),
        rows,
        pager: cx.pager(part, lists::parts(all.len()), Subject::Part),
    };
    let mut head = Head::new(Shown::plain(cx.section_name("documents")), "partnerships");
    head.section = cx.part_label(part);
    head.description = Some(cx.t("description.documents"));
    cx.html("documents.html", head, &view)
}
