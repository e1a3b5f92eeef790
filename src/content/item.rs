//! A TOML value where it stands.

use crate::lang::Lang;
use crate::source::{FileId, Span};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One value, with what is needed to say where it was written and in which language.
#[derive(Debug, Clone, Copy)]
pub struct Item<'a> {
    pub file: FileId,
    /// Where the TOML begins in the file; not 0 in a front matter.
    pub base: usize,
    /// The TOML that holds it.
    pub source: &'a str,
    /// The language of the file, for a front matter.
    pub lang: Option<Lang>,
    pub value: &'a DeValue<'a>,
    /// Bytes of the TOML.
    pub range: (usize, usize),
}

/// A table where it stands.
#[derive(Debug, Clone, Copy)]
pub struct TableAt<'a> {
    pub file: FileId,
    pub base: usize,
    pub source: &'a str,
    pub lang: Option<Lang>,
    pub table: &'a DeTable<'a>,
    /// The place to name when the table lacks something.
    pub span: Span,
}

impl<'a> Item<'a> {
    /// The value's place.
    pub fn span(&self) -> Span {
        place(self.file, self.base, self.range.0..self.range.1)
    }

    /// The value as it is written.
    pub fn written(&self) -> &'a str {
        self.source
            .get(self.range.0..self.range.1)
            .unwrap_or_default()
    }

    /// The value as a table.
    pub fn as_table(&self) -> Option<TableAt<'a>> {
        match self.value {
            DeValue::Table(table) => Some(TableAt {
                file: self.file,
                base: self.base,
                source: self.source,
                lang: self.lang,
                table,
                span: self.span(),
            }),
            _ => None,
        }
    }

    /// A value inside this one.
    pub fn inner(&self, value: &'a Spanned<DeValue<'a>>) -> Item<'a> {
        let range = value.span();
        Item {
            value: value.get_ref(),
            range: (range.start, range.end),
            ..*self
        }
    }

    /// The same value, read as text of a language.
    pub fn in_language(mut self, lang: Lang) -> Self {
        self.lang = Some(lang);
        self
    }

    /// A key of the strings files that names the value's type.
    pub fn type_word(&self) -> &'static str {
        match self.value {
            DeValue::String(_) => "types.text",
            DeValue::Integer(_) => "types.integer",
            DeValue::Float(_) => "types.number",
            DeValue::Boolean(_) => "types.boolean",
            DeValue::Datetime(_) => "types.date",
            DeValue::Array(_) => "types.list",
            DeValue::Table(_) => "types.table",
        }
    }
}

impl<'a> TableAt<'a> {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<Item<'a>> {
        let value = self.table.get(key)?;
        let range = value.span();
        Some(Item {
            file: self.file,
            base: self.base,
            source: self.source,
            lang: self.lang,
            value: value.get_ref(),
            range: (range.start, range.end),
        })
    }

    /// The keys with their places.
    pub fn keys(&self) -> impl Iterator<Item = (&'a str, Span)> + use<'a> {
        let (file, base) = (self.file, self.base);
        self.table
            .iter()
            .map(move |(key, _)| (key.get_ref().as_ref(), place(file, base, key.span())))
    }
}

fn place(file: FileId, base: usize, range: Range<usize>) -> Span {
    Span::new(file, range.start + base..range.end + base)
}
