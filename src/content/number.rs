//! Numbers, and what is either so or not.

use super::Problems;
use super::field::{Field, Shape, Visitor, wrong_type};
use super::item::Item;
use super::mistyped::{mistyped_boolean, mistyped_number};
use super::plain::Plain;
use crate::diag::{Code, Diagnostic};
use crate::source::Spanned;
use serde::{Deserialize, Serialize};
use std::fmt;
use toml::de::DeValue;

impl Field for bool {
    fn shape() -> Shape {
        Shape::Boolean
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        match item.value {
            DeValue::Boolean(value) => Some(*value),
            _ => {
                let right = text(item).and_then(mistyped_boolean);
                let right = right.map(|value| value.to_string());
                wrong_type(item, "types.boolean", right, problems);
                None
            }
        }
    }

    fn plain(&self) -> Plain<'_> {
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

    fn plain(&self) -> Plain<'_> {
        self.value.plain()
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

    fn plain(&self) -> Plain<'_> {
        i64::from(*self).into()
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

    fn plain(&self) -> Plain<'_> {
        i64::from(*self).into()
    }
}

/// Degrees of a point on the Earth (WGS 84), within `MOST` on either side of zero.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
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
                let right = text(item).and_then(mistyped_number);
                wrong_type(item, "types.number", right, problems);
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

    fn plain(&self) -> Plain<'_> {
        self.0.into()
    }
}

/// The text of a value, where a number in quotes is to be recognised.
fn text<'a>(item: &Item<'a>) -> Option<&'a str> {
    match item.value {
        DeValue::String(text) => Some(text),
        _ => None,
    }
}

/// The whole number of a value; reports another type.
pub(super) fn integer(item: &Item<'_>, problems: &mut Problems) -> Option<i64> {
    let DeValue::Integer(value) = item.value else {
        let right = text(item).and_then(mistyped_number);
        let right = right.filter(|number| !number.contains('.'));
        wrong_type(item, "types.integer", right, problems);
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
