//! The files of a site on disk.

use super::files::{Entry, EntryKind, Files};
use super::kept::Kept;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// How much is kept, in bytes: pictures for thousands of records.
const MOST_KEPT: u64 = 2 << 30;

/// The files below one folder of this machine.
#[derive(Debug, Clone)]
pub struct DiskFiles {
    root: PathBuf,
    kept: Option<Kept>,
}

impl DiskFiles {
    /// The site at `root`; fails when there is no such folder.
    pub fn new(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        if !root.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(DiskFiles { root, kept: None })
    }

    /// The same, with a folder outside of the site for what takes long to make.
    pub fn keeping_in(mut self, folder: &Path) -> Self {
        self.kept = Some(Kept::new(folder));
        self
    }

    /// Removes what was not asked for lately, if more is kept than is reasonable.
    pub fn tidy(&self) {
        if let Some(kept) = &self.kept {
            kept.tidy(MOST_KEPT);
        }
    }

    /// The site's folder, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Puts other bytes in place of a file of the site: all of them, or none.
    pub fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let full = self.root.join(path).canonicalize()?;
        if !full.starts_with(&self.root) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let mut name = full.file_name().unwrap_or_default().to_os_string();
        name.push(".twintown");
        let beside = full.with_file_name(name);
        std::fs::write(&beside, bytes)?;
        let permissions = std::fs::metadata(&full)?.permissions();
        std::fs::set_permissions(&beside, permissions)?;
        std::fs::rename(&beside, &full)
    }

    /// Makes a new file of the site, and the folders it needs; it takes no other file's place.
    pub fn create(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let full = self.root.join(path);
        let folder = full.parent().unwrap_or(&self.root);
        // A folder may be a link that leads out of the site.
        let known = folder.ancestors().find(|folder| folder.exists());
        if !known.is_some_and(|known| self.is_inside(known)) {
            return Err(io::Error::other("the folder lies outside of the site"));
        }
        std::fs::create_dir_all(folder)?;
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&full)?;
        file.write_all(bytes).inspect_err(|_| {
            // Half a record is worse than none; that there is no room has been said.
            let _ = std::fs::remove_file(&full);
        })
    }

    fn is_inside(&self, path: &Path) -> bool {
        path.canonicalize()
            .is_ok_and(|real| real.starts_with(&self.root))
    }
}

impl Files for DiskFiles {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let start = self.root.join(folder);
        if !start.is_dir() {
            return Ok(Vec::new());
        }
        let mut entries = Vec::new();
        let hidden = |name: &std::ffi::OsStr| name.to_string_lossy().starts_with('.');
        let walk = WalkDir::new(&start)
            .into_iter()
            .filter_entry(|entry| entry.depth() == 0 || !hidden(entry.file_name()));
        for entry in walk {
            let entry = entry?;
            if entry.file_type().is_dir() {
                continue;
            }
            let linked = entry.path_is_symlink();
            let (kind, len) = match linked && !self.is_inside(entry.path()) {
                true => (EntryKind::Outside, 0),
                false => match std::fs::metadata(entry.path()) {
                    Ok(data) if data.is_file() => (EntryKind::File, data.len()),
                    Ok(_) => (EntryKind::Other, 0),
                    // It has gone since the folder was read; reading it says so.
                    Err(_) => (EntryKind::File, 0),
                },
            };
            let relative = entry
                .path()
                .strip_prefix(&self.root)
                .expect("walking below the root yields paths below the root");
            let parts: Vec<_> = relative
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            entries.push(Entry {
                path: parts.join("/"),
                len,
                kind,
            });
        }
        entries.sort();
        Ok(entries)
    }

    fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.kept.as_ref()?.get(name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        if let Some(kept) = &self.kept {
            kept.put(name, bytes);
        }
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let full = self.root.join(path);
        if !self.is_inside(&full) {
            return Err(io::Error::new(
                io::ErrorKind::NotFound,
                "not a file of this site",
            ));
        }
        std::fs::read(full)
    }
}
