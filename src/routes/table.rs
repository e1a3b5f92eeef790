//! All routes of a site, both ways: by address and by what they are.

use super::{PageId, Route, Subject};
use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::model::{LanguageId, Site};
use crate::source::{FileId, Span};
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use hashbrown::hash_table::Entry;
use std::hash::{BuildHasher, Hash};
use std::num::NonZeroU32;
use std::sync::Arc;

/// The routes of a site with their addresses.
#[derive(Debug, Default)]
pub struct RouteTable {
    entries: Vec<(Route, Arc<str>)>,
    /// For each language, by record: the place of the record's first route, which is nearly
    /// always its own page. These are asked for most, and numbers are found faster than hashes.
    of_records: Vec<Vec<Option<NonZeroU32>>>,
    /// The places of other entries, found by what stands there: nothing is kept twice.
    by_route: HashTable<u32>,
    by_url: HashTable<u32>,
}

fn hash(value: &(impl Hash + ?Sized)) -> u64 {
    FixedState::default().hash_one(value)
}

/// Where the place of the first route of a record in a language is written, counted from 1;
/// `None` for routes of something else.
fn first_of(
    of_records: &mut Vec<Vec<Option<NonZeroU32>>>,
    route: Route,
) -> Option<&mut Option<NonZeroU32>> {
    let (Subject::Record(record), Some(language)) = (route.subject, route.language) else {
        return None;
    };
    let (record, language) = (record.index(), language.index());
    if of_records.len() <= language {
        of_records.resize_with(language + 1, Vec::new);
    }
    let records = &mut of_records[language];
    if records.len() <= record {
        records.resize(record + 1, None);
    }
    Some(&mut records[record])
}

impl RouteTable {
    /// Every route with its address, in the order of page kinds.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Route, &str)> {
        self.shared().map(|(route, url)| (route, &**url))
    }

    /// The same, for who holds addresses longer than the table.
    pub fn shared(&self) -> impl ExactSizeIterator<Item = (&Route, &Arc<str>)> {
        self.entries.iter().map(|(route, url)| (route, url))
    }

    /// The n-th route.
    pub fn at(&self, index: usize) -> (&Route, &str) {
        let (route, url) = &self.entries[index];
        (route, url)
    }

    /// The number of routes.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The route at an address; a folder's address ends with `/`.
    pub fn find(&self, url: &str) -> Option<&Route> {
        let place = self
            .by_url
            .find(hash(url), |index| self.at(*index as usize).1 == url);
        place.map(|index| &self.entries[*index as usize].0)
    }

    /// The address of a route.
    pub fn url(&self, route: Route) -> Option<&str> {
        self.place(route).map(|place| self.at(place).1)
    }

    fn place(&self, route: Route) -> Option<usize> {
        let is_it = |index: &u32| *self.at(*index as usize).0 == route;
        if let (Subject::Record(record), Some(language)) = (route.subject, route.language)
            && let Some(records) = self.of_records.get(language.index())
            && let Some(Some(place)) = records.get(record.index())
            && is_it(&(place.get() - 1))
        {
            return Some(place.get() as usize - 1);
        }
        let place = self.by_route.find(hash(&route), is_it);
        place.map(|index| *index as usize)
    }

    /// Adds a route, or tells the place of that which has its address, and gives it back.
    fn insert(&mut self, route: Route, url: Arc<str>) -> Result<(), (usize, Arc<str>)> {
        let RouteTable {
            entries,
            of_records,
            by_route,
            by_url,
        } = self;
        let index = entries.len() as u32;
        let place = by_url.entry(
            hash(&*url),
            |index| entries[*index as usize].1 == url,
            |index| hash(&*entries[*index as usize].1),
        );
        match place {
            Entry::Vacant(place) => place.insert(index),
            Entry::Occupied(taken) => return Err((*taken.get() as usize, url)),
        };
        let first = first_of(of_records, route).filter(|first| first.is_none());
        match first {
            Some(first) => *first = NonZeroU32::new(index + 1),
            None => {
                by_route.insert_unique(hash(&route), index, |index| {
                    hash(&entries[*index as usize].0)
                });
            }
        }
        entries.push((route, url));
        Ok(())
    }

    /// The address of a page in a language.
    pub fn href(&self, page: PageId, subject: Subject, language: LanguageId) -> Option<&str> {
        self.url(Route {
            page,
            subject,
            language: Some(language),
        })
    }
}

/// Takes the routes of one page kind after the other.
///
/// They make a table, or are compared with one: hashing a hundred thousand addresses
/// again is most of what routing costs.
pub struct Routes<'a> {
    pub site: &'a Site,
    page: PageId,
    known: Known<'a>,
    /// Where each route of the table was written.
    spans: Vec<Span>,
    problems: &'a mut Problems,
    /// The file to name for a route that no record stands behind.
    config: FileId,
    /// The addresses of the theme's assets.
    pub theme_assets: &'a [String],
}

/// The routes so far.
enum Known<'a> {
    Made(RouteTable),
    /// They are the first ones of this table: so many.
    Same(&'a RouteTable, usize),
    /// They are others than those of the table.
    Others(&'a RouteTable),
}

impl Known<'_> {
    /// A table that begins with them, and how many they are.
    fn table(&self) -> (&RouteTable, usize) {
        match self {
            Known::Made(table) => (table, table.len()),
            Known::Same(table, count) => (table, *count),
            Known::Others(table) => (table, 0),
        }
    }
}

impl<'a> Routes<'a> {
    /// No routes yet; `config` is `site.toml`.
    pub fn new(
        site: &'a Site,
        theme_assets: &'a [String],
        config: FileId,
        problems: &'a mut Problems,
    ) -> Self {
        Routes {
            site,
            page: PageId(0),
            known: Known::Made(RouteTable::default()),
            spans: Vec::new(),
            problems,
            config,
            theme_assets,
        }
    }

    /// Those of the page kinds before `page` are as in a table; the routes of this one are to
    /// be compared with it.
    pub fn beside(self, table: &'a RouteTable, page: PageId) -> Self {
        let count = table
            .entries
            .partition_point(|(route, _)| route.page < page);
        let known = Known::Same(table, count);
        Routes {
            page,
            known,
            ..self
        }
    }

    /// Whether all routes of the page kind are those of the table.
    pub fn are_the_same(&self) -> bool {
        let is_this = |(route, _): &(Route, Arc<str>)| route.page == self.page;
        match &self.known {
            Known::Made(_) => true,
            Known::Same(table, count) => !table.entries.get(*count).is_some_and(is_this),
            Known::Others(_) => false,
        }
    }

    /// The routes that follow belong to this page kind.
    pub fn begin(&mut self, page: PageId) {
        self.page = page;
    }

    /// The routes so far.
    pub fn so_far(&self) -> impl Iterator<Item = (&Route, &str)> {
        let (table, count) = self.known.table();
        table.iter().take(count)
    }

    /// The address of a page in a language, among the routes so far.
    pub fn href(&self, page: PageId, subject: Subject, language: LanguageId) -> Option<&str> {
        let (table, count) = self.known.table();
        let route = Route {
            page,
            subject,
            language: Some(language),
        };
        let place = table.place(route).filter(|place| *place < count)?;
        Some(table.at(place).1)
    }

    /// Adds a route; reports an address that is taken.
    pub fn add(&mut self, url: String, subject: Subject, language: Option<LanguageId>) {
        let span = self.span(subject);
        self.add_from(url, subject, language, span);
    }

    /// Adds a route written at a certain place.
    pub fn add_from(
        &mut self,
        url: String,
        subject: Subject,
        language: Option<LanguageId>,
        span: Span,
    ) {
        let route = Route {
            page: self.page,
            subject,
            language,
        };
        let table = match &mut self.known {
            Known::Made(table) => table,
            Known::Same(table, count) => {
                let next = table.entries.get(*count);
                match next.is_some_and(|(known, at)| *known == route && **at == *url) {
                    true => *count += 1,
                    false => self.known = Known::Others(table),
                }
                return;
            }
            Known::Others(_) => return,
        };
        let Err((taken, url)) = table.insert(route, url.into()) else {
            self.spans.push(span);
            return;
        };
        let other_span = self.spans[taken];
        // An address that somebody wrote is to be changed rather than one
        // that follows from an id, and that rather than one of the theme.
        let weight = |span: Span| (span.file != self.config, span.end > 0);
        let (at, first) = match weight(span) < weight(other_span) {
            true => (other_span, span),
            false => (span, other_span),
        };
        self.problems.push(
            Diagnostic::new(Code::UrlCollision, at)
                .with("url", format!("/{url}"))
                .related(first, "labels.first_here"),
        );
    }

    fn span(&self, subject: Subject) -> Span {
        match subject {
            Subject::Record(id) => self.site.record(id).span(),
            _ => Span::file(self.config),
        }
    }

    /// The finished table.
    pub fn finish(self) -> RouteTable {
        match self.known {
            Known::Made(mut table) => {
                table.entries.shrink_to_fit();
                table
            }
            Known::Same(..) | Known::Others(_) => unreachable!("comparing makes no table"),
        }
    }
}
