//! A call for partners that is open has not run out.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::model::Site;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for (_, until) in site.expired() {
        problems.push(Diagnostic::new(Code::SeekerExpired, until.span).with("date", until.value));
    }
}
