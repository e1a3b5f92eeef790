//! Shorter lists of what has something in common: the partnerships of a stage
//! or a kind, the cities that seek a partner.

use super::frame::Head;
use super::shown::Shown;
use super::{Context, INDEX, Output, PARTNERSHIP_INDEX, PageKind};
use super::{facets, index, lists, partnership_index};
use crate::kinds::{Kind, PartnershipKind};
use crate::model::{RecordId, Site};
use crate::routes::{Facet, Routes, Subject, UrlWords};
use crate::theme::TemplateError;

pub(super) const PAGE: PageKind = PageKind {
    name: "facet-list",
    routes,
    render,
};

/// The facets that have a list of their own; the others have pages anyway:
/// countries, regions, areas.
fn all() -> impl Iterator<Item = Facet> {
    let stages = partnership_index::STAGES.into_iter().map(Facet::Stage);
    let kinds = PartnershipKind::ALL.iter().copied().map(Facet::Kind);
    stages.chain(kinds).chain([Facet::Seeking])
}

/// The kind of records in a list, and the key of the list's own words.
fn section(facet: Facet) -> (Kind, &'static str) {
    match facet {
        Facet::Stage(stage) => (Kind::Partnership, stage.as_str()),
        Facet::Kind(kind) => (Kind::Partnership, kind.as_str()),
        Facet::Seeking => (Kind::City, "seeking"),
    }
}

/// What has this in common.
fn records(site: &Site, facet: Facet) -> Vec<RecordId> {
    let (kind, _) = section(facet);
    site.of_kind(kind)
        .filter(|id| match facet {
            Facet::Stage(stage) => site.relation(*id).stage.value == stage,
            Facet::Kind(kind) => site.relation(*id).kind == kind,
            Facet::Seeking => facets::is_seeking(site, *id),
        })
        .collect()
}

fn routes(routes: &mut Routes<'_>) {
    let site = routes.site;
    for facet in all() {
        let count = records(site, facet).len();
        if count == 0 {
            continue;
        }
        let (kind, word) = section(facet);
        for id in site.language_ids() {
            let words = UrlWords(site.language(id));
            let list = words.below(kind.folder(), &words.section(&format!("list.{word}")));
            for part in 1..=lists::parts(count) {
                let subject = Subject::Facet(facet, part);
                routes.add(words.part(&list, part), subject, Some(id));
            }
        }
    }
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Facet(facet, part) = subject else {
        unreachable!("the list of a facet shows a facet")
    };
    let (kind, word) = section(facet);
    let all = cx.listing("all", || {
        let mut all = records(cx.site, facet);
        match kind {
            Kind::Partnership => cx.sort_by_stage(&mut all),
            _ => cx.site.sort_by_label(&mut all, cx.reader),
        }
        all
    });
    let mut head = Head::new(
        Shown::plain(cx.t(&format!("list_title.{word}"))),
        match kind {
            Kind::Partnership => "partnerships",
            kind => index::menu(kind),
        },
    );
    head.section = Some(cx.part_of_section(kind.folder(), part));
    head.description = Some(match facet {
        Facet::Stage(_) => cx.t(&format!("stage_definition.{word}")),
        Facet::Kind(_) => cx.t(&format!("kind_definition.{word}")),
        Facet::Seeking => cx.t("description.seekers"),
    });
    let parts = |part| Subject::Facet(facet, part);
    match kind {
        Kind::Partnership => {
            head.above = cx.above("partnerships", PARTNERSHIP_INDEX, Subject::Part(1))?;
            partnership_index::show(cx, head, &all, part, parts)
        }
        kind => {
            head.above = cx.above(kind.folder(), INDEX, Subject::List(kind, 1))?;
            index::show(cx, head, kind, &all, part, parts)
        }
    }
}
