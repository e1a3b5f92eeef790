//! The texts of files with the mends of their problems.

use super::{Diagnostic, Edit};
use crate::source::FileId;
use std::collections::BTreeMap;

/// A file's new text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    pub text: String,
    /// How many problems it no longer has.
    pub fixes: usize,
}

/// Applies every mend to the texts; a mend that overlaps an earlier one waits
/// for the next time. Nothing else of a text is changed.
pub fn fixed<'a>(
    problems: &[Diagnostic],
    text: impl Fn(FileId) -> &'a str,
) -> BTreeMap<FileId, Fixed> {
    let mut edits: BTreeMap<FileId, (Vec<&Edit>, usize)> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| !problem.fix.is_empty()) {
        let free =
            problem.fix.iter().all(|edit| {
                let taken = edits
                    .get(&edit.span.file)
                    .map_or(&[][..], |(taken, _)| taken);
                // Problems come in order, so only the last few can overlap.
                taken.iter().rev().take(64).all(|other| {
                    other.span.end < edit.span.start || edit.span.end < other.span.start
                })
            });
        if !free {
            continue;
        }
        for (index, edit) in problem.fix.iter().enumerate() {
            let (edits, fixes) = edits.entry(edit.span.file).or_default();
            edits.push(edit);
            *fixes += usize::from(index == 0);
        }
    }
    edits
        .into_iter()
        .map(|(file, (mut edits, fixes))| {
            edits.sort();
            let text = apply(text(file), &edits);
            (file, Fixed { text, fixes })
        })
        .collect()
}

fn apply(text: &str, edits: &[&Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        let Some(before) = text.get(done..start) else {
            continue;
        };
        out.push_str(before);
        out.push_str(&edit.text);
        done = end;
    }
    out.push_str(&text[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::Span;

    fn problem(range: std::ops::Range<usize>, text: &str) -> Diagnostic {
        let span = Span::new(FileId(0), range);
        Diagnostic::new(Code::UnknownField, span).fixed_by(span, text)
    }

    #[test]
    fn only_what_is_wrong_changes() {
        let text = "nmae = 1 # name\nkidn = 2\n";
        let problems = [problem(0..4, "name"), problem(16..20, "kind")];
        let fixed = fixed(&problems, |_| text);
        let expected = Fixed {
            text: "name = 1 # name\nkind = 2\n".into(),
            fixes: 2,
        };
        assert_eq!(fixed[&FileId(0)], expected);
    }

    #[test]
    fn one_of_two_mends_of_a_place_is_applied() {
        let problems = [problem(0..4, "a"), problem(2..6, "b")];
        assert_eq!(fixed(&problems, |_| "123456")[&FileId(0)].text, "a56");
    }
}
