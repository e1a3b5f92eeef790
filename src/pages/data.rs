//! The data files: every record of a kind as JSON, for scripts.

use super::{Context, Output, PageKind, record_page};
use crate::kinds::{Data, Kind};
use crate::model::RecordId;
use crate::routes::{Route, Subject};
use crate::theme::TemplateError;
use serde::Serializer;
use serde_json::{Map, Value as Json, json};

pub(super) const PAGE: PageKind = PageKind {
    name: "data",
    routes: |routes| {
        for kind in KINDS {
            if routes.site.of_kind(kind).len() > 0 {
                routes.add(
                    format!("data/{}.json", kind.folder()),
                    Subject::List(kind, 1),
                    None,
                );
            }
        }
    },
    render,
};

/// The kinds that have data files: all but free pages.
pub(super) const KINDS: [Kind; 9] = [
    Kind::City,
    Kind::Region,
    Kind::Institution,
    Kind::Organisation,
    Kind::Partnership,
    Kind::Seeker,
    Kind::News,
    Kind::Event,
    Kind::Project,
];

/// Why writing a data file cannot fail.
pub(super) const MEMORY: &str = "plain values can be written to memory";

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::List(kind, _) = subject else {
        unreachable!("a data file lists a kind")
    };
    let mut bytes = Vec::new();
    let mut writer = serde_json::Serializer::pretty(&mut bytes);
    // Row by row: as one value, all rows would take several times the room of the file.
    let rows = cx.site.of_kind(kind).map(|id| row(cx, id));
    writer.collect_seq(rows).expect(MEMORY);
    bytes.push(b'\n');
    Ok(Output::Bytes(bytes))
}

/// A record: its id, its addresses, what it says, and what follows from it.
pub(super) fn row(cx: &Context<'_>, id: RecordId) -> Json {
    let record = cx.site.record(id);
    let mut object = Map::new();
    object.insert("id".to_owned(), record.id.as_str().into());
    object.insert("urls".to_owned(), urls(cx, id));
    record.data.write_json(&mut object);
    if matches!(record.data, Data::Partnership(_)) {
        add_derived(cx, id, &mut object);
    }
    object.into()
}

fn urls(cx: &Context<'_>, id: RecordId) -> Json {
    let page = record_page(cx.site.record(id).kind());
    cx.site
        .language_ids()
        .filter_map(|language| {
            let route = Route {
                page,
                subject: Subject::Record(id),
                language: Some(language),
            };
            let url = cx.routes.url(route)?;
            Some((
                cx.site.tag(language).to_string(),
                Json::from(cx.absolute(url)),
            ))
        })
        .collect::<Map<_, _>>()
        .into()
}

/// What is derived of a partnership: its stage, since when, and its parties as plain ids.
fn add_derived(cx: &Context<'_>, id: RecordId, object: &mut Map<String, Json>) {
    let relation = cx.site.relation(id);
    let ids = relation
        .parties
        .iter()
        .map(|party| Json::from(cx.site.record(party.record).id.as_str()));
    if let Some(written) = object.remove("parties") {
        object.insert("party_entries".to_owned(), written);
    }
    object.insert("parties".to_owned(), ids.collect());
    object.insert("kind".to_owned(), relation.kind.as_str().into());
    if let Some(written) = object.insert("stage".to_owned(), relation.stage.value.as_str().into()) {
        object.insert("stage_override".to_owned(), written);
    }
    object.insert(
        "since".to_owned(),
        json!(relation.since.map(|since| since.to_string())),
    );
    let steps = object.remove("step").unwrap_or_else(|| json!([]));
    object.insert("steps".to_owned(), steps);
    if !object.contains_key("areas") {
        object.insert("areas".to_owned(), json!([]));
    }
    object.insert("domestic".to_owned(), relation.domestic.into());
    object.insert("as_of".to_owned(), cx.site.as_of.to_string().into());
}
