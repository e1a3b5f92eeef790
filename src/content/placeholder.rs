//! Texts that were to be written later, and never were.

use super::Problems;
use crate::diag::{Code, Diagnostic};
use crate::source::Span;
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::OnceLock;

/// Marks that programmers leave, in capitals and as whole words: `XXX` is
/// thirty in Roman numerals, and `todo` everything in Spanish.
const MARKS: &[&str] = &["TODO", "FIXME", "TBD", "TBA", "???"];

struct Finder {
    phrases: AhoCorasick,
    marks: AhoCorasick,
}

fn finder() -> &'static Finder {
    static FINDER: OnceLock<Finder> = OnceLock::new();
    FINDER.get_or_init(|| {
        let phrases = include_str!("placeholders.txt")
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let build = |builder: &mut aho_corasick::AhoCorasickBuilder, patterns: Vec<&str>| {
            builder
                .build(patterns)
                .expect("a few phrases make a small automaton")
        };
        Finder {
            phrases: build(
                AhoCorasick::builder().ascii_case_insensitive(true),
                phrases.collect(),
            ),
            marks: build(&mut AhoCorasick::builder(), MARKS.to_vec()),
        }
    })
}

/// Nobody needs to hear of more in one text.
const MOST_TOLD: usize = 1_000;

/// The places in a text where something was to be written later.
fn placeholders(text: &str) -> Vec<Range<usize>> {
    let finder = finder();
    let alone = |range: &Range<usize>| {
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    let marks = finder.marks.find_iter(text).map(|found| found.range());
    let mut places: Vec<Range<usize>> = marks.filter(alone).collect();
    places.extend(finder.phrases.find_iter(text).map(|found| found.range()));
    places.sort_by_key(|range| range.start);
    places
}

/// Reports the places in a text that is written as it stands in the file, from `span` on.
pub(super) fn report_placeholders(text: &str, span: Span, problems: &mut Problems) {
    let start = span.start as usize;
    let places = placeholders(text).into_iter().take(MOST_TOLD);
    problems.extend(places.map(|range| {
        let place = Span::new(span.file, start + range.start..start + range.end);
        Diagnostic::new(Code::Placeholder, place).with("text", &text[range])
    }));
}

/// Reports a value that holds such a place.
pub(super) fn report_placeholder(value: &str, span: Span, problems: &mut Problems) {
    if let Some(range) = placeholders(value).into_iter().next() {
        problems.push(Diagnostic::new(Code::Placeholder, span).with("text", &value[range]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_to_be_written_is_found() {
        let found = |text: &str| placeholders(text).len();
        assert_eq!(found("Lorem ipsum dolor"), 1);
        assert_eq!(found("Opis TODO, adres TBD."), 2);
        assert_eq!(found("Adres: do uzupełnienia"), 1);
        assert_eq!(found("Текст буде пізніше; текст буде тут"), 1);
        assert_eq!(found("XXX-lecie partnerstwa, método, TODOS"), 0);
        assert_eq!(found("{{ title }}"), 1);
    }
}
