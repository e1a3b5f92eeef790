//! A link to a heading leads to one.

use crate::content::{Body, Destination, Problems};
use crate::diag::{Code, Diagnostic};
use crate::kinds::Kind;
use crate::model::Site;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for id in site.all() {
        for body in &site.record(id).bodies {
            for (destination, span) in &body.destinations {
                let (anchor, there) = match destination {
                    Destination::Anchor(anchor) => (anchor, Some(body)),
                    Destination::Record {
                        kind,
                        id,
                        anchor: Some(anchor),
                    } => (anchor, target(site, kind, id, body)),
                    _ => continue,
                };
                let Some(there) = there else { continue };
                if !there.headings.iter().any(|heading| heading.id == *anchor) {
                    let known = there.headings.iter().map(|heading| heading.id.as_str());
                    problems.push(
                        Diagnostic::new(Code::BrokenAnchor, *span)
                            .with("target", format!("#{anchor}"))
                            .nearest(anchor, known),
                    );
                }
            }
        }
    }
}

/// The body a reader of `from` comes to: the one of the same language, else any.
fn target<'a>(site: &'a Site, kind: &str, id: &str, from: &Body) -> Option<&'a Body> {
    let record = site.record(site.get(Kind::from_name(kind)?, id)?);
    record.body(from.lang).or(record.bodies.first())
}
