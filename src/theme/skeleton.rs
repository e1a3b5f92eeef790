//! A template that has been run once for all data of one shape.
//!
//! Templates of the built-in theme ask of a text only whether it is there, and
//! print it; what they write depends on the shape of the data: which values are
//! there, how many, the numbers, the language tags and the [`Word`]s among them. So a
//! template is run with a mark in place of each text, what it writes is cut at the
//! marks, and the texts of the next data of the same shape are put into the gaps.
//! Language tags and words are the only texts that are compared with others, so they
//! are part of the shape.

use super::escape::push_escaped;
use crate::model::LanguageId;
use ahash::AHashMap;
use serde::ser::{self, Serialize, Serializer};
use std::cell::Cell;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use tera::{Map, Value};

/// How many shapes of a template's data are known in a language; most have some hundred.
const MOST_SHAPES: usize = 1_000;

/// The shapes of a template's data; those that came once have no skeleton yet.
type Shapes = AHashMap<Box<[u8]>, Option<Arc<Skeleton>>>;

/// The skeletons of one site's pages and of their parts: for each language, by template and shape.
///
/// What templates see besides their data (`site`, `t`) is the same for all pages of a language,
/// and so part of what is written between the gaps.
pub struct Skeletons {
    by_language: Vec<OfLanguage>,
}

/// By template and shape.
type OfLanguage = RwLock<AHashMap<&'static str, Shapes>>;

/// Before and after the number of a gap; no text of a site or theme can hold them.
const MARKS: [char; 2] = ['\u{11}', '\u{12}'];

/// A text of the program that templates of the built-in theme may compare with others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word(pub &'static str);

/// What marks a [`Word`] for [`Shaped`].
const WORD: &str = "twintown::Word";

impl Serialize for Word {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(WORD, self.0)
    }
}

/// Data as a template sees it: its shape, and the texts that go into the gaps.
#[derive(Default)]
struct Shaped {
    shape: Vec<u8>,
    texts: String,
    /// Where each text ends.
    ends: Vec<usize>,
    /// Among the texts that would be gaps, the places of those that are words.
    words: Vec<usize>,
}

thread_local! {
    /// The last data of this thread that is no longer needed: its room serves the next.
    static SPARE: Cell<Option<Shaped>> = const { Cell::new(None) };
}

/// What a template writes, cut at its gaps.
#[derive(Debug)]
struct Skeleton {
    literals: String,
    /// The end of each literal, and the gap after it.
    gaps: Vec<(usize, Gap)>,
}

#[derive(Debug, Clone, Copy)]
struct Gap {
    text: usize,
    /// Whether the text is HTML already.
    safe: bool,
}

impl Skeletons {
    /// None yet, for so many languages.
    pub fn new(languages: usize) -> Skeletons {
        let by_language = (0..languages).map(|_| RwLock::default()).collect();
        Skeletons { by_language }
    }

    /// Fills the skeleton of the data's shape; `run` renders the template, which makes
    /// the skeleton when the shape comes for the second time.
    pub(super) fn fill<T: Serialize, E>(
        &self,
        name: &'static str,
        language: LanguageId,
        data: &T,
        run: impl FnOnce(Value) -> Result<String, E>,
    ) -> Result<String, E> {
        let plain = || Value::from_serializable(data);
        let cell = self.by_language.get(language.index());
        let Some((shaped, cell)) = Shaped::of(data).zip(cell) else {
            return run(plain());
        };
        let skeleton = match known(cell, name, &shaped) {
            Known::Skeleton(skeleton) => skeleton,
            Known::Once => {
                let mut marks = Marks::of(&shaped);
                let marked = marks.put(plain());
                let skeleton = Skeleton::cut(&run(marked)?, &marks.safe);
                let skeleton = Arc::new(skeleton.expect("the built-in theme only prints texts"));
                keep(cell, name, &shaped, Some(Arc::clone(&skeleton)));
                skeleton
            }
            Known::Not { is_full } => {
                if !is_full {
                    keep(cell, name, &shaped, None);
                }
                return run(plain());
            }
        };
        let filled = skeleton.fill(&shaped);
        SPARE.set(Some(shaped));
        Ok(filled)
    }
}

/// What is known of a shape.
enum Known {
    Skeleton(Arc<Skeleton>),
    /// It came once, and has no skeleton yet.
    Once,
    Not {
        /// Whether no more shapes are kept.
        is_full: bool,
    },
}

fn known(cell: &OfLanguage, name: &'static str, shaped: &Shaped) -> Known {
    let all = cell.read().unwrap_or_else(PoisonError::into_inner);
    let shapes = all.get(name);
    match shapes.and_then(|shapes| shapes.get(shaped.shape.as_slice())) {
        Some(Some(skeleton)) => Known::Skeleton(Arc::clone(skeleton)),
        Some(None) => Known::Once,
        None => Known::Not {
            is_full: shapes.is_some_and(|shapes| shapes.len() >= MOST_SHAPES),
        },
    }
}

fn keep(cell: &OfLanguage, name: &'static str, shaped: &Shaped, skeleton: Option<Arc<Skeleton>>) {
    let mut all = cell.write().unwrap_or_else(PoisonError::into_inner);
    let shapes = all.entry(name).or_default();
    shapes.insert(shaped.shape.as_slice().into(), skeleton);
}

impl Shaped {
    fn of(data: &impl Serialize) -> Option<Shaped> {
        let mut shaped = SPARE.take().unwrap_or_default();
        shaped.shape.clear();
        shaped.texts.clear();
        shaped.ends.clear();
        shaped.words.clear();
        data.serialize(&mut shaped).ok()?;
        Some(shaped)
    }

    fn text(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.texts[start..self.ends[index]]
    }

    /// Makes the text after so many others, which begins at `start`, a part of the shape; tells
    /// whether there is one.
    fn make_part(&mut self, texts: usize, start: usize) -> bool {
        let is_there = self.ends.len() > texts;
        if is_there {
            self.shape
                .extend_from_slice(&self.texts.as_bytes()[start..]);
            self.shape.push(b'\n');
            self.texts.truncate(start);
            self.ends.truncate(texts);
        }
        is_there
    }

    fn number(&mut self, kind: u8, bytes: &[u8]) {
        self.shape.push(kind);
        self.shape.extend_from_slice(bytes);
    }
}

/// Whether a text is part of the shape: it is empty, or like a language tag (`pl`, `zh-Hant`).
/// Other texts that are like one only make a shape rarer.
fn is_part(text: &str) -> bool {
    let letters = text.bytes().take(4);
    let letters = letters.take_while(u8::is_ascii_lowercase).count();
    let is_language = match text.as_bytes().get(letters) {
        None => true,
        Some(next) => *next == b'-',
    };
    let is_subtag = |part: &str| {
        matches!(part.len(), 2..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    text.is_empty()
        || matches!(letters, 2 | 3) && is_language && text.split('-').skip(1).all(is_subtag)
}

/// Puts a mark in place of each text that is a gap.
struct Marks<'a> {
    words: &'a [usize],
    texts: usize,
    /// For each gap, whether its text is HTML.
    safe: Vec<bool>,
}

impl Marks<'_> {
    fn of(shaped: &Shaped) -> Marks<'_> {
        Marks {
            words: &shaped.words,
            texts: 0,
            safe: Vec::with_capacity(shaped.ends.len()),
        }
    }

    /// The data with its marks. Fields come in the order in which they were serialized.
    fn put(&mut self, value: Value) -> Value {
        if let Some(text) = value.as_str() {
            if is_part(text) {
                return value;
            }
            self.texts += 1;
            if self.words.contains(&(self.texts - 1)) {
                return value;
            }
            let mark = format!("{}{}{}", MARKS[0], self.safe.len(), MARKS[1]);
            self.safe.push(value.is_safe());
            return Value::safe_string(&mark);
        }
        if let Some(items) = value.as_array() {
            let items: Vec<Value> = items.iter().map(|item| self.put(item.clone())).collect();
            return Value::from(items);
        }
        if let Some(map) = value.as_map() {
            let fields = map.iter();
            let fields = fields.map(|(key, value)| (key.clone(), self.put(value.clone())));
            return Value::from(fields.collect::<Map>());
        }
        value
    }
}

impl Skeleton {
    /// Cuts what a template has written at its marks; `None` where they are not as they were put in.
    fn cut(written: &str, safe: &[bool]) -> Option<Skeleton> {
        let mut skeleton = Skeleton {
            literals: String::with_capacity(written.len()),
            gaps: Vec::new(),
        };
        let mut rest = written;
        while let Some(mark) = rest.find(MARKS[0]) {
            let after = &rest[mark + 1..];
            let end = after.find(MARKS[1])?;
            let text: usize = after[..end].parse().ok()?;
            skeleton.literals.push_str(&rest[..mark]);
            let safe = *safe.get(text)?;
            skeleton
                .gaps
                .push((skeleton.literals.len(), Gap { text, safe }));
            rest = &after[end + 1..];
        }
        skeleton.literals.push_str(rest);
        skeleton.literals.shrink_to_fit();
        Some(skeleton)
    }

    /// Data of the skeleton's shape, as the template would write it.
    fn fill(&self, data: &Shaped) -> String {
        let length = self.literals.len() + data.texts.len();
        let mut out = String::with_capacity(length + length / 16);
        let mut start = 0;
        for (end, gap) in &self.gaps {
            out.push_str(&self.literals[start..*end]);
            start = *end;
            let text = data.text(gap.text);
            match gap.safe {
                true => out.push_str(text),
                false => push_escaped(text, &mut out),
            }
        }
        out.push_str(&self.literals[start..]);
        out
    }
}

/// Data that has no shape; there is none in the built-in theme.
#[derive(Debug)]
struct NoShape;

impl fmt::Display for NoShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no shape")
    }
}

impl std::error::Error for NoShape {}

impl ser::Error for NoShape {
    fn custom<T: fmt::Display>(_: T) -> Self {
        NoShape
    }
}

macro_rules! numbers {
    ($($method:ident $type:ty,)+) => {
        $(fn $method(self, value: $type) -> Result<(), NoShape> {
            self.number(b'#', &value.to_le_bytes());
            Ok(())
        })+
    };
}

impl Serializer for &mut Shaped {
    type Ok = ();
    type Error = NoShape;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = ser::Impossible<(), NoShape>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = ser::Impossible<(), NoShape>;

    numbers! {
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64,
        serialize_f32 f32, serialize_f64 f64,
    }

    fn serialize_bool(self, value: bool) -> Result<(), NoShape> {
        self.shape.push(if value { b'+' } else { b'-' });
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), NoShape> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), NoShape> {
        if is_part(text) {
            self.shape.push(b'"');
            self.shape.extend_from_slice(text.as_bytes());
            self.shape.push(b'"');
            return Ok(());
        }
        self.shape.push(b'_');
        self.texts.push_str(text);
        self.ends.push(self.texts.len());
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), NoShape> {
        Err(NoShape)
    }

    fn serialize_none(self) -> Result<(), NoShape> {
        self.shape.push(b'0');
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NoShape> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), NoShape> {
        self.serialize_none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), NoShape> {
        self.serialize_none()
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<(), NoShape> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), NoShape> {
        if name != WORD {
            return value.serialize(self);
        }
        let (gaps, start) = (self.ends.len(), self.texts.len());
        value.serialize(&mut *self)?;
        if self.make_part(gaps, start) {
            self.words.push(gaps + self.words.len());
        }
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), NoShape> {
        Err(NoShape)
    }

    fn serialize_seq(self, len: Option<usize>) -> Result<Self, NoShape> {
        let len = len.ok_or(NoShape)?;
        self.number(b'[', &len.to_le_bytes());
        Ok(self)
    }

    fn serialize_tuple(self, len: usize) -> Result<Self, NoShape> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_struct(self, _: &'static str, len: usize) -> Result<Self, NoShape> {
        self.serialize_seq(Some(len))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, NoShape> {
        Err(NoShape)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, NoShape> {
        self.shape.push(b'{');
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, len: usize) -> Result<Self, NoShape> {
        self.number(b'(', &len.to_le_bytes());
        Ok(self)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, NoShape> {
        Err(NoShape)
    }
}

macro_rules! sequences {
    ($($trait:ident $method:ident,)+) => {
        $(impl ser::$trait for &mut Shaped {
            type Ok = ();
            type Error = NoShape;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoShape> {
                value.serialize(&mut **self)
            }

            fn end(self) -> Result<(), NoShape> {
                Ok(())
            }
        })+
    };
}

sequences! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
}

impl ser::SerializeStruct for &mut Shaped {
    type Ok = ();
    type Error = NoShape;

    // Which fields there are follows from the template.
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        _: &'static str,
        value: &T,
    ) -> Result<(), NoShape> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), NoShape> {
        Ok(())
    }
}

impl ser::SerializeMap for &mut Shaped {
    type Ok = ();
    type Error = NoShape;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NoShape> {
        // Keys are never gaps.
        let (texts, start) = (self.ends.len(), self.texts.len());
        key.serialize(&mut **self)?;
        self.make_part(texts, start);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoShape> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), NoShape> {
        self.shape.push(b'}');
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[derive(Serialize)]
    struct Data {
        kind: Word,
        title: &'static str,
        lang: &'static str,
        html: Value,
        items: Vec<&'static str>,
    }

    fn data(title: &'static str, html: &str) -> Data {
        Data {
            kind: Word("a kind"),
            title,
            lang: "zh-Hant",
            html: Value::safe_string(html),
            items: vec!["A B", "c"],
        }
    }

    #[test]
    fn the_next_data_of_a_shape_goes_into_the_gaps() {
        let mut tera = tera::Tera::new();
        tera.autoescape_on([".html"]);
        let template = "<h1>{{ title }}</h1>{% if kind == 'a kind' %}!{% endif %}{% if lang == 'zh-Hant' %}{{ html }}{% endif %}{% for item in items %}[{{ item }}]{% endfor %}";
        tera.add_raw_template("a.html", template).unwrap();
        let render = |value: &Value| {
            let mut context = tera::Context::new();
            for (key, value) in value.as_map().unwrap() {
                context.insert_value(key.as_str().unwrap().to_owned(), value.clone());
            }
            tera.render("a.html", &context).unwrap()
        };
        let (first, second) = (data("A & B", "<i>x</i>"), data("<C>", "<b>"));
        let shaped = Shaped::of(&first).unwrap();
        let mut marks = Marks::of(&shaped);
        let marked = marks.put(Value::from_serializable(&first));
        let skeleton = Skeleton::cut(&render(&marked), &marks.safe).unwrap();
        for data in [first, second] {
            let filled = skeleton.fill(&Shaped::of(&data).unwrap());
            assert_eq!(filled, render(&Value::from_serializable(&data)));
        }
        let shape = |title| Shaped::of(&data(title, "<b>")).unwrap().shape;
        assert_eq!(shape("A"), shape("<C>"));
        assert_ne!(shape("A"), shape(""), "whether a text is there");
        assert_ne!(shape("pl"), shape("cs"), "what is compared");
    }
}
