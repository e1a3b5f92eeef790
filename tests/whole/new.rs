//! `twintown new`: records that can be read at once, and whose every explained field is one.

use super::output::{none, status, twintown};
use super::tiny::Tiny;
use std::path::Path;
use std::process::Output;
use twintown::compose::{Blank, blank, front_matter};
use twintown::content::{BodyFile, Problems, RecordFiles};
use twintown::kinds::{self, Kind};
use twintown::lang::Lang;
use twintown::report::Words;
use twintown::source::{FileId, Source, Sources};

fn lang(tag: &str) -> Lang {
    Lang::parse(tag).unwrap()
}

/// What a new record of a kind looks like; for one language, as a front matter.
fn fields(kind: Kind, languages: &[Lang], words: &Words) -> String {
    blank(&Blank {
        kind,
        known: &[],
        languages,
        today: "2026-11-20".parse().unwrap(),
        words,
    })
}

/// What is wrong with a record, but for what is still to be filled in.
fn wrong(kind: Kind, text: &str, body: Option<Lang>) -> Vec<String> {
    let sources = Sources::new(vec![Source::new("record", text)]);
    let file = FileId(0);
    let files = RecordFiles {
        id: "a".into(),
        folder: "content".into(),
        toml: body.is_none().then_some(file),
        bodies: body
            .map(|lang| BodyFile { lang, file })
            .into_iter()
            .collect(),
    };
    let mut problems = Problems::new();
    kinds::parse(kind, &files, &sources, &mut problems);
    problems
        .iter()
        .map(|problem| {
            (
                problem.code,
                problem.span.start as usize..problem.span.end as usize,
            )
        })
        .filter(|(_, place)| &text[place.clone()] != "\"TODO\"")
        .map(|(code, place)| format!("{} {}: {}", kind.name(), code.as_str(), &text[place]))
        .collect()
}

#[test]
fn every_explained_field_can_be_filled_in() {
    let mut complaints = Vec::new();
    for tag in Words::languages() {
        let words = Words::new(lang(tag));
        for kind in Kind::ALL {
            let all = fields(*kind, &[lang("pl"), lang("uk")], &words);
            let uncommented = |text: &str| -> String {
                let line = |line: &str| match line.strip_prefix('#') {
                    Some(field) if !field.starts_with(' ') => format!("{field}\n"),
                    _ => format!("{line}\n"),
                };
                text.lines().map(line).collect()
            };
            complaints.extend(wrong(*kind, &all, None));
            complaints.extend(wrong(*kind, &uncommented(&all), None));
            let named = |name: &str| {
                let start = |line: &str| {
                    let line = line.trim_start_matches(['#', '[']);
                    line.strip_prefix(name)
                        .is_some_and(|rest| rest.starts_with([' ', '.', ']']))
                };
                all.lines().any(start)
            };
            let fields_of = kind.definitions().iter();
            // `status --mark` writes that one.
            let absent =
                fields_of.filter(|field| !named(field.name) && field.name != "source_version");
            complaints.extend(absent.map(|field| format!("no {} {}", kind.name(), field.name)));
            let matter = front_matter(&uncommented(&fields(*kind, &[], &words)), "");
            complaints.extend(wrong(*kind, &matter, Some(lang("pl"))));
        }
    }
    none("new records", complaints);
}

fn new(root: &Path, args: &[&str]) -> Output {
    let root = root.to_str().unwrap();
    let all: Vec<&str> = ["new", "--root", root, "--as-of", "2026-11-20"]
        .iter()
        .chain(args)
        .copied()
        .collect();
    twintown(&all, &[])
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn records_are_made_where_they_belong() {
    let temp = Tiny::new().in_folder();
    let root = temp.path();
    let read = |path: &str| std::fs::read_to_string(root.join("content").join(path)).unwrap();

    let made = new(
        root,
        &["city", "Біла Церква", "--country", "UA", "--lang", "pl,en"],
    );
    assert_eq!(status(&made), 0, "{}", told(&made));
    assert!(told(&made).contains("bila-tserkva"));
    let city = read("cities/bila-tserkva.toml");
    assert!(city.contains("\nname = \"Біла Церква\"\n") && city.contains("\ncountry = \"UA\"\n"));
    assert!(read("cities/bila-tserkva.pl.md").starts_with("<!--"));
    assert!(read("cities/bila-tserkva.en.md").starts_with("<!--"));

    let made = new(root, &["partnerships", "a-bila-tserkva"]);
    assert_eq!(status(&made), 0);
    let partnership = read("partnerships/a-bila-tserkva.toml");
    assert!(partnership.contains("\nparties = [\"a\", \"bila-tserkva\"]\n"));

    let made = new(root, &["news", "Pierwsze „rozmowy”", "--lang", "pl"]);
    assert_eq!(status(&made), 0);
    let news = read("news/pierwsze-rozmowy.pl.md");
    assert!(news.starts_with("+++\n") && news.contains("\ntitle = \"Pierwsze „rozmowy”\"\n"));
    assert!(news.contains("\ndate = 2026-11-20\n"));

    let made = new(
        root,
        &["city", "d", "--name", "pl=De \"D\"", "--name", "uk=Д"],
    );
    assert_eq!(status(&made), 0);
    assert!(read("cities/d.toml").contains("\nname = { pl = 'De \"D\"', uk = \"Д\" }\n"));

    // All that check finds is what is still to be filled in.
    let check = twintown(&["check", "--root", root.to_str().unwrap()], &[]);
    let report = told(&check);
    assert!(
        report.contains("TW0207") && report.contains("1 error"),
        "{report}"
    );
}

#[test]
fn ids_are_told_apart() {
    let temp = Tiny::new().in_folder();
    let root = temp.path();
    let ids = |args: &[&str]| {
        let made = new(root, args);
        assert_eq!(status(&made), 0, "{}", told(&made));
        let paths = String::from_utf8(made.stdout).unwrap();
        paths.lines().next().unwrap().to_owned()
    };
    assert_eq!(ids(&["city", "Городок"]), "content/cities/horodok.toml");
    let lviv = ["city", "Городок", "--part-of", "lvivska-oblast"];
    assert_eq!(ids(&lviv), "content/cities/horodok-lvivska-oblast.toml");
    // Whoever can be a party shares ids; others do not.
    assert_eq!(
        ids(&["region", "Horodok"]),
        "content/regions/horodok-2.toml"
    );
    assert_eq!(ids(&["page", "Horodok"]), "content/pages/horodok.toml");
}

#[test]
fn what_cannot_be_made_is_refused() {
    let temp = Tiny::new().in_folder();
    let root = temp.path();
    let cases: &[(&[&str], &str)] = &[
        (&["ciy", "x"], "did you mean city?"),
        (&["city", "a"], "content/cities/a.toml"),
        (&["institution", "a"], "content/cities/a.toml"),
        (&["city", "北京"], "no id can be made"),
        (&["city", "x", "--lang", "ua"], "uk is meant"),
        (
            &["city", "x", "--lang", "polish"],
            "not the tag of a language",
        ),
        (&["city", "x", "--country", "Poland"], "--country Poland"),
        (&["partnership", "x", "--country", "PL"], "no such field"),
        (&["seeker", "x", "--name", "X"], "no such field"),
        (
            &["city", "x", "--name", "X", "--name", "Y"],
            "says its language",
        ),
        (
            &["city", "x", "--name", "pl=X", "--name", "pl=Y"],
            "two names",
        ),
    ];
    for (args, expected) in cases {
        let refused = new(root, args);
        assert_eq!(status(&refused), 2, "{args:?}");
        assert!(told(&refused).contains(expected), "{}", told(&refused));
    }
    let before = super::output::read_folder(root);
    assert_eq!(status(&new(root, &["city", "x", "--dry-run"])), 0);
    assert!(before == super::output::read_folder(root));
    // A path is no id; what is made of it stays in its folder.
    let made = new(root, &["city", "../../etc/passwd", "--dry-run"]);
    let shown = String::from_utf8(made.stdout).unwrap();
    assert!(
        shown.starts_with("content/cities/etc-passwd.toml\n"),
        "{shown}"
    );
    let nowhere = tempfile::TempDir::new().unwrap();
    assert_eq!(status(&new(nowhere.path(), &["city", "x"])), 3);
}

#[test]
fn the_language_of_messages_stands_before_the_command() {
    let temp = Tiny::new().in_folder();
    let root = temp.path().to_str().unwrap();
    let args = [
        "--lang", "pl", "new", "--root", root, "city", "Żory", "--lang", "en",
    ];
    let made = twintown(&args, &[]);
    assert!(
        told(&made).contains("Identyfikator to zory"),
        "{}",
        told(&made)
    );
    assert!(temp.path().join("content/cities/zory.en.md").is_file());
    assert!(!temp.path().join("content/cities/zory.pl.md").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_outside_of_the_site() {
    let temp = Tiny::new().in_folder();
    let outside = tempfile::TempDir::new().unwrap();
    let link = temp.path().join("content/news");
    std::os::unix::fs::symlink(outside.path(), link).unwrap();
    assert_eq!(status(&new(temp.path(), &["news", "x"])), 3);
    assert_eq!(std::fs::read_dir(outside.path()).unwrap().count(), 0);
}
