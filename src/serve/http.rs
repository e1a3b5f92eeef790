//! Requests → routes → pages.

use crate::model::MediaType;
use crate::render::{Rendered, Snapshot, page};
use crate::routes::Route;
use crate::source::Files;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header};
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

struct Preview {
    snapshot: Arc<Snapshot>,
    files: Arc<dyn Files + Send>,
    loopback: bool,
}

/// Serves a snapshot on a socket until the process is interrupted.
pub fn run(
    snapshot: Snapshot,
    files: Arc<dyn Files + Send>,
    socket: std::net::TcpListener,
) -> io::Result<()> {
    socket.set_nonblocking(true)?;
    let loopback = socket.local_addr()?.ip().is_loopback();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::from_std(socket)?;
        let preview = Arc::new(Preview {
            snapshot: Arc::new(snapshot),
            files,
            loopback,
        });
        let app = Router::new().fallback(answer).with_state(preview);
        axum::serve(listener, app)
            .with_graceful_shutdown(async {
                // Without a signal handler the preview just runs until it is killed.
                let _ = tokio::signal::ctrl_c().await;
            })
            .await
    })
}

async fn answer(
    State(preview): State<Arc<Preview>>,
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
    if preview.loopback && !is_local(&headers) {
        return plain(StatusCode::FORBIDDEN, "unknown host");
    }
    let url = uri.path().trim_start_matches('/');
    let routes = &preview.snapshot.routes;
    if let Some(route) = routes.find(url) {
        return show(&preview, *route, url, StatusCode::OK);
    }
    let folder = format!("{url}/");
    if routes.find(&folder).is_some() {
        return Response::builder()
            .status(StatusCode::PERMANENT_REDIRECT)
            .header(header::LOCATION, format!("/{folder}"))
            .body(Body::empty())
            .expect("the address of a route is a header value");
    }
    if let Some(stem) = url.strip_suffix("index.html")
        && let Some(route) = routes.find(stem)
    {
        return show(&preview, *route, stem, StatusCode::OK);
    }
    match routes.find("404.html") {
        Some(route) => show(&preview, *route, "404.html", StatusCode::NOT_FOUND),
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
    let bytes = match page(&preview.snapshot, route, url) {
        Ok(Rendered::Bytes(bytes)) => bytes,
        Ok(Rendered::File(path)) => match preview.files.read(&path) {
            Ok(bytes) => bytes,
            Err(error) => return plain(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        },
        Err(error) => return plain(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
    };
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, content_type(url))
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(Body::from(bytes))
        .expect("these headers are well formed")
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
