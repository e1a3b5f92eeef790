//! "Did you mean": the known name nearest to a misspelt one.

use std::borrow::Cow;

/// The known name closest to `written`, when it is close enough to be meant.
///
/// Marks do not count, and Cyrillic is read as Latin, so `Sochaczów` is near
/// `sochaczew`. Of equally near names the first in `known` wins.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(written);
    let length = folded.chars().count();
    // Of a name of one letter nothing would be left to recognise.
    let allowed = (length / 3).max(1).min(length.saturating_sub(1));
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        let name_folded = fold(name);
        // At least as many letters are added or lost as the lengths differ by.
        if name_folded.len().abs_diff(folded.len()) > allowed * 4 {
            continue;
        }
        let distance = strsim::osa_distance(&folded, &name_folded);
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// Letters without their marks, Cyrillic in Latin, `_` and space as `-`.
fn fold(text: &str) -> Cow<'_, str> {
    // Ids, the many that are compared, are folded already.
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    match text.bytes().all(plain) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(crate::lang::romanise(text).replace(['_', ' '], "-")),
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_what_was_meant() {
        let known = ["sochaczew", "myslowice", "melton-mowbray"];
        assert_eq!(nearest("Sochaczów", known), Some("sochaczew"));
        assert_eq!(nearest("Mysłowice", known), Some("myslowice"));
        assert_eq!(nearest("melton_mowbray", known), Some("melton-mowbray"));
        assert_eq!(nearest("Сохачев", known), Some("sochaczew"));
        assert_eq!(nearest("krefeld", known), None);
    }
}
