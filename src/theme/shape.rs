//! Data as the templates of the built-in theme see it: its shape, and the texts in it.
//!
//! What a template writes depends on which values there are, how many, and on the numbers,
//! language tags and [`Word`]s among them: that is the shape. All other texts are only printed.

use super::html::{HTML, Html, meeting};
use serde::ser::{self, Serialize, Serializer};
use std::cell::Cell;
use std::fmt;

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

/// Data as a template sees it: its shape, and what goes into the gaps.
#[derive(Default)]
pub(super) struct Shaped {
    pub(super) shape: Vec<u8>,
    pub(super) texts: String,
    /// Where each text ends.
    pub(super) ends: Vec<usize>,
    /// Among the texts that would be gaps, the places of those that are words.
    pub(super) words: Vec<usize>,
    /// HTML in the data, in the order it was met.
    pub(super) parts: Vec<Html>,
}

thread_local! {
    /// The last data of this thread that is no longer needed: its room serves the next.
    static SPARE: Cell<Option<Shaped>> = const { Cell::new(None) };
}

impl Shaped {
    /// What a template sees of some data; `None` where it has no shape.
    pub(super) fn of(data: &impl Serialize) -> Option<Shaped> {
        let mut shaped = SPARE.take().unwrap_or_default();
        shaped.shape.clear();
        shaped.texts.clear();
        shaped.ends.clear();
        shaped.words.clear();
        let parts = std::mem::take(&mut shaped.parts);
        let (done, parts) = meeting(parts, || data.serialize(&mut shaped));
        done.ok()?;
        shaped.parts = parts;
        Some(shaped)
    }

    /// Leaves the room of data that is no longer needed to the next.
    pub(super) fn spare(mut self) {
        self.parts.clear();
        SPARE.set(Some(self));
    }

    /// One of the texts.
    #[inline]
    pub(super) fn text(&self, index: usize) -> &str {
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
pub(super) fn is_part(text: &str) -> bool {
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

/// Data that has no shape; there is none in the built-in theme.
#[derive(Debug)]
pub(super) struct NoShape;

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
        if name == HTML {
            // It is among the parts, whatever it says.
            self.shape.push(b'h');
            return Ok(());
        }
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
