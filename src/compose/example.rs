//! What a value of each type looks like, as TOML.

use crate::content::{Definition, Presence, Shape, quoted};
use crate::lang::Lang;
use jiff::civil::Date;

/// What examples are made of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Examples<'a> {
    /// Texts are shown in these, each by its tag.
    pub(super) languages: &'a [Lang],
    pub(super) today: Date,
}

/// A text whose words do not matter.
const SOME_TEXT: &str = "\"…\"";

impl Examples<'_> {
    /// A value of this type that can be read.
    pub(super) fn of(self, shape: &Shape) -> String {
        match shape {
            Shape::Text => SOME_TEXT.into(),
            Shape::Formed(example) => quoted(example),
            Shape::Localised(inner) => self.by_language(inner),
            Shape::CaseForms => {
                format!("{{ nom = {SOME_TEXT}, gen = {SOME_TEXT}, loc = {SOME_TEXT} }}")
            }
            Shape::Integer { least, most } => 10.clamp(*least, *most).to_string(),
            // Lviv, north and east.
            Shape::Number { most, .. } if *most > 90.0 => "24.0297".into(),
            Shape::Number { least, most } => format!("{:.4}", 49.8397_f64.clamp(*least, *most)),
            Shape::Boolean => "true".into(),
            Shape::Date | Shape::Day | Shape::Moment => self.today.to_string(),
            Shape::TimeZone => quoted("Europe/Warsaw"),
            Shape::SourceVersion => quoted("pl:3f9a0c21"),
            Shape::Country => quoted("PL"),
            Shape::Language => quoted("pl"),
            Shape::Web => quoted("https://example.org/"),
            Shape::Colour => quoted("#1a5fb4"),
            Shape::Email => quoted("office@example.org"),
            Shape::Slug => quoted("example"),
            Shape::File => quoted("example.jpg"),
            Shape::Reference(kinds) | Shape::ReferenceOrText(kinds) => match kinds {
                ["area"] => quoted(crate::kinds::BUILT_IN_AREAS[0]),
                _ => quoted(&format!("{}-id", kinds[0])),
            },
            Shape::Choice(values) => quoted(values[0]),
            Shape::List(inner) => format!("[{}]", self.of(inner)),
            Shape::Table(fields) => self.table(fields),
            // The short form is the value of the first field.
            Shape::ShortOr(fields) => self.of(&(fields[0].shape)()),
            Shape::Extra => format!("{{ example = {SOME_TEXT} }}"),
        }
    }

    fn by_language(self, inner: &Shape) -> String {
        let value = self.of(inner);
        let entry = |language: &Lang| format!("{language} = {value}");
        match self.languages {
            [] => value,
            languages => {
                let entries: Vec<String> = languages.iter().map(entry).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }

    fn table(self, fields: &[Definition]) -> String {
        let needed = |field: &&Definition| field.presence == Presence::Required;
        let entry = |field: &Definition| format!("{} = {}", field.name, self.of(&(field.shape)()));
        let entries: Vec<String> = fields.iter().filter(needed).map(entry).collect();
        format!("{{ {} }}", entries.join(", "))
    }
}

/// What stands in for a value that must be there: `check` asks for it by its place.
pub(super) fn placeholder(shape: &Shape) -> String {
    const PLACEHOLDER: &str = "\"TODO\"";
    match shape {
        Shape::List(inner) => match inner.as_ref() {
            // There is no partnership of one.
            Shape::ShortOr(_) => format!("[{PLACEHOLDER}, {PLACEHOLDER}]"),
            _ => format!("[{PLACEHOLDER}]"),
        },
        _ => PLACEHOLDER.into(),
    }
}
