//! Lists that may be too long for one page.

use super::context::Context;
use super::shown::ShownLink;
use crate::routes::{PageId, Subject};
use serde::Serialize;

/// How many entries a page of a list has at most.
pub(super) const LIST_LENGTH: usize = 400;

/// How many parts a list of so many entries has; at least one.
pub(super) fn parts(entries: usize) -> u16 {
    entries.div_ceil(LIST_LENGTH).max(1) as u16
}

/// How many parts a page with several lists has: as many as the longest of them.
pub(super) fn parts_of_all(lengths: &[usize]) -> u16 {
    parts(lengths.iter().copied().max().unwrap_or(0))
}

/// The entries of one part; the first part is 1.
pub(super) fn part<T>(entries: &[T], part: u16) -> &[T] {
    let start = (usize::from(part.max(1)) - 1) * LIST_LENGTH;
    let start = start.min(entries.len());
    &entries[start..entries.len().min(start + LIST_LENGTH)]
}

/// The part that the entry with so many before it is in.
pub(super) fn part_of(before: usize) -> u16 {
    (before / LIST_LENGTH + 1) as u16
}

/// The way through the parts of a list.
#[derive(Debug, Serialize)]
pub(super) struct Pager {
    current: u16,
    last: u16,
    previous: Option<String>,
    next: Option<String>,
    pages: Vec<PagerLink>,
}

#[derive(Debug, Serialize)]
struct PagerLink {
    number: u16,
    href: String,
    current: bool,
}

impl Context<'_> {
    /// The pager of a list, where it has more than one part.
    pub(super) fn pager(
        &self,
        current: u16,
        last: u16,
        subject: impl Fn(u16) -> Subject,
    ) -> Option<Pager> {
        if last < 2 {
            return None;
        }
        let href = |number: u16| self.href(self.route.page, subject(number));
        let pages = (1..=last)
            .filter_map(|number| {
                Some(PagerLink {
                    number,
                    href: href(number)?,
                    current: number == current,
                })
            })
            .collect();
        Some(Pager {
            current,
            last,
            previous: (current > 1).then(|| href(current - 1)).flatten(),
            next: (current < last).then(|| href(current + 1)).flatten(),
            pages,
        })
    }

    /// Links to the years of an archive, newest first.
    pub(super) fn year_links(&self, page: PageId, years: &[i16]) -> Vec<ShownLink> {
        years
            .iter()
            .filter_map(|year| {
                let href = self.href(
                    page,
                    Subject::Year {
                        year: *year,
                        part: 1,
                    },
                )?;
                Some(ShownLink::new(&year.to_string(), None, Some(href)))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_in_exactly_one_part() {
        let entries: Vec<usize> = (0..LIST_LENGTH * 2 + 1).collect();
        assert_eq!(parts(entries.len()), 3);
        let all: Vec<usize> = (1..=3).flat_map(|n| part(&entries, n).to_vec()).collect();
        assert_eq!(all, entries);
        assert_eq!((part_of(LIST_LENGTH - 1), part_of(LIST_LENGTH)), (1, 2));
        assert_eq!(parts(0), 1);
        assert!(part(&entries, 9).is_empty());
    }
}
