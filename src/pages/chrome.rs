//! What all pages of a language have in common: `site` in templates, with header and footer.

use super::context::Context;
use super::menu::MenuView;
use super::shown::{Shown, ShownLink};
use super::statement::{ACCESSIBILITY, STATEMENTS};
use super::{CALENDAR, FEED, HOME, OPEN_SEARCH, SEARCH, STATEMENT};
use crate::kinds::{Density, Law};
use crate::routes::Subject;
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use tera::{Context as TemplateContext, Value};

/// `site` in templates.
#[derive(Serialize)]
struct SiteView {
    title: String,
    description: String,
    lang: String,
    dir: &'static str,
    og_locale: String,
    home: String,
    logo: Option<String>,
    /// Of the logo, in pixels.
    logo_width: Option<u32>,
    logo_height: Option<u32>,
    /// `dense`, where the site asks for it.
    density: Option<&'static str>,
    /// The search page, and the description of it for browsers.
    search: String,
    open_search: String,
    /// The full address of the accessibility statement, where Polish law asks for it in the head.
    declaration: Option<String>,
    feed: Option<String>,
    calendar: Option<String>,
    main_menu: Vec<MenuView>,
    footer_menu: Vec<ShownLink>,
    /// The names of the site's languages in this one, by tag.
    language_names: BTreeMap<String, String>,
    publisher: Option<Shown>,
    as_of: super::shown::ShownDate,
    focus: Option<Shown>,
    generator: &'static str,
    /// The `extra` of `site.toml`, as it is.
    extra: Option<Json>,
    /// What all pages of the language have in common, as HTML.
    #[serde(flatten)]
    common: Common,
}

/// What is the same on all pages of a language, made by components of the theme.
#[derive(Serialize, Default)]
struct Common {
    /// Style sheets, scripts and feeds, in the head.
    head_links: Option<Html>,
    /// The panel for size and contrast.
    display: Option<Html>,
    /// The footer's links and lines.
    footer: Option<Html>,
}

impl Context<'_> {
    /// `site` in templates.
    pub(super) fn site_view(&self) -> Result<&Value, TemplateError> {
        self.chrome(|| {
            let mut view = self.make_site_view();
            let mut around = TemplateContext::new();
            around.insert_value("site", Value::from_serializable(&view));
            let templates = &self.theme.templates;
            let make = |component| templates.component_of(component, self.reader, &around);
            view.common = Common {
                head_links: Some(make("head_links")?),
                display: Some(make("display_panel")?),
                footer: Some(make("footer")?),
            };
            Ok(Value::from_serializable(&view))
        })
    }

    /// The header of pages that belong to a menu entry, up to the language switch.
    pub(super) fn masthead(&self, menu: &'static str) -> Result<Html, TemplateError> {
        self.masthead_of(menu, || {
            let mut around = TemplateContext::new();
            around.insert_value("site", self.site_view()?.clone());
            around.insert_value("menu", Value::from(menu));
            let templates = &self.theme.templates;
            templates.component_of("masthead", self.reader, &around)
        })
    }

    fn make_site_view(&self) -> SiteView {
        let language = self.language();
        let config = &self.site.config;
        let tokens = config.theme.as_ref().map(|theme| &theme.0);
        let og_locale = match self.t("language.open_graph") {
            locale if locale.is_empty() => self.tag().to_string(),
            locale => locale,
        };
        let logo = self.logo();
        SiteView {
            title: self.site_title(),
            description: self
                .shown_option(&config.description)
                .map_or_else(String::new, |shown| shown.text),
            lang: self.tag().to_string(),
            dir: language.direction.as_str(),
            og_locale,
            home: self.href(HOME, Subject::Site).unwrap_or_default(),
            logo: logo.as_ref().map(|logo| logo.src.clone()),
            logo_width: logo.as_ref().map(|logo| logo.width),
            logo_height: logo.as_ref().map(|logo| logo.height),
            density: tokens
                .and_then(|tokens| tokens.density)
                .filter(|density| *density != Density::Normal)
                .map(Density::as_str),
            search: self.href(SEARCH, Subject::Site).unwrap_or_default(),
            open_search: self.href(OPEN_SEARCH, Subject::Site).unwrap_or_default(),
            declaration: self.declaration(),
            feed: self.href(FEED, Subject::Site),
            calendar: self.href(CALENDAR, Subject::Site),
            main_menu: self.main_menu(),
            footer_menu: self.footer_menu(),
            language_names: self
                .site
                .language_ids()
                .map(|id| self.site.tag(id))
                .map(|tag| (tag.to_string(), language.language_name(tag)))
                .collect(),
            publisher: config
                .publisher
                .as_ref()
                .and_then(|publisher| self.shown(&publisher.name)),
            as_of: self.date(crate::lang::PartialDate::day(self.site.as_of)),
            focus: self.site.focus.map(|focus| self.label(focus)),
            generator: concat!("twintown ", env!("CARGO_PKG_VERSION")),
            extra: config.extra.as_ref().map(|extra| extra.0.clone()),
            common: Common::default(),
        }
    }

    /// The full address of the statement, where Polish law asks for it in each page's head.
    fn declaration(&self) -> Option<String> {
        let statement = &self.site.accessibility.as_ref()?.facts;
        if self.statement_law(statement) != Law::Poland {
            return None;
        }
        let index = STATEMENTS.iter().position(|name| *name == ACCESSIBILITY)?;
        let subject = Subject::Item(index as u32);
        let url = self.routes.href(STATEMENT, subject, self.reader)?;
        Some(self.absolute(url))
    }
}
