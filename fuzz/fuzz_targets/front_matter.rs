//! A Markdown file with front matter, of the kind that its second line names.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let second = text.split_once('\n').map_or("", |(_, rest)| rest);
    twintown_fuzz::read_record(twintown_fuzz::kind_of(second), "x.pl.md", text);
});
