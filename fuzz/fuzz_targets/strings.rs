//! A strings file of a site's own theme.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    let files = twintown_fuzz::bare_site().with("themes/default/strings/pl.toml", text);
    twintown_fuzz::run(&files, true);
});
