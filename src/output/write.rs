//! Renders every route, and writes what comes out where it differs from what is there.

use super::kept::{Kept, KeptFile, PageFile, Store};
use super::shard::Shard;
use super::staging::{Staging, may_replace};
use crate::content::Problems;
use crate::lang::Lang;
use crate::model::noting;
use crate::render::{
    Difference, Inputs, Rendered, Snapshot, Unmade, bytes, page, sort_template_problems,
};
use crate::routes::{Route, Subject, file_path, is_html};
use crate::source::{FileError, Files};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use xxhash_rust::xxh3::xxh3_64;

/// Up to so many files are put into the folder one by one, each as a whole. More,
/// and the folder is replaced as a whole: in the time that many renames take,
/// a visitor or a power cut could come between them.
const MOST_ONE_BY_ONE: usize = 64;

/// What the output is now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// HTML pages, by language.
    pub pages: BTreeMap<Lang, usize>,
    /// All files.
    pub files: usize,
    /// In bytes.
    pub bytes: u64,
    /// Files that were rendered anew.
    pub rendered: usize,
    /// Files that differ from those of the last build, or were not there.
    pub written: usize,
    /// Files of the last build that are gone.
    pub removed: usize,
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

impl Failure {
    /// The first that is no problem of a page, else the problems of all.
    fn all(failures: impl Iterator<Item = Failure>) -> Failure {
        let mut problems = Problems::new();
        for failure in failures {
            match failure {
                Failure::Templates(mut found) => problems.append(&mut found),
                failure => return failure,
            }
        }
        sort_template_problems(&mut problems);
        Failure::Templates(problems)
    }
}

/// How to write.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Replace a folder that holds files of somebody else.
    pub force: bool,
    /// The part of the output to write.
    pub shard: Shard,
    /// Where the last build is kept: from the first change of its output on it is forgotten.
    pub store: Option<&'a Store>,
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

/// Writes the site to a folder: all of it, or nothing. Gives what the next build can start from;
/// `kept` is what this one can.
///
/// Files that are the same as after the last build stay as they are, with their
/// times; where nothing of what a page was made from has changed, it is not even
/// rendered.
pub fn write(
    snapshot: &Snapshot,
    files: &dyn Files,
    out: &Path,
    options: Options<'_>,
    kept: Option<Kept>,
) -> Result<(Summary, Kept), Failure> {
    let failure = |error| failed(out, error);
    if !options.force && kept.is_none() && !may_replace(out).map_err(failure)? {
        return Err(Failure::NotOurs(out.display().to_string()));
    }
    let work = Work {
        snapshot,
        files,
        inputs: Inputs::of(snapshot),
        earlier: Earlier::of(kept),
        staging: Staging::begin(out, options.shard.is_first()).map_err(failure)?,
    };
    let routes: Vec<(&Route, &Arc<str>)> = snapshot
        .routes
        .shared()
        .filter(|(route, url)| options.shard.holds(route, url))
        .collect();
    let pages = work.make_all(&routes)?;
    let urls = || routes.iter().map(|(_, url)| &***url);
    let removed = work.earlier.gone(urls());
    let summary = work.summary(&routes, &pages, removed.len());
    let written = |changed: bool| {
        let pages = urls().zip(&pages);
        let some = pages.filter(move |(_, page)| page.changed == changed);
        some.map(|(url, _)| file_path(url))
    };
    let changed = pages.iter().filter(|page| page.changed).count();
    if let Some(store) = options.store {
        store.forget();
    }
    if work.earlier.is_there && changed + removed.len() <= MOST_ONE_BY_ONE {
        let changed: Vec<String> = written(true).collect();
        let removed: Vec<String> = removed.into_iter().map(file_path).collect();
        work.staging.put_one_by_one(&changed, &removed)
    } else {
        let same: Vec<String> = written(false).collect();
        work.staging.replace_whole(&same)
    }
    .map_err(failure)?;
    let pages = pages.into_iter().map(|page| page.file);
    Ok((summary, Kept::after(work.inputs, pages, work.earlier.kept)))
}

fn failed(path: &Path, error: std::io::Error) -> Failure {
    let path = path.display().to_string();
    FileError { path, error }.into()
}

/// A file of the output, made or found to be as it was.
struct Page {
    file: PageFile,
    /// It lies in the staging folder, because it is another than before.
    changed: bool,
}

impl Page {
    /// The file at this place among those of the last build, as it was.
    fn kept(place: usize) -> Self {
        Self {
            file: PageFile::Kept(place),
            changed: false,
        }
    }
}

/// What the last build has left.
struct Earlier {
    /// Whether there was one, and its output is as it left it.
    is_there: bool,
    kept: Kept,
    /// The places in `kept.files`, for when the routes are others.
    by_url: OnceLock<HashMap<Arc<str>, usize, FixedState>>,
}

impl Earlier {
    fn of(kept: Option<Kept>) -> Earlier {
        Earlier {
            is_there: kept.is_some(),
            kept: kept.unwrap_or_default(),
            by_url: OnceLock::new(),
        }
    }

    /// The place of the file at an address, which is most often that among the routes still.
    fn find(&self, place: usize, url: &str) -> Option<usize> {
        let files = &self.kept.files;
        if files.is_empty() {
            return None;
        }
        let is_here = files.get(place).is_some_and(|file| *file.url == *url);
        match is_here {
            true => Some(place),
            false => self.by_url().get(url).copied(),
        }
    }

    fn by_url(&self) -> &HashMap<Arc<str>, usize, FixedState> {
        self.by_url.get_or_init(|| {
            let files = self.kept.files.iter().enumerate();
            files
                .map(|(place, file)| (file.url.clone(), place))
                .collect()
        })
    }

    /// The addresses that are no more.
    fn gone<'a>(&self, now: impl Iterator<Item = &'a str> + Clone) -> Vec<&str> {
        let then = || self.kept.files.iter().map(|file| &*file.url);
        if self.kept.files.is_empty() || then().eq(now.clone()) {
            return Vec::new();
        }
        let now: HashSet<&str, FixedState> = now.collect();
        let mut gone: Vec<&str> = then().filter(|url| !now.contains(url)).collect();
        gone.sort_unstable();
        gone
    }
}

struct Work<'a> {
    snapshot: &'a Snapshot,
    files: &'a dyn Files,
    inputs: Inputs,
    earlier: Earlier,
    staging: Staging,
}

impl Work<'_> {
    /// Makes every page that may be another than before, and writes those that are.
    fn make_all(&self, routes: &[(&Route, &Arc<str>)]) -> Result<Vec<Page>, Failure> {
        let difference = match self.earlier.is_there {
            true => self.inputs.since(&self.earlier.kept.inputs),
            false => Difference::Whole,
        };
        if !self.earlier.is_there {
            self.make_folders(routes)?;
        }
        let places = routes.par_iter().enumerate();
        let unchanged: Vec<Option<usize>> = places
            .map(|(place, (_, url))| self.unchanged(place, url, &difference))
            .collect();
        // Only what is made, so that threads share the few pages that an edit concerns.
        //
        // What shows many records takes longest: nothing is left to do beside it at the end. First
        // come the files of no language, which are largest, while the least is kept beside them.
        // The pages of a record in all languages come together, while what they show is at hand.
        let mut order: Vec<usize> = (0..routes.len())
            .filter(|place| unchanged[*place].is_none())
            .collect();
        order.par_sort_by_key(|place| {
            let route = routes[*place].0;
            match route.subject {
                Subject::Record(id) => (Some(id), false),
                _ => (None, route.language.is_some()),
            }
        });
        let made: Vec<OnceLock<Result<Page, Failure>>> = unchanged
            .into_iter()
            .map(|kept| {
                kept.map_or_else(OnceLock::new, |place| OnceLock::from(Ok(Page::kept(place))))
            })
            .collect();
        order.into_par_iter().for_each(|place| {
            let (route, url) = routes[place];
            made[place].get_or_init(|| self.make(place, route, url));
        });
        let failed = made.iter().filter_map(OnceLock::get).any(Result::is_err);
        let made = made.into_iter().filter_map(OnceLock::into_inner);
        if failed {
            return Err(Failure::all(made.filter_map(Result::err)));
        }
        // One list takes the place of the other, and its room.
        Ok(made.filter_map(Result::ok).collect())
    }

    /// Makes all folders at once, for an output of which nothing is there.
    fn make_folders(&self, routes: &[(&Route, &Arc<str>)]) -> Result<(), Failure> {
        let folder = self.staging.folder();
        let make = |(_, url): &(&Route, &Arc<str>)| {
            let file = file_path(url);
            let made = folder.make_folder_of(&file);
            made.map_err(|error| failed(&folder.path().join(file), error))
        };
        routes.par_iter().with_min_len(64).try_for_each(make)
    }

    /// Where the page at this place is kept, if it is what it was before.
    fn unchanged(&self, place: usize, url: &str, difference: &Difference) -> Option<usize> {
        let earlier = self.earlier.find(place, url)?;
        (!difference.concerns(&self.earlier.kept.files[earlier].reads)).then_some(earlier)
    }

    /// Makes the page of the route at this place, and writes it if it is another than before.
    fn make(&self, place: usize, route: &Route, url: &Arc<str>) -> Result<Page, Failure> {
        let (rendered, reads) = noting(|| page(self.snapshot, *route, url));
        let rendered = rendered.map_err(|error| {
            Failure::Templates(vec![self.snapshot.template_problem(&error, *route, url)])
        })?;
        let bytes = bytes(self.snapshot, rendered, self.files).map_err(|unmade| match unmade {
            Unmade::File(error) => Failure::File(error),
            Unmade::Picture(problem) => Failure::Templates(vec![*problem]),
        })?;
        let file = KeptFile {
            url: Arc::clone(url),
            digest: xxh3_64(&bytes),
            len: bytes.len() as u64,
            reads,
        };
        let changed = self.earlier.find(place, url).is_none_or(|place| {
            let earlier = &self.earlier.kept.files[place];
            (earlier.digest, earlier.len) != (file.digest, file.len)
        });
        if changed {
            self.write(url, &bytes)?;
        }
        Ok(Page {
            file: PageFile::Made(file),
            changed,
        })
    }

    fn write(&self, url: &str, bytes: &[u8]) -> Result<(), Failure> {
        let (folder, file) = (self.staging.folder(), file_path(url));
        // Of an output that is there, only some folders are made.
        let made = match self.earlier.is_there {
            true => folder.make_folder_of(&file),
            false => Ok(()),
        };
        made.and_then(|()| folder.write(&file, bytes))
            .map_err(|error| failed(&folder.path().join(file), error))
    }

    fn summary(&self, routes: &[(&Route, &Arc<str>)], pages: &[Page], removed: usize) -> Summary {
        let mut summary = Summary {
            removed,
            ..Summary::default()
        };
        for ((route, url), page) in routes.iter().zip(pages) {
            summary.files += 1;
            let (len, rendered) = match &page.file {
                PageFile::Kept(place) => (self.earlier.kept.files[*place].len, 0),
                PageFile::Made(file) => (file.len, 1),
            };
            summary.bytes += len;
            summary.rendered += rendered;
            summary.written += usize::from(page.changed);
            if let Some(language) = route.language
                && is_html(url)
            {
                let tag = self.snapshot.site.tag(language);
                *summary.pages.entry(tag).or_default() += 1;
            }
        }
        summary
    }
}
