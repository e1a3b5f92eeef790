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

/// What is looked at before a file is read: while it is the same, so is the output.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    /// The site's folder, and all that the command line asks for.
    asked: String,
    /// What the files of the site look like.
    files: Vec<Entry>,
}

/// What the next build looks at first.
#[derive(Debug, Serialize, Deserialize)]
struct First {
    before: Before,
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
    let before = Before {
        asked: format!("{:?} {}", options.shard, site.asked()),
        files: files.entries().to_vec(),
    };
    let known = store.as_ref().filter(|_| !options.fresh);
    if let Some(first) = known.and_then(Store::first::<First>)
        && before.is_unchanged(&first.before)
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
    let Some(snapshot) = loaded.snapshot.as_ref().filter(|_| !failed) else {
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
    let (summary, kept) = match output::write(snapshot, &files, &out, how, kept) {
        Ok(written) => written,
        Err(Failure::Templates(problems)) => {
            site.report(&problems, loaded.sources())?;
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
        let first = First {
            before,
            said,
            summary,
        };
        store.keep(&first, &kept);
    }
    // The system takes all memory back at once; piece by piece is a twentieth of a build.
    std::mem::forget(loaded);
    Ok(Status::Done)
}

impl Before {
    /// Whether it is known that nothing has changed.
    fn is_unchanged(&self, earlier: &Before) -> bool {
        let mut pairs = self.files.iter().zip(&earlier.files);
        self.asked == earlier.asked
            && self.files.len() == earlier.files.len()
            && pairs.all(|(now, then)| now.is_unchanged(then))
    }
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
