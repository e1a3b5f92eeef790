//! CSV, with the place of every cell: what is wrong with one is told there.
//! (The `csv` crate reads the same, but does not say where a cell stood.)

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
    let mut rows = Vec::new();
    let mut at = start;
    while at < text.len() {
        let mut row = Row {
            cells: Vec::new(),
            open: None,
        };
        loop {
            let (cell, closed) = cell(text, at, delimiter);
            at = cell.place.end;
            if !closed {
                row.open = Some(cell.place.start..cell.place.start + 1);
            }
            row.cells.push(cell);
            match text[at..].strip_prefix(delimiter) {
                Some(_) => at += delimiter.len_utf8(),
                None => break,
            }
        }
        at += match &text[at..] {
            rest if rest.starts_with("\r\n") => 2,
            "" => 0,
            _ => 1,
        };
        if row.cells.iter().any(|cell| !cell.text.is_empty()) {
            rows.push(row);
        }
    }
    rows
}

/// The sign between cells, and where the table begins. Spreadsheets write a
/// semicolon where the comma is the decimal sign; some say so in a line `sep=;`.
fn delimiter(text: &str) -> (char, usize) {
    let line = text.lines().next().unwrap_or_default();
    let said = line
        .strip_prefix("sep=")
        .and_then(|rest| rest.chars().next());
    if let Some(delimiter) = said {
        let start = (line.len() + 1).min(text.len());
        return (delimiter, start);
    }
    let mut quoted = false;
    let mut counts = [(';', 0), ('\t', 0), (',', 0)];
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            letter if !quoted => {
                let count = counts.iter_mut().find(|(known, _)| *known == letter);
                count.into_iter().for_each(|(_, count)| *count += 1);
            }
            _ => {}
        }
    }
    // Of equally many the first in the list.
    let best = counts.iter().rev().max_by_key(|(_, count)| *count);
    (best.map_or(',', |(delimiter, _)| *delimiter), 0)
}

/// The cell that begins at a place, and whether its quote is closed.
fn cell(text: &str, start: usize, delimiter: char) -> (Cell, bool) {
    let ends = |letter: char| letter == delimiter || letter == '\n' || letter == '\r';
    let rest = &text[start..];
    let plain = |from: usize| {
        let end = text[from..].find(ends).map_or(text.len(), |end| from + end);
        (&text[from..end], end)
    };
    if !rest.starts_with('"') {
        let (written, end) = plain(start);
        let cell = Cell {
            text: written.trim().to_owned(),
            place: start..end,
        };
        return (cell, true);
    }
    let mut value = String::new();
    let mut at = start + 1;
    let closed = loop {
        let Some(length) = text[at..].find('"') else {
            value.push_str(&text[at..]);
            break false;
        };
        value.push_str(&text[at..at + length]);
        at += length + 1;
        // Two quotes are one that belongs to the text.
        if !text[at..].starts_with('"') {
            break true;
        }
        value.push('"');
        at += 1;
    };
    let (after, end) = match closed {
        true => plain(at),
        false => ("", text.len()),
    };
    value.push_str(after);
    let cell = Cell {
        text: value.trim().to_owned(),
        place: start..end,
    };
    (cell, closed)
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
