//! The way from an address to what is known of it: one request after another.

use super::Options;
use super::address::{LONGEST, is_web, without_credentials};
use super::ask::{Answer, Method};
use super::verdict::{Reason, Verdict};
use std::time::Duration;
use url::{Position, Url};

/// How many times a page may lead on to another.
const MOST_STEPS: usize = 10;

/// An address on its way, and the request that is next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    /// Which address it is.
    pub(super) address: usize,
    pub(super) url: Url,
    pub(super) method: Method,
    /// The pages that led on, from the first.
    steps: Vec<Step>,
    failures: u32,
    /// Why the last request was no success.
    pub(super) trouble: Option<Reason>,
    /// HEAD got no answer to speak of here.
    pub(super) head_failed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    from: Url,
    /// The page said that it moved for good.
    for_good: bool,
}

/// What is to be done after an answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Settled(Verdict),
    /// Another request, after a while.
    Ask(Visit, Duration),
}

impl Visit {
    /// An address that has not been asked yet.
    pub(super) fn new(address: usize, url: Url) -> Visit {
        Visit {
            address,
            url,
            method: Method::Head,
            steps: Vec::new(),
            failures: 0,
            trouble: None,
            head_failed: false,
        }
    }

    /// The address that stands in the site.
    pub(super) fn written(&self) -> &Url {
        self.steps.first().map_or(&self.url, |step| &step.from)
    }

    /// Goes one step on.
    pub(super) fn follow(self, answer: Answer, options: &Options) -> Next {
        match answer {
            Answer::Status {
                code: 200..300 | 300 | 304,
                ..
            } => Next::Settled(self.arrived()),
            Answer::Status {
                code: code @ (301 | 302 | 303 | 307 | 308),
                location,
            } => self.led_on(matches!(code, 301 | 308), location.as_deref()),
            Answer::Busy { wait } => self.later(Reason::Busy, wait, options),
            // Only what a browser would be told is believed.
            Answer::Status { code, .. } if self.method == Method::Head => {
                self.through_get(matches!(code, 405 | 501))
            }
            Answer::Failed { asked: true, .. } if self.method == Method::Head => {
                self.through_get(true)
            }
            Answer::Status { code, .. } => match code {
                404 => Next::Settled(Verdict::Dead(Reason::NotFound)),
                410 => Next::Settled(Verdict::Dead(Reason::Gone)),
                401 | 402 | 403 | 407 | 451 => Next::Settled(Verdict::Uncertain(Reason::Forbidden)),
                408 | 425 | 500..600 => self.later(Reason::Server, None, options),
                _ => Next::Settled(Verdict::Uncertain(Reason::Unclear)),
            },
            Answer::Failed { reason, .. } => match reason {
                Reason::Refused
                | Reason::Timeout
                | Reason::BrokenOff
                | Reason::LookUp
                | Reason::Unreachable => self.later(reason, None, options),
                _ => Next::Settled(failed(reason)),
            },
        }
    }

    /// The page is there: at its address, or where it led to.
    fn arrived(self) -> Verdict {
        let moves = self.steps.iter().take_while(|step| step.for_good).count();
        let for_good = moves == self.steps.len();
        let target = match self.steps.get(moves) {
            Some(step) => step.from.clone(),
            None => self.url,
        };
        match self.steps.first() {
            Some(first) if !is_same(&first.from, &target) => Verdict::Moved { target, for_good },
            _ => Verdict::Alive,
        }
    }

    /// The page leads on to another.
    fn led_on(mut self, for_good: bool, location: Option<&str>) -> Next {
        let target = match self.target(location) {
            Ok(target) => target,
            // Some hosts lead HEAD in circles, and browsers to the page.
            Err(_) if self.method == Method::Head => {
                self.url = match self.steps.drain(..).next() {
                    Some(first) => first.from,
                    None => self.url,
                };
                return self.through_get(true);
            }
            Err(reason) => return Next::Settled(Verdict::Uncertain(reason)),
        };
        let from = std::mem::replace(&mut self.url, target);
        self.steps.push(Step { from, for_good });
        Next::Ask(self, Duration::ZERO)
    }

    fn target(&self, location: Option<&str>) -> Result<Url, Reason> {
        let location = location.ok_or(Reason::Unclear)?;
        if location.len() > LONGEST || self.steps.len() >= MOST_STEPS {
            return Err(Reason::Redirects);
        }
        let target = self.url.join(location).map_err(|_| Reason::LeadsOff)?;
        if !is_web(&target) {
            return Err(Reason::LeadsOff);
        }
        let passed = self.steps.iter().map(|step| &step.from).chain([&self.url]);
        if target.as_str().len() > LONGEST || passed.into_iter().any(|url| is_same(url, &target)) {
            return Err(Reason::Redirects);
        }
        Ok(without_credentials(target))
    }

    fn through_get(mut self, head_failed: bool) -> Next {
        self.method = Method::Get;
        self.head_failed = head_failed;
        Next::Ask(self, Duration::ZERO)
    }

    /// Once more after a while, unless that was tried often enough.
    fn later(mut self, reason: Reason, wait: Option<Duration>, options: &Options) -> Next {
        let growing = 3_u32.saturating_pow(self.failures);
        let growing = options.repeat_wait.saturating_mul(growing);
        let wait = wait.unwrap_or(growing);
        if self.failures >= options.repeats || wait > options.longest_wait {
            return Next::Settled(failed(reason));
        }
        self.failures += 1;
        self.trouble = Some(reason);
        Next::Ask(self, wait)
    }
}

/// What is known when nothing but this came of asking.
pub(super) fn failed(reason: Reason) -> Verdict {
    match reason {
        Reason::UnknownHost
        | Reason::Refused
        | Reason::Expired
        | Reason::OtherName
        | Reason::Certificate
        | Reason::Malformed => Verdict::Dead(reason),
        _ => Verdict::Uncertain(reason),
    }
}

/// Whether a host is asked for the same by both.
fn is_same(one: &Url, other: &Url) -> bool {
    one[..Position::AfterQuery] == other[..Position::AfterQuery]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn status(code: u16, location: Option<&str>) -> Answer {
        Answer::Status {
            code,
            location: location.map(str::to_owned),
        }
    }

    /// What becomes of an address that gets these answers, and how often it was asked.
    fn becomes(answers: Vec<Answer>) -> (Verdict, usize) {
        let mut visit = Visit::new(0, url("http://a.pl/x"));
        for (count, answer) in answers.into_iter().enumerate() {
            visit = match visit.follow(answer, &Options::default()) {
                Next::Settled(verdict) => return (verdict, count + 1),
                Next::Ask(visit, _) => visit,
            };
        }
        panic!("not settled: {visit:?}");
    }

    fn moved(target: &str, for_good: bool) -> Verdict {
        Verdict::Moved {
            target: url(target),
            for_good,
        }
    }

    #[test]
    fn only_lasting_moves_count() {
        let way = |codes: &[(u16, &str)]| {
            let steps = codes.iter().map(|(code, to)| status(*code, Some(*to)));
            becomes(steps.chain([status(200, None)]).collect()).0
        };
        assert_eq!(way(&[]), Verdict::Alive);
        assert_eq!(way(&[(302, "/y")]), Verdict::Alive);
        assert_eq!(way(&[(302, "/y"), (301, "/z")]), Verdict::Alive);
        assert_eq!(way(&[(301, "/y")]), moved("http://a.pl/y", true));
        assert_eq!(
            way(&[(301, "https://a.pl/x"), (308, "//b.pl")]),
            moved("https://b.pl/", true)
        );
        assert_eq!(
            way(&[(301, "https://a.pl/x"), (302, "pl/")]),
            moved("https://a.pl/x", false)
        );
        assert_eq!(
            way(&[(301, "https://me:secret@a.pl/x")]),
            moved("https://a.pl/x", true)
        );
    }

    #[test]
    fn head_alone_never_condemns() {
        for code in [400, 403, 404, 405, 410, 500, 501] {
            let answers = vec![status(code, None), status(200, None)];
            assert_eq!(becomes(answers), (Verdict::Alive, 2), "{code}");
        }
        let silent = Answer::Failed {
            reason: Reason::Timeout,
            asked: true,
        };
        assert_eq!(
            becomes(vec![silent, status(404, None)]),
            (Verdict::Dead(Reason::NotFound), 2)
        );
        let circle = |_| status(301, Some("/x"));
        assert_eq!(
            becomes((0..2).map(circle).collect()),
            (Verdict::Uncertain(Reason::Redirects), 2)
        );
    }

    #[test]
    fn what_may_pass_is_asked_again() {
        let refused = Answer::Failed {
            reason: Reason::Refused,
            asked: false,
        };
        assert_eq!(
            becomes(vec![refused; 3]),
            (Verdict::Dead(Reason::Refused), 3)
        );
        assert_eq!(
            becomes(vec![status(500, None); 4]),
            (Verdict::Uncertain(Reason::Server), 4)
        );
        let long = Answer::Busy {
            wait: Some(Duration::from_secs(3600)),
        };
        assert_eq!(becomes(vec![long]), (Verdict::Uncertain(Reason::Busy), 1));
    }

    #[test]
    fn ways_that_go_on_and_on_end() {
        let mut answers: Vec<Answer> = (0..11)
            .map(|n| status(302, Some(&format!("/{n}"))))
            .collect();
        answers.extend(answers.clone());
        assert_eq!(
            becomes(answers),
            (Verdict::Uncertain(Reason::Redirects), 22)
        );
        for location in ["file:///etc/passwd", "javascript:alert(1)", "ftp://a.pl/"] {
            let answers = vec![status(301, Some(location)); 2];
            assert_eq!(
                becomes(answers),
                (Verdict::Uncertain(Reason::LeadsOff), 2),
                "{location}"
            );
        }
    }
}
