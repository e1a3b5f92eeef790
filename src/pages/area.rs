//! The page of an area of cooperation.

use super::frame::Head;
use super::lists::{self, Pager};
use super::shown::Shown;
use super::{AREA_INDEX, Context, Output, PageKind};
use crate::model::{RecordId, Site, TermId, TermLinks};
use crate::routes::{Subject, UrlWords};
use crate::theme::{Html, TemplateError};
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "area",
    routes: |routes| {
        let site = routes.site;
        for id in site.language_ids() {
            let words = UrlWords(site.language(id));
            for area in site.areas.all().filter(|area| has_page(site, *area)) {
                let slug = super::term_slug(site, &site.areas, area, id);
                let url = words.below("areas", slug);
                for part in 1..=parts(&site.areas.links[area.index()]) {
                    routes.add(words.part(&url, part), Subject::Term(area, part), Some(id));
                }
            }
        }
    },
    render,
};

/// How many parts the lists of an area need.
fn parts(links: &TermLinks) -> u16 {
    lists::parts_of_all(&[links.partnerships.len(), links.projects.len()])
}

/// Whether there is anything to show of an area.
pub(super) fn has_page(site: &Site, area: TermId) -> bool {
    let term = site.areas.term(area);
    !site.areas.links[area.index()].is_empty()
        || term.description.is_some()
        || term.examples.is_some()
}

#[derive(Serialize)]
struct View {
    description: Option<Shown>,
    examples: Vec<Shown>,
    lists: Lists<Option<Html>>,
    /// The same one by one, for templates of a site.
    #[serde(flatten)]
    entries: Lists<Vec<Html>>,
    pager: Option<Pager>,
}

/// What has to do with the area.
#[derive(Serialize, Default)]
struct Lists<T> {
    partnerships: T,
    former_partnerships: T,
    seekers: T,
    projects: T,
    news: T,
    events: T,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Term(area, part) = subject else {
        unreachable!("an area's page shows an area")
    };
    let site = cx.site;
    let term = site.areas.term(area);
    let links = &site.areas.links[area.index()];
    let partnerships = cx.listing("partnerships", || {
        let mut partnerships = links.partnerships.clone();
        cx.sort_by_stage(&mut partnerships);
        partnerships
    });
    let partnerships = lists::part(&partnerships, part).to_vec();
    let (former, current): (Vec<RecordId>, Vec<RecordId>) = partnerships
        .into_iter()
        .partition(|id| site.relation(*id).is_ended());
    let projects = cx.listing("projects", || cx.by_label(&links.projects));
    let examples = term
        .examples
        .as_ref()
        .and_then(|examples| site.find(examples, cx.reader));
    let entries = Lists {
        partnerships: cx.entries(current)?,
        former_partnerships: cx.entries(former)?,
        seekers: cx.entries(links.seekers.iter().copied().filter(|id| site.is_open(*id)))?,
        projects: cx.entries(lists::part(&projects, part).iter().copied())?,
        news: cx.entries(
            links
                .news
                .iter()
                .copied()
                .filter(|id| cx.is_listed(*id))
                .take(20),
        )?,
        events: cx.entries(links.events.iter().copied().take(20))?,
    };
    let view = View {
        lists: Lists {
            partnerships: cx.entry_list("partnership_list", &entries.partnerships)?,
            former_partnerships: cx.entry_list("partnership_list", &entries.former_partnerships)?,
            seekers: cx.entry_list("seeker_list", &entries.seekers)?,
            projects: cx.entry_list("titled_list", &entries.projects)?,
            news: cx.entry_list("dated_list", &entries.news)?,
            events: cx.entry_list("dated_list", &entries.events)?,
        },
        entries: cx.for_own_templates(|| entries),
        description: cx.shown_option(&term.description),
        examples: examples.map_or_else(Vec::new, |found| {
            found
                .value
                .iter()
                .map(|example| Shown::new(example, found.lang))
                .collect()
        }),
        pager: cx.pager(part, parts(links), |part| Subject::Term(area, part)),
    };
    let mut head = Head::new(cx.area_name(area), "partnerships");
    head.section = Some(cx.part_of_section("areas", part));
    head.above = cx.above("areas", AREA_INDEX, Subject::Site)?;
    head.description = view.description.as_ref().map(|shown| shown.text.clone());
    cx.html("area.html", head, &view)
}
