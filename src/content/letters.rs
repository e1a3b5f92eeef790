//! Characters that can't be seen, and what they may hide.

use super::Problems;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Whether a character takes no room in a line, or turns its direction.
pub fn is_invisible(letter: char) -> bool {
    turns_direction(letter) || is_zero_width(letter)
}

/// Embeddings, overrides and isolates (Unicode Standard Annex 9): with them a
/// text reads otherwise than it is written.
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_zero_width(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{180e}'
    )
}

/// Code points that stand for no character and never will; XML has no place for the last two.
fn is_noncharacter(letter: char) -> bool {
    u32::from(letter) & 0xfffe == 0xfffe || matches!(letter, '\u{fdd0}'..='\u{fdef}')
}

/// What a character is reported as, if it should not be in a text.
pub(super) fn unwanted(previous: Option<char>, letter: char) -> Option<Code> {
    let control = letter.is_control() && !matches!(letter, '\n' | '\t' | '\r');
    if control || turns_direction(letter) || is_noncharacter(letter) {
        return Some(Code::ControlCharacter);
    }
    // Scripts that join letters need joiners, and so do emoji made of several.
    let joins = matches!(letter, '\u{200c}' | '\u{200d}')
        && previous.is_some_and(|previous| {
            u32::from(previous) > 0x0590 && !matches!(previous, '\u{1e00}'..='\u{200f}')
        });
    (is_zero_width(letter) && !joins).then_some(Code::InvisibleCharacter)
}

/// Whether no character of a text is unwanted: nearly all texts are so, and bytes tell it
/// faster than characters.
pub(super) fn is_plain(text: &str) -> bool {
    // Without a branch, so that many bytes are looked at in one go.
    let may_begin = |byte: u8| {
        let control = (byte < b' ') & (byte != b'\n') & (byte != b'\t') & (byte != b'\r');
        let first = (byte == 0xc2) | (byte == 0xe1) | (byte == 0xe2) | (byte >= 0xef);
        control | (byte == 0x7f) | first
    };
    let mut start = 0;
    for bytes in text.as_bytes().chunks(64) {
        let any = |any: u8, byte: &u8| any | u8::from(may_begin(*byte));
        // Dashes and quotation marks begin like what turns the direction.
        if bytes.iter().fold(0, any) > 0
            && (start..start + bytes.len())
                .filter(|at| may_begin(text.as_bytes()[*at]))
                .any(|at| is_unwanted_at(text, at))
        {
            return false;
        }
        start += bytes.len();
    }
    true
}

/// Whether the character there is unwanted, whatever comes before it.
fn is_unwanted_at(text: &str, at: usize) -> bool {
    let letter = text[at..].chars().next();
    letter.is_some_and(|letter| unwanted(None, letter).is_some())
}

/// How many of them are reported for one file: a file that was never a text
/// has millions, and each takes a thousand times its room as a problem.
const MOST_INVISIBLE: usize = 5_000;

/// Reports the characters of a file that can't be seen; each can simply go.
pub fn report_invisible(text: &str, file: FileId, problems: &mut Problems) {
    if is_plain(text) {
        return;
    }
    let before = problems.len();
    let mut previous = None;
    for (at, letter) in text.char_indices() {
        if let Some(code) = unwanted(previous, letter) {
            let span = Span::new(file, at..at + letter.len_utf8());
            if problems.len() - before == MOST_INVISIBLE {
                problems.push(
                    Diagnostic::new(Code::TooMany, span)
                        .with("count", format!("{MOST_INVISIBLE}+"))
                        .with("limit", MOST_INVISIBLE),
                );
                return;
            }
            // These divide words.
            let divides = matches!(letter, '\u{b}' | '\u{c}' | '\u{85}');
            let text = if divides { " " } else { "" };
            problems.push(invisible(code, letter, span).fixed_by(span, text));
        }
        previous = Some(letter);
    }
}

/// Names a character that can't be shown.
pub(super) fn invisible(code: Code, letter: char, span: Span) -> Diagnostic {
    Diagnostic::new(code, span).with("character", format!("U+{:04X}", u32::from(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&'static str> {
        let mut problems = Problems::new();
        report_invisible(text, FileId(0), &mut problems);
        problems
            .iter()
            .map(|problem| problem.code.as_str())
            .collect()
    }

    #[test]
    fn plain_is_what_has_nothing_unwanted() {
        for letter in '\0'..=char::MAX {
            let is_plain_there = |before: usize| {
                let text = format!("{}{letter}ż–", "a".repeat(before));
                is_plain(&text)
            };
            let expected = unwanted(None, letter).is_none();
            assert_eq!(is_plain_there(3), expected, "{letter:?}");
            assert_eq!(is_plain_there(63), expected, "{letter:?}");
        }
    }

    #[test]
    fn what_hides_is_found() {
        assert_eq!(found("Żory\r\n\tмісто – „a”…\n"), [""; 0]);
        assert_eq!(found("a\u{202e}b"), ["TW0113"]);
        assert_eq!(found("a\u{fffe}b\u{1ffff}"), ["TW0113", "TW0113"]);
        assert_eq!(found("a\u{7}b\u{85}"), ["TW0113", "TW0113"]);
        assert_eq!(found("a\u{200b}b\u{feff}"), ["TW0114", "TW0114"]);
        assert_eq!(found("👨\u{200d}👩 می\u{200c}خواهم"), [""; 0]);
    }
}
