//! What changes on disk, and what is asked of the preview, until it is time to load.

use super::settle::{Events, Look};
use super::view::View;
use crate::source::FOLDERS;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// When nothing has happened for so long, all files are looked at: a watcher
/// misses files in folders that have just been made.
const CALM: Duration = Duration::from_millis(1500);
/// Where nothing can be watched, all files are looked at again and again.
const POLL: Duration = Duration::from_millis(1000);

/// What wakes the loader.
pub(super) enum Message {
    Event(notify::Result<notify::Event>),
    /// Somebody wants to see the site in another way.
    View(View),
}

/// What there is to do.
pub(super) enum Task {
    Look(Look),
    View(View),
}

/// Follows the files of a site.
pub(super) struct Watch {
    root: PathBuf,
    watcher: Option<RecommendedWatcher>,
    messages: Receiver<Message>,
    events: Events,
    /// When all files are to be looked at.
    look_again: Option<Instant>,
}

impl Watch {
    /// Watches the folders of a site.
    pub(super) fn new(root: &Path) -> (Watch, Sender<Message>) {
        let (sender, messages) = channel();
        let events = sender.clone();
        let watcher = notify::recommended_watcher(move |event| {
            // The loader ends with the program.
            let _ = events.send(Message::Event(event));
        });
        let mut watch = Watch {
            root: root.to_owned(),
            watcher: watcher.ok(),
            messages,
            events: Events::default(),
            look_again: Some(Instant::now() + CALM),
        };
        watch.watch_folders();
        (watch, sender)
    }

    /// Whether the system tells of changes.
    pub(super) fn is_watching(&self) -> bool {
        self.watcher.is_some()
    }

    /// Watches what is there of the folders, and the root, where they may appear.
    fn watch_folders(&mut self) {
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        let mut watched = watcher.watch(&self.root, RecursiveMode::NonRecursive);
        for folder in FOLDERS.map(|folder| self.root.join(folder)) {
            if folder.is_dir() {
                watched = watched.and(watcher.watch(&folder, RecursiveMode::Recursive));
            }
        }
        if watched.is_err() {
            self.watcher = None;
        }
    }

    /// Waits until there is something to do; `None` when nothing can ever be.
    pub(super) fn next(&mut self) -> Option<Task> {
        loop {
            let is_empty = |path: &Path| {
                path.metadata()
                    .is_ok_and(|data| data.is_file() && data.len() == 0)
            };
            let now = Instant::now();
            let due = self.events.due(is_empty);
            if due.is_some_and(|due| due <= now) {
                self.look_again = Some(now + CALM);
                return Some(Task::Look(self.events.take()));
            }
            if due.is_none() && self.look_again.is_some_and(|at| at <= now) {
                self.look_again = match self.watcher {
                    Some(_) => None,
                    None => Some(now + POLL),
                };
                return Some(Task::Look(Look::Everywhere));
            }
            let wake = due.or(self.look_again);
            let message = match wake {
                Some(at) => self.messages.recv_timeout(at - now),
                None => self
                    .messages
                    .recv()
                    .map_err(|_| RecvTimeoutError::Disconnected),
            };
            match message {
                Ok(Message::View(view)) => return Some(Task::View(view)),
                Ok(Message::Event(event)) => self.take_in(event),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
            while let Ok(message) = self.messages.try_recv() {
                match message {
                    Message::View(view) => return Some(Task::View(view)),
                    Message::Event(event) => self.take_in(event),
                }
            }
        }
    }

    /// Looks at all files soon, since something was not as it was told.
    pub(super) fn look_again(&mut self) {
        self.look_again = Some(Instant::now() + Duration::from_millis(100));
    }

    fn take_in(&mut self, mut event: notify::Result<notify::Event>) {
        let mut appeared = false;
        if let Ok(event) = &mut event {
            let root = &self.root;
            // Much lies beside the folders of a site, its output among it.
            event.paths.retain(|path| {
                let below = path.strip_prefix(root).unwrap_or(path);
                FOLDERS.iter().any(|folder| below.starts_with(folder))
            });
            let is_folder =
                |path: &PathBuf| FOLDERS.iter().any(|folder| *path == root.join(folder));
            appeared = event.kind.is_create() && event.paths.iter().any(is_folder)
                || event.kind.is_modify() && event.paths.iter().any(is_folder);
            if event.paths.is_empty() && !event.need_rescan() {
                return;
            }
        }
        self.events.add(event, Instant::now());
        if appeared {
            self.watch_folders();
        }
    }
}
