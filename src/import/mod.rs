//! Tables of other programs → records. Each row becomes the text of a new
//! record, read at once as any record is: what is wrong with a cell is told at
//! its place in the table, and what can only be meant in one way is put right.
//!
//! Nothing is written here, and no record that is there already is changed.

mod columns;
mod field;
mod naming;
mod record;
mod table;

pub use columns::Misfit;

use crate::compose::{self, Existing};
use crate::content::{Problems, is_id};
use crate::diag::{Code, Diagnostic};
use crate::kinds::Kind;
use crate::lang::{Lang, slugify};
use crate::project::decode;
use crate::source::{FileId, Files, Source, Sources, Span};
use columns::{Column, columns};
use naming::{Naming, is_same};
use record::{Written, write};
use std::collections::BTreeMap;
use table::{Cell, Row, rows};

/// A table that is to become records.
pub struct Table {
    sources: Sources,
    rows: Vec<Row>,
    problems: Problems,
}

/// What becomes of a table.
pub struct Plan {
    pub rows: Vec<PlannedRow>,
    pub problems: Problems,
    /// The headings that belong to no field.
    pub left_out: Vec<String>,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRow {
    /// The line it begins in.
    pub line: usize,
    /// Empty for a row with mistakes.
    pub id: String,
    /// The record's file, from the site's root.
    pub path: String,
    pub fate: Fate,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A new record with this text.
    New(String),
    /// The record is there already.
    There,
    /// It has mistakes.
    Wrong,
}

const FILE: FileId = FileId(0);

impl Table {
    /// Reads a table; `path` is its name in messages.
    pub fn read(path: &str, bytes: &[u8]) -> Table {
        let mut problems = Problems::new();
        let text = decode(bytes, FILE, &mut problems);
        let rows = match problems.is_empty() {
            true => rows(&text),
            false => Vec::new(),
        };
        Table {
            sources: Sources::new(vec![Source::new(path, text)]),
            rows,
            problems,
        }
    }

    /// The file that problems point into.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The names of the columns.
    pub fn headings(&self) -> Vec<String> {
        let first = self.rows.first().map(|row| &row.cells[..]);
        let cells = first.unwrap_or_default().iter();
        cells.map(|cell| cell.text.clone()).collect()
    }

    /// Says what becomes of each row; `map` are the columns whose field is said.
    pub fn plan(
        &self,
        kind: Kind,
        map: &[(String, String)],
        site: &dyn Files,
        existing: Existing,
    ) -> Result<Plan, Misfit> {
        let mut plan = Plan {
            rows: Vec::new(),
            problems: self.problems.clone(),
            left_out: Vec::new(),
        };
        let Some((first, rest)) = self.rows.split_first() else {
            return match plan.problems.is_empty() {
                true => Err(Misfit::Nothing),
                false => Ok(plan),
            };
        };
        let headings = self.headings();
        let languages = compose::languages(site);
        let columns = columns(kind, &headings, map, languages.first().copied())?;
        plan.left_out = headings
            .iter()
            .zip(&columns)
            .filter(|(heading, column)| matches!(column, Column::Unknown) && !heading.is_empty())
            .map(|(heading, _)| heading.clone())
            .collect();
        let mut importing = Importing {
            kind,
            languages: &languages,
            columns: &columns,
            site,
            existing,
            made: BTreeMap::new(),
            problems: Problems::new(),
        };
        importing.unclosed(first);
        for row in rest {
            let line = self
                .sources
                .position(FILE, row.cells[0].place.start as u32)
                .line;
            let done = importing.row(row);
            plan.rows.push(PlannedRow { line, ..done });
        }
        plan.problems.append(&mut importing.problems);
        crate::diag::sort(&mut plan.problems);
        Ok(plan)
    }
}

struct Importing<'a> {
    kind: Kind,
    /// Of the site, its own first.
    languages: &'a [Lang],
    columns: &'a [Column],
    site: &'a dyn Files,
    existing: Existing,
    /// The records of this table, by path, each with the place of its row.
    made: BTreeMap<String, (toml::Table, Span)>,
    problems: Problems,
}

impl Importing<'_> {
    fn row(&mut self, row: &Row) -> PlannedRow {
        let before = self.problems.len();
        self.unclosed(row);
        self.surplus(row);
        let mut done = PlannedRow {
            line: 0,
            id: String::new(),
            path: String::new(),
            fate: Fate::Wrong,
        };
        // A row that is torn apart would be told of in every cell.
        if self.problems.len() > before {
            return done;
        }
        let fields = self.columns.iter().zip(&row.cells);
        let cells: Vec<(&field::Place, &Cell)> = fields
            .filter_map(|(column, cell)| match column {
                Column::Field(place) if !cell.text.is_empty() => Some((place, cell)),
                _ => None,
            })
            .collect();
        let Written { text, found } = write(self.kind, &cells, span(&row.cells[0]));
        self.problems.extend(found);
        let record: toml::Table = text.parse().unwrap_or_default();
        let Some((id, there)) = self.id(row, &record) else {
            return done;
        };
        let wrong = |problem: &Diagnostic| problem.severity() == crate::diag::Severity::Error;
        if self.problems[before..].iter().any(wrong) {
            return done;
        }
        done.id = id;
        match there {
            Some(path) => {
                done.path = path;
                done.fate = Fate::There;
            }
            None => {
                done.path = format!("content/{}/{}.toml", self.kind.folder(), done.id);
                self.existing.add(self.kind, &done.id, &done.path);
                let place = span(&row.cells[0]);
                self.made.insert(done.path.clone(), (record, place));
                done.fate = Fate::New(text);
            }
        }
        done
    }

    fn unclosed(&mut self, row: &Row) {
        self.problems.extend(
            row.open.clone().map(|place| {
                Diagnostic::new(Code::TableRow, Span::new(FILE, place)).hinting("quote")
            }),
        );
    }

    /// Reports more cells than there are headings: a sign between cells stands in one.
    fn surplus(&mut self, row: &Row) {
        let beyond = row.cells.get(self.columns.len()..).unwrap_or_default();
        let first = beyond.iter().find(|cell| !cell.text.is_empty());
        self.problems.extend(first.map(|cell| {
            Diagnostic::new(Code::TableRow, span(cell))
                .with("count", row.cells.len())
                .with("limit", self.columns.len())
        }));
    }

    /// The id of a row's record, and the path of that record when there is one.
    fn id(&mut self, row: &Row, record: &toml::Table) -> Option<(String, Option<String>)> {
        let column = self
            .columns
            .iter()
            .position(|column| matches!(column, Column::Id));
        let given = column.and_then(|column| row.cells.get(column));
        match given.filter(|cell| !cell.text.is_empty()) {
            Some(cell) => self.given_id(cell),
            None => self.proposed_id(row, record),
        }
    }

    fn given_id(&mut self, cell: &Cell) -> Option<(String, Option<String>)> {
        let id = &cell.text;
        if !is_id(id) {
            let right = slugify(id);
            let right = is_id(&right).then_some(right);
            let problem = Diagnostic::new(Code::Id, span(cell)).with("value", id);
            self.problems.push(problem.suggesting(right));
            return None;
        }
        let path = match self.existing.bearer(self.kind, id) {
            None => None,
            Some((kind, path)) if kind == self.kind => Some(path.to_owned()),
            Some(_) => {
                self.problems
                    .push(Diagnostic::new(Code::SharedId, span(cell)).with("id", id));
                return None;
            }
        };
        let twice = path.as_ref().and_then(|path| self.made.get(path));
        if let Some((_, first)) = twice {
            self.problems.push(
                Diagnostic::new(Code::RecordTwice, span(cell))
                    .with("id", id)
                    .related(*first, "labels.first_here"),
            );
            return None;
        }
        Some((id.clone(), path))
    }

    fn proposed_id(&mut self, row: &Row, record: &toml::Table) -> Option<(String, Option<String>)> {
        let naming = Naming::of(record, self.languages);
        let same = |path: &str| match self.made.get(path) {
            Some((made, _)) => is_same(made, record),
            None => is_same(&self.record_at(path), record),
        };
        let free = |id: &str| match self.existing.bearer(self.kind, id) {
            None => true,
            Some((kind, path)) => kind == self.kind && same(path),
        };
        let marks: Vec<&str> = naming.marks.iter().map(String::as_str).collect();
        match compose::propose(&naming.name, &marks, free) {
            Some(id) => {
                let there = self.existing.bearer(self.kind, &id);
                let path = there.map(|(_, path)| path.to_owned());
                Some((id, path))
            }
            None => {
                let place = span(&row.cells[0]);
                let missing = Diagnostic::new(Code::MissingField, place).with("field", "id");
                // Without a name there is none to be made, and that has been told.
                if self.problems.iter().all(|problem| problem.span != place) {
                    self.problems.push(missing);
                }
                None
            }
        }
    }

    /// The fields of a record of the site, as far as they can be read.
    fn record_at(&self, path: &str) -> toml::Table {
        let bytes = self.site.read(path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let toml = match path.ends_with(".md") {
            true => crate::content::split(&text).map_or("", |cut| &text[cut.toml]),
            false => &text,
        };
        toml.parse().unwrap_or_default()
    }
}

fn span(cell: &Cell) -> Span {
    Span::new(FILE, cell.place.clone())
}
