//! Where what a page shows comes from: the record, its fields, their places.

use super::answer::Answer;
use super::http::{Asked, Shared};
use super::live::Shown;
use super::page::page_at;
use super::subject;
use crate::content;
use crate::diag::Severity;
use crate::kinds::Record;
use crate::lang::Lang;
use crate::model::{LanguageId, Site, Translation};
use crate::project::Loaded;
use crate::report::visible;
use crate::source::{FileId, Sources, parse_toml};
use serde_json::{Value as Json, json};
use toml::de::DeValue;

/// A value that is written somewhere.
struct Written {
    /// As it is named in the file: `documents[0].title`.
    field: String,
    /// The language of the file or of the key, for a text.
    lang: Option<Lang>,
    text: String,
    file: FileId,
    start: u32,
}

/// The record behind the page at `url`, with all that is written of it, and what
/// the page still lacks; only `record` is null for a page that is about none.
pub(super) fn source(shared: &Shared, asked: &Asked) -> String {
    let shown = shared.live.now();
    let url = asked.get("url").unwrap_or_default();
    let answer = record_of(shared, &shown, url.trim_start_matches('/'), asked);
    answer
        .unwrap_or_else(|| json!({ "record": null }))
        .to_string()
}

fn record_of(shared: &Shared, shown: &Shown, url: &str, asked: &Asked) -> Option<Json> {
    let Answer::Page(page) = page_at(shared, shown, url) else {
        return None;
    };
    let loaded = &page.from;
    let snapshot = loaded.snapshot.as_ref()?;
    let record = subject::record(snapshot, page.route?)?;
    let site = &snapshot.site;
    let language = page
        .route?
        .language
        .unwrap_or_else(|| site.default_language());
    let reader = site.tag(language);
    let sources = &snapshot.sources;
    let link = |file: FileId, start: u32| {
        let path = &sources.get(file).path;
        let at = sources.position(file, start);
        let href = asked
            .loopback
            .then(|| shared.preview.editor.href(path, at.line, at.column));
        (format!("{path}:{}", at.line), href)
    };
    let values: Vec<Json> = written(record, sources)
        .into_iter()
        .map(|value| {
            let (place, href) = link(value.file, value.start);
            let other = value.lang.filter(|lang| *lang != reader);
            json!({
                "field": value.field,
                "lang": value.lang.map(|lang| lang.to_string()),
                "text": value.text,
                "other": other.map(|lang| shared.words().language_name(lang)),
                "place": place,
                "href": href,
            })
        })
        .collect();
    let (place, href) = link(record.file, 0);
    Some(json!({
        "record": format!("{}/{}", record.kind().folder(), record.id),
        "place": place,
        "href": href,
        "lang": reader.to_string(),
        "values": values,
        "lacks": lacks(shared, loaded, site, record, language),
    }))
}

/// What the page of a record lacks in a language: translations, and what is
/// wrong or left open in its files.
fn lacks(
    shared: &Shared,
    loaded: &Loaded,
    site: &Site,
    record: &Record,
    language: LanguageId,
) -> Vec<String> {
    let words = shared.words();
    let mut lacks = Vec::new();
    let named =
        |key: &str, lang: Lang| words.say_with(key, &[("language", &words.language_name(lang))]);
    match site.translation(record, language) {
        Translation::Own => {}
        Translation::Older(source) => lacks.push(named("status.older_than", source)),
        Translation::StandIn(shown) => lacks.push(named("status.shown_in", shown)),
    }
    let gaps = site.gaps(record);
    let missing: Vec<&str> = gaps
        .iter()
        .filter(|gap| gap.languages.contains(&language))
        .map(|gap| gap.field.as_str())
        .collect();
    if !missing.is_empty() {
        lacks.push(words.say_with("status.lacks", &[("fields", &missing.join(", "))]));
    }
    let texts = record.markdown.iter().map(|text| text.file);
    let files: Vec<FileId> = texts.chain([record.file]).collect();
    let mut problems: Vec<_> = loaded
        .problems
        .iter()
        .filter(|problem| files.contains(&problem.span.file))
        .collect();
    problems.sort_by_key(|problem| match problem.severity() {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    });
    lacks.extend(
        problems
            .iter()
            .map(|problem| visible(words.message(problem))),
    );
    lacks.dedup();
    lacks
}

/// All values of a record's files, in the order they are written.
fn written(record: &Record, sources: &Sources) -> Vec<Written> {
    let mut all = Vec::new();
    if let Some(file) = record.toml() {
        let text = sources.get(file).text();
        of_toml(text, 0, None, file, &mut all);
    }
    for body in &record.markdown {
        let text = sources.get(body.file).text();
        let Some(cut) = content::split(text) else {
            continue;
        };
        of_toml(
            &text[cut.toml.clone()],
            cut.toml.start,
            Some(body.lang),
            body.file,
            &mut all,
        );
        of_markdown(
            &text[cut.body.clone()],
            cut.body.start,
            body.lang,
            body.file,
            &mut all,
        );
    }
    all
}

fn of_toml(text: &str, base: usize, lang: Option<Lang>, file: FileId, all: &mut Vec<Written>) {
    let read = parse_toml(text);
    let mut open: Vec<(String, &toml::Spanned<DeValue<'_>>)> = Vec::new();
    let fields = read.table.get_ref().iter();
    open.extend(fields.map(|(name, value)| (name.get_ref().to_string(), value)));
    let mut found = Vec::new();
    while let Some((field, value)) = open.pop() {
        let text = match value.get_ref() {
            DeValue::Table(table) => {
                let inner = table.iter();
                open.extend(
                    inner.map(|(name, value)| (format!("{field}.{}", name.get_ref()), value)),
                );
                continue;
            }
            DeValue::Array(array) => {
                let inner = array.iter().enumerate();
                open.extend(inner.map(|(n, value)| (format!("{field}[{n}]"), value)));
                continue;
            }
            DeValue::String(text) => text.to_string(),
            _ => text[value.span()].to_owned(),
        };
        let of_key = field.rsplit('.').find_map(|part| Lang::parse(part).ok());
        found.push(Written {
            lang: of_key.or(lang),
            field,
            text,
            file,
            start: (base + value.span().start) as u32,
        });
    }
    found.sort_by_key(|value| value.start);
    all.append(&mut found);
}

/// The paragraphs of a body; a browser shows their words without the marks.
fn of_markdown(text: &str, base: usize, lang: Lang, file: FileId, all: &mut Vec<Written>) {
    let mut at = 0;
    for block in text.split("\n\n") {
        let inner = block.trim_start();
        if !inner.is_empty() {
            all.push(Written {
                field: "body".to_owned(),
                lang: Some(lang),
                text: inner.trim_end().to_owned(),
                file,
                start: (base + at + block.len() - inner.len()) as u32,
            });
        }
        at += block.len() + 2;
    }
}
