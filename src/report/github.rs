//! Problems as annotations of a GitHub workflow.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use super::words::Words;
use crate::diag::{Diagnostic, Severity};
use crate::source::Sources;
use std::io::{self, Write};

/// Writes one workflow command a line. `below` is where the site lies in the
/// repository (`""`, or a path that ends with `/`).
pub fn write_github(
    problems: &[Diagnostic],
    sources: &Sources,
    words: &Words,
    below: &str,
    out: &mut dyn Write,
) -> io::Result<()> {
    for problem in problems {
        let command = match problem.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let file = format!("{below}{}", sources.get(problem.span.file).path);
        let start = sources.position(problem.span.file, problem.span.start);
        let end = sources.position(problem.span.file, problem.span.end);
        let title = format!("{} {}", problem.code.as_str(), words.title(problem.code));
        let mut message = words.message(problem);
        let help = words.help(problem);
        if !help.is_empty() {
            message = format!("{message}\n{}: {help}", words.say("report.help"));
        }
        write!(
            out,
            "::{command} file={},line={},endLine={}",
            property(&file),
            start.line,
            end.line
        )?;
        // Columns are allowed within one line only.
        if start.line == end.line {
            write!(out, ",col={},endColumn={}", start.column, end.column)?;
        }
        writeln!(out, ",title={}::{}", property(&title), data(&message))?;
    }
    Ok(())
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
