//! The files that records refer to.

use super::sources::Read;
use super::svg::drawing;
use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Record, SiteConfig};
use crate::model::{self, Asset, Assets, MediaType, picture_problem};
use crate::picture::Header;
use crate::source::{Entry, EntryKind, Files, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// The largest picture or document that is published, in bytes: static hosts
/// refuse larger ones (GitHub Pages at 100 MB).
const LARGEST_ASSET: u64 = 100 * 1024 * 1024;

/// Reads the files that records refer to; reports those that can't be published.
pub(super) fn load_assets(
    files: &dyn Files,
    read: &Read,
    config: &SiteConfig,
    records: &[Record],
    problems: &mut Problems,
) -> Assets {
    let known: HashMap<&str, &Entry> = read
        .content
        .iter()
        .map(|(_, entry)| (entry.path.as_str(), entry))
        .collect();
    // By path, each with a place that names it.
    let mut wanted: BTreeMap<String, (MediaType, Span)> = BTreeMap::new();
    for (path, written, span) in model::file_references(config, records) {
        let problem = |code| Diagnostic::new(code, span).with("path", &written);
        let Some(path) = path else {
            problems.push(problem(Code::PathOutside));
            continue;
        };
        let Some(entry) = known.get(path.as_str()) else {
            let beside = beside(read, crate::source::parent(&path));
            problems.push(problem(Code::MissingFile).nearest(&written, beside));
            continue;
        };
        match (entry.kind, MediaType::of(&path)) {
            (EntryKind::Outside, _) => problems.push(problem(Code::PathOutside)),
            (EntryKind::Other, _) => {
                problems.push(problem(Code::NotAFile).with("name", &written));
            }
            (EntryKind::File, None) => {
                let known: Vec<&str> = MediaType::extensions().collect();
                problems.push(problem(Code::FileType).with("known", known.join(", ")));
            }
            (EntryKind::File, Some(_)) if entry.len > LARGEST_ASSET => {
                problems.push(
                    problem(Code::FileSize)
                        .with_size("size", entry.len)
                        .with_size("limit", LARGEST_ASSET),
                );
            }
            (EntryKind::File, Some(media_type)) => {
                wanted.insert(path, (media_type, span));
            }
        }
    }
    let loaded: Vec<Result<Asset, Box<Diagnostic>>> = wanted
        .par_iter()
        .map(|(path, (media_type, span))| match files.read(path) {
            Ok(bytes) => asset(path, *media_type, *span, &bytes),
            // It was there when the folder was listed.
            Err(_) => Err(Box::new(
                Diagnostic::new(Code::MissingFile, *span).with("path", path),
            )),
        })
        .collect();
    let mut assets = Vec::with_capacity(loaded.len());
    for asset in loaded {
        match asset {
            Ok(asset) => assets.push(asset),
            Err(problem) => problems.push(*problem),
        }
    }
    assets.into_iter().collect()
}

/// What is published of a file: itself, or versions of a picture.
fn asset(
    path: &str,
    media_type: MediaType,
    span: Span,
    bytes: &[u8],
) -> Result<Asset, Box<Diagnostic>> {
    match (media_type.picture, media_type.extension) {
        (false, _) => Ok(Asset::new(path, media_type, bytes, span, None)),
        (true, "svg") => match drawing(bytes) {
            Ok(size) => Ok(Asset::new(path, media_type, bytes, span, Some(size))),
            Err(part) => Err(Box::new(
                Diagnostic::new(Code::UnsafePicture, span)
                    .with("path", path)
                    .with("part", part),
            )),
        },
        (true, _) => match Header::read(bytes) {
            Ok(header) => Ok(Asset::of_picture(path, header, bytes, span)),
            Err(fault) => Err(Box::new(picture_problem(&fault, path, span))),
        },
    }
}

/// The names of the files in a folder; the listing is sorted by path.
fn beside<'a>(read: &'a Read, folder: &str) -> impl Iterator<Item = &'a str> {
    let prefix = format!("{folder}/");
    let start = read
        .content
        .partition_point(|(_, entry)| entry.path < prefix);
    read.content[start..]
        .iter()
        .map_while(move |(_, entry)| entry.path.strip_prefix(&prefix))
        .filter(|name| !name.contains('/'))
}
