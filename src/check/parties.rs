//! A partnership has two parties or more, each once, and its steps are theirs.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Kind};
use crate::model::Site;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for id in site.of_kind(Kind::Partnership) {
        let record = site.record(id);
        let Data::Partnership(partnership) = &record.data else {
            continue;
        };
        let entries: Vec<_> = partnership
            .parties
            .iter()
            .map(|entry| &entry.0.party)
            .collect();
        if entries.len() < 2 {
            problems.push(Diagnostic::new(Code::TooFewParties, record.span()));
        }
        for (index, entry) in entries.iter().enumerate() {
            if let Some(first) = entries[..index].iter().find(|other| other.id == entry.id) {
                problems.push(
                    Diagnostic::new(Code::SelfPartnership, entry.span)
                        .with("id", &entry.id)
                        .related(first.span, "labels.first_here"),
                );
            }
        }
        let by = partnership.steps.iter().filter_map(|step| step.by.as_ref());
        for by in by {
            if !entries.iter().any(|entry| entry.id == by.id) {
                let known = entries.iter().map(|entry| entry.id.as_str());
                problems.push(
                    Diagnostic::new(Code::NotAParty, by.span)
                        .with("id", &by.id)
                        .nearest(&by.id, known),
                );
            }
        }
    }
}
