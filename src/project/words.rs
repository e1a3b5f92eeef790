//! The site after an edit that has changed nothing but words.
//!
//! Most edits are of this kind: a sentence is added to the text of a town. Links,
//! labels, addresses and checks do not look at such words, so all of that is what
//! it was. Where it is not certain that it is, the site is loaded as usual.

use super::records::Parsed;
use super::sources::Read;
use super::{Kept, Loaded, Options};
use crate::content::Problems;
use crate::kinds::Record;
use crate::model::RecordId;
use crate::render::Snapshot;
use crate::source::FileId;
use std::sync::Arc;

/// The records that have other words, if nothing else differs from the load before.
pub(super) fn changed(
    read: &Read,
    parsed: &Parsed,
    options: &Options,
    previous: &Loaded,
) -> Option<Vec<(RecordId, Arc<Record>)>> {
    let kept = &previous.kept;
    let before = previous.snapshot.as_ref()?;
    let others = kept.others.as_ref()?;
    let files = read.changed_since(&kept.read)?;
    let is_text = |file: &FileId| {
        let path = &read.sources.get(*file).path;
        path.starts_with("content/") && path.ends_with(".md")
    };
    // What was said of a text is not certain to be said of the next.
    let is_said = |file: FileId| files.contains(&file);
    if kept.options != *options
        || !files.iter().all(is_text)
        || others.iter().any(|problem| problem.is_about(is_said))
    {
        return None;
    }
    let changed = parsed.changed_since(&kept.records)?;
    let changed = changed.map(|(now, then)| {
        let (now, then) = (now?, then?);
        let id = before.site.get(now.kind(), &now.id)?;
        let is_shown = std::ptr::eq(before.site.record(id), &**then);
        let same = now.has_other_words_only(&read.sources, then, &before.sources);
        (is_shown && same).then(|| (id, Arc::clone(now)))
    });
    changed.collect()
}

/// The site with other words. `problems` are those of reading it.
pub(super) fn put(
    changed: Vec<(RecordId, Arc<Record>)>,
    read: Read,
    records: Parsed,
    previous: &Loaded,
    mut problems: Problems,
) -> Loaded {
    let kept = &previous.kept;
    let before = (previous.snapshot.as_ref()).expect("only a whole site has other words only");
    let others = kept.others.iter().flat_map(|others| others.iter());
    let snapshot = Snapshot::new(
        before.site.with_words(changed),
        Arc::clone(&before.routes),
        Arc::clone(&before.theme),
        read.sources.clone(),
        before.base_url.clone(),
        read.config,
    );
    problems.extend(others.cloned());
    let mut loaded = Loaded {
        snapshot: Some(snapshot),
        problems: Problems::new(),
        strict: previous.strict,
        ignored: previous.ignored.clone(),
        kept: Kept {
            options: kept.options.clone(),
            read,
            records,
            assets: kept.assets.clone(),
            appearance: kept.appearance.clone(),
            others: kept.others.clone(),
        },
    };
    loaded.add(problems);
    loaded
}
