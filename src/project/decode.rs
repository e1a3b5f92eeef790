//! The bytes of a file as text.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// Bytes as text in normalisation form C; a byte order mark is dropped. What
/// is neither UTF-8 nor UTF-16 with a mark is reported, and ends the text.
pub(crate) fn decode(bytes: &[u8], file: FileId, problems: &mut Problems) -> String {
    let (text, wrong) = match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf_8(rest),
        bytes => utf_8(bytes),
    };
    // One letter may be written in two ways, and names are compared.
    let text = match is_below_marks(&text) {
        true => text,
        false => match ComposingNormalizerBorrowed::new_nfc().normalize(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(composed) => composed,
        },
    };
    // What can be read before the mistake shows where it is.
    let end = text.len();
    problems.extend(
        wrong.map(|byte| {
            Diagnostic::new(Code::Encoding, Span::new(file, end..end)).with("byte", byte)
        }),
    );
    text
}

/// Whether all characters of a text come before the combining marks, which begin at U+0300: such
/// a text is composed (Unicode Standard Annex 15, 9.1). Most texts in Latin letters are.
fn is_below_marks(text: &str) -> bool {
    // Without a branch, so that many bytes are looked at in one go.
    let any = |any: u8, byte: &u8| any | u8::from(*byte >= 0xcc);
    let mut chunks = text.as_bytes().chunks(256);
    chunks.all(|bytes| bytes.iter().fold(0, any) == 0)
}

/// The text up to the first byte that is wrong, and that byte.
fn utf_8(bytes: &[u8]) -> (String, Option<String>) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), None),
        Err(error) => {
            let at = error.valid_up_to();
            let before = String::from_utf8_lossy(&bytes[..at]).into_owned();
            // Windows programs write the letters of our languages as single bytes.
            (before, Some(format!("0x{:02X}", bytes[at])))
        }
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, Option<String>) {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut whole = odd.is_empty();
    for letter in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let Ok(letter) = letter else {
            whole = false;
            break;
        };
        text.push(letter);
    }
    (text, (!whole).then(|| "UTF-16".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, usize) {
        let mut problems = Problems::new();
        let text = decode(bytes, FileId(0), &mut problems);
        (text, problems.len())
    }

    #[test]
    fn texts_are_read_however_they_were_saved() {
        let whole = ("Żory".to_owned(), 0);
        assert_eq!(decoded("Żory".as_bytes()), whole);
        assert_eq!(decoded("\u{feff}Żory".as_bytes()), whole);
        assert_eq!(decoded("Z\u{307}ory".as_bytes()), whole);
        let little: Vec<u8> = "\u{feff}Żory"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decoded(&little), whole);
        let big: Vec<u8> = "\u{feff}Żory"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decoded(&big), whole);
    }

    #[test]
    fn other_encodings_are_located() {
        assert_eq!(decoded(b"Frydek-M\xedstek"), ("Frydek-M".to_owned(), 1));
        assert_eq!(decoded(b"\xff\xfeA\0\0\xd8"), ("A".to_owned(), 1));
        assert_eq!(decoded(b"\xff\xfeA\0B"), ("A".to_owned(), 1));
        let mut problems = Problems::new();
        decode(b"Z\xcc\x87ory\xed", FileId(0), &mut problems);
        assert_eq!(problems[0].span.start, "Żory".len() as u32);
    }
}
