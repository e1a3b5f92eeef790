//! Ukrainian names in Latin letters, by the names of `tests/lang/romanisation.tsv`.

use super::output::{none, repository};
use std::collections::BTreeMap;
use twintown::lang::{romanise, slugify};

#[test]
fn names_are_written_by_resolution_55() {
    let path = repository().join("tests/lang/romanisation.tsv");
    let text = std::fs::read_to_string(path).unwrap();
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    let mut wrong = Vec::new();
    for line in text.lines() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, latin) = line.split_once('\t').expect(line);
        if name.contains(|letter: char| letter.is_ascii_alphabetic()) || !latin.is_ascii() {
            wrong.push(format!("{line}: a letter of the other alphabet"));
        }
        if names.insert(name, latin).is_some() {
            wrong.push(format!("{name}: twice"));
        }
        let (written, id) = (romanise(name), slugify(name));
        if written != latin.to_lowercase() || id != written.replace(' ', "-") {
            wrong.push(format!("{name}: {latin}, not {written} ({id})"));
        }
    }
    none("names", wrong);
    assert!(names.len() > 250);
}
