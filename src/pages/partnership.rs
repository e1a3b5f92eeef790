//! The page of a partnership: who, where it stands, what happened.

use super::body::ShownBody;
use super::brief::StageView;
use super::frame::{Head, Own, sentences, shorten};
use super::linked_data::LinkedData;
use super::map::Room;
use super::shown::{Shown, ShownDate, ShownLink};
use super::{Context, Output, PARTNERSHIP_INDEX, PageKind};
use crate::kinds::{Data, Kind, Step};
use crate::lang::CaseForms;
use crate::model::RecordId;
use crate::routes::Subject;
use crate::theme::TemplateError;
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "partnership",
    routes: |routes| {
        super::add_record_routes(routes, Kind::Partnership, |words| {
            words.index(Kind::Partnership.folder())
        });
    },
    render,
};

#[derive(Serialize)]
struct View {
    kind_label: String,
    stage: StageView,
    stage_definition: String,
    kind_definition: String,
    parties: Vec<PartyView>,
    body: Option<ShownBody>,
    summary: Option<Shown>,
    areas: Vec<ShownLink>,
    since: Option<ShownDate>,
    domestic: bool,
    initiated_by: Option<ShownLink>,
    confirmed: Option<ConfirmedView>,
    steps: Vec<StepView>,
    planned: Vec<StepView>,
    participants: Option<Value>,
    news: Option<Value>,
    upcoming: Option<Value>,
    past: Option<Value>,
    projects: Option<Value>,
    /// Where the parties are.
    map: Option<Value>,
    common: super::record_parts::CommonView,
}

#[derive(Serialize)]
struct PartyView {
    link: Value,
    /// What and where it is.
    place: Value,
    detail: Option<String>,
}

#[derive(Serialize)]
struct ConfirmedView {
    /// "Confirmed in March 2026"
    sentence: Shown,
    date: ShownDate,
    by: Option<ShownLink>,
}

#[derive(Serialize)]
struct StepView {
    step_type: &'static str,
    label: String,
    date: Option<ShownDate>,
    by: Option<ShownLink>,
    place: Option<ShownLink>,
    number: Option<String>,
    document: Option<Shown>,
    /// Its place among the record's documents, from 1.
    document_number: Option<usize>,
    valid_until: Option<Shown>,
    effective: Option<Shown>,
    note: Option<Shown>,
    source: Option<super::record_parts::SourceView>,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Record(id) = subject else {
        unreachable!("a partnership's page shows a record")
    };
    let site = cx.site;
    let record = site.record(id);
    let Data::Partnership(partnership) = &record.data else {
        unreachable!("the record is a partnership")
    };
    let relation = site.relation(id);
    let links = site.links(id);
    let (past, mut upcoming): (Vec<RecordId>, Vec<RecordId>) =
        links.events.iter().partition(|event| site.is_past(**event));
    upcoming.reverse();
    let (planned, taken): (Vec<&Step>, Vec<&Step>) = relation
        .history
        .iter()
        .map(|index| &partnership.steps[*index])
        .partition(|step| step.date.is_some_and(|date| date.earliest() > site.as_of));
    let steps = |steps: Vec<&Step>| {
        steps
            .into_iter()
            .map(|step| step_view(cx, id, step))
            .collect()
    };
    let view = View {
        kind_label: site.kind_label(id, cx.language()),
        stage: cx.stage(relation),
        stage_definition: cx.t(&format!(
            "stage_definition.{}",
            relation.stage.value.as_str()
        )),
        kind_definition: cx.t(&format!("kind_definition.{}", relation.kind.as_str())),
        parties: relation
            .parties
            .iter()
            .map(|link| {
                let parts = cx.party_parts(link.record)?;
                Ok(PartyView {
                    link: parts.link.clone(),
                    place: parts.place.clone(),
                    detail: cx.period(link.joined, link.left),
                })
            })
            .collect::<Result<_, _>>()?,
        body: cx.body(id),
        summary: cx.shown_option(&record.data.common().summary),
        areas: cx.areas(&partnership.areas),
        since: relation.since.map(|since| cx.of_date(since)),
        domestic: relation.domestic,
        initiated_by: partnership
            .initiated_by
            .as_ref()
            .and_then(|by| site.resolve(by))
            .map(|by| cx.link(by)),
        confirmed: partnership
            .confirmed
            .as_ref()
            .map(|confirmed| ConfirmedView {
                sentence: cx.say_date("confirmed", confirmed.value.date),
                date: cx.on_date(confirmed.value.date),
                by: confirmed
                    .value
                    .by
                    .as_ref()
                    .and_then(|by| cx.party_or_text(by)),
            }),
        steps: steps(taken),
        planned: steps(planned),
        participants: cx.entry_list(
            "party_list",
            cx.entries(site.resolve_all(&partnership.participants))?,
        )?,
        news: cx.entry_list(
            "dated_list",
            cx.entries(
                links
                    .news
                    .iter()
                    .copied()
                    .filter(|news| cx.is_listed(*news)),
            )?,
        )?,
        upcoming: cx.entry_list("dated_list", cx.entries(upcoming)?)?,
        past: cx.entry_list("dated_list", cx.entries(past)?)?,
        projects: cx.entry_list("titled_list", cx.entries(cx.by_label(&links.projects))?)?,
        map: cx.map_figure(cx.map(
            &cx.partnership_network(id),
            Room::Aside,
            Some("#s-parties".to_owned()),
        ))?,
        common: cx.common(record),
    };
    let title = match site.label(id, cx.reader).of_parties {
        true => cx.label(id).capitalised(),
        false => cx.label(id),
    };
    let mut head = Head::new(title, "partnerships");
    head.section = Some(cx.unique_section(id, "partnerships"));
    head.own_text = Own::Record(id);
    head.above = cx.above("partnerships", PARTNERSHIP_INDEX, Subject::Part(1));
    head.description = Some(description(cx, id));
    head.image = cx.main_image_url(record);
    head.linked_data.push(linked_data(cx, id));
    cx.html("partnership.html", head, &view)
}

fn step_view(cx: &Context<'_>, partnership: RecordId, step: &Step) -> StepView {
    let site = cx.site;
    let documents = &site.record(partnership).data.common().documents;
    let document = step.document.as_ref().and_then(|wanted| {
        documents
            .iter()
            .position(|document| document.is_called(&wanted.value))
    });
    StepView {
        step_type: step.step_type.value.as_str(),
        label: cx.t(&format!("step.{}", step.step_type.value.as_str())),
        date: step.date.map(|date| cx.date(date)),
        by: step
            .by
            .as_ref()
            .and_then(|by| site.resolve(by))
            .map(|by| cx.link(by)),
        place: step.place.as_ref().and_then(|place| cx.link_or_text(place)),
        number: step.number.clone(),
        document: document.and_then(|at| cx.shown(&documents[at].title)),
        document_number: document.map(|at| at + 1),
        valid_until: step
            .valid_until
            .map(|date| cx.say_date("valid_until", date.value)),
        effective: step.effective.map(|date| cx.say_date("effective", date)),
        note: cx.shown_option(&step.note),
        source: step.source.as_ref().map(|source| cx.source(source)),
    }
}

/// "Partnership of Sochaczew and Krefeld. In force (since 1993).", and the summary.
fn description(cx: &Context<'_>, id: RecordId) -> String {
    let relation = cx.site.relation(id);
    let stage = cx.stage(relation);
    let names: Vec<CaseForms> = relation
        .parties
        .iter()
        .map(|party| cx.site.name_forms(party.record, cx.reader))
        .collect();
    let named = cx.language().say_of("partnership_of", &names, &[]);
    let mut text = format!("{named}. {}", stage.label);
    if let Some(detail) = stage.detail {
        text = format!("{text} ({})", detail.text);
    }
    let summary = cx.shown_option(&cx.site.record(id).data.common().summary);
    let more = summary.or(stage.reason);
    shorten(
        &sentences(&text, more.as_ref().map(|more| more.text.as_str())),
        300,
    )
}

fn linked_data(cx: &Context<'_>, id: RecordId) -> LinkedData {
    let about = cx.site.relation(id).parties.iter().map(|party| {
        let schema_type = match cx.site.record(party.record).kind() {
            Kind::City => "City",
            Kind::Region => "AdministrativeArea",
            _ => "Organization",
        };
        LinkedData::thing(schema_type)
            .with("name", &cx.site.label(party.record, cx.reader).text)
            .with("url", cx.record_url(party.record))
    });
    let mut data = LinkedData::subject("WebPage")
        .with("name", cx.label(id).text)
        .with("url", cx.absolute(cx.url))
        .with("inLanguage", cx.tag().as_str());
    data.put_things("about", about);
    data
}
