//! Codes: of countries, languages, colours, public registers.

use super::Problems;
use super::field::{Field, Shape, quoted};
use super::item::Item;
use super::number::integer;
use super::plain::Plain;
use crate::diag::{Code, Diagnostic};
use crate::lang::{self, Lang, TagError};
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::marker::PhantomData;
use toml::de::DeValue;

/// A country by its ISO 3166-1 alpha-2 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Country([u8; 2]);

impl Country {
    /// The country with this code, if there is one.
    pub fn from_code(code: &str) -> Option<Country> {
        let bytes: [u8; 2] = code.as_bytes().try_into().ok()?;
        lang::is_country(code).then_some(Country(bytes))
    }

    /// Its code, in capitals.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).expect("country codes are ASCII")
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Codes people write for countries whose ISO code is another.
const MISTAKEN_COUNTRIES: &[(&str, &str)] =
    &[("UK", "GB"), ("EN", "GB"), ("CS", "CZ"), ("KS", "XK")];

impl Field for Country {
    fn shape() -> Shape {
        Shape::Country
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = item.expect_str(problems)?;
        let found = Country::from_code(text);
        if found.is_none() {
            let upper = text.to_uppercase();
            let mistaken = MISTAKEN_COUNTRIES.iter().find(|(wrong, _)| *wrong == upper);
            let meant = mistaken.map(|(_, right)| (*right).to_owned());
            let meant = meant.or_else(|| lang::is_country(&upper).then_some(upper));
            let meant = meant.or_else(|| lang::country_named(text).map(str::to_owned));
            let problem = Diagnostic::new(Code::Country, item.span()).with("value", text);
            problems.push(match meant {
                Some(code) => problem
                    .fixed_by(item.span(), quoted(&code))
                    .suggesting(Some(code)),
                None => problem,
            });
        }
        found
    }

    fn plain(&self) -> Plain<'_> {
        self.as_str().into()
    }
}

/// The languages that a slip of the pen is likely to have meant, the likeliest first.
const COMMON_LANGUAGES: &[&str] = &[
    "pl", "cs", "uk", "en", "de", "sk", "hu", "lt", "fr", "it", "es", "ro",
];

/// Reports what is no language tag; `cz` and `ua` are countries, so what is meant is known.
pub(crate) fn unknown_language(
    written: &str,
    span: Span,
    error: TagError,
    write: impl Fn(&str) -> String,
    free: impl Fn(&str) -> bool,
) -> Diagnostic {
    let problem = Diagnostic::new(Code::Language, span).with("value", written);
    match error {
        TagError::Mistaken(right) => {
            let problem = problem.hinting(match right {
                "cs" => "cs",
                "uk" => "uk",
                _ => "other",
            });
            let problem = match free(right) {
                true => problem.fixed_by(span, write(right)),
                false => problem,
            };
            problem.suggesting(Some(right.to_owned()))
        }
        TagError::Unknown => problem.nearest(written, COMMON_LANGUAGES.iter().copied()),
        TagError::Malformed => match lang::language_named(written).filter(|code| free(code)) {
            Some(code) => problem
                .suggesting(Some(code.to_owned()))
                .fixed_by(span, write(code)),
            None => problem,
        },
    }
}

impl Field for Lang {
    fn shape() -> Shape {
        Shape::Language
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = item.expect_str(problems)?;
        match Lang::parse(text) {
            Ok(lang) => Some(lang),
            Err(error) => {
                problems.push(unknown_language(text, item.span(), error, quoted, |_| true));
                None
            }
        }
    }

    fn plain(&self) -> Plain<'_> {
        self.as_str().into()
    }
}

/// A colour: `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colour(pub String);

impl Field for Colour {
    fn shape() -> Shape {
        Shape::Colour
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = item.expect_str(problems)?;
        let digits = text.strip_prefix('#').unwrap_or_default();
        let sound = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !sound {
            problems.push(
                Diagnostic::new(Code::UnknownValue, item.span())
                    .with("value", text)
                    .with("known", "#000000 … #ffffff"),
            );
        }
        sound.then(|| Colour(text.to_ascii_lowercase()))
    }

    fn plain(&self) -> Plain<'_> {
        self.0.as_str().into()
    }
}

/// A public register, as far as the form of its codes goes.
pub trait Register: Clone + fmt::Debug + 'static {
    /// What it is called, with its country where that is needed.
    const NAME: &'static str;
    /// A code as it looks.
    const EXAMPLE: &'static str;

    /// What all its codes match.
    fn pattern() -> &'static regex_lite::Regex;
}

/// A code of a register: text, or a number written without quotes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct RegisterCode<R>(pub String, PhantomData<fn() -> R>);

impl<R> PartialEq for RegisterCode<R> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<R: Register> Field for RegisterCode<R> {
    fn shape() -> Shape {
        Shape::Formed(R::EXAMPLE)
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let code = match item.value {
            DeValue::Integer(_) => integer(item, problems)?.to_string(),
            _ => String::read(item, problems)?,
        };
        if !R::pattern().is_match(&code) {
            let problem = Diagnostic::new(Code::RegisterCode, item.span())
                .with("value", &code)
                .with("register", R::NAME)
                .with("form", R::EXAMPLE);
            // What is left when blanks, hyphens and capitals are put right.
            let plain: String = code
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .collect();
            let bare = plain.replace(['-', '–'], "");
            let tries = [plain.to_uppercase(), plain.to_lowercase(), bare];
            let meant = tries.into_iter().find(|code| R::pattern().is_match(code));
            problems.push(match meant {
                Some(code) => problem
                    .fixed_by(item.span(), quoted(&code))
                    .suggesting(Some(code)),
                None => problem,
            });
        }
        Some(RegisterCode(code, PhantomData))
    }

    fn plain(&self) -> Plain<'_> {
        self.0.as_str().into()
    }
}
