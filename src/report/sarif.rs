//! Problems as SARIF 2.1.0, which code hosts and editors read.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use super::words::Words;
use crate::diag::{Code, Diagnostic, Edit, Severity};
use crate::source::{FileId, Sources, Span};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes one SARIF log. `below` is where the site lies in the repository
/// (`""`, or a path that ends with `/`).
pub fn write_sarif(
    problems: &[Diagnostic],
    sources: &Sources,
    words: &Words,
    below: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    let sarif = Sarif { sources, below };
    let results: Vec<Json> = problems
        .iter()
        .map(|problem| sarif.result(problem, words))
        .collect();
    let rules: Vec<Json> = Code::ALL.iter().map(|code| rule(*code, words)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "language": words.tag().as_str(),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn level(severity: Severity) -> &'static str {
    // SARIF has the same three levels under the same names.
    severity.as_str()
}

fn rule(code: Code, words: &Words) -> Json {
    json!({
        "id": code.as_str(),
        "name": format!("{code:?}"),
        "shortDescription": { "text": words.title(code) },
        "fullDescription": { "text": words.story(code) },
        "help": { "text": words.story(code) },
        "defaultConfiguration": { "level": level(code.severity()) },
    })
}

struct Sarif<'a> {
    sources: &'a Sources,
    below: &'a str,
}

impl Sarif<'_> {
    fn result(&self, problem: &Diagnostic, words: &Words) -> Json {
        let index = Code::ALL.iter().position(|code| *code == problem.code);
        let help = words.help(problem);
        let message = match help.is_empty() {
            true => words.message(problem),
            false => format!("{}\n{help}", words.message(problem)),
        };
        let mut result = json!({
            "ruleId": problem.code.as_str(),
            "ruleIndex": index,
            "level": level(problem.severity()),
            "message": { "text": message },
            "locations": [self.location(problem.span)],
        });
        if !problem.related.is_empty() {
            result["relatedLocations"] = problem
                .related
                .iter()
                .map(|related| {
                    let mut location = self.location(related.span);
                    location["message"] = json!({ "text": words.say(related.label) });
                    location
                })
                .collect();
        }
        if !problem.fix.is_empty() {
            result["fixes"] = json!([{ "artifactChanges": self.changes(&problem.fix) }]);
        }
        result
    }

    /// The edits, by file.
    fn changes(&self, edits: &[Edit]) -> Vec<Json> {
        let mut by_file: BTreeMap<FileId, Vec<Json>> = BTreeMap::new();
        for edit in edits {
            by_file.entry(edit.span.file).or_default().push(json!({
                "deletedRegion": self.region(edit.span),
                "insertedContent": { "text": edit.text },
            }));
        }
        by_file
            .into_iter()
            .map(|(file, replacements)| {
                json!({ "artifactLocation": self.artifact(file), "replacements": replacements })
            })
            .collect()
    }

    fn location(&self, span: Span) -> Json {
        json!({ "physicalLocation": {
            "artifactLocation": self.artifact(span.file),
            "region": self.region(span),
        }})
    }

    fn artifact(&self, file: FileId) -> Json {
        let path = format!("{}{}", self.below, self.sources.get(file).path);
        json!({ "uri": uri(&path) })
    }

    fn region(&self, span: Span) -> Json {
        let start = self.sources.position(span.file, span.start);
        let end = self.sources.position(span.file, span.end);
        json!({
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        })
    }
}

/// A relative path as a URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
