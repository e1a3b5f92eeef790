//! HTML that is put together of parts, and written once, into its page.
//!
//! What a component makes is printed by another, that by the page, and much of it by
//! several pages. So it is not a text but what the text is made of: a skeleton, which all
//! of its kind share, the texts that go into its gaps, and other HTML, which is shared as well.

use super::skeleton::{Gap, PART, Skeleton, mark};
use crate::routes::ROOT;
use serde::{Serialize, Serializer};
use std::cell::RefCell;
use std::sync::Arc;
use tera::Value;

/// HTML made by the program or by a template; cheap to clone.
///
/// Templates see it as a safe string. Those of the built-in theme print it without asking
/// whether there is any: pages with it and without it are of one shape. What they ask of is an
/// `Option<Html>`.
#[derive(Debug, Clone, Default)]
pub struct Html(Option<Arc<Content>>);

#[derive(Debug)]
struct Content {
    length: Length,
    form: Form,
}

#[derive(Debug)]
enum Form {
    /// The text, and where its marks of the root are.
    Text(String, Box<[u32]>),
    Filled(Filled),
}

/// A skeleton, and what goes into its gaps.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) skeleton: Arc<Skeleton>,
    /// The texts of the gaps in their order, escaped.
    pub(super) texts: String,
    pub(super) ends: Box<[TextEnd]>,
    /// Which of them goes into a gap is said there.
    pub(super) parts: Vec<Html>,
}

/// Where a text ends that goes into a gap, and whether the root is named in it.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextEnd(u32);

/// How long HTML is.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Length {
    /// Without the ways to the root.
    pub(super) bytes: usize,
    pub(super) roots: usize,
}

/// The kind of serde's newtypes by which HTML is known.
pub(super) const HTML: &str = "twintown::Html";

thread_local! {
    /// The HTML met while data is serialized, where marks are to stand for it.
    static MET: RefCell<Option<Vec<Html>>> = const { RefCell::new(None) };
}

impl Html {
    /// HTML that the program has written.
    pub fn text(text: String) -> Html {
        let roots = memchr::memchr_iter(ROOT as u8, text.as_bytes());
        let roots: Box<[u32]> = roots.map(|at| at as u32).collect();
        let length = Length {
            bytes: text.len() - roots.len(),
            roots: roots.len(),
        };
        let form = Form::Text(text, roots);
        Html(Some(Arc::new(Content { length, form })))
    }

    pub(super) fn filled(filled: Filled, length: Length) -> Html {
        let form = Form::Filled(filled);
        Html(Some(Arc::new(Content { length, form })))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        let Length { bytes, roots } = self.length();
        bytes + roots == 0
    }

    pub(super) fn length(&self) -> Length {
        let content = self.0.as_ref();
        content.map_or_else(Length::default, |content| content.length)
    }

    /// As it stands in a page from which `root` is the way to the site's root.
    pub fn with_root(&self, root: &str) -> Vec<u8> {
        let Length { bytes, roots } = self.length();
        let mut out = Vec::with_capacity(bytes + roots * root.len());
        self.push_to(&mut out, root.as_bytes());
        out
    }

    /// With the marks of the root.
    fn as_text(&self) -> String {
        let mut mark = [0; 4];
        let text = self.with_root(ROOT.encode_utf8(&mut mark));
        String::from_utf8(text).expect("it is put together of texts")
    }

    fn push_to(&self, out: &mut Vec<u8>, root: &[u8]) {
        match self.0.as_ref().map(|content| &content.form) {
            None => {}
            Some(Form::Text(text, roots)) => {
                let mut done = 0;
                for at in roots.iter().map(|at| *at as usize) {
                    out.extend_from_slice(&text.as_bytes()[done..at]);
                    out.extend_from_slice(root);
                    done = at + 1;
                }
                out.extend_from_slice(&text.as_bytes()[done..]);
            }
            Some(Form::Filled(filled)) => filled.push_to(out, root),
        }
    }
}

impl Filled {
    fn push_to(&self, out: &mut Vec<u8>, root: &[u8]) {
        let (texts, literals) = (self.texts.as_bytes(), self.skeleton.literals.as_bytes());
        let mut ends = self.ends.iter();
        let (mut literal, mut text) = (0, 0);
        for (end, gap) in &self.skeleton.gaps {
            out.extend_from_slice(&literals[literal..*end]);
            literal = *end;
            match gap {
                Gap::Root => out.extend_from_slice(root),
                Gap::Part(index) => self.parts[*index].push_to(out, root),
                Gap::Text { .. } => {
                    let end = ends.next().expect("each gap has its text");
                    let filling = &texts[text..end.at()];
                    text = end.at();
                    match end.has_root() {
                        true => push_with_root(filling, out, root),
                        false => out.extend_from_slice(filling),
                    }
                }
            }
        }
        out.extend_from_slice(&literals[literal..]);
    }
}

fn push_with_root(text: &[u8], out: &mut Vec<u8>, root: &[u8]) {
    let mut done = 0;
    for at in memchr::memchr_iter(ROOT as u8, text) {
        out.extend_from_slice(&text[done..at]);
        out.extend_from_slice(root);
        done = at + 1;
    }
    out.extend_from_slice(&text[done..]);
}

impl TextEnd {
    pub(super) fn new(at: usize) -> TextEnd {
        TextEnd((at as u32) << 1)
    }

    pub(super) fn names_root(&mut self) {
        self.0 |= 1;
    }

    pub(super) fn at(self) -> usize {
        (self.0 >> 1) as usize
    }

    fn has_root(self) -> bool {
        self.0 & 1 == 1
    }
}

/// Does something that serializes data, and gives the HTML met there; templates see marks
/// in its place, each with its number.
pub(super) fn meeting<T>(serialize: impl FnOnce() -> T) -> (T, Vec<Html>) {
    let before = MET.replace(Some(Vec::new()));
    let done = serialize();
    (done, MET.replace(before).unwrap_or_default())
}

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = MET.with_borrow_mut(|met| {
            let met = met.as_mut()?;
            met.push(self.clone());
            Some(met.len() - 1)
        });
        serializer.serialize_newtype_struct(HTML, &Seen { html: self, number })
    }
}

/// HTML as templates see it: its mark, where it has a number.
struct Seen<'a> {
    html: &'a Html,
    number: Option<usize>,
}

impl Serialize for Seen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let seen = match self.number {
            Some(number) => mark(PART, number),
            None => Value::safe_string(&self.html.as_text()),
        };
        seen.serialize(serializer)
    }
}
