//! The text of a record, from the cells of a row.

use super::field::Place;
use super::table::Cell;
use crate::content::{Problems, RecordFiles};
use crate::diag::{self, Diagnostic};
use crate::kinds::{self, Kind};
use crate::source::{FileId, Source, Sources, Span};
use std::ops::Range;

/// The TOML of a row, and what is wrong with it.
pub(super) struct Written {
    pub(super) text: String,
    /// Each at its cell.
    pub(super) found: Problems,
}

/// A field of the record, in a line of its own.
struct Line<'a> {
    key: String,
    value: String,
    cell: &'a Cell,
}

/// A mend may show what it hid; after a few there is none.
const MOST_ROUNDS: usize = 4;

/// Writes a record; what lacks a cell is told at `row`.
pub(super) fn write(kind: Kind, cells: &[(&Place, &Cell)], row: Span) -> Written {
    let mut lines: Vec<Line<'_>> = cells
        .iter()
        .map(|(place, cell)| Line {
            key: place.key(),
            value: place.value(&cell.text),
            cell,
        })
        .collect();
    let mut written = read(kind, &lines);
    for _ in 0..MOST_ROUNDS {
        if !mend(&mut lines, &written) {
            break;
        }
        written = read(kind, &lines);
    }
    let at_cell = |problem: Diagnostic| Diagnostic {
        span: written.line_at(problem.span).map_or(row, |line| {
            Span::new(row.file, lines[line].cell.place.clone())
        }),
        // These point into the text that is being made.
        related: Vec::new(),
        fix: Vec::new(),
        ..problem
    };
    Written {
        found: written.problems.clone().into_iter().map(at_cell).collect(),
        text: written.text,
    }
}

/// A text that has been read.
struct Reading {
    text: String,
    /// Where the values stand in it.
    values: Vec<Range<usize>>,
    problems: Problems,
}

impl Reading {
    /// The line whose value a place is in.
    fn line_at(&self, place: Span) -> Option<usize> {
        let (start, end) = (place.start as usize, place.end as usize);
        let holds = |value: &Range<usize>| value.start <= start && end <= value.end && start < end;
        self.values.iter().position(holds)
    }
}

fn read(kind: Kind, lines: &[Line<'_>]) -> Reading {
    let mut text = String::new();
    let mut values = Vec::new();
    for line in lines {
        let start = text.len() + line.key.len() + " = ".len();
        values.push(start..start + line.value.len());
        text.push_str(&format!("{} = {}\n", line.key, line.value));
    }
    let file = FileId(0);
    let sources = Sources::new(vec![Source::new("row", text.as_str())]);
    let files = RecordFiles {
        id: String::new(),
        folder: String::new(),
        toml: Some(file),
        bodies: Vec::new(),
    };
    let mut problems = Problems::new();
    kinds::parse(kind, &files, &sources, &mut problems);
    diag::sort(&mut problems);
    Reading {
        text,
        values,
        problems,
    }
}

/// Puts right what can only be meant in one way: `19.12.2025`, `38 000`, `Polska`.
fn mend(lines: &mut [Line<'_>], read: &Reading) -> bool {
    let mut mended = vec![false; lines.len()];
    for problem in &read.problems {
        let [edit] = problem.fix.as_slice() else {
            continue;
        };
        // One mend a line: it moves all that follows.
        let line = read.line_at(edit.span).filter(|line| !mended[*line]);
        if let Some(line) = line {
            let start = read.values[line].start;
            let place = edit.span.start as usize - start..edit.span.end as usize - start;
            lines[line].value.replace_range(place, &edit.text);
            mended[line] = true;
        }
    }
    mended.contains(&true)
}
