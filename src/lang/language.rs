//! One language of a site: its words and its rules.

use super::cldr;
use super::date::PartialDate;
use super::dates::Dates;
use super::forms::CaseForms;
use super::message::{Argument, Message};
use super::order::Order;
use super::strings::Strings;
use super::tag::Lang;
use super::time::Clock;
use icu_decimal::DecimalFormatter;
use icu_list::ListFormatter;
use icu_list::options::{ListFormatterOptions, ListLength};
use icu_locale_core::Locale;
use icu_plurals::{PluralRules, PluralRulesOptions};
use std::sync::OnceLock;

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
    pub order: Order,
    dates: Dates,
    plurals: PluralRules,
    decimal: DecimalFormatter,
    list: ListFormatter,
    pub(super) clock: Clock,
    endonym: OnceLock<String>,
    /// The numbers below [`OFTEN`], which come again and again.
    numbers: Box<[OnceLock<String>]>,
}

/// Numbers below this are written once.
const OFTEN: usize = 256;

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
            order: Order::new(
                &locale,
                plain("language.ignored_in_order").unwrap_or_default(),
            ),
            dates: Dates::new(&locale),
            plurals: PluralRules::try_new((&locale).into(), PluralRulesOptions::default())
                .expect(ROOT),
            decimal: DecimalFormatter::try_new((&locale).into(), Default::default()).expect(ROOT),
            list: ListFormatter::try_new_and(
                (&locale).into(),
                ListFormatterOptions::default().with_length(ListLength::Wide),
            )
            .expect(ROOT),
            clock: Clock::new(&locale),
            strings,
            endonym: OnceLock::new(),
            numbers: (0..OFTEN).map(|_| OnceLock::new()).collect(),
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

    /// The text of `key` with its own words turned into another form: escaped,
    /// where the arguments are HTML.
    pub fn say_with(
        &self,
        key: &str,
        turn: impl Fn(&str) -> String,
        args: &[Argument<'_>],
    ) -> String {
        match self.strings.get(key) {
            Some(message) => message.form(0, &self.plurals).fill_with(turn, args),
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

    /// The forms of `key` by plural category, with `{n}` left as it is: for
    /// scripts, which count what this program cannot know.
    pub fn plural_forms(&self, key: &str) -> Vec<(&'static str, String)> {
        self.strings.get(key).map_or_else(Vec::new, |message| {
            let forms = message.plural_forms().into_iter();
            forms
                .map(|(category, pattern)| (category, pattern.fill(&[("n", "{n}")])))
                .collect()
        })
    }

    /// The text of `key` about some names, in the case that it needs: `{name}`,
    /// or all of them as a list in `{names}`. Names of which that form is not
    /// known get the wording that needs none.
    pub fn say_of(&self, key: &str, names: &[CaseForms], args: &[Argument<'_>]) -> String {
        let Some(message) = self.strings.get(key) else {
            return String::new();
        };
        let (case, pattern) = message.form_for(names);
        let forms: Vec<String> = names
            .iter()
            .filter_map(|name| name.get(case))
            .map(str::to_owned)
            .collect();
        let list = self.list(&forms);
        let mut all = vec![("name", list.as_str()), ("names", list.as_str())];
        all.extend_from_slice(args);
        pattern.fill(&all)
    }

    /// The text of `key` about a date: `{date}` as it stands by itself,
    /// `{of_date}` after a word that governs it (`od czerwca 2019`), `{on_date}`
    /// as an answer to "when" (`w czerwcu 2019`). The words between are turned
    /// into another form by `turn`, and so is the date, by `wrap`.
    pub fn say_date(
        &self,
        key: &str,
        date: PartialDate,
        turn: impl Fn(&str) -> String,
        wrap: impl Fn(&str) -> String,
    ) -> String {
        let Some(message) = self.strings.get(key) else {
            return wrap(&self.date(date));
        };
        message.form(0, &self.plurals).fill_by(
            |text, out| out.push_str(&turn(text)),
            |name, out| {
                let text = match name {
                    "date" => self.date(date),
                    "of_date" => self.of_date(date),
                    "on_date" => self.on_date(date),
                    _ => return,
                };
                out.push_str(&wrap(&text));
            },
        )
    }

    /// A date after a word that governs it: `(od) czerwca 2019`, `(od) roku 2014`.
    pub fn of_date(&self, date: PartialDate) -> String {
        match date.month {
            Some(_) => self.dates.governed(date),
            None => self.say("date.of.year", &[("year", &self.dates.year(date))]),
        }
    }

    /// When something was: `on 19 December 2025`, `in December 2025`, `in 2025`.
    pub fn on_date(&self, date: PartialDate) -> String {
        let year = self.dates.year(date);
        match (date.month, date.day) {
            (_, Some(_)) => self.say("date.on.day", &[("date", &self.date(date))]),
            (Some(month), None) => {
                let in_month = self.text(&format!("date.in_month.{month}"));
                self.say("date.on.month", &[("in_month", &in_month), ("year", &year)])
            }
            (None, None) => self.say("date.on.year", &[("year", &year)]),
        }
    }

    /// A whole number, grouped as the language does it.
    pub fn number(&self, n: i64) -> String {
        let format = || self.decimal.format(&n.into()).to_string();
        let known = usize::try_from(n).ok().and_then(|n| self.numbers.get(n));
        known.map_or_else(format, |known| known.get_or_init(format).clone())
    }

    /// `A, B and C`.
    pub fn list(&self, items: &[String]) -> String {
        self.list.format(items.iter()).to_string()
    }

    /// A date that stands by itself, as precise as it is: `19 grudnia 2025`,
    /// `czerwiec 2019`, `2014`.
    pub fn date(&self, date: PartialDate) -> String {
        self.dates.alone(date)
    }

    /// A range of dates, folded: `14–17 June 2025`, `30 June – 2 July 2025`.
    pub fn date_range(&self, from: PartialDate, to: PartialDate) -> String {
        self.dates.range(from, to)
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
    pub fn endonym(&self) -> &str {
        self.endonym
            .get_or_init(|| match self.text("language.name") {
                name if name.is_empty() => self.language_name(self.tag),
                name => name,
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(tag: &str, strings: &str) -> Language {
        Language::new(Lang::parse(tag).unwrap(), Strings::parse(strings).0)
    }

    #[test]
    fn plurals_follow_cldr() {
        let polish = language(
            "pl",
            "towns = { one = '{n} miasto', few = '{n} miasta', many = '{n} miast', other = '{n} miasta' }",
        );
        let shown = [1, 2, 5, 12, 22, 0].map(|n| polish.count("towns", n));
        let forms = polish.plural_forms("towns");
        assert!(forms.contains(&("many", "{n} miast".to_owned())));
        assert_eq!(forms.len(), 4);
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
}
