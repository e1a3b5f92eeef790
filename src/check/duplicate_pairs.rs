//! The same parties have one partnership of a kind, written once.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Kind, PartnershipKind};
use crate::model::{RecordId, Site};
use std::collections::HashMap;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    let mut first: HashMap<(Vec<RecordId>, PartnershipKind), RecordId> = HashMap::new();
    for id in site.of_kind(Kind::Partnership) {
        let relation = site.relation(id);
        let mut parties: Vec<RecordId> =
            relation.parties.iter().map(|party| party.record).collect();
        parties.sort_unstable();
        if parties.len() < 2 {
            continue;
        }
        match first.get(&(parties.clone(), relation.kind)) {
            Some(other) => problems.push(
                Diagnostic::new(Code::PartnershipTwice, site.record(id).span())
                    .with("other", &site.record(*other).id)
                    .related(site.record(*other).span(), "labels.first_here"),
            ),
            None => {
                first.insert((parties, relation.kind), id);
            }
        }
    }
}
