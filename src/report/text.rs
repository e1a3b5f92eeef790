//! Problems for people at a terminal, as rustc shows them.

use super::words::Words;
use crate::diag::{Code, Diagnostic, Severity};
use crate::source::{Sources, Span};
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::collections::HashMap;
use std::io::{self, Write};

/// How many problems of one kind are shown whole; the rest are counted.
const SHOWN_OF_A_KIND: usize = 10;

/// Writes problems with their source lines, then how many there are.
pub fn write_text(
    problems: &[Diagnostic],
    sources: &Sources,
    words: &Words,
    colour: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.decor_style(DecorStyle::Unicode);
    let mut shown: HashMap<Code, usize> = HashMap::new();
    for problem in problems {
        let count = shown.entry(problem.code).or_default();
        *count += 1;
        if *count <= SHOWN_OF_A_KIND {
            writeln!(
                out,
                "{}\n",
                renderer.render(&[group(problem, sources, words)])
            )?;
        }
    }
    let mut hidden: Vec<(Code, usize)> = shown
        .into_iter()
        .filter(|(_, count)| *count > SHOWN_OF_A_KIND)
        .collect();
    hidden.sort_unstable();
    for (code, count) in hidden {
        let more = words.count("report.more", count - SHOWN_OF_A_KIND);
        writeln!(out, "[{}] {more}\n", code.as_str())?;
    }
    let count = |severity| {
        problems
            .iter()
            .filter(|problem| problem.severity() == severity)
            .count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let mut counts = Vec::new();
    if errors > 0 {
        counts.push(words.count("report.errors", errors));
    }
    if warnings > 0 {
        counts.push(words.count("report.warnings", warnings));
    }
    match counts.is_empty() {
        true => Ok(()),
        false => writeln!(out, "{}", counts.join(", ")),
    }
}

fn group<'a>(problem: &'a Diagnostic, sources: &'a Sources, words: &Words) -> Group<'a> {
    let name = match problem.severity() {
        Severity::Error => words.say("report.error"),
        Severity::Warning => words.say("report.warning"),
    };
    let level = match problem.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .with_name(name)
        .primary_title(words.message(problem))
        .id(problem.code.as_str())
        .element(snippet(
            problem.span,
            sources,
            AnnotationKind::Primary,
            None,
        ));
    for related in &problem.related {
        let label = words.say(related.label);
        group = group.element(snippet(
            related.span,
            sources,
            AnnotationKind::Context,
            Some(label),
        ));
    }
    let help = words.help(problem);
    if !help.is_empty() {
        group = group.element(
            Level::HELP
                .with_name(words.say("report.help"))
                .message(help),
        );
    }
    group
}

fn snippet<'a>(
    span: Span,
    sources: &'a Sources,
    kind: AnnotationKind,
    label: Option<String>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let source = sources.get(span.file);
    let len = source.text.len();
    let (start, end) = ((span.start as usize).min(len), (span.end as usize).min(len));
    let annotation = kind.span(start..end.max(start)).label(label);
    Snippet::source(source.text.as_ref())
        .path(source.path.as_ref())
        .annotation(annotation)
}
