//! Values as the data files carry them.

use serde::{Serialize, Serializer};
use serde_json::Value as Json;
use std::borrow::Cow;

/// A value as the data files carry it, lent by the record as far as it can be.
///
/// A tree of its own and not one of `serde_json`, which owns each key and hashes it: a directory has
/// hundreds of thousands of these values for a moment each.
#[derive(Debug, Clone, PartialEq)]
pub enum Plain<'a> {
    Nothing,
    Truth(bool),
    Whole(i64),
    Decimal(f64),
    Text(Cow<'a, str>),
    List(Vec<Plain<'a>>),
    Table(PlainTable<'a>),
}

/// A table of plain values, in the order in which they were put in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlainTable<'a>(Vec<(Cow<'a, str>, Plain<'a>)>);

impl<'a> PlainTable<'a> {
    /// Adds a value under a name that the table does not have yet.
    pub fn add(&mut self, name: impl Into<Cow<'a, str>>, value: impl Into<Plain<'a>>) {
        self.0.push((name.into(), value.into()));
    }

    /// Takes a value out of its place, if it is there; the last one takes its place.
    pub fn take(&mut self, name: &str) -> Option<Plain<'a>> {
        let place = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.swap_remove(place).1)
    }

    /// Puts a value in the place of one of the same name, which is given back, or at the end.
    pub fn replace(
        &mut self,
        name: &'static str,
        value: impl Into<Plain<'a>>,
    ) -> Option<Plain<'a>> {
        let value = value.into();
        match self.0.iter_mut().find(|(other, _)| other == name) {
            Some((_, old)) => Some(std::mem::replace(old, value)),
            None => {
                self.add(name, value);
                None
            }
        }
    }

    /// Whether there is a value of this name.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(other, _)| other == name)
    }

    /// The values with their names, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Plain<'a>)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    /// Puts the values of another table after its own.
    pub fn append(&mut self, mut other: PlainTable<'a>) {
        self.0.append(&mut other.0);
    }
}

impl<'a, N: Into<Cow<'a, str>>, V: Into<Plain<'a>>> FromIterator<(N, V)> for PlainTable<'a> {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(items: I) -> Self {
        let pairs = items.into_iter();
        PlainTable(
            pairs
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl<'a> Plain<'a> {
    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Plain::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Plain::Nothing => serializer.serialize_unit(),
            Plain::Truth(value) => serializer.serialize_bool(*value),
            Plain::Whole(value) => serializer.serialize_i64(*value),
            Plain::Decimal(value) => serializer.serialize_f64(*value),
            Plain::Text(text) => serializer.serialize_str(text),
            Plain::List(items) => items.serialize(serializer),
            Plain::Table(table) => table.serialize(serializer),
        }
    }
}

impl Serialize for PlainTable<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl From<bool> for Plain<'_> {
    fn from(value: bool) -> Self {
        Plain::Truth(value)
    }
}

impl From<i64> for Plain<'_> {
    fn from(value: i64) -> Self {
        Plain::Whole(value)
    }
}

impl From<f64> for Plain<'_> {
    fn from(value: f64) -> Self {
        Plain::Decimal(value)
    }
}

impl<'a> From<&'a str> for Plain<'a> {
    fn from(text: &'a str) -> Self {
        Plain::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Plain<'_> {
    fn from(text: String) -> Self {
        Plain::Text(Cow::Owned(text))
    }
}

impl<'a, T: Into<Plain<'a>>> From<Option<T>> for Plain<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Plain::Nothing, T::into)
    }
}

impl<'a, T: Into<Plain<'a>>> FromIterator<T> for Plain<'a> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Plain::List(items.into_iter().map(T::into).collect())
    }
}

impl<'a> From<PlainTable<'a>> for Plain<'a> {
    fn from(table: PlainTable<'a>) -> Self {
        Plain::Table(table)
    }
}

impl<'a> From<&'a Json> for Plain<'a> {
    fn from(value: &'a Json) -> Self {
        match value {
            Json::Null => Plain::Nothing,
            Json::Bool(value) => Plain::Truth(*value),
            Json::Number(number) => match number.as_i64() {
                Some(whole) => Plain::Whole(whole),
                None => number.as_f64().into(),
            },
            Json::String(text) => text.as_str().into(),
            Json::Array(items) => items.iter().collect(),
            Json::Object(table) => {
                let pairs = table.iter().map(|(name, value)| (name.as_str(), value));
                Plain::Table(pairs.collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn it_is_written_as_json_would_be() {
        let value = json!({
            "z": null, "a": [true, -3, 0.1, 1e300, "Żółw \"\u{7}\""], "m": { "b": {}, "a": [] }
        });
        let plain = Plain::from(&value);
        assert_eq!(serde_json::to_string(&plain).unwrap(), value.to_string());
        let pretty = serde_json::to_string_pretty(&plain).unwrap();
        assert_eq!(pretty, serde_json::to_string_pretty(&value).unwrap());
    }

    #[test]
    fn what_is_taken_leaves_its_place_to_the_last() {
        let mut table = PlainTable::from_iter([("a", 1_i64), ("b", 2), ("c", 3)]);
        assert_eq!(table.take("a"), Some(Plain::Whole(1)));
        assert_eq!(table.replace("b", 4_i64), Some(Plain::Whole(2)));
        assert_eq!(table.replace("d", 5_i64), None);
        assert!(table.has("d") && !table.has("a"));
        assert_eq!(
            serde_json::to_string(&table).unwrap(),
            r#"{"c":3,"b":4,"d":5}"#
        );
    }
}
