//! Records as components of the theme see them that make entries of lists.

use super::context::Context;
use super::crumb::Crumb;
use super::entry::Parts;
use super::facets;
use super::made::{Made, MadeByKey, MadeLately, MadeOfEach};
use super::map::Marker;
use super::picture::PictureView;
use super::searchable::Searchable;
use super::shown::{Shown, ShownDate, ShownLink};
use super::versions::Versions;
use super::xml_sitemap::is_announced;
use crate::kinds::{Data, EventState, SeekerState, Untranslated};
use crate::map::Place;
use crate::model::{
    CountryId, LanguageId, Matches, Matching, OwnKind, RecordId, Relation, Site, TermId,
};
use crate::routes::{PageId, Route, Subject};
use crate::source::Spanned;
use crate::theme::{Html, Skeletons, TemplateError};
use serde::Serialize;
use std::sync::{Arc, OnceLock};
use tera::Value;

/// A list of a page, by the page with its lists at their first part, and the list's name.
type ListKey = (Route, &'static str);

/// What has been made once for many pages: entries by language and record, each
/// language's chrome, the order and the facets of lists that have several parts,
/// what maps need, what the search finds records by, what lists
/// are filtered by, who might suit a call, and which pages are announced.
///
/// All of it follows from the snapshot; it is kept only to be made once.
pub struct Briefs {
    /// By language.
    parts: Vec<MadeOfEach<Parts>>,
    chrome: Vec<Made<Value>>,
    mastheads: MadeByKey<(LanguageId, &'static str), Html>,
    listings: MadeByKey<ListKey, Arc<[RecordId]>>,
    places: MadeOfEach<Option<Place>>,
    /// By language.
    markers: Vec<MadeOfEach<Marker>>,
    searchable: Made<Searchable>,
    matching: Made<Matching>,
    matches: MadeOfEach<Matches>,
    pub(super) facets: MadeOfEach<Value>,
    announced: Made<Vec<u32>>,
    pictures: Vec<OnceLock<Option<PictureView>>>,
    /// By language: links to the pages of all countries and of all areas.
    countries: Vec<Vec<OnceLock<ShownLink>>>,
    areas: Vec<Vec<OnceLock<ShownLink>>>,
    shared: MadeByKey<ListKey, Value>,
    kind_labels: MadeByKey<(LanguageId, OwnKind), String>,
    /// The home pages, and the lists that other pages lie below, by their names.
    sections: MadeByKey<(LanguageId, &'static str), Option<Arc<Crumb>>>,
    /// Pages in all languages, by what they are; with templates of a site, by language too.
    pub(super) versions: MadeLately<(PageId, Subject, Option<LanguageId>), Arc<Versions>>,
    pub(super) skeletons: Skeletons,
}

impl Briefs {
    /// None made yet.
    pub fn new(site: &Site) -> Briefs {
        let records = site.all().count();
        let languages = site.languages.len();
        Briefs {
            parts: (0..languages).map(|_| MadeOfEach::new(records)).collect(),
            chrome: (0..languages).map(|_| Made::default()).collect(),
            mastheads: MadeByKey::default(),
            listings: MadeByKey::default(),
            places: MadeOfEach::new(records),
            markers: (0..languages).map(|_| MadeOfEach::new(records)).collect(),
            searchable: Made::default(),
            matching: Made::default(),
            matches: MadeOfEach::new(records),
            facets: MadeOfEach::new(records),
            announced: Made::default(),
            pictures: site.assets.all().iter().map(|_| OnceLock::new()).collect(),
            countries: unmade(languages, site.countries.len()),
            areas: unmade(languages, site.areas.all().count()),
            shared: MadeByKey::default(),
            kind_labels: MadeByKey::default(),
            sections: MadeByKey::default(),
            versions: MadeLately::default(),
            skeletons: Skeletons::new(languages),
        }
    }

    /// What other pages show of a record.
    pub(super) fn parts(&self, reader: LanguageId, id: RecordId) -> &Made<Parts> {
        self.parts[reader.index()].of(id)
    }

    /// Where a record is.
    pub(super) fn place(
        &self,
        id: RecordId,
        find: impl FnOnce() -> Option<Place>,
    ) -> Option<Place> {
        *self.places.of(id).get_or_make(find)
    }

    /// The picture at a place in the list of published files, which are no record's.
    pub(super) fn picture(&self, place: usize, site: &Site) -> Option<&PictureView> {
        self.pictures[place]
            .get_or_init(|| PictureView::new(&site.assets.all()[place]))
            .as_ref()
    }

    /// A page that others lie below, by its name; `None` where there is none.
    pub(super) fn section(
        &self,
        reader: LanguageId,
        section: &'static str,
        make: impl FnOnce() -> Result<Option<Arc<Crumb>>, TemplateError>,
    ) -> Result<Option<Arc<Crumb>>, TemplateError> {
        self.sections.get_or_try((reader, section), make)
    }

    /// The link to a country's page.
    pub(super) fn country_link(
        &self,
        reader: LanguageId,
        country: CountryId,
        make: impl FnOnce() -> ShownLink,
    ) -> &ShownLink {
        self.countries[reader.index()][country.index()].get_or_init(make)
    }

    /// The link to an area's page.
    pub(super) fn area_link(
        &self,
        reader: LanguageId,
        area: TermId,
        make: impl FnOnce() -> ShownLink,
    ) -> &ShownLink {
        self.areas[reader.index()][area.index()].get_or_init(make)
    }

    /// What all maps show of a record.
    pub(super) fn marker(
        &self,
        reader: LanguageId,
        id: RecordId,
        make: impl FnOnce() -> Marker,
    ) -> &Marker {
        self.markers[reader.index()].of(id).get_or_make(make)
    }
}

/// For each language, room for so many things that are no record's.
fn unmade<T>(languages: usize, count: usize) -> Vec<Vec<OnceLock<T>>> {
    let language = || (0..count).map(|_| OnceLock::new()).collect();
    (0..languages).map(|_| language()).collect()
}

/// What components see of a record.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Brief {
    Party(PartyBrief),
    Partnership(PartnershipBrief),
    News(NewsBrief),
    Event(EventBrief),
    Seeker(SeekerBrief),
    Titled(TitledBrief),
}

/// A city, region, institution or organisation. The built-in theme prints no name beside the
/// link, and no summary: both are for templates of a site.
#[derive(Serialize)]
pub(super) struct PartyBrief {
    id: String,
    kind: &'static str,
    pub(super) kind_label: String,
    name: Option<Shown>,
    pub(super) link: ShownLink,
    href: String,
    pub(super) country: Option<ShownLink>,
    /// What it is part of.
    pub(super) within: Option<ShownLink>,
    summary: Option<Shown>,
    /// Partnerships that are not over.
    pub(super) partners: usize,
    pub(super) partners_label: String,
    pub(super) seeks: bool,
}

/// A partnership.
#[derive(Serialize)]
pub(super) struct PartnershipBrief {
    pub(super) id: String,
    pub(super) href: String,
    /// The names of its parties, each in its language.
    pub(super) name: Shown,
    pub(super) parties: Vec<Shown>,
    pub(super) kind: &'static str,
    pub(super) kind_label: String,
    pub(super) stage: StageView,
    /// For templates of a site.
    pub(super) since: Option<ShownDate>,
    pub(super) areas: Vec<ShownLink>,
    pub(super) summary: Option<Shown>,
    pub(super) ended: bool,
    pub(super) domestic: bool,
}

/// A stage: its name, and what is known of it.
#[derive(Debug, Clone, Serialize)]
pub struct StageView {
    /// As in the data: `active`.
    pub value: &'static str,
    pub label: String,
    /// Since when, until when, who is waited for; none when there is nothing to say.
    pub detail: Option<Shown>,
    /// Why somebody set it by hand.
    pub reason: Option<Shown>,
}

/// A news item.
#[derive(Serialize)]
pub(super) struct NewsBrief {
    id: String,
    href: String,
    title: Shown,
    date: ShownDate,
    summary: Option<Shown>,
    /// The language it is in, where that is not the page's and the site says to mark it.
    other_language: Option<String>,
    /// For templates of a site.
    topics: Vec<ShownLink>,
}

/// An event.
#[derive(Serialize)]
pub(super) struct EventBrief {
    id: String,
    href: String,
    title: Shown,
    when: ShownDate,
    kind_label: String,
    place: Option<ShownLink>,
    state: Option<&'static str>,
    state_label: Option<String>,
    past: bool,
    summary: Option<Shown>,
}

/// A call for partners.
#[derive(Serialize)]
pub(super) struct SeekerBrief {
    id: String,
    href: String,
    party: Option<ShownLink>,
    name: Option<Shown>,
    /// "valid until …"
    until: Shown,
    pub(super) open: bool,
    pub(super) state: &'static str,
    pub(super) state_label: String,
    /// "wanted in: …"
    countries: String,
    areas: Vec<ShownLink>,
    languages: String,
    summary: Option<Shown>,
}

/// A project or a free page.
#[derive(Serialize)]
pub(super) struct TitledBrief {
    id: String,
    href: String,
    title: Shown,
    summary: Option<Shown>,
    period: Option<String>,
}

impl Context<'_> {
    /// The brief of a record, in the reader's language.
    pub(super) fn brief(&self, id: RecordId) -> Brief {
        let site = self.site;
        let record = site.record(id);
        let href = || self.record_href(id).unwrap_or_default();
        let summary = || self.summary(id);
        let text_id = record.id.clone();
        match &record.data {
            Data::City(_) | Data::Region(_) | Data::Institution(_) | Data::Organisation(_) => {
                let partners = site.links(id).current;
                Brief::Party(PartyBrief {
                    id: text_id,
                    kind: record.kind().name(),
                    kind_label: self.kind_label(id),
                    name: self.for_own_templates(|| Some(self.label(id))),
                    link: self.link(id),
                    href: self.for_own_templates(href),
                    country: site
                        .country_id(id)
                        .map(|country| self.country_link(country)),
                    within: site.ancestors(id).next().map(|above| self.link(above)),
                    summary: self.for_own_templates(summary),
                    partners,
                    partners_label: self.language().count("count.partnerships", partners),
                    seeks: facets::is_seeking(site, id),
                })
            }
            Data::Partnership(partnership) => {
                let relation = site.relation(id);
                let terms = site.terms(&site.areas, &partnership.areas);
                Brief::Partnership(PartnershipBrief {
                    id: text_id,
                    href: href(),
                    name: self.label(id),
                    parties: relation
                        .parties
                        .iter()
                        .map(|party| self.label(party.record))
                        .collect(),
                    kind: relation.kind.as_str(),
                    kind_label: self.kind_label(id),
                    stage: self.stage(relation),
                    since: self
                        .for_own_templates(|| relation.since.map(|since| self.of_date(since))),
                    areas: terms.into_iter().map(|area| self.area_link(area)).collect(),
                    summary: summary(),
                    ended: relation.is_ended(),
                    domestic: relation.domestic,
                })
            }
            Data::News(news) => {
                let excerpt = || {
                    let body = site.find_body(id, self.reader)?;
                    Some(Shown::new(&body.value.excerpt, body.lang))
                };
                let topics = || {
                    let terms = site.terms(&site.topics, &news.topics).into_iter();
                    terms.map(|topic| self.topic_link(topic)).collect()
                };
                Brief::News(NewsBrief {
                    id: text_id,
                    href: href(),
                    title: self.label(id),
                    date: self.date(news.date.date),
                    summary: summary()
                        .or_else(excerpt)
                        .filter(|shown| !shown.text.is_empty()),
                    other_language: self.other_language(id),
                    topics: self.for_own_templates(topics),
                })
            }
            Data::Event(event) => Brief::Event(EventBrief {
                id: text_id,
                href: href(),
                title: self.label(id),
                when: self.when(event),
                kind_label: self.kind_label(id),
                place: event
                    .place
                    .as_ref()
                    .and_then(|place| self.link_or_text(place)),
                state: self.event_state(event).map(EventState::as_str),
                state_label: self
                    .event_state(event)
                    .map(|state| self.t(&format!("event_state.{}", state.as_str()))),
                past: site.is_past(id),
                summary: summary(),
            }),
            Data::Seeker(seeker) => {
                let state = seeker.state.unwrap_or(SeekerState::Open);
                let countries: Vec<String> = seeker
                    .countries
                    .iter()
                    .map(|country| self.language().country(country.as_str()))
                    .collect();
                let languages: Vec<String> = seeker
                    .languages
                    .iter()
                    .map(|lang| self.language().language_name(*lang))
                    .collect();
                let terms = site.terms(&site.areas, &seeker.areas);
                Brief::Seeker(SeekerBrief {
                    id: text_id,
                    href: href(),
                    party: site.resolve(&seeker.party).map(|party| self.link(party)),
                    name: site.resolve(&seeker.party).map(|party| self.label(party)),
                    until: self.say_date("valid_until", seeker.until.value),
                    open: site.is_open(id),
                    state: state.as_str(),
                    state_label: self.t(&format!("seeker_state.{}", state.as_str())),
                    countries: self.language().list(&countries),
                    areas: terms.into_iter().map(|area| self.area_link(area)).collect(),
                    languages: self.language().list(&languages),
                    summary: summary(),
                })
            }
            Data::Project(project) => Brief::Titled(TitledBrief {
                id: text_id,
                href: href(),
                title: self.label(id),
                summary: summary(),
                period: self.period(project.start, project.end.map(Spanned::into_value)),
            }),
            Data::Page(_) => Brief::Titled(TitledBrief {
                id: text_id,
                href: href(),
                title: self.label(id),
                summary: summary(),
                period: None,
            }),
        }
    }

    /// What a record is: `Town`, `County`.
    pub(super) fn kind_label(&self, id: RecordId) -> String {
        let kind = self.site.own_kind(id);
        let labels = &self.briefs.kind_labels;
        labels.get_or_make((self.reader, kind), || kind.label(self.language()))
    }

    /// What all pages of a language have in common, made once.
    pub(super) fn chrome(
        &self,
        make: impl FnOnce() -> Result<Value, TemplateError>,
    ) -> Result<&Value, TemplateError> {
        self.briefs.chrome[self.reader.index()].get_or_try(make)
    }

    /// The header of the language's pages below a menu entry, made once.
    pub(super) fn masthead_of(
        &self,
        menu: &'static str,
        make: impl FnOnce() -> Result<Html, TemplateError>,
    ) -> Result<Html, TemplateError> {
        let key = (self.reader, menu);
        self.briefs.mastheads.get_or_try(key, make)
    }

    /// The records of a list of this page, in order, whatever the part shown;
    /// `name` tells the page's lists apart.
    pub(super) fn listing(
        &self,
        name: &'static str,
        make: impl FnOnce() -> Vec<RecordId>,
    ) -> Arc<[RecordId]> {
        let key = self.list_key(name);
        self.briefs.listings.get_or_make(key, || make().into())
    }

    /// What the search finds records by, the same in all languages.
    pub(super) fn searchable(&self) -> &Searchable {
        let make = || Searchable::new(self.site);
        self.briefs.searchable.get_or_make(make)
    }

    /// The places of the routes that the sitemap has.
    pub(super) fn announced(&self) -> &[u32] {
        self.briefs.announced.get_or_make(|| {
            let places = (0..).zip(self.routes.iter());
            let announced = places.filter(|(_, page)| is_announced(self.site, page));
            announced.map(|(place, _)| place).collect()
        })
    }

    /// Those who might suit a call, the same in all languages.
    pub(super) fn matches(&self, seeker: RecordId) -> &Matches {
        let briefs = self.briefs;
        briefs.matches.of(seeker).get_or_make(|| {
            let matching = briefs.matching.get_or_make(|| Matching::new(self.site));
            matching.of(self.site, seeker)
        })
    }

    /// What all parts of this page's lists show alike; `name` tells such things apart.
    pub(super) fn shared(&self, name: &'static str, make: impl FnOnce() -> Value) -> Value {
        self.briefs.shared.get_or_make(self.list_key(name), make)
    }

    fn list_key(&self, name: &'static str) -> ListKey {
        let first = Route {
            subject: self.route.subject.first_part(),
            ..self.route
        };
        (first, name)
    }

    /// The language a record's text is in, where it is not the reader's and is to be marked.
    pub fn other_language(&self, id: RecordId) -> Option<String> {
        let site = self.site;
        let mark = site.config.news.as_ref().and_then(|news| news.untranslated);
        if mark == Some(Untranslated::Show) || site.has_own_text(site.record(id), self.reader) {
            return None;
        }
        let found = site.find_body(id, self.reader).and_then(|found| found.lang);
        let lang = found.or(site.label(id, self.reader).lang)?;
        Some(self.language().language_name(lang))
    }

    fn event_state(&self, event: &crate::kinds::Event) -> Option<EventState> {
        event.state.filter(|state| *state != EventState::Planned)
    }

    /// When an event is, as one text.
    pub fn when(&self, event: &crate::kinds::Event) -> ShownDate {
        let clocks = self.site.clocks(event);
        let start = clocks.read(event.start);
        let end = event.end.map_or(start, |end| clocks.read(end.value));
        ShownDate {
            text: self.language().moment_range(start, end),
            iso: start.to_string(),
        }
    }

    /// From when to when, where either is known.
    pub fn period(
        &self,
        start: Option<crate::lang::PartialDate>,
        end: Option<crate::lang::PartialDate>,
    ) -> Option<String> {
        match (start, end) {
            (Some(start), Some(end)) => Some(self.language().date_range(start, end)),
            (Some(start), None) => Some(self.say_date("date.since", start).text),
            (None, Some(end)) => Some(self.say_date("date.until", end).text),
            (None, None) => None,
        }
    }

    /// A topic's name that leads to its page.
    pub fn topic_link(&self, topic: crate::model::TermId) -> ShownLink {
        let name = self.topic_name(topic);
        let href = self.href(super::TOPIC, crate::routes::Subject::Term(topic, 1));
        ShownLink::new(&name.text, name.lang, href)
    }

    /// A topic's name.
    pub fn topic_name(&self, topic: crate::model::TermId) -> Shown {
        let term = self.site.topics.term(topic);
        let id = self.site.topics.id(topic);
        self.shown_option(&term.name)
            .unwrap_or_else(|| Shown::plain(id.to_owned()))
    }

    /// The stage of a partnership in words.
    pub fn stage(&self, relation: &Relation) -> StageView {
        let stage = &relation.stage;
        let value = stage.value.as_str();
        let names = |parties: &[usize]| {
            let names: Vec<Shown> = parties
                .iter()
                .filter_map(|index| relation.parties.get(*index))
                .map(|party| self.label(party.record))
                .collect();
            self.list(&names)
        };
        let plain = |key: &str| Shown::plain(self.t(key));
        let mut details: Vec<Shown> = Vec::new();
        let since = ["stage_since.", value].concat();
        details.extend(stage.since.map(|date| self.say_date(&since, date)));
        details.extend(stage.until.map(|until| self.say_date("date.until", until)));
        if stage.expired {
            details.push(plain("stage_detail.expired"));
        }
        let mut said_of = |key: &str, parties: &[usize]| {
            if !parties.is_empty() {
                details.push(self.say_shown(key, "parties", &names(parties)));
            }
        };
        said_of("stage_detail.approved_by", &stage.approved);
        said_of("stage_detail.waiting_for", &stage.waiting);
        said_of("stage_detail.by", stage.by.as_slice());
        let dated = stage.since.is_some() || stage.value == crate::kinds::StageValue::Unknown;
        if !dated && stage.overridden.is_none() {
            details.push(plain("stage_detail.undated"));
        }
        StageView {
            value,
            label: self.stage_label(relation),
            reason: stage
                .overridden
                .as_ref()
                .and_then(|reason| self.shown(reason)),
            detail: (!details.is_empty()).then(|| Shown::joined(&details, "; ")),
        }
    }

    /// The word for where a partnership stands.
    pub(super) fn stage_label(&self, relation: &Relation) -> String {
        self.t(&["stage.", relation.stage.value.as_str()].concat())
    }
}
