//! The shared core: an immutable snapshot of the site, and the page of a route.
//!
//! `build`, `check` and `serve` all call [`page`]; there is no other way to make one.

mod inputs;
mod picture;
mod site_links;

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Record;
use crate::model::{Site, note_all, noting};
use crate::pages::{Briefs, Context, Output, PAGES};
use crate::routes::{PageId, ROOT, Route, RouteTable, Routes, Subject, push_with_root, relative};
use crate::source::{FileId, Source, Sources, Span};
use crate::theme::{TemplateError, Theme};
pub use inputs::{Difference, Inputs};
pub use picture::{Unmade, bytes};
use rayon::prelude::*;
use site_links::report_site_links;
use std::sync::{Arc, Mutex};

/// Everything that pages are made from, and the problems found on the way.
pub struct Snapshot {
    pub site: Site,
    pub routes: Arc<RouteTable>,
    pub theme: Arc<Theme>,
    pub sources: Sources,
    /// Where the site is published, ending with `/`.
    pub base_url: String,
    briefs: Briefs,
    config: FileId,
    /// One for each published file: whoever makes versions of it holds it, so that no
    /// two threads make the same.
    making: Vec<Mutex<()>>,
}

/// The content of one file of the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rendered {
    Bytes(Vec<u8>),
    /// A file of the site, to be copied as it is; its path from the site's root.
    File(String),
    /// A version of a picture, as in `Assets::versions`.
    Picture(usize, usize),
}

/// Gives every page its address; `config` is `site.toml`, `before` the table of the load
/// before: it is given again where all addresses are the same.
pub fn enumerate(
    site: &Site,
    theme: &Theme,
    config: FileId,
    before: Option<&Arc<RouteTable>>,
    problems: &mut Problems,
) -> Arc<RouteTable> {
    let kinds: Vec<PageId> = (0..PAGES.len() as u8).map(PageId).collect();
    let is_same = |table: &&Arc<RouteTable>| has_routes_of(site, theme, config, table, &kinds);
    if let Some(before) = before.filter(is_same) {
        report_site_links(site, before, problems);
        return Arc::clone(before);
    }
    let theme_assets: Vec<String> = theme.assets.iter().map(|asset| asset.url.clone()).collect();
    let mut routes = Routes::new(site, &theme_assets, config, problems);
    for (index, page) in PAGES.iter().enumerate() {
        routes.begin(PageId(index as u8));
        (page.routes)(&mut routes);
    }
    let routes = routes.finish();
    report_site_links(site, &routes, problems);
    Arc::new(routes)
}

/// Whether the routes of some page kinds are those of a table.
pub fn has_routes_of(
    site: &Site,
    theme: &Theme,
    config: FileId,
    table: &RouteTable,
    kinds: &[PageId],
) -> bool {
    let theme_assets: Vec<String> = theme.assets.iter().map(|asset| asset.url.clone()).collect();
    kinds.par_iter().all(|id| {
        let mut none = Problems::new();
        let routes = Routes::new(site, &theme_assets, config, &mut none);
        let mut routes = routes.beside(table, *id);
        (PAGES[id.0 as usize].routes)(&mut routes);
        routes.are_the_same()
    })
}

impl Snapshot {
    /// A site with the addresses of its pages; `config` is `site.toml`.
    pub fn new(
        site: Site,
        routes: Arc<RouteTable>,
        theme: Arc<Theme>,
        sources: Sources,
        base_url: String,
        config: FileId,
    ) -> Snapshot {
        Snapshot {
            briefs: Briefs::new(&site),
            making: site.assets.all().iter().map(|_| Mutex::default()).collect(),
            site,
            routes,
            theme,
            sources,
            base_url,
            config,
        }
    }

    /// The files of the theme, of the site's configuration, its vocabularies and statement: all
    /// that is no record's.
    fn own_sources(&self) -> impl Iterator<Item = &(FileId, Arc<Source>)> {
        let drafts = self.site.drafts.iter().map(AsRef::as_ref);
        let records = self.site.all().map(|id| self.site.record(id)).chain(drafts);
        let mut of_records: Vec<FileId> = records.flat_map(Record::files).collect();
        of_records.sort_unstable();
        let all = self.sources.iter();
        all.filter(move |(file, _)| of_records.binary_search(file).is_err())
    }

    /// The same without what the files of records say, which pages are not made of: only
    /// messages about them show it.
    pub fn without_records_files(mut self) -> Snapshot {
        let own = self.own_sources().cloned().collect();
        self.sources = Sources::numbered(own, 1);
        self
    }

    /// What a template error is as a problem of the site.
    pub fn template_problem(&self, error: &TemplateError, route: Route, url: &str) -> Diagnostic {
        let span = error.span.unwrap_or(Span::file(self.config));
        let problem = Diagnostic::new(Code::Template, span)
            .with("detail", &error.message)
            .with("template", &error.template)
            .with("url", format!("/{url}"))
            .hinting("page");
        match route.subject {
            Subject::Record(id) => {
                problem.related(self.site.record(id).span(), "labels.shown_record")
            }
            _ => problem,
        }
    }
}

/// Sorts problems of templates; a mistake that many pages show is named once, for the first of them.
pub fn sort_template_problems(problems: &mut Problems) {
    crate::diag::sort(problems);
    problems.dedup_by(|a, b| (a.code, a.span) == (b.code, b.span));
}

/// The page of a route.
pub fn page(snapshot: &Snapshot, route: Route, url: &str) -> Result<Rendered, TemplateError> {
    let kind = &PAGES[route.page.0 as usize];
    let context = Context {
        site: &snapshot.site,
        routes: &snapshot.routes,
        theme: &snapshot.theme,
        briefs: &snapshot.briefs,
        base_url: &snapshot.base_url,
        reader: route
            .language
            .unwrap_or_else(|| snapshot.site.default_language()),
        route,
        url,
    };
    let render = || (kind.render)(&context, route.subject);
    let templates = &snapshot.theme.templates;
    let output = match templates.need_room() {
        false => render(),
        true => {
            // What is read there is noted there, and belongs to whoever asked for the page.
            let (output, reads) = templates.with_room(|| noting(render));
            note_all(&reads);
            output
        }
    };
    Ok(match output? {
        Output::File(path) => Rendered::File(path),
        Output::Picture(picture, version) => Rendered::Picture(picture, version),
        Output::Html(html) => Rendered::Bytes(html.with_root(&root(snapshot, kind.name, url))),
        Output::Bytes(bytes) => Rendered::Bytes(put_root(bytes, &root(snapshot, kind.name, url))),
    })
}

/// The way from a page to the site's root. The page shown for unknown
/// addresses is served at any depth, so it starts from the host.
fn root(snapshot: &Snapshot, kind: &str, url: &str) -> String {
    if kind != "not-found" {
        return relative(url);
    }
    let rest = snapshot
        .base_url
        .split_once("://")
        .map_or("", |(_, rest)| rest);
    rest.find('/')
        .map_or("/", |slash| &rest[slash..])
        .to_owned()
}

/// Puts the way to the root in place of its marks.
fn put_root(bytes: Vec<u8>, root: &str) -> Vec<u8> {
    if memchr::memchr(ROOT as u8, &bytes).is_none() {
        return bytes;
    }
    let mut out = Vec::with_capacity(bytes.len() + bytes.len() / 8);
    push_with_root(&bytes, root.as_bytes(), &mut out);
    out
}
