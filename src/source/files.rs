//! Reading files by their path from the site's root.

use serde::{Deserialize, Deserializer, Serialize};
use std::fs::Metadata;
use std::io;
use std::sync::Arc;
use std::time::SystemTime;

/// The folders that a site is made of, sorted.
pub const FOLDERS: [&str; 2] = ["content", "themes"];

/// A file found below a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// From the site's root, with `/` between folders on every system.
    #[serde(deserialize_with = "shared_text")]
    pub path: Arc<str>,
    /// In bytes.
    pub len: u64,
    pub kind: EntryKind,
    /// What the system notes of its last change; `None` where that proves nothing.
    pub stamp: Option<Stamp>,
}

/// Decodes a text that is shared, without making one that is not in between.
pub fn shared_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<str>, D::Error> {
    <&str>::deserialize(deserializer).map(Arc::from)
}

/// What a file system notes of a file's last change: a file of the same stamp
/// and length has the same bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    pub modified: SystemTime,
    /// Changes with the bytes and with the file's name, whatever `modified` is
    /// set to, as seconds and nanoseconds; zero where there is no such thing.
    pub changed: (i64, i64),
    /// Which file it is, whatever its name; zero where that is not known.
    pub inode: u64,
}

impl Stamp {
    /// What is noted of a file or folder; `None` where the system does not note it.
    pub fn of(data: &Metadata) -> Option<Stamp> {
        #[cfg(unix)]
        let (changed, inode) = {
            use std::os::unix::fs::MetadataExt;
            ((data.ctime(), data.ctime_nsec()), data.ino())
        };
        #[cfg(not(unix))]
        let (changed, inode) = ((0, 0), 0);
        Some(Stamp {
            modified: data.modified().ok()?,
            changed,
            inode,
        })
    }

    /// What is noted of this program's own file: what another program has kept may mean
    /// something else.
    pub fn of_program() -> Option<Stamp> {
        let program = std::env::current_exe().ok()?;
        Stamp::of(&std::fs::metadata(program).ok()?)
    }
}

impl Entry {
    /// Whether a file that was found like this before has the same bytes still.
    pub fn is_unchanged(&self, before: &Entry) -> bool {
        self.stamp.is_some() && self == before
    }
}

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum EntryKind {
    /// A file, or a link to one inside the site.
    File,
    /// A symbolic link that leads out of the site, or nowhere.
    Outside,
    /// A link to a folder, a pipe, a device.
    Other,
}

/// A file that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {error}")]
pub struct FileError {
    /// As whoever is told knows it: from the site's root, or in full.
    pub path: String,
    pub error: io::Error,
}

/// What the program may read: the files of one site.
///
/// Paths are relative to the site's root and use `/`. An implementation never
/// follows a path out of the root.
pub trait Files: Sync {
    /// Every file below `folder`, sorted by path; none when there is no such folder.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;

    /// Every file of the site, sorted by path.
    fn list_all(&self) -> io::Result<Arc<Vec<Entry>>> {
        let mut entries = Vec::new();
        for folder in FOLDERS {
            entries.append(&mut self.list(folder)?);
        }
        Ok(Arc::new(entries))
    }

    /// The bytes of one file.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Whether what takes long to make is kept.
    fn keeps(&self) -> bool {
        false
    }

    /// What tells things kept of this site from those of others, as the beginning of a name;
    /// `None` where nothing is kept.
    fn kept_as(&self) -> Option<String> {
        None
    }

    /// What was made of files before and takes long to make, by a name that says what
    /// it is made of; nothing where nothing is kept.
    fn kept(&self, _name: &str) -> Option<Vec<u8>> {
        None
    }

    /// Keeps what was made, where things are kept. Failing that, it is made again.
    fn keep(&self, _name: &str, _bytes: &[u8]) {}
}

/// The folder a path is in; the root is `""`.
pub fn parent(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
}

/// The path that `relative`, written in a file of `folder`, means; `None` when it leaves the site.
///
/// A leading `/` starts at `root`.
pub fn resolve(root: &str, folder: &str, relative: &str) -> Option<String> {
    if relative.contains(['\\', '\0', ':']) {
        return None;
    }
    let (start, rest) = match relative.strip_prefix('/') {
        Some(rest) => (root, rest),
        None => (folder, relative),
    };
    let mut parts: Vec<&str> = start.split('/').filter(|part| !part.is_empty()).collect();
    let floor = root.split('/').filter(|part| !part.is_empty()).count();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.len() > floor => {
                parts.pop();
            }
            ".." => return None,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_root() {
        let at = |relative| resolve("content", "content/cities/bucha", relative);
        assert_eq!(
            at("herb.svg").as_deref(),
            Some("content/cities/bucha/herb.svg")
        );
        assert_eq!(
            at("../../media/a.png").as_deref(),
            Some("content/media/a.png")
        );
        assert_eq!(at("/media/a.png").as_deref(), Some("content/media/a.png"));
        assert_eq!(at("../../../Cargo.toml"), None);
        assert_eq!(at("/../Cargo.toml"), None);
        assert_eq!(at("C:\\a"), None);
    }
}
