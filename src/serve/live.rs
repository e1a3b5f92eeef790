//! What is shown now, and the loader that puts the next thing in its place.

use super::settle::Look;
use super::view::View;
use super::watch::{Message, Task, Watch};
use crate::diag::Severity;
use crate::kinds::{Kind, Record};
use crate::lang::Lang;
use crate::model::{RecordId, Site};
use crate::project::{self, Loaded, Options};
use crate::render::Snapshot;
use crate::source::{FileError, FileId, ListedFiles};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::mpsc::Sender;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::SystemTime;
use tokio::sync::watch;

/// One state of the site, whole: requests that began with it end with it.
pub(super) struct Shown {
    /// Tells this state from all others, those of earlier runs of the program too.
    pub(super) version: String,
    pub(super) loaded: Arc<Loaded>,
    /// The last state without errors, for what they have taken from the site.
    pub(super) good: Option<Arc<Loaded>>,
    /// The site with its drafts, where it has any that are not shown.
    pub(super) unpublished: Option<Arc<Loaded>>,
    pub(super) view: View,
    /// The files that were changed last, until something else is.
    pub(super) touched: BTreeSet<Arc<str>>,
    /// Files of the site as it is in which there are errors.
    wrong: HashSet<FileId>,
    /// The record that was changed last, and the language of its text.
    pub(super) follow: Option<(RecordId, Option<Lang>)>,
}

impl Shown {
    /// Whether there are errors in the files of a record of the site as it is.
    pub(super) fn has_errors(&self, record: &Record) -> bool {
        let texts = record.markdown.iter().map(|text| text.file);
        texts
            .chain([record.file])
            .any(|file| self.wrong.contains(&file))
    }

    /// The snapshot that pages are made from.
    pub(super) fn snapshot(&self) -> Option<&Snapshot> {
        usable(&self.loaded)
    }
}

/// The snapshot of a load, if pages can be made from it.
pub(super) fn usable(loaded: &Loaded) -> Option<&Snapshot> {
    let snapshot = loaded.snapshot.as_ref();
    snapshot.filter(|snapshot| snapshot.theme.templates.are_usable())
}

fn is_good(loaded: &Loaded) -> bool {
    let is_error = |severity: Severity| severity == Severity::Error;
    usable(loaded).is_some()
        && !loaded
            .problems
            .iter()
            .any(|problem| is_error(problem.severity()))
}

fn wrong(loaded: &Loaded) -> HashSet<FileId> {
    let problems = loaded.problems.iter();
    let errors = problems.filter(|problem| problem.severity() == Severity::Error);
    errors.map(|problem| problem.span.file).collect()
}

/// What is shown now; replaced whole.
pub(super) struct Live {
    shown: RwLock<Arc<Shown>>,
    versions: watch::Sender<u64>,
    asked: Sender<Message>,
}

impl Live {
    /// What is shown now.
    pub(super) fn now(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts the states.
    pub(super) fn versions(&self) -> watch::Receiver<u64> {
        self.versions.subscribe()
    }

    /// Asks for another view; it is shown when it has been loaded.
    pub(super) fn look_otherwise(&self, view: View) {
        // The loader ends with the program.
        let _ = self.asked.send(Message::View(view));
    }

    fn show(&self, shown: Shown) {
        let before = {
            let mut place = self.shown.write().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *place, Arc::new(shown))
        };
        self.versions.send_modify(|number| *number += 1);
        // Taking apart what nobody needs any more is nothing to wait for.
        drop(before);
    }
}

/// Loads the site again whenever its files change.
pub(super) struct Loader {
    files: ListedFiles,
    options: Options,
    watch: Watch,
    live: Arc<Live>,
    /// When the program began: a part of each version.
    start: u128,
    number: u64,
    told: Box<dyn Fn(&Loaded) + Send>,
}

impl Loader {
    /// Begins with a site that has been loaded; `told` hears of each further load.
    pub(super) fn new(
        files: ListedFiles,
        options: Options,
        loaded: Loaded,
        told: Box<dyn Fn(&Loaded) + Send>,
    ) -> (Loader, Arc<Live>) {
        let (watch, asked) = Watch::new(files.disk().root());
        let start = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .map_or(0, |since| since.as_millis());
        let view = View {
            as_of: options.as_of,
            drafts: options.drafts,
        };
        let loaded = Arc::new(loaded);
        let shown = Shown {
            version: format!("{start:x}-0"),
            good: is_good(&loaded).then(|| Arc::clone(&loaded)),
            wrong: wrong(&loaded),
            loaded,
            unpublished: None,
            view,
            touched: BTreeSet::new(),
            follow: None,
        };
        let live = Arc::new(Live {
            shown: RwLock::new(Arc::new(shown)),
            versions: watch::channel(0).0,
            asked,
        });
        let loader = Loader {
            files,
            options,
            watch,
            live: Arc::clone(&live),
            start,
            number: 0,
            told,
        };
        (loader, live)
    }

    /// Whether the system tells of changes; else the files are looked at time and again.
    pub(super) fn is_watching(&self) -> bool {
        self.watch.is_watching()
    }

    /// Loads for as long as the program runs.
    pub(super) fn run(mut self) {
        // What was saved while the site was read, nobody has told.
        self.watch.look_again();
        self.load_unpublished();
        while let Some(task) = self.watch.next() {
            let done = match task {
                Task::View(view) => {
                    self.options.as_of = view.as_of;
                    self.options.drafts = view.drafts;
                    self.load(BTreeSet::new())
                }
                Task::Look(look) => match self.look(look) {
                    changed if changed.is_empty() => continue,
                    changed => self.load(changed),
                },
            };
            match done {
                Ok(()) => self.load_unpublished(),
                // A file went while it was read: there is more to come.
                Err(_) => self.watch.look_again(),
            }
        }
    }

    fn look(&mut self, look: Look) -> BTreeSet<Arc<str>> {
        let root = self.files.disk().root().to_owned();
        let relative = |path: &Path| {
            let below = path.strip_prefix(&root).ok()?;
            let parts: Vec<_> = below
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            Some(parts.join("/"))
        };
        let mut changed = BTreeSet::new();
        let looked = match look {
            Look::Everywhere => self
                .files
                .look_everywhere()
                .map(|found| changed.extend(found)),
            Look::At(paths) => {
                paths
                    .iter()
                    .filter_map(|path| relative(path))
                    .try_for_each(|path| {
                        changed.extend(self.files.look_at(&path)?);
                        Ok(())
                    })
            }
        };
        if looked.is_err() {
            self.watch.look_again();
        }
        changed
    }

    fn load(&mut self, changed: BTreeSet<Arc<str>>) -> Result<(), FileError> {
        let before = self.live.now();
        let loaded = project::reload(&self.files, &self.options, &before.loaded)?;
        let view = View {
            as_of: self.options.as_of,
            drafts: self.options.drafts,
        };
        let same = view == before.view && loaded.has_same_files(&before.loaded);
        let loaded = Arc::new(loaded);
        let good = match is_good(&loaded) {
            true => Some(Arc::clone(&loaded)),
            false => before.good.clone(),
        };
        self.number += u64::from(!same);
        let shown = Shown {
            version: format!("{:x}-{}", self.start, self.number),
            good,
            wrong: wrong(&loaded),
            unpublished: before.unpublished.clone(),
            view,
            follow: followed(&loaded, &changed),
            touched: match same {
                true => before.touched.clone(),
                false => changed,
            },
            loaded: Arc::clone(&loaded),
        };
        if same {
            // Only the clocks of files have moved on: no browser needs to know.
            *self
                .live
                .shown
                .write()
                .unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
            return Ok(());
        }
        drop(before);
        self.live.show(shown);
        (self.told)(&loaded);
        Ok(())
    }

    /// Drafts have pages here, though the site is shown without them.
    fn load_unpublished(&mut self) {
        let now = self.live.now();
        let has_drafts = now
            .snapshot()
            .is_some_and(|snapshot| !snapshot.site.drafts.is_empty());
        let wanted = has_drafts && !self.options.drafts;
        if !wanted && now.unpublished.is_none() {
            return;
        }
        let options = Options {
            drafts: true,
            ..self.options.clone()
        };
        let previous = now.unpublished.as_ref().unwrap_or(&now.loaded);
        let unpublished = match wanted {
            true => project::reload(&self.files, &options, previous).ok(),
            false => None,
        };
        self.number += 1;
        let shown = Shown {
            version: format!("{:x}-{}", self.start, self.number),
            loaded: Arc::clone(&now.loaded),
            good: now.good.clone(),
            wrong: now.wrong.clone(),
            unpublished: unpublished.map(Arc::new),
            view: now.view,
            touched: now.touched.clone(),
            // A browser that has not yet heard of the state before must hear of this.
            follow: now.follow,
        };
        drop(now);
        self.live.show(shown);
    }
}

/// The record that one of the changed files belongs to.
fn followed(loaded: &Loaded, changed: &BTreeSet<Arc<str>>) -> Option<(RecordId, Option<Lang>)> {
    // So many changes are not the work of somebody who wants to see one.
    const FEW: usize = 5;
    let snapshot = loaded.snapshot.as_ref().filter(|_| changed.len() <= FEW)?;
    let site = &snapshot.site;
    let is_changed = |file| changed.contains(&snapshot.sources.get(file).path);
    let records = changed.iter().flat_map(|path| records_of(site, path));
    records.into_iter().find_map(|id| {
        let record = site.record(id);
        let text = record.markdown.iter().find(|text| is_changed(text.file));
        let is_its = text.is_some() || is_changed(record.file);
        is_its.then(|| (id, text.map(|text| text.lang)))
    })
}

/// The records that a file of this path could belong to, by its name or by that of its
/// folder: `content/cities/pl/bucza.uk.md`, `content/cities/bucza/uk.md`.
fn records_of(site: &Site, path: &str) -> Vec<RecordId> {
    let mut parts = path.split('/');
    let kind = parts.nth(1);
    let kind = Kind::ALL.iter().find(|known| Some(known.folder()) == kind);
    let stem = parts.next_back().and_then(|name| name.split('.').next());
    let ids = [stem, parts.next_back()].into_iter().flatten();
    let record = |id| site.get(*kind?, id);
    ids.filter_map(record).collect()
}
