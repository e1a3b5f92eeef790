//! The same parties have one partnership of a kind, written once.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Kind, PartnershipKind};
use crate::model::{RecordId, Site};
use crate::source::Span;
use foldhash::fast::FixedState;
use std::collections::HashMap;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    let mut first: HashMap<(Vec<RecordId>, PartnershipKind), RecordId, FixedState> =
        HashMap::default();
    for id in site.of_kind(Kind::Partnership) {
        let relation = site.relation(id);
        let mut parties: Vec<RecordId> =
            relation.parties.iter().map(|party| party.record).collect();
        parties.sort_unstable();
        if parties.len() < 2 {
            continue;
        }
        match *first.entry((parties, relation.kind)).or_insert(id) {
            other if other != id => problems.push(
                Diagnostic::new(Code::PartnershipTwice, parties_span(site, id))
                    .with("other", &site.record(other).id)
                    .related(parties_span(site, other), "labels.first_here"),
            ),
            _ => {}
        }
    }
}

/// Where the parties are named.
fn parties_span(site: &Site, id: RecordId) -> Span {
    let record = site.record(id);
    let first = match &record.data {
        Data::Partnership(partnership) => partnership.parties.first(),
        _ => None,
    };
    first.map_or(record.span(), |entry| entry.0.party.span)
}
