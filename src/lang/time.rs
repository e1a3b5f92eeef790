//! Times of day, with how far their clocks are from UTC.

use super::date::Moment;
use super::language::Language;
use icu_datetime::NoCalendarFormatter;
use icu_datetime::fieldsets::T;
use icu_datetime::input::Time;
use icu_locale_core::Locale;
use std::fmt::Write;

/// Hours and minutes as a language writes them.
pub(super) struct Clock(NoCalendarFormatter<T>);

impl Clock {
    pub(super) fn new(locale: &Locale) -> Clock {
        // CLDR's root stands in for every language.
        let formatter = NoCalendarFormatter::try_new(locale.into(), T::hm());
        Clock(formatter.expect("compiled data falls back to the root locale"))
    }

    fn show(&self, (hour, minute): (u8, u8)) -> String {
        let time = Time::try_new(hour, minute, 0, 0).expect("TOML has only hours of a clock");
        self.0.format(&time).to_string()
    }
}

impl Language {
    /// A moment: the date, the hour where there is one, and its zone where that is known.
    pub fn moment(&self, moment: Moment) -> String {
        self.with_zone(self.moment_alone(moment), moment)
    }

    /// From one moment to another, with all that is known of both and nothing twice.
    pub fn moment_range(&self, from: Moment, to: Moment) -> String {
        let one_zone = from.offset == to.offset;
        match (from.time, to.time) {
            (None, None) => self.date_range(from.date, to.date),
            _ if from == to => self.moment(from),
            (Some(start), Some(end)) if from.date == to.date && one_zone => {
                let text = self.say(
                    "date.with_times",
                    &[
                        ("date", &self.date(from.date)),
                        ("from", &self.clock.show(start)),
                        ("to", &self.clock.show(end)),
                    ],
                );
                self.with_zone(text, to)
            }
            // The day alone says that it is over by then, and no more is known.
            (Some(_), None) if from.date == to.date => self.moment(from),
            (Some(_), Some(_)) if one_zone => {
                let (first, last) = (self.moment_alone(from), self.moment(to));
                format!("{first}\u{a0}– {last}")
            }
            _ => format!("{}\u{a0}– {}", self.moment(from), self.moment(to)),
        }
    }

    fn moment_alone(&self, moment: Moment) -> String {
        let date = self.date(moment.date);
        match moment.time {
            Some(time) => self.say(
                "date.with_time",
                &[("date", &date), ("time", &self.clock.show(time))],
            ),
            None => date,
        }
    }

    fn with_zone(&self, text: String, moment: Moment) -> String {
        match moment.offset.filter(|_| moment.time.is_some()) {
            Some(offset) => self.say(
                "date.with_zone",
                &[("moment", &text), ("zone", &from_utc(offset))],
            ),
            None => text,
        }
    }
}

/// `UTC+2`, `UTC−3:30`, `UTC`: read the same in every language.
fn from_utc(minutes: i16) -> String {
    let mut text = String::from("UTC");
    if minutes != 0 {
        let sign = if minutes < 0 { '\u{2212}' } else { '+' };
        let _ = write!(text, "{sign}{}", minutes.abs() / 60);
    }
    if minutes % 60 != 0 {
        let _ = write!(text, ":{:02}", minutes.abs() % 60);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Lang, PartialDate, Strings};

    /// A language with the words it has in the built-in theme.
    fn language(tag: &str) -> Language {
        let strings = match tag {
            "pl" => include_str!("../../themes/default/strings/pl.toml"),
            "cs" => include_str!("../../themes/default/strings/cs.toml"),
            "uk" => include_str!("../../themes/default/strings/uk.toml"),
            "de" => include_str!("../../themes/default/strings/de.toml"),
            _ => include_str!("../../themes/default/strings/en.toml"),
        };
        Language::new(Lang::parse(tag).unwrap(), Strings::parse(strings).0)
    }

    fn moment(date: &str, time: (u8, u8), offset: Option<i16>) -> Moment {
        Moment {
            date: PartialDate::parse(date).unwrap(),
            time: Some(time),
            offset,
        }
    }

    /// No-break spaces as `_`.
    fn seen(text: String) -> String {
        text.replace('\u{a0}', "_").replace('\u{202f}', "~")
    }

    #[test]
    fn times_are_written_as_the_language_does() {
        let early = moment("2025-12-19", (9, 5), Some(60));
        let cases = [
            ("pl", "19_grudnia 2025, godz._09:05_(UTC+1)"),
            ("cs", "19._prosince 2025, 9:05_(UTC+1)"),
            ("uk", "19_грудня 2025~р., 09:05_(UTC+1)"),
            ("en", "19_December 2025, 09:05_(UTC+1)"),
            ("de", "19._Dezember 2025, 09:05_Uhr_(UTC+1)"),
        ];
        for (tag, shown) in cases {
            assert_eq!(seen(language(tag).moment(early)), shown);
        }
        let afternoon = moment("2025-12-19", (17, 30), None);
        assert_eq!(
            seen(language("en").moment(afternoon)),
            "19_December 2025, 17:30"
        );
    }

    #[test]
    fn what_two_times_share_is_said_once() {
        let polish = language("pl");
        let range = |from, to| seen(polish.moment_range(from, to));
        let start = moment("2018-06-14", (10, 0), Some(120));
        assert_eq!(
            range(start, moment("2018-06-14", (12, 30), Some(120))),
            "14_czerwca 2018, godz._10:00–12:30_(UTC+2)"
        );
        assert_eq!(
            range(start, moment("2018-06-16", (12, 30), Some(120))),
            "14_czerwca 2018, godz._10:00_– 16_czerwca 2018, godz._12:30_(UTC+2)"
        );
        assert_eq!(
            range(start, moment("2018-12-16", (12, 30), Some(60))),
            "14_czerwca 2018, godz._10:00_(UTC+2)_– 16_grudnia 2018, godz._12:30_(UTC+1)"
        );
        assert_eq!(range(start, start), "14_czerwca 2018, godz._10:00_(UTC+2)");
        let day = |date| Moment {
            date: PartialDate::parse(date).unwrap(),
            time: None,
            offset: None,
        };
        assert_eq!(
            range(start, day("2018-06-14")),
            "14_czerwca 2018, godz._10:00_(UTC+2)"
        );
        assert_eq!(
            range(start, day("2018-06-16")),
            "14_czerwca 2018, godz._10:00_(UTC+2)_– 16_czerwca 2018"
        );
        assert_eq!(
            range(day("2018-06-14"), day("2018-06-16")),
            "14–16_czerwca 2018"
        );
    }

    #[test]
    fn zones_are_told_from_utc() {
        let cases = [
            (0, "UTC"),
            (120, "UTC+2"),
            (-210, "UTC−3:30"),
            (345, "UTC+5:45"),
            (-30, "UTC−0:30"),
        ];
        for (minutes, shown) in cases {
            assert_eq!(from_utc(minutes), shown);
        }
    }
}
