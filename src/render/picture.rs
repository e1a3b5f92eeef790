//! The bytes of what was rendered. Pages have them already; files of the site are read,
//! and versions of pictures made of them.

use super::{Rendered, Snapshot};
use crate::diag::Diagnostic;
use crate::model::{Asset, picture_problem};
use crate::picture::{self, Size};
use crate::source::{FileError, Files};
use std::sync::PoisonError;
use xxhash_rust::xxh3::xxh3_128;

/// Why there are no bytes.
#[derive(Debug)]
pub enum Unmade {
    /// A file could not be read.
    File(FileError),
    /// A picture turned out to be damaged.
    Picture(Box<Diagnostic>),
}

/// The bytes of a file of the output.
pub fn bytes(
    snapshot: &Snapshot,
    rendered: Rendered,
    files: &dyn Files,
) -> Result<Vec<u8>, Unmade> {
    match rendered {
        Rendered::Bytes(bytes) => Ok(bytes),
        Rendered::File(path) => read(&path, files),
        Rendered::Picture(picture, version) => {
            let asset = &snapshot.site.assets.all()[picture];
            let alone = files.keeps().then(|| &snapshot.making[picture]);
            // Who waits finds the version kept afterwards. A panic elsewhere spoils nothing here.
            let _held = alone.map(|making| making.lock().unwrap_or_else(PoisonError::into_inner));
            version_of(asset, version, files)
        }
    }
}

fn read(path: &str, files: &dyn Files) -> Result<Vec<u8>, Unmade> {
    files.read(path).map_err(|error| {
        let path = path.to_owned();
        Unmade::File(FileError { path, error })
    })
}

/// A version of a picture: kept from an earlier time, else made now. Decoding is what
/// takes long, so all versions are made at once where they can be kept.
fn version_of(asset: &Asset, version: usize, files: &dyn Files) -> Result<Vec<u8>, Unmade> {
    let versions = asset.versions();
    let name = |size: Size| {
        let revision = picture::REVISION;
        format!("{:032x}-{revision}-{}", asset.hash, size.width)
    };
    if let Some(kept) = files.kept(&name(versions[version].size)) {
        return Ok(kept);
    }
    let bytes = read(&asset.source, files)?;
    let made = asset
        .picture
        .as_ref()
        .and_then(|picture| picture.made.as_ref());
    let header = &made.expect("a version is one of a picture").header;
    let all = match files.keeps() {
        true => versions,
        false => &versions[version..=version],
    };
    let sizes: Vec<Size> = all.iter().map(|version| version.size).collect();
    let problem =
        |fault| Unmade::Picture(Box::new(picture_problem(&fault, &asset.source, asset.span)));
    let mut made = picture::make(&bytes, header, &sizes).map_err(problem)?;
    // The file may have changed since the site was read.
    if xxh3_128(&bytes) == asset.hash {
        for (size, bytes) in sizes.iter().zip(&made) {
            files.keep(&name(*size), bytes);
        }
    }
    let wanted = sizes
        .iter()
        .position(|size| *size == versions[version].size);
    Ok(made.swap_remove(wanted.expect("the version is one of those made")))
}
