//! The data files: every record of a kind as JSON, for scripts.

use super::{Context, Output, PageKind, record_page};
use crate::content::{Plain, PlainTable};
use crate::kinds::{Data, Kind};
use crate::model::RecordId;
use crate::routes::{Route, Subject};
use crate::theme::TemplateError;
use serde::Serializer;

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
pub(super) fn row<'a>(cx: &Context<'a>, id: RecordId) -> PlainTable<'a> {
    let record = cx.site.record(id);
    let mut row = PlainTable::default();
    row.add("id", record.id.as_str());
    row.add("urls", urls(cx, id));
    record.data.write_plain(&mut row);
    if matches!(record.data, Data::Partnership(_)) {
        add_derived(cx, id, &mut row);
    }
    row
}

fn urls<'a>(cx: &Context<'a>, id: RecordId) -> PlainTable<'a> {
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
            Some((cx.site.tag(language).to_string(), cx.absolute(url)))
        })
        .collect()
}

/// What is derived of a partnership: its stage, since when, and its parties as plain ids.
fn add_derived<'a>(cx: &Context<'a>, id: RecordId, row: &mut PlainTable<'a>) {
    let relation = cx.site.relation(id);
    let parties = relation.parties.iter();
    let ids = parties.map(|party| cx.site.record(party.record).id.as_str());
    if let Some(written) = row.take("parties") {
        row.add("party_entries", written);
    }
    row.add("parties", ids.collect::<Plain<'a>>());
    row.replace("kind", relation.kind.as_str());
    if let Some(written) = row.replace("stage", relation.stage.value.as_str()) {
        row.add("stage_override", written);
    }
    row.add("since", relation.since.map(|since| since.to_string()));
    let steps = row.take("step");
    row.add("steps", steps.unwrap_or(Plain::List(Vec::new())));
    if !row.has("areas") {
        row.add("areas", Plain::List(Vec::new()));
    }
    row.add("domestic", relation.domestic);
    row.add("as_of", cx.site.as_of.to_string());
}
