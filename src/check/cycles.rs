//! Nothing is part of itself.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Data;
use crate::model::{MOST_ABOVE, RecordId, Site};
use crate::source::Span;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for id in site.all() {
        let Some((_, span)) = above(site, id) else {
            continue;
        };
        let last = site.ancestors(id).last().unwrap_or(id);
        let around = site.ancestors(id).count();
        // The way up ends at a record that has something above it: at one passed already, or too high.
        match above(site, last) {
            Some((next, _)) if next == id => problems
                .push(Diagnostic::new(Code::PartOfCycle, span).with("id", &site.record(id).id)),
            Some(_) if around >= MOST_ABOVE => {
                problems.push(Diagnostic::new(Code::TooDeep, span).with("limit", MOST_ABOVE))
            }
            _ => {}
        }
    }
}

fn above(site: &Site, id: RecordId) -> Option<(RecordId, Span)> {
    match &site.record(id).data {
        Data::Page(page) => {
            let parent = page.parent.as_ref()?;
            Some((site.resolve(parent)?, parent.span))
        }
        data => {
            let part_of = data.profile()?.part_of.as_ref()?;
            Some((site.resolve(part_of)?, part_of.span))
        }
    }
}
