//! Free tables for themes.

use super::Problems;
use super::field::{Field, Shape};
use super::item::Item;
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

    fn to_json(&self) -> Json {
        self.0.clone()
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
