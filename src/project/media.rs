//! The files that records refer to.

use super::sources::Read;
use super::svg::drawing;
use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Mentions, Record, SiteConfig};
use crate::model::{Asset, Assets, MediaType, picture_problem};
use crate::picture::{Fault, Header};
use crate::source::{Entry, EntryKind, Files, Span};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The largest picture or document that is published, in bytes: static hosts
/// refuse larger ones (GitHub Pages at 100 MB).
const LARGEST_ASSET: u64 = 100 * 1024 * 1024;

/// A file as it was read, by its path: what is published of it, or why nothing is.
pub(super) type ReadAssets = HashMap<Arc<str>, (Entry, Result<Asset, Refusal>)>;

/// Why a file can't be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The part of a drawing that could run.
    Unsafe(String),
    /// No picture can be made of it.
    Picture(Fault),
}

/// Reads the files that records refer to; reports those that can't be published.
pub(super) fn load_assets(
    files: &dyn Files,
    read: &Read,
    config: &SiteConfig,
    records: &[Arc<Record>],
    before: Option<&ReadAssets>,
    problems: &mut Problems,
) -> (Assets, ReadAssets) {
    // By path, each with a place that names it.
    let mut wanted: BTreeMap<&str, (&Entry, MediaType, Span)> = BTreeMap::new();
    let settings = Mentions::of_config(config);
    let of_records = records.iter().flat_map(|record| &record.mentions.files);
    for mention in settings.files.iter().chain(of_records) {
        let written = &mention.written;
        let problem = |code| Diagnostic::new(code, mention.span).with("path", written);
        let Some(path) = mention.path.as_deref() else {
            problems.push(problem(Code::PathOutside));
            continue;
        };
        let Some(entry) = read.find(path).map(|found| &found.entry) else {
            let beside = beside(read, crate::source::parent(path));
            problems.push(problem(Code::MissingFile).nearest(written, beside));
            continue;
        };
        match (entry.kind, MediaType::of(path)) {
            (EntryKind::Outside, _) => problems.push(problem(Code::PathOutside)),
            (EntryKind::Other, _) => {
                problems.push(problem(Code::NotAFile).with("name", written));
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
                wanted.insert(path, (entry, media_type, mention.span));
            }
        }
    }
    let loaded: Vec<Option<Result<Asset, Refusal>>> = wanted
        .par_iter()
        .map(|(path, (entry, media_type, span))| {
            let known = before.and_then(|before| before.get(*path));
            match known.filter(|(before, _)| entry.is_unchanged(before)) {
                // The place that names it may be another by now.
                Some((_, asset)) => Some(asset.clone().map(|asset| Asset {
                    span: *span,
                    ..asset
                })),
                None => read_asset(files, path, *media_type, *span),
            }
        })
        .collect();
    let mut assets = Vec::with_capacity(loaded.len());
    let mut kept = ReadAssets::with_capacity(loaded.len());
    for ((path, (entry, _, span)), asset) in wanted.into_iter().zip(loaded) {
        let problem = |code| Diagnostic::new(code, span).with("path", path);
        let Some(asset) = asset else {
            // It was there when the folder was listed.
            problems.push(problem(Code::MissingFile));
            continue;
        };
        match &asset {
            Ok(asset) => assets.push(asset.clone()),
            Err(Refusal::Unsafe(part)) => {
                problems.push(problem(Code::UnsafePicture).with("part", part));
            }
            Err(Refusal::Picture(fault)) => problems.push(picture_problem(fault, path, span)),
        }
        kept.insert(Arc::clone(&entry.path), (entry.clone(), asset));
    }
    (assets.into_iter().collect(), kept)
}

/// `None` when there is no such file any more.
fn read_asset(
    files: &dyn Files,
    path: &str,
    media_type: MediaType,
    span: Span,
) -> Option<Result<Asset, Refusal>> {
    let bytes = files.read(path).ok()?;
    Some(asset(path, media_type, span, &bytes))
}

/// What is published of a file: itself, or versions of a picture.
fn asset(path: &str, media_type: MediaType, span: Span, bytes: &[u8]) -> Result<Asset, Refusal> {
    match (media_type.picture, media_type.extension) {
        (false, _) => Ok(Asset::new(path, media_type, bytes, span, None)),
        (true, "svg") => match drawing(bytes) {
            Ok(size) => Ok(Asset::new(path, media_type, bytes, span, Some(size))),
            Err(part) => Err(Refusal::Unsafe(part.to_string())),
        },
        (true, _) => match Header::read(bytes) {
            Ok(header) => Ok(Asset::of_picture(path, header, bytes, span)),
            Err(fault) => Err(Refusal::Picture(fault)),
        },
    }
}

/// The names of the files in a folder; the listing is sorted by path.
fn beside<'a>(read: &'a Read, folder: &str) -> impl Iterator<Item = &'a str> {
    let prefix = format!("{folder}/");
    let content = read.content();
    let start = content.partition_point(|found| *found.entry.path < *prefix);
    content[start..]
        .iter()
        .map_while(move |found| found.entry.path.strip_prefix(&prefix))
        .filter(|name| !name.contains('/'))
}
