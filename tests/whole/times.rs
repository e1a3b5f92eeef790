//! Times of events, with how far their clocks are from UTC.

use super::tiny::{Pages, Tiny, shown};
use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime};

const SITE: &str = "title = \"T\"\nlanguages = [\"en\", \"pl\", \"cs\", \"uk\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\n";

/// A site with a town in each of three countries, and events.
fn tiny(site: &str, events: &[(&str, &str)]) -> Tiny {
    let towns = [("sochaczew", "PL"), ("bucha", "UA"), ("chicago", "US")];
    let tiny = towns.iter().fold(Tiny::default(), |tiny, (id, country)| {
        tiny.with(
            &format!("content/cities/{id}.toml"),
            format!("name = \"{id}\"\ncountry = \"{country}\"\n"),
        )
    });
    let tiny = tiny.with("content/site.toml", site);
    events.iter().fold(tiny, |tiny, (id, fields)| {
        tiny.with(
            &format!("content/events/{id}.toml"),
            format!("title = \"{id}\"\n{fields}\n"),
        )
    })
}

/// What stands in the first `<time>` of a page, as `datetime: text`; no-break spaces as `_`.
fn time(pages: &Pages, url: &str) -> String {
    let page = pages.page(url);
    let (_, rest) = page.split_once("<time datetime=\"").expect("a time");
    let (datetime, rest) = rest.split_once("\">").unwrap();
    let (text, _) = rest.split_once("</time>").unwrap();
    format!("{datetime}: {text}")
        .replace('\u{a0}', "_")
        .replace('\u{202f}', "~")
}

/// Beginning and end of an event in the English calendar, as they are written there.
fn in_calendar(pages: &Pages, id: &str) -> (String, String) {
    let calendar: Calendar = pages.page("en/calendar.ics").parse().unwrap();
    let event = calendar
        .iter()
        .filter_map(|component| component.as_event())
        .find(|event| event.get_summary() == Some(id))
        .unwrap_or_else(|| panic!("{id} is in the calendar"));
    let text = |moment| match moment {
        None => String::new(),
        Some(DatePerhapsTime::Date(day)) => day.to_string(),
        Some(DatePerhapsTime::DateTime(CalendarDateTime::Utc(time))) => {
            time.format("%FT%RZ").to_string()
        }
        Some(DatePerhapsTime::DateTime(CalendarDateTime::Floating(time))) => {
            time.format("%FT%R").to_string()
        }
        Some(other) => panic!("{other:?}"),
    };
    (text(event.get_start()), text(event.get_end()))
}

#[test]
fn times_say_their_zone_in_every_language() {
    let summer = "start = 2018-06-14T10:00:00\nend = 2018-06-14T12:30:00";
    let winter = "start = 2025-12-19T09:05:00";
    let at = |when: &str, place: &str| format!("{when}\nplace = \"{place}\"");
    let events = [
        ("pl-summer", at(summer, "sochaczew")),
        ("ua-summer", at(summer, "bucha")),
        ("pl-winter", at(winter, "sochaczew")),
        ("ua-winter", at(winter, "bucha")),
    ];
    let events = events.each_ref().map(|(id, fields)| (*id, fields.as_str()));
    let pages = tiny(SITE, &events).sound();
    let cases = [
        (
            "en/events",
            "14_June 2018, 10:00–12:30_",
            "19_December 2025, 09:05_",
        ),
        (
            "pl/wydarzenia",
            "14_czerwca 2018, godz._10:00–12:30_",
            "19_grudnia 2025, godz._09:05_",
        ),
        (
            "cs/udalosti",
            "14._června 2018, 10:00–12:30_",
            "19._prosince 2025, 9:05_",
        ),
        (
            "uk/podii",
            "14_червня 2018~р., 10:00–12:30_",
            "19_грудня 2025~р., 09:05_",
        ),
    ];
    for (folder, summer, winter) in cases {
        let seen = |id: &str| time(&pages, &format!("{folder}/{id}/"));
        assert_eq!(
            seen("pl-summer"),
            format!("2018-06-14T10:00+02:00: {summer}(UTC+2)")
        );
        assert_eq!(
            seen("ua-summer"),
            format!("2018-06-14T10:00+03:00: {summer}(UTC+3)")
        );
        assert_eq!(
            seen("pl-winter"),
            format!("2025-12-19T09:05+01:00: {winter}(UTC+1)")
        );
        assert_eq!(
            seen("ua-winter"),
            format!("2025-12-19T09:05+02:00: {winter}(UTC+2)")
        );
    }

    let page = pages.page("en/events/ua-summer/");
    assert!(page.contains("\"startDate\":\"2018-06-14T10:00+03:00\""));
    assert!(page.contains("\"endDate\":\"2018-06-14T12:30+03:00\""));
    let calendars = [
        ("pl-summer", "2018-06-14T08:00Z", "2018-06-14T10:30Z"),
        ("ua-summer", "2018-06-14T07:00Z", "2018-06-14T09:30Z"),
        ("pl-winter", "2025-12-19T08:05Z", ""),
        ("ua-winter", "2025-12-19T07:05Z", ""),
    ];
    for (id, start, end) in calendars {
        assert_eq!(in_calendar(&pages, id), (start.into(), end.into()), "{id}");
    }
    // What was written is what the data say.
    let data: serde_json::Value = serde_json::from_str(&pages.page("data/events.json")).unwrap();
    let starts: Vec<&str> = data
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["start"].as_str().unwrap())
        .collect();
    assert!(
        starts
            .iter()
            .all(|start| start.len() == "2018-06-14T10:00".len()),
        "{starts:?}"
    );
}

#[test]
fn a_zone_is_claimed_only_where_it_is_known() {
    let events = [
        ("nowhere", "start = 2018-06-14T10:00:00"),
        (
            "in-a-text",
            "start = 2018-06-14T10:00:00\nplace = { en = \"Online\" }",
        ),
        (
            "several",
            "start = 2018-06-14T10:00:00\nplace = \"chicago\"",
        ),
        (
            "written",
            "start = 2018-06-14T10:00:00-05:00\nend = 2018-06-14T12:00:00\nplace = \"chicago\"",
        ),
        (
            "stronger",
            "start = 2018-06-14T10:00:00Z\nend = 2018-06-14T12:00:00\nplace = \"bucha\"",
        ),
        (
            "days",
            "start = 2018-06-14\nend = 2018-06-16\nplace = \"bucha\"",
        ),
    ];
    let without = tiny(SITE, &events).sound();
    let with = tiny(&format!("{SITE}time_zone = \"Europe/Prague\"\n"), &events).sound();
    let floating = "2018-06-14T10:00: 14_June 2018, 10:00";
    let prague = "2018-06-14T10:00+02:00: 14_June 2018, 10:00_(UTC+2)";
    let chicago = "2018-06-14T10:00-05:00: 14_June 2018, 10:00–12:00_(UTC−5)";
    let utc = "2018-06-14T10:00Z: 14_June 2018, 10:00–12:00_(UTC)";
    let days = "2018-06-14: 14–16_June 2018";
    let cases = [
        (
            "nowhere",
            floating,
            prague,
            "2018-06-14T10:00",
            "2018-06-14T08:00Z",
        ),
        (
            "in-a-text",
            floating,
            prague,
            "2018-06-14T10:00",
            "2018-06-14T08:00Z",
        ),
        // Clocks in Chicago are not those of the site.
        (
            "several",
            floating,
            floating,
            "2018-06-14T10:00",
            "2018-06-14T10:00",
        ),
        (
            "written",
            chicago,
            chicago,
            "2018-06-14T15:00Z",
            "2018-06-14T15:00Z",
        ),
        (
            "stronger",
            utc,
            utc,
            "2018-06-14T10:00Z",
            "2018-06-14T10:00Z",
        ),
        ("days", days, days, "2018-06-14", "2018-06-14"),
    ];
    for (id, shown_without, shown_with, without_zone, with_zone) in cases {
        let url = format!("en/events/{id}/");
        assert_eq!(time(&without, &url), shown_without, "{id}");
        assert_eq!(time(&with, &url), shown_with, "{id}");
        assert_eq!(in_calendar(&without, id).0, without_zone, "{id}");
        assert_eq!(in_calendar(&with, id).0, with_zone, "{id}");
    }
    assert_eq!(in_calendar(&with, "written").1, "2018-06-14T17:00Z");
    assert_eq!(in_calendar(&with, "days").1, "2018-06-17");
}

#[test]
fn a_zone_that_does_not_exist_is_reported() {
    for (written, meant) in [
        ("Europa/Warszawa", "Europe/Warsaw"),
        ("Kyiv", "Europe/Kyiv"),
        ("PL", "Europe/Warsaw"),
    ] {
        let site = format!("{SITE}time_zone = \"{written}\"\n");
        let problems = shown(&tiny(&site, &[]).load());
        assert_eq!(
            problems,
            [format!("content/site.toml:5:13 error TW0218 {meant}")]
        );
    }
}
