//! What every HTML page has around its own content: head, language
//! switch, breadcrumb, notice and footer.

use super::HOME;
use super::context::Context;
use super::crumb::Crumb;
use super::linked_data::LinkedData;
use super::shown::Shown;
use super::versions::{Alternate, Alternates, Version};
use crate::lang::{Lang, has_single_spaces, with_single_spaces};
use crate::model::{RecordId, Translation};
use crate::routes::site_root;
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use std::sync::Arc;
use tera::Value;

/// What a page kind says of one of its pages.
#[derive(Debug, Clone)]
pub struct Head {
    /// Of the page itself, without the site's title.
    pub title: Shown,
    /// The section's name, part of `<title>` so that it is unique in its language.
    pub section: Option<String>,
    /// The key of the menu entry the page belongs to.
    pub menu: &'static str,
    pub description: Option<String>,
    /// The pages above this one, after the home page.
    pub above: Vec<Arc<Crumb>>,
    /// Whether the page's own text is in this language.
    pub own_text: Own,
    /// What search engines are told of the subject (schema.org).
    pub linked_data: Vec<LinkedData>,
    /// `article` for news, else `website`.
    pub og_type: &'static str,
    /// A picture's full address.
    pub image: Option<String>,
    /// Kept out of search engines.
    pub noindex: bool,
}

/// Which languages a page's own text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// All that have such a page: the text is the interface's.
    Everywhere,
    /// Those the record has a text in.
    Record(RecordId),
}

impl Head {
    /// A page of the interface, such as a list.
    pub fn new(title: Shown, menu: &'static str) -> Head {
        Head {
            title,
            section: None,
            menu,
            description: None,
            above: Vec::new(),
            own_text: Own::Everywhere,
            linked_data: Vec::new(),
            og_type: "website",
            image: None,
            noindex: false,
        }
    }
}

/// `page` in templates.
#[derive(Serialize)]
pub(super) struct Frame {
    /// The whole `<title>`.
    title: String,
    /// The `<h1>`.
    heading: Shown,
    /// The full address.
    url: String,
    menu: &'static str,
    /// By the component `notice`.
    notice: Html,
    /// The head, from the title on.
    head: Html,
    /// What stands above the main part.
    header: Html,
    /// The way to the page directly above.
    back: Option<Html>,
}

/// What the component `head` takes.
#[derive(Serialize)]
struct HeadView<'a> {
    /// The whole `<title>`.
    title: &'a str,
    heading: &'a str,
    description: String,
    /// The full address.
    url: &'a str,
    noindex: bool,
    og_type: &'static str,
    image: Option<&'a str>,
    /// The links between the versions of a page that is true, by the component `alternates`; the
    /// same as data, for templates of a site.
    versions: Html,
    alternates: Vec<Alternate>,
    x_default: Option<String>,
    linked_data: Vec<Html>,
}

/// What the component `header` takes.
#[derive(Serialize)]
struct HeaderView<'a> {
    /// The header up to the language switch.
    masthead: Html,
    /// The language switch, each by the component `version_link`; the same as data, for
    /// templates of a site.
    versions: Vec<Html>,
    switch: Vec<Version<'a>>,
    /// From the home page to this one.
    breadcrumb: Vec<&'a Value>,
}

/// Tells the reader that the text is in another language than the page, or
/// older than the text it was translated from.
#[derive(Serialize)]
struct Notice {
    text: String,
    /// The other language.
    lang: Lang,
    /// Where the newer text is.
    source: Option<SourceLink>,
}

/// A link to the page in the language it was translated from.
#[derive(Serialize)]
struct SourceLink {
    href: String,
    text: String,
}

impl Context<'_> {
    /// The frame of this page, as `page` in templates.
    pub(super) fn frame(&self, mut head: Head) -> Result<Frame, TemplateError> {
        let site_title = self.site_title();
        let title = self.title(&head, &site_title);
        let mut crumbs = Vec::with_capacity(1 + head.above.len());
        if self.route.page != HOME {
            crumbs.push(self.home_crumb()?);
            crumbs.append(&mut head.above);
        }
        let of_breadcrumb = self.breadcrumb_data(&crumbs, &head);
        let linked_data = std::mem::take(&mut head.linked_data);
        let linked_data = linked_data.into_iter().chain(of_breadcrumb);
        let versions = self.versions(&head)?;
        let is_true = self.is_true(&head);
        let Alternates {
            alternates,
            x_default,
        } = self.for_own_templates(|| match is_true {
            true => self.alternates(&head),
            false => Alternates::default(),
        });
        let url = self.absolute(self.url);
        let description = match &head.description {
            Some(text) => shorten(text, 300),
            None => self.with_dash(&[&head.title.text, &site_title]),
        };
        Ok(Frame {
            head: self.component(
                "head",
                &HeadView {
                    title: &title,
                    heading: &head.title.text,
                    description,
                    url: &url,
                    noindex: head.noindex,
                    og_type: head.og_type,
                    image: head.image.as_deref(),
                    versions: match is_true {
                        true => versions.alternates(),
                        false => Html::default(),
                    },
                    alternates,
                    x_default,
                    linked_data: linked_data.map(|data| Html::text(data.script())).collect(),
                },
            )?,
            back: crumbs.last().map(|above| above.back.clone()),
            header: self.component(
                "header",
                &HeaderView {
                    masthead: self.masthead(head.menu)?,
                    versions: versions.links(self.reader),
                    switch: self.for_own_templates(|| self.switch()),
                    breadcrumb: breadcrumb(&crumbs, &head.title),
                },
            )?,
            title,
            url,
            menu: head.menu,
            notice: match self.notice(&head) {
                Some(notice) => self.component("notice", &notice)?,
                None => Html::default(),
            },
            heading: Shown {
                lang: self.for_own_templates(|| head.title.lang),
                ..head.title
            },
        })
    }

    /// The site's title for the reader.
    pub fn site_title(&self) -> String {
        let title = self.site.find(&self.site.config.title, self.reader);
        title.map_or_else(String::new, |found| found.value.clone())
    }

    /// The whole `<title>`, as far as possible of several parts.
    fn title(&self, head: &Head, site_title: &str) -> String {
        let mut parts = Vec::with_capacity(3);
        parts.push(head.title.text.as_str());
        parts.extend(head.section.as_deref());
        if self.route.page != HOME {
            parts.push(site_title);
        }
        parts.dedup();
        self.with_dash(&parts)
    }

    /// Where the page is in the site, for search engines: the pages above it, and itself.
    fn breadcrumb_data(&self, above: &[Arc<Crumb>], head: &Head) -> Option<LinkedData> {
        if above.is_empty() || head.noindex {
            return None;
        }
        let this = self.crumb_data(&head.title.text, self.url);
        let crumbs = above.iter().map(|crumb| &crumb.linked_data).chain([&this]);
        let items = (1_u32..).zip(crumbs).map(|item| ("ListItem", item));
        let mut data = LinkedData::subject("BreadcrumbList");
        data.put_things("itemListElement", items, |item, (position, crumb)| {
            item.put("position", position);
            item.put_fields(crumb);
        });
        Some(data)
    }

    fn notice(&self, head: &Head) -> Option<Notice> {
        let Own::Record(id) = head.own_text else {
            return None;
        };
        let language = self.language();
        let (key, lang) = match self.site.translation_of(id, self.reader) {
            Translation::Own => return None,
            Translation::StandIn(lang) => ("notice.other_language", lang),
            Translation::Older(lang) => ("notice.older", lang),
        };
        let name = language.language_name(lang);
        let source = (key == "notice.older").then(|| self.in_language(lang));
        Some(Notice {
            text: language.say(key, &[("language", &name)]),
            lang,
            source: source.flatten().map(|href| SourceLink {
                href,
                text: language.say("notice.source", &[("language", &name)]),
            }),
        })
    }

    /// The link to this page in another language, where it has one there.
    fn in_language(&self, lang: Lang) -> Option<String> {
        let language = self
            .site
            .language_ids()
            .find(|id| self.site.tag(*id) == lang)?;
        self.url_in(language).map(site_root)
    }

    /// The section's name for a record's `<title>`; where another record of the
    /// section has the same label, what tells the two apart: the day, else the id.
    pub(super) fn unique_section(&self, id: RecordId, section: &str) -> String {
        let namesakes = self.site.namesakes(id, self.reader);
        let day = self.site.day(id);
        match day {
            _ if namesakes.is_empty() => self.section_name(section),
            Some(day)
                if namesakes
                    .iter()
                    .all(|other| self.site.day(*other) != Some(day)) =>
            {
                self.date(day).text
            }
            _ => self.site.record(id).id.clone(),
        }
    }
}

/// From the home page to this one, which is called `title`; none on the home page itself.
fn breadcrumb<'a>(above: &'a [Arc<Crumb>], title: &'a Shown) -> Vec<&'a Value> {
    let this = (!above.is_empty()).then_some(&title.html);
    above
        .iter()
        .map(|crumb| &crumb.link.html)
        .chain(this)
        .collect()
}

/// At most so many characters, cut at a word.
pub(super) fn shorten(text: &str, most: usize) -> String {
    let text = match has_single_spaces(text) {
        true => text,
        false => &with_single_spaces(text),
    };
    let after_most = || text.char_indices().nth(most);
    let Some((end, _)) = (text.len() > most).then(after_most).flatten() else {
        return text.to_owned();
    };
    let cut = &text[..end];
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '–']))
}

/// A sentence and what follows it; the full stop of an abbreviation is one already.
pub(super) fn sentences(first: &str, next: Option<&str>) -> String {
    let stop = if first.ends_with('.') { "" } else { "." };
    match next {
        Some(next) => [first, stop, " ", next].concat(),
        None => [first, stop].concat(),
    }
}
