//! Answers, with the headers they all have.

use super::page::Page;
use crate::model::MediaType;
use axum::body::Body;
use axum::http::{Response, StatusCode, header};

/// What stands at an address of the site.
pub(super) enum Answer {
    Page(Page),
    /// It is a folder, whose address ends with `/`.
    Moved(String),
}

/// Something of the preview's own.
pub(super) fn own(content_type: &str, bytes: impl Into<Vec<u8>>) -> Response<Body> {
    sent(StatusCode::OK, content_type, bytes.into())
}

/// A short text.
pub(super) fn plain(status: StatusCode, text: &str) -> Response<Body> {
    sent(status, "text/plain; charset=utf-8", text.into())
}

/// Another address of this host.
pub(super) fn redirect(path: &str) -> Response<Body> {
    let mut answer = plain(StatusCode::PERMANENT_REDIRECT, "");
    if let Ok(path) = path.parse() {
        answer.headers_mut().insert(header::LOCATION, path);
    }
    answer
}

/// Bytes of a type; nothing of the preview is kept by browsers.
pub(super) fn sent(status: StatusCode, content_type: &str, bytes: Vec<u8>) -> Response<Body> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(Body::from(bytes))
        .expect("these headers are well formed")
}

/// The type of what stands at an address.
pub(super) fn content_type(url: &str) -> &'static str {
    let extension = url
        .rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, end)| end);
    match extension {
        None | Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("xml") if url.ends_with("feed.xml") => "application/atom+xml; charset=utf-8",
        Some("xml") => "application/xml; charset=utf-8",
        Some(_) => MediaType::of(url).map_or("text/plain; charset=utf-8", |known| known.name),
    }
}
