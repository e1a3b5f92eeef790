//! A call for partners that is open has not run out.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Kind, SeekerState};
use crate::model::Site;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for id in site.of_kind(Kind::Seeker) {
        let Data::Seeker(seeker) = &site.record(id).data else {
            continue;
        };
        let open = matches!(
            seeker.state,
            None | Some(SeekerState::Open | SeekerState::Talks)
        );
        if open && seeker.until.value.latest() < site.as_of {
            problems.push(
                Diagnostic::new(Code::SeekerExpired, seeker.until.span)
                    .with("date", seeker.until.value),
            );
        }
    }
}
