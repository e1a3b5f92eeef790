//! The same page in each language: for search engines, and for readers who change the language.

use super::context::Context;
use super::frame::{Head, Own};
use super::{EVENT_INDEX, HOME, NEWS_INDEX};
use crate::lang::Lang;
use crate::model::LanguageId;
use crate::routes::{Route, Subject, site_root};
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use std::sync::Arc;

/// What the page in one language shows of those in all of them, made once for all.
pub(super) struct Versions {
    /// The links between those that are true, by the component `alternates`.
    alternates: Html,
    /// The links to each, by the component `version_link`: from another language, and from itself.
    links: Vec<[Html; 2]>,
}

/// What the component `alternates` takes; the versions are those that are true.
#[derive(Serialize, Default)]
pub(super) struct Alternates {
    pub(super) alternates: Vec<Alternate>,
    /// The version for readers of other languages.
    pub(super) x_default: Option<String>,
}

/// An `hreflang` link.
#[derive(Serialize)]
pub(super) struct Alternate {
    lang: Lang,
    href: String,
}

/// An entry of the language switch, which the component `version_link` takes.
#[derive(Serialize)]
pub(super) struct Version<'a> {
    lang: Lang,
    name: &'a str,
    href: String,
    current: bool,
}

impl Versions {
    /// The `hreflang` links of a page that is true itself.
    pub(super) fn alternates(&self) -> Html {
        self.alternates.clone()
    }

    /// The language switch of the page in a language.
    pub(super) fn links(&self, reader: LanguageId) -> Vec<Html> {
        let links = self.links.iter().enumerate();
        links
            .map(
                |(language, [other, own])| match language == reader.index() {
                    true => own.clone(),
                    false => other.clone(),
                },
            )
            .collect()
    }
}

impl Context<'_> {
    /// This page in all languages; those of a page are made one after another.
    pub(super) fn versions(&self, head: &Head) -> Result<Arc<Versions>, TemplateError> {
        // Components of a site's theme may ask for the words of the page's language.
        let own = self.theme.templates.are_own().then_some(self.reader);
        let key = (self.route.page, self.route.subject, own);
        self.briefs.versions.get_or_try(key, || {
            let link = |language, current| {
                let version = self.version(language, current);
                self.component("version_link", &version)
            };
            let links = self.site.language_ids();
            let links = links.map(|language| Ok([link(language, false)?, link(language, true)?]));
            Ok(Arc::new(Versions {
                alternates: self.component("alternates", &self.alternates(head))?,
                links: links.collect::<Result<_, _>>()?,
            }))
        })
    }

    /// Whether the page is announced as the version in its language.
    pub(super) fn is_true(&self, head: &Head) -> bool {
        !head.noindex && self.is_own(head, self.reader)
    }

    /// The entries of the language switch, as data.
    pub(super) fn switch(&self) -> Vec<Version<'_>> {
        let languages = self.site.language_ids();
        languages
            .map(|language| self.version(language, language == self.reader))
            .collect()
    }

    /// The true versions of this page in all languages.
    pub(super) fn alternates(&self, head: &Head) -> Alternates {
        let own = self.site.language_ids();
        let own = own.filter(|language| self.is_own(head, *language));
        let alternates: Vec<Alternate> = own
            .filter_map(|language| {
                Some(Alternate {
                    lang: self.site.tag(language),
                    href: self.absolute(self.url_in(language)?),
                })
            })
            .collect();
        Alternates {
            x_default: self.x_default(&alternates),
            alternates,
        }
    }

    /// The version for readers of other languages: the gateway for home pages,
    /// else the version in the site's default language, else the first there is.
    fn x_default(&self, alternates: &[Alternate]) -> Option<String> {
        let first = alternates.first()?;
        if self.route.page == HOME {
            return Some(self.base_url.to_owned());
        }
        let default = self.site.config.default_language.value;
        let version = alternates
            .iter()
            .find(|alternate| alternate.lang == default);
        Some(version.unwrap_or(first).href.clone())
    }

    fn is_own(&self, head: &Head, language: LanguageId) -> bool {
        match head.own_text {
            Own::Everywhere => true,
            Own::Record(id) => self.site.has_own_text(self.site.record(id), language),
        }
    }

    /// The address of this page in a language that has it.
    pub(super) fn url_in(&self, language: LanguageId) -> Option<&str> {
        self.routes.url(Route {
            language: Some(language),
            ..self.route
        })
    }

    /// The same page in a language, whatever its text is in; where a list has fewer parts there,
    /// its first.
    fn version(&self, language: LanguageId, current: bool) -> Version<'_> {
        let first = || match self.route.subject {
            Subject::Year { .. } if self.route.page == NEWS_INDEX => Subject::Site,
            Subject::Year { .. } if self.route.page == EVENT_INDEX => Subject::Site,
            other => other.first_part(),
        };
        let url = self
            .url_in(language)
            .or_else(|| self.routes.href(self.route.page, first(), language))
            .or_else(|| self.routes.href(HOME, Subject::Site, language));
        Version {
            lang: self.site.tag(language),
            name: self.site.language(language).endonym(),
            href: site_root(url.unwrap_or_default()),
            current,
        }
    }
}
