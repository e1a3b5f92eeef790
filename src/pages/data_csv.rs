//! The data files for spreadsheets and maps: the rows of the JSON files as CSV,
//! the steps of all partnerships, and the places as GeoJSON.

use super::data::{KINDS, MEMORY, row};
use super::{Context, Output, PageKind};
use crate::content::{Field, Plain, PlainTable};
use crate::kinds::{Data, Kind};
use crate::routes::{Routes, Subject};
use crate::theme::TemplateError;
use foldhash::fast::FixedState;
use serde::{Serialize, Serializer};
use std::collections::HashMap;
use std::ops::Range;

pub(super) const PAGE: PageKind = PageKind {
    name: "data-csv",
    routes,
    render,
};

/// The subjects that are no list of a kind.
const STEPS: Subject = Subject::Item(0);
const PLACES: Subject = Subject::Item(1);

fn routes(routes: &mut Routes<'_>) {
    let site = routes.site;
    for kind in KINDS
        .into_iter()
        .filter(|kind| site.of_kind(*kind).len() > 0)
    {
        routes.add(
            format!("data/{}.csv", kind.folder()),
            Subject::List(kind, 1),
            None,
        );
    }
    if site.of_kind(Kind::Partnership).len() > 0 {
        routes.add("data/steps.csv".to_owned(), STEPS, None);
    }
    if site.of_kind(Kind::City).len() > 0 {
        routes.add("data/cities.geojson".to_owned(), PLACES, None);
    }
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    Ok(Output::Bytes(match subject {
        Subject::List(kind, _) => to_csv(cx.site.of_kind(kind).map(|id| row(cx, id))),
        STEPS => to_csv(steps(cx)),
        _ => places(cx),
    }))
}

/// Every step of every partnership, in the order of its history.
fn steps<'a>(cx: &Context<'a>) -> impl Iterator<Item = PlainTable<'a>> {
    let site = cx.site;
    site.of_kind(Kind::Partnership).flat_map(move |id| {
        let record = site.record(id);
        let Data::Partnership(partnership) = &record.data else {
            unreachable!("the record is a partnership")
        };
        let history = site.relation(id).history.iter().enumerate();
        history.map(move |(number, index)| {
            let mut row = PlainTable::default();
            row.add("partnership", record.id.as_str());
            row.add("number_in_history", number as i64 + 1);
            if let Plain::Table(step) = partnership.steps[*index].plain() {
                row.append(step);
            }
            row
        })
    })
}

/// The cities whose location is known, longitude first (RFC 7946).
fn places(cx: &Context<'_>) -> Vec<u8> {
    #[derive(Serialize)]
    struct Feature<'a> {
        #[serde(rename = "type")]
        kind: &'static str,
        geometry: Geometry,
        properties: PlainTable<'a>,
    }
    #[derive(Serialize)]
    struct Geometry {
        #[serde(rename = "type")]
        kind: &'static str,
        coordinates: [f64; 2],
    }
    let mut bytes = b"{\"type\":\"FeatureCollection\",\"features\":".to_vec();
    let features = cx.site.of_kind(Kind::City).filter_map(|id| {
        let location = cx.site.record(id).data.profile()?.location.as_ref()?;
        Some(Feature {
            kind: "Feature",
            geometry: Geometry {
                kind: "Point",
                coordinates: [location.lon.value.0, location.lat.value.0],
            },
            properties: row(cx, id),
        })
    });
    let mut writer = serde_json::Serializer::new(&mut bytes);
    writer.collect_seq(features).expect(MEMORY);
    bytes.extend_from_slice(b"}\n");
    bytes
}

/// Rows as CSV (RFC 4180), a column for each field and language, in the order
/// they first occur. A cell that a spreadsheet would take for a formula begins
/// with an apostrophe.
fn to_csv<'a>(rows: impl Iterator<Item = PlainTable<'a>>) -> Vec<u8> {
    let mut cells = Cells::default();
    for row in rows {
        cells.flatten_table(&row);
        cells.rows.push(cells.cells.len());
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&cells.columns).expect(MEMORY);
    let mut start = 0;
    let mut record: Vec<&str> = Vec::new();
    for end in &cells.rows {
        record.clear();
        record.resize(cells.columns.len(), "");
        for (column, text) in &cells.cells[start..*end] {
            record[*column] = &cells.texts[text.clone()];
        }
        start = *end;
        writer.write_record(&record).expect(MEMORY);
    }
    writer.into_inner().expect(MEMORY)
}

/// What stands in a table, before all of its columns are known.
#[derive(Default)]
struct Cells {
    columns: Vec<String>,
    by_name: HashMap<String, usize, FixedState>,
    /// The column of each cell, and where its text is.
    cells: Vec<(usize, Range<usize>)>,
    /// The texts of all cells.
    texts: String,
    /// Where the cells of each row end.
    rows: Vec<usize>,
    /// The name of the value that is being looked at.
    name: String,
}

impl Cells {
    /// `name.pl`, `location.lat`.
    fn flatten_table(&mut self, table: &PlainTable<'_>) {
        let above = self.name.len();
        for (key, value) in table.iter() {
            if above > 0 {
                self.name.push('.');
            }
            self.name.push_str(key);
            self.flatten(value);
            self.name.truncate(above);
        }
    }

    /// A list of plain values is one cell, a list of tables JSON.
    fn flatten(&mut self, value: &Plain<'_>) {
        let start = self.texts.len();
        match value {
            Plain::Table(table) => return self.flatten_table(table),
            Plain::List(items) if items.iter().all(|item| item.as_str().is_some()) => {
                for (index, text) in items.iter().filter_map(Plain::as_str).enumerate() {
                    self.texts.push_str(if index > 0 { "; " } else { "" });
                    self.texts.push_str(text);
                }
                self.defuse(start);
            }
            Plain::Text(text) => {
                self.texts.push_str(text);
                self.defuse(start);
            }
            Plain::Nothing => {}
            other => {
                let text = serde_json::to_string(other).expect(MEMORY);
                self.texts.push_str(&text);
            }
        }
        let column = match self.by_name.get(&self.name) {
            Some(column) => *column,
            None => {
                self.columns.push(self.name.clone());
                let column = self.by_name.len();
                self.by_name.insert(self.name.clone(), column);
                column
            }
        };
        self.cells.push((column, start..self.texts.len()));
    }

    /// Puts an apostrophe before a text that a spreadsheet would take for a formula.
    fn defuse(&mut self, start: usize) {
        if self.texts[start..].starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
            self.texts.insert(start, '\'');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_columns() {
        let name = PlainTable::from_iter([("pl", "=A")]);
        let rows = [
            PlainTable::from_iter([("id", Plain::from("a")), ("name", name.into())]),
            PlainTable::from_iter([
                ("id", Plain::from("b")),
                ("areas", ["x", "y"].into_iter().collect()),
            ]),
        ];
        let text = String::from_utf8(to_csv(rows.into_iter())).unwrap();
        assert_eq!(text, "id,name.pl,areas\na,'=A,\nb,,x; y\n");
    }
}
