//! `twintown status`: what is left to do, and which version a translation is of.

use super::site::Site;
use super::{Failed, Format, Shared, Status as Exit};
use crate::diag::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::model::{self, LanguageId};
use crate::render::Snapshot;
use crate::report::visible;
use crate::source::{Files, Repository};
use crate::status::{self, Changed, Refusal, Status};
use clap::Args;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What `status` understands besides.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Only these languages of the site
    #[arg(value_name = "LANG")]
    languages: Vec<String>,
    /// Tell of every record, however many there are
    #[arg(long)]
    all: bool,
    /// Record in these translations that they are of their sources as those are now
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["languages", "diff", "all"])]
    mark: Vec<PathBuf>,
    /// Show what has changed in the source of a translation, where git remembers
    #[arg(long, value_name = "FILE", conflicts_with_all = ["languages", "all"])]
    diff: Option<PathBuf>,
}

/// How many records of a list are told at a terminal, and elsewhere.
const MOST: usize = 20;

pub(super) fn run(shared: &Shared, options: &Options) -> Result<Exit, Failed> {
    let format = match shared.format {
        Format::Text | Format::Json => shared.format,
        Format::Github | Format::Sarif => return Err(Failed::usage("failure.status_format", &[])),
    };
    let site = Site::open(shared)?;
    let loaded = site.load(None)?;
    let Some(snapshot) = &loaded.snapshot else {
        site.report(&loaded.problems, loaded.sources())?;
        return Ok(Exit::Content);
    };
    if !options.mark.is_empty() {
        return mark(&site, snapshot, &options.mark);
    }
    let repository = Repository::of(site.root());
    if let Some(file) = &options.diff {
        return diff(&site, snapshot, repository.as_ref(), file);
    }
    let languages = languages(&snapshot.site, &options.languages)?;
    let (content, sources) = (&snapshot.site, &snapshot.sources);
    let status = Status::new(content, sources, repository.as_ref(), &languages);
    match format {
        Format::Json => {
            let object = status::to_json(&status, content, sources);
            super::print(&format!("{object:#}\n"));
        }
        _ => {
            let most = match options.all {
                true => usize::MAX,
                false => MOST,
            };
            let text = status::write_text(&status, content, sources, &site.words, most);
            super::print(&visible(text));
        }
    }
    let broken = |problem: &&Diagnostic| problem.severity() == Severity::Error;
    match loaded.problems.iter().filter(broken).count() {
        0 => {}
        errors => eprintln!("{}", site.words.count("status.errors", errors)),
    }
    Ok(Exit::Done)
}

/// The languages that are asked for; all of the site when none is.
fn languages(site: &model::Site, named: &[String]) -> Result<Vec<LanguageId>, Failed> {
    let all = || site.language_ids();
    if named.is_empty() {
        return Ok(all().collect());
    }
    let found = named.iter().map(|name| {
        let tag = Lang::parse(name).ok();
        let known = all().find(|id| tag == Some(site.tag(*id)));
        known.ok_or_else(|| {
            let known: Vec<String> = all().map(|id| site.tag(id).to_string()).collect();
            let args = [("value", name.as_str()), ("known", &known.join(", "))];
            Failed::usage("failure.status_language", &args)
        })
    });
    found.collect()
}

/// Marks all of the translations, or none.
fn mark(site: &Site, snapshot: &Snapshot, files: &[PathBuf]) -> Result<Exit, Failed> {
    let mut written = Vec::new();
    for file in files {
        let path = below_root(site, file);
        let refused = |refusal| refuse(refusal, &path);
        let marking = status::marking(&snapshot.site, &snapshot.sources, &path).map_err(refused)?;
        let read = |path: &str| site.files.read(path);
        let before = read(&marking.file).map_err(|error| Failed::system(&marking.file, error))?;
        let after = marking.applied(&before).map_err(refused)?;
        written.push((path, marking, before, after));
    }
    for (path, marking, before, after) in written {
        let key = match before == after {
            true => "status.marked_before",
            false => {
                // Another language of the same record may have been marked in the same file.
                let now = site.files.read(&marking.file);
                let after = match now {
                    Ok(now) if now != before => marking
                        .applied(&now)
                        .map_err(|refusal| refuse(refusal, &path))?,
                    _ => after,
                };
                site.files
                    .replace(&marking.file, &after)
                    .map_err(|error| Failed::system(&marking.file, error))?;
                "status.marked"
            }
        };
        let args = [("path", path.as_str()), ("version", &marking.version)];
        eprintln!("{}", site.words.say_with(key, &args));
    }
    Ok(Exit::Done)
}

fn refuse(refusal: Refusal, path: &str) -> Failed {
    let key = match refusal {
        Refusal::NotAText => "failure.not_a_translation",
        Refusal::Source => "failure.is_the_source",
        Refusal::NoSource => "failure.no_source",
        Refusal::Unreadable => "failure.front_matter",
    };
    Failed::content(key, &[("path", path)])
}

fn diff(
    site: &Site,
    snapshot: &Snapshot,
    repository: Option<&Repository>,
    file: &Path,
) -> Result<Exit, Failed> {
    let path = below_root(site, file);
    let (content, sources) = (&snapshot.site, &snapshot.sources);
    let failed = |key, version: &str| {
        let args = [("path", path.as_str()), ("version", version)];
        Err(Failed::content(key, &args))
    };
    match status::changed_since(content, sources, repository, &path) {
        Changed::Shown(text) => {
            let text = String::from_utf8_lossy(&text).into_owned();
            // What an editor typed once may hold what a terminal obeys.
            super::print(&match std::io::stdout().is_terminal() {
                true => visible(text.replace("\r\n", "\n")),
                false => text,
            });
            Ok(Exit::Done)
        }
        Changed::Nothing { version } => {
            let args = [("path", path.as_str()), ("version", version.as_str())];
            eprintln!("{}", site.words.say_with("status.marked_before", &args));
            Ok(Exit::Done)
        }
        Changed::Unrecorded => failed("failure.not_marked", ""),
        Changed::Forgotten { version } => failed("failure.not_in_history", &version),
        Changed::NotAText => failed("failure.not_a_translation", ""),
    }
}

/// A file as the site names it: it may be given from this folder or from the site's root.
fn below_root(site: &Site, file: &Path) -> String {
    let inside = |path: &Path| {
        let full = path.canonicalize().ok()?;
        let below = full.strip_prefix(site.root()).ok()?;
        Some(below.to_string_lossy().replace('\\', "/"))
    };
    inside(file)
        .or_else(|| inside(&site.root().join(file)))
        .unwrap_or_else(|| file.to_string_lossy().into_owned())
}
