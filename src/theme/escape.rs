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
    match has_special(text.as_bytes()) {
        true => escape(text).into(),
        false => text.into(),
    }
}

/// The same, after what has been written.
pub fn push_escaped(text: &str, out: &mut String) {
    // Most texts have nothing to escape.
    if !has_special(text.as_bytes()) {
        return out.push_str(text);
    }
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let instead = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[done..at]);
        out.push_str(instead);
        done = at + 1;
    }
    out.push_str(&text[done..]);
}

/// Whether there is something to escape: many bytes at a time, the last ones perhaps twice.
fn has_special(text: &[u8]) -> bool {
    let (chunks, rest) = text.as_chunks();
    if let Some(last) = text.last_chunk() {
        return chunks.iter().any(any_special_of_many) || any_special_of_many(last);
    }
    match (rest.first_chunk(), rest.last_chunk()) {
        (Some(first), Some(last)) => any_special(first) || any_special(last),
        _ => rest.iter().any(|byte| is_special(*byte)),
    }
}

/// Whether there is something to escape among as many bytes as common processors look at in one
/// go: without a branch, it compiles to instructions for all of them.
fn any_special_of_many(bytes: &[u8; 16]) -> bool {
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
