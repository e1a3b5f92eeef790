//! Fields that a kind needs although all kinds may have them.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Record};

pub(super) fn check(record: &Record, problems: &mut Problems) {
    let complete = match &record.data {
        Data::Seeker(seeker) => seeker.common.contact.is_some(),
        Data::Institution(institution) => institution.profile.part_of.is_some(),
        Data::Project(project) => !(project.partnerships.is_empty() && project.parties.is_empty()),
        _ => true,
    };
    if let Some(field) = record.kind().needs().first().filter(|_| !complete) {
        problems.push(Diagnostic::new(Code::MissingField, record.span()).with("field", field));
    }
}
