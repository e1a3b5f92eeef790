//! The menus: the sections that have something to show, and the site's own pages.

use super::STATEMENT;
use super::body::page_href;
use super::context::Context;
use super::shown::ShownLink;
use crate::content::{Destination, destination};
use crate::kinds::{Data, Kind, MenuName};
use crate::model::RecordId;
use crate::routes::{PageId, Subject};
use serde::Serialize;

/// An entry of the main menu, with those below it.
#[derive(Serialize)]
pub(super) struct MenuView {
    key: &'static str,
    link: ShownLink,
    below: Vec<ShownLink>,
}

/// A section of the site: the key of its name, and the page it leads to.
struct Section(&'static str, PageId, Subject);

/// The sections of the main menu, each with those below it.
const SECTIONS: &[(Section, &[Section])] = {
    use super::*;
    &[
        (
            Section("partnerships", PARTNERSHIP_INDEX, Subject::Part(1)),
            &[
                Section("areas", AREA_INDEX, Subject::Site),
                Section("projects", PROJECT_INDEX, Subject::Part(1)),
                Section("documents", DOCUMENTS, Subject::Part(1)),
                Section("statistics", STATISTICS, Subject::Site),
            ],
        ),
        (
            Section("cities", INDEX, Subject::List(Kind::City, 1)),
            &[
                Section("regions", INDEX, Subject::List(Kind::Region, 1)),
                Section("countries", COUNTRY_INDEX, Subject::Site),
                Section("institutions", INDEX, Subject::List(Kind::Institution, 1)),
            ],
        ),
        (
            Section("organisations", INDEX, Subject::List(Kind::Organisation, 1)),
            &[],
        ),
        (Section("seekers", SEEKER_INDEX, Subject::Site), &[]),
        (Section("news", NEWS_INDEX, Subject::Site), &[]),
        (Section("events", EVENT_INDEX, Subject::Site), &[]),
    ]
};

impl Context<'_> {
    pub(super) fn section_link(
        &self,
        key: &str,
        page: PageId,
        subject: Subject,
    ) -> Option<ShownLink> {
        let href = self.href(page, subject)?;
        Some(ShownLink::new(&self.section_name(key), None, Some(href)))
    }

    /// The name of a section; a town's own site speaks of "our partnerships".
    pub fn section_name(&self, key: &str) -> String {
        let own = self
            .site
            .focus
            .is_some()
            .then(|| self.t(&["focus.section.", key].concat()));
        own.filter(|name| !name.is_empty())
            .unwrap_or_else(|| self.t(&["section.", key].concat()))
    }

    /// The lists of the site: the sections of the main menu and those below them,
    /// and the site map.
    pub(super) fn sections(&self) -> Vec<ShownLink> {
        let each = SECTIONS
            .iter()
            .flat_map(|(section, below)| std::iter::once(section).chain(*below));
        let map = Section("sitemap", super::SITE_MAP, Subject::Site);
        each.chain([&map])
            .filter_map(|Section(key, page, subject)| self.section_link(key, *page, *subject))
            .collect()
    }

    pub(super) fn main_menu(&self) -> Vec<MenuView> {
        let mut menu: Vec<MenuView> = Vec::new();
        for (Section(key, page, subject), below) in SECTIONS {
            let below: Vec<ShownLink> = below
                .iter()
                .filter_map(|Section(key, page, subject)| self.section_link(key, *page, *subject))
                .collect();
            if let Some(link) = self.section_link(key, *page, *subject) {
                menu.push(MenuView { key, link, below });
            }
        }
        for page in self.menu_pages(MenuName::Main) {
            let below = self.pages_below(page);
            let below = below.into_iter().map(|below| self.link(below)).collect();
            menu.push(MenuView {
                key: "pages",
                link: self.link(page),
                below,
            });
        }
        if let Some(menus) = &self.site.config.menus {
            for item in &menus.main {
                menu.extend(self.menu_item(item).map(|link| MenuView {
                    key: "pages",
                    link,
                    below: Vec::new(),
                }));
            }
        }
        menu
    }

    pub(super) fn footer_menu(&self) -> Vec<ShownLink> {
        let mut menu: Vec<ShownLink> = self
            .menu_pages(MenuName::Footer)
            .into_iter()
            .map(|page| self.link(page))
            .collect();
        if let Some(menus) = &self.site.config.menus {
            menu.extend(menus.footer.iter().filter_map(|item| self.menu_item(item)));
        }
        for (index, name) in super::statement::STATEMENTS.iter().enumerate() {
            let own = self.site.get(Kind::Page, name);
            let link = match own.filter(|_| !super::statement::stands(self.site, name)) {
                Some(page) => (!menu
                    .iter()
                    .any(|known| Some(&known.href) == self.record_href(page).as_ref()))
                .then(|| self.link(page)),
                None => self
                    .href(STATEMENT, Subject::Item(index as u32))
                    .map(|href| {
                        ShownLink::new(
                            &self.t(&super::statement::title_key(self.site, name)),
                            None,
                            Some(href),
                        )
                    }),
            };
            menu.extend(link);
        }
        menu.extend(self.section_link("booklet", super::BOOKLET, Subject::Part(1)));
        menu.extend(self.section_link("sitemap", super::SITE_MAP, Subject::Site));
        menu
    }

    fn menu_item(&self, item: &crate::kinds::MenuItem) -> Option<ShownLink> {
        let (href, record) = match destination(&item.to.to) {
            Destination::Record { kind, id, .. } => {
                let record = Kind::from_name(&kind).and_then(|kind| self.site.get(kind, &id));
                (self.named_href(&kind, &id)?, record)
            }
            Destination::Page { path, anchor } => (page_href(&path, anchor.as_deref()), None),
            Destination::Elsewhere(url) => (url, None),
            Destination::Anchor(_) | Destination::File(_) | Destination::Nowhere => return None,
        };
        let title = item.title.as_ref().and_then(|title| self.shown(title));
        let text = title.or_else(|| record.map(|id| self.label(id)))?;
        Some(ShownLink::new(&text.text, text.lang, Some(href)))
    }

    /// The free pages of a menu, by weight and title.
    fn menu_pages(&self, menu: MenuName) -> Vec<RecordId> {
        let mut pages: Vec<RecordId> = self
            .site
            .of_kind(Kind::Page)
            .filter(|id| match &self.site.record(*id).data {
                Data::Page(page) => {
                    // A page below another one is shown below it.
                    let nested = menu == MenuName::Main && page.parent.is_some();
                    !nested && page.menu.as_ref().is_some_and(|entry| entry.menu == menu)
                }
                _ => false,
            })
            .collect();
        self.sort_pages(&mut pages);
        pages
    }

    /// The free pages below one, by weight and title.
    pub(super) fn pages_below(&self, page: RecordId) -> Vec<RecordId> {
        let mut pages = self.site.links(page).parts.clone();
        self.sort_pages(&mut pages);
        pages
    }

    fn sort_pages(&self, pages: &mut [RecordId]) {
        pages.sort_by_key(|id| {
            let weight = match &self.site.record(*id).data {
                Data::Page(page) => page.menu.as_ref().and_then(|entry| entry.weight),
                _ => None,
            };
            (weight.unwrap_or(0), self.site.rank(*id, self.reader))
        });
    }
}
