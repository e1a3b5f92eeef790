//! The linked site.

use super::assets::Assets;
use super::country::CountryLinks;
use super::ids::RecordIds;
use super::label::{Label, Labels};
use super::reads::{Part, note};
use super::redirect::Redirect;
use super::stage::Stage;
use super::term::Vocabulary;
use super::{CountryId, LanguageId, RecordId};
use crate::content::{Country, Reference, ReferenceOrText, ReferenceTo, Text};
use crate::kinds::{
    Data, Declaration, Kind, MemberRole, PartnershipKind, Record, SiteConfig, StageValue,
};
use crate::lang::{Lang, Language, LetterId, PartialDate};
use jiff::civil::Date;
use std::collections::HashSet;
use std::ops::Deref;
use std::sync::Arc;

/// All records of a site, linked; immutable.
pub struct Site {
    pub(super) records: Vec<Arc<Record>>,
    /// By language.
    pub(super) labels: Vec<Arc<Labels>>,
    /// By partnership.
    pub(super) relations: Arc<Vec<Arc<Relation>>>,
    /// By record.
    pub(super) links: Arc<Vec<Links>>,
    /// Shared by sites that differ only in what pages show of their records.
    linked: Arc<Linked>,
}

/// What a site is, whatever pages show of its records and wherever partnerships stand.
pub struct Linked {
    pub config: SiteConfig,
    /// The facts of the accessibility statement.
    pub accessibility: Option<Declaration>,
    pub languages: Vec<Arc<Language>>,
    /// The day the site shows: what "upcoming" and every stage depend on.
    pub as_of: Date,
    pub areas: Vocabulary,
    pub topics: Vocabulary,
    pub assets: Assets,
    /// Drafts and news of days to come: no part of the site, but work for its editors.
    pub drafts: Vec<Arc<Record>>,
    /// The party whose own site this is, if it is one's.
    pub focus: Option<RecordId>,
    pub countries: Vec<CountryLinks>,
    pub(super) ids: Arc<RecordIds>,
    /// Records that are no part of the site, though their ids are there.
    pub(super) withheld: HashSet<(Kind, String)>,
    /// By record: whether all that it refers to is there.
    pub(super) whole: Vec<bool>,
    pub(super) record_countries: Vec<Option<CountryId>>,
    pub(super) chains: Vec<Vec<Lang>>,
    pub(super) news: Vec<RecordId>,
    /// By news item, in the order of records: its place in `news`.
    pub(super) news_places: Vec<u32>,
    pub(super) documents: Vec<(RecordId, usize)>,
    pub(super) redirects: Vec<Redirect>,
}

impl Deref for Site {
    type Target = Linked;

    fn deref(&self) -> &Linked {
        &self.linked
    }
}

/// What belongs to a record, from whichever side it was written.
#[derive(Debug, Clone, Default, Hash)]
pub struct Links {
    /// Partnerships it is a party to.
    pub partnerships: Vec<RecordId>,
    /// How many of them are not over, and were not left by it.
    pub current: usize,
    /// Partnerships it takes part in without being a party.
    pub takes_part: Vec<RecordId>,
    /// Partnerships it brought about.
    pub initiated: Vec<RecordId>,
    /// Organisations it is a member of.
    pub member_of: Vec<Member>,
    /// Its members.
    pub members: Vec<Member>,
    /// What is directly part of it: cities, institutions, pages.
    pub parts: Vec<RecordId>,
    pub news: Vec<RecordId>,
    pub events: Vec<RecordId>,
    pub projects: Vec<RecordId>,
    pub seekers: Vec<RecordId>,
}

/// One side of a membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Member {
    /// The other side.
    pub record: RecordId,
    pub since: Option<PartialDate>,
    pub until: Option<PartialDate>,
    pub role: Option<MemberRole>,
}

impl Member {
    /// Whether it is over by a day.
    pub fn is_over(&self, as_of: Date) -> bool {
        self.until.is_some_and(|until| until.latest() < as_of)
    }
}

/// A partnership, resolved.
#[derive(Debug, Clone)]
pub struct Relation {
    pub parties: Vec<PartyLink>,
    pub kind: PartnershipKind,
    pub stage: Stage,
    /// Since when the parties are bound: the first signing of the last cycle.
    pub since: Option<PartialDate>,
    /// The steps in the order of time, by their indices.
    pub history: Vec<usize>,
    /// Whether all parties are in one country.
    pub domestic: bool,
}

/// A party of a partnership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartyLink {
    pub record: RecordId,
    pub joined: Option<PartialDate>,
    pub left: Option<PartialDate>,
}

impl Relation {
    /// Whether it is over; such partnerships are counted apart.
    pub fn is_ended(&self) -> bool {
        self.stage.value == StageValue::Ended
    }

    /// Whether it is over, or was left by a party.
    pub fn is_over_for(&self, party: RecordId, as_of: Date) -> bool {
        let left = || self.parties.iter().find(|link| link.record == party)?.left;
        self.is_ended() || left().is_some_and(|left| left.latest() <= as_of)
    }

    /// The parties other than one.
    pub fn others(&self, party: RecordId) -> impl Iterator<Item = &PartyLink> {
        self.parties.iter().filter(move |link| link.record != party)
    }
}

/// How many places or pages may lie around one another: village, commune,
/// county, region, country, union leave room. Each page names them all.
pub const MOST_ABOVE: usize = 16;

impl Site {
    /// A site about to be linked.
    pub(super) fn new(records: Vec<Arc<Record>>, linked: Linked) -> Site {
        Site {
            links: Arc::new(vec![Links::default(); records.len()]),
            records,
            labels: Vec::new(),
            relations: Arc::default(),
            linked: Arc::new(linked),
        }
    }

    /// What is being linked, before anybody else has the site.
    pub(super) fn linking(&mut self) -> &mut Linked {
        Arc::get_mut(&mut self.linked).expect("a site that is being linked is not shared")
    }

    /// The site with other texts in some records; see [`Record::is_linked_like`].
    pub fn with_texts(&self, changed: Vec<(RecordId, Arc<Record>)>) -> Site {
        let mut records = self.records.clone();
        for (id, record) in changed {
            records[id.index()] = record;
        }
        Site {
            records,
            labels: self.labels.clone(),
            relations: Arc::clone(&self.relations),
            links: Arc::clone(&self.links),
            linked: Arc::clone(&self.linked),
        }
    }

    /// The site with other texts and other names in some records; see [`Record::is_linked_like`].
    pub fn with_names(&self, changed: Vec<(RecordId, Arc<Record>)>) -> Site {
        let renamed: Vec<RecordId> = changed.iter().map(|(id, _)| *id).collect();
        let mut site = self.with_texts(changed);
        site.labels = Labels::of_renamed(&site, self, &renamed);
        site
    }

    /// The site with some partnerships standing where their records say now; nothing else has
    /// changed in these.
    pub fn with_standing(mut self, changed: &[RecordId]) -> Site {
        super::link::stand(&mut self, changed);
        self
    }

    /// Every record, as it was written.
    pub fn records(&self) -> &[Arc<Record>] {
        &self.records
    }

    /// Every record.
    pub fn all(&self) -> impl Iterator<Item = RecordId> + use<> {
        (0..self.records.len() as u32).map(RecordId)
    }

    /// Every record of a kind, by id.
    pub fn of_kind(
        &self,
        kind: Kind,
    ) -> impl ExactSizeIterator<Item = RecordId> + DoubleEndedIterator + use<> {
        self.ids.of_kind(kind).map(RecordId)
    }

    /// A record, as it was written.
    pub fn record(&self, id: RecordId) -> &Record {
        note(Part::Facts(id));
        &self.records[id.index()]
    }

    /// What belongs to a record.
    pub fn links(&self, id: RecordId) -> &Links {
        note(Part::Facts(id));
        &self.links[id.index()]
    }

    /// A partnership, resolved.
    pub fn relation(&self, partnership: RecordId) -> &Relation {
        note(Part::Facts(partnership));
        let first = self.ids.of_kind(Kind::Partnership).start;
        &self.relations[(partnership.0 - first) as usize]
    }

    /// The record of a kind with this id.
    pub fn get(&self, kind: Kind, id: &str) -> Option<RecordId> {
        self.ids.get(kind, id)
    }

    /// The record a reference means; `None` when it is missing or not published.
    pub fn resolve<T: ReferenceTo>(&self, reference: &Reference<T>) -> Option<RecordId> {
        T::KINDS
            .iter()
            .filter_map(|name| Kind::from_name(name))
            .find_map(|kind| self.get(kind, &reference.id))
    }

    /// The record that a field means which may hold a text instead.
    pub fn resolve_or_text<T: ReferenceTo>(&self, field: &ReferenceOrText<T>) -> Option<RecordId> {
        match field {
            ReferenceOrText::Reference(reference) => self.resolve(reference),
            ReferenceOrText::Text(_) => None,
        }
    }

    /// The party that a text names by its id, if it does.
    pub fn party_named(&self, text: &Text) -> Option<RecordId> {
        let id = text.same.as_deref()?;
        Kind::ALL
            .iter()
            .filter(|kind| kind.is_party())
            .find_map(|kind| self.get(*kind, id))
    }

    /// The records some references mean, each once.
    pub fn resolve_all<T: ReferenceTo>(&self, references: &[Reference<T>]) -> Vec<RecordId> {
        let mut found = Vec::with_capacity(references.len());
        for id in references
            .iter()
            .filter_map(|reference| self.resolve(reference))
        {
            if !found.contains(&id) {
                found.push(id);
            }
        }
        found
    }

    /// The site's languages.
    pub fn language_ids(&self) -> impl Iterator<Item = LanguageId> + use<> {
        (0..self.languages.len() as u8).map(LanguageId)
    }

    /// The language that stands in where another has no text.
    pub fn default_language(&self) -> LanguageId {
        let default = self.config.default_language.value;
        self.language_ids()
            .find(|id| self.tag(*id) == default)
            .unwrap_or(LanguageId(0))
    }

    /// A language of the site.
    pub fn language(&self, id: LanguageId) -> &Language {
        &self.languages[id.index()]
    }

    /// A reader's language, and those that stand in for it, in order; never empty.
    pub fn chain(&self, reader: LanguageId) -> &[Lang] {
        &self.chains[reader.index()]
    }

    /// What a record is called in a language.
    pub fn label(&self, id: RecordId, reader: LanguageId) -> &Label {
        note(Part::Facts(id));
        &self.labels[reader.index()].labels[id.index()]
    }

    /// The other records of its kind that have the same label in a language.
    pub fn namesakes(&self, id: RecordId, reader: LanguageId) -> &[RecordId] {
        note(Part::Facts(id));
        self.labels[reader.index()]
            .namesakes
            .get(&id)
            .map_or(&[], Vec::as_slice)
    }

    /// All news, the newest first.
    pub fn news(&self) -> &[RecordId] {
        &self.news
    }

    /// The place of a news item among all news.
    pub fn news_place(&self, item: RecordId) -> usize {
        let first = self.ids.of_kind(Kind::News).start;
        self.news_places[(item.0 - first) as usize] as usize
    }

    /// Every document, as the record and the place among its documents: the
    /// newest first, undated ones last.
    pub fn documents(&self) -> &[(RecordId, usize)] {
        &self.documents
    }

    /// Every former address.
    pub fn redirects(&self) -> &[Redirect] {
        &self.redirects
    }

    /// Sorts records by their labels, in the alphabet of a language.
    pub fn sort_by_label(&self, records: &mut [RecordId], reader: LanguageId) {
        let ranks = &self.labels[reader.index()].ranks;
        records.sort_by_key(|id| ranks[id.index()]);
    }

    /// The labels in a language, each with its sort key.
    pub fn sort_keys(&self, reader: LanguageId) -> impl Iterator<Item = (&Arc<str>, &Arc<[u8]>)> {
        self.labels[reader.index()].sort_keys()
    }

    /// The place of a record in the alphabet of a language.
    pub fn rank(&self, id: RecordId, reader: LanguageId) -> u32 {
        self.labels[reader.index()].ranks[id.index()]
    }

    /// The letter of an index that a record stands under, in the alphabet of a language.
    pub fn letter(&self, id: RecordId, reader: LanguageId) -> LetterId {
        note(Part::Facts(id));
        self.labels[reader.index()].letters[id.index()]
    }

    /// The country a record is in.
    pub fn country(&self, id: RecordId) -> Option<Country> {
        self.country_id(id)
            .map(|country| self.countries[country.index()].country)
    }

    /// The country a record is in, among those of the site.
    pub fn country_id(&self, id: RecordId) -> Option<CountryId> {
        note(Part::Facts(id));
        self.record_countries[id.index()]
    }

    /// What a place or institution is part of, nearest first; ends at a cycle,
    /// and after [`MOST_ABOVE`].
    pub fn ancestors(&self, id: RecordId) -> impl Iterator<Item = RecordId> {
        let mut seen = Vec::with_capacity(4);
        seen.push(id);
        std::iter::from_fn(move || {
            let last = *seen.last()?;
            let above = match &self.record(last).data {
                Data::Page(page) => page.parent.as_ref().and_then(|parent| self.resolve(parent)),
                data => data
                    .profile()
                    .and_then(|profile| profile.part_of.as_ref())
                    .and_then(|part_of| self.resolve(part_of)),
            }?;
            if seen.contains(&above) || seen.len() > MOST_ABOVE {
                return None;
            }
            seen.push(above);
            Some(above)
        })
    }

    /// The day a news item or an event is at; what lists of them are sorted by.
    pub fn day(&self, id: RecordId) -> Option<PartialDate> {
        match &self.record(id).data {
            Data::News(news) => Some(news.date.date),
            Data::Event(event) => Some(event.start.date),
            Data::Project(project) => project.start,
            _ => None,
        }
    }

    /// Whether an event is over by the as-of date.
    pub fn is_past(&self, event: RecordId) -> bool {
        match &self.record(event).data {
            Data::Event(event) => {
                event.end.map_or(event.start, |end| end.value).date.latest() < self.as_of
            }
            _ => false,
        }
    }

    /// Whether a call for partners is still open to answers.
    pub fn is_open(&self, seeker: RecordId) -> bool {
        use crate::kinds::SeekerState;
        match &self.record(seeker).data {
            Data::Seeker(seeker) => {
                let state = seeker.state.unwrap_or(SeekerState::Open);
                matches!(state, SeekerState::Open | SeekerState::Talks)
                    && seeker.until.value.latest() >= self.as_of
            }
            _ => false,
        }
    }
}
