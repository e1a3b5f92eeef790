//! Language tags (BCP 47).

use icu_locale_core::LanguageIdentifier;
use std::fmt;

/// A language tag such as `pl` or `sr-Latn`, in its canonical spelling.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang {
    bytes: [u8; 15],
    len: u8,
}

/// Why a text is not a language tag of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagError {
    /// A country's code or an everyday mistake; the tag that was meant.
    Mistaken(&'static str),
    /// Not of the form of a tag.
    Malformed,
}

/// What people write for the languages of this field, and what is right (BCP 47).
const MISTAKEN: &[(&str, &str)] = &[
    ("cz", "cs"),
    ("ua", "uk"),
    ("gb", "en"),
    ("us", "en"),
    // ISO 639-2, where BCP 47 wants the shorter code.
    ("pol", "pl"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("ukr", "uk"),
    ("eng", "en"),
    ("deu", "de"),
    ("ger", "de"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("fra", "fr"),
    ("fre", "fr"),
];

impl Lang {
    /// Reads a tag of a language, with a script or a region if need be.
    pub fn parse(text: &str) -> Result<Lang, TagError> {
        let lower = text.to_ascii_lowercase();
        if let Some((_, right)) = MISTAKEN.iter().find(|(wrong, _)| *wrong == lower) {
            return Err(TagError::Mistaken(right));
        }
        let identifier: LanguageIdentifier = text.parse().map_err(|_| TagError::Malformed)?;
        let canonical = identifier.to_string();
        // No language has a code of five letters or more; it is somebody's word for one.
        let long = identifier.language.as_str().len() > 3;
        if identifier.language.is_unknown() || long || canonical.len() > 15 {
            return Err(TagError::Malformed);
        }
        let mut bytes = [0; 15];
        bytes[..canonical.len()].copy_from_slice(canonical.as_bytes());
        Ok(Lang {
            bytes,
            len: canonical.len() as u8,
        })
    }

    /// The tag's text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len as usize]).expect("tags are ASCII")
    }

    /// The language alone, without script and region.
    pub fn primary(&self) -> &str {
        self.as_str().split('-').next().unwrap_or_default()
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn country_codes_are_explained() {
        assert_eq!(Lang::parse("cz"), Err(TagError::Mistaken("cs")));
        assert_eq!(Lang::parse("ua"), Err(TagError::Mistaken("uk")));
        assert_eq!(Lang::parse("PL").unwrap().as_str(), "pl");
        assert_eq!(Lang::parse("sr-latn").unwrap().as_str(), "sr-Latn");
        assert_eq!(Lang::parse("nonsense-"), Err(TagError::Malformed));
    }
}
