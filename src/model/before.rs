//! The site as it was before an edit: what need not be worked out again.
//!
//! Nothing is guessed. A record counts as unchanged when it is the very same
//! value, which it is when its files have the same texts (`project::records`);
//! and each thing that is taken over says by what else it would change.

use super::{RecordId, Site};
use crate::kinds::Record;
use std::cmp::Ordering;
use std::sync::Arc;

/// The site of the load before, beside the records of this one.
pub struct Before<'a> {
    pub(super) site: &'a Site,
    /// For each record now, its place before, and whether it is the very same.
    places: Vec<Option<(RecordId, bool)>>,
    /// The same kinds and ids, so that each [`RecordId`] means what it meant.
    pub(super) same_ids: bool,
}

impl<'a> Before<'a> {
    /// Puts the records beside those before; both are sorted by kind and id.
    pub fn new(site: &'a Site, records: &[Arc<Record>]) -> Before<'a> {
        let mut was = site.records.iter().enumerate().peekable();
        let mut same_ids = site.records.len() == records.len();
        let mut places = Vec::with_capacity(records.len());
        for record in records {
            let order = |other: &Arc<Record>| match Arc::ptr_eq(other, record) {
                true => Ordering::Equal,
                false => (other.kind(), &other.id).cmp(&(record.kind(), &record.id)),
            };
            while was.next_if(|(_, other)| order(other).is_lt()).is_some() {
                same_ids = false;
            }
            let place = was.next_if(|(_, other)| order(other).is_eq());
            same_ids &= place.is_some();
            places.push(place.map(|(index, other)| {
                let very = Arc::ptr_eq(other, record);
                (RecordId(index as u32), very)
            }));
        }
        same_ids &= was.peek().is_none();
        Before {
            site,
            places,
            same_ids,
        }
    }

    /// Where the record of this kind and id was.
    pub(super) fn place(&self, id: RecordId) -> Option<RecordId> {
        self.places[id.index()].map(|(was, _)| was)
    }

    /// Where a record was, if it has not changed.
    pub fn same(&self, id: RecordId) -> Option<RecordId> {
        let (was, very) = self.places[id.index()]?;
        very.then_some(was)
    }
}
