//! Texts in several languages, and names with the forms a sentence needs.

use super::Problems;
use super::code::unknown_language;
use super::field::{Field, Shape, Visitor, text_of, wrong_type};
use super::item::Item;
use super::letters::{invisible, is_plain, unwanted};
use super::placeholder::report_placeholder;
use super::plain::Plain;
use crate::diag::{Code, Diagnostic};
use crate::lang::{CaseForms, Lang};
use serde::{Deserialize, Serialize};
use toml::de::DeValue;

/// A value for all languages, or one for each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Localised<T> {
    /// Written without a language: the same in all of them.
    pub same: Option<T>,
    /// Written for a language, in the order of the tags.
    pub by: Vec<(Lang, T)>,
}

/// A short text.
pub type Text = Localised<String>;
/// A name of a place or an organisation.
pub type Name = Localised<CaseForms>;

impl<T> Localised<T> {
    /// The value written for exactly this language, or for all.
    pub fn exact(&self, lang: Lang) -> Option<&T> {
        self.own(lang).or(self.same.as_ref())
    }

    /// The value written for this language alone.
    pub fn own(&self, lang: Lang) -> Option<&T> {
        self.by
            .iter()
            .find(|(known, _)| *known == lang)
            .map(|(_, value)| value)
    }

    /// Every value, whatever its language.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.same
            .iter()
            .chain(self.by.iter().map(|(_, value)| value))
    }
}

impl<T: Field> Field for Localised<T> {
    fn shape() -> Shape {
        Shape::Localised(Box::new(T::shape()))
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let by_language = match item.value {
            DeValue::Table(table) => {
                !is_forms::<T>(table.iter().map(|(key, _)| key.get_ref().as_ref()))
            }
            _ => false,
        };
        if !by_language {
            let value = T::read(item, problems)?;
            return Some(match item.lang {
                Some(lang) => Localised {
                    same: None,
                    by: vec![(lang, value)],
                },
                None => Localised {
                    same: Some(value),
                    by: Vec::new(),
                },
            });
        }
        let table = item.expect_table(problems)?;
        let mut by = Vec::new();
        for (key, span) in table.keys() {
            let Some(inner) = table.get(key) else {
                continue;
            };
            match Lang::parse(key) {
                _ if CaseForms::NAMES.contains(&key) => problems
                    .push(Diagnostic::new(Code::FormWithoutLanguage, span).with("form", key)),
                Ok(lang) => by
                    .extend(T::read(&inner.in_language(lang), problems).map(|value| (lang, value))),
                Err(error) => {
                    let free = |name: &str| table.get(name).is_none();
                    problems.push(unknown_language(key, span, error, str::to_owned, free));
                }
            }
        }
        by.sort_by_key(|(lang, _)| *lang);
        (!by.is_empty()).then_some(Localised { same: None, by })
    }

    fn absorb(&mut self, other: Self) -> bool {
        let mut agree = match (&self.same, other.same) {
            (Some(mine), Some(theirs)) => *mine == theirs,
            (None, theirs) => {
                self.same = theirs;
                true
            }
            (Some(_), None) => true,
        };
        for (lang, theirs) in other.by {
            // A text for all languages is one for this language too.
            match self.exact(lang) {
                Some(mine) => agree &= *mine == theirs,
                None => self.by.push((lang, theirs)),
            }
        }
        self.by.sort_by_key(|(lang, _)| *lang);
        agree
    }

    fn visit(&self, visitor: &mut dyn Visitor) {
        if matches!(T::shape(), Shape::Text | Shape::CaseForms) {
            visitor.text(&|lang| self.exact(lang).is_some());
        }
        self.values().for_each(|value| value.visit(visitor));
    }

    fn plain(&self) -> Plain<'_> {
        match (&self.same, self.by.is_empty()) {
            (Some(same), true) => same.plain(),
            (same, _) => {
                let own = self.by.iter();
                let own = own.map(|(lang, value)| (lang.as_str(), value.plain()));
                let und = same.iter().map(|value| ("und", value.plain()));
                Plain::Table(und.chain(own).collect())
            }
        }
    }
}

/// A text that belongs to one language, such as an office's name in its own:
/// it may say which, and lacks nothing in the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NativeText(pub Text);

impl Field for NativeText {
    fn shape() -> Shape {
        Text::shape()
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        Text::read(item, problems).map(NativeText)
    }

    fn absorb(&mut self, other: Self) -> bool {
        self.0.absorb(other.0)
    }

    fn plain(&self) -> Plain<'_> {
        self.0.plain()
    }
}

/// Whether a table with these keys is one name in its case forms, not a text by language.
fn is_forms<'k, T: Field>(mut keys: impl Iterator<Item = &'k str>) -> bool {
    matches!(T::shape(), Shape::CaseForms) && keys.all(|key| CaseForms::NAMES.contains(&key))
}

/// A name is written as a text, or as a table of its forms.
impl Field for CaseForms {
    fn shape() -> Shape {
        Shape::CaseForms
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let Some(table) = item.as_table() else {
            return Some(CaseForms::nominative(String::read(item, problems)?));
        };
        for (key, span) in table.keys() {
            if !Self::NAMES.contains(&key) {
                let free = Self::NAMES.iter().copied();
                let free = free.filter(|name| table.get(name).is_none());
                problems.push(
                    Diagnostic::new(Code::UnknownField, span)
                        .with("field", key)
                        .nearest_of(key, free, str::to_owned),
                );
            }
        }
        let mut form = |name: &str| {
            table
                .get(name)
                .and_then(|item| String::read(&item, problems))
        };
        let (nom, gen_, loc, adj) = (form("nom"), form("gen"), form("loc"), form("adj"));
        if nom.is_none() {
            problems.push(Diagnostic::new(Code::MissingField, table.span).with("field", "nom"));
        }
        Some(CaseForms {
            nom: nom?,
            gen_,
            loc,
            adj,
        })
    }

    fn plain(&self) -> Plain<'_> {
        if self.gen_.is_none() && self.loc.is_none() && self.adj.is_none() {
            return self.nom.as_str().into();
        }
        let forms = [
            ("nom", Some(&self.nom)),
            ("gen", self.gen_.as_ref()),
            ("loc", self.loc.as_ref()),
            ("adj", self.adj.as_ref()),
        ];
        let forms = forms.into_iter();
        Plain::Table(
            forms
                .filter_map(|(key, form)| Some((key, form?.as_str())))
                .collect(),
        )
    }
}

/// A text: never empty, without control characters.
impl Field for String {
    fn shape() -> Shape {
        Shape::Text
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let DeValue::String(text) = item.value else {
            wrong_type(item, "types.text", text_of(item), problems);
            return None;
        };
        problems.extend(escaped(item, text));
        report_placeholder(text, item.span(), problems);
        let text = clean(text.trim());
        if text.is_empty() {
            problems.push(Diagnostic::new(Code::EmptyText, item.span()));
            return None;
        }
        Some(text)
    }

    fn plain(&self) -> Plain<'_> {
        self.as_str().into()
    }
}

/// Reports characters that can't be seen and stand there as escapes (`\\u202E`);
/// those that stand there themselves are found in the file.
fn escaped(item: &Item<'_>, text: &str) -> Option<Diagnostic> {
    if is_plain(text) {
        return None;
    }
    let mut previous = None;
    text.chars().find_map(|letter| {
        let code = unwanted(previous.replace(letter), letter)?;
        let is_escape = !item.written().contains(letter);
        is_escape.then(|| invisible(code, letter, item.span()))
    })
}

/// Whether [`clean`] would leave a text as it is; of some others it says that it would not.
pub(super) fn is_clean(text: &str) -> bool {
    is_plain(text) && !text.contains('\r')
}

/// Drops control characters, which have no meaning in a page and one of which
/// marks the site's root in rendered links.
pub(super) fn clean(text: &str) -> String {
    if is_clean(text) {
        return text.to_owned();
    }
    text.chars()
        .filter(|letter| {
            let code = unwanted(None, *letter);
            code != Some(Code::ControlCharacter) && *letter != '\r'
        })
        .collect()
}
