//! What a site can change: theme, strings, languages, options.

use super::edits::sample;
use super::output::{AS_OF, Built, repository, status, twintown};
use super::tiny::{SITE, Tiny, shown};
use std::fs;
use twintown::lang::{Message, Strings};
use twintown::project::Options;
use twintown::render::{self, Rendered};
use twintown::routes::Route;

const THEMED: &str = "theme = \"mine\"\n";

fn english() -> String {
    fs::read_to_string(repository().join("themes/default/strings/en.toml")).unwrap()
}

fn pair(steps: &str) -> String {
    format!("parties = [\"a\", \"b\"]\n{steps}")
}

/// Templates of the built-in theme are run once for data of one shape; those of a theme
/// with any template of its own, for each page.
#[test]
fn pages_are_the_same_however_templates_are_run() {
    let pages = |site: Tiny, times: usize| -> Vec<String> {
        let loaded = site.load();
        let snapshot = loaded.snapshot.as_ref().unwrap();
        let page = |(route, url): (&Route, &str)| {
            // The first of a shape makes its skeleton, the next ones fill it.
            let rendered = (0..times).map(|_| render::page(snapshot, *route, url).unwrap());
            match rendered.last().unwrap() {
                Rendered::Bytes(bytes) => format!("{url}\n{}", String::from_utf8_lossy(&bytes)),
                other => format!("{url}\n{other:?}"),
            }
        };
        snapshot.routes.iter().map(page).collect()
    };
    let filled = pages(sample(), 2);
    let run = pages(
        sample().with("themes/default/templates/own.html", "{{ 1 }}"),
        1,
    );
    assert_eq!(filled.len(), run.len());
    for (filled, run) in filled.iter().zip(&run) {
        assert!(filled == run, "{}", filled.lines().next().unwrap());
    }
}

#[test]
fn a_theme_may_use_the_language_of_the_page_in_links_to_others() {
    let parts = repository().join("themes/default/templates/parts.html");
    let parts = fs::read_to_string(parts).unwrap();
    let of_page = parts.replace(
        "href, current) %}<a ",
        "href, current, @site) %}<a data-of=\"{{ site.lang }}\" ",
    );
    assert_ne!(parts, of_page);
    let site = sample().with("themes/default/templates/parts.html", of_page);
    let loaded = site.load();
    let snapshot = loaded.snapshot.as_ref().unwrap();
    for (route, url) in snapshot.routes.iter().filter(|(_, url)| url.ends_with('/')) {
        let Ok(Rendered::Bytes(bytes)) = render::page(snapshot, *route, url) else {
            panic!("{url} is a page");
        };
        let page = String::from_utf8(bytes).unwrap();
        let language = url.split('/').next().unwrap();
        let of = page.split("data-of=\"").skip(1);
        let mut of = of.map(|rest| rest.split('"').next().unwrap());
        assert!(of.all(|of| of == language), "{url}");
    }
}

#[test]
fn a_theme_changes_one_template_one_string_and_one_asset() {
    let pages = Tiny::new()
        .with("content/site.toml", format!("{SITE}{THEMED}"))
        .with("themes/mine/theme.toml", "extends = \"default\"\n")
        .with(
            "themes/mine/templates/home.html",
            "{% extends \"default/base.html\" %}\n{% block content %}<p class=\"own\">{{ t.skip_to_content }} <a href=\"{{ assets[\"own.css\"] }}\">own</a></p>{% endblock %}\n",
        )
        .with("themes/mine/strings/en.toml", "skip_to_content = \"Jump & run\"\n")
        .with("themes/mine/assets/own.css", "p { color: green }\n")
        .with("themes/mine/assets/style.css", "body { color: red }\n")
        .sound();
    let home = pages.page("en/");
    assert!(
        home.contains("<p class=\"own\">Jump &amp; run <a href=\"../assets/own."),
        "{home}"
    );
    assert!(
        pages
            .page("en/cities/a/")
            .contains("class=\"skip\" href=\"#content\">Jump &amp; run")
    );
    assert!(
        pages.page("en/cities/a/").contains("<h1>A</h1>"),
        "the other templates are the default ones"
    );
    let urls = pages.urls();
    let own = urls
        .iter()
        .find(|url| url.starts_with("assets/own.") && url.ends_with(".css"))
        .unwrap();
    assert_eq!(pages.page(own), "p { color: green }\n");
    let styles: Vec<_> = urls
        .iter()
        .filter(|url| url.starts_with("assets/style."))
        .collect();
    assert_eq!(styles.len(), 1);
    assert_eq!(pages.page(styles[0]), "body { color: red }\n");
}

#[test]
fn the_default_base_can_be_extended_in_its_own_place() {
    let pages = Tiny::new()
        .with("content/site.toml", format!("{SITE}{THEMED}"))
        .with("themes/mine/templates/base.html", "{% extends \"default/base.html\" %}\n{% block main %}<p>mine</p>{{ super() }}{% endblock %}\n")
        .sound();
    let page = pages.page("en/cities/a/");
    assert!(
        page.contains("<p>mine</p>") && page.contains("<h1>A</h1>"),
        "{page}"
    );
}

#[test]
fn a_site_needs_no_themes_folder_and_few_records() {
    let temp = Tiny::default().with("content/site.toml", SITE).in_folder();
    let built = Built::site(temp.path(), &["--as-of", AS_OF], "https://example.org/");
    assert!(built.pages.contains_key("en/") && built.pages.contains_key("pl/"));
    assert!(
        super::links::broken_links(&built).is_empty(),
        "{:?}",
        super::links::broken_links(&built)
    );
    for page in built.pages.values() {
        assert!(page.empty.is_empty(), "{}: {:?}", page.url, page.empty);
    }
}

#[test]
fn a_town_can_have_a_site_of_its_own() {
    let tiny = Tiny::new()
        .with("content/site.toml", format!("{SITE}focus = \"a\"\n"))
        .with(
            "content/partnerships/p.toml",
            pair("[[step]]\ntype = \"signing\"\ndate = 2004-12-02\n"),
        )
        .with(
            "content/partnerships/q.toml",
            "parties = [\"a\", \"c\"]\n[[step]]\ntype = \"termination\"\ndate = 2022\n",
        );
    let pages = tiny.sound();
    let home = pages.page("en/");
    assert!(
        home.contains("Our partners") && home.contains("href=\"cities/b/\"")
            || home.contains("href=\"../en/cities/b/\""),
        "{home}"
    );
    let (current, former) = home
        .split_once("s-former")
        .expect("former partners stand apart");
    assert!(current.contains("cities/b/") && former.contains("cities/c/"));
    assert!(!home.contains("class=\"numbers\""));
    let wrong = tiny
        .with("content/site.toml", format!("{SITE}focus = \"aa\"\n"))
        .load();
    assert!(
        shown(&wrong).contains(&"content/site.toml:5:9 error TW0301 a".to_owned()),
        "{:?}",
        shown(&wrong)
    );
}

#[test]
fn a_language_is_added_by_one_strings_file() {
    let site = SITE.replace("\"pl\"]", "\"pl\", \"hu\", \"ar\"]") + THEMED;
    let hungarian = english()
        .replace("cities = \"cities\"", "cities = \"Városok\"")
        .replace("\"Skip to content\"", "\"Ugrás a tartalomra\"")
        .replace(
            "name = \"English\"\nlocale = \"en-GB\"",
            "name = \"magyar\"\nlocale = \"hu\"",
        );
    let arabic = english()
        .replace("direction = \"ltr\"", "direction = \"rtl\"")
        .replace(
            "name = \"English\"\nlocale = \"en-GB\"",
            "name = \"العربية\"\nlocale = \"ar\"",
        );
    let tiny = Tiny::new()
        .with("content/site.toml", site)
        .with(
            "content/partnerships/p.toml",
            pair("[[step]]\ntype = \"signing\"\ndate = 2004-12-02\n"),
        )
        .with("themes/mine/strings/hu.toml", &hungarian)
        .with("themes/mine/strings/ar.toml", arabic);
    let pages = tiny.sound();
    let page = pages.page("hu/varosok/a/");
    assert!(
        page.contains("<html lang=\"hu\" dir=\"ltr\">")
            && page.contains("Ugrás a tartalomra")
            && page.contains("2004. december 2."),
        "{page}"
    );
    assert!(page.contains("hreflang=\"ar\" href=\"https://example.org/ar/cities/a/\""));
    assert!(
        page.contains(">العربية</a>"),
        "the switch names the language in itself"
    );
    let arabic = pages.page("ar/cities/a/");
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(
        pages.page("").contains("lang=\"ar\" dir=\"rtl\""),
        "the gateway has it too"
    );

    let partial = tiny.with(
        "themes/mine/strings/hu.toml",
        hungarian.replace("skip_to_content = \"Ugrás a tartalomra\"\n", ""),
    );
    let loaded = partial.load();
    assert!(
        shown(&loaded).contains(&"themes/mine/strings/hu.toml:1:1 warning TW0505 -".to_owned()),
        "{:#?}",
        shown(&loaded)
    );
    assert!(
        partial
            .sound()
            .page("hu/varosok/a/")
            .contains("Skip to content"),
        "another language stands in"
    );
}

/// What the program asks of a site's own strings holds for those built in.
#[test]
fn the_built_in_languages_are_complete() {
    let english = Strings::parse(&english()).0;
    for lang in ["pl", "cs", "uk", "en", "de"] {
        let path = repository().join(format!("themes/default/strings/{lang}.toml"));
        let text = fs::read_to_string(path).unwrap();
        let site = format!(
            "title = \"T\"\nlanguages = [\"{lang}\"]\ndefault_language = \"{lang}\"\nbase_url = \"https://example.org/\"\n"
        );
        let loaded = Tiny::new()
            .with("content/site.toml", site + THEMED)
            .with(&format!("themes/mine/strings/{lang}.toml"), &text)
            .load();
        assert_eq!(shown(&loaded), Vec::<String>::new(), "{lang}");
        let own = Strings::parse(&text).0;
        // What a language says of itself is its own affair.
        let texts = english
            .iter()
            .filter(|(key, _)| !key.starts_with("language."));
        for (key, message) in texts {
            let translated = own.get(key).unwrap_or_else(|| panic!("{lang} lacks {key}"));
            let of = |message: &Message| {
                let mut names: Vec<String> = message
                    .placeholders()
                    .into_iter()
                    // A language chooses among the forms of a date.
                    .map(|name| name.replace("of_date", "date").replace("on_date", "date"))
                    .collect();
                names.dedup();
                names
            };
            assert_eq!(of(translated), of(message), "{lang}: {key}");
            for pattern in translated.patterns() {
                let empty =
                    pattern.placeholders().is_empty() && pattern.fill(&[]).trim().is_empty();
                assert!(!empty, "{lang}: {key}");
            }
        }
    }
}

#[test]
fn a_strings_file_is_checked() {
    let site = SITE.replace("\"pl\"]", "\"pl\", \"uk\"]") + THEMED;
    let case = |text: &str| {
        let tiny = Tiny::new()
            .with("content/site.toml", &site)
            .with(
                "themes/mine/templates/parts.html",
                "{{ t.mine.known }}{{ t.dynamic[1] }}",
            )
            .with("themes/mine/strings/uk.toml", text);
        shown(&tiny.load())
            .into_iter()
            .filter_map(|line| {
                Some(
                    line.strip_prefix("themes/mine/strings/uk.toml:")?
                        .to_owned(),
                )
            })
            .collect::<Vec<_>>()
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(
        case("mine.known = 'asked for'\ndynamic.first = 'so'\n"),
        none
    );
    assert_eq!(case("mine.strange = 'so'\n"), ["1:6 warning TW0506 -"]);
    assert_eq!(
        case("stages.active = 'so'\n"),
        ["1:8 warning TW0506 stage.active"]
    );
    assert_eq!(
        case("count.cities = { one = '{n} місто', few = '{n} міста', other = '{n} міст' }\n"),
        ["1:7 warning TW0509 -"]
    );
    assert_eq!(
        case("count.cities = 'міст: {n}'\n"),
        ["1:7 warning TW0509 -"]
    );
    assert_eq!(
        case("coat_of_arms_of = 'Герб {nam}'\n"),
        ["1:1 warning TW0510 {name}"]
    );
    assert_eq!(
        case("coat_of_arms_of = { gen = 'Герб {name}' }\n"),
        ["1:19 error TW0507 -"]
    );
    assert_eq!(case("cities = 'Міста {n}'\n"), ["1:1 warning TW0510 -"]);
    assert_eq!(case("date.since = 'відколи: {date}'\n"), none);
}

fn news() -> Tiny {
    let mut tiny = Tiny::new();
    for (id, day, more) in [
        ("both", "2025-01-01", ""),
        ("english", "2025-02-01", ""),
        ("draft", "2025-03-01", "draft = true\n"),
        ("future", "2026-11-21", ""),
        ("today", "2026-11-20", ""),
    ] {
        tiny = tiny.with(
            &format!("content/news/{id}.en.md"),
            format!("+++\ntitle = \"The {id} item\"\ndate = {day}\n{more}+++\n\nText of {id}.\n"),
        );
    }
    tiny.with(
        "content/news/both.pl.md",
        "+++\ntitle = \"Oba\"\n+++\n\nTekst.\n",
    )
}

#[test]
fn news_in_another_language_is_shown_marked_or_hidden() {
    for (value, listed, marked) in [
        ("show", true, false),
        ("mark", true, true),
        ("hide", false, false),
    ] {
        let pages = news()
            .with(
                "content/site.toml",
                format!("{SITE}news.untranslated = \"{value}\"\n"),
            )
            .sound();
        for url in ["pl/aktualnosci/", "pl/"] {
            let page = pages.page(url);
            assert!(page.contains("Oba"), "{value}: {url}");
            assert_eq!(page.contains("The english item"), listed, "{value}: {url}");
            assert_eq!(page.contains("badge language"), marked, "{value}: {url}");
        }
        assert_eq!(
            pages.page("pl/feed.xml").contains("The english item"),
            listed,
            "{value}: feed"
        );
        assert!(pages.page("en/news/").contains("The english item"));
        assert!(!pages.page("en/news/").contains("badge language"));
        assert!(
            pages.get("pl/aktualnosci/english/").is_some(),
            "{value}: the page is there for who has its address"
        );
    }
}

#[test]
fn drafts_and_news_of_days_to_come_wait() {
    let tiny = news()
        .with(
            "content/cities/d.toml",
            "name = \"Dee\"\ncountry = \"PL\"\ndraft = true\n",
        )
        .with(
            "content/partnerships/p.toml",
            "parties = [\"a\", \"d\"]\n[[step]]\ntype = \"visit\"\n",
        )
        .with(
            "content/cities/a.en.md",
            "See [the news](news:future), [the draft](news:draft) and [that town](city:d).\n",
        );
    let pages = tiny.sound();
    for url in ["en/news/draft/", "en/news/future/", "en/cities/d/"] {
        assert!(pages.get(url).is_none(), "{url}");
    }
    assert!(pages.get("en/news/today/").is_some());
    for url in pages
        .urls()
        .iter()
        .filter(|url| !url.starts_with("assets/"))
    {
        let page = pages.page(url);
        for text in [
            "The draft item",
            "The future item",
            "Dee",
            "news/draft",
            "news/future",
            "cities/d/",
        ] {
            assert!(!page.contains(text), "{url} tells of {text:?}");
        }
    }
    let all = tiny.sound_with(&Options {
        drafts: true,
        ..Tiny::options()
    });
    for url in ["en/news/draft/", "en/news/future/", "en/cities/d/"] {
        assert!(all.get(url).is_some(), "{url}");
    }
    assert!(all.page("en/cities/a/").contains("Dee"));
}

#[test]
fn namesakes_are_told_apart() {
    let pages = Tiny::new()
        .with(
            "content/regions/lviv.toml",
            "name = \"Lviv Oblast\"\ncountry = \"UA\"\n",
        )
        .with(
            "content/regions/khmelnytskyi.toml",
            "name = \"Khmelnytskyi Oblast\"\ncountry = \"UA\"\n",
        )
        .with(
            "content/cities/horodok.toml",
            "name = \"Horodok\"\ncountry = \"UA\"\npart_of = \"lviv\"\n",
        )
        .with(
            "content/cities/horodok-podolia.toml",
            "name = \"Horodok\"\ncountry = \"UA\"\npart_of = \"khmelnytskyi\"\n",
        )
        .with(
            "content/cities/horodok-by.toml",
            "name = \"Horodok\"\ncountry = \"BY\"\n",
        )
        .with(
            "content/cities/twin-1.toml",
            "name = \"Twin\"\ncountry = \"PL\"\n",
        )
        .with(
            "content/cities/twin-2.toml",
            "name = \"Twin\"\ncountry = \"PL\"\n",
        )
        .with(
            "content/news/n-1.toml",
            "title = \"Visit\"\ndate = 2025-01-01\n",
        )
        .with(
            "content/news/n-2.toml",
            "title = \"Visit\"\ndate = 2025-01-01\n",
        )
        .with(
            "content/partnerships/p.toml",
            "parties = [\"horodok\", \"a\"]\n[[step]]\ntype = \"visit\"\n",
        )
        .with(
            "content/partnerships/q.toml",
            "parties = [\"horodok-podolia\", \"a\"]\n[[step]]\ntype = \"visit\"\n",
        )
        .with(
            "content/partnerships/r.toml",
            "parties = [\"horodok\", \"a\"]\nkind = \"project\"\n[[step]]\ntype = \"visit\"\n",
        )
        .sound();
    let mut titles = std::collections::BTreeMap::new();
    for url in pages
        .urls()
        .into_iter()
        .filter(|url| url.starts_with("en/") && url.ends_with('/'))
    {
        let page = pages.page(&url);
        let title = page
            .split("<title>")
            .nth(1)
            .unwrap()
            .split("</title>")
            .next()
            .unwrap()
            .to_owned();
        if let Some(other) = titles.insert(title.clone(), url.clone()) {
            panic!("{url} and {other} are both called {title:?}");
        }
    }
    let list = pages.page("en/cities/");
    for text in ["Lviv Oblast", "Khmelnytskyi Oblast"] {
        assert!(
            list.contains(text),
            "the list tells the two apart by {text}"
        );
    }
}

#[test]
fn former_addresses_lead_on() {
    let tiny = Tiny::new()
        .with("content/cities/a.toml", "name = \"A\"\ncountry = \"PL\"\nslug.pl = \"miasto-a\"\nformer_urls = [\"/pl/stare/a/\", \"/en/old-a\", \"/a.php\"]\n")
        .with("content/site.toml", SITE.replace("example.org/", "example.org/partners/"));
    let pages = tiny.sound();
    let slugged = pages
        .urls()
        .into_iter()
        .find(|url| url.starts_with("pl/") && url.ends_with("/miasto-a/"))
        .expect("the slug is used");
    for (from, to) in [
        ("pl/stare/a/", slugged.as_str()),
        ("en/old-a/", "en/cities/a/"),
        ("a.php", "en/cities/a/"),
    ] {
        let page = pages.page(from);
        assert!(
            page.contains("http-equiv=\"refresh\"") && page.contains("noindex"),
            "{from}"
        );
        assert!(
            page.contains(&format!(
                "<link rel=\"canonical\" href=\"https://example.org/partners/{to}\">"
            )),
            "{from}: {page}"
        );
        assert!(!pages.page("sitemap.xml").contains(&format!("{from}</loc>")));
    }
    let rules = pages.page("_redirects");
    for rule in [
        format!("/partners/pl/stare/a/ /partners/{slugged} 301"),
        "/partners/en/old-a /partners/en/cities/a/ 301".to_owned(),
        "/partners/a.php /partners/en/cities/a/ 301".to_owned(),
    ] {
        assert!(rules.lines().any(|line| line == rule), "{rule}: {rules}");
    }
}

#[test]
fn two_sources_for_one_address_are_named() {
    let loaded = Tiny::new()
        .with(
            "content/cities/d.toml",
            "name = \"D\"\ncountry = \"PL\"\nslug.en = \"a\"\n",
        )
        .with(
            "content/pages/cities.en.md",
            "+++\ntitle = \"Cities\"\n+++\n\nText\n",
        )
        .with(
            "content/pages/q.toml",
            "title = \"Q\"\nformer_urls = [\"/sitemap.xml\"]\n",
        )
        .load();
    let found: Vec<String> = shown(&loaded)
        .into_iter()
        .filter(|line| line.contains("TW0401"))
        .collect();
    for file in [
        "content/cities/d.toml:",
        "content/pages/cities.en.md:",
        "content/pages/q.toml:",
    ] {
        assert!(
            found.iter().any(|line| line.starts_with(file)),
            "{file}: {found:?}"
        );
    }
}

#[test]
fn base_url_and_folder_come_from_the_command_line() {
    let temp = Tiny::new().in_folder();
    let root = temp.path().to_str().unwrap();
    let out = temp.path().join("public/site");
    let output = twintown(
        &[
            "build",
            "--root",
            root,
            "--out",
            out.to_str().unwrap(),
            "--base-url",
            "https://example.net/x",
        ],
        &[],
    );
    assert_eq!(
        status(&output),
        0,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let page = fs::read_to_string(out.join("en/cities/a/index.html")).unwrap();
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.net/x/en/cities/a/\">"));
    assert!(
        fs::read_to_string(out.join("404.html"))
            .unwrap()
            .contains("href=\"/x/")
    );
    assert!(
        fs::read_to_string(out.join("robots.txt"))
            .unwrap()
            .contains("https://example.net/x/sitemap.xml")
    );
}

#[test]
fn what_editors_write_cannot_break_a_page() {
    let evil = "\\\"><script>alert(1)</script>&'";
    let pages = Tiny::new()
        .with("content/cities/a.toml", format!("name = \"{evil}\"\ncountry = \"PL\"\nsummary = \"{evil}\"\n"))
        .with("content/cities/a.en.md", "<script>alert(1)</script>\n\n[x](<https://example.org/\"onclick=alert(1)>)\n\n# Heading <img src=x onerror=alert(1)>\n")
        .with("content/news/n.toml", format!("title = \"{evil}\"\ndate = 2025-01-01\nparties = [\"a\"]\n"))
        .with("content/partnerships/p.toml", pair("[[step]]\ntype = \"visit\"\n"))
        .sound();
    for url in pages
        .urls()
        .iter()
        .filter(|url| !url.starts_with("assets/"))
    {
        let page = pages.page(url);
        if [".json", ".csv", ".geojson", ".jsonld", ".txt"]
            .iter()
            .any(|end| url.ends_with(end))
        {
            continue;
        }
        for text in ["<script>alert", "\"onclick", "<img src=x"] {
            assert!(!page.contains(text), "{url} has {text}");
        }
    }
}
