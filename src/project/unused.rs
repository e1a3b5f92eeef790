//! Files that lie in the site and that nothing names.

use super::records::Records;
use super::sources::Read;
use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Kind, Mentions, SiteConfig};
use crate::source::{EntryKind, FileId, Span};
use std::collections::HashSet;

/// Reports the files that no record and no setting names, save those that are `known` to
/// have problems.
pub(super) fn report_unused(
    read: &Read,
    config: &SiteConfig,
    records: &Records,
    known: &Problems,
    problems: &mut Problems,
) {
    // What a record that can't be read would name is not known.
    if !records.complete {
        return;
    }
    let settings = Mentions::of_config(config);
    let all = records.published.iter().chain(&records.unpublished);
    let mentions = all
        .map(|record| &record.mentions)
        .chain(std::iter::once(&settings));
    let used: HashSet<&str> = mentions
        .flat_map(|mentions| &mentions.files)
        .filter_map(|file| file.path.as_deref())
        .collect();
    let reported = known.iter().chain(problems.iter());
    let reported: HashSet<FileId> = reported.map(|problem| problem.span.file).collect();
    for found in read.content() {
        let (file, entry) = (found.file, &found.entry);
        let is_record = entry.path.ends_with(".toml") || entry.path.ends_with(".md");
        if is_record || entry.kind != EntryKind::File {
            continue;
        }
        let known_folder =
            entry.path["content/".len()..]
                .split_once('/')
                .is_some_and(|(folder, _)| {
                    folder == "media" || Kind::ALL.iter().any(|kind| kind.folder() == folder)
                });
        if known_folder && !used.contains(&*entry.path) && !reported.contains(&file) {
            problems.push(
                Diagnostic::new(Code::UnusedFile, Span::file(file)).with("path", &entry.path),
            );
        }
    }
}
