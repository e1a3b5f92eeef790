//! The check of links to other hosts, against hosts that misbehave in every way.

use super::tiny::{SITE, Tiny};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use twintown::diag::{Arg, Diagnostic};
use twintown::external::{self, Options};
use twintown::project::Loaded;

const NOW: u64 = 1_800_000_000;

/// Patient enough for a busy machine, and quick enough for a test.
fn options() -> Options {
    Options {
        connect_time: Duration::from_millis(2000),
        request_time: Duration::from_millis(1200),
        pause: Duration::ZERO,
        at_once: 32,
        at_once_per_host: 32,
        repeat_wait: Duration::from_millis(20),
        longest_wait: Duration::from_secs(5),
        allow_private: true,
        proxy: false,
        authorities: Some(vec![
            include_bytes!("../certificates/authority.der").to_vec(),
        ]),
        ..Options::default()
    }
}

/// A host on this computer, and what it was asked.
struct Host {
    port: u16,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    /// `HEAD /ok`, in order.
    requests: Mutex<Vec<String>>,
}

impl Log {
    /// How often a page was asked for already.
    fn count(&self, path: &str) -> usize {
        let requests = self.requests.lock().unwrap();
        requests
            .iter()
            .filter(|known| known.ends_with(path))
            .count()
    }
}

impl Host {
    /// Serves what `answer` does for the method and path of a request.
    fn start(answer: fn(&Log, &str, &str, &mut dyn Connection)) -> Host {
        Host::start_with(answer, |stream| Some(Box::new(stream)))
    }

    fn start_with(
        answer: fn(&Log, &str, &str, &mut dyn Connection),
        accept: impl Fn(TcpStream) -> Option<Box<dyn Connection>> + Send + Sync + 'static,
    ) -> Host {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let log = Arc::new(Log::default());
        let (kept, accept) = (Arc::clone(&log), Arc::new(accept));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, accept) = (Arc::clone(&log), Arc::clone(&accept));
                thread::spawn(move || {
                    if let Some(mut connection) = accept(stream) {
                        serve(&log, answer, &mut *connection);
                    }
                });
            }
        });
        Host { port, log: kept }
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn requests(&self) -> Vec<String> {
        self.log.requests.lock().unwrap().clone()
    }
}

trait Connection: Read + Write {}
impl<T: Read + Write> Connection for T {}

fn serve(
    log: &Log,
    answer: fn(&Log, &str, &str, &mut dyn Connection),
    connection: &mut dyn Connection,
) {
    let mut reader = BufReader::new(&mut *connection);
    let mut first = String::new();
    if reader.read_line(&mut first).is_err() {
        return;
    }
    let mut words = first.split_whitespace();
    let (Some(method), Some(path)) = (words.next(), words.next()) else {
        return;
    };
    // This one leaves the rest of the request unread, which resets the connection.
    if path != "/resets" {
        let mut line = String::from(" ");
        while !line.trim_end().is_empty() || line == " " {
            line.clear();
            if reader.read_line(&mut line).unwrap_or(0) == 0 {
                break;
            }
        }
    }
    log.requests
        .lock()
        .unwrap()
        .push(format!("{method} {path}"));
    answer(log, method, path, connection);
}

fn say(connection: &mut dyn Connection, status: &str, headers: &str) {
    let text = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n{headers}\r\n");
    let _ = connection.write_all(text.as_bytes());
}

/// Writes the same again and again, until nobody reads it.
fn for_ever(connection: &mut dyn Connection, text: &str, pause: Duration) {
    while connection.write_all(text.as_bytes()).is_ok() {
        thread::sleep(pause);
    }
}

fn misbehave(log: &Log, method: &str, path: &str, connection: &mut dyn Connection) {
    let head = method == "HEAD";
    let moved = |connection: &mut dyn Connection, status: &str, to: &str| {
        say(connection, status, &format!("Location: {to}\r\n"));
    };
    let long = Duration::from_secs(20);
    match path {
        "/missing" => say(connection, "404 Not Found", ""),
        "/gone" => say(connection, "410 Gone", ""),
        "/moved" => moved(connection, "301 Moved Permanently", "/ok"),
        "/to-part" => moved(connection, "301 Moved Permanently", "/ok#there"),
        "/chain" => moved(connection, "308 Permanent Redirect", "moved"),
        "/dead-end" => moved(connection, "301 Moved Permanently", "/missing"),
        "/given-up" => moved(connection, "301 Moved Permanently", "/"),
        "/for-now" => moved(connection, "302 Found", "/ok"),
        "/mixed" => moved(connection, "301 Moved Permanently", "/for-now"),
        "/circle" => moved(connection, "301 Moved Permanently", "/circle-2"),
        "/circle-2" => moved(connection, "302 Found", "/circle"),
        "/head-circle" if head => moved(connection, "302 Found", "/head-circle"),
        "/file" => moved(connection, "301 Moved Permanently", "file:///etc/passwd"),
        "/script" => moved(connection, "302 Found", "javascript:alert(1)"),
        "/bad-location" => moved(connection, "302 Found", "http://[::1"),
        "/no-location" => say(connection, "302 Found", ""),
        "/huge-location" => moved(connection, "301 Moved", &format!("/{}", "x".repeat(50_000))),
        "/head-not-allowed" if head => say(connection, "405 Method Not Allowed", ""),
        "/head-missing" if head => say(connection, "404 Not Found", ""),
        "/head-faulty" if head => say(connection, "500 Internal Server Error", ""),
        "/head-hangs" if head => thread::sleep(long),
        "/head-with-body" if head => {
            let _ =
                connection.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nHTTP/");
        }
        "/silent" => thread::sleep(long),
        "/closes" => {}
        "/resets" => {
            let _ = connection.write_all(b"HTTP/1.1 200 OK\r\nContent-Ty");
        }
        "/garbage" => {
            let _ = connection.write_all(b"SSH-2.0-OpenSSH_9.9\r\n\0\xff\xfe\r\n\r\n");
        }
        "/bad-length" => say(connection, "200 OK", "Content-Length: minus one\r\n"),
        "/endless-head" => {
            let _ = connection.write_all(b"HTTP/1.1 200 OK\r\n");
            for_ever(
                connection,
                &format!("X: {}\r\n", "y".repeat(1000)),
                Duration::ZERO,
            );
        }
        "/endless-continue" => {
            for_ever(connection, "HTTP/1.1 100 Continue\r\n\r\n", Duration::ZERO)
        }
        "/endless-body" => {
            let _ = connection.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            for_ever(connection, &"y".repeat(1000), Duration::ZERO);
        }
        "/drip" => {
            let _ = connection.write_all(b"HTTP/1.1 200 OK\r\nX: ");
            for_ever(connection, "y", Duration::from_millis(50));
        }
        "/busy" if log.count(" /busy") == 1 => {
            say(connection, "429 Too Many Requests", "Retry-After: 1\r\n");
        }
        "/busy-always" => say(connection, "429 Too Many Requests", ""),
        "/faulty-twice" if !head && log.count("GET /faulty-twice") == 3 => {
            say(connection, "200 OK", "")
        }
        "/faulty" | "/faulty-twice" => say(connection, "500 Internal Server Error", ""),
        "/login" => say(connection, "401 Unauthorized", ""),
        "/forbidden" => say(connection, "403 Forbidden", ""),
        "/teapot" => say(connection, "418 I'm a teapot", ""),
        _ => say(connection, "200 OK", ""),
    }
}

/// What becomes of a path, and the requests it takes.
const WAYS: &[(&str, &str, &[&str])] = &[
    ("/ok", "", &["HEAD /ok"]),
    ("/ok?a=%C5%BB&b=ż|", "", &["HEAD /ok?a=%C5%BB&b=%C5%BC|"]),
    (
        "/missing",
        "TW0411 not_found",
        &["HEAD /missing", "GET /missing"],
    ),
    ("/gone", "TW0411 gone", &["HEAD /gone", "GET /gone"]),
    ("/moved", "TW0412 /ok", &["HEAD /moved", "HEAD /ok"]),
    (
        "/moved#part",
        "TW0412 /ok#part",
        &["HEAD /moved", "HEAD /ok"],
    ),
    (
        "/to-part",
        "TW0412 /ok#there",
        &["HEAD /to-part", "HEAD /ok"],
    ),
    (
        "/chain",
        "TW0412 /ok",
        &["HEAD /chain", "HEAD /moved", "HEAD /ok"],
    ),
    (
        "/dead-end",
        "TW0411 not_found",
        &["HEAD /dead-end", "HEAD /missing", "GET /missing"],
    ),
    ("/given-up", "TW0412 /", &["HEAD /given-up", "HEAD /"]),
    ("/for-now", "", &["HEAD /for-now", "HEAD /ok"]),
    (
        "/mixed",
        "TW0412 /for-now",
        &["HEAD /mixed", "HEAD /for-now", "HEAD /ok"],
    ),
    (
        "/circle",
        "TW0413 redirects",
        &[
            "HEAD /circle",
            "HEAD /circle-2",
            "GET /circle",
            "GET /circle-2",
        ],
    ),
    (
        "/head-circle",
        "",
        &["HEAD /head-circle", "GET /head-circle"],
    ),
    ("/file", "TW0413 leads_off", &["HEAD /file", "GET /file"]),
    (
        "/script",
        "TW0413 leads_off",
        &["HEAD /script", "GET /script"],
    ),
    (
        "/bad-location",
        "TW0413 leads_off",
        &["HEAD /bad-location", "GET /bad-location"],
    ),
    (
        "/no-location",
        "TW0413 unclear",
        &["HEAD /no-location", "GET /no-location"],
    ),
    (
        "/huge-location",
        "TW0413 redirects",
        &["HEAD /huge-location", "GET /huge-location"],
    ),
    (
        "/head-not-allowed",
        "",
        &["HEAD /head-not-allowed", "GET /head-not-allowed"],
    ),
    (
        "/head-missing",
        "",
        &["HEAD /head-missing", "GET /head-missing"],
    ),
    (
        "/head-faulty",
        "",
        &["HEAD /head-faulty", "GET /head-faulty"],
    ),
    ("/head-hangs", "", &["HEAD /head-hangs", "GET /head-hangs"]),
    (
        "/head-with-body",
        "",
        &["HEAD /head-with-body", "GET /head-with-body"],
    ),
    (
        "/silent",
        "TW0413 timeout",
        &["HEAD /silent", "GET /silent", "GET /silent", "GET /silent"],
    ),
    (
        "/closes",
        "TW0413 broken_off",
        &["HEAD /closes", "GET /closes", "GET /closes", "GET /closes"],
    ),
    (
        "/resets",
        "TW0413 broken_off",
        &["HEAD /resets", "GET /resets", "GET /resets", "GET /resets"],
    ),
    (
        "/garbage",
        "TW0413 protocol",
        &["HEAD /garbage", "GET /garbage"],
    ),
    (
        "/bad-length",
        "TW0413 protocol",
        &["HEAD /bad-length", "GET /bad-length"],
    ),
    (
        "/endless-head",
        "TW0413 protocol",
        &["HEAD /endless-head", "GET /endless-head"],
    ),
    (
        "/endless-continue",
        "TW0413 protocol",
        &["HEAD /endless-continue", "GET /endless-continue"],
    ),
    ("/endless-body", "", &["HEAD /endless-body"]),
    (
        "/drip",
        "TW0413 timeout",
        &["HEAD /drip", "GET /drip", "GET /drip", "GET /drip"],
    ),
    ("/busy", "", &["HEAD /busy", "HEAD /busy"]),
    (
        "/busy-always",
        "TW0413 busy",
        &[
            "HEAD /busy-always",
            "HEAD /busy-always",
            "HEAD /busy-always",
        ],
    ),
    (
        "/faulty-twice",
        "",
        &[
            "HEAD /faulty-twice",
            "GET /faulty-twice",
            "GET /faulty-twice",
            "GET /faulty-twice",
        ],
    ),
    (
        "/faulty",
        "TW0413 server",
        &["HEAD /faulty", "GET /faulty", "GET /faulty", "GET /faulty"],
    ),
    ("/login", "TW0413 forbidden", &["HEAD /login", "GET /login"]),
    (
        "/forbidden",
        "TW0413 forbidden",
        &["HEAD /forbidden", "GET /forbidden"],
    ),
    (
        "/teapot",
        "TW0413 unclear",
        &["HEAD /teapot", "GET /teapot"],
    ),
];

/// A site whose city `a` links to these addresses.
fn linking<'a>(urls: impl IntoIterator<Item = &'a str>) -> Tiny {
    let mut text = "name = \"A\"\ncountry = \"PL\"\nlinks = [\n".to_owned();
    for url in urls {
        writeln!(text, "  \"{url}\",").unwrap();
    }
    Tiny::new().with("content/cities/a.toml", text + "]\n")
}

fn check(tiny: &Tiny, options: &Options, now: u64) -> (Loaded, Vec<Diagnostic>) {
    let loaded = tiny.load();
    let snapshot = loaded.snapshot.as_ref().unwrap();
    let problems = external::check(snapshot, options, now, &|_, _| {});
    (loaded, problems)
}

/// A problem as `code reason` or `code target`.
fn shown(problem: &Diagnostic) -> String {
    let last = match &problem.args.last().unwrap().1 {
        Arg::Text(text) => text.as_str(),
        Arg::Word(key) => key.strip_prefix("external.").unwrap(),
        other => panic!("{other:?}"),
    };
    format!("{} {last}", problem.code.as_str())
}

/// What the check says of one address.
fn said(url: &str, options: &Options) -> String {
    let (_, problems) = check(&linking([url]), options, NOW);
    problems.iter().map(shown).collect::<Vec<_>>().join(", ")
}

/// What is said of an answer without end by a machine that reads it before the time is over:
/// a busy one may not.
fn in_time(path: &str, said: String) -> String {
    match path.starts_with("/endless") {
        true => said.replace("timeout", "protocol"),
        false => said,
    }
}

#[test]
fn each_way_to_misbehave_is_understood() {
    let wrong: Vec<String> = thread::scope(|scope| {
        let asked: Vec<_> = WAYS
            .iter()
            .map(|(path, expected, requests)| {
                scope.spawn(move || {
                    let host = Host::start(misbehave);
                    let found = said(&host.url(path), &options()).replace(&host.url(""), "");
                    let found = in_time(path, found);
                    let mut asked = host.requests();
                    // A busy machine may not read the answer before the connection breaks,
                    // which is worth another try.
                    if path.starts_with("/endless") {
                        asked.dedup();
                    }
                    let right = found == *expected && asked == *requests;
                    (!right).then(|| format!("{path}: {found:?} {asked:?}"))
                })
            })
            .collect();
        asked
            .into_iter()
            .filter_map(|thread| thread.join().unwrap())
            .collect()
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn one_check_of_many_addresses_finds_the_same() {
    let host = Host::start(misbehave);
    let urls: Vec<String> = WAYS.iter().map(|(path, ..)| host.url(path)).collect();
    let (loaded, problems) = check(&linking(urls.iter().map(String::as_str)), &options(), NOW);
    let sources = loaded.sources();
    let found: Vec<(usize, String)> = problems
        .iter()
        .map(|problem| {
            let line = sources.position(problem.span.file, problem.span.start).line;
            let (path, ..) = WAYS[line - 4];
            (
                line,
                in_time(path, shown(problem).replace(&host.url(""), "")),
            )
        })
        .collect();
    let expected: Vec<(usize, String)> = WAYS
        .iter()
        .enumerate()
        .filter(|(_, (_, expected, _))| !expected.is_empty())
        .map(|(index, (_, expected, _))| (index + 4, (*expected).to_owned()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn hosts_that_cannot_be_reached() {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let refusing = format!("http://127.0.0.1:{}/", free.local_addr().unwrap().port());
    drop(free);
    assert_eq!(said(&refusing, &options()), "TW0411 refused");
    let unknown = ["https://nowhere.invalid/", "http://żółw.invalid:8080/a?b#c"];
    for url in unknown {
        assert_eq!(said(url, &options()), "TW0411 unknown_host", "{url}");
    }
    for url in ["http://[zory/", "https://zory.pl:99999/", "http://a..b%/"] {
        assert_eq!(said(url, &options()), "TW0411 malformed", "{url}");
    }
    // Not one of three hosts: nothing is certain.
    let urls = [refusing.as_str(), "http://a.invalid/", "http://b.invalid/"];
    let (_, problems) = check(&linking(urls), &options(), NOW);
    let found: Vec<String> = problems.iter().map(shown).collect();
    assert_eq!(found, ["TW0413 offline"; 3]);
}

#[test]
fn nothing_private_is_asked() {
    let host = Host::start(misbehave);
    let port = host.port;
    let options = Options {
        allow_private: false,
        ..options()
    };
    let urls = [
        format!("http://0.0.0.0:{port}/"),
        format!("http://a.localhost:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        "http://10.0.0.1/".to_owned(),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "http://[fe80::1]/".to_owned(),
        "http://printer/".to_owned(),
    ];
    let (_, problems) = check(&linking(urls.iter().map(String::as_str)), &options, NOW);
    let found: Vec<String> = problems.iter().map(shown).collect();
    assert_eq!(found, ["TW0413 private"; 7]);
    assert_eq!(host.requests(), [""; 0]);
    // Who links to this computer by its own name tries a site out.
    let urls = [host.url("/gone"), format!("http://localhost:{port}/gone")];
    let (_, problems) = check(&linking(urls.iter().map(String::as_str)), &options, NOW);
    let found: Vec<String> = problems.iter().map(shown).collect();
    assert_eq!(found, ["TW0411 gone"; 2]);
}

#[test]
fn every_place_is_named_and_every_address_asked_once() {
    let host = Host::start(misbehave);
    let [gone, moved, own] = ["/gone", "/moved", "/own"].map(|path| host.url(path));
    let site = SITE.replace("https://example.org/", &format!("{own}/"));
    let tiny = Tiny::new()
        .with(
            "content/site.toml",
            format!("{site}[publisher]\nname = \"P\"\nwebsite = \"{gone}\"\n[[menus.footer]]\nto = \"{gone}#footer\"\ntitle = \"F\"\n"),
        )
        .with(
            "content/cities/a.toml",
            format!("name = \"A\"\ncountry = \"PL\"\nwebsite = '{moved}'\nlinks = [\n  \"{gone}\",\n  {{ url = \"{gone}#x\" }},\n  \"{own}/en/\",\n]\n"),
        )
        .with(
            "content/cities/a.en.md",
            format!("+++\ncontact = {{ website = \"{moved}\" }}\n+++\n\n[a]({gone}), <{moved}>, [b]({moved} \"B\"), [{moved}]({moved}),\n[c][c], [d](mailto:a@example.org) and [e]({own}/en/).\n\n[c]: {moved}#c\n"),
        );
    let (loaded, problems) = check(&tiny, &options(), NOW);
    let sources = loaded.sources();
    let places: Vec<String> = problems
        .iter()
        .map(|problem| {
            let at = sources.position(problem.span.file, problem.span.start);
            let path = &sources.get(problem.span.file).path;
            let file = path.rsplit('/').next().unwrap();
            format!("{file}:{}:{} {}", at.line, at.column, problem.code.as_str())
        })
        .collect();
    let text = sources.get(problems[0].span.file).text();
    let line = text.lines().nth(4).unwrap();
    let column = |part: &str| line.find(part).unwrap() + 1;
    assert_eq!(
        places,
        [
            "a.en.md:2:23 TW0412".to_owned(),
            "a.en.md:5:1 TW0411".to_owned(),
            format!("a.en.md:5:{} TW0412", column("<")),
            format!("a.en.md:5:{} TW0412", column("[b]")),
            format!("a.en.md:5:{} TW0412", column("[http")),
            "a.en.md:6:1 TW0412".to_owned(),
            "a.toml:3:11 TW0412".to_owned(),
            "a.toml:5:3 TW0411".to_owned(),
            "a.toml:6:11 TW0411".to_owned(),
            "site.toml:7:11 TW0411".to_owned(),
            "site.toml:9:6 TW0411".to_owned(),
        ]
    );
    let mut requests = host.requests();
    requests.sort();
    assert_eq!(
        requests,
        ["GET /gone", "HEAD /gone", "HEAD /moved", "HEAD /ok"]
    );

    // The mends, one after another from the end, so that places stay what they are.
    let mend = |path: &str| {
        let file = problems
            .iter()
            .map(|problem| problem.span.file)
            .find(|file| sources.get(*file).path.ends_with(path))
            .unwrap();
        let mut text = sources.get(file).text().to_string();
        let edits = problems.iter().flat_map(|problem| &problem.fix);
        for edit in edits
            .filter(|edit| edit.span.file == file)
            .rev()
            .collect::<Vec<_>>()
        {
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        }
        text.replace(&host.url(""), "")
    };
    assert_eq!(
        mend("a.en.md"),
        "+++\ncontact = { website = \"/ok\" }\n+++\n\n[a](/gone), </ok>, [b](/ok \"B\"), [/moved](/moved),\n[c][c], [d](mailto:a@example.org) and [e](/own/en/).\n\n[c]: /moved#c\n"
    );
    assert!(mend("a.toml").contains("website = \"/ok\"\n"));
}

#[test]
fn moves_are_mended_where_the_new_address_is_the_same_page() {
    let host = Host::start(misbehave);
    let fixed = |path: &str| {
        let (_, problems) = check(&linking([host.url(path).as_str()]), &options(), NOW);
        let edits = problems.iter().flat_map(|problem| &problem.fix);
        edits
            .map(|edit| edit.text.replace(&host.url(""), ""))
            .collect::<Vec<_>>()
    };
    assert_eq!(fixed("/moved"), ["\"/ok\""]);
    assert_eq!(fixed("/moved#part"), ["\"/ok#part\""]);
    assert_eq!(fixed("/chain"), ["\"/ok\""]);
    // It may lead somewhere else tomorrow; a front page is not the old page.
    for path in ["/mixed", "/given-up", "/dead-end", "/for-now"] {
        assert_eq!(fixed(path), [""; 0], "{path}");
    }
}

#[test]
fn a_host_is_asked_gently() {
    static AT_ONCE: AtomicUsize = AtomicUsize::new(0);
    static MOST_AT_ONCE: AtomicUsize = AtomicUsize::new(0);
    let host = Host::start(|_, _, _, connection| {
        let now = AT_ONCE.fetch_add(1, Ordering::SeqCst) + 1;
        MOST_AT_ONCE.fetch_max(now, Ordering::SeqCst);
        thread::sleep(Duration::from_millis(30));
        // Before the answer: whoever has it may ask again at once.
        AT_ONCE.fetch_sub(1, Ordering::SeqCst);
        say(connection, "200 OK", "");
    });
    let urls: Vec<String> = (0..12).map(|n| host.url(&format!("/{n}"))).collect();
    let options = Options {
        at_once_per_host: 2,
        pause: Duration::from_millis(20),
        ..options()
    };
    let start = Instant::now();
    let tiny = linking(urls.iter().map(String::as_str));
    let loaded = tiny.load();
    let heard = Mutex::new(Vec::new());
    let problems = external::check(
        loaded.snapshot.as_ref().unwrap(),
        &options,
        NOW,
        &|done, all| {
            heard.lock().unwrap().push((done, all));
        },
    );
    assert_eq!(problems, []);
    assert_eq!(MOST_AT_ONCE.load(Ordering::SeqCst), 2);
    // Eleven pauses between twelve requests.
    assert!(start.elapsed() >= Duration::from_millis(220));
    let expected: Vec<(usize, usize)> = (1..=12).map(|done| (done, 12)).collect();
    assert_eq!(*heard.lock().unwrap(), expected);
}

#[test]
fn a_host_that_wants_to_be_left_alone_is() {
    let long = Host::start(|_, _, _, connection| {
        say(
            connection,
            "503 Service Unavailable",
            "Retry-After: 3600\r\n",
        );
    });
    let urls: Vec<String> = (0..9).map(|n| long.url(&format!("/{n}"))).collect();
    let one_by_one = Options {
        at_once_per_host: 1,
        ..options()
    };
    let (_, problems) = check(&linking(urls.iter().map(String::as_str)), &one_by_one, NOW);
    let found: Vec<String> = problems.iter().map(shown).collect();
    assert_eq!(found, ["TW0413 busy"; 9]);
    assert_eq!(long.requests(), ["HEAD /0"]);

    // Another page of the host waits as well.
    let short = Host::start(|log, _, path, connection| match path {
        "/0" if log.count("/0") == 1 => {
            say(connection, "429 Too Many Requests", "Retry-After: 1\r\n");
        }
        _ => say(connection, "200 OK", ""),
    });
    let urls = [short.url("/0"), short.url("/1")];
    let start = Instant::now();
    let (_, problems) = check(&linking(urls.iter().map(String::as_str)), &one_by_one, NOW);
    assert_eq!(problems, []);
    assert_eq!(short.requests()[0], "HEAD /0");
    assert_eq!(short.requests().len(), 3);
    assert!(start.elapsed() >= Duration::from_secs(1));
}

#[test]
fn the_whole_check_ends_in_time() {
    let host = Host::start(misbehave);
    let urls: Vec<String> = (0..20).map(|n| host.url(&format!("/silent?{n}"))).collect();
    let hanging = Host::start(|_, _, _, _| thread::sleep(Duration::from_secs(20)));
    let hung: Vec<String> = (0..20).map(|n| hanging.url(&format!("/{n}"))).collect();
    let options = Options {
        total_time: Duration::from_millis(500),
        at_once: 4,
        at_once_per_host: 2,
        ..options()
    };
    let start = Instant::now();
    let all = urls.iter().chain(&hung).map(String::as_str);
    let (_, problems) = check(&linking(all), &options, NOW);
    assert!(start.elapsed() < Duration::from_secs(10));
    let found: Vec<String> = problems.iter().map(shown).collect();
    let not_asked = found.iter().filter(|line| *line == "TW0413 not_asked");
    assert!(not_asked.count() >= 16, "{found:#?}");
    assert!(
        found.iter().all(|line| line.starts_with("TW0413")),
        "{found:#?}"
    );
}

#[test]
fn what_was_certain_is_not_asked_again_for_a_while() {
    let host = Host::start(misbehave);
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("deep/below/kept.json");
    let options = Options {
        kept: Some(file.clone()),
        ..options()
    };
    let paths = ["/ok", "/moved", "/missing", "/login"];
    let urls: Vec<String> = paths.iter().map(|path| host.url(path)).collect();
    let tiny = linking(urls.iter().map(String::as_str));
    let (_, first) = check(&tiny, &options, NOW);
    let asked = |wanted: &[&str]| {
        let mut requests = std::mem::take(&mut *host.log.requests.lock().unwrap());
        requests.sort();
        assert_eq!(requests, wanted);
    };
    let all = [
        "GET /login",
        "GET /missing",
        "HEAD /login",
        "HEAD /missing",
        "HEAD /moved",
        "HEAD /ok",
        "HEAD /ok",
    ];
    asked(&all);
    // What was not certain, and a page known to be there, to be sure of the connection.
    let (_, second) = check(&tiny, &options, NOW + 600);
    assert_eq!(second, first);
    asked(&["GET /login", "HEAD /login", "HEAD /ok"]);
    let certain = linking(urls[..3].iter().map(String::as_str));
    let (_, third) = check(&certain, &options, NOW + 600);
    assert_eq!(third, first[..2]);
    asked(&[]);
    // What is dead comes back sooner than what lives goes.
    check(&certain, &options, NOW + 2 * 3600);
    asked(&["GET /missing", "HEAD /missing", "HEAD /ok"]);
    check(&certain, &options, NOW + 48 * 3600);
    asked(&[
        "GET /missing",
        "HEAD /missing",
        "HEAD /moved",
        "HEAD /ok",
        "HEAD /ok",
    ]);
    // A clock that was put back, and files that are not ours.
    check(&certain, &options, NOW);
    asked(&[
        "GET /missing",
        "HEAD /missing",
        "HEAD /moved",
        "HEAD /ok",
        "HEAD /ok",
    ]);
    let entry = format!(
        "{:?}:{{\"at\":{NOW},\"state\":\"moved\",\"target\":\"javascript:alert(1)\",\"for_good\":true}}",
        urls[0]
    );
    for text in [
        "",
        "{",
        "[1]",
        "\0\0",
        &format!("{{\"form\":1,\"entries\":{{{entry}}}}}"),
    ] {
        std::fs::write(&file, text).unwrap();
        let (_, again) = check(&certain, &options, NOW);
        assert_eq!(again, third, "{text}");
        asked(&[
            "GET /missing",
            "HEAD /missing",
            "HEAD /moved",
            "HEAD /ok",
            "HEAD /ok",
        ]);
    }
    let names: Vec<_> = std::fs::read_dir(file.parent().unwrap()).unwrap().collect();
    assert_eq!(names.len(), 1, "nothing is left beside the file");
    // A place that can't be written to is no reason to fail.
    let nowhere = Options {
        kept: Some(file.join("below-a-file")),
        ..options
    };
    let (_, again) = check(&certain, &nowhere, NOW);
    assert_eq!(again, third);
}

/// A host with encryption that shows one of the certificates.
fn encrypted(certificate: &'static [u8], key: &'static [u8]) -> Host {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from(certificate)],
            PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key)),
        )
        .unwrap();
    let config = Arc::new(config);
    Host::start_with(misbehave, move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).ok()?;
        Some(Box::new(StreamOwned::new(connection, stream)))
    })
}

macro_rules! encrypted {
    ($name:literal) => {
        encrypted(
            include_bytes!(concat!("../certificates/", $name, ".der")),
            include_bytes!(concat!("../certificates/", $name, ".key.der")),
        )
    };
}

#[test]
fn certificates_are_looked_at() {
    let safe = |host: &Host, path: &str| host.url(path).replace("http:", "https:");
    let right = encrypted!("right");
    let strict = options();
    assert_eq!(said(&safe(&right, "/ok"), &strict), "");
    assert_eq!(said(&safe(&right, "/gone"), &strict), "TW0411 gone");
    assert_eq!(
        said(&safe(&encrypted!("expired"), "/ok"), &strict),
        "TW0411 expired"
    );
    assert_eq!(
        said(&safe(&encrypted!("other"), "/ok"), &strict),
        "TW0411 other_name"
    );
    let trusting_nobody = Options {
        authorities: Some(Vec::new()),
        ..options()
    };
    assert_eq!(
        said(&safe(&right, "/ok"), &trusting_nobody),
        "TW0413 issuer"
    );
    let trusting_this_computer = Options {
        authorities: None,
        ..options()
    };
    let found = said(&safe(&right, "/ok"), &trusting_this_computer);
    assert!(
        ["TW0413 issuer", "TW0413 encryption"].contains(&found.as_str()),
        "{found}"
    );
    let plain = Host::start_with(misbehave, |mut stream| {
        let _ = stream.read(&mut [0; 1000]);
        say(&mut stream, "400 Bad Request", "");
        None
    });
    assert_eq!(said(&safe(&plain, "/ok"), &strict), "TW0413 encryption");
    let found = said(&right.url("/ok"), &strict);
    assert!(
        ["TW0413 protocol", "TW0413 broken_off"].contains(&found.as_str()),
        "{found}"
    );
}
