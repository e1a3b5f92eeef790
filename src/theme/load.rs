//! Puts a theme together: its own files over those of the theme it builds on.

use super::asset::ThemeAsset;
use super::templates::Templates;
use crate::content::{self, Colour, Problems};
use crate::diag::{self, Code, Diagnostic};
use crate::lang::{Lang, Language, StringProblem, Strings};
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
    let built_in = ["default".to_owned()];
    if let Some(known) = read_strings(english, &built_in, files, &mut quiet) {
        report_misspelt(tag, chain, files, &known, problems);
    }
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
            // What a site's theme adds to a language need not be in those built in.
            if let Some((file, _)) = strings_file(tag, own_themes(chain), files) {
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

/// How many texts of a theme's own are looked at for that: each is compared with all of ours.
const MOST_COMPARED: usize = 1_000;

/// Reports keys of a site's own strings that are nearly, but not quite, known:
/// a theme may have texts of its own, but hardly ones a letter away from ours.
fn report_misspelt(
    tag: Lang,
    chain: &[String],
    files: &ThemeFiles,
    known: &Strings,
    problems: &mut Problems,
) {
    for theme in chain.iter().filter(|theme| *theme != "default") {
        let path = (theme.clone(), format!("strings/{tag}.toml"));
        let Some((file, bytes)) = files.get(&path) else {
            continue;
        };
        let unknown = Strings::places(&String::from_utf8_lossy(bytes))
            .into_iter()
            .filter(|(key, _)| known.get(key).is_none())
            .take(MOST_COMPARED);
        for (key, place) in unknown {
            if let Some(near) = diag::nearest(&key, known.iter().map(|(key, _)| key)) {
                problems.push(
                    Diagnostic::new(Code::UnknownString, Span::new(*file, place))
                        .with("key", &key)
                        .suggesting(Some(near.name.to_owned())),
                );
            }
        }
    }
}

/// The themes of a chain that are not built in; all of it when none is.
fn own_themes(chain: &[String]) -> &[String] {
    match chain {
        [own @ .., _] if !own.is_empty() => own,
        chain => chain,
    }
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
        let text = String::from_utf8_lossy(bytes);
        content::read_toml(&text, 0..text.len(), *file, problems);
        let (read, mistakes) = Strings::parse(&text);
        for StringProblem { key, place, detail } in mistakes {
            problems.push(
                Diagnostic::new(Code::StringForm, Span::new(*file, place))
                    .with("key", key)
                    .with_word("detail", detail),
            );
        }
        match &mut strings {
            Some(strings) => strings.overlay(&read),
            None => strings = Some(read),
        }
    }
    strings
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
