//! Renders every route, and writes what comes out.

use super::staging::{Staging, may_replace};
use crate::content::Problems;
use crate::pages::PAGES;
use crate::render::{Rendered, Snapshot, Unmade, bytes, page, sort_template_problems};
use crate::routes::{Route, file_path};
use crate::source::{FileError, Files};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// HTML pages, by language tag.
    pub pages: BTreeMap<String, usize>,
    /// All files.
    pub files: usize,
    /// In bytes.
    pub bytes: u64,
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// Templates failed, or pictures are damaged; the output is as it was.
    #[error("{} problems in templates or pictures", .0.len())]
    Templates(Problems),
    /// The folder holds files of somebody else.
    #[error("{0}: not a folder that twintown wrote")]
    NotOurs(String),
    /// A file could not be read or written.
    #[error(transparent)]
    File(#[from] FileError),
}

/// Renders every route and throws the pages away; gives the problems.
pub fn render_all(snapshot: &Snapshot, files: &dyn Files) -> Problems {
    let mut problems: Problems = (0..snapshot.routes.len())
        .into_par_iter()
        .filter_map(|index| {
            let (route, url) = snapshot.routes.at(index);
            match page(snapshot, *route, url) {
                Err(error) => Some(snapshot.template_problem(&error, *route, url)),
                // Whether a picture is whole shows when it is made.
                Ok(rendered @ Rendered::Picture(..)) => match bytes(snapshot, rendered, files) {
                    Err(Unmade::Picture(problem)) => Some(*problem),
                    Ok(_) | Err(Unmade::File(_)) => None,
                },
                Ok(Rendered::Bytes(_) | Rendered::File(_)) => None,
            }
        })
        .collect();
    sort_template_problems(&mut problems);
    problems
}

/// Writes the site to a folder. The folder is replaced as a whole at the very
/// end; whatever fails before leaves it as it was.
pub fn write(
    snapshot: &Snapshot,
    files: &dyn Files,
    out: &Path,
    force: bool,
) -> Result<Summary, Failure> {
    let io_failure = |path: &Path| {
        let path = path.display().to_string();
        move |error| FileError { path, error }
    };
    if !force && !may_replace(out).map_err(io_failure(out))? {
        return Err(Failure::NotOurs(out.display().to_string()));
    }
    let staging = Staging::begin(out).map_err(io_failure(out))?;
    let folders: BTreeSet<String> = snapshot
        .routes
        .iter()
        .map(|(_, url)| crate::source::parent(&file_path(url)).to_owned())
        .collect();
    for folder in folders.iter().filter(|folder| !folder.is_empty()) {
        let folder = staging.folder().join(folder);
        fs::create_dir_all(&folder).map_err(io_failure(&folder))?;
    }
    let results: Vec<Result<u64, Failure>> = (0..snapshot.routes.len())
        .into_par_iter()
        .map(|index| {
            let (route, url) = snapshot.routes.at(index);
            let rendered = page(snapshot, *route, url).map_err(|error| {
                Failure::Templates(vec![snapshot.template_problem(&error, *route, url)])
            })?;
            let bytes = bytes(snapshot, rendered, files).map_err(|unmade| match unmade {
                Unmade::File(error) => Failure::File(error),
                Unmade::Picture(problem) => Failure::Templates(vec![*problem]),
            })?;
            let path = staging.folder().join(file_path(url));
            fs::write(&path, &bytes).map_err(io_failure(&path))?;
            Ok(bytes.len() as u64)
        })
        .collect();
    let mut summary = Summary::default();
    let mut problems = Problems::new();
    for (index, result) in results.into_iter().enumerate() {
        match result {
            Ok(bytes) => {
                summary.files += 1;
                summary.bytes += bytes;
                let (route, url) = snapshot.routes.at(index);
                count_page(snapshot, route, url, &mut summary);
            }
            Err(Failure::Templates(mut found)) => problems.append(&mut found),
            Err(failure) => return Err(failure),
        }
    }
    if !problems.is_empty() {
        sort_template_problems(&mut problems);
        return Err(Failure::Templates(problems));
    }
    staging.finish().map_err(io_failure(out))?;
    Ok(summary)
}

fn count_page(snapshot: &Snapshot, route: &Route, url: &str, summary: &mut Summary) {
    debug_assert!((route.page.0 as usize) < PAGES.len());
    if let Some(language) = route.language
        && file_path(url).ends_with(".html")
    {
        *summary
            .pages
            .entry(snapshot.site.tag(language).to_string())
            .or_default() += 1;
    }
}
