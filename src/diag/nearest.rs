//! "Did you mean": the known name nearest to a misspelt one.

use std::borrow::Cow;

/// A known name near to what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Near<'a> {
    pub name: &'a str,
    /// No other known name is near.
    pub alone: bool,
    /// Only capitals, marks, the alphabet or hyphens differ.
    pub same: bool,
}

/// The known name closest to `written`, when it is close enough to be meant.
///
/// Marks do not count, and Cyrillic is read as Latin, so `Sochaczów` is near
/// `sochaczew`. Of equally near names the first in `known` wins.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<Near<'a>> {
    let folded = fold(written);
    let length = folded.chars().count();
    // Of a name of one letter nothing would be left to recognise.
    let allowed = (length / 3).max(1).min(length.saturating_sub(1));
    let mut best: Option<(usize, &str)> = None;
    let mut near = 0;
    for name in known {
        // As many letters are added or lost as the lengths differ by, and ASCII keeps its length.
        if name.is_ascii() && name.len().abs_diff(length) > allowed {
            continue;
        }
        let name_folded = fold(name);
        // At least as many letters are added or lost as the lengths differ by.
        if name_folded.len().abs_diff(folded.len()) > allowed * 4 {
            continue;
        }
        let distance = strsim::osa_distance(&folded, &name_folded);
        if distance > allowed {
            continue;
        }
        near += 1;
        if best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(distance, name)| Near {
        name,
        alone: near == 1 || distance == 0,
        same: distance == 0,
    })
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
        let found = |written| nearest(written, known).map(|near| near.name);
        assert_eq!(found("Sochaczów"), Some("sochaczew"));
        assert_eq!(found("Mysłowice"), Some("myslowice"));
        assert_eq!(found("melton_mowbray"), Some("melton-mowbray"));
        assert_eq!(found("Сохачев"), Some("sochaczew"));
        assert_eq!(found("krefeld"), None);
    }

    #[test]
    fn says_how_sure_it_is() {
        let known = ["zary", "zory", "kind"];
        let sure = |written| nearest(written, known).map(|near| (near.name, near.alone, near.same));
        assert_eq!(sure("Żory"), Some(("zory", true, true)));
        assert_eq!(sure("zury"), Some(("zary", false, false)));
        assert_eq!(sure("knid"), Some(("kind", true, false)));
    }
}
