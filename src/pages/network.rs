//! What the map of a page shows: places, and lines for partnerships.

use super::context::Context;
use crate::kinds::{Data, Kind, StageValue};
use crate::map::{Place, Point, Sheet};
use crate::model::{CountryId, MOST_ABOVE, RecordId, Relation, Site};
use foldhash::fast::FixedState;
use std::collections::{BTreeMap, HashMap};

/// From this many lines on, there is one for two countries instead of one for two towns.
const MOST_LINES: usize = 1500;
/// Partnerships of more parties are drawn from the first to each other, not all to all.
const ALL_TO_ALL: usize = 4;

/// How a line is drawn; the later lie above the earlier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum LineKind {
    Ended,
    Unknown,
    Preparing,
    Active,
}

impl LineKind {
    pub const ALL: [LineKind; 4] = [
        LineKind::Active,
        LineKind::Preparing,
        LineKind::Unknown,
        LineKind::Ended,
    ];

    /// In the markup, and in the strings below `map.line`.
    pub fn name(self) -> &'static str {
        match self {
            LineKind::Ended => "ended",
            LineKind::Unknown => "unknown",
            LineKind::Preparing => "preparing",
            LineKind::Active => "active",
        }
    }

    fn of(relation: &Relation) -> LineKind {
        use StageValue::{Active, Approved, Ended, Ending, Intent, Suspended, Talks, Unknown};
        match relation.stage.value {
            Active | Ending => LineKind::Active,
            Talks | Intent | Approved => LineKind::Preparing,
            Unknown | Suspended => LineKind::Unknown,
            Ended => LineKind::Ended,
        }
    }
}

/// Places, by their position in the list, and what joins them.
#[derive(Debug, Default)]
pub(super) struct Network {
    /// Whose page the map is on; then it is the first of the places.
    pub own: Option<RecordId>,
    pub places: Vec<RecordId>,
    pub lines: Vec<(usize, usize, LineKind)>,
    /// Lines between countries, in place of those between towns; by sheet.
    pub countries: Option<BTreeMap<(CountryId, CountryId), usize>>,
    index: HashMap<RecordId, usize, FixedState>,
}

impl Network {
    /// The map of a record's page.
    fn of(own: RecordId) -> Network {
        let mut network = Network {
            own: Some(own),
            ..Network::default()
        };
        network.add(own);
        network
    }

    /// The map of some places that nothing joins.
    pub fn of_places(places: impl IntoIterator<Item = RecordId>) -> Network {
        let mut network = Network::default();
        for place in places {
            network.add(place);
        }
        network
    }

    fn add(&mut self, place: RecordId) -> usize {
        *self.index.entry(place).or_insert_with(|| {
            self.places.push(place);
            self.places.len() - 1
        })
    }

    fn join(&mut self, a: RecordId, b: RecordId, kind: LineKind) {
        let (a, b) = (self.add(a), self.add(b));
        if a != b {
            self.lines.push((a.min(b), a.max(b), kind));
        }
    }

    /// The parties of a partnership.
    fn join_all(&mut self, relation: &Relation, kind: LineKind) {
        let parties: Vec<RecordId> = relation.parties.iter().map(|party| party.record).collect();
        for (place, a) in parties.iter().enumerate() {
            if place > 0 && parties.len() > ALL_TO_ALL {
                break;
            }
            for b in &parties[place + 1..] {
                self.join(*a, *b, kind);
            }
        }
    }

    /// One line for two places, of the most current kind.
    fn settle(mut self) -> Network {
        self.lines
            .sort_unstable_by_key(|(a, b, kind)| (*a, *b, std::cmp::Reverse(*kind)));
        self.lines.dedup_by_key(|(a, b, _)| (*a, *b));
        self
    }
}

impl Context<'_> {
    /// Where a record is, when that is known: a place itself, an institution in
    /// its town, an organisation at its seat.
    pub(super) fn place(&self, id: RecordId) -> Option<Place> {
        self.briefs.place(id, || place_of(self.site, id))
    }

    /// A party with its partners, what is part of it, its members and the
    /// partnerships it brought about.
    pub(super) fn party_network(&self, own: RecordId, parts: &[RecordId]) -> Network {
        let site = self.site;
        let links = site.links(own);
        let mut network = Network::of(own);
        for id in &links.partnerships {
            let relation = site.relation(*id);
            let kind = match relation.is_over_for(own, site.as_of) {
                true => LineKind::Ended,
                false => LineKind::of(relation),
            };
            for other in relation.others(own) {
                network.join(own, other.record, kind);
            }
        }
        for id in &links.initiated {
            let relation = site.relation(*id);
            network.join_all(relation, LineKind::of(relation));
        }
        let members = links.members.iter();
        let members = members.filter(|member| !member.is_over(site.as_of));
        for place in parts
            .iter()
            .copied()
            .chain(members.map(|member| member.record))
        {
            network.add(place);
        }
        network.settle()
    }

    /// The parties of a partnership.
    pub(super) fn partnership_network(&self, partnership: RecordId) -> Network {
        let relation = self.site.relation(partnership);
        let mut network = Network::of_places(relation.parties.iter().map(|party| party.record));
        network.join_all(relation, LineKind::of(relation));
        network.settle()
    }

    /// All partnerships that are not over.
    pub(super) fn whole_network(&self) -> Network {
        let site = self.site;
        let mut network = Network::default();
        for id in site.of_kind(Kind::Partnership) {
            let relation = site.relation(id);
            if !relation.is_ended() {
                network.join_all(relation, LineKind::of(relation));
            }
        }
        let mut network = network.settle();
        if network.lines.len() > MOST_LINES {
            let country = |place: usize| site.country_id(network.places[place]);
            let mut between = BTreeMap::new();
            for (a, b, _) in &network.lines {
                if let (Some(a), Some(b)) = (country(*a), country(*b))
                    && a != b
                {
                    *between.entry((a.min(b), a.max(b))).or_default() += 1;
                }
            }
            network.countries = Some(between);
            network.lines.clear();
        }
        network
    }

    /// The middle of each country's places on a sheet.
    pub(super) fn country_middles(
        &self,
        places: &[RecordId],
        sheet: Sheet,
    ) -> BTreeMap<CountryId, Point> {
        let mut sums: BTreeMap<CountryId, (f64, f64, f64)> = BTreeMap::new();
        for id in places {
            let there = self.place(*id).and_then(|place| place.on(sheet));
            if let (Some(country), Some(point)) = (self.site.country_id(*id), there) {
                let (x, y, count) = sums.entry(country).or_default();
                (*x, *y, *count) = (*x + point.x, *y + point.y, *count + 1.0);
            }
        }
        let middle = |(x, y, count): (f64, f64, f64)| Point {
            x: x / count,
            y: y / count,
        };
        sums.into_iter()
            .map(|(country, sum)| (country, middle(sum)))
            .collect()
    }
}

fn place_of(site: &Site, id: RecordId) -> Option<Place> {
    let own = |id: RecordId| {
        let location = site.record(id).data.profile()?.location.as_ref()?;
        Some(Place::new(location.lat.value.0, location.lon.value.0))
    };
    own(id).or_else(|| match &site.record(id).data {
        Data::Institution(_) => site.ancestors(id).find_map(own),
        Data::Organisation(organisation) => site
            .resolve_or_text(organisation.seat.as_ref()?)
            .and_then(own),
        Data::Region(_) => middle_of_region(site, id),
        _ => None,
    })
}

/// The middle of a region's towns, where two are known: one alone would stand for
/// the whole region, and below its own dot.
fn middle_of_region(site: &Site, region: RecordId) -> Option<Place> {
    let (mut lat, mut lon, mut count) = (0.0, 0.0, 0.0);
    let mut level = vec![region];
    // A place that is part of itself is a mistake that is told elsewhere.
    for _ in 0..=MOST_ABOVE {
        let parts = level.iter().flat_map(|id| &site.links(*id).parts).copied();
        let parts: Vec<RecordId> = parts.collect();
        level.clear();
        for id in parts {
            let data = &site.record(id).data;
            let location = data.profile().and_then(|profile| profile.location.as_ref());
            match (data, location) {
                (Data::City(_), Some(location)) => {
                    lat += location.lat.value.0;
                    lon += location.lon.value.0;
                    count += 1.0;
                }
                (Data::City(_) | Data::Region(_), _) => level.push(id),
                _ => {}
            }
        }
    }
    (count >= 2.0).then(|| Place::new(lat / count, lon / count))
}
