//! Dated records by year: what news and events have in common.

use super::lists;
use crate::kinds::Kind;
use crate::model::{LanguageId, RecordId, Site};
use crate::routes::{Routes, Subject, UrlWords};

/// The years of some records with how many there are in each, newest first.
pub(super) fn years(site: &Site, records: &[RecordId]) -> Vec<(i16, usize)> {
    let mut years: Vec<(i16, usize)> = Vec::new();
    let mut all: Vec<i16> = records
        .iter()
        .filter_map(|id| site.day(*id))
        .map(|day| day.year)
        .collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    for chunk in all.chunk_by(|a, b| a == b) {
        years.push((chunk[0], chunk.len()));
    }
    years
}

/// Adds the list of a kind and the pages of its years, in one language.
pub(super) fn add_routes(
    routes: &mut Routes<'_>,
    kind: Kind,
    language: LanguageId,
    listed: &[RecordId],
) {
    if listed.is_empty() {
        return;
    }
    let site = routes.site;
    let words = UrlWords(site.language(language));
    let list = words.index(kind.folder());
    routes.add(list.clone(), Subject::Site, Some(language));
    for (year, count) in years(site, listed) {
        let of_year = format!("{list}{year}/");
        for part in 1..=lists::parts(count) {
            routes.add(
                words.part(&of_year, part),
                Subject::Year { year, part },
                Some(language),
            );
        }
    }
}

/// The records of a year.
pub(super) fn of_year(site: &Site, records: &[RecordId], year: i16) -> Vec<RecordId> {
    records
        .iter()
        .copied()
        .filter(|id| site.day(*id).is_some_and(|day| day.year == year))
        .collect()
}
