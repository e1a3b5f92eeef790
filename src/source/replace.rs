//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Puts bytes, in one or several parts, in a file's place, in one step: whoever reads it
/// meanwhile gets the old ones or the new. Makes the folder it lies in.
pub fn replace<T: AsRef<[u8]>>(path: &Path, parts: &[T]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut beside = path.as_os_str().to_owned();
    // Two threads may put the same thing there at once.
    let thread = std::thread::current().id();
    beside.push(format!(".{}-{thread:?}.new", std::process::id()));
    let beside = PathBuf::from(beside);
    let write = |mut file: File| {
        parts
            .iter()
            .try_for_each(|part| file.write_all(part.as_ref()))
    };
    let result = File::create(&beside)
        .and_then(write)
        .and_then(|()| fs::rename(&beside, path));
    if result.is_err() {
        let _ = fs::remove_file(&beside);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_beside_it() {
        let temp = tempfile::TempDir::new().unwrap();
        let path = temp.path().join("a/b.txt");
        replace(&path, &[b"one"]).unwrap();
        replace(&path, &["t", "w", "o"]).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        let folder = path.join("c");
        assert!(replace(&folder, &["below a file"]).is_err());
        assert_eq!(fs::read_dir(temp.path().join("a")).unwrap().count(), 1);
    }
}
