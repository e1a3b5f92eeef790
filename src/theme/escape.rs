//! Text in HTML, as Tera escapes it.

/// Text for HTML, in an element or in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    push_escaped(text, &mut out);
    out
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

/// Whether there is something to escape: eight bytes at a time, the last ones perhaps twice.
fn has_special(text: &[u8]) -> bool {
    let (chunks, rest) = text.as_chunks();
    match text.last_chunk() {
        Some(last) => chunks.iter().any(any_special) || !rest.is_empty() && any_special(last),
        None => rest.iter().any(|byte| is_special(*byte)),
    }
}

/// The same of eight bytes at once. `&` and `'` differ in their lowest bit, `<` and `>` in the next.
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
    use super::{any_special, escape, is_special};

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
        for (len, at) in (0..20).flat_map(|len| (0..len).map(move |at| (len, at))) {
            let parts = ["x".repeat(at), "x".repeat(len - at - 1)];
            assert_eq!(escape(&parts.join("<")), parts.join("&lt;"));
            assert_eq!(escape(&parts.join("x")), "x".repeat(len));
        }
    }
}
