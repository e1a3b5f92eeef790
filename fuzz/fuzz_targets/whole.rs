//! Several files of a site: each begins with a line `=== <path>`.
//!
//! Compiling the built-in theme takes far longer than all the rest, so only one
//! input in sixteen gets it.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let sum: u32 = text.bytes().map(u32::from).sum();
    let mut files = match sum % 16 {
        0 => twintown_fuzz::site(),
        _ => twintown_fuzz::bare_site(),
    };
    for part in text.split("=== ").skip(1).take(8) {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        if path.starts_with("content/") {
            files = files.with(path, text);
        }
    }
    twintown_fuzz::run(&files, true);
});
