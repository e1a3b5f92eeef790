//! A body as the HTML of one page: the gaps of its Markdown filled.

use super::context::Context;
use crate::content::{Body, Destination, Heading, Piece};
use crate::kinds::{Kind, Record};
use crate::lang::Lang;
use crate::model::{Found, RecordId, TermId};
use crate::routes::Subject;
use crate::routes::site_root;
use crate::theme::{Html, escape};
use serde::Serialize;

/// A record's body, for the reader.
#[derive(Debug, Clone, Serialize)]
pub struct ShownBody {
    pub html: Html,
    /// Where it is not the page's language.
    pub lang: Option<Lang>,
    /// The first paragraph, as text.
    pub excerpt: String,
}

/// How wide a picture in a text is: as wide as the text.
const SIZES: &str = "(min-width: 44rem) 42rem, 92vw";

/// A link to a page of the site by its address.
pub(super) fn page_href(path: &str, anchor: Option<&str>) -> String {
    let mut href = site_root(path.trim_start_matches('/'));
    if let Some(anchor) = anchor {
        href.push('#');
        href.push_str(anchor);
    }
    href
}

impl Context<'_> {
    /// The body of a record for the reader.
    pub fn body(&self, id: RecordId) -> Option<ShownBody> {
        let Found { value, lang } = self.site.find_body(id, self.reader)?;
        let record = self.site.record(id);
        Some(ShownBody {
            html: Html::text(self.fill(record, value, lang)),
            lang,
            excerpt: value.excerpt.clone(),
        })
    }

    /// Puts addresses and words into the gaps of a body. The words, such as "Note"
    /// over a paragraph, are read as part of it: they are in its language, `lang`
    /// where that is not the page's.
    pub fn fill(&self, record: &Record, body: &Body, lang: Option<Lang>) -> String {
        let site = self.site;
        let mut languages = site.language_ids().map(|id| site.language(id));
        let language = lang
            .and_then(|lang| languages.find(|language| language.tag == lang))
            .unwrap_or(self.language());
        let pieces = body.pieces.get();
        let length = pieces.iter().map(|piece| match piece {
            Piece::Html(text) => text.len(),
            // A link, with the way to the root.
            _ => 64,
        });
        let mut html = String::with_capacity(length.sum());
        for piece in pieces {
            match piece {
                Piece::Html(text) => html.push_str(text),
                Piece::Word(key) => html.push_str(&escape(&language.text(key))),
                Piece::Picture(index) => {
                    let (destination, _) = &body.destinations[*index];
                    self.push_picture(&mut html, record, destination);
                }
                Piece::Address(index) => {
                    let (destination, _) = &body.destinations[*index];
                    html.push_str(&escape(&self.address(record, destination)));
                }
            }
        }
        html
    }

    /// The attributes of a picture in a text, with a blank before each.
    fn push_picture(&self, html: &mut String, record: &Record, destination: &Destination) {
        use std::fmt::Write;
        let picture = match destination {
            Destination::File(path) => self.picture(&record.folder, path),
            _ => None,
        };
        let written = match picture {
            Some(picture) => {
                let src = &picture.src;
                let (width, height) = (picture.width, picture.height);
                let written = write!(html, " src=\"{src}\" width=\"{width}\" height=\"{height}\"");
                written.and_then(|()| match &picture.srcset {
                    Some(srcset) => write!(html, " srcset=\"{srcset}\" sizes=\"{SIZES}\""),
                    None => Ok(()),
                })
            }
            None => write!(
                html,
                " src=\"{}\"",
                escape(&self.address(record, destination))
            ),
        };
        written.expect("a string takes all that is written");
    }

    fn address(&self, record: &Record, destination: &Destination) -> String {
        match destination {
            Destination::Record { kind, id, anchor } => {
                // A record that is not published yet has no page to lead to.
                let Some(mut href) = self.named_href(kind, id) else {
                    return "#content".to_owned();
                };
                let target = Kind::from_name(kind).and_then(|kind| self.site.get(kind, id));
                let anchor = anchor.as_ref().zip(target);
                if let Some(anchor) =
                    anchor.and_then(|(anchor, target)| self.anchor(target, anchor))
                {
                    href.push('#');
                    href.push_str(anchor);
                }
                href
            }
            Destination::Anchor(anchor) => format!("#{anchor}"),
            Destination::File(path) => self.file_href(&record.folder, path).unwrap_or_default(),
            Destination::Page { path, anchor } => page_href(path, anchor.as_deref()),
            Destination::Elsewhere(url) => url.clone(),
            Destination::Nowhere => String::new(),
        }
    }

    /// The id that a heading has in the text that the reader is shown, where
    /// `anchor` is its id there or in another language: translations have the
    /// same headings in the same order.
    fn anchor(&self, target: RecordId, anchor: &str) -> Option<&str> {
        let shown = &self.site.find_body(target, self.reader)?.value.headings;
        let place = |headings: &[Heading]| headings.iter().position(|heading| heading.id == anchor);
        if let Some(place) = place(shown) {
            return Some(&shown[place].id);
        }
        let record = self.site.record(target);
        let (place, level) = record.bodies.iter().find_map(|body| {
            let place = place(&body.headings)?;
            Some((place, body.headings[place].level))
        })?;
        let heading = shown.get(place)?;
        (heading.level == level).then_some(heading.id.as_str())
    }

    /// A link to what a Markdown link or a menu names: `city:bucha`, `country:ua`.
    pub fn named_href(&self, kind: &str, id: &str) -> Option<String> {
        match (Kind::from_name(kind), kind) {
            (Some(kind), _) => self.record_href(self.site.get(kind, id)?),
            (None, "area") => self.area_href(self.site.areas.get(id)?),
            (None, "topic") => {
                let topic: TermId = self.site.topics.get(id)?;
                self.href(super::TOPIC, Subject::Term(topic, 1))
            }
            (None, "country") => {
                let code = id.to_uppercase();
                let countries = self.site.countries.iter();
                let index = countries
                    .map(|links| links.country)
                    .position(|known| known.as_str() == code)?;
                self.country_href(crate::model::CountryId(index as u16))
            }
            _ => None,
        }
    }

    /// A link to a file named in a record of `folder`.
    pub fn file_href(&self, folder: &str, path: &str) -> Option<String> {
        let source = crate::kinds::media_path(folder, path)?;
        self.site
            .assets
            .get(&source)
            .map(|asset| site_root(&asset.url))
    }
}
