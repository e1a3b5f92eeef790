//! Which field a column fills, and how a cell of it is written in TOML.

use crate::content::{Definition, Shape, quoted};
use crate::kinds::Kind;
use crate::lang::CaseForms;
use crate::lang::{Lang, PartialDate, TagError};

/// A place for values: a field, a field of a table in it, a text in one language.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The keys that lead to it, as `name`, `pl`.
    pub(super) path: Vec<String>,
    pub(super) shape: Shape,
}

impl Place {
    /// What a column called so fills: `country`, `name.pl`, `location.lat`.
    pub(super) fn find(kind: Kind, written: &str) -> Option<Place> {
        let parts: Vec<&str> = written.split('.').map(str::trim).collect();
        let mut path = Vec::new();
        let shape = among(kind.definitions(), &parts, &mut path)?;
        Some(Place { path, shape })
    }

    /// The same text in one language; `None` for what has no language.
    pub(super) fn in_language(&self, kind: Kind, lang: Lang) -> Option<Place> {
        Place::find(kind, &format!("{}.{lang}", self.path.join(".")))
    }

    /// The key in TOML.
    pub(super) fn key(&self) -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let part = |part: &String| match !part.is_empty() && part.bytes().all(plain) {
            true => part.clone(),
            false => quoted(part),
        };
        self.path.iter().map(part).collect::<Vec<_>>().join(".")
    }

    /// A cell as TOML. What does not look like a value of the type is written as
    /// a text, and its reader says what was meant.
    pub(super) fn value(&self, cell: &str) -> String {
        value(&self.shape, cell)
    }
}

fn among(fields: &[Definition], parts: &[&str], path: &mut Vec<String>) -> Option<Shape> {
    let (first, rest) = parts.split_first()?;
    let field = fields.iter().find(|field| field.name == *first)?;
    path.push(field.name.to_owned());
    inside((field.shape)(), rest, path)
}

fn inside(shape: Shape, rest: &[&str], path: &mut Vec<String>) -> Option<Shape> {
    let Some((next, after)) = rest.split_first() else {
        return match shape {
            // A cell holds no table.
            Shape::Table(_) | Shape::Extra => None,
            Shape::Localised(inner) => inside(*inner, &[], path),
            Shape::ShortOr(fields) => inside((fields[0].shape)(), &[], path),
            Shape::List(inner) => {
                let inner = inside(*inner, &[], path)?;
                Some(Shape::List(Box::new(inner)))
            }
            shape => Some(shape),
        };
    };
    let is_form = CaseForms::NAMES.contains(next);
    match shape {
        // A name whose forms are the same in all languages.
        Shape::Localised(inner) if is_form && matches!(*inner, Shape::CaseForms) => {
            inside(*inner, rest, path)
        }
        Shape::Localised(inner) => {
            path.push(language(next)?.to_string());
            inside(*inner, after, path)
        }
        Shape::CaseForms if is_form && after.is_empty() => {
            path.push((*next).to_owned());
            Some(Shape::Text)
        }
        Shape::Table(fields) | Shape::ShortOr(fields) => among(fields, rest, path),
        Shape::Extra => {
            path.extend(rest.iter().map(|part| (*part).to_owned()));
            Some(Shape::Text)
        }
        _ => None,
    }
}

/// The language a heading names; `cz` and `ua` can only mean Czech and Ukrainian there.
pub(super) fn language(tag: &str) -> Option<Lang> {
    match Lang::parse(tag) {
        Err(TagError::Mistaken(right)) => Lang::parse(right).ok(),
        parsed => parsed.ok(),
    }
}

fn value(shape: &Shape, cell: &str) -> String {
    match shape {
        Shape::List(inner) => {
            let parts = cell.split([';', '|']).map(str::trim);
            let values: Vec<String> = parts
                .filter(|part| !part.is_empty())
                .map(|part| value(inner, part))
                .collect();
            format!("[{}]", values.join(", "))
        }
        Shape::Integer { .. } | Shape::Number { .. } if is_number(cell) => cell.to_owned(),
        Shape::Boolean if ["true", "false"].contains(&cell) => cell.to_owned(),
        Shape::Date | Shape::Day | Shape::Moment if is_moment(cell) => cell.to_owned(),
        _ => quoted(cell),
    }
}

/// Whether a cell is a number that TOML writes in the same way.
fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(part) && (whole == "0" || !whole.starts_with('0'))
}

/// Whether a cell is a day or a year, or a day with an hour; a month is a text in TOML.
fn is_moment(cell: &str) -> bool {
    match PartialDate::parse(cell) {
        Some(date) => date.month.is_none() || date.day.is_some(),
        None => cell
            .parse::<toml::value::Datetime>()
            .is_ok_and(|moment| moment.date.is_some()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(field: &str, cell: &str) -> Option<String> {
        let place = Place::find(Kind::City, field)?;
        Some(format!("{} = {}", place.key(), place.value(cell)))
    }

    #[test]
    fn cells_become_toml() {
        let cases = [
            ("name", "Say \"x\"", "name = 'Say \"x\"'"),
            ("name.uk.gen", "Львова", "name.uk.gen = \"Львова\""),
            ("name.nom", "Krefeld", "name.nom = \"Krefeld\""),
            ("name.cz", "Lvov", "name.cs = \"Lvov\""),
            ("population.count", "38000", "population.count = 38000"),
            ("population.count", "038", "population.count = \"038\""),
            ("population.year", "2021", "population.year = 2021"),
            ("location.lat", "49.83", "location.lat = 49.83"),
            (
                "also_known_as.pl",
                "Lwów; Leopol|",
                "also_known_as.pl = [\"Lwów\", \"Leopol\"]",
            ),
            ("member_of", "zmp", "member_of = [\"zmp\"]"),
            ("coat_of_arms", "herb.svg", "coat_of_arms = \"herb.svg\""),
            ("extra.a b", "x", "extra.\"a b\" = \"x\""),
        ];
        for (field, cell, expected) in cases {
            assert_eq!(written(field, cell).as_deref(), Some(expected));
        }
        for field in ["location", "country.pl", "documents", "nothing", ""] {
            assert_eq!(written(field, "x"), None, "{field}");
        }
    }
}
