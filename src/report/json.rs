//! Problems for programs: one JSON object a line.

use super::words::Words;
use crate::diag::Diagnostic;
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
        let mut object = json!({
            "code": problem.code.as_str(),
            "severity": problem.severity().as_str(),
            "message": words.message(problem),
        });
        let members = object.as_object_mut().expect("an object was made");
        members.extend(place(problem.span, sources));
        members.insert("help".to_owned(), words.help(problem).into());
        if let Some(suggestion) = &problem.suggestion {
            members.insert("suggestion".to_owned(), suggestion.as_str().into());
        }
        let related = problem.related.iter().map(|related| {
            let mut place = place(related.span, sources);
            place.insert("message".to_owned(), words.say(related.label).into());
            Json::from(place)
        });
        members.insert("related".to_owned(), related.collect());
        // What `check --fix` would write.
        let fix = problem.fix.iter().map(|edit| {
            let mut place = place(edit.span, sources);
            place.insert("text".to_owned(), edit.text.as_str().into());
            Json::from(place)
        });
        members.insert("fix".to_owned(), fix.collect());
        writeln!(out, "{object}")?;
    }
    Ok(())
}

fn place(span: Span, sources: &Sources) -> serde_json::Map<String, Json> {
    let start = sources.position(span.file, span.start);
    let end = sources.position(span.file, span.end);
    let fields = [
        ("file", Json::from(sources.get(span.file).path.as_ref())),
        ("line", start.line.into()),
        ("column", start.column.into()),
        ("end_line", end.line.into()),
        ("end_column", end.column.into()),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
