//! The stage of a partnership, by the cases of `tests/model/stages.txt`.

use super::output::repository;
use super::tiny::{Tiny, shown};
use std::fmt::Write;
use twintown::kinds::Kind;

/// The record a case describes.
fn record(lines: &[&str]) -> String {
    let mut parties = "parties = [\"a\", \"b\"]\n".to_owned();
    let mut stage = String::new();
    let mut steps = String::new();
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[0] {
            "parties" => {
                let entry = |word: &&str| match word.split_once('/') {
                    Some((id, left)) => format!("{{ id = \"{id}\", left = {} }}", date(left)),
                    None => format!("\"{word}\""),
                };
                let entries: Vec<String> = words[1..].iter().map(entry).collect();
                parties = format!("parties = [{}]\n", entries.join(", "));
            }
            "stage" => {
                stage = format!(
                    "stage = {{ value = \"{}\", reason = \"set by hand\" }}\n",
                    words[1]
                )
            }
            step => {
                write!(steps, "[[step]]\ntype = \"{step}\"\n").unwrap();
                let mut rest = words[1..].iter();
                while let Some(word) = rest.next() {
                    match *word {
                        "by" => writeln!(steps, "by = \"{}\"", rest.next().unwrap()).unwrap(),
                        "valid_until" | "effective" => {
                            writeln!(steps, "{word} = {}", date(rest.next().unwrap())).unwrap()
                        }
                        day => writeln!(steps, "date = {}", date(day)).unwrap(),
                    }
                }
            }
        }
    }
    parties + &stage + &steps
}

/// A day bare, a month in quotes, a year as a number.
fn date(text: &str) -> String {
    match text.len() {
        7 => format!("\"{text}\""),
        _ => text.to_owned(),
    }
}

/// What the program says of a record, in the words of the cases.
fn derived(record: &str) -> String {
    let loaded = Tiny::new()
        .with("content/partnerships/p.toml", record)
        .load();
    let site = &loaded.snapshot.as_ref().unwrap().site;
    let Some(id) = site.get(Kind::Partnership, "p") else {
        return format!("{:?}", shown(&loaded));
    };
    let relation = site.relation(id);
    let stage = &relation.stage;
    let name = |place: &usize| ["a", "b", "c"][*place].to_owned();
    let names = |places: &[usize]| places.iter().map(name).collect::<Vec<_>>().join(",");
    let mut text = stage.value.as_str().to_owned();
    let mut part = |word: &str, value: Option<String>| {
        if let Some(value) = value {
            write!(text, " {word} {value}").unwrap();
        }
    };
    part("since", stage.since.map(|date| date.to_string()));
    part("until", stage.until.map(|date| date.to_string()));
    part("by", stage.by.map(|by| name(&by)));
    part("expired", stage.expired.then(String::new));
    part(
        "approved",
        (!stage.approved.is_empty()).then(|| names(&stage.approved)),
    );
    part(
        "waiting",
        (!stage.waiting.is_empty()).then(|| names(&stage.waiting)),
    );
    part(
        "overridden",
        stage.overridden.as_ref().map(|_| String::new()),
    );
    part("bound", relation.since.map(|date| date.to_string()));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn stages_follow_from_steps() {
    let path = repository().join("tests/model/stages.txt");
    let text = std::fs::read_to_string(path).unwrap();
    let mut steps: Vec<&str> = Vec::new();
    let mut cases = 0;
    let mut wrong = String::new();
    for (number, line) in text.lines().enumerate() {
        match line.strip_prefix("=>") {
            _ if line.trim().is_empty() || line.starts_with('#') => {}
            None => steps.push(line),
            Some(expected) => {
                cases += 1;
                let found = derived(&record(&steps));
                if found != expected.trim() {
                    writeln!(
                        wrong,
                        "line {}: {}\n  expected {}\n  found    {found}",
                        number + 1,
                        steps.join("; "),
                        expected.trim()
                    )
                    .unwrap();
                }
                steps.clear();
            }
        }
    }
    assert!(
        cases > 20 && steps.is_empty(),
        "{cases} cases, left over: {steps:?}"
    );
    assert!(wrong.is_empty(), "\n{wrong}");
}
