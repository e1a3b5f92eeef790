//! TOML, and what is said when it is none.

use super::Problems;
use super::field::quoted;
use super::letters::invisible;
use super::mistyped::{
    Mistyped, date_in_toml, mistyped_boolean, mistyped_date, mistyped_number,
    without_typographic_quotes,
};
use crate::diag::{Code, Diagnostic};
use crate::source::{FileId, MOST_NESTED, Span, TomlText, parse_toml};
use std::ops::Range;
use toml::de::DeTable;

/// A TOML text as far as it could be read.
pub struct Toml<'a> {
    pub table: toml::Spanned<DeTable<'a>>,
    /// Nothing was wrong with it.
    pub whole: bool,
}

/// Reads the TOML that is `range` of a file; reports every line that is none.
pub fn read_toml<'a>(
    text: &'a str,
    range: Range<usize>,
    file: FileId,
    problems: &mut Problems,
) -> Toml<'a> {
    let base = range.start;
    let source = &text[range];
    let TomlText {
        table,
        mut errors,
        too_deep,
    } = parse_toml(source);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut last_line: Option<Range<usize>> = None;
    for error in &errors {
        let place = error.span().unwrap_or(0..0);
        // What follows on the same line follows from the first mistake in it.
        if last_line
            .as_ref()
            .is_some_and(|line| place.start <= line.end)
        {
            continue;
        }
        let line = line_at(source, place.start);
        last_line = Some(line.clone());
        problems.push(explain(source, line, place, error.message(), file, base));
    }
    let reported =
        |problem: &Diagnostic| problem.code == Code::TooDeep && problem.span.file == file;
    if let Some(place) = too_deep.as_ref().filter(|_| !problems.iter().any(reported)) {
        let span = Span::new(file, place.start + base..place.end + base);
        problems.push(Diagnostic::new(Code::TooDeep, span).with("limit", MOST_NESTED));
    }
    Toml {
        table,
        whole: errors.is_empty() && too_deep.is_none(),
    }
}

/// The line that holds a byte, without its end.
fn line_at(source: &str, at: usize) -> Range<usize> {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    let start = source[..at].rfind('\n').map_or(0, |end| end + 1);
    let end = source[at..].find('\n').map_or(source.len(), |end| at + end);
    start..end
}

fn explain(
    source: &str,
    line: Range<usize>,
    place: Range<usize>,
    message: &str,
    file: FileId,
    base: usize,
) -> Diagnostic {
    let span = |range: Range<usize>| Span::new(file, range.start + base..range.end + base);
    if message.contains("recursion") {
        return Diagnostic::new(Code::TooDeep, span(place)).with("limit", MOST_NESTED);
    }
    let letter = source
        .get(place.start..)
        .and_then(|rest| rest.chars().next());
    if let Some(letter) =
        letter.filter(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t'))
    {
        let place = span(place.start..place.start + letter.len_utf8());
        return invisible(Code::ControlCharacter, letter, place).fixed_by(place, "");
    }
    let problem =
        |place| Diagnostic::new(Code::Syntax, span(place)).with_word("detail", detail(message));
    let text = source[line.clone()].trim_end_matches('\r');
    match mend(text) {
        Some(mend) => {
            let at = |range: Range<usize>| range.start + line.start..range.end + line.start;
            let right = mend.line(text);
            let problem = problem(at(mend.value.clone()))
                .with("right", right.trim())
                .hinting(mend.hint);
            mend.edits
                .into_iter()
                .fold(problem, |problem, (range, text)| {
                    problem.fixed_by(span(at(range)), text)
                })
        }
        None if text.trim_start().starts_with("- ") || is_yaml(text) => {
            problem(place).hinting("yaml")
        }
        None => problem(place),
    }
}

/// A key of the messages for what the parser says.
fn detail(message: &str) -> &'static str {
    const SAID: &[(&str, &str)] = &[
        ("duplicate key", "syntax.duplicate_key"),
        ("string values must be quoted", "syntax.unquoted"),
        ("unclosed array", "syntax.unclosed_list"),
        ("unclosed table", "syntax.unclosed_heading"),
        ("unclosed inline table", "syntax.unclosed_table"),
        ("invalid basic string", "syntax.unclosed_text"),
        ("invalid literal string", "syntax.unclosed_text"),
        ("invalid multi-line", "syntax.unclosed_text"),
        ("missing escaped value", "syntax.backslash"),
        ("invalid escape", "syntax.backslash"),
        ("key with no value", "syntax.no_value"),
        ("missing value", "syntax.no_value"),
        ("missing comma", "syntax.no_comma"),
        ("extra comma", "syntax.extra_comma"),
        ("extra `=`", "syntax.extra_equals"),
        ("unexpected `=`", "syntax.extra_equals"),
        ("extra assignment", "syntax.extra_equals"),
        ("missing assignment", "syntax.no_equals"),
        ("unexpected key or value", "syntax.more_after_value"),
        ("unexpected content", "syntax.more_after_value"),
        ("invalid unquoted key", "syntax.key"),
        ("unquoted keys cannot be empty", "syntax.no_key"),
        ("missing key", "syntax.no_key"),
        ("keys cannot be", "syntax.key"),
        ("invalid date", "syntax.date"),
        ("invalid time", "syntax.date"),
        ("invalid datetime", "syntax.date"),
        ("unexpected leading zero", "syntax.leading_zero"),
        ("invalid float", "syntax.number"),
        ("invalid integer", "syntax.number"),
        ("invalid boolean", "syntax.boolean"),
    ];
    SAID.iter()
        .find(|(said, _)| message.starts_with(said))
        .map_or("syntax.other", |(_, key)| key)
}

/// `key: value`, as YAML has it.
fn is_yaml(line: &str) -> bool {
    let key = line.split(':').next().unwrap_or_default().trim();
    line.contains(": ") && !key.is_empty() && !key.contains(['=', '"', ' '])
}

/// What makes one line right.
struct Mend {
    /// Why; a key under `hint`.
    hint: &'static str,
    /// What is wrong in the line.
    value: Range<usize>,
    edits: Vec<(Range<usize>, String)>,
}

impl Mend {
    /// The line as it is to be.
    fn line(&self, line: &str) -> String {
        let mut right = line.to_owned();
        for (range, text) in self.edits.iter().rev() {
            right.replace_range(range.clone(), text);
        }
        right
    }
}

/// The mend of a line `key = value`, where there is exactly one.
fn mend(line: &str) -> Option<Mend> {
    // Longer ones are no slips of the pen.
    if line.len() > 1000 {
        return None;
    }
    let equals = line.find('=');
    let colon = line.find(':').filter(|_| is_yaml(line));
    let (sign, is_colon) = match (equals, colon) {
        (Some(equals), Some(colon)) if colon < equals => (colon, true),
        (Some(equals), _) => (equals, false),
        (None, Some(colon)) => (colon, true),
        (None, None) => return None,
    };
    let rest = &line[sign + 1..];
    let start = sign + 1 + (rest.len() - rest.trim_start().len());
    let written = line[start..].trim_end();
    let written = match written.find(" #") {
        Some(comment) if !written.contains('"') => written[..comment].trim_end(),
        _ => written,
    };
    let value = start..start + written.len();
    if written.is_empty() {
        return None;
    }
    let right = mended_value(written);
    let mut edits = Vec::new();
    if is_colon {
        let spaced = if line[..sign].ends_with(' ') {
            "="
        } else {
            " ="
        };
        edits.push((sign..sign + 1, spaced.to_owned()));
    }
    let (hint, text) = match right {
        Some((hint, text)) => (hint, Some(text)),
        None if is_colon => ("colon", None),
        None => return None,
    };
    edits.extend(text.map(|text| (value.clone(), text)));
    let mend = Mend {
        hint: if is_colon { "colon" } else { hint },
        value: if is_colon { sign..sign + 1 } else { value },
        edits,
    };
    mend.line(line).parse::<toml::Table>().ok()?;
    Some(mend)
}

/// A value as it must have been meant.
fn mended_value(written: &str) -> Option<(&'static str, String)> {
    if written.parse::<toml::Value>().is_ok() && !written.contains('\n') {
        return None;
    }
    if let Mistyped::Date(date) = mistyped_date(written) {
        return Some(("date", date_in_toml(date)));
    }
    if let Some(inner) = without_typographic_quotes(written) {
        return Some(("quotes", quoted(inner)));
    }
    if let Some(number) = mistyped_number(written) {
        return Some(("number", number));
    }
    if let Some(value) = mistyped_boolean(written) {
        return Some(("boolean", value.to_string()));
    }
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(("leading_zero", quoted(written)));
    }
    if let Some(open) = written.strip_prefix('"')
        && !open.contains(['"', '\\', ',', '{', '['])
    {
        return Some(("unclosed", quoted(open)));
    }
    if let Some(inner) = written
        .strip_prefix('\'')
        .and_then(|rest| rest.strip_suffix('\''))
        && inner.contains('\'')
        && !inner.contains(['"', '\\'])
    {
        return Some(("apostrophe", quoted(inner)));
    }
    let plain = written.starts_with(char::is_alphabetic)
        && !written.contains(['"', '\'', '=', '{', '}', '[', ']', '#', '\\']);
    plain.then(|| ("unquoted", quoted(written)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Option<&'static str>)> {
        let mut problems = Problems::new();
        read_toml(text, 0..text.len(), FileId(0), &mut problems);
        let mended = |problem: &Diagnostic| {
            let mut right = text.to_owned();
            for edit in problem.fix.iter().rev() {
                right.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
            }
            right
        };
        problems
            .iter()
            .map(|problem| (mended(problem), problem.hint))
            .collect()
    }

    #[test]
    fn slips_of_the_pen_are_mended() {
        let cases = [
            (
                "country = PL # Poland",
                "country = \"PL\" # Poland",
                "unquoted",
            ),
            ("date = 19.12.2025", "date = 2025-12-19", "date"),
            ("date = 2025-12", "date = \"2025-12\"", "date"),
            ("name = „Żory”", "name = \"Żory\"", "quotes"),
            ("lat = 52,23", "lat = 52.23", "number"),
            ("count = 38 000", "count = 38000", "number"),
            ("draft = Tak", "draft = true", "boolean"),
            ("teryt = 0123456", "teryt = \"0123456\"", "leading_zero"),
            ("name = \"Żory", "name = \"Żory\"", "unclosed"),
            ("name = 'it's'", "name = \"it's\"", "apostrophe"),
            ("name: \"D\"", "name = \"D\"", "colon"),
            ("name: Żory", "name = \"Żory\"", "colon"),
        ];
        for (wrong, right, hint) in cases {
            assert_eq!(read(wrong), [(right.to_owned(), Some(hint))], "{wrong}");
        }
    }

    #[test]
    fn one_mistake_a_line_is_reported() {
        let text = "a = { b = 1,5, c = 2 }\nd = [1 2]\n[e\n";
        assert_eq!(read(text).len(), 3);
        assert!(
            read("a = [1, 2\n")
                .iter()
                .all(|(mended, _)| mended == "a = [1, 2\n")
        );
    }
}
