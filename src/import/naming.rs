//! What a record is called, and what tells it apart from its namesakes.

use crate::compose;
use crate::lang::Lang;
use toml::{Table, Value};

/// What an id is made of.
pub(super) struct Naming {
    pub(super) name: String,
    /// The region, the country, the day: whatever tells namesakes apart.
    pub(super) marks: Vec<String>,
}

/// The fields that tell namesakes apart, the best first.
const MARKS: [&str; 4] = ["part_of", "country", "date", "start"];

impl Naming {
    /// Of a record by its fields; `languages` are those of the site.
    pub(super) fn of(record: &Table, languages: &[Lang]) -> Naming {
        let named = ["name", "title"]
            .iter()
            .find_map(|field| record.get(*field));
        let local = record.get("country").and_then(Value::as_str);
        let local = local.and_then(compose::language_of);
        let languages = local.into_iter().chain(languages.iter().map(Lang::as_str));
        let name = named.and_then(|named| text(named, languages));
        // Partnerships are called by their parties, calls by who seeks.
        let parties = || record.get("parties").and_then(Value::as_array);
        let joined = |parties: &Vec<Value>| {
            let ids: Vec<&str> = parties.iter().filter_map(Value::as_str).collect();
            ids.join("-")
        };
        let name = name
            .or_else(|| parties().map(joined))
            .or_else(|| record.get("party")?.as_str().map(str::to_owned));
        let marks = MARKS.iter().filter_map(|field| record.get(*field));
        Naming {
            name: name.unwrap_or_default(),
            marks: marks.map(written).collect(),
        }
    }
}

/// A name in the first of the languages that it is written in.
fn text<'l>(named: &Value, mut languages: impl Iterator<Item = &'l str>) -> Option<String> {
    let by_language = match named {
        Value::String(name) => return Some(name.clone()),
        named => named.as_table()?,
    };
    let value = languages
        .find_map(|language| by_language.get(language))
        .or_else(|| by_language.values().next())?;
    let name = value.as_table().and_then(|forms| forms.get("nom"));
    name.unwrap_or(value).as_str().map(str::to_owned)
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Whether two records of one name are about the same thing: nothing that both
/// of them say differs.
pub(super) fn is_same(one: &Table, other: &Table) -> bool {
    let agree = |one: &Table, other: &Table, field: &str| match (one.get(field), other.get(field)) {
        (Some(one), Some(other)) => written(one) == written(other),
        _ => true,
    };
    let codes = |record: &Table| {
        let codes = record.get("codes").and_then(Value::as_table);
        codes.cloned().unwrap_or_default()
    };
    let (codes, others) = (codes(one), codes(other));
    let fields = MARKS.iter().chain(&["until", "kind"]);
    fields.into_iter().all(|field| agree(one, other, field))
        && codes.keys().all(|code| agree(&codes, &others, code))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        text.parse().unwrap()
    }

    #[test]
    fn places_are_called_as_they_are_called_there() {
        let site = ["pl", "uk"].map(|tag| Lang::parse(tag).unwrap());
        let name = |text: &str| Naming::of(&table(text), &site).name;
        assert_eq!(
            name("country = 'UA'\nname = { pl = 'Gródek', uk = 'Городок' }"),
            "Городок"
        );
        assert_eq!(
            name("name = { uk = 'Городок', pl.nom = 'Gródek' }"),
            "Gródek"
        );
        assert_eq!(name("parties = ['a', 'b']"), "a-b");
        assert_eq!(name(""), "");
    }

    #[test]
    fn what_differs_tells_apart() {
        let same = |one: &str, other: &str| is_same(&table(one), &table(other));
        assert!(same("country = 'UA'", "country = 'UA'\npart_of = 'x'"));
        assert!(!same(
            "country = 'UA'\npart_of = 'y'",
            "country = 'UA'\npart_of = 'x'"
        ));
        assert!(!same("codes.teryt = '1'", "codes.teryt = '2'"));
        assert!(!same("date = 2025-01-01", "date = 2025-01-02"));
    }
}
