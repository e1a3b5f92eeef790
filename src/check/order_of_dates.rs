//! Nothing ends before it begins.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Data;
use crate::lang::PartialDate;
use crate::model::Site;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for id in site.all() {
        let record = site.record(id);
        let mut periods: Vec<(Option<PartialDate>, Option<PartialDate>)> = Vec::new();
        match &record.data {
            Data::Event(event) => {
                periods.push((Some(event.start.date), event.end.map(|end| end.date)));
            }
            Data::Project(project) => periods.push((project.start, project.end)),
            Data::Organisation(organisation) => {
                periods.push((organisation.founded, organisation.ended));
            }
            Data::Partnership(partnership) => {
                periods.extend(
                    partnership
                        .parties
                        .iter()
                        .map(|entry| (entry.0.joined, entry.0.left)),
                );
                periods.extend(
                    partnership
                        .steps
                        .iter()
                        .map(|step| (step.date, step.valid_until)),
                );
            }
            _ => {}
        }
        if let Some(profile) = record.data.profile() {
            periods.extend(
                profile
                    .member_of
                    .iter()
                    .map(|entry| (entry.0.since, entry.0.until)),
            );
        }
        for (start, end) in periods {
            if let (Some(start), Some(end)) = (start, end)
                && end.latest() < start.earliest()
            {
                problems.push(Diagnostic::new(Code::EndBeforeStart, record.span()));
            }
        }
    }
}
