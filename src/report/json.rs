//! Problems for programs: one JSON object a line.

use super::words::Words;
use crate::diag::{Diagnostic, Severity};
use crate::source::{Sources, Span};
use serde_json::{Value as Json, json};
use std::io::{self, Write};

/// Writes one object a line; paths are relative to the site, lines and columns from 1.
pub fn write_json(
    problems: &[Diagnostic],
    sources: &Sources,
    words: &Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    for problem in problems {
        let mut object = place(problem.span, sources);
        object["code"] = problem.code.as_str().into();
        object["severity"] = match problem.severity() {
            Severity::Error => "error".into(),
            Severity::Warning => "warning".into(),
        };
        object["message"] = words.message(problem).into();
        object["help"] = words.help(problem).into();
        object["related"] = problem
            .related
            .iter()
            .map(|related| {
                let mut place = place(related.span, sources);
                place["message"] = words.say(related.label).into();
                place
            })
            .collect();
        writeln!(out, "{object}")?;
    }
    Ok(())
}

fn place(span: Span, sources: &Sources) -> Json {
    let start = sources.position(span.file, span.start);
    let end = sources.position(span.file, span.end);
    json!({
        "file": sources.get(span.file).path.as_ref(),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}
