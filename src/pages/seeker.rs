//! The page of a call for partners.

use super::body::ShownBody;
use super::frame::{Head, Own};
use super::shown::{Shown, ShownDate, ShownLink};
use super::{Context, Output, PageKind, SEEKER_INDEX};
use crate::kinds::{Data, Kind};
use crate::routes::Subject;
use crate::theme::TemplateError;
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "seeker",
    routes: |routes| {
        super::add_record_routes(routes, Kind::Seeker, |words, slug| {
            words.below("seekers", slug)
        });
    },
    render,
};

#[derive(Serialize)]
struct View {
    seeker: Value,
    deadline: ShownDate,
    size: Option<Shown>,
    regions: Vec<ShownLink>,
    body: Option<ShownBody>,
    summary: Option<Shown>,
    common: super::record_parts::CommonView,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Record(id) = subject else {
        unreachable!("a call's page shows a record")
    };
    let record = cx.site.record(id);
    let Data::Seeker(seeker) = &record.data else {
        unreachable!("the record is a call")
    };
    let regions = cx.site.resolve_all(&seeker.regions);
    let view = View {
        seeker: cx.brief(id),
        deadline: cx.of_date(seeker.until.value),
        size: cx.shown_option(&seeker.size),
        regions: regions.into_iter().map(|region| cx.link(region)).collect(),
        body: cx.body(record),
        summary: cx.shown_option(&record.data.common().summary),
        common: cx.common(record),
    };
    let title = cx.say_shown("seeker.title", "name", &cx.label(id));
    let mut head = Head::new(title, "seekers");
    head.section = Some(cx.unique_section(id, "seekers"));
    head.own_text = Own::Record(id);
    head.above = cx.above("seekers", SEEKER_INDEX, Subject::Site);
    head.description = cx
        .shown_option(&record.data.common().summary)
        .map(|summary| summary.text);
    cx.html("seeker.html", head, &view)
}
