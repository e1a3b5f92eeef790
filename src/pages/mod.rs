//! The page kinds: one file each, and the list.
//!
//! A page kind says which routes it has and how the page of a route is made.
//! A page is a pure function of the [`Context`] (an immutable snapshot, a
//! language, a route); it reads the model and never another page's output.

mod accessibility;
mod application;
mod archive;
mod area;
mod area_index;
mod asset;
mod body;
mod booklet;
mod brief;
mod calendar;
mod chart;
mod chrome;
mod context;
mod country;
mod country_index;
mod crumb;
mod data;
mod data_csv;
mod documents;
mod entry;
mod event;
mod event_index;
mod facet_list;
mod facets;
mod feed;
mod frame;
mod free_page;
mod gateway;
mod home;
mod host_files;
mod html;
mod index;
mod linked_data;
mod lists;
mod made;
mod map;
mod menu;
mod network;
mod news_index;
mod news_item;
mod not_found;
mod open_search;
mod partnership;
mod partnership_index;
mod party;
mod picture;
mod picture_file;
mod project;
mod project_index;
mod record_parts;
mod redirect;
mod search;
mod search_index;
mod searchable;
mod seeker;
mod seeker_index;
mod shown;
mod site_map;
mod statement;
mod statistics;
mod theme_asset;
mod topic;
mod versions;
mod xml_sitemap;

pub use brief::Briefs;
pub use context::Context;

use crate::kinds::Kind;
use crate::routes::{PageId, Routes, Subject, UrlWords};
use crate::theme::{Html, TemplateError};

/// A kind of page.
pub struct PageKind {
    pub name: &'static str,
    /// Adds its routes.
    pub routes: fn(&mut Routes<'_>),
    /// Makes the page of a route.
    pub render: fn(&Context<'_>, Subject) -> Result<Output, TemplateError>,
}

/// What a page is made of.
#[derive(Debug)]
pub enum Output {
    Html(Html),
    Bytes(Vec<u8>),
    /// A file of the site, as it is.
    File(String),
    /// A version of a picture: the places of both, as in `Assets::versions`.
    Picture(usize, usize),
}

macro_rules! pages {
    ($( $module:ident $constant:ident, )+) => {
        #[allow(clippy::upper_case_acronyms, non_camel_case_types, dead_code)]
        #[repr(u8)]
        enum Position { $( $constant, )+ }

        $( #[allow(dead_code)] pub(crate) const $constant: PageId = PageId(Position::$constant as u8); )+

        /// Every page kind, in the order its routes are made; a later one may
        /// look at the routes of the earlier.
        pub static PAGES: &[PageKind] = &[ $( $module::PAGE, )+ ];
    };
}

pages! {
    gateway GATEWAY,
    home HOME,
    index INDEX,
    party PARTY,
    partnership_index PARTNERSHIP_INDEX,
    partnership PARTNERSHIP,
    seeker_index SEEKER_INDEX,
    facet_list FACET_LIST,
    seeker SEEKER,
    application APPLICATION,
    news_index NEWS_INDEX,
    news_item NEWS_ITEM,
    event_index EVENT_INDEX,
    event EVENT,
    project_index PROJECT_INDEX,
    project PROJECT,
    country_index COUNTRY_INDEX,
    country COUNTRY,
    area_index AREA_INDEX,
    area AREA,
    topic TOPIC,
    documents DOCUMENTS,
    statistics STATISTICS,
    free_page FREE_PAGE,
    statement STATEMENT,
    booklet BOOKLET,
    site_map SITE_MAP,
    search SEARCH,
    search_index SEARCH_INDEX,
    open_search OPEN_SEARCH,
    not_found NOT_FOUND,
    feed FEED,
    calendar CALENDAR,
    data_csv DATA_CSV,
    data DATA,
    asset ASSET,
    picture_file PICTURE_FILE,
    theme_asset THEME_ASSET,
    redirect REDIRECT,
    host_files HOST_FILES,
    xml_sitemap XML_SITEMAP,
}

/// The page kinds whose addresses hang on where partnerships stand: they list those of a
/// stage, in as many parts as there are entries for.
pub const OF_STAGES: &[PageId] = &[FACET_LIST, COUNTRY];

/// The page kind that shows records of a kind, one each.
pub fn record_page(kind: Kind) -> PageId {
    match kind {
        Kind::City | Kind::Region | Kind::Institution | Kind::Organisation => PARTY,
        Kind::Partnership => PARTNERSHIP,
        Kind::Seeker => SEEKER,
        Kind::News => NEWS_ITEM,
        Kind::Event => EVENT,
        Kind::Project => PROJECT,
        Kind::Page => FREE_PAGE,
    }
}

/// Adds the pages of all records of a kind, in every language, below a folder.
/// The last part of the address is the slug in that language, else the id.
fn add_record_routes(
    routes: &mut Routes<'_>,
    kind: Kind,
    folder: impl Fn(&UrlWords<'_>) -> String,
) {
    let site = routes.site;
    for language in site.language_ids() {
        let folder = folder(&UrlWords(site.language(language)));
        for id in site.of_kind(kind) {
            let record = site.record(id);
            let slug = record
                .data
                .common()
                .slug
                .as_ref()
                .and_then(|slug| slug.exact(site.tag(language)));
            let (slug, span) = match slug {
                Some(slug) => (slug.0.as_str(), slug.1),
                None => (record.id.as_str(), record.span()),
            };
            let url = [&folder, slug, "/"].concat();
            routes.add_from(url, Subject::Record(id), Some(language), span);
        }
    }
}

/// The slug of a term in a language, else its id.
fn term_slug<'a>(
    site: &crate::model::Site,
    vocabulary: &'a crate::model::Vocabulary,
    term: crate::model::TermId,
    language: crate::model::LanguageId,
) -> &'a str {
    let slug = vocabulary
        .term(term)
        .slug
        .as_ref()
        .and_then(|slug| slug.exact(site.tag(language)));
    slug.map_or(vocabulary.id(term), |slug| slug.0.as_str())
}
