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
    move |record, problems| {
        for body in &record.bodies {
            check_body(body, &vague, problems);
        }
    }
}

fn check_body(body: &Body, vague: &HashSet<String>, problems: &mut Problems) {
    for link in &body.links {
        let text = plain(&link.value);
        if link.value.trim().is_empty() {
            problems.push(Diagnostic::new(Code::EmptyLink, link.span));
        } else if vague.contains(&text) {
            problems
                .push(Diagnostic::new(Code::VagueLink, link.span).with("text", link.value.trim()));
        }
    }
}

/// A link's text without what does not change what it says.
fn plain(text: &str) -> String {
    let trimmed = text.trim_matches(|letter: char| !letter.is_alphanumeric());
    trimmed.to_lowercase()
}
