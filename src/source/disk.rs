//! The files of a site on disk.

use super::files::{Entry, EntryKind, Files, Stamp};
use super::kept::Kept;
use rayon::prelude::*;
use std::ffi::{OsStr, OsString};
use std::fs::{DirEntry, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;
#[cfg(target_os = "linux")]
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, SystemTime};
use xxhash_rust::xxh3::xxh3_64;

/// How much is kept, in bytes: pictures for thousands of records.
const MOST_KEPT: u64 = 2 << 30;
/// A change as young as this may be followed by one that leaves no other trace,
/// since the clocks of file systems tick every few milliseconds …
const TOO_YOUNG: Duration = Duration::from_millis(40);
/// … and some, which know whole seconds only, every two seconds.
const TOO_YOUNG_IN_SECONDS: Duration = Duration::from_millis(2500);

/// Room for what is read of a file first, in bytes.
const FIRST_READ: usize = 8 << 10;

/// The files below one folder of this machine.
#[derive(Debug, Clone)]
pub struct DiskFiles {
    root: PathBuf,
    /// The root, open since its files were listed last.
    #[cfg(target_os = "linux")]
    opened: Arc<RwLock<Option<File>>>,
    kept: Option<Kept>,
}

impl DiskFiles {
    /// The site at `root`; fails when there is no such folder.
    pub fn new(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        if !root.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(DiskFiles {
            root,
            #[cfg(target_os = "linux")]
            opened: Arc::default(),
            kept: None,
        })
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

    /// What stands at a path of the site: the file itself, or all files below a
    /// folder, sorted; none where nothing stands there.
    pub(super) fn entries_at(&self, path: &str) -> io::Result<Vec<Entry>> {
        let full = self.root.join(path);
        let hidden = |part: &std::path::Component<'_>| is_hidden(part.as_os_str());
        if Path::new(path).components().any(|part| hidden(&part)) {
            return Ok(Vec::new());
        }
        match full.symlink_metadata() {
            Ok(data) if data.is_dir() => self.list(path),
            Ok(data) => Ok(vec![self.entry(
                path.into(),
                || full.clone(),
                Ok(data),
                SystemTime::now(),
            )]),
            Err(_) => Ok(Vec::new()),
        }
    }

    /// What stands in a folder itself, and the folders in it, all by their paths from the root.
    fn look_into(&self, folder: &Path, now: SystemTime) -> io::Result<(Vec<Entry>, Vec<PathBuf>)> {
        let (mut files, mut folders) = (Vec::new(), Vec::new());
        let full = self.root.join(folder);
        let refused = |error: io::Error| {
            let explained = format!("{}: {error}", full.display());
            io::Error::new(error.kind(), explained)
        };
        for entry in std::fs::read_dir(&full).map_err(refused)? {
            let entry = entry.map_err(refused)?;
            let name = entry.file_name();
            if is_hidden(&name) {
                continue;
            }
            match entry.file_type().map_err(refused)?.is_dir() {
                true => folders.push(folder.join(name)),
                false => files.push((entry, name)),
            }
        }
        let mut above = folder.to_string_lossy().replace(MAIN_SEPARATOR, "/");
        if !above.is_empty() {
            above.push('/');
        }
        // The system looks up a name in the folder that is open, not a whole path.
        let look = |(entry, name): (DirEntry, OsString)| {
            let path = [&above, &*name.to_string_lossy()].concat();
            self.entry(path.into(), || entry.path(), entry.metadata(), now)
        };
        let files = files.into_par_iter().with_min_len(256).map(look);
        Ok((files.collect(), folders))
    }

    /// What stands at a path that is no folder; `data` is that of the link, where it is one.
    fn entry(
        &self,
        path: Arc<str>,
        full: impl Fn() -> PathBuf,
        data: io::Result<Metadata>,
        now: SystemTime,
    ) -> Entry {
        let linked = data.as_ref().is_ok_and(Metadata::is_symlink);
        let target = || match linked {
            true => std::fs::metadata(full()),
            false => data,
        };
        let (kind, len, stamp) = match linked && !self.is_inside(&full()) {
            true => (EntryKind::Outside, 0, None),
            false => match target() {
                Ok(data) if data.is_file() => (EntryKind::File, data.len(), stamp(&data, now)),
                Ok(_) => (EntryKind::Other, 0, None),
                // It has gone since the folder was read; reading it says so.
                Err(_) => (EntryKind::File, 0, None),
            },
        };
        Entry {
            path,
            len,
            kind,
            stamp,
        }
    }

    /// Opens a file by a way that does not leave the site; `None` where the system
    /// can't tell (before Linux 5.6, or by a link that names its target from the root).
    #[cfg(target_os = "linux")]
    fn open_inside(&self, path: &str) -> Option<File> {
        use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
        let open = |root: &File| {
            let flags = OFlags::RDONLY | OFlags::CLOEXEC;
            openat2(root, path, flags, Mode::empty(), ResolveFlags::BENEATH)
        };
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        let file = match &*opened {
            Some(root) => open(root),
            None => open(&File::open(&self.root).ok()?),
        };
        file.ok().map(File::from)
    }

    /// Opens the root for all files that are read from now on: another folder may have taken its
    /// place.
    fn open_root(&self) {
        #[cfg(target_os = "linux")]
        {
            let mut opened = self.opened.write().unwrap_or_else(PoisonError::into_inner);
            *opened = File::open(&self.root).ok();
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn open_inside(&self, _path: &str) -> Option<File> {
        None
    }

    fn is_inside(&self, path: &Path) -> bool {
        path.canonicalize()
            .is_ok_and(|real| real.starts_with(&self.root))
    }
}

/// Whether a file is none of the site's: hidden, or what an editor keeps beside
/// the file it edits (`.bucza.toml.swp`, `bucza.toml~`, `#bucza.toml#`).
fn is_hidden(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with(['.', '#']) || name.ends_with('~')
}

/// What proves that a file has not changed; nothing does while its last change is young.
fn stamp(data: &Metadata, now: SystemTime) -> Option<Stamp> {
    let stamp = Stamp::of(data)?;
    let since = stamp.modified.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let young = match since.subsec_nanos() {
        0 => TOO_YOUNG_IN_SECONDS,
        _ => TOO_YOUNG,
    };
    (now.duration_since(stamp.modified).ok()? >= young).then_some(stamp)
}

impl Files for DiskFiles {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        if !self.root.join(folder).is_dir() {
            return Ok(Vec::new());
        }
        self.open_root();
        let now = SystemTime::now();
        let mut entries = Vec::new();
        // Level by level: all threads take part, and folders in folders never end the stack.
        let mut folders = vec![PathBuf::from(folder)];
        while !folders.is_empty() {
            let looked: io::Result<Vec<_>> = folders
                .par_iter()
                .map(|folder| self.look_into(folder, now))
                .collect();
            folders.clear();
            for (found, below) in looked? {
                entries.extend(found);
                folders.extend(below);
            }
        }
        entries.par_sort_unstable();
        Ok(entries)
    }

    fn keeps(&self) -> bool {
        self.kept.is_some()
    }

    fn kept_as(&self) -> Option<String> {
        let root = xxh3_64(self.root.as_os_str().as_encoded_bytes());
        self.kept.as_ref().map(|_| format!("{root:016x}"))
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
        if let Some(file) = self.open_inside(path) {
            // Most files fit into the room at once, without asking how long they are.
            let mut bytes = Vec::with_capacity(FIRST_READ);
            file.take(u64::MAX).read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// What an archive from another system leaves behind.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_folder_whose_name_is_no_text_is_looked_into() {
        use std::os::unix::ffi::OsStrExt;
        let temp = tempfile::TempDir::new().unwrap();
        let folder = temp.path().join(OsStr::from_bytes(b"L\xf3d\x9f"));
        fs::create_dir_all(folder.join("below")).unwrap();
        fs::write(folder.join("below/a.md"), "text").unwrap();
        let entries = DiskFiles::new(temp.path()).unwrap().list("").unwrap();
        let [entry] = &entries[..] else {
            panic!("{entries:?}")
        };
        assert_eq!(&*entry.path, "L\u{fffd}d\u{fffd}/below/a.md");
        assert_eq!((entry.kind, entry.len), (EntryKind::File, 4));
    }

    #[test]
    fn a_folder_that_takes_the_place_of_the_root_is_read_once_it_is_listed() {
        let temp = tempfile::TempDir::new().unwrap();
        let folder = |name: &str, text: &str| {
            let path = temp.path().join(name);
            fs::create_dir(&path).unwrap();
            fs::write(path.join("a.md"), text).unwrap();
            path
        };
        let (site, other) = (folder("site", "old"), folder("other", &"new".repeat(9000)));
        let files = DiskFiles::new(&site).unwrap();
        assert_eq!(files.read("a.md").unwrap(), b"old");
        files.list("").unwrap();
        fs::rename(&site, temp.path().join("aside")).unwrap();
        fs::rename(&other, &site).unwrap();
        files.list("").unwrap();
        assert_eq!(files.read("a.md").unwrap(), "new".repeat(9000).as_bytes());
        assert!(files.read("../aside/a.md").is_err());
        assert!(files.read("b.md").is_err());
    }
}
