//! Puts a theme together: its own files over those of the theme it builds on.

use super::templates::Templates;
use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::lang::{Lang, Language, StringProblem, Strings};
use crate::model::fingerprint;
use crate::source::{FileId, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of all themes at hand, by theme and path below it.
pub type ThemeFiles = BTreeMap<(String, String), (FileId, Arc<[u8]>)>;

/// A theme, ready to render.
pub struct Theme {
    pub templates: Templates,
    pub assets: Vec<ThemeAsset>,
}

/// A style sheet, script or picture of the theme.
#[derive(Debug, Clone)]
pub struct ThemeAsset {
    /// Its path below `assets/` in the theme.
    pub name: String,
    /// In the output: `assets/style.3f2a9c01.css`.
    pub url: String,
    pub bytes: Arc<[u8]>,
}

/// The themes a theme is made of: itself, what it builds on, … `default`.
///
/// A theme says what it builds on in `theme.toml`: `extends = "default"`.
pub fn chain(name: &str, at: Span, files: &ThemeFiles, problems: &mut Problems) -> Vec<String> {
    let mut chain: Vec<String> = Vec::new();
    let mut next = Some(name.to_owned());
    while let Some(name) = next.take() {
        let known = files.keys().any(|(theme, _)| *theme == name);
        if !known || chain.contains(&name) {
            let themes: Vec<&str> = files.keys().map(|(theme, _)| theme.as_str()).collect();
            problems.push(
                Diagnostic::new(Code::UnknownTheme, at)
                    .with("name", &name)
                    .nearest(&name, themes),
            );
            break;
        }
        if name != "default" {
            let config = files.get(&(name.clone(), "theme.toml".to_owned()));
            next = Some(
                config
                    .and_then(|(_, bytes)| extends(bytes))
                    .unwrap_or("default".to_owned()),
            );
        }
        chain.push(name);
    }
    if chain.last().is_none_or(|last| last != "default") {
        chain.push("default".to_owned());
    }
    chain
}

fn extends(bytes: &[u8]) -> Option<String> {
    let table: toml::Table = std::str::from_utf8(bytes).ok()?.parse().ok()?;
    Some(table.get("extends")?.as_str()?.to_owned())
}

/// The words of a language: the theme's own over those of the themes below,
/// over the site's default language, over English. What is missing is reported.
pub fn load_strings(
    tag: Lang,
    default: Lang,
    chain: &[String],
    files: &ThemeFiles,
    config: Span,
    problems: &mut Problems,
) -> Strings {
    let own = read_strings(tag, chain, files, problems);
    let mut strings = match own {
        Some(strings) => strings,
        None => {
            problems.push(Diagnostic::new(Code::NoStrings, config).with("language", tag));
            Strings::default()
        }
    };
    let english = Lang::parse("en").expect("`en` is a language tag");
    let mut quiet = Problems::new();
    for stand_in in [default, english] {
        if stand_in == tag {
            continue;
        }
        let Some(below) = read_strings(stand_in, chain, files, &mut quiet) else {
            continue;
        };
        let missing = strings.fill_from(&below);
        for key in missing {
            // A language without any strings has been reported as a whole.
            if let Some((file, _)) = strings_file(tag, chain, files) {
                problems.push(
                    Diagnostic::new(Code::MissingString, Span::file(*file))
                        .with("key", key)
                        .with("language", tag),
                );
            }
        }
    }
    strings
}

fn strings_file<'a>(
    tag: Lang,
    chain: &[String],
    files: &'a ThemeFiles,
) -> Option<&'a (FileId, Arc<[u8]>)> {
    chain
        .iter()
        .find_map(|theme| files.get(&(theme.clone(), format!("strings/{tag}.toml"))))
}

fn read_strings(
    tag: Lang,
    chain: &[String],
    files: &ThemeFiles,
    problems: &mut Problems,
) -> Option<Strings> {
    let mut strings: Option<Strings> = None;
    for theme in chain {
        let Some((file, bytes)) = files.get(&(theme.clone(), format!("strings/{tag}.toml"))) else {
            continue;
        };
        let (read, mistakes) = Strings::parse(&String::from_utf8_lossy(bytes));
        for StringProblem { key, place, detail } in mistakes {
            problems.push(
                Diagnostic::new(Code::StringForm, Span::new(*file, place))
                    .with("key", key)
                    .with("detail", detail),
            );
        }
        match &mut strings {
            Some(strings) => {
                strings.fill_from(&read);
            }
            None => strings = Some(read),
        }
    }
    strings
}

/// Compiles the templates and collects the assets of a theme.
pub fn load(
    chain: &[String],
    files: &ThemeFiles,
    languages: &[Arc<Language>],
    problems: &mut Problems,
) -> Theme {
    let mut assets: BTreeMap<&str, ThemeAsset> = BTreeMap::new();
    let mut templates = Vec::new();
    for theme in chain {
        for ((owner, path), (file, bytes)) in files {
            if owner != theme {
                continue;
            }
            if let Some(name) = path.strip_prefix("assets/") {
                assets
                    .entry(name)
                    .or_insert_with(|| ThemeAsset::new(name, bytes.clone()));
            } else if let Some(name) = path.strip_prefix("templates/") {
                let text = String::from_utf8_lossy(bytes).into_owned();
                templates.push((format!("{theme}/{name}"), *file, text));
            }
        }
    }
    let assets: Vec<ThemeAsset> = assets.into_values().collect();
    Theme {
        templates: Templates::compile(chain, templates, languages, &assets, problems),
        assets,
    }
}

impl ThemeAsset {
    fn new(name: &str, bytes: Arc<[u8]>) -> Self {
        let print = fingerprint(&bytes);
        let url = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("assets/{stem}.{print}.{extension}"),
            None => format!("assets/{name}.{print}"),
        };
        ThemeAsset {
            name: name.to_owned(),
            url,
            bytes,
        }
    }
}
