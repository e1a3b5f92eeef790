//! What a site has already: ids, and the languages it is published in.

use crate::content::{self, Problems, TableAt};
use crate::kinds::Kind;
use crate::lang::Lang;
use crate::source::{FileError, FileId, Files, Span};
use std::collections::BTreeMap;

/// The records of a site, by kind and id, each with the path of its main file.
#[derive(Debug, Clone, Default)]
pub struct Existing(BTreeMap<(Kind, String), String>);

impl Existing {
    /// Lists them; their texts are not read.
    pub fn list(files: &dyn Files) -> Result<Existing, FileError> {
        let mut existing = Existing::default();
        for kind in Kind::ALL {
            let root = format!("content/{}", kind.folder());
            let entries = files.list(&root).map_err(|error| FileError {
                path: root.clone(),
                error,
            })?;
            let paths: Vec<(FileId, &str)> = entries
                .iter()
                .enumerate()
                .map(|(index, entry)| (FileId(index as u32), &*entry.path))
                .collect();
            // What is wrong with them is for `check` to say.
            for record in content::group(&root, &paths, &mut Problems::new()) {
                let path = &entries[record.main_file().0 as usize].path;
                existing.add(*kind, &record.id, path);
            }
        }
        Ok(existing)
    }

    /// Takes in a record.
    pub fn add(&mut self, kind: Kind, id: &str, path: &str) {
        self.0.insert((kind, id.to_owned()), path.to_owned());
    }

    /// The record that has this id among those that share their ids with `kind`.
    pub fn bearer(&self, kind: Kind, id: &str) -> Option<(Kind, &str)> {
        Kind::ALL
            .iter()
            .filter(|other| kind.shares_ids(**other))
            .find_map(|other| {
                let path = self.0.get(&(*other, id.to_owned()))?;
                Some((*other, path.as_str()))
            })
    }
}

/// The languages a site is published in, its own first; none when it does not say.
pub fn languages(files: &dyn Files) -> Vec<Lang> {
    let bytes = files.read("content/site.toml").unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let mut problems = Problems::new();
    let file = FileId(0);
    let toml = content::read_toml(&text, 0..text.len(), file, &mut problems);
    let table = TableAt {
        file,
        base: 0,
        source: &text,
        lang: None,
        table: toml.table.get_ref(),
        span: Span::file(file),
    };
    let own: Option<Lang> = content::read_field("default_language", &[table], &mut problems);
    let all: Option<Vec<Lang>> = content::read_field("languages", &[table], &mut problems);
    let mut languages: Vec<Lang> = own.into_iter().collect();
    for language in all.unwrap_or_default() {
        if !languages.contains(&language) {
            languages.push(language);
        }
    }
    languages
}
