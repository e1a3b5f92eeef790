//! Records → the linked site.

use super::assets::Assets;
use super::before::Before;
use super::country::CountryLinks;
use super::ids::RecordIds;
use super::label::Labels;
use super::site::{Linked, Links, Member, PartyLink, Relation, Site};
use super::term::Vocabulary;
use super::{CountryId, LanguageId, RecordId, history, redirect, stage};
use crate::content::{Country, Destination, Problems, quoted};
use crate::diag::{self, Code, Diagnostic};
use crate::kinds::{
    Data, Declaration, Kind, Mentions, PartnershipKind, Record, ReferenceMention, SiteConfig, Term,
};
use crate::lang::{Lang, Language, SortKeys, slugify};
use crate::source::{Span, Spanned};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What has been read and waits to be linked.
pub struct Parsed {
    pub config: SiteConfig,
    pub accessibility: Option<Declaration>,
    pub languages: Vec<Arc<Language>>,
    pub records: Vec<Arc<Record>>,
    /// Drafts and news of days to come.
    pub drafts: Vec<Arc<Record>>,
    /// Ids that exist but are not published or can't be read; a reference to one is no mistake.
    pub withheld: HashSet<(Kind, String)>,
    pub areas: Vec<(String, Term)>,
    pub topics: Vec<(String, Term)>,
    pub assets: Assets,
    pub as_of: Date,
}

/// What an earlier link has made, and this one need not make again.
#[derive(Clone, Copy, Default)]
pub struct Known<'a> {
    /// The whole site: what follows from records that are its very ones is taken from there.
    pub site: Option<&'a Site>,
    /// Sort keys of labels.
    pub sort_keys: Option<&'a SortKeys>,
}

/// Links the records; reports references that lead nowhere and ids used twice.
///
/// The outcome is the same whatever is known.
pub fn link(mut parsed: Parsed, known: Known<'_>, problems: &mut Problems) -> Site {
    parsed
        .records
        .sort_by(|a, b| (a.kind(), &a.id).cmp(&(b.kind(), &b.id)));
    let chains = parsed
        .languages
        .iter()
        .map(|language| chain(&parsed.config, language.tag))
        .collect();
    let before = known.site;
    let before = before.map(|before| Before::new(before, &parsed.records));
    let ids = match &before {
        Some(before) if before.same_ids => Arc::clone(&before.site.ids),
        _ => Arc::new(RecordIds::new(&parsed.records)),
    };
    let linked = Linked {
        languages: parsed.languages,
        as_of: parsed.as_of,
        areas: Vocabulary::areas(parsed.areas),
        topics: Vocabulary::new(parsed.topics),
        assets: parsed.assets,
        drafts: parsed.drafts,
        focus: None,
        countries: Vec::new(),
        ids,
        withheld: parsed.withheld,
        whole: Vec::new(),
        record_countries: Vec::new(),
        chains,
        news: Vec::new(),
        news_places: Vec::new(),
        documents: Vec::new(),
        redirects: Vec::new(),
        config: parsed.config,
        accessibility: parsed.accessibility,
    };
    let mut site = Site::new(parsed.records, linked);
    let before = before.as_ref();
    report_shared_ids(&site, problems);
    site.linking().whole = report_references(&site, before, problems);
    site.linking().focus = site
        .config
        .focus
        .as_ref()
        .and_then(|focus| site.resolve(focus));
    find_countries(&mut site);
    site.relations = Arc::new(relate(&site, before));
    connect(&mut site);
    let mut news: Vec<RecordId> = site.of_kind(Kind::News).collect();
    news.sort_by(|a, b| (site.day(*b), a).cmp(&(site.day(*a), b)));
    site.linking().news_places = places(&news);
    site.linking().news = news;
    site.linking().documents = documents(&site);
    site.linking().redirects = redirect::all(&site);
    site.labels = Labels::of_all(&site, before, known.sort_keys);
    site
}

/// For records of one kind, in their own order, the place of each in another.
fn places(order: &[RecordId]) -> Vec<u32> {
    let mut places: Vec<(RecordId, u32)> = order.iter().copied().zip(0..).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place).collect()
}

/// A language, then those that stand in for it: the configured ones, the
/// default language, the site's others.
fn chain(config: &SiteConfig, tag: Lang) -> Vec<Lang> {
    let configured = config
        .fallback
        .as_ref()
        .and_then(|fallback| fallback.exact(tag))
        .map_or(&[][..], Vec::as_slice);
    let mut chain = vec![tag];
    for lang in configured
        .iter()
        .chain([&config.default_language.value])
        .chain(config.languages.iter().map(|lang| &lang.value))
    {
        if !chain.contains(lang) {
            chain.push(*lang);
        }
    }
    chain
}

/// Parties share one namespace of ids, so that a reference can mean only one.
fn report_shared_ids(site: &Site, problems: &mut Problems) {
    let mut first: HashMap<&str, &Record> = HashMap::new();
    for record in site
        .records
        .iter()
        .filter(|record| record.kind().is_party())
    {
        if let Some(other) = first.insert(&record.id, record) {
            problems.push(
                Diagnostic::new(Code::SharedId, record.span())
                    .with("id", &record.id)
                    .related(other.span(), "labels.first_here"),
            );
        }
    }
}

/// Whether all that a record refers to is there, for each of them.
///
/// A reference is missing or not by the ids alone. So where these are the same,
/// a record that was whole still is.
fn report_references(
    site: &Site,
    before: Option<&Before<'_>>,
    problems: &mut Problems,
) -> Vec<bool> {
    let checker = References {
        site,
        known: Mutex::default(),
        names: OnceLock::new(),
    };
    let before = before.filter(|before| {
        let other = before.site;
        before.same_ids
            && other.withheld == site.withheld
            && other.areas.ids().eq(site.areas.ids())
            && other.topics.ids().eq(site.topics.ids())
    });
    let found: Vec<Problems> = site
        .all()
        .collect::<Vec<_>>()
        .par_iter()
        .with_min_len(256)
        .map(|id| {
            let was = before.and_then(|before| before.same(*id).map(|was| (before.site, was)));
            match was.is_some_and(|(site, was)| site.whole[was.index()]) {
                true => Problems::new(),
                false => checker.record(site.record(*id)),
            }
        })
        .collect();
    let whole = found.iter().map(Vec::is_empty).collect();
    problems.extend(found.into_iter().flatten());
    for mention in Mentions::of_config(&site.config).references {
        checker.field(&mention, problems);
    }
    for item in site
        .config
        .menus
        .iter()
        .flat_map(|menus| menus.main.iter().chain(&menus.footer))
    {
        checker.menu_target(&item.to.to, item.to.span, problems);
    }
    whole
}

struct References<'a> {
    site: &'a Site,
    known: Mutex<HashMap<String, Arc<Vec<String>>>>,
    /// Records by their names; made when a reference is none of the ids.
    names: OnceLock<HashMap<String, Vec<(Kind, String)>>>,
}

impl References<'_> {
    fn record(&self, record: &Record) -> Problems {
        let mut problems = Problems::new();
        for mention in &record.mentions.references {
            self.field(mention, &mut problems);
        }
        for body in &record.bodies {
            for (destination, span) in &body.destinations {
                if let Destination::Record { kind, id, .. } = destination {
                    self.link(kind, id, *span, &mut problems);
                }
            }
        }
        problems
    }

    fn exists(&self, kind: &str, id: &str) -> bool {
        match Kind::from_name(kind) {
            Some(kind) => {
                let withheld = &self.site.withheld;
                self.site.get(kind, id).is_some()
                    || !withheld.is_empty() && withheld.contains(&(kind, id.to_owned()))
            }
            None => match kind {
                "area" => self.site.areas.get(id).is_some(),
                "topic" => self.site.topics.get(id).is_some(),
                "country" => Country::from_code(&id.to_uppercase()).is_some(),
                _ => false,
            },
        }
    }

    /// The ids a reference to one of these kinds could mean, sorted; made once for all mistakes.
    fn known(&self, kinds: &[&str]) -> Arc<Vec<String>> {
        let key = kinds.join(" ");
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return Arc::clone(known);
        }
        let made = Arc::new(self.collect_known(kinds));
        lock().insert(key, Arc::clone(&made));
        made
    }

    fn collect_known(&self, kinds: &[&str]) -> Vec<String> {
        let mut known: Vec<&str> = Vec::new();
        for name in kinds {
            match *name {
                "area" => known.extend(self.site.areas.ids()),
                "topic" => known.extend(self.site.topics.ids()),
                name => {
                    let Some(kind) = Kind::from_name(name) else {
                        continue;
                    };
                    known.extend(
                        self.site
                            .of_kind(kind)
                            .map(|id| self.site.record(id).id.as_str()),
                    );
                    let withheld = self
                        .site
                        .withheld
                        .iter()
                        .filter(|(other, _)| *other == kind);
                    known.extend(withheld.map(|(_, id)| id.as_str()));
                }
            }
        }
        // Which of equally near names is suggested must not hang on the order of a set.
        known.sort_unstable();
        known.into_iter().map(str::to_owned).collect()
    }

    /// A reference in a field.
    fn field(&self, mention: &ReferenceMention, problems: &mut Problems) {
        let ReferenceMention { id, span, kinds } = mention;
        let span = *span;
        if kinds.iter().any(|kind| self.exists(kind, id)) {
            return;
        }
        let other = Kind::ALL.iter().find(|kind| self.exists(kind.name(), id));
        problems.push(match other {
            Some(kind) => Diagnostic::new(Code::ReferenceKind, span)
                .with("id", id)
                .with("kind", kind.name())
                .with("expected", kinds.join(", ")),
            None => self.unresolved(id, span, kinds),
        });
    }

    fn unresolved(&self, id: &str, span: Span, kinds: &[&str]) -> Diagnostic {
        let problem = Diagnostic::new(Code::UnresolvedReference, span).with("id", id);
        let known = self.known(kinds);
        let known = || known.iter().map(String::as_str);
        // Of a handful of words a misspelt one is certain; a town may just not be there yet.
        if kinds.iter().all(|kind| matches!(*kind, "area" | "topic")) {
            return problem.nearest_of(id, known(), quoted);
        }
        let near = diag::nearest(id, known());
        match near
            .filter(|near| near.same)
            .map(|near| near.name.to_owned())
        {
            Some(same) => problem.fixed_by(span, quoted(&same)).suggesting(Some(same)),
            None => match self.called(id, kinds) {
                Some(named) => problem
                    .fixed_by(span, quoted(&named))
                    .suggesting(Some(named)),
                None => problem.suggesting(near.map(|near| near.name.to_owned())),
            },
        }
    }

    /// The only record of these kinds that bears a name.
    fn called(&self, name: &str, kinds: &[&str]) -> Option<String> {
        let wanted = slugify(name);
        let mut found = self
            .names
            .get_or_init(|| self.collect_names())
            .get(&wanted)?
            .iter();
        let kinds = |kind: Kind| kinds.contains(&kind.name());
        let mut ids = found
            .by_ref()
            .filter(|(kind, _)| kinds(*kind))
            .map(|(_, id)| id);
        let only = ids.next()?;
        ids.all(|id| id == only).then(|| only.clone())
    }

    /// The names of all places and organisations, in all languages, as slugs.
    fn collect_names(&self) -> HashMap<String, Vec<(Kind, String)>> {
        let mut names: HashMap<String, Vec<(Kind, String)>> = HashMap::new();
        for record in &self.site.records {
            let Some(profile) = record.data.profile() else {
                continue;
            };
            let own = profile.name.values().map(|name| name.nom.as_str());
            let other = profile
                .also_known_as
                .iter()
                .flat_map(|names| names.values());
            let other = other.flatten().map(String::as_str);
            for name in own.chain(other) {
                let bearers = names.entry(slugify(name)).or_default();
                bearers.push((record.kind(), record.id.clone()));
            }
        }
        names.remove("");
        names
    }

    /// Where a menu entry leads: a record, as in Markdown, or an address.
    fn menu_target(&self, to: &str, span: Span, problems: &mut Problems) {
        match crate::content::destination(to) {
            Destination::Record { kind, id, .. } => self.link(&kind, &id, span, problems),
            Destination::Elsewhere(_) | Destination::Page { .. } => {}
            _ => problems.push(Diagnostic::new(Code::BrokenLink, span).with("target", to)),
        }
    }

    /// A link in Markdown: `city:bucha`.
    fn link(&self, kind: &str, id: &str, span: Span, problems: &mut Problems) {
        if self.exists(kind, id) {
            return;
        }
        let known = self.known(&[kind]);
        let mut problem =
            Diagnostic::new(Code::BrokenLink, span).with("target", format!("{kind}:{id}"));
        if let Some(near) = diag::nearest(id, known.iter().map(String::as_str)) {
            problem.suggestion = Some(format!("{kind}:{}", near.name));
        }
        problems.push(problem);
    }
}

fn find_countries(site: &mut Site) {
    let found: Vec<Option<Country>> = site.all().map(|id| own_country(site, id)).collect();
    let countries: BTreeSet<Country> = found.iter().flatten().copied().collect();
    site.linking().countries = countries
        .iter()
        .map(|country| CountryLinks::new(*country))
        .collect();
    let place = |country: Country| {
        let index = countries.iter().position(|known| *known == country);
        index.map(|index| CountryId(index as u16))
    };
    site.linking().record_countries = found
        .into_iter()
        .map(|country| country.and_then(place))
        .collect();
    let mut countries = std::mem::take(&mut site.linking().countries);
    for id in site.all() {
        let Some(country) = site.country_id(id) else {
            continue;
        };
        let links = &mut countries[country.index()];
        match site.records[id.index()].kind() {
            Kind::City => links.cities.push(id),
            Kind::Region => links.regions.push(id),
            Kind::Institution => links.institutions.push(id),
            Kind::Organisation => links.organisations.push(id),
            _ => {}
        }
    }
    site.linking().countries = countries;
}

/// The country a record names, or that of what it is part of or has its seat in.
fn own_country(site: &Site, id: RecordId) -> Option<Country> {
    let named = |id: RecordId| match &site.record(id).data {
        Data::City(city) => Some(city.country),
        Data::Region(region) => Some(region.country),
        Data::Institution(institution) => institution.country,
        Data::Organisation(organisation) => organisation.country,
        _ => None,
    };
    let seat = match &site.record(id).data {
        Data::Organisation(organisation) => organisation
            .seat
            .as_ref()
            .and_then(|seat| site.resolve_or_text(seat)),
        _ => None,
    };
    named(id)
        .or_else(|| site.ancestors(id).find_map(named))
        .or_else(|| seat.and_then(named))
}

/// Resolves the partnerships. What one comes to hangs on its own record, on the
/// day, on the ids, and on the countries of its parties.
fn relate(site: &Site, before: Option<&Before<'_>>) -> Vec<Arc<Relation>> {
    let codes = |site: &Site| -> Vec<Country> {
        let countries = site.countries.iter();
        countries.map(|country| country.country).collect()
    };
    let before = before.filter(|before| {
        before.same_ids
            && before.site.as_of == site.as_of
            && before.site.record_countries == site.record_countries
            && codes(before.site) == codes(site)
    });
    site.of_kind(Kind::Partnership)
        .map(|id| {
            let was = before.and_then(|before| before.same(id).map(|was| (before.site, was)));
            if let Some((site, was)) = was {
                let first = site.ids.of_kind(Kind::Partnership).start;
                return Arc::clone(&site.relations[(was.0 - first) as usize]);
            }
            Arc::new(relation(site, id))
        })
        .collect()
}

fn relation(site: &Site, id: RecordId) -> Relation {
    let Data::Partnership(partnership) = &site.record(id).data else {
        unreachable!("records of a kind hold data of that kind")
    };
    let mut parties: Vec<PartyLink> = Vec::new();
    for entry in &partnership.parties {
        let Some(record) = site.resolve(&entry.0.party) else {
            continue;
        };
        if !parties.iter().any(|known| known.record == record) {
            parties.push(PartyLink {
                record,
                joined: entry.0.joined,
                left: entry.0.left.map(Spanned::into_value),
            });
        }
    }
    let (stage, since) = stage::derive(partnership, site.as_of);
    let countries: Vec<_> = parties
        .iter()
        .map(|party| site.country_id(party.record))
        .collect();
    Relation {
        domestic: countries
            .iter()
            .all(|country| country.is_some() && *country == countries[0]),
        parties,
        kind: partnership.kind.unwrap_or(PartnershipKind::Formal),
        stage,
        since,
        history: history::order(&partnership.steps),
    }
}

/// Works out again where some partnerships stand, and how many of their parties' are not over.
pub(super) fn stand(site: &mut Site, changed: &[RecordId]) {
    let first = site.of_kind(Kind::Partnership).next();
    let place = |id: RecordId| (id.0 - first.map_or(0, |first| first.0)) as usize;
    for id in changed {
        let now = Arc::new(relation(site, *id));
        let relations = Arc::make_mut(&mut site.relations);
        let then = std::mem::replace(&mut relations[place(*id)], Arc::clone(&now));
        for party in &now.parties {
            let is_over = |relation: &Relation| relation.is_over_for(party.record, site.as_of);
            let (was, is) = (is_over(&then), is_over(&now));
            if was != is {
                let links = Arc::make_mut(&mut site.links);
                let current = &mut links[party.record.index()].current;
                *current = *current + usize::from(was) - usize::from(is);
            }
        }
    }
}

/// Writes every reference down on its other side too.
fn connect(site: &mut Site) {
    let mut links = vec![Links::default(); site.records.len()];
    let mut areas = std::mem::take(&mut site.linking().areas.links);
    let mut topics = std::mem::take(&mut site.linking().topics.links);
    let mut countries = std::mem::take(&mut site.linking().countries);
    for id in site.all() {
        let record = &site.records[id.index()];
        if let Some(above) = site.ancestors(id).next() {
            links[above.index()].parts.push(id);
        }
        if let Some(profile) = record.data.profile() {
            for membership in &profile.member_of {
                let Some(organisation) = site.resolve(&membership.0.organisation) else {
                    continue;
                };
                let side = |record| Member {
                    record,
                    since: membership.0.since,
                    until: membership.0.until.map(Spanned::into_value),
                    role: membership.0.role,
                };
                links[id.index()].member_of.push(side(organisation));
                links[organisation.index()].members.push(side(id));
            }
        }
        match &record.data {
            Data::Partnership(partnership) => {
                let mut in_countries: Vec<CountryId> = Vec::new();
                let relation = site.relation(id);
                for party in &relation.parties {
                    let links = &mut links[party.record.index()];
                    links.partnerships.push(id);
                    let is_over = relation.is_over_for(party.record, site.as_of);
                    links.current += usize::from(!is_over);
                    in_countries.extend(site.record_countries[party.record.index()]);
                }
                in_countries.sort_unstable();
                in_countries.dedup();
                for country in in_countries {
                    countries[country.index()].partnerships.push(id);
                }
                for participant in site.resolve_all(&partnership.participants) {
                    links[participant.index()].takes_part.push(id);
                }
                if let Some(initiator) = partnership
                    .initiated_by
                    .as_ref()
                    .and_then(|by| site.resolve(by))
                {
                    links[initiator.index()].initiated.push(id);
                }
                for area in site.terms(&site.areas, &partnership.areas) {
                    areas[area.index()].partnerships.push(id);
                }
            }
            Data::Seeker(seeker) => {
                if let Some(party) = site.resolve(&seeker.party) {
                    links[party.index()].seekers.push(id);
                }
                for area in site.terms(&site.areas, &seeker.areas) {
                    areas[area.index()].seekers.push(id);
                }
            }
            Data::News(news) => {
                for about in site
                    .resolve_all(&news.parties)
                    .into_iter()
                    .chain(site.resolve_all(&news.partnerships))
                {
                    links[about.index()].news.push(id);
                }
                for area in site.terms(&site.areas, &news.areas) {
                    areas[area.index()].news.push(id);
                }
                for topic in site.terms(&site.topics, &news.topics) {
                    topics[topic.index()].news.push(id);
                }
            }
            Data::Event(event) => {
                let mut about = site.resolve_all(&event.parties);
                about.extend(site.resolve_all(&event.partnerships));
                about.extend(
                    event
                        .place
                        .as_ref()
                        .and_then(|place| site.resolve_or_text(place)),
                );
                for place in [&event.from, &event.to].into_iter().flatten() {
                    about.extend(site.resolve(place));
                }
                about.sort_unstable();
                about.dedup();
                for record in about {
                    links[record.index()].events.push(id);
                }
                for area in site.terms(&site.areas, &event.areas) {
                    areas[area.index()].events.push(id);
                }
                for topic in site.terms(&site.topics, &event.topics) {
                    topics[topic.index()].events.push(id);
                }
            }
            Data::Project(project) => {
                for about in site
                    .resolve_all(&project.parties)
                    .into_iter()
                    .chain(site.resolve_all(&project.partnerships))
                {
                    links[about.index()].projects.push(id);
                }
                for area in site.terms(&site.areas, &project.areas) {
                    areas[area.index()].projects.push(id);
                }
            }
            Data::City(_)
            | Data::Region(_)
            | Data::Institution(_)
            | Data::Organisation(_)
            | Data::Page(_) => {}
        }
    }
    // Newest first, everywhere.
    let newest = |list: &mut Vec<RecordId>| {
        list.sort_by(|a, b| (site.day(*b), a).cmp(&(site.day(*a), b)));
    };
    for record in &mut links {
        newest(&mut record.news);
        newest(&mut record.events);
    }
    for term in areas.iter_mut().chain(&mut topics) {
        newest(&mut term.news);
        newest(&mut term.events);
    }
    site.links = Arc::new(links);
    site.linking().areas.links = areas;
    site.linking().topics.links = topics;
    site.linking().countries = countries;
}

/// Every document, the newest first.
fn documents(site: &Site) -> Vec<(RecordId, usize)> {
    let count = |id: RecordId| site.record(id).data.common().documents.len();
    let mut documents: Vec<(RecordId, usize)> = site
        .all()
        .flat_map(|id| (0..count(id)).map(move |index| (id, index)))
        .collect();
    let date = |(id, index): &(RecordId, usize)| {
        std::cmp::Reverse(site.record(*id).data.common().documents[*index].date)
    };
    documents.sort_by_key(|document| (date(document), *document));
    documents
}

impl Site {
    /// The terms some references mean, each once.
    pub fn terms<T>(
        &self,
        vocabulary: &Vocabulary,
        references: &[crate::content::Reference<T>],
    ) -> Vec<super::TermId> {
        let mut found = Vec::new();
        for term in references
            .iter()
            .filter_map(|reference| vocabulary.get(&reference.id))
        {
            if !found.contains(&term) {
                found.push(term);
            }
        }
        found
    }

    /// The reader's own language tag.
    pub fn tag(&self, reader: LanguageId) -> Lang {
        self.chain(reader)[0]
    }
}
