//! What search engines are told of a page's subject (schema.org), as JSON-LD.
//!
//! Each page has a few fields in a fixed order, so they are written straight to
//! text: a tree of values for each page would cost more than the page's frame.

use serde::Serialize;

/// An object of schema.org, field after field.
#[derive(Debug, Clone)]
pub struct LinkedData {
    /// JSON that can stand inside `<script>`, without the closing brace.
    text: Vec<u8>,
}

impl LinkedData {
    /// The subject of a page; its type has nothing to escape.
    pub(super) fn subject(schema_type: &'static str) -> LinkedData {
        let mut text = Vec::with_capacity(768);
        text.extend_from_slice(b"{\"@context\":\"https://schema.org\",\"@type\":\"");
        text.extend_from_slice(schema_type.as_bytes());
        text.push(b'"');
        LinkedData { text }
    }

    /// Fields of an object, to be put into it.
    pub(super) fn fields() -> LinkedData {
        LinkedData {
            text: Vec::with_capacity(256),
        }
    }

    /// Adds a field, whose name has nothing to escape.
    pub(super) fn with(mut self, key: &'static str, value: impl Serialize) -> LinkedData {
        self.put(key, value);
        self
    }

    /// Adds a field.
    pub(super) fn put(&mut self, key: &'static str, value: impl Serialize) {
        self.key(key);
        push(&mut self.text, &value);
    }

    /// Adds the fields that another object has.
    pub(super) fn put_fields(&mut self, fields: &LinkedData) {
        self.text.extend_from_slice(&fields.text);
    }

    /// Adds an object of some type, with the fields that `fill` puts into it.
    pub(super) fn put_thing(
        &mut self,
        key: &'static str,
        schema_type: &'static str,
        fill: impl FnOnce(&mut LinkedData),
    ) {
        self.key(key);
        self.thing(schema_type, fill);
    }

    /// Adds a list of objects, each of its type and with the fields that `fill` puts into it.
    pub(super) fn put_things<T>(
        &mut self,
        key: &'static str,
        things: impl IntoIterator<Item = (&'static str, T)>,
        fill: impl Fn(&mut LinkedData, T),
    ) {
        self.key(key);
        self.text.push(b'[');
        for (index, (schema_type, thing)) in things.into_iter().enumerate() {
            if index > 0 {
                self.text.push(b',');
            }
            self.thing(schema_type, |data| fill(data, thing));
        }
        self.text.push(b']');
    }

    /// The whole of it: nothing in it can end the element that it stands in.
    pub(super) fn script(mut self) -> String {
        self.text.push(b'}');
        String::from_utf8(self.text).expect("JSON is text")
    }

    fn thing(&mut self, schema_type: &'static str, fill: impl FnOnce(&mut LinkedData)) {
        self.text.extend_from_slice(b"{\"@type\":\"");
        self.text.extend_from_slice(schema_type.as_bytes());
        self.text.push(b'"');
        fill(self);
        self.text.push(b'}');
    }

    fn key(&mut self, key: &'static str) {
        self.text.extend_from_slice(b",\"");
        self.text.extend_from_slice(key.as_bytes());
        self.text.extend_from_slice(b"\":");
    }
}

/// Writes a value as JSON in which nothing can end a `<script>`.
fn push(text: &mut Vec<u8>, value: &impl Serialize) {
    let start = text.len();
    serde_json::to_writer(&mut *text, value).expect("texts, numbers and lists of them are JSON");
    if memchr::memchr3(b'<', b'>', b'&', &text[start..]).is_none() {
        return;
    }
    let plain = text.split_off(start);
    for byte in plain {
        match byte {
            b'<' => text.extend_from_slice(b"\\u003c"),
            b'>' => text.extend_from_slice(b"\\u003e"),
            b'&' => text.extend_from_slice(b"\\u0026"),
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::LinkedData;

    #[test]
    fn nothing_ends_the_script() {
        let mut data = LinkedData::subject("City");
        data.put_fields(&LinkedData::fields().with("name", "a</script>&\"b"));
        data.put_thing("geo", "Place", |place| place.put("latitude", 50.0));
        data.put_things("about", [("A", None), ("B", Some("<"))], |thing, name| {
            if let Some(name) = name {
                thing.put("name", name);
            }
        });
        assert_eq!(
            data.script(),
            "{\"@context\":\"https://schema.org\",\"@type\":\"City\",\"name\":\"a\\u003c/script\\u003e\\u0026\\\"b\",\"geo\":{\"@type\":\"Place\",\"latitude\":50.0},\"about\":[{\"@type\":\"A\"},{\"@type\":\"B\",\"name\":\"\\u003c\"}]}"
        );
    }
}
