//! The calendars (iCalendar, RFC 5545): of each language, and of each party with events.

use super::feed::{beside, parties};
use super::{Context, Output, PageKind};
use crate::kinds::{Data, Event, EventState, Kind};
use crate::lang::{Moment, PartialDate};
use crate::model::RecordId;
use crate::routes::{Routes, Subject, UrlWords};
use crate::source::Spanned;
use jiff::ToSpan;

pub(super) const PAGE: PageKind = PageKind {
    name: "calendar",
    routes,
    render: |cx, subject| Ok(Output::Bytes(calendar(cx, subject).into_bytes())),
};

fn routes(routes: &mut Routes<'_>) {
    let site = routes.site;
    if site.of_kind(Kind::Event).len() == 0 {
        return;
    }
    for language in site.language_ids() {
        let home = UrlWords(site.language(language)).home();
        routes.add(format!("{home}calendar.ics"), Subject::Site, Some(language));
        for id in parties(site).filter(|id| !site.links(*id).events.is_empty()) {
            if let Some(url) = beside(routes, id, language, "calendar.ics") {
                routes.add(url, Subject::Record(id), Some(language));
            }
        }
    }
}

fn calendar(cx: &Context<'_>, subject: Subject) -> String {
    let (name, events): (String, Vec<RecordId>) = match subject {
        Subject::Record(id) => (
            cx.with_dash(&[&cx.say_of("events_of", id), &cx.site_title()]),
            cx.site.links(id).events.clone(),
        ),
        _ => (cx.site_title(), cx.site.of_kind(Kind::Event).collect()),
    };
    let mut lines = Lines::default();
    lines.add("BEGIN", "VCALENDAR");
    lines.add("VERSION", "2.0");
    lines.add("PRODID", "-//twintown//twintown//EN");
    lines.add("X-WR-CALNAME", &escape(&name));
    for id in events {
        if let Data::Event(event) = &cx.site.record(id).data {
            add_event(cx, id, event, &mut lines);
        }
    }
    lines.add("END", "VCALENDAR");
    lines.text
}

/// An event whose day is known; a calendar has no place for a month.
fn add_event(cx: &Context<'_>, id: RecordId, event: &Event, lines: &mut Lines) {
    if event.start.date.day.is_none() {
        return;
    }
    let record = cx.site.record(id);
    let host = cx
        .base_url
        .split_once("://")
        .map_or(cx.base_url, |(_, rest)| rest);
    lines.add("BEGIN", "VEVENT");
    lines.add(
        "UID",
        &format!(
            "{}@{}",
            record.id,
            host.trim_end_matches('/').replace('/', ".")
        ),
    );
    // When the entry was made is not known; a fixed moment keeps builds equal.
    lines.add("DTSTAMP", &format!("{}T000000Z", compact(event.start.date)));
    add_times(cx, event, lines);
    lines.add("SUMMARY", &escape(&cx.label(id).text));
    let place = event
        .place
        .as_ref()
        .and_then(|place| cx.link_or_text(place))
        .map(|place| place.text);
    let venue = cx.shown_option(&event.venue).map(|venue| venue.text);
    let where_: Vec<String> = venue.into_iter().chain(place).collect();
    if !where_.is_empty() {
        lines.add("LOCATION", &escape(&where_.join(", ")));
    }
    if let Some(summary) = cx.shown_option(&record.data.common().summary) {
        lines.add("DESCRIPTION", &escape(&summary.text));
    }
    if let Some(url) = cx.record_url(id) {
        lines.add("URL", &url);
    }
    match event.state {
        Some(EventState::Cancelled) => lines.add("STATUS", "CANCELLED"),
        Some(EventState::Postponed) => lines.add("STATUS", "TENTATIVE"),
        _ => lines.add("STATUS", "CONFIRMED"),
    }
    lines.add("END", "VEVENT");
}

/// Whole days end on the day after the last (RFC 5545, 3.6.1).
fn add_times(cx: &Context<'_>, event: &Event, lines: &mut Lines) {
    if event.start.time.is_some() {
        let clocks = cx.site.clocks(event);
        lines.add("DTSTART", &time(clocks.read(event.start)));
        if let Some(end) = event
            .end
            .map(Spanned::into_value)
            .filter(|end| end.time.is_some())
        {
            lines.add("DTEND", &time(clocks.read(end)));
        }
        return;
    }
    let last = event
        .end
        .map_or(event.start.date, |end| end.value.date)
        .latest();
    lines.add("DTSTART;VALUE=DATE", &compact(event.start.date));
    if let Ok(after) = last.checked_add(1.day()) {
        lines.add("DTEND;VALUE=DATE", &compact(PartialDate::day(after)));
    }
}

fn compact(date: PartialDate) -> String {
    date.earliest().to_string().replace('-', "")
}

/// In UTC where the offset is known, else as clocks show it at the place
/// (RFC 5545, 3.3.5: forms 2 and 1).
fn time(moment: Moment) -> String {
    let (hour, minute) = moment.time.unwrap_or((0, 0));
    let local = moment.date.earliest().at(hour as i8, minute as i8, 0, 0);
    match moment
        .offset
        .and_then(|offset| local.checked_sub(i64::from(offset).minutes()).ok())
    {
        Some(utc) => utc.strftime("%Y%m%dT%H%M%SZ").to_string(),
        None => local.strftime("%Y%m%dT%H%M%S").to_string(),
    }
}

/// TEXT (RFC 5545, 3.3.11).
fn escape(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace('\n', "\\n")
}

/// Content lines, folded at 75 octets and never inside a character (RFC 5545, 3.1).
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    fn add(&mut self, name: &str, value: &str) {
        let mut room = 75;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if letter.len_utf8() > room {
                self.text.push_str("\r\n ");
                room = 74;
            }
            self.text.push(letter);
            room -= letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fold_at_75_octets() {
        let mut lines = Lines::default();
        lines.add("SUMMARY", &"ж".repeat(100));
        assert!(lines.text.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(
            lines.text.replace("\r\n ", "").trim_end(),
            format!("SUMMARY:{}", "ж".repeat(100))
        );
    }

    #[test]
    fn texts_are_escaped() {
        assert_eq!(escape("a, b; c\\"), "a\\, b\\; c\\\\");
    }
}
