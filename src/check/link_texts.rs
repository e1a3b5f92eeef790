//! The text of a link says where it leads (WCAG 2.2, success criterion 2.4.4).

use crate::content::{Body, Problems};
use crate::diag::{Code, Diagnostic};
use crate::kinds::Record;
use crate::model::Site;
use std::collections::HashSet;

pub(super) fn check(site: &Site) -> impl Fn(&Record, &mut Problems) {
    // People write "here" in a language other than the page's often enough.
    let vague: HashSet<String> = site
        .language_ids()
        .map(|id| site.language(id).text("writing.vague_links"))
        .flat_map(|texts| texts.split('|').map(plain).collect::<Vec<_>>())
        .collect();
    // Most links begin with another letter than all of these, which is told without a copy.
    let firsts: HashSet<char> = vague
        .iter()
        .filter_map(|text| text.chars().next())
        .collect();
    let is_vague = move |text: &str| {
        let first = letters(text).chars().flat_map(char::to_lowercase).next();
        first.is_some_and(|first| firsts.contains(&first)) && vague.contains(&plain(text))
    };
    move |record, problems| {
        for body in &record.bodies {
            check_body(body, &is_vague, problems);
        }
    }
}

fn check_body(body: &Body, is_vague: &impl Fn(&str) -> bool, problems: &mut Problems) {
    for link in &body.links {
        let text = link.value.trim();
        if text.is_empty() {
            problems.push(Diagnostic::new(Code::EmptyLink, link.span));
        } else if is_vague(text) {
            problems.push(Diagnostic::new(Code::VagueLink, link.span).with("text", text));
        }
    }
}

/// A text from its first letter or figure to its last.
fn letters(text: &str) -> &str {
    text.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// A link's text without what does not change what it says.
fn plain(text: &str) -> String {
    letters(text).to_lowercase()
}
