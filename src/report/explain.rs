//! The longer story of a code, for `twintown explain` and the handbook.

use super::catalogue::example;
use super::words::Words;
use crate::diag::Code;
use std::fmt::Write;

/// What a code means, with a wrong and a right example, as Markdown.
pub fn explain(code: Code, words: &Words) -> String {
    let mut out = format!("{}: {}\n\n", code.as_str(), words.title(code));
    let severity = words.say(&format!("report.severity.{}", code.severity().as_str()));
    let _ = writeln!(out, "{severity} {}", words.story(code));
    if let Some(example) = example(code) {
        for (path, text) in &example.with {
            block(
                &mut out,
                &words.say_with("report.example.with", &[("file", path)]),
                text,
            );
        }
        let heading = words.say_with("report.example.wrong", &[("file", &example.file)]);
        block(&mut out, &heading, &example.wrong);
        let file = example.right_file.as_ref().unwrap_or(&example.file);
        let heading = words.say_with("report.example.right", &[("file", file)]);
        block(&mut out, &heading, &example.right);
    }
    out
}

/// All codes with their titles, one a line.
pub fn list(words: &Words) -> String {
    let mut out = String::new();
    for code in Code::ALL {
        let severity = words.say(&format!("report.{}", code.severity().as_str()));
        let _ = writeln!(
            out,
            "{}  {} ({severity})",
            code.as_str(),
            words.title(*code)
        );
    }
    out
}

/// A heading and a text that stands out; four spaces make it code in Markdown.
fn block(out: &mut String, heading: &str, text: &str) {
    let _ = writeln!(out, "\n{heading}\n");
    for line in text.trim_end().lines() {
        // What can't be seen in an example is shown by its number.
        let shown: String = line.chars().flat_map(visible).collect();
        let _ = writeln!(out, "{}", format!("    {shown}").trim_end());
    }
}

fn visible(letter: char) -> Vec<char> {
    match letter.is_control() || crate::content::is_invisible(letter) {
        true => format!("<U+{:04X}>", u32::from(letter)).chars().collect(),
        false => vec![letter],
    }
}
