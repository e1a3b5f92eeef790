//! Which files make up which record.

use super::Problems;
use super::address::is_id;
use super::code::unknown_language;
use crate::diag::{Code, Diagnostic};
use crate::lang::{Lang, TagError};
use crate::source::{FileId, Span, parent};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The files of one record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct RecordFiles {
    pub id: String,
    /// Where its own files are looked for, from the site's root.
    pub folder: String,
    pub toml: Option<FileId>,
    pub bodies: Vec<BodyFile>,
}

/// A Markdown file of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BodyFile {
    pub lang: Lang,
    pub file: FileId,
}

impl RecordFiles {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = FileId> {
        self.toml
            .into_iter()
            .chain(self.bodies.iter().map(|body| body.file))
    }

    /// The file to name when a problem is about the record as a whole.
    pub fn main_file(&self) -> FileId {
        self.toml
            .or_else(|| self.bodies.first().map(|body| body.file))
            .expect("a record is made of at least one file")
    }
}

/// Sorts the files of one kind's folder into records.
///
/// `files` are the paths below `root` (`content/cities`), sorted. A record is
/// `<id>.toml` with `<id>.<lang>.md`, or a folder `<id>/` with `index.toml` or
/// `<lang>.md`; other folders mean nothing.
pub fn group(root: &str, files: &[(FileId, &str)], problems: &mut Problems) -> Vec<RecordFiles> {
    let mut grouping = Grouping {
        record_folders: files
            .iter()
            .filter(|(_, path)| parent(path) != root && marks_record_folder(path))
            .map(|(_, path)| parent(path))
            .collect(),
        records: BTreeMap::new(),
        problems,
    };
    for (file, path) in files {
        grouping.place(root, *file, path);
    }
    let mut records: Vec<RecordFiles> = grouping.records.into_values().collect();
    for record in &mut records {
        record.bodies.sort_by_key(|body| body.lang);
    }
    records
}

fn marks_record_folder(path: &str) -> bool {
    let name = &path[parent(path).len() + 1..];
    name == "index.toml"
        || name
            .strip_suffix(".md")
            .is_some_and(|stem| matches!(Lang::parse(stem), Ok(_) | Err(TagError::Mistaken(_))))
}

struct Grouping<'a> {
    record_folders: BTreeSet<&'a str>,
    /// By id; the same id in two places is reported, and the first kept.
    records: BTreeMap<&'a str, RecordFiles>,
    problems: &'a mut Problems,
}

impl<'a> Grouping<'a> {
    fn place(&mut self, root: &str, file: FileId, path: &'a str) {
        let mut folder = parent(path);
        while folder.len() > root.len() {
            if self.record_folders.contains(folder) {
                // Only the folder's own files are the record's text; deeper ones are media.
                if parent(path) == folder {
                    self.place_in_folder(file, path, folder);
                }
                return;
            }
            folder = parent(folder);
        }
        self.place_flat(file, path);
    }

    fn place_in_folder(&mut self, file: FileId, path: &'a str, folder: &'a str) {
        let name = &path[folder.len() + 1..];
        let id = &folder[parent(folder).len() + 1..];
        if name == "index.toml" {
            self.add(id, folder, file, None);
        } else if let Some(stem) = name.strip_suffix(".md") {
            self.add_body(id, folder, file, stem, name);
        }
    }

    fn place_flat(&mut self, file: FileId, path: &'a str) {
        let folder = parent(path);
        let name = &path[folder.len() + 1..];
        if let Some(id) = name.strip_suffix(".toml") {
            self.add(id, folder, file, None);
        } else if let Some(stem) = name.strip_suffix(".md") {
            match stem.rsplit_once('.') {
                Some((id, lang)) => self.add_body(id, folder, file, lang, name),
                None => self.report(Code::BodyLanguage, file, name),
            }
        } else if [".yaml", ".yml", ".json", ".markdown", ".txt"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            self.report(Code::StrayFile, file, name);
        }
    }

    fn add_body(&mut self, id: &'a str, folder: &str, file: FileId, lang: &str, name: &str) {
        match Lang::parse(lang) {
            Ok(lang) => self.add(id, folder, file, Some(lang)),
            Err(error @ (TagError::Mistaken(_) | TagError::Unknown)) => {
                // A file is not renamed for its editor, so there is no mend to apply.
                let span = Span::file(file);
                self.problems
                    .push(unknown_language(lang, span, error, str::to_owned, |_| {
                        false
                    }));
            }
            Err(TagError::Malformed) => self.report(Code::BodyLanguage, file, name),
        }
    }

    /// Adds the TOML (`lang` is `None`) or one body to a record.
    fn add(&mut self, id: &'a str, folder: &str, file: FileId, lang: Option<Lang>) {
        if !is_id(id) {
            self.report(Code::FileName, file, id);
            return;
        }
        let record = self.records.entry(id).or_insert_with(|| RecordFiles {
            id: id.to_owned(),
            folder: folder.to_owned(),
            toml: None,
            bodies: Vec::new(),
        });
        let taken = match lang {
            None => record.toml,
            Some(lang) => record
                .bodies
                .iter()
                .find(|body| body.lang == lang)
                .map(|body| body.file),
        };
        if let Some(first) = taken.or_else(|| (record.folder != folder).then(|| record.main_file()))
        {
            self.problems.push(
                Diagnostic::new(Code::RecordTwice, Span::file(file))
                    .with("id", id)
                    .related(Span::file(first), "labels.first_here"),
            );
            return;
        }
        match lang {
            None => record.toml = Some(file),
            Some(lang) => record.bodies.push(BodyFile { lang, file }),
        }
    }

    fn report(&mut self, code: Code, file: FileId, name: &str) {
        self.problems
            .push(Diagnostic::new(code, Span::file(file)).with("name", name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grouped(paths: &[&str]) -> (Vec<String>, Vec<&'static str>) {
        let files: Vec<_> = paths
            .iter()
            .enumerate()
            .map(|(n, path)| (FileId(n as u32), *path))
            .collect();
        let mut problems = Problems::new();
        let records = group("c/cities", &files, &mut problems);
        let shown = records
            .iter()
            .map(|record| {
                let langs: Vec<_> = record
                    .bodies
                    .iter()
                    .map(|body| body.lang.to_string())
                    .collect();
                format!(
                    "{} {} {}",
                    record.id,
                    record.toml.is_some(),
                    langs.join("+")
                )
            })
            .collect();
        (
            shown,
            problems
                .iter()
                .map(|problem| problem.code.as_str())
                .collect(),
        )
    }

    #[test]
    fn both_layouts_and_subfolders() {
        let (records, problems) = grouped(&[
            "c/cities/bucha/herb.svg",
            "c/cities/bucha/index.toml",
            "c/cities/bucha/pl.md",
            "c/cities/pl/sochaczew.pl.md",
            "c/cities/pl/sochaczew.toml",
            "c/cities/zory.uk.md",
        ]);
        assert_eq!(
            records,
            ["bucha true pl", "sochaczew true pl", "zory false uk"]
        );
        assert_eq!(problems, [""; 0]);
    }

    #[test]
    fn mistakes_in_names_are_reported() {
        let cases = [
            ("c/cities/Żory.toml", "TW0103"),
            ("c/cities/zory.md", "TW0105"),
            ("c/cities/zory.ua.md", "TW0206"),
            ("c/cities/zory.yaml", "TW0108"),
        ];
        for (path, code) in cases {
            assert_eq!(grouped(&[path]).1, [code], "{path}");
        }
        assert_eq!(
            grouped(&["c/cities/a/zory.toml", "c/cities/zory.toml"]).1,
            ["TW0106"]
        );
    }
}
