//! What commands have in common: finding the site, loading it, reporting.

use super::{Failed, Format, Shared};
use crate::content::BaseUrl;
use crate::diag::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::project::{self, Loaded};
use crate::report::{self, Words};
use crate::source::{DiskFiles, Sources};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// The site a command works on.
pub(super) struct Site {
    pub(super) files: DiskFiles,
    pub(super) words: Words,
    format: Format,
    options: project::Options,
    strict: bool,
}

impl Site {
    /// Finds the site and reads the shared options.
    pub(super) fn open(shared: &Shared) -> Result<Site, Failed> {
        let root = match &shared.root {
            Some(root) => root.clone(),
            None => find_root().map_err(Failed::system)?,
        };
        let files = DiskFiles::new(&root)
            .map_err(|error| Failed::system(format!("{}: {error}", root.display())))?;
        let words = match &shared.lang {
            Some(tag) => Words::new(
                Lang::parse(tag)
                    .map_err(|_| Failed::usage(format!("--lang {tag}: not a language tag")))?,
            ),
            None => Words::from_environment(),
        };
        let base_url = match &shared.base_url {
            Some(url) => Some(BaseUrl::parse(url).ok_or_else(|| {
                Failed::usage(format!(
                    "--base-url {url}: not an address such as https://example.org/partners/"
                ))
            })?),
            None => None,
        };
        Ok(Site {
            files,
            words,
            format: shared.format,
            options: project::Options {
                as_of: as_of(shared.as_of.as_deref())?,
                base_url,
                drafts: shared.drafts,
            },
            strict: shared.strict,
        })
    }

    /// The site's folder.
    pub(super) fn root(&self) -> &Path {
        self.files.root()
    }

    /// Reads the site, published at `base_url` if that is given.
    pub(super) fn load(&self, base_url: Option<BaseUrl>) -> Result<Loaded, Failed> {
        let mut options = self.options.clone();
        options.base_url = base_url.or(options.base_url);
        project::load(&self.files, &options).map_err(Failed::system)
    }

    /// Writes problems where they belong: text to standard error, JSON to standard output.
    pub(super) fn report(&self, problems: &[Diagnostic], sources: &Sources) -> Result<(), Failed> {
        match self.format {
            Format::Text => {
                let mut out = std::io::stderr().lock();
                let colour = out.is_terminal() && std::env::var_os("NO_COLOR").is_none();
                report::write_text(problems, sources, &self.words, colour, &mut out)
            }
            Format::Json => {
                let mut out = std::io::stdout().lock();
                report::write_json(problems, sources, &self.words, &mut out)
                    .and_then(|()| out.flush())
            }
        }
        .map_err(Failed::system)
    }

    /// Says at a terminal what is being done.
    pub(super) fn progress(&self, key: &str, n: usize) {
        if std::io::stderr().is_terminal() {
            eprintln!("{}", self.words.count(key, n));
        }
    }

    /// Whether these problems forbid to publish.
    pub(super) fn has_errors(&self, problems: &[Diagnostic], strict: bool) -> bool {
        problems
            .iter()
            .any(|problem| self.strict || strict || problem.severity() == Severity::Error)
    }
}

/// This folder, or the nearest one above it that holds a site.
fn find_root() -> std::io::Result<PathBuf> {
    let here = std::env::current_dir()?;
    let site = here
        .ancestors()
        .find(|folder| folder.join("content/site.toml").is_file());
    Ok(site.unwrap_or(&here).to_owned())
}

/// The day the site shows: as said, else `SOURCE_DATE_EPOCH`, else today (UTC).
fn as_of(said: Option<&str>) -> Result<Date, Failed> {
    if let Some(said) = said {
        return said.parse().map_err(|_| {
            Failed::usage(format!(
                "--as-of {said}: not a date; write it as 2026-11-20"
            ))
        });
    }
    let timestamp = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => seconds
            .trim()
            .parse()
            .ok()
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .ok_or_else(|| {
                Failed::usage(format!(
                    "SOURCE_DATE_EPOCH={seconds}: not a number of seconds"
                ))
            })?,
        Err(_) => Timestamp::now(),
    };
    Ok(timestamp.to_zoned(TimeZone::UTC).date())
}
