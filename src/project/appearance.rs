//! How pages look and what they say by themselves: theme and languages.

use super::sources::Read;
use crate::content::{Colour, Problems};
use crate::kinds::SiteConfig;
use crate::lang::{Lang, Language};
use crate::source::{Span, Spanned};
use crate::theme::{self, Theme, ThemeFiles};
use rayon::prelude::*;
use std::sync::{Arc, OnceLock};

/// The theme and the languages of a site; a function of [`Wanted`] and the themes' files.
pub(super) struct Appearance {
    pub(super) languages: Vec<Arc<Language>>,
    /// Made when it is asked for, with what is wrong with it.
    theme: OnceLock<(Arc<Theme>, Problems)>,
    /// The themes it is made of.
    chain: Vec<String>,
    /// What is wrong with all else.
    problems: Problems,
    wanted: Wanted,
    files: ThemeFiles,
}

/// What the settings say of the appearance, with the places that say so.
#[derive(PartialEq)]
struct Wanted {
    theme: (String, Span),
    accent: Option<Colour>,
    languages: Vec<(Lang, Span)>,
    default: Lang,
}

impl Appearance {
    /// Reads the strings; where nothing of them or of the theme has changed since the load
    /// before, both are what they were.
    pub(super) fn load(
        read: &Read,
        config: &SiteConfig,
        before: Option<&Arc<Appearance>>,
        problems: &mut Problems,
    ) -> Arc<Appearance> {
        let wanted = Wanted::new(read, config);
        let same =
            |before: &&Arc<Appearance>| before.wanted == wanted && before.files == read.themes;
        let appearance = match before.filter(same) {
            Some(before) => Arc::clone(before),
            None => Arc::new(Appearance::new(wanted, &read.themes, before)),
        };
        problems.extend(appearance.problems.iter().cloned());
        appearance
    }

    fn new(wanted: Wanted, files: &ThemeFiles, before: Option<&Arc<Appearance>>) -> Appearance {
        let mut problems = Problems::new();
        let (name, at) = &wanted.theme;
        let chain = theme::chain(name, *at, files, &mut problems);
        let default = wanted.default;
        let tags: Vec<Lang> = wanted.languages.iter().map(|(tag, _)| *tag).collect();
        let read = theme::StringsFiles::read(&tags, default, &chain, files);
        let language = |(tag, at): &(Lang, Span)| {
            let mut found = Problems::new();
            let problems = &mut found;
            let strings = theme::load_strings(*tag, default, &chain, files, &read, *at, problems);
            let known = before.iter().flat_map(|before| &before.languages);
            let mut same = known.filter(|known| known.tag == *tag && known.strings == strings);
            let language = match same.next() {
                Some(same) => Arc::clone(same),
                None => Arc::new(Language::new(*tag, strings)),
            };
            (language, found)
        };
        let languages: Vec<_> = wanted.languages.par_iter().map(language).collect();
        let (languages, found): (Vec<Arc<Language>>, Vec<Problems>) = languages.into_iter().unzip();
        problems.extend(found.into_iter().flatten());
        Appearance {
            languages,
            theme: OnceLock::new(),
            chain,
            problems,
            wanted,
            files: files.clone(),
        }
    }

    /// The theme, compiled: one thread does that, while others have something else to do.
    pub(super) fn theme(&self, problems: &mut Problems) -> &Arc<Theme> {
        let (theme, found) = self.theme.get_or_init(|| {
            let mut found = Problems::new();
            let (files, accent) = (&self.files, self.wanted.accent.as_ref());
            let theme = theme::load(&self.chain, files, accent, &self.languages, &mut found);
            (Arc::new(theme), found)
        });
        problems.extend(found.iter().cloned());
        theme
    }
}

impl Wanted {
    fn new(read: &Read, config: &SiteConfig) -> Wanted {
        let theme = config.theme.as_ref().map(|theme| &theme.0);
        let name = theme.and_then(|theme| theme.name.clone());
        let default = || Spanned::new("default".to_owned(), Span::file(read.config));
        let name = name.unwrap_or_else(default);
        Wanted {
            theme: (name.value, name.span),
            accent: theme.and_then(|theme| theme.accent.clone()),
            languages: config
                .languages
                .iter()
                .map(|tag| (tag.value, tag.span))
                .collect(),
            default: config.default_language.value,
        }
    }
}
