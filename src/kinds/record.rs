//! A record: the fields of its TOML and front matters, and its bodies.

use super::{Data, Kind, Mentions};
use crate::content::{
    self, Body, BodyFile, Problems, RecordFiles, SourceVersion, TableAt, Text, Toml, Version,
    fingerprint,
};
use crate::diag::{Code, Diagnostic};
use crate::lang::Lang;
use crate::source::{FileId, Sources, Span};
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use toml::de::DeTable;
use xxhash_rust::xxh3::Xxh3;

/// One record, as its editor wrote it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub id: String,
    /// The file to name when a problem is about the record as a whole.
    pub file: FileId,
    /// Where its own files are looked for, from the site's root.
    pub folder: String,
    pub data: Data,
    /// Some of what was written could not be read, so what seems missing may be there.
    pub flawed: bool,
    /// Its Markdown, by language; none of them empty.
    pub bodies: Vec<Body>,
    /// Its Markdown files, with those that hold but a front matter.
    pub markdown: Vec<BodyFile>,
    pub written: Written,
    #[serde(skip)]
    pub mentions: Mentions,
}

/// What the files of a record say, as numbers, which are compared on one machine only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its TOML and the front matters.
    pub fields: u64,
    /// The words of its bodies.
    pub words: u64,
}

impl Record {
    /// The same with what it mentions, which follows from all else.
    pub fn with_mentions(self) -> Record {
        Record {
            mentions: Mentions::of_record(&self.folder, &self.data, &self.bodies),
            ..self
        }
    }

    /// The kind.
    pub fn kind(&self) -> Kind {
        self.data.kind()
    }

    /// The place to name when a problem is about the record as a whole.
    pub fn span(&self) -> Span {
        Span::file(self.file)
    }

    /// The body written in a language.
    pub fn body(&self, lang: Lang) -> Option<&Body> {
        self.bodies.iter().find(|body| body.lang == lang)
    }

    /// Whether it is called what it was called before.
    pub fn is_called_like(&self, before: &Record) -> bool {
        self.data.is_called_like(&before.data)
    }

    /// Whether a partnership stands where it stood; others do.
    pub fn stands_like(&self, before: &Record) -> bool {
        self.data.stands_like(&before.data)
    }

    /// Whether it differs from what it was at most in what it is called, in where a partnership
    /// stands, and in what pages show of it: all else that is read of it when a site is linked,
    /// routed and checked is the same.
    pub fn is_linked_like(&self, before: &Record) -> bool {
        let mut bodies = self.bodies.iter().zip(&before.bodies);
        (self.kind(), &self.id) == (before.kind(), &before.id)
            && (self.file, self.flawed) == (before.file, before.flawed)
            && (&self.folder, &self.markdown) == (&before.folder, &before.markdown)
            && self.mentions.name_the_same(&before.mentions)
            // Whether a translation is older than its source is a matter of words.
            && self.data.common().source_version.is_none()
            && self.bodies.len() == before.bodies.len()
            && bodies.all(|(a, b)| a.is_built_like(b))
            && self.data.is_linked_like(&before.data)
    }

    /// All its files: its TOML, where it has one, and its Markdown.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        let markdown = self.markdown.iter().map(|text| text.file);
        self.toml().into_iter().chain(markdown)
    }

    /// Its TOML, where it has one.
    pub fn toml(&self) -> Option<FileId> {
        let is_markdown = self.markdown.iter().any(|text| text.file == self.file);
        (!is_markdown).then_some(self.file)
    }

    /// What it mainly says, where that is no body: its summary, else its title.
    pub fn main_text(&self) -> Option<&Text> {
        let summary = self.data.common().summary.as_ref();
        summary.or(self.data.title())
    }

    /// Whether what it mainly says is there in this language itself.
    ///
    /// That is its body where it has one in any language, else its summary,
    /// else its title. Names and facts are the same in all languages, so a
    /// record with none of these is at home in each.
    pub fn is_written_in(&self, lang: Lang) -> bool {
        match self.bodies.is_empty() {
            false => self.body(lang).is_some(),
            true => self
                .main_text()
                .is_none_or(|text| text.exact(lang).is_some()),
        }
    }

    /// The version of what it says in a language: title, summary and body;
    /// `None` where it does not say anything in that language.
    pub fn version(&self, lang: Lang) -> Option<Version> {
        if !self.is_written_in(lang) {
            return None;
        }
        let text = |text: Option<&Text>| Some(fingerprint(text?.exact(lang)?));
        let texts = [
            text(self.data.title()),
            text(self.data.common().summary.as_ref()),
            self.body(lang).map(|body| body.fingerprint),
        ];
        texts
            .iter()
            .any(Option::is_some)
            .then(|| Version::of(&texts))
    }

    /// The version that its text in a language was translated from, as far as that is recorded.
    pub fn source_version(&self, lang: Lang) -> Option<&SourceVersion> {
        self.data.common().source_version.as_ref()?.own(lang)
    }
}

/// The TOML of one file of a record.
struct Part<'a> {
    file: FileId,
    base: usize,
    source: &'a str,
    lang: Option<Lang>,
    table: toml::Spanned<DeTable<'a>>,
}

/// Reads a record from its files; `None` when it lacks what it must have.
pub fn parse(
    kind: Kind,
    files: &RecordFiles,
    sources: &Sources,
    problems: &mut Problems,
) -> Option<Record> {
    let mut parts = Vec::new();
    let mut bodies = Vec::with_capacity(files.bodies.len());
    let mut sound = true;
    let (mut fields, mut words) = (Xxh3::new(), Xxh3::new());
    if let Some(file) = files.toml {
        let text = sources.get(file).text();
        text.hash(&mut fields);
        parts.push(parse_toml(text, 0..text.len(), file, None, problems));
    }
    for body in &files.bodies {
        let text = sources.get(body.file).text();
        let Some(cut) = content::split(text) else {
            problems.push(Diagnostic::new(
                Code::FrontMatterOpen,
                Span::new(body.file, 0..3),
            ));
            sound = false;
            (body.lang, text).hash(&mut fields);
            continue;
        };
        (body.lang, &text[cut.toml.clone()]).hash(&mut fields);
        (body.lang, &text[cut.body.clone()]).hash(&mut words);
        if !cut.toml.is_empty() {
            parts.push(parse_toml(
                text,
                cut.toml,
                body.file,
                Some(body.lang),
                problems,
            ));
        }
        let parsed = content::parse_markdown(text, cut.body, body.file, body.lang, problems);
        if !parsed.is_empty() {
            bodies.push(parsed);
        }
    }
    // A file with broken syntax may lack anything; what it seems to lack is not worth saying.
    sound &= parts.iter().all(|(_, whole)| *whole);
    let tables: Vec<TableAt<'_>> = parts
        .iter()
        .map(|(part, _)| TableAt {
            file: part.file,
            base: part.base,
            source: part.source,
            lang: part.lang,
            table: part.table.get_ref(),
            span: Span::file(part.file),
        })
        .collect();
    let empty = DeTable::new();
    let nothing = [TableAt {
        file: files.main_file(),
        base: 0,
        source: "",
        lang: None,
        table: &empty,
        span: Span::file(files.main_file()),
    }];
    let tables = if tables.is_empty() {
        &nothing[..]
    } else {
        &tables[..]
    };
    let mut found = Problems::new();
    let data = kind.read(tables, &mut found);
    let flawed = !sound || !found.is_empty();
    if !sound {
        content::drop_consequences(&mut found, problems);
    }
    problems.append(&mut found);
    let data = data?;
    let record = Record {
        id: files.id.clone(),
        file: files.main_file(),
        folder: files.folder.clone(),
        mentions: Mentions::default(),
        data,
        flawed,
        bodies,
        written: Written {
            fields: fields.finish(),
            words: words.finish(),
        },
        markdown: files.bodies.clone(),
    };
    Some(record.with_mentions())
}

fn parse_toml<'a>(
    text: &'a str,
    range: std::ops::Range<usize>,
    file: FileId,
    lang: Option<Lang>,
    problems: &mut Problems,
) -> (Part<'a>, bool) {
    let base = range.start;
    let source = &text[range.clone()];
    let Toml { table, whole } = content::read_toml(text, range, file, problems);
    let part = Part {
        file,
        base,
        source,
        lang,
        table,
    };
    (part, whole)
}
