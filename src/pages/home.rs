//! The home page of each language: what there is, at a glance.

use super::body::ShownBody;
use super::entry::PartnerView;
use super::frame::Head;
use super::linked_data::LinkedData;
use super::map::{MapView, Room};
use super::shown::{Shown, ShownLink};
use super::{
    AREA_INDEX, Context, DOCUMENTS, EVENT_INDEX, INDEX, NEWS_INDEX, Output, PARTNERSHIP_INDEX,
    PageKind, SEEKER_INDEX, STATISTICS,
};
use crate::kinds::{Kind, StageValue};
use crate::model::RecordId;
use crate::routes::{Subject, UrlWords};
use crate::theme::{Html, TemplateError};
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "home",
    routes: |routes| {
        for id in routes.site.language_ids() {
            let url = UrlWords(routes.site.language(id)).home();
            routes.add(url, Subject::Site, Some(id));
        }
    },
    render,
};

/// How many news items, events and calls the home page shows.
const NEWEST: usize = 5;

#[derive(Serialize)]
struct View {
    lead: Option<Shown>,
    /// The party whose own site this is.
    focus: Option<Focus>,
    numbers: Vec<Number>,
    /// Of all partnerships, or of those of the party whose site this is.
    map: Option<MapView>,
    /// The statistics page.
    statistics: Option<String>,
    countries: Vec<CountryRow>,
    news: Vec<Html>,
    news_href: Option<String>,
    events: Vec<Html>,
    events_href: Option<String>,
    seekers: Vec<Html>,
    seekers_href: Option<String>,
    areas: Vec<ShownLink>,
    areas_href: Option<String>,
}

#[derive(Serialize)]
struct Focus {
    summary: Option<Shown>,
    body: Option<ShownBody>,
    partnerships: Vec<PartnerView>,
    former: Vec<PartnerView>,
}

/// A number with what it means.
#[derive(Serialize)]
pub(super) struct Number {
    value: String,
    label: String,
    definition: String,
    href: Option<String>,
}

#[derive(Serialize)]
struct CountryRow {
    link: ShownLink,
    partnerships: usize,
    partnerships_label: String,
    cities_label: Option<String>,
}

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let site = cx.site;
    let mut head = Head::new(Shown::plain(cx.site_title()), "home");
    head.description = cx
        .shown_option(&site.config.description)
        .map(|shown| shown.text);
    head.linked_data.push(
        LinkedData::subject("WebSite")
            .with("name", cx.site_title())
            .with("url", cx.absolute(cx.url))
            .with("inLanguage", cx.tag().as_str()),
    );
    let upcoming = super::event_index::upcoming(site);
    let open: Vec<RecordId> = super::seeker_index::open(site);
    let view = View {
        lead: cx.shown_option(&site.config.description),
        focus: site.focus.map(|focus| make_focus(cx, focus)).transpose()?,
        numbers: numbers(cx, &open),
        map: map(cx),
        statistics: cx.href(STATISTICS, Subject::Site),
        countries: countries(cx),
        news: cx.entries(super::news_index::listed(cx).take(NEWEST))?,
        news_href: cx.href(NEWS_INDEX, Subject::Site),
        events: cx.entries(upcoming.into_iter().take(NEWEST))?,
        events_href: cx.href(EVENT_INDEX, Subject::Site),
        seekers: cx.entries(open.into_iter().take(NEWEST))?,
        seekers_href: cx.href(SEEKER_INDEX, Subject::Site),
        areas: site
            .areas
            .all()
            .filter(|area| cx.area_href(*area).is_some())
            .map(|area| cx.area_link(area))
            .collect(),
        areas_href: cx.href(AREA_INDEX, Subject::Site),
    };
    cx.html("home.html", head, &view)
}

fn map(cx: &Context<'_>) -> Option<MapView> {
    match cx.site.focus {
        Some(focus) => {
            let list = Some("#s-partners".to_owned());
            cx.map(&cx.party_network(focus, &[]), Room::Page, list)
        }
        None => {
            let list = cx.href(PARTNERSHIP_INDEX, Subject::Part(1));
            cx.map(&cx.whole_network(), Room::Page, list)
        }
    }
}

fn make_focus(cx: &Context<'_>, focus: RecordId) -> Result<Focus, TemplateError> {
    let record = cx.site.record(focus);
    let (current, former) = cx.current_and_former(focus);
    Ok(Focus {
        summary: cx.shown_option(&record.data.common().summary),
        body: cx.body(focus),
        partnerships: cx.partners(focus, &current)?,
        former: cx.partners(focus, &former)?,
    })
}

/// What there is, in numbers; those that are nought are left out.
pub(super) fn numbers(cx: &Context<'_>, open: &[RecordId]) -> Vec<Number> {
    let site = cx.site;
    let stages = |wanted: &dyn Fn(StageValue) -> bool| {
        site.of_kind(Kind::Partnership)
            .filter(|id| wanted(site.relation(*id).stage.value))
            .count()
    };
    use StageValue::{Active, Approved, Ended, Ending, Intent, Suspended, Talks, Unknown};
    let partnerships = cx.href(PARTNERSHIP_INDEX, Subject::Part(1));
    let index = |kind| cx.href(INDEX, Subject::List(kind, 1));
    let all: [(&str, usize, Option<String>); 9] = [
        (
            "active",
            stages(&|stage| matches!(stage, Active | Ending)),
            partnerships.clone(),
        ),
        (
            "preparing",
            stages(&|stage| matches!(stage, Talks | Intent | Approved)),
            partnerships.clone(),
        ),
        (
            "unknown",
            stages(&|stage| matches!(stage, Unknown | Suspended)),
            partnerships.clone(),
        ),
        ("ended", stages(&|stage| stage == Ended), partnerships),
        ("cities", site.of_kind(Kind::City).len(), index(Kind::City)),
        (
            "regions",
            site.of_kind(Kind::Region).len(),
            index(Kind::Region),
        ),
        (
            "organisations",
            site.of_kind(Kind::Organisation).len(),
            index(Kind::Organisation),
        ),
        ("seekers", open.len(), cx.href(SEEKER_INDEX, Subject::Site)),
        (
            "documents",
            site.documents().len(),
            cx.href(DOCUMENTS, Subject::Part(1)),
        ),
    ];
    all.into_iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(key, count, href)| Number {
            value: cx.language().number(count as i64),
            label: cx.language().count(&format!("number.{key}"), count),
            definition: cx.t(&format!("number_definition.{key}")),
            href,
        })
        .collect()
}

/// The countries by name, with how much there is of each.
fn countries(cx: &Context<'_>) -> Vec<CountryRow> {
    super::country_index::by_name(cx)
        .into_iter()
        .map(|id| {
            let links = &cx.site.countries[id.index()];
            let count = super::country_index::current(cx.site, id);
            CountryRow {
                link: cx.country_link(id),
                partnerships: count,
                partnerships_label: match count {
                    // Only partnerships that are over.
                    0 => cx
                        .language()
                        .count("count.former_partnerships", links.partnerships.len()),
                    count => cx.language().count("count.partnerships", count),
                },
                cities_label: (!links.cities.is_empty())
                    .then(|| cx.language().count("count.cities", links.cities.len())),
            }
        })
        .collect()
}
