//! The files that records refer to.

use super::sources::Read;
use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Record, SiteConfig};
use crate::model::{self, Asset, Assets, MediaType};
use crate::source::Files;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Reads the files that records refer to; reports those that can't be published.
pub(super) fn load_assets(
    files: &dyn Files,
    read: &Read,
    config: &SiteConfig,
    records: &[Record],
    problems: &mut Problems,
) -> Assets {
    let known: HashMap<&str, bool> = read
        .content
        .iter()
        .map(|(_, entry)| (entry.path.as_str(), entry.outside))
        .collect();
    let mut wanted: BTreeMap<String, MediaType> = BTreeMap::new();
    for (path, written, span) in model::file_references(config, records) {
        let problem = |code| Diagnostic::new(code, span).with("path", &written);
        let Some(path) = path else {
            problems.push(problem(Code::PathOutside));
            continue;
        };
        match (known.get(path.as_str()), MediaType::of(&path)) {
            (None, _) => {
                let beside = beside(read, crate::source::parent(&path));
                problems.push(problem(Code::MissingFile).nearest(&written, beside));
            }
            (Some(true), _) => problems.push(problem(Code::PathOutside)),
            (Some(false), None) => problems.push(problem(Code::FileType)),
            (Some(false), Some(media_type)) => {
                wanted.insert(path, media_type);
            }
        }
    }
    let loaded: Vec<Option<Asset>> = wanted
        .par_iter()
        .map(|(path, media_type)| {
            files
                .read(path)
                .ok()
                .map(|bytes| Asset::new(path, *media_type, &bytes))
        })
        .collect();
    loaded.into_iter().flatten().collect()
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
