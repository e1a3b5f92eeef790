//! The page of an event.

use super::body::ShownBody;
use super::brief::Brief;
use super::frame::{Head, Own, sentences};
use super::linked_data::LinkedData;
use super::record_parts::CommonView;
use super::shown::{Shown, ShownDate, ShownLink};
use super::{Context, EVENT_INDEX, Output, PageKind};
use crate::kinds::{Data, Event, EventKind, EventState, Kind};
use crate::model::RecordId;
use crate::routes::Subject;
use crate::theme::{Html, TemplateError};
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "event",
    routes: |routes| {
        super::add_record_routes(routes, Kind::Event, |words| words.index("events"));
    },
    render,
};

#[derive(Serialize)]
struct View {
    event: Brief,
    when: ShownDate,
    end_iso: Option<String>,
    place: Option<ShownLink>,
    venue: Option<Shown>,
    from: Option<ShownLink>,
    to: Option<ShownLink>,
    organiser: Option<ShownLink>,
    /// For templates of a site; HTML of both is in `common`.
    body: Option<ShownBody>,
    summary: Option<Shown>,
    parties: Option<Html>,
    partnerships: Option<Html>,
    areas: Vec<ShownLink>,
    topics: Vec<ShownLink>,
    common: CommonView,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Record(id) = subject else {
        unreachable!("an event's page shows a record")
    };
    let site = cx.site;
    let record = site.record(id);
    let Data::Event(event) = &record.data else {
        unreachable!("the record is an event")
    };
    let place = |reference: &Option<_>| {
        reference
            .as_ref()
            .and_then(|reference| site.resolve(reference))
            .map(|place| cx.link(place))
    };
    let clocks = site.clocks(event);
    let view = View {
        event: cx.brief(id),
        when: cx.when(event),
        end_iso: event.end.map(|end| clocks.read(end.value).to_string()),
        place: event
            .place
            .as_ref()
            .and_then(|place| cx.link_or_text(place)),
        venue: cx.shown_option(&event.venue),
        from: place(&event.from),
        to: place(&event.to),
        organiser: event
            .organiser
            .as_ref()
            .and_then(|organiser| cx.party_or_text(organiser)),
        body: cx.for_own_templates(|| cx.body(id)),
        summary: cx.for_own_templates(|| cx.summary(id)),
        parties: cx.entry_list("party_list", &cx.entries(site.resolve_all(&event.parties))?)?,
        partnerships: cx.entry_list(
            "partnership_list",
            &cx.entries(site.resolve_all(&event.partnerships))?,
        )?,
        areas: cx.areas(&event.areas),
        topics: site
            .terms(&site.topics, &event.topics)
            .into_iter()
            .map(|topic| cx.topic_link(topic))
            .collect(),
        common: cx.common(id, None)?,
    };
    let mut head = Head::new(cx.label(id), "events");
    head.section = Some(cx.unique_section(id, "events"));
    head.own_text = Own::Record(id);
    head.above = cx.above("events", EVENT_INDEX, Subject::Site)?;
    head.image = cx.main_image_url(record);
    let summary = cx.summary(id).map(|summary| summary.text);
    head.description = Some(match summary {
        Some(summary) => sentences(&view.when.text, Some(&summary)),
        None => format!("{}, {}", cx.label(id).text, view.when.text),
    });
    head.linked_data.push(linked_data(cx, id, event));
    cx.html("event.html", head, &view)
}

fn linked_data(cx: &Context<'_>, id: RecordId, event: &Event) -> LinkedData {
    let status = match event.state.unwrap_or(EventState::Planned) {
        EventState::Planned => "https://schema.org/EventScheduled",
        EventState::Cancelled => "https://schema.org/EventCancelled",
        EventState::Postponed => "https://schema.org/EventPostponed",
    };
    let online = event.kind == Some(EventKind::Online);
    let clocks = cx.site.clocks(event);
    let attendance = match online {
        true => "https://schema.org/OnlineEventAttendanceMode",
        false => "https://schema.org/OfflineEventAttendanceMode",
    };
    let mut data = LinkedData::subject("Event")
        .with("name", &cx.site.label(id, cx.reader).text)
        .with("url", cx.absolute(cx.url))
        .with("startDate", clocks.read(event.start).to_string())
        .with("eventStatus", status)
        .with("eventAttendanceMode", attendance);
    if let Some(end) = event.end {
        data.put("endDate", clocks.read(end.value).to_string());
    }
    let place = event
        .place
        .as_ref()
        .and_then(|place| cx.link_or_text(place));
    if online {
        data.put_thing("location", "VirtualLocation", |location| {
            location.put("url", cx.absolute(cx.url));
        });
    } else if let Some(place) = place {
        data.put_thing("location", "Place", |location| {
            location.put("name", &place.text);
            location.put("address", &place.text);
        });
    }
    data
}
