//! The site after an edit that has changed nothing but texts, names, places and steps.
//!
//! Most edits are of this kind: a sentence is added to the text of a town, a telephone
//! number is another, a dot on the map moves, an agreement is signed. Links, addresses
//! and most checks do not look at such things, so all of that is what it was. Where
//! that is not certain, the site is loaded as usual.

use super::records::Parsed;
use super::sources::Read;
use super::{Kept, Loaded, Options};
use crate::check;
use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Record;
use crate::model::{RecordId, Site};
use crate::pages::OF_STAGES;
use crate::render::{Snapshot, has_routes_of};
use crate::source::FileId;
use std::sync::Arc;

/// The records that have changed, where all that has changed is what they are called, where
/// partnerships stand, and what pages show of them.
pub(super) struct Changed {
    records: Vec<(RecordId, Arc<Record>)>,
    /// Some are called otherwise.
    renamed: bool,
    /// The partnerships that may stand elsewhere.
    standing: Vec<RecordId>,
}

impl Changed {
    /// What has changed since the load before; `None` where more may have.
    pub(super) fn since(
        previous: &Loaded,
        read: &Read,
        parsed: &Parsed,
        options: &Options,
    ) -> Option<Changed> {
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
        let mut renamed = false;
        let mut standing = Vec::new();
        let mut records = Vec::new();
        for [now, then] in parsed.changed_since(&kept.records)? {
            let (now, then) = (now?, then?);
            let id = before.site.get(now.kind(), &now.id)?;
            let is_shown = std::ptr::eq(before.site.record(id), &**then);
            if !is_shown || !now.is_linked_like(then) {
                return None;
            }
            renamed |= !now.is_called_like(then);
            standing.extend((!now.stands_like(then)).then_some(id));
            records.push((id, Arc::clone(now)));
        }
        // Names are suggested for ids that are none.
        let suggests = |problem: &Diagnostic| problem.code == Code::UnresolvedReference;
        let certain = !renamed || !others.iter().any(suggests);
        certain.then_some(Changed {
            records,
            renamed,
            standing,
        })
    }

    /// The site with what has changed; `None` where some of its addresses are others: there is
    /// a list for each stage.
    pub(super) fn site(&self, previous: &Loaded) -> Option<Site> {
        let before = previous.snapshot.as_ref()?;
        let records = self.records.clone();
        let site = match self.renamed {
            false => before.site.with_texts(records),
            true => before.site.with_names(records),
        };
        if self.standing.is_empty() {
            return Some(site);
        }
        let site = site.with_standing(&self.standing);
        let config = previous.kept.read.config;
        let (theme, routes) = (&before.theme, &before.routes);
        has_routes_of(&site, theme, config, routes, OF_STAGES).then_some(site)
    }

    /// The state with this site. `problems` are those of reading it.
    pub(super) fn put(
        self,
        site: Site,
        previous: &Loaded,
        read: Arc<Read>,
        records: Arc<Parsed>,
        mut problems: Problems,
    ) -> Loaded {
        let kept = &previous.kept;
        let before = previous.snapshot.as_ref();
        let before = before.expect("of a whole site it is known what has changed");
        let mut others = kept.others.clone().unwrap_or_default();
        if self.renamed {
            check::run_for_names(&site, Arc::make_mut(&mut others));
        }
        let changed: Vec<RecordId> = self.records.iter().map(|(id, _)| *id).collect();
        let of_records = kept.of_records.with(&site, &changed);
        problems.extend(others.iter().cloned());
        problems.extend(of_records.all().cloned());
        let snapshot = Snapshot::new(
            site,
            Arc::clone(&before.routes),
            Arc::clone(&before.theme),
            read.sources.clone(),
            before.base_url.clone(),
            read.config,
        );
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
                others: Some(others),
                of_records,
            },
        };
        loaded.add(problems);
        loaded
    }
}
