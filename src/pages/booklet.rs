//! The whole directory to print: every party with its partners, by country.

use super::frame::Head;
use super::lists::Pager;
use super::partnership_index::StageCount;
use super::shown::Shown;
use super::{Context, Output, PageKind};
use crate::kinds::Kind;
use crate::model::{RecordId, Site};
use crate::routes::{Subject, UrlWords};
use crate::theme::{Html, TemplateError, push_escaped};
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "booklet",
    routes: |routes| {
        let site = routes.site;
        let volumes = volumes(parties(site).count());
        if site.of_kind(Kind::Partnership).len() == 0 {
            return;
        }
        for id in site.language_ids() {
            let words = UrlWords(site.language(id));
            let list = words.index("booklet");
            for volume in 1..=volumes {
                routes.add(words.part(&list, volume), Subject::Part(volume), Some(id));
            }
        }
    },
    render,
};

/// How many parties one volume has: some hundred sheets of paper.
const VOLUME: usize = 2_000;

fn volumes(parties: usize) -> u16 {
    parties.div_ceil(VOLUME).max(1) as u16
}

/// What has partnerships, or had.
fn parties(site: &Site) -> impl Iterator<Item = RecordId> {
    site.all()
        .filter(|id| site.record(*id).kind().is_party())
        .filter(|id| !site.links(*id).partnerships.is_empty())
}

#[derive(Serialize)]
struct View {
    stages: Vec<StageCount>,
    countries: Vec<Country>,
    pager: Option<Pager>,
}

/// The parties of one country, or those of none.
#[derive(Serialize)]
struct Country {
    name: String,
    /// The heading's id.
    id: String,
    /// Each by the component `booklet_entry`.
    parties: Vec<Html>,
}

/// What the component `booklet_entry` takes.
#[derive(Serialize)]
struct Entry {
    link: Value,
    kind_label: String,
    /// What it is directly part of.
    within: Option<Value>,
    /// The partnerships that are not over, then those that are.
    lines: Vec<Line>,
}

/// A partnership.
#[derive(Serialize)]
struct Line {
    /// The other parties, each with its country.
    partners: Value,
    stage: Html,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Part(volume) = subject else {
        unreachable!("the booklet has volumes")
    };
    let site = cx.site;
    let all = cx.listing("parties", || {
        let order = super::country_index::by_name(cx);
        let place = |id: RecordId| {
            let country = site.country_id(id)?;
            order.iter().position(|known| *known == country)
        };
        let mut all: Vec<RecordId> = parties(site).collect();
        // Those of no country come last.
        all.sort_by_cached_key(|id| (place(*id).unwrap_or(usize::MAX), site.rank(*id, cx.reader)));
        all
    });
    let shown = all.chunks(VOLUME).nth(usize::from(volume) - 1);
    let countries = shown
        .unwrap_or_default()
        .chunk_by(|a, b| site.country_id(*a) == site.country_id(*b))
        .map(|chunk| {
            let code = site.country(chunk[0]);
            Ok(Country {
                name: code.map_or_else(
                    || cx.t("international"),
                    |code| cx.language().country(code.as_str()),
                ),
                id: code.map_or("other".to_owned(), |code| code.as_str().to_lowercase()),
                parties: chunk
                    .iter()
                    .map(|id| entry(cx, *id))
                    .collect::<Result<_, _>>()?,
            })
        })
        .collect::<Result<_, _>>()?;
    let partnerships: Vec<RecordId> = site.of_kind(Kind::Partnership).collect();
    let view = View {
        stages: cx.stage_counts(&partnerships),
        countries,
        pager: cx.pager(volume, volumes(all.len()), Subject::Part),
    };
    let mut head = Head::new(Shown::plain(cx.section_name("booklet")), "partnerships");
    head.section = cx.part_label(volume);
    head.description = Some(cx.t("description.booklet"));
    cx.html("booklet.html", head, &view)
}

fn entry(cx: &Context<'_>, id: RecordId) -> Result<Html, TemplateError> {
    let site = cx.site;
    let (mut former, mut current): (Vec<RecordId>, Vec<RecordId>) = site
        .links(id)
        .partnerships
        .iter()
        .partition(|partnership| site.relation(**partnership).is_over_for(id, site.as_of));
    site.sort_by_label(&mut former, cx.reader);
    cx.sort_by_stage(&mut current);
    let mut lines = Vec::with_capacity(current.len() + former.len());
    for partnership in current.into_iter().chain(former) {
        lines.push(line(cx, id, partnership)?);
    }
    let entry = Entry {
        link: cx.party_parts(id)?.link.clone(),
        kind_label: cx.kind_label(id),
        within: match site.ancestors(id).next() {
            Some(above) => Some(cx.party_parts(above)?.link.clone()),
            None => None,
        },
        lines,
    };
    cx.component("booklet_entry", &entry)
}

fn line(cx: &Context<'_>, party: RecordId, partnership: RecordId) -> Result<Line, TemplateError> {
    let mut partners = String::new();
    for other in cx.site.relation(partnership).others(party) {
        if !partners.is_empty() {
            partners.push_str(", ");
        }
        partners.push_str(
            cx.party_parts(other.record)?
                .link
                .as_str()
                .unwrap_or_default(),
        );
        if let Some(country) = cx.site.country_id(other.record) {
            partners.push_str(" (");
            push_escaped(cx.country_name(country), &mut partners);
            partners.push(')');
        }
    }
    Ok(Line {
        partners: Value::safe_string(&partners),
        stage: cx.partnership_parts(partnership)?.in_booklet.clone(),
    })
}
