//! Fields that a kind needs although all kinds may have them.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Data;
use crate::model::Site;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for id in site.all() {
        let record = site.record(id);
        let missing = match &record.data {
            Data::Seeker(seeker) => seeker.common.contact.is_none().then_some("contact"),
            Data::Institution(institution) => {
                institution.profile.part_of.is_none().then_some("part_of")
            }
            Data::Project(project) => (project.partnerships.is_empty()
                && project.parties.is_empty())
            .then_some("partnerships"),
            _ => None,
        };
        if let Some(field) = missing {
            problems.push(Diagnostic::new(Code::MissingField, record.span()).with("field", field));
        }
    }
}
