//! Which columns of a table fill which fields: as said on the command line, by
//! the fields' names, or by the headings that people use.

use super::field::{Place, language};
use crate::kinds::Kind;
use crate::lang::Lang;
use std::collections::BTreeMap;

/// What a column is for.
#[derive(Debug, Clone)]
pub(super) enum Column {
    /// The record's id.
    Id,
    Field(Place),
    /// It was not recognised.
    Unknown,
    /// `--map COLUMN=` says that it is of no use.
    Unused,
}

/// Why the columns can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// `--map` names a column that is not there.
    NoColumn(String),
    /// `--map` names a field that the kind does not have.
    NoField(String),
    /// Two columns for one field.
    Clash { one: String, other: String },
    /// No column is for any field.
    Nothing,
}

/// The columns of a table, by its headings.
pub(super) fn columns(
    kind: Kind,
    headings: &[String],
    map: &[(String, String)],
    own: Option<Lang>,
) -> Result<Vec<Column>, Misfit> {
    let mut columns: Vec<Column> = by_headings(kind, headings);
    for (name, field) in map {
        let same = |heading: &&String| **heading == *name || plain(heading) == plain(name);
        let at = headings.iter().position(|heading| same(&heading));
        let at = at.ok_or_else(|| Misfit::NoColumn(name.clone()))?;
        columns[at] = match field.as_str() {
            "" => Column::Unused,
            "id" => Column::Id,
            field => match Place::find(kind, field) {
                Some(place) => Column::Field(place),
                None => return Err(Misfit::NoField(field.to_owned())),
            },
        };
    }
    give_language(kind, &mut columns, own);
    report_clash(headings, &columns)?;
    let used = |column: &Column| matches!(column, Column::Id | Column::Field(_));
    match columns.iter().any(used) {
        true => Ok(columns),
        false => Err(Misfit::Nothing),
    }
}

/// Beside a name in a language, a name without one is in the site's own.
fn give_language(kind: Kind, columns: &mut [Column], own: Option<Lang>) {
    let paths: Vec<Vec<String>> = columns
        .iter()
        .filter_map(|column| match column {
            Column::Field(place) => Some(place.path.clone()),
            _ => None,
        })
        .collect();
    for column in columns {
        if let (Column::Field(place), Some(lang)) = (&mut *column, own) {
            let length = place.path.len();
            let more = |path: &Vec<String>| path.len() > length && path.starts_with(&place.path);
            let in_own = || place.in_language(kind, lang);
            if paths.iter().any(more) {
                *column = in_own().map_or(Column::Field(place.clone()), Column::Field);
            }
        }
    }
}

fn report_clash(headings: &[String], columns: &[Column]) -> Result<(), Misfit> {
    let path = |column: &Column| match column {
        Column::Id => Some(vec!["id".to_owned()]),
        Column::Field(place) => Some(place.path.clone()),
        _ => None,
    };
    for (index, column) in columns.iter().enumerate() {
        let Some(mine) = path(column) else { continue };
        let clash = columns[..index].iter().position(|other| {
            let theirs = path(other);
            theirs.is_some_and(|theirs| theirs.starts_with(&mine) || mine.starts_with(&theirs))
        });
        if let Some(other) = clash {
            return Err(Misfit::Clash {
                one: headings[other].clone(),
                other: headings[index].clone(),
            });
        }
    }
    Ok(())
}

/// The order of the languages in the table of headings.
const LANGUAGES: usize = 4;

/// What a heading can mean: the language it is written in, by its place in that
/// order; the field; and the language of its texts, where it names one.
type Meaning<'k> = (usize, &'k str, Option<Lang>);

/// The fields that headings stand for, in the language most of them are in.
fn by_headings(kind: Kind, headings: &[String]) -> Vec<Column> {
    let known = known_headings(kind);
    let found: Vec<Vec<Meaning<'_>>> = headings
        .iter()
        .map(|heading| meanings(&known, heading))
        .collect();
    let mut votes = [0; LANGUAGES];
    for meanings in &found {
        for (language, vote) in votes.iter_mut().enumerate() {
            *vote += usize::from(meanings.iter().any(|(of, _, _)| *of == language));
        }
    }
    let exact: Vec<Option<Column>> = headings
        .iter()
        .map(|heading| exact(kind, heading))
        .collect();
    let mut taken: Vec<String> = exact.iter().flatten().map(name).collect();
    let choose = |(exact, mut meanings): (Option<Column>, Vec<Meaning<'_>>)| {
        if let Some(column) = exact {
            return column;
        }
        // `kraj` is a country in Polish and a region in Czech.
        meanings.sort_by_key(|(language, _, _)| std::cmp::Reverse(votes[*language]));
        for (_, field, lang) in meanings {
            let place = Place::find(kind, field);
            let column = match (field, lang) {
                ("id", None) => Some(Column::Id),
                (_, None) => place.map(Column::Field),
                (_, Some(lang)) => place
                    .and_then(|place| place.in_language(kind, lang))
                    .map(Column::Field),
            };
            // `miasto` beside `nazwa` of a school is where it stands.
            if let Some(column) = column.filter(|column| !taken.contains(&name(column))) {
                taken.push(name(&column));
                return column;
            }
        }
        Column::Unknown
    };
    exact.into_iter().zip(found).map(choose).collect()
}

/// A column whose heading is the name of a field.
fn exact(kind: Kind, heading: &str) -> Option<Column> {
    match heading.trim() {
        "id" => Some(Column::Id),
        field => Place::find(kind, field).map(Column::Field),
    }
}

fn name(column: &Column) -> String {
    match column {
        Column::Field(place) => place.path.join("."),
        _ => "id".to_owned(),
    }
}

/// Each heading with the fields it can stand for, by language.
fn known_headings(kind: Kind) -> BTreeMap<String, Vec<(usize, &'static str)>> {
    let mut known: BTreeMap<String, Vec<(usize, &str)>> = BTreeMap::new();
    let lines = include_str!("headings.tsv").lines();
    for line in lines.filter(|line| !line.starts_with('#')) {
        let mut parts = line.split('\t');
        let of = parts.next().unwrap_or_default();
        let field = parts.next().unwrap_or_default();
        let has = field == "id" || Place::find(kind, field).is_some();
        if !has || of != "*" && of != kind.name() {
            continue;
        }
        for (language, headings) in parts.enumerate() {
            for heading in headings.split(';') {
                known
                    .entry(plain(heading))
                    .or_default()
                    .push((language, field));
            }
        }
    }
    known
}

/// What a heading can mean; it may name a language (`Nazwa (PL)`, `name_uk`).
fn meanings<'k>(
    known: &BTreeMap<String, Vec<(usize, &'k str)>>,
    heading: &str,
) -> Vec<Meaning<'k>> {
    let heading = plain(heading);
    let of = |heading: &str, lang: Option<Lang>| -> Vec<_> {
        let fields = known.get(heading).into_iter().flatten();
        fields
            .map(|(written_in, field)| (*written_in, *field, lang))
            .collect()
    };
    let whole = of(&heading, None);
    if !whole.is_empty() {
        return whole;
    }
    match heading.rsplit_once([' ', '.', ':', '-', '/', '(', '[']) {
        Some((start, end)) => {
            let tag = end.trim_end_matches([')', ']']);
            match language(tag).filter(|_| (2..=3).contains(&tag.len())) {
                Some(lang) => of(start.trim_end_matches([' ', '(', '[']), Some(lang)),
                None => Vec::new(),
            }
        }
        None => Vec::new(),
    }
}

/// A heading without what differs from table to table: capitals, colons, blanks.
fn plain(heading: &str) -> String {
    let lower = heading.to_lowercase().replace(['_', '\u{a0}'], " ");
    let lower = lower.replace(['’', 'ʼ', '`'], "'");
    let words: Vec<&str> = lower.split_whitespace().collect();
    words
        .join(" ")
        .trim_end_matches([':', '*', '.'])
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(kind: Kind, headings: &[&str]) -> Vec<String> {
        let headings: Vec<String> = headings.iter().map(|text| (*text).to_owned()).collect();
        let show = |column: Column| match column {
            Column::Unknown => "?".to_owned(),
            column => name(&column),
        };
        by_headings(kind, &headings).into_iter().map(show).collect()
    }

    #[test]
    fn headings_are_known_in_four_languages() {
        let city = |headings: &[&str]| named(Kind::City, headings).join(" ");
        let expected = "name country population.count";
        assert_eq!(city(&["Town", "Country", "Population"]), expected);
        assert_eq!(city(&["Miasto", "Kraj", "Liczba mieszkańców"]), expected);
        assert_eq!(city(&["Město", "Země", "Počet obyvatel:"]), expected);
        assert_eq!(city(&["Місто", "Країна", "Населення"]), expected);
        assert_eq!(city(&["Obec", "Kraj", "Stát"]), "name part_of country");
        assert_eq!(
            city(&[
                "Nazwa (PL)",
                "name_uk",
                "Název cz",
                "name.en",
                "Telefon",
                "Kolor"
            ]),
            "name.pl name.uk name.cs name.en contact.phone ?"
        );
        let institution = named(Kind::Institution, &["Nazwa", "Miasto", "Rodzaj"]);
        assert_eq!(institution, ["name", "part_of", "kind"]);
    }

    #[test]
    fn every_heading_is_one_of_a_field() {
        for line in include_str!("headings.tsv").lines() {
            if line.starts_with('#') {
                continue;
            }
            let parts: Vec<&str> = line.split('\t').collect();
            assert_eq!(parts.len(), 2 + LANGUAGES, "{line}");
            let of = |kind: &&Kind| parts[0] == "*" || parts[0] == kind.name();
            let has = |kind: &Kind| parts[1] == "id" || Place::find(*kind, parts[1]).is_some();
            assert!(Kind::ALL.iter().filter(of).any(has), "{line}");
        }
    }
}
