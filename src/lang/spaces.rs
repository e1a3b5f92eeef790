//! The blanks between the words of a text.

/// Whether all blanks of a text are single spaces between its words.
pub fn has_single_spaces(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some((first, after)), Some(last)) = (bytes.split_first(), bytes.last()) else {
        return true;
    };
    // Without a branch, so that many bytes are looked at in one go.
    let other_blank = |byte: u8| (b'\t'..=b'\r').contains(&byte);
    let pairs = bytes.iter().zip(after);
    let (wrong, beyond) = pairs.fold((0, 0), |(wrong, beyond), (byte, next)| {
        let two = (*byte == b' ') & (*next == b' ');
        let wrong: u8 = wrong | u8::from(two | other_blank(*next));
        (wrong, beyond | u8::from(begins_blank(*next)))
    });
    let wrong = wrong > 0 || other_blank(*first) || *first == b' ' || *last == b' ';
    let beyond = beyond > 0 || begins_blank(*first);
    !(wrong || beyond && has_blank_beyond_ascii(text))
}

/// The words of a text with single spaces between them.
pub fn with_single_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Whether a byte may be the first one of a blank, or of a control that is blank, beyond ASCII
/// (Unicode's `White_Space`); dashes and quotation marks begin like them.
fn begins_blank(byte: u8) -> bool {
    (byte == 0xc2) | (0xe1..=0xe3).contains(&byte)
}

fn has_blank_beyond_ascii(text: &str) -> bool {
    let places = text.bytes().enumerate();
    let mut places = places.filter(|(_, byte)| begins_blank(*byte));
    places.any(|(at, _)| text[at..].starts_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_single_or_not() {
        for single in ["", "a", "Żółw idzie – i „stoi”.", "Місто над Дніпром"]
        {
            assert!(has_single_spaces(single), "{single:?}");
            assert_eq!(with_single_spaces(single), single);
        }
        for other in [" ", " a", "a ", "a  b"] {
            assert!(!has_single_spaces(other), "{other:?}");
        }
        // Every blank that Unicode knows, wherever it stands.
        for blank in ('\0'..=char::MAX).filter(|letter| letter.is_whitespace() && *letter != ' ') {
            for text in [
                format!("{blank}a"),
                format!("a {blank}"),
                format!("a{blank}b"),
            ] {
                assert!(!has_single_spaces(&text), "{text:?}");
                assert!(has_single_spaces(&with_single_spaces(&text)), "{text:?}");
            }
        }
    }
}
