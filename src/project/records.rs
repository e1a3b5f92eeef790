//! The records of a site, from its files.

use super::Options;
use super::sources::Read;
use crate::content::{self, Problems, RecordFiles};
use crate::diag::{self, Code, Diagnostic};
use crate::kinds::{self, Data, Kind, Record};
use crate::lang::PartialDate;
use crate::source::{EntryKind, FileId, Span};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};

/// The records of a site.
pub(super) struct Records {
    pub(super) published: Vec<Record>,
    /// Drafts and news of days to come.
    pub(super) unpublished: Vec<Record>,
    /// Every record could be read whole.
    pub(super) complete: bool,
    /// Drafts, news of days to come, and records with mistakes.
    pub(super) withheld: HashSet<(Kind, String)>,
}

impl Records {
    /// Reads them all; those with mistakes are withheld.
    pub(super) fn read(read: &Read, options: &Options, problems: &mut Problems) -> Records {
        let groups = group(read, problems);
        let parsed: Vec<(Kind, &RecordFiles, Option<Record>, Problems)> = groups
            .par_iter()
            .map(|(kind, files)| {
                let mut problems = Problems::new();
                if files.all().any(|file| read.unreadable.contains(&file)) {
                    return (*kind, files, None, problems);
                }
                let record = kinds::parse(*kind, files, &read.sources, &mut problems);
                (*kind, files, record, problems)
            })
            .collect();
        let mut records = Records {
            published: Vec::new(),
            unpublished: Vec::new(),
            complete: true,
            withheld: HashSet::new(),
        };
        for (kind, files, record, mut found) in parsed {
            problems.append(&mut found);
            records.complete &= record.as_ref().is_none_or(|record| !record.flawed);
            match record {
                Some(record) if options.drafts || is_published(&record, options.as_of) => {
                    records.published.push(record);
                }
                record => {
                    records.withheld.insert((kind, files.id.clone()));
                    records.complete &= record.is_some();
                    records.unpublished.extend(record);
                }
            }
        }
        records
    }
}

fn is_published(record: &Record, as_of: Date) -> bool {
    let draft = record.data.common().draft == Some(true);
    let date: Option<PartialDate> = match &record.data {
        Data::News(news) => Some(news.date.date),
        _ => None,
    };
    !draft && date.is_none_or(|date| date.earliest() <= as_of)
}

/// Sorts the content files by kind and record; reports folders of no kind.
fn group(read: &Read, problems: &mut Problems) -> Vec<(Kind, RecordFiles)> {
    let mut by_folder: BTreeMap<&str, Vec<(FileId, &str)>> = BTreeMap::new();
    for (file, entry) in &read.content {
        if entry.kind != EntryKind::File {
            continue;
        }
        let below = &entry.path["content/".len()..];
        match below.split_once('/') {
            Some((folder, _)) => by_folder
                .entry(folder)
                .or_default()
                .push((*file, &entry.path)),
            None => {
                const KNOWN: [&str; 4] = [
                    "site.toml",
                    "areas.toml",
                    "topics.toml",
                    "accessibility.toml",
                ];
                if !KNOWN.contains(&below) {
                    problems.push(
                        Diagnostic::new(Code::StrayFile, Span::file(*file))
                            .with("name", below)
                            .nearest(below, KNOWN),
                    );
                }
            }
        }
    }
    let mut groups = Vec::new();
    for (folder, files) in by_folder {
        let kind = Kind::ALL
            .iter()
            .copied()
            .find(|kind| kind.folder() == folder);
        match kind {
            Some(kind) => {
                let root = format!("content/{folder}");
                let records = content::group(&root, &files, problems);
                groups.extend(records.into_iter().map(|record| (kind, record)));
            }
            None if folder == "media" => {}
            None => problems.push(
                Diagnostic::new(Code::StrayFile, Span::file(files[0].0))
                    .with("name", format!("content/{folder}/"))
                    .with(
                        "known",
                        Kind::ALL
                            .iter()
                            .map(|kind| kind.folder())
                            .collect::<Vec<_>>()
                            .join(", "),
                    )
                    .hinting("folder")
                    .suggesting(kind_folder_near(folder)),
            ),
        }
    }
    groups
}

/// The folder of the kind whose folder or name is nearest to what was written.
fn kind_folder_near(written: &str) -> Option<String> {
    let names = Kind::ALL
        .iter()
        .flat_map(|kind| [kind.folder(), kind.name()]);
    let near = diag::nearest(written, names)?.name;
    let kind = Kind::ALL
        .iter()
        .find(|kind| kind.folder() == near || kind.name() == near)?;
    Some(kind.folder().to_owned())
}
