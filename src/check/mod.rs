//! What must hold between records beyond the form of each field: one file a
//! rule, and the list.

mod accessibility;
mod anchors;
mod confirmed;
mod cycles;
mod duplicate_pairs;
mod foreign_languages;
mod headings;
mod homonyms;
mod images;
mod link_texts;
mod needed;
mod older_translations;
mod order_of_dates;
mod order_of_steps;
mod outside_country;
mod parties;
mod seekers;
mod stages;
mod step_documents;

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Record;
use crate::model::{Before, RecordId, Site};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A rule, by what it looks at: from that follows when it need not be asked again.
enum Rule {
    /// Each record by itself, and besides the settings, the languages and the day.
    EachRecord(fn(&Site) -> CheckRecord<'_>),
    /// More than one record, but not what they are called.
    ManyRecords(fn(&Site, &mut Problems)),
    /// What records are called; with the code of what it reports.
    Names(fn(&Site, &mut Problems), Code),
}

use Rule::{EachRecord, ManyRecords, Names};

/// Every rule.
const RULES: &[Rule] = &[
    ManyRecords(accessibility::check),
    ManyRecords(anchors::check),
    EachRecord(|site| Box::new(confirmed::check(site))),
    ManyRecords(cycles::check),
    ManyRecords(duplicate_pairs::check),
    EachRecord(|site| Box::new(foreign_languages::check(site))),
    EachRecord(|_| Box::new(headings::check)),
    Names(homonyms::check, Code::Homonym),
    EachRecord(|_| Box::new(images::check)),
    EachRecord(|site| Box::new(link_texts::check(site))),
    EachRecord(|_| Box::new(needed::check)),
    EachRecord(|site| Box::new(older_translations::check(site))),
    EachRecord(|_| Box::new(order_of_dates::check)),
    EachRecord(|_| Box::new(order_of_steps::check)),
    EachRecord(|_| Box::new(outside_country::check)),
    ManyRecords(outside_country::check_derived),
    EachRecord(|_| Box::new(parties::check)),
    ManyRecords(seekers::check),
    EachRecord(|_| Box::new(stages::check)),
    EachRecord(|_| Box::new(step_documents::check)),
];

/// The problems that records have by themselves; of those without any there is nothing.
#[derive(Debug, Clone, Default)]
pub struct OfRecords(BTreeMap<RecordId, Problems>);

impl OfRecords {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.values().flatten()
    }

    /// The same with some records checked again.
    pub fn with(self: &Arc<Self>, site: &Site, ids: &[RecordId]) -> Arc<OfRecords> {
        let checks = of_record(site);
        let mut all = Arc::clone(self);
        for id in ids {
            let found = problems_of(site.record(*id), &checks);
            let known = self.0.get(id).map_or(&[][..], Vec::as_slice);
            if found == known {
                continue;
            }
            let all = &mut Arc::make_mut(&mut all).0;
            match found.is_empty() {
                true => all.remove(id),
                false => all.insert(*id, found),
            };
        }
        all
    }
}

/// Runs all rules; gives the problems that records have by themselves, which are not among `problems`.
///
/// `before` is the site of the load before with its [`OfRecords`], where settings, languages
/// and day are the same: what a record has by itself it still has if it has not changed.
pub fn run(site: &Site, before: Option<(&Site, &OfRecords)>, problems: &mut Problems) -> OfRecords {
    let (of_records, found) = rayon::join(
        || check_records(site, before),
        || {
            let rules = RULES.par_iter().map(|rule| {
                let mut found = Problems::new();
                match rule {
                    ManyRecords(check) | Names(check, _) => check(site, &mut found),
                    EachRecord(_) => {}
                }
                found
            });
            rules.collect::<Vec<Problems>>()
        },
    );
    problems.extend(found.into_iter().flatten());
    of_records
}

type CheckRecord<'a> = Box<dyn Fn(&Record, &mut Problems) + Sync + 'a>;

/// The rules that look at one record.
fn of_record(site: &Site) -> Vec<CheckRecord<'_>> {
    let rules = RULES.iter().filter_map(|rule| match rule {
        EachRecord(check) => Some(check(site)),
        ManyRecords(_) | Names(..) => None,
    });
    rules.collect()
}

fn problems_of(record: &Record, checks: &[CheckRecord<'_>]) -> Problems {
    let mut found = Problems::new();
    checks.iter().for_each(|check| check(record, &mut found));
    found
}

fn check_records(site: &Site, before: Option<(&Site, &OfRecords)>) -> OfRecords {
    let checks = of_record(site);
    let known = before.map(|(site_before, of_records)| {
        let before = Before::new(site_before, site.records());
        (before, of_records)
    });
    let problems = |id: RecordId| {
        let same = known
            .as_ref()
            .and_then(|(before, known)| Some((before.same(id)?, known)));
        let found = match same {
            Some((was, known)) => known.0.get(&was)?.clone(),
            None => problems_of(site.record(id), &checks),
        };
        (!found.is_empty()).then_some((id, found))
    };
    let ids: Vec<RecordId> = site.all().collect();
    let found = ids.par_iter().with_min_len(512);
    OfRecords(found.filter_map(|id| problems(*id)).collect())
}

/// Runs the rules again that look at what records are called, where nothing else is
/// another; `problems` are those of the site with its former names.
pub fn run_for_names(site: &Site, problems: &mut Problems) {
    for rule in RULES {
        if let Names(check, code) = rule {
            problems.retain(|problem| problem.code != *code);
            check(site, problems);
        }
    }
}
