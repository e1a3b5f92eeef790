//! Problems for people at a terminal, as rustc shows them.

use super::alike::Alike;
use super::words::Words;
use crate::diag::{Code, Diagnostic, Edit, Severity};
use crate::source::{FileId, Sources, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::Range;

/// How many problems are shown whole; the rest are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    pub in_a_file: usize,
    pub in_all: usize,
}

impl Amount {
    /// What a person reads at a terminal.
    pub const SCREEN: Amount = Amount {
        in_a_file: 10,
        in_all: 60,
    };
    /// What a log can hold.
    pub const LOG: Amount = Amount {
        in_a_file: 1_000,
        in_all: 20_000,
    };
}

/// The longest line that is shown, in bytes.
const LONGEST_LINE: usize = 400;

/// Writes problems with their source lines, then how many there are.
pub fn write_text(
    problems: &[Diagnostic],
    sources: &Sources,
    words: &Words,
    amount: Amount,
    colour: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Unicode);
    let text = Text { sources, words };
    let mut shown = 0;
    let by_file = problems.chunk_by(|a, b| a.span.file == b.span.file);
    let files: Vec<(&[Diagnostic], &[Diagnostic])> = by_file
        .map(|of_file| {
            let room = amount.in_a_file.min(amount.in_all - shown);
            let (first, rest) = of_file.split_at(of_file.len().min(room));
            shown += first.len();
            (first, rest)
        })
        .collect();
    // A log may hold thousands, each of which takes as long as a page.
    let alike = Alike::default();
    let first = files.par_iter().map(|(first, _)| {
        let texts = first.iter().map(|problem| {
            let path = &sources.get(problem.span.file).path;
            alike.write(problem, path, || {
                format!("{}\n\n", renderer.render(&text.groups(problem)))
            })
        });
        texts.collect::<String>()
    });
    let texts: Vec<String> = first.collect();
    let mut hidden: BTreeMap<Code, usize> = BTreeMap::new();
    for ((first, rest), text) in files.into_iter().zip(texts) {
        out.write_all(text.as_bytes())?;
        if !rest.is_empty() && !first.is_empty() {
            let more = words.count("report.more_in_file", rest.len());
            writeln!(out, "{}: {more}\n", sources.get(first[0].span.file).path)?;
        }
        for problem in rest {
            *hidden.entry(problem.code).or_default() += 1;
        }
    }
    if !hidden.is_empty() {
        writeln!(out, "{}", words.say("report.not_shown"))?;
        for (code, count) in hidden {
            writeln!(
                out,
                "  {}  {} × {}",
                code.as_str(),
                words.title(code),
                words.number(count)
            )?;
        }
        writeln!(out)?;
    }
    write_counts(problems, words, out)
}

/// One problem as it is written, without colour.
pub fn one_text(problem: &Diagnostic, sources: &Sources, words: &Words) -> String {
    let text = Text { sources, words };
    let renderer = Renderer::plain().decor_style(DecorStyle::Unicode);
    renderer.render(&text.groups(problem)).to_string()
}

fn write_counts(problems: &[Diagnostic], words: &Words, out: &mut dyn Write) -> io::Result<()> {
    const COUNTS: [(Severity, &str); 3] = [
        (Severity::Error, "report.errors"),
        (Severity::Warning, "report.warnings"),
        (Severity::Note, "report.notes"),
    ];
    let counts: Vec<String> = COUNTS
        .iter()
        .filter_map(|(severity, key)| {
            let found = problems
                .iter()
                .filter(|problem| problem.severity() == *severity);
            match found.count() {
                0 => None,
                count => Some(words.count(key, count)),
            }
        })
        .collect();
    let Some(first) = problems.first() else {
        return Ok(());
    };
    let example = problems
        .iter()
        .find(|problem| problem.severity() == Severity::Error)
        .unwrap_or(first);
    let code = example.code.as_str();
    let more = words.say_with("report.more_about", &[("code", code)]);
    writeln!(out, "{}. {more}", counts.join(", "))?;
    let fixes = problems
        .iter()
        .filter(|problem| !problem.fix.is_empty())
        .count();
    match fixes {
        0 => Ok(()),
        fixes => writeln!(out, "{}", words.count("report.fixable", fixes)),
    }
}

struct Text<'a> {
    sources: &'a Sources,
    words: &'a Words,
}

impl<'a> Text<'a> {
    fn groups(&self, problem: &'a Diagnostic) -> Vec<Group<'a>> {
        let severity = problem.severity();
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let name = self.words.say(&format!("report.{}", severity.as_str()));
        let title = level
            .with_name(name)
            .primary_title(visible(self.words.message(problem)))
            .id(problem.code.as_str());
        let mut group = self.place(
            Group::with_title(title),
            problem.span,
            AnnotationKind::Primary,
            None,
        );
        for related in &problem.related {
            let label = self.words.say(related.label);
            group = self.place(group, related.span, AnnotationKind::Context, Some(label));
        }
        let help = visible(self.words.help(problem));
        if help.is_empty() {
            return vec![group];
        }
        let level = || Level::HELP.with_name(self.words.say("report.help"));
        match self.patch(&problem.fix) {
            Some(patch) => vec![
                group,
                Group::with_title(level().secondary_title(help)).element(patch),
            ],
            None => vec![group.element(level().message(help))],
        }
    }

    /// Adds the line a problem is in; of a very long line only where it is.
    fn place(
        &self,
        group: Group<'a>,
        span: Span,
        kind: AnnotationKind,
        label: Option<String>,
    ) -> Group<'a> {
        let source = self.sources.get(span.file);
        let (line, range) = self.line(span);
        // A problem of a whole file is not one of its first line.
        if line.len() > LONGEST_LINE || span.end == 0 {
            let at = self.sources.position(span.file, span.start);
            let origin = Origin::path(source.path.as_ref())
                .line(at.line)
                .char_column(at.column);
            let group = group.element(origin);
            return match label {
                Some(label) => group.element(Level::NOTE.no_name().message(label)),
                None => group,
            };
        }
        let snippet = Snippet::source(&source.text()[line])
            .path(source.path.as_ref())
            .line_start(self.sources.position(span.file, span.start).line)
            .annotation(kind.span(range).label(label));
        group.element(snippet)
    }

    /// The line that a place begins in, and what of the place is in it.
    fn line(&self, span: Span) -> (Range<usize>, Range<usize>) {
        let line = self.sources.line(span.file, span.start);
        let text = self.sources.get(span.file).text();
        let inside = |offset: u32| {
            let mut offset = (offset as usize).clamp(line.start, line.end);
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset - line.start
        };
        let range = inside(span.start)..inside(span.end.max(span.start));
        (line, range)
    }

    /// The lines as they are to be, when all edits are in one.
    fn patch(&self, edits: &'a [Edit]) -> Option<Snippet<'a, Patch<'a>>> {
        let first = edits.first()?;
        let file: FileId = first.span.file;
        let (line, _) = self.line(first.span);
        let within = |edit: &Edit| {
            edit.span.file == file
                && line.start <= edit.span.start as usize
                && edit.span.end as usize <= line.end
        };
        if !edits.iter().all(within) || line.len() > LONGEST_LINE {
            return None;
        }
        let source = self.sources.get(file);
        let patches = edits.iter().map(|edit| {
            Patch::new(
                edit.span.start as usize - line.start..edit.span.end as usize - line.start,
                edit.text.as_str(),
            )
        });
        Some(
            Snippet::source(&source.text()[line.clone()])
                .path(source.path.as_ref())
                .line_start(self.sources.position(file, first.span.start).line)
                .patches(patches),
        )
    }
}

/// A text that a terminal takes as text: what an editor typed may hold control characters.
pub fn visible(text: String) -> String {
    let odd = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\t');
    match text.contains(odd) || text.contains(crate::content::is_invisible) {
        true => text
            .chars()
            .map(
                |letter| match odd(letter) || crate::content::is_invisible(letter) {
                    true => char::REPLACEMENT_CHARACTER,
                    false => letter,
                },
            )
            .collect(),
        false => text,
    }
}
