//! What is kept of a build, so that the next one need not do the same again.
//!
//! It lies in the user's cache folder, one pair of files for each folder that is
//! built to. Losing it costs time, never correctness: what does not fit the
//! output or this program counts as nothing.

use crate::model::Reads;
use crate::render::Inputs;
use crate::source::{Stamp, replace, shared_text};
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// What is kept of the files written.
#[derive(Debug, Default)]
pub struct Kept {
    pub(super) inputs: Inputs,
    /// In the order of the routes.
    pub(super) files: Vec<KeptFile>,
    /// As they lie in the store, [`IN_PART`] in each part; none where they are others.
    parts: Vec<Option<Vec<u8>>>,
}

/// A file after a build.
pub(super) enum PageFile {
    /// As the build before has kept it, in its place there.
    Kept(usize),
    Made(KeptFile),
}

impl Kept {
    /// What is kept of files of which some are as they were in `before`.
    pub(super) fn after(
        inputs: Inputs,
        files: impl ExactSizeIterator<Item = PageFile>,
        mut before: Kept,
    ) -> Kept {
        let mut kept = Kept {
            inputs,
            files: Vec::with_capacity(files.len()),
            parts: before.parts,
        };
        if files.len() != before.files.len() {
            kept.parts.clear();
        }
        kept.parts.resize(files.len().div_ceil(IN_PART), None);
        for (place, file) in files.enumerate() {
            let (file, is_same) = match file {
                PageFile::Kept(then) => (std::mem::take(&mut before.files[then]), then == place),
                PageFile::Made(file) => (file, false),
            };
            if !is_same {
                kept.parts[place / IN_PART] = None;
            }
            kept.files.push(file);
        }
        kept
    }
}

/// A file of the output.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct KeptFile {
    #[serde(deserialize_with = "shared_text")]
    pub(super) url: Arc<str>,
    /// Of its bytes.
    pub(super) digest: u64,
    /// In bytes.
    pub(super) len: u64,
    /// What of the site it was made from.
    pub(super) reads: Reads,
}

/// Where the last build to a folder is kept.
#[derive(Debug, Clone)]
pub struct Store {
    /// The folder that was built to, absolute.
    out: PathBuf,
    /// The path of the files, without their endings.
    base: PathBuf,
}

/// One of the two files, with what it must fit.
#[derive(Serialize, Deserialize)]
struct Sealed<T> {
    /// The folder, so that files of folders that are gone can be removed.
    out: PathBuf,
    /// The program that wrote it.
    program: Stamp,
    /// What the output looked like when it was finished.
    output: Option<Stamp>,
    value: T,
}

/// What stands before the files of the output, which are packed and unpacked by all threads.
#[derive(Serialize, Deserialize)]
struct Packed<I> {
    inputs: I,
    /// The length of each part after this, in bytes.
    parts: Vec<usize>,
}

/// How many files of the output a part has.
const IN_PART: usize = 1024;

/// Small, and read by every build: what was there, and what was said.
const FIRST: &str = "first";
/// Large, and read when something has changed: [`Kept`].
const PAGES: &str = "pages";

impl Store {
    /// The store of builds to `out`, below `cache`.
    pub fn new(cache: &Path, out: &Path) -> io::Result<Store> {
        let out = std::path::absolute(out)?;
        let name = xxh3_64(out.as_os_str().as_encoded_bytes());
        Ok(Store {
            base: cache.join(format!("{name:016x}")),
            out,
        })
    }

    /// What was kept for a look before anything is read; `None` where nothing fits.
    pub fn first<T: DeserializeOwned>(&self) -> Option<T> {
        let bytes = fs::read(self.path(FIRST)).ok()?;
        self.open::<Option<T>>(&bytes)?.0
    }

    /// What was kept of the files written; `None` where nothing fits.
    pub fn kept(&self) -> Option<Kept> {
        let bytes = fs::read(self.path(PAGES)).ok()?;
        let (Packed::<Inputs> { inputs, parts }, mut rest) = self.open(&bytes)?;
        let mut packed = Vec::with_capacity(parts.len());
        for len in parts {
            let (part, after) = rest.split_at_checked(len)?;
            packed.push(part);
            rest = after;
        }
        let files: Option<Vec<Vec<KeptFile>>> = packed
            .par_iter()
            .map(|part| postcard::from_bytes(part).ok())
            .collect();
        let parts = packed.into_iter().map(|part| Some(part.to_vec()));
        Some(Kept {
            inputs,
            files: files?.into_iter().flatten().collect(),
            parts: parts.collect(),
        })
    }

    /// Forgets the last build: what follows changes its output.
    pub(super) fn forget(&self) {
        for end in [FIRST, PAGES] {
            let _ = fs::remove_file(self.path(end));
        }
    }

    /// Keeps a build that is finished, and what to look at first, if that proves anything. Failing
    /// that, the next build does all of it, which is no harm.
    pub fn keep<T: Serialize>(&self, first: Option<&T>, kept: &Kept) {
        let _ = self
            .store_pages(kept)
            .and_then(|()| self.store(FIRST, &first, &[]))
            .inspect_err(|_| self.forget());
        self.remove_abandoned();
    }

    fn path(&self, end: &str) -> PathBuf {
        self.base.with_extension(end)
    }

    /// What is sealed in a file, if it fits, and what comes after it.
    fn open<'a, T: DeserializeOwned>(&self, bytes: &'a [u8]) -> Option<(T, &'a [u8])> {
        let (sealed, rest) = postcard::take_from_bytes::<Sealed<T>>(bytes).ok()?;
        let fits = sealed.out == self.out
            && Some(sealed.program) == Stamp::of_program()
            && sealed.output.is_some()
            && sealed.output == stamp(&self.out);
        fits.then_some((sealed.value, rest))
    }

    fn store_pages(&self, kept: &Kept) -> io::Result<()> {
        let files = kept.files.par_chunks(IN_PART).zip(&kept.parts);
        let parts: Result<Vec<Cow<'_, [u8]>>, _> = files
            .map(|(files, part)| match part {
                Some(part) => Ok(Cow::Borrowed(part.as_slice())),
                None => postcard::to_stdvec(files).map(Cow::Owned),
            })
            .collect();
        let parts = parts.map_err(io::Error::other)?;
        let packed = Packed {
            inputs: &kept.inputs,
            parts: parts.iter().map(|part| part.len()).collect(),
        };
        self.store(PAGES, &packed, &parts)
    }

    fn store<T: Serialize>(&self, end: &str, value: &T, parts: &[Cow<'_, [u8]>]) -> io::Result<()> {
        let sealed = Sealed {
            out: self.out.clone(),
            program: Stamp::of_program().ok_or(io::ErrorKind::NotFound)?,
            output: stamp(&self.out),
            value,
        };
        let sealed = postcard::to_stdvec(&sealed).map_err(io::Error::other)?;
        let parts = parts.iter().map(AsRef::as_ref);
        let all: Vec<&[u8]> = std::iter::once(sealed.as_slice()).chain(parts).collect();
        replace(&self.path(end), &all)
    }

    /// Removes what was kept for folders that are gone.
    fn remove_abandoned(&self) {
        #[derive(Deserialize)]
        struct Head {
            out: PathBuf,
        }
        let folder = self
            .base
            .parent()
            .and_then(|folder| fs::read_dir(folder).ok());
        for entry in folder.into_iter().flatten().flatten() {
            let path = entry.path();
            if path.extension().is_none_or(|end| end != FIRST) {
                continue;
            }
            // Long enough for any path.
            let mut bytes = Vec::new();
            let read =
                fs::File::open(&path).and_then(|file| file.take(8192).read_to_end(&mut bytes));
            let head = read
                .ok()
                .and_then(|_| postcard::from_bytes::<Head>(&bytes).ok());
            if head.is_some_and(|head| !head.out.exists()) {
                let _ = fs::remove_file(&path);
                let _ = fs::remove_file(path.with_extension(PAGES));
            }
        }
    }
}

/// A file or folder; whatever takes its place is another one.
fn stamp(path: &Path) -> Option<Stamp> {
    Stamp::of(&fs::metadata(path).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(names: impl Iterator<Item = usize>) -> Vec<KeptFile> {
        let file = |n: usize| KeptFile {
            url: format!("{n}/").into(),
            digest: n as u64,
            ..KeptFile::default()
        };
        names.map(file).collect()
    }

    #[test]
    fn what_is_taken_over_is_kept_in_its_new_place() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        fs::create_dir(&out).unwrap();
        let store = Store::new(&folder.path().join("kept"), &out).unwrap();
        let all = 0..3 * IN_PART;
        let cases: [Vec<usize>; 5] = [
            all.clone().collect(),
            // One in the second part is another.
            all.clone()
                .map(|n| if n == IN_PART + 7 { 1_000_000 } else { n })
                .collect(),
            all.clone().skip(1).collect(),
            [1_000_000].into_iter().chain(all.clone()).collect(),
            all.clone().rev().collect(),
        ];
        for names in cases {
            let first = files(all.clone()).into_iter();
            let first = first.map(PageFile::Made);
            let first = Kept::after(Inputs::default(), first, Kept::default());
            store.keep(None::<&()>, &first);
            let again = names.iter().map(|name| match name {
                1_000_000 => PageFile::Made(files([*name].into_iter()).remove(0)),
                name => PageFile::Kept(*name),
            });
            let again = Kept::after(Inputs::default(), again, store.kept().unwrap());
            store.keep(None::<&()>, &again);
            let kept = store.kept().unwrap().files;
            let urls = |files: &[KeptFile]| -> Vec<(Arc<str>, u64)> {
                let of = |file: &KeptFile| (file.url.clone(), file.digest);
                files.iter().map(of).collect()
            };
            assert_eq!(urls(&kept), urls(&files(names.into_iter())));
        }
    }
}
