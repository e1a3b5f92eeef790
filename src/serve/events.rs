//! Tells browsers that the site has changed (server-sent events).

use super::http::Shared;
use super::live::Shown;
use crate::pages::record_page;
use crate::routes::Subject;
use axum::body::Body;
use axum::http::{Response, header};
use futures_util::stream;
use serde_json::{Map, Value as Json, json};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

/// Keeps what lies between from closing a quiet connection.
const QUIET: Duration = Duration::from_secs(20);

/// A stream that names the state shown now, and each that follows. A browser that
/// was away misses nothing: the state says all.
pub(super) fn stream(shared: &Arc<Shared>) -> Response<Body> {
    let versions = shared.live.versions();
    let shared = Arc::clone(shared);
    let states = stream::unfold(
        (versions, shared, true),
        |(mut versions, shared, first)| async move {
            let text = match first {
                true => {
                    versions.mark_unchanged();
                    // Browsers ask again so soon after the program has gone.
                    format!("retry: 500\n{}", state(&shared, false))
                }
                false => match tokio::time::timeout(QUIET, versions.changed()).await {
                    Ok(Ok(())) => state(&shared, true),
                    Ok(Err(_)) => return None,
                    Err(_) => ":\n\n".to_owned(),
                },
            };
            Some((Ok::<_, Infallible>(text), (versions, shared, false)))
        },
    );
    Response::builder()
        .header(header::CONTENT_TYPE, "text/event-stream")
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(Body::from_stream(states))
        .expect("these headers are well formed")
}

fn state(shared: &Shared, with_follow: bool) -> String {
    let shown = shared.live.now();
    let follow = (with_follow && shared.preview.follow)
        .then(|| follow(&shown))
        .flatten();
    let data = json!({ "version": shown.version, "follow": follow });
    format!("data: {data}\n\n")
}

/// The addresses of the page of the record that was changed last, by language.
fn follow(shown: &Shown) -> Option<Json> {
    let snapshot = shown.snapshot()?;
    let (id, lang) = shown.follow?;
    let site = &snapshot.site;
    let page = record_page(site.record(id).kind());
    let mut urls = Map::new();
    let own = |language: &_| Some(site.tag(*language)) == lang;
    let languages: Vec<_> = site.language_ids().collect();
    // A text is looked at in its own language; facts in the reader's.
    let one = languages.iter().find(|language| own(language));
    for language in one.map_or(&languages[..], std::slice::from_ref) {
        if let Some(url) = snapshot.routes.href(page, Subject::Record(id), *language) {
            urls.insert(site.tag(*language).to_string(), format!("/{url}").into());
        }
    }
    (!urls.is_empty()).then(|| urls.into())
}
