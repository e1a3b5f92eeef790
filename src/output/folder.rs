//! A folder that many threads write to.

use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A folder, open where the system has handles of folders: what is made in it is looked up from
/// there, which takes less than to follow the whole path for each of many thousand files.
pub(super) struct Folder {
    path: PathBuf,
    #[cfg(unix)]
    handle: File,
}

impl Folder {
    /// Makes it where there is none yet.
    pub(super) fn make(path: PathBuf) -> io::Result<Folder> {
        fs::create_dir(&path)?;
        Ok(Folder {
            #[cfg(unix)]
            handle: File::open(&path)?,
            path,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the folder that a file below it is to lie in, and all above, as far as they are not there.
    pub(super) fn make_folder_of(&self, file: &str) -> io::Result<()> {
        let Some((folder, _)) = file.rsplit_once('/') else {
            return Ok(());
        };
        match self.make_folder(folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(self.path.join(folder))
            }
            made => made,
        }
    }

    #[cfg(unix)]
    fn make_folder(&self, folder: &str) -> io::Result<()> {
        use rustix::fs::{Mode, mkdirat};
        Ok(mkdirat(&self.handle, folder, Mode::from(0o777))?)
    }

    #[cfg(not(unix))]
    fn make_folder(&self, folder: &str) -> io::Result<()> {
        fs::create_dir(self.path.join(folder))
    }

    /// Writes a file below it, in a folder that is there.
    #[cfg(unix)]
    pub(super) fn write(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        use rustix::fs::{Mode, OFlags, openat};
        use std::io::Write;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::TRUNC | OFlags::CLOEXEC;
        let opened = openat(&self.handle, file, flags, Mode::from(0o666))?;
        File::from(opened).write_all(bytes)
    }

    /// Writes a file below it, in a folder that is there.
    #[cfg(not(unix))]
    pub(super) fn write(&self, file: &str, bytes: &[u8]) -> io::Result<()> {
        fs::write(self.path.join(file), bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_written_into_folders_made_before() {
        let temp = tempfile::TempDir::new().unwrap();
        let folder = Folder::make(temp.path().join("out")).unwrap();
        let file = "a/b/index.html";
        assert!(folder.write(file, b"").is_err());
        for text in ["longer", "text"] {
            folder.make_folder_of(file).unwrap();
            folder.write(file, text.as_bytes()).unwrap();
            let written = fs::read_to_string(folder.path().join(file));
            assert_eq!(written.unwrap(), text);
        }
        folder.make_folder_of("top.txt").unwrap();
        folder.write("top.txt", b"").unwrap();
        assert!(Folder::make(temp.path().join("out")).is_err());
    }
}
