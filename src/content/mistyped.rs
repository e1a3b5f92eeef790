//! Values as people type them, and as TOML wants them: dates with the day
//! first, decimal commas, quotes of a text editor.

use super::field::quoted;
use crate::lang::PartialDate;

/// What a text that was to be a date turns out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mistyped {
    /// It can mean one date only.
    Date(PartialDate),
    /// A day and a month.
    WithoutYear,
    /// Nothing that could be read.
    Nothing,
}

/// Reads a date as it is written in letters and tables: `19.12.2025`,
/// `19. 12. 2025 r.`, `2025/12/19`, `12.2025`.
pub(super) fn mistyped_date(text: &str) -> Mistyped {
    let text = text.trim();
    let text = text.strip_suffix("r.").unwrap_or(text).trim();
    let parts: Vec<&str> = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let numbers: Vec<i64> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let lettered = text.chars().any(char::is_alphabetic);
    let is_year = |part: &&&str| part.len() == 4;
    if numbers.len() != parts.len() || parts.is_empty() || text.len() > 40 {
        return Mistyped::Nothing;
    }
    if !parts.iter().any(|part| is_year(&part)) {
        let small = numbers.iter().all(|number| (1..=31).contains(number));
        // `14.06`, `14 czerwca`, `12–15.06`
        let as_date = match parts.len() {
            1 => lettered,
            2 => true,
            3 => lettered || text.contains('–'),
            _ => false,
        };
        return match small && as_date {
            true => Mistyped::WithoutYear,
            false => Mistyped::Nothing,
        };
    }
    if lettered {
        return Mistyped::Nothing;
    }
    let year_first = is_year(&parts.first().expect("there are parts"));
    let (year, month, day) = match (numbers.as_slice(), year_first) {
        ([year, month], true) | ([month, year], false) => (*year, *month, None),
        ([year, month, day], true) => (*year, *month, Some(*day)),
        // With strokes the month may stand first; then only one reading must be possible.
        ([first, second, year], false) if text.contains('/') => match (*first > 12, *second > 12) {
            (false, true) => (*year, *first, Some(*second)),
            (true, false) => (*year, *second, Some(*first)),
            _ if first == second => (*year, *first, Some(*second)),
            _ => return Mistyped::Nothing,
        },
        ([day, month, year], false) => (*year, *month, Some(*day)),
        _ => return Mistyped::Nothing,
    };
    let iso = match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    };
    PartialDate::parse(&iso).map_or(Mistyped::Nothing, Mistyped::Date)
}

/// A date as TOML writes it: a day is a date of its own, a month a text, a year a number.
pub(super) fn date_in_toml(date: PartialDate) -> String {
    match (date.month, date.day) {
        (Some(_), None) => quoted(&date.to_string()),
        _ => date.to_string(),
    }
}

/// `true` or `false`, as people say it.
pub(super) fn mistyped_boolean(text: &str) -> Option<bool> {
    const YES: [&str; 8] = ["true", "yes", "y", "1", "tak", "ano", "так", "on"];
    const NO: [&str; 8] = ["false", "no", "n", "0", "nie", "ne", "ні", "off"];
    let text = text.trim().to_lowercase();
    match (YES.contains(&text.as_str()), NO.contains(&text.as_str())) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// A number as people write it, in TOML: `52,23` is `52.23`, `38 000` is `38000`.
pub(super) fn mistyped_number(text: &str) -> Option<String> {
    let close: String = text
        .trim()
        .chars()
        .filter(|letter| !matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\''))
        .collect();
    let number = close.replacen(',', ".", 1);
    let digits = number.trim_start_matches(['-', '+']);
    let whole = digits.split('.').next().unwrap_or_default();
    let sound = digits.split('.').count() <= 2
        && digits.split('.').all(|part| !part.is_empty())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        // A zero in front means that it is a code, not a number.
        && (whole == "0" || !whole.starts_with('0'));
    sound.then_some(number)
}

/// A text without the quotes that a text editor sets; `None` when it has none.
pub(super) fn without_typographic_quotes(text: &str) -> Option<&str> {
    const QUOTES: [char; 9] = ['„', '“', '”', '‟', '«', '»', '‘', '’', '‚'];
    let inner = text
        .strip_prefix(QUOTES)?
        .strip_suffix(['„', '“', '”', '‟', '«', '»', '‘', '’', '‚', '"'])?;
    (!inner.is_empty() && !inner.contains(['"', '\\'])).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_where_only_one_is_meant() {
        let cases = [
            ("19.12.2025", "2025-12-19"),
            ("19. 12. 2025", "2025-12-19"),
            ("9.1.2025 r.", "2025-01-09"),
            ("2025/12/19", "2025-12-19"),
            ("2025.12.19", "2025-12-19"),
            ("2025-1-9", "2025-01-09"),
            ("19-12-2025", "2025-12-19"),
            ("19/12/2025", "2025-12-19"),
            ("12/19/2025", "2025-12-19"),
            ("12.2025", "2025-12"),
            ("2025/12", "2025-12"),
        ];
        for (text, expected) in cases {
            let date = PartialDate::parse(expected).unwrap();
            assert_eq!(mistyped_date(text), Mistyped::Date(date), "{text}");
        }
        for text in [
            "03/04/2025",
            "31.02.2025",
            "soon",
            "",
            "19.13.2025",
            "1.2.3.2025",
        ] {
            assert_eq!(mistyped_date(text), Mistyped::Nothing, "{text}");
        }
        for text in ["14.06", "06-14", "--06-14", "14 czerwca", "12–15.06."] {
            assert_eq!(mistyped_date(text), Mistyped::WithoutYear, "{text}");
        }
    }

    #[test]
    fn numbers_and_quotes() {
        assert_eq!(mistyped_number("52,23").as_deref(), Some("52.23"));
        assert_eq!(mistyped_number("38 000").as_deref(), Some("38000"));
        assert_eq!(mistyped_number("0123"), None);
        assert_eq!(mistyped_number("1,2,3"), None);
        assert_eq!(mistyped_boolean("Tak"), Some(true));
        assert_eq!(without_typographic_quotes("„Żory”"), Some("Żory"));
        assert_eq!(without_typographic_quotes("Żory"), None);
    }
}
