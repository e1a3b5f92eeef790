//! A link to a heading leads to one.

use crate::content::{Destination, Problems};
use crate::diag::{Code, Diagnostic};
use crate::kinds::{Kind, Record};
use crate::model::Site;

pub(super) fn check(site: &Site, problems: &mut Problems) {
    for id in site.all() {
        for body in &site.record(id).bodies {
            for (destination, span) in &body.destinations {
                // A record that is missing is reported where references are.
                let (anchor, there) = match destination {
                    Destination::Anchor(anchor) => (anchor, Some(body)),
                    Destination::Record {
                        kind,
                        id,
                        anchor: Some(anchor),
                    } => {
                        let Some(record) = target(site, kind, id) else {
                            continue;
                        };
                        (anchor, record.body(body.lang).or(record.bodies.first()))
                    }
                    _ => continue,
                };
                let headings = there.map_or(&[][..], |there| &there.headings);
                if !headings.iter().any(|heading| heading.id == *anchor) {
                    let known = headings.iter().map(|heading| heading.id.as_str());
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

/// The record a link leads to. A reader comes to its body in the language of
/// the linking text, else to any.
fn target<'a>(site: &'a Site, kind: &str, id: &str) -> Option<&'a Record> {
    Some(site.record(site.get(Kind::from_name(kind)?, id)?))
}
