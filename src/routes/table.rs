//! All routes of a site, both ways: by address and by what they are.

use super::{PageId, Route, Subject};
use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::model::{LanguageId, Site};
use crate::source::{FileId, Span};
use ahash::AHashMap;

/// The routes of a site with their addresses.
#[derive(Debug, Default)]
pub struct RouteTable {
    entries: Vec<(Route, Box<str>)>,
    by_route: AHashMap<Route, u32>,
    by_url: AHashMap<Box<str>, u32>,
}

impl RouteTable {
    /// Every route with its address, in the order of page kinds.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Route, &str)> {
        self.entries
            .iter()
            .map(|(route, url)| (route, url.as_ref()))
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
        self.by_url
            .get(url)
            .map(|index| &self.entries[*index as usize].0)
    }

    /// The address of a route.
    pub fn url(&self, route: Route) -> Option<&str> {
        self.by_route
            .get(&route)
            .map(|index| self.entries[*index as usize].1.as_ref())
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
pub struct Routes<'a> {
    pub site: &'a Site,
    page: PageId,
    table: RouteTable,
    /// Where each route was written, beside the table's entries.
    spans: Vec<Span>,
    problems: &'a mut Problems,
    /// The file to name for a route that no record stands behind.
    config: FileId,
    /// The addresses of the theme's assets.
    pub theme_assets: &'a [String],
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
            table: RouteTable::default(),
            spans: Vec::new(),
            problems,
            config,
            theme_assets,
        }
    }

    /// The routes that follow belong to this page kind.
    pub fn begin(&mut self, page: PageId) {
        self.page = page;
    }

    /// The routes so far.
    pub fn table(&self) -> &RouteTable {
        &self.table
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
        if let Some(index) = self.table.by_url.get(url.as_str()) {
            let other_span = self.spans[*index as usize];
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
            return;
        }
        let route = Route {
            page: self.page,
            subject,
            language,
        };
        let index = self.table.entries.len() as u32;
        let url: Box<str> = url.into();
        self.table.by_url.insert(url.clone(), index);
        self.table.by_route.insert(route, index);
        self.table.entries.push((route, url));
        self.spans.push(span);
    }

    fn span(&self, subject: Subject) -> Span {
        match subject {
            Subject::Record(id) => self.site.record(id).span(),
            _ => Span::file(self.config),
        }
    }

    /// The finished table.
    pub fn finish(self) -> RouteTable {
        self.table
    }
}
