//! `twintown status`: what is left to do, and which version a translation is of.

use super::output::{AS_OF, status, twintown};
use super::tiny::{SITE, Tiny, shown};
use serde_json::Value as Json;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const SOURCE: &str = "content/cities/a.pl.md";
const TRANSLATION: &str = "content/cities/a.en.md";

/// A site with a Polish text and its English translation.
fn tiny() -> Tiny {
    Tiny::new()
        .with("content/site.toml", SITE.replace("\"en\"\n", "\"pl\"\n"))
        .with(SOURCE, "Miasto nad rzeką.\n")
        .with(TRANSLATION, "A town on a river.\n")
}

fn run(root: &Path, args: &[&str]) -> Output {
    let root = root.to_str().unwrap();
    let mut all = vec!["status", "--root", root, "--as-of", AS_OF];
    all.extend(args);
    twintown(&all, &[])
}

fn json(root: &Path) -> Json {
    let output = run(root, &["--format", "json"]);
    assert_eq!(status(&output), 0, "{output:?}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What the JSON says of the city `a` in English.
fn of_a(report: &Json) -> Option<Json> {
    let records = report["records"].as_array().unwrap();
    let city = records.iter().find(|record| record["id"] == "a")?;
    let languages = city["languages"].as_array().unwrap();
    languages
        .iter()
        .find(|language| language["language"] == "en")
        .cloned()
}

fn write(root: &Path, path: &str, text: &str) {
    std::fs::write(root.join(path), text).unwrap();
}

fn git(root: &Path, args: &[&str]) {
    let name = ["-c", "user.name=T", "-c", "user.email=t@example.org"];
    let output = Command::new("git")
        .args(name)
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "core.hooksPath=/dev/null",
        ])
        .args(args)
        .current_dir(root)
        .env("GIT_COMMITTER_DATE", "2026-03-04T12:00:00Z")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_translation_grows_old_with_its_source() {
    let temp = tiny().in_folder();
    let root = temp.path();
    assert_eq!(of_a(&json(root)), None);

    assert_eq!(status(&run(root, &["--mark", TRANSLATION])), 0);
    let marked = std::fs::read_to_string(root.join(TRANSLATION)).unwrap();
    let (front, body) = marked.split_once("+++\n\n").unwrap();
    assert!(front.starts_with("+++\nsource_version = \"pl:"), "{marked}");
    assert_eq!(body, "A town on a river.\n");
    assert_eq!(of_a(&json(root)), None);

    // Blanks are not words.
    write(root, SOURCE, "Miasto\nnad  rzeką.\r\n\n");
    assert_eq!(of_a(&json(root)), None);

    write(root, SOURCE, "Miasto nad wielką rzeką.\n");
    let report = json(root);
    let english = of_a(&report).unwrap();
    assert_eq!(
        (&english["state"], &english["source"]),
        (&"older".into(), &"pl".into())
    );
    let counts = &report["languages"][0];
    assert_eq!(
        counts,
        &serde_json::json!({
            "language": "en", "pages": 3, "own": 3, "fallback": 0, "older": 1,
            "maybe_older": 0, "missing": 0, "percent": 66,
        })
    );
    let text = run(root, &["en"]);
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.contains("older than its source (Polish)"), "{text}");
    assert!(!text.contains("Polish  "), "{text}");

    assert_eq!(status(&run(root, &["--mark", TRANSLATION])), 0);
    assert_eq!(of_a(&json(root)), None);
}

#[test]
fn the_page_of_an_older_translation_says_so() {
    let old = "+++\nsource_version = \"pl:00000000\"\n+++\n\nA town.\n";
    let pages = tiny().with(TRANSLATION, old).sound();
    let page = pages.page("en/cities/a/");
    let link =
        "<a href=\"../../../pl/miasta/a/\" hreflang=\"pl\">Read the newer text in Polish</a>";
    assert!(page.contains("This translation is out of date"), "{page}");
    assert!(page.contains(link), "{page}");
    // It is a translation all the same.
    assert!(page.contains("hreflang=\"pl\" href=\"https://example.org/pl/miasta/a/\""));
    assert!(!pages.page("pl/miasta/a/").contains("class=\"notice\""));
    assert_eq!(
        shown(&pages.0),
        [format!("{TRANSLATION}:2:18 note TW0608 -")]
    );

    // What is gone is not newer.
    let gone = old.replace("pl:", "uk:");
    let site = SITE.replace("\"pl\"]", "\"pl\", \"uk\"]");
    let tiny = tiny()
        .with("content/site.toml", site)
        .with(TRANSLATION, gone);
    let page = tiny.sound().page("en/cities/a/");
    assert!(!page.contains("class=\"notice\""), "{page}");
}

#[test]
fn what_is_no_translation_is_not_marked() {
    let temp = tiny()
        .with("content/cities/b.en.md", "Alone.\n")
        .with("content/cities/c.en.md", "+++\ntitle = \n+++\n\nBroken.\n")
        .with("content/cities/c.pl.md", "Tekst.\n")
        .in_folder();
    let root = temp.path();
    let cases = [
        (SOURCE, "this is the source"),
        ("content/cities/b.en.md", "no other language"),
        ("content/cities/c.en.md", "cannot be read"),
        ("content/cities/a.toml", "not the Markdown file"),
        ("content/nothing.md", "not the Markdown file"),
    ];
    let before = super::output::read_folder(root);
    for (file, said) in cases {
        // The one that could be marked is left alone with the others.
        let output = run(root, &["--mark", TRANSLATION, file]);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(status(&output), 1, "{file}: {text}");
        assert!(text.contains(said) && text.contains(file), "{file}: {text}");
    }
    assert!(before == super::output::read_folder(root));
}

#[test]
fn the_original_language_of_news_is_its_source() {
    let news = |lang: &str| format!("content/news/n.{lang}.md");
    let temp = tiny()
        .with(
            "content/news/n.toml",
            "date = 2026-01-01\noriginal_language = \"en\"\n",
        )
        .with(&news("pl"), "+++\r\ntitle = \"Tytuł\"\r\n+++\r\nTekst.\r\n")
        .with(&news("en"), "+++\ntitle = \"Title\"\n+++\nText.\n")
        .in_folder();
    let root = temp.path();
    assert_eq!(status(&run(root, &["--mark", &news("en")])), 1);
    assert_eq!(status(&run(root, &["--mark", &news("pl")])), 0);
    let marked = std::fs::read_to_string(root.join(news("pl"))).unwrap();
    let expected = "+++\r\ntitle = \"Tytuł\"\r\nsource_version = \"en:";
    assert!(marked.starts_with(expected), "{marked:?}");
    assert!(marked.ends_with("\"\r\n+++\r\nTekst.\r\n"), "{marked:?}");
    // A title is among the words.
    write(root, &news("en"), "+++\ntitle = \"Another\"\n+++\nText.\n");
    let report = json(root).to_string();
    assert!(report.contains("\"older\",\"source\":\"en\""), "{report}");
}

#[test]
fn single_texts_and_claims_are_told_too() {
    let temp = tiny()
        .with(
            "content/cities/b.toml",
            "name = { pl = \"B\" }\ncountry = \"PL\"\n[[documents]]\ntitle = { en = \"T\" }\n",
        )
        .with(
            "content/partnerships/p.toml",
            "parties = [\"a\", \"b\"]\n[[step]]\ntype = \"signing\"\n",
        )
        .with(
            "content/seekers/s.toml",
            "party = \"a\"\nuntil = 2026-01-01\ncontact = { email = \"a@example.org\" }\n",
        )
        .with(
            "content/news/n.en.md",
            "+++\ntitle = \"N\"\ndate = 2026-01-01\ndraft = true\n+++\nText.\n",
        )
        .in_folder();
    let report = json(temp.path());
    let b = &report["records"][0];
    assert_eq!(b["file"], "content/cities/b.toml");
    assert_eq!(b["languages"][0]["missing"], serde_json::json!(["name"]));
    let polish = &b["languages"][1]["missing"];
    assert_eq!(polish, &serde_json::json!(["documents[0].title"]));
    let one = |list: &str| {
        assert_eq!(report[list].as_array().unwrap().len(), 1, "{report:#}");
        report[list][0].clone()
    };
    assert_eq!(one("unconfirmed")["confirmed"], Json::Null);
    assert_eq!(one("expired")["until"], "2026-01-01");
    assert_eq!(one("drafts")["file"], "content/news/n.en.md");
}

#[test]
fn without_a_site_there_is_nothing_to_tell() {
    let temp = tempfile::TempDir::new().unwrap();
    let output = run(temp.path(), &[]);
    assert_eq!(status(&output), 1);
    assert!(String::from_utf8_lossy(&output.stderr).contains("TW0501"));
    let temp = tiny().in_folder();
    assert_eq!(status(&run(temp.path(), &["de"])), 2);
    assert_eq!(status(&run(temp.path(), &["--format", "sarif"])), 2);
}

#[test]
fn git_tells_more() {
    let temp = tiny().in_folder();
    let root = temp.path();
    git(root, &["init", "-q"]);
    git(root, &["add", "-A"]);
    git(root, &["commit", "-qm", "one"]);
    assert_eq!(of_a(&json(root)), None);

    write(root, SOURCE, "Miasto nad wielką rzeką.\n");
    git(root, &["commit", "-qam", "two"]);
    let english = of_a(&json(root)).unwrap();
    assert_eq!(english["state"], "own");
    assert_eq!(english["maybe_older"], true);

    // What is recorded is better than what can be guessed.
    run(root, &["--mark", TRANSLATION]);
    assert_eq!(of_a(&json(root)), None);
    let output = run(root, &["--diff", TRANSLATION]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("still the version"), "{text}");

    write(root, SOURCE, "Miasto nad bardzo wielką rzeką.\n");
    write(
        root,
        "content/cities/a.toml",
        "name = \"A\"\ncountry = \"PL\"\npopulation = { count = 1 }\n",
    );
    git(root, &["commit", "-qam", "three"]);
    let english = of_a(&json(root)).unwrap();
    assert_eq!(english["state"], "older");
    assert_eq!(english["source_changed"], "2026-03-04");
    let output = run(root, &["--diff", TRANSLATION]);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        text.contains("-Miasto nad wielką rzeką.\n+Miasto nad bardzo wielką rzeką.\n"),
        "{text}"
    );
    assert!(!text.contains("population"), "{text}");

    // Without git there is less to tell, and nothing fails.
    let args = [
        "status",
        "--root",
        root.to_str().unwrap(),
        "--format",
        "json",
    ];
    let output = twintown(&args, &[("PATH", "")]);
    assert_eq!(status(&output), 0);
    let report: Json = serde_json::from_slice(&output.stdout).unwrap();
    let english = of_a(&report).unwrap();
    assert_eq!(english["state"], "older");
    assert_eq!(english["source_changed"], Json::Null);
    let args = [
        "status",
        "--root",
        root.to_str().unwrap(),
        "--diff",
        TRANSLATION,
    ];
    let output = twintown(&args, &[("PATH", "")]);
    assert_eq!(status(&output), 1);
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("git does not know"), "{text}");
}

/// The preview's answer to a request; the preview ends with it.
fn previewed(root: &Path, path: &str) -> String {
    let mut preview = Command::new(env!("CARGO_BIN_EXE_twintown"))
        .args(["serve", "--port", "0", "--lang", "pl", "--as-of", AS_OF])
        .args(["--root", root.to_str().unwrap()])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(preview.stderr.take().unwrap()).lines();
    let address = lines
        .map_while(Result::ok)
        .find_map(|line| line.strip_prefix("http://").map(str::to_owned))
        .unwrap();
    let mut connection = TcpStream::connect(address.trim_end_matches('/')).unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    preview.kill().unwrap();
    preview.wait().unwrap();
    answer
}

#[test]
fn the_preview_shows_the_status_and_a_build_does_not() {
    let temp = tiny()
        .with(
            "content/cities/b.toml",
            "name = { pl = \"<B> & \\\"C\\\"\" }\ncountry = \"PL\"\n",
        )
        .in_folder();
    let page = previewed(temp.path(), "/_twintown/status/");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    let parts = [
        "<html lang=\"pl\"",
        "<caption>Według języków</caption>",
        "<th scope=\"col\">Język</th>",
        "<th scope=\"row\">angielski</th>",
        "<a href=\"/en/cities/b/\" lang=\"pl\">&lt;B&gt; &amp; &quot;C&quot;</a>",
    ];
    for part in parts {
        assert!(page.contains(part), "{part}: {page}");
    }
    let policy = |page: &str| {
        let start = page
            .find("<meta http-equiv=\"Content-Security-Policy\"")
            .unwrap();
        page[start..].split_once('\n').unwrap().0.to_owned()
    };
    let other = previewed(temp.path(), "/pl/");
    assert_eq!(policy(&page), policy(&other));
    let moved = previewed(temp.path(), "/_twintown/status");
    assert!(moved.contains("location: /_twintown/status/"), "{moved}");
    let urls = tiny().sound().urls();
    assert!(!urls.iter().any(|url| url.contains("_twintown")));
}
