//! The page at an address: from the site as it is, or from what errors have taken of it.

use super::answer::{Answer, content_type, sent};
use super::http::Shared;
use super::live::{Shown, usable};
use super::subject;
use crate::diag::Diagnostic;
use crate::pages::PAGES;
use crate::project::Loaded;
use crate::render::{Unmade, bytes, page};
use crate::routes::Route;
use crate::theme::escape;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// A page or a file, as `build` writes it.
pub(super) struct Page {
    pub(super) status: StatusCode,
    pub(super) url: String,
    /// None where the site has never been whole enough for any page.
    pub(super) route: Option<Route>,
    /// What it was made from.
    pub(super) from: Arc<Loaded>,
    pub(super) bytes: Vec<u8>,
    /// It is shown here only: its record is not published.
    pub(super) draft: bool,
    /// Why it could not be made from the site as it is now.
    pub(super) problem: Option<Diagnostic>,
}

/// What stands at an address of the site.
pub(super) fn page_at(shared: &Shared, shown: &Shown, url: &str) -> Answer {
    if let Some(page) = exact(shared, shown, url) {
        return Answer::Page(page);
    }
    let folder = format!("{url}/");
    let snapshot = shown.snapshot();
    if snapshot.is_some_and(|snapshot| snapshot.routes.find(&folder).is_some()) {
        return Answer::Moved(folder);
    }
    if let Some(stem) = url.strip_suffix("index.html")
        && let Some(page) = exact(shared, shown, stem)
    {
        return Answer::Page(page);
    }
    let not_found = exact(shared, shown, "404.html").map(|page| Page {
        status: StatusCode::NOT_FOUND,
        ..page
    });
    Answer::Page(not_found.unwrap_or_else(|| nothing_yet(shared, shown, url)))
}

fn exact(shared: &Shared, shown: &Shown, url: &str) -> Option<Page> {
    let mut problem = None;
    let states = [
        Some(&shown.loaded),
        shown.good.as_ref(),
        shown.unpublished.as_ref(),
    ];
    for (n, loaded) in states.into_iter().enumerate() {
        let Some((loaded, snapshot)) = loaded.and_then(|loaded| Some((loaded, usable(loaded)?)))
        else {
            continue;
        };
        let Some(route) = snapshot.routes.find(url).copied() else {
            continue;
        };
        let record = subject::record(snapshot, route);
        let stays = match n {
            // While a record has errors, its page is shown as it was without them …
            0 => !record.is_some_and(|record| shown.has_errors(record)),
            // … unless there is no such record any more, or nothing is wrong at all.
            1 if Arc::ptr_eq(loaded, &shown.loaded) => false,
            1 => record.is_none_or(|record| {
                let path = &snapshot.sources.get(record.file).path;
                shown.loaded.sources().has(path)
            }),
            _ => true,
        };
        let is_last = || {
            states[n + 1..]
                .iter()
                .flatten()
                .all(|other| !has_page(other, url))
        };
        let is_shown = stays || n == 0 && is_last();
        if !is_shown {
            continue;
        }
        let files = &shared.preview.files;
        let bytes = match page(snapshot, route, url).map(|page| bytes(snapshot, page, files)) {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(Unmade::File(_))) => continue,
            Ok(Err(Unmade::Picture(found))) => {
                problem = problem.or_else(|| (n == 0).then_some(*found));
                continue;
            }
            Err(error) => {
                let own = || snapshot.template_problem(&error, route, url);
                problem = problem.or_else(|| (n == 0).then(own));
                continue;
            }
        };
        return Some(Page {
            status: StatusCode::OK,
            url: url.to_owned(),
            route: Some(route),
            from: Arc::clone(loaded),
            bytes,
            draft: subject::is_draft(snapshot, route),
            problem,
        });
    }
    let route = shown.snapshot()?.routes.find(url).copied()?;
    // There has never been a good one.
    Some(Page {
        route: Some(route),
        problem,
        status: StatusCode::INTERNAL_SERVER_ERROR,
        ..nothing_yet(shared, shown, url)
    })
}

fn has_page(loaded: &Loaded, url: &str) -> bool {
    usable(loaded).is_some_and(|snapshot| snapshot.routes.find(url).is_some())
}

/// Stands where no page could ever be made; the panel says why.
fn nothing_yet(shared: &Shared, shown: &Shown, url: &str) -> Page {
    let words = shared.words();
    let text = escape(&words.say("preview.nothing_yet"));
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{text}</title>\n</head>\n<body>\n<main>\n<h1>{text}</h1>\n</main>\n</body>\n</html>\n",
        words.tag()
    );
    Page {
        status: StatusCode::SERVICE_UNAVAILABLE,
        url: url.to_owned(),
        route: None,
        from: Arc::clone(&shown.loaded),
        bytes: html.into_bytes(),
        draft: false,
        problem: None,
    }
}

impl Page {
    /// Changes with the bytes.
    pub(super) fn print(&self) -> String {
        format!("{:016x}", xxh3_64(&self.bytes))
    }

    /// Whether it is a page that browsers show and scripts can follow.
    fn is_followed(&self) -> bool {
        let only_leads_on = |route: Route| PAGES[route.page.0 as usize].name == "redirect";
        let type_of = match self.status {
            StatusCode::OK => content_type(&self.url),
            _ => "text/html; charset=utf-8",
        };
        type_of.starts_with("text/html") && !self.route.is_some_and(only_leads_on)
    }

    /// The answer: the bytes, and after them, in a page, what makes it follow the files.
    pub(super) fn sent(self, shown: &Shown) -> Response<Body> {
        if !self.is_followed() {
            return sent(self.status, content_type(&self.url), self.bytes);
        }
        let snippet = self.snippet(shown);
        let mut bytes = self.bytes;
        bytes.extend_from_slice(snippet.as_bytes());
        sent(self.status, "text/html; charset=utf-8", bytes)
    }

    /// Stands after the end of the page, so that all before it is what `build` writes.
    fn snippet(&self, shown: &Shown) -> String {
        let snapshot = self.from.snapshot.as_ref();
        let key = match (snapshot, self.route) {
            (Some(snapshot), Some(route)) => subject::key(snapshot, route),
            _ => String::new(),
        };
        format!(
            "<script type=\"module\" src=\"/_twintown/preview.js\" id=\"twintown-preview\" data-seen=\"{}\" \
             data-version=\"{}\" data-subject=\"{}\"></script>\n",
            self.print(),
            shown.version,
            escape(&key),
        )
    }
}
