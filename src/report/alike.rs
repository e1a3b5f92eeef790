//! Problems of whole files that say the same of many of them.
//!
//! To set a problem for a terminal takes as long as a small page. Of five thousand partnerships
//! that lack the same, only the file's name differs: so it is put in where the first had its own.

use crate::diag::Diagnostic;
use std::sync::{PoisonError, RwLock};

/// What has been written of whole files, around their paths.
#[derive(Default)]
pub(super) struct Alike<'a>(RwLock<Vec<(&'a Diagnostic, String, String)>>);

/// Among more it would take longer to look than to write again.
const MOST: usize = 16;

impl<'a> Alike<'a> {
    /// A problem of the file at `path`, which `write` sets where no other says the same.
    pub(super) fn write(
        &self,
        problem: &'a Diagnostic,
        path: &str,
        write: impl FnOnce() -> String,
    ) -> String {
        if !is_of_whole_file(problem) {
            return write();
        }
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let same = known
            .iter()
            .find(|(other, ..)| say_the_same(problem, other));
        if let Some((_, before, after)) = same {
            return [before, path, after].concat();
        }
        let has_room = known.len() < MOST;
        drop(known);
        let written = write();
        let mut pieces = written.split(path);
        if has_room
            && let (Some(before), Some(after), None) = (pieces.next(), pieces.next(), pieces.next())
        {
            let entry = (problem, before.to_owned(), after.to_owned());
            let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
            known.push(entry);
        }
        written
    }
}

/// Whether no line of the file is shown, nor another place.
fn is_of_whole_file(problem: &Diagnostic) -> bool {
    problem.span.end == 0 && problem.related.is_empty() && problem.fix.is_empty()
}

fn say_the_same(a: &Diagnostic, b: &Diagnostic) -> bool {
    let said = |problem: &Diagnostic| (problem.code, problem.hint);
    said(a) == said(b) && a.args == b.args && a.suggestion == b.suggestion
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::{FileId, Span};

    #[test]
    fn what_says_the_same_is_set_once() {
        let of = |file, name| {
            Diagnostic::new(Code::Template, Span::file(FileId(file))).with("name", name)
        };
        let problems = [of(0, "a"), of(1, "a"), of(2, "b"), of(3, "a")];
        let alike = Alike::default();
        let mut set = 0;
        for (problem, path) in problems
            .iter()
            .zip(["x/1.toml", "x/2.toml", "x/2.toml", "x/3.toml"])
        {
            let text = format!("{:?} in {path}: mend", problem.args);
            let write = || {
                set += 1;
                text.clone()
            };
            assert_eq!(alike.write(problem, path, write), text);
        }
        assert_eq!(set, 2);
    }

    #[test]
    fn what_shows_a_line_is_set_each_time() {
        let of = |start| Diagnostic::new(Code::Template, Span::new(FileId(0), start..start + 1));
        let (problems, alike) = ([of(1), of(2)], Alike::default());
        for problem in &problems {
            let text = format!("a.toml:{}", problem.span.start);
            assert_eq!(alike.write(problem, "a.toml", || text.clone()), text);
        }
    }
}
