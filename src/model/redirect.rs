//! Former addresses of pages.

use super::{LanguageId, RecordId, Site};
use crate::source::Span;

/// A former address of a record's page.
#[derive(Debug, Clone)]
pub struct Redirect {
    /// With the leading slash, as written.
    pub from: String,
    pub record: RecordId,
    /// The language of the page it leads to: the one its first part names,
    /// else the site's default language.
    pub language: LanguageId,
    pub span: Span,
}

/// Every former address, by record.
pub(super) fn all(site: &Site) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for record in site.all() {
        for former in &site.record(record).data.common().former_urls {
            let first = former.path.trim_start_matches('/').split('/').next();
            let named = site
                .language_ids()
                .find(|id| Some(site.tag(*id).as_str()) == first);
            redirects.push(Redirect {
                from: former.path.clone(),
                record,
                language: named.unwrap_or_else(|| site.default_language()),
                span: former.span,
            });
        }
    }
    redirects
}
