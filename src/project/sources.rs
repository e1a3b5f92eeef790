//! The text files of a site and of its theme.

use super::decode::decode;
use super::numbering::Numbering;
use crate::content::{Problems, report_invisible};
use crate::diag::{Code, Diagnostic};
use crate::source::{Entry, EntryKind, FOLDERS, FileError, FileId, Files, Source, Sources, Span};
use crate::theme::{self, ThemeFiles};
use rayon::prelude::*;
use std::sync::Arc;

/// The largest TOML file that is read, in bytes: thousands of fields.
const LARGEST_TOML: u64 = 1024 * 1024;
/// The largest text file of another type that is read, in bytes: a thick book.
const LARGEST_TEXT: u64 = 4 * 1024 * 1024;

/// The text files of a site and its theme.
pub(super) struct Read {
    pub(super) sources: Sources,
    /// `content/site.toml`, there or not.
    pub(super) config: FileId,
    /// The site's own files, sorted by path: `content/…`, then `themes/…`.
    pub(super) files: Vec<Arc<Found>>,
    pub(super) themes: ThemeFiles,
    pub(super) numbering: Numbering,
    /// The places in `files` of those with problems.
    wrong: Vec<usize>,
}

impl Read {
    /// Files of records as an earlier run has found them, sorted by path, and how all files
    /// were numbered; others of them are to be read.
    pub(super) fn recalled(files: Vec<Arc<Found>>, numbering: Numbering) -> Read {
        Read {
            sources: Sources::default(),
            config: FileId(0),
            files,
            themes: ThemeFiles::new(),
            numbering,
            wrong: Vec::new(),
        }
    }

    /// The files below `content/`, sorted by path.
    pub(super) fn content(&self) -> &[Arc<Found>] {
        let end = self.files.partition_point(|found| found.is_content());
        &self.files[..end]
    }

    /// What is wrong with the files as such.
    fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let wrong = self.wrong.iter().map(|place| &self.files[*place]);
        wrong.flat_map(|found| &found.problems)
    }

    /// A file below `content/`.
    pub(super) fn find(&self, path: &str) -> Option<&Found> {
        let content = self.content();
        let place = content.binary_search_by(|found| found.entry.path.as_ref().cmp(path));
        place.ok().map(|place| &*content[place])
    }

    /// A file of the site by its id; `None` for one of the program's own.
    pub(super) fn found(&self, file: FileId) -> Option<&Arc<Found>> {
        let place = self.files.binary_search_by_key(&file, |found| found.file);
        place.ok().map(|place| &self.files[place])
    }

    /// Whether a file has the text it has in another load.
    pub(super) fn has_same_text(&self, other: &Read, file: FileId) -> bool {
        let both = self.found(file).zip(other.found(file));
        both.is_some_and(|(a, b)| Arc::ptr_eq(&a.source, &b.source))
    }

    /// Whether all files have the texts they have in another load.
    pub(super) fn is_same(&self, other: &Read) -> bool {
        let same = |(a, b): (&Arc<Found>, &Arc<Found>)| {
            Arc::ptr_eq(a, b)
                || Arc::ptr_eq(&a.source, &b.source)
                    && a.file == b.file
                    && a.entry.kind == b.entry.kind
                    && a.bytes == b.bytes
        };
        self.files.len() == other.files.len() && self.files.iter().zip(&other.files).all(same)
    }

    /// The files that have other texts than in the load before; `None` where there are
    /// others, or files that are no texts have changed.
    pub(super) fn changed_since(&self, before: &Read) -> Option<Vec<FileId>> {
        if !self.numbering.is_same(&before.numbering) || self.files.len() != before.files.len() {
            return None;
        }
        let pairs = self.files.iter().zip(&before.files);
        let mut changed = Vec::new();
        for (now, then) in pairs.filter(|(now, then)| !Arc::ptr_eq(now, then)) {
            // Of pictures and other files that are published no text is read.
            let is_read = is_record(&now.entry.path);
            if !is_read || now.entry.kind != then.entry.kind {
                return None;
            }
            match Arc::ptr_eq(&now.source, &then.source) {
                false => changed.push(now.file),
                true if now.entry.len == then.entry.len => {}
                // The same text in other bytes.
                true => return None,
            }
        }
        Some(changed)
    }

    /// Whether a file's text could not be read whole; that has been reported.
    pub(super) fn is_unreadable(&self, file: FileId) -> bool {
        self.found(file).is_some_and(|found| found.unreadable)
    }
}

fn is_text(path: &str) -> bool {
    [".toml", ".md", ".html", ".xml", ".css", ".js", ".svg"]
        .iter()
        .any(|end| path.ends_with(end))
}

/// Whether it is a record's, or the settings of the site.
fn is_record(path: &str) -> bool {
    path.starts_with("content/") && (path.ends_with(".toml") || path.ends_with(".md"))
}

fn largest(path: &str) -> u64 {
    match path.ends_with(".toml") {
        true => LARGEST_TOML,
        false => LARGEST_TEXT,
    }
}

/// A file as it was found. Where its bytes are those of the load before, so is
/// its source, the very same one.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) entry: Entry,
    pub(super) file: FileId,
    pub(super) source: Arc<Source>,
    /// Of a theme's file; a record's are read when a page shows them.
    bytes: Option<Arc<[u8]>>,
    problems: Problems,
    /// Its text could not be read whole; that has been reported.
    pub(super) unreadable: bool,
}

impl Found {
    /// A record's file without problems, as an earlier run has found it.
    pub(super) fn recalled(entry: Entry, file: FileId, source: Arc<Source>) -> Found {
        Found {
            entry,
            file,
            source,
            bytes: None,
            problems: Problems::new(),
            unreadable: false,
        }
    }

    /// Whether nothing is wrong with it as a file.
    pub(super) fn is_sound(&self) -> bool {
        !self.unreadable && self.problems.is_empty()
    }

    fn is_content(&self) -> bool {
        self.entry.path.starts_with("content/")
    }
}

const CONFIG: &str = "content/site.toml";

/// Reads the files of a site. Those that the load before found just so are not read again.
pub(super) fn read_sources(
    files: &dyn Files,
    previous: Option<&Read>,
    problems: &mut Problems,
) -> Result<Read, FileError> {
    let entries = files.list_all().map_err(|error| FileError {
        path: FOLDERS.join(", "),
        error,
    })?;
    if let Some(previous) = previous
        && let Some(read) = read_changed(files, &entries, previous)?
    {
        problems.extend(read.problems().cloned());
        return Ok(read);
    }
    // The theme in the binary stands below the site's own files.
    let is_own = |path: &str| {
        let found = entries.binary_search_by(|entry| entry.path.as_ref().cmp(path));
        found.is_ok()
    };
    let built_in: Vec<(&str, String, &'static str)> = theme::default_theme()
        .iter()
        .map(|(path, text)| (*path, format!("themes/default/{path}"), *text))
        .filter(|(_, path, _)| !is_own(path))
        .collect();
    let has_config = is_own(CONFIG);
    let own = entries.iter().map(|entry| (false, Arc::clone(&entry.path)));
    let of_program = built_in.iter().map(|(_, path, _)| path.as_str());
    let of_program = of_program.chain((!has_config).then_some(CONFIG));
    let names: Vec<(bool, Arc<str>)> = own
        .chain(of_program.map(|path| (true, path.into())))
        .collect();
    let numbering = Numbering::new(names, previous.map(|previous| &previous.numbering));
    let ids = Arc::clone(&numbering.ids);
    let before = previous.map_or(&[][..], |previous| &previous.files);
    let known = beside(&entries, before);
    let found: Vec<Result<Arc<Found>, FileError>> = entries
        .par_iter()
        .enumerate()
        .with_min_len(256)
        .map(|(index, entry)| {
            let known = known[index].filter(|known| known.file == ids[index]);
            match known.filter(|known| entry.is_unchanged(&known.entry)) {
                Some(known) => Ok(Arc::clone(known)),
                None => read_entry(files, entry, ids[index], known.map(|known| &**known)),
            }
        })
        .collect();
    let mut sources = Vec::with_capacity(ids.len());
    let mut themes = ThemeFiles::new();
    let mut listed = Vec::with_capacity(entries.len());
    let mut config = None;
    let mut wrong = Vec::new();
    for (place, found) in found.into_iter().enumerate() {
        let found = found?;
        if !found.problems.is_empty() {
            wrong.push(place);
        }
        let path = &*found.entry.path;
        if path == CONFIG {
            config = Some(found.file);
        }
        sources.push((found.file, Arc::clone(&found.source)));
        if let Some(below) = path.strip_prefix("themes/")
            && let Some((name, path)) = below.split_once('/')
        {
            let bytes = found.bytes.clone().unwrap_or_default();
            themes.insert((name.to_owned(), path.to_owned()), (found.file, bytes));
        }
        listed.push(found);
    }
    let built_in_ids = ids[entries.len()..].iter().copied();
    for ((path, whole, text), file) in built_in.iter().zip(built_in_ids) {
        let source = previous.and_then(|previous| previous.sources.find(file, whole));
        let source = source.unwrap_or_else(|| Arc::new(Source::new(whole.as_str(), *text)));
        let key = ("default".to_owned(), (*path).to_owned());
        themes.insert(key, (file, text.as_bytes().into()));
        sources.push((file, source));
    }
    let config = config.unwrap_or_else(|| {
        let file = *ids.last().expect("every site has a file of settings");
        sources.push((file, Arc::new(Source::new(CONFIG, ""))));
        problems.push(Diagnostic::new(Code::NoSite, Span::file(file)));
        file
    });
    let read = Read {
        sources: Sources::numbered(sources, numbering.stride),
        config,
        files: listed,
        themes,
        numbering,
        wrong,
    };
    problems.extend(read.problems().cloned());
    Ok(read)
}

/// Reads the files again that have changed, where these are a few texts of the content
/// and no file has come or gone. Nothing is done for the others but to look at them.
fn read_changed(
    files: &dyn Files,
    entries: &[Entry],
    previous: &Read,
) -> Result<Option<Read>, FileError> {
    const FEW: usize = 100;
    if entries.len() != previous.files.len() || previous.found(previous.config).is_none() {
        return Ok(None);
    }
    let is_changed = |place: &usize| !entries[*place].is_unchanged(&previous.files[*place].entry);
    let places = (0..entries.len()).into_par_iter().with_min_len(1024);
    let changed: Vec<usize> = places.filter(is_changed).collect();
    let is_known = |place: &usize| {
        let path = &entries[*place].path;
        *path == previous.files[*place].entry.path && path.starts_with("content/")
    };
    if changed.len() > FEW || !changed.iter().all(is_known) {
        return Ok(None);
    }
    let mut listed = previous.files.clone();
    for place in &changed {
        let known = &previous.files[*place];
        listed[*place] = read_entry(files, &entries[*place], known.file, Some(known))?;
    }
    let has_problems = |place: &usize| !listed[*place].problems.is_empty();
    let mut wrong = [previous.wrong.as_slice(), &changed].concat();
    wrong.sort_unstable();
    wrong.dedup();
    wrong.retain(has_problems);
    let sources = changed.iter().map(|place| &listed[*place]);
    let sources = sources.map(|found| (found.file, Arc::clone(&found.source)));
    Ok(Some(Read {
        sources: previous.sources.with(sources),
        config: previous.config,
        files: listed,
        themes: previous.themes.clone(),
        numbering: previous.numbering.clone(),
        wrong,
    }))
}

/// For each entry what was found at its path before; both are sorted by path.
fn beside<'a>(entries: &[Entry], before: &'a [Arc<Found>]) -> Vec<Option<&'a Arc<Found>>> {
    let mut rest = before.iter().peekable();
    let same = |entry: &Entry, found: &Found| {
        let (a, b) = (&entry.path, &found.entry.path);
        match Arc::ptr_eq(a, b) {
            true => std::cmp::Ordering::Equal,
            false => b.cmp(a),
        }
    };
    let find = |entry: &Entry| {
        while rest.next_if(|found| same(entry, found).is_lt()).is_some() {}
        rest.next_if(|found| same(entry, found).is_eq())
    };
    entries.iter().map(find).collect()
}

fn read_entry(
    files: &dyn Files,
    entry: &Entry,
    file: FileId,
    before: Option<&Found>,
) -> Result<Arc<Found>, FileError> {
    let is_content = entry.path.starts_with("content/");
    let is_record = is_record(&entry.path);
    let is_text = is_text(&entry.path) && (is_record || !is_content);
    let mut problems = Problems::new();
    let problem = |code| Diagnostic::new(code, Span::file(file)).with("name", &entry.path);
    let limit = largest(&entry.path);
    let refused = match entry.kind {
        EntryKind::Outside => Some(problem(Code::LinkOutside)),
        EntryKind::Other if is_text => Some(problem(Code::NotAFile)),
        EntryKind::File if is_text && entry.len > limit => Some(
            problem(Code::FileSize)
                .with_size("size", entry.len)
                .with_size("limit", limit),
        ),
        _ => None,
    };
    let mut text = String::new();
    let mut bytes = None;
    let mut unreadable = refused.is_some();
    let is_read = !unreadable && entry.kind == EntryKind::File && (is_record || !is_content);
    problems.extend(refused);
    if is_read {
        let read = files.read(&entry.path).map_err(|error| FileError {
            path: entry.path.to_string(),
            error,
        })?;
        if is_text {
            text = decode(&read, file, &mut problems);
            unreadable = !problems.is_empty();
            if is_content {
                report_invisible(&text, file, &mut problems);
            }
        }
        // A place in a template is one in the text as it was decoded.
        let is_asset = entry.path.split('/').nth(2) == Some("assets");
        bytes = (!is_content).then(|| match is_text && !is_asset {
            true => text.as_bytes().into(),
            false => read.into(),
        });
    }
    let same = before.filter(|before| {
        before.source.text() == text
            && before.bytes == bytes
            && before.unreadable == unreadable
            && before.problems == problems
    });
    let (source, bytes) = match same {
        Some(before) => (Arc::clone(&before.source), before.bytes.clone()),
        None => (Arc::new(Source::new(Arc::clone(&entry.path), text)), bytes),
    };
    Ok(Arc::new(Found {
        entry: entry.clone(),
        file,
        source,
        bytes,
        problems,
        unreadable,
    }))
}
