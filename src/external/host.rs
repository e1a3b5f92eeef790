//! How a host is asked: seldom, not at all once it is clear that nobody answers.

use super::Options;
use super::ask::{Answer, Method};
use super::verdict::{Reason, Verdict};
use super::visit::Visit;
use std::time::Instant;

/// After so many addresses in a row that no connection was made for, the
/// others of the host are not tried.
const SILENT_ADDRESSES: usize = 3;

/// One host, and what is still to be asked there.
#[derive(Debug)]
pub(super) struct Host {
    waiting: Vec<(Visit, Instant)>,
    /// Requests under way.
    busy: usize,
    /// It is left alone until then.
    free_from: Instant,
    /// Addresses in a row without a connection.
    silent: usize,
    /// What holds for all of its addresses.
    given_up: Option<Verdict>,
    /// It answers GET only.
    get_only: bool,
}

/// When a host can be asked something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Now(usize),
    At(Instant),
    /// When a request under way has ended, or when there is something to ask.
    Never,
}

impl Host {
    /// A host that nothing is known of.
    pub(super) fn new(now: Instant) -> Host {
        Host {
            waiting: Vec::new(),
            busy: 0,
            free_from: now,
            silent: 0,
            given_up: None,
            get_only: false,
        }
    }

    /// Takes in what is to be asked, from a moment on; gives it back as settled when the host was given up.
    pub(super) fn add(&mut self, visit: Visit, from: Instant) -> Option<(Visit, Verdict)> {
        match &self.given_up {
            Some(verdict) => Some((visit, verdict.clone())),
            None => {
                self.waiting.push((visit, from));
                None
            }
        }
    }

    /// When the next question can be put, and which.
    pub(super) fn turn(&self, now: Instant, options: &Options) -> Turn {
        if self.busy >= options.at_once_per_host.max(1) {
            return Turn::Never;
        }
        let moments = self.waiting.iter().map(|(_, from)| *from);
        match moments.enumerate().min_by_key(|(_, from)| *from) {
            Some((index, from)) if from.max(self.free_from) <= now => Turn::Now(index),
            Some((_, from)) => Turn::At(from.max(self.free_from)),
            None => Turn::Never,
        }
    }

    /// Puts the question that [`Host::turn`] named.
    pub(super) fn start(&mut self, index: usize, now: Instant, options: &Options) -> Visit {
        let (mut visit, _) = self.waiting.remove(index);
        if self.get_only {
            visit.method = Method::Get;
        }
        self.busy += 1;
        self.free_from = self.free_from.max(now + options.pause);
        visit
    }

    /// Learns from an answer.
    pub(super) fn finish(
        &mut self,
        asked: &Visit,
        answer: &Answer,
        now: Instant,
        options: &Options,
    ) {
        self.busy -= 1;
        match answer {
            Answer::Status { code, .. } => {
                self.silent = 0;
                self.get_only |= asked.head_failed && (200..400).contains(code);
            }
            Answer::Busy { wait } => {
                let wait = wait.unwrap_or(options.repeat_wait);
                match wait <= options.longest_wait {
                    true => self.free_from = self.free_from.max(now + wait),
                    false => self.given_up = Some(Verdict::Uncertain(Reason::Busy)),
                }
            }
            Answer::Failed {
                reason: Reason::UnknownHost,
                ..
            } => self.given_up = Some(Verdict::Dead(Reason::UnknownHost)),
            Answer::Failed { asked: true, .. } => self.silent = 0,
            Answer::Failed { .. } => {}
        }
    }

    /// Learns that an address came to nothing because no connection was made.
    pub(super) fn was_silent(&mut self, verdict: &Verdict) {
        self.silent += 1;
        if self.silent >= SILENT_ADDRESSES {
            self.given_up = Some(verdict.clone());
        }
    }

    /// What is not going to be asked because the host was given up, and what it comes to.
    pub(super) fn dropped(&mut self) -> Vec<(Visit, Verdict)> {
        match self.given_up.clone() {
            Some(verdict) => self.rest().map(|visit| (visit, verdict.clone())).collect(),
            None => Vec::new(),
        }
    }

    /// All that is still to be asked.
    pub(super) fn rest(&mut self) -> impl Iterator<Item = Visit> {
        self.waiting.drain(..).map(|(visit, _)| visit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_silent_host_is_not_asked_for_ever() {
        let now = Instant::now();
        let options = Options {
            pause: Duration::ZERO,
            ..Options::default()
        };
        let url: url::Url = "https://zory.pl/".parse().unwrap();
        let silent = Answer::Failed {
            reason: Reason::Timeout,
            asked: false,
        };
        let verdict = Verdict::Uncertain(Reason::Timeout);
        let mut host = Host::new(now);
        for address in 0..5 {
            assert_eq!(host.add(Visit::new(address, url.clone()), now), None);
        }
        for address in 0..3 {
            assert!(host.dropped().is_empty());
            assert_eq!(host.turn(now, &options), Turn::Now(0));
            let visit = host.start(0, now, &options);
            assert_eq!(visit.address, address);
            host.finish(&visit, &silent, now, &options);
            host.was_silent(&verdict);
        }
        let dropped: Vec<usize> = host
            .dropped()
            .iter()
            .map(|(visit, _)| visit.address)
            .collect();
        assert_eq!(dropped, [3, 4]);
        let late = Visit::new(5, url);
        assert_eq!(host.add(late.clone(), now), Some((late, verdict)));
    }
}
