//! What commands have in common: finding the site, loading it, reporting.

use super::{Failed, Format, Shared};
use crate::content::BaseUrl;
use crate::diag::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::project::{self, Loaded};
use crate::report::{self, Amount, Words};
use crate::source::{DiskFiles, ListedFiles, Sources};
use etcetera::BaseStrategy;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::io::{ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// The site a command works on.
pub(super) struct Site {
    pub(super) files: DiskFiles,
    pub(super) words: Words,
    pub(super) format: Format,
    options: project::Options,
    strict: bool,
}

impl Site {
    /// Finds the site and reads the shared options.
    pub(super) fn open(shared: &Shared) -> Result<Site, Failed> {
        let root = match &shared.root {
            Some(root) => root.clone(),
            None => find_root().map_err(|error| Failed::system(".", error))?,
        };
        let files = DiskFiles::new(&root).map_err(|error| Failed::system(root.display(), error))?;
        let files = match kept_folder() {
            Some(folder) => files.keeping_in(&folder.join("made")),
            None => files,
        };
        let words = words(shared)?;
        let base_url = match &shared.base_url {
            Some(url) => Some(
                BaseUrl::parse(url)
                    .ok_or_else(|| Failed::usage("failure.base_url", &[("value", url)]))?,
            ),
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

    /// Fails where there is no site to write into.
    pub(super) fn expect_site(&self) -> Result<(), Failed> {
        let path = self.root().join("content/site.toml");
        match path.is_file() {
            true => Ok(()),
            false => Err(Failed::system(path.display(), ErrorKind::NotFound.into())),
        }
    }

    /// The day the site shows.
    pub(super) fn today(&self) -> Date {
        self.options.as_of
    }

    /// Reads the site, published at `base_url` if that is given.
    pub(super) fn load(&self, base_url: Option<BaseUrl>) -> Result<Loaded, Failed> {
        Ok(project::resume(&self.files, &self.load_options(base_url))?)
    }

    /// The files of the site as they are now.
    pub(super) fn listed(&self) -> Result<ListedFiles, Failed> {
        let failed = |error| Failed::system(self.root().display(), error);
        ListedFiles::new(self.files.clone()).map_err(failed)
    }

    /// What the site is loaded with, published at `base_url` if that is given.
    pub(super) fn load_options(&self, base_url: Option<BaseUrl>) -> project::Options {
        let mut options = self.options.clone();
        options.base_url = base_url.or(options.base_url);
        options
    }

    /// Writes problems where they belong: text to standard error, JSON to standard output.
    pub(super) fn report(&self, problems: &[Diagnostic], sources: &Sources) -> Result<(), Failed> {
        self.told(problems, sources)?.say()
    }

    /// What is to be said of problems.
    pub(super) fn told(&self, problems: &[Diagnostic], sources: &Sources) -> Result<Said, Failed> {
        let mut out = Vec::new();
        match self.format {
            Format::Text => {
                let (amount, colour) = self.screen();
                report::write_text(problems, sources, &self.words, amount, colour, &mut out)
            }
            Format::Json => report::write_json(problems, sources, &self.words, &mut out),
            Format::Github => {
                report::write_github(problems, sources, &self.words, &self.below(), &mut out)
            }
            Format::Sarif => {
                report::write_sarif(problems, sources, &self.words, &self.below(), &mut out)
            }
        }
        .map_err(|error| Failed::system("-", error))?;
        Ok(Said {
            for_people: self.format == Format::Text,
            bytes: out,
        })
    }

    /// How much is said to people, and whether in colour.
    fn screen(&self) -> (Amount, bool) {
        let is_terminal = std::io::stderr().is_terminal();
        let amount = match is_terminal {
            true => Amount::SCREEN,
            false => Amount::LOG,
        };
        let colour = is_terminal && std::env::var_os("NO_COLOR").is_none();
        (amount, colour)
    }

    /// All that the command line and the environment ask for, as one text.
    pub(super) fn asked(&self) -> String {
        format!(
            "{:?}",
            (
                self.root(),
                &self.options,
                self.strict,
                self.format,
                self.words.tag(),
                self.screen(),
            )
        )
    }

    /// Says at a terminal what is being done.
    pub(super) fn progress(&self, key: &str, n: usize) {
        if std::io::stderr().is_terminal() {
            eprintln!("{}", self.words.count(key, n));
        }
    }

    /// Whether these problems forbid to publish.
    pub(super) fn has_errors(&self, problems: &[Diagnostic], strict: bool) -> bool {
        problems.iter().any(|problem| match problem.severity() {
            Severity::Error => true,
            Severity::Warning => self.strict || strict,
            Severity::Note => false,
        })
    }

    /// Where the site lies in its repository: `""`, or a path that ends with `/`.
    fn below(&self) -> String {
        let root = self.root();
        let repository = root.ancestors().find(|folder| folder.join(".git").exists());
        let below = repository.and_then(|repository| root.strip_prefix(repository).ok());
        match below.map(|below| below.to_string_lossy().replace('\\', "/")) {
            Some(below) if !below.is_empty() => format!("{below}/"),
            _ => String::new(),
        }
    }
}

/// What is said of problems, ready to be written.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Said {
    /// As text to standard error, else to standard output.
    for_people: bool,
    bytes: Vec<u8>,
}

impl Said {
    /// Says it; a reader that has gone away has seen enough.
    pub(super) fn say(&self) -> Result<(), Failed> {
        let written = match self.for_people {
            true => std::io::stderr().lock().write_all(&self.bytes),
            false => std::io::stdout().lock().write_all(&self.bytes),
        };
        written.or_else(|error| match error.kind() {
            ErrorKind::BrokenPipe => Ok(()),
            _ => Err(Failed::system("-", error)),
        })
    }
}

/// Problems that concern a build: notes are for those who look after the content.
pub(super) fn without_notes(problems: &[Diagnostic]) -> Vec<Diagnostic> {
    let matters = |problem: &&Diagnostic| problem.severity() != Severity::Note;
    problems.iter().filter(matters).cloned().collect()
}

/// The words of the language that is asked for.
pub(super) fn words(shared: &Shared) -> Result<Words, Failed> {
    match &shared.lang {
        Some(tag) => match Lang::parse(tag) {
            Ok(tag) => Ok(Words::new(tag)),
            Err(_) => Err(Failed::usage("failure.lang", &[("value", tag)])),
        },
        None => Ok(Words::from_environment()),
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

/// Where things are kept between two runs; nothing depends on them.
pub(super) fn kept_folder() -> Option<PathBuf> {
    let folders = etcetera::choose_base_strategy().ok()?;
    Some(folders.cache_dir().join("twintown"))
}

/// The day the site shows: as said, else `SOURCE_DATE_EPOCH`, else today (UTC).
fn as_of(said: Option<&str>) -> Result<Date, Failed> {
    if let Some(said) = said {
        return said
            .parse()
            .map_err(|_| Failed::usage("failure.as_of", &[("value", said)]));
    }
    let timestamp = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) => seconds
            .trim()
            .parse()
            .ok()
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .ok_or_else(|| Failed::usage("failure.source_date_epoch", &[("value", &seconds)]))?,
        Err(_) => Timestamp::now(),
    };
    Ok(timestamp.to_zoned(TimeZone::UTC).date())
}
