//! The files of a site on disk, with a list of them that is kept up to date.

use super::disk::DiskFiles;
use super::files::{Entry, FOLDERS, Files};
use std::collections::HashSet;
use std::io;
use std::sync::Arc;

/// Files whose list is read once and then only where something may have changed:
/// looking at each of 20,000 files takes longer than everything else after an edit.
#[derive(Debug, Clone)]
pub struct ListedFiles {
    disk: DiskFiles,
    /// Sorted by path.
    entries: Arc<Vec<Entry>>,
}

impl ListedFiles {
    /// Lists all files of a site.
    pub fn new(disk: DiskFiles) -> io::Result<ListedFiles> {
        let entries = disk.list_all()?;
        Ok(ListedFiles { disk, entries })
    }

    /// The files without the list.
    pub fn disk(&self) -> &DiskFiles {
        &self.disk
    }

    /// Looks at all files; gives the paths of those that came, went or changed.
    pub fn look_everywhere(&mut self) -> io::Result<Vec<Arc<str>>> {
        let mut changed = Vec::new();
        for folder in FOLDERS {
            changed.append(&mut self.look_at(folder)?);
        }
        Ok(changed)
    }

    /// Looks at a file, or at all below a folder, by its path from the site's
    /// root; gives the paths of those that came, went or changed.
    pub fn look_at(&mut self, path: &str) -> io::Result<Vec<Arc<str>>> {
        let first = path.split('/').next().unwrap_or_default();
        if !FOLDERS.contains(&first) {
            return Ok(Vec::new());
        }
        let found = self.disk.entries_at(path)?;
        let is_there = |known: &str| {
            let place = found.binary_search_by(|entry| entry.path.as_ref().cmp(known));
            place.is_ok()
        };
        let gone: HashSet<Arc<str>> = self
            .at_or_below(path)
            .map(|entry| &entry.path)
            .filter(|known| !is_there(known))
            .cloned()
            .collect();
        let mut changed: Vec<Arc<str>> = gone.iter().cloned().collect();
        let mut new = Vec::new();
        let mut other = Vec::new();
        for entry in found {
            match self.place(&entry.path) {
                Err(_) => new.push(entry),
                Ok(place) if entry.is_unchanged(&self.entries[place]) => {}
                Ok(place) => other.push((place, entry)),
            }
        }
        changed.extend(new.iter().map(|entry| Arc::clone(&entry.path)));
        changed.extend(other.iter().map(|(_, entry)| Arc::clone(&entry.path)));
        if changed.is_empty() {
            return Ok(changed);
        }
        let entries = Arc::make_mut(&mut self.entries);
        for (place, entry) in other {
            // The path stays the same one, which is quick to compare.
            let path = Arc::clone(&entries[place].path);
            entries[place] = Entry { path, ..entry };
        }
        if !gone.is_empty() {
            entries.retain(|entry| !gone.contains(&entry.path));
        }
        if !new.is_empty() {
            entries.append(&mut new);
            entries.sort();
        }
        Ok(changed)
    }

    /// All files, by path.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The length of a file that is listed.
    pub fn len_of(&self, path: &str) -> Option<u64> {
        self.place(path).ok().map(|place| self.entries[place].len)
    }

    fn place(&self, path: &str) -> Result<usize, usize> {
        let entries = &self.entries;
        entries.binary_search_by(|entry| entry.path.as_ref().cmp(path))
    }

    fn at_or_below(&self, path: &str) -> impl Iterator<Item = &Entry> {
        let itself = self.place(path).ok().map(|place| &self.entries[place]);
        let folder = format!("{path}/");
        let start = self.place(&folder).unwrap_or_else(|place| place);
        let below = self.entries[start..].iter();
        itself
            .into_iter()
            .chain(below.take_while(move |entry| entry.path.starts_with(&folder)))
    }
}

impl Files for ListedFiles {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        Ok(self.at_or_below(folder).cloned().collect())
    }

    fn list_all(&self) -> io::Result<Arc<Vec<Entry>>> {
        Ok(Arc::clone(&self.entries))
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.disk.read(path)
    }

    fn keeps(&self) -> bool {
        self.disk.keeps()
    }

    fn kept_as(&self) -> Option<String> {
        self.disk.kept_as()
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.disk.kept(name)
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.disk.keep(name, bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn the_list_follows_the_disk() {
        let temp = tempfile::TempDir::new().unwrap();
        let at = |path: &str| temp.path().join(path);
        let put = |path: &str, text: &str| {
            fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            fs::write(at(path), text).unwrap();
        };
        put("content/site.toml", "");
        put("content/cities/a.toml", "a");
        let disk = DiskFiles::new(temp.path()).unwrap();
        let mut listed = ListedFiles::new(disk.clone()).unwrap();
        put("content/cities/b/index.toml", "b");
        put("content/cities/b/herb.svg", "b");
        put("content/cities/c.toml~", "no file of the site");
        put("elsewhere/a.toml", "no file of the site");
        fs::remove_file(at("content/cities/a.toml")).unwrap();
        let named = |paths: Vec<Arc<str>>| paths.join(" ");
        assert_eq!(
            named(listed.look_at("content/cities/b").unwrap()),
            "content/cities/b/herb.svg content/cities/b/index.toml"
        );
        assert_eq!(named(listed.look_at("content/cities/c.toml~").unwrap()), "");
        assert_eq!(named(listed.look_at("elsewhere").unwrap()), "");
        let last = listed.look_everywhere().unwrap();
        assert!(last.iter().any(|path| &**path == "content/cities/a.toml"));
        let paths = |files: &dyn Files| -> Vec<Arc<str>> {
            let entries = FOLDERS
                .iter()
                .flat_map(|folder| files.list(folder).unwrap());
            entries.map(|entry| entry.path).collect()
        };
        assert_eq!(paths(&listed), paths(&disk));
    }
}
