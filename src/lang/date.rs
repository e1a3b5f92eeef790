//! Dates as precise as they are known.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day, a month or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PartialDate {
    pub year: i16,
    /// 1 to 12; `None` when only the year is known.
    pub month: Option<i8>,
    /// 1 to 31; `None` when only the month or year is known.
    pub day: Option<i8>,
}

impl PartialDate {
    /// A full date.
    pub fn day(date: Date) -> Self {
        PartialDate {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
        }
    }

    /// A year, within the four digits that ISO 8601 has for it.
    pub fn from_year(year: i64) -> Option<Self> {
        (1..=9999).contains(&year).then_some(PartialDate {
            year: year as i16,
            month: None,
            day: None,
        })
    }

    /// Reads `2014`, `2014-06` or `2014-06-30` (ISO 8601); nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, len: usize| -> Option<i8> {
            (part.len() == len && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse().ok())?
        };
        let mut parts = text.split('-');
        let year = parts
            .next()
            .filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))?;
        let mut date = PartialDate::from_year(year.parse().ok()?)?;
        if let Some(month) = parts.next() {
            date.month = Some(digits(month, 2).filter(|month| (1..=12).contains(month))?);
        }
        if let Some(day) = parts.next() {
            date.day = Some(digits(day, 2)?);
            Date::new(date.year, date.month?, date.day?).ok()?;
        }
        parts.next().is_none().then_some(date)
    }

    /// The first day it can mean.
    pub fn earliest(self) -> Date {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
            .expect("a partial date is a part of the calendar")
    }

    /// The last day it can mean.
    pub fn latest(self) -> Date {
        let month = Date::new(self.year, self.month.unwrap_or(12), 1)
            .expect("a partial date is a part of the calendar");
        match self.day {
            Some(_) => self.earliest(),
            None => month.last_of_month(),
        }
    }
}

/// ISO 8601, as far as the date is known: what `<time datetime>` takes.
impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Pages write so many of them that the formatter for numbers would be seen.
        let mut text = *b"0000-00-00";
        let mut put = |at: usize, number: i16| text[at] += (number % 10) as u8;
        for (at, place) in [1000, 100, 10, 1].into_iter().enumerate() {
            put(at, self.year / place);
        }
        let mut end = 4;
        for part in [self.month, self.day].into_iter().flatten() {
            put(end + 1, i16::from(part) / 10);
            put(end + 2, i16::from(part));
            end += 3;
        }
        formatter.write_str(str::from_utf8(&text[..end]).map_err(|_| fmt::Error)?)
    }
}

/// A date, with the hour where an event has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Moment {
    pub date: PartialDate,
    /// Hour and minute, as the clock at the place shows.
    pub time: Option<(u8, u8)>,
    /// Minutes east of UTC, where it was written down.
    pub offset: Option<i16>,
}

/// ISO 8601.
impl fmt::Display for Moment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.date)?;
        if let Some((hour, minute)) = self.time {
            write!(formatter, "T{hour:02}:{minute:02}")?;
        }
        match self.offset {
            Some(0) => formatter.write_str("Z"),
            Some(offset) => write!(
                formatter,
                "{}{:02}:{:02}",
                if offset < 0 { '-' } else { '+' },
                offset.abs() / 60,
                offset.abs() % 60
            ),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_iso_and_nothing_else() {
        for good in ["2014", "2014-06", "2014-06-30", "2024-02-29"] {
            assert_eq!(PartialDate::parse(good).unwrap().to_string(), good);
        }
        for bad in [
            "14",
            "2014-6",
            "2014-13",
            "2023-02-29",
            "2014-06-30-1",
            "19.12.2025",
            "+2014",
        ] {
            assert_eq!(PartialDate::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_partial_date_is_a_range_of_days() {
        let february = PartialDate::parse("2024-02").unwrap();
        assert_eq!(february.earliest().to_string(), "2024-02-01");
        assert_eq!(february.latest().to_string(), "2024-02-29");
        assert_eq!(
            PartialDate::parse("2024").unwrap().latest().to_string(),
            "2024-12-31"
        );
    }
}
