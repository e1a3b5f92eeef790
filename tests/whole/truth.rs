//! The site claims nothing that is not so: translations, counts, feeds, data.

use super::output::{BELOW, Built, LANGUAGES, SAMPLE, none, number, repository};
use super::tiny::{SITE, Tiny};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use walkdir::WalkDir;

/// The languages each record of the sample has a body in, by kind and id.
fn bodies() -> BTreeMap<(String, String), BTreeSet<String>> {
    let content = repository().join("content");
    let mut bodies: BTreeMap<_, BTreeSet<String>> = BTreeMap::new();
    for entry in WalkDir::new(&content).into_iter().map(Result::unwrap) {
        let path = entry
            .path()
            .strip_prefix(&content)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        let Some(stem) = path.strip_suffix(".md") else {
            continue;
        };
        let (folder, name) = stem.rsplit_once('/').unwrap();
        let kind = folder.split('/').next().unwrap().to_owned();
        let (id, lang) = match name.rsplit_once('.') {
            Some((id, lang)) => (id, lang),
            None => (folder.rsplit('/').next().unwrap(), name),
        };
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let body = match text.strip_prefix("+++") {
            Some(rest) => rest.split_once("\n+++").unwrap().1.to_owned(),
            None => text,
        };
        if !body.trim().is_empty() {
            bodies
                .entry((kind, id.to_owned()))
                .or_default()
                .insert(lang.to_owned());
        }
    }
    bodies
}

/// Every record of the sample with a body: its pages' addresses by language, and the languages of the body.
fn written(built: &Built) -> Vec<(BTreeMap<&'static str, String>, BTreeSet<String>)> {
    let mut found = Vec::new();
    for ((kind, id), langs) in bodies() {
        let urls: BTreeMap<&str, String> = match built
            .rows(&kind)
            .iter()
            .find(|row| row["id"] == id.as_str())
        {
            Some(row) => LANGUAGES
                .iter()
                .map(|lang| (*lang, built.url_of(row, lang)))
                .collect(),
            // Free pages have no data file; those without a slug are found by their id.
            None => LANGUAGES
                .iter()
                .map(|lang| (*lang, format!("{lang}/{id}/")))
                .filter(|(_, url)| kind == "pages" && built.pages.contains_key(url))
                .collect(),
        };
        found.push((urls, langs));
    }
    assert!(
        found.iter().filter(|(urls, _)| urls.len() == 4).count() > 20,
        "the records were found"
    );
    found
}

#[test]
fn what_is_not_translated_is_not_announced() {
    let built = &*BELOW;
    let announced: BTreeSet<&str> = built
        .pages
        .values()
        .flat_map(|page| &page.alternates)
        .filter_map(|(_, href)| href.strip_prefix(&built.base))
        .collect();
    let sitemap = locations(built);
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (urls, langs) in written(built) {
        for (lang, url) in urls {
            let page = &built.pages[&url];
            let true_here = langs.contains(lang);
            let alternates: BTreeSet<&str> = page
                .alternates
                .iter()
                .map(|(lang, _)| lang.as_str())
                .filter(|lang| *lang != "x-default")
                .collect();
            let mut say = |what: &str| wrong.push(format!("{url}: {what}"));
            if true_here {
                if alternates != langs.iter().map(String::as_str).collect() {
                    say(&format!("says it is in {alternates:?}, is in {langs:?}"));
                }
                if page.notice.is_some() {
                    say("has a notice without need");
                }
            } else {
                seen += 1;
                if !page.alternates.is_empty() {
                    say("has hreflang");
                }
                if announced.contains(url.as_str()) {
                    say("is announced as a translation");
                }
                if page.notice.as_ref().is_none_or(String::is_empty) {
                    say("has no notice");
                }
                if !page.foreign.iter().any(|marked| langs.contains(marked)) {
                    say("does not mark the foreign passage");
                }
            }
            if sitemap.contains(&url) != true_here {
                say("is wrong in the sitemap");
            }
        }
    }
    assert!(seen > 20, "only {seen} untranslated pages were looked at");
    none("untrue pages", wrong);
}

#[test]
fn a_record_without_a_body_follows_its_summary() {
    let pages = Tiny::new()
        .with(
            "content/cities/a.toml",
            "name = \"A\"\ncountry = \"PL\"\nsummary.pl = \"Tylko po polsku.\"\n",
        )
        .with(
            "content/news/n.toml",
            "title = { en = \"Only English\" }\ndate = 2025-01-01\n",
        )
        .with(
            "content/pages/p.en.md",
            "+++\ntitle = \"Page\"\n+++\n\nText\n",
        )
        .sound();
    let sitemap = pages.page("sitemap.xml");
    for (url, is_true) in [
        ("pl/miasta/a/", true),
        ("en/cities/a/", false),
        ("en/cities/b/", true),
        ("pl/miasta/b/", true),
        ("en/news/n/", true),
        ("pl/aktualnosci/n/", false),
        ("en/p/", true),
        ("pl/p/", false),
    ] {
        let page = pages.page(url);
        assert_eq!(
            page.contains("hreflang=\"x-default\""),
            is_true,
            "hreflang of {url}"
        );
        assert_eq!(
            sitemap.contains(&format!("<loc>https://example.org/{url}</loc>")),
            is_true,
            "sitemap: {url}"
        );
        assert_eq!(
            page.contains("class=\"notice\""),
            !is_true,
            "notice of {url}"
        );
    }
    assert!(
        pages
            .page("en/cities/a/")
            .contains("lang=\"pl\">Tylko po polsku."),
        "the passage is marked"
    );
}

/// The addresses in the sitemap, below the base.
fn locations(built: &Built) -> BTreeSet<String> {
    let xml = built.text("sitemap.xml");
    let all = xml
        .split("<loc>")
        .skip(1)
        .map(|rest| rest.split("</loc>").next().unwrap());
    all.map(|url| {
        url.strip_prefix(&built.base)
            .expect("an absolute address")
            .to_owned()
    })
    .collect()
}

#[test]
fn the_sitemap_lists_what_is_to_be_found() {
    let built = &*BELOW;
    let listed = locations(built);
    let canonical: BTreeSet<String> = built
        .pages
        .values()
        .filter(|page| {
            LANGUAGES
                .iter()
                .any(|lang| page.url.starts_with(&format!("{lang}/")))
        })
        .filter(|page| !page.noindex && !page.alternates.is_empty())
        .map(|page| page.url.clone())
        .collect();
    let mut wrong: Vec<String> = listed
        .difference(&canonical)
        .filter(|url| !url.is_empty())
        .map(|url| format!("listed: {url}"))
        .collect();
    wrong.extend(
        canonical
            .difference(&listed)
            .map(|url| format!("not listed: {url}")),
    );
    none("sitemap", wrong);
    let xml = built.text("sitemap.xml");
    for entry in xml.split("<url>").skip(1) {
        let url = entry
            .split("<loc>")
            .nth(1)
            .unwrap()
            .split("</loc>")
            .next()
            .unwrap();
        let page = &built.pages[url.strip_prefix(&built.base).unwrap()];
        let count = page
            .alternates
            .iter()
            .filter(|(lang, _)| lang != "x-default" || entry.contains("x-default"));
        assert_eq!(
            entry.matches("<xhtml:link ").count(),
            count.count(),
            "the versions of {url}"
        );
        for (lang, href) in page
            .alternates
            .iter()
            .filter(|(lang, _)| lang != "x-default")
        {
            assert!(
                entry.contains(&format!("hreflang=\"{lang}\" href=\"{href}\"")),
                "{url} in {lang}"
            );
        }
    }
    assert!(
        built
            .text("robots.txt")
            .contains(&format!("Sitemap: {}sitemap.xml", built.base))
    );
}

#[test]
fn linked_data_is_json_about_this_page() {
    let mut wrong = Vec::new();
    let mut blocks = 0;
    for page in BELOW.pages.values() {
        for text in &page.linked_data {
            blocks += 1;
            match serde_json::from_str::<Json>(text) {
                Ok(data)
                    if data["@context"] == "https://schema.org"
                        && (data["@type"].is_string() || data["@graph"].is_array()) =>
                {
                    if let Some(url) = data["url"]
                        .as_str()
                        .filter(|url| url.contains("example.org"))
                        && !url.starts_with(&BELOW.base)
                    {
                        wrong.push(format!("{}: {url}", page.url));
                    }
                }
                Ok(data) => wrong.push(format!("{}: {data}", page.url)),
                Err(error) => wrong.push(format!("{}: {error}", page.url)),
            }
        }
    }
    assert!(blocks > 100);
    none("linked data", wrong);
}

#[test]
fn feeds_can_be_read() {
    let built = &*BELOW;
    let mut feeds = 0;
    for (path, bytes) in built
        .files
        .iter()
        .filter(|(path, _)| path.ends_with("feed.xml"))
    {
        feeds += 1;
        let feed = atom_syndication::Feed::read_from(&bytes[..])
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(!feed.entries().is_empty(), "{path} has no entries");
        assert!(
            feed.links()
                .iter()
                .any(|link| link.rel() == "self" && link.href() == format!("{}{path}", built.base)),
            "{path}: self"
        );
        let mut ids = BTreeSet::new();
        for entry in feed.entries() {
            assert!(ids.insert(entry.id()), "{path}: {} twice", entry.id());
            let link = &entry.links()[0];
            let (url, _) = built.resolve("", link.href()).unwrap();
            assert!(built.has_file(&url), "{path}: {} is not there", link.href());
        }
        let mut dates: Vec<_> = feed
            .entries()
            .iter()
            .map(|entry| *entry.published().unwrap())
            .collect();
        dates.reverse();
        assert!(dates.is_sorted(), "{path}: not the newest first");
        assert!(
            feed.updated()
                >= feed
                    .entries()
                    .iter()
                    .map(|entry| entry.updated())
                    .max()
                    .unwrap()
        );
    }
    assert!(feeds >= LANGUAGES.len());
}

/// How many records of a kind stand in the sample's content.
fn records_in_content(kind: &str) -> usize {
    let folder = repository().join("content").join(kind);
    let mut ids = BTreeSet::new();
    for entry in WalkDir::new(&folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        let parent = entry.path().parent().unwrap();
        let own_folder = parent.join("index.toml").exists()
            || LANGUAGES
                .iter()
                .any(|lang| parent.join(format!("{lang}.md")).exists());
        if own_folder && parent != folder {
            ids.insert(parent.file_name().unwrap().to_string_lossy().into_owned());
        } else if name.ends_with(".toml") || name.ends_with(".md") {
            ids.insert(name.split('.').next().unwrap().to_owned());
        }
    }
    ids.len()
}

#[test]
fn counts_are_those_of_the_records() {
    let built = &*SAMPLE;
    for kind in [
        "cities",
        "regions",
        "institutions",
        "organisations",
        "partnerships",
        "seekers",
        "news",
        "events",
        "projects",
    ] {
        assert_eq!(
            built.rows(kind).len(),
            records_in_content(kind),
            "data/{kind}.json"
        );
    }
    for lang in LANGUAGES {
        let home = &built.pages[&format!("{lang}/")];
        let mut of_stage = Vec::new();
        for kind in ["cities", "regions", "organisations", "partnerships"] {
            let rows = built.rows(kind);
            // The list is the folder the records are in.
            let first = built.url_of(&rows[0], lang);
            let index = &first[..first.trim_end_matches('/').rfind('/').unwrap() + 1];
            let page = &built.pages[index];
            assert_eq!(number(&page.lead), rows.len(), "the count on {index}");
            let listed = rows
                .iter()
                .filter(|row| built.leads(page, &page.main_links, &built.url_of(row, lang)))
                .count();
            assert_eq!(listed, rows.len(), "the entries of {index}");
            let shown: Vec<usize> = home
                .numbers
                .iter()
                .filter(|(href, _)| built.resolve(&home.url, href).unwrap().0 == index)
                .map(|(_, n)| *n)
                .collect();
            match kind {
                "partnerships" => of_stage = shown,
                kind => assert_eq!(shown, [rows.len()], "{kind} on {lang}/"),
            }
        }
        let stages = |wanted: &[&str]| {
            built
                .rows("partnerships")
                .iter()
                .filter(|row| wanted.contains(&row["stage"].as_str().unwrap()))
                .count()
        };
        let expected = [
            stages(&["active", "ending"]),
            stages(&["talks", "intent", "approved"]),
            stages(&["unknown", "suspended"]),
            stages(&["ended"]),
        ];
        assert_eq!(
            of_stage,
            expected.into_iter().filter(|n| *n > 0).collect::<Vec<_>>(),
            "partnerships by stage on {lang}/"
        );
    }
}

#[test]
fn data_has_what_is_promised() {
    let built = &*SAMPLE;
    let mut wrong = Vec::new();
    for (kind, rows) in &built.data {
        let mut ids: Vec<&str> = Vec::new();
        for row in rows {
            ids.push(row["id"].as_str().unwrap());
            for lang in LANGUAGES {
                if !built.pages.contains_key(&built.url_of(row, lang)) {
                    wrong.push(format!("{kind} {}: no page in {lang}", row["id"]));
                }
            }
        }
        if !ids.is_sorted() {
            wrong.push(format!("{kind}: not sorted by id"));
        }
    }
    for row in built.rows("partnerships") {
        for field in ["parties", "kind", "stage", "since", "areas", "steps"] {
            if row.get(field).is_none() {
                wrong.push(format!("partnership {}: no {field}", row["id"]));
            }
        }
    }
    for row in built.rows("cities") {
        if row["country"].as_str().is_none_or(|code| code.len() != 2) || row["name"].is_null() {
            wrong.push(format!("city {}: {row}", row["id"]));
        }
    }
    none("data", wrong);
}

#[test]
fn every_promised_file_is_there() {
    let built = &*SAMPLE;
    let mut wanted: Vec<String> = [
        "index.html",
        "sitemap.xml",
        "robots.txt",
        "404.html",
        "_redirects",
        "_headers",
        ".nojekyll",
        "data/cities.json",
        "data/cities.csv",
        "data/cities.geojson",
        "data/partnerships.json",
        "data/partnerships.csv",
        "data/steps.csv",
        "data/organisations.json",
        "data/organisations.csv",
        "data/news.json",
        "data/news.csv",
    ]
    .map(str::to_owned)
    .into();
    let sochaczew = built.party("sochaczew");
    for lang in LANGUAGES {
        let city = built.url_of(sochaczew, lang);
        wanted.extend(
            ["index.html", "feed.xml", "calendar.ics"].map(|name| format!("{lang}/{name}")),
        );
        wanted.extend(["feed.xml", "calendar.ics"].map(|name| format!("{city}{name}")));
    }
    none(
        "missing files",
        wanted
            .into_iter()
            .filter(|path| !built.files.contains_key(path))
            .collect(),
    );
}

#[test]
fn section_words_are_those_of_the_language() {
    let mut wrong = Vec::new();
    for (lang, kind, word) in [
        ("pl", "cities", "miasta"),
        ("cs", "cities", "mesta"),
        ("uk", "cities", "mista"),
        ("en", "cities", "cities"),
        ("pl", "partnerships", "partnerstwa"),
        ("cs", "partnerships", "partnerstvi"),
        ("uk", "partnerships", "partnerstva"),
        ("en", "partnerships", "partnerships"),
        ("pl", "news", "aktualnosci"),
        ("cs", "news", "aktuality"),
        ("uk", "news", "novyny"),
        ("en", "news", "news"),
        ("pl", "events", "wydarzenia"),
        ("cs", "events", "udalosti"),
        ("uk", "events", "podii"),
        ("en", "events", "events"),
        ("pl", "organisations", "organizacje"),
        ("cs", "organisations", "organizace"),
        ("uk", "organisations", "orhanizatsii"),
        ("en", "organisations", "organisations"),
    ] {
        if !SAMPLE.pages.contains_key(&format!("{lang}/{word}/")) {
            wrong.push(format!("{lang}/{word}/ ({kind})"));
        }
    }
    none("missing sections", wrong);
}

#[test]
fn fallback_follows_the_site_file() {
    let site =
        SITE.replace("[\"en\", \"pl\"]", "[\"en\", \"pl\", \"cs\"]") + "fallback.cs = [\"pl\"]\n";
    let tiny = Tiny::new().with("content/site.toml", &site).with(
        "content/cities/a.toml",
        "name = { en = \"Ay\", pl = \"Aaa\" }\ncountry = \"PL\"\nsummary = { en = \"English\", pl = \"Polski\" }\n",
    );
    let page = tiny.sound().page("cs/mesta/a/");
    assert!(
        page.contains("lang=\"pl\">Polski"),
        "Czech readers get Polish first"
    );
    assert!(!page.contains("English</span>"));
}

#[test]
fn tables_have_the_rows_of_the_data() {
    let built = &*SAMPLE;
    let table = |name: &str| {
        let mut reader = csv::Reader::from_reader(built.text(name).as_bytes());
        let header: Vec<String> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let unique: BTreeSet<&String> = header.iter().collect();
        assert_eq!(
            unique.len(),
            header.len(),
            "{name} has two columns of one name"
        );
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        (header, rows)
    };
    for (kind, rows) in &built.data {
        let (header, lines) = table(&format!("data/{kind}.csv"));
        let id = header
            .iter()
            .position(|name| name == "id")
            .expect("a column `id`");
        let found: Vec<&str> = lines.iter().map(|line| &line[id]).collect();
        let expected: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(found, expected, "{kind}");
    }
    let steps: usize = built
        .rows("partnerships")
        .iter()
        .map(|row| row["steps"].as_array().unwrap().len())
        .sum();
    assert_eq!(table("data/steps.csv").1.len(), steps);
    let map: Json = serde_json::from_str(built.text("data/cities.geojson")).unwrap();
    let located = built
        .rows("cities")
        .iter()
        .filter(|row| row["location"].is_object());
    assert_eq!(map["type"], "FeatureCollection");
    assert_eq!(map["features"].as_array().unwrap().len(), located.count());
    for feature in map["features"].as_array().unwrap() {
        let id = feature["properties"]["id"]
            .as_str()
            .or(feature["id"].as_str())
            .unwrap();
        let location = &built.party(id)["location"];
        let point = &feature["geometry"]["coordinates"];
        assert_eq!(
            (&point[0], &point[1]),
            (&location["lon"], &location["lat"]),
            "{id}: longitude first"
        );
    }
}

/// RFC 5545: lines end with CR LF and have at most 75 octets; every event has what it must.
#[test]
fn calendars_can_be_read() {
    let mut events = 0;
    let mut wrong = Vec::new();
    for (path, bytes) in SAMPLE
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".ics"))
    {
        let text = std::str::from_utf8(bytes).unwrap();
        let mut say = |what: String| wrong.push(format!("{path}: {what}"));
        if text.replace("\r\n", "").contains(['\n', '\r']) || !text.ends_with("\r\n") {
            say("lines do not end with CR LF".to_owned());
        }
        if let Some(line) = text.split("\r\n").find(|line| line.len() > 75) {
            say(format!("a line of {} octets: {line}", line.len()));
        }
        let unfolded = text.replace("\r\n ", "");
        let lines: Vec<&str> = unfolded
            .split("\r\n")
            .filter(|line| !line.is_empty())
            .collect();
        if lines.first() != Some(&"BEGIN:VCALENDAR") || lines.last() != Some(&"END:VCALENDAR") {
            say("is no VCALENDAR".to_owned());
        }
        for needed in ["VERSION:2.0", "PRODID:"] {
            if !lines.iter().any(|line| line.starts_with(needed)) {
                say(format!("has no {needed}"));
            }
        }
        let mut ids = BTreeSet::new();
        for event in lines.split(|line| *line == "BEGIN:VEVENT").skip(1) {
            events += 1;
            for needed in ["UID", "DTSTAMP", "DTSTART", "SUMMARY"] {
                if event
                    .iter()
                    .filter(|line| line.split([':', ';']).next() == Some(needed))
                    .count()
                    != 1
                {
                    say(format!("an event without {needed}: {event:?}"));
                }
            }
            let id = event
                .iter()
                .find(|line| line.starts_with("UID"))
                .unwrap_or(&"");
            if !ids.insert(*id) {
                say(format!("{id} twice"));
            }
        }
    }
    assert!(events > 0);
    none("calendars", wrong);
}
