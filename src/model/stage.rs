//! Where a partnership stands, derived from its dated steps.
//!
//! The stage is never typed. Steps up to the as-of date are read in the order
//! of the history; a later step supersedes an earlier one, but a weaker one
//! (a visit) says nothing against a stronger one (a signing) of the same
//! cycle. An ended partnership begins anew with a declaration or more.

use super::history;
use crate::content::Text;
use crate::kinds::{Partnership, StageValue, Step, StepType};
use crate::lang::PartialDate;
use crate::source::Spanned;
use jiff::civil::Date;

/// The stage of a partnership as of a date.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    pub value: StageValue,
    /// Since when it stands there; `None` when the step has no date.
    pub since: Option<PartialDate>,
    /// When it ends or ended: `valid_until`, or the day a notice takes effect.
    pub until: Option<PartialDate>,
    /// Parties (by their place in `parties`) whose council has agreed, while not all have signed.
    pub approved: Vec<usize>,
    /// Parties still waited for.
    pub waiting: Vec<usize>,
    /// The party that ended or suspended it alone.
    pub by: Option<usize>,
    /// It ran out, rather than being terminated.
    pub expired: bool,
    /// Set by hand, and why.
    pub overridden: Option<Text>,
}

/// The stage of a partnership, and since when the parties are bound: the first
/// signing of the last cycle.
pub(super) fn derive(partnership: &Partnership, as_of: Date) -> (Stage, Option<PartialDate>) {
    let mut fold = Fold::new(partnership, as_of);
    for index in history::order(&partnership.steps) {
        let step = &partnership.steps[index];
        if step.date.is_none_or(|date| date.earliest() <= as_of) {
            fold.step(step);
        }
    }
    fold.finish()
}

struct Fold<'a> {
    partnership: &'a Partnership,
    as_of: Date,
    /// Parties that have not left.
    present: Vec<usize>,
    value: StageValue,
    since: Option<PartialDate>,
    valid_until: Option<PartialDate>,
    effective: Option<PartialDate>,
    approved: Vec<usize>,
    signed: Vec<usize>,
    by: Option<usize>,
    expired: bool,
    bound_since: Option<PartialDate>,
    bound: bool,
}

impl<'a> Fold<'a> {
    fn new(partnership: &'a Partnership, as_of: Date) -> Self {
        let present = partnership
            .parties
            .iter()
            .enumerate()
            .filter(|(_, entry)| entry.0.left.is_none_or(|left| left.value.latest() > as_of))
            .map(|(index, _)| index)
            .collect();
        Fold {
            partnership,
            as_of,
            present,
            value: StageValue::Unknown,
            since: None,
            valid_until: None,
            effective: None,
            approved: Vec::new(),
            signed: Vec::new(),
            by: None,
            expired: false,
            bound_since: None,
            bound: false,
        }
    }

    fn step(&mut self, step: &Step) {
        self.run_out_before(step);
        let by = self.party(step);
        match step.step_type.value {
            StepType::Contact | StepType::Talks | StepType::Visit => {
                if self.value == StageValue::Unknown {
                    self.enter(StageValue::Talks, step);
                }
            }
            StepType::Declaration
            | StepType::Letter
            | StepType::Protocol
            | StepType::Memorandum => {
                self.begin_anew();
                if matches!(self.value, StageValue::Unknown | StageValue::Talks) {
                    self.enter(StageValue::Intent, step);
                }
            }
            StepType::Resolution | StepType::Approval | StepType::Registration => {
                self.begin_anew();
                add(&mut self.approved, by, &self.present);
                if self.is_before_signing() {
                    self.enter(StageValue::Approved, step);
                }
            }
            StepType::Signing | StepType::Renewal => self.sign(step, by),
            StepType::Annex => {
                if step.valid_until.is_some() {
                    self.valid_until = step.valid_until.map(Spanned::into_value);
                }
            }
            StepType::Suspension => {
                self.by = by;
                self.enter(StageValue::Suspended, step);
            }
            StepType::Resumption => {
                if self.value == StageValue::Suspended {
                    self.by = None;
                    self.enter(StageValue::Active, step);
                }
            }
            StepType::Notice => self.end(
                step,
                by,
                step.effective.or(step.valid_until.map(Spanned::into_value)),
                false,
            ),
            StepType::Termination => self.end(step, by, step.effective.or(step.date), true),
            StepType::Expiry => {
                self.end(
                    step,
                    by,
                    step.effective
                        .or(step.valid_until.map(Spanned::into_value))
                        .or(step.date),
                    true,
                );
                self.expired = true;
            }
        }
    }

    fn enter(&mut self, value: StageValue, step: &Step) {
        self.value = value;
        self.since = step.date;
    }

    fn is_before_signing(&self) -> bool {
        use StageValue::{Approved, Intent, Talks, Unknown};
        matches!(self.value, Unknown | Talks | Intent | Approved)
    }

    /// A step taken after the end opens a new cycle.
    fn begin_anew(&mut self) {
        if self.value == StageValue::Ended {
            *self = Fold {
                ..Fold::new(self.partnership, self.as_of)
            };
        }
    }

    /// Ends what had run out, or what a notice had ended, by the time of a later step.
    fn run_out_before(&mut self, step: &Step) {
        if let Some(date) = step.date {
            self.run_out(date.earliest());
        }
    }

    fn run_out(&mut self, day: Date) {
        let passed = |date: Option<PartialDate>| date.filter(|date| date.latest() < day);
        let in_force = matches!(
            self.value,
            StageValue::Active | StageValue::Suspended | StageValue::Ending
        );
        if !in_force {
            return;
        }
        // The day a notice takes effect is the first day without the partnership.
        let reached = |date: &PartialDate| date.earliest() <= day;
        if let (StageValue::Ending, Some(end)) = (self.value, self.effective.filter(reached)) {
            self.value = StageValue::Ended;
            self.since = Some(end);
        } else if let Some(end) = passed(self.valid_until) {
            self.value = StageValue::Ended;
            self.since = Some(end);
            self.expired = true;
        }
    }

    fn sign(&mut self, step: &Step, by: Option<usize>) {
        self.begin_anew();
        add(&mut self.signed, by, &self.present);
        let renewal = step.step_type.value == StepType::Renewal;
        let all = renewal || self.present.iter().all(|party| self.signed.contains(party));
        self.valid_until = step.valid_until.map(Spanned::into_value);
        if !all {
            if self.is_before_signing() {
                self.enter(StageValue::Approved, step);
            }
            return;
        }
        if !self.bound {
            self.bound = true;
            self.bound_since = step.date;
        }
        self.by = None;
        self.effective = None;
        self.enter(StageValue::Active, step);
    }

    fn end(
        &mut self,
        step: &Step,
        by: Option<usize>,
        effective: Option<PartialDate>,
        at_once: bool,
    ) {
        self.by = by;
        self.effective = effective;
        let due = effective.is_some_and(|date| date.earliest() <= self.as_of);
        let value = match due || (at_once && effective.is_none()) {
            true => StageValue::Ended,
            false => StageValue::Ending,
        };
        self.enter(value, step);
        if value == StageValue::Ended && effective.is_some() {
            self.since = effective;
        }
    }

    fn party(&self, step: &Step) -> Option<usize> {
        let by = step.by.as_ref()?;
        self.partnership
            .parties
            .iter()
            .position(|entry| entry.0.party.id == by.id)
    }

    fn finish(mut self) -> (Stage, Option<PartialDate>) {
        self.run_out(self.as_of);
        if self.present.len() < 2 && !matches!(self.value, StageValue::Unknown | StageValue::Ended)
        {
            self.value = StageValue::Ended;
            self.since = self
                .partnership
                .parties
                .iter()
                .filter_map(|entry| entry.0.left.map(Spanned::into_value))
                .max();
        }
        let signing = self.value == StageValue::Approved;
        let waiting = match signing {
            true if self.approved.len() < self.present.len() && self.signed.is_empty() => {
                without(&self.present, &self.approved)
            }
            true => without(&self.present, &self.signed),
            false => Vec::new(),
        };
        let ended = self.value == StageValue::Ended;
        let mut stage = Stage {
            value: self.value,
            // In force since the parties are bound, whatever was renewed or resumed since.
            since: match self.value {
                StageValue::Active => self.bound_since,
                _ => self.since,
            },
            until: match self.value {
                StageValue::Active | StageValue::Suspended => self.valid_until,
                StageValue::Ending => self.effective,
                _ => None,
            },
            approved: if signing { self.approved } else { Vec::new() },
            waiting,
            by: self.by.filter(|_| {
                ended || matches!(self.value, StageValue::Suspended | StageValue::Ending)
            }),
            expired: ended && self.expired,
            overridden: None,
        };
        if let Some(Spanned { value: typed, .. }) = &self.partnership.stage {
            stage = Stage {
                value: typed.value,
                since: None,
                until: None,
                approved: Vec::new(),
                waiting: Vec::new(),
                by: None,
                expired: false,
                overridden: typed.reason.clone(),
            };
        }
        (stage, self.bound_since)
    }
}

/// Adds one party, or all of them.
fn add(set: &mut Vec<usize>, by: Option<usize>, all: &[usize]) {
    let new: &[usize] = match &by {
        Some(party) => std::slice::from_ref(party),
        None => all,
    };
    for party in new {
        if !set.contains(party) {
            set.push(*party);
        }
    }
    set.sort_unstable();
}

fn without(all: &[usize], some: &[usize]) -> Vec<usize> {
    all.iter()
        .copied()
        .filter(|party| !some.contains(party))
        .collect()
}
