//! What is made once from the snapshot and used by many pages.

use crate::memo::Memo;
use crate::model::{Reads, RecordId, note_all, note_kept, noting};
use foldhash::fast::FixedState;
use std::hash::{BuildHasher, Hash};
use std::sync::{Mutex, OnceLock, PoisonError};

/// Something made when it is first asked for. Whoever uses it has read of the
/// site what it was made from.
pub(super) struct Made<T>(OnceLock<(T, Reads)>);

impl<T> Made<T> {
    /// What has been made, or is made now.
    pub(super) fn get_or_make(&self, make: impl FnOnce() -> T) -> &T {
        let (value, reads) = self.0.get_or_init(|| noting(make));
        note_kept(reads);
        value
    }

    /// The same for what may fail.
    pub(super) fn get_or_try<E>(&self, make: impl FnOnce() -> Result<T, E>) -> Result<&T, E> {
        if self.0.get().is_none() {
            let (made, reads) = noting(make);
            // Two threads may make it, and get the same.
            let _ = self.0.set((made?, reads));
        }
        let (value, reads) = self.0.get().expect("it has been set");
        note_kept(reads);
        Ok(value)
    }
}

/// Things of one kind, for each record. There is no room for them before one is asked for,
/// and then for its neighbours only: the preview makes few pages of each snapshot.
pub(super) struct MadeOfEach<T> {
    by_neighbours: Vec<OnceLock<Box<[Made<T>]>>>,
}

/// How many records are neighbours.
const NEIGHBOURS: usize = 256;

impl<T> MadeOfEach<T> {
    /// None yet, for so many records.
    pub(super) fn new(records: usize) -> MadeOfEach<T> {
        let neighbours = 0..records.div_ceil(NEIGHBOURS);
        let by_neighbours = neighbours.map(|_| OnceLock::new()).collect();
        MadeOfEach { by_neighbours }
    }

    /// That of a record.
    pub(super) fn of(&self, id: RecordId) -> &Made<T> {
        let none = || (0..NEIGHBOURS).map(|_| Made::default()).collect();
        let neighbours = &self.by_neighbours[id.index() / NEIGHBOURS];
        &neighbours.get_or_init(none)[id.index() % NEIGHBOURS]
    }
}

impl<T> Default for Made<T> {
    fn default() -> Self {
        Made(OnceLock::new())
    }
}

/// The same for things that are told apart by a key.
pub(super) struct MadeByKey<K: Send, T: Send>(Memo<K, (T, Reads)>);

impl<K: Copy + Eq + Hash + Send, T: Clone + Send> MadeByKey<K, T> {
    /// What has been made for the key, or is made now.
    pub(super) fn get_or_make(&self, key: K, make: impl FnOnce() -> T) -> T {
        let made: Result<T, std::convert::Infallible> = self.get_or_try(key, || Ok(make()));
        let Ok(value) = made;
        value
    }

    /// The same for what may fail.
    pub(super) fn get_or_try<E>(
        &self,
        key: K,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let make = || {
            let (made, reads) = noting(make);
            Ok((made?, reads))
        };
        let shown = |(value, reads): &(T, Reads)| {
            note_all(reads);
            value.clone()
        };
        self.0.with(&key, || key, make, shown)
    }
}

/// The same for what is asked for several times in a row: some are kept, each until another
/// takes its place.
pub(super) struct MadeLately<K, T>([Mutex<Option<(K, T, Reads)>>; PLACES]);

/// Enough that threads seldom take each other's places.
const PLACES: usize = 64;

impl<K: Eq + Hash, T: Clone> MadeLately<K, T> {
    /// What was made lately for the key, or is made now.
    pub(super) fn get_or_try<E>(
        &self,
        key: K,
        make: impl FnOnce() -> Result<T, E>,
    ) -> Result<T, E> {
        let place = FixedState::default().hash_one(&key) as usize % PLACES;
        let lock = || self.0[place].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, value, reads)) = &*lock()
            && *known == key
        {
            note_all(reads);
            return Ok(value.clone());
        }
        let (made, reads) = noting(make);
        note_all(&reads);
        let value = made?;
        *lock() = Some((key, value.clone(), reads));
        Ok(value)
    }
}

impl<K, T> Default for MadeLately<K, T> {
    fn default() -> Self {
        MadeLately([const { Mutex::new(None) }; PLACES])
    }
}

impl<K: Send, T: Send> Default for MadeByKey<K, T> {
    fn default() -> Self {
        MadeByKey(Memo::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn what_was_made_lately_is_right_whatever_took_its_place() {
        let lately = MadeLately::default();
        let mut made = 0;
        let mut get = |key: usize| {
            let value = lately.get_or_try(key, || {
                made += 1;
                Ok::<_, Infallible>(10 * key)
            });
            let Ok(value) = value;
            assert_eq!(value, 10 * key);
            made
        };
        assert_eq!([get(1), get(1)], [1, 1]);
        // So many that each place is taken by several.
        for key in 0..20 * PLACES {
            get(key);
        }
        let before = get(1);
        assert_eq!(get(1), before);
        assert!(before > PLACES);
    }
}
