//! Whether what a record claims still holds on the day the site shows.

use super::{RecordId, Site};
use crate::kinds::{Data, Kind, SeekerState, StageValue};
use crate::lang::PartialDate;
use crate::source::Spanned;
use jiff::ToSpan;

/// How old a confirmation may be when the site does not say, in months.
const MONTHS: u32 = 24;

impl Site {
    /// For how many months a confirmation holds.
    pub fn confirmed_within(&self) -> u32 {
        let checks = self.config.checks.as_ref();
        checks
            .and_then(|checks| checks.confirmed_within)
            .unwrap_or(MONTHS)
    }

    /// The partnerships that nobody has confirmed lately, each with the last
    /// confirmation there is; those that are over need none.
    pub fn unconfirmed(&self) -> Vec<(RecordId, Option<Spanned<PartialDate>>)> {
        let partnerships = self.of_kind(Kind::Partnership);
        let lapsed = partnerships.filter_map(|id| Some((id, self.lapsed(id)?)));
        lapsed.collect()
    }

    /// The last confirmation there is, if any, of a partnership that nobody has confirmed
    /// lately; `None` where it needs none.
    pub fn lapsed(&self, partnership: RecordId) -> Option<Option<Spanned<PartialDate>>> {
        let months = i64::from(self.confirmed_within()).months();
        let oldest = self.as_of.checked_sub(months).ok()?;
        let record = self.record(partnership);
        let Data::Partnership(data) = &record.data else {
            return None;
        };
        let over = matches!(
            self.relation(partnership).stage.value,
            StageValue::Ended | StageValue::Unknown
        );
        let confirmed = data.confirmed.as_ref();
        let confirmed =
            confirmed.map(|confirmed| Spanned::new(confirmed.value.date, confirmed.span));
        let recent = confirmed.is_some_and(|confirmed| confirmed.value.latest() >= oldest);
        (!over && !recent && !record.flawed).then_some(confirmed)
    }

    /// The calls for partners that are said to be open and have run out, each with its last day.
    pub fn expired(&self) -> Vec<(RecordId, Spanned<PartialDate>)> {
        let run_out = |id: RecordId| {
            let Data::Seeker(seeker) = &self.record(id).data else {
                return None;
            };
            let open = matches!(
                seeker.state,
                None | Some(SeekerState::Open | SeekerState::Talks)
            );
            (open && seeker.until.value.latest() < self.as_of).then_some((id, seeker.until))
        };
        self.of_kind(Kind::Seeker).filter_map(run_out).collect()
    }
}
