//! A text is in a language of the site; others are shown to nobody but as a stand-in.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Record;
use crate::model::Site;
use crate::source::Span;

pub(super) fn check(site: &Site) -> impl Fn(&Record, &mut Problems) {
    let languages = &site.config.languages;
    move |record, problems| {
        for body in &record.bodies {
            if !languages.iter().any(|lang| lang.value == body.lang) {
                problems.push(
                    Diagnostic::new(Code::ForeignLanguage, Span::file(body.file))
                        .with("language", body.lang),
                );
            }
        }
    }
}
