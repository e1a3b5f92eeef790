//! What follows from a key, found out once.

use ahash::RandomState;
use hashbrown::{Equivalent, HashMap};
use std::cell::RefCell;
use std::hash::Hash;
use std::sync::{PoisonError, RwLock};
use thread_local::ThreadLocal;

/// Values by key, each found when it is asked for first. All threads share them, and each has
/// those it has asked for at hand: a lock that two threads take in turn, or a count that both
/// change, takes longer than looking up what is behind it.
pub struct Memo<K: Send, V: Send> {
    all: RwLock<Known<K, V>>,
    at_hand: ThreadLocal<RefCell<Known<K, V>>>,
    /// How many values are kept.
    most: usize,
}

type Known<K, V> = HashMap<K, V, RandomState>;

impl<K: Send, V: Send> Memo<K, V> {
    /// None yet; at most so many are kept, others are found out each time.
    pub fn of_at_most(most: usize) -> Memo<K, V> {
        Memo {
            all: RwLock::default(),
            at_hand: ThreadLocal::new(),
            most,
        }
    }
}

impl<K: Send, V: Send> Default for Memo<K, V> {
    fn default() -> Self {
        Memo::of_at_most(usize::MAX)
    }
}

impl<K: Eq + Hash + Send, V: Clone + Send> Memo<K, V> {
    /// Finds out the value of a key by `make`, if it is not known, and uses it by `done`, which
    /// must not ask for another one. Two threads may find it out at once: it must follow from the
    /// key.
    pub fn with<Q: Hash + Equivalent<K>, T, E>(
        &self,
        key: &Q,
        own: impl Fn() -> K,
        make: impl FnOnce() -> Result<V, E>,
        done: impl FnOnce(&V) -> T,
    ) -> Result<T, E> {
        let at_hand = self.at_hand.get_or_default();
        if let Some(value) = at_hand.borrow().get(key) {
            return Ok(done(value));
        }
        let read = || self.all.read().unwrap_or_else(PoisonError::into_inner);
        let known = read().get(key).cloned();
        let value = match known {
            Some(value) => value,
            None => {
                let value = make()?;
                let mut all = self.all.write().unwrap_or_else(PoisonError::into_inner);
                if all.len() < self.most {
                    all.insert(own(), value.clone());
                }
                value
            }
        };
        let mut at_hand = at_hand.borrow_mut();
        if at_hand.len() < self.most {
            at_hand.insert(own(), value.clone());
        }
        Ok(done(&value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_value_is_found_out_once_for_all_threads() {
        let memo = Memo::of_at_most(2);
        let made = AtomicUsize::new(0);
        let get = |key: usize| {
            let make = || {
                made.fetch_add(1, Ordering::Relaxed);
                Ok::<_, Infallible>(10 * key)
            };
            let Ok(value) = memo.with(&key, || key, make, |value| value + 1);
            value
        };
        assert_eq!([get(1), get(1), get(2)], [11, 11, 21]);
        std::thread::scope(|scope| scope.spawn(|| assert_eq!(get(2), 21)).join().unwrap());
        assert_eq!(made.load(Ordering::Relaxed), 2);
        // What does not fit is right all the same.
        assert_eq!([get(3), get(3), get(1)], [31, 31, 11]);
        assert_eq!(made.load(Ordering::Relaxed), 4);
    }

    #[test]
    fn what_can_not_be_found_out_is_asked_for_again() {
        let memo = Memo::default();
        let failed = memo.with(&"a", || "a", || Err(()), |value: &u8| *value);
        assert_eq!(failed, Err(()));
        assert_eq!(
            memo.with(&"a", || "a", || Ok::<_, ()>(1), |value| *value),
            Ok(1)
        );
    }
}
