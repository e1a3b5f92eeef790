//! The overview for editors: all problems, what is missing, and every page.

use super::answer::{own, plain, redirect};
use super::http::{Asked, Shared};
use super::live::Shown;
use super::problems::described;
use super::subject;
use super::view::View;
use crate::diag::Severity;
use crate::pages::PAGES;
use crate::render::Snapshot;
use crate::status::{self, Status};
use crate::theme::escape;
use axum::body::Body;
use axum::http::{Response, StatusCode};
use std::fmt::Write;

/// How many problems and routes are shown at once.
const MOST_ROWS: usize = 300;

/// The overview; with `as-of` or `drafts` in the query, from then on another view of the site.
pub(super) fn answer(shared: &Shared, asked: &Asked) -> Response<Body> {
    let shown = shared.live.now();
    if let Some(day) = asked.get("as-of") {
        // Other sites may lead a browser here, but not change what is shown.
        if !asked.own_page {
            return plain(StatusCode::FORBIDDEN, "not from a page of this preview");
        }
        let Ok(as_of) = day.parse() else {
            let text = shared
                .words()
                .say_with("preview.no_day", &[("value", &day)]);
            return plain(StatusCode::BAD_REQUEST, &text);
        };
        let drafts = asked.get("drafts").is_some();
        let view = View { as_of, drafts };
        shared.live.look_otherwise(view);
        let mut seen = redirect("/_twintown/");
        *seen.status_mut() = StatusCode::SEE_OTHER;
        return seen;
    }
    let title = shared.words().say("preview.overview");
    let main = main(shared, &shown, asked);
    let page = status::framed(&title, &main, shown.snapshot(), shared.words());
    // It follows the site as every page does.
    let script = format!(
        "<script type=\"module\" src=\"/_twintown/preview.js\" id=\"twintown-preview\" \
         data-version=\"{}\"></script>\n",
        shown.version
    );
    own("text/html; charset=utf-8", page + &script)
}

/// What is left to do on the site, by itself.
pub(super) fn status(shared: &Shared) -> String {
    let shown = shared.live.now();
    match shown.snapshot() {
        Some(snapshot) => status::page(&status_of(shared, snapshot), snapshot, shared.words()),
        None => {
            let title = shared.words().say("status.title");
            status::framed(&title, "", None, shared.words())
        }
    }
}

fn status_of(shared: &Shared, snapshot: &Snapshot) -> Status {
    let (site, sources) = (&snapshot.site, &snapshot.sources);
    let languages: Vec<_> = site.language_ids().collect();
    Status::new(
        site,
        sources,
        shared.preview.repository.as_ref(),
        &languages,
    )
}

fn main(shared: &Shared, shown: &Shown, asked: &Asked) -> String {
    let mut out = String::new();
    view(shared, shown, &mut out);
    problems(shared, shown, asked, &mut out);
    if let Some(snapshot) = shown.snapshot() {
        drafts(shared, shown, &mut out);
        out.push_str(&status::sections(
            &status_of(shared, snapshot),
            snapshot,
            shared.words(),
        ));
        routes(shared, snapshot, asked, &mut out);
    }
    out
}

/// The day and the drafts, to be changed.
fn view(shared: &Shared, shown: &Shown, out: &mut String) {
    let say = |key: &str| escape(&shared.words().say(key));
    let checked = if shown.view.drafts { " checked" } else { "" };
    let _ = writeln!(
        out,
        "<form method=\"get\" action=\"/_twintown/\">\n<p><label>{} \
         <input type=\"date\" name=\"as-of\" value=\"{}\" required></label> \
         <label><input type=\"checkbox\" name=\"drafts\" value=\"1\"{checked}> {}</label> \
         <button type=\"submit\">{}</button></p>\n</form>",
        say("preview.as_of"),
        shown.view.as_of,
        say("preview.with_drafts"),
        say("preview.show"),
    );
}

fn problems(shared: &Shared, shown: &Shown, asked: &Asked, out: &mut String) {
    let words = shared.words();
    let heading = escape(&words.say("preview.problems"));
    let _ = writeln!(out, "<h2>{heading}</h2>");
    let mut all: Vec<_> = shown.loaded.problems.iter().collect();
    if all.is_empty() {
        let _ = writeln!(out, "<p>{}</p>", escape(&words.say("preview.no_problems")));
        return;
    }
    all.sort_by_key(|problem| match problem.severity() {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    });
    out.push_str("<ul>\n");
    for problem in all.iter().take(MOST_ROWS) {
        let told = described(shared, &shown.loaded, problem, asked.loopback);
        let text = |name: &str| escape(told[name].as_str().unwrap_or_default());
        let severity = words.say(&format!("report.{}", problem.severity().as_str()));
        let place = match told["href"].as_str() {
            Some(href) => format!("<a href=\"{}\">{}</a>", escape(href), text("place")),
            None => text("place"),
        };
        let _ = writeln!(
            out,
            "<li><strong>{}</strong> {place}: {} <code>{}</code></li>",
            escape(&severity),
            text("message"),
            text("code"),
        );
    }
    out.push_str("</ul>\n");
    more(shared, all.len(), out);
}

/// Records that are not published, which have their pages here.
fn drafts(shared: &Shared, shown: &Shown, out: &mut String) {
    let loaded = shown.unpublished.as_ref().unwrap_or(&shown.loaded);
    let Some(snapshot) = &loaded.snapshot else {
        return;
    };
    let site = &snapshot.site;
    let language = site.default_language();
    let unpublished = site
        .all()
        .filter(|id| subject::is_unpublished(site.record(*id), snapshot));
    let mut list = String::new();
    for id in unpublished.take(MOST_ROWS) {
        let page = crate::pages::record_page(site.record(id).kind());
        let subject = crate::routes::Subject::Record(id);
        if let Some(url) = snapshot.routes.href(page, subject, language) {
            let label = escape(&site.label(id, language).text);
            let _ = writeln!(list, "<li><a href=\"/{}\">{label}</a></li>", escape(url));
        }
    }
    if !list.is_empty() {
        let heading = escape(&shared.words().say("preview.drafts"));
        let _ = writeln!(out, "<h2>{heading}</h2>\n<ul>\n{list}</ul>");
    }
}

/// Every page and file, as far as it holds the words that are looked for.
fn routes(shared: &Shared, snapshot: &Snapshot, asked: &Asked, out: &mut String) {
    let say = |key: &str| escape(&shared.words().say(key));
    let wanted = asked.get("q").unwrap_or_default();
    let words: Vec<String> = wanted.split_whitespace().map(str::to_lowercase).collect();
    let _ = writeln!(
        out,
        "<h2 id=\"routes\">{}</h2>\n<form method=\"get\" action=\"/_twintown/#routes\" role=\"search\">\n\
         <p><label>{} <input type=\"search\" name=\"q\" value=\"{}\"></label> \
         <button type=\"submit\">{}</button></p>\n</form>\n<ul>",
        say("preview.routes"),
        say("preview.search"),
        escape(&wanted),
        say("preview.search"),
    );
    let site = &snapshot.site;
    let mut found = 0;
    for (route, url) in snapshot.routes.iter() {
        let label = match (route.subject, route.language) {
            (crate::routes::Subject::Record(id), language) => {
                let language = language.unwrap_or_else(|| site.default_language());
                &*site.label(id, language).text
            }
            _ => "",
        };
        let page = PAGES[route.page.0 as usize].name;
        if !words.is_empty() {
            let all = format!("/{url} {label} {page}").to_lowercase();
            if !words.iter().all(|word| all.contains(word)) {
                continue;
            }
        }
        found += 1;
        if found <= MOST_ROWS {
            let url = escape(url);
            let _ = writeln!(
                out,
                "<li><a href=\"/{url}\">/{url}</a> {} <code>{page}</code></li>",
                escape(label)
            );
        }
    }
    out.push_str("</ul>\n");
    more(shared, found, out);
}

fn more(shared: &Shared, all: usize, out: &mut String) {
    if all > MOST_ROWS {
        let text = shared.words().count("preview.more", all - MOST_ROWS);
        let _ = writeln!(out, "<p>{}</p>", escape(&text));
    }
}
