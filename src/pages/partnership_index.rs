//! The list of all partnerships.

use super::entry::FilteredEntry;
use super::frame::Head;
use super::lists::{self, Pager};
use super::shown::Shown;
use super::{Context, FACET_LIST, Output, PageKind};
use crate::kinds::{Kind, PartnershipKind, StageValue};
use crate::model::RecordId;
use crate::routes::{Facet, Routes, Subject, UrlWords};
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "partnership-index",
    routes,
    render,
};

fn routes(routes: &mut Routes<'_>) {
    let site = routes.site;
    let count = site.of_kind(Kind::Partnership).len();
    if count == 0 {
        return;
    }
    for id in site.language_ids() {
        let words = UrlWords(site.language(id));
        let list = words.index(Kind::Partnership.folder());
        for part in 1..=lists::parts(count) {
            routes.add(words.part(&list, part), Subject::Part(part), Some(id));
        }
    }
}

#[derive(Serialize)]
struct View {
    count_label: String,
    filter: Value,
    /// Some [`StageCount`]s.
    stages: Value,
    /// Some [`KindDefinition`]s.
    kinds: Value,
    groups: Vec<StageGroup>,
    pager: Option<Pager>,
}

/// Partnerships by where they stand.
#[derive(Serialize)]
struct StageGroup {
    stage: &'static str,
    label: String,
    definition: String,
    /// The partnerships, by the component `filtered_partnerships`; the same one by one, for
    /// templates of a site.
    list: Option<Html>,
    partnerships: Vec<FilteredEntry>,
}

#[derive(Serialize)]
pub(super) struct StageCount {
    stage: &'static str,
    #[serde(skip)]
    pub(super) value: StageValue,
    pub(super) label: String,
    pub(super) count: usize,
    pub(super) number: String,
    /// The list of them, where the page wants to lead there.
    href: Option<String>,
}

#[derive(Serialize)]
struct KindDefinition {
    label: String,
    definition: String,
    /// The list of them.
    href: Option<String>,
}

/// The order in which stages are listed: in force, on the way, unclear, over.
pub(super) const STAGES: [StageValue; 8] = [
    StageValue::Active,
    StageValue::Ending,
    StageValue::Approved,
    StageValue::Intent,
    StageValue::Talks,
    StageValue::Suspended,
    StageValue::Unknown,
    StageValue::Ended,
];

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Part(part) = subject else {
        unreachable!("the list of partnerships has parts")
    };
    let all = cx.listing("all", || {
        let mut all: Vec<RecordId> = cx.site.of_kind(Kind::Partnership).collect();
        cx.sort_by_stage(&mut all);
        all
    });
    let mut head = Head::new(
        Shown::plain(cx.section_name("partnerships")),
        "partnerships",
    );
    head.section = cx.part_label(part);
    head.description = Some(cx.t("description.partnerships"));
    show(cx, head, &all, part, Subject::Part)
}

/// A part of a list of partnerships, which is sorted by stage.
pub(super) fn show(
    cx: &Context<'_>,
    head: Head,
    all: &[RecordId],
    part: u16,
    parts: impl Fn(u16) -> Subject,
) -> Result<Output, TemplateError> {
    let site = cx.site;
    let place = |id: RecordId| cx.stage_place(id);
    let groups = lists::part(all, part)
        .chunk_by(|a, b| place(*a) == place(*b))
        .map(|chunk| {
            let stage = site.relation(chunk[0]).stage.value.as_str();
            let partnerships = cx.filtered_entries(chunk.iter().copied())?;
            Ok(StageGroup {
                stage,
                label: cx.t(&format!("stage_group.{stage}")),
                definition: cx.t(&format!("stage_definition.{stage}")),
                list: cx.entry_list("filtered_partnerships", &partnerships)?,
                partnerships: cx.for_own_templates(|| partnerships),
            })
        })
        .collect::<Result<_, _>>()?;
    let view = View {
        count_label: cx.language().count("count.partnerships", all.len()),
        filter: cx.filter("count.partnerships", || cx.partnership_facets(all)),
        stages: cx.shared("stages", || {
            Value::from_serializable(&linked_stages(cx, all))
        }),
        kinds: cx.shared("kinds", || Value::from_serializable(&kinds(cx, all))),
        groups,
        pager: cx.pager(part, lists::parts(all.len()), parts),
    };
    cx.html("partnerships.html", head, &view)
}

/// How many stand where, leading to the lists of them.
fn linked_stages(cx: &Context<'_>, all: &[RecordId]) -> Vec<StageCount> {
    let mut stages = cx.stage_counts(all);
    for stage in &mut stages {
        stage.href = cx.href(FACET_LIST, Subject::Facet(Facet::Stage(stage.value), 1));
    }
    stages
}

/// The kinds there are.
fn kinds(cx: &Context<'_>, all: &[RecordId]) -> Vec<KindDefinition> {
    let mut kinds: Vec<_> = all.iter().map(|id| cx.site.relation(*id).kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let definition = |kind: PartnershipKind| KindDefinition {
        label: cx.t(&format!("kind.partnership.{}", kind.as_str())),
        definition: cx.t(&format!("kind_definition.{}", kind.as_str())),
        href: cx.href(FACET_LIST, Subject::Facet(Facet::Kind(kind), 1)),
    };
    kinds.into_iter().map(definition).collect()
}

impl Context<'_> {
    /// Where a partnership comes among the stages.
    pub(super) fn stage_place(&self, partnership: RecordId) -> Option<usize> {
        let value = self.site.relation(partnership).stage.value;
        STAGES.iter().position(|stage| *stage == value)
    }

    /// Sorts partnerships: those in force first, in the reader's alphabet.
    pub(super) fn sort_by_stage(&self, partnerships: &mut [RecordId]) {
        partnerships
            .sort_by_cached_key(|id| (self.stage_place(*id), self.site.rank(*id, self.reader)));
    }

    /// How many of some partnerships stand where.
    pub(super) fn stage_counts(&self, partnerships: &[RecordId]) -> Vec<StageCount> {
        let mut counts = [0; STAGES.len()];
        for place in partnerships.iter().filter_map(|id| self.stage_place(*id)) {
            counts[place] += 1;
        }
        STAGES
            .iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0)
            .map(|(stage, count)| StageCount {
                stage: stage.as_str(),
                value: *stage,
                href: None,
                label: self.t(&format!("stage.{}", stage.as_str())),
                count,
                number: self.language().number(count as i64),
            })
            .collect()
    }
}
