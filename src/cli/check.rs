//! `twintown check`: reports problems, and mends what can be mended.

use super::site::Site;
use super::{Failed, Shared, Status};
use crate::project::Loaded;
use crate::{diag, output};
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
    let mut loaded = site.load(None)?;
    if options.fix {
        loaded = fix(&site, loaded)?;
    }
    let usable = |loaded: &Loaded| {
        let snapshot = loaded.snapshot.as_ref();
        snapshot.is_some_and(|snapshot| snapshot.theme.templates.are_usable())
    };
    if let Some(snapshot) = loaded.snapshot.as_ref().filter(|_| usable(&loaded)) {
        let found = output::render_all(snapshot);
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

/// How often the site is read again: a mend may show what it hid.
const MOST_ROUNDS: usize = 8;

/// Applies every mend, and what can be mended after that.
fn fix(site: &Site, mut loaded: Loaded) -> Result<Loaded, Failed> {
    let mut count = 0;
    for _ in 0..MOST_ROUNDS {
        let fixed = diag::fixed(&loaded.problems, |file| &loaded.sources().get(file).text);
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
        loaded = site.load(None)?;
    }
    eprintln!("{}", site.words.count("report.fixed", count));
    Ok(loaded)
}
