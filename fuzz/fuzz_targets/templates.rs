//! A template of a site's own theme: the first line says which, the rest is its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use twintown::theme::default_theme;

fuzz_target!(|text: &str| {
    let (name, text) = text.split_once('\n').unwrap_or(("", text));
    let path = format!("templates/{name}");
    let known = default_theme().iter().any(|(known, _)| *known == path);
    let path = if known {
        path
    } else {
        "templates/home.html".to_owned()
    };
    let files = twintown_fuzz::bare_site().with(&format!("themes/default/{path}"), text);
    twintown_fuzz::run(&files, false);
});
