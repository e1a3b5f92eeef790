//! Small values that templates print.

use super::context::Context;
use crate::content::{Localised, ReferenceOrText, ReferenceTo, Text};
use crate::lang::{Lang, Moment, PartialDate};
use crate::model::{CountryId, Found, RecordId, TermId};
use crate::theme::{escape, escaped, push_escaped};
use serde::Serialize;
use tera::Value;

/// A text with its language, where that is not the page's.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    pub text: String,
    pub lang: Option<Lang>,
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
    pub lang: Option<Lang>,
    pub href: String,
    /// The whole `<a>`, or the text alone where there is nowhere to lead.
    pub html: Value,
}

impl Shown {
    /// A text in the page's own language.
    pub fn plain(text: String) -> Shown {
        Shown {
            html: Value::safe_string(&escaped(&text)),
            text,
            lang: None,
        }
    }

    /// A text in its own language.
    pub fn new(text: &str, lang: Option<Lang>) -> Shown {
        Shown {
            html: span(text, lang),
            text: text.to_owned(),
            lang,
        }
    }
}

impl Shown {
    /// A text whose parts are in several languages, and the same as HTML.
    pub fn parts(text: String, html: &str) -> Shown {
        Shown {
            html: Value::safe_string(html),
            text,
            lang: None,
        }
    }

    /// Texts one after another.
    pub fn joined(parts: &[Shown], between: &str) -> Shown {
        let join = |part: fn(&Shown) -> &str| {
            let parts: Vec<&str> = parts.iter().map(part).collect();
            parts.join(between)
        };
        Shown::parts(
            join(|shown| &shown.text),
            &join(|shown| shown.html.as_str().unwrap_or_default()),
        )
    }

    /// The same with a capital first letter.
    pub fn capitalised(mut self) -> Shown {
        let mut inside_tag = false;
        let mut first = self.markup().char_indices().filter(|(_, letter)| {
            let outside = !inside_tag && *letter != '<';
            inside_tag = *letter == '<' || (inside_tag && *letter != '>');
            outside
        });
        let small = first.next().filter(|(_, letter)| letter.is_lowercase());
        let Some((at, letter)) = small else {
            return self;
        };
        let capital: String = letter.to_uppercase().collect();
        let after = at + letter.len_utf8();
        let markup = self.markup();
        let html = format!("{}{capital}{}", &markup[..at], &markup[after..]);
        self.html = Value::safe_string(&html);
        self.text = capital + &self.text[letter.len_utf8()..];
        self
    }

    /// The text as HTML, with its language.
    pub fn markup(&self) -> &str {
        self.html.as_str().unwrap_or_default()
    }
}

impl ShownDate {
    /// The date in a `<time>`.
    pub fn html(&self) -> Value {
        Value::safe_string(&self.markup())
    }

    fn markup(&self) -> String {
        let mut out = String::with_capacity(64);
        out.push_str("<time datetime=\"");
        push_escaped(&self.iso, &mut out);
        out.push_str("\">");
        push_escaped(&self.text, &mut out);
        out.push_str("</time>");
        out
    }
}

impl ShownLink {
    /// A link with a text of some language.
    pub fn new(text: &str, lang: Option<Lang>, href: Option<String>) -> ShownLink {
        let html = match &href {
            Some(href) => anchor(href, lang, |out| push_escaped(text, out)),
            None => span(text, lang),
        };
        ShownLink {
            text: text.to_owned(),
            lang,
            href: href.unwrap_or_default(),
            html,
        }
    }

    /// A link with a text that may be in several languages.
    pub fn to(href: String, shown: Shown) -> ShownLink {
        let html = anchor(&href, shown.lang, |out| match shown.lang {
            Some(_) => push_escaped(&shown.text, out),
            None => out.push_str(shown.markup()),
        });
        ShownLink {
            html,
            text: shown.text,
            lang: shown.lang,
            href,
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

    /// A text in each language it is written in.
    pub fn in_all_languages(&self, text: &Localised<String>) -> Vec<Shown> {
        let same = text.same.iter().map(|text| (text, None));
        let by = text.by.iter();
        let by = by.map(|(lang, text)| (text, (*lang != self.tag()).then_some(*lang)));
        same.chain(by)
            .map(|(text, lang)| Shown::new(text, lang))
            .collect()
    }

    /// A date.
    pub fn date(&self, date: PartialDate) -> ShownDate {
        ShownDate {
            text: self.language().date(date),
            iso: date.to_string(),
        }
    }

    /// A date after a label that governs it: "in force since".
    pub fn of_date(&self, date: PartialDate) -> ShownDate {
        ShownDate {
            text: self.language().of_date(date),
            iso: date.to_string(),
        }
    }

    /// A date as the answer to "when".
    pub fn on_date(&self, date: PartialDate) -> ShownDate {
        ShownDate {
            text: self.language().on_date(date),
            iso: date.to_string(),
        }
    }

    /// A text of the interface about a date.
    pub fn say_date(&self, key: &str, date: PartialDate) -> Shown {
        let language = self.language();
        let iso = date.to_string();
        let text = language.say_date(key, date, str::to_owned, str::to_owned);
        let html = language.say_date(key, date, escape, |date| {
            let text = date.to_owned();
            let iso = iso.clone();
            ShownDate { text, iso }.markup()
        });
        Shown::parts(text, &html)
    }

    /// A text of the interface with one placeholder, for something that has its own markup.
    pub fn say_shown(&self, key: &str, name: &str, value: &Shown) -> Shown {
        let language = self.language();
        Shown::parts(
            language.say(key, &[(name, &value.text)]),
            &language.say_with(key, escape, &[(name, value.markup())]),
        )
    }

    /// Names as a list in a sentence, each in its language.
    pub fn list(&self, items: &[Shown]) -> Shown {
        let texts: Vec<String> = items.iter().map(|item| item.text.clone()).collect();
        let markup: Vec<String> = items.iter().map(|item| item.markup().to_owned()).collect();
        let language = self.language();
        Shown::parts(language.list(&texts), &language.list(&markup))
    }

    /// A moment of the site itself.
    pub fn moment(&self, moment: Moment) -> ShownDate {
        let moment = self.site.own_time(moment);
        ShownDate {
            text: self.language().moment(moment),
            iso: moment.to_string(),
        }
    }

    /// A record's label; a partnership's is made of its parties' names, each in its language.
    pub fn label(&self, id: RecordId) -> Shown {
        let label = self.site.label(id, self.reader);
        let parts: Vec<Shown> = match label.of_parties {
            true => {
                let parties = self.site.relation(id).parties.iter();
                parties.map(|party| self.label(party.record)).collect()
            }
            false => Vec::new(),
        };
        match parts.iter().any(|part| part.lang.is_some()) {
            true => Shown::joined(&parts, &format!(" {} ", self.t("dash"))),
            false => Shown::new(&label.text, label.lang),
        }
    }

    /// A record's label that leads to its page.
    pub fn link(&self, id: RecordId) -> ShownLink {
        let label = self.label(id);
        match self.record_href(id) {
            Some(href) => ShownLink::to(href, label),
            None => ShownLink {
                text: label.text,
                lang: label.lang,
                href: String::new(),
                html: label.html,
            },
        }
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
    pub fn country_link(&self, country: CountryId) -> ShownLink {
        self.shared_country_link(country).clone()
    }

    fn shared_country_link(&self, country: CountryId) -> &ShownLink {
        self.briefs.country_link(self.reader, country, || {
            let code = self.site.countries[country.index()].country;
            let name = self.language().country(code.as_str());
            ShownLink::new(&name, None, self.country_href(country))
        })
    }

    /// A country's name.
    pub fn country_name(&self, country: CountryId) -> &str {
        &self.shared_country_link(country).text
    }

    /// The name of an area, as written or as built in.
    pub fn area_name(&self, area: TermId) -> Shown {
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
    pub fn area_link(&self, area: TermId) -> ShownLink {
        let make = || {
            let name = self.area_name(area);
            ShownLink::new(&name.text, name.lang, self.area_href(area))
        };
        self.briefs.area_link(self.reader, area, make).clone()
    }
}

/// A text as HTML, in a `<span>` where it is in another language.
fn span(text: &str, lang: Option<Lang>) -> Value {
    let Some(lang) = lang else {
        return Value::safe_string(&escaped(text));
    };
    let mut out = String::with_capacity(text.len() + 32);
    out.push_str("<span");
    push_lang(lang, &mut out);
    push_escaped(text, &mut out);
    out.push_str("</span>");
    Value::safe_string(&out)
}

/// A link around what `push` writes.
fn anchor(href: &str, lang: Option<Lang>, push: impl FnOnce(&mut String)) -> Value {
    let mut out = String::with_capacity(128);
    out.push_str("<a href=\"");
    push_escaped(href, &mut out);
    out.push('"');
    match lang {
        Some(lang) => push_lang(lang, &mut out),
        None => out.push('>'),
    }
    push(&mut out);
    out.push_str("</a>");
    Value::safe_string(&out)
}

/// The language of an element, and the end of its tag.
fn push_lang(lang: Lang, out: &mut String) {
    out.push_str(" lang=\"");
    out.push_str(lang.as_str());
    out.push_str("\">");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_becomes_a_capital() {
        let cases = [
            (None, "województwo", "Województwo", "Województwo"),
            (
                Some("cs"),
                "šumava",
                "Šumava",
                "<span lang=\"cs\">Šumava</span>",
            ),
            (Some("pl"), "Żory", "Żory", "<span lang=\"pl\">Żory</span>"),
            (None, "<i>", "<i>", "&lt;i&gt;"),
            (None, "", "", ""),
        ];
        for (lang, text, capital, html) in cases {
            let lang = lang.map(|lang| Lang::parse(lang).unwrap());
            let shown = Shown::new(text, lang).capitalised();
            assert_eq!((shown.text.as_str(), shown.markup()), (capital, html));
        }
    }
}
