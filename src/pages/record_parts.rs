//! What records of all kinds may show: pictures, documents, links, contact, sources.

use super::Context;
use super::picture::PictureView;
use super::shown::{Shown, ShownDate, ShownLink};
use crate::content::FilePath;
use crate::kinds::{Contact, Document, Image, Record, Source};
use crate::lang::Lang;
use crate::model::{Asset, RecordId, Translation};
use crate::routes::site_root;
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use tera::Value;

/// The parts that every record's page can have.
///
/// The first four are HTML, by components of the theme; the others are the same as data, for
/// templates of a site. Those of the built-in theme do without them, so that their pages have
/// few shapes.
#[derive(Serialize, Default)]
pub(super) struct CommonView {
    /// The summary, by `lead`.
    lead: Html,
    /// The body, by `body_of`.
    passage: Html,
    /// The main picture, by `figure`.
    figure: Html,
    /// Documents, gallery, contact, links and sources, by `common_parts`.
    pub(super) parts: Html,
    image: Option<ImageView>,
    gallery: Vec<ImageView>,
    links: Vec<LinkView>,
    documents: Vec<DocumentView>,
    contact: Option<ContactView>,
    sources: Vec<SourceView>,
    /// The record's `extra`, as it is.
    extra: Option<serde_json::Value>,
}

#[derive(Serialize)]
pub(super) struct ImageView {
    #[serde(flatten)]
    picture: PictureView,
    alt: String,
    /// The language of `alt`, where that is not the page's.
    lang: Option<Lang>,
    caption: Option<Shown>,
    /// Who made it, under which licence, from where; as HTML.
    credits: Vec<Value>,
}

#[derive(Serialize)]
struct LinkView {
    url: String,
    title: Shown,
    language: Option<String>,
    hreflang: Option<Lang>,
}

#[derive(Serialize)]
pub(super) struct DocumentView {
    title: Shown,
    kind_label: Option<String>,
    number: Option<String>,
    body: Option<Shown>,
    date: Option<ShownDate>,
    language: Option<String>,
    url: Option<String>,
    /// Kind and number, issuing body and date, as far as they are known; as HTML.
    details: Vec<Value>,
    files: Vec<FileView>,
}

#[derive(Serialize)]
struct FileView {
    href: String,
    hreflang: Option<Lang>,
    language: Option<String>,
    /// `PDF`
    media_type: String,
    /// `240 kB`; of a picture `1 600 × 1 200`.
    size: String,
}

#[derive(Serialize)]
pub(super) struct ContactView {
    office: Option<Shown>,
    role: Option<Shown>,
    name: Option<String>,
    address: Option<Shown>,
    email: Option<String>,
    phone: Option<String>,
    /// For `tel:`.
    phone_href: Option<String>,
    hours: Option<Shown>,
    languages: String,
    website: Option<String>,
    data_box: Option<String>,
    e_delivery: Option<String>,
}

#[derive(Serialize)]
pub(super) struct SourceView {
    publisher: Option<Shown>,
    title: Option<Shown>,
    url: Option<String>,
    published: Option<ShownDate>,
    /// "read on …"
    accessed: Option<Shown>,
}

/// What has happened and is to come, each a list as HTML: what the component `activity` takes.
#[derive(Serialize, Default)]
pub(super) struct Activity {
    pub(super) upcoming: Option<Html>,
    pub(super) news: Option<Html>,
    pub(super) projects: Option<Html>,
    pub(super) past: Option<Html>,
}

/// What the components `lead` and `body_of` take.
#[derive(Serialize)]
struct Passage<'a, T> {
    text: &'a T,
    notice: Option<NoticeLanguage>,
}

/// What they ask of the page's notice.
#[derive(Serialize, Clone)]
struct NoticeLanguage {
    lang: Lang,
}

/// What the components `picture` and `figure` take.
#[derive(Serialize)]
struct Figure<'a> {
    image: &'a ImageView,
    #[serde(skip_serializing_if = "Option::is_none")]
    sizes: Option<&'static str>,
    lazy: bool,
}

/// What the component `common_parts` takes.
#[derive(Serialize)]
struct Parts<'a> {
    common: &'a CommonView,
}

/// What the component `section` takes.
#[derive(Serialize)]
struct Section {
    id: &'static str,
    title: String,
    html: Html,
}

/// What the component `after` takes.
#[derive(Serialize, Default)]
pub(super) struct After {
    /// The record's own feed and calendar.
    pub(super) feed: Option<String>,
    pub(super) calendar: Option<String>,
    /// Of the common parts.
    pub(super) parts: Html,
    pub(super) related: Html,
    pub(super) previous: Option<ShownLink>,
    pub(super) next: Option<ShownLink>,
}

impl CommonView {
    /// Whether there is something for `common_parts`.
    fn has_parts(&self) -> bool {
        self.contact.is_some()
            || !(self.gallery.is_empty()
                && self.links.is_empty()
                && self.documents.is_empty()
                && self.sources.is_empty())
    }
}

impl Context<'_> {
    /// What only templates of a site look at; nothing where the site has none.
    pub(super) fn for_own_templates<T: Default>(&self, make: impl FnOnce() -> T) -> T {
        match self.theme.templates.are_own() {
            true => make(),
            false => T::default(),
        }
    }

    /// A record's summary.
    pub(super) fn summary(&self, id: RecordId) -> Option<Shown> {
        self.shown_option(&self.site.record(id).data.common().summary)
    }

    /// The beginning of its body, as text.
    pub(super) fn excerpt(&self, id: RecordId) -> Option<String> {
        let body = self.site.find_body(id, self.reader)?;
        Some(body.value.excerpt.clone())
    }

    /// The common parts of a record; `sizes` says how wide its main picture is shown, where
    /// that is not the width of a text.
    pub(super) fn common(
        &self,
        id: RecordId,
        sizes: Option<&'static str>,
    ) -> Result<CommonView, TemplateError> {
        let data = self.common_data(self.site.record(id));
        let lang = match self.site.translation_of(id, self.reader) {
            Translation::Own => None,
            Translation::StandIn(lang) | Translation::Older(lang) => Some(lang),
        };
        let notice = lang.map(|lang| NoticeLanguage { lang });
        let (summary, body) = (self.summary(id), self.body(id));
        let lead = summary.as_ref().map(|text| {
            let notice = notice.clone();
            self.component("lead", &Passage { text, notice })
        });
        let passage = body.as_ref().map(|text| {
            let notice = notice.clone();
            self.component("body_of", &Passage { text, notice })
        });
        let figure = data.image.as_ref().map(|image| {
            let lazy = false;
            self.component("figure", &Figure { image, sizes, lazy })
        });
        let common = Parts { common: &data };
        let parts = data
            .has_parts()
            .then(|| self.component("common_parts", &common));
        Ok(CommonView {
            lead: lead.transpose()?.unwrap_or_default(),
            passage: passage.transpose()?.unwrap_or_default(),
            figure: figure.transpose()?.unwrap_or_default(),
            parts: parts.transpose()?.unwrap_or_default(),
            ..self.for_own_templates(|| data)
        })
    }

    /// A picture without its caption, which is shown so wide.
    pub(super) fn shown_picture(
        &self,
        image: &ImageView,
        sizes: &'static str,
    ) -> Result<Html, TemplateError> {
        let (sizes, lazy) = (Some(sizes), false);
        self.component("picture", &Figure { image, sizes, lazy })
    }

    /// News, the newest first and at most so many, events and projects of a record, as lists.
    pub(super) fn lists_of(&self, id: RecordId, most: usize) -> Result<Activity, TemplateError> {
        let (site, links) = (self.site, self.site.links(id));
        let events = links.events.iter();
        let (past, mut upcoming): (Vec<RecordId>, Vec<RecordId>) =
            events.partition(|event| site.is_past(**event));
        upcoming.reverse();
        let news = links.news.iter().copied();
        let news = news.filter(|news| self.is_listed(*news)).take(most);
        let dated = |entries: Vec<Html>| self.entry_list("dated_list", &entries);
        let projects = self.entries(self.by_label(&links.projects))?;
        Ok(Activity {
            news: dated(self.entries(news)?)?,
            upcoming: dated(self.entries(upcoming)?)?,
            past: dated(self.entries(past)?)?,
            projects: self.entry_list("titled_list", &projects)?,
        })
    }

    /// News, events and projects as HTML.
    pub(super) fn activity(&self, lists: &Activity) -> Result<Html, TemplateError> {
        let all = [&lists.upcoming, &lists.news, &lists.projects, &lists.past];
        self.component_if(all.iter().any(|list| list.is_some()), "activity", lists)
    }

    /// A part of the page under its heading, by the component `section`; `id` is that of the
    /// heading, `title` the key of its text.
    pub(super) fn section(
        &self,
        id: &'static str,
        title: &str,
        html: Option<Html>,
    ) -> Result<Html, TemplateError> {
        let Some(html) = html else {
            return Ok(Html::default());
        };
        let title = self.t(title);
        self.component("section", &Section { id, title, html })
    }

    /// What stands below all else on a record's page.
    pub(super) fn after(&self, after: &After) -> Result<Html, TemplateError> {
        let all = [&after.feed, &after.calendar];
        let is_there = all.iter().any(|link| link.is_some())
            || !(after.parts.is_empty() && after.related.is_empty())
            || after.previous.is_some()
            || after.next.is_some();
        self.component_if(is_there, "after", after)
    }

    fn common_data(&self, record: &Record) -> CommonView {
        let common = record.data.common();
        CommonView {
            lead: Html::default(),
            passage: Html::default(),
            figure: Html::default(),
            parts: Html::default(),
            image: common
                .image
                .as_ref()
                .and_then(|image| self.image(record, &image.0, None)),
            gallery: common
                .gallery
                .iter()
                .filter_map(|image| self.image(record, &image.0, None))
                .collect(),
            links: common
                .links
                .iter()
                .map(|link| LinkView {
                    url: link.0.url.url.clone(),
                    title: self
                        .shown_option(&link.0.title)
                        .unwrap_or_else(|| Shown::plain(host(&link.0.url.url).to_owned())),
                    language: link
                        .0
                        .language
                        .map(|lang| self.language().language_name(lang)),
                    hreflang: link.0.language,
                })
                .collect(),
            documents: common
                .documents
                .iter()
                .map(|document| self.document(record, document))
                .collect(),
            contact: common.contact.as_ref().map(|contact| self.contact(contact)),
            sources: common
                .sources
                .iter()
                .map(|source| self.source(source))
                .collect(),
            extra: common.extra.as_ref().map(|extra| extra.0.clone()),
        }
    }

    /// A picture of a record; `None` when its file is missing.
    pub(super) fn image(
        &self,
        record: &Record,
        image: &Image,
        alt: Option<String>,
    ) -> Option<ImageView> {
        let picture = self.picture(&record.folder, &image.file.path)?;
        let alt = self
            .shown_option(&image.alt)
            .or(alt.map(Shown::plain))
            .filter(|_| image.decorative != Some(true))
            .unwrap_or_else(|| Shown::plain(String::new()));
        Some(ImageView {
            picture: picture.clone(),
            alt: alt.text,
            lang: alt.lang,
            caption: self.shown_option(&image.caption),
            credits: [&image.credit, &image.licence]
                .into_iter()
                .filter_map(|text| self.shown_option(text))
                .map(|shown| shown.html)
                .chain(image.source.as_ref().map(|source| {
                    ShownLink::new(&self.t("source"), None, Some(source.url.clone())).html
                }))
                .collect(),
        })
    }

    fn asset(&self, record: &Record, file: &FilePath) -> Option<&Asset> {
        self.site
            .assets
            .get(&crate::kinds::media_path(&record.folder, &file.path)?)
    }

    /// The full address of a record's main picture.
    pub(super) fn main_image_url(&self, record: &Record) -> Option<String> {
        let image = record.data.common().image.as_ref()?;
        self.asset(record, &image.0.file)
            .map(|asset| self.absolute(&asset.url))
    }

    /// A document of a record.
    pub(super) fn document(&self, record: &Record, document: &Document) -> DocumentView {
        let file = |file: &FilePath, lang: Option<Lang>| {
            let asset = self.asset(record, file)?;
            Some(FileView {
                href: site_root(&asset.url),
                hreflang: lang,
                language: lang.map(|lang| self.language().language_name(lang)),
                media_type: asset.media_type.label.to_owned(),
                size: match &asset.picture {
                    // The file that is sent is another one than the editor's.
                    Some(picture) if picture.made.is_some() => self.pixels(asset),
                    _ => self.size(asset.len),
                },
            })
        };
        let mut files: Vec<FileView> = document
            .file
            .iter()
            .filter_map(|path| file(path, document.language))
            .collect();
        if let Some(by_language) = &document.files {
            files.extend(
                by_language
                    .same
                    .iter()
                    .filter_map(|path| file(path, document.language)),
            );
            files.extend(
                by_language
                    .by
                    .iter()
                    .filter_map(|(lang, path)| file(path, Some(*lang))),
            );
        }
        let languages: Vec<String> = match (&document.language, &document.files) {
            (Some(lang), _) => vec![self.language().language_name(*lang)],
            (None, Some(files)) => files
                .by
                .iter()
                .map(|(lang, _)| self.language().language_name(*lang))
                .collect(),
            (None, None) => Vec::new(),
        };
        let kind_label = document
            .kind
            .map(|kind| self.t(&format!("document_kind.{}", kind.as_str())));
        let named: Vec<String> = kind_label
            .clone()
            .into_iter()
            .chain(document.number.clone())
            .collect();
        let body = self.shown_option(&document.body);
        let date = document.date.map(|date| self.date(date));
        let details = (!named.is_empty())
            .then(|| Shown::plain(named.join(" ")).html)
            .into_iter()
            .chain(body.as_ref().map(|body| body.html.clone()))
            .chain(date.as_ref().map(|date| date.html()))
            .collect();
        DocumentView {
            details,
            title: self
                .shown(&document.title)
                .unwrap_or_else(|| Shown::plain(String::new())),
            kind_label,
            number: document.number.clone(),
            body,
            date,
            language: (!languages.is_empty()).then(|| self.language().list(&languages)),
            url: document.url.as_ref().map(|url| url.url.clone()),
            files,
        }
    }

    /// The size of the largest version of a picture.
    fn pixels(&self, asset: &Asset) -> String {
        let number = |length: u32| self.language().number(length.into());
        asset.versions().last().map_or_else(String::new, |largest| {
            format!(
                "{} × {}",
                number(largest.size.width),
                number(largest.size.height)
            )
        })
    }

    /// A file's size in kB or MB, as readers know it (thousands, SI).
    fn size(&self, bytes: u64) -> String {
        let (key, amount) = match bytes {
            0..1_000_000 => ("size.kb", bytes.div_ceil(1000)),
            _ => ("size.mb", bytes.div_ceil(1_000_000)),
        };
        self.language()
            .say(key, &[("n", &self.language().number(amount as i64))])
    }

    pub(super) fn contact(&self, contact: &Contact) -> ContactView {
        let languages: Vec<String> = contact
            .languages
            .iter()
            .map(|lang| self.language().language_name(*lang))
            .collect();
        ContactView {
            office: self.shown_option(&contact.office),
            role: self.shown_option(&contact.role),
            name: contact.name.clone(),
            address: self.shown_option(&contact.address),
            email: contact.email.as_ref().map(|email| email.0.clone()),
            phone_href: contact.phone.as_ref().map(|phone| {
                phone
                    .chars()
                    .filter(|letter| letter.is_ascii_digit() || *letter == '+')
                    .collect()
            }),
            phone: contact.phone.clone(),
            hours: self.shown_option(&contact.hours),
            languages: self.language().list(&languages),
            website: contact.website.as_ref().map(|website| website.url.clone()),
            data_box: contact.data_box.as_ref().map(|code| code.0.clone()),
            e_delivery: contact.e_delivery.as_ref().map(|code| code.0.clone()),
        }
    }

    /// The publisher's contact, for the page of that name.
    pub(super) fn publisher_contact(&self) -> Option<impl Serialize + use<>> {
        let publisher = self.site.config.publisher.as_ref()?;
        publisher
            .contact
            .as_ref()
            .map(|contact| self.contact(contact))
    }

    /// Where a fact comes from.
    pub(super) fn source(&self, source: &Source) -> SourceView {
        SourceView {
            publisher: self.shown_option(&source.publisher),
            title: self.shown_option(&source.title),
            url: source.url.as_ref().map(|url| url.url.clone()),
            published: source.published.map(|date| self.date(date)),
            accessed: source.accessed.map(|date| self.say_date("accessed", date)),
        }
    }

    /// A record's links, without their texts: the areas it is about.
    pub(super) fn areas<T>(&self, areas: &[crate::content::Reference<T>]) -> Vec<ShownLink> {
        let terms = self.site.terms(&self.site.areas, areas);
        terms.into_iter().map(|area| self.area_link(area)).collect()
    }
}

/// The host of an address: what a link without a title is called.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}
