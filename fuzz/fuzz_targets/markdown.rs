//! A body of Markdown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use twintown::content::parse_markdown;
use twintown::source::{FileId, Source, Sources};

fuzz_target!(|text: &str| {
    let mut problems = Vec::new();
    let lang = twintown_fuzz::polish();
    let body = parse_markdown(text, 0..text.len(), FileId(0), lang, &mut problems);
    twintown_fuzz::check_body(&body);
    let sources = Sources::new(vec![Source::new("x.pl.md", text)]);
    twintown_fuzz::check_problems(&problems, &sources);
});
