//! References to other records, by their ids.

use super::Problems;
use super::field::{Field, Shape, Visitor};
use super::item::Item;
use super::plain::Plain;
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::marker::PhantomData;

/// What a reference may point to.
pub trait ReferenceTo: Clone + PartialEq + fmt::Debug + 'static {
    /// The names of the kinds, as in links: `city`, `area`.
    const KINDS: &'static [&'static str];
}

/// The id of another record, an area or a topic.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
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

    fn plain(&self) -> Plain<'_> {
        self.id.as_str().into()
    }
}
