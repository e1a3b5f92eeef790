//! The records of a site, from its files.

use super::Options;
use super::sources::{Found, Read};
use crate::content::{self, Problems, RecordFiles};
use crate::diag::{self, Code, Diagnostic};
use crate::kinds::{self, Data, Kind, Record};
use crate::lang::PartialDate;
use crate::source::{EntryKind, FileId, Source, Span};
use foldhash::fast::FixedState;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// The records of a site.
pub(super) struct Records {
    pub(super) published: Vec<Arc<Record>>,
    /// Drafts and news of days to come.
    pub(super) unpublished: Vec<Arc<Record>>,
    /// Every record could be read whole.
    pub(super) complete: bool,
    /// Drafts, news of days to come, and records with mistakes.
    pub(super) withheld: HashSet<(Kind, String)>,
}

/// What was read of the records' files: a function of their ids and texts alone.
pub(super) struct Parsed {
    /// The files it was read from.
    content: Arc<Vec<(FileId, Arc<str>)>>,
    groups: Arc<Groups>,
    pub(super) records: Vec<Arc<ParsedRecord>>,
    /// The places in `records` of those with problems.
    wrong: Vec<usize>,
}

/// A record's kind and files.
pub(super) type Group = (Kind, RecordFiles);

/// Which files belong to which record.
#[derive(Default)]
struct Groups {
    list: Vec<Group>,
    /// For each file, the place of its record in `list`.
    of_file: HashMap<FileId, usize, FixedState>,
    /// What is wrong with the files' names.
    misnamed: Problems,
}

pub(super) struct ParsedRecord {
    /// In the order of the record's files, each with whether it could not be read whole.
    sources: Vec<(Arc<Source>, bool)>,
    pub(super) record: Option<Arc<Record>>,
    pub(super) problems: Problems,
}

impl Records {
    /// What of the records that were read is part of the site; those with mistakes are withheld.
    pub(super) fn of(parsed: &Parsed, options: &Options) -> Records {
        let mut records = Records {
            published: Vec::with_capacity(parsed.records.len()),
            unpublished: Vec::new(),
            complete: true,
            withheld: HashSet::new(),
        };
        for ((kind, files), one) in parsed.all() {
            let record = one.record.clone();
            records.complete &= record.as_ref().is_none_or(|record| !record.flawed);
            match record {
                Some(record) if options.drafts || is_published(&record, options.as_of) => {
                    records.published.push(record);
                }
                record => {
                    records.withheld.insert((*kind, files.id.clone()));
                    records.complete &= record.is_some();
                    records.unpublished.extend(record);
                }
            }
        }
        records
    }
}

impl Parsed {
    /// The records that were read anew, now and then, where the files are those of the
    /// load before.
    pub(super) fn changed_since<'a>(
        &'a self,
        before: &'a Parsed,
    ) -> Option<impl Iterator<Item = [Option<&'a Arc<Record>>; 2]>> {
        let pairs = self.records.iter().zip(&before.records);
        let changed = pairs.filter(|(now, then)| !Arc::ptr_eq(now, then));
        Arc::ptr_eq(&self.groups, &before.groups)
            .then(|| changed.map(|(now, then)| [now.record.as_ref(), then.record.as_ref()]))
    }

    /// Reads the records. One whose files are those of the load before is not read again.
    pub(super) fn new(read: &Read, before: Option<(&Read, &Parsed)>) -> Parsed {
        if let Some((read_before, before)) = before
            && let Some(changed) = read.changed_since(read_before)
        {
            return before.with(&changed, read);
        }
        let before = before.map(|(_, before)| before);
        let content: Vec<(FileId, Arc<str>)> = read
            .content()
            .iter()
            .filter(|found| found.entry.kind == EntryKind::File)
            .map(|found| (found.file, Arc::clone(&found.entry.path)))
            .collect();
        let same = before.filter(|before| *before.content == content);
        let groups = match same {
            Some(before) => Arc::clone(&before.groups),
            None => Arc::new(Groups::of(&content)),
        };
        // By their files, where other records have come or gone.
        let by_files: HashMap<&Group, &Arc<ParsedRecord>, FixedState> = match (before, same) {
            (Some(before), None) => before.groups.list.iter().zip(&before.records).collect(),
            _ => HashMap::default(),
        };
        let records: Vec<Arc<ParsedRecord>> = groups
            .list
            .par_iter()
            .enumerate()
            .with_min_len(64)
            .map(|(index, group)| {
                let known = match same {
                    Some(before) => before.records.get(index),
                    None => by_files.get(group).copied(),
                };
                ParsedRecord::read(group, read, known)
            })
            .collect();
        let is_wrong = |place: &usize| !records[*place].problems.is_empty();
        Parsed {
            content: Arc::new(content),
            groups,
            wrong: (0..records.len()).filter(is_wrong).collect(),
            records,
        }
    }

    /// Some records as an earlier run has read them, without problems.
    pub(super) fn recalled(records: Vec<(Group, Arc<ParsedRecord>)>) -> Parsed {
        let (list, records) = records.into_iter().unzip();
        Parsed {
            content: Arc::default(),
            groups: Arc::new(Groups {
                list,
                ..Groups::default()
            }),
            records,
            wrong: Vec::new(),
        }
    }

    /// All records with their files.
    pub(super) fn all(&self) -> impl Iterator<Item = (&Group, &Arc<ParsedRecord>)> {
        self.groups.list.iter().zip(&self.records)
    }

    /// The same records, those read anew that some files belong to.
    fn with(&self, files: &[FileId], read: &Read) -> Parsed {
        let groups = &self.groups;
        let places = files.iter().filter_map(|file| groups.of_file.get(file));
        let mut changed: Vec<usize> = places.copied().collect();
        changed.sort_unstable();
        changed.dedup();
        let mut records = self.records.clone();
        for place in &changed {
            let known = Some(&self.records[*place]);
            records[*place] = ParsedRecord::read(&groups.list[*place], read, known);
        }
        let mut wrong = [self.wrong.as_slice(), &changed].concat();
        wrong.sort_unstable();
        wrong.dedup();
        wrong.retain(|place| !records[*place].problems.is_empty());
        Parsed {
            content: Arc::clone(&self.content),
            groups: Arc::clone(groups),
            records,
            wrong,
        }
    }

    /// Whether a file is a record's.
    pub(super) fn has(&self, file: FileId) -> bool {
        self.groups.of_file.contains_key(&file)
    }

    /// What is wrong with the records and with the names of their files.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Diagnostic> {
        let wrong = self.wrong.iter().map(|place| &self.records[*place]);
        let misnamed = self.groups.misnamed.iter();
        misnamed.chain(wrong.flat_map(|one| &one.problems))
    }
}

impl Groups {
    fn of(content: &[(FileId, Arc<str>)]) -> Groups {
        let mut misnamed = Problems::new();
        let list = group(content, &mut misnamed);
        let places = list.iter().enumerate();
        let of_file =
            places.flat_map(|(place, (_, files))| files.all().map(move |file| (file, place)));
        Groups {
            of_file: of_file.collect(),
            list,
            misnamed,
        }
    }
}

impl ParsedRecord {
    /// A record without problems, as an earlier run has read it from files of these texts.
    pub(super) fn recalled(
        sources: impl Iterator<Item = Arc<Source>>,
        record: Record,
    ) -> ParsedRecord {
        ParsedRecord {
            sources: sources.map(|source| (source, false)).collect(),
            record: Some(Arc::new(record)),
            problems: Problems::new(),
        }
    }

    fn read(
        (kind, files): &Group,
        read: &Read,
        before: Option<&Arc<ParsedRecord>>,
    ) -> Arc<ParsedRecord> {
        let found = || files.all().filter_map(|file| read.found(file));
        let same = before.filter(|before| {
            let mut known = before.sources.iter();
            let same = |found: &Arc<Found>| {
                known.next().is_some_and(|(source, unreadable)| {
                    Arc::ptr_eq(source, &found.source) && *unreadable == found.unreadable
                })
            };
            found().all(same)
        });
        if let Some(before) = same {
            return Arc::clone(before);
        }
        let mut problems = Problems::new();
        let record = match found().any(|found| found.unreadable) {
            true => None,
            false => kinds::parse(*kind, files, &read.sources, &mut problems),
        };
        Arc::new(ParsedRecord {
            sources: found()
                .map(|found| (Arc::clone(&found.source), found.unreadable))
                .collect(),
            record: record.map(Arc::new),
            problems,
        })
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
fn group(content: &[(FileId, Arc<str>)], problems: &mut Problems) -> Vec<Group> {
    let mut by_folder: BTreeMap<&str, Vec<(FileId, &str)>> = BTreeMap::new();
    for (file, path) in content {
        let below = &path["content/".len()..];
        match below.split_once('/') {
            Some((folder, _)) => by_folder.entry(folder).or_default().push((*file, path)),
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
