//! Who is asked when: all addresses, by several workers, each host gently.

use super::Options;
use super::ask::{Answer, Client};
use super::host::{Host, Turn};
use super::verdict::{Reason, Verdict};
use super::visit::{Next, Visit};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, Sender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;
use url::Url;

/// If none of so many hosts can be reached, it is this computer that has no connection.
const HOSTS_THAT_TELL: usize = 3;

/// Finds out what became of each address; `progress` hears how many are settled.
pub(super) fn run(
    addresses: &[Url],
    client: &Client,
    options: &Options,
    progress: &dyn Fn(usize, usize),
) -> Vec<Verdict> {
    let desk = Desk {
        queue: Mutex::new(Queue::new(addresses, options)),
        changed: Condvar::new(),
    };
    let workers = options.at_once.clamp(1, addresses.len().max(1));
    thread::scope(|scope| {
        let (sender, settled) = mpsc::channel();
        for _ in 0..workers {
            let sender = sender.clone();
            let work = || desk.work(client, options, sender);
            // Where the system gives no further thread, those that run do all the work.
            if thread::Builder::new().spawn_scoped(scope, work).is_err() {
                break;
            }
        }
        drop(sender);
        let mut done = 0;
        for count in settled {
            done += count;
            progress(done, addresses.len());
        }
    });
    let queue = desk.queue.into_inner();
    queue.unwrap_or_else(PoisonError::into_inner).verdicts()
}

/// Where the workers get their questions.
struct Desk<'a> {
    queue: Mutex<Queue<'a>>,
    changed: Condvar,
}

impl<'a> Desk<'a> {
    fn lock(&self) -> MutexGuard<'_, Queue<'a>> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, client: &Client, options: &Options, settled: Sender<usize>) {
        let mut queue = self.lock();
        loop {
            let now = Instant::now();
            queue = match queue.next(now, options) {
                Work::Ask(visit) => {
                    drop(queue);
                    let answer = ask(client, &visit);
                    let mut queue = self.lock();
                    let count = queue.take(visit, answer, Instant::now(), options);
                    self.changed.notify_all();
                    if count > 0 {
                        // Nobody listens any more only when all is over.
                        let _ = settled.send(count);
                    }
                    queue
                }
                Work::Wait(until) => {
                    let wait = until.saturating_duration_since(now);
                    let woken = self.changed.wait_timeout(queue, wait);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
                Work::Done => return,
            };
        }
    }
}

/// Asks; what a stranger's host sends must not end the program, whatever it is.
fn ask(client: &Client, visit: &Visit) -> Answer {
    let asked = catch_unwind(AssertUnwindSafe(|| {
        client.ask(visit.method, &visit.url, visit.written())
    }));
    asked.unwrap_or(Answer::Failed {
        reason: Reason::Protocol,
        asked: true,
    })
}

/// What a worker does next.
enum Work {
    Ask(Visit),
    Wait(Instant),
    Done,
}

struct Queue<'a> {
    addresses: &'a [Url],
    hosts: BTreeMap<String, Host>,
    verdicts: Vec<Option<Verdict>>,
    /// Requests under way.
    busy: usize,
    /// No request begins after that.
    end: Instant,
    /// Some host was reached.
    reached: bool,
}

impl<'a> Queue<'a> {
    fn new(addresses: &'a [Url], options: &Options) -> Queue<'a> {
        let now = Instant::now();
        let mut queue = Queue {
            addresses,
            hosts: BTreeMap::new(),
            verdicts: vec![None; addresses.len()],
            busy: 0,
            end: now + options.total_time,
            reached: false,
        };
        for (index, url) in addresses.iter().enumerate() {
            queue.add(Visit::new(index, url.clone()), now);
        }
        queue
    }

    /// Puts a visit where its host's are; gives how many addresses that settled.
    fn add(&mut self, visit: Visit, from: Instant) -> usize {
        let host = self
            .hosts
            .entry(name(&visit.url))
            .or_insert_with(|| Host::new(from));
        match host.add(visit, from) {
            Some((visit, verdict)) => self.settle(visit.address, verdict),
            None => 0,
        }
    }

    fn settle(&mut self, address: usize, verdict: Verdict) -> usize {
        self.verdicts[address] = Some(verdict);
        1
    }

    fn next(&mut self, now: Instant, options: &Options) -> Work {
        if now >= self.end {
            return Work::Done;
        }
        let mut earliest = self.end;
        for host in self.hosts.values_mut() {
            match host.turn(now, options) {
                Turn::Now(index) => {
                    self.busy += 1;
                    return Work::Ask(host.start(index, now, options));
                }
                Turn::At(moment) => earliest = earliest.min(moment),
                Turn::Never => {}
            }
        }
        // Nothing comes before the end, and nothing under way can change that.
        match earliest >= self.end && self.busy == 0 {
            true => Work::Done,
            false => Work::Wait(earliest),
        }
    }

    /// Takes in an answer; gives how many addresses it settled.
    fn take(&mut self, visit: Visit, answer: Answer, now: Instant, options: &Options) -> usize {
        self.busy -= 1;
        self.reached |= answer.is_from_host();
        let asked = name(&visit.url);
        let address = visit.address;
        if let Some(host) = self.hosts.get_mut(&asked) {
            host.finish(&visit, &answer, now, options);
        }
        let silent = answer.is_silence();
        let mut count = match visit.follow(answer, options) {
            Next::Ask(visit, wait) => self.add(visit, now + wait),
            Next::Settled(verdict) => {
                if silent && let Some(host) = self.hosts.get_mut(&asked) {
                    host.was_silent(&verdict);
                }
                self.settle(address, verdict)
            }
        };
        let dropped = self.hosts.get_mut(&asked).map(Host::dropped);
        for (visit, verdict) in dropped.into_iter().flatten() {
            count += self.settle(visit.address, verdict);
        }
        count
    }

    /// What is known in the end.
    fn verdicts(mut self) -> Vec<Verdict> {
        let rest: Vec<Visit> = self.hosts.values_mut().flat_map(Host::rest).collect();
        for visit in rest {
            let reason = visit.trouble.unwrap_or(Reason::NotAsked);
            self.settle(visit.address, Verdict::Uncertain(reason));
        }
        let mut verdicts: Vec<Verdict> = self
            .verdicts
            .into_iter()
            .map(|verdict| verdict.unwrap_or(Verdict::Uncertain(Reason::NotAsked)))
            .collect();
        if !self.reached {
            let named = self.addresses.iter().zip(&verdicts);
            let unreached: BTreeSet<String> = named
                .filter(|(_, verdict)| is_unreached(verdict))
                .map(|(url, _)| name(url))
                .collect();
            if unreached.len() >= HOSTS_THAT_TELL {
                for verdict in verdicts.iter_mut().filter(|verdict| is_unreached(verdict)) {
                    *verdict = Verdict::Uncertain(Reason::Offline);
                }
            }
        }
        verdicts
    }
}

/// The name of an address's host.
fn name(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}

/// Whether this is what comes of having no connection, too.
fn is_unreached(verdict: &Verdict) -> bool {
    match verdict {
        Verdict::Alive | Verdict::Moved { .. } => false,
        Verdict::Dead(reason) | Verdict::Uncertain(reason) => matches!(
            reason,
            Reason::UnknownHost
                | Reason::Refused
                | Reason::Timeout
                | Reason::LookUp
                | Reason::Unreachable
        ),
    }
}
