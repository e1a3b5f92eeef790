//! What was read of records in an earlier run, for files that have not changed since.
//!
//! Reading and parsing is most of what a build after an edit does, and nearly all of it is
//! what the run before has done. It is kept in parts, by the records' ids, so that an edit
//! writes only one of them again. What does not fit this program counts as nothing.

use super::numbering::Numbering;
use super::records::{Group, Parsed, ParsedRecord};
use super::sources::{Found, Read};
use crate::content::RecordFiles;
use crate::kinds::{Kind, Record};
use crate::lang::SortKeys;
use crate::later::Later;
use crate::model::{LanguageId, Site};
use crate::source::{Entry, Files, Source, Stamp};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// How many parts there are: so many that one is a small share, so few that all are soon read.
const PARTS: u64 = 64;

const NUMBERING: &str = "numbering";
const SORT_KEYS: &str = "sort-keys";

/// What an earlier run has read.
pub(super) struct Earlier {
    /// Files of records, without problems.
    pub(super) read: Read,
    pub(super) parsed: Parsed,
    /// Of what records are called.
    pub(super) sort_keys: SortKeys,
    /// How many records each part has.
    counts: Vec<usize>,
}

/// A record without problems, as [`Keepable::kept`] gives it.
#[derive(Deserialize)]
struct KeptRecord {
    kind: Kind,
    files: RecordFiles,
    /// In the order of `files`.
    texts: Vec<(Entry, Later<Box<str>>)>,
    record: Record,
}

/// What is kept, and what it must fit.
#[derive(Serialize, Deserialize)]
struct Sealed<T> {
    program: Stamp,
    value: T,
}

/// Where things are kept: the files of a site, its name among others, and this program.
struct Place<'a> {
    files: &'a dyn Files,
    site: String,
    program: Stamp,
}

impl Place<'_> {
    /// None where nothing is kept.
    fn of(files: &dyn Files) -> Option<Place<'_>> {
        Some(Place {
            files,
            site: files.kept_as()?,
            program: Stamp::of_program()?,
        })
    }

    fn get<T: DeserializeOwned>(&self, what: &str) -> Option<T> {
        let bytes = self.files.kept(&self.name(what))?;
        // The program comes first: of another one nothing else can be read.
        let (program, _) = postcard::take_from_bytes::<Stamp>(&bytes).ok()?;
        if program != self.program {
            return None;
        }
        let sealed: Sealed<T> = postcard::from_bytes(&bytes).ok()?;
        Some(sealed.value)
    }

    fn put<T: Serialize>(&self, what: &str, value: T) {
        let program = self.program;
        if let Ok(bytes) = postcard::to_stdvec(&Sealed { program, value }) {
            self.files.keep(&self.name(what), &bytes);
        }
    }

    fn name(&self, what: &str) -> String {
        format!("{}-{what}", self.site)
    }
}

/// The name of a part.
fn part(number: usize) -> String {
    format!("records-{number}")
}

/// The part that a record belongs to.
fn part_of(kind: Kind, files: &RecordFiles) -> usize {
    let hash = xxh3_64(files.id.as_bytes()) ^ kind as u64;
    (hash % PARTS) as usize
}

impl Earlier {
    /// What the last run has kept of this site; none where it has not, or nothing fits.
    pub(super) fn of(files: &dyn Files) -> Option<Earlier> {
        let place = Place::of(files)?;
        let part = |number| place.get(&part(number)).unwrap_or_default();
        let ((numbering, sort_keys), parts): (_, Vec<Vec<KeptRecord>>) = rayon::join(
            || (place.get::<Numbering>(NUMBERING), place.get(SORT_KEYS)),
            || (0..PARTS as usize).into_par_iter().map(part).collect(),
        );
        let numbering = numbering?;
        let counts = parts.iter().map(Vec::len).collect();
        let recalled = parts.into_par_iter().flatten().map(KeptRecord::recall);
        let (found, records): (Vec<Vec<Arc<Found>>>, Vec<_>) = recalled.unzip();
        let mut found: Vec<Arc<Found>> = found.into_iter().flatten().collect();
        found.par_sort_unstable_by(|a, b| a.entry.path.cmp(&b.entry.path));
        Some(Earlier {
            read: Read::recalled(found, numbering),
            parsed: Parsed::recalled(records),
            sort_keys: sort_keys.unwrap_or_default(),
            counts,
        })
    }

    /// Keeps the sort keys of what records are called, unless all of them are known.
    pub(super) fn keep_sort_keys(files: &dyn Files, site: &Site, earlier: Option<&Earlier>) {
        let Some(place) = Place::of(files) else {
            return;
        };
        let is_known = |reader: LanguageId| {
            let language = site.language(reader);
            let known = earlier.and_then(|earlier| earlier.sort_keys.of(&language.order));
            known.is_some_and(|known| {
                let mut labels = site.sort_keys(reader);
                // Where there are many more, most are of names that have gone.
                known.len() <= 2 * site.all().count()
                    && labels.all(|(label, _)| known.contains_key(label))
            })
        };
        let readers: Vec<LanguageId> = site.language_ids().collect();
        if readers.par_iter().all(|reader| is_known(*reader)) {
            return;
        }
        let made = |reader: &LanguageId| {
            let keys = site.sort_keys(*reader);
            let shared = keys.map(|(text, key)| (Arc::clone(text), Arc::clone(key)));
            (&site.language(*reader).order, shared.collect())
        };
        let made: Vec<_> = readers.par_iter().map(made).collect();
        place.put(SORT_KEYS, SortKeys::new(made));
    }

    /// Keeps what has been read of a site, as far as it is not kept already.
    pub(super) fn keep(files: &dyn Files, read: &Read, parsed: &Parsed, earlier: Option<&Earlier>) {
        let Some(place) = Place::of(files) else {
            return;
        };
        let same = earlier.is_some_and(|earlier| read.numbering.is_same(&earlier.read.numbering));
        if !same {
            place.put(NUMBERING, &read.numbering);
        }
        let known: HashSet<usize, FixedState> = earlier
            .into_iter()
            .flat_map(|earlier| {
                let found = earlier.read.files.iter().map(address);
                found.chain(earlier.parsed.records.iter().map(address))
            })
            .collect();
        let mut parts: Vec<Vec<Keepable<'_>>> = (0..PARTS).map(|_| Vec::new()).collect();
        for ((kind, files), record) in parsed.all() {
            if let Some(keepable) = Keepable::of(*kind, files, record, read) {
                parts[part_of(*kind, files)].push(keepable);
            }
        }
        let is_known = |keepable: &Keepable<'_>| {
            known.contains(&address(keepable.parsed))
                && keepable
                    .found(read)
                    .all(|found| known.contains(&address(found)))
        };
        parts
            .into_par_iter()
            .enumerate()
            .for_each(|(number, records)| {
                let count = earlier.map(|earlier| earlier.counts[number]);
                if count != Some(records.len()) || !records.iter().all(is_known) {
                    let records = records.iter().map(|keepable| keepable.kept(read));
                    place.put(&part(number), records.collect::<Vec<_>>());
                }
            });
    }
}

/// What tells a shared value from others while both are there.
fn address<T>(shared: &Arc<T>) -> usize {
    Arc::as_ptr(shared).addr()
}

/// A record without problems, whose files can't change without a trace.
struct Keepable<'a> {
    kind: Kind,
    files: &'a RecordFiles,
    parsed: &'a Arc<ParsedRecord>,
    record: &'a Arc<Record>,
}

impl<'a> Keepable<'a> {
    fn of(
        kind: Kind,
        files: &'a RecordFiles,
        parsed: &'a Arc<ParsedRecord>,
        read: &Read,
    ) -> Option<Keepable<'a>> {
        let record = parsed.record.as_ref();
        let record = record.filter(|_| parsed.problems.is_empty())?;
        let keepable = Keepable {
            kind,
            files,
            parsed,
            record,
        };
        let is_sound = |found: &Arc<Found>| found.is_sound() && found.entry.stamp.is_some();
        let is_kept = keepable.found(read).all(is_sound);
        is_kept.then_some(keepable)
    }

    /// Its files, in their order.
    fn found<'b>(&self, read: &'b Read) -> impl Iterator<Item = &'b Arc<Found>> + use<'a, 'b> {
        self.files.all().filter_map(|file| read.found(file))
    }

    /// The fields of a [`KeptRecord`].
    fn kept<'b>(&'b self, read: &'b Read) -> impl Serialize + 'b {
        let text = |found: &'b Arc<Found>| (&found.entry, found.source.to_keep());
        let texts: Vec<_> = self.found(read).map(text).collect();
        (self.kind, self.files, texts, &**self.record)
    }
}

impl KeptRecord {
    fn recall(self) -> (Vec<Arc<Found>>, (Group, Arc<ParsedRecord>)) {
        let texts = self.texts.into_iter().zip(self.files.all());
        let found: Vec<Arc<Found>> = texts
            .map(|((entry, text), file)| {
                let source = Arc::new(Source::kept(Arc::clone(&entry.path), text));
                Arc::new(Found::recalled(entry, file, source))
            })
            .collect();
        let sources = found.iter().map(|found| Arc::clone(&found.source));
        let record = self.record.with_mentions();
        let parsed = ParsedRecord::recalled(sources, record);
        (found, ((self.kind, self.files), Arc::new(parsed)))
    }
}
