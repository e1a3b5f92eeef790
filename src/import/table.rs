//! CSV, with the place of every cell: what is wrong with one is told there.

use csv_core::{ReadFieldResult, ReaderBuilder};
use std::ops::Range;

/// A cell and where it stands, quotes included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) place: Range<usize>,
}

/// A line of the table; it may go over several lines of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// A quote that opens and does not close.
    pub(super) open: Option<Range<usize>>,
}

/// The rows of a table, the one of headings first; empty ones are left out.
pub(super) fn rows(text: &str) -> Vec<Row> {
    let (delimiter, start) = delimiter(text);
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    // No cell is longer than what it is written with.
    let mut value = vec![0; text.len()];
    let (mut at, mut filled) = (start, 0);
    let mut begin = None;
    let mut rows = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    loop {
        let begin_here = *begin.get_or_insert_with(|| match cells.is_empty() {
            // Empty lines, and the second half of the end of the line before.
            true => at + text[at..].len() - text[at..].trim_start_matches(LINE_ENDS).len(),
            false => at,
        });
        let (result, read, written) =
            reader.read_field(&text.as_bytes()[at..], &mut value[filled..]);
        at += read;
        filled += written;
        let row_ends = match result {
            // Asked once more, with nothing left, the reader gives the last cell.
            ReadFieldResult::InputEmpty => continue,
            ReadFieldResult::OutputFull | ReadFieldResult::End => return rows,
            ReadFieldResult::Field { record_end } => record_end,
        };
        let written = &text[begin_here..at];
        let ends = [char::from(delimiter), '\n', '\r'];
        let place = begin_here..at - usize::from(written.ends_with(ends));
        cells.push(Cell {
            text: String::from_utf8_lossy(&value[..filled]).trim().to_owned(),
            place,
        });
        (begin, filled) = (None, 0);
        if row_ends {
            let cells = std::mem::take(&mut cells);
            if cells.iter().any(|cell| !cell.text.is_empty()) {
                let open = cells.last().and_then(|last| open_quote(text, last));
                rows.push(Row { cells, open });
            }
        }
    }
}

const LINE_ENDS: [char; 2] = ['\n', '\r'];

/// The quote that begins a cell and is closed nowhere: those inside come in pairs.
fn open_quote(text: &str, cell: &Cell) -> Option<Range<usize>> {
    let written = &text[cell.place.clone()];
    let is_open = written.starts_with('"') && written.matches('"').count() % 2 == 1;
    is_open.then_some(cell.place.start..cell.place.start + 1)
}

/// The sign between cells, and where the table begins. Spreadsheets write a
/// semicolon where the comma is the decimal sign; some say so in a line `sep=;`.
fn delimiter(text: &str) -> (u8, usize) {
    let line = text.lines().next().unwrap_or_default();
    let said = line
        .strip_prefix("sep=")
        .and_then(|rest| rest.bytes().next())
        .filter(u8::is_ascii);
    if let Some(delimiter) = said {
        let start = (line.len() + 1).min(text.len());
        return (delimiter, start);
    }
    let mut quoted = false;
    let mut counts = [(b';', 0), (b'\t', 0), (b',', 0)];
    for letter in text.bytes() {
        match letter {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            letter if !quoted => {
                let count = counts.iter_mut().find(|(known, _)| *known == letter);
                count.into_iter().for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    // Of equally many the first in the list.
    let best = counts.iter().rev().max_by_key(|(_, count)| *count);
    (best.map_or(b',', |(delimiter, _)| *delimiter), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        let texts = |row: Row| row.cells.into_iter().map(|cell| cell.text).collect();
        rows(text).into_iter().map(texts).collect()
    }

    #[test]
    fn tables_are_read_however_they_are_written() {
        let table = [["name", "country"], ["Żory", "PL"]];
        assert_eq!(cells("name,country\nŻory,PL"), table);
        assert_eq!(cells("name;country\r\nŻory;PL\r\n;\r\n"), table);
        assert_eq!(cells("name\tcountry\n\nŻory\tPL\n"), table);
        assert_eq!(cells("sep=|\nname|country\nŻory|PL\n"), table);
        assert_eq!(cells("\"name\";\"country\"\n\"Żory\"; PL \n"), table);
        assert_eq!(cells("\"a;b\",c\n1,2"), [["a;b", "c"], ["1", "2"]]);
    }

    #[test]
    fn quotes_hold_anything() {
        let text = "a,b\n\"say \"\"x\"\", y\n\",\"\"\n1,2";
        assert_eq!(cells(text), [["a", "b"], ["say \"x\", y", ""], ["1", "2"]]);
        let rows = rows("a,b\n1,\"2\n3,4");
        assert_eq!(rows[1].open, Some(6..7));
        assert_eq!(rows[1].cells[0].place, 4..5);
    }
}
