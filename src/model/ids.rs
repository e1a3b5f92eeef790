//! Small numbers that name things of one site.

use crate::kinds::{Kind, Record};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

/// A record, by its place in the order of kinds and ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);

/// A language of the site, by its place in `languages`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageId(pub u8);

/// An area or a topic, by its place in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u16);

/// A country that occurs in the site, in the order of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryId(pub u16);

impl RecordId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl LanguageId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl TermId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl CountryId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Which record is which: those of each kind lie together, sorted by id.
#[derive(Debug, Default, PartialEq)]
pub(super) struct RecordIds {
    /// By the place of the kind in [`Kind::ALL`].
    by_id: Vec<HashMap<String, RecordId, foldhash::fast::FixedState>>,
    ranges: Vec<Range<u32>>,
}

impl RecordIds {
    /// The ids of records that are sorted by kind and id.
    pub(super) fn new(records: &[Arc<Record>]) -> RecordIds {
        let mut by_id = vec![HashMap::default(); Kind::ALL.len()];
        let mut ranges = vec![0..0; Kind::ALL.len()];
        for (index, record) in records.iter().enumerate() {
            let (index, kind) = (index as u32, record.kind() as usize);
            if by_id[kind].is_empty() {
                ranges[kind] = index..index;
            }
            ranges[kind].end = index + 1;
            by_id[kind].insert(record.id.clone(), RecordId(index));
        }
        RecordIds { by_id, ranges }
    }

    /// The record of a kind with this id.
    pub(super) fn get(&self, kind: Kind, id: &str) -> Option<RecordId> {
        self.by_id.get(kind as usize)?.get(id).copied()
    }

    /// The records of a kind.
    pub(super) fn of_kind(&self, kind: Kind) -> Range<u32> {
        self.ranges.get(kind as usize).cloned().unwrap_or(0..0)
    }
}
