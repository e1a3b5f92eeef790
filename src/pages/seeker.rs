//! The page of a call for partners.

use super::body::ShownBody;
use super::brief::{Brief, SeekerBrief};
use super::frame::{Head, Own};
use super::record_parts::CommonView;
use super::shown::{Shown, ShownDate, ShownLink};
use super::{Context, Output, PageKind, SEEKER_INDEX};
use crate::content::Country;
use crate::kinds::{Data, Kind};
use crate::model::{Match, Reason, TermId};
use crate::routes::Subject;
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "seeker",
    routes: |routes| {
        super::add_record_routes(routes, Kind::Seeker, |words| words.index("seekers"));
    },
    render,
};

#[derive(Serialize)]
struct View {
    state: &'static str,
    state_label: String,
    open: bool,
    /// What is known of it, by the component `seeker_facts`.
    facts: Html,
    /// Other calls that may suit this one, and places that might, by `matches`.
    matches: Html,
    /// What the facts are made of, for templates of a site.
    known: Option<Facts>,
    /// For templates of a site; HTML of both is in `common`.
    body: Option<ShownBody>,
    summary: Option<Shown>,
    common: CommonView,
}

/// What the component `seeker_facts` takes.
#[derive(Serialize)]
struct Facts {
    seeker: SeekerBrief,
    deadline: ShownDate,
    size: Option<Shown>,
    regions: Vec<ShownLink>,
}

/// What the component `matches` takes.
#[derive(Serialize)]
struct MatchesView {
    /// Each by `match_entry`.
    calls: Vec<Html>,
    candidates: Vec<Html>,
}

/// Somebody who might suit, with the reasons.
#[derive(Serialize)]
struct MatchView {
    link: Value,
    /// What and where it is.
    place: Value,
    /// Their own call.
    call: Option<ShownLink>,
    /// "valid until …", of their call.
    until: Option<Shown>,
    reasons: Vec<Shown>,
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
    let matches = cx.matches(id);
    let matches = MatchesView {
        calls: cx.found(&matches.calls)?,
        candidates: cx.found(&matches.others)?,
    };
    let is_there = !(matches.calls.is_empty() && matches.candidates.is_empty());
    let Brief::Seeker(brief) = cx.brief(id) else {
        unreachable!("the record is a call")
    };
    let facts = Facts {
        seeker: brief,
        deadline: cx.of_date(seeker.until.value),
        size: cx.shown_option(&seeker.size),
        regions: regions.into_iter().map(|region| cx.link(region)).collect(),
    };
    let view = View {
        state: facts.seeker.state,
        state_label: facts.seeker.state_label.clone(),
        open: facts.seeker.open,
        facts: cx.component("seeker_facts", &facts)?,
        matches: cx.component_if(is_there, "matches", &matches)?,
        known: cx.for_own_templates(|| Some(facts)),
        body: cx.for_own_templates(|| cx.body(id)),
        summary: cx.for_own_templates(|| cx.summary(id)),
        common: cx.common(id, None)?,
    };
    let title = cx.say_shown("seeker.title", "name", &cx.label(id));
    let mut head = Head::new(title, "seekers");
    head.section = Some(cx.unique_section(id, "seekers"));
    head.own_text = Own::Record(id);
    head.above = cx.above("seekers", SEEKER_INDEX, Subject::Site)?;
    head.description = cx.summary(id).map(|summary| summary.text);
    cx.html("seeker.html", head, &view)
}

impl Context<'_> {
    fn found(&self, found: &[Match]) -> Result<Vec<Html>, TemplateError> {
        #[derive(Serialize)]
        struct Item {
            item: MatchView,
        }
        let entry = |found| {
            let item = self.match_view(found)?;
            self.component("match_entry", &Item { item })
        };
        found.iter().map(entry).collect()
    }

    fn match_view(&self, found: &Match) -> Result<MatchView, TemplateError> {
        let parts = self.party_parts(found.party)?;
        let until = found
            .call
            .and_then(|call| match &self.site.record(call).data {
                Data::Seeker(seeker) => Some(self.say_date("valid_until", seeker.until.value)),
                _ => None,
            });
        Ok(MatchView {
            link: parts.link.clone(),
            place: parts.place.clone(),
            call: found.call.and_then(|call| {
                let title = self.say_shown("seeker.title", "name", &self.label(call));
                Some(ShownLink::to(self.record_href(call)?, title))
            }),
            until,
            reasons: found
                .reasons
                .iter()
                .map(|reason| self.reason(reason))
                .collect(),
        })
    }

    /// Why somebody might suit, in the reader's words.
    fn reason(&self, reason: &Reason) -> Shown {
        let country = |key: &str, country: &Country| {
            let name = Shown::plain(self.language().country(country.as_str()));
            self.say_shown(key, "country", &name)
        };
        let areas = |key: &str, areas: &[TermId]| {
            let names: Vec<Shown> = areas.iter().map(|area| self.area_name(*area)).collect();
            self.say_shown(key, "areas", &self.list(&names))
        };
        match reason {
            Reason::Areas(shared) => areas("match.areas", shared),
            Reason::Practised(shared) => areas("match.practised", shared),
            Reason::InCountry(wanted) => country("match.in_country", wanted),
            Reason::SeeksCountry(wanted) => country("match.seeks_country", wanted),
            Reason::InRegion(region) => {
                self.say_shown("match.in_region", "region", &self.label(*region))
            }
            Reason::SeeksRegion(region) => {
                self.say_shown("match.seeks_region", "region", &self.label(*region))
            }
            Reason::Languages(shared) => {
                let names: Vec<String> = shared
                    .iter()
                    .map(|lang| self.language().language_name(*lang))
                    .collect();
                let names = Shown::plain(self.language().list(&names));
                self.say_shown("match.languages", "languages", &names)
            }
            Reason::Partnerships(0) => Shown::plain(self.t("match.no_partnership")),
            Reason::Partnerships(count) => {
                let count = self.language().count("count.partnerships", *count);
                self.say_shown("match.few_partnerships", "count", &Shown::plain(count))
            }
            Reason::Population(count) => {
                let count = self.language().number(i64::from(*count));
                self.say_shown("match.population", "n", &Shown::plain(count))
            }
        }
    }
}
