//! A step that presupposes another does not come before it.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Partnership, Record, Step, StepType};

pub(super) fn check(record: &Record, problems: &mut Problems) {
    if let Data::Partnership(partnership) = &record.data {
        check_steps(partnership, problems);
    }
}

/// The steps of which at least one comes before a step of this type.
fn presupposed(step: StepType) -> &'static [StepType] {
    match step {
        StepType::Annex
        | StepType::Renewal
        | StepType::Suspension
        | StepType::Notice
        | StepType::Termination
        | StepType::Expiry => &[StepType::Signing],
        StepType::Resumption => &[StepType::Suspension],
        _ => &[],
    }
}

fn check_steps(partnership: &Partnership, problems: &mut Problems) {
    for step in &partnership.steps {
        let Some(date) = step
            .date
            .filter(|_| !presupposed(step.step_type.value).is_empty())
        else {
            continue;
        };
        let before = presupposed(step.step_type.value);
        let of_those = |other: &&Step| before.contains(&other.step_type.value);
        let mut earlier = partnership.steps.iter().filter(of_those);
        let Some(first) = earlier.clone().next() else {
            // A history may begin in the middle: the signing may just not be known.
            continue;
        };
        // An undated one may have come before; so may one of the same year.
        let later = |other: &Step| {
            other
                .date
                .is_some_and(|other| other.earliest() > date.latest())
        };
        if earlier.all(later) {
            problems.push(
                Diagnostic::new(Code::StepOrder, step.step_type.span)
                    .with("step", step.step_type.value.as_str())
                    .with("after", first.step_type.value.as_str())
                    .related(first.step_type.span, "labels.follows_this"),
            );
        }
    }
}
