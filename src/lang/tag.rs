//! Language tags (BCP 47).

use icu_locale_core::LanguageIdentifier;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
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
    /// Two letters that stand for no language.
    Unknown,
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

/// The languages with a code of two letters (ISO 639-1, and what CLDR keeps of it).
/// Longer codes are too many to know: any may be somebody's language.
const OF_TWO_LETTERS: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv \
    cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr \
    ht hu hy hz ia id ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr \
    ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng \
    nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk \
    sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve \
    vi vo wa wo xh yi yo za zh zu";

/// The same by their letters: a tag is read for each text of each record.
const BY_LETTERS: [[bool; 26]; 26] = {
    let codes = OF_TWO_LETTERS.as_bytes();
    let mut by_letters = [[false; 26]; 26];
    let mut at = 0;
    while at < codes.len() {
        by_letters[(codes[at] - b'a') as usize][(codes[at + 1] - b'a') as usize] = true;
        at += 3;
    }
    by_letters
};

fn is_code_of_two_letters(text: &str) -> bool {
    let letter = |byte: u8| Some(usize::from(byte.checked_sub(b'a')?)).filter(|at| *at < 26);
    match *text.as_bytes() {
        [first, second] => letter(first)
            .zip(letter(second))
            .is_some_and(|(first, second)| BY_LETTERS[first][second]),
        _ => false,
    }
}

// As a text, wherever it is written.
impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Lang, D::Error> {
        let text = <&str>::deserialize(deserializer)?;
        Lang::parse(text).map_err(|_| D::Error::custom("no language tag"))
    }
}

impl Lang {
    /// Reads a tag of a language, with a script or a region if need be.
    pub fn parse(text: &str) -> Result<Lang, TagError> {
        // Most tags are two small letters, and each name of each record has some.
        if is_code_of_two_letters(text) {
            return Ok(Lang::of(text));
        }
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
        let primary = identifier.language.as_str();
        if primary.len() == 2 && !is_code_of_two_letters(primary) {
            return Err(TagError::Unknown);
        }
        Ok(Lang::of(&canonical))
    }

    /// A tag in its canonical spelling, at most 15 bytes long.
    fn of(canonical: &str) -> Lang {
        let mut bytes = [0; 15];
        bytes[..canonical.len()].copy_from_slice(canonical.as_bytes());
        Lang {
            bytes,
            len: canonical.len() as u8,
        }
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
        assert_eq!(Lang::parse("pk"), Err(TagError::Unknown));
        assert_eq!(Lang::parse("PL").unwrap().as_str(), "pl");
        assert_eq!(Lang::parse("sr-latn").unwrap().as_str(), "sr-Latn");
        assert_eq!(Lang::parse("nonsense-"), Err(TagError::Malformed));
    }
}
