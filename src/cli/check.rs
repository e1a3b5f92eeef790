//! `twintown check`: reports problems, and mends what can be mended.

use super::site::{Site, kept_folder};
use super::{Failed, Shared, Status};
use crate::diag::{self, Diagnostic, Severity};
use crate::project::Loaded;
use crate::{external, output};
use clap::Args;

/// What `check` understands besides.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// Mend what has exactly one mend; comments and layout stay
    #[arg(long)]
    fix: bool,
    /// Follow the links to other sites too
    #[arg(long)]
    external: bool,
}

pub(super) fn run(shared: &Shared, options: &Options) -> Result<Status, Failed> {
    let site = Site::open(shared)?;
    let mut loaded = load(&site, options)?;
    if options.fix {
        loaded = fix(&site, options, loaded)?;
    }
    let broken = |problem: &Diagnostic| problem.severity() == Severity::Error;
    // The pages of a broken site are never made, and what they would cost has no bound.
    if let Some(snapshot) = loaded.snapshot.as_ref()
        && !loaded.problems.iter().any(broken)
    {
        let found = output::render_all(snapshot, &site.files);
        loaded.add(found);
    }
    let problems = &loaded.problems;
    site.report(problems, loaded.sources())?;
    if problems.is_empty() {
        eprintln!("{}", site.words.say("report.no_problems"));
    }
    Ok(
        match site.has_errors(problems, loaded.strict) || loaded.snapshot.is_none() {
            true => Status::Content,
            false => Status::Done,
        },
    )
}

/// Reads the site, and follows its links to other sites if that is asked for.
fn load(site: &Site, options: &Options) -> Result<Loaded, Failed> {
    let mut loaded = site.load(None)?;
    if let Some(snapshot) = loaded.snapshot.as_ref().filter(|_| options.external) {
        let asking = external::Options {
            kept: kept_folder().map(|folder| folder.join("links.json")),
            ..external::Options::default()
        };
        let now = jiff::Timestamp::now().as_second().unsigned_abs();
        let progress = |done, all| {
            if done == 0 {
                site.progress("report.following", all);
            }
        };
        let found = external::check(snapshot, &asking, now, &progress);
        loaded.add(found);
    }
    Ok(loaded)
}

/// How often the site is read again: a mend may show what it hid.
const MOST_ROUNDS: usize = 8;

/// Applies every mend, and what can be mended after that.
fn fix(site: &Site, options: &Options, mut loaded: Loaded) -> Result<Loaded, Failed> {
    let mut count = 0;
    for _ in 0..MOST_ROUNDS {
        let fixed = diag::fixed(&loaded.problems, |file| loaded.sources().get(file).text());
        if fixed.is_empty() {
            break;
        }
        for (file, text) in &fixed {
            let path = &loaded.sources().get(*file).path;
            site.files
                .replace(path, text.text.as_bytes())
                .map_err(|error| Failed::system(path, error))?;
            count += text.fixes;
        }
        loaded = load(site, options)?;
    }
    eprintln!("{}", site.words.count("report.fixed", count));
    Ok(loaded)
}
