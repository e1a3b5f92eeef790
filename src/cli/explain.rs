//! `twintown explain`: what a problem's code means.

use super::site::words;
use super::{Failed, Shared, Status};
use crate::diag::{self, Code};
use crate::report;
use clap::Args;

/// What `explain` understands besides.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The code, as TW0101; all of them are listed when there is none
    code: Option<String>,
}

pub(super) fn run(shared: &Shared, options: &Options) -> Result<Status, Failed> {
    let words = words(shared)?;
    let Some(written) = &options.code else {
        super::print(&report::list(&words));
        return Ok(Status::Done);
    };
    match Code::from_name(written) {
        Some(code) => {
            super::print(&report::explain(code, &words));
            Ok(Status::Done)
        }
        None => {
            let known = Code::ALL.iter().map(|code| code.as_str());
            let near = diag::nearest(&written.to_uppercase(), known);
            let near = near.map_or("TW0101", |near| near.name);
            let args = [("code", written.as_str()), ("near", near)];
            Err(Failed::usage("failure.no_code", &args))
        }
    }
}
