//! Who might suit a call for partners.
//!
//! Two wishes are compared, and each reason counts for some points:
//!
//! | reason | points |
//! | --- | --- |
//! | it lies in a region that the other one names | 4, each way |
//! | it lies in a country that the other one names | 3, each way |
//! | an area that both name | 2, for four areas at most |
//! | an area that the one names and the other one works in already | 1, for four at most |
//! | a language that both can write in | 1, for two at most |
//! | it has no partnership yet, or one | 2 or 1 |
//! | both are about as large | 1 |
//!
//! What a call excludes is never offered: somebody outside the countries and
//! regions it names, or a call for other areas altogether. Neither is somebody
//! it has, or had, a partnership with.

use super::{CountryId, RecordId, Site, TermId};
use crate::content::Country;
use crate::kinds::{Data, Kind, Seeker};
use crate::lang::Lang;
use std::cmp::Reverse;
use std::collections::HashMap;

/// Those who might suit a call, the best first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matches {
    /// Other open calls.
    pub calls: Vec<Match>,
    /// Towns or regions with few partnerships and without a call of their own.
    pub others: Vec<Match>,
}

/// One who might suit, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    pub party: RecordId,
    /// Their own call, where they have one.
    pub call: Option<RecordId>,
    pub score: u32,
    /// The weightiest first.
    pub reasons: Vec<Reason>,
}

/// Why somebody might suit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// Areas that both seek a partner for.
    Areas(Vec<TermId>),
    /// They are in a region that the call names.
    InRegion(RecordId),
    /// They are in a country that the call names.
    InCountry(Country),
    /// They seek somebody in this region, and that is where the call comes from.
    SeeksRegion(RecordId),
    /// They seek somebody in this country, and that is where the call comes from.
    SeeksCountry(Country),
    /// Areas that the call names and they work in already.
    Practised(Vec<TermId>),
    /// Languages that both can write in.
    Languages(Vec<Lang>),
    /// So few partnerships do they have.
    Partnerships(usize),
    /// They have about as many inhabitants: so many.
    Population(u32),
}

/// How many are offered of each sort.
const MOST: usize = 5;
/// Somebody with so many partnerships is not thought to look for more.
const MANY_PARTNERSHIPS: usize = 3;
/// How many areas and languages count.
const AREAS_COUNTED: usize = 4;
const LANGUAGES_COUNTED: usize = 2;

/// What the parties of a site seek and bring, put together once for all its calls.
#[derive(Debug, Default)]
pub struct Matching {
    /// The open calls.
    wishes: Vec<(RecordId, Wish)>,
    /// By country and kind: who may look for a partner without having called for one.
    offers: HashMap<(CountryId, Kind), Vec<Offer>>,
}

/// What somebody seeks.
#[derive(Debug)]
struct Wish {
    home: Home,
    countries: Vec<Country>,
    regions: Vec<RecordId>,
    areas: Vec<TermId>,
    languages: Vec<Lang>,
}

/// What somebody brings who has no call.
#[derive(Debug)]
struct Offer {
    home: Home,
    partnerships: usize,
    /// What they do with the partners they have.
    practised: Vec<TermId>,
    languages: Vec<Lang>,
}

/// A party, and where it lies.
#[derive(Debug)]
struct Home {
    party: RecordId,
    /// The party itself and what it is part of.
    around: Vec<RecordId>,
    country: Option<Country>,
    inhabitants: Option<u32>,
}

/// How a place suits a wish.
#[derive(PartialEq, Eq)]
enum Place {
    Region(RecordId),
    Country(Country),
    /// Nothing is asked for.
    Free,
    Elsewhere,
}

impl Matching {
    /// Reads all calls, and all towns and regions with few partnerships.
    pub fn new(site: &Site) -> Matching {
        let seekers = site.of_kind(Kind::Seeker);
        let wishes: Vec<_> = seekers
            .filter_map(|id| Some((id, wish(site, id)?)))
            .collect();
        if wishes.is_empty() {
            return Matching::default();
        }
        let mut offers: HashMap<_, Vec<Offer>> = HashMap::new();
        // Schools and unions are too unlike one another to be guessed at.
        for kind in [Kind::City, Kind::Region] {
            for party in site.of_kind(kind) {
                if let Some(country) = site.country_id(party) {
                    let of_country = offers.entry((country, kind)).or_default();
                    of_country.extend(offer(site, party));
                }
            }
        }
        Matching { wishes, offers }
    }

    /// Those who might suit an open call; nobody for one that is closed.
    pub fn of(&self, site: &Site, seeker: RecordId) -> Matches {
        let Ok(at) = self.wishes.binary_search_by_key(&seeker, |(id, _)| *id) else {
            return Matches::default();
        };
        let wish = &self.wishes[at].1;
        let strangers = |other| are_strangers(site, wish.home.party, other);
        let mut calls = Best::default();
        for (call, other) in &self.wishes {
            let party = other.home.party;
            if *call != seeker
                && let Some(reasons) = compare(wish, other)
            {
                calls.add(party, Some(*call), reasons, || strangers(party));
            }
        }
        let mut others = Best::default();
        for offer in self.candidates(site, wish) {
            let party = offer.home.party;
            if let Some(reasons) = consider(wish, offer) {
                others.add(party, None, reasons, || strangers(party));
            }
        }
        Matches {
            calls: calls.matches,
            others: others.matches,
        }
    }

    /// Those of the same kind in the countries and regions that a call names.
    fn candidates(&self, site: &Site, wish: &Wish) -> impl Iterator<Item = &Offer> {
        let regions = wish.regions.iter();
        let mut countries: Vec<CountryId> = regions
            .filter_map(|region| site.country_id(*region))
            .collect();
        countries.extend(
            (0..site.countries.len() as u16)
                .map(CountryId)
                .filter(|id| wish.countries.contains(&site.countries[id.index()].country)),
        );
        countries.sort_unstable();
        countries.dedup();
        let kind = site.record(wish.home.party).kind();
        let offers = countries
            .into_iter()
            .filter_map(move |country| self.offers.get(&(country, kind)));
        offers.flatten()
    }
}

/// What an open call asks for.
fn wish(site: &Site, seeker: RecordId) -> Option<Wish> {
    let Data::Seeker(call) = &site.record(seeker).data else {
        return None;
    };
    if !site.is_open(seeker) {
        return None;
    }
    Some(Wish {
        home: Home::of(site, site.resolve(&call.party)?),
        countries: call.countries.clone(),
        regions: site.resolve_all(&call.regions),
        areas: site.terms(&site.areas, &call.areas),
        languages: languages(call),
    })
}

/// What somebody brings; nothing if they have a call of their own, or partners enough.
fn offer(site: &Site, party: RecordId) -> Option<Offer> {
    let links = site.links(party);
    if links.seekers.iter().any(|seeker| site.is_open(*seeker)) {
        return None;
    }
    let current = links
        .partnerships
        .iter()
        .filter(|id| !site.relation(**id).is_ended());
    let partnerships = current.clone().take(MANY_PARTNERSHIPS).count();
    if partnerships >= MANY_PARTNERSHIPS {
        return None;
    }
    let mut practised: Vec<TermId> = Vec::new();
    for id in current {
        if let Data::Partnership(partnership) = &site.record(*id).data {
            practised.extend(site.terms(&site.areas, &partnership.areas));
        }
    }
    let contact = site.record(party).data.common().contact.as_ref();
    Some(Offer {
        home: Home::of(site, party),
        partnerships,
        practised,
        languages: contact.map_or_else(Vec::new, |contact| contact.languages.clone()),
    })
}

impl Home {
    fn of(site: &Site, party: RecordId) -> Home {
        let profile = site.record(party).data.profile();
        let population = profile.and_then(|profile| profile.population.as_ref());
        Home {
            party,
            around: std::iter::once(party)
                .chain(site.ancestors(party))
                .collect(),
            country: site.country(party),
            inhabitants: population.map(|population| population.count),
        }
    }

    /// How it suits a wish.
    fn suits(&self, wish: &Wish) -> Place {
        let mut around = self.around.iter();
        if let Some(region) = around.find(|id| wish.regions.contains(id)) {
            return Place::Region(*region);
        }
        match self.country {
            Some(country) if wish.countries.contains(&country) => Place::Country(country),
            _ if wish.countries.is_empty() && wish.regions.is_empty() => Place::Free,
            _ => Place::Elsewhere,
        }
    }
}

/// Why two calls suit each other, if they do.
fn compare(wish: &Wish, other: &Wish) -> Option<Reasons> {
    let there = other.home.suits(wish);
    let here = wish.home.suits(other);
    if there == Place::Elsewhere || here == Place::Elsewhere {
        return None;
    }
    let areas = shared(&wish.areas, &other.areas);
    if areas.is_empty() && !wish.areas.is_empty() && !other.areas.is_empty() {
        return None;
    }
    let mut reasons = Reasons::default();
    match there {
        Place::Region(region) => reasons.add(4, Reason::InRegion(region)),
        Place::Country(country) => reasons.add(3, Reason::InCountry(country)),
        Place::Free | Place::Elsewhere => {}
    }
    match here {
        Place::Region(region) => reasons.add(4, Reason::SeeksRegion(region)),
        Place::Country(country) => reasons.add(3, Reason::SeeksCountry(country)),
        Place::Free | Place::Elsewhere => {}
    }
    reasons.add_some(2, AREAS_COUNTED, areas, Reason::Areas);
    if reasons.score == 0 {
        return None;
    }
    let languages = shared(&wish.languages, &other.languages);
    reasons.add_some(1, LANGUAGES_COUNTED, languages, Reason::Languages);
    reasons.add_size(&wish.home, &other.home);
    Some(reasons)
}

/// Why somebody without a call suits one, if they do.
fn consider(wish: &Wish, offer: &Offer) -> Option<Reasons> {
    let practised = shared(&wish.areas, &offer.practised);
    let languages = shared(&wish.languages, &offer.languages);
    let place = offer.home.suits(wish);
    // That somebody is in the right country says too little: they did not ask.
    let is_near = matches!(place, Place::Region(_));
    if practised.is_empty() && languages.is_empty() && !is_near {
        return None;
    }
    let mut reasons = Reasons::default();
    match place {
        Place::Region(region) => reasons.add(4, Reason::InRegion(region)),
        Place::Country(country) => reasons.add(3, Reason::InCountry(country)),
        Place::Free | Place::Elsewhere => return None,
    }
    reasons.add_some(1, AREAS_COUNTED, practised, Reason::Practised);
    reasons.add_some(1, LANGUAGES_COUNTED, languages, Reason::Languages);
    let points = 2_u32.saturating_sub(offer.partnerships as u32);
    reasons.add(points, Reason::Partnerships(offer.partnerships));
    reasons.add_size(&wish.home, &offer.home);
    Some(reasons)
}

/// Whether two are different places that have never had a partnership.
fn are_strangers(site: &Site, one: RecordId, other: RecordId) -> bool {
    let within = |inner: RecordId, outer: RecordId| site.ancestors(inner).any(|id| id == outer);
    let links = site.links(one);
    let together = |id: &RecordId| {
        site.relation(*id)
            .others(one)
            .any(|link| link.record == other)
    };
    one != other
        && !within(one, other)
        && !within(other, one)
        && !links.partnerships.iter().any(together)
}

/// The languages one can write in: of the call, else of its contact.
fn languages(call: &Seeker) -> Vec<Lang> {
    match call.languages.is_empty() {
        false => call.languages.clone(),
        true => call
            .common
            .contact
            .as_ref()
            .map_or_else(Vec::new, |contact| contact.languages.clone()),
    }
}

/// What two lists have in common, each once, in the order of the first.
fn shared<T: Copy + PartialEq>(one: &[T], other: &[T]) -> Vec<T> {
    let mut found = Vec::new();
    for item in one {
        if other.contains(item) && !found.contains(item) {
            found.push(*item);
        }
    }
    found
}

/// Reasons with their points, as they are found.
#[derive(Default)]
struct Reasons {
    score: u32,
    found: Vec<(u32, Reason)>,
}

impl Reasons {
    fn add(&mut self, points: u32, reason: Reason) {
        self.score += points;
        self.found.push((points, reason));
    }

    /// A reason for some things, of which only so many count.
    fn add_some<T>(&mut self, each: u32, most: usize, some: Vec<T>, reason: fn(Vec<T>) -> Reason) {
        if !some.is_empty() {
            self.add(each * some.len().min(most) as u32, reason(some));
        }
    }

    fn add_size(&mut self, own: &Home, other: &Home) {
        if let (Some(own), Some(theirs)) = (own.inhabitants, other.inhabitants)
            && own.max(theirs) <= own.min(theirs).saturating_mul(2)
        {
            self.add(1, Reason::Population(theirs));
        }
    }

    fn of(mut self, party: RecordId, call: Option<RecordId>) -> Match {
        self.found.sort_by_key(|(points, _)| Reverse(*points));
        Match {
            party,
            call,
            score: self.score,
            reasons: self.found.into_iter().map(|(_, reason)| reason).collect(),
        }
    }
}

/// The best so far, in an order that depends on nothing else than the records.
#[derive(Default)]
struct Best {
    matches: Vec<Match>,
}

impl Best {
    /// Takes somebody in, if they are among the best and have had nothing to do with each other.
    fn add(
        &mut self,
        party: RecordId,
        call: Option<RecordId>,
        reasons: Reasons,
        are_strangers: impl FnOnce() -> bool,
    ) {
        let key = |score, party, call| (Reverse(score), party, call);
        let own = key(reasons.score, party, call);
        let place = self
            .matches
            .partition_point(|other| key(other.score, other.party, other.call) < own);
        // Whether they know each other takes longest to find out: of few it is asked.
        if place < MOST && are_strangers() {
            self.matches.insert(place, reasons.of(party, call));
            self.matches.truncate(MOST);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_some_areas_count_and_the_weightiest_reason_comes_first() {
        let mut reasons = Reasons::default();
        reasons.add(1, Reason::Population(5));
        reasons.add_some(
            2,
            AREAS_COUNTED,
            (0..9).map(TermId).collect(),
            Reason::Areas,
        );
        reasons.add_some(1, 2, Vec::new(), Reason::Languages);
        let found = reasons.of(RecordId(0), None);
        assert_eq!(found.score, 9);
        assert!(
            matches!(&found.reasons[..], [Reason::Areas(areas), Reason::Population(5)] if areas.len() == 9)
        );
    }

    #[test]
    fn the_best_are_few_and_their_order_does_not_depend_on_how_they_were_found() {
        let best = |parties: &mut dyn Iterator<Item = u32>| -> Vec<u32> {
            let mut best = Best::default();
            for n in parties {
                let (score, found) = (n % 3, Vec::new());
                let are_strangers = || n != 5;
                best.add(RecordId(n), None, Reasons { score, found }, are_strangers);
            }
            best.matches.iter().map(|found| found.party.0).collect()
        };
        assert_eq!(best(&mut (0..12)), [2, 8, 11, 1, 4]);
        assert_eq!(best(&mut (0..12).rev()), [2, 8, 11, 1, 4]);
    }
}
