//! One request, and what came of it.

use super::Options;
use super::private::{is_loopback, is_private, is_public};
use super::verdict::Reason;
use jiff::fmt::rfc2822;
use rustls::CertificateError;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use ureq::http::header::{DATE, LOCATION, RETRY_AFTER};
use ureq::http::{HeaderMap, HeaderName, Uri};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error, Proxy, Timeout};
use url::Url;

/// What the program calls itself. Some hosts turn away whoever does not begin like this.
const USER_AGENT: &str = concat!(
    "Mozilla/5.0 (compatible; twintown/",
    env!("CARGO_PKG_VERSION"),
    "; link check)"
);

/// The largest head of an answer that is read; of its body nothing is.
const LARGEST_HEAD: usize = 64 * 1024;

/// How a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// Without its body: cheap for both sides, and not always answered rightly.
    Head,
    /// As a browser does.
    Get,
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// The host answered; `location` is where it leads on to.
    Status { code: u16, location: Option<String> },
    /// The host wants to be left alone, for so long if it says so.
    Busy { wait: Option<Duration> },
    /// There was no answer.
    Failed {
        reason: Reason,
        /// The host was reached and got the request.
        asked: bool,
    },
}

impl Answer {
    /// No connection to the host came about, whatever the page.
    pub(super) fn is_silence(&self) -> bool {
        matches!(
            self,
            Answer::Failed {
                reason: Reason::Timeout | Reason::LookUp | Reason::Unreachable,
                asked: false,
            }
        )
    }

    /// It shows that the host was reached.
    pub(super) fn is_from_host(&self) -> bool {
        match self {
            Answer::Status { .. } | Answer::Busy { .. } | Answer::Failed { asked: true, .. } => {
                true
            }
            Answer::Failed { reason, .. } => matches!(
                reason,
                Reason::Expired
                    | Reason::OtherName
                    | Reason::Certificate
                    | Reason::Issuer
                    | Reason::Encryption
            ),
        }
    }
}

/// What makes requests.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    allow_private: bool,
}

impl Client {
    /// A client that keeps to what the options allow.
    pub(super) fn new(options: &Options) -> Client {
        let proxy = options.proxy.then(Proxy::try_from_env).flatten();
        let roots = match &options.authorities {
            Some(authorities) => authorities
                .iter()
                .map(|der| Certificate::from_der(der).to_owned())
                .collect::<Vec<_>>()
                .into(),
            None => RootCerts::PlatformVerifier,
        };
        let tls = TlsConfig::builder()
            .root_certs(roots)
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let resolver = PublicHosts {
            any: DefaultResolver::default(),
            allow_private: options.allow_private,
            proxy: proxy.as_ref().map(|proxy| proxy.uri().clone()),
        };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Redirects are looked at one by one.
            .max_redirects(0)
            // What follows an answer to HEAD on the same connection is not to be trusted.
            .max_idle_connections(0)
            .max_response_header_size(LARGEST_HEAD)
            .timeout_resolve(Some(options.connect_time))
            .timeout_connect(Some(options.connect_time))
            .timeout_global(Some(options.request_time))
            .user_agent(USER_AGENT)
            .proxy(proxy)
            .tls_config(tls)
            .build();
        Client {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            allow_private: options.allow_private,
        }
    }

    /// Asks for a page that is `written` in the site, or that it has led to.
    pub(super) fn ask(&self, method: Method, url: &Url, written: &Url) -> Answer {
        let refused = |reason| Answer::Failed {
            reason,
            asked: false,
        };
        // RFC 6761: never a host, and not to be looked up.
        if url
            .domain()
            .is_some_and(|name| name.trim_end_matches('.').ends_with(".invalid"))
        {
            return refused(Reason::UnknownHost);
        }
        // No other host leads to this computer.
        let own = is_loopback(url) && is_loopback(written);
        if !self.allow_private && !own && is_private(url) {
            return refused(Reason::Private);
        }
        let request = match method {
            Method::Head => self.agent.head(url.as_str()),
            Method::Get => self.agent.get(url.as_str()),
        };
        match request.header("connection", "close").call() {
            Ok(answer) => read(answer.status().as_u16(), answer.headers()),
            Err(error) => failure(error),
        }
    }
}

/// What an answer says.
fn read(code: u16, headers: &HeaderMap) -> Answer {
    let text = |name: HeaderName| {
        let value = headers.get(name)?.as_bytes();
        Some(String::from_utf8_lossy(value).into_owned())
    };
    let wait = text(RETRY_AFTER).and_then(|after| waiting_time(&after, text(DATE).as_deref()));
    match code {
        429 => Answer::Busy { wait },
        503 if wait.is_some() => Answer::Busy { wait },
        _ => Answer::Status {
            code,
            location: text(LOCATION),
        },
    }
}

/// The time that `Retry-After` asks to wait: so many seconds, or until a moment
/// by the clock that `Date` is of.
fn waiting_time(after: &str, date: Option<&str>) -> Option<Duration> {
    let after = after.trim();
    if let Ok(seconds) = after.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let second = |text: &str| Some(rfc2822::parse(text.trim()).ok()?.timestamp().as_second());
    let seconds = second(after)?.saturating_sub(second(date?)?);
    Some(Duration::from_secs(seconds.try_into().unwrap_or(0)))
}

/// Why there was no answer.
fn failure(error: Error) -> Answer {
    let (reason, asked) = match &error {
        Error::HostNotFound => (Reason::UnknownHost, false),
        Error::Timeout(Timeout::Resolve | Timeout::Connect) => (Reason::Timeout, false),
        Error::Timeout(_) => (Reason::Timeout, true),
        Error::Io(error) => broken(error),
        Error::Rustls(error) => (encryption(error), false),
        Error::Tls(_) | Error::TlsRequired => (Reason::Encryption, false),
        Error::BadUri(_) | Error::Http(_) => (Reason::Malformed, false),
        Error::ConnectionFailed | Error::ConnectProxyFailed(_) => (Reason::Unreachable, false),
        Error::Other(error) => match error.downcast_ref() {
            Some(NotReached(reason)) => (*reason, false),
            None => (Reason::Protocol, true),
        },
        _ => (Reason::Protocol, true),
    };
    Answer::Failed { reason, asked }
}

/// Why a connection failed.
fn broken(error: &io::Error) -> (Reason, bool) {
    use io::ErrorKind::{
        AddrNotAvailable, ConnectionRefused, HostUnreachable, NetworkDown, NetworkUnreachable,
        PermissionDenied, TimedOut,
    };
    if let Some(error) = error.get_ref().and_then(|error| error.downcast_ref()) {
        return (encryption(error), false);
    }
    match error.kind() {
        ConnectionRefused => (Reason::Refused, false),
        AddrNotAvailable | HostUnreachable | NetworkDown | NetworkUnreachable
        | PermissionDenied => (Reason::Unreachable, false),
        TimedOut => (Reason::Timeout, true),
        _ => (Reason::BrokenOff, true),
    }
}

/// Why there is no safe connection.
fn encryption(error: &rustls::Error) -> Reason {
    use CertificateError::{
        Expired, ExpiredContext, NotValidForName, NotValidForNameContext, NotValidYet,
        NotValidYetContext, UnknownIssuer,
    };
    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            Expired | ExpiredContext { .. } | NotValidYet | NotValidYetContext { .. } => {
                Reason::Expired
            }
            NotValidForName | NotValidForNameContext { .. } => Reason::OtherName,
            // A browser may know more authorities, and may fetch a link of the chain that is missing.
            UnknownIssuer => Reason::Issuer,
            _ => Reason::Certificate,
        },
        _ => Reason::Encryption,
    }
}

/// Looks up names, and gives only hosts that may be asked.
#[derive(Debug)]
struct PublicHosts {
    any: DefaultResolver,
    allow_private: bool,
    /// The proxy may well be private.
    proxy: Option<Uri>,
}

/// Why a host is not connected to at all.
#[derive(Debug, thiserror::Error)]
#[error("not reached: {0:?}")]
struct NotReached(Reason);

impl Resolver for PublicHosts {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let not_reached = |reason| Error::Other(Box::new(NotReached(reason)));
        let found = self.any.resolve(uri, config, timeout);
        let found = found.map_err(|error| match error {
            Error::Io(error) if is_unknown(&error) => Error::HostNotFound,
            Error::Io(_) => not_reached(Reason::LookUp),
            other => other,
        })?;
        let is_proxy = self.proxy.as_ref() == Some(uri);
        // A name that merely points to this computer is no way in.
        let own = url::Url::parse(&uri.to_string()).is_ok_and(|url| is_loopback(&url));
        let may_be_asked = self.allow_private
            || is_proxy
            || own
            || found.iter().all(|address| is_public(address.ip()));
        match may_be_asked {
            true => Ok(found),
            false => Err(not_reached(Reason::Private)),
        }
    }
}

/// Whether a failed look-up says that there is no such name, rather than that
/// nobody could be asked. The standard library has only the system's words for it.
fn is_unknown(error: &io::Error) -> bool {
    /// `WSAHOST_NOT_FOUND` and `WSANO_DATA`.
    const WINDOWS: [i32; 2] = [11001, 11004];
    const WORDS: [&str; 6] = [
        "Name or service not known",
        "No address associated with",
        "Name does not resolve",
        "Name has no usable address",
        "nodename nor servname provided",
        "Unknown host",
    ];
    match error.raw_os_error() {
        Some(code) => cfg!(windows) && WINDOWS.contains(&code),
        None => {
            let text = error.to_string();
            WORDS.iter().any(|words| text.contains(words))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_private_hosts_are_no_way_in() {
        let look_up = |allow_private, proxy: Option<&str>| {
            let hosts = PublicHosts {
                any: DefaultResolver::default(),
                allow_private,
                proxy: proxy.map(|uri| uri.parse().unwrap()),
            };
            let uri = "http://[::ffff:127.0.0.1]:8080/".parse().unwrap();
            let found = hosts.resolve(&uri, &Default::default(), NextTimeout::default());
            found.map(|_| ()).map_err(failure)
        };
        let private = Answer::Failed {
            reason: Reason::Private,
            asked: false,
        };
        assert_eq!(look_up(false, None), Err(private));
        assert_eq!(look_up(true, None), Ok(()));
        assert_eq!(
            look_up(false, Some("http://[::ffff:127.0.0.1]:8080/")),
            Ok(())
        );
    }

    #[test]
    fn hosts_say_how_long_to_wait() {
        let wait = |after, date| waiting_time(after, date).map(|wait| wait.as_secs());
        assert_eq!(wait("120", None), Some(120));
        assert_eq!(wait(" 0 ", None), Some(0));
        let date = Some("Fri, 20 Nov 2026 08:00:00 GMT");
        assert_eq!(wait("Fri, 20 Nov 2026 08:01:30 GMT", date), Some(90));
        assert_eq!(wait("Fri, 20 Nov 2026 07:00:00 GMT", date), Some(0));
        assert_eq!(wait("Fri, 20 Nov 2026 08:01:30 GMT", None), None);
        assert_eq!(wait("soon", date), None);
        assert_eq!(wait("99999999999999999999", None), None);
    }
}
