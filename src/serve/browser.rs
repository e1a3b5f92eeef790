//! The preview's part in the browser.

use super::answer::sent;
use crate::report::Words;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Map, Value as Json};

const PAGE: &str = include_str!("browser/page.js");
const PATCH: &str = include_str!("browser/patch.js");
const WORKER: &str = include_str!("browser/worker.js");
pub(super) const STYLE: &str = include_str!("browser/style.css");

/// What the script says, in the editor's language.
const WORDS: &[&str] = &[
    "back",
    "close",
    "draft",
    "from_language",
    "gone",
    "lacks",
    "lost",
    "no_record",
    "open",
    "overview",
    "problems",
    "whence",
    "whence_help",
];

/// The script of every page.
pub(super) fn script(words: &Words) -> String {
    let texts: Map<String, Json> = WORDS
        .iter()
        .map(|key| {
            (
                (*key).to_owned(),
                words.say(&format!("preview.{key}")).into(),
            )
        })
        .collect();
    let texts = Json::from(texts);
    let lang = words.tag();
    format!("const words = {texts};\nconst wordsLanguage = \"{lang}\";\n{PATCH}\n{PAGE}")
}

/// What listens for changes. A page's policy forbids its scripts to ask for
/// anything; a worker has a policy of its own, so pages stay as `build` makes them.
pub(super) fn worker() -> Response<Body> {
    let mut answer = sent(
        StatusCode::OK,
        "text/javascript; charset=utf-8",
        WORKER.into(),
    );
    let policy = HeaderValue::from_static("default-src 'none'; connect-src 'self'");
    answer
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, policy);
    answer
}
