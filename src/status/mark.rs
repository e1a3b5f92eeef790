//! Records in a translation which version of its source it was made from.

use crate::content::{self, quoted};
use crate::kinds::Record;
use crate::lang::Lang;
use crate::model::Site;
use crate::source::{Sources, parse_toml};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// What is to be written where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marking {
    /// The version, as it is written: `pl:3f9a0c21`.
    pub version: String,
    /// The file that records it, from the site's root: the translation's own,
    /// or the record's TOML where that says it already.
    pub file: String,
    pub lang: Lang,
}

/// Why a file can't be marked as a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It is the Markdown of no record that could be read.
    NotAText,
    /// The others are translations of it.
    Source,
    /// No other language says what it says.
    NoSource,
    /// Its front matter can't be read.
    Unreadable,
}

/// The record and the language whose Markdown is at a path.
pub(super) fn text_at<'a>(
    site: &'a Site,
    sources: &Sources,
    path: &str,
) -> Option<(&'a Record, Lang)> {
    let records = site
        .all()
        .map(|id| site.record(id))
        .chain(site.drafts.iter().map(|draft| &**draft));
    records.into_iter().find_map(|record| {
        let is_here = |file| &*sources.get(file).path == path;
        let text = record.markdown.iter().find(|text| is_here(text.file))?;
        Some((record, text.lang))
    })
}

/// What marks the Markdown at a path as a translation of its source as that is now.
pub fn marking(site: &Site, sources: &Sources, path: &str) -> Result<Marking, Refusal> {
    let (record, lang) = text_at(site, sources, path).ok_or(Refusal::NotAText)?;
    let others = || {
        let tags = record.markdown.iter().map(|text| text.lang);
        let site = site.language_ids().map(|id| site.tag(id));
        tags.chain(site).filter(|other| *other != lang)
    };
    let source = site.source_of(record, lang).ok_or_else(|| {
        match others().any(|other| record.version(other).is_some()) {
            true => Refusal::Source,
            false => Refusal::NoSource,
        }
    })?;
    let version = record.version(source).ok_or(Refusal::NoSource)?;
    let recorded = record.source_version(lang).map(|recorded| recorded.span);
    let file = recorded.map(|span| sources.get(span.file).path.to_string());
    Ok(Marking {
        version: version.recorded(source),
        file: file.unwrap_or_else(|| path.to_owned()),
        lang,
    })
}

impl Marking {
    /// The bytes of its file with the mark, and nothing else of them changed.
    pub fn applied(&self, bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Unreadable)?;
        let (mark, text) = match text.strip_prefix('\u{feff}') {
            Some(rest) => ("\u{feff}", rest),
            None => ("", text),
        };
        let marked = match self.file.ends_with(".md") {
            true => in_front_matter(text, self.lang, &self.version),
            false => in_record(text, self.lang, &self.version),
        };
        let marked = marked.ok_or(Refusal::Unreadable)?;
        Ok(format!("{mark}{marked}").into_bytes())
    }
}

const FIELD: &str = "source_version";

/// A Markdown file whose front matter says the version.
fn in_front_matter(text: &str, lang: Lang, version: &str) -> Option<String> {
    let end = match text.split_inclusive('\n').next() {
        Some(first) if first.ends_with("\r\n") => "\r\n",
        _ => "\n",
    };
    let line = format!("{FIELD} = {}{end}", quoted(version));
    let cut = content::split(text)?;
    if cut.body.start == 0 {
        let blank = match text.starts_with(['\r', '\n']) || text.is_empty() {
            true => "",
            false => end,
        };
        return Some(format!("+++{end}{line}+++{end}{blank}{text}"));
    }
    let source = &text[cut.toml.clone()];
    let toml = parse_toml(source);
    if !toml.errors.is_empty() || toml.too_deep.is_some() {
        return None;
    }
    let table = toml.table.get_ref();
    if table.contains_key(FIELD) {
        let place = recorded_at(table, lang)?;
        return Some(replaced(text, place, cut.toml.start, version));
    }
    let at = cut.toml.start + place_for_field(source, table);
    Some(format!("{}{line}{}", &text[..at], &text[at..]))
}

/// Behind the last field of one line: what stands behind a `[heading]` belongs to that.
fn place_for_field(toml: &str, table: &DeTable<'_>) -> usize {
    let may_be_heading =
        |value: &DeValue<'_>| matches!(value, DeValue::Table(_) | DeValue::Array(_));
    let plain = table
        .values()
        .filter(|value| !may_be_heading(value.get_ref()));
    let Some(last) = plain.map(|value| value.span().end).max() else {
        return 0;
    };
    let rest = toml[last..].find('\n');
    rest.map_or(toml.len(), |end| last + end + 1)
}

/// A record's TOML in which a language's version stands already.
fn in_record(text: &str, lang: Lang, version: &str) -> Option<String> {
    let toml = parse_toml(text);
    let place = recorded_at(toml.table.get_ref(), lang)?;
    Some(replaced(text, place, 0, version))
}

/// Where the version of a language's source is recorded.
fn recorded_at(table: &DeTable<'_>, lang: Lang) -> Option<Range<usize>> {
    let value = table.get(FIELD)?;
    let DeValue::Table(versions) = value.get_ref() else {
        return Some(value.span());
    };
    let is_lang = |key: &str| Lang::parse(key).is_ok_and(|tag| tag == lang);
    let (_, value) = versions.iter().find(|(key, _)| is_lang(key.get_ref()))?;
    Some(value.span())
}

fn replaced(text: &str, place: Range<usize>, base: usize, version: &str) -> String {
    let (start, end) = (place.start + base, place.end + base);
    format!("{}{}{}", &text[..start], quoted(version), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn marks(file: &str, before: &str, after: &str) {
        let marking = Marking {
            version: "pl:3f9a0c21".to_owned(),
            file: file.to_owned(),
            lang: Lang::parse("uk").unwrap(),
        };
        let marked = marking.applied(before.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(marked).unwrap(), after);
        // A second time there is nothing to change.
        let again = marking.applied(after.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(again).unwrap(), after);
    }

    #[test]
    fn a_front_matter_is_added_where_there_is_none() {
        const MARK: &str = "+++\nsource_version = \"pl:3f9a0c21\"\n+++\n";
        marks("a.uk.md", "Текст\n", &format!("{MARK}\nТекст\n"));
        marks("a.uk.md", "\nТекст", &format!("{MARK}\nТекст"));
        marks("a.uk.md", "", MARK);
        let windows = format!("\u{feff}{MARK}\nТекст\n").replace('\n', "\r\n");
        marks("a.uk.md", "\u{feff}Текст\r\n", &windows);
    }

    #[test]
    fn all_else_of_a_front_matter_stays() {
        marks(
            "a.uk.md",
            "+++\ntitle = \"Т\"  # c\r\nextra = { a = 1 }\n\n[contact]\nname = 'N'\n+++\nТ\n",
            "+++\ntitle = \"Т\"  # c\r\nsource_version = \"pl:3f9a0c21\"\nextra = { a = 1 }\n\n[contact]\nname = 'N'\n+++\nТ\n",
        );
        marks(
            "a.uk.md",
            "+++\n[[documents]]\ntitle = \"Т\"\n+++\nТ",
            "+++\nsource_version = \"pl:3f9a0c21\"\n[[documents]]\ntitle = \"Т\"\n+++\nТ",
        );
        marks(
            "a.uk.md",
            "\u{feff}+++\r\nsource_version='pl:00000000' # old\r\ntitle = 'Т'\r\n+++\r\nТ",
            "\u{feff}+++\r\nsource_version=\"pl:3f9a0c21\" # old\r\ntitle = 'Т'\r\n+++\r\nТ",
        );
    }

    #[test]
    fn what_the_record_says_is_changed_there() {
        marks(
            "a.toml",
            "name = \"A\"\nsource_version.en = \"pl:1\"\nsource_version.uk = \"pl:0\"\n",
            "name = \"A\"\nsource_version.en = \"pl:1\"\nsource_version.uk = \"pl:3f9a0c21\"\n",
        );
    }
}
