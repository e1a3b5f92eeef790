//! Dates, written as TOML dates, as text (`"2014-06"`) or as a year.

use super::Problems;
use super::field::{Field, Shape, wrong_type};
use super::item::Item;
use super::mistyped::{Mistyped, date_in_toml, mistyped_date};
use super::number::integer;
use super::plain::Plain;
use crate::diag::{Code, Diagnostic};
use crate::lang::{Moment, PartialDate};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use toml::de::DeValue;
use toml::value::{Datetime, Offset};

impl Field for PartialDate {
    fn shape() -> Shape {
        Shape::Date
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        Some(Moment::read(item, problems)?.date)
    }

    fn plain(&self) -> Plain<'_> {
        self.to_string().into()
    }
}

/// A day, where law or arithmetic needs one: a month is not enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Day(pub Date);

impl Field for Day {
    fn shape() -> Shape {
        Shape::Day
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let date = PartialDate::read(item, problems)?;
        if date.day.is_none() {
            problems.push(
                Diagnostic::new(Code::Date, item.span())
                    .with("value", date)
                    .hinting("day"),
            );
            return None;
        }
        Some(Day(date.earliest()))
    }

    fn plain(&self) -> Plain<'_> {
        self.0.to_string().into()
    }
}

impl Field for Moment {
    fn shape() -> Shape {
        Shape::Moment
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let plain = |date| Moment {
            date,
            time: None,
            offset: None,
        };
        let (found, written) = match item.value {
            DeValue::Datetime(value) => (moment(value), value.to_string()),
            DeValue::String(text) => (PartialDate::parse(text).map(plain), text.to_string()),
            DeValue::Integer(_) => {
                let year = integer(item, problems)?;
                let plausible = (1000..=2999).contains(&year);
                let date = PartialDate::from_year(year).filter(|_| plausible);
                (date.map(plain), year.to_string())
            }
            _ => {
                wrong_type(item, "types.date", None, problems);
                return None;
            }
        };
        if found.is_none() {
            problems.push(not_a_date(item, &written));
        }
        found
    }

    fn plain(&self) -> Plain<'_> {
        self.to_string().into()
    }
}

/// What is wrong with a date, and the date it must have been.
fn not_a_date(item: &Item<'_>, written: &str) -> Diagnostic {
    let problem = |code| Diagnostic::new(code, item.span()).with("value", written);
    let compact = match written.len() {
        8 if written.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{}-{}-{}", &written[..4], &written[4..6], &written[6..])
        }
        _ => written.to_owned(),
    };
    match mistyped_date(&compact) {
        Mistyped::Date(date) => {
            let right = date_in_toml(date);
            problem(Code::Date)
                .with("right", &right)
                .hinting("write")
                .fixed_by(item.span(), right)
        }
        Mistyped::WithoutYear => problem(Code::DateWithoutYear),
        Mistyped::Nothing => problem(Code::Date),
    }
}

fn moment(value: &Datetime) -> Option<Moment> {
    let date = value.date?;
    let date = Date::new(date.year as i16, date.month as i8, date.day as i8).ok()?;
    Some(Moment {
        date: PartialDate::day(date),
        time: value.time.map(|time| (time.hour, time.minute)),
        offset: value.offset.map(|offset| match offset {
            Offset::Z => 0,
            Offset::Custom { minutes } => minutes,
        }),
    })
}
