//! Addresses within the site: `pl/miasta/sochaczew/`, without the leading slash.

use crate::lang::{Language, slugify};

/// Stands for the site's root in rendered pages, until `render` puts the way
/// there from the page: `../../`. So what many pages show is rendered once.
pub const ROOT: char = '\u{1a}';

/// Writes a text with the way to the root in place of its marks.
pub fn push_with_root(text: &[u8], root: &[u8], out: &mut Vec<u8>) {
    let mut done = 0;
    for at in memchr::memchr_iter(ROOT as u8, text) {
        out.extend_from_slice(&text[done..at]);
        out.extend_from_slice(root);
        done = at + 1;
    }
    out.extend_from_slice(&text[done..]);
}

/// The words of a language that addresses are made of.
pub struct UrlWords<'a>(pub &'a Language);

impl UrlWords<'_> {
    /// The word for a section; its key where the strings lack it.
    pub fn section(&self, key: &str) -> String {
        match slugify(&self.0.text(&format!("url.{key}"))) {
            word if word.is_empty() => key.to_owned(),
            word => word,
        }
    }

    /// `pl/miasta/`
    pub fn index(&self, key: &str) -> String {
        format!("{}/{}/", self.home_folder(), self.section(key))
    }

    /// `pl/miasta/sochaczew/`
    pub fn below(&self, key: &str, slug: &str) -> String {
        format!("{}{slug}/", self.index(key))
    }

    /// The part of a list: the list itself for the first, then `…/page-2/`.
    pub fn part(&self, list: &str, part: u16) -> String {
        match part {
            0 | 1 => list.to_owned(),
            part => format!("{list}{}-{part}/", self.section("page")),
        }
    }

    /// `pl/`
    pub fn home(&self) -> String {
        format!("{}/", self.home_folder())
    }

    fn home_folder(&self) -> String {
        self.0.tag.as_str().to_lowercase()
    }
}

/// The file an address is served from: folders hold an `index.html`.
pub fn file_path(url: &str) -> String {
    match is_folder(url) {
        true => [url, "index.html"].concat(),
        false => url.to_owned(),
    }
}

/// Whether the file of an address is an HTML page.
pub fn is_html(url: &str) -> bool {
    is_folder(url) || url.ends_with(".html")
}

fn is_folder(url: &str) -> bool {
    url.is_empty() || url.ends_with('/')
}

/// How many folders deep a page is.
pub fn depth(url: &str) -> usize {
    url.bytes().filter(|byte| *byte == b'/').count()
}

/// The way from a page to the site's root: `../../`, or `./` at the root itself.
pub fn relative(url: &str) -> String {
    match depth(url) {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// A link to an address, to be made relative when the page is rendered.
pub fn site_root(url: &str) -> String {
    let mut href = String::with_capacity(1 + url.len());
    href.push(ROOT);
    href.push_str(url);
    href
}
