//! The bytes of a file as text.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};
use icu_normalizer::ComposingNormalizerBorrowed;
use std::borrow::Cow;

/// Bytes as text in normalisation form C; a byte order mark is dropped. What
/// is neither UTF-8 nor UTF-16 with a mark is reported, and ends the text.
pub(super) fn decode(bytes: &[u8], file: FileId, problems: &mut Problems) -> String {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf_16(rest, u16::from_le_bytes, file, problems),
        [0xfe, 0xff, rest @ ..] => utf_16(rest, u16::from_be_bytes, file, problems),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf_8(rest, file, problems),
        bytes => utf_8(bytes, file, problems),
    };
    // One letter may be written in two ways, and names are compared.
    match ComposingNormalizerBorrowed::new_nfc().normalize(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(composed) => composed,
    }
}

fn utf_8(bytes: &[u8], file: FileId, problems: &mut Problems) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let at = error.valid_up_to();
            // What can be read before the mistake shows where it is.
            let before = String::from_utf8_lossy(&bytes[..at]).into_owned();
            // Windows programs write the letters of our languages as single bytes.
            let byte = format!("0x{:02X}", bytes[at]);
            problems
                .push(Diagnostic::new(Code::Encoding, Span::new(file, at..at)).with("byte", byte));
            before
        }
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16, file: FileId, problems: &mut Problems) -> String {
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
    if !whole {
        let end = text.len();
        problems.push(
            Diagnostic::new(Code::Encoding, Span::new(file, end..end)).with("byte", "UTF-16"),
        );
    }
    text
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
    }
}
