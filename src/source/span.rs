//! Places in the text of a source file.

use crate::later::Later;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A source file of the site, as [`Sources`] knows it. Ids are in the order of
/// the files, and a file keeps its own while others come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FileId(pub u32);

/// A byte range in one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The bytes `range` of `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Self {
        Span {
            file,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    /// The very beginning of a file: for problems that are about all of it.
    pub fn file(file: FileId) -> Self {
        Span::new(file, 0..0)
    }
}

/// A value and the place it was written at. Two are equal when their values are.
#[derive(Debug, Clone, Copy, Eq, Serialize, Deserialize)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value with its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }

    /// The value alone.
    pub fn into_value(self) -> T {
        self.value
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// A line and a column, both from 1; columns count characters, not bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// One source file: its path from the site's root, and its text.
#[derive(Debug, Clone)]
pub struct Source {
    pub path: Arc<str>,
    text: Later<Box<str>>,
    /// The bytes that lines begin at; made when a place in the file is asked for.
    lines: OnceLock<Vec<u32>>,
}

impl Source {
    /// A file with its text.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Box<str>>) -> Self {
        Source::kept(path, Later::from(text.into()))
    }

    /// A file with its text as it was kept.
    pub(crate) fn kept(path: impl Into<Arc<str>>, text: Later<Box<str>>) -> Self {
        Source {
            path: path.into(),
            text,
            lines: OnceLock::new(),
        }
    }

    /// What the file says.
    pub fn text(&self) -> &str {
        self.text.get()
    }

    /// The same, to be kept.
    pub(crate) fn to_keep(&self) -> &Later<Box<str>> {
        &self.text
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let bytes = self.text().bytes().enumerate();
            let ends = bytes.filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0)
                .chain(ends.map(|(at, _)| at as u32 + 1))
                .collect()
        })
    }
}

/// The source files of a site, in the order of their ids.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Arc<Vec<(FileId, Arc<Source>)>>,
    /// The distance between most ids.
    stride: u32,
}

impl Sources {
    /// Takes the files as they are; the n-th gets `FileId(n)`.
    pub fn new(sources: Vec<Source>) -> Self {
        let ids = (0..).map(FileId);
        Sources::numbered(ids.zip(sources.into_iter().map(Arc::new)).collect(), 1)
    }

    /// Files with the ids they have, sorted by these; most lie `stride` apart.
    pub fn numbered(files: Vec<(FileId, Arc<Source>)>, stride: u32) -> Self {
        let files = Arc::new(files);
        Sources { files, stride }
    }

    /// The same files, some of which have another text.
    pub fn with(&self, changed: impl IntoIterator<Item = (FileId, Arc<Source>)>) -> Self {
        let mut files = (*self.files).clone();
        for (file, source) in changed {
            let place = files.binary_search_by_key(&file, |(id, _)| *id);
            files[place.expect("every id is that of a file")].1 = source;
        }
        Sources::numbered(files, self.stride)
    }

    /// The file with this id.
    pub fn get(&self, file: FileId) -> &Arc<Source> {
        let near = (file.0 / self.stride.max(1)) as usize;
        if let Some((id, source)) = self.files.get(near)
            && *id == file
        {
            return source;
        }
        let place = self.files.binary_search_by_key(&file, |(id, _)| *id);
        &self.files[place.expect("every id is that of a file")].1
    }

    /// The file with this id, if there is one and it has this path.
    pub fn find(&self, file: FileId, path: &str) -> Option<Arc<Source>> {
        let place = self.files.binary_search_by_key(&file, |(id, _)| *id);
        let source = &self.files[place.ok()?].1;
        (&*source.path == path).then(|| Arc::clone(source))
    }

    /// Whether there is a file of this path.
    pub fn has(&self, path: &str) -> bool {
        self.files.iter().any(|(_, source)| *source.path == *path)
    }

    /// All files.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &(FileId, Arc<Source>)> {
        self.files.iter()
    }

    /// Where a byte offset of a file falls; offsets inside a character count as its start.
    pub fn position(&self, file: FileId, offset: u32) -> Position {
        let source = self.get(file);
        let mut offset = (offset as usize).min(source.text().len());
        while !source.text().is_char_boundary(offset) {
            offset -= 1;
        }
        let line = source
            .lines()
            .partition_point(|start| *start as usize <= offset);
        let start = source.lines()[line - 1] as usize;
        Position {
            line,
            column: source.text()[start..offset].chars().count() + 1,
        }
    }

    /// The bytes of the line that holds a byte offset of a file, without the line's end.
    pub fn line(&self, file: FileId, offset: u32) -> Range<usize> {
        let source = self.get(file);
        let lines = source.lines();
        let line = lines.partition_point(|start| *start <= offset);
        let start = lines[line - 1] as usize;
        let end = lines
            .get(line)
            .map_or(source.text().len(), |next| *next as usize - 1);
        let end = start + source.text()[start..end].trim_end_matches('\r').len();
        start..end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let sources = Sources::new(vec![Source::new("a", "x\nżółw = 1")]);
        let at = sources.position(FileId(0), "x\nżółw ".len() as u32);
        assert_eq!(at, Position { line: 2, column: 6 });
    }
}
