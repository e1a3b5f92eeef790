//! Somebody has confirmed lately that a partnership is alive.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::model::Site;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    let months = site.confirmed_within();
    for (id, confirmed) in site.unconfirmed() {
        let span = confirmed.map_or(site.record(id).span(), |confirmed| confirmed.span);
        problems.push(Diagnostic::new(Code::Unconfirmed, span).with("months", months));
    }
}
