//! `docs/fields.md` says of every kind what its definition says, and
//! `docs/problems.*.md` of every problem what `explain` says.
//!
//! `UPDATE_EXPECTED=1 cargo test --test handbook` writes them anew.

use std::fmt::Write;
use std::path::Path;
use twintown::content::Fields;
use twintown::content::{Definition, Presence, Shape};
use twintown::diag::Code;
use twintown::kinds::{Accessibility, Kind, SiteConfig, Term};
use twintown::lang::Lang;
use twintown::report::{self, Words};

/// Compares a page of the handbook with what the program says, or writes it.
fn same(name: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        std::fs::write(&path, generated).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == generated,
        "docs/{name} is out of date; run with UPDATE_EXPECTED=1"
    );
}

#[test]
fn the_list_of_fields_is_that_of_the_program() {
    same("fields.md", &document());
}

#[test]
fn the_list_of_problems_is_that_of_the_program() {
    for tag in Words::languages() {
        let words = Words::new(Lang::parse(tag).unwrap());
        let mut page = format!(
            "# {}\n\n{}\n",
            words.say("report.list.title"),
            words.say("report.list.lead")
        );
        for code in Code::ALL {
            let _ = write!(page, "\n## {}", report::explain(*code, &words));
        }
        same(&format!("problems.{tag}.md"), &page);
    }
}

fn document() -> String {
    let mut out = String::from(
        "# Fields\n\nEvery kind of record with its fields. This page is made from the program \
         itself.\n\n`?` marks fields that may be left out. *Text* is a text for all languages, or \
         a table by language: `{ pl = \"…\", uk = \"…\" }`.\n",
    );
    let mut tables: Vec<(&'static str, &'static [Definition])> = Vec::new();
    for kind in Kind::ALL {
        section(
            &mut out,
            kind.folder(),
            &format!("`content/{}/`", kind.folder()),
            kind.definitions(),
        );
        collect(kind.definitions(), &mut tables);
    }
    section(
        &mut out,
        "site.toml",
        "`content/site.toml`",
        SiteConfig::definitions(),
    );
    collect(SiteConfig::definitions(), &mut tables);
    section(
        &mut out,
        "accessibility.toml",
        "`content/accessibility.toml`",
        Accessibility::definitions(),
    );
    collect(Accessibility::definitions(), &mut tables);
    section(
        &mut out,
        "areas.toml and topics.toml",
        "Each a table of terms: `[culture]`, `[sport]` …",
        Term::definitions(),
    );
    out.push_str("\n## Tables inside records\n");
    for (name, definitions) in tables {
        let _ = write!(out, "\n### {name}\n");
        rows(&mut out, definitions);
    }
    out
}

fn section(out: &mut String, title: &str, about: &str, definitions: &[Definition]) {
    let _ = write!(out, "\n## {title}\n\n{about}\n");
    rows(out, definitions);
}

fn rows(out: &mut String, definitions: &[Definition]) {
    out.push_str("\n| field | form | meaning |\n| --- | --- | --- |\n");
    for field in definitions {
        let optional = if field.presence == Presence::Optional {
            "?"
        } else {
            ""
        };
        let shape = describe(&(field.shape)()).replace('|', "\\|");
        let _ = writeln!(
            out,
            "| `{}`{optional} | {shape} | {} |",
            field.name, field.docs
        );
    }
}

/// The tables that fields hold, each once, under the name of the first field that holds it.
fn collect(
    definitions: &'static [Definition],
    tables: &mut Vec<(&'static str, &'static [Definition])>,
) {
    for field in definitions {
        if let Some(inner) = table((field.shape)())
            && !tables.iter().any(|(_, known)| std::ptr::eq(*known, inner))
        {
            tables.push((field.name, inner));
            collect(inner, tables);
        }
    }
}

fn table(shape: Shape) -> Option<&'static [Definition]> {
    match shape {
        Shape::Table(inner) | Shape::ShortOr(inner) => Some(inner),
        Shape::List(inner) | Shape::Localised(inner) => table(*inner),
        _ => None,
    }
}

fn describe(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".into(),
        Shape::Formed(example) => format!("text, as `{example}`"),
        Shape::Localised(inner) => match inner.as_ref() {
            Shape::Text => "*text*".into(),
            other => format!("{}, or by language", describe(other)),
        },
        Shape::CaseForms => "name, or `{ nom, gen, loc, adj }`".into(),
        Shape::Integer { .. } => "whole number".into(),
        Shape::Number { least, most } => format!("number, {least} to {most}"),
        Shape::Boolean => "`true` or `false`".into(),
        Shape::Date => "day, month or year".into(),
        Shape::Day => "day".into(),
        Shape::Moment => "day, month or year, with a time if need be".into(),
        Shape::Country => "country code".into(),
        Shape::TimeZone => "time zone, such as `Europe/Warsaw`".into(),
        Shape::Language => "language code".into(),
        Shape::Web => "web address".into(),
        Shape::Colour => "`#rrggbb`".into(),
        Shape::Email => "e-mail address".into(),
        Shape::Slug => "`a-z`, `0-9`, `-`".into(),
        Shape::SourceVersion => "`pl:3f9a0c21`".into(),
        Shape::File => "file".into(),
        Shape::Reference(kinds) => format!("id of: {}", kinds.join(", ")),
        Shape::ReferenceOrText(kinds) => {
            format!("id of: {}; or a text by language", kinds.join(", "))
        }
        Shape::Choice(values) => values
            .iter()
            .map(|value| format!("`{value}`"))
            .collect::<Vec<_>>()
            .join(", "),
        Shape::List(inner) => format!("list of: {}", describe(inner)),
        Shape::Table(_) => "table".into(),
        Shape::ShortOr(inner) => format!("`{}` alone, or a table", inner[0].name),
        Shape::Extra => "free table".into(),
    }
}
