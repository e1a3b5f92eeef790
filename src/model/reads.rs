//! What was read of a site while something was made from it.
//!
//! A page may read anything of its site, but looks at few records of it. Which
//! ones is noted by the functions of [`Site`](super::Site) that give them out,
//! so that a page need not declare what it depends on, and can't forget to.
//!
//! Only what belongs to one record is noted. What all pages may read without
//! asking for a record (configuration, addresses, orders, members of lists) is
//! one whole, see [`Inputs`](crate::render::Inputs).
//!
//! Notes are kept by thread, because pages are made by many of them from one
//! site. A computation that is noted must not hand work to other threads.

use super::RecordId;
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use std::mem::replace;

/// More parts than this are not told apart: whoever reads so many reads them all.
const MOST: usize = 1_000;

/// What of a record can be read by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Fields, links, labels, stage: all but the words of its bodies.
    Facts(RecordId),
    /// The words of its bodies.
    Text(RecordId),
}

/// What something was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reads {
    pub facts: PartSet,
    pub texts: PartSet,
}

/// Some records, or all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum PartSet {
    /// By their numbers, in the order they were first read.
    Some(Box<[u32]>),
    All,
}

impl Default for PartSet {
    fn default() -> Self {
        PartSet::Some(Box::default())
    }
}

impl PartSet {
    /// Whether one of them is marked, by number.
    pub fn meets(&self, marked: &[bool]) -> bool {
        match self {
            PartSet::Some(parts) => parts.iter().any(|part| marked[*part as usize]),
            PartSet::All => marked.contains(&true),
        }
    }
}

/// The parts of one kind that a computation has read so far.
#[derive(Default)]
struct Noted {
    parts: Vec<u32>,
    all: bool,
    /// For each record, the computation that noted it last: nothing to clear between two.
    seen: Vec<u32>,
}

impl Noted {
    fn add(&mut self, part: u32, computation: u32) {
        if self.all {
            return;
        }
        let index = part as usize;
        if index >= self.seen.len() {
            self.seen.resize(index + 1, 0);
        }
        if replace(&mut self.seen[index], computation) != computation {
            self.parts.push(part);
            self.all = self.parts.len() > MOST;
        }
    }

    fn add_all(&mut self, set: &PartSet, computation: u32) {
        match set {
            _ if self.all => {}
            PartSet::All => self.all = true,
            PartSet::Some(parts) => parts.iter().for_each(|part| self.add(*part, computation)),
        }
    }

    fn take(&mut self) -> PartSet {
        let set = match self.all {
            true => PartSet::All,
            false => PartSet::Some(self.parts.as_slice().into()),
        };
        self.parts.clear();
        self.all = false;
        set
    }
}

/// A computation under way.
#[derive(Default)]
struct Scope {
    facts: Noted,
    texts: Noted,
    /// Its number in this thread; 0 where nothing is under way.
    computation: u32,
}

impl Scope {
    /// Tells the notes taken lately for whom facts are noted from now on.
    fn tell_facts(&self) {
        let computation = match self.facts.all {
            true => 0,
            false => self.computation,
        };
        LATELY_NOTED.with(|lately| lately.computation.set(computation));
    }
}

/// The computations under way in a thread, one inside the other.
#[derive(Default)]
struct Scopes {
    innermost: Scope,
    around: Vec<Scope>,
    /// Those that are at an end wait to be used again.
    spare: Vec<Scope>,
    computations: u32,
}

/// Whose facts were noted lately, at the lowest bits of the record's number: what is read is
/// most often read again at once. Each with the computation that noted it; 0 is none.
struct Lately {
    /// The computation under way; 0 where none is, or it reads so many that no more are noted.
    computation: Cell<u32>,
    noted: [Cell<u64>; LATELY],
    /// What all pages show has been read of many records: it is noted as a whole, by its place in
    /// memory and the computation.
    kept: [Cell<(u32, usize)>; LATELY_KEPT],
}

const LATELY: usize = 64;
const LATELY_KEPT: usize = 8;

/// Up to so many records are looked for one by one among those noted lately.
const FEW: usize = 4;

thread_local! {
    static SCOPES: RefCell<Scopes> = RefCell::default();
    static LATELY_NOTED: Lately = const {
        Lately {
            computation: Cell::new(0),
            noted: [const { Cell::new(0) }; LATELY],
            kept: [const { Cell::new((0, 0)) }; LATELY_KEPT],
        }
    };
}

impl Lately {
    /// Whether the computation under way has to note that it reads these facts.
    fn is_news(&self, facts: u32) -> bool {
        let computation = self.computation.get();
        let noted = u64::from(computation) << 32 | u64::from(facts);
        computation > 0 && self.noted[facts as usize % LATELY].replace(noted) != noted
    }

    /// The same of all that something has read that is kept at one place.
    fn is_news_all(&self, reads: &Reads) -> bool {
        let place = std::ptr::from_ref(reads).addr();
        let noted = (self.computation.get(), place);
        let slot = &self.kept[place / size_of::<Reads>() % LATELY_KEPT];
        // Whoever reads all facts reads texts as well.
        noted.0 == 0 || slot.replace(noted) != noted
    }
}

/// Does some work and tells what of the site it read, whoever else may be noting around it.
///
/// What is read inside is not noted for the work around: give it to [`note_all`].
pub fn noting<T>(work: impl FnOnce() -> T) -> (T, Reads) {
    SCOPES.with_borrow_mut(|scopes| {
        scopes.computations += 1;
        let mut scope = scopes.spare.pop().unwrap_or_default();
        scope.computation = scopes.computations;
        scope.tell_facts();
        scopes.around.push(replace(&mut scopes.innermost, scope));
    });
    let end = End;
    let value = work();
    std::mem::forget(end);
    (value, finish())
}

/// Ends a computation that panicked.
struct End;

impl Drop for End {
    fn drop(&mut self) {
        finish();
    }
}

fn finish() -> Reads {
    SCOPES.with_borrow_mut(|scopes| {
        let around = scopes.around.pop().expect("it has begun");
        around.tell_facts();
        let mut scope = replace(&mut scopes.innermost, around);
        let reads = Reads {
            facts: scope.facts.take(),
            texts: scope.texts.take(),
        };
        scopes.spare.push(scope);
        reads
    })
}

/// Notes that a part of the site is read.
pub(super) fn note(part: Part) {
    match part {
        Part::Facts(id) => note_facts(id.0),
        Part::Text(id) => with_innermost(|scope| scope.texts.add(id.0, scope.computation)),
    }
}

fn note_facts(part: u32) {
    if LATELY_NOTED.with(|lately| lately.is_news(part)) {
        with_innermost(|scope| {
            scope.facts.add(part, scope.computation);
            scope.tell_facts();
        });
    }
}

/// Notes what something that was made before has read.
pub fn note_all(reads: &Reads) {
    // Most of what is made once is made of a record, and perhaps of those that it is in.
    if let (PartSet::Some(facts), PartSet::Some(texts)) = (&reads.facts, &reads.texts)
        && facts.len() <= FEW
        && texts.is_empty()
    {
        return facts.iter().copied().for_each(note_facts);
    }
    with_innermost(|scope| {
        scope.facts.add_all(&reads.facts, scope.computation);
        scope.tell_facts();
        scope.texts.add_all(&reads.texts, scope.computation);
    });
}

/// The same for what is kept where it is as long as the computation goes on.
pub fn note_kept(reads: &Reads) {
    if LATELY_NOTED.with(|lately| lately.is_news_all(reads)) {
        note_all(reads);
    }
}

fn with_innermost(add: impl FnOnce(&mut Scope)) {
    SCOPES.with_borrow_mut(|scopes| {
        if scopes.innermost.computation > 0 {
            add(&mut scopes.innermost);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(numbers: &[u32]) -> Reads {
        Reads {
            facts: PartSet::Some(numbers.into()),
            texts: PartSet::default(),
        }
    }

    fn read(number: u32) {
        note(Part::Facts(RecordId(number)));
    }

    #[test]
    fn each_part_is_noted_once() {
        let ((), reads) = noting(|| [3, 1, 3].into_iter().for_each(read));
        assert_eq!(reads, facts(&[3, 1]));
        let ((), again) = noting(|| read(3));
        assert_eq!(again, facts(&[3]));
    }

    #[test]
    fn what_is_made_inside_is_noted_where_it_is_used() {
        let (inner, outer) = noting(|| {
            read(1);
            let ((), inner) = noting(|| read(2));
            read(4);
            inner
        });
        assert_eq!((&inner, outer), (&facts(&[2]), facts(&[1, 4])));
        let ((), user) = noting(|| note_all(&inner));
        assert_eq!(user, inner);
    }

    #[test]
    fn many_are_all() {
        let ((), reads) = noting(|| (0..=MOST as u32).for_each(read));
        assert_eq!(reads.facts, PartSet::All);
        assert!(reads.facts.meets(&[false, true]) && !reads.texts.meets(&[true]));
    }

    #[test]
    fn what_was_noted_lately_is_noted_again_by_others() {
        let ((), outer) = noting(|| {
            read(5);
            // At the same place among those noted lately.
            read(5 + LATELY as u32);
            let ((), inner) = noting(|| read(5));
            assert_eq!(inner, facts(&[5]));
            let ((), all) = noting(|| (0..=MOST as u32).for_each(read));
            assert_eq!(all.facts, PartSet::All);
            read(6);
        });
        assert_eq!(outer, facts(&[5, 5 + LATELY as u32, 6]));
        read(8);
        assert_eq!(noting(|| note_all(&facts(&[8]))).1, facts(&[8]));
    }

    #[test]
    fn what_is_kept_is_noted_once_by_each() {
        let (inner, other) = (facts(&[1, 2, 3, 4, 5]), facts(&[6]));
        let ((), outer) = noting(|| {
            note_kept(&inner);
            let ((), within) = noting(|| [&inner, &other, &inner].into_iter().for_each(note_kept));
            assert_eq!(within, facts(&[1, 2, 3, 4, 5, 6]));
            note_kept(&inner);
        });
        assert_eq!(outer, inner);
        note_kept(&inner);
        assert_eq!(noting(|| note_kept(&inner)).1, inner);
        let text = noting(|| note(Part::Text(RecordId(7)))).1;
        let ((), all) = noting(|| {
            (0..=MOST as u32).for_each(read);
            note_kept(&text);
        });
        assert_eq!(all.texts, text.texts);
    }

    #[test]
    fn a_panic_ends_the_computation() {
        let caught = std::panic::catch_unwind(|| noting(|| panic!("on purpose")));
        assert!(caught.is_err());
        let ((), reads) = noting(|| read(7));
        assert_eq!(reads, facts(&[7]));
    }
}
