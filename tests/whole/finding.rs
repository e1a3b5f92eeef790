//! Finding a partner: lists of what has something in common, calls and who might
//! suit them, the application form, the statistics.

use super::output::{BELOW, Built, LANGUAGES, Page, SAMPLE, none, number};
use super::tiny::{Pages, SITE, Tiny};
use scraper::{Html, Selector};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use twintown::kinds::Kind;
use twintown::model::Matching;

fn texts(html: &str, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    Html::parse_document(html)
        .select(&selector)
        .map(|element| element.text().collect::<String>().trim().to_owned())
        .collect()
}

fn attributes(html: &str, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    Html::parse_document(html)
        .select(&selector)
        .filter_map(|element| element.attr(name))
        .map(str::to_owned)
        .collect()
}

/// The page of the section that a record is in: `pl/partnerstwa/`.
fn section(url: &str) -> &str {
    &url[..=url.trim_end_matches('/').rfind('/').unwrap()]
}

/// Where the values of a facet lead, by value: addresses of pages.
fn facet(built: &Built, page: &Page, key: &str) -> BTreeMap<String, String> {
    let html = built.text(&format!("{}index.html", page.url));
    let values = attributes(html, &format!("[data-facet={key}] > li"), "data-value");
    let links = attributes(html, &format!("[data-facet={key}] > li > a"), "href");
    assert_eq!(values.len(), links.len(), "{}: {key}", page.url);
    let resolve = |href: &String| built.resolve(&page.url, href).unwrap().0;
    values.into_iter().zip(links.iter().map(resolve)).collect()
}

/// The records that a list page names, of those that there are.
fn listed<'a>(built: &Built, rows: &'a [Json], lang: &str, list: &str) -> BTreeSet<&'a str> {
    let page = &built.pages[list];
    rows.iter()
        .filter(|row| built.leads(page, &page.main_links, &built.url_of(row, lang)))
        .map(|row| row["id"].as_str().unwrap())
        .collect()
}

fn having<'a>(rows: &'a [Json], field: &str, value: &str) -> BTreeSet<&'a str> {
    let has = |row: &&Json| match &row[field] {
        Json::Array(all) => all.iter().any(|one| one == value),
        one => one == value,
    };
    rows.iter()
        .filter(has)
        .map(|row| row["id"].as_str().unwrap())
        .collect()
}

#[test]
fn each_stage_kind_and_area_has_a_list_of_exactly_its_partnerships() {
    for built in [&*SAMPLE, &*BELOW] {
        let rows = built.rows("partnerships");
        let mut wrong = Vec::new();
        for lang in LANGUAGES {
            let index = &built.pages[section(&built.url_of(&rows[0], lang))];
            for (key, field) in [("stage", "stage"), ("kind", "kind"), ("area", "areas")] {
                let lists = facet(built, index, key);
                assert!(lists.len() > 1, "{}: no {key}", index.url);
                for (value, list) in &lists {
                    let (there, right) =
                        (listed(built, rows, lang, list), having(rows, field, value));
                    if there != right || right.is_empty() {
                        wrong.push(format!("{list}: {there:?}, not {right:?}"));
                    }
                }
                let values: BTreeSet<&str> = lists.keys().map(String::as_str).collect();
                for row in rows {
                    let own = row[field].as_array().cloned();
                    for value in own.unwrap_or_else(|| vec![row[field].clone()]) {
                        if !values.contains(value.as_str().unwrap()) {
                            wrong.push(format!("{}: no list for {value}", index.url));
                        }
                    }
                }
            }
        }
        none("lists", wrong);
    }
}

/// What a filter goes by is what the data say.
#[test]
fn entries_say_what_filters_go_by() {
    let built = &*SAMPLE;
    let rows = built.rows("partnerships");
    let html = built.text(&format!(
        "{}index.html",
        section(&built.url_of(&rows[0], "en"))
    ));
    for (key, field) in [("stage", "stage"), ("kind", "kind"), ("area", "areas")] {
        let mut shown: Vec<String> = attributes(html, ".groups .entry", &format!("data-{key}"))
            .iter()
            .flat_map(|values| values.split(' '))
            .map(str::to_owned)
            .collect();
        let mut right: Vec<String> = rows
            .iter()
            .flat_map(|row| match &row[field] {
                Json::Array(all) => all.clone(),
                one => vec![one.clone()],
            })
            .map(|value| value.as_str().unwrap().to_owned())
            .collect();
        shown.sort();
        right.sort();
        assert_eq!(shown, right, "{key}");
    }
    let forms = attributes(html, ".facets", "data-shown");
    let forms: Json = serde_json::from_str(&forms[0]).unwrap();
    assert_eq!(forms["one"], "Found: {n}\u{a0}partnership");
    assert_eq!(forms["other"], "Found: {n}\u{a0}partnerships");
}

fn signed(parties: [&str; 2], date: &str, more: &str) -> String {
    format!(
        "parties = [\"{}\", \"{}\"]\n{more}\n[[step]]\ntype = \"signing\"\ndate = {date}\n",
        parties[0], parties[1]
    )
}

#[test]
fn a_long_list_of_a_stage_has_parts_with_the_same_facets() {
    let mut tiny = Tiny::new();
    for n in 0..401 {
        tiny = tiny
            .with(
                &format!("content/cities/town-{n}.toml"),
                format!(
                    "name = \"Town {n}\"\ncountry = \"{}\"\n",
                    ["CZ", "UA"][n % 2]
                ),
            )
            .with(
                &format!("content/partnerships/p-{n}.toml"),
                signed(["a", &format!("town-{n}")], "2001", ""),
            );
    }
    let pages = tiny.sound();
    let parts = [
        "en/partnerships/in-force/",
        "en/partnerships/in-force/page-2/",
    ];
    let [first, second] = parts.map(|url| pages.page(url));
    let entries = |html: &str| texts(html, ".groups .entry").len();
    assert_eq!((entries(&first), entries(&second)), (400, 1));
    let facets = |html: &str| texts(html, "[data-facet] li");
    assert_eq!(facets(&first), facets(&second));
    assert!(
        facets(&first).contains(&"Czechia 201".to_owned()),
        "{:?}",
        facets(&first)
    );
    for html in [&first, &second] {
        assert!(
            html.contains("connect-src 'self'"),
            "the script reads the other part"
        );
    }
}

/// A call with a party `id`, valid for a year.
fn call(party: &str, wishes: &str) -> String {
    format!(
        "party = \"{party}\"\nuntil = 2027-06-30\n{wishes}\n[contact]\nemail = \"{party}@example.org\"\n"
    )
}

/// Towns in three countries, of which some seek.
fn seekers() -> Tiny {
    let town = |country: &str, more: &str| format!("name = \"N\"\ncountry = \"{country}\"\n{more}");
    Tiny::new()
        .with("content/regions/wild.toml", "name = \"Wild Hills\"\ncountry = \"PL\"\n")
        .with("content/cities/a.toml", town("CZ", "population = { count = 9000, year = 2021 }\n"))
        .with("content/cities/b.toml", town("PL", "part_of = \"wild\"\npopulation = { count = 12000, year = 2021 }\n"))
        .with("content/cities/c.toml", town("UA", ""))
        .with("content/cities/quiet.toml", town("PL", "part_of = \"wild\"\n"))
        .with("content/cities/busy.toml", town("PL", "part_of = \"wild\"\n"))
        .with("content/seekers/of-a.toml", call("a", "countries = [\"PL\"]\nareas = [\"schools\", \"safety\", \"sport\"]\nlanguages = [\"cs\", \"en\"]"))
        .with("content/seekers/of-b.toml", call("b", "countries = [\"CZ\"]\nareas = [\"safety\", \"schools\"]\nlanguages = [\"en\", \"pl\"]"))
        .with("content/seekers/of-c.toml", call("c", "countries = [\"PL\"]\nareas = [\"schools\"]"))
}

fn matches(pages: &Pages, id: &str) -> Vec<String> {
    let site = &pages.0.snapshot.as_ref().unwrap().site;
    let found = Matching::new(site).of(site, site.get(Kind::Seeker, id).unwrap());
    let name = |party| site.record(party).id.clone();
    let calls = found.calls.iter().map(|found| name(found.party));
    calls
        .chain(
            found
                .others
                .iter()
                .map(|found| format!("({})", name(found.party))),
        )
        .collect()
}

#[test]
fn calls_that_suit_each_other_find_each_other_and_say_why() {
    let pages = seekers().sound();
    assert_eq!(matches(&pages, "of-a"), ["b"]);
    assert_eq!(matches(&pages, "of-b"), ["a"], "c is not where b seeks");
    assert_eq!(
        matches(&pages, "of-c"),
        Vec::<String>::new(),
        "b seeks in CZ only"
    );
    let page = pages.page("en/seekers/of-a/");
    assert_eq!(
        texts(&page, "[aria-labelledby=s-matches] .reasons li"),
        [
            "both seek: Schools and Safety and fire protection",
            "country sought: Poland",
            "seeks a partner from: Czechia",
            "languages in common: English",
            "of similar size (inhabitants: 12,000)",
        ]
    );
    let polish = pages.page("pl/szukaja-partnera/of-b/");
    assert_eq!(
        texts(&polish, "[aria-labelledby=s-matches] .reasons li")[..2],
        [
            "obie strony szukają współpracy w obszarach: Bezpieczeństwo i pożarnictwo i Oświata",
            "szukany kraj: Czechy"
        ]
    );
}

#[test]
fn nobody_is_offered_who_is_known_already_or_wants_something_else() {
    let partners = seekers().with(
        "content/partnerships/p.toml",
        signed(["a", "b"], "2001", ""),
    );
    assert_eq!(matches(&partners.sound(), "of-a"), Vec::<String>::new());
    let other_areas = seekers().with(
        "content/seekers/of-b.toml",
        call("b", "countries = [\"CZ\"]\nareas = [\"tourism\"]"),
    );
    assert_eq!(matches(&other_areas.sound(), "of-a"), Vec::<String>::new());
    for gone in [
        "until = 2026-11-19",
        "until = 2027-06-30\nstate = \"matched\"",
    ] {
        let closed = seekers().with(
            "content/seekers/of-b.toml",
            call("b", "countries = [\"CZ\"]").replace("until = 2027-06-30", gone),
        );
        assert_eq!(
            matches(&closed.sound(), "of-a"),
            Vec::<String>::new(),
            "{gone}"
        );
        assert_eq!(
            matches(&closed.sound(), "of-b"),
            Vec::<String>::new(),
            "{gone}"
        );
    }
    let within = seekers().with(
        "content/cities/b.toml",
        "name = \"B\"\ncountry = \"PL\"\npart_of = \"a\"\n",
    );
    assert_eq!(matches(&within.sound(), "of-a"), Vec::<String>::new());
}

#[test]
fn towns_with_few_partnerships_are_offered_where_more_than_the_country_suits() {
    let near = seekers().with(
        "content/seekers/of-a.toml",
        call("a", "regions = [\"wild\"]"),
    );
    let mut near = near;
    for n in 0..3 {
        near = near
            .with(
                &format!("content/cities/far-{n}.toml"),
                "name = \"F\"\ncountry = \"DE\"\n",
            )
            .with(
                &format!("content/partnerships/p-{n}.toml"),
                signed(["busy", &format!("far-{n}")], "2001", ""),
            );
    }
    let pages = near.sound();
    assert_eq!(
        matches(&pages, "of-a"),
        ["b", "(quiet)"],
        "busy has three already"
    );
    let page = pages.page("en/seekers/of-a/");
    assert!(
        texts(&page, ".reasons li").ends_with(&[
            "region sought: Wild Hills".to_owned(),
            "no partnership yet".to_owned()
        ]),
        "{:?}",
        texts(&page, ".reasons li")
    );
    // Most of a country has few partnerships: its name alone says nothing.
    assert_eq!(matches(&seekers().sound(), "of-a"), ["b"]);
    let active = seekers().with(
        "content/partnerships/p.toml",
        signed(["quiet", "c"], "2001", "areas = [\"sport\"]\n"),
    );
    assert_eq!(matches(&active.sound(), "of-a"), ["b", "(quiet)"]);
}

#[test]
fn the_lists_say_who_seeks() {
    let pages = seekers().sound();
    let list = pages.page("en/cities/seeking-a-partner/");
    assert_eq!(texts(&list, ".groups .entry-title").len(), 3);
    assert_eq!(texts(&list, "h1"), ["Cities and towns that seek a partner"]);
    let cities = pages.page("en/cities/");
    assert_eq!(
        texts(&cities, "[data-facet=seeking] li"),
        ["Seeking a partner 3"]
    );
    assert_eq!(
        texts(&cities, "[data-facet=region] li"),
        Vec::<String>::new(),
        "there is one only"
    );
    let poland = pages.page("en/countries/pl/");
    assert_eq!(
        texts(&poland, "[aria-labelledby=s-seekers] .entry").len(),
        1
    );
    assert_eq!(texts(&poland, "[aria-labelledby=s-wanted] .entry").len(), 2);
    let calls = pages.page("en/seekers/");
    assert_eq!(
        texts(&calls, "[data-facet=wanted] li"),
        ["Czechia 1", "Poland 2"]
    );
    let steps = texts(&calls, "ol.how > li");
    assert!(steps.len() >= 4, "{steps:?}");
}

const PUBLISHER: &str = "[publisher]\nname = \"P\"\n[publisher.contact]\naddress = \"Street 1\"\n";

#[test]
fn the_form_asks_for_the_fields_of_a_call() {
    let published = seekers().with(
        "content/site.toml",
        format!("{SITE}{PUBLISHER}email = \"calls@example.org\"\n"),
    );
    let page = published.sound().page("en/seekers/form/");
    let names: BTreeSet<String> = attributes(&page, "main input, main textarea", "name")
        .into_iter()
        .collect();
    // A field that is added to calls appears here, unless it is left to the editors.
    let expected = [
        "areas",
        "contact.address",
        "contact.email",
        "contact.languages",
        "contact.office",
        "contact.phone",
        "contact.role",
        "countries",
        "languages",
        "party",
        "regions",
        "size",
        "summary",
        "until",
    ];
    assert_eq!(names, expected.map(str::to_owned).into());
    let required: Vec<String> = attributes(&page, "[required]", "name");
    assert_eq!(
        required,
        ["party", "until", "contact.office", "contact.email"]
    );
    assert_eq!(
        texts(&page, ".required").len(),
        required.len(),
        "said in words, too"
    );
    for id in attributes(
        &page,
        ".application input:not([type=checkbox]), .application textarea",
        "id",
    ) {
        assert_eq!(
            texts(&page, &format!("label[for={id}]")).len(),
            1,
            "{id} has no label"
        );
    }
    for hint in attributes(&page, "[aria-describedby]", "aria-describedby") {
        assert_eq!(texts(&page, &format!("#{hint}")).len(), 1, "{hint}");
    }
    assert_eq!(attributes(&page, "form", "data-to"), ["calls@example.org"]);
    assert!(page.contains("Street 1"), "where paper goes to");
    assert!(attributes(&page, "main form", "action").is_empty());

    let paper = seekers()
        .with("content/site.toml", format!("{SITE}{PUBLISHER}"))
        .sound();
    let page = paper.page("en/seekers/form/");
    let form = page.split("<main").nth(1).unwrap();
    assert!(!form.contains("mailto:") && !form.contains("type=\"submit\""));
    assert!(
        seekers().sound().get("en/seekers/form/").is_none(),
        "there is nobody to send it to"
    );
    let form = paper.page("pl/szukaja-partnera/");
    assert!(
        form.contains("href=\"formularz/\"") || form.contains("szukaja-partnera/formularz/"),
        "{form}"
    );
}

#[test]
fn statistics_count_what_the_data_say() {
    let built = &*SAMPLE;
    let rows = built.rows("partnerships");
    let lasting: Vec<&Json> = rows.iter().filter(|row| row["stage"] != "ended").collect();
    // A union is where its seat is, a school where its town is.
    fn country(built: &Built, id: &str) -> Option<String> {
        let party = built.party(id);
        let above = party["part_of"].as_str().or(party["seat"].as_str());
        match party["country"].as_str() {
            Some(code) => Some(code.to_owned()),
            None => country(built, above?),
        }
    }
    for (lang, url) in [
        ("pl", "pl/statystyki/"),
        ("cs", "cs/statistiky/"),
        ("uk", "uk/statystyka/"),
        ("en", "en/statistics/"),
    ] {
        let html = built.text(&format!("{url}index.html"));
        let numbers = |key: &str| -> Vec<usize> {
            texts(html, &format!("[aria-labelledby=s-{key}] tbody td"))
                .iter()
                .map(|text| number(text))
                .collect()
        };
        assert_eq!(numbers("stage").iter().sum::<usize>(), rows.len(), "{url}");
        let areas: usize = lasting
            .iter()
            .map(|row| row["areas"].as_array().unwrap().len().max(1))
            .sum();
        assert_eq!(numbers("area").iter().sum::<usize>(), areas, "{url}");
        let mut countries: BTreeMap<String, usize> = BTreeMap::new();
        for row in &lasting {
            let of_row: BTreeSet<String> = row["parties"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|id| country(built, id.as_str().unwrap()))
                .collect();
            for country in of_row {
                *countries.entry(country).or_default() += 1;
            }
        }
        let mut counts: Vec<usize> = countries.into_values().collect();
        counts.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(numbers("country"), counts, "{url}");
        let dated = rows.iter().filter(|row| !row["since"].is_null()).count();
        let decades = texts(html, "[aria-labelledby=s-decade] tbody th");
        let of_decades: usize = numbers("decade")
            .iter()
            .zip(&decades)
            .filter(|(_, name)| name.contains('–'))
            .map(|(n, _)| n)
            .sum();
        assert_eq!(of_decades, dated, "{url}");
        // The picture says what the table says.
        for key in ["stage", "country", "decade", "area"] {
            let drawn: Vec<usize> = texts(html, &format!("[aria-labelledby=s-{key}].chart .chart-number, section[aria-labelledby=s-{key}] .chart-number")).iter().map(|text| number(text)).collect();
            assert_eq!(drawn, numbers(key), "{url} {key}");
            assert_eq!(
                texts(
                    html,
                    &format!("section[aria-labelledby=s-{key}] > .definition")
                )
                .len(),
                1
            );
        }
        let page = &built.pages[url];
        assert!(page.lead.contains("2026"), "{url}: {}", page.lead);
        let home = &built.pages[&format!("{lang}/")];
        assert!(
            built.leads(home, &home.main_links, url),
            "{lang}: the home page does not lead to it"
        );
    }
}

#[test]
fn decades_without_any_partnership_are_shown_and_ended_ones_stay() {
    let pages = Tiny::new()
        .with(
            "content/partnerships/p.toml",
            signed(["a", "b"], "1989", ""),
        )
        .with(
            "content/partnerships/q.toml",
            signed(["a", "c"], "\"2014-05\"", "")
                + "[[step]]\ntype = \"termination\"\ndate = 2022\n",
        )
        .with(
            "content/partnerships/r.toml",
            signed(["b", "c"], "2019", "").replace("date = 2019\n", ""),
        )
        .sound();
    let page = pages.page("en/statistics/");
    let rows = texts(&page, "section[aria-labelledby=s-decade] tbody tr");
    assert_eq!(
        rows,
        [
            "1980–19891",
            "1990–19990",
            "2000–20090",
            "2010–20191",
            "date unknown1"
        ]
    );
    assert!(
        !page.contains("id=\"s-area\""),
        "no area is stated anywhere"
    );
    assert!(Tiny::new().sound().get("en/statistics/").is_none());
}
