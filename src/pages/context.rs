//! What a page is made from.

use super::brief::Briefs;
use super::record_page;
use crate::lang::{Lang, Language};
use crate::model::{CountryId, LanguageId, RecordId, Site, TermId};
use crate::routes::{PageId, Route, RouteTable, Subject, site_root};
use crate::theme::Theme;

/// Shared by all pages: site, routes, theme, briefs. For this page: language, route, address.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub site: &'a Site,
    pub routes: &'a RouteTable,
    pub theme: &'a Theme,
    pub briefs: &'a Briefs,
    /// Where the site is published, ending with `/`.
    pub base_url: &'a str,
    /// The reader's language; the default one for pages without a language.
    pub reader: LanguageId,
    pub route: Route,
    /// The page's address within the site.
    pub url: &'a str,
}

impl<'a> Context<'a> {
    /// Some records, in the reader's alphabet.
    pub(super) fn by_label(&self, records: &[RecordId]) -> Vec<RecordId> {
        let mut records = records.to_vec();
        self.site.sort_by_label(&mut records, self.reader);
        records
    }

    /// The reader's language.
    pub fn language(&self) -> &'a Language {
        self.site.language(self.reader)
    }

    /// The reader's language tag.
    pub fn tag(&self) -> Lang {
        self.site.tag(self.reader)
    }

    /// A text of the interface.
    pub fn t(&self, key: &str) -> String {
        self.language().text(key)
    }

    /// A text of the interface about a record, whose name takes the case it needs.
    pub fn say_of(&self, key: &str, id: RecordId) -> String {
        let name = self.site.name_forms(id, self.reader);
        self.language().say_of(key, &[name], &[])
    }

    /// Parts of a title, with the language's dash between them.
    pub fn with_dash(&self, parts: &[&str]) -> String {
        let dash = self.t("dash");
        let length: usize = parts.iter().map(|part| part.len() + dash.len() + 2).sum();
        let mut out = String::with_capacity(length);
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                out.push(' ');
                out.push_str(&dash);
                out.push(' ');
            }
            out.push_str(part);
        }
        out
    }

    /// A link to a page in the reader's language; `None` where there is no such page.
    pub fn href(&self, page: PageId, subject: Subject) -> Option<String> {
        self.routes.href(page, subject, self.reader).map(site_root)
    }

    /// A link to a record's page.
    pub fn record_href(&self, id: RecordId) -> Option<String> {
        self.href(
            record_page(self.site.record(id).kind()),
            Subject::Record(id),
        )
    }

    /// A link to a country's page.
    pub fn country_href(&self, country: CountryId) -> Option<String> {
        self.href(super::COUNTRY, Subject::Country(country, 1))
    }

    /// A link to an area's page.
    pub fn area_href(&self, area: TermId) -> Option<String> {
        self.href(super::AREA, Subject::Term(area, 1))
    }

    /// The full address of a page.
    pub fn absolute(&self, url: &str) -> String {
        let mut address = String::with_capacity(self.base_url.len() + url.len());
        address.push_str(self.base_url);
        address.push_str(url);
        address
    }

    /// The full address of a record's page in the reader's language.
    pub fn record_url(&self, id: RecordId) -> Option<String> {
        let page = record_page(self.site.record(id).kind());
        let url = self.routes.href(page, Subject::Record(id), self.reader)?;
        Some(self.absolute(url))
    }

    /// Whether a record is listed in the reader's language.
    pub fn is_listed(&self, id: RecordId) -> bool {
        is_listed(self.site, id, self.reader)
    }
}

/// Whether a record is listed for a reader: news that is not in their language
/// may be hidden (`news.untranslated = "hide"`).
pub(super) fn is_listed(site: &Site, id: RecordId, reader: LanguageId) -> bool {
    use crate::kinds::{Kind, Untranslated};
    let news = site.config.news.as_ref();
    if news.is_none_or(|news| news.untranslated != Some(Untranslated::Hide)) {
        return true;
    }
    let record = site.record(id);
    record.kind() != Kind::News || site.has_own_text(record, reader)
}
