//! The page of a joint project.

use super::body::ShownBody;
use super::brief::Brief;
use super::frame::{Head, Own};
use super::record_parts::CommonView;
use super::shown::{Shown, ShownLink};
use super::{Context, Output, PROJECT_INDEX, PageKind};
use crate::kinds::{Data, Kind};
use crate::routes::Subject;
use crate::source::Spanned;
use crate::theme::{Html, TemplateError};
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "project",
    routes: |routes| {
        super::add_record_routes(routes, Kind::Project, |words| words.index("projects"));
    },
    render,
};

#[derive(Serialize)]
struct View {
    project: Brief,
    period: Option<String>,
    programme: Option<Shown>,
    funding: Option<Shown>,
    /// For templates of a site; HTML of both is in `common`.
    body: Option<ShownBody>,
    summary: Option<Shown>,
    parties: Option<Html>,
    partnerships: Option<Html>,
    areas: Vec<ShownLink>,
    common: CommonView,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Record(id) = subject else {
        unreachable!("a project's page shows a record")
    };
    let record = cx.site.record(id);
    let Data::Project(project) = &record.data else {
        unreachable!("the record is a project")
    };
    let view = View {
        project: cx.brief(id),
        period: cx.period(project.start, project.end.map(Spanned::into_value)),
        programme: cx.shown_option(&project.programme),
        funding: cx.shown_option(&project.funding),
        body: cx.for_own_templates(|| cx.body(id)),
        summary: cx.for_own_templates(|| cx.summary(id)),
        parties: cx.entry_list(
            "party_list",
            &cx.entries(cx.site.resolve_all(&project.parties))?,
        )?,
        partnerships: cx.entry_list(
            "partnership_list",
            &cx.entries(cx.site.resolve_all(&project.partnerships))?,
        )?,
        areas: cx.areas(&project.areas),
        common: cx.common(id, None)?,
    };
    let mut head = Head::new(cx.label(id), "partnerships");
    head.section = Some(cx.unique_section(id, "projects"));
    head.own_text = Own::Record(id);
    head.above = cx.above("projects", PROJECT_INDEX, Subject::Part(1))?;
    head.description = cx.summary(id).map(|summary| summary.text);
    cx.html("project.html", head, &view)
}
