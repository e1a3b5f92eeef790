//! A folder written beside the output and put in its place as a whole.

use super::folder::Folder;
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Marks a folder as ours to replace.
pub(super) const MARK: &str = ".twintown";
const MARK_TEXT: &str = "This folder is written by twintown. Each build replaces all of it.\n";

/// A folder that is removed again unless it is put in place.
pub(super) struct Staging {
    folder: Folder,
    target: PathBuf,
    done: bool,
}

impl Staging {
    /// Begins a new output beside `target`; with the mark where the output has one.
    pub(super) fn begin(target: &Path, marked: bool) -> io::Result<Staging> {
        let target = std::path::absolute(target)?;
        let parent = target.parent().ok_or(io::ErrorKind::InvalidInput)?;
        fs::create_dir_all(parent)?;
        let name = target
            .file_name()
            .ok_or(io::ErrorKind::InvalidInput)?
            .to_string_lossy();
        let prefix = format!(".{name}.twintown-");
        remove_abandoned(parent, &prefix)?;
        let folder = parent.join(format!("{prefix}{}", std::process::id()));
        let folder = Folder::make(folder)?;
        if marked {
            folder.write(MARK, MARK_TEXT.as_bytes())?;
        }
        Ok(Staging {
            folder,
            target,
            done: false,
        })
    }

    /// Where to write.
    pub(super) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Puts the folder in the target's place, in one step where the system has one.
    /// It gets the files of the target that stay the same, with their times.
    pub(super) fn replace_whole(mut self, same: &[String]) -> io::Result<()> {
        same.par_iter().try_for_each(|path| self.take_over(path))?;
        if !self.target.exists() {
            fs::rename(self.folder.path(), &self.target)?;
            self.done = true;
            return Ok(());
        }
        if exchange(self.folder.path(), &self.target).is_err() {
            let old = self.folder.path().with_extension("old");
            fs::rename(&self.target, &old)?;
            fs::rename(self.folder.path(), &self.target)?;
            fs::rename(&old, self.folder.path())?;
        }
        // The old output is in the staging folder now.
        self.done = true;
        remove_tree(self.folder.path())
    }

    fn take_over(&self, path: &str) -> io::Result<()> {
        let (from, to) = (self.target.join(path), self.folder.path().join(path));
        self.folder.make_folder_of(path)?;
        // Not every file system has hard links.
        fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(|_| ()))
    }

    /// Puts the files written into the target, one by one, and removes those that are gone.
    pub(super) fn put_one_by_one(self, changed: &[String], gone: &[String]) -> io::Result<()> {
        for path in gone {
            let file = self.target.join(path);
            fs::remove_file(&file)?;
            let above = file.ancestors().skip(1);
            let mut above = above.take_while(|folder| **folder != *self.target);
            // Stops at a folder that still holds something.
            while above
                .next()
                .is_some_and(|folder| fs::remove_dir(folder).is_ok())
            {}
        }
        for path in changed {
            let (from, to) = (self.folder.path().join(path), self.target.join(path));
            if let Some(folder) = to.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(from, to)?;
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        if !self.done {
            // A failure has been reported already; what is left is removed by the next build.
            let _ = fs::remove_dir_all(self.folder.path());
        }
    }
}

/// Removes a folder with all that is in it, by all threads: it may hold as much as was written.
fn remove_tree(folder: &Path) -> io::Result<()> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    entries
        .par_iter()
        .try_for_each(|entry| match entry.file_type()?.is_dir() {
            true => remove_tree(&entry.path()),
            false => fs::remove_file(entry.path()),
        })?;
    fs::remove_dir(folder)
}

/// Whether a folder is one of ours, empty, or not there yet.
pub(super) fn may_replace(target: &Path) -> io::Result<bool> {
    if !target.exists() {
        return Ok(true);
    }
    if !target.is_dir() {
        return Ok(false);
    }
    Ok(target.join(MARK).is_file() || fs::read_dir(target)?.next().is_none())
}

/// Removes what killed builds have left; a build that still runs keeps its folder.
fn remove_abandoned(parent: &Path, prefix: &str) -> io::Result<()> {
    for entry in fs::read_dir(parent)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(owner) = name.strip_prefix(prefix) else {
            continue;
        };
        let owner = owner.trim_end_matches(".old");
        if !owner.parse().is_ok_and(is_running) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(unix)]
fn is_running(process: i32) -> bool {
    rustix::process::Pid::from_raw(process)
        .is_some_and(|process| rustix::process::test_kill_process(process).is_ok())
}

#[cfg(not(unix))]
fn is_running(_process: i32) -> bool {
    false
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_a: &Path, _b: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
