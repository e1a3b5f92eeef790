//! Loads a site: its files → records → the linked site → a snapshot.

mod appearance;
mod config;
mod decode;
mod earlier;
mod media;
mod numbering;
mod records;
mod sources;
mod svg;
mod texts;
mod unused;

use crate::check::{self, OfRecords};
use crate::content::{BaseUrl, Problems};
use crate::diag::{self, Code, Diagnostic, Severity};
use crate::kinds::SiteConfig;
use crate::lang::SortKeys;
use crate::model::{self, Parsed};
use crate::render::{Snapshot, enumerate};
use crate::source::{FileError, Files, Sources};
use appearance::Appearance;
use config::{read_accessibility, read_config, read_vocabulary};
pub(crate) use decode::decode;
use earlier::Earlier;
use jiff::civil::Date;
use media::{ReadAssets, load_assets};
use records::Records;
use sources::{Read, read_sources};
use std::sync::Arc;
use texts::Changed;
use unused::report_unused;

/// What a site is loaded with, besides its files.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The day the site shows.
    pub as_of: Date,
    /// Stands in for the `base_url` of `site.toml`.
    pub base_url: Option<BaseUrl>,
    /// Drafts and news of days to come are part of the site.
    pub drafts: bool,
}

/// A site that has been read, whole or broken.
pub struct Loaded {
    /// `None` when not even `site.toml` could be read.
    pub snapshot: Option<Snapshot>,
    /// Sorted by file and place.
    pub problems: Problems,
    /// Whether the site asks to treat warnings as errors.
    pub strict: bool,
    /// The warnings and notes that the site does not want.
    ignored: Vec<Code>,
    kept: Kept,
}

/// What the next load need not make again where its files are the same. All of
/// it is what a load without it would make: it is only made once.
struct Kept {
    options: Options,
    read: Arc<Read>,
    records: Arc<records::Parsed>,
    assets: Arc<ReadAssets>,
    appearance: Option<Arc<Appearance>>,
    /// The problems of all but reading the files; none where not all was done.
    others: Option<Arc<Problems>>,
    /// Those that records have by themselves, which are not among `others`.
    of_records: Arc<OfRecords>,
}

impl Kept {
    /// Whether settings, languages and day are those of another load.
    fn is_settled_like(&self, other: &Kept) -> bool {
        let appearance = |kept: &Kept| kept.appearance.as_ref().map(Arc::as_ptr);
        self.options == other.options
            && appearance(self) == appearance(other)
            && self.read.has_same_text(&other.read, other.read.config)
    }
}

impl Loaded {
    /// The source files that problems point into.
    pub fn sources(&self) -> &Sources {
        &self.kept.read.sources
    }

    /// The snapshot alone, whose pages are to be made. What else was read makes room for them:
    /// who has a problem to report afterwards loads again.
    pub fn into_snapshot(self) -> Option<Snapshot> {
        let snapshot = self.snapshot.map(Snapshot::without_records_files);
        // Piece by piece, which takes a while: nobody waits for it.
        rayon::spawn(move || drop((self.kept, self.problems)));
        snapshot
    }

    /// Whether the files are those of another load, whatever their times.
    pub fn has_same_files(&self, other: &Loaded) -> bool {
        self.kept.read.is_same(&other.kept.read) && self.kept.has_same_assets(&other.kept)
    }

    /// Adds problems found later, as far as the site wants to know of them.
    pub fn add(&mut self, mut problems: Problems) {
        self.problems.append(&mut problems);
        let ignored = &self.ignored;
        self.problems
            .retain(|problem| !ignored.contains(&problem.code));
        diag::sort(&mut self.problems);
    }
}

impl Kept {
    fn has_same_assets(&self, other: &Kept) -> bool {
        let assets = |kept: &Kept| kept.assets.len();
        let same = |(path, (_, asset)): (&Arc<str>, &(_, _))| {
            other
                .assets
                .get(path)
                .is_some_and(|(_, other)| other == asset)
        };
        assets(self) == assets(other) && self.assets.iter().all(same)
    }
}

/// Loads the site that `files` holds. Fails only when the file system does.
pub fn load(files: &dyn Files, options: &Options) -> Result<Loaded, FileError> {
    load_after(files, options, Known::default(), &|_, _| {})
}

/// Loads a site as [`load`] does. What an earlier run has kept of records whose files have
/// not changed since is not read again, and what this one has read is kept, where `files` keeps
/// things.
pub fn resume(files: &dyn Files, options: &Options) -> Result<Loaded, FileError> {
    load_and_keep(files, options, Earlier::of(files))
}

/// Loads a site as [`load`] does: all is read, and kept in place of what earlier runs have kept.
pub fn renew(files: &dyn Files, options: &Options) -> Result<Loaded, FileError> {
    load_and_keep(files, options, None)
}

fn load_and_keep(
    files: &dyn Files,
    options: &Options,
    earlier: Option<Earlier>,
) -> Result<Loaded, FileError> {
    let earlier = earlier.as_ref();
    let known = Known {
        previous: None,
        read: earlier.map(|earlier| (&earlier.read, &earlier.parsed)),
        sort_keys: earlier.map(|earlier| &earlier.sort_keys),
    };
    // It is kept while the site is linked, which one thread does alone.
    let loaded = rayon::in_place_scope(|scope| {
        load_after(files, options, known, &|read, parsed| {
            let (read, parsed) = (Arc::clone(read), Arc::clone(parsed));
            scope.spawn(move |_| Earlier::keep(files, &read, &parsed, earlier));
        })
    })?;
    if let Some(snapshot) = &loaded.snapshot {
        Earlier::keep_sort_keys(files, &snapshot.site, earlier);
    }
    Ok(loaded)
}

/// Loads a site anew, some of whose files may have changed. The outcome is that
/// of [`load`]; what follows from files that are unchanged is taken from `previous`.
pub fn reload(
    files: &dyn Files,
    options: &Options,
    previous: &Loaded,
) -> Result<Loaded, FileError> {
    let known = Known {
        previous: Some(previous),
        read: Some((&previous.kept.read, &previous.kept.records)),
        sort_keys: None,
    };
    load_after(files, options, known, &|_, _| {})
}

/// The settings, and how they want pages to look.
fn read_settings(
    read: &Read,
    before: Option<&Kept>,
    problems: &mut Problems,
) -> (Option<SiteConfig>, Option<Arc<Appearance>>) {
    let config = read_config(read, problems);
    let appearance = config.as_ref().map(|config| {
        let before = before.and_then(|kept| kept.appearance.as_ref());
        Appearance::load(read, config, before, problems)
    });
    (config, appearance)
}

/// What need not be made again.
#[derive(Clone, Copy, Default)]
struct Known<'a> {
    /// The load before.
    previous: Option<&'a Loaded>,
    /// What was read of files: by the load before, or by an earlier run.
    read: Option<(&'a Read, &'a records::Parsed)>,
    /// By an earlier run.
    sort_keys: Option<&'a SortKeys>,
}

/// What has been read now goes to `then` before anything is made of it.
fn load_after(
    files: &dyn Files,
    options: &Options,
    known: Known<'_>,
    then: &dyn Fn(&Arc<Read>, &Arc<records::Parsed>),
) -> Result<Loaded, FileError> {
    let mut problems = Problems::new();
    let previous = known.previous;
    let before = previous.map(|previous| &previous.kept);
    let read = read_sources(files, known.read.map(|(read, _)| read), &mut problems)?;
    // What is wrong with the records is told even when the settings can't be read.
    let mut of_settings = Problems::new();
    let (parsed, (config, appearance)) = rayon::join(
        || records::Parsed::new(&read, known.read),
        || read_settings(&read, before, &mut of_settings),
    );
    let (read, parsed) = (Arc::new(read), Arc::new(parsed));
    then(&read, &parsed);
    problems.extend(parsed.problems().cloned());
    if let Some(previous) = previous
        && let Some(changed) = Changed::since(previous, &read, &parsed, options)
        && let Some(site) = changed.site(previous)
    {
        return Ok(changed.put(site, previous, read, parsed, problems));
    }
    let records = Records::of(&parsed, options);
    let of_reading = std::mem::take(&mut problems);
    problems.append(&mut of_settings);
    let mut kept = Kept {
        options: options.clone(),
        others: None,
        of_records: Arc::default(),
        records: parsed,
        assets: Arc::default(),
        appearance,
        read,
    };
    let (Some(config), Some(appearance)) = (config, &kept.appearance) else {
        problems.extend(of_reading);
        diag::sort(&mut problems);
        return Ok(Loaded {
            snapshot: None,
            problems,
            strict: false,
            ignored: Vec::new(),
            kept,
        });
    };
    let strict = config.strict == Some(true);
    let ignored = ignored(&config, &mut problems);
    let read = &kept.read;
    let assets = before.map(|kept| &*kept.assets);
    let (assets, read_assets) = load_assets(
        files,
        read,
        &config,
        &records.published,
        assets,
        &mut problems,
    );
    kept.assets = Arc::new(read_assets);
    report_unused(read, &config, &records, &of_reading, &mut problems);
    let base_url = options.base_url.clone();
    let base_url = base_url.unwrap_or_else(|| config.base_url.clone());
    let mut vocabulary = |name: &str| read_vocabulary(read, name, &mut problems);
    let areas = vocabulary("content/areas.toml");
    let topics = vocabulary("content/topics.toml");
    let parsed = Parsed {
        areas,
        topics,
        accessibility: read_accessibility(read, &config, &mut problems),
        config,
        languages: appearance.languages.clone(),
        records: records.published,
        drafts: records.unpublished,
        withheld: records.withheld,
        assets,
        as_of: options.as_of,
    };
    let linked_before = previous.and_then(|previous| previous.snapshot.as_ref());
    let linked = model::Known {
        site: linked_before.map(|snapshot| &snapshot.site),
        sort_keys: known.sort_keys,
    };
    let (mut unlinked, mut of_theme) = (Problems::new(), Problems::new());
    let (site, theme) = rayon::join(
        || model::link(parsed, linked, &mut unlinked),
        || appearance.theme(&mut of_theme),
    );
    problems.append(&mut unlinked);
    problems.append(&mut of_theme);
    let (mut wrong, mut misplaced) = (Problems::new(), Problems::new());
    let routes_before = linked_before.map(|snapshot| &snapshot.routes);
    let settled = previous.filter(|previous| previous.kept.is_settled_like(&kept));
    let checked_before = settled.and_then(|previous| {
        let snapshot = previous.snapshot.as_ref()?;
        Some((&snapshot.site, &*previous.kept.of_records))
    });
    let (routes, of_records) = rayon::join(
        || enumerate(&site, theme, read.config, routes_before, &mut misplaced),
        || check::run(&site, checked_before, &mut wrong),
    );
    kept.of_records = Arc::new(of_records);
    problems.append(&mut wrong);
    problems.append(&mut misplaced);
    let snapshot = Snapshot::new(
        site,
        routes,
        Arc::clone(theme),
        read.sources.clone(),
        base_url.0,
        read.config,
    );
    kept.others = Some(Arc::new(problems.clone()));
    problems.extend(kept.of_records.all().cloned());
    problems.extend(of_reading);
    let mut loaded = Loaded {
        snapshot: Some(snapshot),
        problems: Problems::new(),
        strict,
        ignored,
        kept,
    };
    loaded.add(problems);
    Ok(loaded)
}

/// The codes that `checks.ignore` names; errors can't be ignored.
fn ignored(config: &SiteConfig, problems: &mut Problems) -> Vec<Code> {
    let names = config.checks.iter().flat_map(|checks| &checks.ignore);
    let known = || {
        let codes = Code::ALL.iter().copied();
        codes.filter(|code| code.severity() != Severity::Error)
    };
    let mut codes = Vec::new();
    for name in names {
        match known().find(|code| code.as_str().eq_ignore_ascii_case(&name.value)) {
            Some(code) => codes.push(code),
            None => {
                let known: Vec<&str> = known().map(Code::as_str).collect();
                problems.push(
                    Diagnostic::new(Code::UnknownValue, name.span)
                        .with("value", &name.value)
                        .with("known", known.join(", "))
                        .nearest(&name.value, known.iter().copied()),
                );
            }
        }
    }
    codes
}
