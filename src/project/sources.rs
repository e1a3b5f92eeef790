//! The text files of a site and of its theme.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::source::{Entry, FileId, Files, Source, Sources, Span};
use crate::theme::{self, ThemeFiles};
use rayon::prelude::*;
use std::collections::HashSet;
use std::io;
use std::sync::Arc;

/// The largest text file that is read, in bytes.
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

pub(super) fn read_sources(files: &dyn Files, problems: &mut Problems) -> io::Result<Read> {
    const CONFIG: &str = "content/site.toml";
    let content = files.list("content")?;
    let mut entries: Vec<(Entry, bool)> = content.into_iter().map(|entry| (entry, true)).collect();
    entries.extend(
        files
            .list("themes")?
            .into_iter()
            .map(|entry| (entry, false)),
    );
    let texts: Vec<io::Result<Option<Vec<u8>>>> = entries
        .par_iter()
        .map(|(entry, is_content)| {
            let wanted =
                !is_content || entry.path.ends_with(".toml") || entry.path.ends_with(".md");
            match wanted && !entry.outside && entry.len <= LARGEST_TEXT {
                true => files.read(&entry.path).map(Some),
                false => Ok(None),
            }
        })
        .collect();
    let mut sources = Vec::new();
    let mut themes = ThemeFiles::new();
    let mut listed = Vec::new();
    let mut config = None;
    let mut unreadable = HashSet::new();
    for ((entry, is_content), bytes) in entries.into_iter().zip(texts) {
        let bytes = bytes?;
        let file = FileId(sources.len() as u32);
        let before = problems.len();
        let text = match &bytes {
            Some(bytes) if is_text(&entry.path) => decode(bytes, file, problems),
            _ => String::new(),
        };
        if problems.len() > before {
            unreadable.insert(file);
        }
        if entry.outside {
            problems.push(
                Diagnostic::new(Code::LinkOutside, Span::file(file)).with("name", &entry.path),
            );
        }
        if is_text(&entry.path) && entry.len > LARGEST_TEXT {
            problems.push(
                Diagnostic::new(Code::FileSize, Span::file(file))
                    .with("size", entry.len)
                    .with("limit", LARGEST_TEXT),
            );
        }
        if entry.path == CONFIG {
            config = Some(file);
        }
        sources.push(Source {
            path: entry.path.as_str().into(),
            text: text.into(),
        });
        if is_content {
            listed.push((file, entry));
        } else if let Some((name, path)) = entry.path["themes/".len()..].split_once('/') {
            let bytes: Arc<[u8]> = bytes.unwrap_or_default().into();
            themes.insert((name.to_owned(), path.to_owned()), (file, bytes));
        }
    }
    // The theme in the binary stands below the site's own files.
    for (path, text) in theme::default_theme() {
        let key = ("default".to_owned(), (*path).to_owned());
        if let std::collections::btree_map::Entry::Vacant(place) = themes.entry(key) {
            let file = FileId(sources.len() as u32);
            place.insert((file, text.as_bytes().into()));
            sources.push(Source {
                path: format!("themes/default/{path}").into(),
                text: (*text).into(),
            });
        }
    }
    let config = config.unwrap_or_else(|| {
        let file = FileId(sources.len() as u32);
        sources.push(Source {
            path: CONFIG.into(),
            text: "".into(),
        });
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

/// Bytes as text; a byte order mark is dropped, what is not UTF-8 is reported.
fn decode(bytes: &[u8], file: FileId, problems: &mut Problems) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let at = error.valid_up_to();
            problems.push(Diagnostic::new(Code::Encoding, Span::new(file, at..at)));
            // What can be read before the mistake shows where it is.
            String::from_utf8_lossy(&bytes[..at]).into_owned()
        }
    }
}
