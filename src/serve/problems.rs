//! What a browser asks when the site has changed: is my page another, and what is wrong?

use super::answer::Answer;
use super::http::{Asked, Shared};
use super::live::Shown;
use super::page::{Page, page_at};
use super::subject;
use crate::diag::{Diagnostic, Severity};
use crate::project::Loaded;
use crate::report::{one_text, visible};
use axum::http::StatusCode;
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;

/// How many problems a panel shows; the overview has all.
const MOST_SHOWN: usize = 20;

/// The state of the page at `url`: the same as what was `seen`, changed with its
/// new text, or moved to the address where its subject is now.
pub(super) fn page(shared: &Shared, asked: &Asked) -> String {
    let shown = shared.live.now();
    let url = asked.get("url").unwrap_or_default();
    let url = url.trim_start_matches('/');
    let seen = asked.get("seen").unwrap_or_default();
    let mut answer = json!({
        "version": shown.version,
        "as_of": shown.view.as_of.to_string(),
    });
    let Answer::Page(page) = page_at(shared, &shown, url) else {
        return answer.to_string();
    };
    let whole = page.status == StatusCode::OK;
    // Its subject may have another address now.
    let moved = || {
        let wanted = asked.get("subject")?;
        subject::find(shown.snapshot()?, &wanted).filter(|there| *there != url)
    };
    if let Some(there) = (!whole).then(moved).flatten() {
        answer["moved"] = format!("/{there}").into();
    } else {
        let print = page.print();
        answer["whole"] = whole.into();
        if print != seen {
            answer["html"] = String::from_utf8_lossy(&page.bytes).into();
        }
        answer["print"] = print.into();
    }
    answer["draft"] = page.draft.into();
    let (here, elsewhere) = split(&shown, &page);
    let errors = |problems: &[&Diagnostic]| {
        let is_error = |problem: &&&Diagnostic| problem.severity() == Severity::Error;
        problems.iter().filter(is_error).count()
    };
    answer["errors"] = errors(&here).into();
    answer["elsewhere"] = match elsewhere.len() {
        0 => Json::Null,
        n => shared.words().count("preview.elsewhere", n).into(),
    };
    answer["more"] = match here.len().saturating_sub(MOST_SHOWN) {
        0 => Json::Null,
        n => shared.words().count("preview.elsewhere", n).into(),
    };
    let here = here.into_iter().take(MOST_SHOWN);
    answer["problems"] = here
        .map(|problem| described(shared, &shown.loaded, problem, asked.loopback))
        .collect();
    answer.to_string()
}

/// A problem as the terminal tells it, with a link to its place.
pub(super) fn described(
    shared: &Shared,
    loaded: &Loaded,
    problem: &Diagnostic,
    loopback: bool,
) -> Json {
    let sources = loaded.sources();
    let path = &sources.get(problem.span.file).path;
    let at = sources.position(problem.span.file, problem.span.start);
    json!({
        "code": problem.code.as_str(),
        "severity": problem.severity().as_str(),
        "message": visible(shared.words().message(problem)),
        "text": one_text(problem, sources, shared.words()),
        "place": format!("{path}:{}:{}", at.line, at.column),
        "href": loopback.then(|| shared.preview.editor.href(path, at.line, at.column)),
    })
}

/// The problems to be told over a page, and those that are elsewhere: of the
/// page's own record, of what all pages are made with, and of what was changed last.
fn split<'a>(shown: &'a Shown, page: &'a Page) -> (Vec<&'a Diagnostic>, Vec<&'a Diagnostic>) {
    let mut own: BTreeSet<&str> = BTreeSet::new();
    if let (Some(snapshot), Some(route)) = (&page.from.snapshot, page.route)
        && let Some(record) = subject::record(snapshot, route)
    {
        let texts = record.markdown.iter().map(|text| text.file);
        let files = texts.chain([record.file]);
        own.extend(files.map(|file| &*snapshot.sources.get(file).path));
    }
    let sources = shown.loaded.sources();
    let is_here = |problem: &&Diagnostic| {
        let path = &*sources.get(problem.span.file).path;
        let of_all = path.starts_with("themes/")
            || path
                .strip_prefix("content/")
                .is_some_and(|rest| !rest.contains('/'));
        own.contains(path)
            || shown.touched.contains(path)
            || of_all && problem.severity() == Severity::Error
    };
    let matters = |problem: &&Diagnostic| problem.severity() != Severity::Note;
    let all = shown.loaded.problems.iter().filter(matters);
    let (mut here, elsewhere): (Vec<_>, Vec<_>) = all.partition(is_here);
    here.extend(&page.problem);
    here.sort_by_key(|problem| problem.severity() != Severity::Error);
    (here, elsewhere)
}
