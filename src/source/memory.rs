//! The files of a site in memory: for tests and for the theme in the binary.

use super::files::{Entry, EntryKind, Files};
use std::collections::BTreeMap;
use std::io;

/// Files by path.
#[derive(Debug, Clone, Default)]
pub struct MemoryFiles(BTreeMap<String, Vec<u8>>);

impl MemoryFiles {
    /// Puts a file in; an earlier one of that path is replaced.
    pub fn with(mut self, path: &str, text: impl Into<Vec<u8>>) -> Self {
        self.0.insert(path.to_owned(), text.into());
        self
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for MemoryFiles {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(files: I) -> Self {
        files
            .into_iter()
            .fold(MemoryFiles::default(), |all, (path, text)| {
                all.with(path, text)
            })
    }
}

impl Files for MemoryFiles {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let prefix = format!("{folder}/");
        Ok(self
            .0
            .iter()
            .filter(|(path, _)| folder.is_empty() || path.starts_with(&prefix))
            .map(|(path, bytes)| Entry {
                path: path.as_str().into(),
                len: bytes.len() as u64,
                kind: EntryKind::File,
                stamp: None,
            })
            .collect())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0
            .get(path)
            .cloned()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
