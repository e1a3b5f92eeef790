//! Tables that may be written as a bare id: `"zmp"` for `{ organisation = "zmp" }`.

use super::Problems;
use super::field::{Field, Fields, Shape, Visitor};
use super::item::Item;
use serde_json::Value as Json;

/// A table with a short form.
pub trait FromShort: Field + Fields {
    /// What the bare id means.
    fn from_short(item: &Item<'_>, problems: &mut Problems) -> Option<Self>;
}

/// A value in its short or its long form.
#[derive(Debug, Clone, PartialEq)]
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

    fn to_json(&self) -> Json {
        self.0.to_json()
    }
}
