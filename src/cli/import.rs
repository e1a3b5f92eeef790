//! `twintown import`: makes records of the rows of a table.

use super::kind::kind;
use super::site::Site;
use super::{Failed, Shared, Status};
use crate::compose::Existing;
use crate::content::Problems;
use crate::diag::{self, Code, Diagnostic};
use crate::import::{Fate, Misfit, Plan, PlannedRow, Table};
use crate::kinds::Kind;
use crate::report::Words;
use crate::source::{FileId, Source, Sources, Span};
use clap::Args;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// What `import` understands besides.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The table, as CSV; its first line names the columns
    file: PathBuf,
    /// What its rows are: city, region, institution, organisation, partnership, seeker, news, event, project, page
    #[arg(long = "as", value_name = "KIND")]
    kind: String,
    /// The field that a column fills, as "Nazwa=name.pl"; nothing after = leaves the column out
    #[arg(long, value_name = "COLUMN=FIELD")]
    map: Vec<String>,
    /// Show what would become of each row, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// A larger table is none that people keep.
const LARGEST: u64 = 64 << 20;

pub(super) fn run(shared: &Shared, options: &Options) -> Result<Status, Failed> {
    let site = Site::open(shared)?;
    let kind = kind(&options.kind)?;
    let map = map(&options.map)?;
    site.expect_site()?;
    let name = options.file.display().to_string();
    if is_no_csv(&options.file, b"") {
        return Err(Failed::usage("failure.needs_csv", &[("path", &name)]));
    }
    let refused = |error| Failed::system(&name, error);
    let size = std::fs::metadata(&options.file).map_err(refused)?.len();
    if size > LARGEST {
        let sources = Sources::new(vec![Source::new(name.as_str(), "")]);
        let problem = Diagnostic::new(Code::FileSize, Span::file(FileId(0)))
            .with("name", &name)
            .with_size("size", size)
            .with_size("limit", LARGEST);
        site.report(&[problem], &sources)?;
        return Ok(Status::Content);
    }
    let bytes = std::fs::read(&options.file).map_err(refused)?;
    if is_no_csv(&options.file, &bytes) {
        return Err(Failed::usage("failure.needs_csv", &[("path", &name)]));
    }
    let table = Table::read(&name, &bytes);
    let existing = Existing::list(&site.files)?;
    let plan = table
        .plan(kind, &map, &site.files, existing)
        .map_err(|misfit| misfit_told(&misfit, kind, &table, &name))?;
    if options.dry_run {
        super::print(&shown(&plan.rows, &site.words));
    } else {
        for row in &plan.rows {
            if let Fate::New(text) = &row.fate {
                let made = site.files.create(&row.path, text.as_bytes());
                made.map_err(|error| Failed::system(&row.path, error))?;
                super::print(&format!("{}\n", row.path));
            }
        }
    }
    tell(&site, &table, &plan, options.dry_run)
}

/// Says what is wrong, what was left out, and how many rows became what.
fn tell(site: &Site, table: &Table, plan: &Plan, dry_run: bool) -> Result<Status, Failed> {
    let problems: &Problems = &plan.problems;
    site.report(problems, table.sources())?;
    let words = &site.words;
    if !plan.left_out.is_empty() {
        let columns = plan.left_out.join(", ");
        eprintln!(
            "{}",
            words.say_with("import.left_out", &[("columns", &columns)])
        );
    }
    if !dry_run {
        for row in plan.rows.iter().filter(|row| row.fate == Fate::There) {
            let line = words.number(row.line);
            let args = [("line", line.as_str()), ("path", &row.path)];
            eprintln!("{}", words.say_with("import.there", &args));
        }
    }
    let count =
        |wanted: fn(&Fate) -> bool| plan.rows.iter().filter(|row| wanted(&row.fate)).count();
    let new = count(|fate| matches!(fate, Fate::New(_)));
    let key = match dry_run {
        true => "import.would_write",
        false => "import.written",
    };
    eprintln!("{}", words.count(key, new));
    let there = count(|fate| *fate == Fate::There);
    let wrong = count(|fate| *fate == Fate::Wrong);
    if there > 0 {
        eprintln!("{}", words.count("import.were_there", there));
    }
    if wrong > 0 {
        eprintln!("{}", words.count("import.were_wrong", wrong));
    }
    Ok(match site.has_errors(problems, false) {
        true => Status::Content,
        false => Status::Done,
    })
}

/// The columns whose field is said; the field stands behind the last `=`.
fn map(written: &[String]) -> Result<Vec<(String, String)>, Failed> {
    let pair = |text: &String| {
        let (column, field) = text
            .rsplit_once('=')
            .ok_or_else(|| Failed::usage("failure.map", &[("value", text)]))?;
        Ok((column.trim().to_owned(), field.trim().to_owned()))
    };
    written.iter().map(pair).collect()
}

/// Whether a file is of a program that can save it as CSV, by its name or its first bytes.
fn is_no_csv(path: &Path, bytes: &[u8]) -> bool {
    const OTHERS: [&str; 8] = [
        "xlsx", "xlsm", "xls", "ods", "numbers", "json", "pdf", "docx",
    ];
    const SIGNATURES: [&[u8]; 3] = [b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"];
    let end = path.extension().unwrap_or_default().to_ascii_lowercase();
    OTHERS.iter().any(|other| end == *other)
        || SIGNATURES.iter().any(|start| bytes.starts_with(start))
}

fn misfit_told(misfit: &Misfit, kind: Kind, table: &Table, path: &str) -> Failed {
    let columns = table.headings().join(", ");
    match misfit {
        Misfit::NoColumn(column) => {
            let args = [("column", column.as_str()), ("columns", &columns)];
            Failed::usage("failure.no_column", &args)
        }
        Misfit::NoField(field) => {
            let names = kind.definitions().iter().map(|field| field.name);
            let first = field.split('.').next().unwrap_or_default();
            let near = diag::nearest(first, names).map_or("name", |near| near.name);
            let args = [
                ("field", field.as_str()),
                ("kind", kind.name()),
                ("near", near),
            ];
            Failed::usage("failure.no_field", &args)
        }
        Misfit::Clash { one, other } => {
            Failed::usage("failure.columns_clash", &[("one", one), ("other", other)])
        }
        Misfit::Nothing => {
            let args = [("path", path), ("kind", kind.name()), ("columns", &columns)];
            Failed::usage("failure.no_columns", &args)
        }
    }
}

/// What becomes of each row, as a table.
fn shown(rows: &[PlannedRow], words: &Words) -> String {
    let heading = ["row", "id", "file"].map(|part| words.say(&format!("import.table.{part}")));
    let mut lines = vec![heading];
    lines.extend(rows.iter().map(|row| {
        let file = match &row.fate {
            Fate::New(_) => row.path.clone(),
            Fate::There => words.say_with("import.table.there", &[("path", &row.path)]),
            Fate::Wrong => words.say("import.table.wrong"),
        };
        [row.line.to_string(), row.id.clone(), file]
    }));
    let width = |part: usize| {
        let widths = lines.iter().map(|line| line[part].chars().count());
        widths.max().unwrap_or_default()
    };
    let (row, id) = (width(0), width(1));
    let mut out = String::new();
    for line in &lines {
        let _ = writeln!(out, "{:>row$}  {:<id$}  {}", line[0], line[1], line[2]);
    }
    out
}
