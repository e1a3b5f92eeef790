//! The site after an edit that has changed nothing but texts that pages show.
//!
//! Most edits are of this kind: a sentence is added to the text of a town, a telephone
//! number is another. Links, labels, addresses and checks do not look at such texts, so
//! all of that is what it was. Where that is not certain, the site is loaded as usual.

use super::records::Parsed;
use super::sources::Read;
use super::{Kept, Loaded, Options};
use crate::content::Problems;
use crate::kinds::Record;
use crate::model::RecordId;
use crate::render::Snapshot;
use crate::source::FileId;
use std::sync::Arc;

/// The records that have other texts, if nothing else differs from the load before.
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
    // What was said of a text is not certain to be said of the next.
    let is_said = |file: FileId| files.contains(&file);
    if kept.options != *options
        || !files.iter().all(|file| parsed.has(*file))
        || others.iter().any(|problem| problem.is_about(is_said))
    {
        return None;
    }
    let changed = parsed.changed_since(&kept.records)?;
    let changed = changed.map(|(now, then)| {
        let (now, then) = (now?, then?);
        let id = before.site.get(now.kind(), &now.id)?;
        let is_shown = std::ptr::eq(before.site.record(id), &**then);
        (is_shown && now.is_linked_like(then)).then(|| (id, Arc::clone(now)))
    });
    changed.collect()
}

/// The site with those texts. `problems` are those of reading it.
pub(super) fn put(
    changed: Vec<(RecordId, Arc<Record>)>,
    read: Read,
    records: Parsed,
    previous: &Loaded,
    mut problems: Problems,
) -> Loaded {
    let kept = &previous.kept;
    let before =
        (previous.snapshot.as_ref()).expect("only of a whole site it is known what is the same");
    let others = kept.others.iter().flat_map(|others| others.iter());
    let snapshot = Snapshot::new(
        before.site.with_texts(changed),
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
