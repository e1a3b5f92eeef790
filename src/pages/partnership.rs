//! The page of a partnership: who, where it stands, what happened.

use super::body::ShownBody;
use super::brief::StageView;
use super::frame::{Head, Own, sentences, shorten};
use super::linked_data::LinkedData;
use super::map::Room;
use super::record_parts::{Activity, After, CommonView};
use super::shown::{Shown, ShownDate, ShownLink};
use super::{Context, Output, PARTNERSHIP_INDEX, PageKind};
use crate::kinds::{Data, Kind, Partnership, Step};
use crate::lang::CaseForms;
use crate::model::RecordId;
use crate::routes::Subject;
use crate::theme::{Html, TemplateError};
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
    domestic: bool,
    /// Where it stands, by the component `standing`.
    standing: Html,
    /// What is known of it beside its history, by `partnership_facts`.
    facts: Html,
    /// What has happened, by `timeline`; what is to come, by `plan` with its heading.
    history: Option<Html>,
    plan: Html,
    parties: Vec<PartyView>,
    /// For templates of a site; HTML of both is in `common`.
    body: Option<ShownBody>,
    summary: Option<Shown>,
    /// The same as data, for templates of a site.
    known: Option<Facts>,
    steps: Vec<StepView>,
    planned: Vec<StepView>,
    /// Who takes part without being a party, with its heading.
    participants: Html,
    /// News, events and projects, by the component `activity`; the same one by one, for
    /// templates of a site.
    activity: Html,
    lists: Activity,
    /// Where the parties are.
    map: Option<Html>,
    /// By `after`.
    after: Html,
    common: CommonView,
}

/// What the components `standing` and `partnership_facts` take.
#[derive(Serialize)]
struct Facts {
    stage: StageView,
    stage_definition: String,
    kind_label: String,
    kind_definition: String,
    since: Option<ShownDate>,
    areas: Vec<ShownLink>,
    initiated_by: Option<ShownLink>,
    confirmed: Option<ConfirmedView>,
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
    let (taken, planned): (Vec<StepView>, Vec<StepView>) = (steps(taken), steps(planned));
    let facts = facts(cx, id, partnership);
    let description = description(cx, id, &facts.stage);
    let activity = cx.lists_of(id, usize::MAX)?;
    let parties = relation.parties.iter().map(|link| {
        let parts = cx.party_parts(link.record)?;
        Ok(PartyView {
            link: parts.link.clone(),
            place: parts.place.clone(),
            detail: cx.period(link.joined, link.left),
        })
    });
    let parties = parties.collect::<Result<_, _>>()?;
    let participants = cx.entries(site.resolve_all(&partnership.participants))?;
    let participants = cx.entry_list("party_list", &participants)?;
    let map = cx.map_figure(cx.map(
        &cx.partnership_network(id),
        Room::Aside,
        Some("#s-parties".to_owned()),
    ))?;
    let common = cx.common(id, None)?;
    let view = View {
        kind_label: facts.kind_label.clone(),
        domestic: relation.domestic,
        standing: cx.component("standing", &Standing::of(&facts))?,
        facts: cx.component("partnership_facts", &facts)?,
        history: cx.step_list("step", "timeline", &taken)?,
        plan: {
            let plan = cx.step_list("planned_step", "plan", &planned)?;
            cx.section("planned", "planned", plan)?
        },
        known: cx.for_own_templates(|| Some(facts)),
        steps: cx.for_own_templates(|| taken),
        planned: cx.for_own_templates(|| planned),
        parties,
        body: cx.for_own_templates(|| cx.body(id)),
        summary: cx.for_own_templates(|| cx.summary(id)),
        participants: cx.section("participants", "participants", participants)?,
        activity: cx.activity(&activity)?,
        lists: cx.for_own_templates(|| activity),
        map,
        after: cx.after(&After {
            parts: common.parts.clone(),
            ..After::default()
        })?,
        common,
    };
    let title = match site.label(id, cx.reader).of_parties {
        true => cx.label(id).capitalised(),
        false => cx.label(id),
    };
    let mut head = Head::new(title, "partnerships");
    head.section = Some(cx.unique_section(id, "partnerships"));
    head.own_text = Own::Record(id);
    head.above = cx.above("partnerships", PARTNERSHIP_INDEX, Subject::Part(1))?;
    head.description = Some(description);
    head.image = cx.main_image_url(record);
    head.linked_data.push(linked_data(cx, id));
    cx.html("partnership.html", head, &view)
}

/// What the component `standing` takes.
#[derive(Serialize)]
struct Standing<'a> {
    stage: &'a StageView,
    confirmed: Option<&'a Shown>,
}

impl Standing<'_> {
    fn of(facts: &Facts) -> Standing<'_> {
        let confirmed = facts.confirmed.as_ref();
        Standing {
            stage: &facts.stage,
            confirmed: confirmed.map(|confirmed| &confirmed.sentence),
        }
    }
}

fn facts(cx: &Context<'_>, id: RecordId, partnership: &Partnership) -> Facts {
    let site = cx.site;
    let relation = site.relation(id);
    let initiated_by = partnership.initiated_by.as_ref();
    let confirmed = partnership.confirmed.as_ref();
    Facts {
        stage: cx.stage(relation),
        stage_definition: cx.t(&["stage_definition.", relation.stage.value.as_str()].concat()),
        kind_label: cx.kind_label(id),
        kind_definition: cx.t(&["kind_definition.", relation.kind.as_str()].concat()),
        since: relation.since.map(|since| cx.of_date(since)),
        areas: cx.areas(&partnership.areas),
        initiated_by: initiated_by
            .and_then(|by| site.resolve(by))
            .map(|by| cx.link(by)),
        confirmed: confirmed.map(|confirmed| {
            let by = confirmed.value.by.as_ref();
            ConfirmedView {
                sentence: cx.say_date("confirmed", confirmed.value.date),
                date: cx.on_date(confirmed.value.date),
                by: by.and_then(|by| cx.party_or_text(by)),
            }
        }),
    }
}

impl Context<'_> {
    /// A list of steps, each by a component of its own: few lists have the same shape, many steps have.
    fn step_list(
        &self,
        each: &'static str,
        list: &'static str,
        steps: &[StepView],
    ) -> Result<Option<Html>, TemplateError> {
        #[derive(Serialize)]
        struct OfStep<'a> {
            step: &'a StepView,
        }
        let steps = steps.iter();
        let items = steps.map(|step| self.component(each, &OfStep { step }));
        self.entry_list(list, &items.collect::<Result<Vec<_>, _>>()?)
    }
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
fn description(cx: &Context<'_>, id: RecordId, stage: &StageView) -> String {
    let relation = cx.site.relation(id);
    let names: Vec<CaseForms> = relation
        .parties
        .iter()
        .map(|party| cx.site.name_forms(party.record, cx.reader))
        .collect();
    let named = cx.language().say_of("partnership_of", &names, &[]);
    let mut text = [&named, ". ", &stage.label].concat();
    if let Some(detail) = &stage.detail {
        text = [&text, " (", &detail.text, ")"].concat();
    }
    let summary = cx.summary(id);
    let more = summary.as_ref().or(stage.reason.as_ref());
    shorten(&sentences(&text, more.map(|more| more.text.as_str())), 300)
}

fn linked_data(cx: &Context<'_>, id: RecordId) -> LinkedData {
    let about = cx.site.relation(id).parties.iter().map(|party| {
        let schema_type = match cx.site.record(party.record).kind() {
            Kind::City => "City",
            Kind::Region => "AdministrativeArea",
            _ => "Organization",
        };
        (schema_type, party.record)
    });
    let mut data = LinkedData::subject("WebPage")
        .with("name", &cx.site.label(id, cx.reader).text)
        .with("url", cx.absolute(cx.url))
        .with("inLanguage", cx.tag().as_str());
    data.put_things("about", about, |party, id| {
        party.put("name", &cx.site.label(id, cx.reader).text);
        party.put("url", cx.record_url(id));
    });
    data
}
