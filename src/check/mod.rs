//! What must hold between records beyond the form of each field: one file a
//! rule, and the list.

mod anchors;
mod cycles;
mod duplicate_pairs;
mod images;
mod needed;
mod order_of_dates;
mod parties;
mod stages;
mod step_documents;

use crate::content::Problems;
use crate::model::Site;

/// Every rule.
const RULES: &[fn(&Site, &mut Problems)] = &[
    anchors::check,
    cycles::check,
    duplicate_pairs::check,
    images::check,
    needed::check,
    order_of_dates::check,
    parties::check,
    stages::check,
    step_documents::check,
];

/// Runs all rules.
pub fn run(site: &Site, problems: &mut Problems) {
    for rule in RULES {
        rule(site, problems);
    }
}
