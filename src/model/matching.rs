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

/// What somebody seeks, and what they bring.
struct Wish {
    party: RecordId,
    countries: Vec<Country>,
    regions: Vec<RecordId>,
    areas: Vec<TermId>,
    languages: Vec<Lang>,
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

impl Site {
    /// Those who might suit an open call; nobody for one that is closed.
    pub fn matches(&self, seeker: RecordId) -> Matches {
        let Some(wish) = self.wish(seeker) else {
            return Matches::default();
        };
        let others = self.of_kind(Kind::Seeker).filter(|id| *id != seeker);
        let calls = others
            .filter_map(|id| Some((id, self.wish(id)?)))
            .filter_map(|(id, other)| self.compare(&wish, &other, id));
        let without_call = self
            .candidates(&wish)
            .filter_map(|party| self.consider(&wish, party));
        Matches {
            calls: best(calls.collect()),
            others: best(without_call.collect()),
        }
    }

    /// What an open call asks for.
    fn wish(&self, seeker: RecordId) -> Option<Wish> {
        let Data::Seeker(call) = &self.record(seeker).data else {
            return None;
        };
        if !self.is_open(seeker) {
            return None;
        }
        Some(Wish {
            party: self.resolve(&call.party)?,
            countries: call.countries.clone(),
            regions: self.resolve_all(&call.regions),
            areas: self.terms(&self.areas, &call.areas),
            languages: languages(call),
        })
    }

    /// Two calls, if they suit each other.
    fn compare(&self, wish: &Wish, other: &Wish, call: RecordId) -> Option<Match> {
        let there = self.place(wish, other.party);
        let here = self.place(other, wish.party);
        if there == Place::Elsewhere
            || here == Place::Elsewhere
            || !self.are_strangers(wish.party, other.party)
        {
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
        self.add_size(wish.party, other.party, &mut reasons);
        Some(reasons.of(other.party, Some(call)))
    }

    /// Those of the same kind in the countries and regions that a call names.
    fn candidates(&self, wish: &Wish) -> impl Iterator<Item = RecordId> {
        let mut countries: Vec<CountryId> = wish
            .regions
            .iter()
            .filter_map(|region| self.country_id(*region))
            .collect();
        countries.extend(
            (0..self.countries.len() as u16)
                .map(CountryId)
                .filter(|id| wish.countries.contains(&self.countries[id.index()].country)),
        );
        countries.sort_unstable();
        countries.dedup();
        let kind = self.record(wish.party).kind();
        countries
            .into_iter()
            .flat_map(move |id| match kind {
                Kind::City => self.countries[id.index()].cities.as_slice(),
                Kind::Region => self.countries[id.index()].regions.as_slice(),
                // Schools and unions are too unlike one another to be guessed at.
                _ => &[],
            })
            .copied()
    }

    /// Somebody without a call, if they suit one.
    fn consider(&self, wish: &Wish, party: RecordId) -> Option<Match> {
        let links = self.links(party);
        if links.seekers.iter().any(|seeker| self.is_open(*seeker)) {
            return None;
        }
        let current = links
            .partnerships
            .iter()
            .filter(|id| !self.relation(**id).is_ended());
        let partnerships = current.clone().count();
        if partnerships >= MANY_PARTNERSHIPS || !self.are_strangers(wish.party, party) {
            return None;
        }
        let mut reasons = Reasons::default();
        let mut practised: Vec<TermId> = Vec::new();
        for id in current {
            if let Data::Partnership(partnership) = &self.record(*id).data {
                practised.extend(self.terms(&self.areas, &partnership.areas));
            }
        }
        let own = self.record(party).data.common().contact.as_ref();
        let languages = own.map_or_else(Vec::new, |contact| {
            shared(&wish.languages, &contact.languages)
        });
        let practised = shared(&wish.areas, &practised);
        let place = self.place(wish, party);
        // That somebody is in the right country says too little: they did not ask.
        let is_near = matches!(place, Place::Region(_));
        if practised.is_empty() && languages.is_empty() && !is_near {
            return None;
        }
        match place {
            Place::Region(region) => reasons.add(4, Reason::InRegion(region)),
            Place::Country(country) => reasons.add(3, Reason::InCountry(country)),
            Place::Free | Place::Elsewhere => return None,
        }
        reasons.add_some(1, AREAS_COUNTED, practised, Reason::Practised);
        reasons.add_some(1, LANGUAGES_COUNTED, languages, Reason::Languages);
        let points = 2_u32.saturating_sub(partnerships as u32);
        reasons.add(points, Reason::Partnerships(partnerships));
        self.add_size(wish.party, party, &mut reasons);
        Some(reasons.of(party, None))
    }

    fn place(&self, wish: &Wish, party: RecordId) -> Place {
        let mut around = std::iter::once(party).chain(self.ancestors(party));
        if let Some(region) = around.find(|id| wish.regions.contains(id)) {
            return Place::Region(region);
        }
        match self.country(party) {
            Some(country) if wish.countries.contains(&country) => Place::Country(country),
            _ if wish.countries.is_empty() && wish.regions.is_empty() => Place::Free,
            _ => Place::Elsewhere,
        }
    }

    /// Whether two are different places that have never had a partnership.
    fn are_strangers(&self, one: RecordId, other: RecordId) -> bool {
        let within = |inner: RecordId, outer: RecordId| self.ancestors(inner).any(|id| id == outer);
        let links = self.links(one);
        let together = |id: &RecordId| {
            self.relation(*id)
                .others(one)
                .any(|link| link.record == other)
        };
        one != other
            && !within(one, other)
            && !within(other, one)
            && !links.partnerships.iter().any(together)
    }

    fn add_size(&self, one: RecordId, other: RecordId, reasons: &mut Reasons) {
        let inhabitants = |id: RecordId| {
            let profile = self.record(id).data.profile()?;
            Some(profile.population.as_ref()?.count)
        };
        if let (Some(own), Some(theirs)) = (inhabitants(one), inhabitants(other))
            && own.max(theirs) <= own.min(theirs).saturating_mul(2)
        {
            reasons.add(1, Reason::Population(theirs));
        }
    }
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

/// The best, in an order that depends on nothing else than the records.
fn best(mut matches: Vec<Match>) -> Vec<Match> {
    matches.sort_by_key(|found| (Reverse(found.score), found.party, found.call));
    matches.truncate(MOST);
    matches
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
        let one = |party: u32, score| Match {
            party: RecordId(party),
            call: None,
            score,
            reasons: Vec::new(),
        };
        let all: Vec<Match> = (0..12).map(|n| one(n, n % 3)).collect();
        let mut backwards = all.clone();
        backwards.reverse();
        let order: Vec<u32> = best(all.clone())
            .iter()
            .map(|found| found.party.0)
            .collect();
        assert_eq!(order, [2, 5, 8, 11, 1]);
        assert_eq!(best(backwards), best(all));
    }
}
