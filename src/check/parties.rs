//! A partnership has two parties or more, each once, and its steps are theirs.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Record};

/// A page of a partnership names each party, and that of each party all others:
/// the work grows with the square.
const MOST_PARTIES: usize = 500;

pub(super) fn check(record: &Record, problems: &mut Problems) {
    let Data::Partnership(partnership) = &record.data else {
        return;
    };
    let entries: Vec<_> = partnership
        .parties
        .iter()
        .map(|entry| &entry.0.party)
        .collect();
    if entries.len() < 2 {
        let span = entries.first().map_or(record.span(), |entry| entry.span);
        problems.push(Diagnostic::new(Code::TooFewParties, span));
    }
    if entries.len() > MOST_PARTIES {
        problems.push(
            Diagnostic::new(Code::TooMany, entries[MOST_PARTIES].span)
                .with("count", entries.len())
                .with("limit", MOST_PARTIES),
        );
        return;
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
