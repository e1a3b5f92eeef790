//! A stage follows from steps, or is set by hand with a reason.

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
        match &partnership.stage {
            Some(typed) if typed.value.reason.is_none() => {
                problems.push(Diagnostic::new(Code::StageWithoutReason, typed.span));
            }
            None if partnership.steps.is_empty() && !record.flawed => {
                problems.push(Diagnostic::new(Code::NoSteps, record.span()));
            }
            _ => {}
        }
    }
}
