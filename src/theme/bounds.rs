//! What keeps templates from using up the stack and the memory.
//!
//! Tera itself refuses templates that include or extend each other in a
//! circle, deeply nested tags and expressions, components that call themselves
//! more than twenty times, and ranges of more than 100,000 numbers. How much
//! time a template takes has no bound: it is a program of the site's owner.

use super::embedded::default_theme;
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, Span};
use std::collections::{BTreeSet, HashMap};
use std::io::{ErrorKind, Write};
use std::panic::resume_unwind;
use std::thread;

/// Of a template, in bytes: the largest of the built-in theme has a thirtieth.
const LARGEST_TEMPLATE: usize = 256 * 1024;

/// Ten times those of the built-in theme.
const MOST_TEMPLATES: usize = 500;

/// How many templates may include or extend each other in a row: each takes
/// room on the stack, once more for each call of a component.
const LONGEST_CHAIN: usize = 16;

/// Enough for the chains, calls and tags that are let through. Pages that are
/// not so deep touch little of it, and what is not touched takes no memory.
const STACK: usize = 256 * 1024 * 1024;

/// What a template may write, in bytes: ten times the longest text of a record.
const LARGEST_PAGE: usize = 64 * 1024 * 1024;

/// A template as it was read: its name, its file, its text.
pub(super) type TemplateText = (String, FileId, String);

/// What is too large or too deep in the templates of a theme.
pub(super) fn beyond_bounds(chain: &[String], templates: &[TemplateText]) -> Option<Diagnostic> {
    let large = templates
        .iter()
        .find(|(_, _, text)| text.len() > LARGEST_TEMPLATE);
    if let Some((name, file, text)) = large {
        let problem = Diagnostic::new(Code::FileSize, Span::file(*file));
        return Some(
            problem
                .with("name", name)
                .with_size("size", text.len() as u64)
                .with_size("limit", LARGEST_TEMPLATE as u64),
        );
    }
    if let Some((_, file, _)) = templates.get(MOST_TEMPLATES) {
        let problem = Diagnostic::new(Code::TooMany, Span::file(*file));
        return Some(
            problem
                .with("count", templates.len())
                .with("limit", MOST_TEMPLATES),
        );
    }
    let deep = start_of_long_chain(chain, templates)?;
    let problem = Diagnostic::new(Code::TooDeep, Span::file(templates[deep].1));
    Some(problem.with("limit", LONGEST_CHAIN))
}

/// The template that begins a chain of more than `LONGEST_CHAIN`. Circles are left to Tera.
fn start_of_long_chain(chain: &[String], templates: &[TemplateText]) -> Option<usize> {
    let by_name: HashMap<&str, usize> = templates
        .iter()
        .enumerate()
        .map(|(index, (name, _, _))| (name.as_str(), index))
        .collect();
    let find = |name: &str| {
        let in_theme = |theme: &String| by_name.get(format!("{theme}/{name}").as_str()).copied();
        by_name
            .get(name)
            .copied()
            .or_else(|| chain.iter().find_map(in_theme))
    };
    let next: Vec<BTreeSet<usize>> = templates
        .iter()
        .map(|(_, _, text)| named_templates(text).filter_map(find).collect())
        .collect();
    // The n-th round finds the chains of n templates more than the one they begin with.
    let mut long: Vec<bool> = vec![true; templates.len()];
    for _ in 0..=LONGEST_CHAIN {
        long = next
            .iter()
            .map(|next| next.iter().any(|index| long[*index]))
            .collect();
    }
    let start = long.iter().position(|long| *long)?;
    // A chain that goes on for as long as there are templates is a circle.
    for _ in LONGEST_CHAIN..templates.len() {
        long = next
            .iter()
            .map(|next| next.iter().any(|index| long[*index]))
            .collect();
    }
    (!long.contains(&true)).then_some(start)
}

/// What the tags `include` and `extends` of a template name; those in comments too.
fn named_templates(text: &str) -> impl Iterator<Item = &str> {
    text.split("{%").skip(1).filter_map(|tag| {
        let tag = tag.trim_start_matches('-').trim_start();
        let name = tag
            .strip_prefix("include")
            .or_else(|| tag.strip_prefix("extends"))?
            .trim_start();
        let quote = name
            .chars()
            .next()
            .filter(|quote| "\"'`".contains(*quote))?;
        name[1..].split(quote).next()
    })
}

/// Whether there are templates besides those of the built-in theme, which need little room.
pub(super) fn has_own(templates: &[TemplateText]) -> bool {
    let built_in = default_theme();
    templates.iter().any(|(name, _, text)| {
        !name.strip_prefix("default/").is_some_and(|name| {
            built_in
                .iter()
                .any(|(path, known)| path.strip_prefix("templates/") == Some(name) && known == text)
        })
    })
}

/// Does work on a stack of its own.
pub(super) fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let mut work = Some(work);
    let outcome = thread::scope(|scope| {
        let thread = thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || work.take().map(|work| work()));
        thread.ok().map(|thread| thread.join())
    });
    match outcome {
        Some(Ok(Some(done))) => done,
        Some(Err(panic)) => resume_unwind(panic),
        // Where there are no more threads, this one has to do.
        _ => work.take().expect("the work has not begun")(),
    }
}

/// Takes what a template writes, up to `LARGEST_PAGE`.
pub(super) struct Bounded<'a> {
    out: &'a mut Vec<u8>,
    full: bool,
}

impl<'a> Bounded<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Bounded { out, full: false }
    }

    /// What to say of a template that has written too much.
    pub(super) fn message(&self) -> Option<String> {
        let most = LARGEST_PAGE / 1024 / 1024;
        self.full
            .then(|| format!("The page grows beyond {most} MB."))
    }
}

impl Write for Bounded<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.full = self.out.len() + bytes.len() > LARGEST_PAGE;
        if self.full {
            return Err(ErrorKind::FileTooLarge.into());
        }
        self.out.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    // A write takes all or nothing, so there is no need to look how much it took.
    fn write_all(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.write(bytes).map(drop)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn templates(count: usize, text: impl Fn(usize) -> String) -> Vec<TemplateText> {
        (0..count)
            .map(|n| (format!("a/{n}.html"), FileId(n as u32), text(n)))
            .collect()
    }

    fn refused(templates: &[TemplateText]) -> Option<&'static str> {
        let chain = ["a".to_owned(), "default".to_owned()];
        beyond_bounds(&chain, templates).map(|problem| problem.code.as_str())
    }

    #[test]
    fn chains_have_a_bound() {
        let next = |n: usize| format!("{{%- include \"{}.html\" -%}}", n + 1);
        assert_eq!(refused(&templates(LONGEST_CHAIN + 1, next)), None);
        assert_eq!(refused(&templates(LONGEST_CHAIN + 2, next)), Some("TW0110"));
        let above = |n: usize| format!("{{% extends 'a/{}.html' %}}", n + 1);
        assert_eq!(refused(&templates(50, above)), Some("TW0110"));
        // Tera says more about circles.
        let circle = |n: usize| format!("{{% include \"{}.html\" %}}", (n + 1) % 50);
        assert_eq!(refused(&templates(50, circle)), None);
        assert_eq!(refused(&templates(501, |_| String::new())), Some("TW0111"));
        let large = templates(1, |_| " ".repeat(LARGEST_TEMPLATE + 1));
        assert_eq!(refused(&large), Some("TW0107"));
    }

    #[test]
    fn work_has_room() {
        fn deep(level: usize) -> usize {
            let room = std::hint::black_box([0u8; 1024]);
            match level {
                0 => room.len(),
                level => deep(level - 1) + usize::from(room[level % 1024]),
            }
        }
        assert_eq!(with_room(|| deep(50_000)), 1024);
    }

    #[test]
    fn only_what_differs_from_the_built_in_theme_is_own() {
        let (path, text) = default_theme()
            .iter()
            .find(|(path, _)| path.starts_with("templates/"))
            .unwrap();
        let name = path.strip_prefix("templates/").unwrap();
        let template =
            |theme: &str, text: &str| vec![(format!("{theme}/{name}"), FileId(0), text.to_owned())];
        assert!(!has_own(&template("default", text)));
        assert!(has_own(&template("mine", text)));
        assert!(has_own(&template("default", "")));
    }
}
