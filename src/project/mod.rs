//! Loads a site: its files → records → the linked site → a snapshot.

mod config;
mod decode;
mod media;
mod records;
mod sources;

use crate::check;
use crate::content::{BaseUrl, Problems};
use crate::diag;
use crate::lang::Language;
use crate::model::{self, Parsed};
use crate::render::Snapshot;
use crate::source::{FileError, Files, Sources, Span, Spanned};
use crate::theme;
use config::{read_config, read_vocabulary};
use jiff::civil::Date;
use media::load_assets;
use records::Records;
use sources::{Read, read_sources};
use std::sync::Arc;

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
}

impl Loaded {
    /// The source files that problems point into.
    pub fn sources(&self) -> &Sources {
        self.snapshot
            .as_ref()
            .map_or(&self.sources, |snapshot| &snapshot.sources)
    }
}

/// Loads the site that `files` holds. Fails only when the file system does.
pub fn load(files: &dyn Files, options: &Options) -> Result<Loaded, FileError> {
    let mut problems = Problems::new();
    let read = read_sources(files, &mut problems)?;
    let outcome = assemble(files, options, &read, &mut problems);
    let (parsed, theme, base_url, strict) = match outcome {
        Some(assembled) => assembled,
        None => {
            diag::sort(&mut problems);
            return Ok(Loaded {
                snapshot: None,
                sources: read.sources,
                problems,
                strict: false,
            });
        }
    };
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
    diag::sort(&mut problems);
    Ok(Loaded {
        snapshot: Some(snapshot),
        sources: Sources::default(),
        problems,
        strict,
    })
}

/// Reads configuration, theme and records; `None` when there is no usable `site.toml`.
fn assemble(
    files: &dyn Files,
    options: &Options,
    read: &Read,
    problems: &mut Problems,
) -> Option<(Parsed, theme::Theme, String, bool)> {
    let config = read_config(read, problems)?;
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
    let vocabulary = |name: &str, problems: &mut Problems| read_vocabulary(read, name, problems);
    let base_url = options
        .base_url
        .clone()
        .unwrap_or_else(|| config.base_url.clone());
    let strict = config.strict == Some(true);
    let parsed = Parsed {
        areas: vocabulary("content/areas.toml", problems),
        topics: vocabulary("content/topics.toml", problems),
        config,
        languages,
        records: std::mem::take(&mut records.published),
        withheld: records.withheld,
        assets,
        as_of: options.as_of,
    };
    Some((parsed, theme, base_url.0, strict))
}
