//! How far a record is translated, language by language.

use super::reads::{Part, note};
use super::{LanguageId, RecordId, Site};
use crate::content::{SourceVersion, Step, Visitor};
use crate::kinds::{Data, Record};
use crate::lang::Lang;
use crate::source::Span;
use std::fmt::Write;

/// How the text of a record stands in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Translation {
    /// It is there, and nothing says that it is out of date.
    Own,
    /// It is there; what it was translated from has changed since.
    Older(Lang),
    /// It is not there; that of another language is shown.
    StandIn(Lang),
}

/// A text of a record that some languages lack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// Its field as it is written: `documents[0].title`; the Markdown is `body`.
    pub field: String,
    /// The languages of the site that lack it.
    pub languages: Vec<LanguageId>,
}

impl Site {
    /// How the text of a record of the site stands in a reader's language.
    pub fn translation_of(&self, id: RecordId, reader: LanguageId) -> Translation {
        note(Part::Text(id));
        self.translation(self.record(id), reader)
    }

    /// How a record's text stands in a reader's language.
    pub fn translation(&self, record: &Record, reader: LanguageId) -> Translation {
        let lang = self.tag(reader);
        if record.is_written_in(lang) {
            return match outdated(record, lang) {
                // What is no longer there can't be newer.
                Some((source, _)) if record.is_written_in(source) => Translation::Older(source),
                _ => Translation::Own,
            };
        }
        let stand_in = match record.bodies.is_empty() {
            false => self.body_of(record, reader).and_then(|found| found.lang),
            true => record
                .main_text()
                .and_then(|text| self.find(text, reader)?.lang),
        };
        stand_in.map_or(Translation::Own, Translation::StandIn)
    }

    /// The language that a record's text in another was translated from: the one
    /// that is recorded, else the record's original language, the site's default
    /// language, those that stand in; `None` for the source itself.
    pub fn source_of(&self, record: &Record, lang: Lang) -> Option<Lang> {
        let recorded = record.source_version(lang).map(|version| version.source);
        if let Some(source) = recorded.filter(|source| record.version(*source).is_some()) {
            return Some(source);
        }
        let original = match &record.data {
            Data::News(news) => news.original_language,
            _ => None,
        };
        let reader = self.language_ids().find(|id| self.tag(*id) == lang);
        let chain = reader.map_or(&[][..], |reader| &self.chain(reader)[1..]);
        let source = original
            .into_iter()
            .chain([self.config.default_language.value])
            .chain(chain.iter().copied())
            .chain(self.language_ids().map(|id| self.tag(id)))
            .find(|source| record.version(*source).is_some())?;
        let is_from = |version: &SourceVersion| version.source == lang;
        let is_source = source == lang || record.source_version(source).is_some_and(is_from);
        (!is_source).then_some(source)
    }

    /// The texts of a record that are there in some language, and not in all of the site.
    pub fn gaps(&self, record: &Record) -> Vec<Gap> {
        let mut gaps = Gaps {
            site: self,
            way: Vec::new(),
            found: Vec::new(),
        };
        record.data.visit(&mut gaps);
        if !record.bodies.is_empty() {
            gaps.way.push(Step::Field("body"));
            gaps.text(&|lang| record.body(lang).is_some());
        }
        gaps.found
    }
}

/// The language whose text has changed since this one was translated from it,
/// and where that is recorded.
pub fn outdated(record: &Record, lang: Lang) -> Option<(Lang, Span)> {
    let recorded = record.source_version(lang)?;
    let now = record.version(recorded.source);
    let current = now.is_some_and(|version| recorded.is(version));
    (record.is_written_in(lang) && !current).then_some((recorded.source, recorded.span))
}

struct Gaps<'a> {
    site: &'a Site,
    way: Vec<Step>,
    found: Vec<Gap>,
}

impl Visitor for Gaps<'_> {
    fn reference(&mut self, _id: &str, _span: Span, _kinds: &'static [&'static str]) {}

    fn file(&mut self, _path: &str, _span: Span) {}

    fn text(&mut self, is_in: &dyn Fn(Lang) -> bool) {
        let lacks = |language: &LanguageId| !is_in(self.site.tag(*language));
        let languages: Vec<LanguageId> = self.site.language_ids().filter(lacks).collect();
        if !languages.is_empty() {
            self.found.push(Gap {
                field: written(&self.way),
                languages,
            });
        }
    }

    fn enter(&mut self, step: Step) {
        self.way.push(step);
    }

    fn leave(&mut self) {
        self.way.pop();
    }
}

fn written(way: &[Step]) -> String {
    let mut out = String::new();
    for step in way {
        let _ = match step {
            Step::Field(name) if out.is_empty() => write!(out, "{name}"),
            Step::Field(name) => write!(out, ".{name}"),
            Step::Item(index) => write!(out, "[{index}]"),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_named_as_they_are_written() {
        let way = [
            Step::Field("documents"),
            Step::Item(0),
            Step::Field("title"),
        ];
        assert_eq!(written(&way), "documents[0].title");
        assert_eq!(written(&way[..1]), "documents");
    }
}
