//! `twintown check`: reports problems and writes nothing.

use super::site::Site;
use super::{Failed, Shared, Status};
use crate::{diag, output};

pub(super) fn run(shared: &Shared) -> Result<Status, Failed> {
    let site = Site::open(shared)?;
    let loaded = site.load(None)?;
    let mut problems = loaded.problems.clone();
    if let Some(snapshot) = &loaded.snapshot
        && snapshot.theme.templates.are_usable()
    {
        problems.extend(output::render_all(snapshot));
        diag::sort(&mut problems);
    }
    site.report(&problems, loaded.sources())?;
    if problems.is_empty() {
        eprintln!("{}", site.words.say("report.no_problems"));
    }
    Ok(
        match site.has_errors(&problems, loaded.strict) || loaded.snapshot.is_none() {
            true => Status::Content,
            false => Status::Done,
        },
    )
}
