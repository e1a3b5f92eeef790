//! A record's TOML, of the kind that its first line names.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    twintown_fuzz::read_record(twintown_fuzz::kind_of(text), "x.toml", text);
});
