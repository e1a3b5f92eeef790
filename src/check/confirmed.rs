//! Somebody has confirmed lately that a partnership is alive.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Kind, Record};
use crate::model::Site;

pub(super) fn check(site: &Site) -> impl Fn(&Record, &mut Problems) {
    let months = site.confirmed_within();
    // Where a partnership stands follows from its own steps.
    move |record, problems| {
        if record.kind() == Kind::Partnership
            && let Some(id) = site.get(record.kind(), &record.id)
            && let Some(confirmed) = site.lapsed(id)
        {
            let span = confirmed.map_or(record.span(), |confirmed| confirmed.span);
            problems.push(Diagnostic::new(Code::Unconfirmed, span).with("months", months));
        }
    }
}
