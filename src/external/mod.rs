//! The links that lead to other hosts: whether anything is still there.
//!
//! The only place of the program that goes out into the network, and only when
//! it is asked to. What is written in a site is not trusted: nothing inside this
//! computer or its network is asked, every answer is bounded in size and time,
//! and a host is asked no faster than it can bear.

mod address;
mod ask;
mod host;
mod kept;
mod private;
mod problem;
mod queue;
mod verdict;
mod visit;

use crate::content::Problems;
use crate::diag;
use crate::render::Snapshot;
use ask::Client;
use kept::Kept;
use std::path::PathBuf;
use std::time::Duration;
use url::Url;
use verdict::Verdict;

/// How the links are checked.
#[derive(Debug, Clone)]
pub struct Options {
    /// How long a connection may take to come about.
    pub connect_time: Duration,
    /// How long a request may take in all.
    pub request_time: Duration,
    /// How long the whole check may take; a request that is under way is waited for.
    pub total_time: Duration,
    /// How many requests are under way at once.
    pub at_once: usize,
    /// How many of them at one host.
    pub at_once_per_host: usize,
    /// How long a host is left alone between two requests.
    pub pause: Duration,
    /// How often a request that failed in passing is repeated.
    pub repeats: u32,
    /// How long before the first repeat; three times as long before each further one.
    pub repeat_wait: Duration,
    /// The longest a host can ask to be left alone for and still be asked again.
    pub longest_wait: Duration,
    /// Addresses inside this computer or its network are asked too.
    pub allow_private: bool,
    /// The proxy that the environment names is used.
    pub proxy: bool,
    /// The authorities to trust (DER), instead of those that this computer trusts.
    pub authorities: Option<Vec<Vec<u8>>>,
    /// The file that keeps what was certain.
    pub kept: Option<PathBuf>,
    /// How long it is kept of a page that is there.
    pub keep_living: Duration,
    /// How long it is kept of a page that is not.
    pub keep_dead: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            connect_time: Duration::from_secs(10),
            request_time: Duration::from_secs(20),
            total_time: Duration::from_secs(600),
            at_once: 16,
            at_once_per_host: 2,
            pause: Duration::from_millis(250),
            repeats: 2,
            repeat_wait: Duration::from_secs(2),
            longest_wait: Duration::from_secs(60),
            allow_private: false,
            proxy: true,
            authorities: None,
            kept: None,
            keep_living: Duration::from_secs(24 * 3600),
            keep_dead: Duration::from_secs(3600),
        }
    }
}

/// Asks for every page elsewhere that the site links to, each once, and
/// reports at every link what is not as it was.
///
/// `now` is the time in seconds since 1970; `progress` hears how many of how
/// many addresses are settled.
pub fn check(
    snapshot: &Snapshot,
    options: &Options,
    now: u64,
    progress: &dyn Fn(usize, usize),
) -> Problems {
    let named = address::named(snapshot);
    let mut kept = Kept::read(options, now);
    let mut known: Vec<Option<Verdict>> = named
        .addresses
        .iter()
        .map(|address| kept.find(&address.url))
        .collect();
    // A page that was there lately tells dead pages from a dead connection.
    if known.contains(&None)
        && let Some(sign_of_life) = known
            .iter_mut()
            .find(|verdict| **verdict == Some(Verdict::Alive))
    {
        *sign_of_life = None;
    }
    let unknown: Vec<Url> = named
        .addresses
        .iter()
        .zip(&known)
        .filter(|(_, verdict)| verdict.is_none())
        .map(|(address, _)| address.url.clone())
        .collect();
    let found = queue::run(&unknown, &Client::new(options), options, progress);
    for (url, verdict) in unknown.iter().zip(&found) {
        kept.keep(url, verdict);
    }
    kept.write();
    let mut found = found.into_iter();
    let mut problems = problem::malformed(&named.malformed);
    for (address, known) in named.addresses.iter().zip(known) {
        if let Some(verdict) = known.or_else(|| found.next()) {
            problem::report(address, &verdict, &snapshot.sources, &mut problems);
        }
    }
    diag::sort(&mut problems);
    problems
}
