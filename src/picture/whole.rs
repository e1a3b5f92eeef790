//! Whether a file goes on to its end. Decoders show what is there of a picture
//! that was cut off while it was copied; nobody would notice the grey below.

/// Whether a JPEG has the mark of its end (ITU T.81, B.1.1).
pub(super) fn jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    loop {
        // What is not `FF` and a code is the picture itself; `FF 00` and the
        // restart marks are part of it.
        let Some(next) = bytes.get(at..).and_then(|rest| {
            rest.windows(2)
                .position(|pair| pair[0] == 0xff && !matches!(pair[1], 0 | 0xd0..=0xd7 | 0xff))
        }) else {
            return false;
        };
        at += next + 2;
        if bytes[at - 1] == 0xd9 {
            return true;
        }
        let Some(len) = bytes.get(at..at + 2) else {
            return false;
        };
        at += usize::from(u16::from_be_bytes([len[0], len[1]]));
    }
}

/// Whether a PNG has its last chunk (W3C PNG, 11.2.4).
pub(super) fn png(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(8..).unwrap_or_default();
    while let Some((head, after)) = rest.split_at_checked(8) {
        if &head[4..] == b"IEND" {
            return true;
        }
        let len = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let Some(next) = len.checked_add(4).and_then(|len| after.get(len..)) else {
            return false;
        };
        rest = next;
    }
    false
}

/// Whether a WebP is as long as it says (RFC 9649, 2.4).
pub(super) fn webp(bytes: &[u8]) -> bool {
    let said = bytes.get(4..8).map_or(u32::MAX, |len| {
        u32::from_le_bytes([len[0], len[1], len[2], len[3]])
    });
    (said as usize)
        .checked_add(8)
        .is_some_and(|len| len <= bytes.len())
}
