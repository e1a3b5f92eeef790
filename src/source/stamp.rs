//! What a folder of files looks like from outside, without reading one.

use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};
use walkdir::WalkDir;

/// File systems count time in steps: a file that changes twice within one looks
/// the same. Where whole seconds are counted, a step may be two of them (FAT).
const FINE_STEP: Duration = Duration::from_millis(50);
const COARSE_STEP: Duration = Duration::from_secs(2);

/// What a file looks like from outside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Stamp {
    /// From the folder, with `/` between folders.
    pub path: String,
    /// In bytes.
    len: u64,
    modified: Option<SystemTime>,
    /// Number and last change of state, where the system has them: they betray
    /// another file in its place, and a time that was set back.
    state: Option<(u64, i64, i64)>,
}

impl Stamp {
    /// What is known of a file from its metadata.
    pub fn new(path: String, data: &Metadata) -> Stamp {
        Stamp {
            path,
            len: data.len(),
            modified: data.modified().ok(),
            state: state(data),
        }
    }

    /// Whether a change after `since` would show: the file is older than the
    /// steps in which its file system counts time.
    pub fn is_settled(&self, since: SystemTime) -> bool {
        let Some(modified) = self.modified else {
            return false;
        };
        let whole = modified
            .duration_since(SystemTime::UNIX_EPOCH)
            .is_ok_and(|time| time.subsec_nanos() == 0);
        let step = if whole { COARSE_STEP } else { FINE_STEP };
        since
            .duration_since(modified)
            .is_ok_and(|passed| passed > step)
    }
}

#[cfg(unix)]
fn state(data: &Metadata) -> Option<(u64, i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    Some((data.ino(), data.ctime(), data.ctime_nsec()))
}

#[cfg(not(unix))]
fn state(_data: &Metadata) -> Option<(u64, i64, i64)> {
    None
}

/// Every file below `folder`, sorted by path, without hidden ones; none when there is no
/// such folder. Links are followed to what they lead to.
pub fn stamps(folder: &Path) -> io::Result<Vec<Stamp>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let mut found = Vec::new();
    for entry in WalkDir::new(folder)
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()))
    {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        let data = match entry.path_is_symlink() {
            true => std::fs::metadata(entry.path()).or_else(|_| entry.path().symlink_metadata())?,
            false => entry.metadata()?,
        };
        let path = entry.path().strip_prefix(folder);
        let path = path.expect("walking below a folder yields paths below it");
        found.push(Stamp::new(path.to_string_lossy().into_owned(), &data));
    }
    found.sort_unstable();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_change_shows() {
        let folder = tempfile::TempDir::new().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a", "1");
        write(".hidden", "1");
        let before = stamps(folder.path()).unwrap();
        assert_eq!(before.len(), 1);
        assert_eq!(stamps(folder.path()).unwrap(), before);
        write("a", "22");
        assert_ne!(stamps(folder.path()).unwrap(), before);
    }

    #[test]
    fn a_file_of_this_moment_may_change_unseen() {
        let folder = tempfile::TempDir::new().unwrap();
        fs::write(folder.path().join("a"), "1").unwrap();
        let stamp = &stamps(folder.path()).unwrap()[0];
        let modified = stamp.modified.unwrap();
        assert!(!stamp.is_settled(modified));
        assert!(stamp.is_settled(modified + Duration::from_secs(3)));
    }
}
