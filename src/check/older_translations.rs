//! A translation says what its source says now.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Record;
use crate::model::{self, Site};

pub(super) fn check(site: &Site) -> impl Fn(&Record, &mut Problems) {
    let languages = &site.config.languages;
    move |record, problems| {
        let recorded = record.data.common().source_version.iter();
        for (lang, version) in recorded.flat_map(|versions| &versions.by) {
            let source = version.source;
            if !languages.iter().any(|known| known.value == source) {
                problems.push(
                    Diagnostic::new(Code::ForeignLanguage, version.span)
                        .with("language", source)
                        .hinting("source"),
                );
            } else if let Some((source, span)) = model::outdated(record, *lang) {
                let problem = Diagnostic::new(Code::OlderTranslation, span)
                    .with("language", lang)
                    .with("source", source);
                problems.push(match record.version(source) {
                    Some(_) => problem,
                    None => problem.hinting("gone"),
                });
            }
        }
    }
}
