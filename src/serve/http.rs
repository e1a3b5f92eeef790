//! Requests → routes → pages.

use crate::model::MediaType;
use crate::render::{Snapshot, Unmade, bytes, page};
use crate::report::Words;
use crate::routes::Route;
use crate::source::{Files, Repository};
use crate::status::{self, Status};
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// What is shown.
pub struct Preview {
    pub snapshot: Snapshot,
    pub files: Arc<dyn Files + Send>,
    /// In the language of the editor.
    pub words: Words,
    /// Where the site's history is, if it has one.
    pub repository: Option<Repository>,
}

struct Shown {
    preview: Preview,
    loopback: bool,
}

/// Where the status of the site is shown.
const STATUS: &str = "_twintown/status/";

/// Serves a preview on a socket until the process is interrupted.
pub fn run(preview: Preview, socket: std::net::TcpListener) -> io::Result<()> {
    socket.set_nonblocking(true)?;
    let loopback = socket.local_addr()?.ip().is_loopback();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::from_std(socket)?;
        let shown = Arc::new(Shown { preview, loopback });
        let app = Router::new().fallback(answer).with_state(shown);
        axum::serve(listener, app)
            .with_graceful_shutdown(async {
                // Without a signal handler the preview just runs until it is killed.
                let _ = tokio::signal::ctrl_c().await;
            })
            .await
    })
}

async fn answer(
    State(shown): State<Arc<Shown>>,
    method: Method,
    headers: HeaderMap,
    uri: Uri,
) -> Response<Body> {
    if method != Method::GET && method != Method::HEAD {
        let mut refusal = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD");
        let allowed = HeaderValue::from_static("GET, HEAD");
        refusal.headers_mut().insert(header::ALLOW, allowed);
        return refusal;
    }
    // A page elsewhere must not be able to read the preview through a name of its own.
    if shown.loopback && !is_local(&headers) {
        return plain(StatusCode::FORBIDDEN, "unknown host");
    }
    let url = uri.path().trim_start_matches('/');
    let preview = &shown.preview;
    let routes = &preview.snapshot.routes;
    if let Some(route) = routes.find(url) {
        return show(preview, *route, url, StatusCode::OK);
    }
    if url == STATUS {
        return status_page(preview);
    }
    let folder = format!("{url}/");
    if routes.find(&folder).is_some() || folder == STATUS {
        return Response::builder()
            .status(StatusCode::PERMANENT_REDIRECT)
            .header(header::LOCATION, format!("/{folder}"))
            .body(Body::empty())
            .expect("the address of a route is a header value");
    }
    if let Some(stem) = url.strip_suffix("index.html")
        && let Some(route) = routes.find(stem)
    {
        return show(preview, *route, stem, StatusCode::OK);
    }
    match routes.find("404.html") {
        Some(route) => show(preview, *route, "404.html", StatusCode::NOT_FOUND),
        None => plain(StatusCode::NOT_FOUND, "not found"),
    }
}

fn is_local(headers: &HeaderMap) -> bool {
    let Some(host) = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
    else {
        return true;
    };
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name == "localhost"
        || name
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

fn show(preview: &Preview, route: Route, url: &str, status: StatusCode) -> Response<Body> {
    let snapshot = &preview.snapshot;
    let rendered = match page(snapshot, route, url) {
        Ok(rendered) => rendered,
        Err(error) => return plain(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    };
    let bytes = match bytes(snapshot, rendered, preview.files.as_ref()) {
        Ok(bytes) => bytes,
        Err(Unmade::File(error)) => {
            return plain(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string());
        }
        Err(Unmade::Picture(problem)) => {
            let message = preview.words.message(&problem);
            return plain(StatusCode::INTERNAL_SERVER_ERROR, &message);
        }
    };
    sent(status, content_type(url), bytes)
}

fn sent(status: StatusCode, content_type: &str, bytes: Vec<u8>) -> Response<Body> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(Body::from(bytes))
        .expect("these headers are well formed")
}

/// What is left to do on the site.
fn status_page(preview: &Preview) -> Response<Body> {
    let snapshot = &preview.snapshot;
    let (site, sources) = (&snapshot.site, &snapshot.sources);
    let languages: Vec<_> = site.language_ids().collect();
    let status = Status::new(site, sources, preview.repository.as_ref(), &languages);
    let page = status::page(&status, snapshot, &preview.words);
    sent(StatusCode::OK, content_type(STATUS), page.into_bytes())
}

fn content_type(url: &str) -> &'static str {
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

fn plain(status: StatusCode, text: &str) -> Response<Body> {
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "text/plain; charset=utf-8")
        .body(Body::from(text.to_owned()))
        .expect("these headers are well formed")
}
