//! Dates in words, as precise as they are known.

use super::date::PartialDate;
use crate::memo::Memo;
use icu_calendar::{Date, Gregorian};
use icu_datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu_datetime::fieldsets::{Y, YM, YMD};
use icu_datetime::parts::{DAY, MONTH, YEAR};
use icu_locale_core::Locale;
use std::convert::Infallible;
use std::fmt;
use writeable::{Part, PartsWrite, Writeable};

/// How ranges of dates are folded in each language (CLDR interval formats),
/// written by `scripts/cldr-patterns.mjs`.
const RANGES: &str = include_str!("cldr/ranges.tsv");

/// For languages that CLDR has no ranges for.
const UNFOLDED: RangePatterns = RangePatterns {
    within_month: None,
    within_year: None,
    across_years: None,
    months_of_year: None,
    months_of_years: None,
};

/// How a language writes dates (CLDR, long form).
pub(super) struct Dates {
    day: Formatter<Gregorian, YMD>,
    month: Formatter<Gregorian, YM>,
    year: Formatter<Gregorian, Y>,
    ranges: RangePatterns,
    /// Dates that have been written, which come again.
    written: Memo<(Form, PartialDate), String>,
}

/// How a date is written.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Form {
    Alone,
    Governed,
    Year,
}

/// Patterns of UTS 35 in which `d`, `M` and `y` stand for the day, the month in
/// letters and the year: of the first date until one comes again, then of the second.
#[derive(Clone, Copy)]
struct RangePatterns {
    within_month: Option<&'static str>,
    within_year: Option<&'static str>,
    across_years: Option<&'static str>,
    months_of_year: Option<&'static str>,
    months_of_years: Option<&'static str>,
}

/// The parts of a date in words.
#[derive(Default)]
struct Pieces {
    day: String,
    month: String,
    year: String,
}

impl Dates {
    pub(super) fn new(locale: &Locale) -> Dates {
        const ROOT: &str = "compiled data falls back to the root locale";
        let ranges = match super::cldr::row(RANGES, locale).as_deref() {
            Some(
                [
                    within_month,
                    within_year,
                    across_years,
                    months_of_year,
                    months_of_years,
                ],
            ) => RangePatterns {
                within_month: Some(within_month),
                within_year: Some(within_year),
                across_years: Some(across_years),
                months_of_year: Some(months_of_year),
                months_of_years: Some(months_of_years),
            },
            _ => UNFOLDED,
        };
        Dates {
            day: Formatter::try_new(locale.into(), YMD::long()).expect(ROOT),
            month: Formatter::try_new(locale.into(), YM::long()).expect(ROOT),
            year: Formatter::try_new(locale.into(), Y::long()).expect(ROOT),
            ranges,
            written: Memo::default(),
        }
    }

    /// A date that stands by itself: `19 grudnia 2025`, `czerwiec 2019`, `2014`.
    pub(super) fn alone(&self, date: PartialDate) -> String {
        self.once(Form::Alone, date, || self.write_alone(date))
    }

    fn write_alone(&self, date: PartialDate) -> String {
        let first = gregorian(date);
        let mut text = match (date.month, date.day) {
            (_, Some(_)) => Collected::of(&self.day.format(&first)),
            (Some(_), None) => Collected::of(&self.month.format(&first)),
            (None, None) => Collected::of(&self.year.format(&first)),
        };
        text.keep_day_and_month_together();
        text.joined(None)
    }

    /// A date after a word that governs it: `czerwca 2019`, where the month by
    /// itself is `czerwiec`. CLDR's format form, which languages that decline
    /// months have in the genitive.
    pub(super) fn governed(&self, date: PartialDate) -> String {
        match (date.month, date.day) {
            (Some(_), None) => self.once(Form::Governed, date, || {
                let month = self.with_day(date).month;
                Collected::of(&self.month.format(&gregorian(date))).joined(Some(&month))
            }),
            _ => self.alone(date),
        }
    }

    /// What `write` gives for the date, which is run once for it.
    fn once(&self, form: Form, date: PartialDate, write: impl FnOnce() -> String) -> String {
        let key = (form, date);
        let make = || Ok::<_, Infallible>(write());
        let Ok(text) = self.written.with(&key, || key, make, String::clone);
        text
    }

    /// The year by itself, in figures.
    pub(super) fn year(&self, date: PartialDate) -> String {
        let year = PartialDate {
            month: None,
            day: None,
            ..date
        };
        self.once(Form::Year, year, || self.with_day(year).year)
    }

    /// A range, folded: what both ends share is said once.
    pub(super) fn range(&self, from: PartialDate, to: PartialDate) -> String {
        let same_year = from.year == to.year;
        let same_month = same_year && from.month == to.month;
        let pattern = match (from.month, from.day, to.month, to.day) {
            _ if from == to => return self.alone(from),
            (None, None, None, None) => Some("y–y"),
            (Some(_), None, Some(_), None) if same_year => self.ranges.months_of_year,
            (Some(_), None, Some(_), None) => self.ranges.months_of_years,
            (_, Some(_), _, Some(_)) if same_month => self.ranges.within_month,
            (_, Some(_), _, Some(_)) if same_year => self.ranges.within_year,
            (_, Some(_), _, Some(_)) => self.ranges.across_years,
            // One end is known better than the other.
            _ => None,
        };
        match pattern {
            Some(pattern) => fill(pattern, &self.pieces(from), &self.pieces(to)),
            None => format!("{}\u{a0}– {}", self.alone(from), self.alone(to)),
        }
    }

    fn pieces(&self, date: PartialDate) -> Pieces {
        match date.day {
            None if date.month.is_some() => {
                let collected = Collected::of(&self.month.format(&gregorian(date)));
                Pieces {
                    year: self.year(date),
                    month: collected.part(MONTH),
                    day: String::new(),
                }
            }
            _ => self.with_day(date),
        }
    }

    fn with_day(&self, date: PartialDate) -> Pieces {
        let collected = Collected::of(&self.day.format(&gregorian(date)));
        Pieces {
            day: collected.part(DAY),
            month: collected.part(MONTH),
            year: collected.part(YEAR),
        }
    }
}

fn gregorian(date: PartialDate) -> Date<Gregorian> {
    let first = date.earliest();
    Date::try_new_gregorian(first.year().into(), first.month() as u8, first.day() as u8)
        .expect("a date of one Gregorian calendar is one of the other")
}

fn fill(pattern: &str, from: &Pieces, to: &Pieces) -> String {
    let mut out = String::new();
    let mut seen = Vec::new();
    let mut second = false;
    for (index, part) in pattern.split('\'').enumerate() {
        if index % 2 == 1 {
            out.push_str(part);
            continue;
        }
        for letter in part.chars() {
            if !matches!(letter, 'd' | 'M' | 'y') {
                out.push(letter);
                continue;
            }
            second |= seen.contains(&letter);
            seen.push(letter);
            let pieces = if second { to } else { from };
            out.push_str(match letter {
                'd' => &pieces.day,
                'M' => &pieces.month,
                _ => &pieces.year,
            });
        }
    }
    out
}

/// A formatted date in its parts, in their order; `None` for what stands between.
#[derive(Default)]
struct Collected {
    parts: Vec<(Option<Part>, String)>,
    inside: Option<Part>,
}

impl Collected {
    fn of(date: &impl Writeable) -> Collected {
        let mut collected = Collected::default();
        date.write_to_parts(&mut collected)
            .expect("memory takes every text");
        collected
    }

    fn part(&self, wanted: Part) -> String {
        self.parts
            .iter()
            .filter(|(part, _)| *part == Some(wanted))
            .map(|(_, text)| text.as_str())
            .collect()
    }

    /// No line ends between the day and what follows it.
    fn keep_day_and_month_together(&mut self) {
        for at in 1..self.parts.len() {
            if self.parts[at - 1].0 != Some(DAY) {
                continue;
            }
            let (part, between) = &mut self.parts[at];
            if part.is_none() {
                *between = between.replacen(' ', "\u{a0}", 1);
            }
        }
    }

    /// The text, with another month where one is given.
    fn joined(&self, month: Option<&str>) -> String {
        self.parts
            .iter()
            .map(|(part, text)| match month {
                Some(month) if *part == Some(MONTH) => month,
                _ => text.as_str(),
            })
            .collect()
    }
}

impl fmt::Write for Collected {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        match self.parts.last_mut() {
            Some((part, last)) if *part == self.inside => last.push_str(text),
            _ => self.parts.push((self.inside, text.to_owned())),
        }
        Ok(())
    }
}

impl PartsWrite for Collected {
    type SubPartsWrite = Collected;

    fn with_part(
        &mut self,
        part: Part,
        mut write: impl FnMut(&mut Collected) -> fmt::Result,
    ) -> fmt::Result {
        let outer = self.inside;
        // A number has parts of its own inside the day; the date's are those that matter.
        if [DAY, MONTH, YEAR].contains(&part) {
            self.inside = Some(part);
        }
        let written = write(self);
        self.inside = outer;
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(locale: &str) -> Dates {
        Dates::new(&locale.parse().unwrap())
    }

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    #[test]
    fn dates_have_the_case_and_precision_they_need() {
        let cases = [
            ("pl", "2025-12-19", "19\u{a0}grudnia 2025"),
            ("cs", "2025-12-19", "19.\u{a0}prosince 2025"),
            ("uk", "2025-12-19", "19\u{a0}грудня 2025\u{202f}р."),
            ("en-GB", "2025-12-19", "19\u{a0}December 2025"),
            ("de", "2025-12-19", "19.\u{a0}Dezember 2025"),
            ("hu", "2025-12-19", "2025. december 19."),
            ("pl", "2019-06", "czerwiec 2019"),
            ("uk", "2019-06", "червень 2019\u{202f}р."),
            ("cs", "2014", "2014"),
        ];
        for (locale, iso, shown) in cases {
            assert_eq!(dates(locale).alone(date(iso)), shown, "{locale}");
        }
    }

    #[test]
    fn a_month_is_declined_after_a_preposition() {
        let cases = [
            ("pl", "2019-06", "czerwca 2019"),
            ("cs", "2019-06", "června 2019"),
            ("uk", "2019-06", "червня 2019\u{202f}р."),
            ("en-GB", "2019-06", "June 2019"),
            ("pl", "2019", "2019"),
        ];
        for (locale, iso, shown) in cases {
            assert_eq!(dates(locale).governed(date(iso)), shown, "{locale}");
        }
    }

    #[test]
    fn ranges_fold() {
        let cases = [
            ("pl", "2018-06-14", "2018-06-17", "14–17\u{a0}czerwca 2018"),
            ("cs", "2018-06-14", "2018-06-17", "14.–17.\u{a0}června 2018"),
            (
                "uk",
                "2018-06-14",
                "2018-06-17",
                "14–17\u{a0}червня 2018\u{202f}р.",
            ),
            ("en-GB", "2018-06-14", "2018-06-17", "14–17\u{a0}June 2018"),
            ("de", "2018-06-14", "2018-06-17", "14.–17.\u{a0}Juni 2018"),
            ("hu", "2018-06-14", "2018-06-17", "2018. június\u{a0}14–17."),
            (
                "pl",
                "2018-06-30",
                "2018-07-02",
                "30\u{a0}czerwca\u{a0}– 2\u{a0}lipca 2018",
            ),
            (
                "uk",
                "2018-12-30",
                "2019-01-02",
                "30\u{a0}грудня 2018\u{a0}– 2\u{a0}січня 2019\u{202f}рр.",
            ),
            ("pl", "2019-06", "2019-09", "czerwiec–wrzesień 2019"),
            ("cs", "2019-06", "2020-09", "červen 2019\u{a0}– září 2020"),
            ("pl", "2019", "2021", "2019–2021"),
            ("pl", "2019", "2021-05", "2019\u{a0}– maj 2021"),
            ("xx", "2019", "2021", "2019–2021"),
        ];
        for (locale, from, to, shown) in cases {
            assert_eq!(dates(locale).range(date(from), date(to)), shown, "{locale}");
        }
    }
}
