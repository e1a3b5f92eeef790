//! A free page.

use super::body::ShownBody;
use super::brief::Brief;
use super::frame::{Head, Own};
use super::record_parts::CommonView;
use super::shown::Shown;
use super::{Context, Output, PageKind};
use crate::kinds::Kind;
use crate::model::RecordId;
use crate::routes::Subject;
use crate::theme::{Html, TemplateError};
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "free-page",
    routes: |routes| {
        super::add_record_routes(routes, Kind::Page, |words| words.home());
    },
    render,
};

#[derive(Serialize)]
struct View {
    page: Brief,
    /// For templates of a site; HTML of both is in `common`.
    body: Option<ShownBody>,
    summary: Option<Shown>,
    below: Vec<Html>,
    common: CommonView,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Record(id) = subject else {
        unreachable!("a free page shows a record")
    };
    let record = cx.site.record(id);
    let view = View {
        page: cx.brief(id),
        body: cx.for_own_templates(|| cx.body(id)),
        summary: cx.for_own_templates(|| cx.summary(id)),
        below: cx.entries(cx.pages_below(id))?,
        common: cx.common(id, None)?,
    };
    let mut head = Head::new(cx.label(id), "pages");
    head.section = match cx.site.namesakes(id, cx.reader) {
        [] => None,
        _ => Some(record.id.clone()),
    };
    head.own_text = Own::Record(id);
    let mut above: Vec<RecordId> = cx.site.ancestors(id).collect();
    above.reverse();
    let above = above.into_iter().map(|above| cx.crumb(cx.link(above)));
    head.above = above.collect::<Result<_, _>>()?;
    let summary = cx.summary(id).map(|summary| summary.text);
    head.description = summary.or_else(|| cx.excerpt(id));
    cx.html("page.html", head, &view)
}
