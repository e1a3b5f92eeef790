//! What maps show, and that the lists beside them show the same.

use super::output::{LANGUAGES, SAMPLE, none};
use super::tiny::{SITE, Tiny};
use scraper::{ElementRef, Html, Selector};
use std::collections::{BTreeMap, BTreeSet};

fn select<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// The links of a page within what a selector finds.
fn links(html: &Html, selector: &str) -> BTreeSet<String> {
    select(html, &format!("{selector} a[href]"))
        .into_iter()
        .map(|link| link.value().attr("href").unwrap().to_owned())
        .collect()
}

fn text(html: &Html, selector: &str) -> String {
    let found = select(html, selector);
    let texts: Vec<String> = found
        .iter()
        .map(|element| element.text().collect())
        .collect();
    texts.join(" ")
}

/// A city with a place, and a partner of each of some cities by their ids.
fn city(id: &str, country: &str, place: Option<(f64, f64)>) -> (String, String) {
    let location =
        place.map(|(lat, lon)| format!("location = {{ lat = {lat:.3}, lon = {lon:.3} }}\n"));
    let text = format!(
        "name = \"City {id}\"\ncountry = \"{country}\"\n{}",
        location.unwrap_or_default()
    );
    (format!("content/cities/{id}.toml"), text)
}

fn pair(a: &str, b: &str, more: &str) -> (String, String) {
    (
        format!("content/partnerships/{a}-{b}.toml"),
        format!("parties = [\"{a}\", \"{b}\"]\n{more}"),
    )
}

fn tiny(files: impl IntoIterator<Item = (String, String)>) -> Tiny {
    let site = Tiny::default().with("content/site.toml", SITE);
    files
        .into_iter()
        .fold(site, |site, (path, text)| site.with(&path, text))
}

const SIGNED: &str = "[[step]]\ntype = \"signing\"\ndate = 2001\n";
const KATOWICE: Option<(f64, f64)> = Some((50.26, 19.02));
const LYON: Option<(f64, f64)> = Some((45.76, 4.84));
const CHENGDU: Option<(f64, f64)> = Some((30.66, 104.06));

#[test]
fn the_places_of_a_map_are_those_of_the_lists() {
    let built = &*SAMPLE;
    let mut wrong = Vec::new();
    let mut seen = 0;
    for row in built.rows("cities") {
        for lang in LANGUAGES {
            let url = built.url_of(row, lang);
            let html = Html::parse_document(built.text(&format!(
                "{}index.html",
                url.trim_start_matches(built.base_path())
            )));
            let on_map = links(&html, ".sheet");
            let listed: BTreeSet<String> = links(&html, "[aria-labelledby=s-partnerships]")
                .union(&links(&html, "[aria-labelledby=s-former]"))
                .chain(&links(&html, "[aria-labelledby=s-cities]"))
                .cloned()
                .collect();
            seen += on_map.len();
            let stray = on_map.difference(&listed);
            wrong.extend(stray.map(|href| format!("{url}: {href} is on the map only")));
            if !on_map.is_empty() && row["location"].is_null() {
                wrong.push(format!("{url}: a map without a place of its own"));
            }
        }
    }
    none("maps", wrong);
    assert!(seen > 20, "{seen} places on all maps");
}

#[test]
fn a_map_says_what_is_not_on_it_and_leaves_nothing_else_out() {
    let pages = tiny([
        city("a", "PL", KATOWICE),
        city("b", "FR", LYON),
        city("c", "FR", None),
        city("d", "FR", None),
        pair("a", "b", SIGNED),
        pair("a", "c", ""),
    ])
    .sound();
    let page = Html::parse_document(&pages.page("en/cities/a/"));
    let dots = select(&page, ".sheet a.place title");
    let names: Vec<String> = dots.iter().map(|dot| dot.text().collect()).collect();
    assert_eq!(names, ["City b, France, 1\u{a0}partnership"]);
    assert_eq!(text(&page, ".sheet .own"), "City a");
    assert!(text(&page, "#map-note").contains("1\u{a0}place is missing on the map"));
    assert_eq!(select(&page, ".sheet .lines path.active").len(), 1);
    assert_eq!(
        select(&page, ".map-list")[0].value().attr("href"),
        Some("#s-partnerships")
    );
    // Where there is nothing to see, there is no map.
    for url in ["en/cities/c/", "en/cities/d/", "en/partnerships/a-c/"] {
        assert!(!pages.page(url).contains("class=\"sheet"), "{url}");
    }
    assert!(pages.page("en/partnerships/a-b/").contains("class=\"sheet"));
}

#[test]
fn a_region_stands_in_the_middle_of_its_towns() {
    let within = |(path, text): (String, String), region: &str| {
        (path, format!("part_of = \"{region}\"\n{text}"))
    };
    let region = |id: &str, more: &str| {
        (
            format!("content/regions/{id}.toml"),
            format!("name = \"Region {id}\"\ncountry = \"PL\"\n{more}"),
        )
    };
    let pages = tiny([
        region("r", ""),
        region("s", "part_of = \"r\"\n"),
        region("one", ""),
        within(city("a", "PL", Some((50.0, 19.0))), "r"),
        within(city("b", "PL", Some((52.0, 21.0))), "s"),
        within(city("c", "PL", Some((52.0, 21.0))), "one"),
        city("middle", "PL", Some((51.0, 20.0))),
        city("d", "FR", LYON),
        pair("r", "d", SIGNED),
        pair("one", "d", SIGNED),
        pair("middle", "d", SIGNED),
    ])
    .sound();
    let page = Html::parse_document(&pages.page("en/cities/d/"));
    let circle = Selector::parse("circle").unwrap();
    let dots: BTreeMap<String, Vec<String>> = select(&page, ".sheet a.place")
        .into_iter()
        .map(|place| {
            let dot = place.select(&circle).next().unwrap().value();
            let at = ["cx", "cy"].map(|name| dot.attr(name).unwrap().to_owned());
            let name = place.text().collect::<String>();
            (name.split(',').next().unwrap().to_owned(), at.to_vec())
        })
        .collect();
    let names: Vec<&str> = dots.keys().map(String::as_str).collect();
    assert_eq!(names, ["City middle", "Region r"]);
    assert_eq!(dots["City middle"], dots["Region r"]);
}

#[test]
fn what_is_beyond_europe_is_on_a_map_of_the_world() {
    let pages = tiny([
        city("a", "PL", KATOWICE),
        city("b", "FR", LYON),
        city("z", "CN", CHENGDU),
        pair("a", "b", SIGNED),
        pair("a", "z", SIGNED),
    ])
    .sound();
    let sheets = |url: &str| -> Vec<(String, Vec<String>)> {
        let page = Html::parse_document(&pages.page(url));
        let sheets = select(&page, ".sheet");
        let sheet = |sheet: &ElementRef<'_>| {
            let base = Selector::parse("image").unwrap();
            let place = Selector::parse("a.place title").unwrap();
            let href = sheet
                .select(&base)
                .next()
                .unwrap()
                .value()
                .attr("href")
                .unwrap();
            let name = href.rsplit('/').next().unwrap().split('.').next().unwrap();
            let places = sheet.select(&place).map(|place| place.text().collect());
            (name.to_owned(), places.collect())
        };
        sheets.iter().map(sheet).collect()
    };
    let line = |name: &str, places: &[&str]| {
        let places = places.iter().map(|place| (*place).to_owned());
        (name.to_owned(), places.collect::<Vec<String>>())
    };
    let (france, china) = (
        "City b, France, 1\u{a0}partnership",
        "City z, China, 1\u{a0}partnership",
    );
    assert_eq!(
        sheets("en/cities/a/"),
        [line("map-europe", &[france]), line("map-world", &[china])]
    );
    assert_eq!(
        sheets("en/cities/z/"),
        [line("map-world", &["City a, Poland, 2\u{a0}partnerships"])]
    );
}

#[test]
fn lines_tell_the_stage_by_their_class() {
    let ended = format!("{SIGNED}[[step]]\ntype = \"termination\"\ndate = 2010\n");
    let pages = tiny([
        city("a", "PL", KATOWICE),
        city("b", "FR", LYON),
        city("c", "DE", Some((51.0, 7.0))),
        city("d", "DE", Some((53.0, 10.0))),
        city("e", "UA", Some((50.0, 30.0))),
        pair("a", "b", SIGNED),
        pair("a", "c", "[[step]]\ntype = \"talks\"\n"),
        pair("a", "d", &ended),
        pair("a", "e", ""),
    ])
    .sound();
    let page = Html::parse_document(&pages.page("en/cities/a/"));
    let lines = select(&page, ".sheet .lines path");
    let kinds: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.value().attr("class"))
        .collect();
    assert_eq!(kinds, ["ended", "unknown", "preparing", "active"]);
    let key = select(&page, ".map-key li");
    let key: Vec<String> = key.iter().map(|line| line.text().collect()).collect();
    assert_eq!(
        key.iter().map(|line| line.trim()).collect::<Vec<_>>(),
        ["in force", "on the way", "suspended or unclear", "ended"]
    );
    // The map of all partnerships has those that are not over.
    let home = Html::parse_document(&pages.page("en/"));
    assert_eq!(select(&home, ".sheet .lines path").len(), 3);
    assert!(select(&home, ".sheet .lines path.ended").is_empty());
}

#[test]
fn a_map_of_thousands_stays_small_and_says_so() {
    let many = 500;
    let id = |index: usize| format!("c{index:03}");
    let countries = [("PL", 49.5, 15.0), ("DE", 48.5, 8.5), ("FR", 44.5, 0.5)];
    let cities = (0..many).map(|index| {
        let ((country, south, west), cell) = (countries[index % 3], index / 3);
        let (north, east) = ((cell / 13) as f64 * 0.3, (cell % 13) as f64 * 0.4);
        city(&id(index), country, Some((south + north, west + east)))
    });
    let pairs: BTreeSet<(usize, usize)> = (0..many)
        .flat_map(|index| (1..=4).map(move |step| (index, (index * 7 + step * 31) % many)))
        .map(|(a, b)| (a.min(b), a.max(b)))
        .filter(|(a, b)| a != b)
        .collect();
    let pairs = pairs.iter().map(|(a, b)| pair(&id(*a), &id(*b), SIGNED));
    let pages = tiny(cities.chain(pairs)).sound();
    let html = pages.page("en/");
    let home = Html::parse_document(&html);
    assert_eq!(select(&home, ".sheet a.place").len(), 400);
    assert_eq!(select(&home, ".sheet .rest").len(), 1);
    assert_eq!(select(&home, ".sheet .between-countries path").len(), 3);
    let note = text(&home, "#map-note");
    assert!(
        note.contains("The 400\u{a0}places") && note.contains("between two countries"),
        "{note}"
    );
    assert_eq!(
        select(&home, ".skip-map a")[0].value().attr("href"),
        Some("#map-note")
    );
}

#[test]
fn a_name_in_another_language_says_so_on_the_map() {
    let (path, text) = city("b", "FR", LYON);
    let pages = tiny([
        city("a", "PL", KATOWICE),
        (
            path,
            text.replace("name = \"City b\"", "name.pl = \"Miasto B\""),
        ),
        pair("a", "b", SIGNED),
    ])
    .sound();
    let lang = |url: &str| {
        let page = Html::parse_document(&pages.page(url));
        let name = select(&page, ".sheet a.place text")[0];
        name.value().attr("lang").map(str::to_owned)
    };
    assert_eq!(lang("en/cities/a/").as_deref(), Some("pl"));
    assert_eq!(lang("pl/miasta/a/"), None);
}
