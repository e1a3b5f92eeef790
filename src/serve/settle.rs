//! When an editor is done saving.
//!
//! One save is many events: the file is emptied and written, or written beside
//! and renamed, or moved away and made anew; a checkout is thousands. What is
//! read in between is half a file, or half a site. So events are collected until
//! nothing more is to be expected, and no longer: a file that was closed after
//! writing is done at once, one that is still open or has just vanished is not.

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Enough for the other events of one save, where the system tells that files were closed.
const CLOSED: Duration = Duration::from_millis(4);
/// Where it never tells.
const UNTOLD: Duration = Duration::from_millis(60);
/// Where it will tell, and has not yet; and for a file that has nothing in it.
const OPEN: Duration = Duration::from_millis(400);
/// A file that is gone, or one of many, may be one that is on its way.
const UNCERTAIN: Duration = Duration::from_millis(120);
/// So many files are no save of an editor.
const MANY: usize = 12;
/// Nobody waits longer than this for what is saved without end.
const LONGEST: Duration = Duration::from_secs(2);

/// Whether the system tells when a file that was written is closed.
const TELLS_CLOSING: bool = cfg!(target_os = "linux");

/// What has happened since the site was last read.
#[derive(Debug, Default)]
pub(super) struct Events {
    paths: BTreeMap<PathBuf, State>,
    /// Some events are lost; any file may have changed.
    everything: bool,
    first: Option<Instant>,
    last: Option<Instant>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Written and closed, or moved here.
    Whole,
    /// Written, and not yet closed as far as is known.
    Open,
    Gone,
}

/// What is to be looked at.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Look {
    At(Vec<PathBuf>),
    Everywhere,
}

impl Events {
    /// Takes in what the system tells.
    pub(super) fn add(&mut self, event: notify::Result<Event>, now: Instant) {
        let event = match event {
            Ok(event) if !event.need_rescan() => event,
            _ => return self.add_everything(now),
        };
        // Reading is no change, and we ourselves read.
        let state = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => State::Whole,
            EventKind::Access(_) => return,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
                State::Gone
            }
            EventKind::Modify(ModifyKind::Name(_) | ModifyKind::Metadata(_)) => State::Whole,
            _ => State::Open,
        };
        for path in event.paths {
            let state = match event.kind {
                // Both names of a file that was moved.
                EventKind::Modify(ModifyKind::Name(RenameMode::Both)) if !path.exists() => {
                    State::Gone
                }
                EventKind::Create(_) if path.is_dir() => State::Whole,
                _ => state,
            };
            self.paths.insert(path, state);
        }
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    /// Any file may have changed.
    pub(super) fn add_everything(&mut self, now: Instant) {
        self.everything = true;
        self.first.get_or_insert(now);
        self.last = Some(now);
    }

    /// When it is time to look, unless more happens before; `None` while nothing
    /// has happened. `is_empty` says of a file that it has nothing in it.
    pub(super) fn due(&self, is_empty: impl Fn(&Path) -> bool) -> Option<Instant> {
        let quiet = |(path, state): (&PathBuf, &State)| match state {
            State::Gone if !path.exists() => UNCERTAIN,
            _ if is_empty(path) => OPEN,
            State::Open if TELLS_CLOSING => OPEN,
            _ if TELLS_CLOSING => CLOSED,
            _ => UNTOLD,
        };
        let quiet = match self.everything || self.paths.len() > MANY {
            true => UNCERTAIN,
            false => self.paths.iter().map(quiet).max()?,
        };
        Some((self.last? + quiet).min(self.first? + LONGEST))
    }

    /// Hands over what has happened, and begins anew.
    pub(super) fn take(&mut self) -> Look {
        let all = std::mem::take(self);
        match all.everything {
            true => Look::Everywhere,
            false => Look::At(all.paths.into_keys().collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{CreateKind, DataChange, RemoveKind};

    /// How long is waited after some events, in milliseconds, where no file is there.
    fn waits(kinds: &[EventKind]) -> Option<u128> {
        let (mut events, now) = (Events::default(), Instant::now());
        for kind in kinds {
            events.add(
                Ok(Event::new(*kind).add_path("/no/such/a.toml".into())),
                now,
            );
        }
        events.due(|_| false).map(|due| (due - now).as_millis())
    }

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED_NOW: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const READ: EventKind = EventKind::Access(AccessKind::Open(AccessMode::Any));

    #[test]
    fn reading_is_no_change() {
        assert_eq!(waits(&[READ, READ]), None);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_file_that_is_closed_is_read_at_once() {
        let created = EventKind::Create(CreateKind::File);
        assert_eq!(waits(&[created, WRITTEN, WRITTEN, CLOSED_NOW]), Some(4));
        let moved = EventKind::Modify(ModifyKind::Name(RenameMode::To));
        assert_eq!(waits(&[moved]), Some(4));
    }

    #[test]
    fn what_is_open_or_gone_is_waited_for() {
        assert!(waits(&[WRITTEN]) > Some(50));
        assert_eq!(waits(&[EventKind::Remove(RemoveKind::File)]), Some(120));
        let away = EventKind::Modify(ModifyKind::Name(RenameMode::From));
        assert_eq!(waits(&[away]), Some(120));
    }

    #[test]
    fn many_files_and_lost_events_take_longer_but_not_for_ever() {
        let (mut events, start) = (Events::default(), Instant::now());
        for n in 0..1000 {
            let event = Event::new(CLOSED_NOW).add_path(format!("/no/{n}").into());
            events.add(Ok(event), start + Duration::from_millis(10 * n));
        }
        assert_eq!(events.due(|_| false), Some(start + LONGEST));
        assert!(matches!(events.take(), Look::At(paths) if paths.len() == 1000));
        assert_eq!(events.due(|_| false), None);
        events.add(Err(notify::Error::generic("lost")), start);
        assert_eq!(events.take(), Look::Everywhere);
    }
}
