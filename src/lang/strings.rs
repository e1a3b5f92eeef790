//! A strings file: the words of one language, by dotted key.

use super::forms::Case;
use super::message::{Message, Pattern};
use crate::source::parse_toml;
use ahash::AHashMap;
use icu_plurals::PluralCategory;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The texts of one language: interface, URL words, messages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Strings(AHashMap<String, Message>);

/// A mistake in a strings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StringProblem {
    pub key: String,
    /// Bytes of the file.
    pub place: Range<usize>,
    /// A key of the messages under `strings`.
    pub detail: &'static str,
}

impl Strings {
    /// Reads a strings file; gives what can be read and what is wrong with the
    /// rest. Lines that are no TOML are left out.
    pub fn parse(text: &str) -> (Strings, Vec<StringProblem>) {
        Strings::of(parse_toml(text).table.get_ref())
    }

    /// The same of a file whose TOML has been read.
    pub fn of(table: &DeTable<'_>) -> (Strings, Vec<StringProblem>) {
        let mut problems = Vec::new();
        let mut strings = AHashMap::new();
        collect("", table, &mut strings, &mut problems);
        (Strings(strings), problems)
    }

    /// The keys of a strings file, with the places they stand at.
    pub fn places(text: &str) -> Vec<(String, Range<usize>)> {
        let table = parse_toml(text).table;
        let mut places = Vec::new();
        collect_places("", table.get_ref(), &mut places);
        places
    }

    /// The text of `key`.
    pub fn get(&self, key: &str) -> Option<&Message> {
        self.0.get(key)
    }

    /// All keys with their texts, sorted.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Message)> {
        let mut all: Vec<(&str, &Message)> = self
            .0
            .iter()
            .map(|(key, message)| (key.as_str(), message))
            .collect();
        all.sort_unstable_by_key(|(key, _)| *key);
        all.into_iter()
    }

    /// Lets no line end between a number and its noun: for texts on a page, not on a terminal.
    pub fn keep_numbers_with_nouns(&mut self) {
        self.0
            .values_mut()
            .for_each(Message::keep_numbers_with_nouns);
    }

    /// Adds the texts that the same language has in the theme below, where they are missing here.
    pub fn overlay(&mut self, below: &Strings) {
        for (key, message) in &below.0 {
            self.0.entry(key.clone()).or_insert_with(|| message.clone());
        }
    }

    /// Adds the texts of another language that are missing here; names what was missing.
    ///
    /// What a language says of itself (`language.…`) holds for no other.
    pub fn fill_from(&mut self, below: &Strings) -> Vec<String> {
        let mut missing = Vec::new();
        for (key, message) in &below.0 {
            if !self.0.contains_key(key) && !key.starts_with("language.") {
                self.0.insert(key.clone(), message.clone());
                missing.push(key.clone());
            }
        }
        missing.sort_unstable();
        missing
    }
}

/// Walks the tables; a table whose keys are all plural categories, or all cases, is one message.
fn collect(
    prefix: &str,
    table: &DeTable<'_>,
    strings: &mut AHashMap<String, Message>,
    problems: &mut Vec<StringProblem>,
) {
    for (name, value) in table {
        let key = dotted(prefix, name.get_ref());
        let message = match value.get_ref() {
            DeValue::Table(inner) if is_plural(inner) => plural(inner),
            DeValue::Table(inner) if is_cases(inner) => cases(inner),
            DeValue::Table(inner) => {
                collect(&key, inner, strings, problems);
                continue;
            }
            _ => pattern(value).map(Message::Plain),
        };
        match message {
            Ok(message) => {
                strings.insert(key, message);
            }
            Err(detail) => problems.push(StringProblem {
                key,
                place: value.span(),
                detail,
            }),
        }
    }
}

fn collect_places(prefix: &str, table: &DeTable<'_>, places: &mut Vec<(String, Range<usize>)>) {
    for (name, value) in table {
        let key = dotted(prefix, name.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) if !is_plural(inner) && !is_cases(inner) => {
                collect_places(&key, inner, places)
            }
            _ => places.push((key, name.span())),
        }
    }
}

fn dotted(prefix: &str, name: &str) -> String {
    match prefix {
        "" => name.to_owned(),
        prefix => format!("{prefix}.{name}"),
    }
}

fn is_plural(table: &DeTable<'_>) -> bool {
    !table.is_empty()
        && table
            .iter()
            .all(|(key, _)| PluralCategory::get_for_cldr_string(key.get_ref()).is_some())
}

fn plural(table: &DeTable<'_>) -> Result<Message, &'static str> {
    let mut forms = Vec::new();
    for (key, value) in table {
        let category = PluralCategory::get_for_cldr_string(key.get_ref())
            .expect("a plural table has plural categories only");
        forms.push((category, pattern(value)?));
    }
    match forms
        .iter()
        .any(|(category, _)| *category == PluralCategory::Other)
    {
        true => Ok(Message::Plural(forms)),
        false => Err("strings.no_other"),
    }
}

fn is_cases(table: &DeTable<'_>) -> bool {
    !table.is_empty()
        && table
            .iter()
            .all(|(key, _)| Case::parse(key.get_ref()).is_some())
}

/// The forms in the order they are tried in: as written, the nominative last.
fn cases(table: &DeTable<'_>) -> Result<Message, &'static str> {
    let mut forms = Vec::new();
    for (key, value) in table {
        let case = Case::parse(key.get_ref()).expect("a table of cases has cases only");
        forms.push((case, pattern(value)?));
    }
    forms.sort_by_key(|(case, _)| *case == Case::Nominative);
    match forms.last() {
        Some((Case::Nominative, _)) => Ok(Message::Cases(forms)),
        _ => Err("strings.no_nominative"),
    }
}

fn pattern(value: &Spanned<DeValue<'_>>) -> Result<Pattern, &'static str> {
    match value.get_ref() {
        DeValue::String(text) => Pattern::parse(text).ok_or("strings.open_brace"),
        _ => Err("strings.not_text"),
    }
}
