//! What has changed in a source since it was translated, where git remembers.

use super::mark::text_at;
use crate::content::{BodyFile, Problems, RecordFiles, SourceVersion};
use crate::kinds::{self, Record};
use crate::model::Site;
use crate::project;
use crate::source::{FileId, Repository, Source, Sources};

/// What is known of the changes of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// As git shows it.
    Shown(Vec<u8>),
    /// The source is still the version that is recorded.
    Nothing { version: String },
    /// No version is recorded.
    Unrecorded,
    /// Git does not know the version.
    Forgotten { version: String },
    /// There is no such translation.
    NotAText,
}

/// What has changed in the source of the Markdown at a path since the version it records.
pub fn changed_since(
    site: &Site,
    sources: &Sources,
    repository: Option<&Repository>,
    path: &str,
) -> Changed {
    let Some((record, lang)) = text_at(site, sources, path) else {
        return Changed::NotAText;
    };
    let Some(recorded) = record.source_version(lang) else {
        return Changed::Unrecorded;
    };
    let version = recorded.to_string();
    if record
        .version(recorded.source)
        .is_some_and(|now| recorded.is(now))
    {
        return Changed::Nothing { version };
    }
    let shown = repository.and_then(|repository| {
        let files = Files::of(record, sources);
        let source = files.of_source(recorded);
        // Without a path git would take all files for meant.
        let commits = match source.is_empty() {
            true => Vec::new(),
            false => repository.commits(&source),
        };
        let (commit, then) = commits.into_iter().find_map(|commit| {
            let then = files.record_at(repository, &commit)?;
            let version = then.version(recorded.source)?;
            recorded.is(version).then_some((commit, then))
        })?;
        let body = |record: &Record| Some(record.body(recorded.source)?.fingerprint);
        let files = match then.body(recorded.source) {
            // Of the TOML much may have changed that nobody translates.
            Some(_) if body(&then) != body(record) => &source[..1],
            _ => &source[..],
        };
        repository.changes_since(&commit, files)
    });
    shown.map_or(Changed::Forgotten { version }, Changed::Shown)
}

/// The files of a record, by their paths.
struct Files<'a> {
    record: &'a Record,
    toml: Option<&'a str>,
    markdown: Vec<(BodyFile, &'a str)>,
}

impl<'a> Files<'a> {
    fn of(record: &'a Record, sources: &'a Sources) -> Files<'a> {
        let path = |file| &*sources.get(file).path;
        Files {
            record,
            toml: record.toml().map(path),
            markdown: record
                .markdown
                .iter()
                .map(|text| (*text, path(text.file)))
                .collect(),
        }
    }

    /// The files that may hold the source's words: its Markdown, else the TOML.
    fn of_source(&self, recorded: &SourceVersion) -> Vec<&'a str> {
        let is_source = |(text, _): &&(BodyFile, &str)| text.lang == recorded.source;
        let markdown = self.markdown.iter().find(is_source).map(|(_, path)| *path);
        markdown.into_iter().chain(self.toml).collect()
    }

    /// The record as it is read from the files of a commit.
    fn record_at(&self, repository: &Repository, commit: &str) -> Option<Record> {
        let paths: Vec<&str> = self
            .toml
            .into_iter()
            .chain(self.markdown.iter().map(|(_, path)| *path))
            .collect();
        let mut problems = Problems::new();
        let mut sources = Vec::new();
        let mut files = RecordFiles {
            id: self.record.id.clone(),
            folder: self.record.folder.clone(),
            toml: None,
            bodies: Vec::new(),
        };
        for (path, bytes) in paths.iter().zip(repository.files_at(commit, &paths)) {
            let Some(bytes) = bytes else {
                continue;
            };
            let file = FileId(sources.len() as u32);
            let text = project::decode(&bytes, file, &mut problems);
            sources.push(Source::new(*path, text));
            match self.markdown.iter().find(|(_, known)| known == path) {
                Some((text, _)) => files.bodies.push(BodyFile { file, ..*text }),
                None => files.toml = Some(file),
            }
        }
        if sources.is_empty() {
            return None;
        }
        let sources = Sources::new(sources);
        kinds::parse(self.record.kind(), &files, &sources, &mut problems)
    }
}
