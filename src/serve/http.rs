//! Requests → answers: pages of the site, and the preview's own.

use super::answer::{Answer, own, plain, redirect};
use super::live::Live;
use super::page::page_at;
use super::{Preview, browser, events, overview, problems, provenance};
use crate::report::Words;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;

/// What all requests see.
pub(super) struct Shared {
    pub(super) live: Arc<Live>,
    pub(super) preview: Preview,
    bound: IpAddr,
}

impl Shared {
    /// The words of the editor's language.
    pub(super) fn words(&self) -> &Words {
        &self.preview.words
    }
}

/// How long a connection may take to say what it wants.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers requests until the process is interrupted.
pub(super) fn answer_all(
    preview: Preview,
    live: Arc<Live>,
    socket: std::net::TcpListener,
) -> io::Result<()> {
    socket.set_nonblocking(true)?;
    let shared = Arc::new(Shared {
        live,
        preview,
        bound: socket.local_addr()?.ip(),
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let served = runtime.block_on(async {
        let listener = TcpListener::from_std(socket)?;
        tokio::select! {
            () = accept(listener, shared) => {}
            interrupted = tokio::signal::ctrl_c() => {
                // Without a signal handler the preview just runs until it is killed.
                if interrupted.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
        Ok(())
    });
    // Whoever is still connected is not waited for.
    runtime.shutdown_background();
    served
}

/// Takes in connections; each is on its own, so that a stalled one harms no other.
async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            // Too many are open, or this one has gone again.
            Err(_) => {
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let app = Router::new()
            .fallback(answer)
            .with_state((Arc::clone(&shared), peer));
        tokio::spawn(async move {
            // What the other side does wrong is for it to mend.
            let _ = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .serve_connection(TokioIo::new(stream), TowerToHyperService::new(app))
                .await;
        });
    }
}

async fn answer(
    State((shared, peer)): State<(Arc<Shared>, SocketAddr)>,
    request: Request,
) -> Response<Body> {
    let method = request.method();
    if method != Method::GET && method != Method::HEAD {
        let mut refusal = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD");
        let allowed = HeaderValue::from_static("GET, HEAD");
        refusal.headers_mut().insert(header::ALLOW, allowed);
        return refusal;
    }
    // A page elsewhere must not be able to read the preview through a name of its own.
    if !is_asked_by_address(request.headers(), shared.bound) {
        let text = "unknown host: ask for the preview by the address that it has printed";
        return plain(StatusCode::FORBIDDEN, text);
    }
    let url = request.uri().path().trim_start_matches('/').to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let asked = Asked {
        own_page: is_own(request.headers()),
        loopback: peer.ip().is_loopback(),
        query,
    };
    if url == "_twintown/events" {
        return match method == Method::HEAD {
            true => own("text/event-stream", Vec::new()),
            false => events::stream(&shared),
        };
    }
    // Some pages take a while; others need not wait for them.
    let made = tokio::task::spawn_blocking(move || match url.strip_prefix("_twintown") {
        Some(below) if below.is_empty() || below.starts_with('/') => {
            preview_page(&shared, below, &asked)
        }
        _ => site_page(&shared, &url),
    });
    made.await.unwrap_or_else(|_| {
        plain(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the page could not be made",
        )
    })
}

/// What matters of a request.
pub(super) struct Asked {
    /// It comes from a page of the preview, or somebody typed the address.
    pub(super) own_page: bool,
    /// From this computer: where files can be opened in an editor.
    pub(super) loopback: bool,
    query: String,
}

impl Asked {
    /// A parameter of the query.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut pairs = url::form_urlencoded::parse(self.query.as_bytes());
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }
}

/// A page of the preview's own, for editors.
fn preview_page(shared: &Shared, below: &str, asked: &Asked) -> Response<Body> {
    match below {
        "/" => overview::answer(shared, asked),
        "/status/" => own("text/html; charset=utf-8", overview::status(shared)),
        "/page" => own("application/json", problems::page(shared, asked)),
        "/source" => own("application/json", provenance::source(shared, asked)),
        "/preview.js" => own(
            "text/javascript; charset=utf-8",
            browser::script(shared.words()),
        ),
        "/worker.js" => browser::worker(),
        "/preview.css" => own("text/css; charset=utf-8", browser::STYLE),
        "" | "/status" => redirect(&format!("/_twintown{below}/")),
        _ => plain(StatusCode::NOT_FOUND, "not found"),
    }
}

/// A page or a file of the site.
fn site_page(shared: &Shared, url: &str) -> Response<Body> {
    let shown = shared.live.now();
    match page_at(shared, &shown, url) {
        Answer::Moved(folder) => redirect(&format!("/{folder}")),
        Answer::Page(page) => page.sent(&shown),
    }
}

/// Whether the host of a request is an address of this computer, and no name
/// that somebody may have given to it.
fn is_asked_by_address(headers: &HeaderMap, bound: IpAddr) -> bool {
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
    let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
    name == "localhost"
        || address.is_ok_and(|address| match bound.is_loopback() {
            true => address.is_loopback(),
            false => bound.is_unspecified() || address == bound || address.is_loopback(),
        })
}

/// Whether a request was made by the preview's own pages, or by hand.
fn is_own(headers: &HeaderMap) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin" || site == "none",
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_are_hosts() {
        let asked = |host: &str, bound: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, host.parse().unwrap());
            is_asked_by_address(&headers, bound.parse().unwrap())
        };
        for host in [
            "localhost:8080",
            "127.0.0.1:8080",
            "[::1]:8080",
            "127.0.0.2",
        ] {
            assert!(asked(host, "127.0.0.1"), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example:80", "192.0.2.7"] {
            assert!(!asked(host, "127.0.0.1"), "{host}");
        }
        assert!(asked("192.0.2.7:8080", "192.0.2.7"));
        assert!(!asked("192.0.2.8:8080", "192.0.2.7"));
        assert!(asked("192.0.2.8:8080", "0.0.0.0"));
        assert!(!asked("rebound.example:8080", "0.0.0.0"));
    }
}
