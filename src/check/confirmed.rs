//! Somebody has confirmed lately that a partnership is alive.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Data, Kind, StageValue};
use crate::model::Site;
use jiff::ToSpan;

/// How old a confirmation may be when the site does not say, in months.
const MONTHS: u32 = 24;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    let checks = site.config.checks.as_ref();
    let months = checks
        .and_then(|checks| checks.confirmed_within)
        .unwrap_or(MONTHS);
    let Ok(oldest) = site.as_of.checked_sub(i64::from(months).months()) else {
        return;
    };
    for id in site.of_kind(Kind::Partnership) {
        let record = site.record(id);
        let Data::Partnership(partnership) = &record.data else {
            continue;
        };
        let over = matches!(
            site.relation(id).stage.value,
            StageValue::Ended | StageValue::Unknown
        );
        let confirmed = partnership.confirmed.as_ref();
        let recent = confirmed.is_some_and(|confirmed| confirmed.value.date.latest() >= oldest);
        if over || recent || record.flawed {
            continue;
        }
        let span = confirmed.map_or(record.span(), |confirmed| confirmed.span);
        problems.push(Diagnostic::new(Code::Unconfirmed, span).with("months", months));
    }
}
