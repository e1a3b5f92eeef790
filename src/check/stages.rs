//! A stage follows from steps, or is set by hand with a reason.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Record};

pub(super) fn check(record: &Record, problems: &mut Problems) {
    let Data::Partnership(partnership) = &record.data else {
        return;
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
