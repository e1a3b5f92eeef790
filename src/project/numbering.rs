//! The ids of source files.
//!
//! Ids are in the order of the files, so that problems sorted by place are
//! sorted by file; and a file keeps its id from one load to the next, so that
//! what was read of it keeps its places. Both hold because ids lie far apart:
//! a new file gets one in between. Where there is no room left, all are new,
//! and so is everything that was read.

use crate::source::FileId;
use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::sync::Arc;

/// The distance of ids, where there are not too many files for it.
const STRIDE: u32 = 1 << 16;

/// The ids of the files of one load.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Numbering {
    files: Arc<[(bool, Arc<str>)]>,
    /// In the order of the files.
    pub(super) ids: Arc<[FileId]>,
    pub(super) stride: u32,
}

impl Numbering {
    /// Numbers files, given in their order: whether each is the program's own, and its path.
    pub(super) fn new(files: Vec<(bool, Arc<str>)>, previous: Option<&Numbering>) -> Numbering {
        if let Some(previous) = previous
            && *previous.files == *files
        {
            return previous.clone();
        }
        let kept = previous.and_then(|previous| Some((previous.go_on(&files)?, previous.stride)));
        let (ids, stride) = kept.unwrap_or_else(|| {
            let room = u32::MAX / (files.len() as u32 + 1);
            let stride = STRIDE.min(room);
            let ids = (1..=files.len() as u32).map(|n| FileId(n * stride));
            (ids.collect(), stride)
        });
        Numbering {
            files: files.into(),
            ids: ids.into(),
            stride,
        }
    }

    /// Whether it numbers the same files, as it does where none has come or gone.
    pub(super) fn is_same(&self, other: &Numbering) -> bool {
        Arc::ptr_eq(&self.files, &other.files)
    }

    /// The ids that files have had, and new ones between them; `None` where there is no room.
    fn go_on(&self, files: &[(bool, Arc<str>)]) -> Option<Vec<FileId>> {
        let named = self.files.iter().zip(self.ids.iter());
        let by_name: HashMap<&(bool, Arc<str>), FileId, FixedState> =
            named.map(|(name, id)| (name, *id)).collect();
        let known: Vec<Option<FileId>> = files
            .iter()
            .map(|name| by_name.get(name).copied())
            .collect();
        let mut ids: Vec<FileId> = Vec::with_capacity(files.len());
        for place in 0..files.len() {
            if let Some(id) = known[place] {
                ids.push(id);
                continue;
            }
            let low = ids.last().map_or(0, |id| id.0);
            let next = known[place..].iter().position(Option::is_some);
            let high = match next {
                Some(next) => known[place + next]?.0,
                None => low.saturating_add(STRIDE).max(u32::MAX / 2),
            };
            let new = next.unwrap_or(files.len() - place) as u32;
            let step = high.checked_sub(low)? / (new + 1);
            if step == 0 {
                return None;
            }
            ids.push(FileId(low + step));
        }
        ids.is_sorted_by(|a, b| a < b).then_some(ids)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(names: &[String]) -> Vec<(bool, Arc<str>)> {
        let own = names.iter().map(|name| (false, name.as_str().into()));
        own.collect()
    }

    #[test]
    fn files_keep_their_ids_and_their_order() {
        let mut names: Vec<String> = (0..50).map(|n| format!("{n:03}")).collect();
        let mut numbering = Numbering::new(named(&names), None);
        let mut kept = 0;
        for n in 0..200 {
            // Always at the same place, which is the worst that can be done.
            names.insert(25, format!("024-{:03}", 999 - n));
            names.sort();
            let next = Numbering::new(named(&names), Some(&numbering));
            assert!(next.ids.is_sorted_by(|a, b| a < b));
            kept += usize::from(numbering.ids.iter().all(|id| next.ids.contains(id)));
            numbering = next;
        }
        assert!(kept > 100);
        names.truncate(10);
        let next = Numbering::new(named(&names), Some(&numbering));
        assert_eq!(*next.ids, numbering.ids[..10]);
    }
}
