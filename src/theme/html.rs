//! HTML that is put together of parts.
//!
//! What a component makes is printed by another, that by the page, and much of it by
//! several pages. So what is long is not copied from one to the next: it is a part of them, and
//! written when they are, into the page.

use super::skeleton::{PART, mark};
use crate::routes::{ROOT, push_with_root};
use serde::{Serialize, Serializer};
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use tera::Value;

/// HTML made by the program or by a template; cheap to clone.
///
/// Templates see it as a safe string. Those of the built-in theme print it without asking
/// whether there is any: pages with it and without it are of one shape. What they ask of is an
/// `Option<Html>`.
#[derive(Debug, Clone, Default)]
pub struct Html(Kept);

#[derive(Debug, Clone, Default)]
enum Kept {
    #[default]
    Nothing,
    /// A text that is copied into the HTML around it.
    Short(Arc<str>),
    /// A part of the HTML around it.
    Long(Arc<Content>),
}

#[derive(Debug)]
struct Content {
    text: String,
    /// Further HTML, and the place in the text that it stands before.
    parts: Vec<(usize, Html)>,
    /// How long it is with all of its parts, in bytes.
    length: usize,
}

/// HTML that is being put together.
pub(super) struct Writer {
    pub(super) text: String,
    parts: Vec<(usize, Html)>,
}

/// The name of serde's newtype by which HTML is known.
pub(super) const HTML: &str = "twintown::Html";

/// HTML that is no longer than this is copied, in bytes: it is written faster than looked up.
const SHORT: usize = 512;

thread_local! {
    /// The HTML met while data is serialized, where marks are to stand for it.
    static MET: RefCell<Option<Vec<Html>>> = const { RefCell::new(None) };
    /// Room of this thread in which short HTML is put together.
    static SPARE: Cell<String> = const { Cell::new(String::new()) };
}

impl Html {
    /// HTML that the program has written.
    pub fn text(text: String) -> Html {
        let parts = Vec::new();
        Writer { text, parts }.finish()
    }

    /// The same with no more room than it needs, for what is kept.
    pub fn shrunk(mut self) -> Html {
        if let Kept::Long(content) = &mut self.0
            && let Some(content) = Arc::get_mut(content)
        {
            content.text.shrink_to_fit();
            content.parts.shrink_to_fit();
        }
        self
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.length() == 0
    }

    /// The text of what is copied into the HTML around it.
    pub(super) fn short(&self) -> Option<&str> {
        match &self.0 {
            Kept::Nothing => Some(""),
            Kept::Short(text) => Some(text),
            Kept::Long(_) => None,
        }
    }

    fn length(&self) -> usize {
        match &self.0 {
            Kept::Nothing => 0,
            Kept::Short(text) => text.len(),
            Kept::Long(content) => content.length,
        }
    }

    /// As it stands in a page from which `root` is the way to the site's root.
    pub fn with_root(&self, root: &str) -> Vec<u8> {
        // Most pages lie three folders deep, and name the root some sixty times.
        let mut out = Vec::with_capacity(self.length() + self.length() / 8);
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
        let content = match &self.0 {
            Kept::Nothing => return,
            Kept::Short(text) => return push_with_root(text.as_bytes(), root, out),
            Kept::Long(content) => content,
        };
        let (text, mut done) = (content.text.as_bytes(), 0);
        for (before, part) in &content.parts {
            push_with_root(&text[done..*before], root, out);
            part.push_to(out, root);
            done = *before;
        }
        push_with_root(&text[done..], root, out);
    }
}

impl Writer {
    /// With room for a text of so many bytes and for some HTML.
    pub(super) fn with_room(bytes: usize, parts: &[Html]) -> Writer {
        let short = parts.iter().filter_map(Html::short);
        let (copied, count) =
            short.fold((0, 0), |(sum, count), text| (sum + text.len(), count + 1));
        let room = bytes + copied;
        let mut text = match room <= SHORT {
            true => SPARE.take(),
            false => String::new(),
        };
        text.reserve(room.max(SHORT));
        Writer {
            text,
            parts: Vec::with_capacity(parts.len() - count),
        }
    }

    /// Writes further HTML.
    pub(super) fn push(&mut self, html: &Html) {
        match html.short() {
            Some(text) => self.text.push_str(text),
            None => self.parts.push((self.text.len(), html.clone())),
        }
    }

    pub(super) fn finish(self) -> Html {
        let Writer { mut text, parts } = self;
        if parts.is_empty() && text.len() <= SHORT {
            let short = Arc::from(text.as_str());
            text.clear();
            SPARE.set(text);
            return Html(Kept::Short(short));
        }
        let of_parts: usize = parts.iter().map(|(_, part)| part.length()).sum();
        let length = text.len() + of_parts;
        Html(Kept::Long(Arc::new(Content {
            text,
            parts,
            length,
        })))
    }
}

/// Does something that serializes data, and gives the HTML met there, in an empty list; templates
/// see marks in its place, each with its number.
pub(super) fn meeting<T>(met: Vec<Html>, serialize: impl FnOnce() -> T) -> (T, Vec<Html>) {
    let _before = Before(MET.replace(Some(met)));
    let done = serialize();
    (done, MET.take().unwrap_or_default())
}

/// What was met before; it comes back whatever happens.
struct Before(Option<Vec<Html>>);

impl Drop for Before {
    fn drop(&mut self) {
        MET.set(self.0.take());
    }
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
