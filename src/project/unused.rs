//! Files that lie in the site and that nothing names.

use super::records::Records;
use super::sources::Read;
use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Kind, SiteConfig};
use crate::model;
use crate::source::{EntryKind, FileId, Span};
use std::collections::HashSet;

/// Reports the files that no record and no setting names.
pub(super) fn report_unused(
    read: &Read,
    config: &SiteConfig,
    records: &Records,
    problems: &mut Problems,
) {
    // What a record that can't be read would name is not known.
    if !records.complete {
        return;
    }
    let all = records.published.iter().chain(&records.unpublished);
    let used: HashSet<String> = model::file_references(config, all)
        .into_iter()
        .filter_map(|(path, _, _)| path)
        .collect();
    let reported: HashSet<FileId> = problems.iter().map(|problem| problem.span.file).collect();
    for (file, entry) in &read.content {
        let is_record = entry.path.ends_with(".toml") || entry.path.ends_with(".md");
        let known_folder =
            entry.path["content/".len()..]
                .split_once('/')
                .is_some_and(|(folder, _)| {
                    folder == "media" || Kind::ALL.iter().any(|kind| kind.folder() == folder)
                });
        if entry.kind == EntryKind::File
            && !is_record
            && known_folder
            && !used.contains(&entry.path)
            && !reported.contains(file)
        {
            problems.push(
                Diagnostic::new(Code::UnusedFile, Span::file(*file)).with("path", &entry.path),
            );
        }
    }
}
