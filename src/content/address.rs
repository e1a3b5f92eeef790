//! Addresses: on the web, within the site, of files, of people.

use super::Problems;
use super::field::{Field, Shape, Visitor, quoted};
use super::item::Item;
use super::plain::Plain;
use crate::diag::{Code, Diagnostic};
use crate::lang::slugify;
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// An address on the web: `http` or `https` and a host.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Web {
    pub url: String,
    pub span: Span,
}

impl PartialEq for Web {
    fn eq(&self, other: &Self) -> bool {
        self.url == other.url
    }
}

/// Whether a text is an address on the web.
fn is_web(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
    else {
        return false;
    };
    let odd = |letter: char| {
        letter.is_whitespace() || letter.is_control() || "\"<>\\`{}".contains(letter)
    };
    rest.starts_with(|first: char| first.is_alphanumeric() || first == '[') && !text.contains(odd)
}

impl Field for Web {
    fn shape() -> Shape {
        Shape::Web
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let parse = |text: &str| is_web(text).then(|| text.to_owned());
        read_url(item, problems, parse).map(|url| Web {
            url,
            span: item.span(),
        })
    }

    fn visit(&self, visitor: &mut dyn Visitor) {
        visitor.web(&self.url, self.span);
    }

    fn plain(&self) -> Plain<'_> {
        self.url.as_str().into()
    }
}

/// Reads an address; reports one that cannot be used.
fn read_url<T>(
    item: &Item<'_>,
    problems: &mut Problems,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let text = item.expect_str(problems)?;
    let found = parse(text);
    if found.is_none() {
        // The commonest mistake is to leave out what stands before the host.
        let whole = format!("https://{text}");
        let meant = (text.contains('.') && !text.contains(':') && is_web(&whole)).then_some(whole);
        let problem = Diagnostic::new(Code::Url, item.span()).with("value", text);
        problems.push(match meant {
            Some(whole) => problem
                .fixed_by(item.span(), quoted(&whole))
                .suggesting(Some(whole)),
            None => problem,
        });
    }
    found
}

/// The address a site is published at: without query and fragment, ending with `/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseUrl(pub String);

impl BaseUrl {
    /// The base address a text is, if it is one.
    pub fn parse(text: &str) -> Option<BaseUrl> {
        let sound = is_web(text) && !text.contains(['?', '#']);
        sound.then(|| BaseUrl(format!("{}/", text.trim_end_matches('/'))))
    }
}

impl Field for BaseUrl {
    fn shape() -> Shape {
        Shape::Web
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        read_url(item, problems, BaseUrl::parse)
    }

    fn plain(&self) -> Plain<'_> {
        self.0.as_str().into()
    }
}

/// An e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

    fn plain(&self) -> Plain<'_> {
        self.0.as_str().into()
    }
}

/// The last part of a page's address: `[a-z0-9][a-z0-9-]*`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Slug(pub String, pub Span);

impl PartialEq for Slug {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

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
            let problem = Diagnostic::new(Code::Id, item.span()).with("value", text);
            problems.push(match slugify(text) {
                slug if is_id(&slug) => problem
                    .fixed_by(item.span(), quoted(&slug))
                    .suggesting(Some(slug)),
                _ => problem,
            });
            return None;
        }
        Some(Slug(text.to_owned(), item.span()))
    }

    fn plain(&self) -> Plain<'_> {
        self.0.as_str().into()
    }
}

/// The path of a file of the record, or of `/media/`.
#[derive(Debug, Clone, Serialize, Deserialize)]
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

    fn plain(&self) -> Plain<'_> {
        self.path.as_str().into()
    }
}

/// An address that a page of this site once had: `/pl/miasta/stare/`.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
        Shape::Formed("/pl/miasta/stare/")
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

    fn plain(&self) -> Plain<'_> {
        self.path.as_str().into()
    }
}
