//! The pages on the way from the home page to a page.

use super::HOME;
use super::context::Context;
use super::linked_data::LinkedData;
use super::shown::ShownLink;
use crate::routes::{PageId, ROOT, Subject};
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use std::sync::Arc;

/// A page that others lie below, as they show it; most often shared by many of them.
#[derive(Debug)]
pub struct Crumb {
    pub(super) link: ShownLink,
    /// What search engines are told of it: the fields of an item of a `BreadcrumbList`.
    pub(super) linked_data: LinkedData,
    /// The way back to it, by the component `back_link`.
    pub(super) back: Html,
}

/// What the component `back_link` takes.
#[derive(Serialize)]
struct BackView<'a> {
    link: &'a ShownLink,
}

impl Context<'_> {
    /// The page that a link leads to.
    pub(super) fn crumb(&self, link: ShownLink) -> Result<Arc<Crumb>, TemplateError> {
        let url = link.href.trim_start_matches(ROOT);
        Ok(Arc::new(Crumb {
            linked_data: self.crumb_data(&link.text, url),
            back: self.component("back_link", &BackView { link: &link })?,
            link,
        }))
    }

    /// The fields of an item of a `BreadcrumbList`, for a page at an address within the site.
    pub(super) fn crumb_data(&self, name: &str, url: &str) -> LinkedData {
        let mut data = LinkedData::fields();
        data.put("name", name);
        data.put("item", self.absolute(url));
        data
    }

    /// The home page.
    pub(super) fn home_crumb(&self) -> Result<Arc<Crumb>, TemplateError> {
        self.briefs
            .section(self.reader, "home", || {
                let href = self.href(HOME, Subject::Site);
                let link = ShownLink::new(&self.t("home.crumb"), None, href);
                self.crumb(link).map(Some)
            })
            .map(|home| home.expect("every language has a home page"))
    }

    /// The pages above a record's page: its section.
    pub(super) fn above(
        &self,
        section: &'static str,
        page: PageId,
        subject: Subject,
    ) -> Result<Vec<Arc<Crumb>>, TemplateError> {
        let crumb = self.briefs.section(self.reader, section, || {
            let link = self.section_link(section, page, subject);
            link.map(|link| self.crumb(link)).transpose()
        })?;
        Ok(crumb.into_iter().collect())
    }
}
