//! The data files for spreadsheets and maps: the rows of the JSON files as CSV,
//! the steps of all partnerships, and the places as GeoJSON.

use super::data::{KINDS, row};
use super::{Context, Output, PageKind};
use crate::kinds::{Data, Kind};
use crate::routes::{Routes, Subject};
use crate::theme::TemplateError;
use serde_json::{Map, Value as Json, json};

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
        Subject::List(kind, _) => to_csv(cx.site.of_kind(kind).map(|id| row(cx, id)).collect()),
        STEPS => to_csv(steps(cx)),
        _ => places(cx),
    }))
}

/// Every step of every partnership, in the order of its history.
fn steps(cx: &Context<'_>) -> Vec<Json> {
    use crate::content::Field;
    let mut rows = Vec::new();
    for id in cx.site.of_kind(Kind::Partnership) {
        let record = cx.site.record(id);
        let Data::Partnership(partnership) = &record.data else {
            continue;
        };
        for (number, index) in cx.site.relation(id).history.iter().enumerate() {
            let mut object = Map::new();
            object.insert("partnership".to_owned(), record.id.as_str().into());
            object.insert("number_in_history".to_owned(), (number + 1).into());
            if let Json::Object(step) = partnership.steps[*index].to_json() {
                object.extend(step);
            }
            rows.push(object.into());
        }
    }
    rows
}

/// The cities whose location is known, longitude first (RFC 7946).
fn places(cx: &Context<'_>) -> Vec<u8> {
    let features: Vec<Json> = cx
        .site
        .of_kind(Kind::City)
        .filter_map(|id| {
            let location = cx.site.record(id).data.profile()?.location.as_ref()?;
            Some(json!({
                "type": "Feature",
                "geometry": { "type": "Point", "coordinates": [location.lon.value.0, location.lat.value.0] },
                "properties": row(cx, id),
            }))
        })
        .collect();
    let collection = json!({ "type": "FeatureCollection", "features": features });
    let mut bytes = serde_json::to_vec(&collection).expect("JSON values can be written to memory");
    bytes.push(b'\n');
    bytes
}

/// Rows as CSV (RFC 4180), a column for each field and language, in the order
/// they first occur. A cell that a spreadsheet would take for a formula begins
/// with an apostrophe.
fn to_csv(rows: Vec<Json>) -> Vec<u8> {
    let mut columns: Vec<String> = Vec::new();
    let mut known = std::collections::HashMap::new();
    let mut cells: Vec<Vec<(usize, String)>> = Vec::new();
    for row in &rows {
        let mut flat = Vec::new();
        flatten("", row, &mut flat);
        cells.push(
            flat.into_iter()
                .map(|(name, value)| {
                    let column = *known.entry(name).or_insert_with_key(|name: &String| {
                        columns.push(name.clone());
                        columns.len() - 1
                    });
                    (column, value)
                })
                .collect(),
        );
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let memory = "writing to memory does not fail";
    writer.write_record(&columns).expect(memory);
    for row in cells {
        let mut record = vec![String::new(); columns.len()];
        for (column, value) in row {
            record[column] = value;
        }
        writer.write_record(&record).expect(memory);
    }
    writer.into_inner().expect(memory)
}

/// `name.pl`, `location.lat`; a list of plain values is one cell, a list of tables JSON.
fn flatten(prefix: &str, value: &Json, out: &mut Vec<(String, String)>) {
    match value {
        Json::Object(object) => {
            for (key, value) in object {
                let name = match prefix {
                    "" => key.clone(),
                    prefix => format!("{prefix}.{key}"),
                };
                flatten(&name, value, out);
            }
        }
        Json::Array(items) if items.iter().all(Json::is_string) => {
            let texts: Vec<&str> = items.iter().filter_map(Json::as_str).collect();
            out.push((prefix.to_owned(), cell(&texts.join("; "))));
        }
        Json::Array(_) => out.push((prefix.to_owned(), value.to_string())),
        Json::Null => out.push((prefix.to_owned(), String::new())),
        Json::String(text) => out.push((prefix.to_owned(), cell(text))),
        other => out.push((prefix.to_owned(), other.to_string())),
    }
}

fn cell(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_columns() {
        let rows = vec![
            json!({ "id": "a", "name": { "pl": "=A" } }),
            json!({ "id": "b", "areas": ["x", "y"] }),
        ];
        let text = String::from_utf8(to_csv(rows)).unwrap();
        assert_eq!(text, "id,name.pl,areas\na,'=A,\nb,,x; y\n");
    }
}
