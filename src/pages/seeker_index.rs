//! The list of those who seek a partner.

use super::entry::FilteredEntry;
use super::frame::Head;
use super::shown::Shown;
use super::{APPLICATION, Context, Output, PageKind};
use crate::kinds::{Data, Kind};
use crate::model::{RecordId, Site};
use crate::routes::{Subject, UrlWords};
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "seeker-index",
    routes: |routes| {
        let site = routes.site;
        if site.of_kind(Kind::Seeker).len() == 0 {
            return;
        }
        for id in site.language_ids() {
            routes.add(
                UrlWords(site.language(id)).index("seekers"),
                Subject::Site,
                Some(id),
            );
        }
    },
    render,
};

#[derive(Serialize)]
struct View {
    /// Those that can be answered and those that are closed, by the component `filtered_seekers`;
    /// the same one by one, for templates of a site.
    open_list: Option<Html>,
    closed_list: Option<Html>,
    open: Vec<FilteredEntry>,
    closed: Vec<FilteredEntry>,
    filter: Value,
    /// How one finds a partner here, step by step.
    steps: Vec<StepView>,
    /// The form.
    application: Option<String>,
}

#[derive(Serialize)]
struct StepView {
    title: String,
    text: String,
}

/// The calls that can still be answered, those that end first coming first.
pub(super) fn open(site: &Site) -> Vec<RecordId> {
    let mut open: Vec<RecordId> = site
        .of_kind(Kind::Seeker)
        .filter(|id| site.is_open(*id))
        .collect();
    open.sort_by_key(|id| match &site.record(*id).data {
        Data::Seeker(seeker) => (seeker.until.value.latest(), *id),
        _ => (site.as_of, *id),
    });
    open
}

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let mut closed: Vec<RecordId> = cx
        .site
        .of_kind(Kind::Seeker)
        .filter(|id| !cx.site.is_open(*id))
        .collect();
    cx.site.sort_by_label(&mut closed, cx.reader);
    let open = open(cx.site);
    let all: Vec<RecordId> = open.iter().chain(&closed).copied().collect();
    let (open, closed) = (cx.filtered_entries(open)?, cx.filtered_entries(closed)?);
    let view = View {
        filter: cx.filter("count.seekers", || cx.seeker_facets(&all)),
        open_list: cx.entry_list("filtered_seekers", &open)?,
        closed_list: cx.entry_list("filtered_seekers", &closed)?,
        open: cx.for_own_templates(|| open),
        closed: cx.for_own_templates(|| closed),
        steps: steps(cx),
        application: cx.href(APPLICATION, Subject::Site),
    };
    let mut head = Head::new(Shown::plain(cx.section_name("seekers")), "seekers");
    head.description = Some(cx.t("description.seekers"));
    cx.html("seekers.html", head, &view)
}

/// Numbered texts, as many as the strings have.
fn steps(cx: &Context<'_>) -> Vec<StepView> {
    (1..)
        .map(|number| format!("finding_a_partner.step{number}"))
        .take_while(|key| cx.language().strings.get(&format!("{key}.title")).is_some())
        .map(|key| StepView {
            title: cx.t(&format!("{key}.title")),
            text: cx.t(&format!("{key}.text")),
        })
        .collect()
}
