//! The catalogue of codes: each is told in every language, and its example shows what it says.

use super::output::{none, repository};
use super::tiny::Tiny;
use std::fs;
use twintown::diag::{Code, Severity};
use twintown::lang::Lang;
use twintown::output::render_all;
use twintown::report::{Words, example, explain};

/// Codes that no text of a record can show, with the reason.
const WITHOUT_EXAMPLE: &[(&str, &str)] = &[
    ("TW0102", "the mistake is in the bytes, not in the text"),
    ("TW0107", "a file of more than a megabyte"),
    ("TW0109", "a link on disk"),
    ("TW0110", "eighty brackets inside each other"),
    ("TW0111", "more things than an example has room for"),
    ("TW0115", "a folder in place of a file"),
    ("TW0411", "the answer of another site"),
    ("TW0412", "the answer of another site"),
    ("TW0413", "the answer of another site"),
    ("TW0418", "the size of a picture"),
    ("TW0501", "a file that is not there"),
    ("TW0701", "a table, which is not a file of the site"),
    ("TW0505", "right is only a strings file with every text"),
];

/// The site that examples are put into.
fn base() -> Tiny {
    let site = "title = \"Our partner towns\"\nlanguages = [\"en\", \"pl\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\n";
    let places = [
        ("cities/sochaczew", "Sochaczew", "PL"),
        ("cities/zory", "Żory", "PL"),
        ("cities/krefeld", "Krefeld", "DE"),
        ("cities/melton-mowbray", "Melton Mowbray", "GB"),
        ("cities/bucha", "Bucha", "UA"),
        ("regions/mazowieckie", "Masovian Voivodeship", "PL"),
        ("regions/khmelnytska-oblast", "Khmelnytskyi oblast", "UA"),
        ("regions/lvivska-oblast", "Lviv oblast", "UA"),
    ];
    let empty = Tiny::default().with("content/site.toml", site);
    places.iter().fold(empty, |tiny, (path, name, country)| {
        tiny.with(
            &format!("content/{path}.toml"),
            format!("name = \"{name}\"\ncountry = \"{country}\"\n"),
        )
    })
}

/// The problems of a site, those of its templates included.
fn problems(tiny: &Tiny) -> Vec<Code> {
    let loaded = tiny.load();
    let of_pages = {
        let files = tiny.files();
        let snapshot = loaded.snapshot.as_ref();
        snapshot
            .map(|snapshot| render_all(snapshot, &files))
            .unwrap_or_default()
    };
    let all = loaded.problems.iter().chain(&of_pages);
    all.map(|problem| problem.code).collect()
}

fn names(codes: &[Code]) -> String {
    let names: Vec<&str> = codes.iter().map(|code| code.as_str()).collect();
    names.join(" ")
}

fn all_words() -> impl Iterator<Item = Words> {
    Words::languages().map(|tag| Words::new(Lang::parse(tag).unwrap()))
}

#[test]
fn every_code_is_told_in_every_language() {
    let mut wrong = Vec::new();
    for tag in Words::languages() {
        let path = repository().join(format!("src/report/messages/{tag}.toml"));
        let messages: toml::Table = fs::read_to_string(path).unwrap().parse().unwrap();
        let told = messages["problems"].as_table().unwrap();
        for name in told.keys() {
            if Code::from_name(name).is_none() {
                wrong.push(format!("{tag}: {name} is no code"));
            }
        }
        for code in Code::ALL {
            let code = code.as_str();
            let text = |part| told.get(code)?.get(part)?.as_str();
            for part in ["title", "message", "help", "story"] {
                if text(part).unwrap_or_default().trim().is_empty() {
                    wrong.push(format!("{tag}: {code} has no {part}"));
                }
            }
            for part in ["title", "story"] {
                if text(part).unwrap_or_default().contains(['{', '}']) {
                    wrong.push(format!("{tag}: the {part} of {code} has a brace"));
                }
            }
            if text("title").is_some_and(|title| title.ends_with('.')) {
                wrong.push(format!("{tag}: the title of {code} ends with a full stop"));
            }
        }
    }
    none("gaps in the messages", wrong);
}

#[test]
fn every_example_is_wrong_and_then_right() {
    assert_eq!(names(&problems(&base())), "", "the base is sound");
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let Some(example) = example(*code) else {
            continue;
        };
        let site = example
            .with
            .iter()
            .fold(base(), |tiny, (path, text)| tiny.with(path, text));
        let others = |codes: Vec<Code>| -> Vec<Code> {
            let is_other = |other: &Code| other != code && other.severity() == Severity::Error;
            codes.into_iter().filter(is_other).collect()
        };
        let found = problems(&site.clone().with(&example.file, &example.wrong));
        if !found.contains(code) {
            wrong.push(format!(
                "{}: wrong gives [{}]",
                code.as_str(),
                names(&found)
            ));
        }
        let more = others(found);
        if !more.is_empty() {
            wrong.push(format!(
                "{}: wrong also gives {}",
                code.as_str(),
                names(&more)
            ));
        }
        let file = example.right_file.as_ref().unwrap_or(&example.file);
        let found = problems(&site.with(file, &example.right));
        if found.contains(code) || !others(found.clone()).is_empty() {
            wrong.push(format!(
                "{}: right gives [{}]",
                code.as_str(),
                names(&found)
            ));
        }
    }
    none("examples", wrong);
}

#[test]
fn every_code_has_an_example_or_a_reason() {
    let excused = |code: &Code| {
        WITHOUT_EXAMPLE
            .iter()
            .any(|(name, _)| *name == code.as_str())
    };
    let either = |code: &&Code| example(**code).is_some() == excused(code);
    none(
        "codes without an example, or with an excuse they do not need",
        Code::ALL
            .iter()
            .filter(either)
            .map(|code| code.as_str())
            .collect(),
    );
}

#[test]
fn explain_says_what_is_wrong_and_what_is_right() {
    let mut wrong = Vec::new();
    for words in all_words() {
        for code in Code::ALL {
            let text = explain(*code, &words);
            let mut needed = vec![
                code.as_str().to_owned(),
                words.title(*code),
                words.story(*code),
            ];
            if let Some(example) = example(*code) {
                let right = example.right_file.as_ref().unwrap_or(&example.file);
                let heading = |key, file: &str| words.say_with(key, &[("file", file)]);
                needed.push(heading("report.example.wrong", &example.file));
                needed.push(heading("report.example.right", right));
            }
            for part in needed {
                if !text.contains(&part) {
                    wrong.push(format!("{} {}: no {part}", words.tag(), code.as_str()));
                }
            }
        }
    }
    none("explanations", wrong);
}
