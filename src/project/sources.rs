//! The text files of a site and of its theme.

use super::decode::decode;
use crate::content::{Problems, report_invisible};
use crate::diag::{Code, Diagnostic};
use crate::source::{Entry, EntryKind, FileError, FileId, Files, Source, Sources, Span};
use crate::theme::{self, ThemeFiles};
use rayon::prelude::*;
use std::collections::HashSet;
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
    pub(super) content: Vec<(FileId, Entry)>,
    pub(super) themes: ThemeFiles,
    /// Files whose text could not be read whole; they have been reported.
    pub(super) unreadable: HashSet<FileId>,
}

fn is_text(path: &str) -> bool {
    [".toml", ".md", ".html", ".xml", ".css", ".js", ".svg"]
        .iter()
        .any(|end| path.ends_with(end))
}

fn largest(path: &str) -> u64 {
    match path.ends_with(".toml") {
        true => LARGEST_TOML,
        false => LARGEST_TEXT,
    }
}

/// A file as it was found.
struct Found {
    text: String,
    /// Of a theme's file; a record's are read when a page shows them.
    bytes: Option<Arc<[u8]>>,
    problems: Problems,
    unreadable: bool,
}

pub(super) fn read_sources(files: &dyn Files, problems: &mut Problems) -> Result<Read, FileError> {
    const CONFIG: &str = "content/site.toml";
    let list = |folder: &str| {
        let path = folder.to_owned();
        files
            .list(folder)
            .map_err(|error| FileError { path, error })
    };
    let content = list("content")?;
    let mut entries: Vec<(Entry, bool)> = content.into_iter().map(|entry| (entry, true)).collect();
    entries.extend(list("themes")?.into_iter().map(|entry| (entry, false)));
    let found: Vec<Result<Found, FileError>> = entries
        .par_iter()
        .enumerate()
        .map(|(index, (entry, is_content))| {
            read_entry(files, entry, *is_content, FileId(index as u32))
        })
        .collect();
    let mut sources = Vec::new();
    let mut themes = ThemeFiles::new();
    let mut listed = Vec::new();
    let mut config = None;
    let mut unreadable = HashSet::new();
    for ((entry, is_content), found) in entries.into_iter().zip(found) {
        let mut found = found?;
        let file = FileId(sources.len() as u32);
        problems.append(&mut found.problems);
        if found.unreadable {
            unreadable.insert(file);
        }
        if entry.path == CONFIG {
            config = Some(file);
        }
        sources.push(Source::new(&entry.path, found.text));
        if is_content {
            listed.push((file, entry));
        } else if let Some((name, path)) = entry.path["themes/".len()..].split_once('/') {
            let bytes = found.bytes.unwrap_or_default();
            themes.insert((name.to_owned(), path.to_owned()), (file, bytes));
        }
    }
    // The theme in the binary stands below the site's own files.
    for (path, text) in theme::default_theme() {
        let key = ("default".to_owned(), (*path).to_owned());
        if let std::collections::btree_map::Entry::Vacant(place) = themes.entry(key) {
            let file = FileId(sources.len() as u32);
            place.insert((file, text.as_bytes().into()));
            sources.push(Source::new(&format!("themes/default/{path}"), *text));
        }
    }
    let config = config.unwrap_or_else(|| {
        let file = FileId(sources.len() as u32);
        sources.push(Source::new(CONFIG, ""));
        problems.push(Diagnostic::new(Code::NoSite, Span::file(file)));
        file
    });
    Ok(Read {
        sources: Sources::new(sources),
        config,
        content: listed,
        themes,
        unreadable,
    })
}

fn read_entry(
    files: &dyn Files,
    entry: &Entry,
    is_content: bool,
    file: FileId,
) -> Result<Found, FileError> {
    let mut found = Found {
        text: String::new(),
        bytes: None,
        problems: Problems::new(),
        unreadable: false,
    };
    let is_record = entry.path.ends_with(".toml") || entry.path.ends_with(".md");
    let is_text = is_text(&entry.path) && (is_record || !is_content);
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
    if let Some(problem) = refused {
        found.problems.push(problem);
        found.unreadable = true;
        return Ok(found);
    }
    if entry.kind != EntryKind::File || is_content && !is_record {
        return Ok(found);
    }
    let bytes = files.read(&entry.path).map_err(|error| FileError {
        path: entry.path.clone(),
        error,
    })?;
    if is_text {
        found.text = decode(&bytes, file, &mut found.problems);
        found.unreadable = !found.problems.is_empty();
        if is_content {
            report_invisible(&found.text, file, &mut found.problems);
        }
    }
    // A place in a template is one in the text as it was decoded.
    let is_asset = entry.path.split('/').nth(2) == Some("assets");
    found.bytes = (!is_content).then(|| match is_text && !is_asset {
        true => found.text.as_bytes().into(),
        false => bytes.into(),
    });
    Ok(found)
}
