//! `twintown build`: writes the site to a folder.

use super::site::{Said, Site, kept_folder, without_notes};
use super::{Failed, Shared, Status};
use crate::output::{self, Failure, Shard, Store, Summary};
use crate::project;
use crate::source::Entry;
use clap::Args;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use xxhash_rust::xxh3::xxh3_128;

/// What `build` understands besides.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder to write to; its contents are replaced [default: dist]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace the folder even if it holds files that twintown did not write
    #[arg(long)]
    force: bool,
    /// Read, render and write all of it, whatever is known of the last build
    #[arg(long)]
    fresh: bool,
    /// Write one part of the output only, for machines that share the work: 2/8 is the second of eight
    #[arg(long, value_name = "PART/PARTS", default_value = "1/1")]
    shard: Shard,
}

/// What the next build looks at first.
#[derive(Debug, Serialize, Deserialize)]
struct First {
    /// See [`looks`].
    looks: u128,
    /// What was reported.
    said: Said,
    summary: Summary,
}

pub(super) fn run(shared: &Shared, options: &Options) -> Result<Status, Failed> {
    let start = Instant::now();
    let site = Site::open(shared)?;
    let out = options
        .out
        .clone()
        .unwrap_or_else(|| site.root().join("dist"));
    if contains_site(&out, &site) {
        let path = out.display().to_string();
        return Err(Failed::usage("failure.out_is_site", &[("path", &path)]));
    }
    let store = kept_folder().and_then(|kept| Store::new(&kept.join("builds"), &out).ok());
    let files = site.listed()?;
    let asked = format!("{:?} {}", options.shard, site.asked());
    let looks = looks(&asked, files.entries());
    let known = store.as_ref().filter(|_| !options.fresh);
    if let Some(first) = known.and_then(Store::first::<First>)
        && looks == Some(first.looks)
    {
        first.said.say()?;
        tell(
            &site,
            "report.unchanged",
            &first.summary,
            &out,
            [start.elapsed(); 2],
        );
        return Ok(Status::Done);
    }
    site.progress("report.reading", 0);
    let load_options = site.load_options(None);
    let load = || match options.fresh {
        true => project::renew(&files, &load_options),
        false => project::resume(&files, &load_options),
    };
    let mut kept = None;
    let loaded = rayon::in_place_scope(|scope| {
        scope.spawn(|_| kept = known.and_then(Store::kept));
        load()
    })?;
    let said = site.told(&without_notes(&loaded.problems), loaded.sources())?;
    said.say()?;
    let failed = site.has_errors(&loaded.problems, loaded.strict);
    let Some(snapshot) = loaded.into_snapshot().filter(|_| !failed) else {
        eprintln!("{}", site.words.say("report.nothing_written"));
        return Ok(Status::Content);
    };
    let loading = start.elapsed();
    site.progress("report.writing", snapshot.routes.len());
    let how = output::Options {
        force: options.force,
        shard: options.shard,
        store: known,
    };
    let (summary, kept) = match output::write(&snapshot, &files, &out, how, kept) {
        Ok(written) => written,
        Err(Failure::Templates(problems)) => {
            site.report(&problems, load()?.sources())?;
            eprintln!("{}", site.words.say("report.nothing_written"));
            return Ok(Status::Content);
        }
        Err(failure) => return Err(failure.into()),
    };
    site.files.tidy();
    let key = match summary.written == summary.files {
        true => "report.built",
        false => "report.updated",
    };
    tell(&site, key, &summary, &out, [loading, start.elapsed()]);
    if let Some(store) = &store {
        let first = looks.map(|looks| First {
            looks,
            said,
            summary,
        });
        store.keep(first.as_ref(), &kept);
    }
    // The system takes all memory back at once; piece by piece is a twentieth of a build.
    std::mem::forget((snapshot, files, kept));
    Ok(Status::Done)
}

/// A hash of all that the command line asks for and of what the files of the site look like: while
/// it is the same, so is the output. None where some file may change without a trace.
fn looks(asked: &str, files: &[Entry]) -> Option<u128> {
    let is_certain = files.iter().all(|file| file.stamp.is_some());
    let bytes = postcard::to_stdvec(&(asked, files)).ok()?;
    is_certain.then(|| xxh3_128(&bytes))
}

/// Says what has been written, and how long reading and all of it took.
fn tell(site: &Site, key: &str, summary: &Summary, out: &Path, [loading, all]: [Duration; 2]) {
    let pages: usize = summary.pages.values().sum();
    let by_language: Vec<String> = summary
        .pages
        .iter()
        .map(|(lang, pages)| format!("{lang} {pages}"))
        .collect();
    let number = |n: usize| site.words.number(n);
    let args = [
        ("pages", number(pages)),
        ("languages", by_language.join(", ")),
        ("files", number(summary.files)),
        ("written", number(summary.written)),
        ("removed", number(summary.removed)),
        ("folder", out.display().to_string()),
        ("milliseconds", number(all.as_millis() as usize)),
        ("loading", number(loading.as_millis() as usize)),
    ];
    let borrowed: Vec<(&str, &str)> = args
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    eprintln!("{}", site.words.say_with(key, &borrowed));
}

/// Whether writing to `out` would replace the site's own files.
fn contains_site(out: &Path, site: &Site) -> bool {
    let Ok(out) = out.canonicalize() else {
        return false;
    };
    let own = ["content", "themes"].map(|folder| site.root().join(folder));
    site.root().starts_with(&out) || own.iter().any(|folder| out.starts_with(folder))
}
