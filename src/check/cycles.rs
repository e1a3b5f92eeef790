//! Nothing is part of itself.

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Data;
use crate::model::{RecordId, Site};
use crate::source::Span;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for id in site.all() {
        let Some((above, span)) = above(site, id) else {
            continue;
        };
        let mut next = Some(above);
        let mut seen = vec![];
        while let Some(record) = next {
            if record == id {
                problems
                    .push(Diagnostic::new(Code::PartOfCycle, span).with("id", &site.record(id).id));
                break;
            }
            if seen.contains(&record) {
                break;
            }
            seen.push(record);
            next = self::above(site, record).map(|(above, _)| above);
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
