//! The form by which somebody asks for a call: made of the fields of the record
//! it becomes, in each language; filled in on the screen or on paper.
//!
//! Nothing is sent from the page. `application.js` writes the e-mail, and the
//! visitor's own program sends it.

use super::frame::Head;
use super::shown::Shown;
use super::{Context, Output, PageKind, SEEKER_INDEX};
use crate::content::{Definition, Presence, Shape};
use crate::kinds::{Contact, Kind};
use crate::model::Site;
use crate::routes::{Subject, UrlWords};
use crate::theme::TemplateError;
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "application",
    routes: |routes| {
        let site = routes.site;
        if recipient(site).is_none() || site.of_kind(Kind::Seeker).len() == 0 {
            return;
        }
        for id in site.language_ids() {
            let words = UrlWords(site.language(id));
            let url = words.below("seekers", &words.section("application"));
            routes.add(url, Subject::Site, Some(id));
        }
    },
    render,
};

/// Whom applications go to: the publisher, where it can be written to.
fn recipient(site: &Site) -> Option<&Contact> {
    let contact = site.config.publisher.as_ref()?.contact.as_ref()?;
    (contact.email.is_some() || contact.address.is_some()).then_some(contact)
}

/// Fields that editors fill in, or that nobody does at first.
const LEFT_TO_EDITORS: [&str; 16] = [
    "state",
    "slug",
    "former_urls",
    "image",
    "gallery",
    "links",
    "documents",
    "sources",
    "source_version",
    "draft",
    "extra",
    "contact.name",
    "contact.hours",
    "contact.website",
    "contact.data_box",
    "contact.e_delivery",
];

/// Without these nobody could answer, although a record may lack them.
const NEEDED_TO_ANSWER: [&str; 2] = ["contact.office", "contact.email"];

#[derive(Serialize)]
struct View {
    /// The publisher's contact.
    contact: Value,
    /// Where the e-mail goes; null where there is only an address.
    email: Option<String>,
    fields: Vec<FieldView>,
}

/// One field of the form.
#[derive(Serialize)]
struct FieldView {
    /// As in the record: `contact.email`.
    name: String,
    id: String,
    label: String,
    hint: Option<String>,
    required: bool,
    /// `text`, `email`, `url`, `tel`, `date`: an `<input>` of that type; `long`:
    /// a `<textarea>`; `choices`: boxes to tick and a line for others; `group`: the fields inside.
    control: &'static str,
    /// What browsers know to fill in by themselves (HTML's `autocomplete`).
    autocomplete: Option<&'static str>,
    choices: Vec<Shown>,
    /// Whether something may be written that is not among the choices.
    others: bool,
    fields: Vec<FieldView>,
}

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let contact = recipient(cx.site);
    let view = View {
        contact: Value::from_serializable(&cx.publisher_contact()),
        email: contact
            .and_then(|contact| contact.email.as_ref())
            .map(|email| email.0.clone()),
        fields: cx.application_fields("", Kind::Seeker.definitions()),
    };
    let mut head = Head::new(Shown::plain(cx.t("application.title")), "seekers");
    head.section = Some(cx.section_name("seekers"));
    head.above = cx.above("seekers", SEEKER_INDEX, Subject::Site)?;
    head.description = Some(cx.t("application.lead"));
    cx.html("application.html", head, &view)
}

impl Context<'_> {
    fn application_fields(&self, before: &str, definitions: &[Definition]) -> Vec<FieldView> {
        definitions
            .iter()
            .map(|field| (format!("{before}{}", field.name), field))
            .filter(|(name, _)| !LEFT_TO_EDITORS.contains(&name.as_str()))
            .map(|(name, field)| self.application_field(name, field))
            .collect()
    }

    fn application_field(&self, name: String, field: &Definition) -> FieldView {
        let shape = (field.shape)();
        let key = name.replace('.', "_");
        let hint = self.t(&format!("application.hint.{key}"));
        let inside = !before_dot(&name).is_empty();
        let control = match &shape {
            Shape::Email => "email",
            Shape::Web => "url",
            Shape::Date => "date",
            Shape::Text if field.name == "phone" => "tel",
            Shape::Table(_) => "group",
            Shape::List(inner) if self.choices(inner).is_some() => "choices",
            Shape::List(_) => "long",
            // An address has several lines, and so have texts about the call itself.
            Shape::Localised(_) if !inside || field.name == "address" => "long",
            _ => "text",
        };
        let choices = match &shape {
            Shape::List(inner) => self.choices(inner).unwrap_or_default(),
            _ => Vec::new(),
        };
        FieldView {
            id: format!("f-{}", key.replace('_', "-")),
            label: self.t(&format!("application.label.{key}")),
            hint: Some(hint).filter(|hint| !hint.is_empty()),
            required: field.presence == Presence::Required
                || NEEDED_TO_ANSWER.contains(&name.as_str()),
            control,
            autocomplete: match name.as_str() {
                "contact.email" => Some("email"),
                "contact.phone" => Some("tel"),
                "contact.address" => Some("street-address"),
                "contact.role" => Some("organization-title"),
                "contact.office" => Some("organization"),
                _ => None,
            },
            choices,
            others: matches!(&shape, Shape::List(inner) if matches!(**inner, Shape::Country | Shape::Language)),
            fields: match &shape {
                Shape::Table(inner) => self.application_fields(&format!("{name}."), inner),
                _ => Vec::new(),
            },
            name,
        }
    }

    /// What can be ticked where a list of such things is asked for.
    fn choices(&self, shape: &Shape) -> Option<Vec<Shown>> {
        match shape {
            Shape::Country => Some(
                super::country_index::by_name(self)
                    .into_iter()
                    .map(|id| self.site.countries[id.index()].country)
                    .map(|country| Shown::plain(self.language().country(country.as_str())))
                    .collect(),
            ),
            Shape::Language => Some(
                self.site
                    .language_ids()
                    .map(|id| self.language().language_name(self.site.tag(id)))
                    .map(Shown::plain)
                    .collect(),
            ),
            Shape::Reference(["area"]) => {
                let areas = self.site.areas.all();
                Some(areas.map(|area| self.area_name(area)).collect())
            }
            _ => None,
        }
    }
}

fn before_dot(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(before, _)| before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Fields;

    /// A field that is added to calls is asked for, unless it says here that it is not.
    #[test]
    fn what_is_left_to_editors_are_fields_of_a_call() {
        let of_contact = Contact::definitions().iter();
        let known: Vec<String> = of_contact
            .map(|field| format!("contact.{}", field.name))
            .chain(
                Kind::Seeker
                    .definitions()
                    .iter()
                    .map(|field| field.name.to_owned()),
            )
            .collect();
        for name in LEFT_TO_EDITORS.iter().chain(&NEEDED_TO_ANSWER) {
            assert!(known.iter().any(|field| field == name), "{name}");
        }
        for name in Kind::Seeker.needs() {
            assert!(!LEFT_TO_EDITORS.contains(name), "{name} must be there");
        }
    }

    /// Every field has a name in the built-in languages.
    #[test]
    fn every_field_that_is_asked_for_has_a_label() {
        let english = crate::theme::default_theme()
            .iter()
            .find(|(path, _)| *path == "strings/en.toml")
            .map(|(_, text)| crate::lang::Strings::parse(text).0)
            .unwrap();
        let of_contact = Contact::definitions().iter();
        let names = of_contact
            .map(|field| format!("contact.{}", field.name))
            .chain(
                Kind::Seeker
                    .definitions()
                    .iter()
                    .map(|field| field.name.to_owned()),
            )
            .filter(|name| !LEFT_TO_EDITORS.contains(&name.as_str()));
        for name in names {
            let key = format!("application.label.{}", name.replace('.', "_"));
            assert!(english.get(&key).is_some(), "{key}");
        }
    }
}
