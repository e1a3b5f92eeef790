//! Loads a site: its files → records → the linked site → a snapshot.

mod config;
mod decode;
mod media;
mod records;
mod sources;
mod svg;
mod unused;

use crate::check;
use crate::content::{BaseUrl, Problems};
use crate::diag::{self, Code, Diagnostic, Severity};
use crate::kinds::SiteConfig;
use crate::lang::Language;
use crate::model::{self, Parsed};
use crate::render::Snapshot;
use crate::source::{FileError, Files, Sources, Span, Spanned};
use crate::theme;
use config::{read_accessibility, read_config, read_vocabulary};
pub(crate) use decode::decode;
use jiff::civil::Date;
use media::load_assets;
use records::Records;
use sources::{Read, read_sources};
use std::sync::Arc;
use unused::report_unused;

/// What a site is loaded with, besides its files.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day the site shows.
    pub as_of: Date,
    /// Stands in for the `base_url` of `site.toml`.
    pub base_url: Option<BaseUrl>,
    /// Drafts and news of days to come are part of the site.
    pub drafts: bool,
}

/// A site that has been read, whole or broken.
pub struct Loaded {
    /// `None` when not even `site.toml` could be read.
    pub snapshot: Option<Snapshot>,
    /// The source files, when there is no snapshot to hold them.
    sources: Sources,
    /// Sorted by file and place.
    pub problems: Problems,
    /// Whether the site asks to treat warnings as errors.
    pub strict: bool,
    /// The warnings and notes that the site does not want.
    ignored: Vec<Code>,
}

impl Loaded {
    /// The source files that problems point into.
    pub fn sources(&self) -> &Sources {
        self.snapshot
            .as_ref()
            .map_or(&self.sources, |snapshot| &snapshot.sources)
    }

    /// Adds problems found later, as far as the site wants to know of them.
    pub fn add(&mut self, mut problems: Problems) {
        self.problems.append(&mut problems);
        let ignored = &self.ignored;
        self.problems
            .retain(|problem| !ignored.contains(&problem.code));
        diag::sort(&mut self.problems);
    }
}

/// Loads the site that `files` holds. Fails only when the file system does.
pub fn load(files: &dyn Files, options: &Options) -> Result<Loaded, FileError> {
    let mut problems = Problems::new();
    let read = read_sources(files, &mut problems)?;
    let Some(config) = read_config(&read, &mut problems) else {
        // What is wrong with the records is told all the same.
        Records::read(&read, options, &mut problems);
        diag::sort(&mut problems);
        return Ok(Loaded {
            snapshot: None,
            sources: read.sources,
            problems,
            strict: false,
            ignored: Vec::new(),
        });
    };
    let strict = config.strict == Some(true);
    let ignored = ignored(&config, &mut problems);
    let (parsed, theme, base_url) = assemble(files, options, &read, config, &mut problems);
    let site = model::link(parsed, &mut problems);
    check::run(&site, &mut problems);
    let snapshot = Snapshot::new(
        site,
        theme,
        read.sources,
        base_url,
        read.config,
        &mut problems,
    );
    let mut loaded = Loaded {
        snapshot: Some(snapshot),
        sources: Sources::default(),
        problems: Problems::new(),
        strict,
        ignored,
    };
    loaded.add(problems);
    Ok(loaded)
}

/// The codes that `checks.ignore` names; errors can't be ignored.
fn ignored(config: &SiteConfig, problems: &mut Problems) -> Vec<Code> {
    let names = config.checks.iter().flat_map(|checks| &checks.ignore);
    let known = || {
        let codes = Code::ALL.iter().copied();
        codes.filter(|code| code.severity() != Severity::Error)
    };
    let mut codes = Vec::new();
    for name in names {
        match known().find(|code| code.as_str().eq_ignore_ascii_case(&name.value)) {
            Some(code) => codes.push(code),
            None => {
                let known: Vec<&str> = known().map(Code::as_str).collect();
                problems.push(
                    Diagnostic::new(Code::UnknownValue, name.span)
                        .with("value", &name.value)
                        .with("known", known.join(", "))
                        .nearest(&name.value, known.iter().copied()),
                );
            }
        }
    }
    codes
}

/// Reads theme and records.
fn assemble(
    files: &dyn Files,
    options: &Options,
    read: &Read,
    config: SiteConfig,
    problems: &mut Problems,
) -> (Parsed, theme::Theme, String) {
    let span = Span::file(read.config);
    let theme_name = config
        .theme
        .as_ref()
        .and_then(|theme| theme.0.name.clone())
        .unwrap_or_else(|| Spanned::new("default".to_owned(), span));
    let chain = theme::chain(&theme_name.value, theme_name.span, &read.themes, problems);
    let languages: Vec<Arc<Language>> = config
        .languages
        .iter()
        .map(|tag| {
            let strings = theme::load_strings(
                tag.value,
                config.default_language.value,
                &chain,
                &read.themes,
                tag.span,
                problems,
            );
            Arc::new(Language::new(tag.value, strings))
        })
        .collect();
    let accent = config
        .theme
        .as_ref()
        .and_then(|theme| theme.0.accent.as_ref());
    let theme = theme::load(&chain, &read.themes, accent, &languages, problems);
    let mut records = Records::read(read, options, problems);
    let assets = load_assets(files, read, &config, &records.published, problems);
    report_unused(read, &config, &records, problems);
    let vocabulary = |name: &str, problems: &mut Problems| read_vocabulary(read, name, problems);
    let base_url = options
        .base_url
        .clone()
        .unwrap_or_else(|| config.base_url.clone());
    let parsed = Parsed {
        areas: vocabulary("content/areas.toml", problems),
        topics: vocabulary("content/topics.toml", problems),
        accessibility: read_accessibility(read, &config, problems),
        config,
        languages,
        records: std::mem::take(&mut records.published),
        drafts: std::mem::take(&mut records.unpublished),
        withheld: records.withheld,
        assets,
        as_of: options.as_of,
    };
    (parsed, theme, base_url.0)
}
