//! Fields that may be written in two ways: a table or a bare id (`"zmp"` for
//! `{ organisation = "zmp" }`), a record or a text.

use super::Problems;
use super::field::{Field, Fields, Shape, Visitor};
use super::item::Item;
use super::plain::Plain;
use super::reference::{Reference, ReferenceTo};
use super::text::Text;
use serde::{Deserialize, Serialize};

/// A table with a short form.
pub trait FromShort: Field + Fields {
    /// What the bare id means.
    fn from_short(item: &Item<'_>, problems: &mut Problems) -> Option<Self>;
}

/// A value in its short or its long form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Short<T>(pub T);

impl<T: FromShort> Field for Short<T> {
    fn shape() -> Shape {
        Shape::ShortOr(T::definitions())
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let value = match item.as_table() {
            Some(_) => T::read(item, problems),
            None => T::from_short(item, problems),
        };
        value.map(Short)
    }

    fn visit(&self, visitor: &mut dyn Visitor) {
        self.0.visit(visitor);
    }

    fn plain(&self) -> Plain<'_> {
        self.0.plain()
    }
}

/// A record by its id, or a text (by language) for what has no record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum ReferenceOrText<T> {
    Reference(Reference<T>),
    Text(Text),
}

impl<T: ReferenceTo> Field for ReferenceOrText<T> {
    fn shape() -> Shape {
        Shape::ReferenceOrText(T::KINDS)
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        match item.as_table() {
            Some(_) => Text::read(item, problems).map(ReferenceOrText::Text),
            None => Reference::read(item, problems).map(ReferenceOrText::Reference),
        }
    }

    fn visit(&self, visitor: &mut dyn Visitor) {
        match self {
            ReferenceOrText::Reference(reference) => reference.visit(visitor),
            ReferenceOrText::Text(text) => text.visit(visitor),
        }
    }

    fn plain(&self) -> Plain<'_> {
        match self {
            ReferenceOrText::Reference(reference) => reference.plain(),
            ReferenceOrText::Text(text) => text.plain(),
        }
    }
}
