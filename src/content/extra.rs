//! Free tables for themes.

use super::Problems;
use super::field::{Field, Shape};
use super::item::Item;
use super::plain::Plain;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use toml::de::DeValue;

/// A free table for themes; the program does not look into it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Extra(pub Json);

// Formats that do not say of what type a value is can't read it but as a text.
impl From<Extra> for String {
    fn from(extra: Extra) -> String {
        extra.0.to_string()
    }
}

impl TryFrom<String> for Extra {
    type Error = serde_json::Error;

    fn try_from(text: String) -> Result<Extra, Self::Error> {
        serde_json::from_str(&text).map(Extra)
    }
}

impl Field for Extra {
    fn shape() -> Shape {
        Shape::Extra
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        item.expect_table(problems)?;
        Some(Extra(json(item.value)))
    }

    fn plain(&self) -> Plain<'_> {
        (&self.0).into()
    }
}

fn json(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(text) => super::text::clean(text).into(),
        DeValue::Integer(value) => i64::from_str_radix(value.as_str(), value.radix())
            .ok()
            .into(),
        DeValue::Float(value) => value.as_str().parse::<f64>().ok().into(),
        DeValue::Boolean(value) => (*value).into(),
        DeValue::Datetime(value) => value.to_string().into(),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => table
            .iter()
            .map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref())))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_that_was_kept_is_what_it_was() {
        let mut bits = 0x3fb9_9999_9999_999a_u64;
        let mut numbers = Vec::new();
        for _ in 0..2_000 {
            bits ^= bits << 13;
            bits ^= bits >> 7;
            bits ^= bits << 17;
            numbers.push(f64::from_bits(bits));
        }
        let table = serde_json::json!({ "z": numbers, "a": ["Żółw", 1, true, {}] });
        let kept = String::from(Extra(table.clone()));
        assert_eq!(Extra::try_from(kept).unwrap().0, table);
    }
}
