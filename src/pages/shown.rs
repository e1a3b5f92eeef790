//! Small values that templates print.

use super::context::Context;
use crate::content::{Localised, ReferenceOrText, ReferenceTo, Text};
use crate::lang::{Lang, Moment, PartialDate};
use crate::model::{Found, RecordId};
use serde::Serialize;
use tera::Value;

/// A text with its language, where that is not the page's.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    pub text: String,
    pub lang: Option<String>,
    /// The text in a `<span lang>` where it needs one.
    pub html: Value,
}

/// A date, for people and for machines.
#[derive(Debug, Clone, Serialize)]
pub struct ShownDate {
    pub text: String,
    /// ISO 8601.
    pub iso: String,
}

/// A text that leads somewhere.
#[derive(Debug, Clone, Serialize)]
pub struct ShownLink {
    pub text: String,
    pub lang: Option<String>,
    pub href: String,
    /// The whole `<a>`, or the text alone where there is nowhere to lead.
    pub html: Value,
}

impl Shown {
    /// A text in the page's own language.
    pub fn plain(text: String) -> Shown {
        Shown {
            html: Value::safe_string(&escape(&text)),
            text,
            lang: None,
        }
    }

    /// A text in its own language.
    pub fn new(text: &str, lang: Option<Lang>) -> Shown {
        Shown {
            text: text.to_owned(),
            lang: lang.map(|lang| lang.to_string()),
            html: Value::safe_string(&span(text, lang)),
        }
    }
}

impl ShownDate {
    /// The date in a `<time>`.
    pub fn html(&self) -> Value {
        let (iso, text) = (escape(&self.iso), escape(&self.text));
        Value::safe_string(&format!("<time datetime=\"{iso}\">{text}</time>"))
    }
}

impl ShownLink {
    /// A link with a text of some language.
    pub fn new(text: &str, lang: Option<Lang>, href: Option<String>) -> ShownLink {
        let html = match &href {
            Some(href) => format!(
                "<a href=\"{}\"{}>{}</a>",
                escape(href),
                lang_attribute(lang),
                escape(text)
            ),
            None => span(text, lang),
        };
        ShownLink {
            text: text.to_owned(),
            lang: lang.map(|lang| lang.to_string()),
            href: href.unwrap_or_default(),
            html: Value::safe_string(&html),
        }
    }
}

impl Context<'_> {
    /// A text for the reader, in their language or the one that stands in.
    pub fn shown(&self, text: &Localised<String>) -> Option<Shown> {
        let Found { value, lang } = self.site.find(text, self.reader)?;
        Some(Shown::new(value, lang))
    }

    /// A text for the reader, where there may be none.
    pub fn shown_option(&self, text: &Option<Localised<String>>) -> Option<Shown> {
        self.shown(text.as_ref()?)
    }

    /// A date.
    pub fn date(&self, date: PartialDate) -> ShownDate {
        ShownDate {
            text: self.language().date(date),
            iso: date.to_string(),
        }
    }

    /// A moment of the site itself.
    pub fn moment(&self, moment: Moment) -> ShownDate {
        let moment = self.site.own_time(moment);
        ShownDate {
            text: self.language().moment(moment),
            iso: moment.to_string(),
        }
    }

    /// A record's label.
    pub fn label(&self, id: RecordId) -> Shown {
        let label = self.site.label(id, self.reader);
        Shown::new(&label.text, label.lang)
    }

    /// A record's label that leads to its page.
    pub fn link(&self, id: RecordId) -> ShownLink {
        let label = self.site.label(id, self.reader);
        ShownLink::new(&label.text, label.lang, self.record_href(id))
    }

    /// A record's label that leads to its page, or a text.
    pub fn link_or_text<T: ReferenceTo>(&self, field: &ReferenceOrText<T>) -> Option<ShownLink> {
        match field {
            ReferenceOrText::Reference(reference) => {
                self.site.resolve(reference).map(|id| self.link(id))
            }
            ReferenceOrText::Text(text) => self.text_link(text),
        }
    }

    /// A party that is named by its id, or a text.
    pub fn party_or_text(&self, text: &Text) -> Option<ShownLink> {
        match self.site.party_named(text) {
            Some(party) => Some(self.link(party)),
            None => self.text_link(text),
        }
    }

    fn text_link(&self, text: &Text) -> Option<ShownLink> {
        let Found { value, lang } = self.site.find(text, self.reader)?;
        Some(ShownLink::new(value, lang, None))
    }

    /// A country's name that leads to its page.
    pub fn country_link(&self, country: crate::model::CountryId) -> ShownLink {
        let code = self.site.countries[country.index()].country;
        ShownLink::new(
            &self.language().country(code.as_str()),
            None,
            self.country_href(country),
        )
    }

    /// The name of an area, as written or as built in.
    pub fn area_name(&self, area: crate::model::TermId) -> Shown {
        let term = self.site.areas.term(area);
        let id = self.site.areas.id(area);
        self.shown_option(&term.name).unwrap_or_else(|| {
            let built_in = self.t(&format!("area.{id}"));
            Shown::plain(if built_in.is_empty() {
                id.to_owned()
            } else {
                built_in
            })
        })
    }

    /// An area's name that leads to its page.
    pub fn area_link(&self, area: crate::model::TermId) -> ShownLink {
        let name = self.area_name(area);
        let lang = name.lang.as_deref().and_then(|lang| Lang::parse(lang).ok());
        ShownLink::new(&name.text, lang, self.area_href(area))
    }
}

/// Text for HTML, in an element or in a quoted attribute.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

fn lang_attribute(lang: Option<Lang>) -> String {
    lang.map_or_else(String::new, |lang| format!(" lang=\"{lang}\""))
}

fn span(text: &str, lang: Option<Lang>) -> String {
    match lang {
        Some(lang) => format!("<span lang=\"{lang}\">{}</span>", escape(text)),
        None => escape(text),
    }
}
