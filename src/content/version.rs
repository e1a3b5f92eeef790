//! Versions of a text, and which one a translation was made from.
//!
//! A version is a hash of words: what only reflows or reformats blanks is the
//! same version. It is written with the source's language: `pl:3f9a0c21`.

use super::Problems;
use super::code::unknown_language;
use super::field::{Field, Shape, quoted};
use super::item::Item;
use super::plain::Plain;
use crate::diag::{Code, Diagnostic};
use crate::lang::{Lang, TagError, has_single_spaces};
use crate::source::Span;
use icu_normalizer::ComposingNormalizerBorrowed;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;
use xxhash_rust::xxh3::xxh3_64;

/// What a record says in one language, as a number that changes with its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version(u64);

impl Version {
    /// The version of several texts, each by its [`fingerprint`]; a text that
    /// is not there is another thing than an empty one.
    pub fn of(fingerprints: &[Option<u64>]) -> Version {
        let bytes: Vec<u8> = fingerprints
            .iter()
            .flat_map(|text| {
                let number = text.unwrap_or_default().to_be_bytes();
                std::iter::once(u8::from(text.is_some())).chain(number)
            })
            .collect();
        Version(xxh3_64(&bytes))
    }

    /// How a translation of it records it.
    pub fn recorded(self, source: Lang) -> String {
        format!("{source}:{:.8}", self.to_string())
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

/// A number that changes with the words of a text, and with nothing else.
pub fn fingerprint(text: &str) -> u64 {
    // A front matter may hold what decoding did not see: letters written as escapes.
    fingerprint_of_composed(&ComposingNormalizerBorrowed::new_nfc().normalize(text))
}

/// The same of a text in normalisation form C, as files are once they are decoded.
pub(super) fn fingerprint_of_composed(text: &str) -> u64 {
    let mut words = String::with_capacity(text.len() + 1);
    let mut push = |word: &str| {
        words.push_str(word);
        words.push(' ');
    };
    // Most lines have single spaces between their words, and are told from others by their bytes.
    for line in text.split('\n').map(str::trim) {
        match !line.is_empty() && has_single_spaces(line) {
            true => push(line),
            false => line.split_whitespace().for_each(&mut push),
        }
    }
    xxh3_64(words.as_bytes())
}

/// The version of another language's text that a translation was made from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SourceVersion {
    /// The language of the source.
    pub source: Lang,
    /// The first hexadecimal digits of the version.
    digits: String,
    pub span: Span,
}

/// Fewer digits would soon be those of two versions; a version has no more.
const DIGITS: RangeInclusive<usize> = 8..=16;

impl SourceVersion {
    /// Whether it is this version.
    pub fn is(&self, version: Version) -> bool {
        version.to_string().starts_with(&self.digits)
    }
}

impl fmt::Display for SourceVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.source, self.digits)
    }
}

impl PartialEq for SourceVersion {
    fn eq(&self, other: &Self) -> bool {
        (self.source, &self.digits) == (other.source, &other.digits)
    }
}

impl Field for SourceVersion {
    fn shape() -> Shape {
        Shape::SourceVersion
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = item.expect_str(problems)?;
        let wrong = |hint| {
            Diagnostic::new(Code::SourceVersion, item.span())
                .with("value", text)
                .hinting(hint)
        };
        let sound = |digits: &str| {
            DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        let Some((tag, digits)) = text.split_once(':').filter(|(_, digits)| sound(digits)) else {
            problems.push(Diagnostic::new(Code::SourceVersion, item.span()).with("value", text));
            return None;
        };
        let source = match Lang::parse(tag) {
            Ok(source) => source,
            Err(TagError::Malformed) => {
                problems
                    .push(Diagnostic::new(Code::SourceVersion, item.span()).with("value", text));
                return None;
            }
            Err(error) => {
                let write = |right: &str| quoted(&format!("{right}:{digits}"));
                problems.push(unknown_language(tag, item.span(), error, write, |_| true));
                return None;
            }
        };
        match item.lang {
            // Said of all languages, it would be said of the source too.
            None => problems.push(wrong("language")),
            Some(own) if own == source => problems.push(wrong("itself")),
            Some(_) => {
                return Some(SourceVersion {
                    source,
                    digits: digits.to_ascii_lowercase(),
                    span: item.span(),
                });
            }
        }
        None
    }

    fn plain(&self) -> Plain<'_> {
        self.to_string().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_make_a_version() {
        let text = fingerprint("Żółw idzie.\n\nI stoi.\n");
        let same = [
            "Żółw idzie.\r\n\r\nI stoi.",
            "  Żółw\nidzie. I\tstoi. \n",
            "Z\u{307}o\u{301}łw idzie. I stoi.",
        ];
        for same in same {
            assert_eq!(fingerprint(same), text, "{same:?}");
        }
        for other in ["Żółw idzie. I stał.", "Żółwidzie. I stoi.", ""] {
            assert_ne!(fingerprint(other), text, "{other:?}");
        }
        // Every blank that Unicode knows divides words, and nothing else does.
        for letter in ('\0'..=char::MAX).filter(|letter| letter.is_whitespace()) {
            let same = format!("Żółw{letter}idzie.{letter}{letter}I stoi.{letter}");
            assert_eq!(fingerprint(&same), text, "{letter:?}");
        }
    }

    #[test]
    fn texts_keep_their_places() {
        let version = |texts: &[Option<u64>]| Version::of(texts);
        assert_ne!(version(&[Some(1), None]), version(&[None, Some(1)]));
        assert_ne!(version(&[Some(0), None]), version(&[None, None]));
    }

    #[test]
    fn what_is_recorded_never_changes() {
        // Sites hold these numbers: another way to count them makes every translation old.
        let version = Version::of(&[
            Some(fingerprint("Tytuł")),
            None,
            Some(fingerprint("Tekst.")),
        ]);
        let recorded = version.recorded(Lang::parse("pl").unwrap());
        assert_eq!(recorded, "pl:c0622fc2");
    }
}
