//! One language of a site: its words and its rules.

use super::cldr;
use super::date::PartialDate;
use super::message::{Argument, Message};
use super::strings::Strings;
use super::tag::Lang;
use super::time::Clock;
use icu_calendar::{Date, Gregorian};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_datetime::FixedCalendarDateTimeFormatter as DateFormatter;
use icu_datetime::fieldsets::{MD, Y, YM, YMD};
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use icu_locale_core::Locale;
use icu_plurals::{PluralRules, PluralRulesOptions};

/// Which way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// A language with its strings and the rules CLDR has for it.
pub struct Language {
    pub tag: Lang,
    pub strings: Strings,
    pub direction: Direction,
    collator: CollatorBorrowed<'static>,
    plurals: PluralRules,
    decimal: DecimalFormatter,
    list: ListFormatter,
    full: DateFormatter<Gregorian, YMD>,
    month: DateFormatter<Gregorian, YM>,
    year: DateFormatter<Gregorian, Y>,
    day_of_year: DateFormatter<Gregorian, MD>,
    pub(super) clock: Clock,
}

impl Language {
    /// The language `tag` with its words. `language.locale` in the strings
    /// picks a regional variant for dates and numbers (`en-GB`).
    pub fn new(tag: Lang, strings: Strings) -> Language {
        let plain = |key: &str| match strings.get(key) {
            Some(Message::Plain(pattern)) => Some(pattern.fill(&[])),
            _ => None,
        };
        let locale: Locale = plain("language.locale")
            .and_then(|locale| locale.parse().ok())
            .or_else(|| tag.as_str().parse().ok())
            .unwrap_or(Locale::UNKNOWN);
        let direction = match plain("language.direction").as_deref() {
            Some("rtl") => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        };
        // CLDR's root stands in for every language, so none of these can fail.
        const ROOT: &str = "compiled data falls back to the root locale";
        Language {
            tag,
            direction,
            collator: Collator::try_new((&locale).into(), CollatorOptions::default()).expect(ROOT),
            plurals: PluralRules::try_new((&locale).into(), PluralRulesOptions::default())
                .expect(ROOT),
            decimal: DecimalFormatter::try_new((&locale).into(), Default::default()).expect(ROOT),
            list: ListFormatter::try_new_and(
                (&locale).into(),
                ListFormatterOptions::default().with_length(ListLength::Wide),
            )
            .expect(ROOT),
            full: DateFormatter::try_new((&locale).into(), YMD::long()).expect(ROOT),
            month: DateFormatter::try_new((&locale).into(), YM::long()).expect(ROOT),
            year: DateFormatter::try_new((&locale).into(), Y::long()).expect(ROOT),
            day_of_year: DateFormatter::try_new((&locale).into(), MD::long()).expect(ROOT),
            clock: Clock::new(&locale),
            strings,
        }
    }

    /// The text of `key`; empty when the strings have none, which `theme` reports.
    pub fn text(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// The text of `key` with its placeholders filled.
    pub fn say(&self, key: &str, args: &[Argument<'_>]) -> String {
        match self.strings.get(key) {
            Some(message) => message.form(0, &self.plurals).fill(args),
            None => String::new(),
        }
    }

    /// The text of `key` for `n` things; the number itself fills `{n}`.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.count_with(key, n, &[])
    }

    /// The text of `key` for `n` things, with further placeholders.
    pub fn count_with(&self, key: &str, n: usize, args: &[Argument<'_>]) -> String {
        let number = self.number(n as i64);
        let mut all = vec![("n", number.as_str())];
        all.extend_from_slice(args);
        match self.strings.get(key) {
            Some(message) => message.form(n as i64, &self.plurals).fill(&all),
            None => number,
        }
    }

    /// A whole number, grouped as the language does it.
    pub fn number(&self, n: i64) -> String {
        self.decimal.format(&n.into()).to_string()
    }

    /// `A, B and C`.
    pub fn list(&self, items: &[String]) -> String {
        self.list.format(items.iter()).to_string()
    }

    /// A date as it stands in a sentence or a list, as precise as it is.
    pub fn date(&self, date: PartialDate) -> String {
        let day = gregorian(date.earliest());
        match (date.month, date.day) {
            (_, Some(_)) => self.full.format(&day).to_string(),
            (Some(_), None) => self.month.format(&day).to_string(),
            (None, None) => self.year.format(&day).to_string(),
        }
    }

    /// A range of dates, folded: `14–17 June 2025`, `30 June – 2 July 2025`.
    pub fn date_range(&self, from: PartialDate, to: PartialDate) -> String {
        let (start, end) = (gregorian(from.earliest()), gregorian(to.earliest()));
        if from == to {
            return self.date(from);
        }
        let whole_days = from.day.is_some() && to.day.is_some();
        if whole_days && (from.year, from.month) == (to.year, to.month) {
            return fold_days(&self.full.format(&end).to_string(), from.day, to.day);
        }
        if from.day.is_none() && from.month.is_none() && to.month.is_none() {
            return format!("{:04}–{}", from.year, self.date(to));
        }
        let first = match whole_days && from.year == to.year {
            true => self.day_of_year.format(&start).to_string(),
            false => self.date(from),
        };
        format!("{first} – {}", self.date(to))
    }

    /// Bytes that sort as the language's alphabet does.
    pub fn sort_key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(text.len() * 2);
        let Ok(()) = self.collator.write_sort_key_to(text, &mut key);
        key
    }

    /// The name of a country; its code when CLDR has none.
    pub fn country(&self, code: &str) -> String {
        cldr::territory_name(code, self.tag.primary())
            .unwrap_or(code)
            .to_owned()
    }

    /// The name of another language, as used in this one.
    pub fn language_name(&self, tag: Lang) -> String {
        cldr::language_name(tag.primary(), self.tag.primary())
            .unwrap_or(tag.as_str())
            .to_owned()
    }

    /// The language's name in itself.
    pub fn endonym(&self) -> String {
        match self.text("language.name") {
            name if name.is_empty() => self.language_name(self.tag),
            name => name,
        }
    }
}

fn gregorian(date: jiff::civil::Date) -> Date<Gregorian> {
    Date::try_new_gregorian(date.year().into(), date.month() as u8, date.day() as u8)
        .expect("a date of one Gregorian calendar is one of the other")
}

/// Puts the first day before the last in a formatted date: `17 June` → `14–17 June`,
/// `17. června` → `14.–17. června`.
fn fold_days(formatted: &str, from: Option<i8>, to: Option<i8>) -> String {
    let (Some(from), Some(to)) = (from, to) else {
        return formatted.to_owned();
    };
    let to = to.to_string();
    match formatted.find(&to) {
        Some(at) => {
            let dot = if formatted[at + to.len()..].starts_with('.') {
                "."
            } else {
                ""
            };
            format!("{}{from}{dot}–{}", &formatted[..at], &formatted[at..])
        }
        None => formatted.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str, strings: &str) -> Language {
        Language::new(Lang::parse(tag).unwrap(), Strings::parse(strings).0)
    }

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    #[test]
    fn dates_have_the_case_and_precision_they_need() {
        let cases = [
            ("pl", "2025-12-19", "19 grudnia 2025"),
            ("cs", "2025-12-19", "19. prosince 2025"),
            ("uk", "2025-12-19", "19 грудня 2025\u{202f}р."),
            ("pl", "2019-06", "czerwiec 2019"),
            ("cs", "2014", "2014"),
        ];
        for (tag, iso, shown) in cases {
            assert_eq!(language(tag, "").date(date(iso)), shown);
        }
        let british = language("en", "language.locale = 'en-GB'");
        assert_eq!(british.date(date("2025-12-19")), "19 December 2025");
    }

    #[test]
    fn ranges_fold() {
        let cases = [
            ("pl", "2018-06-14", "2018-06-17", "14–17 czerwca 2018"),
            ("cs", "2018-06-14", "2018-06-17", "14.–17. června 2018"),
            (
                "pl",
                "2018-06-30",
                "2018-07-02",
                "30 czerwca – 2 lipca 2018",
            ),
            (
                "pl",
                "2018-12-30",
                "2019-01-02",
                "30 grudnia 2018 – 2 stycznia 2019",
            ),
            ("pl", "2019", "2021", "2019–2021"),
        ];
        for (tag, from, to, shown) in cases {
            assert_eq!(language(tag, "").date_range(date(from), date(to)), shown);
        }
    }

    #[test]
    fn plurals_follow_cldr() {
        let polish = language(
            "pl",
            "towns = { one = '{n} miasto', few = '{n} miasta', many = '{n} miast', other = '{n} miasta' }",
        );
        let shown = [1, 2, 5, 12, 22, 0].map(|n| polish.count("towns", n));
        assert_eq!(
            shown,
            [
                "1 miasto",
                "2 miasta",
                "5 miast",
                "12 miast",
                "22 miasta",
                "0 miast"
            ]
        );
    }

    #[test]
    fn order_is_the_alphabet_of_the_language() {
        let cases = [
            ("pl", ["Lublin", "Lwówek", "Łódź"]),
            ("pl", ["Cieszyn", "Czeladź", "Ćmielów"]),
            ("cs", ["Hustopeče", "Cheb", "Jihlava"]),
            ("uk", ["Городок", "Ґданськ", "Дніпро"]),
        ];
        for (tag, sorted) in cases {
            let language = language(tag, "");
            let mut names = sorted;
            names.reverse();
            names.sort_by_key(|name| language.sort_key(name));
            assert_eq!(names, sorted);
        }
    }
}
