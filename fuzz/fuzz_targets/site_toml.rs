//! A site's `site.toml`, with all that follows from it.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let files = twintown_fuzz::bare_site().with("content/site.toml", text);
    twintown_fuzz::run(&files, true);
});
