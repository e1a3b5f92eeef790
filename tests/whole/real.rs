//! Thousands of real towns and partnerships, where that data is at hand.

use super::links::broken_links;
use super::output::{AS_OF, Built, LANGUAGES, none, number, repository, status, twintown};
use serde_json::Value as Json;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;
use tempfile::TempDir;
use toml::{Table, Value};

fn lines(path: &Path) -> Vec<Json> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn city(row: &Json) -> Table {
    let main = row["name"].as_str().unwrap();
    // A name is not known in every language; then the town's own stands in.
    let names = LANGUAGES.map(|lang| {
        (
            lang.to_owned(),
            Value::from(row["names"][lang].as_str().unwrap_or(main)),
        )
    });
    let mut city = Table::from_iter([
        ("name".to_owned(), Value::Table(names.into_iter().collect())),
        (
            "country".to_owned(),
            row["country"].as_str().unwrap().into(),
        ),
    ]);
    let location =
        ["lat", "lon"].map(|key| (key.to_owned(), Value::from(row[key].as_f64().unwrap())));
    city.insert(
        "location".to_owned(),
        Value::Table(location.into_iter().collect()),
    );
    if let Some(count) = row["population"].as_i64().filter(|count| *count > 0) {
        city.insert(
            "population".to_owned(),
            Value::Table(Table::from_iter([("count".to_owned(), count.into())])),
        );
    }
    let mut codes = Table::from_iter([(
        "geonames".to_owned(),
        Value::from(row["geonameid"].to_string()),
    )]);
    codes.extend(
        row["qid"]
            .as_str()
            .map(|id| ("wikidata".to_owned(), id.into())),
    );
    city.insert("codes".to_owned(), Value::Table(codes));
    city
}

fn partnership(row: &Json) -> Table {
    let parties: Vec<Value> = ["a", "b"]
        .iter()
        .map(|side| row[side].as_str().unwrap().into())
        .collect();
    let mut table = Table::from_iter([("parties".to_owned(), Value::Array(parties))]);
    let since = match &row["since"] {
        Json::String(text) => Some(Value::from(text.as_str())),
        Json::Number(year) => year.as_i64().map(Value::from),
        _ => None,
    };
    if let Some(since) = since {
        let step = Table::from_iter([
            ("type".to_owned(), "signing".into()),
            ("date".to_owned(), since),
        ]);
        table.insert("step".to_owned(), Value::Array(vec![Value::Table(step)]));
    }
    table
}

#[test]
fn thousands_of_real_partnerships() {
    let folder = match std::env::var_os("TWINTOWN_REAL") {
        Some(folder) => PathBuf::from(folder),
        None => repository().join("../shared/real"),
    };
    if !folder.join("cities.jsonl").is_file() {
        println!(
            "skipped: there is no {}",
            folder.join("cities.jsonl").display()
        );
        return;
    }
    let temp = TempDir::new().unwrap();
    let put = |path: String, table: &Table| {
        let path = temp.path().join("content").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, toml::to_string(table).unwrap()).unwrap();
    };
    let site = "title = \"Real\"\nlanguages = [\"pl\", \"cs\", \"uk\", \"en\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\n";
    put("site.toml".to_owned(), &site.parse().unwrap());

    let mut no_country = 0;
    let mut cities = HashSet::new();
    for row in lines(&folder.join("cities.jsonl")) {
        let id = row["id"].as_str().unwrap().to_owned();
        let country = row["country"].as_str().unwrap_or_default();
        if country.len() != 2 {
            no_country += 1;
            continue;
        }
        put(
            format!("cities/{}/{id}.toml", country.to_lowercase()),
            &city(&row),
        );
        assert!(cities.insert(id.clone()), "{id} stands twice in the input");
    }
    let (mut no_city, mut doubled, mut itself) = (0, 0, 0);
    let mut pairs = HashSet::new();
    for row in lines(&folder.join("partnerships.jsonl")) {
        let (a, b) = (row["a"].as_str().unwrap(), row["b"].as_str().unwrap());
        if a == b {
            itself += 1;
        } else if !cities.contains(a) || !cities.contains(b) {
            no_city += 1;
        } else if !pairs.insert((a.min(b).to_owned(), a.max(b).to_owned())) {
            doubled += 1;
        } else {
            put(format!("partnerships/{a}-{b}.toml"), &partnership(&row));
        }
    }
    eprintln!(
        "{} cities, {} partnerships; skipped: {no_country} without a country, {no_city} without a city, {doubled} doubled, {itself} with itself",
        cities.len(),
        pairs.len()
    );

    let out = temp.path().join("dist");
    let start = Instant::now();
    let output = twintown(
        &[
            "build",
            "--root",
            temp.path().to_str().unwrap(),
            "--as-of",
            AS_OF,
        ],
        &[],
    );
    let time = start.elapsed();
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        status(&output),
        0,
        "{}",
        &text[text.len().saturating_sub(3000)..]
    );
    let built = Built::read(&out, "https://example.org/", None);
    let seconds = time.as_secs_f64();
    eprintln!(
        "{} pages, {} files in {seconds:.2} s: {:.0} pages/s",
        built.pages.len(),
        built.files.len(),
        built.pages.len() as f64 / seconds
    );

    assert_eq!(built.rows("cities").len(), cities.len());
    assert_eq!(built.rows("partnerships").len(), pairs.len());
    let party: BTreeMap<&str, &Json> = built
        .rows("cities")
        .iter()
        .map(|row| (row["id"].as_str().unwrap(), row))
        .collect();
    let mut wrong = Vec::new();
    for row in built.rows("partnerships") {
        for lang in LANGUAGES {
            let url = built.url_of(row, lang);
            for id in row["parties"].as_array().unwrap() {
                let page = built.page_of(party[id.as_str().unwrap()], lang);
                if !built.leads(page, &page.main_links, &url) {
                    wrong.push(format!("{}: no link to {url}", page.url));
                }
            }
        }
    }
    none("partnerships not on their parties' pages", wrong);
    for (kind, rows) in [
        ("cities", built.rows("cities")),
        ("partnerships", built.rows("partnerships")),
    ] {
        for lang in LANGUAGES {
            let first = built.url_of(&rows[0], lang);
            let index = &first[..first.trim_end_matches('/').rfind('/').unwrap() + 1];
            assert_eq!(
                number(&built.pages[index].lead),
                rows.len(),
                "the count of {kind} in {lang}"
            );
            // The list may go on over several pages; together they name each record.
            let records: HashSet<String> = rows.iter().map(|row| built.url_of(row, lang)).collect();
            let entries: HashSet<String> = built
                .pages
                .values()
                .filter(|page| page.url.starts_with(index) && !records.contains(&page.url))
                .flat_map(|page| {
                    page.main_links
                        .iter()
                        .map(|href| built.resolve(&page.url, href))
                })
                .filter_map(|there| Some(there.ok()?.0))
                .filter(|url| records.contains(url))
                .collect();
            assert_eq!(entries.len(), rows.len(), "the entries of {kind} in {lang}");
        }
    }
    none("broken links", broken_links(&built));
    let mut titles: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for page in built
        .pages
        .values()
        .filter(|page| !page.noindex && !page.url.is_empty())
    {
        titles
            .entry((&page.lang, &page.title))
            .or_default()
            .push(&page.url);
    }
    none(
        "titles of several pages",
        titles
            .iter()
            .filter(|(_, urls)| urls.len() > 1)
            .map(|(title, urls)| format!("{title:?}: {urls:?}"))
            .collect(),
    );
}
