//! `site.toml`, `accessibility.toml`, and the two vocabularies.

use super::sources::Read;
use crate::content::{self, Problems, TableAt, Toml};
use crate::diag::{Code, Diagnostic};
use crate::kinds::{self, Declaration, SiteConfig};
use crate::lang::Lang;
use crate::source::{FileId, Span};

pub(super) fn read_config(read: &Read, problems: &mut Problems) -> Option<SiteConfig> {
    let text = read.sources.get(read.config).text();
    if text.is_empty() || read.is_unreadable(read.config) {
        return None;
    }
    let before = problems.len();
    let config = with_table(text, read.config, problems, |table, problems| {
        <SiteConfig as content::Fields>::read_whole(&[table], problems)
    })?;
    // A mistake in a list may have left it empty or short; then there is no site to speak of.
    if config.languages.is_empty() {
        if problems.len() == before {
            problems.push(
                Diagnostic::new(Code::MissingField, Span::file(read.config))
                    .with("field", "languages"),
            );
        }
        return None;
    }
    if !config.languages.contains(&config.default_language) {
        problems.push(
            Diagnostic::new(Code::DefaultLanguage, config.default_language.span)
                .with("language", config.default_language.value),
        );
    }
    let mut seen: Vec<Lang> = Vec::new();
    let mut config = config;
    config
        .languages
        .retain(|lang| match seen.contains(&lang.value) {
            true => false,
            false => {
                seen.push(lang.value);
                true
            }
        });
    if let Some(language) = config.languages.get(MOST_LANGUAGES) {
        problems.push(
            Diagnostic::new(Code::TooMany, language.span)
                .with("count", config.languages.len())
                .with("limit", MOST_LANGUAGES),
        );
        return None;
    }
    Some(config)
}

/// The facts of the accessibility statement. Whoever publishes a site is told
/// when it has none; a page of the site's own may hold the statement instead.
pub(super) fn read_accessibility(
    read: &Read,
    config: &SiteConfig,
    problems: &mut Problems,
) -> Option<Declaration> {
    let Some(found) = read.find("content/accessibility.toml") else {
        let own_page = |path: &str| {
            let rest = path.strip_prefix("content/pages/accessibility");
            rest.is_some_and(|rest| rest.starts_with(['.', '/']))
        };
        let mut content = read.content().iter();
        let told = content.any(|found| own_page(&found.entry.path));
        if config.publisher.is_some() && !told {
            problems.push(Diagnostic::new(Code::NoStatement, Span::file(read.config)));
        }
        return None;
    };
    let file = found.file;
    if read.is_unreadable(file) {
        return None;
    }
    let text = found.source.text();
    let declaration = with_table(text, file, problems, |table, problems| {
        Declaration::read(&table, problems)
    });
    // What half a file seems to lack would be told in vain.
    let broken = |problem: &Diagnostic| problem.code == Code::Syntax && problem.span.file == file;
    declaration.filter(|_| !problems.iter().any(broken))
}

/// Every page is made once for each language, and each has all texts of the interface.
const MOST_LANGUAGES: usize = 100;

/// Parses a whole TOML file and hands its root to `read`.
fn with_table<T>(
    text: &str,
    file: FileId,
    problems: &mut Problems,
    read: impl FnOnce(TableAt<'_>, &mut Problems) -> T,
) -> T {
    let Toml { table, whole } = content::read_toml(text, 0..text.len(), file, problems);
    let root = TableAt {
        file,
        base: 0,
        source: text,
        lang: None,
        table: table.get_ref(),
        span: Span::file(file),
    };
    let mut found = Problems::new();
    let value = read(root, &mut found);
    if !whole {
        content::drop_consequences(&mut found, problems);
    }
    problems.append(&mut found);
    value
}

pub(super) fn read_vocabulary(
    read: &Read,
    path: &str,
    problems: &mut Problems,
) -> Vec<(String, kinds::Term)> {
    let Some(found) = read.find(path) else {
        return Vec::new();
    };
    with_table(
        found.source.text(),
        found.file,
        problems,
        |table, problems| kinds::read_vocabulary(&table, problems),
    )
}
