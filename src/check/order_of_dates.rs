//! Nothing ends before it begins.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Record};
use crate::lang::PartialDate;
use crate::source::Spanned;

pub(super) fn check(record: &Record, problems: &mut Problems) {
    let mut periods: Vec<(Option<PartialDate>, Option<Spanned<PartialDate>>)> = Vec::new();
    match &record.data {
        Data::Event(event) => {
            let end = event.end.map(|end| Spanned::new(end.value.date, end.span));
            periods.push((Some(event.start.date), end));
        }
        Data::Project(project) => periods.push((project.start, project.end)),
        Data::Organisation(organisation) => {
            periods.push((organisation.founded, organisation.ended));
        }
        Data::Partnership(partnership) => {
            let parties = partnership.parties.iter().map(|entry| &entry.0);
            periods.extend(parties.map(|entry| (entry.joined, entry.left)));
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
        let memberships = profile.member_of.iter().map(|entry| &entry.0);
        periods.extend(memberships.map(|entry| (entry.since, entry.until)));
    }
    for (start, end) in periods {
        if let (Some(start), Some(end)) = (start, end)
            && end.value.latest() < start.earliest()
        {
            problems.push(Diagnostic::new(Code::EndBeforeStart, end.span));
        }
    }
}
