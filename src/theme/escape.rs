//! Text in HTML, as Tera escapes it.

use std::borrow::Cow;

/// Text for HTML, in an element or in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(text, &mut out);
    out
}

/// The same, which is the text itself where there is nothing to escape.
pub fn escaped(text: &str) -> Cow<'_, str> {
    match find_special(text.as_bytes()) {
        Some(_) => escape(text).into(),
        None => text.into(),
    }
}

/// The same, after what has been written.
pub fn push_escaped(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = find_special(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// The place of the first byte to escape. Most texts have none, so many bytes are looked at in
/// one go, the last ones perhaps twice.
fn find_special(text: &[u8]) -> Option<usize> {
    let (chunks, rest) = text.as_chunks();
    let from = |start: usize| {
        let at = text[start..].iter().position(|byte| is_special(*byte));
        at.map(|at| start + at)
    };
    if let Some(chunk) = chunks.iter().position(any_special_of_many) {
        return from(chunk * MANY);
    }
    let is_plain = match (text.last_chunk(), rest.first_chunk(), rest.last_chunk()) {
        (Some(last), _, _) => !any_special_of_many(last),
        (None, Some(first), Some(last)) => !any_special(first) && !any_special(last),
        _ => false,
    };
    match is_plain {
        true => None,
        false => from(text.len() - rest.len()),
    }
}

/// As many bytes as common processors look at in one go.
const MANY: usize = 16;

/// Whether there is something to escape among them. Without a branch, it compiles to
/// instructions for all of them.
fn any_special_of_many(bytes: &[u8; MANY]) -> bool {
    let special = |byte: u8| {
        u8::from(byte == b'"') | u8::from(byte | 1 == b'\'') | u8::from(byte | 2 == b'>')
    };
    bytes.iter().fold(0, |any, byte| any | special(*byte)) > 0
}

/// Whether there is something to escape among eight bytes. `&` and `'` differ in their lowest
/// bit, `<` and `>` in the next.
fn any_special(bytes: &[u8; 8]) -> bool {
    const EACH: u64 = u64::from_ne_bytes([1; 8]);
    let bytes = u64::from_ne_bytes(*bytes);
    // A byte that is 0 borrows from its highest bit.
    let has_zero = |bytes: u64| bytes.wrapping_sub(EACH) & !bytes & (EACH << 7);
    let has = |bytes: u64, byte: u8| has_zero(bytes ^ (EACH * u64::from(byte)));
    has(bytes, b'"') | has(bytes | EACH, b'\'') | has(bytes | (EACH << 1), b'>') != 0
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_tera_does() {
        let text = "ż & <b> \"c\" 'd' /` {}=\u{1a}";
        let mut tera = Vec::new();
        tera::escape_html(text, &mut tera).unwrap();
        assert_eq!(escape(text).as_bytes(), tera);
    }

    #[test]
    fn it_is_found_wherever_it_stands() {
        for byte in 0..=u8::MAX {
            assert_eq!(
                any_special(&[byte, 0, 255, b'x', 1, 128, byte, 2]),
                is_special(byte)
            );
        }
        for (len, at) in (0..70).flat_map(|len| (0..len).map(move |at| (len, at))) {
            let parts = ["x".repeat(at), "x".repeat(len - at - 1)];
            let (special, plain) = (parts.join("<"), parts.join("x"));
            assert_eq!(escape(&special), parts.join("&lt;"));
            assert_eq!(escaped(&special), parts.join("&lt;"));
            assert_eq!(escape(&plain), plain);
            assert!(matches!(escaped(&plain), Cow::Borrowed(same) if same == plain));
        }
    }
}
