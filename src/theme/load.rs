//! Puts a theme together: its own files over those of the theme it builds on.

use super::asset::ThemeAsset;
use super::templates::Templates;
use crate::content::{self, Colour, Problems};
use crate::diag::{Code, Diagnostic};
use crate::lang::Language;
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
            next = Some(match files.get(&(name.clone(), "theme.toml".to_owned())) {
                Some((file, bytes)) => extends(*file, bytes, problems),
                None => "default".to_owned(),
            });
        }
        chain.push(name);
    }
    if chain.last().is_none_or(|last| last != "default") {
        chain.push("default".to_owned());
    }
    chain
}

/// The theme that `theme.toml` names.
fn extends(file: FileId, bytes: &[u8], problems: &mut Problems) -> String {
    let text = String::from_utf8_lossy(bytes);
    let read = content::read_toml(&text, 0..text.len(), file, problems);
    let named = read.table.get_ref().get("extends");
    match named.map(|name| name.get_ref()) {
        Some(toml::de::DeValue::String(name)) => name.to_string(),
        _ => "default".to_owned(),
    }
}

/// The style sheet made of the tokens in `site.toml`, which stands over the theme's own.
const TOKENS: &str = "tokens.css";

/// Compiles the templates and collects the assets of a theme.
pub fn load(
    chain: &[String],
    files: &ThemeFiles,
    accent: Option<&Colour>,
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
    if let Some(Colour(accent)) = accent {
        let sheet = format!(":root{{--blue:{accent}}}\n");
        assets.insert(TOKENS, ThemeAsset::new(TOKENS, sheet.into_bytes().into()));
    }
    let assets: Vec<ThemeAsset> = assets.into_values().collect();
    Theme {
        templates: Templates::compile(chain, templates, languages, &assets, problems),
        assets,
    }
}
