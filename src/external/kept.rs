//! What was certain lately, so that the next check need not ask again.

use super::Options;
use super::address::is_web;
use super::verdict::{Reason, Verdict};
use crate::source::replace;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use url::Url;

/// More is not kept: the oldest goes.
const MOST: usize = 50_000;

/// A larger file is not ours.
const LARGEST: u64 = 64 << 20;

/// The form of the file; another one is not read.
const FORM: u32 = 1;

/// What is known from earlier checks.
pub(super) struct Kept<'a> {
    options: &'a Options,
    now: u64,
    entries: BTreeMap<String, Entry>,
    changed: bool,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    form: u32,
    entries: BTreeMap<String, Entry>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Entry {
    /// When it was found out, in seconds since 1970.
    at: u64,
    #[serde(flatten)]
    state: State,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum State {
    Alive,
    Moved { target: String, for_good: bool },
    Dead { reason: String },
}

impl<'a> Kept<'a> {
    /// Reads the file; one that can't be read counts as empty.
    pub(super) fn read(options: &'a Options, now: u64) -> Kept<'a> {
        let entries = options.kept.as_deref().and_then(load).unwrap_or_default();
        let mut kept = Kept {
            options,
            now,
            entries,
            changed: false,
        };
        kept.entries
            .retain(|_, entry| is_fresh(entry, now, options) && entry.state.verdict().is_some());
        kept
    }

    /// What is known of an address.
    pub(super) fn find(&self, url: &Url) -> Option<Verdict> {
        self.entries.get(url.as_str())?.state.verdict()
    }

    /// Keeps what was found out about an address, if it is certain.
    pub(super) fn keep(&mut self, url: &Url, verdict: &Verdict) {
        let state = match verdict {
            Verdict::Alive => State::Alive,
            Verdict::Moved { target, for_good } => State::Moved {
                target: target.to_string(),
                for_good: *for_good,
            },
            Verdict::Dead(reason) => State::Dead {
                reason: reason.key().to_owned(),
            },
            Verdict::Uncertain(_) => return,
        };
        let at = self.now;
        self.entries.insert(url.to_string(), Entry { at, state });
        self.changed = true;
    }

    /// Writes the file, if there is anything new. Failing that, the next check
    /// asks again, which is no harm.
    pub(super) fn write(mut self) {
        let Some(path) = self.options.kept.as_deref().filter(|_| self.changed) else {
            return;
        };
        let surplus = self.entries.len().saturating_sub(MOST);
        if surplus > 0 {
            let ages = self
                .entries
                .iter()
                .map(|(url, entry)| (entry.at, url.clone()));
            let mut ages: Vec<(u64, String)> = ages.collect();
            ages.sort_unstable();
            for (_, url) in &ages[..surplus] {
                self.entries.remove(url);
            }
        }
        let _ = store(path, self.entries);
    }
}

impl State {
    /// What it says; nothing, if the file was written by somebody else.
    fn verdict(&self) -> Option<Verdict> {
        match self {
            State::Alive => Some(Verdict::Alive),
            State::Moved { target, for_good } => Some(Verdict::Moved {
                target: Url::parse(target).ok().filter(is_web)?,
                for_good: *for_good,
            }),
            State::Dead { reason } => Some(Verdict::Dead(Reason::from_key(reason)?)),
        }
    }
}

fn is_fresh(entry: &Entry, now: u64, options: &Options) -> bool {
    let time = match entry.state {
        State::Alive | State::Moved { .. } => options.keep_living,
        State::Dead { .. } => options.keep_dead,
    };
    // A clock that was put back makes entries of days to come.
    now.checked_sub(entry.at)
        .is_some_and(|age| age < time.as_secs())
}

fn load(path: &Path) -> Option<BTreeMap<String, Entry>> {
    let mut bytes = Vec::new();
    let mut file = File::open(path).ok()?.take(LARGEST);
    file.read_to_end(&mut bytes).ok()?;
    let stored: Stored = serde_json::from_slice(&bytes).ok()?;
    (stored.form == FORM).then_some(stored.entries)
}

/// Writes beside the file and puts it in its place in one step.
fn store(path: &Path, entries: BTreeMap<String, Entry>) -> io::Result<()> {
    let stored = Stored {
        form: FORM,
        entries,
    };
    replace(path, &[serde_json::to_vec(&stored)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_does_not_grow_for_ever() {
        let folder = tempfile::TempDir::new().unwrap();
        let options = Options {
            kept: Some(folder.path().join("kept.json")),
            ..Options::default()
        };
        let url = |n: usize| Url::parse(&format!("https://example.org/{n}")).unwrap();
        let mut kept = Kept::read(&options, 100);
        (0..MOST).for_each(|n| kept.keep(&url(n), &Verdict::Alive));
        kept.write();
        let mut kept = Kept::read(&options, 200);
        (0..10).for_each(|n| kept.keep(&url(n), &Verdict::Dead(Reason::Gone)));
        (MOST..MOST + 10).for_each(|n| kept.keep(&url(n), &Verdict::Alive));
        kept.write();
        let kept = Kept::read(&options, 300);
        assert_eq!(kept.entries.len(), MOST);
        assert_eq!(kept.find(&url(9)), Some(Verdict::Dead(Reason::Gone)));
        assert_eq!(kept.find(&url(10)), None);
        assert_eq!(kept.find(&url(MOST + 9)), Some(Verdict::Alive));
    }
}
