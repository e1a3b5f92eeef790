//! Names of countries and languages, from CLDR (Unicode License v3).
//!
//! The tables are written by `scripts/cldr-names.mjs`.

use super::romanise::romanise;
use icu_locale_core::Locale;
use std::collections::HashMap;
use std::sync::OnceLock;

/// One table: the names of things by code, a column a language.
struct Names {
    columns: Vec<&'static str>,
    rows: HashMap<&'static str, Vec<&'static str>>,
    /// Codes by name; made when a name is first asked for.
    codes: OnceLock<HashMap<String, Option<&'static str>>>,
}

impl Names {
    fn parse(text: &'static str) -> Names {
        let mut lines = text.lines();
        let head = lines.next().unwrap_or_default();
        let mut rows = HashMap::new();
        for line in lines {
            let mut cells = line.split('\t');
            let Some(code) = cells.next() else { continue };
            rows.insert(code, cells.collect());
        }
        Names {
            columns: head.split('\t').skip(1).collect(),
            rows,
            codes: OnceLock::new(),
        }
    }

    /// The name in `language`, else in English.
    fn get(&self, code: &str, language: &str) -> Option<&'static str> {
        let row = self.rows.get(code)?;
        let column = |tag: &str| self.columns.iter().position(|column| *column == tag);
        row.get(column(language).or_else(|| column("en"))?).copied()
    }

    /// The code of what has this name in any language; capitals and marks do not count.
    fn code_of(&self, name: &str) -> Option<&'static str> {
        let codes = self.codes.get_or_init(|| {
            let mut codes = HashMap::new();
            for (code, names) in &self.rows {
                for name in names {
                    let known = codes.entry(folded(name)).or_insert(Some(*code));
                    // A name that two bear in two languages says nothing.
                    *known = known.filter(|known| known == code);
                }
            }
            codes
        });
        codes.get(&folded(name)).copied().flatten()
    }
}

fn folded(name: &str) -> String {
    romanise(name).to_lowercase()
}

/// The cells of a table's row for a locale, without the locale: of just this
/// one (`en-GB`, `sr-Latn`), else of its language.
pub(super) fn row(table: &'static str, locale: &Locale) -> Option<Vec<&'static str>> {
    let id = &locale.id;
    let find = |wanted: &str| {
        let mut rows = table.lines().map(|line| line.split('\t'));
        let mut row = rows.find(|row| row.clone().next() == Some(wanted))?;
        row.next();
        Some(row.collect())
    };
    find(&id.to_string()).or_else(|| find(id.language.as_str()))
}

fn territory_table() -> &'static Names {
    static TABLE: OnceLock<Names> = OnceLock::new();
    TABLE.get_or_init(|| Names::parse(include_str!("cldr/territories.tsv")))
}

fn language_table() -> &'static Names {
    static TABLE: OnceLock<Names> = OnceLock::new();
    TABLE.get_or_init(|| Names::parse(include_str!("cldr/languages.tsv")))
}

/// Whether `code` is an ISO 3166-1 alpha-2 code (or `XK`, Kosovo).
pub fn is_country(code: &str) -> bool {
    territory_table().rows.contains_key(code)
}

/// The code of the country with this name in some language.
pub fn country_named(name: &str) -> Option<&'static str> {
    territory_table().code_of(name)
}

/// The code of the language with this name in some language.
pub fn language_named(name: &str) -> Option<&'static str> {
    language_table().code_of(name)
}

/// The name of a country in a language (its primary tag), else in English.
pub fn territory_name(code: &str, language: &str) -> Option<&'static str> {
    territory_table().get(code, language)
}

/// The name of a language in a language (primary tags), else in English.
pub fn language_name(code: &str, language: &str) -> Option<&'static str> {
    language_table().get(code, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_reader() {
        assert_eq!(territory_name("CZ", "pl"), Some("Czechy"));
        assert_eq!(territory_name("GB", "uk"), Some("Велика Британія"));
        assert_eq!(territory_name("UA", "xx"), Some("Ukraine"));
        assert_eq!(territory_name("UK", "pl"), None);
        assert_eq!(language_name("uk", "cs"), Some("ukrajinština"));
    }

    #[test]
    fn codes_are_found_by_name() {
        assert_eq!(country_named("Polska"), Some("PL"));
        assert_eq!(country_named("ceska republika"), None);
        assert_eq!(country_named("Чехія"), Some("CZ"));
        assert_eq!(language_named("Polish"), Some("pl"));
        assert_eq!(language_named("українська"), Some("uk"));
    }
}
