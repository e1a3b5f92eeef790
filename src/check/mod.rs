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
use crate::diag::Code;
use crate::model::Site;
use rayon::prelude::*;

type Rule = fn(&Site, &mut Problems);

/// Those of the rules that look at what records are called, with what they report.
const OF_NAMES: &[(Rule, Code)] = &[(homonyms::check, Code::Homonym)];

/// Every rule.
const RULES: &[Rule] = &[
    accessibility::check,
    anchors::check,
    confirmed::check,
    cycles::check,
    duplicate_pairs::check,
    foreign_languages::check,
    headings::check,
    homonyms::check,
    images::check,
    link_texts::check,
    needed::check,
    older_translations::check,
    order_of_dates::check,
    order_of_steps::check,
    outside_country::check,
    parties::check,
    seekers::check,
    stages::check,
    step_documents::check,
];

/// Runs all rules.
pub fn run(site: &Site, problems: &mut Problems) {
    let found: Vec<Problems> = RULES
        .par_iter()
        .map(|rule| {
            let mut found = Problems::new();
            rule(site, &mut found);
            found
        })
        .collect();
    problems.extend(found.into_iter().flatten());
}

/// Runs the rules again that look at what records are called, where nothing else is
/// another; `problems` are those of the site with its former names.
pub fn run_for_names(site: &Site, problems: &mut Problems) {
    for (rule, code) in OF_NAMES {
        problems.retain(|problem| problem.code != *code);
        rule(site, problems);
    }
}
