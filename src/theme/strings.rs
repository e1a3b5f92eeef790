//! The words of each language: put together from the themes of a chain, and checked.

use super::load::ThemeFiles;
use crate::content::{self, Problems};
use crate::diag::{self, Code, Diagnostic};
use crate::lang::{Lang, Message, StringProblem, Strings, plural_categories};
use crate::source::{FileId, Span};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

/// The strings files of a chain of themes, each read once: most stand in for several languages.
pub struct StringsFiles(HashMap<(String, Lang), (Strings, Problems)>);

impl StringsFiles {
    /// Reads those of some languages, and of those that stand in for them.
    pub fn read(languages: &[Lang], default: Lang, chain: &[String], files: &ThemeFiles) -> Self {
        let mut wanted = languages.to_vec();
        wanted.extend([default, english()]);
        wanted.sort_unstable();
        wanted.dedup();
        let of_themes = chain.par_iter().flat_map_iter(|theme| {
            let each = wanted.iter();
            each.filter_map(move |tag| Some((theme, *tag, strings_file(*tag, theme, files)?)))
        });
        let read = of_themes.map(|(theme, tag, (file, bytes))| {
            let read = read_strings(*file, bytes);
            ((theme.clone(), tag), read)
        });
        StringsFiles(read.collect())
    }

    /// The words of a language in some themes, the first over the others; none where no theme
    /// has any.
    fn of(&self, tag: Lang, chain: &[String], problems: &mut Problems) -> Option<Strings> {
        let mut strings: Option<Strings> = None;
        for theme in chain {
            let Some((read, found)) = self.0.get(&(theme.clone(), tag)) else {
                continue;
            };
            problems.extend(found.iter().cloned());
            match &mut strings {
                Some(strings) => strings.overlay(read),
                None => strings = Some(read.clone()),
            }
        }
        strings
    }
}

fn english() -> Lang {
    Lang::parse("en").expect("`en` is a language tag")
}

/// The words of a language: the theme's own over those of the themes below,
/// over the site's default language, over English. What is missing is reported.
pub fn load_strings(
    tag: Lang,
    default: Lang,
    chain: &[String],
    files: &ThemeFiles,
    read: &StringsFiles,
    config: Span,
    problems: &mut Problems,
) -> Strings {
    let own = read.of(tag, chain, problems);
    let asked_for = |key: &str| is_asked_for(key, chain, files);
    let mut strings = match own {
        Some(strings) => strings,
        None => {
            problems.push(Diagnostic::new(Code::NoStrings, config).with("language", tag));
            Strings::default()
        }
    };
    let own_files = own_files(tag, chain, files);
    let built_in = read.0.get(&("default".to_owned(), english()));
    if let Some((known, _)) = built_in {
        for (file, text) in own_files {
            report_texts(tag, file, &text, known, &asked_for, problems);
        }
    }
    for stand_in in [default, english()] {
        if stand_in == tag {
            continue;
        }
        let Some(below) = read.of(stand_in, chain, &mut Problems::new()) else {
            continue;
        };
        let missing = strings.fill_from(&below);
        for key in missing {
            // A language without any strings has been reported as a whole.
            // What a site's theme adds to a language need not be in those built in.
            let mut own = own_themes(chain).iter();
            if let Some((file, _)) = own.find_map(|theme| strings_file(tag, theme, files)) {
                problems.push(
                    Diagnostic::new(Code::MissingString, Span::file(*file))
                        .with("key", key)
                        .with("language", tag),
                );
            }
        }
    }
    strings.keep_numbers_with_nouns();
    strings
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
    theme: &str,
    files: &'a ThemeFiles,
) -> Option<&'a (FileId, Arc<[u8]>)> {
    files.get(&(theme.to_owned(), format!("strings/{tag}.toml")))
}

/// The words of a strings file, and what is wrong with it.
fn read_strings(file: FileId, bytes: &[u8]) -> (Strings, Problems) {
    let mut problems = Problems::new();
    let text = String::from_utf8_lossy(bytes);
    let read = content::read_toml(&text, 0..text.len(), file, &mut problems);
    let (strings, mistakes) = Strings::of(read.table.get_ref());
    for StringProblem { key, place, detail } in mistakes {
        problems.push(
            Diagnostic::new(Code::StringForm, Span::new(file, place))
                .with("key", key)
                .with_word("detail", detail),
        );
    }
    (strings, problems)
}

/// How many texts of a theme's own are looked at: each unknown one is compared with all of ours.
const MOST_COMPARED: usize = 1_000;

/// Reports texts that no page asks for, plural forms that the language has and
/// a text has not, and placeholders that are never filled.
fn report_texts(
    tag: Lang,
    file: FileId,
    text: &str,
    known: &Strings,
    asked_for: &dyn Fn(&str) -> bool,
    problems: &mut Problems,
) {
    let (own, _) = Strings::parse(text);
    let forms = plural_categories(tag);
    for (key, place) in Strings::places(text).into_iter().take(MOST_COMPARED) {
        let at = Span::new(file, place);
        let Some(message) = own.get(&key) else {
            continue;
        };
        let Some(pattern) = known.get(&key) else {
            if !asked_for(&key) {
                let near = diag::nearest(&key, known.iter().map(|(key, _)| key));
                problems.push(
                    Diagnostic::new(Code::UnknownString, at)
                        .with("key", &key)
                        .suggesting(near.map(|near| near.name.to_owned())),
                );
            }
            continue;
        };
        if let Message::Plural(_) = pattern {
            let missing: Vec<&str> = forms
                .iter()
                .copied()
                .filter(|form| !message.has_plural(form))
                .collect();
            if !missing.is_empty() {
                problems.push(
                    Diagnostic::new(Code::MissingPluralForm, at)
                        .with("key", &key)
                        .with("language", tag)
                        .with("forms", missing.join(", ")),
                );
            }
        }
        let filled = filled(pattern);
        for name in message.placeholders() {
            if !filled.contains(&name) {
                let near = diag::nearest(name, filled.iter().copied());
                problems.push(
                    Diagnostic::new(Code::UnknownPlaceholder, at)
                        .with("key", &key)
                        .with("name", braced(&[name]))
                        .with("known", braced(&filled))
                        .hinting(if filled.is_empty() { "none" } else { "known" })
                        .suggesting(near.map(|near| braced(&[near.name]))),
                );
            }
        }
    }
}

/// The placeholders that the program fills in a text, known from the English one.
fn filled(pattern: &Message) -> Vec<&str> {
    /// Languages choose among the forms of a date, and of names.
    const ALIKE: [&[&str]; 2] = [&["date", "of_date", "on_date"], &["name", "names"]];
    let mut names = pattern.placeholders();
    for alike in ALIKE {
        if names.iter().any(|name| alike.contains(name)) {
            names.extend(alike);
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

fn braced(names: &[&str]) -> String {
    let braced: Vec<String> = names.iter().map(|name| format!("{{{name}}}")).collect();
    braced.join(", ")
}

/// The strings files of a language in the themes that are a site's own, as text.
fn own_files<'a>(
    tag: Lang,
    chain: &[String],
    files: &'a ThemeFiles,
) -> Vec<(FileId, Cow<'a, str>)> {
    chain
        .iter()
        .filter(|theme| *theme != "default")
        .filter_map(|theme| strings_file(tag, theme, files))
        .map(|(file, bytes)| (*file, String::from_utf8_lossy(bytes)))
        .collect()
}

/// Whether a template of the site's own themes names a text: `t.nav.letters`,
/// `t.nav[…]`, `"nav.letters"`.
fn is_asked_for(key: &str, chain: &[String], files: &ThemeFiles) -> bool {
    let above = key.rsplit_once('.').map(|(above, _)| format!("t.{above}["));
    let written = format!("t.{key}");
    let quoted = [format!("\"{key}\""), format!("'{key}'")];
    let own = files.iter().filter(|((theme, path), _)| {
        theme != "default" && chain.contains(theme) && path.starts_with("templates/")
    });
    own.map(|(_, (_, bytes))| String::from_utf8_lossy(bytes))
        .any(|text| {
            text.contains(&written)
                || quoted.iter().any(|quoted| text.contains(quoted))
                || above.as_ref().is_some_and(|above| text.contains(above))
        })
}
