//! The architecture's table: a module imports only from those before it.

use super::output::{none, repository};
use std::collections::BTreeSet;
use walkdir::WalkDir;

const ORDER: [&str; 24] = [
    "memo", "later", "source", "picture", "lang", "diag", "content", "kinds", "model", "check",
    "routes", "theme", "map", "pages", "render", "project", "external", "output", "report",
    "status", "compose", "import", "serve", "cli",
];

/// The modules a text names as `crate::…`, alone or in a group.
fn named(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in text.split("crate::").skip(1) {
        let word = |text: &str| {
            text.chars()
                .take_while(|letter| letter.is_alphanumeric() || *letter == '_')
                .collect::<String>()
        };
        match rest.strip_prefix('{') {
            None => drop(found.insert(word(rest))),
            Some(group) => {
                let mut depth = 0;
                let mut at_start = true;
                for (index, letter) in group.char_indices() {
                    match letter {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => at_start = true,
                        letter if at_start && letter.is_alphabetic() => {
                            at_start = false;
                            found.insert(word(&group[index..]));
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

#[test]
fn modules_import_only_from_earlier_ones() {
    let src = repository().join("src");
    let place = |module: &str| ORDER.iter().position(|known| *known == module);
    let mut wrong = Vec::new();
    for entry in WalkDir::new(&src)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "rs"))
    {
        let path = entry
            .path()
            .strip_prefix(&src)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        if ["lib.rs", "main.rs"].contains(&path.as_str()) {
            continue;
        }
        let module = path.split(['/', '.']).next().unwrap();
        let Some(own) = place(module) else {
            wrong.push(format!("{path}: `{module}` has no place in the order"));
            continue;
        };
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let code: String = text
            .split("#[cfg(test)]")
            .next()
            .unwrap()
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect::<Vec<_>>()
            .join("\n");
        for other in named(&code) {
            match place(&other) {
                Some(there) if there <= own => {}
                Some(_) => wrong.push(format!("{path} imports from `{other}`, which comes later")),
                // Macros are exported at the crate's root.
                None if code.contains(&format!("crate::{other}!")) => {}
                None => wrong.push(format!(
                    "{path} imports from `{other}`, which has no place in the order"
                )),
            }
        }
    }
    none("imports", wrong);
}

#[test]
fn groups_are_understood() {
    let names: Vec<String> =
        named("use crate::{a::{b, c}, d, e::f};\nuse crate::g::h; crate::i!();")
            .into_iter()
            .collect();
    assert_eq!(names, ["a", "d", "e", "g", "i"]);
}
