//! Headings go down one level at a time (WCAG 2.2, technique G141).

use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::kinds::Record;

pub(super) fn check(record: &Record, problems: &mut Problems) {
    for body in &record.bodies {
        // The page's title is its only heading of the first level.
        let mut level = 1;
        for heading in &body.headings {
            if heading.level > level + 1 {
                problems.push(
                    Diagnostic::new(Code::HeadingJump, heading.span)
                        .with("level", heading.level)
                        .with("expected", level + 1),
                );
            }
            level = heading.level;
        }
    }
}
