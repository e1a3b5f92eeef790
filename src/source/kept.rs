//! What takes long to make, kept on disk between two runs.
//!
//! The folder may be lost, shared by several sites and runs, or written to by somebody
//! else: what does not match its own checksum counts as not there.

use super::replace::replace;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use walkdir::WalkDir;
use xxhash_rust::xxh3::xxh3_128;

/// A folder of things by name.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    folder: PathBuf,
}

/// The bytes of the checksum before each thing.
const CHECKSUM: usize = 16;

/// The file that tells when was looked for what may go; things are in folders.
const TIDIED: &str = "tidied";

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A larger thing is not ours, in bytes.
const LARGEST: u64 = 64 << 20;

impl Kept {
    pub(super) fn new(folder: &Path) -> Kept {
        Kept {
            folder: folder.to_owned(),
        }
    }

    /// The thing of a name, if it is whole.
    pub(super) fn get(&self, name: &str) -> Option<Vec<u8>> {
        let mut file = File::open(self.path(name)?).ok()?;
        let mut checksum = [0; CHECKSUM];
        file.read_exact(&mut checksum).ok()?;
        let room = file.metadata().ok()?.len().min(LARGEST);
        let mut thing = Vec::with_capacity(room as usize);
        file.take(LARGEST).read_to_end(&mut thing).ok()?;
        (checksum == xxh3_128(&thing).to_le_bytes()).then_some(thing)
    }

    /// Keeps a thing, whole or not at all.
    pub(super) fn put(&self, name: &str, thing: &[u8]) {
        if let Some(path) = self.path(name) {
            let _ = write(&path, thing);
        }
    }

    /// Names are letters, digits, `-` and `.`; the first two letters are a folder.
    fn path(&self, name: &str) -> Option<PathBuf> {
        let sound = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.';
        let begin = name.get(..2).filter(|begin| !begin.contains('.'))?;
        name.bytes()
            .all(sound)
            .then(|| self.folder.join(begin).join(name))
    }

    /// Removes what was written first until at most `most` bytes are left. Looking at all things
    /// takes a while where many sites have theirs, so it is done once a day.
    pub(super) fn tidy(&self, most: u64) {
        let done = self.folder.join(TIDIED);
        let since = fs::metadata(&done).and_then(|done| done.modified());
        let is_recent = |since: SystemTime| since.elapsed().is_ok_and(|since| since < DAY);
        if !since.is_ok_and(is_recent) {
            let _ = fs::write(&done, []);
            self.shrink(most);
        }
    }

    fn shrink(&self, most: u64) {
        let mut things: Vec<(SystemTime, u64, PathBuf)> = WalkDir::new(&self.folder)
            .min_depth(2)
            .max_depth(2)
            .into_iter()
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
                let time = metadata.modified().ok()?;
                Some((time, metadata.len(), entry.into_path()))
            })
            .collect();
        let mut all: u64 = things.iter().map(|(_, len, _)| len).sum();
        things.sort_unstable();
        for (_, len, path) in things {
            if all <= most {
                break;
            }
            let _ = fs::remove_file(path);
            all -= len;
        }
    }
}

fn write(path: &Path, thing: &[u8]) -> io::Result<()> {
    replace(path, &[&xxh3_128(thing).to_le_bytes(), thing])
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn only_what_is_whole_is_there() {
        let folder = TempDir::new().unwrap();
        let kept = Kept::new(&folder.path().join("pictures"));
        assert_eq!(kept.get("abc-1.jpg"), None);
        kept.put("abc-1.jpg", b"thing");
        assert_eq!(kept.get("abc-1.jpg").as_deref(), Some(b"thing".as_slice()));
        let path = folder.path().join("pictures/ab/abc-1.jpg");
        let whole = fs::read(&path).unwrap();
        for broken in [
            &whole[..CHECKSUM + 2],
            &whole[..3],
            &[whole.as_slice(), b"x"].concat(),
        ] {
            fs::write(&path, broken).unwrap();
            assert_eq!(kept.get("abc-1.jpg"), None);
        }
        for name in ["../../abc", "a", "..", "", "ab/c", "abc\0"] {
            kept.put(name, b"thing");
            assert_eq!(kept.get(name), None, "{name}");
        }
    }

    #[test]
    fn a_folder_that_is_none_is_no_harm() {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "text").unwrap();
        let kept = Kept::new(&file);
        kept.put("abc", b"thing");
        kept.shrink(0);
        assert_eq!(kept.get("abc"), None);
        assert_eq!(fs::read_to_string(&file).unwrap(), "text");
    }

    #[test]
    fn what_was_written_first_goes_first() {
        let folder = TempDir::new().unwrap();
        let kept = Kept::new(folder.path());
        for (age, name) in [(2, "aa-old"), (1, "aa-newer"), (0, "bb-newest")] {
            kept.put(name, &[0; 100]);
            let path = kept.path(name).unwrap();
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1000 - age);
            let file = File::options().write(true).open(path).unwrap();
            file.set_modified(time).unwrap();
        }
        kept.shrink(250);
        assert_eq!(kept.get("aa-old"), None);
        assert!(kept.get("aa-newer").is_some() && kept.get("bb-newest").is_some());
        kept.shrink(0);
        assert_eq!(kept.get("bb-newest"), None);
    }

    #[test]
    fn it_is_looked_at_once_a_day() {
        let folder = TempDir::new().unwrap();
        let kept = Kept::new(folder.path());
        let is_tidied = || {
            kept.put("abc", b"thing");
            kept.tidy(0);
            kept.get("abc").is_none()
        };
        assert!(is_tidied());
        assert!(!is_tidied());
        let mark = File::options().write(true).open(folder.path().join(TIDIED));
        let yesterday = SystemTime::now() - DAY;
        mark.unwrap().set_modified(yesterday).unwrap();
        assert!(is_tidied());
    }
}
