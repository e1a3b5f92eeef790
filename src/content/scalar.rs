//! The simple types of fields: numbers, dates, codes, addresses, references.

use super::Problems;
use super::field::{Field, Shape, Visitor, wrong_type};
use super::item::Item;
use crate::diag::{Code, Diagnostic};
use crate::lang::{self, Lang, Moment, PartialDate, TagError};
use crate::source::{Span, Spanned};
use serde_json::Value as Json;
use std::fmt;
use std::marker::PhantomData;
use toml::de::DeValue;
use toml::value::{Datetime, Offset};

impl Field for bool {
    fn shape() -> Shape {
        Shape::Boolean
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        match item.value {
            DeValue::Boolean(value) => Some(*value),
            _ => {
                wrong_type(item, "types.boolean", problems);
                None
            }
        }
    }

    fn to_json(&self) -> Json {
        (*self).into()
    }
}

/// A value whose place a later phase may ask for.
impl<T: Field> Field for Spanned<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        T::read(item, problems).map(|value| Spanned::new(value, item.span()))
    }

    fn visit(&self, visitor: &mut dyn Visitor) {
        self.value.visit(visitor);
    }

    fn to_json(&self) -> Json {
        self.value.to_json()
    }
}

/// A whole number that counts something.
impl Field for u32 {
    fn shape() -> Shape {
        Shape::Integer {
            least: 0,
            most: u32::MAX.into(),
        }
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let value = integer(item, problems)?;
        let found = u32::try_from(value).ok();
        if found.is_none() {
            problems.push(out_of_range(item, value, 0, u32::MAX));
        }
        found
    }

    fn to_json(&self) -> Json {
        (*self).into()
    }
}

/// A number that orders something; smaller comes first.
impl Field for i32 {
    fn shape() -> Shape {
        Shape::Integer {
            least: i32::MIN.into(),
            most: i32::MAX.into(),
        }
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let value = integer(item, problems)?;
        let found = i32::try_from(value).ok();
        if found.is_none() {
            problems.push(out_of_range(item, value, i32::MIN, i32::MAX));
        }
        found
    }

    fn to_json(&self) -> Json {
        (*self).into()
    }
}

/// Degrees of a point on the Earth (WGS 84), within `MOST` on either side of zero.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Degrees<const MOST: i32>(pub f64);

impl<const MOST: i32> Field for Degrees<MOST> {
    fn shape() -> Shape {
        Shape::Number {
            least: f64::from(-MOST),
            most: f64::from(MOST),
        }
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let value: f64 = match item.value {
            DeValue::Float(value) => value.as_str().parse().ok()?,
            DeValue::Integer(_) => integer(item, problems)? as f64,
            _ => {
                wrong_type(item, "types.number", problems);
                return None;
            }
        };
        let range = f64::from(-MOST)..=f64::from(MOST);
        if !range.contains(&value) {
            problems.push(out_of_range(item, value, -MOST, MOST));
            return None;
        }
        Some(Degrees(value))
    }

    fn to_json(&self) -> Json {
        self.0.into()
    }
}

fn integer(item: &Item<'_>, problems: &mut Problems) -> Option<i64> {
    let DeValue::Integer(value) = item.value else {
        wrong_type(item, "types.integer", problems);
        return None;
    };
    let read = i64::from_str_radix(value.as_str(), value.radix()).ok();
    if read.is_none() {
        problems.push(out_of_range(item, value, i64::MIN, i64::MAX));
    }
    read
}

fn out_of_range(
    item: &Item<'_>,
    value: impl fmt::Display,
    least: impl fmt::Display,
    most: impl fmt::Display,
) -> Diagnostic {
    Diagnostic::new(Code::Range, item.span())
        .with("value", value)
        .with("least", least)
        .with("most", most)
}

impl Field for PartialDate {
    fn shape() -> Shape {
        Shape::Date
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        Some(Moment::read(item, problems)?.date)
    }

    fn to_json(&self) -> Json {
        self.to_string().into()
    }
}

impl Field for Moment {
    fn shape() -> Shape {
        Shape::Moment
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let plain = |date| Moment {
            date,
            time: None,
            offset: None,
        };
        let (found, written) = match item.value {
            DeValue::Datetime(value) => (moment(value), value.to_string()),
            DeValue::String(text) => (PartialDate::parse(text).map(plain), text.to_string()),
            DeValue::Integer(_) => {
                let year = integer(item, problems)?;
                let plausible = (1000..=2999).contains(&year);
                let date = PartialDate::from_year(year).filter(|_| plausible);
                (date.map(plain), year.to_string())
            }
            _ => {
                wrong_type(item, "types.date", problems);
                return None;
            }
        };
        if found.is_none() {
            problems.push(Diagnostic::new(Code::Date, item.span()).with("value", written));
        }
        found
    }

    fn to_json(&self) -> Json {
        self.to_string().into()
    }
}

fn moment(value: &Datetime) -> Option<Moment> {
    let date = value.date?;
    let date = jiff::civil::Date::new(date.year as i16, date.month as i8, date.day as i8).ok()?;
    Some(Moment {
        date: PartialDate::day(date),
        time: value.time.map(|time| (time.hour, time.minute)),
        offset: value.offset.map(|offset| match offset {
            Offset::Z => 0,
            Offset::Custom { minutes } => minutes,
        }),
    })
}

/// A country by its ISO 3166-1 alpha-2 code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
            let mut problem = Diagnostic::new(Code::Country, item.span()).with("value", text);
            problem.suggestion = meant.or_else(|| lang::is_country(&upper).then_some(upper));
            problems.push(problem);
        }
        found
    }

    fn to_json(&self) -> Json {
        self.as_str().into()
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
                let mut problem = Diagnostic::new(Code::Language, item.span()).with("value", text);
                if let TagError::Mistaken(right) = error {
                    problem.suggestion = Some(right.to_owned());
                }
                problems.push(problem);
                None
            }
        }
    }

    fn to_json(&self) -> Json {
        self.as_str().into()
    }
}

/// An address on the web: `http` or `https` and a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Web(pub String);

impl Web {
    /// The address a text is, if it is one.
    pub fn parse(text: &str) -> Option<Web> {
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))?;
        let odd = |letter: char| {
            letter.is_whitespace() || letter.is_control() || "\"'<>\\`{}".contains(letter)
        };
        let sound = rest.starts_with(|first: char| first.is_alphanumeric() || first == '[')
            && !text.contains(odd);
        sound.then(|| Web(text.to_owned()))
    }
}

impl Field for Web {
    fn shape() -> Shape {
        Shape::Web
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = item.expect_str(problems)?;
        let found = Web::parse(text);
        if found.is_none() {
            problems.push(Diagnostic::new(Code::Url, item.span()).with("value", text));
        }
        found
    }

    fn to_json(&self) -> Json {
        self.0.as_str().into()
    }
}

/// The address a site is published at: without query and fragment, ending with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(pub String);

impl BaseUrl {
    /// The base address a text is, if it is one.
    pub fn parse(text: &str) -> Option<BaseUrl> {
        let web = Web::parse(text).filter(|web| !web.0.contains(['?', '#']))?;
        Some(BaseUrl(format!("{}/", web.0.trim_end_matches('/'))))
    }
}

impl Field for BaseUrl {
    fn shape() -> Shape {
        Shape::Web
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = item.expect_str(problems)?;
        let found = BaseUrl::parse(text);
        if found.is_none() {
            problems.push(Diagnostic::new(Code::Url, item.span()).with("value", text));
        }
        found
    }

    fn to_json(&self) -> Json {
        self.0.as_str().into()
    }
}

/// A colour: `#rrggbb`.
#[derive(Debug, Clone, PartialEq, Eq)]
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

    fn to_json(&self) -> Json {
        self.0.as_str().into()
    }
}

/// An e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(pub String);

impl Field for Email {
    fn shape() -> Shape {
        Shape::Email
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = item.expect_str(problems)?;
        let plain = |part: &str| {
            !part.is_empty()
                && part
                    .chars()
                    .all(|letter| letter.is_alphanumeric() || "._%+-".contains(letter))
        };
        let sound = text
            .split_once('@')
            .is_some_and(|(user, host)| plain(user) && plain(host) && host.contains('.'));
        if !sound {
            problems.push(Diagnostic::new(Code::Email, item.span()).with("value", text));
        }
        sound.then(|| Email(text.to_owned()))
    }

    fn to_json(&self) -> Json {
        self.0.as_str().into()
    }
}

/// The last part of a page's address: `[a-z0-9][a-z0-9-]*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slug(pub String);

/// Whether a text can be a record's id or a slug.
pub fn is_id(text: &str) -> bool {
    text.len() <= 200
        && text.starts_with(|first: char| first.is_ascii_lowercase() || first.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

impl Field for Slug {
    fn shape() -> Shape {
        Shape::Slug
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = item.expect_str(problems)?;
        if !is_id(text) {
            problems.push(Diagnostic::new(Code::Id, item.span()).with("value", text));
            return None;
        }
        Some(Slug(text.to_owned()))
    }

    fn to_json(&self) -> Json {
        self.0.as_str().into()
    }
}

/// What a reference may point to.
pub trait ReferenceTo: Clone + PartialEq + fmt::Debug + 'static {
    /// The names of the kinds, as in links: `city`, `area`.
    const KINDS: &'static [&'static str];
}

/// The id of another record, an area or a topic.
pub struct Reference<T> {
    pub id: String,
    pub span: Span,
    target: PhantomData<fn() -> T>,
}

impl<T> Reference<T> {
    /// A reference written at `span`.
    pub fn new(id: String, span: Span) -> Self {
        Reference {
            id,
            span,
            target: PhantomData,
        }
    }
}

impl<T> Clone for Reference<T> {
    fn clone(&self) -> Self {
        Reference::new(self.id.clone(), self.span)
    }
}

impl<T> PartialEq for Reference<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<T> fmt::Debug for Reference<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "→ {}", self.id)
    }
}

impl<T: ReferenceTo> Field for Reference<T> {
    fn shape() -> Shape {
        Shape::Reference(T::KINDS)
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let id = item.expect_str(problems)?;
        Some(Reference::new(id.to_owned(), item.span()))
    }

    fn visit(&self, visitor: &mut dyn Visitor) {
        visitor.reference(&self.id, self.span, T::KINDS);
    }

    fn to_json(&self) -> Json {
        self.id.as_str().into()
    }
}

/// The path of a file of the record, or of `/media/`.
#[derive(Debug, Clone)]
pub struct FilePath {
    pub path: String,
    pub span: Span,
}

impl PartialEq for FilePath {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Field for FilePath {
    fn shape() -> Shape {
        Shape::File
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let path = String::read(item, problems)?;
        Some(FilePath {
            path,
            span: item.span(),
        })
    }

    fn visit(&self, visitor: &mut dyn Visitor) {
        visitor.file(&self.path, self.span);
    }

    fn to_json(&self) -> Json {
        self.path.as_str().into()
    }
}

/// A free table for themes; the program does not look into it.
#[derive(Debug, Clone, PartialEq)]
pub struct Extra(pub Json);

impl Field for Extra {
    fn shape() -> Shape {
        Shape::Extra
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        item.expect_table(problems)?;
        Some(Extra(json(item.value)))
    }

    fn to_json(&self) -> Json {
        self.0.clone()
    }
}

fn json(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(text) => super::text::clean(text).into(),
        DeValue::Integer(value) => i64::from_str_radix(value.as_str(), value.radix())
            .ok()
            .into(),
        DeValue::Float(value) => value.as_str().parse::<f64>().ok().into(),
        DeValue::Boolean(value) => (*value).into(),
        DeValue::Datetime(value) => value.to_string().into(),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => table
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref())))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

/// An address that a page of this site once had: `/pl/miasta/stare/`.
#[derive(Debug, Clone)]
pub struct FormerUrl {
    pub path: String,
    pub span: Span,
}

impl PartialEq for FormerUrl {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path
    }
}

impl Field for FormerUrl {
    fn shape() -> Shape {
        Shape::Text
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let text = item.expect_str(problems)?;
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
        let sound = text.starts_with('/')
            && text.len() > 1
            && text.bytes().all(plain)
            && !text.split('/').any(|part| part == "..")
            && !text.contains("//");
        if !sound {
            problems.push(Diagnostic::new(Code::FormerUrl, item.span()).with("url", text));
        }
        sound.then(|| FormerUrl {
            path: text.to_owned(),
            span: item.span(),
        })
    }

    fn to_json(&self) -> Json {
        self.path.as_str().into()
    }
}

/// A code of a register: text, or a number written without quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterCode(pub String);

impl Field for RegisterCode {
    fn shape() -> Shape {
        Shape::Text
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        match item.value {
            DeValue::Integer(_) => {
                integer(item, problems).map(|code| RegisterCode(code.to_string()))
            }
            _ => String::read(item, problems).map(RegisterCode),
        }
    }

    fn to_json(&self) -> Json {
        self.0.as_str().into()
    }
}
