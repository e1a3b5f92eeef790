//! `twintown build`: writes the site to a folder.

use super::site::{Site, without_notes};
use super::{Failed, Shared, Status};
use crate::output::{self, Failure};
use clap::Args;
use std::path::PathBuf;
use std::time::Instant;

/// What `build` understands besides.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The folder to write to; its contents are replaced [default: dist]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Replace the folder even if it holds files that twintown did not write
    #[arg(long)]
    force: bool,
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
    site.progress("report.reading", 0);
    let loaded = site.load(None)?;
    site.report(&without_notes(&loaded.problems), loaded.sources())?;
    let failed = site.has_errors(&loaded.problems, loaded.strict);
    let Some(snapshot) = loaded.snapshot.as_ref().filter(|_| !failed) else {
        eprintln!("{}", site.words.say("report.nothing_written"));
        return Ok(Status::Content);
    };
    let loading = start.elapsed();
    site.progress("report.writing", snapshot.routes.len());
    let summary = match output::write(snapshot, &site.files, &out, options.force) {
        Ok(summary) => summary,
        Err(Failure::Templates(problems)) => {
            site.report(&problems, loaded.sources())?;
            eprintln!("{}", site.words.say("report.nothing_written"));
            return Ok(Status::Content);
        }
        Err(failure) => return Err(failure.into()),
    };
    site.files.tidy();
    let pages: usize = summary.pages.values().sum();
    let by_language: Vec<String> = summary
        .pages
        .iter()
        .map(|(lang, pages)| format!("{lang} {pages}"))
        .collect();
    let total = start.elapsed();
    let args = [
        ("pages", site.words.number(pages)),
        ("languages", by_language.join(", ")),
        ("files", site.words.number(summary.files)),
        ("folder", out.display().to_string()),
        (
            "milliseconds",
            site.words.number(total.as_millis() as usize),
        ),
        ("loading", site.words.number(loading.as_millis() as usize)),
    ];
    let borrowed: Vec<(&str, &str)> = args
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    eprintln!("{}", site.words.say_with("report.built", &borrowed));
    Ok(Status::Done)
}

/// Whether writing to `out` would replace the site's own files.
fn contains_site(out: &std::path::Path, site: &Site) -> bool {
    let Ok(out) = out.canonicalize() else {
        return false;
    };
    let own = ["content", "themes"].map(|folder| site.root().join(folder));
    site.root().starts_with(&out) || own.iter().any(|folder| out.starts_with(folder))
}
